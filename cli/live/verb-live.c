/* SPDX-License-Identifier: MIT */
#include "cli/live/live.h"
#include "cli/people/people.h"
#include "cli/verbs.h"

typedef struct {
	gboolean is_bell, is_spoken, is_notified, is_lines;
	char *weight;
} LiveOptions;

static const RollstatOption live_options[] = {
	{"bell", G_OPTION_ARG_NONE, G_STRUCT_OFFSET(LiveOptions, is_bell), NULL,
	 N_("ring the terminal's bell at each cue")},
	{"speak", G_OPTION_ARG_NONE, G_STRUCT_OFFSET(LiveOptions, is_spoken), NULL,
	 N_("say each cue, by speech-dispatcher")},
	{"notify", G_OPTION_ARG_NONE, G_STRUCT_OFFSET(LiveOptions, is_notified), NULL,
	 N_("show each cue as a desktop notification")},
	{"weight", G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(LiveOptions, weight), "KG",
	 N_("your weight, for the bar of force; else the one stored")},
	{"lines", G_OPTION_ARG_NONE, G_STRUCT_OFFSET(LiveOptions, is_lines), NULL,
	 N_("a line an event, as where there is no terminal")},
	{0},
};

static gboolean
read_weight(const char *text, double *ret_kg, GError **error)
{
	*ret_kg = 0;
	if (text == NULL)
		return TRUE;
	return rollstat_people_read_kg(text, "--weight", ret_kg, error);
}

static gboolean
run_live(RollstatRun *run, GError **error)
{
	const LiveOptions *given = run->options;
	g_autofree char *sensor = rollstat_run_dup_sensor(run, run->words[0]);
	RollstatLiveOptions options = {.sensor = sensor,
				       .is_lines = given->is_lines,
				       .is_bell = given->is_bell,
				       .is_spoken = given->is_spoken,
				       .is_notified = given->is_notified};
	return read_weight(given->weight, &options.weight_kg, error) &&
	       rollstat_live(run, &options, error);
}

const RollstatVerb rollstat_verb_live = {
	.name = "live",
	.usage = "live [OPTION ...] [SENSOR]",
	.what = N_("What you roll, while you roll it"),
	.help = N_("SENSOR is an address or a name; without it the one that streams.\n"
		   "Cues are called so that you need not look: \"slower\", a zone that is done (90 "
		   "s),\n"
		   "\"move on\" (a hold over 30 s, a zone over 120 s). None is an order.\n"
		   "Keys: q ends it, m marks the place, b turns the bell on and off.\n"),
	.group = ROLLSTAT_GROUP_NOW,
	.takes = ROLLSTAT_TAKES_JSON | ROLLSTAT_TAKES_PERSON,
	.most_words = 1,
	.options = live_options,
	.options_size = sizeof(LiveOptions),
	.run = run_live,
};
