/* SPDX-License-Identifier: MIT */
#include "protocol/database.h"

#include "protocol/database-inspect.h"
#include "protocol/database-lock.h"
#include "protocol/database-migrate.h"
#include "protocol/database-steps.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

enum {
	BUSY_MS = 5000,
	CHECK_MAX_BYTES =
		64 * 1024 * 1024, /* beyond it a check would hold up the start for seconds */
};

#define SYSTEM_PATH "/var/lib/rollerd/rollerd.db"

G_DEFINE_QUARK(roll_database_error, roll_database_error)

char *
roll_database_dup_default_path(gboolean is_system)
{
	if (is_system)
		return g_strdup(SYSTEM_PATH);
	return g_build_filename(g_get_user_data_dir(), "rollerd", "rollerd.db", NULL);
}

static goffset
find_size(const char *path, const char *suffix)
{
	g_autofree char *full = g_strconcat(path, suffix, NULL);
	GStatBuf about;

	return g_stat(full, &about) == 0 ? about.st_size : 0;
}

static gboolean
check_is_file(const char *path, gboolean *ret_exists, GError **error)
{
	GStatBuf about;

	if (g_stat(path, &about) < 0) {
		*ret_exists = FALSE;
		if (errno == ENOENT || errno == ENOTDIR)
			return TRUE;
		g_set_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_FAILED,
			    "cannot open the database %s: %s", path, g_strerror(errno));
		return FALSE;
	}
	*ret_exists = TRUE;
	/* SQLite takes a file of a single byte for an empty one, and would write over it. */
	if (!S_ISREG(about.st_mode) || about.st_size == 1) {
		g_set_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_NOT_OURS,
			    "%s is not a rollerd database: %s", path,
			    S_ISREG(about.st_mode) ? "it is one byte long" : "it is not a file");
		return FALSE;
	}
	return TRUE;
}

static sqlite3 *
connect_to(const char *path, const char *name, int flags, GError **error)
{
	g_autoptr(sqlite3) db = NULL;

	/* One thread uses a connection: it needs no locks inside. */
	if (sqlite3_open_v2(name, &db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
		roll_database_fail_at(db, path, error, "cannot open the database");
		return NULL;
	}
	sqlite3_busy_timeout(db, BUSY_MS);
	return g_steal_pointer(&db);
}

/* Where nothing may be written beside the file, SQLite cannot share it with a writer. Without a log of
 * changes there is no writer, and the file itself is all there is. */
static sqlite3 *
connect_alone(const char *path, GError **error)
{
	if (find_size(path, "-wal") > 0) {
		g_set_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_FAILED,
			    "cannot open the database %s: its last changes are in %s-wal, which "
			    "needs a "
			    "folder that may be written: copy both files to one",
			    path, path);
		return NULL;
	}

	g_autofree char *uri = g_filename_to_uri(path, NULL, error);
	if (!uri)
		return NULL;

	g_autofree char *name = g_strconcat(uri, "?immutable=1", NULL);
	return connect_to(path, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
}

static gboolean
is_barred(sqlite3 *db)
{
	int code = sqlite3_errcode(db);

	return code == SQLITE_CANTOPEN || code == SQLITE_READONLY;
}

static gboolean
run(sqlite3 *db, const char *sql, const char *tried, GError **error)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return roll_database_fail(db, error, tried);
	return TRUE;
}

/* To a reader; the file stays as it is. */
static gboolean
show_as_current(sqlite3 *db, GError **error)
{
	const char *tried = "cannot read the older database";
	int version = 0;

	if (!roll_database_read_number(db, "PRAGMA user_version", tried, &version, error))
		return FALSE;
	return version >= ROLL_DATABASE_VERSION ||
	       (run(db, "PRAGMA temp_store = MEMORY", tried, error) &&
		run(db, roll_database_views[version - 1], tried, error));
}

static sqlite3 *
open_reader(const char *path, GError **error)
{
	g_autoptr(GError) barred = NULL;
	RollFound found = ROLL_FOUND_NOTHING;
	g_autoptr(sqlite3) db = connect_to(path, path, SQLITE_OPEN_READONLY, error);

	if (!db)
		return NULL;
	if (!roll_database_inspect(db, &found, &barred)) {
		if (!is_barred(db)) {
			g_propagate_error(error, g_steal_pointer(&barred));
			return NULL;
		}
		g_clear_pointer(&db, sqlite3_close);
		db = connect_alone(path, error);
		if (!db || !roll_database_inspect(db, &found, error))
			return NULL;
	}
	if (found == ROLL_FOUND_NOTHING) {
		g_set_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_ABSENT,
			    "the database %s is empty: rollerd has not recorded anything in it",
			    path);
		return NULL;
	}
	/* What is read is mostly read once, in order: room for more pages costs more than reading some of them again. */
	return run(db, "PRAGMA cache_size = -256", "cannot read the database", error) &&
			       show_as_current(db, error)
		       ? g_steal_pointer(&db)
		       : NULL;
}

static void
release_lock(void *lock_fd)
{
	close(GPOINTER_TO_INT(lock_fd));
}

static void
tell_locked(sqlite3_context *context, int n_arguments, sqlite3_value **arguments)
{
	(void)n_arguments; /* the signature is SQLite's */
	(void)arguments;
	sqlite3_result_int(context, 1);
}

/* The connection owns the lock, as what belongs to a function of its SQL: SQLite lets go of it last of all. */
static gboolean
hold_lock(sqlite3 *db, int lock_fd, GError **error)
{
	if (sqlite3_create_function_v2(db, "roll_is_locked", 0, SQLITE_UTF8,
				       GINT_TO_POINTER(lock_fd), tell_locked, NULL, NULL,
				       release_lock) != SQLITE_OK)
		return roll_database_fail(db, error, "cannot hold the lock of the database");
	return TRUE;
}

