/* SPDX-License-Identifier: MIT */
#include "cli/verb.h"
#include "cli/history/devices.h"

#include "cli/usage.h"

#include <unistd.h>

char *
rollstat_run_dup_database_path(const RollstatRun *run)
{
	if (run->database != NULL)
		return g_strdup(run->database);
	g_autofree char *own = roll_database_dup_default_path(run->is_system);
	g_autofree char *system = roll_database_dup_default_path(TRUE);
	gboolean is_there = g_file_test(own, G_FILE_TEST_EXISTS);
	return is_there || access(system, R_OK) != 0 ? g_steal_pointer(&own)
						     : g_steal_pointer(&system);
}

sqlite3 *
rollstat_run_open_database(const RollstatRun *run, GError **error)
{
	g_autofree char *path = rollstat_run_dup_database_path(run);
	g_autoptr(sqlite3) db = roll_database_open(path, ROLL_DATABASE_READER, error);
	if (db == NULL || !rollstat_history_begin(db, error))
		return NULL;
	return g_steal_pointer(&db);
}

char *
rollstat_run_dup_sensor(const RollstatRun *run, const char *word)
{
	g_autoptr(sqlite3) db = word != NULL ? rollstat_run_open_database(run, NULL) : NULL;
	g_autofree char *address = db != NULL ? rollstat_devices_dup_address(db, word) : NULL;
	return address != NULL ? g_steal_pointer(&address) : g_strdup(word);
}

sqlite3 *
rollstat_run_edit_database(const RollstatRun *run, GError **error)
{
	g_autofree char *path = rollstat_run_dup_database_path(run);
	return roll_database_open(path, ROLL_DATABASE_EDITOR, error);
}

gboolean
rollstat_run_refuse(const RollstatRun *run, GError **error)
{
	return rollstat_usage_fail(error, _("write it as: rollstat %s"), run->verb->usage);
}
