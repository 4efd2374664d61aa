/* SPDX-License-Identifier: MIT
 *
 * rollstat report: what it draws on a terminal, against the files of golden/ (build/tests/cli/page/test-page --update
 * makes them anew), and what it does with files.
 */
#include "cli/page/html.h"
#include "tests/cli/answer.h"
#include "tests/cli/golden-file.h"
#include "tests/cli/page/scenes.h"

#include <glib/gstdio.h>
#include <json-c/json.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const RollstatStyle usual = {.width = ROLLSTAT_WIDTH_USUAL, .has_utf8 = TRUE};
static const RollstatStyle narrow = {.width = ROLLSTAT_WIDTH_LEAST, .has_utf8 = TRUE};
static const RollstatStyle ascii = {.width = ROLLSTAT_WIDTH_USUAL};
static const RollstatStyle colour = {
	.width = ROLLSTAT_WIDTH_USUAL, .has_utf8 = TRUE, .has_colour = TRUE};

typedef struct {
	const char *name, *scene, *words;
	const RollstatStyle *style;
} Golden;

static const Golden goldens[] = {
	{"report", "usual", "report", &usual},
	{"report-narrow", "usual", "report", &narrow},
	{"report-ascii", "usual", "report", &ascii},
	{"report-colour", "usual", "report --week", &colour},
	{"report-json", "usual", "report --week --json", &usual},
	{"report-plain", "plain", "report --month", &usual},
	{"report-odd-ascii", "odd", "report 2026-03-14", &ascii},
	{"report-empty", "empty", "report", &usual},
	{"report-empty-json", "empty", "report --week --json", &usual},
	{"report-before", "usual", "report 2026-03-15", &usual},
	{"report-help", "empty", "report --help", &usual},
};

static void
open_scene(AnswerFixture *fixture, const char *name)
{
	answer_fixture_init(fixture);
	g_assert_cmpint(sqlite3_exec(fixture->db, "BEGIN", NULL, NULL, NULL), ==, SQLITE_OK);
	scenes_find(name)->fill(fixture->db);
	g_assert_cmpint(sqlite3_exec(fixture->db, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
	answer_fixture_close(fixture);
}

static gint64
get_now_us(void)
{
	return answer_get_t_us(2026, 3, 14, 20, 0);
}

/* Lines that fit, end in no blank, and hold no control character. */
static void
check_lines(const Golden *golden, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (guint i = 0; lines[i] != NULL; i++) {
		g_test_message("%s", lines[i]);
		g_assert_true(g_utf8_validate(lines[i], -1, NULL));
		g_assert_false(g_str_has_suffix(lines[i], " "));
		g_assert_true(golden->style->has_utf8 || g_str_is_ascii(lines[i]));
		g_assert_true(golden->style->has_colour || strchr(lines[i], '\033') == NULL);
		if (!golden->style->has_colour && strstr(golden->words, "--json") == NULL)
			g_assert_cmpuint(rollstat_style_measure(lines[i]), <=,
					 golden->style->width);
	}
}

static void
test_golden(gconstpointer data)
{
	const Golden *golden = data;
	g_auto(AnswerFixture) fixture = {0};
	open_scene(&fixture, golden->scene);
	g_auto(Answer) answer =
		answer_ask_styled(&fixture, get_now_us(), golden->words, *golden->style);
	g_assert_cmpstr(answer.err, ==, "");
	g_assert_cmpint(answer.status, ==, ROLLSTAT_EXIT_DONE);
	check_lines(golden, answer.out);
	golden_file_check(GOLDEN_FOLDER, golden->name, answer.out);
}

/* Several ways to write one range. */
static void
test_ranges(void)
{
	static const char *const same[][2] = {
		{"report --week --json", "report week --json"},
		{"report --month --json", "report --range month --json"},
		{"report --range 2026-03-01,2026-03-05 --json",
		 "report 2026-03-01 2026-03-05 --json"},
		{"report --json", "report 27d today --json"},
	};
	static const char *const refused[] = {
		"report --week --month",   "report --week 2026-03",
		"report --force",	   "report --range 2026-03,2026-02",
		"report --range 2d,1d,0d", "report frog",
		"report --json --html -",  "report --csv",
	};
	g_auto(AnswerFixture) fixture = {0};
	open_scene(&fixture, "usual");
	for (gsize i = 0; i < G_N_ELEMENTS(same); i++) {
		g_auto(Answer) one = answer_ask(&fixture, get_now_us(), same[i][0]);
		g_auto(Answer) other = answer_ask(&fixture, get_now_us(), same[i][1]);
		g_assert_cmpint(one.status, ==, ROLLSTAT_EXIT_DONE);
		g_assert_cmpstr(one.out, ==, other.out);
	}
	for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
		g_auto(Answer) answer = answer_ask(&fixture, get_now_us(), refused[i]);
		g_test_message("%s: %s", refused[i], answer.err);
		g_assert_cmpint(answer.status, ==, ROLLSTAT_EXIT_USAGE);
		g_assert_cmpstr(answer.out, ==, "");
	}
}

/* Weeks, twelve or more; months of a range of more than a year; years of more than ten. */
static void
test_steps(void)
{
	static const struct {
		const char *words, *first;
		guint periods, days;
	} all[] = {
		{"report 2026-03-14 --json", "2025-12-22", 12, 1},
		{"report 2026-01-01 2026-03-14 --json", "2025-12-22", 12, 0},
		{"report 2026-03-01 2026-03-14 --json", "2025-12-22", 12, 14},
		{"report 2025-03-09 2026-03-14 --json", "2025-03-03", 54, 0},
		{"report 2025-03-08 2026-03-14 --json", "2025-03-08", 13, 0},
		{"report 2016-01-01 2026-03-07 --json", "2016-01-01", 123, 0},
		{"report 2016-01-01 2026-03-14 --json", "2016-01-01", 11, 0},
	};
	g_auto(AnswerFixture) fixture = {0};
	open_scene(&fixture, "usual");
	for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
		g_auto(Answer) answer = answer_ask(&fixture, get_now_us(), all[i].words);
		json_object *page = json_tokener_parse(answer.out);
		json_object *trend = json_object_object_get(page, "trend");
		json_object *first = json_object_array_get_idx(trend, 0);
		double sum_s = 0;
		g_test_message("%s", all[i].words);
		g_assert_cmpuint(json_object_array_length(trend), ==, all[i].periods);
		g_assert_cmpuint(json_object_array_length(json_object_object_get(page, "days")), ==,
				 all[i].days);
		g_assert_cmpstr(json_object_get_string(json_object_object_get(first, "from")), ==,
				all[i].first);
		for (guint k = 0; k < all[i].periods; k++)
			sum_s += json_object_get_double(json_object_object_get(
				json_object_array_get_idx(trend, k), "loaded_s"));
		/* The periods leave no session of the range out. */
		g_assert_cmpfloat(sum_s + 0.1, >,
				  json_object_get_double(json_object_object_get(page, "loaded_s")));
		json_object_put(page);
	}
}

