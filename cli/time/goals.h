/* SPDX-License-Identifier: MIT
 *
 * How a person's goals stand, and how that is told.
 */
#pragma once

#include "cli/report/json.h"
#include "cli/time/goal.h"
#include "cli/verb.h"

typedef struct {
	const RollstatGoal *goal; /* borrowed */
	RollstatDay since;	  /* the day on which it was set */
	RollstatStreak streak;
} RollstatGoalState;

/* All borrowed. */
typedef struct {
	const char *person;
	const char *whose;    /* the line below the title; NULL: none */
	const GArray *states; /* RollstatGoalState, in the order of their numbers */
} RollstatGoals;

/* For people: each goal with a bar and its streak. */
void rollstat_render_goals(const RollstatView *view, const RollstatGoals *goals, GString *out);

/* For scripts and spreadsheets: a row for each goal. */
void rollstat_goals_add_rows(const RollstatGoals *goals, RollstatTable *table);

/* "mid-thoracic, 1:30 a day"; given. */
char *rollstat_goal_dup_words(const RollstatStyle *style, const RollstatGoal *goal);

/* "mid-thoracic 0:45 of 1:30 today"; given. */
char *rollstat_goal_dup_progress(const RollstatStyle *style, const RollstatGoalState *state);

/* A line for a report that reaches until today: "Goals: ..." of the person told of, in *ret_line, given; NULL where that
 * person has none. db: the report's. FALSE and error where it cannot be read. */
gboolean rollstat_goals_dup_line(const RollstatRun *report, sqlite3 *db, const char *person,
				 char **ret_line, GError **error);
