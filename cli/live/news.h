/* SPDX-License-Identifier: MIT
 *
 * What happens while somebody rolls, one by one.
 */
#pragma once

#include <glib.h>

typedef enum {
	ROLLSTAT_NEWS_DAEMON_CAME,
	ROLLSTAT_NEWS_DAEMON_WENT, /* text: why nothing is known */
	ROLLSTAT_NEWS_TROUBLE,	   /* text: the daemon's, "" where all is well again */
	ROLLSTAT_NEWS_LINK,	   /* text: the link, and detail */
	ROLLSTAT_NEWS_SILENCE,	   /* seconds */
	ROLLSTAT_NEWS_DATA,	   /* again, after a silence */
	ROLLSTAT_NEWS_PASS,	   /* start_us .. peak_n */
	ROLLSTAT_NEWS_HOLD,	   /* the same; from = to */
	ROLLSTAT_NEWS_MARK,	   /* from: where contact was */
	ROLLSTAT_NEWS_CUE,	   /* text */
} RollstatNewsKind;

/* Something that happened. */
typedef struct {
	RollstatNewsKind kind;
	char text[256];
	double seconds;
	gint64 start_us, end_us; /* Unix */
	double from_cm, to_cm, mean_n, peak_n;
} RollstatNews;

/* Speed of a pass, cm/s; 0 for one without duration. */
double rollstat_news_get_speed_cmps(const RollstatNews *pass);
