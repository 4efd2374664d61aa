/* SPDX-License-Identifier: MIT
 *
 * session: one session told, or put right.
 */
#include "cli/history/summarise.h"
#include "cli/people/home.h"
#include "cli/people/session-amend.h"
#include "cli/report/json.h"
#include "cli/usage.h"
#include "cli/verbs.h"

/* Names of persons on their way to people. */
static char *
dup_clean(const RollstatRun *run, const char *name)
{
	return rollstat_style_dup_clean(&run->view.style, name);
}

static void
append_note(RollstatRun *run, const char *text)
{
	rollstat_style_append_note(&run->view.style, run->out, ROLLSTAT_INK_PLAIN, "", text);
}

/* One line where what was derived is still somebody else's. */
static void
append_told_as(RollstatRun *run, const char *told_as, const char *person)
{
	if (g_str_equal(told_as, person))
		return;
	g_autofree char *name = dup_clean(run, told_as);
	g_autofree char *note = g_strdup_printf(
		_("Its levels and zones are by %s's spine, until rollerd --rebuild has told it "
		  "anew."),
		name);
	append_note(run, note);
}

static char *
dup_moment(const RollstatRun *run, gint64 t_us)
{
	g_autofree char *day = rollstat_day_dup_long(rollstat_day_of(t_us, run->view.zone));
	g_autofree char *clock = rollstat_day_dup_clock(t_us, run->view.zone);
	return g_strdup_printf("%s, %s", day, clock);
}

static void
append_deleted(RollstatRun *run, const RollstatAmended *amended)
{
	g_autofree char *name = dup_clean(run, amended->person);
	g_autofree char *start = dup_moment(run, amended->start_us);
	g_autofree char *deleted = dup_moment(run, amended->deleted_us);
	g_autofree char *loaded = rollstat_style_dup_duration(amended->loaded_s);
	g_autofree char *note =
		g_strdup_printf(_("Session %s of %s (%s, %s rolled) was deleted on %s: it is shown "
				  "nowhere, and nothing is learned from it."),
				amended->number, name, start, loaded, deleted);
	append_note(run, note);
	g_string_append_printf(run->out, _("To take that back: rollstat session %s restore\n"),
			       amended->number);
}

/* ---- Told ---- */

/* What a session needs to be told as a day is. */
typedef struct {
	RollstatRun *run;
	const RollstatAmended *amended;
	sqlite3 *db;
	RollstatDay day;
} Told;

/* The person's sessions of the weeks before, and this one; of its own day no other. */
static RollstatHistory *
load(const Told *told, GError **error)
{
	const RollstatAmended *amended = told->amended;
	GTimeZone *zone = told->run->view.zone;
	gint64 day_us = rollstat_day_get_begin_us(told->day, zone);
	RollstatQuery query = {
		.from_us = rollstat_day_get_begin_us(
			told->day > ROLLSTAT_HISTORY_DAYS ? told->day - ROLLSTAT_HISTORY_DAYS : 1,
			zone),
		.to_us = rollstat_day_get_begin_us(told->day + 1, zone),
		.passes_from_us = day_us,
		.person = amended->person,
		.rows = ROLLSTAT_ROWS_ALL,
	};
	RollstatHistory *history = rollstat_history_load(told->db, &query, error);
	for (guint i = history != NULL ? history->sessions->len : 0; i > 0; i--) {
		const RollstatSession *session =
			&g_array_index(history->sessions, RollstatSession, i - 1);
		if (session->start_us >= day_us && session->id != amended->session)
			g_array_remove_index(history->sessions, i - 1);
	}
	return history;
}

static void
append_json(const Told *told, const RollstatSummary *summary)
{
	const RollstatAmended *amended = told->amended;
	json_object *object = rollstat_json_new_day(summary);
	json_object_object_add(object, "session", json_object_new_int64(amended->session));
	json_object_object_add(object, "person", rollstat_json_new_text(amended->person));
	json_object_object_add(object, "told_as", rollstat_json_new_text(amended->told_as));
	json_object_object_add(object, "start", rollstat_json_new_time(amended->start_us));
	json_object_object_add(object, "open", json_object_new_boolean(amended->is_open));
	json_object_object_add(object, "deleted", NULL);
	rollstat_json_append(object, told->run->out);
}

