/* SPDX-License-Identifier: MIT */
#include "cli/page/text.h"

#include "cli/page/text-parts.h"
#include "cli/page/words.h"
#include "cli/report/render-zones.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum {
	HOLDS_WIDTH = 50, /* narrower: without the column of holds */
};

typedef struct {
	const char *when, *rolled, *passes, *holds, *last;
} Row;

static void
append_row(const RollstatStyle *style, const Row *row, RollstatInk ink, GString *out)
{
	g_autoptr(GString) line = g_string_new(NULL);
	RollstatStyle plain = *style;
	plain.has_colour = FALSE;
	g_string_append(line, "  ");
	rollstat_style_append_cell(&plain, line, &(RollstatCell){.text = row->when, .columns = 16});
	const RollstatCell cells[] = {{row->rolled, 8, TRUE, 0}, {row->passes, 7, TRUE, 0}};
	for (guint i = 0; i < G_N_ELEMENTS(cells); i++)
		rollstat_style_append_cell(&plain, line, &cells[i]);
	if (style->width >= HOLDS_WIDTH)
		rollstat_style_append_cell(
			&plain, line,
			&(RollstatCell){.text = row->holds, .columns = 6, .is_right = TRUE});
	rollstat_style_append_cell(
		&plain, line, &(RollstatCell){.text = row->last, .columns = 6, .is_right = TRUE});
	rollstat_style_append(style, out, ink, line->str);
	g_string_append_c(out, '\n');
}

static void
append_session(const RollstatPage *page, const RollstatStyle *style, const RollstatPageSession *own,
	       GString *out)
{
	const RollstatSession *session = own->session;
	GTimeZone *zone = page->input.zone;
	g_autofree char *day = rollstat_day_dup_iso(rollstat_day_of(session->start_us, zone));
	g_autofree char *start = rollstat_day_dup_clock(session->start_us, zone);
	g_autofree char *when = g_strdup_printf("%s %s", day, start);
	g_autofree char *rolled = rollstat_style_dup_short_duration(session->loaded_s);
	g_autofree char *passes = g_strdup_printf("%u", session->passes);
	g_autofree char *holds = g_strdup_printf("%u", session->holds);
	g_autofree char *speed = rollstat_style_dup_number(style, own->speed_cmps, 1);
	append_row(style, &(Row){when, rolled, passes, holds, speed}, ROLLSTAT_INK_PLAIN, out);
}

static void
append_period(const RollstatStyle *style, const RollstatPagePeriod *period, GString *out)
{
	g_autofree char *when = rollstat_words_dup_period(period);
	g_autofree char *rolled = rollstat_style_dup_short_duration(period->loaded_s);
	g_autofree char *passes = g_strdup_printf("%u", period->passes);
	g_autofree char *holds = g_strdup_printf("%u", period->holds);
	g_autofree char *days = g_strdup_printf("%u", period->days);
	append_row(style, &(Row){when, rolled, passes, holds, days}, ROLLSTAT_INK_PLAIN, out);
}

/* A row each, or one a period where they are many. */
static void
append_sessions(const RollstatPage *page, const RollstatStyle *style, GString *out)
{
	gboolean is_each = page->sessions->len <= ROLLSTAT_PAGE_SESSIONS_MOST;
	Row head = {"", _("rolled"), _("passes"), _("holds"), is_each ? _("cm/s") : _("days")};
	rollstat_text_append_head(style, _("Sessions"), out);
	append_row(style, &head, ROLLSTAT_INK_DIM, out);
	for (guint i = 0; is_each && i < page->sessions->len; i++)
		append_session(page, style, &g_array_index(page->sessions, RollstatPageSession, i),
			       out);
	for (guint i = 0; !is_each && i < page->periods->len; i++)
		append_period(style, &g_array_index(page->periods, RollstatPagePeriod, i), out);
}

static void
append_cautions(const RollstatStyle *style, GString *out)
{
	rollstat_text_append_head(style, _("Doses, cautions and sources"), out);
	for (const RollstatCaution *caution = rollstat_words_cautions; caution->text != NULL;
	     caution++) {
		const char *source = caution->source != NULL ? _(caution->source) : NULL;
		g_autofree char *text =
			source != NULL ? g_strdup_printf("%s (%s)", _(caution->text), source)
				       : g_strdup(_(caution->text));
		rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "- ", text);
	}
}

void
rollstat_text_append(const RollstatPage *page, const RollstatView *view, GString *out)
{
	const RollstatStyle *style = &view->style;
	const RollstatSummary *summary = page->input.summary;
	g_autofree char *range = rollstat_words_dup_range(page);
	g_autofree char *words = rollstat_words_dup_person(page);
	g_autofree char *person = rollstat_style_dup_clean(style, words);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_BOLD, "", range);
	if (page->sessions->len == 0) {
		g_autofree char *nothing = rollstat_words_dup_nothing(page);
		rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "  ",
					   *person != '\0' ? person : nothing);
		return;
	}
	rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "  ", person);
	rollstat_text_append_spine(page, style, out);
	rollstat_text_append_head(style, _("Zones and doses kept"), out);
	rollstat_render_zones(style, summary, out);
	rollstat_text_append_days(page, style, out);
	rollstat_text_append_speeds(page, style, out);
	rollstat_text_append_sides(page, style, out);
	rollstat_text_append_head(style, _("In words"), out);
	rollstat_render_findings(style, summary, out);
	rollstat_render_notes(style, summary, summary->first == summary->last, out);
	rollstat_text_append_trend(page, style, out);
	append_sessions(page, style, out);
	append_cautions(style, out);
}
