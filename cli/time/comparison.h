/* SPDX-License-Identifier: MIT
 *
 * Two stretches of days beside each other: what the verb compare tells. Stretches of different length are compared by the day:
 * time and passes are those of a mean day with sessions; on how many of its days there were sessions is told beside them. Days
 * after today are no part of a stretch. Tightness is that of each stretch against the 28 days before it. Pure.
 *
 * More or less is said from a tenth of the greater of the two on; of force from a twentieth; of tightness from 0.05 on, as much
 * as 5 % more force makes. What differs by less is alike.
 */
#pragma once

#include "cli/dates.h"
#include "cli/history/summary.h"

#define ROLLSTAT_COMPARISON_SHARE 0.1
#define ROLLSTAT_COMPARISON_FORCE_SHARE 0.05
#define ROLLSTAT_COMPARISON_TIGHTNESS 0.05

typedef enum {
	ROLLSTAT_DIFFERENCE_UNKNOWN, /* one of the two is not known */
	ROLLSTAT_DIFFERENCE_ALIKE,
	ROLLSTAT_DIFFERENCE_LESS, /* the second */
	ROLLSTAT_DIFFERENCE_MORE,
} RollstatDifferenceKind;

/* A quantity of the two; NaN: not known. */
typedef struct {
	double first, second;
	RollstatDifferenceKind kind;
} RollstatDifference;

typedef struct {
	const char *zone;   /* borrowed from the summaries */
	double from_cm;	    /* of the second where it has the zone */
	gboolean is_rolled; /* a second or more in one of them */
	RollstatDifference seconds, passes, mean_n, tightness;
} RollstatZoneDifference;

typedef struct {
	RollstatDates dates[2]; /* until today */
	const RollstatSummary *summaries[2];
	RollstatDifference days_share;	/* days with sessions of all days */
	RollstatDifference sessions;	/* a week of seven days */
	RollstatDifference seconds;	/* on a day with sessions */
	RollstatDifference seconds_all; /* on every day, with sessions or without */
	GArray *zones;			/* RollstatZoneDifference, from head to feet */
} RollstatComparison;

/* Compares; given. summaries: of the dates, of one person; borrowed. */
RollstatComparison *rollstat_comparison_new(const RollstatDates dates[2],
					    const RollstatSummary *const summaries[2]);
void rollstat_comparison_free(RollstatComparison *comparison);

/* For scripts: "unknown", "alike", "less", "more"; static. */
const char *rollstat_difference_get_key(RollstatDifferenceKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatComparison, rollstat_comparison_free)
