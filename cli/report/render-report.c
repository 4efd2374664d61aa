/* SPDX-License-Identifier: MIT */
#include "cli/movement/render-also.h"
#include "cli/report/render-zones.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum {
	SESSIONS_SHOWN = 3,
	DAY_LABEL = 10, /* "Sat 14 Mar" */
	ROLLED = 8,
	ZONE_COLUMN_MOST = 9,
	ZONE_COLUMN_LEAST = 6,
};

/* "2 sessions". */
static char *
dup_sessions(guint n)
{
	return g_strdup_printf(ngettext("%u session", "%u sessions", n), n);
}

/* "2 sessions, 9:40 rolled". */
static char *
dup_total(const RollstatSummary *summary)
{
	g_autofree char *time = rollstat_style_dup_duration(summary->loaded_s);
	g_autofree char *sessions = dup_sessions(summary->sessions);
	if (summary->first == summary->last)
		return g_strdup_printf(_("%s, %s rolled"), sessions, time);
	return g_strdup_printf(
		ngettext("%s on %u day, %s rolled", "%s on %u days, %s rolled", summary->days),
		sessions, summary->days, time);
}

static void
append_whose(const RollstatStyle *style, const RollstatReport *report, GString *out)
{
	if (report->whose != NULL)
		rollstat_style_append_note(style, out, ROLLSTAT_INK_YELLOW, "  ", report->whose);
}

static void
append_session(const RollstatView *view, const RollstatSession *session, GString *out)
{
	g_autofree char *start = rollstat_day_dup_clock(session->start_us, view->zone);
	g_autofree char *end = rollstat_day_dup_clock(session->end_us, view->zone);
	g_autofree char *loaded = rollstat_style_dup_duration(session->loaded_s);
	g_autofree char *passes =
		g_strdup_printf(ngettext("%u pass", "%u passes", session->passes), session->passes);
	g_autofree char *holds =
		g_strdup_printf(ngettext("%u hold", "%u holds", session->holds), session->holds);
	g_autofree char *line = g_str_equal(session->kind, "bar")
					? g_strdup_printf(_("%s to %s: %s on the bar, %s, %s"),
							  start, end, loaded, passes, holds)
					: g_strdup_printf(_("%s to %s: %s on the roller, %s, %s"),
							  start, end, loaded, passes, holds);
	rollstat_style_append_note(&view->style, out, ROLLSTAT_INK_PLAIN, "  ", line);
}

static void
append_sessions(const RollstatView *view, const RollstatReport *report, GString *out)
{
	RollstatSpan span = report->sessions;
	for (guint i = 0; i < MIN(span.n, SESSIONS_SHOWN); i++)
		append_session(
			view,
			&g_array_index(report->history->sessions, RollstatSession, span.first + i),
			out);
	if (span.n <= SESSIONS_SHOWN)
		return;
	g_autofree char *day = rollstat_day_dup_iso(report->summary->first);
	g_string_append_printf(out, _("  and %u more: rollstat sessions --day %s\n"),
			       span.n - SESSIONS_SHOWN, day);
}

static void
append_goals(const RollstatStyle *style, const RollstatReport *report, GString *out)
{
	if (report->goals != NULL)
		rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "  ", report->goals);
}

/* A day on which other movements were done has something. */
static const char *
get_nothing(const RollstatReport *report, gboolean is_today)
{
	gboolean has_other = report->summary->exercises.n > 0;
	if (is_today)
		return has_other ? _("  No rolling was recorded yet today.\n")
				 : _("  Nothing was recorded yet today.\n");
	if (report->title == NULL)
		return has_other ? _("  No rolling was recorded on this day.\n")
				 : _("  Nothing was recorded on this day.\n");
	return has_other ? _("  No rolling was recorded in these days.\n")
			 : _("  Nothing was recorded in these days.\n");
}

