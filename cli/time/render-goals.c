/* SPDX-License-Identifier: MIT */
#include "cli/time/bars.h"
#include "cli/time/goals.h"
#include "cli/time/render-time.h"

enum {
	BAR_MOST = 20,
};

/* An amount in the goal's unit: "1:30", "3". */
static char *
dup_amount(const RollstatGoal *goal, double amount)
{
	if (goal->unit == ROLLSTAT_GOAL_SECONDS)
		return rollstat_style_dup_duration(amount);
	return g_strdup_printf("%.0f", amount);
}

char *
rollstat_goal_dup_words(const RollstatStyle *style, const RollstatGoal *goal)
{
	gboolean is_week = goal->period == ROLLSTAT_GOAL_WEEK;
	g_autofree char *zone = goal->zone != NULL ? rollstat_style_dup_clean(style, goal->zone)
						   : g_strdup(_("the whole back"));
	g_autofree char *time = dup_amount(goal, goal->amount);
	gulong n = (gulong)goal->amount;
	if (goal->unit == ROLLSTAT_GOAL_SECONDS)
		return g_strdup_printf(is_week ? _("%s, %s a week") : _("%s, %s a day"), zone,
				       time);
	return g_strdup_printf(
		is_week ? ngettext("%s, %lu session a week", "%s, %lu sessions a week", n)
			: ngettext("%s, %lu session a day", "%s, %lu sessions a day", n),
		zone, n);
}

/* "0:45 of 1:30 today", "3 of 5 sessions this week". */
static char *
dup_done(const RollstatGoalState *state)
{
	const RollstatGoal *goal = state->goal;
	gboolean is_week = goal->period == ROLLSTAT_GOAL_WEEK;
	g_autofree char *done = dup_amount(goal, state->streak.done);
	g_autofree char *amount = dup_amount(goal, goal->amount);
	if (goal->unit == ROLLSTAT_GOAL_SECONDS)
		return g_strdup_printf(is_week ? _("%s of %s this week") : _("%s of %s today"),
				       done, amount);
	gulong n = (gulong)goal->amount;
	return g_strdup_printf(
		is_week ? ngettext("%s of %s session this week", "%s of %s sessions this week", n)
			: ngettext("%s of %s session today", "%s of %s sessions today", n),
		done, amount);
}

char *
rollstat_goal_dup_progress(const RollstatStyle *style, const RollstatGoalState *state)
{
	g_autofree char *done = dup_done(state);
	g_autofree char *zone = state->goal->zone != NULL
					? rollstat_style_dup_clean(style, state->goal->zone)
					: NULL;
	g_autofree char *progress =
		zone != NULL ? g_strdup_printf("%s %s", zone, done) : g_strdup(done);
	return state->streak.is_kept ? g_strdup_printf(_("%s (kept)"), progress)
				     : g_steal_pointer(&progress);
}

static char *
dup_missing(const RollstatGoalState *state)
{
	if (state->streak.is_kept)
		return g_strdup(_("kept"));
	g_autofree char *missing =
		dup_amount(state->goal, state->goal->amount - state->streak.done);
	return g_strdup_printf(_("%s to go"), missing);
}

/* "Kept 12 days in a row (longest 30), 45 of 50 since 1 October 2026." */
static char *
dup_streak(const RollstatGoalState *state)
{
	const RollstatStreak *streak = &state->streak;
	gboolean is_week = state->goal->period == ROLLSTAT_GOAL_WEEK;
	g_autofree char *since =
		rollstat_dates_dup_words((RollstatDates){state->since, state->since});
	if (streak->periods == 0)
		return g_strdup_printf(is_week ? _("Set on %s: its first week still runs.")
					       : _("Set on %s: its first day still runs."),
				       since);
	g_autofree char *row = g_strdup_printf(
		is_week ? ngettext("Kept %u week in a row", "Kept %u weeks in a row",
				   streak->streak)
			: ngettext("Kept %u day in a row", "Kept %u days in a row", streak->streak),
		streak->streak);
	return g_strdup_printf(_("%s (longest %u), %u of %u since %s."), row, streak->longest,
			       streak->kept, streak->periods, since);
}

