/* SPDX-License-Identifier: MIT
 *
 * Which backup doctor knows: the newest of what can be put back, also of a database that says nothing any more.
 */
#include "cli/doctor/probe.h"
#include "tests/cli/answer.h"

#include <glib/gstdio.h>
#include <utime.h>

typedef struct {
	AnswerFixture history;
	char *folder; /* of backups */
	RollstatFacts facts;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
	(void)data; /* all begin alike */
	answer_fixture_init(&fixture->history);
	fixture->folder = g_build_filename(fixture->history.folder, "backups", NULL);
	g_assert_cmpint(g_mkdir(fixture->folder, 0755), ==, 0);
	g_setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
	g_setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
	(void)data; /* as above */
	rollstat_facts_clear(&fixture->facts);
	g_assert_cmpint(g_rmdir(fixture->folder), ==, 0);
	g_free(fixture->folder);
	answer_fixture_clear(&fixture->history);
}

/* A file that was last written then; its path, given. */
static char *
make_file(const char *folder, const char *name, gint64 t_s)
{
	struct utimbuf times = {.actime = t_s, .modtime = t_s};
	char *path = g_build_filename(folder, name, NULL);
	g_assert_true(g_file_set_contents(path, name, -1, NULL));
	g_assert_cmpint(g_utime(path, &times), ==, 0);
	return path;
}

static void
check_kept(Fixture *fixture, const char *wanted, gint64 t_s)
{
	static const RollstatPlaces places = {.sys = "/nonexistent",
					      .bluetoothd = "/nonexistent",
					      .rfkill = "/nonexistent",
					      .linger = "/nonexistent",
					      .terminfo = "/nonexistent"};
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	RollstatContext context = {.now_us = answer_get_t_us(2026, 3, 14, 20, 0), .zone = zone};
	rollstat_facts_clear(&fixture->facts);
	rollstat_probe(&context, &places, FALSE, fixture->history.path, &fixture->facts);
	g_assert_cmpstr(fixture->facts.database.kept, ==, wanted);
	g_assert_cmpint(fixture->facts.database.kept_us, ==, t_s * (gint64)G_USEC_PER_SEC);
	g_assert_null(fixture->facts.database.hidden);
}

static void
test_newest(Fixture *fixture, gconstpointer data)
{
	(void)data; /* needs none */
	const char *beside = fixture->history.folder;
	g_autofree char *copy = make_file(beside, "rollerd.db.v3.bak", 1000);
	g_autofree char *first = make_file(fixture->folder, "rollerd-2026-03-02-101112.db", 2000);
	g_autofree char *second = make_file(fixture->folder, "rollerd-2026-03-01-101112.db", 3000);
	g_autofree char *other = make_file(fixture->folder, "notes.txt", 5000);
	g_autofree char *elsewhere = make_file(beside, "elsewhere.db", 4000);
	char *sql = sqlite3_mprintf("INSERT INTO choice VALUES ('backup_path', %Q)", elsewhere);
	g_assert_cmpint(sqlite3_exec(fixture->history.db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
	sqlite3_free(sql);
	answer_fixture_close(&fixture->history);
	check_kept(fixture, elsewhere, 4000);
	g_assert_cmpint(g_remove(elsewhere), ==, 0);
	check_kept(fixture, second, 3000);
	g_assert_true(g_file_set_contents(fixture->history.path, "rubbish", -1, NULL));
	check_kept(fixture, second, 3000);
	g_assert_cmpint(g_remove(second), ==, 0);
	check_kept(fixture, first, 2000);
	g_assert_cmpint(g_remove(first), ==, 0);
	check_kept(fixture, copy, 1000);
	g_assert_cmpint(g_remove(copy), ==, 0);
	check_kept(fixture, NULL, 0);
	g_assert_cmpint(g_remove(other), ==, 0);
}

/* Other databases of the folder put theirs into the same one. */
static void
test_of_this_database(Fixture *fixture, gconstpointer data)
{
	static const char *const others[] = {
		"test-2026-03-02-101112.db",
		"rollerd-old-2026-03-02-101112.db",
		"rollerd2-2026-03-02-101112.db",
		"rollerd-2026-03-02-101112.db.part-Xy12Zw",
		"rollerd-2026-03-02-101112-copy.db",
		"rollerd-2026-03-02-10111a.db",
		"rollerd-",
	};
	(void)data; /* needs none */
	answer_fixture_close(&fixture->history);
	for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
		g_autofree char *other = make_file(fixture->folder, others[i], 5000);
		check_kept(fixture, NULL, 0);
		g_assert_cmpint(g_remove(other), ==, 0);
	}
	g_autofree char *other = make_file(fixture->folder, others[0], 5000);
	g_autofree char *own = make_file(fixture->folder, "rollerd-2026-03-01-101112.db", 2000);
	check_kept(fixture, own, 2000);
	g_assert_cmpint(g_remove(own), ==, 0);
	g_assert_cmpint(g_remove(other), ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add("/doctor-backups/newest", Fixture, NULL, set_up, test_newest, tear_down);
	g_test_add("/doctor-backups/of-this-database", Fixture, NULL, set_up, test_of_this_database,
		   tear_down);
	return g_test_run();
}