/* Asks for a page into a file of the fixture's folder; what stands there then is given. */
static char *
keep(const AnswerFixture *fixture, const char *path, const char *options, RollstatExit wanted)
{
	g_autofree char *words = g_strdup_printf("report --html %s%s", path, options);
	g_auto(Answer) answer = answer_ask(fixture, get_now_us(), words);
	char *text = NULL;
	g_test_message("%s%s", answer.out, answer.err);
	g_assert_cmpint(answer.status, ==, wanted);
	g_assert_cmpint(*answer.err != '\0', ==, wanted != ROLLSTAT_EXIT_DONE);
	g_file_get_contents(path, &text, NULL, NULL);
	return text;
}

static guint
count_files(const char *path)
{
	g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
	guint n_files = 0;
	while (g_dir_read_name(folder) != NULL)
		n_files++;
	return n_files;
}

static void
put(const char *path, const char *text)
{
	g_autoptr(GError) error = NULL;
	g_file_set_contents(path, text, -1, &error);
	g_assert_no_error(error);
}

static void
test_files(void)
{
	g_auto(AnswerFixture) fixture = {0};
	open_scene(&fixture, "usual");
	g_autofree char *path = g_build_filename(fixture.folder, "page.html", NULL);
	g_auto(Answer) shown = answer_ask(&fixture, get_now_us(), "report --html -");
	g_assert_true(g_str_has_prefix(shown.out, "<!DOCTYPE html>"));
	g_assert_true(g_str_has_suffix(shown.out, "</html>\n"));
	g_assert_nonnull(strstr(shown.out, ROLLSTAT_HTML_SIGN));

	g_autofree char *fresh = keep(&fixture, path, "", ROLLSTAT_EXIT_DONE);
	g_assert_cmpstr(fresh, ==, shown.out);
	g_autofree char *anew = keep(&fixture, path, "", ROLLSTAT_EXIT_DONE);
	g_assert_cmpstr(anew, ==, shown.out);

	put(path, "my thesis");
	g_autofree char *kept = keep(&fixture, path, "", ROLLSTAT_EXIT_FAILED);
	g_assert_cmpstr(kept, ==, "my thesis");
	g_autofree char *forced = keep(&fixture, path, " --force", ROLLSTAT_EXIT_DONE);
	g_assert_cmpstr(forced, ==, shown.out);
	put(path, "");
	g_autofree char *filled = keep(&fixture, path, "", ROLLSTAT_EXIT_DONE);
	g_assert_cmpstr(filled, ==, shown.out);
}

