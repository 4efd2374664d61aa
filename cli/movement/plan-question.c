/* SPDX-License-Identifier: MIT */
#include "cli/movement/plan-question.h"

#include "cli/history/exercises.h"
#include "cli/history/summary-zones.h"
#include "cli/people/home.h"
#include "cli/people/whose.h"
#include "cli/usage.h"

#include <math.h>
#include <string.h>

enum {
	USUAL_MINUTES = 10,
	TOOLS_USUAL = ROLLSTAT_TOOL_CHAIR | ROLLSTAT_TOOL_TOWEL | ROLLSTAT_TOOL_ROLLER |
		      ROLLSTAT_TOOL_WARMTH,
};

void
rollstat_plan_question_free(RollstatPlanQuestion *question)
{
	if (question == NULL)
		return;
	g_clear_pointer(&question->zones, g_array_unref);
	g_clear_pointer(&question->done, g_array_unref);
	g_clear_pointer(&question->history, rollstat_history_free);
	g_free(question->person);
	g_free(question);
}

/* ---- What the person says ---- */

static gboolean
read_minutes(const char *text, guint *ret_seconds, GError **error)
{
	static const guint allowed[] = {5, 10, 15};
	guint minutes = USUAL_MINUTES;
	if (text != NULL) {
		guint64 number = 0;
		g_ascii_string_to_unsigned(text, 10, 1, 99, &number, NULL);
		minutes = (guint)number;
	}
	for (gsize i = 0; i < G_N_ELEMENTS(allowed); i++)
		if (minutes == allowed[i]) {
			*ret_seconds = minutes * 60;
			return TRUE;
		}
	return rollstat_usage_fail(error, _("--minutes is 5, 10 or 15"));
}

static gboolean
read_wishes(RollstatPlanQuestion *question, const RollstatPlanWishes *wishes, guint *ret_without,
	    GError **error)
{
	guint with = 0;
	*ret_without = 0;
	if (!read_minutes(wishes->minutes, &question->ask.seconds, error) ||
	    (wishes->with != NULL && !rollstat_tools_parse(wishes->with, &with, error)) ||
	    (wishes->without != NULL && !rollstat_tools_parse(wishes->without, ret_without, error)))
		return FALSE;
	if ((with & *ret_without) != 0)
		return rollstat_usage_fail(error,
					   _("a tool cannot be both in --with and in --without"));
	question->ask.tools = TOOLS_USUAL | with;
	return TRUE;
}

/* ---- What the database says ---- */

/* The parts of the back whose levels lie in a zone. */
static guint
get_regions(const RollstatSpine *spine, double from_cm, double to_cm)
{
	guint regions = 0;
	for (guint i = 0; i < spine->n_levels; i++) {
		double at_cm = rollstat_level_get_middle_cm(spine, i);
		if (at_cm < from_cm || at_cm >= to_cm)
			continue;
		if (i < 2) /* C7, T1; then T2 to T4, and so on, as the default zones */
			regions |= ROLLSTAT_REGION_NECK_BASE;
		else if (i < 5)
			regions |= ROLLSTAT_REGION_UPPER;
		else if (i < 9)
			regions |= ROLLSTAT_REGION_MIDDLE;
		else if (i < 13)
			regions |= ROLLSTAT_REGION_LOWER;
		else
			regions |= ROLLSTAT_REGION_LUMBAR;
	}
	return regions;
}

static void
add_zones(RollstatPlanQuestion *question, const RollstatSummary *known,
	  const RollstatSummary *today, gboolean is_lately)
{
	for (guint i = 0; i < known->zones->len; i++) {
		const RollstatZoneSum *sum = &g_array_index(known->zones, RollstatZoneSum, i);
		const RollstatZoneSum *now = rollstat_zones_find(today, sum->name);
		RollstatPlanZone zone = {
			.name = sum->name,
			.regions = get_regions(&known->spine, sum->from_cm, sum->to_cm),
			.from_cm = sum->from_cm,
			.to_cm = sum->to_cm,
			.needs_care = sum->needs_care,
			.is_tight = is_lately && sum->is_tight,
			.tightness = is_lately ? sum->tightness : NAN,
			.today_s = now != NULL ? now->seconds : 0,
		};
		g_array_append_val(question->zones, zone);
	}
}

/* Where nothing was recorded. */
static void
add_default_zones(RollstatPlanQuestion *question)
{
	for (guint n = 0; n < ROLLSTAT_REGIONS; n++) {
		guint region = 1u << n;
		RollstatPlanZone zone = {
			.name = rollstat_region_get_key(n),
			.regions = region,
			.from_cm = NAN,
			.to_cm = NAN,
			.needs_care = region == ROLLSTAT_REGION_NECK_BASE ||
				      region == ROLLSTAT_REGION_LUMBAR,
			.tightness = NAN,
		};
		g_array_append_val(question->zones, zone);
	}
}

