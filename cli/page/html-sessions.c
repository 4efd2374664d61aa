/* SPDX-License-Identifier: MIT */
#include "cli/page/html-parts.h"
#include "cli/page/words.h"
#include "cli/style.h"

#include <math.h>

static void
begin(const char *caption, const char *first, gboolean has_speed, GString *out)
{
	rollstat_markup_append(out,
			       "<table>\n<caption>%s</caption>\n<thead><tr>"
			       "<th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
			       "<th scope=\"col\">%s</th><th scope=\"col\">%s</th>",
			       caption, first, _("Rolled"), _("Passes"), _("Holds"));
	rollstat_markup_append(out, "<th scope=\"col\">%s</th></tr></thead>\n<tbody>\n",
			       has_speed ? _("cm/s") : _("Days"));
}

static void
add_session(const RollstatPage *page, const RollstatPageSession *own, GString *out)
{
	RollstatStyle style = {.has_utf8 = TRUE};
	const RollstatSession *session = own->session;
	GTimeZone *zone = page->input.zone;
	g_autofree char *day = rollstat_day_dup_iso(rollstat_day_of(session->start_us, zone));
	g_autofree char *start = rollstat_day_dup_clock(session->start_us, zone);
	g_autofree char *end = rollstat_day_dup_clock(session->end_us, zone);
	g_autofree char *rolled = rollstat_style_dup_duration(session->loaded_s);
	g_autofree char *speed = rollstat_style_dup_number(&style, own->speed_cmps, 1);
	rollstat_markup_append(out, "<tr><th scope=\"row\">%s %s\xe2\x80\x93%s <small>%s, %s", day,
			       start, end, own->kind, own->sensor);
	rollstat_markup_append(out,
			       "</small></th><td>%s</td><td>%u</td><td>%u</td><td>%s</td></tr>\n",
			       rolled, session->passes, session->holds, speed);
}

static void
add_period(const RollstatPagePeriod *period, GString *out)
{
	g_autofree char *name = rollstat_words_dup_period(period);
	g_autofree char *rolled = rollstat_style_dup_duration(period->loaded_s);
	g_autofree char *sessions = g_strdup_printf(
		ngettext("%u session", "%u sessions", period->sessions), period->sessions);
	rollstat_markup_append(out,
			       "<tr><th scope=\"row\">%s <small>%s</small></th><td>%s</td>"
			       "<td>%u</td><td>%u</td><td>%u</td></tr>\n",
			       name, sessions, rolled, period->passes, period->holds, period->days);
}

void
rollstat_html_add_sessions(const RollstatPage *page, GString *out)
{
	gboolean is_each = page->sessions->len <= ROLLSTAT_PAGE_SESSIONS_MOST;
	rollstat_markup_append(out, "<section class=\"full\" id=\"sessions\">\n<h2>%s</h2>\n",
			       _("Sessions"));
	if (!is_each)
		rollstat_markup_append(
			out, "<p>%s</p>\n",
			_("Too many to list each here: rollstat sessions does. By time:"));
	begin(is_each ? _("Each session; the speed is the median of its whole passes")
		      : _("The sessions, summed up"),
	      is_each ? _("When") : _("From"), is_each, out);
	for (guint i = 0; is_each && i < page->sessions->len; i++)
		add_session(page, &g_array_index(page->sessions, RollstatPageSession, i), out);
	for (guint i = 0; !is_each && i < page->periods->len; i++)
		add_period(&g_array_index(page->periods, RollstatPagePeriod, i), out);
	g_string_append(out, "</tbody></table>\n</section>\n");
}
