/* SPDX-License-Identifier: MIT */
#include "protocol/database-migrate.h"

#include "protocol/database-inspect.h"

#include <assert.h>
#include <errno.h>
#include <glib/gstdio.h>

static gboolean
run(sqlite3 *db, const char *sql, const char *tried, GError **error)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return roll_database_fail(db, error, tried);
	return TRUE;
}

static gboolean
copy_all(sqlite3 *db, const char *copy_path, GError **error)
{
	g_autoptr(sqlite3) copy = NULL;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;

	if (sqlite3_open_v2(copy_path, &copy, flags, NULL) != SQLITE_OK)
		return roll_database_fail_at(copy, copy_path, error, "cannot open the backup");

	sqlite3_backup *backup = sqlite3_backup_init(copy, "main", db, "main");
	if (!backup)
		return roll_database_fail(copy, error, "cannot begin the backup");

	int stepped = sqlite3_backup_step(backup, -1);
	/* The result of a step stays in copy. */
	if (sqlite3_backup_finish(backup) != SQLITE_OK || stepped != SQLITE_DONE)
		return roll_database_fail(copy, error, "cannot write the backup");
	return TRUE;
}

static gboolean
back_up(sqlite3 *db, int version, GError **error)
{
	const char *path = sqlite3_db_filename(db, "main");
	g_autofree char *backup_path = g_strdup_printf("%s.v%d.bak", path, version);
	g_autofree char *half_path = g_strdup_printf("%s.half", backup_path);

	(void)g_unlink(half_path); /* of an attempt that was killed; mostly there is none */
	if (!copy_all(db, half_path, error)) {
		(void)g_unlink(half_path); /* the error is already told */
		return FALSE;
	}
	if (g_rename(half_path, backup_path) < 0) {
		g_set_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_FAILED,
			    "cannot put the backup at %s: %s", backup_path, g_strerror(errno));
		return FALSE;
	}
	return TRUE;
}

static gboolean
check_references(sqlite3 *db, const char *tried, GError **error)
{
	int n_broken = 0;

	if (!roll_database_read_number(db, "SELECT count(*) FROM pragma_foreign_key_check", tried,
				       &n_broken, error))
		return FALSE;
	if (n_broken > 0) {
		g_set_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_FAILED,
			    "%s %s: %d rows would refer to nothing", tried,
			    sqlite3_db_filename(db, "main"), n_broken);
		return FALSE;
	}
	return TRUE;
}

/* Within a transaction. */
static gboolean
apply(sqlite3 *db, const char *step, int to_version, GError **error)
{
	g_autofree char *stamp = g_strdup_printf("PRAGMA user_version = %d", to_version);
	g_autofree char *tried =
		g_strdup_printf("cannot bring to schema version %d the database", to_version);

	return run(db, step, tried, error) && check_references(db, tried, error) &&
	       run(db, stamp, tried, error) && run(db, "COMMIT", tried, error);
}

static gboolean
take_step(sqlite3 *db, const char *step, int to_version, GError **error)
{
	if (!run(db, "BEGIN IMMEDIATE", "cannot begin to migrate", error))
		return FALSE;
	if (apply(db, step, to_version, error))
		return TRUE;
	/* May have been rolled back already (full disk): then this does nothing. */
	sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	return FALSE;
}

gboolean
roll_database_migrate(sqlite3 *db, const char *const *steps, int version, GError **error)
{
	int found = 0;

	if (!roll_database_read_number(db, "PRAGMA user_version", "cannot read", &found, error))
		return FALSE;
	if (found == version)
		return TRUE;
	assert(found >= 1 && found < version);
	if (!run(db, "PRAGMA foreign_keys = OFF", "cannot prepare to migrate", error) ||
	    !back_up(db, found, error))
		return FALSE;
	for (int from = found; from < version; from++) {
		assert(steps[from - 1]);
		if (!take_step(db, steps[from - 1], from + 1, error))
			return FALSE;
	}
	return TRUE;
}
