/* SPDX-License-Identifier: MIT
 *
 * Draws the table of tight spots: how often the stiff spot planted in a back is told, from the raw values on.
 *
 *     tight-spots [--seeds N] [--first-seed N] [--history N] [--each] [BACK...]
 *
 * A seed is a person with a sensor, in sessions of 5 to 15 minutes under the ordinary ranges of world-dials.c. The first
 * is judged alone; the last with the others as its history. Exit status 1 where a row is below what it must reach.
 */
#include "cli/history/tight.h"
#include "tests/accuracy/judge.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { SESSIONS_MAX = 8 };

#define NEAR_CM 1.5

/* A back and what must be told of it: shares of seeds; spots a session for those that are none. */
typedef struct {
	const char *name, *says;
	double height, slowing, holds;
	double uneven; /* more than an even back's bumps, share of them */
	bool is_blind; /* no force cells */
	double least_alone, least_history, most_others;
} Back;

static const Back backs[] = {
	{.name = "even", .says = "even", .most_others = 0.1},
	{.name = "rough", .says = "even, half as uneven again", .uneven = 0.5, .most_others = 0.3},
	{.name = "0.25",
	 .says = "25 % more force",
	 .height = 0.25,
	 .least_alone = 0.65,
	 .least_history = 0.65,
	 .most_others = 0.1},
	{.name = "0.35",
	 .says = "35 % more force",
	 .height = 0.35,
	 .least_alone = 0.9,
	 .least_history = 0.9,
	 .most_others = 0.1},
	{.name = "0.50",
	 .says = "50 % more force",
	 .height = 0.5,
	 .least_alone = 0.95,
	 .least_history = 0.95,
	 .most_others = 0.1},
	{.name = "slow",
	 .says = "30 %, and half the speed",
	 .height = 0.3,
	 .slowing = 0.5,
	 .least_alone = 0.85,
	 .least_history = 0.85,
	 .most_others = 0.1},
	{.name = "held",
	 .says = "30 %, and sought to hold there",
	 .height = 0.3,
	 .holds = 0.25,
	 .least_alone = 0.9,
	 .least_history = 0.9,
	 .most_others = 0.1},
	{.name = "blind-even",
	 .says = "even, no force cells",
	 .is_blind = true,
	 .most_others = 0.1},
	{.name = "blind-slow",
	 .says = "half the speed, no force cells",
	 .slowing = 0.5,
	 .is_blind = true,
	 .most_others = 0.1},
};

/* The same back with ever more of something. */
enum { STEPS = 3 };

typedef struct {
	const char *name, *says;
	Back steps[STEPS];
	double least; /* share of seeds in which tightness rises with each step */
} Rising;

static const Rising risings[] = {
	{"stiffer",
	 "20, 35, 50 % more force",
	 {{.height = 0.2}, {.height = 0.35}, {.height = 0.5}},
	 0.95},
	{"slower",
	 "30 % more force, 0, 25, 50 % slower",
	 {{.height = 0.3}, {.height = 0.3, .slowing = 0.25}, {.height = 0.3, .slowing = 0.5}},
	 0},
};

static int n_seeds = 20, first_seed = 1, n_history = 5;
static gboolean is_each;
static char **names;

static const GOptionEntry options[] = {
	{"seeds", 0, 0, G_OPTION_ARG_INT, &n_seeds, "how many persons", "N"},
	{"first-seed", 0, 0, G_OPTION_ARG_INT, &first_seed, "the first seed", "N"},
	{"history", 0, 0, G_OPTION_ARG_INT, &n_history, "sessions before the last, 1 to 7", "N"},
	{"each", 0, 0, G_OPTION_ARG_NONE, &is_each, "a line a person, too", NULL},
	{G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &names, NULL, "BACK..."},
	{NULL, 0, 0, 0, NULL, NULL, NULL},
};

/* ---- A person's sessions, through the core ---- */

typedef struct {
	double at_cm; /* where the spot is; infinite: nowhere */
	unsigned n;
	RollstatProfile profiles[SESSIONS_MAX];
} Series;

static void
add_summary(const RollSummary *summary, RollstatProfile *profile)
{
	profile->has_force = summary->has_force;
	for (unsigned i = 0; i < ROLL_SLICES_MAX; i++) {
		const RollSum *sum = &summary->slices[i];
		const double middle_m = ROLL_SLICE_FIRST_M + (i + 0.5) * ROLL_SLICE_M;
		const unsigned slice = rollstat_slice_find(100.0 * middle_m);

		profile->seconds[slice] += sum->loaded_s;
		profile->force[slice] += sum->force_s;
		profile->moving_s[slice] += sum->moving_s;
		profile->travel_cm[slice] += 100.0 * sum->travel_m;
	}
}

