/* SPDX-License-Identifier: MIT */
#include "tests/program/program-fixture.h"

#include "tests/program/loop.h"

#include <glib/gstdio.h>
#include <string.h>

#define NO_BUS "unix:path=/nowhere/bus"

void
program_fixture_set_up(ProgramFixture *fixture, gconstpointer data)
{
	(void)data;
	fixture->folder = g_dir_make_tmp("rollerd-program-XXXXXX", NULL);
	fixture->db = g_build_filename(fixture->folder, "rollerd.db", NULL);
	fixture->capture = g_build_filename(fixture->folder, "a.rollcap", NULL);
	fixture->launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE |
						      G_SUBPROCESS_FLAGS_STDERR_PIPE);
	g_subprocess_launcher_setenv(fixture->launcher, "HOME", fixture->folder, TRUE);
	g_subprocess_launcher_setenv(fixture->launcher, "XDG_CONFIG_HOME", fixture->folder, TRUE);
	g_subprocess_launcher_setenv(fixture->launcher, "XDG_DATA_HOME", fixture->folder, TRUE);
	g_subprocess_launcher_setenv(fixture->launcher, "DBUS_SESSION_BUS_ADDRESS", NO_BUS, TRUE);
	g_subprocess_launcher_setenv(fixture->launcher, "DBUS_SYSTEM_BUS_ADDRESS", NO_BUS, TRUE);
	g_subprocess_launcher_unsetenv(fixture->launcher, "NOTIFY_SOCKET");
	g_subprocess_launcher_unsetenv(fixture->launcher, "WATCHDOG_USEC");
}

static void
remove_folder(const char *path)
{
	g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
	const char *name = NULL;

	while (folder && (name = g_dir_read_name(folder))) {
		g_autofree char *inner = g_build_filename(path, name, NULL);

		if (g_file_test(inner, G_FILE_TEST_IS_DIR))
			remove_folder(inner);
		else
			g_unlink(inner);
	}
	g_rmdir(path);
}

void
program_fixture_tear_down(ProgramFixture *fixture, gconstpointer data)
{
	(void)data;
	g_assert_null(fixture->process); /* a test waits for what it starts */
	remove_folder(fixture->folder);
	g_object_unref(fixture->launcher);
	g_free(fixture->folder);
	g_free(fixture->db);
	g_free(fixture->capture);
	g_free(fixture->out);
	g_free(fixture->err);
}

static void
take_end(GObject *object, GAsyncResult *result, gpointer user_data)
{
	ProgramFixture *fixture = user_data;
	g_autoptr(GError) error = NULL;

	g_free(fixture->out);
	g_free(fixture->err);
	g_subprocess_communicate_utf8_finish(G_SUBPROCESS(object), result, &fixture->out,
					     &fixture->err, &error);
	g_assert_no_error(error);
	fixture->has_ended = TRUE;
}

void
program_fixture_start(ProgramFixture *fixture, const char *arguments)
{
	g_autofree char *full =
		g_strjoin(" ", g_getenv("ROLLERD"), "--db", fixture->db, arguments, NULL);
	g_autoptr(GString) line = g_string_new(full);
	g_auto(GStrv) words = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_null(fixture->process);
	g_string_replace(line, "FOLDER", fixture->folder, 0);
	g_assert_true(g_shell_parse_argv(line->str, NULL, &words, NULL));
	fixture->process =
		g_subprocess_launcher_spawnv(fixture->launcher, (const char *const *)words, &error);
	g_assert_no_error(error);
	fixture->has_ended = FALSE;
	g_subprocess_communicate_utf8_async(fixture->process, NULL, NULL, take_end, fixture);
}

void
program_fixture_wait(ProgramFixture *fixture)
{
	loop_until(&fixture->has_ended);
	g_assert_true(g_subprocess_wait(fixture->process, NULL, NULL));
	fixture->status = g_subprocess_get_if_exited(fixture->process)
				  ? g_subprocess_get_exit_status(fixture->process)
				  : -1;
	g_clear_object(&fixture->process);
}

void
program_fixture_run(ProgramFixture *fixture, const char *arguments)
{
	program_fixture_start(fixture, arguments);
	program_fixture_wait(fixture);
}

void
program_fixture_check(ProgramFixture *fixture, int status, const char *text)
{
	if (fixture->status == status && (!text || strstr(fixture->err, text)))
		return;
	g_error("status %d, not %d with \"%s\"; stdout: %s; stderr: %s", fixture->status, status,
		text ? text : "", fixture->out, fixture->err);
}

char *
program_fixture_query(ProgramFixture *fixture, const char *db, const char *sql)
{
	g_autofree char *path = g_build_filename(fixture->folder, db, NULL);
	g_autoptr(GString) text = g_string_new(NULL);
	sqlite3 *connection = NULL;
	sqlite3_stmt *statement = NULL;

	if (sqlite3_open_v2(path, &connection, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
	    sqlite3_busy_timeout(connection, 10000) != SQLITE_OK ||
	    sqlite3_prepare_v2(connection, sql, -1, &statement, NULL) != SQLITE_OK)
		g_error("%s: %s: %s", path, sql, sqlite3_errmsg(connection));
	while (sqlite3_step(statement) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(statement); i++) {
			const char *cell = (const char *)sqlite3_column_text(statement, i);

			g_string_append_printf(text, "%s%s", i > 0 ? "|" : "", cell ? cell : "");
		}
		g_string_append_c(text, '\n');
	}
	g_assert_cmpint(sqlite3_finalize(statement), ==, SQLITE_OK);
	sqlite3_close(connection);
	return g_string_free(g_steal_pointer(&text), FALSE);
}

char *
program_fixture_dump(ProgramFixture *fixture, const char *db)
{
	const char *const queries[] = {
		"SELECT person, kind, algorithm, settings, start_us, end_us, loaded_s, lost_s, "
		"lost_packets, "
		"restarts, refused, passes, holds, left_s, centre_s, right_s FROM session ORDER BY "
		"start_us",
		"SELECT n, start_us, end_us, from_cm, to_cm, mean_n, peak_n, is_cut FROM pass "
		"ORDER BY start_us",
		"SELECT n, start_us, end_us, at_cm, mean_n, peak_n, is_cut FROM hold ORDER BY "
		"start_us",
		"SELECT n, start_us, end_us FROM gap ORDER BY start_us",
		"SELECT n, t_us, at_cm FROM mark ORDER BY t_us",
		"SELECT z.n, name, from_cm, to_cm, seconds, force_ns, peak_n FROM zone z JOIN "
		"session s "
		"ON s.id = z.session ORDER BY s.start_us, z.n",
		"SELECT z.n, at_cm, seconds, force_ns, peak_n, moving_s, travel_cm FROM slice z "
		"JOIN session s "
		"ON s.id = z.session ORDER BY s.start_us, z.n",
	};
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = 0; i < G_N_ELEMENTS(queries); i++) {
		g_autofree char *rows = program_fixture_query(fixture, db, queries[i]);

		g_string_append_printf(text, "%s--\n", rows);
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}

guint
program_fixture_count(const char *text, const char *needle)
{
	guint n = 0;

	for (const char *at = strstr(text, needle); at; at = strstr(at + 1, needle))
		n++;
	return n;
}
