/* SPDX-License-Identifier: MIT */
#include "cli/report/render.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum {
	WAY_COLUMNS = 4,
};

/* Lists print a heading a day, then a row each: time first, the number of the session last. */

static void
append_day_heading(const RollstatView *view, gint64 t_us, RollstatDay *day, GString *out)
{
	RollstatDay own = rollstat_day_of(t_us, view->zone);
	if (own == *day)
		return;
	g_autofree char *text = rollstat_day_dup_long(own);
	g_string_append(out, *day != 0 ? "\n" : "");
	rollstat_style_append(&view->style, out, ROLLSTAT_INK_BOLD, text);
	g_string_append_c(out, '\n');
	*day = own;
}

static char *
dup_clock_s(gint64 t_us, GTimeZone *zone)
{
	g_autofree char *clock = rollstat_day_dup_clock(t_us, zone);
	/* Zones differ by whole minutes in our time: the seconds are the same everywhere. */
	return g_strdup_printf("%s:%02d", clock, (int)(t_us / G_USEC_PER_SEC % 60));
}

static void
append_head(const RollstatView *view, const char *head, GString *out)
{
	rollstat_style_append(&view->style, out, ROLLSTAT_INK_DIM, head);
	g_string_append_c(out, '\n');
}

static void
append_nothing(const RollstatHistory *history, GArray *rows, const char *none, GString *out)
{
	if (history->sessions->len == 0)
		g_string_append(out, _("No session was recorded.\n"));
	else if (rows->len == 0)
		g_string_append(out, none);
}

