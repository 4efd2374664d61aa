/* SPDX-License-Identifier: MIT */
#include "protocol/database-inspect.h"

#include <errno.h>
#include <string.h>

#define ADVICE_DAMAGED "keep a copy of it, and save what can be read with sqlite3's .recover"

enum {
	APPLICATION_ID = 0x526f6c6c, /* "Roll", as schema.sql sets it */
};

static RollDatabaseError
find_code(int primary, int system_errno)
{
	switch (primary) {
	case SQLITE_FULL:
		return ROLL_DATABASE_ERROR_FULL;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ROLL_DATABASE_ERROR_LOCKED;
	case SQLITE_NOTADB:
	case SQLITE_CORRUPT:
		return ROLL_DATABASE_ERROR_DAMAGED;
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
		/* A quota, or no room for the shared memory file: SQLite does not call these full. */
		return system_errno == ENOSPC || system_errno == EDQUOT
			       ? ROLL_DATABASE_ERROR_FULL
			       : ROLL_DATABASE_ERROR_FAILED;
	default:
		return ROLL_DATABASE_ERROR_FAILED;
	}
}

gboolean
roll_database_fail_at(sqlite3 *db, const char *path, GError **error, const char *tried)
{
	int primary = sqlite3_errcode(db);
	int system_errno = db ? sqlite3_system_errno(db) : 0;
	RollDatabaseError code = find_code(primary, system_errno);
	const char *reason = NULL;

	if (code == ROLL_DATABASE_ERROR_DAMAGED)
		reason = ADVICE_DAMAGED;
	else if (system_errno != 0 && (primary == SQLITE_CANTOPEN || primary == SQLITE_IOERR))
		reason = g_strerror(system_errno);
	g_set_error(error, ROLL_DATABASE_ERROR, (int)code, "%s %s: %s%s%s", tried, path,
		    sqlite3_errmsg(db), reason ? ": " : "", reason ? reason : "");
	return FALSE;
}

gboolean
roll_database_fail(sqlite3 *db, GError **error, const char *tried)
{
	return roll_database_fail_at(db, sqlite3_db_filename(db, "main"), error, tried);
}

gboolean
roll_database_read_number(sqlite3 *db, const char *sql, const char *tried, int *ret_number,
			  GError **error)
{
	g_autoptr(sqlite3_stmt) statement = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
		return roll_database_fail(db, error, tried);

	int result = sqlite3_step(statement);
	if (result != SQLITE_ROW && result != SQLITE_DONE)
		return roll_database_fail(db, error, tried);
	*ret_number = result == SQLITE_ROW ? sqlite3_column_int(statement, 0) : 0;
	return TRUE;
}

static gboolean
check_version(const char *path, int version, GError **error)
{
	if (version > ROLL_DATABASE_VERSION) {
		g_set_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_TOO_NEW,
			    "%s has schema version %d, this program knows none above %d: "
			    "use the newer rollerd that wrote it",
			    path, version, ROLL_DATABASE_VERSION);
		return FALSE;
	}
	if (version < 1) {
		g_set_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_DAMAGED,
			    "%s is damaged: its schema version is %d, 1 to %d would be right", path,
			    version, ROLL_DATABASE_VERSION);
		return FALSE;
	}
	return TRUE;
}

/* Those that every version has. */
static gboolean
check_tables(sqlite3 *db, GError **error)
{
	const char *sql = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN "
			  "('sensor', 'recording', 'value', 'session')";
	int n_tables = 0;

	if (!roll_database_read_number(db, sql, "cannot read", &n_tables, error))
		return FALSE;
	if (n_tables < 4) {
		g_set_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_DAMAGED,
			    "%s is damaged: tables are missing in it: " ADVICE_DAMAGED,
			    sqlite3_db_filename(db, "main"));
		return FALSE;
	}
	return TRUE;
}

gboolean
roll_database_inspect(sqlite3 *db, RollFound *ret_found, GError **error)
{
	const char *path = sqlite3_db_filename(db, "main");
	int application = 0, version = 0, n_objects = 0;

	if (!roll_database_read_number(db, "PRAGMA application_id", "cannot open", &application,
				       error) ||
	    !roll_database_read_number(db, "PRAGMA user_version", "cannot open", &version, error) ||
	    !roll_database_read_number(db, "SELECT count(*) FROM sqlite_schema", "cannot open",
				       &n_objects, error)) {
		if (sqlite3_errcode(db) == SQLITE_NOTADB) {
			g_clear_error(error);
			g_set_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_NOT_OURS,
				    "%s is not a rollerd database: %s", path, sqlite3_errmsg(db));
		}
		return FALSE;
	}
	if (application == 0 && version == 0 && n_objects == 0) {
		*ret_found = ROLL_FOUND_NOTHING;
		return TRUE;
	}
	if (application != APPLICATION_ID) {
		g_set_error(
			error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_NOT_OURS,
			"%s is not a rollerd database: it is of another program (application id "
			"0x%08x, 0x%08x would be right)",
			path, (unsigned)application, (unsigned)APPLICATION_ID);
		return FALSE;
	}
	*ret_found = ROLL_FOUND_OURS;
	return check_version(path, version, error) && check_tables(db, error);
}

gboolean
roll_database_check_whole(sqlite3 *db, GError **error)
{
	g_autoptr(sqlite3_stmt) statement = NULL;
	const char *tried = "cannot check the database";

	if (sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &statement, NULL) != SQLITE_OK ||
	    sqlite3_step(statement) != SQLITE_ROW)
		return roll_database_fail(db, error, tried);

	const char *verdict = (const char *)sqlite3_column_text(statement, 0);
	if (g_strcmp0(verdict, "ok") == 0)
		return TRUE;

	/* The finding stands in the last line, below a headline. */
	const char *headline_end = verdict ? strrchr(verdict, '\n') : NULL;
	g_set_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_DAMAGED,
		    "%s is damaged: %s: %s", sqlite3_db_filename(db, "main"),
		    headline_end ? headline_end + 1 : verdict, ADVICE_DAMAGED);
	return FALSE;
}
