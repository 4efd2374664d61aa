/* SPDX-License-Identifier: MIT */
#include "cli/carry/database-copy.h"

#include "cli/carry/output.h"
#include "cli/history/history.h"
#include "protocol/database-inspect.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

enum {
	PAGES_AT_A_TIME = 256, /* 1 MiB */
	CHECK_STEPS = 100000,  /* of SQLite's machine between two looks whether to go on */
	BUSY_MS = 5000,
};

sqlite3 *
rollstat_copy_open(const char *path, GError **error)
{
	g_autoptr(sqlite3) db = roll_database_open(path, ROLL_DATABASE_READER, error);
	if (db == NULL || !rollstat_history_begin(db, error))
		return NULL;
	return g_steal_pointer(&db);
}

static int
look_whether_to_stop(void *user)
{
	return !rollstat_progress_step(user, _("Checking"), 0, 0, NULL);
}

gboolean
rollstat_copy_check(sqlite3 *db, const RollstatProgress *progress, GError **error)
{
	g_autoptr(GError) fault = NULL;
	sqlite3_progress_handler(db, CHECK_STEPS, progress != NULL ? look_whether_to_stop : NULL,
				 (void *)progress);
	gboolean is_well = roll_database_check_whole(db, &fault);
	sqlite3_progress_handler(db, 0, NULL, NULL);
	/* Of the two, the person's wish comes first. */
	if (!rollstat_progress_step(progress, _("Checking"), 0, 0, error))
		return FALSE;
	if (!is_well)
		g_propagate_error(error, g_steal_pointer(&fault));
	return is_well;
}

gboolean
rollstat_copy_count(sqlite3 *db, RollstatContents *ret_contents, GError **error)
{
	static const char sql[] =
		"SELECT count(*), coalesce(min(start_us), 0), coalesce(max(start_us), 0), "
		"(SELECT count(*) FROM exercise) FROM session";
	g_autoptr(sqlite3_stmt) statement = NULL;
	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK ||
	    sqlite3_step(statement) != SQLITE_ROW)
		return roll_database_fail(db, error, "cannot read");
	*ret_contents = (RollstatContents){
		.sessions = sqlite3_column_int64(statement, 0),
		.first_us = sqlite3_column_int64(statement, 1),
		.last_us = sqlite3_column_int64(statement, 2),
		.exercises = sqlite3_column_int64(statement, 3),
	};
	return TRUE;
}

/* One state of from goes over: it is being read all the while. */
static gboolean
copy_pages(sqlite3 *from, sqlite3 *to, const RollstatProgress *progress, const char *what,
	   GError **error)
{
	sqlite3_backup *copy = sqlite3_backup_init(to, "main", from, "main");
	if (copy == NULL)
		return roll_database_fail(to, error, "cannot copy to");
	gboolean is_wanted = TRUE;
	int result = SQLITE_OK;
	while (is_wanted && result == SQLITE_OK) {
		gint64 all = sqlite3_backup_pagecount(copy), left = sqlite3_backup_remaining(copy);
		is_wanted = rollstat_progress_step(progress, what, all - left, all, error);
		if (is_wanted)
			result = sqlite3_backup_step(copy, PAGES_AT_A_TIME);
	}
	/* What was not ended is rolled back. */
	int finished = sqlite3_backup_finish(copy);
	if (!is_wanted)
		return FALSE;
	return (result == SQLITE_DONE && finished == SQLITE_OK) ||
	       roll_database_fail(to, error, "cannot copy to");
}

static gboolean
connect_to(const char *path, sqlite3 **ret_db, GError **error)
{
	if (sqlite3_open_v2(path, ret_db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
		return roll_database_fail(*ret_db, error, "cannot write");
	sqlite3_busy_timeout(*ret_db, BUSY_MS);
	return TRUE;
}

/* A copy needs no log of changes beside it: it is read where nothing may be written, too. */
static gboolean
make_one_file(sqlite3 *db, GError **error)
{
	return sqlite3_exec(db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) == SQLITE_OK ||
	       roll_database_fail(db, error, "cannot write");
}

static gboolean
fill(sqlite3 *from, const char *fresh, const RollstatProgress *progress, const char *what,
     GError **error)
{
	g_autoptr(sqlite3) to = NULL;
	return connect_to(fresh, &to, error) && copy_pages(from, to, progress, what, error) &&
	       make_one_file(to, error) && rollstat_copy_check(to, progress, error);
}

static gboolean
make_durable(const char *fresh, const char *path, GError **error)
{
	rollstat_output_give(fresh);
	int fd = g_open(fresh, O_RDONLY | O_CLOEXEC, 0);
	gboolean is_synced = fd >= 0 && fsync(fd) == 0;
	int why = errno;
	if (fd >= 0)
		close(fd);
	if (is_synced && g_rename(fresh, path) == 0) {
		rollstat_output_sync_folder(path);
		return TRUE;
	}
	why = is_synced ? errno : why;
	g_set_error(error, G_IO_ERROR, g_io_error_from_errno(why), _("cannot write %s: %s"), path,
		    g_strerror(why));
	return FALSE;
}

static void
clear_away(const char *fresh)
{
	static const char *const suffixes[] = {"", "-journal", "-wal", "-shm"};
	for (guint i = 0; i < G_N_ELEMENTS(suffixes); i++) {
		g_autofree char *path = g_strconcat(fresh, suffixes[i], NULL);
		g_unlink(path);
	}
}

gboolean
rollstat_copy_to_file(sqlite3 *from, const char *path, const RollstatProgress *progress,
		      const char *what, GError **error)
{
	/* Signals are held back before there is anything to clear away. */
	if (!rollstat_progress_step(progress, what, 0, 0, error))
		return FALSE;
	g_autofree char *fresh = rollstat_output_make_beside(path, error);
	if (fresh == NULL)
		return FALSE;
	if (fill(from, fresh, progress, what, error) && make_durable(fresh, path, error))
		return TRUE;
	clear_away(fresh);
	return FALSE;
}

gboolean
rollstat_copy_into(sqlite3 *from, const char *path, const RollstatProgress *progress,
		   const char *what, GError **error)
{
	g_autoptr(sqlite3) to = NULL;
	return connect_to(path, &to, error) && copy_pages(from, to, progress, what, error);
}