static void
append_text(const Told *told, const RollstatReport *report)
{
	RollstatRun *run = told->run;
	g_autofree char *name = dup_clean(run, told->amended->person);
	g_autofree char *title =
		g_strdup_printf(_("Session %s of %s"), told->amended->number, name);
	rollstat_style_append(&run->view.style, run->out, ROLLSTAT_INK_BOLD, title);
	g_string_append_c(run->out, '\n');
	if (told->amended->is_open)
		append_note(run, _("It is still open: if you roll on within the gap, it goes on."));
	append_told_as(run, told->amended->told_as, told->amended->person);
	rollstat_render_day(&run->view, report, run->out);
}

static gboolean
tell_standing(const Told *told, GError **error)
{
	RollstatRun *run = told->run;
	RollstatSpine spine = {0};
	g_autoptr(RollstatHistory) history = load(told, error);
	if (history == NULL)
		return FALSE;
	const RollstatSession *session =
		&g_array_index(history->sessions, RollstatSession, history->sessions->len - 1);
	if (!rollstat_history_load_spine(told->db, session->spine, &spine, error))
		return FALSE;
	g_autoptr(RollstatSource) source = rollstat_source_new(history, &spine, run->view.zone);
	g_autoptr(RollstatSummary) summary = rollstat_summary_new(source, told->day, told->day);
	g_autoptr(GPtrArray) no_days = g_ptr_array_new();
	const RollstatReport report = {
		.summary = summary,
		.days = no_days,
		.history = history,
		.sessions = rollstat_source_find(source, told->day, told->day),
		.last_us = told->amended->start_us,
	};
	if (run->is_json) {
		append_json(told, summary);
	} else if (run->is_csv) {
		RollstatTable table = rollstat_table_begin(run->out, TRUE);
		rollstat_json_add_zones(summary, &table);
		rollstat_table_end(&table);
	} else {
		append_text(told, &report);
	}
	return TRUE;
}

/* A deleted one is told as far as one must know to bring it back. */
static gboolean
tell_deleted(RollstatRun *run, const RollstatAmended *amended)
{
	if (run->is_csv)
		return TRUE;
	if (!run->is_json) {
		append_deleted(run, amended);
		return TRUE;
	}
	json_object *object = json_object_new_object();
	json_object_object_add(object, "session", json_object_new_int64(amended->session));
	json_object_object_add(object, "person", rollstat_json_new_text(amended->person));
	json_object_object_add(object, "start", rollstat_json_new_time(amended->start_us));
	json_object_object_add(object, "loaded_s", rollstat_json_new_number(amended->loaded_s, 3));
	json_object_object_add(object, "deleted", rollstat_json_new_time(amended->deleted_us));
	rollstat_json_append(object, run->out);
	return TRUE;
}

static gboolean
tell(RollstatRun *run, gint64 session, GError **error)
{
	g_auto(RollstatAmended) amended = {0};
	g_autoptr(sqlite3) db = rollstat_run_open_database(run, error);
	if (db == NULL || !rollstat_session_find(db, session, &amended, error))
		return FALSE;
	if (amended.deleted_us != 0)
		return tell_deleted(run, &amended);
	const Told told = {run, &amended, db, rollstat_day_of(amended.start_us, run->view.zone)};
	return tell_standing(&told, error);
}

/* ---- Put right ---- */

/* One that is open is told anew at once, where the daemon runs. */
static gboolean
append_how_told(RollstatRun *run, const RollstatHome *home, sqlite3 *db,
		const RollstatAmended *amended, GError **error)
{
	g_auto(RollstatAmended) now = {0};
	if (amended->is_open)
		rollstat_home_apply(home);
	if (!rollstat_session_find(db, amended->session, &now, error))
		return FALSE;
	append_told_as(run, now.told_as, now.person);
	return TRUE;
}