static void
append_session(const RollstatView *view, const RollstatSession *session, const char *day,
	       GString *out)
{
	g_autofree char *start = rollstat_day_dup_clock(session->start_us, view->zone);
	g_autofree char *loaded = rollstat_style_dup_short_duration(session->loaded_s);
	g_autofree char *lost = rollstat_style_dup_short_duration(session->lost_s);
	g_autofree char *kind = rollstat_style_dup_clean(&view->style, session->kind);
	const char *sensor = session->nickname != NULL	    ? session->nickname
			     : session->sensor_name != NULL ? session->sensor_name
							    : session->address;
	g_autofree char *name = rollstat_style_dup_clean(&view->style, sensor);
	g_string_append_printf(out, "  %10s %s %7" G_GINT64_FORMAT " %6s %6s %6u %5u ", day, start,
			       session->id, loaded, lost, session->passes, session->holds);
	rollstat_style_append_cell(&view->style, out, &(RollstatCell){.text = kind, .columns = 6});
	g_string_append_c(out, ' ');
	rollstat_style_append_cell(
		&view->style, out,
		&(RollstatCell){.text = name, .columns = MAX(view->style.width, 70) - 61});
	while (out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	g_string_append_c(out, '\n');
}

void
rollstat_render_sessions(const RollstatView *view, const RollstatHistory *history, GString *out)
{
	RollstatDay before = 0;
	append_nothing(history, history->sessions, "", out);
	if (history->sessions->len > 0)
		append_head(
			view,
			/* Translators: the columns are those of the rows below it. */
			_("  day        start session rolled   lost passes holds kind   sensor"),
			out);
	for (guint i = 0; i < history->sessions->len; i++) {
		const RollstatSession *session =
			&g_array_index(history->sessions, RollstatSession, i);
		RollstatDay day = rollstat_day_of(session->start_us, view->zone);
		g_autofree char *iso = rollstat_day_dup_iso(day);
		append_session(view, session, day != before ? iso : "", out);
		before = day;
	}
}

/* Mean and peak: dashes where they are not newtons. */
static void
append_forces(const RollstatView *view, const RollstatSession *session, double mean_n,
	      double peak_n, GString *out)
{
	g_autofree char *mean = rollstat_style_dup_number(&view->style, mean_n, 0);
	g_autofree char *peak = rollstat_style_dup_number(&view->style, peak_n, 0);
	const char *dash = rollstat_style_get_dash(&view->style);
	RollstatCell cells[] = {
		{.text = session->has_newtons ? mean : dash, .columns = 5, .is_right = TRUE},
		{.text = session->has_newtons ? peak : dash, .columns = 5, .is_right = TRUE},
	};
	for (guint i = 0; i < G_N_ELEMENTS(cells); i++) {
		g_string_append_c(out, ' ');
		rollstat_style_append_cell(&view->style, out, &cells[i]);
	}
}

/* " ±0.4 cm", how sure a place is: five columns and the unit. */
static void
append_uncertainty(const RollstatView *view, double uncertainty_cm, GString *out)
{
	const RollstatStyle *style = &view->style;
	g_autofree char *number =
		rollstat_style_dup_number(style, uncertainty_cm, uncertainty_cm < 9.95 ? 1 : 0);
	g_autofree char *text = g_strdup_printf(
		"%s%s", isnan(uncertainty_cm) ? "" : rollstat_style_get_give_or_take(style),
		number);
	rollstat_style_append_cell(style, out,
				   &(RollstatCell){.text = text, .columns = 5, .is_right = TRUE});
	g_string_append(out, " cm ");
}

static void
append_pass(const RollstatView *view, const RollstatSession *session, const RollstatPass *pass,
	    GString *out)
{
	g_autofree char *start = dup_clock_s(pass->start_us, view->zone);
	double pass_s = (double)(pass->end_us - pass->start_us) / G_USEC_PER_SEC;
	g_string_append_printf(out, "  %s %5.1f s %5.1f %5.1f", start, pass_s, pass->from_cm,
			       pass->to_cm);
	append_uncertainty(view, pass->uncertainty_cm, out);
	rollstat_style_append_cell(
		&view->style, out,
		&(RollstatCell){.text = pass->to_cm > pass->from_cm ? _("down") : _("up"),
				.columns = WAY_COLUMNS});
	append_forces(view, session, pass->mean_n, pass->peak_n, out);
	g_string_append_printf(out, " %7" G_GINT64_FORMAT "%s\n", session->id,
			       pass->is_cut ? _(" cut: silence") : "");
}

void
rollstat_render_passes(const RollstatView *view, const RollstatHistory *history, GString *out)
{
	RollstatDay day = 0;
	append_nothing(history, history->passes, _("No pass was recorded.\n"), out);
	if (history->passes->len > 0)
		append_head(view,
			    _("  start       took  from    to    sure way    mean  peak session"),
			    out);
	for (guint i = 0; i < history->sessions->len; i++) {
		const RollstatSession *session =
			&g_array_index(history->sessions, RollstatSession, i);
		if (session->pass_rows.n > 0)
			append_day_heading(view, session->start_us, &day, out);
		for (guint k = 0; k < session->pass_rows.n; k++)
			append_pass(view, session,
				    &g_array_index(history->passes, RollstatPass,
						   session->pass_rows.first + k),
				    out);
	}
}

static void
append_hold(const RollstatView *view, const RollstatHistory *history,
	    const RollstatSession *session, const RollstatHold *hold, GString *out)
{
	g_autofree char *start = dup_clock_s(hold->start_us, view->zone);
	double hold_s = (double)(hold->end_us - hold->start_us) / G_USEC_PER_SEC;
	const char *zone = rollstat_history_find_zone(history, session, hold->at_cm);
	g_autofree char *name = rollstat_style_dup_clean(&view->style, zone != NULL ? zone : "");
	g_string_append_printf(out, "  %s %5.1f s %5.1f", start, hold_s, hold->at_cm);
	append_uncertainty(view, hold->uncertainty_cm, out);
	rollstat_style_append_cell(&view->style, out, &(RollstatCell){.text = name, .columns = 14});
	append_forces(view, session, hold->mean_n, hold->peak_n, out);
	g_string_append_printf(out, " %7" G_GINT64_FORMAT "%s\n", session->id,
			       hold->is_cut ? _(" cut: silence") : "");
}

void
rollstat_render_holds(const RollstatView *view, const RollstatHistory *history, GString *out)
{
	RollstatDay day = 0;
	append_nothing(history, history->holds, _("No hold was recorded.\n"), out);
	if (history->holds->len > 0)
		append_head(
			view,
			_("  start       took    at    sure zone            mean  peak session"),
			out);
	for (guint i = 0; i < history->sessions->len; i++) {
		const RollstatSession *session =
			&g_array_index(history->sessions, RollstatSession, i);
		if (session->hold_rows.n > 0)
			append_day_heading(view, session->start_us, &day, out);
		for (guint k = 0; k < session->hold_rows.n; k++)
			append_hold(view, history, session,
				    &g_array_index(history->holds, RollstatHold,
						   session->hold_rows.first + k),
				    out);
	}
}
