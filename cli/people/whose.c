/* SPDX-License-Identifier: MIT */
#include "cli/people/whose.h"

#include "cli/history/query.h"
#include "cli/people/home.h"
#include "cli/report/json.h"
#include "cli/usage.h"

#include <string.h>

static const char sessions_sql[] =
	"SELECT" ROLLSTAT_QUERY_PERSON "AS who, count(*), 0 FROM" ROLLSTAT_QUERY_SESSIONS
	"WHERE start_us >= ?1 AND start_us < ?2 AND" ROLLSTAT_QUERY_STANDS "GROUP BY who";
static const char movements_sql[] =
	"SELECT person, 0, count(*) FROM exercise WHERE start_us >= ?1 AND start_us < ?2"
	" GROUP BY person";

/* ---- Who has what ---- */

static RollstatOwner *
get_owner(RollstatWhose *whose, const char *person)
{
	for (guint i = 0; i < whose->others->len; i++) {
		RollstatOwner *owner = &g_array_index(whose->others, RollstatOwner, i);
		if (g_str_equal(owner->person, person))
			return owner;
	}
	RollstatOwner owner = {.person = person};
	g_array_append_val(whose->others, owner);
	return &g_array_index(whose->others, RollstatOwner, whose->others->len - 1);
}

/* As it stands in the database, UTF-8 or not: it is looked for by it. */
static const char *
get_name(sqlite3_stmt *row, RollstatWhose *whose)
{
	return g_string_chunk_insert_const(whose->strings,
					   (const char *)sqlite3_column_text(row, 0));
}

static gboolean
count_part(RollstatWhose *whose, sqlite3 *db, const char *sql, const gint64 bounds_us[2],
	   GError **error)
{
	gboolean failed;
	g_autoptr(sqlite3_stmt) row = rollstat_query_prepare(db, sql, error);
	if (row == NULL)
		return FALSE;
	sqlite3_bind_int64(row, 1, bounds_us[0]);
	sqlite3_bind_int64(row, 2, bounds_us[1]);
	while (rollstat_query_step(row, &failed, error)) {
		RollstatOwner *owner = get_owner(whose, get_name(row, whose));
		owner->sessions += (guint)sqlite3_column_int(row, 1);
		owner->movements += (guint)sqlite3_column_int(row, 2);
	}
	return !failed;
}

static gint
compare_owners(gconstpointer a, gconstpointer b)
{
	return strcmp(((const RollstatOwner *)a)->person, ((const RollstatOwner *)b)->person);
}

/* Two stretches that have days in common are counted as one, so that nothing counts twice. FALSE: they have none. */
static gboolean
join(const RollstatWhoseAsk *ask, RollstatDates *ret_both)
{
	if (ask->n != 2)
		return FALSE;
	const RollstatDates *a = &ask->stretches[0], *b = &ask->stretches[1];
	*ret_both = (RollstatDates){MIN(a->first, b->first), MAX(a->last, b->last)};
	return a->first <= b->last && b->first <= a->last;
}

/* All that have something of it are others at first. */
static gboolean
count(RollstatWhose *whose, const RollstatRun *run, sqlite3 *db, const RollstatWhoseAsk *ask,
      GError **error)
{
	RollstatWhoseAsk once = *ask;
	RollstatDates both;
	if (join(ask, &both))
		once = (RollstatWhoseAsk){&both, 1, ask->has_movements};
	for (guint i = 0; i < MAX(once.n, 1); i++) {
		gint64 bounds_us[2] = {G_MININT64, G_MAXINT64};
		if (once.n > 0) {
			bounds_us[0] =
				rollstat_day_get_begin_us(once.stretches[i].first, run->view.zone);
			bounds_us[1] = rollstat_day_get_begin_us(once.stretches[i].last + 1,
								 run->view.zone);
		}
		if (!count_part(whose, db, sessions_sql, bounds_us, error) ||
		    (ask->has_movements && !count_part(whose, db, movements_sql, bounds_us, error)))
			return FALSE;
	}
	g_array_sort(whose->others, compare_owners);
	return TRUE;
}