static void
add_events(const GArray *events, RollstatProfile *profile)
{
	for (unsigned i = 0; i < events->len; i++) {
		const RollEvent *event = &g_array_index(events, RollEvent, i);
		const double seconds = (double)(event->end_us - event->start_us) * 1e-6;

		if (event->kind == ROLL_EVENT_HOLD)
			rollstat_profile_add_hold(profile, 100.0 * event->from_m, seconds);
		else if (event->kind == ROLL_EVENT_PASS)
			rollstat_profile_add_pass(profile, 100.0 * event->from_m,
						  100.0 * event->to_m);
	}
}

static void
draw_world(const Back *back, uint64_t seed, World *ret_world)
{
	WorldRange ranges[DIAL_N];
	RollSimRandom random;

	world_get_ranges(ranges);
	ranges[DIAL_MINUTES] = (WorldRange){5, 15};
	ranges[DIAL_SPOT_SHARE] = (WorldRange){back->height, back->height};
	ranges[DIAL_SPOT_SLOWING] = (WorldRange){back->slowing, back->slowing};
	ranges[DIAL_SPOT_HOLDS] = (WorldRange){back->holds, back->holds};
	ranges[DIAL_UNEVEN] = (WorldRange){1.0 + back->uneven, 1.0 + back->uneven};
	if (back->is_blind)
		ranges[DIAL_CELLS] = (WorldRange){0, 0};
	roll_sim_random_init(&random, seed, 9);
	world_draw(ret_world, ranges, &random);
}

/* n sessions of a person; each is told with what the ones before taught of the back's forces. */
static void
roll(const Back *back, uint64_t seed, unsigned n, Series *ret_series)
{
	World world;
	RollTrackSettings settings;
	RollForceMap map;

	*ret_series = (Series){.n = n};
	draw_world(back, seed, &world);
	judge_init_settings(&world, &settings);
	roll_force_map_init(&map);
	for (unsigned i = 0; i < n; i++) {
		WorldRecording *recording =
			world_record(&world, seed, seed * 1000 + i, INT64_C(1790000000000000));
		JudgeRun *run = judge_run(recording, &settings, i > 0 ? &map : NULL);
		const RollSummary *summary = roll_track_get_summary(&run->track);

		ret_series->at_cm = back->height + back->slowing > 0.0
					    ? 100.0 * recording->person.bumps[0].at_m
					    : INFINITY;
		add_summary(summary, &ret_series->profiles[i]);
		add_events(run->events, &ret_series->profiles[i]);
		roll_force_map_add_past(&map, summary->slices);
		judge_run_free(run);
		world_recording_free(recording);
	}
}

/* ---- What is told of them ---- */

/* Of one report. */
typedef struct {
	bool is_found;
	double off_cm; /* of the spot told that is nearest */
	unsigned n_others;
	double first_cm; /* the tightest; NaN: none */
} Told;

static void
judge_session(const Series *series, unsigned first, unsigned i, Told *ret_told)
{
	g_autofree RollstatTight *tight = g_new0(RollstatTight, 1);

	rollstat_tight_judge(&series->profiles[first], i + 1 - first, i - first, tight);
	*ret_told = (Told){.off_cm = INFINITY, .first_cm = NAN};
	for (unsigned k = 0; k < tight->n_spots; k++) {
		const double off_cm = fabs(tight->spots[k].at_cm - series->at_cm);

		ret_told->n_others += off_cm > NEAR_CM;
		ret_told->off_cm = fmin(ret_told->off_cm, off_cm);
	}
	ret_told->is_found = ret_told->off_cm <= NEAR_CM;
	if (tight->n_spots > 0)
		ret_told->first_cm = tight->spots[0].at_cm;
}

/* Of one person. */
typedef struct {
	const Back *back;
	const Rising *rising;
	uint64_t seed;
	double at_cm;
	Told alone;
	Told told[SESSIONS_MAX]; /* session by session, each with those before */
	bool is_rising;
} Person;

static void
judge_person(gpointer data, G_GNUC_UNUSED gpointer user_data)
{
	Person *person = data;
	g_autofree Series *series = g_new(Series, 1);

	roll(person->back, person->seed, (unsigned)n_history + 1, series);
	person->at_cm = series->at_cm;
	judge_session(series, 0, 0, &person->alone);
	for (unsigned i = 0; i < series->n; i++)
		judge_session(series, 0, i, &person->told[i]);
}

/* Tightness of the 6 cm around the spot, step by step. */
static void
judge_rising(gpointer data, G_GNUC_UNUSED gpointer user_data)
{
	Person *person = data;
	g_autofree Series *series = g_new(Series, 1);
	g_autofree RollstatTight *tight = g_new0(RollstatTight, 1);
	double before = -INFINITY;

	person->is_rising = true;
	for (unsigned i = 0; i < STEPS; i++) {
		double zone;

		roll(&person->rising->steps[i], person->seed, 1, series);
		rollstat_tight_judge(series->profiles, 1, 0, tight);
		zone = rollstat_tight_get_zone(tight, series->at_cm - 3.0, series->at_cm + 3.0);
		person->is_rising &= zone > before;
		before = zone;
	}
}

