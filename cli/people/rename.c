/* SPDX-License-Identifier: MIT */
#include "cli/people/rename.h"

#include "cli/history/query.h"
#include "cli/sensor/config-store.h"
#include "cli/usage.h"

/* ?1: the old name, ?2: the new one. count: where its rows are counted, in RollstatRenamed; -1: nowhere. */
typedef struct {
	const char *sql;
	gssize count;
} Step;

static const Step steps[] = {
	{"UPDATE session SET person = ?2 WHERE person = ?1 AND recording IN"
	 " (SELECT id FROM recording WHERE NOT is_open)",
	 -1},
	{"INSERT INTO amendment (recording, person) SELECT session.recording, ?2"
	 " FROM session JOIN recording ON recording.id = session.recording"
	 " WHERE is_open AND session.person = ?1"
	 " ON CONFLICT (recording) DO UPDATE"
	 " SET person = coalesce(amendment.person, excluded.person)",
	 -1},
	{"UPDATE recording SET person = ?2 WHERE person = ?1", -1},
	{"UPDATE amendment SET person = ?2 WHERE person = ?1", -1},
	{"UPDATE exercise SET person = ?2 WHERE person = ?1",
	 G_STRUCT_OFFSET(RollstatRenamed, movements)},
	{"UPDATE goal SET person = ?2 WHERE person = ?1", G_STRUCT_OFFSET(RollstatRenamed, goals)},
	{"UPDATE person SET name = ?2 WHERE name = ?1", -1},
	{"UPDATE choice SET value = ?2 WHERE name = 'person' AND value = ?1", -1},
};

/* Whether a name is there only because the configuration was given it: then the history of the one before goes over to it. */
static gboolean
is_mere_name(const RollstatPerson *other, const RollstatPerson *person)
{
	return other->is_config && !other->is_stored && other->records == 0 && other->goals == 0 &&
	       !person->is_stored;
}

gboolean
rollstat_rename_check(const RollstatHome *home, const RollstatPeople *people,
		      const RollstatPerson *person, const char *name, GError **error)
{
	if (!rollstat_people_check_name(name, error))
		return FALSE;
	const RollstatPerson *other = rollstat_people_find(people, name);
	if (g_str_equal(person->name, name))
		return rollstat_fail(error, _("%s is called so already"), name);
	if (other == NULL || other == person || is_mere_name(other, person))
		return TRUE;
	g_autofree char *word = rollstat_usage_dup_word(other->name);
	if (other->is_config)
		return rollstat_fail(error,
				     _("%s is there already: [person] of %s names them.\nA session "
				       "goes over by: "
				       "rollstat session N --person %s"),
				     other->name, home->configuration, word);
	return rollstat_fail(
		error,
		_("%s is there already. A session goes over by: rollstat session N "
		  "--person %s\nWhere nothing is theirs: rollstat person remove %s, and "
		  "then once more."),
		other->name, word, word);
}

static gboolean
run_step(sqlite3 *db, const Step *step, const char *const names[2], RollstatRenamed *renamed,
	 GError **error)
{
	gboolean failed;
	g_autoptr(sqlite3_stmt) statement = rollstat_query_prepare(db, step->sql, error);
	if (statement == NULL)
		return FALSE;
	sqlite3_bind_text(statement, 1, names[0], -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, names[1], -1, SQLITE_STATIC);
	(void)rollstat_query_step(statement, &failed, error); /* it gives no rows */
	if (failed)
		return FALSE;
	if (step->count >= 0)
		*(guint *)G_STRUCT_MEMBER_P(renamed, step->count) += (guint)sqlite3_changes(db);
	return TRUE;
}

/* config NULL: it does not name them. */
static gboolean
write_all(sqlite3 *db, const RollstatHome *home, const char *const names[2],
	  const RollstatConfig *config, RollstatRenamed *renamed, GError **error)
{
	for (gsize i = 0; i < G_N_ELEMENTS(steps); i++)
		if (!run_step(db, &steps[i], names, renamed, error))
			return FALSE;
	if (config == NULL)
		return TRUE;
	g_autofree char *text = rollstat_config_dup_with(config, "person", "name", names[1]);
	return rollstat_config_write(home->configuration, text, error);
}

static gboolean
write_at_once(sqlite3 *db, const RollstatHome *home, const char *const names[2],
	      const RollstatConfig *config, RollstatRenamed *renamed, GError **error)
{
	g_autoptr(GError) trouble = NULL;
	if (sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
		return roll_database_fail(db, error, "cannot write");
	if (!write_all(db, home, names, config, renamed, error)) {
		sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
		return FALSE;
	}
	if (sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK)
		return TRUE;
	roll_database_fail(db, error, "cannot write");
	sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	if (config != NULL && !rollstat_config_write(home->configuration, config->text, &trouble))
		g_prefix_error(error, _("the file could not be put back (%s): "), trouble->message);
	return FALSE;
}

gboolean
rollstat_rename(const RollstatHome *home, const RollstatPerson *person, const char *name,
		RollstatRenamed *ret_renamed, GError **error)
{
	const char *const names[2] = {person->name, name};
	g_autoptr(RollstatConfig) config = NULL;
	RollstatRenamed late = {0};
	*ret_renamed = (RollstatRenamed){.sessions = person->sessions};
	if (person->is_config && rollstat_home_has_config(home) &&
	    (config = rollstat_config_load(home->configuration, error)) == NULL)
		return FALSE;
	/* A configuration that the daemon does not take is told before anything is changed. */
	if (home->status != NULL && !rollstat_config_reload(home->status, error))
		return FALSE;
	g_autoptr(sqlite3) db = rollstat_home_edit(home, error);
	if (db == NULL || !write_at_once(db, home, names, config, ret_renamed, error))
		return FALSE;
	if (home->status == NULL)
		return TRUE;
	/* A session that began meanwhile was not in the database yet. */
	return rollstat_config_reload(home->status, error) &&
	       write_at_once(db, home, names, NULL, &late, error) &&
	       rollstat_config_reload(home->status, error);
}