static gboolean
give(RollstatRun *run, sqlite3 *db, const RollstatAmended *amended, GError **error)
{
	g_auto(RollstatHome) home = {0};
	rollstat_home_find(run, &home);
	g_autoptr(RollstatPeople) people = rollstat_home_load_people(&home, error);
	const RollstatPerson *person =
		people != NULL ? rollstat_people_require(people, run->person, error) : NULL;
	if (person == NULL)
		return FALSE;
	g_autofree char *name = dup_clean(run, person->name);
	g_autofree char *before = dup_clean(run, amended->person);
	if (g_str_equal(person->name, amended->person)) {
		g_string_append_printf(run->out, _("Session %s is %s's already.\n"),
				       amended->number, name);
		return TRUE;
	}
	if (!rollstat_session_give(db, amended, person->name, error))
		return FALSE;
	g_string_append_printf(run->out, _("Session %s is %s's now, and no longer %s's.\n"),
			       amended->number, name, before);
	if (!append_how_told(run, &home, db, amended, error))
		return FALSE;
	g_string_append_printf(run->out, _("To take it back: rollstat session %s --person %s\n"),
			       amended->number, before);
	return TRUE;
}

static gboolean
drop(RollstatRun *run, sqlite3 *db, const RollstatAmended *amended, GError **error)
{
	RollstatAmended deleted = *amended;
	if (amended->deleted_us == 0) {
		deleted.deleted_us = run->context->now_us;
		if (!rollstat_session_delete(db, amended, deleted.deleted_us, error))
			return FALSE;
	}
	append_deleted(run, &deleted);
	if (amended->deleted_us == 0 && amended->is_open)
		append_note(run, _("It is still open: what is rolled on within the gap is deleted "
				   "with it."));
	return TRUE;
}

static gboolean
restore(RollstatRun *run, sqlite3 *db, const RollstatAmended *amended, GError **error)
{
	if (amended->deleted_us == 0) {
		g_string_append_printf(run->out, _("Session %s was not deleted.\n"),
				       amended->number);
		return TRUE;
	}
	if (!rollstat_session_delete(db, amended, 0, error))
		return FALSE;
	g_autofree char *name = dup_clean(run, amended->person);
	g_string_append_printf(run->out, _("Session %s is back, and %s's as before.\n"),
			       amended->number, name);
	return TRUE;
}

typedef gboolean Act(RollstatRun *run, sqlite3 *db, const RollstatAmended *amended, GError **error);

static gboolean
put_right(RollstatRun *run, gint64 session, Act *act, GError **error)
{
	g_auto(RollstatAmended) amended = {0};
	g_autofree char *path = rollstat_run_dup_database_path(run);
	/* Looked for first by a reader, which makes no file. */
	g_autoptr(sqlite3) reader = roll_database_open(path, ROLL_DATABASE_READER, error);
	if (reader == NULL || !rollstat_session_find(reader, session, &amended, error))
		return FALSE;
	g_clear_pointer(&reader, sqlite3_close);
	g_autoptr(sqlite3) db = roll_database_open(path, ROLL_DATABASE_EDITOR, error);
	return db != NULL && act(run, db, &amended, error);
}

static gboolean
run_session(RollstatRun *run, GError **error)
{
	const char *word = run->words[1];
	gboolean is_table = run->is_json || run->is_csv;
	gint64 session = 0;
	if (!g_ascii_string_to_signed(run->words[0], 10, 1, G_MAXINT64, &session, NULL))
		return rollstat_usage_fail(
			error,
			_("a session is named by its number, as rollstat sessions tells it"));
	if (word == NULL && run->person == NULL)
		return tell(run, session, error);
	if (is_table || (word != NULL && run->person != NULL))
		return rollstat_run_refuse(run, error);
	if (word == NULL)
		return put_right(run, session, give, error);
	if (g_str_equal(word, "delete"))
		return put_right(run, session, drop, error);
	if (g_str_equal(word, "restore"))
		return put_right(run, session, restore, error);
	return rollstat_run_refuse(run, error);
}

const RollstatVerb rollstat_verb_session = {
	.name = "session",
	.usage = "session N [delete | restore | --person NAME]",
	.what = N_("One session, told as a day is; or put right"),
	.help = N_(
		"N is its number, as rollstat sessions tells it. A deleted one is shown nowhere,\n"
		"and nothing is learned from it, but all that was received is kept: restore\n"
		"brings it back, and rollstat sessions --deleted lists such.\n"),
	.group = ROLLSTAT_GROUP_BACK,
	.takes = ROLLSTAT_TAKES_JSON | ROLLSTAT_TAKES_CSV | ROLLSTAT_GIVES_PERSON,
	.least_words = 1,
	.most_words = 2,
	.run = run_session,
};
