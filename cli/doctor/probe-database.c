/* SPDX-License-Identifier: MIT */
#include "cli/carry/carry.h"
#include "cli/doctor/probe-parts.h"

#include <glib/gstdio.h>
#include <grp.h>
#include <pwd.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum {
	NAME_BYTES = 4096,
	MOST_GROUPS = 1024,
};

/* Who ends a check in time, from a thread of its own: SQLite 3.40 calls no progress handler while it walks a tree. */
typedef struct {
	sqlite3 *db;
	gint64 until_us; /* by the monotonic clock */
	GMutex mutex;	 /* holds the rest */
	GCond is_changed;
	gboolean is_done, is_over;
} Watch;

static gpointer
watch(gpointer data)
{
	Watch *watched = data;
	g_mutex_lock(&watched->mutex);
	while (!watched->is_done && !watched->is_over)
		watched->is_over = !g_cond_wait_until(&watched->is_changed, &watched->mutex,
						      watched->until_us);
	if (watched->is_over && !watched->is_done)
		sqlite3_interrupt(watched->db);
	g_mutex_unlock(&watched->mutex);
	return NULL;
}

/* Steps a statement until its time is over. FALSE: it was; what it tells then means nothing. */
static gboolean
step_in_time(sqlite3_stmt *statement, int *ret_result)
{
	Watch watched = {.db = sqlite3_db_handle(statement),
			 .until_us = g_get_monotonic_time() +
				     ROLLSTAT_REPLY_WITHIN_S * (gint64)G_USEC_PER_SEC};
	g_mutex_init(&watched.mutex);
	g_cond_init(&watched.is_changed);
	GThread *watcher = g_thread_new("watch", watch, &watched);
	*ret_result = sqlite3_step(statement);
	g_mutex_lock(&watched.mutex);
	watched.is_done = TRUE;
	g_cond_signal(&watched.is_changed);
	g_mutex_unlock(&watched.mutex);
	g_thread_join(watcher);
	g_cond_clear(&watched.is_changed);
	g_mutex_clear(&watched.mutex);
	return !watched.is_over;
}

static gint64
read_number(sqlite3 *db, const char *sql)
{
	g_autoptr(sqlite3_stmt) statement = NULL;
	if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK ||
	    sqlite3_step(statement) != SQLITE_ROW)
		return 0;
	return sqlite3_column_int64(statement, 0);
}

static void
check(sqlite3 *db, RollstatDatabaseFacts *facts)
{
	g_autoptr(sqlite3_stmt) statement = NULL;
	int result = sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &statement, NULL);
	if (result == SQLITE_OK && !step_in_time(statement, &result))
		return;
	facts->is_checked = TRUE;
	if (result != SQLITE_ROW) {
		facts->damage = g_strdup(sqlite3_errmsg(db));
		return;
	}
	const char *verdict = (const char *)sqlite3_column_text(statement, 0);
	/* The finding stands in the last line, below a headline. */
	const char *headline_end = verdict != NULL ? strrchr(verdict, '\n') : NULL;
	if (g_strcmp0(verdict, "ok") != 0)
		facts->damage = g_strdup(headline_end != NULL ? headline_end + 1 : verdict);
}

static void
read_sensor(sqlite3 *db, RollstatDatabaseFacts *facts)
{
	g_autoptr(sqlite3_stmt) statement = NULL;
	if (sqlite3_prepare_v2(db,
			       "SELECT coalesce(name, address), last_us FROM sensor "
			       "ORDER BY last_us DESC LIMIT 1",
			       -1, &statement, NULL) != SQLITE_OK ||
	    sqlite3_step(statement) != SQLITE_ROW)
		return;
	facts->heard = g_strdup((const char *)sqlite3_column_text(statement, 0));
	facts->heard_us = sqlite3_column_int64(statement, 1);
}

/* The newest of all that can be put back. Returns when it was made; 0: it is not there. */
static gint64
take_kept(const char *path, RollstatDatabaseFacts *facts)
{
	GStatBuf about;
	if (g_stat(path, &about) != 0 || !S_ISREG(about.st_mode))
		return 0;
	gint64 made_us = (gint64)about.st_mtime * G_USEC_PER_SEC;
	if (facts->kept == NULL || made_us > facts->kept_us) {
		g_free(facts->kept);
		facts->kept = g_strdup(path);
		facts->kept_us = made_us;
	}
	return made_us;
}

/* The file of the last one, wherever the person put it. */
static void
read_backup(sqlite3 *db, RollstatDatabaseFacts *facts)
{
	g_autoptr(sqlite3_stmt) statement = NULL;
	if (sqlite3_prepare_v2(db, "SELECT value FROM choice WHERE name = 'backup_path'", -1,
			       &statement, NULL) == SQLITE_OK &&
	    sqlite3_step(statement) == SQLITE_ROW)
		(void)take_kept((const char *)sqlite3_column_text(statement, 0), facts);
}

