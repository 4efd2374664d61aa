/* SPDX-License-Identifier: MIT
 *
 * Draws the table of accuracy, as the README has it: condition by condition, over many seeds.
 *
 *     accuracy [--seeds N] [--first-seed N] [--each] [CONDITION...]
 *
 * Exit status 1 where a condition is below what it must reach.
 */
#include "tests/accuracy/conditions.h"
#include "tests/accuracy/judge.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* 95 of 100 passes are told so soon after they are certain, s. */
#define MOST_LATE_P95_S 0.30
/* Of the loaded time of a bar. */
#define MOST_SIDES_PCT 3.0

static int n_seeds = 20, first_seed = 1;
static gboolean is_each, lists_misses;
static char **names, **turned;

static const GOptionEntry options[] = {
	{"seeds", 0, 0, G_OPTION_ARG_INT, &n_seeds, "how many recordings a condition", "N"},
	{"first-seed", 0, 0, G_OPTION_ARG_INT, &first_seed, "the first seed", "N"},
	{"each", 0, 0, G_OPTION_ARG_NONE, &is_each, "a line a recording, too", NULL},
	{"misses", 0, 0, G_OPTION_ARG_NONE, &lists_misses, "and each pass missed or too many",
	 NULL},
	{"dial", 0, 0, G_OPTION_ARG_STRING_ARRAY, &turned,
	 "another range of a dial (world.h), on top of each condition's", "NAME=LOW:HIGH"},
	{G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &names, NULL, "CONDITION..."},
	{NULL, 0, 0, 0, NULL, NULL, NULL},
};

typedef struct {
	Judgement *sum;
	double worst_f1, worst_zones_pct, zones_pct, sides_pct, plain_pct;
} Row;

/* --dial. Returns false where one cannot be. */
static bool
turn_dials(WorldRange *ranges)
{
	for (char **word = turned; word && *word; word++) {
		g_auto(GStrv) parts = g_strsplit_set(*word, "=:", -1);
		WorldDial dial;

		if (g_strv_length(parts) != 3 || !world_find_dial(parts[0], &dial))
			return false;
		ranges[dial] = (WorldRange){g_ascii_strtod(parts[1], NULL),
					    g_ascii_strtod(parts[2], NULL)};
	}
	return true;
}

/* The condition's world for a seed. */
static void
draw_world(const Condition *condition, uint64_t seed, World *ret_world)
{
	WorldRange ranges[DIAL_N];
	RollSimRandom random;

	condition_get_ranges(condition, ranges);
	turn_dials(ranges);
	roll_sim_random_init(&random, seed, 9);
	world_draw(ret_world, ranges, &random);
}

/* Other sessions of the same person before, each known as the core told it. */
static void
learn_history(const Condition *condition, uint64_t seed, const RollTrackSettings *settings,
	      RollForceMap *ret_map)
{
	roll_force_map_init(ret_map);
	for (unsigned i = 0; i < condition->n_history; i++) {
		World world;
		WorldRecording *recording;
		JudgeRun *run;

		draw_world(condition, seed, &world);
		world.dials[DIAL_MOVED] = 0.0;
		recording = world_record(&world, seed, seed * 1000 + i, INT64_C(1780000000000000));
		run = judge_run(recording, settings, ret_map);
		roll_force_map_add_past(ret_map, roll_track_get_summary(&run->track)->slices);
		judge_run_free(run);
		world_recording_free(recording);
	}
}