static gboolean
make_folder(const char *path, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);

	if (g_mkdir_with_parents(folder, 0700) < 0) {
		g_set_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_FAILED,
			    "cannot make the folder of the database %s: %s", path,
			    g_strerror(errno));
		return FALSE;
	}
	return TRUE;
}

/* A look through a connection that cannot write: a file of another program, or of a newer one, stays as it
 * is to the byte, with its log of changes. */
static gboolean
look_first(const char *path, GError **error)
{
	g_autoptr(GError) fault = NULL;
	RollFound found;
	g_autoptr(sqlite3) db = connect_to(path, path, SQLITE_OPEN_READONLY, error);

	if (!db)
		return FALSE;
	/* Barred: only a writer can read it, after a crash in mid-write. It is inspected again. */
	if (roll_database_inspect(db, &found, &fault) || is_barred(db))
		return TRUE;
	g_propagate_error(error, g_steal_pointer(&fault));
	return FALSE;
}

static gboolean
make_tables(sqlite3 *db, GError **error)
{
	const char *tried = "cannot make the database";

	if (!run(db, "BEGIN IMMEDIATE", tried, error))
		return FALSE;
	if (run(db, roll_schema_sql, tried, error) && run(db, "COMMIT", tried, error))
		return TRUE;
	/* May have been rolled back already (full disk): then this does nothing. */
	sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	return FALSE;
}

static gboolean
bring_up_to_date(sqlite3 *db, gboolean is_unclean, GError **error)
{
	const char *tried = "cannot set up the database";
	RollFound found;

	if (!roll_database_inspect(db, &found, error))
		return FALSE;
	if (sqlite3_db_readonly(db, "main") == 1) {
		g_set_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_FAILED,
			    "cannot write the database %s: it may only be read; its owner and mode "
			    "must "
			    "let rollerd write it",
			    sqlite3_db_filename(db, "main"));
		return FALSE;
	}
	if (!run(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", tried, error))
		return FALSE;
	if (found == ROLL_FOUND_NOTHING && !make_tables(db, error))
		return FALSE;
	if (is_unclean && !roll_database_check_whole(db, error))
		return FALSE;
	return roll_database_migrate(db, roll_database_steps, ROLL_DATABASE_VERSION, error) &&
	       run(db, "PRAGMA foreign_keys = ON", tried, error);
}

static sqlite3 *
open_writer(const char *path, gboolean exists, GError **error)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	/* The last writer to close clears the log of changes away: one that is left tells of a crash. */
	gboolean is_unclean = find_size(path, "-wal") > 0 && find_size(path, "") < CHECK_MAX_BYTES;

	if (exists ? !look_first(path, error) : !make_folder(path, error))
		return NULL;

	int lock_fd = roll_database_take_lock(path, error);
	if (lock_fd < 0)
		return NULL;

	g_autoptr(sqlite3) db = connect_to(path, path, flags, error);
	if (!db) {
		close(lock_fd);
		return NULL;
	}
	if (!hold_lock(db, lock_fd, error) || !bring_up_to_date(db, is_unclean, error))
		return NULL;
	return g_steal_pointer(&db);
}

static gboolean
begin_to_edit(sqlite3 *db, GError **error)
{
	const char *tried = "cannot write the database";

	if (sqlite3_db_readonly(db, "main") == 1) {
		g_set_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_FAILED,
			    "cannot write the database %s: it may only be read; its owner may "
			    "change it (the system's: sudo)",
			    sqlite3_db_filename(db, "main"));
		return FALSE;
	}
	return run(db, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON", tried, error);
}

/* The file as it is, if it is of this version; NULL without error: it is not there yet, or older. */
static sqlite3 *
open_current(const char *path, GError **error)
{
	RollFound found;
	int version = 0;
	g_autoptr(sqlite3) db = connect_to(path, path, SQLITE_OPEN_READWRITE, error);

	if (!db || !roll_database_inspect(db, &found, error))
		return NULL;
	if (found == ROLL_FOUND_NOTHING ||
	    !roll_database_read_number(db, "PRAGMA user_version", "cannot read", &version, error) ||
	    version < ROLL_DATABASE_VERSION)
		return NULL;
	return begin_to_edit(db, error) ? g_steal_pointer(&db) : NULL;
}

static sqlite3 *
open_editor(const char *path, gboolean exists, GError **error)
{
	g_autoptr(GError) fault = NULL;
	g_autoptr(sqlite3) db = exists ? open_current(path, &fault) : NULL;

	if (db)
		return g_steal_pointer(&db);
	if (fault) {
		g_propagate_error(error, g_steal_pointer(&fault));
		return NULL;
	}
	/* A writer makes it what it has to be, and leaves. */
	db = open_writer(path, exists, error);
	if (!db)
		return NULL;
	g_clear_pointer(&db, sqlite3_close);
	return open_current(path, error);
}

sqlite3 *
roll_database_open(const char *path, RollDatabaseMode mode, GError **error)
{
	g_autofree char *resolved = roll_database_resolve(path);
	gboolean exists = FALSE;

	if (!check_is_file(resolved, &exists, error))
		return NULL;
	if (mode == ROLL_DATABASE_WRITER)
		return open_writer(resolved, exists, error);
	if (mode == ROLL_DATABASE_EDITOR)
		return open_editor(resolved, exists, error);
	if (!exists) {
		g_set_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_ABSENT,
			    "there is no database %s", resolved);
		return NULL;
	}
	return open_reader(resolved, error);
}