static void
read_contents(RollstatDatabaseFacts *facts)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(sqlite3) db = roll_database_open(facts->path, ROLL_DATABASE_READER, &error);
	if (db == NULL) {
		facts->open_fault = g_strdup(error->message);
		facts->code = (RollDatabaseError)error->code;
		return;
	}
	facts->version = (int)read_number(db, "PRAGMA user_version");
	facts->n_sessions = read_number(db, "SELECT count(*) FROM session");
	facts->last_us = read_number(db, "SELECT max(end_us) FROM session");
	facts->backup_us = read_number(
		db, "SELECT CAST(value AS INTEGER) FROM choice WHERE name = 'backup_us'");
	read_sensor(db, facts);
	read_backup(db, facts);
	check(db, facts);
}

/* Copies that a migration made: PATH.v3.bak. */
static void
look_for_copies(const char *folder, RollstatDatabaseFacts *facts)
{
	g_autofree char *name = g_path_get_basename(facts->path);
	g_autofree char *prefix = g_strdup_printf("%s.v", name);
	g_autoptr(GDir) entries = g_dir_open(folder, 0, NULL);
	for (const char *entry; entries != NULL && (entry = g_dir_read_name(entries)) != NULL;) {
		g_autofree char *path = g_build_filename(folder, entry, NULL);
		if (g_str_has_prefix(entry, prefix) && g_str_has_suffix(entry, ".bak"))
			facts->copy_us = MAX(facts->copy_us, take_kept(path, facts));
	}
}

/* Where rollstat backup puts them, unless a file is named: a database that is damaged may not say any more. */
static void
look_for_backups(const char *folder, RollstatDatabaseFacts *facts)
{
	g_autofree char *backups = g_build_filename(folder, "backups", NULL);
	g_autoptr(GDir) entries = g_dir_open(backups, 0, NULL);
	if (g_file_test(backups, G_FILE_TEST_IS_DIR) && access(backups, R_OK | X_OK) != 0)
		facts->hidden = g_strdup(backups);
	for (const char *entry; entries != NULL && (entry = g_dir_read_name(entries)) != NULL;) {
		g_autofree char *path = g_build_filename(backups, entry, NULL);
		if (rollstat_carry_is_backup_name(entry, facts->path))
			(void)take_kept(path, facts);
	}
}

/* Root reads all; others by their group, which they have since they logged in. */
static gboolean
is_member(void)
{
	struct group entry, *found = NULL;
	char buffer[NAME_BYTES];
	gid_t groups[MOST_GROUPS];
	if (geteuid() == 0)
		return TRUE;
	if (getgrnam_r("rollerd", &entry, buffer, sizeof buffer, &found) != 0 || found == NULL)
		return FALSE;
	int n_groups = getgroups(MOST_GROUPS, groups);
	for (int i = 0; i < n_groups; i++)
		if (groups[i] == found->gr_gid)
			return TRUE;
	return getegid() == found->gr_gid;
}

/* Whether the user rollerd may write it: it owns what it made, and makes what is not there in a folder of its own. */
static gboolean
may_daemon_write(const char *path)
{
	char buffer[NAME_BYTES];
	struct passwd entry, *found = NULL;
	GStatBuf about;
	if (getpwnam_r("rollerd", &entry, buffer, sizeof buffer, &found) != 0 || found == NULL)
		return access(path, W_OK) == 0;
	if (g_stat(path, &about) != 0)
		return FALSE;
	return about.st_uid == found->pw_uid ? (about.st_mode & S_IWUSR) != 0
					     : (about.st_mode & S_IWOTH) != 0;
}

static gboolean
may_write(gboolean is_system, const char *path)
{
	return is_system ? may_daemon_write(path) : access(path, W_OK) == 0;
}

/* The nearest folder above it that is there; given. */
static char *
find_folder(const char *path)
{
	char *folder = g_path_get_dirname(path);
	while (!g_file_test(folder, G_FILE_TEST_IS_DIR) && strlen(folder) > 1) {
		char *above = g_path_get_dirname(folder);
		g_free(folder);
		folder = above;
	}
	return folder;
}

void
rollstat_probe_database(RollstatDatabaseFacts *facts)
{
	g_autofree char *folder = find_folder(facts->path);
	g_autofree char *changes = g_strconcat(facts->path, "-wal", NULL);
	struct statvfs disk;
	GStatBuf about;
	gboolean has_disk = statvfs(folder, &disk) == 0;
	facts->is_there = g_stat(facts->path, &about) == 0;
	facts->n_bytes = facts->is_there ? about.st_size : 0;
	if (g_stat(changes, &about) == 0)
		facts->n_bytes += about.st_size;
	facts->free_bytes = has_disk ? (gint64)(disk.f_bavail * disk.f_frsize) : -1;
	facts->is_writable = may_write(facts->is_system, facts->path) &&
			     may_write(facts->is_system, folder) &&
			     (!has_disk || (disk.f_flag & ST_RDONLY) == 0);
	facts->is_readable = access(facts->path, R_OK) == 0;
	facts->is_member = is_member();
	look_for_copies(folder, facts);
	look_for_backups(folder, facts);
	read_contents(facts);
}