/* Where nothing was recorded: says so, and when there was something. */
static void
append_nothing(const RollstatView *view, const RollstatReport *report, GString *out)
{
	gboolean is_today = report->title == NULL && report->summary->first == view->today;
	if (report->whose != NULL)
		append_whose(&view->style, report, out);
	else
		g_string_append(out, get_nothing(report, is_today));
	if (report->last_us == 0) {
		g_string_append(out, _("  There is no earlier session.\n"));
		return;
	}
	RollstatDay day = rollstat_day_of(report->last_us, view->zone);
	g_autofree char *iso = rollstat_day_dup_iso(day);
	g_autofree char *text = rollstat_day_dup_long(day);
	g_autofree char *clock = rollstat_day_dup_clock(report->last_us, view->zone);
	g_autofree char *line =
		g_strdup_printf(_("The last session before was on %s at %s."), text, clock);
	rollstat_style_append_note(&view->style, out, ROLLSTAT_INK_PLAIN, "  ", line);
	g_string_append_printf(out, _("  See it with: rollstat day %s\n"), iso);
}

void
rollstat_render_day(const RollstatView *view, const RollstatReport *report, GString *out)
{
	const RollstatSummary *summary = report->summary;
	g_autofree char *day = rollstat_day_dup_long(summary->first);
	if (summary->sessions == 0) {
		rollstat_style_append_note(&view->style, out, ROLLSTAT_INK_BOLD, "", day);
		rollstat_render_also(&view->style, summary, out);
		append_nothing(view, report, out);
		append_goals(&view->style, report, out);
		return;
	}
	g_autofree char *total = dup_total(summary);
	rollstat_style_append_title(&view->style, out, day, total);
	append_sessions(view, report, out);
	rollstat_render_also(&view->style, summary, out);
	append_whose(&view->style, report, out);
	g_string_append_c(out, '\n');
	rollstat_render_zones(&view->style, summary, out);
	g_string_append_c(out, '\n');
	rollstat_render_findings(&view->style, summary, out);
	append_goals(&view->style, report, out);
	rollstat_render_notes(&view->style, summary, TRUE, out);
}

/* Columns of the table of days: one a zone, as many as there is room for. */
static guint
get_zone_columns(const RollstatStyle *style, const RollstatSummary *summary)
{
	guint n = summary->zones->len;
	if (n == 0)
		return 0;
	guint room = style->width - (2 + DAY_LABEL + 8);
	guint columns = room / n > 1 ? room / n - 1 : 0;
	return columns < ZONE_COLUMN_LEAST ? 0 : MIN(columns, ZONE_COLUMN_MOST);
}

/* "upper-thoracic" as "upper", so that it fits above its column. */
static char *
dup_short_name(const RollstatStyle *style, const char *name, guint columns)
{
	g_autofree char *clean = rollstat_style_dup_clean(style, name);
	char *dash = strchr(clean, '-');
	if (rollstat_style_measure(clean) > columns && dash != NULL)
		*dash = '\0';
	return g_steal_pointer(&clean);
}

static void
append_days_head(const RollstatStyle *style, const RollstatSummary *summary, guint columns,
		 GString *out)
{
	g_autoptr(GString) head = g_string_new(NULL);
	RollstatStyle plain = *style;
	plain.has_colour = FALSE;
	g_string_append_printf(head, "  %*s", DAY_LABEL, "");
	rollstat_style_append_cell(
		&plain, head,
		&(RollstatCell){.text = _("rolled"), .columns = ROLLED, .is_right = TRUE});
	for (guint i = 0; columns > 0 && i < summary->zones->len; i++) {
		const RollstatZoneSum *zone = &g_array_index(summary->zones, RollstatZoneSum, i);
		g_autofree char *name = dup_short_name(style, zone->name, columns);
		g_string_append_c(head, ' ');
		rollstat_style_append_cell(
			&plain, head,
			&(RollstatCell){.text = name, .columns = columns, .is_right = TRUE});
	}
	rollstat_style_append(style, out, ROLLSTAT_INK_DIM, head->str);
	g_string_append_c(out, '\n');
}

