/* SPDX-License-Identifier: MIT
 *
 * goals: what a person wants to reach, and how it stands.
 */
#include "cli/time/goals.h"
#include "cli/time/named-place.h"
#include "cli/time/subject.h"
#include "cli/usage.h"
#include "cli/verbs.h"

/* Judges the goals by a history that begins no later than the periods in which they were set; states: RollstatGoalState. */
static GArray *
judge_all(const RollstatView *view, const GPtrArray *goals, const RollstatHistory *history,
	  RollstatDay earliest)
{
	GArray *states = g_array_new(FALSE, TRUE, sizeof(RollstatGoalState));
	g_autofree RollstatDay *days = rollstat_goal_find_days(history, view->zone);
	for (guint i = 0; i < goals->len; i++) {
		const RollstatGoal *goal = g_ptr_array_index(goals, i);
		RollstatDay since = MIN(rollstat_day_of(goal->since_us, view->zone), view->today);
		RollstatGoalState state = {
			.goal = goal,
			.since = since,
			.streak = rollstat_goal_judge(goal, history, days, MAX(since, earliest),
						      view->today),
		};
		g_array_append_val(states, state);
	}
	return states;
}

/* The Monday before the first of the goals was set, or that of this week where there is none. */
static RollstatDay
find_earliest(const RollstatView *view, const GPtrArray *goals)
{
	RollstatDay earliest = view->today;
	for (guint i = 0; i < goals->len; i++) {
		const RollstatGoal *goal = g_ptr_array_index(goals, i);
		earliest = MIN(earliest, rollstat_day_of(goal->since_us, view->zone));
	}
	return rollstat_day_get_monday(earliest);
}

/* The zone that the goals ask for where it is one alone; NULL: none, or several. */
static const char *
find_zone(const GPtrArray *goals, gboolean *ret_has_several)
{
	const char *zone = NULL;
	*ret_has_several = FALSE;
	for (guint i = 0; i < goals->len; i++) {
		const RollstatGoal *goal = g_ptr_array_index(goals, i);
		if (goal->zone == NULL)
			continue;
		*ret_has_several |= zone != NULL && !g_str_equal(zone, goal->zone);
		zone = goal->zone;
	}
	return *ret_has_several ? NULL : zone;
}

/* The person's sessions from a day on, with the zones that are asked for: ten years of all of them take their time. */
static RollstatHistory *
load(const RollstatRun *run, sqlite3 *db, const GPtrArray *goals, const char *person,
     RollstatDay first, GError **error)
{
	gboolean has_several;
	const char *zone = find_zone(goals, &has_several);
	RollstatQuery query = {
		.from_us = rollstat_day_get_begin_us(first, run->view.zone),
		.to_us = rollstat_day_get_begin_us(run->view.today + 1, run->view.zone),
		.person = person,
		.zone = zone,
		.has_no_zones = zone == NULL && !has_several,
		.has_bare_sessions = TRUE,
	};
	return rollstat_history_load(db, &query, error);
}

static void
append(const RollstatRun *run, const RollstatGoals *goals)
{
	if (!run->is_json && !run->is_csv) {
		rollstat_render_goals(&run->view, goals, run->out);
		return;
	}
	RollstatTable table = rollstat_table_begin(run->out, run->is_csv);
	rollstat_goals_add_rows(goals, &table);
	rollstat_table_end(&table);
}

static gboolean
tell(const RollstatRun *run, GError **error)
{
	g_autoptr(sqlite3) db = rollstat_run_open_database(run, error);
	if (db == NULL)
		return FALSE;
	g_autoptr(RollstatSubject) subject =
		rollstat_subject_load(run, db, &(RollstatWhoseAsk){0}, error);
	if (subject == NULL)
		return FALSE;
	g_autoptr(GPtrArray) goals = rollstat_goals_load(db, subject->person, error);
	if (goals == NULL)
		return FALSE;
	RollstatDay earliest = find_earliest(&run->view, goals);
	g_autoptr(RollstatHistory) history = load(run, db, goals, subject->person, earliest, error);
	if (history == NULL)
		return FALSE;
	g_autoptr(GArray) states = judge_all(&run->view, goals, history, earliest);
	g_autofree char *whose = rollstat_subject_dup_line(subject, &run->view.style);
	append(run, &(RollstatGoals){.person = subject->person, .whose = whose, .states = states});
	return TRUE;
}

gboolean
rollstat_goals_dup_line(const RollstatRun *report, sqlite3 *db, const char *person, char **ret_line,
			GError **error)
{
	RollstatRun named = *report, *run = &named;
	named.person = person;
	*ret_line = NULL;
	g_autoptr(RollstatSubject) subject =
		rollstat_subject_load(run, db, &(RollstatWhoseAsk){0}, error);
	if (subject == NULL)
		return FALSE;
	g_autoptr(GPtrArray) goals = rollstat_goals_load(db, subject->person, error);
	if (goals == NULL || goals->len == 0)
		return goals != NULL;
	RollstatDay monday = rollstat_day_get_monday(run->view.today);
	g_autoptr(RollstatHistory) history = load(run, db, goals, subject->person, monday, error);
	if (history == NULL)
		return FALSE;
	g_autoptr(GArray) states = judge_all(&run->view, goals, history, monday);
	g_autoptr(GString) list = g_string_new(NULL);
	for (guint i = 0; i < states->len; i++) {
		g_autofree char *progress = rollstat_goal_dup_progress(
			&run->view.style, &g_array_index(states, RollstatGoalState, i));
		g_string_append_printf(list, "%s%s", i > 0 ? "; " : "", progress);
	}
	*ret_line = g_strdup_printf(_("Goals: %s."), list->str);
	return TRUE;
}

