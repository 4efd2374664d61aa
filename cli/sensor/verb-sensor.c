/* SPDX-License-Identifier: MIT
 *
 * status, calibrate, pair, unpair: what asks the daemon.
 */
#include "cli/sensor/calibrate.h"
#include "cli/sensor/pair.h"
#include "cli/verbs.h"

static gboolean
run_status(RollstatRun *run, GError **error)
{
	g_autoptr(RollstatStatus) status = rollstat_status_fetch(run->is_system, error);
	if (status == NULL)
		return FALSE;
	rollstat_status_read_nicknames(status);
	if (run->is_json)
		rollstat_json_append_status(status, run->out);
	else
		rollstat_render_status(&run->view, status, run->context->now_us, run->out);
	return TRUE;
}

typedef struct {
	gboolean is_show;
} CalibrateOptions;

static const RollstatOption calibrate_options[] = {
	{"show", G_OPTION_ARG_NONE, G_STRUCT_OFFSET(CalibrateOptions, is_show), NULL,
	 N_("as it is stored and in use, instead of a dialogue")},
	{0},
};

static gboolean
run_calibrate(RollstatRun *run, GError **error)
{
	const CalibrateOptions *options = run->options;
	g_autofree char *sensor = rollstat_run_dup_sensor(run, run->words[0]);
	/* A dialogue is nothing for scripts. */
	if (run->is_json && !options->is_show)
		return rollstat_run_refuse(run, error);
	g_autoptr(RollstatStatus) status = rollstat_status_fetch(run->is_system, error);
	if (status == NULL)
		return FALSE;
	if (!options->is_show)
		return rollstat_calibrate(run->context->talk, status, sensor, error);
	if (run->is_json)
		return rollstat_json_append_calibration(status, sensor, run->out, error);
	return rollstat_render_calibration(&run->view, status, sensor, run->out, error);
}

typedef struct {
	gboolean is_yes;
} PairOptions;

static const RollstatOption pair_options[] = {
	{"yes", G_OPTION_ARG_NONE, G_STRUCT_OFFSET(PairOptions, is_yes), NULL,
	 N_("without a question: this counts as your yes")},
	{0},
};

static gboolean
run_pairing(RollstatRun *run, gboolean is_yes,
	    gboolean (*act)(const RollstatPairing *pairing, const RollstatStatus *status,
			    GError **error),
	    GError **error)
{
	const RollstatTalk *talk = run->context->talk;
	gboolean has_person = talk != NULL && talk->is_terminal;
	g_autofree char *wanted = rollstat_run_dup_sensor(run, run->words[0]);
	RollstatPairing pairing = {.talk = has_person ? talk : NULL,
				   .out = run->out,
				   .wanted = wanted,
				   .is_yes = is_yes};
	g_autoptr(RollstatStatus) status = rollstat_status_fetch(run->is_system, error);
	return status != NULL && act(&pairing, status, error);
}

static gboolean
run_pair(RollstatRun *run, GError **error)
{
	const PairOptions *options = run->options;
	return run_pairing(run, options->is_yes, rollstat_pair, error);
}

static gboolean
run_unpair(RollstatRun *run, GError **error)
{
	return run_pairing(run, FALSE, rollstat_unpair, error);
}

const RollstatVerb rollstat_verb_status = {
	.name = "status",
	.usage = "status",
	.what = N_("What rollerd is doing now"),
	.group = ROLLSTAT_GROUP_NOW,
	.takes = ROLLSTAT_TAKES_JSON,
	.run = run_status,
};

const RollstatVerb rollstat_verb_calibrate = {
	.name = "calibrate",
	.usage = "calibrate [SENSOR], or calibrate --show [--json] [SENSOR]",
	.what = N_("Finds length of spine, side and radius, step by step"),
	.help = N_("SENSOR is an address or a name; without it the one that streams.\n"),
	.group = ROLLSTAT_GROUP_THING,
	.takes = ROLLSTAT_TAKES_JSON,
	.most_words = 1,
	.options = calibrate_options,
	.options_size = sizeof(CalibrateOptions),
	.run = run_calibrate,
};

const RollstatVerb rollstat_verb_pair = {
	.name = "pair",
	.usage = "pair [--yes] [SENSOR]",
	.what = N_("Lets the machine pair with a sensor that asks for it"),
	.help = N_("SENSOR is an address or a name; without it the one that asks.\n"),
	.group = ROLLSTAT_GROUP_THING,
	.most_words = 1,
	.options = pair_options,
	.options_size = sizeof(PairOptions),
	.run = run_pair,
};

const RollstatVerb rollstat_verb_unpair = {
	.name = "unpair",
	.usage = "unpair SENSOR",
	.what = N_("Takes a pairing back"),
	.group = ROLLSTAT_GROUP_THING,
	.least_words = 1,
	.most_words = 1,
	.run = run_unpair,
};
