/* SPDX-License-Identifier: MIT
 *
 * What a plan is asked with: from the database, and from what the person says of minutes and tools.
 */
#pragma once

#include "cli/history/summarise.h"
#include "cli/movement/plan.h"
#include "cli/verb.h"

/* The options of plan and follow; NULL where not given. */
typedef struct {
	const char *minutes, *with, *without;
} RollstatPlanWishes;

typedef struct {
	RollstatPlanAsk ask; /* borrows from what follows */
	char *person;
	gboolean is_recorded;	  /* whether anything was recorded in the 5 weeks before */
	RollstatHistory *history; /* NULL: there is no database yet */
	GArray *zones;		  /* RollstatPlanZone */
	GArray *done;		  /* RollstatPlanDone */
} RollstatPlanQuestion;

/* Reads it: zones, what was tight in the 7 days with today, what was rolled today, what was done. Without a database, or
 * sessions in it, the zones are upper, mid and lower thoracic, and their places NaN. A bar counts as there where one was used
 * in the 5 weeks before. Returns it given, or NULL and error. */
RollstatPlanQuestion *rollstat_plan_question_load(const RollstatRun *run,
						  const RollstatPlanWishes *wishes, GError **error);
void rollstat_plan_question_free(RollstatPlanQuestion *question);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatPlanQuestion, rollstat_plan_question_free)
