/* SPDX-License-Identifier: MIT */
#include "cli/time/render-time.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

char *
rollstat_dates_dup_words(RollstatDates dates)
{
	/* Of "Saturday 14 March 2026" what follows the weekday. */
	g_autofree char *first = rollstat_day_dup_long(dates.first);
	g_autofree char *last = rollstat_day_dup_long(dates.last);
	const char *from = strchr(first, ' ') + 1, *to = strchr(last, ' ') + 1;
	return dates.first == dates.last ? g_strdup(to) : g_strdup_printf(_("%s to %s"), from, to);
}

void
rollstat_render_time_title(const RollstatView *view, const char *left, const char *right,
			   const char *whose, GString *out)
{
	if (*right != '\0')
		rollstat_style_append_title(&view->style, out, left, right);
	else
		rollstat_style_append_note(&view->style, out, ROLLSTAT_INK_BOLD, "", left);
	if (whose != NULL)
		rollstat_style_append_note(&view->style, out, ROLLSTAT_INK_PLAIN, "  ", whose);
}

char *
rollstat_style_dup_tightness(const RollstatStyle *style, double tightness)
{
	if (isnan(tightness))
		return g_strdup(rollstat_style_get_dash(style));
	/* No sign before what is shown as nothing. */
	return fabs(tightness) < 0.005 ? g_strdup("0.00") : g_strdup_printf("%+.2f", tightness);
}

void
rollstat_render_time_caution(const RollstatStyle *style, GString *out)
{
	rollstat_style_append_note(style, out, ROLLSTAT_INK_DIM, "  ",
				   _("Tightness compares places of one back (0: like the rest of "
				     "it): a hint where to look, not a finding."));
	rollstat_style_append_note(style, out, ROLLSTAT_INK_DIM, "  ",
				   _("Pain or discomfort: stop, and ask a health professional."));
}