/* A sign besides the colour: enough, over the dose; nothing for too little. */
static const char *
get_dose_sign(const RollstatStyle *style, RollstatDose dose)
{
	if (dose == ROLLSTAT_DOSE_ENOUGH)
		return style->has_utf8 ? "✓" : "=";
	return dose == ROLLSTAT_DOSE_OVER ? "+" : " ";
}

static void
append_day(const RollstatStyle *style, const RollstatSummary *range, const RollstatSummary *day,
	   guint columns, GString *out)
{
	if (day->sessions == 0)
		return;
	g_autofree char *label = rollstat_day_dup_short(day->first);
	g_autofree char *rolled = rollstat_style_dup_short_duration(day->loaded_s);
	g_string_append(out, "  ");
	rollstat_style_append_cell(
		style, out, &(RollstatCell){.text = label, .columns = DAY_LABEL, .is_right = TRUE});
	g_string_append_printf(out, "%*s", ROLLED, rolled);
	for (guint i = 0; columns > 0 && i < range->zones->len; i++) {
		const RollstatZoneSum *zone = &g_array_index(range->zones, RollstatZoneSum, i);
		const RollstatZoneSum *found = NULL;
		for (guint k = 0; k < day->zones->len && found == NULL; k++) {
			const RollstatZoneSum *own = &g_array_index(day->zones, RollstatZoneSum, k);
			found = g_str_equal(own->name, zone->name) ? own : NULL;
		}
		double seconds = found != NULL ? found->seconds : 0;
		RollstatDose dose = rollstat_dose_judge(seconds);
		g_autofree char *time = dose == ROLLSTAT_DOSE_NONE
						? g_strdup(rollstat_style_get_dash(style))
						: rollstat_style_dup_short_duration(seconds);
		g_autofree char *text = g_strdup_printf("%s%s", time, get_dose_sign(style, dose));
		g_string_append_c(out, ' ');
		rollstat_style_append_cell(style, out,
					   &(RollstatCell){.text = text,
							   .columns = columns,
							   .is_right = TRUE,
							   .ink = rollstat_dose_get_ink(dose)});
	}
	while (out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	g_string_append_c(out, '\n');
}

static void
append_days(const RollstatStyle *style, const RollstatReport *report, GString *out)
{
	guint columns = get_zone_columns(style, report->summary);
	append_days_head(style, report->summary, columns, out);
	for (guint i = 0; i < report->days->len; i++)
		append_day(style, report->summary, g_ptr_array_index(report->days, i), columns,
			   out);
	g_autofree char *legend =
		g_strdup_printf(_("%s 90 to 120 s in a zone, + more"), style->has_utf8 ? "✓" : "=");
	if (columns > 0)
		rollstat_style_append_note(style, out, ROLLSTAT_INK_DIM, "  ", legend);
}

void
rollstat_render_range(const RollstatView *view, const RollstatReport *report, GString *out)
{
	const RollstatSummary *summary = report->summary;
	g_autofree char *first = rollstat_day_dup_iso(summary->first);
	g_autofree char *last = rollstat_day_dup_iso(summary->last);
	g_autofree char *title = g_strdup_printf(_("%s %s to %s"), report->title, first, last);
	if (summary->sessions == 0) {
		rollstat_style_append_note(&view->style, out, ROLLSTAT_INK_BOLD, "", title);
		rollstat_render_also(&view->style, summary, out);
		append_nothing(view, report, out);
		append_goals(&view->style, report, out);
		return;
	}
	g_autofree char *total = dup_total(summary);
	rollstat_style_append_title(&view->style, out, title, total);
	rollstat_render_also(&view->style, summary, out);
	append_whose(&view->style, report, out);
	g_string_append_c(out, '\n');
	append_days(&view->style, report, out);
	g_string_append_c(out, '\n');
	rollstat_render_zones(&view->style, summary, out);
	g_string_append_c(out, '\n');
	rollstat_render_findings(&view->style, summary, out);
	append_goals(&view->style, report, out);
	rollstat_render_notes(&view->style, summary, FALSE, out);
}
