/* SPDX-License-Identifier: MIT */
#include "cli/movement/guide.h"

#include <glib/gi18n-lib.h>

enum {
	KEY_COLUMNS = 24,
	WIDE_ENOUGH = 70, /* for key and purpose side by side */
};

/* In the letters that the style has. */
static void
append_clean(const RollstatStyle *style, GString *out, RollstatInk ink, const char *lead,
	     const char *text)
{
	g_autofree char *clean = rollstat_style_dup_clean(style, text);
	rollstat_style_append_note(style, out, ink, lead, clean);
}

const char *
rollstat_movement_get_caution(void)
{
	return N_("Pain or discomfort: stop at once, and ask a health professional. Never force "
		  "it.");
}

char *
rollstat_movement_dup_regions(const RollstatMovement *movement)
{
	g_autoptr(GString) text = g_string_new(NULL);
	for (guint n = 0; n < ROLLSTAT_REGIONS; n++)
		if (movement->regions & (1u << n))
			g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "",
					       rollstat_region_get_key(n));
	return g_string_free(g_steal_pointer(&text), FALSE);
}

char *
rollstat_movement_dup_tools(const RollstatMovement *movement)
{
	g_autoptr(GString) text = g_string_new(NULL);
	for (guint n = 0; n < ROLLSTAT_TOOLS; n++)
		if (movement->tools & (1u << n))
			g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "",
					       rollstat_tool_get_name(n));
	return text->len > 0 ? g_string_free(g_steal_pointer(&text), FALSE)
			     : g_strdup(_("nothing"));
}

static void
append_row(const RollstatStyle *style, const RollstatMovement *movement, GString *out)
{
	if (style->width >= WIDE_ENOUGH) {
		g_autofree char *lead = g_strdup_printf("  %-*s", KEY_COLUMNS, movement->key);
		append_clean(style, out, ROLLSTAT_INK_PLAIN, lead, _(movement->purpose));
		return;
	}
	append_clean(style, out, ROLLSTAT_INK_PLAIN, "  ", movement->key);
	append_clean(style, out, ROLLSTAT_INK_DIM, "    ", _(movement->purpose));
}

void
rollstat_render_movements(const RollstatStyle *style, GString *out)
{
	for (RollstatMovementGroup group = 0; group < ROLLSTAT_MOVEMENT_GROUPS; group++) {
		append_clean(style, out, ROLLSTAT_INK_BOLD, "", rollstat_movement_get_title(group));
		for (guint i = 0; rollstat_movements[i] != NULL; i++)
			if (rollstat_movements[i]->group == group)
				append_row(style, rollstat_movements[i], out);
		g_string_append_c(out, '\n');
	}
	append_clean(style, out, ROLLSTAT_INK_PLAIN, "",
		     _("One of them: rollstat guide chair-twist. Several, chosen for you: rollstat "
		       "plan."));
	append_clean(style, out, ROLLSTAT_INK_PLAIN, "", _(rollstat_movement_get_caution()));
}

/* A word, and what is said of it. */
static void
append_fact(const RollstatStyle *style, const char *word, const char *text, GString *out)
{
	enum { WORD_COLUMNS = 10 };
	g_autofree char *clean = rollstat_style_dup_clean(style, word);
	g_autoptr(GString) lead = g_string_new("  ");
	g_string_append(lead, clean);
	for (guint n = rollstat_style_measure(clean); n < WORD_COLUMNS; n++)
		g_string_append_c(lead, ' ');
	append_clean(style, out, ROLLSTAT_INK_PLAIN, lead->str, text);
}

void
rollstat_render_movement(const RollstatStyle *style, const RollstatMovement *movement, GString *out)
{
	guint dose_s = rollstat_movement_get_dose_s(movement);
	g_autofree char *name = rollstat_style_dup_clean(style, _(movement->name));
	g_autofree char *duration = rollstat_style_dup_duration(dose_s);
	g_autofree char *dose = rollstat_movement_dup_dose(movement, dose_s);
	gboolean is_plain = movement->dose.kind == ROLLSTAT_DOSE_WHILE;
	g_autofree char *dose_text =
		is_plain ? g_strdup(dose) : g_strdup_printf(_("%s In all %s."), dose, duration);
	g_autofree char *regions = rollstat_movement_dup_regions(movement);
	g_autofree char *tools = rollstat_movement_dup_tools(movement);
	rollstat_style_append_title(style, out, name, movement->key);
	append_clean(style, out, ROLLSTAT_INK_PLAIN, "  ", _(movement->purpose));
	g_string_append_c(out, '\n');
	for (guint n = 0; movement->steps[n] != NULL; n++) {
		g_autofree char *lead = g_strdup_printf("  %u. ", n + 1);
		append_clean(style, out, ROLLSTAT_INK_PLAIN, lead, _(movement->steps[n]));
	}
	g_string_append_c(out, '\n');
	append_fact(style, _("Dose"), dose_text, out);
	append_fact(style, _("For"), regions, out);
	append_fact(style, _("Needs"), tools, out);
	if (movement->is_sensed)
		append_fact(style, _("Sensor"), _("rollstat follow counts it from the sensor"),
			    out);
	append_fact(style, _("Caution"), _(movement->caution), out);
	append_fact(style, "", _(rollstat_movement_get_caution()), out);
	if (movement->source != NULL)
		append_fact(style, _("Source"), movement->source, out);
	else
		append_fact(style, _("Source"), _("none for this dose: as it is commonly taught"),
			    out);
}
