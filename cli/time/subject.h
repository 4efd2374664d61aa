/* SPDX-License-Identifier: MIT
 *
 * Whose back is told of over time, and how it is divided. What is compared over weeks is one person's: whose.h says whose.
 */
#pragma once

#include "cli/dates.h"
#include "cli/history/summarise.h"
#include "cli/people/whose.h"

typedef struct {
	RollstatWhose *whose;
	const char *person; /* of that */
	RollstatHistory *
		latest; /* the person's last session with its zones; none where there is no session */
	RollstatSpine spine;	/* of that session; all 0 without one */
	RollstatSummary *zones; /* sums of that session: names, bounds and levels of its zones */
} RollstatSubject;

/* Returns a given subject, or NULL and error. ask: what of the history will be told. */
RollstatSubject *rollstat_subject_load(const RollstatRun *run, sqlite3 *db,
				       const RollstatWhoseAsk *ask, GError **error);
void rollstat_subject_free(RollstatSubject *subject);

/* A line below a title: whose it is, and what there is of others; given. NULL: it goes without saying. */
char *rollstat_subject_dup_line(const RollstatSubject *subject, const RollstatStyle *style);

/* The person's sessions in a range of days and in the 28 days before it, with all rows, so that tight spots can be judged. is_bare:
 * of passes no more than that needs (has_bare_passes). Returns a given history, or NULL and error. */
RollstatHistory *rollstat_subject_load_range(const RollstatSubject *subject, sqlite3 *db,
					     RollstatDates range, GTimeZone *zone, gboolean is_bare,
					     GError **error);

/* Where the person has no session before a range, that begins with the first session in it: days before anything was recorded are
 * not days without rolling. history: of the
 * range. FALSE and error where it cannot be read. */
gboolean rollstat_subject_clip(sqlite3 *db, const RollstatHistory *history, GTimeZone *zone,
			       RollstatDates *range, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatSubject, rollstat_subject_free)
