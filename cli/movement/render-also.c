/* SPDX-License-Identifier: MIT */
#include "cli/movement/render-also.h"

#include "cli/movement/movement.h"

#include <glib/gi18n-lib.h>

static const RollstatExercise *
get_exercise(const RollstatSummary *summary, guint n)
{
	return &g_array_index(summary->history->exercises, RollstatExercise,
			      summary->exercises.first + n);
}

/* Whether it is the first of its movement. */
static gboolean
is_first(const RollstatSummary *summary, guint n)
{
	for (guint i = 0; i < n; i++)
		if (g_str_equal(get_exercise(summary, i)->movement,
				get_exercise(summary, n)->movement))
			return FALSE;
	return TRUE;
}

/* "Cat-cow 2:00 (2 times)". */
static void
add_movement(const RollstatStyle *style, const RollstatSummary *summary, guint first, GString *text)
{
	const char *key = get_exercise(summary, first)->movement;
	const RollstatMovement *movement = rollstat_movement_find(key);
	double seconds = 0;
	guint times = 0;
	for (guint i = first; i < summary->exercises.n; i++) {
		const RollstatExercise *exercise = get_exercise(summary, i);
		gboolean is_same = g_str_equal(exercise->movement, key);
		seconds += is_same ? exercise->seconds : 0;
		times += is_same;
	}
	g_autofree char *name =
		rollstat_style_dup_clean(style, movement != NULL ? _(movement->name) : key);
	g_autofree char *duration = rollstat_style_dup_duration(seconds);
	g_string_append_printf(text, "%s%s %s", text->len > 0 ? ", " : "", name, duration);
	if (times > 1)
		g_string_append_printf(text, ngettext(" (%u time)", " (%u times)", times), times);
}

void
rollstat_render_also(const RollstatStyle *style, const RollstatSummary *summary, GString *out)
{
	g_autoptr(GString) list = g_string_new(NULL);
	for (guint i = 0; i < summary->exercises.n; i++)
		if (is_first(summary, i))
			add_movement(style, summary, i, list);
	if (list->len == 0)
		return;
	g_autofree char *text = g_strdup_printf(_("Also: %s."), list->str);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "  ", text);
}