/* ---- Who it is ---- */

/* The first column of the only row; NULL: there is none, or on failure (and error). Of the strings. */
static const char *
look_up(RollstatWhose *whose, sqlite3 *db, const char *sql, gboolean *ret_has_failed,
	GError **error)
{
	g_autoptr(sqlite3_stmt) row = rollstat_query_prepare(db, sql, error);
	*ret_has_failed = row == NULL;
	return row != NULL && rollstat_query_step(row, ret_has_failed, error) ? get_name(row, whose)
									      : NULL;
}

/* Whose all of it is: of those that have sessions, and of those with movements where there are no sessions. */
static const char *
find_only(const GArray *owners)
{
	const char *only[2] = {NULL, NULL};
	guint n[2] = {0, 0};
	for (guint i = 0; i < owners->len; i++) {
		const RollstatOwner *owner = &g_array_index(owners, RollstatOwner, i);
		guint kind = owner->sessions > 0 ? 0 : 1;
		only[kind] = owner->person;
		n[kind]++;
	}
	if (n[0] > 0)
		return n[0] == 1 ? only[0] : NULL;
	return n[1] == 1 ? only[1] : NULL;
}

static const char *
find_configured(RollstatWhose *whose, const RollstatRun *run, GError **error)
{
	g_autofree char *name = rollstat_home_dup_config_person(run, error);
	return name != NULL ? g_string_chunk_insert_const(whose->strings, name) : NULL;
}

/* Where several use the rollers, whoever looks may take for their own what is not. */
static gboolean
find_usual(RollstatWhose *whose, const RollstatRun *run, sqlite3 *db, GError **error)
{
	gboolean has_failed;
	if (run->is_json || run->is_csv)
		return TRUE;
	const char *some =
		look_up(whose, db, "SELECT name FROM person LIMIT 1", &has_failed, error);
	if (some == NULL)
		return !has_failed;
	/* A remark: a fault of the configuration is no reason not to tell what was asked for. */
	const char *usual = find_configured(whose, run, NULL);
	if (usual != NULL && !g_str_equal(usual, whose->person))
		whose->usual = usual;
	return TRUE;
}

/* By all there is, where what was asked for says nothing. */
static const char *
find_by_all(RollstatWhose *whose, const RollstatRun *run, sqlite3 *db, GError **error)
{
	const RollstatWhoseAsk all = {0};
	if (!count(whose, run, db, &all, error))
		return NULL;
	const char *only = find_only(whose->others);
	g_array_set_size(whose->others, 0);
	return only != NULL ? only : find_configured(whose, run, error);
}

static gboolean
choose(RollstatWhose *whose, const RollstatRun *run, sqlite3 *db, const RollstatWhoseAsk *ask,
       GError **error)
{
	gboolean has_failed;
	const char *only = find_only(whose->others);
	whose->person = look_up(whose, db, "SELECT value FROM choice WHERE name = 'person'",
				&has_failed, error);
	if (whose->person != NULL || has_failed)
		return !has_failed;
	if (only == NULL) {
		whose->person = whose->others->len == 0 && ask->n > 0
					? find_by_all(whose, run, db, error)
					: find_configured(whose, run, error);
		if (whose->person == NULL)
			g_prefix_error(error, _("whose is to be told (--person NAME says it): "));
		return whose->person != NULL;
	}
	whose->person = only;
	return ask->n == 0 || find_usual(whose, run, db, error);
}

static void
leave_others(RollstatWhose *whose)
{
	for (guint i = 0; i < whose->others->len; i++) {
		const RollstatOwner *owner = &g_array_index(whose->others, RollstatOwner, i);
		if (!g_str_equal(owner->person, whose->person))
			continue;
		whose->sessions = owner->sessions;
		g_array_remove_index(whose->others, i);
		return;
	}
}

