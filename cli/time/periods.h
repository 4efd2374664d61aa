/* SPDX-License-Identifier: MIT
 *
 * A range of days in steps that can be compared: days where it is short, weeks (Monday to Sunday), or months where it is long.
 * Pure.
 */
#pragma once

#include "cli/dates.h"

enum {
	ROLLSTAT_PERIODS_DAYS_MOST = 31, /* a range of so many days goes by days */
	ROLLSTAT_PERIODS_WEEKS_MOST =
		371,		     /* of so many (53 weeks) by weeks; a longer one by months */
	ROLLSTAT_PERIODS_USUAL = 12, /* weeks, where no range is named */
};

typedef enum {
	ROLLSTAT_STEP_DAY,
	ROLLSTAT_STEP_WEEK,
	ROLLSTAT_STEP_MONTH,
} RollstatStep;

typedef struct {
	RollstatDates dates;
	/* Neither cut by the range nor still running: its sums can be compared with those of the others. */
	gboolean is_whole;
} RollstatPeriod;

/* The last twelve weeks, of which the one that runs is the last, until today. */
RollstatDates rollstat_periods_get_usual(RollstatDay today);

/* The step that fits a range. */
RollstatStep rollstat_periods_choose(RollstatDates range);

/* The range in steps, in order of time, cut at its ends: an array of RollstatPeriod; given. Days after today are no part of
 * it. */
GArray *rollstat_periods_new(RollstatDates range, RollstatStep step, RollstatDay today);

/* For scripts: "day", "week", "month"; static. */
const char *rollstat_periods_get_key(RollstatStep step);