static void
add_recording(Row *row, const Condition *condition, uint64_t seed)
{
	World world;
	RollTrackSettings settings;
	WorldRecording *recording;
	JudgeRun *run;
	RollForceMap map;
	Judgement *own = judge_new();
	double zones_pct;

	draw_world(condition, seed, &world);
	judge_init_settings(&world, &settings);
	recording = world_record(&world, seed, seed, INT64_C(1790000000000000));
	learn_history(condition, seed, &settings, &map);
	run = judge_run(recording, &settings, condition->n_history > 0 ? &map : NULL);
	judge_add(row->sum, recording, run);
	own->misses = lists_misses ? stdout : NULL;
	judge_add(own, recording, run);
	zones_pct = 100.0 * own->zone_off_s / fmax(own->loaded_s, 1.0);
	row->zones_pct += zones_pct / n_seeds;
	row->sides_pct += 100.0 * own->sides_off_s / fmax(own->loaded_s, 1.0) / n_seeds;
	row->plain_pct += 100.0 * own->plain_off_s / fmax(own->loaded_s, 1.0) / n_seeds;
	row->worst_zones_pct = fmax(row->worst_zones_pct, zones_pct);
	row->worst_f1 = fmin(row->worst_f1, judge_get_f1(own));
	if (is_each)
		printf("  seed %4d  F1 %.3f (%u of %u, told %u)  zones %5.1f %%  start %.2f / %.2f "
		       "cm  within %.2f %.2f  unsure %.0f s, late %.2f / %.2f  sides %.1f %%\n",
		       (int)seed, judge_get_f1(own), own->n_found, own->n_true, own->n_told,
		       zones_pct, judge_get_quantile(own->start_off_cm, 0.5),
		       judge_get_quantile(own->start_off_cm, 0.95),
		       (double)own->n_within / fmax(own->n_found, 1),
		       (double)own->n_within_2 / fmax(own->n_found, 1), own->unsure_s,
		       judge_get_quantile(own->late_s, 0.5), judge_get_quantile(own->late_s, 0.99),
		       100.0 * own->sides_off_s / fmax(own->loaded_s, 1.0));
	judge_free(own);
	judge_run_free(run);
	world_recording_free(recording);
}

static void
print_row(const Condition *condition, Row *row, double p50, double p95)
{
	const Judgement *sum = row->sum;

	printf("| %s | %.3f (%.3f) | %.1f %% (%.1f %%) | ", condition->says, judge_get_f1(sum),
	       row->worst_f1, row->zones_pct, row->worst_zones_pct);
	if (isnan(row->plain_pct))
		printf("- | ");
	else
		printf("%.0f %% | ", row->plain_pct);
	printf("%.2f / %.2f cm | %.0f %% | %.2f / %.2f s |", p50, p95,
	       100.0 * sum->n_within_2 / fmax(sum->n_found, 1.0),
	       judge_get_quantile(sum->late_s, 0.5), judge_get_quantile(sum->late_s, 0.95));
}

static bool
show(const Condition *condition)
{
	Row row = {.sum = judge_new(), .worst_f1 = 1.0};
	double p50, p95;
	bool is_good;

	for (int i = 0; i < n_seeds; i++)
		add_recording(&row, condition, (uint64_t)(first_seed + i));
	p50 = judge_get_quantile(row.sum->start_off_cm, 0.5);
	p95 = judge_get_quantile(row.sum->start_off_cm, 0.95);
	is_good = judge_get_f1(row.sum) >= condition->least_f1 &&
		  row.zones_pct <= condition->most_zones_pct &&
		  p50 <= condition->most_start_p50_cm && p95 <= condition->most_start_p95_cm &&
		  row.sides_pct <= MOST_SIDES_PCT &&
		  (condition->is_batched ||
		   judge_get_quantile(row.sum->late_s, 0.95) <= MOST_LATE_P95_S);
	print_row(condition, &row, p50, p95);
	printf("%s\n", is_good ? "" : " BELOW");
	fflush(stdout);
	judge_free(row.sum);
	return is_good;
}

static bool
is_wanted(const Condition *condition)
{
	return !names || g_strv_contains((const char *const *)names, condition->name);
}

int
main(int argc, char **argv)
{
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autoptr(GError) error = NULL;
	unsigned n;
	const Condition *conditions = conditions_get(&n);
	WorldRange ranges[DIAL_N];
	bool is_good = true;

	g_option_context_add_main_entries(context, options, NULL);
	if (!g_option_context_parse(context, &argc, &argv, &error) || n_seeds < 1) {
		fprintf(stderr, "accuracy: %s\n", error ? error->message : "--seeds is 1 or more");
		return 2;
	}
	if (!turn_dials(ranges)) {
		fprintf(stderr, "accuracy: a dial is NAME=LOW:HIGH, its names are in world.h\n");
		return 2;
	}
	printf("| condition | passes, F1 (worst) | zone seconds off (worst) | plain integration | "
	       "start "
	       "of a pass, median / 95 %% | within 2 sd | told after, median / 95 %% |\n"
	       "| --- | --- | --- | --- | --- | --- | --- |\n");
	for (unsigned i = 0; i < n; i++)
		if (is_wanted(&conditions[i]))
			is_good &= show(&conditions[i]);
	return is_good ? 0 : 1;
}