static void
test_odd_files(void)
{
	g_auto(AnswerFixture) fixture = {0};
	struct stat about;
	open_scene(&fixture, "usual");
	g_autofree char *path = g_build_filename(fixture.folder, "page.html", NULL);
	g_autofree char *link = g_build_filename(fixture.folder, "link.html", NULL);
	g_autofree char *pipe = g_build_filename(fixture.folder, "pipe", NULL);
	g_autofree char *nowhere = g_build_filename(fixture.folder, "no", "page.html", NULL);
	put(path, "");
	g_assert_cmpint(symlink("page.html", link), ==, 0);
	g_autofree char *through = keep(&fixture, link, "", ROLLSTAT_EXIT_DONE);
	g_assert_nonnull(strstr(through, "</html>"));
	g_assert_cmpint(g_lstat(link, &about), ==, 0);
	g_assert_true(S_ISLNK(about.st_mode));

	g_assert_cmpint(mkfifo(pipe, 0600), ==, 0);
	g_assert_null(keep(&fixture, fixture.folder, " --force", ROLLSTAT_EXIT_FAILED));
	g_autofree char *to_nowhere = g_strdup_printf("report --html %s", nowhere);
	g_auto(Answer) refused = answer_ask(&fixture, get_now_us(), to_nowhere);
	g_assert_cmpint(refused.status, ==, ROLLSTAT_EXIT_FAILED);
	g_assert_true(g_str_has_prefix(refused.err, "rollstat: cannot write "));
	g_assert_nonnull(strstr(refused.err, "/no/page.html: No such file"));
	g_autofree char *words = g_strdup_printf("report --force --html %s", pipe);
	g_auto(Answer) answer = answer_ask(&fixture, get_now_us(), words);
	g_assert_cmpint(answer.status, ==, ROLLSTAT_EXIT_FAILED);
	g_assert_nonnull(strstr(answer.err, "is no regular file"));
}

/* Where a file cannot be finished, the old one stays and nothing is left beside it. */
static void
test_full_disk(void)
{
	g_auto(AnswerFixture) fixture = {0};
	struct rlimit old_limit, limit;
	open_scene(&fixture, "usual");
	g_autofree char *path = g_build_filename(fixture.folder, "page.html", NULL);
	g_autofree char *old = keep(&fixture, path, "", ROLLSTAT_EXIT_DONE);
	guint n_files = count_files(fixture.folder);
	g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &old_limit), ==, 0);
	limit = old_limit;
	limit.rlim_cur = 4096;
	signal(SIGXFSZ,
	       SIG_IGN); /* so that writing fails, as on a full disk, and does not end us */
	g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &limit), ==, 0);
	g_autofree char *kept = keep(&fixture, path, " --week", ROLLSTAT_EXIT_FAILED);
	g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &old_limit), ==, 0);
	signal(SIGXFSZ, SIG_DFL);
	g_assert_cmpstr(kept, ==, old);
	g_assert_cmpuint(count_files(fixture.folder), ==, n_files);
}

/* One person of two. */
static void
test_person(void)
{
	g_auto(AnswerFixture) fixture = {0};
	open_scene(&fixture, "odd");
	g_auto(Answer) one =
		answer_ask(&fixture, get_now_us(), "report --person Zo\xc3\xab --html -");
	g_auto(Answer) both = answer_ask(&fixture, get_now_us(), "report --html -");
	g_assert_cmpint(one.status, ==, ROLLSTAT_EXIT_DONE);
	g_assert_null(strstr(one.out, "alert(1)"));
	g_assert_nonnull(strstr(both.out, "alert(1)"));
	g_assert_null(strstr(both.out, "<script"));
}

int
main(int argc, char **argv)
{
	golden_file_init(&argc, argv);
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(goldens); i++) {
		g_autofree char *path = g_strdup_printf("/page/%s", goldens[i].name);
		g_test_add_data_func(path, &goldens[i], test_golden);
	}
	g_test_add_func("/page/ranges", test_ranges);
	g_test_add_func("/page/steps", test_steps);
	g_test_add_func("/page/files", test_files);
	g_test_add_func("/page/odd-files", test_odd_files);
	g_test_add_func("/page/full-disk", test_full_disk);
	g_test_add_func("/page/person", test_person);
	return g_test_run();
}
