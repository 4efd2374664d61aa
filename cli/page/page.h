/* SPDX-License-Identifier: MIT
 *
 * What the pictures of a report show, before anything is drawn: html.h and text.h draw the same values, json-page.h
 * tells them; make-page.h makes them. Texts from outside (names of zones, persons, sensors) stand in it without control characters.
 */
#pragma once

#include "cli/history/summarise.h"
#include "cli/people/whose.h"

enum {
	ROLLSTAT_PAGE_SPEEDS =
		31, /* 1 cm/s each from 0 on; the last one takes all from 30 cm/s on */
	ROLLSTAT_PAGE_DAYS_MOST = 62,	   /* of a range that is shown day by day */
	ROLLSTAT_PAGE_SESSIONS_MOST = 100, /* of a table; more are told by periods */
};

/* Half a centimetre of the back, cm from C7. */
typedef struct {
	double at_cm, seconds;
	double mean_n; /* NaN where not known */
	double heat; /* 0..1: its time times its force, of the most; its time where forces are not known */
} RollstatPageSlice;

typedef struct {
	const RollstatLevel *level;
	double from_cm, to_cm;	/* within the picture: the outermost levels reach farther */
	double seconds, mean_n; /* NaN as in a slice */
	double tightness;	/* of the tightest spot in it; NaN where there is none */
} RollstatPageLevel;

typedef struct {
	const char *name;
	const RollstatZoneSum *sum;
	double day_s;	   /* the mean of the days with sessions */
	double most_s;	   /* in one period */
	guint most_period; /* which one */
} RollstatPageZone;

/* How long a period is. */
typedef enum {
	ROLLSTAT_PAGE_DAYS,
	ROLLSTAT_PAGE_WEEKS,
	ROLLSTAT_PAGE_MONTHS,
	ROLLSTAT_PAGE_YEARS,
} RollstatPageStep;

/* A day, a calendar week (from Monday), month or year, both days included. It is cut where the range begins or ends within it. */
typedef struct {
	RollstatPageStep step;
	RollstatDay first, last;
	gboolean is_cut;
	guint sessions, days, passes, holds;
	double loaded_s;
	double *seconds;    /* of each zone */
	guint *enough_days; /* with a dose, of each zone */
} RollstatPagePeriod;

typedef struct {
	const RollstatSession *session;
	const char *sensor, *kind;
	double speed_cmps; /* median of its whole passes; NaN without any */
} RollstatPageSession;

/* What it is made from; all borrowed, and to outlive the page. */
typedef struct {
	const RollstatHistory *history; /* of the range and 28 days before, all rows */
	const RollstatSource *source;	/* the same */
	const RollstatSummary *summary; /* of the range */
	const RollstatHistory *
		past; /* of the periods, from rollstat_page_find_trend on: sessions and zones alone */
	const RollstatSource *past_source;
	const RollstatWhose *whose; /* NULL: it goes without saying */
	GTimeZone *zone;
	RollstatDay today;
	gint64 last_us; /* start of the last session before the range's end; 0: none */
} RollstatPageInput;

typedef struct {
	RollstatPageInput input;
	GStringChunk *strings;
	char *persons; /* "anna, me"; empty without sessions */
	GArray *slices; /* RollstatPageSlice, head to feet, without holes; empty where nothing was placed */
	double longest_s, most_n; /* of a slice; 0 where not known */
	double above_s, below_s;  /* beyond what the slices show */
	GArray *levels;		  /* RollstatPageLevel; empty without a spine */
	GArray *zones;		  /* RollstatPageZone, as summary->zones */
	RollstatPageStep step;
	GArray *periods; /* RollstatPagePeriod, the last one holds the end of the range */
	GArray *days; /* RollstatPagePeriod of each day of a range of ROLLSTAT_PAGE_DAYS_MOST or less; else empty */
	double most_s;	  /* of a zone in a period */
	GArray *sessions; /* RollstatPageSession */
	guint speeds[ROLLSTAT_PAGE_SPEEDS];
	guint n_slow, n_advised, n_quick; /* passes, by the bounds of dose.h */
} RollstatPage;