RollstatWhose *
rollstat_whose_find(const RollstatRun *run, sqlite3 *db, const RollstatWhoseAsk *ask,
		    GError **error)
{
	g_autoptr(RollstatWhose) whose = g_new0(RollstatWhose, 1);
	whose->strings = g_string_chunk_new(128);
	whose->others = g_array_new(FALSE, TRUE, sizeof(RollstatOwner));
	if (run->person != NULL) {
		whose->person = g_string_chunk_insert_const(whose->strings, run->person);
		return g_steal_pointer(&whose);
	}
	if (!count(whose, run, db, ask, error) || !choose(whose, run, db, ask, error))
		return NULL;
	leave_others(whose);
	if (ask->n == 0)
		g_array_set_size(whose->others, 0);
	return g_steal_pointer(&whose);
}

void
rollstat_whose_free(RollstatWhose *whose)
{
	if (whose == NULL)
		return;
	g_clear_pointer(&whose->others, g_array_unref);
	g_clear_pointer(&whose->strings, g_string_chunk_free);
	g_free(whose);
}

char *
rollstat_whose_dup_person(const RollstatRun *run, sqlite3 *db, GError **error)
{
	const RollstatWhoseAsk all = {0};
	g_autoptr(RollstatWhose) whose = rollstat_whose_find(run, db, &all, error);
	return whose != NULL ? g_strdup(whose->person) : NULL;
}

/* ---- What is said of it ---- */

/* "anna (2 sessions)", "ben (1 movement)". */
static char *
dup_owner(const RollstatOwner *owner, const RollstatStyle *style)
{
	g_autofree char *name = rollstat_style_dup_clean(style, owner->person);
	guint n = owner->sessions > 0 ? owner->sessions : owner->movements;
	g_autofree char *what =
		owner->sessions > 0
			? g_strdup_printf(ngettext("%u session", "%u sessions", n), n)
			: g_strdup_printf(ngettext("%u movement", "%u movements", n), n);
	return g_strdup_printf("%s (%s)", name, what);
}

char *
rollstat_whose_dup_line(const RollstatWhose *whose, const RollstatStyle *style)
{
	guint n = whose->others->len;
	g_autoptr(GString) list = g_string_new(NULL);
	g_autofree char *person = rollstat_style_dup_clean(style, whose->person);
	if (n == 0 && whose->usual == NULL)
		return NULL;
	if (n == 0) {
		g_autofree char *usual = rollstat_style_dup_clean(style, whose->usual);
		return g_strdup_printf(_("Of %s; nothing of %s was recorded here."), person, usual);
	}
	for (guint i = 0; i < n; i++) {
		g_autofree char *owner =
			dup_owner(&g_array_index(whose->others, RollstatOwner, i), style);
		g_string_append_printf(list, "%s%s", i > 0 ? ", " : "", owner);
	}
	g_autofree char *only = rollstat_style_dup_clean(
		style, g_array_index(whose->others, RollstatOwner, 0).person);
	g_autofree char *other = n == 1 ? rollstat_usage_dup_word(only) : g_strdup(_("NAME"));
	return whose->sessions > 0
		       ? g_strdup_printf(
				 _("Of %s alone. There is also: %s. To see that: --person %s"),
				 person, list->str, other)
		       : g_strdup_printf(_("No rolling of %s was recorded here. There is: %s. To "
					   "see that: --person %s"),
					 person, list->str, other);
}

static json_object *
new_name(const char *person)
{
	g_autofree char *valid = g_utf8_make_valid(person, -1);
	return rollstat_json_new_text(valid);
}

void
rollstat_whose_add_json(const RollstatWhose *whose, json_object *object)
{
	json_object *others = json_object_new_array();
	for (guint i = 0; i < whose->others->len; i++) {
		const RollstatOwner *owner = &g_array_index(whose->others, RollstatOwner, i);
		json_object *other = json_object_new_object();
		json_object_object_add(other, "person", new_name(owner->person));
		json_object_object_add(other, "sessions", json_object_new_int64(owner->sessions));
		json_object_array_add(others, other);
	}
	json_object_object_add(object, "person", new_name(whose->person));
	json_object_object_add(object, "others", others);
}
