/* SPDX-License-Identifier: MIT */
#include "cli/doctor/diagnosis.h"
#include "cli/doctor/probe.h"
#include "cli/verbs.h"

static gboolean
run_doctor(RollstatRun *run, GError **error)
{
	(void)error; /* what fails is a finding */
	g_auto(RollstatFacts) facts = {0};
	rollstat_probe(run->context, &rollstat_places, run->is_system, run->database, &facts);
	g_autoptr(GPtrArray) findings = rollstat_judge(&facts);
	if (run->is_json)
		rollstat_finding_append_json(findings, run->out);
	else
		rollstat_finding_render_all(&run->view, findings, run->out);
	if (rollstat_finding_count(findings, ROLLSTAT_VERDICT_BROKEN) > 0)
		run->exit = ROLLSTAT_EXIT_FAILED;
	return TRUE;
}

const RollstatVerb rollstat_verb_doctor = {
	.name = "doctor",
	.usage = "doctor",
	.what = N_("What is wrong, from the adapter to the report, and the mend"),
	.help = N_("Each link of the chain is fine, wants attention, is broken, or is not to be\n"
		   "told here. Nothing is changed, and nothing hangs: who does not answer within\n"
		   "3 seconds is told so. Exit status: 0, or 1 where something is broken.\n"),
	.group = ROLLSTAT_GROUP_CARE,
	.takes = ROLLSTAT_TAKES_JSON,
	.run = run_doctor,
};
