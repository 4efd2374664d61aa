/* SPDX-License-Identifier: MIT */
#include "cli/people/render-people.h"

#include "cli/report/json.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

enum {
	NAME_MOST_COLUMNS = 30,
	OTHER_COLUMNS = 31,
};

static void
append_row(const RollstatView *view, const char *mark, const char *const fields[4], GString *out)
{
	guint name = MIN(view->style.width - OTHER_COLUMNS, NAME_MOST_COLUMNS);
	const RollstatCell cells[] = {
		{.text = fields[0], .columns = name},
		{.text = fields[1], .columns = 8, .is_right = TRUE},
		{.text = fields[2], .columns = 8, .is_right = TRUE},
		{.text = fields[3], .columns = 10},
	};
	g_string_append(out, mark);
	for (gsize i = 0; i < G_N_ELEMENTS(cells); i++) {
		g_string_append(out, " ");
		rollstat_style_append_cell(&view->style, out, &cells[i]);
	}
	while (out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	g_string_append_c(out, '\n');
}

static void
append_person(const RollstatView *view, const RollstatPerson *person, GString *out)
{
	g_autofree char *name = rollstat_style_dup_clean(&view->style, person->name);
	g_autofree char *spine =
		rollstat_people_dup_spine(person, rollstat_style_get_dash(&view->style));
	g_autofree char *sessions = g_strdup_printf("%u", person->sessions);
	g_autofree char *last =
		person->last_us != 0
			? rollstat_day_dup_iso(rollstat_day_of(person->last_us, view->zone))
			: g_strdup(_("never"));
	const char *const fields[4] = {name, spine, sessions, last};
	append_row(view, person->is_chosen ? "*" : " ", fields, out);
}

/* A line for those who said it. */
static void
append_weights(const RollstatView *view, const RollstatPeople *people, GString *out)
{
	g_autoptr(GString) list = g_string_new(NULL);
	for (guint i = 0; i < people->persons->len; i++) {
		const RollstatPerson *person = &g_array_index(people->persons, RollstatPerson, i);
		if (isnan(person->weight_kg))
			continue;
		g_autofree char *name = rollstat_style_dup_clean(&view->style, person->name);
		g_string_append_printf(list, "%s%s %g kg", list->len > 0 ? ", " : "", name,
				       person->weight_kg);
	}
	if (list->len == 0)
		return;
	g_autofree char *note = g_strdup_printf(_("Weight: %s."), list->str);
	rollstat_style_append_note(&view->style, out, ROLLSTAT_INK_PLAIN, "", note);
}

void
rollstat_render_people(const RollstatView *view, const RollstatPeople *people, GString *out)
{
	const char *const head[4] = {_("name"), _("spine"), _("sessions"), _("last")};
	g_autofree char *chosen =
		rollstat_style_dup_clean(&view->style, rollstat_people_get_chosen(people)->name);
	g_autofree char *note = g_strdup_printf(
		_("%s rolls now: sessions that begin from now on are theirs."), chosen);
	gboolean has_guess = FALSE, has_none = FALSE;
	append_row(view, " ", head, out);
	for (guint i = 0; i < people->persons->len; i++) {
		const RollstatPerson *person = &g_array_index(people->persons, RollstatPerson, i);
		gboolean is_guess = isnan(person->spine_cm);
		append_person(view, person, out);
		has_guess = has_guess || (is_guess && !isnan(person->stature_cm));
		has_none = has_none || (is_guess && isnan(person->stature_cm));
	}
	g_string_append_c(out, '\n');
	rollstat_style_append_note(&view->style, out, ROLLSTAT_INK_PLAIN, "* ", note);
	if (has_guess)
		rollstat_style_append_note(&view->style, out, ROLLSTAT_INK_PLAIN, "~ ",
					   _("guessed from the stature"));
	append_weights(view, people, out);
	if (has_none)
		rollstat_style_append_note(&view->style, out, ROLLSTAT_INK_PLAIN, "",
					   _("Without a length, levels are a guess: rollstat "
					     "person set NAME --spine 44"));
}

void
rollstat_json_add_people(const RollstatPeople *people, RollstatTable *table)
{
	for (guint i = 0; i < people->persons->len; i++) {
		const RollstatPerson *person = &g_array_index(people->persons, RollstatPerson, i);
		json_object *row = json_object_new_object();
		json_object_object_add(row, "person", rollstat_json_new_text(person->name));
		json_object_object_add(row, "spine_cm",
				       rollstat_json_new_number(person->spine_cm, 2));
		json_object_object_add(row, "stature_cm",
				       rollstat_json_new_number(person->stature_cm, 2));
		json_object_object_add(row, "chosen", json_object_new_boolean(person->is_chosen));
		json_object_object_add(row, "configuration",
				       json_object_new_boolean(person->is_config));
		json_object_object_add(row, "sessions", json_object_new_int64(person->sessions));
		json_object_object_add(
			row, "last",
			person->last_us != 0 ? rollstat_json_new_time(person->last_us) : NULL);
		json_object_object_add(row, "weight_kg",
				       rollstat_json_new_number(person->weight_kg, 2));
		rollstat_table_add(table, row);
	}
}
