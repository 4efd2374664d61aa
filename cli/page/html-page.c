/* SPDX-License-Identifier: MIT */
#include "cli/page/html.h"

#include "cli/page/html-parts.h"
#include "cli/page/words.h"
#include "cli/report/render-zones.h"

#include <math.h>
#include <string.h>

extern const char rollstat_page_css[];

void
rollstat_html_begin_details(GString *out)
{
	rollstat_markup_append(out, "<details>\n<summary>%s</summary>\n", _("As a table"));
}

/* What of the page the browser may use: this style sheet, and nothing from anywhere. */
static void
add_policy(GString *out)
{
	guint8 digest[32];
	gsize size = sizeof digest;
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
	g_checksum_update(checksum, (const guchar *)rollstat_page_css, -1);
	g_checksum_get_digest(checksum, digest, &size);
	g_autofree char *hash = g_base64_encode(digest, size);
	g_string_append_printf(out,
			       "<meta http-equiv=\"Content-Security-Policy\" content=\""
			       "default-src 'none'; style-src 'sha256-%s'; img-src data:; "
			       "base-uri 'none'; form-action 'none'\"/>\n",
			       hash);
}

static void
add_head(const RollstatPage *page, const char *range, GString *out)
{
	/* Translators: the language that you translate into, as in BCP 47: "de". */
	rollstat_markup_append(out,
			       "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" "
			       "lang=\"%s\">\n<head>\n<meta charset=\"utf-8\"/>\n",
			       _("en"));
	add_policy(out);
	rollstat_markup_append(
		out,
		ROLLSTAT_HTML_SIGN
		" " ROLLSTAT_VERSION "\"/>\n"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
		"<meta name=\"color-scheme\" content=\"light dark\"/>\n"
		"<meta name=\"referrer\" content=\"no-referrer\"/>\n"
		"<link rel=\"icon\" href=\"data:,\"/>\n<title>%s: %s%s%s</title>\n",
		_("Rolling report"), range, *page->persons != '\0' ? ", " : "", page->persons);
	g_string_append_printf(out, "<style>%s</style>\n</head>\n<body>\n", rollstat_page_css);
}

static void
add_title(const RollstatPage *page, const char *range, GString *out)
{
	g_autofree char *today = rollstat_day_dup_iso(page->input.today);
	g_autofree char *made =
		g_strdup_printf(_("Made on %s by rollstat %s."), today, ROLLSTAT_VERSION);
	g_autofree char *person = rollstat_words_dup_person(page);
	rollstat_markup_append(out, "<header>\n<h1>%s</h1>\n<p class=\"range\">%s</p>\n",
			       _("Rolling report"), range);
	if (*person != '\0')
		rollstat_markup_append(out, "<p><strong>%s</strong></p>\n", person);
	rollstat_markup_append(out, "<p>%s</p>\n</header>\n<main>\n", made);
}

static void
add_figure(const char *name, const char *value, GString *out)
{
	rollstat_markup_append(out, "<div><dt>%s</dt><dd>%s</dd></div>\n", name, value);
}

static void
add_key_figures(const RollstatPage *page, GString *out)
{
	const RollstatSummary *summary = page->input.summary;
	g_autofree char *sessions = g_strdup_printf("%u", summary->sessions);
	g_autofree char *days = g_strdup_printf("%u", summary->days);
	g_autofree char *rolled = rollstat_style_dup_duration(summary->loaded_s);
	g_autofree char *passes = g_strdup_printf("%u", summary->passes);
	g_autofree char *holds = g_strdup_printf("%u", summary->holds);
	g_autofree char *pass = g_strdup_printf("%.1f s", summary->pass_s);
	g_string_append(out, "<dl class=\"full\">\n");
	add_figure(_("Sessions"), sessions, out);
	add_figure(_("Days"), days, out);
	add_figure(_("Rolled"), rolled, out);
	add_figure(_("Passes"), passes, out);
	add_figure(_("Holds"), holds, out);
	if (!isnan(summary->pass_s))
		add_figure(_("A pass, median"), pass, out);
	g_string_append(out, "</dl>\n");
}

/* What today, week and range say below their tables, a line an item. */
static void
add_findings(const RollstatPage *page, GString *out)
{
	const RollstatSummary *summary = page->input.summary;
	RollstatStyle style = {.width = G_MAXINT, .has_utf8 = TRUE};
	g_autoptr(GString) notes = g_string_new(NULL);
	rollstat_render_findings(&style, summary, notes);
	rollstat_render_notes(&style, summary, summary->first == summary->last, notes);
	g_auto(GStrv) lines = g_strsplit(notes->str, "\n", -1);
	rollstat_markup_append(out, "<section class=\"full\" id=\"words\">\n<h2>%s</h2>\n<ul>\n",
			       _("In words"));
	for (guint i = 0; lines[i] != NULL; i++)
		if (*g_strstrip(lines[i]) != '\0')
			rollstat_markup_append(out, "<li>%s</li>\n", lines[i]);
	g_string_append(out, "</ul>\n</section>\n");
}

static void
add_cautions(GString *out)
{
	rollstat_markup_append(out,
			       "<section class=\"full\" id=\"cautions\">\n<h2>%s</h2>\n<p>%s</p>\n"
			       "<ul>\n",
			       _("Doses, cautions and sources"),
			       _("Facts from the literature, no medical advice."));
	for (const RollstatCaution *caution = rollstat_words_cautions; caution->text != NULL;
	     caution++) {
		rollstat_markup_append(out, "<li>%s", _(caution->text));
		if (caution->source != NULL)
			rollstat_markup_append(out, " <cite>(%s)</cite>", _(caution->source));
		g_string_append(out, "</li>\n");
	}
	g_string_append(out, "</ul>\n</section>\n");
}

void
rollstat_html_append(const RollstatPage *page, GString *out)
{
	g_autofree char *range = rollstat_words_dup_range(page);
	add_head(page, range, out);
	add_title(page, range, out);
	if (page->sessions->len == 0) {
		g_autofree char *nothing = rollstat_words_dup_nothing(page);
		g_autofree char *person = rollstat_words_dup_person(page);
		if (*person == '\0') /* else the title has said it */
			rollstat_markup_append(out, "<p class=\"full\">%s</p>\n", nothing);
	} else {
		add_key_figures(page, out);
		rollstat_html_add_spine(page, out);
		g_string_append(out, "<div class=\"beside\">\n");
		rollstat_html_add_doses(page, out);
		rollstat_html_add_speeds(page, out);
		rollstat_html_add_sides(page, out);
		g_string_append(out, "</div>\n");
		add_findings(page, out);
		rollstat_html_add_zones(page, out);
		rollstat_html_add_days(page, out);
		rollstat_html_add_trend(page, out);
		rollstat_html_add_sessions(page, out);
	}
	add_cautions(out);
	g_string_append(out, "</main>\n</body>\n</html>\n");
}
