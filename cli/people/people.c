/* SPDX-License-Identifier: MIT */
#include "cli/people/people.h"

#include "cli/history/query.h"
#include "cli/talk.h"
#include "cli/usage.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

enum {
	NAME_MAX_BYTES = 63, /* as rollerd's configuration has it */
};

/* The name of one who gave none. */
#define NAME_USUAL "me"

/* As rollerd guesses it. */
#define SPINE_PER_STATURE 0.263

static RollstatPerson *
find_exactly(const RollstatPeople *people, const char *name)
{
	for (guint i = 0; i < people->persons->len; i++) {
		RollstatPerson *person = &g_array_index(people->persons, RollstatPerson, i);
		if (g_str_equal(person->name, name))
			return person;
	}
	return NULL;
}

static RollstatPerson *
get(RollstatPeople *people, const char *name)
{
	RollstatPerson *found = find_exactly(people, name);
	if (found != NULL)
		return found;
	RollstatPerson person = {.name = g_string_chunk_insert_const(people->strings, name),
				 .spine_cm = NAN,
				 .stature_cm = NAN,
				 .weight_kg = NAN};
	g_array_append_val(people->persons, person);
	return &g_array_index(people->persons, RollstatPerson, people->persons->len - 1);
}

double
rollstat_people_get_config_number(const RollstatConfig *config, const char *key)
{
	const char *text = rollstat_config_get(config, "person", key);
	double number = NAN;
	return text != NULL && rollstat_talk_read_number(text, "", &number) ? number : NAN;
}

const char *
rollstat_people_get_config_name(const RollstatConfig *config)
{
	const char *name = rollstat_config_get(config, "person", "name");
	return name != NULL ? name : NAME_USUAL;
}

static void
add_config(RollstatPeople *people, const RollstatConfig *config)
{
	RollstatPerson *person = get(people, rollstat_people_get_config_name(config));
	person->is_config = TRUE;
	person->spine_cm = rollstat_people_get_config_number(config, "spine_cm");
	person->stature_cm = rollstat_people_get_config_number(config, "stature_cm");
	person->weight_kg = rollstat_people_get_config_number(config, "weight_kg");
}

static void
take_stored(RollstatPerson *person, sqlite3_stmt *row)
{
	double spine_cm = rollstat_query_get_number(row, 1);
	double stature_cm = rollstat_query_get_number(row, 2);
	double weight_kg = rollstat_query_get_number(row, 3);
	person->is_stored = TRUE;
	/* As rollerd has it: what the table does not say, the configuration may. */
	if (!isnan(spine_cm) || !isnan(stature_cm)) {
		person->spine_cm = spine_cm;
		person->stature_cm = stature_cm;
	}
	if (!isnan(weight_kg))
		person->weight_kg = weight_kg;
}

static void
take_sessions(RollstatPerson *person, sqlite3_stmt *row)
{
	person->sessions = (guint)sqlite3_column_int(row, 1);
	person->last_us = sqlite3_column_int64(row, 2);
}

static void
take_records(RollstatPerson *person, sqlite3_stmt *row)
{
	person->records = (guint)sqlite3_column_int(row, 1);
}

static void
take_goals(RollstatPerson *person, sqlite3_stmt *row)
{
	person->goals = (guint)sqlite3_column_int(row, 1);
}

static void
take_choice(RollstatPerson *person, sqlite3_stmt *row)
{
	(void)row; /* its name is all */
	person->is_chosen = TRUE;
}

/* A statement whose rows begin with a name. */
typedef struct {
	const char *sql;
	void (*take)(RollstatPerson *person, sqlite3_stmt *row);
} Part;

static gboolean
load_part(RollstatPeople *people, sqlite3 *db, const Part *part, GError **error)
{
	gboolean failed;
	g_autoptr(sqlite3_stmt) statement = rollstat_query_prepare(db, part->sql, error);
	if (statement == NULL)
		return FALSE;
	while (rollstat_query_step(statement, &failed, error)) {
		const char *name = rollstat_query_get_text(statement, 0, people->strings);
		part->take(get(people, name), statement);
	}
	return !failed;
}

