/* SPDX-License-Identifier: MIT */
#include "cli/movement/render-plan.h"

#include "cli/movement/guide.h"

char *
rollstat_plan_step_dup_name(const RollstatPlanStep *step)
{
	const char *name = _(step->movement->name);
	if (step->movement->role != ROLLSTAT_ROLE_ROLL || step->zone == NULL)
		return g_strdup(name);
	return g_strdup_printf("%s: %s", name, step->zone->name);
}

static char *
dup_lacking(const RollstatPlanZone *zone)
{
	guint missing_s = rollstat_dose_get_missing_s(zone->today_s);
	if (zone->today_s < 1)
		return g_strdup_printf(_("For %s: not rolled today."), zone->name);
	return g_strdup_printf(_("For %s: lacks %u s of its %.0f s today."), zone->name, missing_s,
			       ROLLSTAT_DOSE_LEAST_S);
}

static char *
dup_cause(const RollstatPlanStep *step)
{
	switch (step->reason) {
	case ROLLSTAT_REASON_WARM_UP:
		return g_strdup(_("To warm up."));
	case ROLLSTAT_REASON_TIGHT:
		return g_strdup_printf(_("For %s: tight lately."), step->zone->name);
	case ROLLSTAT_REASON_TIGHT_CARE:
		return g_strdup_printf(_("For %s: tight lately; moved, not rolled."),
				       step->zone->name);
	case ROLLSTAT_REASON_LACKS:
		return dup_lacking(step->zone);
	case ROLLSTAT_REASON_WHOLE:
		return g_strdup(_("For the upper back as a whole."));
	case ROLLSTAT_REASON_END:
		return g_strdup(_("To end with."));
	}
	g_assert_not_reached();
}

char *
rollstat_plan_step_dup_reason(const RollstatPlanStep *step)
{
	g_autofree char *cause = dup_cause(step);
	gboolean is_move = step->reason != ROLLSTAT_REASON_WARM_UP &&
			   step->reason != ROLLSTAT_REASON_END &&
			   step->movement->role != ROLLSTAT_ROLE_ROLL;
	if (!is_move || !step->is_fresh)
		return g_steal_pointer(&cause);
	return g_strdup_printf(_("%s Not done for a week."), cause);
}

static void
append_note(const RollstatStyle *style, GString *out, RollstatInk ink, const char *lead,
	    const char *text)
{
	g_autofree char *clean = rollstat_style_dup_clean(style, text);
	rollstat_style_append_note(style, out, ink, lead, clean);
}

static void
append_step(const RollstatStyle *style, const RollstatPlanStep *step, guint number, GString *out)
{
	g_autofree char *lead = g_strdup_printf(" %2u. ", number);
	g_autofree char *name = rollstat_plan_step_dup_name(step);
	g_autofree char *duration = rollstat_style_dup_duration(step->seconds);
	g_autofree char *dose = rollstat_movement_dup_dose(step->movement, step->seconds);
	g_autofree char *reason = rollstat_plan_step_dup_reason(step);
	g_autofree char *text = step->movement->dose.kind == ROLLSTAT_DOSE_WHILE
					? g_strdup_printf("%s, %s.", name, duration)
					: g_strdup_printf("%s, %s. %s", name, duration, dose);
	append_note(style, out, ROLLSTAT_INK_PLAIN, lead, text);
	append_note(style, out, ROLLSTAT_INK_DIM, "     ", reason);
}

void
rollstat_render_plan_cautions(const RollstatStyle *style, const RollstatPlan *plan, GString *out)
{
	append_note(style, out, ROLLSTAT_INK_YELLOW, "! ", _(rollstat_movement_get_caution()));
	for (guint i = 0; i < plan->n_steps; i++) {
		const RollstatMovement *movement = plan->steps[i].movement;
		gboolean is_told = FALSE;
		for (guint k = 0; k < i; k++)
			is_told |= plan->steps[k].movement == movement;
		g_autofree char *text =
			g_strdup_printf("%s: %s", _(movement->name), _(movement->caution));
		if (!is_told)
			append_note(style, out, ROLLSTAT_INK_PLAIN, "  - ", text);
	}
}

static void
append_basis(const RollstatStyle *style, const RollstatPlanQuestion *question, GString *out)
{
	g_autoptr(GString) tight = g_string_new(NULL);
	for (guint i = 0; i < question->zones->len; i++) {
		const RollstatPlanZone *zone = &g_array_index(question->zones, RollstatPlanZone, i);
		if (zone->is_tight)
			g_string_append_printf(tight, "%s%s", tight->len > 0 ? ", " : "",
					       zone->name);
	}
	g_autofree char *text =
		tight->len > 0 ? g_strdup_printf(_("For %s. Tight in the last 7 days: %s."),
						 question->person, tight->str)
		: question->is_recorded
			? g_strdup_printf(_("For %s. Nothing was tight in the last 7 days."),
					  question->person)
			: g_strdup_printf(_("For %s. Nothing was recorded lately: a bit of "
					    "everything."),
					  question->person);
	append_note(style, out, ROLLSTAT_INK_PLAIN, "  ", text);
}

void
rollstat_render_plan(const RollstatStyle *style, const RollstatPlanQuestion *question,
		     const RollstatPlan *plan, GString *out)
{
	guint minutes = question->ask.seconds / 60;
	g_autofree char *title = g_strdup_printf(_("Plan for %u minutes"), minutes);
	g_autofree char *duration = rollstat_style_dup_duration(plan->seconds);
	g_autofree char *total = g_strdup_printf(
		ngettext("%u step, %s", "%u steps, %s", plan->n_steps), plan->n_steps, duration);
	rollstat_style_append_title(style, out, title, total);
	append_basis(style, question, out);
	g_string_append_c(out, '\n');
	for (guint i = 0; i < plan->n_steps; i++)
		append_step(style, &plan->steps[i], i + 1, out);
	g_string_append_c(out, '\n');
	rollstat_render_plan_cautions(style, plan, out);
	g_string_append_c(out, '\n');
	append_note(style, out, ROLLSTAT_INK_PLAIN, "  ",
		    _("How one is done: rollstat guide MOVEMENT. Step by step: rollstat follow. 10 "
		      "s to "
		      "get there are counted before each step."));
}