/* ---- The table ---- */

/* All persons with a back, or with the backs of a rising one, on as many processors as there are; freed by the caller. */
static Person *
judge_persons(const Back *back, const Rising *rising)
{
	Person *persons = g_new0(Person, n_seeds);
	GFunc judge = rising ? judge_rising : judge_person;
	GThreadPool *pool =
		g_thread_pool_new(judge, NULL, (int)g_get_num_processors(), FALSE, NULL);

	for (int i = 0; i < n_seeds; i++) {
		persons[i].back = back;
		persons[i].rising = rising;
		persons[i].seed = (uint64_t)(first_seed + i);
		g_thread_pool_push(pool, &persons[i], NULL);
	}
	g_thread_pool_free(pool, FALSE, TRUE);
	return persons;
}

typedef struct {
	unsigned alone, history;   /* persons whose spot is found */
	unsigned others, sessions; /* spots that are none, and sessions judged */
	unsigned stable, pairs;	   /* sessions that tell the spot where the one before did */
	GArray *off_cm;
} Row;

static void
add_person(Row *row, const Person *person)
{
	const Told *last = &person->told[n_history];

	row->alone += person->alone.is_found;
	row->history += last->is_found;
	for (int i = 0; i <= n_history; i++) {
		const Told *told = &person->told[i];

		row->others += told->n_others;
		row->sessions++;
		if (told->is_found)
			g_array_append_val(row->off_cm, told->off_cm);
		if (i == 0 || isnan(told->first_cm) || isnan(told[-1].first_cm))
			continue;
		row->pairs++;
		row->stable += fabs(told->first_cm - told[-1].first_cm) <= NEAR_CM;
	}
	if (is_each)
		printf("  seed %4d  spot at %4.1f cm: alone off %.1f, others %u; with history off "
		       "%.1f, "
		       "others %u\n",
		       (int)person->seed, person->at_cm, person->alone.off_cm,
		       person->alone.n_others, last->off_cm, last->n_others);
}

static bool
show_back(const Back *back)
{
	Row row = {.off_cm = g_array_new(FALSE, FALSE, sizeof(double))};
	g_autofree Person *persons = judge_persons(back, NULL);
	double others;
	bool is_good;

	for (int i = 0; i < n_seeds; i++)
		add_person(&row, &persons[i]);
	others = (double)row.others / row.sessions;
	is_good = row.alone >= back->least_alone * n_seeds &&
		  row.history >= back->least_history * n_seeds && others <= back->most_others;
	printf("%-31s", back->says);
	if (back->height + back->slowing > 0.0)
		printf(" %5.0f %% %10.0f %%   %.2f / %.2f cm", 100.0 * row.alone / n_seeds,
		       100.0 * row.history / n_seeds, judge_get_quantile(row.off_cm, 0.5),
		       judge_get_quantile(row.off_cm, 0.95));
	else
		printf("      -            -               -");
	printf("  %10.2f  %8.0f %% of %3u%s\n", others, 100.0 * row.stable / fmax(row.pairs, 1.0),
	       row.pairs, is_good ? "" : "  BELOW");
	fflush(stdout);
	g_array_unref(row.off_cm);
	return is_good;
}

static bool
show_rising(const Rising *rising)
{
	g_autofree Person *persons = judge_persons(NULL, rising);
	unsigned n = 0;

	for (int i = 0; i < n_seeds; i++)
		n += persons[i].is_rising;
	printf("tightness rises: %s: %.0f %%%s\n", rising->says, 100.0 * n / n_seeds,
	       n >= rising->least * n_seeds ? "" : "  BELOW");
	return n >= rising->least * n_seeds;
}

static bool
is_wanted(const char *name)
{
	return !names || g_strv_contains((const char *const *)names, name);
}

int
main(int argc, char **argv)
{
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	g_autoptr(GError) error = NULL;
	bool is_good = true;

	g_option_context_add_main_entries(context, options, NULL);
	if (!g_option_context_parse(context, &argc, &argv, &error) || n_seeds < 1 ||
	    n_history < 1 || n_history >= SESSIONS_MAX) {
		fprintf(stderr, "tight-spots: %s\n", error ? error->message : "see --help");
		return 2;
	}
	printf("back                             alone  with history  off p50 / p95  others a "
	       "session"
	       "  within 1.5 cm of the session before\n");
	for (unsigned i = 0; i < G_N_ELEMENTS(backs); i++)
		if (is_wanted(backs[i].name))
			is_good &= show_back(&backs[i]);
	for (unsigned i = 0; i < G_N_ELEMENTS(risings); i++)
		if (is_wanted(risings[i].name))
			is_good &= show_rising(&risings[i]);
	return is_good ? 0 : 1;
}
