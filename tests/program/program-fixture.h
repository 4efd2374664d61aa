/* SPDX-License-Identifier: MIT
 *
 * The program rollerd as people run it: in folders of its own, without any bus unless the test gives one.
 * The environment variable ROLLERD names the program.
 */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

/* Every test begins with this one and ends with it; all paths lie in folder. */
typedef struct {
	char *folder;
	char *db;
	char *capture;
	GSubprocessLauncher *launcher;
	GSubprocess *process; /* of program_fixture_start */
	int status;	      /* exit status of the last program that ended */
	char *out, *err;      /* what it said */
	guint has_ended;
} ProgramFixture;

/* For g_test_add. */
void program_fixture_set_up(ProgramFixture *fixture, gconstpointer data);
void program_fixture_tear_down(ProgramFixture *fixture, gconstpointer data);

/* Runs rollerd with --db FOLDER/rollerd.db and the words of arguments (parted by blanks) to its end. FOLDER in
 * arguments stands for the test's folder. */
void program_fixture_run(ProgramFixture *fixture, const char *arguments);

/* The same, but it returns while rollerd runs. */
void program_fixture_start(ProgramFixture *fixture, const char *arguments);

/* Waits for its end. */
void program_fixture_wait(ProgramFixture *fixture);

/* Fails unless the last program ended with status and said text (NULL: anything) on stderr. */
void program_fixture_check(ProgramFixture *fixture, int status, const char *text);

/* The rows of a query on a database of the folder as text: a line a row, fields parted by "|"; given. */
char *program_fixture_query(ProgramFixture *fixture, const char *db, const char *sql);

/* All that was derived in db, without the numbers of rows; given. */
char *program_fixture_dump(ProgramFixture *fixture, const char *db);

/* How often needle stands in text. */
guint program_fixture_count(const char *text, const char *needle);
