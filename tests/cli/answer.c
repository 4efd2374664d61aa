/* SPDX-License-Identifier: MIT */
#include "tests/cli/answer.h"

#include <glib/gstdio.h>

void
answer_fixture_init(AnswerFixture *fixture)
{
	g_autoptr(GError) error = NULL;
	fixture->folder = g_dir_make_tmp("rollstat-XXXXXX", &error);
	g_assert_no_error(error);
	/* Whoever the configuration of this machine names is not known here. */
	g_setenv("XDG_CONFIG_HOME", fixture->folder, FALSE);
	g_setenv("XDG_DATA_HOME", fixture->folder, FALSE);
	fixture->path = g_build_filename(fixture->folder, "rollerd.db", NULL);
	fixture->db = roll_database_open(fixture->path, ROLL_DATABASE_WRITER, &error);
	g_assert_no_error(error);
}

void
answer_add_person(const AnswerFixture *fixture, const char *name)
{
	char *sql = sqlite3_mprintf("INSERT INTO person (name, added_us) VALUES (%Q, 0)", name);
	g_assert_cmpint(sqlite3_exec(fixture->db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
	sqlite3_free(sql);
}

void
answer_fixture_close(AnswerFixture *fixture)
{
	g_clear_pointer(&fixture->db, sqlite3_close);
}

void
answer_fixture_clear(AnswerFixture *fixture)
{
	answer_fixture_close(fixture);
	g_autoptr(GDir) folder = g_dir_open(fixture->folder, 0, NULL);
	for (const char *name; (name = g_dir_read_name(folder)) != NULL;) {
		g_autofree char *path = g_build_filename(fixture->folder, name, NULL);
		g_unlink(path);
	}
	g_rmdir(fixture->folder);
	g_clear_pointer(&fixture->folder, g_free);
	g_clear_pointer(&fixture->path, g_free);
}

gint64
answer_get_t_us(int year, int month, int day, int hour, int minute)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");
	g_autoptr(GDateTime) time = g_date_time_new(zone, year, month, day, hour, minute, 0);
	return g_date_time_to_unix(time) * G_USEC_PER_SEC;
}

Answer
answer_ask_styled(const AnswerFixture *fixture, gint64 now_us, const char *words,
		  RollstatStyle style)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");
	g_autofree char *line = g_strdup_printf("rollstat --db %s %s", fixture->path, words);
	g_auto(GStrv) arguments = g_strsplit(g_strchomp(line), " ", -1);
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GString) err = g_string_new(NULL);
	RollstatContext context = {.now_us = now_us, .zone = zone, .style = style};
	Answer answer = {.status = rollstat_command_run(&context, arguments, out, err)};
	answer.out = g_string_free(g_steal_pointer(&out), FALSE);
	answer.err = g_string_free(g_steal_pointer(&err), FALSE);
	return answer;
}

Answer
answer_ask(const AnswerFixture *fixture, gint64 now_us, const char *words)
{
	RollstatStyle plain = {.width = ROLLSTAT_WIDTH_USUAL, .has_utf8 = TRUE};
	return answer_ask_styled(fixture, now_us, words, plain);
}

void
answer_clear(Answer *answer)
{
	g_clear_pointer(&answer->out, g_free);
	g_clear_pointer(&answer->err, g_free);
}