static void
append_state(const RollstatStyle *style, const RollstatGoalState *state, GString *out)
{
	g_autofree char *words = rollstat_goal_dup_words(style, state->goal);
	g_autofree char *lead = g_strdup_printf("%3" G_GINT64_FORMAT "  ", state->goal->id);
	g_autofree char *done = dup_done(state);
	g_autofree char *missing = dup_missing(state);
	g_autofree char *streak = dup_streak(state);
	g_autoptr(GString) bar = g_string_new("     ");
	rollstat_style_append_note(style, out, ROLLSTAT_INK_BOLD, lead, words);
	g_string_append_c(bar, '[');
	rollstat_bar_append(style, bar, state->streak.done / state->goal->amount,
			    MIN(BAR_MOST, style->width / 5));
	g_string_append(bar, "] ");
	g_autofree char *line = g_strdup_printf(_("%s, %s"), done, missing);
	rollstat_style_append_note(style, out,
				   state->streak.is_kept ? ROLLSTAT_INK_GREEN : ROLLSTAT_INK_PLAIN,
				   bar->str, line);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "     ", streak);
}

void
rollstat_render_goals(const RollstatView *view, const RollstatGoals *goals, GString *out)
{
	const RollstatStyle *style = &view->style;
	g_autofree char *today = rollstat_day_dup_long(view->today);
	rollstat_render_time_title(view, _("Goals"), today, goals->whose, out);
	g_string_append_c(out, '\n');
	if (goals->states->len == 0) {
		rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "  ",
					   _("There is no goal yet. Set one, like: rollstat goals "
					     "set mid-thoracic 90s/day, or: rollstat goals set "
					     "3x/week"));
		return;
	}
	for (guint i = 0; i < goals->states->len; i++)
		append_state(style, &g_array_index(goals->states, RollstatGoalState, i), out);
	g_string_append_c(out, '\n');
	rollstat_style_append_note(style, out, ROLLSTAT_INK_DIM, "  ",
				   _("A streak of days forgives one missed day in any seven; one "
				     "of weeks forgives none. What still runs ends no streak."));
	rollstat_style_append_note(style, out, ROLLSTAT_INK_DIM, "  ",
				   _("Pain or discomfort: stop, and ask a health professional. A "
				     "goal is no reason to go on."));
}

void
rollstat_goals_add_rows(const RollstatGoals *goals, RollstatTable *table)
{
	for (guint i = 0; i < goals->states->len; i++) {
		const RollstatGoalState *state =
			&g_array_index(goals->states, RollstatGoalState, i);
		const RollstatGoal *goal = state->goal;
		g_autofree char *since = rollstat_day_dup_iso(state->since);
		json_object *row = json_object_new_object();
		json_object_object_add(row, "goal", json_object_new_int64(goal->id));
		json_object_object_add(row, "person", rollstat_json_new_text(goals->person));
		json_object_object_add(row, "zone", rollstat_json_new_text(goal->zone));
		json_object_object_add(
			row, "unit",
			json_object_new_string(rollstat_goal_get_unit_key(goal->unit)));
		json_object_object_add(row, "amount", rollstat_json_new_number(goal->amount, 0));
		json_object_object_add(
			row, "period",
			json_object_new_string(rollstat_goal_get_period_key(goal->period)));
		json_object_object_add(row, "since", json_object_new_string(since));
		json_object_object_add(row, "done",
				       rollstat_json_new_number(state->streak.done, 0));
		json_object_object_add(row, "kept", json_object_new_boolean(state->streak.is_kept));
		json_object_object_add(row, "streak", json_object_new_int64(state->streak.streak));
		json_object_object_add(row, "longest",
				       json_object_new_int64(state->streak.longest));
		json_object_object_add(row, "periods_kept",
				       json_object_new_int64(state->streak.kept));
		json_object_object_add(row, "periods",
				       json_object_new_int64(state->streak.periods));
		rollstat_table_add(table, row);
	}
}
