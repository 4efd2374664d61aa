/* SPDX-License-Identifier: MIT
 *
 * A routine of some minutes out of the library, from what was tight lately and what lacks its dose. Pure, and the same for the
 * same question.
 *
 * It begins with a warm-up. Then one step on the roller or bar for each whole 5 minutes, while there are zones that may be
 * rolled (never one that needs care, the lumbar spine above all) and lack their 90 s of today, the neediest first. The rest
 * is filled with movements, each time the one of highest worth:
 *
 *     worth = need of the zones that it serves, on the mean of the parts of the back that it serves
 *             - (7 - days ago) / 2 for each time that it was done in the 7 days before (more of what was not done lately)
 *             - 1.5 for each step of its group that is in the plan already
 *     need  = 2 + tightness, where the zone was tight; and up to 0.5 for what lacks to 90 s today
 *
 * Of equal ones the first in the library. What time is left goes to quiet breathing at the end, if it is 30 s or more. Each
 * step has 10 s before it, to get there; all of it never takes longer than was asked for.
 */
#pragma once

#include "cli/movement/movement.h"

enum {
	ROLLSTAT_PLAN_STEPS = 20,    /* at most */
	ROLLSTAT_PLAN_CHANGE_S = 10, /* before each step */
	ROLLSTAT_PLAN_DAYS = 7,	     /* that are "lately", with today */
};

/* A zone of the person. tightness: NaN where it could not be judged. needs_care: nobody is told to roll it. */
typedef struct {
	const char *name; /* borrowed */
	guint regions;	  /* RollstatRegions that lie in it */
	double from_cm, to_cm;
	gboolean needs_care, is_tight;
	double tightness, today_s;
} RollstatPlanZone;

/* A movement that was done; today is 0 days ago. */
typedef struct {
	const RollstatMovement *movement;
	guint days_ago;
} RollstatPlanDone;

/* All borrowed. zones without any: nothing is known, the whole upper back is served. */
typedef struct {
	guint seconds; /* in all */
	guint tools;   /* that are there */
	const RollstatPlanZone *zones;
	guint n_zones;
	const RollstatPlanDone *done;
	guint n_done;
} RollstatPlanAsk;

typedef enum {
	ROLLSTAT_REASON_WARM_UP,
	ROLLSTAT_REASON_TIGHT,	    /* its zone was tight lately */
	ROLLSTAT_REASON_TIGHT_CARE, /* the same, but it is not to be rolled */
	ROLLSTAT_REASON_LACKS,	    /* its zone lacks its dose today */
	ROLLSTAT_REASON_WHOLE,	    /* for the upper back as a whole */
	ROLLSTAT_REASON_END,
} RollstatPlanReason;

typedef struct {
	const RollstatMovement *movement;
	const RollstatPlanZone *zone; /* that it is for; borrowed, NULL: for none */
	guint seconds;
	RollstatPlanReason reason;
	gboolean is_fresh; /* it was not done in the 7 days before */
} RollstatPlanStep;

typedef struct {
	guint n_steps;
	RollstatPlanStep steps[ROLLSTAT_PLAN_STEPS];
	guint seconds; /* in all, with the changes */
} RollstatPlan;

/* *ret_plan: at least one step where there is time for a warm-up. */
void rollstat_plan_make(const RollstatPlanAsk *ask, RollstatPlan *ret_plan);

/* Whether any step is on the roller or bar. */
gboolean rollstat_plan_has_rolling(const RollstatPlan *plan);