static void
judge(RollstatPlanQuestion *question, const RollstatRun *run, const RollstatSpine *spine)
{
	RollstatDay today = run->view.today, lately = today - (ROLLSTAT_PLAN_DAYS - 1);
	g_autoptr(RollstatSource) source =
		rollstat_source_new(question->history, spine, run->view.zone);
	g_autoptr(RollstatSummary) week = rollstat_summary_new(source, lately, today);
	g_autoptr(RollstatSummary) day = rollstat_summary_new_sums(source, today, today);
	question->is_recorded = question->history->sessions->len > 0;
	if (week->sessions > 0) {
		add_zones(question, week, day, TRUE);
		return;
	}
	/* Of longer ago, only the zones are of use. */
	g_autoptr(RollstatSummary) all =
		rollstat_summary_new(source, lately - ROLLSTAT_HISTORY_DAYS, today);
	add_zones(question, all, day, FALSE);
}

static void
look_for_bar(RollstatPlanQuestion *question)
{
	GArray *sessions = question->history->sessions;
	for (guint i = 0; i < sessions->len; i++)
		if (g_str_equal(g_array_index(sessions, RollstatSession, i).kind, "bar"))
			question->ask.tools |= ROLLSTAT_TOOL_BAR;
}

static void
add_done(RollstatPlanQuestion *question, const RollstatRun *run)
{
	GArray *exercises = question->history->exercises;
	for (guint i = 0; i < exercises->len; i++) {
		const RollstatExercise *exercise = &g_array_index(exercises, RollstatExercise, i);
		RollstatDay day = rollstat_day_of(exercise->start_us, run->view.zone);
		RollstatPlanDone done = {
			.movement = rollstat_movement_find(exercise->movement),
			.days_ago = run->view.today - day,
		};
		if (done.movement == NULL)
			continue;
		question->ask.tools |= done.movement->tools & ROLLSTAT_TOOL_BAR;
		g_array_append_val(question->done, done);
	}
}

static gboolean
load_history(RollstatPlanQuestion *question, const RollstatRun *run, sqlite3 *db, GError **error)
{
	RollstatDay today = run->view.today;
	RollstatDay first = today - (ROLLSTAT_PLAN_DAYS - 1) - ROLLSTAT_HISTORY_DAYS;
	question->person = rollstat_whose_dup_person(run, db, error);
	RollstatQuery query = {
		.from_us = rollstat_day_get_begin_us(first, run->view.zone),
		.to_us = rollstat_day_get_begin_us(today + 1, run->view.zone),
		.person = question->person,
		.rows = ROLLSTAT_ROWS_ALL | ROLLSTAT_ROWS_EXERCISES,
	};
	if (question->person == NULL)
		return FALSE;
	question->history = rollstat_history_load(db, &query, error);
	return question->history != NULL;
}

static gboolean
read_database(RollstatPlanQuestion *question, const RollstatRun *run, GError **error)
{
	RollstatSpine spine = {0};
	g_autoptr(GError) cause = NULL;
	g_autoptr(sqlite3) db = rollstat_run_open_database(run, &cause);
	if (db == NULL && g_error_matches(cause, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_ABSENT)) {
		question->person = run->person != NULL
					   ? g_strdup(run->person)
					   : rollstat_home_dup_config_person(run, error);
		return question->person != NULL;
	}
	if (db == NULL) {
		g_propagate_error(error, g_steal_pointer(&cause));
		return FALSE;
	}
	if (!load_history(question, run, db, error))
		return FALSE;
	GArray *sessions = question->history->sessions;
	if (sessions->len > 0 &&
	    !rollstat_history_load_spine(
		    db, g_array_index(sessions, RollstatSession, sessions->len - 1).spine, &spine,
		    error))
		return FALSE;
	judge(question, run, &spine);
	look_for_bar(question);
	add_done(question, run);
	return TRUE;
}

RollstatPlanQuestion *
rollstat_plan_question_load(const RollstatRun *run, const RollstatPlanWishes *wishes,
			    GError **error)
{
	g_autoptr(RollstatPlanQuestion) question = g_new0(RollstatPlanQuestion, 1);
	guint without = 0;
	question->zones = g_array_new(FALSE, TRUE, sizeof(RollstatPlanZone));
	question->done = g_array_new(FALSE, TRUE, sizeof(RollstatPlanDone));
	if (!read_wishes(question, wishes, &without, error) || !read_database(question, run, error))
		return NULL;
	if (question->zones->len == 0)
		add_default_zones(question);
	RollstatPlanAsk *ask = &question->ask;
	ask->tools &= ~without;
	ask->zones = (const RollstatPlanZone *)question->zones->data;
	ask->n_zones = question->zones->len;
	ask->done = (const RollstatPlanDone *)question->done->data;
	ask->n_done = question->done->len;
	return g_steal_pointer(&question);
}