static void
append_note(const RollstatRun *run, RollstatInk ink, const char *lead, const char *text)
{
	rollstat_style_append_note(&run->view.style, run->out, ink, lead, text);
}

/* What should be known before much is rolled, or where nobody is told to roll more. */
static void
append_cautions(const RollstatRun *run, const RollstatGoal *goal, gboolean needs_care)
{
	if (needs_care)
		append_note(run, ROLLSTAT_INK_YELLOW, "! ",
			    _("Patients are told to roll no higher than C7 to T1 and no lower than "
			      "the bottom of the ribs."));
	if (goal->zone != NULL && goal->unit == ROLLSTAT_GOAL_SECONDS &&
	    goal->period == ROLLSTAT_GOAL_DAY && goal->amount > ROLLSTAT_GOAL_ADVISED_MOST_S)
		append_note(run, ROLLSTAT_INK_YELLOW, "! ",
			    _("1 to 3 sets of 30 to 120 s on one zone are advised (Behm 2020): 6 "
			      "minutes at most."));
}

static gboolean
set(const RollstatRun *run, GError **error)
{
	char **words = run->words + 1;
	guint n = g_strv_length(words);
	g_autoptr(RollstatGoal) goal = g_new0(RollstatGoal, 1);
	gboolean needs_care = FALSE;
	if (n < 1 || n > 2 || run->is_json || run->is_csv)
		return rollstat_run_refuse(run, error);
	if (!rollstat_goal_parse(words[n - 1], goal, error))
		return FALSE;
	g_autoptr(sqlite3) db = rollstat_run_edit_database(run, error);
	if (db == NULL)
		return FALSE;
	g_autoptr(RollstatSubject) subject =
		rollstat_subject_load(run, db, &(RollstatWhoseAsk){0}, error);
	if (subject == NULL)
		return FALSE;
	if (n == 2) {
		/* A goal is for a zone: levels move with the length of the spine. */
		const RollstatSpine none = {0};
		g_autoptr(RollstatPlace) place =
			rollstat_place_find(subject->zones, &none, words[0], error);
		if (place == NULL)
			return FALSE;
		needs_care = place->needs_care;
		goal->zone = g_strdup(place->name);
	}
	if (!rollstat_goal_store(db, subject->person, goal, run->context->now_us, error))
		return FALSE;
	g_autofree char *what = rollstat_goal_dup_words(&run->view.style, goal);
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, goal->id);
	g_autofree char *person = rollstat_style_dup_clean(&run->view.style, subject->person);
	g_autofree char *line = g_strdup_printf(_("Goal %s of %s: %s."), number, person, what);
	append_note(run, ROLLSTAT_INK_PLAIN, "", line);
	append_cautions(run, goal, needs_care);
	return TRUE;
}

static gboolean
remove_one(const RollstatRun *run, GError **error)
{
	gint64 id;
	char **words = run->words + 1;
	if (g_strv_length(words) != 1 || run->is_json || run->is_csv)
		return rollstat_run_refuse(run, error);
	if (!g_ascii_string_to_signed(words[0], 10, 1, G_MAXINT64, &id, NULL))
		return rollstat_usage_fail(
			error, _("goals remove takes the number of a goal, as goals tells it"));
	g_autoptr(sqlite3) db = rollstat_run_edit_database(run, error);
	if (db == NULL)
		return FALSE;
	g_autoptr(RollstatSubject) subject =
		rollstat_subject_load(run, db, &(RollstatWhoseAsk){0}, error);
	if (subject == NULL || !rollstat_goal_remove(db, subject->person, id, error))
		return FALSE;
	g_autofree char *line = g_strdup_printf(_("Goal %s is removed."), words[0]);
	append_note(run, ROLLSTAT_INK_PLAIN, "", line);
	return TRUE;
}

static gboolean
run_goals(RollstatRun *run, GError **error)
{
	const char *word = run->words[0];
	if (word == NULL)
		return tell(run, error);
	if (g_str_equal(word, "set"))
		return set(run, error);
	if (g_str_equal(word, "remove"))
		return remove_one(run, error);
	return rollstat_run_refuse(run, error);
}

const RollstatVerb rollstat_verb_goals = {
	.name = "goals",
	.usage = "goals, goals set [ZONE] AMOUNT, or goals remove GOAL",
	.what = N_("What you want to reach, how it stands, and for how long it was kept"),
	.help = N_("AMOUNT is 90s/day, 10min/week or 3x/week (sessions); ZONE a zone or its first\n"
		   "letters, without it the whole back counts. A goal of the same kind gives way\n"
		   "to the new one, and its streak begins anew. A streak of days forgives one\n"
		   "missed day in any seven; one of weeks forgives none. A session counts on a\n"
		   "zone from 30 s there on. GOAL is the number that goals tells.\n"),
	.group = ROLLSTAT_GROUP_BACK,
	.takes = ROLLSTAT_TAKES_JSON | ROLLSTAT_TAKES_CSV | ROLLSTAT_TAKES_PERSON,
	.most_words = 3,
	.run = run_goals,
};
