/* SPDX-License-Identifier: MIT
 *
 * A folder for one test, with a path in it for a database, and what tests of databases do again and again.
 */
#pragma once

#include "protocol/database.h"

typedef struct {
	char *folder;
	char *path; /* in folder */
} Scratch;

/* Makes an empty folder; path names no file yet. */
void scratch_init(Scratch *scratch);

/* Removes the folder with all that is in it. */
void scratch_clear(Scratch *scratch);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Scratch, scratch_clear)

/* path with suffix; given. */
char *scratch_dup_beside(const Scratch *scratch, const char *suffix);

/* Opens and asserts that it went well; given. */
sqlite3 *scratch_open(const char *path, RollDatabaseMode mode);

/* Makes a database of ours with n_values rows of 500 bytes in the table value, and closes it. */
void scratch_make(const char *path, unsigned n_values);

/* Asserts that path cannot be opened, for the reason code, with told in the message. */
void scratch_assert_refused(const char *path, RollDatabaseMode mode, RollDatabaseError code,
			    const char *told);

/* Runs sql on any file, by SQLite alone. */
void scratch_run_raw(const char *path, const char *sql);

/* Runs sql and asserts that it went well. */
void scratch_run(sqlite3 *db, const char *sql);

/* The one number that sql gives. */
gint64 scratch_ask(sqlite3 *db, const char *sql);

/* The whole file; given. */
GBytes *scratch_read(const char *path);
