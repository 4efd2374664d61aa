/* SPDX-License-Identifier: MIT */
#include "cli/people/home.h"

#include "cli/sensor/config-store.h"

#include <math.h>

static gboolean
has_database(const RollstatStatus *status, const char *database)
{
	g_autofree char *its = g_canonicalize_filename(status->database, NULL);
	g_autofree char *ours = g_canonicalize_filename(database, NULL);
	return *status->configuration != '\0' && g_str_equal(its, ours);
}

char *
rollstat_home_dup_config_path(const char *database)
{
	g_autofree char *system = roll_database_dup_default_path(TRUE);
	return g_str_equal(database, system)
		       ? g_strdup("/etc/rollerd/rollerd.conf")
		       : g_build_filename(g_get_user_config_dir(), "rollerd", "rollerd.conf", NULL);
}

void
rollstat_home_find(const RollstatRun *run, RollstatHome *ret_home)
{
	RollstatStatus *status = rollstat_status_fetch(run->is_system, NULL);
	ret_home->database = rollstat_run_dup_database_path(run);
	gboolean is_ours = status != NULL && has_database(status, ret_home->database);
	ret_home->status = is_ours ? status : NULL;
	ret_home->other = is_ours ? NULL : status;
	ret_home->configuration = ret_home->status != NULL
					  ? g_strdup(ret_home->status->configuration)
					  : rollstat_home_dup_config_path(ret_home->database);
}

gboolean
rollstat_home_has_config(const RollstatHome *home)
{
	g_autofree char *ours = g_canonicalize_filename(home->database, NULL);
	g_autofree char *own = roll_database_dup_default_path(FALSE);
	g_autofree char *system = roll_database_dup_default_path(TRUE);
	return home->status != NULL || g_str_equal(ours, own) || g_str_equal(ours, system) ||
	       !g_file_test(own, G_FILE_TEST_EXISTS);
}

void
rollstat_home_clear(RollstatHome *home)
{
	g_clear_pointer(&home->database, g_free);
	g_clear_pointer(&home->configuration, g_free);
	g_clear_pointer(&home->status, rollstat_status_free);
	g_clear_pointer(&home->other, rollstat_status_free);
}

char *
rollstat_home_dup_config_person(const RollstatRun *run, GError **error)
{
	g_auto(RollstatHome) home = {0};
	rollstat_home_find(run, &home);
	g_autoptr(RollstatConfig) config = rollstat_config_load(home.configuration, error);
	return config != NULL ? g_strdup(rollstat_people_get_config_name(config)) : NULL;
}

RollstatPeople *
rollstat_home_load_people(const RollstatHome *home, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autoptr(RollstatConfig) config = rollstat_config_load(home->configuration, error);
	if (config == NULL)
		return NULL;
	g_autoptr(sqlite3) db = roll_database_open(home->database, ROLL_DATABASE_READER, &cause);
	if (db == NULL &&
	    !g_error_matches(cause, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_ABSENT)) {
		g_propagate_error(error, g_steal_pointer(&cause));
		return NULL;
	}
	return rollstat_people_load(db, config, error);
}

sqlite3 *
rollstat_home_edit(const RollstatHome *home, GError **error)
{
	return roll_database_open(home->database, ROLL_DATABASE_EDITOR, error);
}

gboolean
rollstat_home_store(const RollstatHome *home, const char *key, const char *value, GError **error)
{
	const RollstatValue entry = {"person", key, value};
	return rollstat_config_store(home->configuration, home->status, &entry, error);
}

static gboolean
store_number(const RollstatHome *home, const char *key, double number, GError **error)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];
	/* With one digit, as people write it, but never less exact than it was said. */
	g_ascii_formatd(text, sizeof text, "%.1f", number);
	if (!isnan(number) && g_ascii_strtod(text, NULL) != number)
		g_ascii_formatd(text, sizeof text, "%.10g", number);
	return isnan(number) || rollstat_home_store(home, key, text, error);
}

void
rollstat_home_apply(const RollstatHome *home)
{
	if (home->status != NULL)
		(void)rollstat_config_reload(home->status, NULL); /* then the next session has it */
}

gboolean
rollstat_home_put_person(const RollstatHome *home, const RollstatPerson *person, gint64 now_us,
			 GError **error)
{
	if (person->is_config && !person->is_stored && rollstat_home_has_config(home))
		return store_number(home, "spine_cm", person->spine_cm, error) &&
		       store_number(home, "stature_cm", person->stature_cm, error) &&
		       store_number(home, "weight_kg", person->weight_kg, error);
	g_autoptr(sqlite3) db = rollstat_home_edit(home, error);
	if (db == NULL || !rollstat_people_put(db, person, now_us, error))
		return FALSE;
	rollstat_home_apply(home);
	return TRUE;
}
