/* SPDX-License-Identifier: MIT
 *
 * plan: a routine of some minutes.
 */
#include "cli/movement/render-plan.h"
#include "cli/verbs.h"

typedef struct {
	char *minutes, *with, *without;
} PlanOptions;

static const RollstatOption plan_options[] = {
	{"minutes", G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(PlanOptions, minutes), "5|10|15",
	 N_("how long it may take; 10 without it")},
	{"with", G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(PlanOptions, with), "TOOLS",
	 N_("that are there, too: bar, if none was used yet")},
	{"without", G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(PlanOptions, without), "TOOLS",
	 N_("that are not: chair, towel, roller, bar, warmth")},
	{0},
};

static gboolean
run_plan(RollstatRun *run, GError **error)
{
	const PlanOptions *options = run->options;
	RollstatPlanWishes wishes = {
		.minutes = options->minutes, .with = options->with, .without = options->without};
	RollstatPlan plan;
	g_autoptr(RollstatPlanQuestion) question = rollstat_plan_question_load(run, &wishes, error);
	if (question == NULL)
		return FALSE;
	rollstat_plan_make(&question->ask, &plan);
	if (run->is_json)
		rollstat_json_append_plan(question, &plan, run->out);
	else if (run->is_csv)
		rollstat_csv_append_plan(&plan, run->out);
	else
		rollstat_render_plan(&run->view.style, question, &plan, run->out);
	return TRUE;
}

const RollstatVerb rollstat_verb_plan = {
	.name = "plan",
	.usage = "plan [--minutes 5|10|15] [--with TOOLS] [--without TOOLS]",
	.what = N_("A routine from what was tight lately and what lacks its dose"),
	.help = N_("Chosen from the last 7 days: what was tight, what was rolled today, what was\n"
		   "done already. The lumbar spine is never planned to be rolled. TOOLS are\n"
		   "separated by commas.\n"
		   "    rollstat plan --minutes 5 --without roller,chair\n"),
	.group = ROLLSTAT_GROUP_MOVEMENT,
	.takes = ROLLSTAT_TAKES_JSON | ROLLSTAT_TAKES_CSV | ROLLSTAT_TAKES_PERSON,
	.options = plan_options,
	.options_size = sizeof(PlanOptions),
	.run = run_plan,
};