static gboolean
load_all(RollstatPeople *people, sqlite3 *db, GError **error)
{
	static const Part parts[] = {
		{"SELECT name, spine_cm, stature_cm, weight_kg FROM person ORDER BY name",
		 take_stored},
		{"SELECT" ROLLSTAT_QUERY_PERSON
		 "AS who, count(*), max(start_us) FROM" ROLLSTAT_QUERY_SESSIONS
		 "WHERE" ROLLSTAT_QUERY_STANDS "GROUP BY who ORDER BY who",
		 take_sessions},
		{"SELECT who, count(*) FROM (SELECT" ROLLSTAT_QUERY_PERSON
		 "AS who FROM" ROLLSTAT_QUERY_SESSIONS
		 "UNION ALL SELECT coalesce(amendment.person, recording.person) FROM recording"
		 " LEFT JOIN amendment ON amendment.recording = recording.id"
		 " UNION ALL SELECT person FROM exercise) WHERE who IS NOT NULL GROUP BY who",
		 take_records},
		{"SELECT person, count(*) FROM goal GROUP BY person ORDER BY person", take_goals},
		{"SELECT value FROM choice WHERE name = 'person'", take_choice},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
		if (!load_part(people, db, &parts[i], error))
			return FALSE;
	return TRUE;
}

RollstatPeople *
rollstat_people_load(sqlite3 *db, const RollstatConfig *config, GError **error)
{
	g_autoptr(RollstatPeople) people = g_new0(RollstatPeople, 1);
	people->strings = g_string_chunk_new(256);
	people->persons = g_array_new(FALSE, TRUE, sizeof(RollstatPerson));
	add_config(people, config);
	if (db != NULL && !load_all(people, db, error))
		return NULL;
	for (guint i = 0; i < people->persons->len; i++)
		if (g_array_index(people->persons, RollstatPerson, i).is_chosen)
			return g_steal_pointer(&people);
	g_array_index(people->persons, RollstatPerson, 0).is_chosen = TRUE;
	return g_steal_pointer(&people);
}

void
rollstat_people_free(RollstatPeople *people)
{
	if (people == NULL)
		return;
	g_clear_pointer(&people->persons, g_array_unref);
	g_clear_pointer(&people->strings, g_string_chunk_free);
	g_free(people);
}

const RollstatPerson *
rollstat_people_find(const RollstatPeople *people, const char *name)
{
	const RollstatPerson *found = find_exactly(people, name);
	guint n_found = 0;
	if (found != NULL || !g_utf8_validate(name, -1, NULL))
		return found;
	g_autofree char *folded = g_utf8_casefold(name, -1);
	for (guint i = 0; i < people->persons->len; i++) {
		const RollstatPerson *person = &g_array_index(people->persons, RollstatPerson, i);
		g_autofree char *other = g_utf8_casefold(person->name, -1);
		if (g_str_equal(folded, other)) {
			found = person;
			n_found++;
		}
	}
	return n_found == 1 ? found : NULL;
}

const RollstatPerson *
rollstat_people_require(const RollstatPeople *people, const char *name, GError **error)
{
	const RollstatPerson *found = rollstat_people_find(people, name);
	if (found != NULL)
		return found;
	g_autoptr(GString) known = g_string_new(NULL);
	g_autofree char *shown = g_utf8_make_valid(name, -1);
	g_autofree char *word = rollstat_usage_dup_word(shown);
	for (guint i = 0; i < people->persons->len; i++)
		g_string_append_printf(known, "%s%s", i > 0 ? ", " : "",
				       g_array_index(people->persons, RollstatPerson, i).name);
	g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
		    _("nobody is called \"%s\"; there are: %s.\nAdd one: rollstat person add %s"),
		    shown, known->str, word);
	return NULL;
}

const RollstatPerson *
rollstat_people_get_chosen(const RollstatPeople *people)
{
	for (guint i = 0; i < people->persons->len; i++) {
		const RollstatPerson *person = &g_array_index(people->persons, RollstatPerson, i);
		if (person->is_chosen)
			return person;
	}
	g_assert_not_reached();
}

char *
rollstat_people_dup_spine(const RollstatPerson *person, const char *dash)
{
	if (!isnan(person->spine_cm))
		return g_strdup_printf("%.1f cm", person->spine_cm);
	return isnan(person->stature_cm)
		       ? g_strdup(dash)
		       : g_strdup_printf("~%.1f cm", SPINE_PER_STATURE * person->stature_cm);
}

static gboolean
is_name(const char *name)
{
	if (*name == '\0' || *name == '-' || strlen(name) > NAME_MAX_BYTES ||
	    !g_utf8_validate(name, -1, NULL) || strpbrk(name, "#;\"") != NULL)
		return FALSE;
	for (const char *at = name; *at != '\0'; at = g_utf8_next_char(at))
		if (!g_unichar_isprint(g_utf8_get_char(at)))
			return FALSE;
	g_autofree char *stripped = g_strstrip(g_strdup(name));
	return g_str_equal(stripped, name);
}

gboolean
rollstat_people_check_name(const char *name, GError **error)
{
	if (is_name(name))
		return TRUE;
	return rollstat_usage_fail(error,
				   _("a name is 1 to 63 bytes of printable text without # ; and "
				     "\",\nand does not begin with - or a blank"));
}

gboolean
rollstat_people_read_cm(const char *text, const char *what, double least, double most,
			double *ret_cm, GError **error)
{
	if (rollstat_talk_read_number(text, "cm", ret_cm) && *ret_cm >= least && *ret_cm <= most)
		return TRUE;
	return rollstat_usage_fail(error, _("%s is a number from %g to %g, in cm"), what, least,
				   most);
}

gboolean
rollstat_people_read_kg(const char *text, const char *what, double *ret_kg, GError **error)
{
	if (rollstat_talk_read_number(text, "kg", ret_kg) && *ret_kg >= ROLLSTAT_WEIGHT_LEAST_KG &&
	    *ret_kg <= ROLLSTAT_WEIGHT_MOST_KG)
		return TRUE;
	return rollstat_usage_fail(error, _("%s takes kilograms from %d to %d"), what,
				   ROLLSTAT_WEIGHT_LEAST_KG, ROLLSTAT_WEIGHT_MOST_KG);
}
