/* SPDX-License-Identifier: MIT
 *
 * The one way to open the database (schema.sql). It knows versions, not contents: whoever opens it
 * here may trust that the tables are those of ROLL_DATABASE_VERSION, or to a reader look like them.
 */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#define ROLL_DATABASE_VERSION 5

typedef enum {
	ROLL_DATABASE_READER, /* never writes; works on a read-only file system and beside a writer; columns that
			       * an older schema lacks are NULL, or 0 */
	ROLL_DATABASE_EDITOR, /* writes what the person said (schema.sql tells which tables), beside the one writer; makes
			       * the file where missing and migrates it where there is no writer */
	ROLL_DATABASE_WRITER, /* makes the file and its folder where missing, migrates an older schema */
} RollDatabaseMode;

typedef enum {
	ROLL_DATABASE_ERROR_ABSENT,   /* reader: there is no such file, or it is empty */
	ROLL_DATABASE_ERROR_NOT_OURS, /* not a database, or of another program */
	ROLL_DATABASE_ERROR_TOO_NEW,  /* a newer schema: the message names both versions */
	ROLL_DATABASE_ERROR_DAMAGED,  /* fails its check */
	ROLL_DATABASE_ERROR_LOCKED,   /* another writer has it */
	ROLL_DATABASE_ERROR_FULL,     /* no room on the disk */
	ROLL_DATABASE_ERROR_FAILED,   /* anything else: permission, I/O, ... */
} RollDatabaseError;

#define ROLL_DATABASE_ERROR (roll_database_error_quark())
GQuark roll_database_error_quark(void);

/* Opens path, for one thread. WAL, foreign keys on, waits up to 5 s for SQLite's locks. A writer commits durably
 * (synchronous = FULL) and is alone: a second one is refused as LOCKED until the first closes or its process
 * ends (the empty file PATH-lock beside the database stays, and means nothing by itself). An editor commits as durably; it
 * is refused as LOCKED where a writer of an older version has the file. A reader that
 * finds a folder where nothing may be written sees the file as it is then. A file is never changed unless
 * it is ours and not newer; a migration backs up first and runs one transaction a step. Returns a given
 * connection (sqlite3_close), or NULL and error: the message names the path and what would be right. */
sqlite3 *roll_database_open(const char *path, RollDatabaseMode mode, GError **error);

/* Sets error from the connection's last failure: "TRIED PATH: what SQLite says", with the fitting code
 * (FULL, LOCKED, DAMAGED, FAILED). Returns FALSE, for tail calls. */
gboolean roll_database_fail(sqlite3 *db, GError **error, const char *tried);

/* $XDG_DATA_HOME/rollerd/rollerd.db, or with is_system /var/lib/rollerd/rollerd.db; given. */
char *roll_database_dup_default_path(gboolean is_system);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(sqlite3, sqlite3_close_v2)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(sqlite3_stmt, sqlite3_finalize)
