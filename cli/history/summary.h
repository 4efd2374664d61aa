/* SPDX-License-Identifier: MIT
 *
 * The sums of a range of days: what is shown and what is put into JSON (summarise.h makes them). Strings
 * are borrowed from the history.
 *
 * Zones are summed by name; where a zone lies is told by the latest session that has it. A pass counts
 * in each zone of which it crosses at least half or 3 cm, whichever is less. A hold counts in the zone
 * that holds its place. Forces are means over the sessions that tell newtons.
 */
#pragma once

#include "cli/day.h"
#include "cli/history/dose.h"
#include "cli/history/history.h"
#include "cli/history/tight.h"

/* Less of unplaced_s is not worth a word. */
#define ROLLSTAT_UNPLACED_LEAST_S 1.0

typedef struct {
	const char *name;
	char levels[16];     /* "T5-T8"; empty where unknown */
	gboolean needs_care; /* lumbar, or no lower than T1: nobody is told to roll more there */
	double from_cm, to_cm;
	double seconds, hold_s;
	guint passes;
	double force_ns, force_s; /* of the sessions that tell newtons */
	double mean_n, peak_n;	  /* NaN where unknown */
	double tightness;	  /* NaN where it cannot be judged */
	gboolean is_tight;
	double usual_s; /* mean of the days with sessions in the 28 days before; NaN without any */
	guint enough_days; /* of the range: days with at least ROLLSTAT_DOSE_LEAST_S in it */
} RollstatZoneSum;

typedef struct {
	double at_cm, seconds, mean_n, tightness;
	const char *zone; /* NULL where in none */
	char level[8];	  /* empty where unknown */
} RollstatSpot;

typedef struct {
	RollstatDay first, last; /* both included */
	guint sessions, passes, holds;
	guint days; /* with sessions */
	double loaded_s, lost_s;
	double unsure_s, unplaced_s; /* as in a session */
	double inferred_s; /* of loaded_s: of sensors that have no force to tell contact by */
	GArray *zones;	   /* RollstatZoneSum, from head to feet */
	guint n_spots;
	RollstatSpot spots[ROLLSTAT_SPOTS_MAX];
	gboolean has_sides, has_newtons;
	double left_s, centre_s, right_s;
	double weight_kg;		/* of the person; 0: whoever asks does not know it */
	double pass_s, pass_cmps;	/* medians of whole passes; NaN without any */
	guint usual_days;		/* with sessions in the 28 days before */
	double usual_s;			/* rolled on their mean; NaN without any */
	double above_s, lumbar_s;	/* spent higher than C7, lower than T12; 0 without levels */
	double longest_cm, longest_s;	/* the place (2.5 cm) where most time was spent */
	GPtrArray *persons;		/* borrowed names, each once */
	RollstatSpine spine;		/* of the latest session; all 0 without sessions */
	const RollstatHistory *history; /* borrowed, for the rows of: */
	RollstatSpan
		exercises; /* movements without a sensor, where the history was asked for them */
} RollstatSummary;
