/* SPDX-License-Identifier: MIT */
#include "tests/people/people-rig.h"
#include "tests/cli/golden-file.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

void
people_rig_begin(int *argc, char **argv)
{
	g_autofree char *folder = g_dir_make_tmp("rollstat-people-XXXXXX", NULL);
	g_assert_nonnull(folder);
	g_setenv("XDG_CONFIG_HOME", folder, TRUE);
	g_setenv("XDG_DATA_HOME", folder, TRUE);
	golden_file_init(argc, argv);
}

static char *
dup_config_path(void)
{
	return g_build_filename(g_get_user_config_dir(), "rollerd", "rollerd.conf", NULL);
}

int
people_rig_run(void)
{
	int status = g_test_run();
	g_autofree char *path = dup_config_path();
	g_autofree char *folder = g_path_get_dirname(path);
	g_unlink(path);
	g_rmdir(folder);
	g_rmdir(g_get_user_config_dir());
	return status;
}

void
people_rig_init(AnswerFixture *fixture)
{
	g_autofree char *config = dup_config_path();
	g_unlink(config); /* that of the test before, if there was one */
	MadeSession made = made_session_usual;
	answer_fixture_init(fixture);
	for (int i = 0; i < 4; i++) {
		made.start_us = answer_get_t_us(2026, 3, 5 + 3 * i, 7, 10 + i);
		made.rolling_s = 200 + 40 * i;
		made.seed = (guint32)i + 1;
		made_session_add(fixture->db, &made);
	}
	answer_fixture_close(fixture);
}

void
people_rig_expect(const AnswerFixture *fixture, const char *words, RollstatExit status,
		  const char *text)
{
	g_auto(Answer) answer = answer_ask(fixture, PEOPLE_NOW_US, words);
	const char *said = status == ROLLSTAT_EXIT_DONE ? answer.out : answer.err;
	if (answer.status != status || (text != NULL && strstr(said, text) == NULL))
		g_error("\"%s\" ended with %d, not %d with \"%s\"; it said: %s; and: %s", words,
			answer.status, status, text != NULL ? text : "", answer.out, answer.err);
}

void
people_rig_compare(const AnswerFixture *fixture, const char *words, const char *name,
		   gboolean is_tiny)
{
	const RollstatStyle style = {.width = is_tiny ? ROLLSTAT_WIDTH_LEAST : ROLLSTAT_WIDTH_USUAL,
				     .has_utf8 = !is_tiny};
	g_auto(Answer) answer = answer_ask_styled(fixture, PEOPLE_NOW_US, words, style);
	g_assert_cmpstr(answer.err, ==, "");
	g_assert_cmpint(answer.status, ==, ROLLSTAT_EXIT_DONE);
	g_assert_true(!is_tiny || g_str_is_ascii(answer.out));
	golden_file_check(GOLDEN_FOLDER, name, answer.out);
	if (strstr(words, "--json") != NULL || strstr(words, "--csv") != NULL)
		return;
	g_auto(GStrv) lines = g_strsplit(answer.out, "\n", -1);
	for (guint i = 0; lines[i] != NULL; i++)
		g_assert_cmpuint(rollstat_style_measure(lines[i]), <=, style.width);
}

void
people_rig_set_config(const char *text)
{
	g_autofree char *path = dup_config_path();
	g_autofree char *folder = g_path_get_dirname(path);
	g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

void
people_rig_block_config(void)
{
	g_autofree char *path = dup_config_path();
	g_unlink(path);
	g_assert_cmpint(symlink("/proc/none/rollerd.conf", path), ==, 0);
}

char *
people_rig_dup_config(void)
{
	g_autofree char *path = dup_config_path();
	char *text = NULL;
	return g_file_get_contents(path, &text, NULL, NULL) ? text : NULL;
}

void
people_rig_write(const AnswerFixture *fixture, const char *sql)
{
	g_autoptr(sqlite3) db = NULL;
	g_assert_cmpint(sqlite3_open(fixture->path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}
