/* SPDX-License-Identifier: MIT
 *
 * A plan, told.
 */
#pragma once

#include "cli/movement/plan-question.h"

/* For people: its steps with doses and reasons, then what to be careful of. */
void rollstat_render_plan(const RollstatStyle *style, const RollstatPlanQuestion *question,
			  const RollstatPlan *plan, GString *out);

/* The cautions alone: those of all movements, then those of the plan's own. */
void rollstat_render_plan_cautions(const RollstatStyle *style, const RollstatPlan *plan,
				   GString *out);

/* For scripts, the same in every language: one object and a line feed. */
void rollstat_json_append_plan(const RollstatPlanQuestion *question, const RollstatPlan *plan,
			       GString *out);

/* Its steps as the rows of a table. */
void rollstat_csv_append_plan(const RollstatPlan *plan, GString *out);

/* "Cat-cow", "Foam roller: mid-thoracic"; "For mid-thoracic: tight lately."; given, translated. */
char *rollstat_plan_step_dup_name(const RollstatPlanStep *step);
char *rollstat_plan_step_dup_reason(const RollstatPlanStep *step);
