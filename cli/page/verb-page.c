/* SPDX-License-Identifier: MIT
 *
 * report.
 */
#include "cli/dates.h"
#include "cli/page/html.h"
#include "cli/page/json-page.h"
#include "cli/page/keep-page.h"
#include "cli/page/make-page.h"
#include "cli/page/text.h"
#include "cli/people/weight.h"
#include "cli/usage.h"
#include "cli/verbs.h"

enum {
	USUAL_DAYS = 28,
};

typedef struct {
	gboolean is_week, is_month, is_forced;
	char *range, *html;
} PageOptions;

static const RollstatOption page_options[] = {
	{"week", G_OPTION_ARG_NONE, G_STRUCT_OFFSET(PageOptions, is_week), NULL,
	 N_("from Monday until today")},
	{"month", G_OPTION_ARG_NONE, G_STRUCT_OFFSET(PageOptions, is_month), NULL,
	 N_("from the first of the month until today")},
	{"range", G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(PageOptions, range), "FROM[,TO]",
	 N_("the same as FROM [TO]")},
	{"html", G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(PageOptions, html), "FILE",
	 N_("one file for a browser or a printer; -: standard output")},
	{"force", G_OPTION_ARG_NONE, G_STRUCT_OFFSET(PageOptions, is_forced), NULL,
	 N_("replace FILE even if it is no report")},
	{0},
};

/* By words, --range, --week, --month: by one of them, or the last four weeks. */
static gboolean
find_dates(const RollstatRun *run, const PageOptions *options, RollstatDates *ret_dates,
	   GError **error)
{
	RollstatDay today = run->view.today;
	guint n = options->is_week + options->is_month + (options->range != NULL) +
		  (run->words[0] != NULL);
	g_auto(GStrv) range = g_strsplit(options->range != NULL ? options->range : "", ",", 2);
	if (n > 1 || (options->is_forced && options->html == NULL))
		return rollstat_run_refuse(run, error);
	if (run->words[0] != NULL)
		return rollstat_dates_parse_range((const char *const *)run->words, today, ret_dates,
						  error);
	if (options->range != NULL)
		return rollstat_dates_parse_range((const char *const *)range, today, ret_dates,
						  error);
	ret_dates->last = today;
	ret_dates->first = today > USUAL_DAYS ? today - USUAL_DAYS + 1 : 1;
	if (options->is_week)
		ret_dates->first = rollstat_day_get_monday(today);
	else if (options->is_month)
		ret_dates->first = rollstat_day_get_first_of_month(today);
	return TRUE;
}

/* Where the range's rows are to be read from, for what is judged against the days before. */
static RollstatQuery
get_query(const RollstatRun *run, RollstatDates dates, const RollstatWhose *whose)
{
	RollstatDay first =
		dates.first > ROLLSTAT_HISTORY_DAYS ? dates.first - ROLLSTAT_HISTORY_DAYS : 1;
	return (RollstatQuery){
		.from_us = rollstat_day_get_begin_us(first, run->view.zone),
		.to_us = rollstat_day_get_begin_us(dates.last + 1, run->view.zone),
		.passes_from_us = rollstat_day_get_begin_us(dates.first, run->view.zone),
		.person = whose->person,
		.rows = ROLLSTAT_ROWS_ALL,
	};
}

static gboolean
load_spine(sqlite3 *db, const RollstatHistory *history, RollstatSpine *ret_spine, GError **error)
{
	guint n = history->sessions->len;
	return n == 0 || rollstat_history_load_spine(
				 db, g_array_index(history->sessions, RollstatSession, n - 1).spine,
				 ret_spine, error);
}

static gboolean
tell(const RollstatRun *run, const RollstatPage *page, GError **error)
{
	const PageOptions *options = run->options;
	g_autoptr(GString) html = g_string_new(NULL);
	if (options->html == NULL) {
		if (run->is_json)
			rollstat_page_append_json(page, run->out);
		else
			rollstat_text_append(page, &run->view, run->out);
		return TRUE;
	}
	rollstat_html_append(page, html);
	if (g_str_equal(options->html, "-")) {
		g_string_append_len(run->out, html->str, (gssize)html->len);
		return TRUE;
	}
	if (!rollstat_page_keep(options->html, html, options->is_forced, error))
		return FALSE;
	g_autofree char *name = g_filename_display_name(options->html);
	g_autofree char *shown = rollstat_style_dup_clean(&run->view.style, name);
	g_autofree char *size = g_format_size(html->len);
	g_string_append_printf(
		run->out,
		ngettext("%s: %u session, %s.\n", "%s: %u sessions, %s.\n", page->sessions->len),
		shown, page->sessions->len, size);
	return TRUE;
}

static gboolean
run_page(RollstatRun *run, GError **error)
{
	const PageOptions *options = run->options;
	RollstatDates dates = {0};
	RollstatSpine spine = {0};
	RollstatPageInput input = {.zone = run->view.zone, .today = run->view.today};
	if (run->is_json && options->html != NULL)
		return rollstat_run_refuse(run, error);
	if (!find_dates(run, options, &dates, error))
		return FALSE;
	g_autoptr(sqlite3) db = rollstat_run_open_database(run, error);
	if (db == NULL)
		return FALSE;
	g_autoptr(RollstatWhose) whose =
		rollstat_whose_find(run, db, &(RollstatWhoseAsk){&dates, 1, FALSE}, error);
	if (whose == NULL)
		return FALSE;
	RollstatQuery query = get_query(run, dates, whose), past_query = query;
	past_query.from_us = rollstat_day_get_begin_us(
		rollstat_page_find_trend(dates.first, dates.last), run->view.zone);
	past_query.rows = 0;
	if (!rollstat_history_find_last(db, query.to_us, query.person, &input.last_us, error))
		return FALSE;
	g_autoptr(RollstatHistory) history = rollstat_history_load(db, &query, error);
	if (history == NULL || !load_spine(db, history, &spine, error))
		return FALSE;
	g_autoptr(RollstatHistory) past = rollstat_history_load(db, &past_query, error);
	if (past == NULL)
		return FALSE;
	g_autoptr(RollstatSource) source = rollstat_source_new(history, &spine, run->view.zone);
	g_autoptr(RollstatSource) past_source = rollstat_source_new(past, &spine, run->view.zone);
	g_autoptr(RollstatSummary) summary = rollstat_summary_new(source, dates.first, dates.last);
	if (!rollstat_weight_load(run, db, whose->person, &summary->weight_kg, error))
		return FALSE;
	input.history = history;
	input.source = source;
	input.past = past;
	input.past_source = past_source;
	input.summary = summary;
	input.whose = whose;
	g_autoptr(RollstatPage) page = rollstat_page_new(&input);
	return tell(run, page, error);
}

const RollstatVerb rollstat_verb_report = {
	.name = "report",
	.usage = "report [--week|--month|FROM [TO]] [--html FILE [--force]]",
	.what = N_("The back in pictures: on the terminal, or as a page to print"),
	.help = N_("FROM and TO as for rollstat range; without them the last four weeks.\n"
		   "FILE is whole or not written at all; a file that is there already is\n"
		   "replaced only if it is a report. It loads nothing from anywhere.\n"),
	.group = ROLLSTAT_GROUP_BACK,
	.takes = ROLLSTAT_TAKES_JSON | ROLLSTAT_TAKES_PERSON,
	.most_words = 2,
	.options = page_options,
	.options_size = sizeof(PageOptions),
	.run = run_page,
};
