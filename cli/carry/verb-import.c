/* SPDX-License-Identifier: MIT
 *
 * import: files of export into the database, all or nothing.
 */
#include "cli/carry/carry.h"
#include "cli/carry/import-lines.h"
#include "cli/carry/import.h"
#include "cli/carry/rows.h"
#include "cli/report/json.h"
#include "cli/verbs.h"

#include <string.h>

enum {
	WORDS_MOST = 1000,
};

typedef struct {
	RollstatImport *import;
	RollstatLines *lines;
	json_tokener *tokener;
} ImportFile;

static void
clear_import_file(ImportFile *self)
{
	rollstat_lines_free(self->lines);
	json_tokener_free(self->tokener);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ImportFile, clear_import_file)

static gboolean
refuse(GError **error, const char *text)
{
	g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, text);
	return FALSE;
}

/* An object with the comma behind it, or without one if it is the last; given. NULL and error. */
static json_object *
parse(ImportFile *self, const char *text, GError **error)
{
	json_tokener_reset(self->tokener);
	json_object *record = json_tokener_parse_ex(self->tokener, text, (int)strlen(text));
	const char *rest = text + json_tokener_get_parse_end(self->tokener);
	if (record != NULL && json_object_is_type(record, json_type_object) &&
	    (g_str_equal(rest, ",") || *rest == '\0'))
		return record;
	json_object_put(record);
	refuse(error, _("this is damaged: a line holds one object, and a comma behind it"));
	return NULL;
}

/* Fails where the file ends. */
static gboolean
next(ImportFile *self, const char **ret_text, GError **error)
{
	if (!rollstat_lines_next(self->lines, ret_text, error))
		return FALSE;
	return *ret_text != NULL ||
	       refuse(error, _("the file ends here, and its last part is missing: copy it again"));
}

static gboolean
check_end(ImportFile *self, json_object *end, GError **error)
{
	json_object *wanted = NULL, *lines = NULL;
	const char *text = NULL;
	g_autofree char *sum = rollstat_lines_dup_sum(self->lines);
	json_object_object_get_ex(end, "sha256", &wanted);
	json_object_object_get_ex(end, "lines", &lines);
	if (json_object_get_int64(lines) != (gint64)rollstat_lines_get_number(self->lines) - 1 ||
	    wanted == NULL || g_strcmp0(json_object_get_string(wanted), sum) != 0)
		return refuse(error, _("something above was changed since it was exported (the "
				       "checksum differs): copy it again"));
	if (!next(self, &text, error))
		return FALSE;
	if (!g_str_equal(text, "]"))
		return refuse(error, _("the last line would be ]"));
	if (!rollstat_lines_next(self->lines, &text, error))
		return FALSE;
	return text == NULL || refuse(error, _("something follows the end"));
}

/* *ret_is_end: it was the last record. */
static gboolean
take_line(ImportFile *self, gboolean *ret_is_end, GError **error)
{
	const char *text = NULL;
	if (!next(self, &text, error))
		return FALSE;
	g_autoptr(json_object) record = parse(self, text, error);
	if (record == NULL)
		return FALSE;
	*ret_is_end = json_object_object_get_ex(record, "end", NULL);
	return *ret_is_end
		       ? rollstat_import_end(self->import, error) && check_end(self, record, error)
		       : rollstat_import_take(self->import, record, error);
}

static gboolean
take_file(ImportFile *self, GError **error)
{
	const char *text = NULL;
	gboolean is_end = FALSE;
	if (!next(self, &text, error))
		return FALSE;
	if (!g_str_equal(text, "["))
		return refuse(error,
			      _("this is no export of rollstat: its first line should be ["));
	if (!next(self, &text, error))
		return FALSE;
	g_autoptr(json_object) head = parse(self, text, error);
	if (head == NULL || !rollstat_import_begin(self->import, head, error))
		return FALSE;
	while (!is_end)
		if (!take_line(self, &is_end, error))
			return FALSE;
	return TRUE;
}

static gboolean
import_file(const RollstatRun *run, RollstatImport *import, const char *path, GError **error)
{
	g_autoptr(GError) fault = NULL;
	g_auto(ImportFile) self = {
		.import = import,
		.lines = rollstat_lines_open(path, run->context->progress, error),
		.tokener = json_tokener_new(),
	};
	if (self.lines == NULL)
		return FALSE;
	json_tokener_set_flags(self.tokener, JSON_TOKENER_STRICT |
						     JSON_TOKENER_ALLOW_TRAILING_CHARS |
						     JSON_TOKENER_VALIDATE_UTF8);
	if (take_file(&self, &fault))
		return TRUE;
	if (g_error_matches(fault, G_IO_ERROR, G_IO_ERROR_INVALID_DATA)) {
		g_autofree char *place = g_strdup_printf("%s:%" G_GUINT64_FORMAT ": ", path,
							 rollstat_lines_get_number(self.lines));
		g_prefix_error(&fault, "%s", place);
		g_set_error(error, fault->domain, fault->code, _("%s\nNothing was imported."),
			    fault->message);
		return FALSE;
	}
	g_propagate_error(error, g_steal_pointer(&fault));
	return FALSE;
}

static gboolean
import_files(const RollstatRun *run, RollstatImport *import, GError **error)
{
	for (guint i = 0; run->words[i] != NULL; i++)
		if (!import_file(run, import, run->words[i], error))
			return FALSE;
	return TRUE;
}

static gboolean
import_all(const RollstatRun *run, sqlite3 *db, RollstatImported *ret_counts, GError **error)
{
	g_autoptr(RollstatImport) import = rollstat_import_new(db);
	if (sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
		return roll_database_fail(db, error, "cannot write to");
	gboolean is_done = import_files(run, import, error);
	*ret_counts = *rollstat_import_get_counts(import);
	g_clear_pointer(&import, rollstat_import_free);
	if (is_done && sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
		is_done = roll_database_fail(db, error, "cannot write to");
	/* SQLite may have done it by itself (full disk): then this does nothing. */
	if (!is_done)
		sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	return is_done;
}

static void
append_json(const RollstatImported *counts, GString *out)
{
	const struct {
		const char *name;
		gint64 n;
	} items[] = {
		{"sessions", counts->sessions},	  {"continued", counts->continued},
		{"known", counts->known},	  {"differing", counts->differing},
		{"values", counts->values},	  {"sensors", counts->sensors},
		{"nicknames", counts->nicknames}, {"amendments", counts->amendments},
		{"persons", counts->persons},	  {"exercises", counts->exercises},
		{"goals", counts->goals},
	};
	json_object *object = json_object_new_object();
	for (guint i = 0; i < G_N_ELEMENTS(items); i++)
		json_object_object_add(object, items[i].name, json_object_new_int64(items[i].n));
	rollstat_json_append(object, out);
}

/* text: taken. */
static void
append_item(GString *out, guint n, char *text)
{
	if (n > 0)
		g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "", text);
	g_free(text);
}

static void
append_text(const RollstatImported *counts, GString *text)
{
	g_autoptr(GString) out = g_string_new(NULL);
	guint n;
	n = (guint)counts->sessions;
	append_item(out, n, g_strdup_printf(ngettext("%u new session", "%u new sessions", n), n));
	n = (guint)counts->continued;
	append_item(
		out, n,
		g_strdup_printf(ngettext("%u session continued", "%u sessions continued", n), n));
	n = (guint)counts->known;
	append_item(
		out, n,
		g_strdup_printf(
			ngettext("%u session known already", "%u sessions known already", n), n));
	n = (guint)counts->persons;
	append_item(out, n, g_strdup_printf(ngettext("%u new person", "%u new persons", n), n));
	n = (guint)counts->exercises;
	append_item(out, n, g_strdup_printf(ngettext("%u exercise", "%u exercises", n), n));
	n = (guint)counts->goals;
	append_item(out, n, g_strdup_printf(ngettext("%u goal", "%u goals", n), n));
	n = (guint)counts->nicknames;
	append_item(out, n,
		    g_strdup_printf(ngettext("%u name of a sensor", "%u names of sensors", n), n));
	n = (guint)counts->amendments;
	append_item(
		out, n,
		g_strdup_printf(ngettext("%u session put right", "%u sessions put right", n), n));
	g_string_append_printf(text, _("Imported: %s.\n"),
			       out->len > 0 ? out->str : _("nothing new"));
	n = (guint)counts->differing;
	if (n > 0)
		g_string_append_printf(
			text,
			ngettext("%u recording is not the same as the one here, which "
				 "stays.\n",
				 "%u recordings are not the same as those here, which "
				 "stay.\n",
				 n),
			n);
}

static gboolean
run_import(RollstatRun *run, GError **error)
{
	RollstatImported counts = {0};
	/* What cannot be one makes no database. */
	for (guint i = 0; run->words[i] != NULL; i++) {
		g_autoptr(RollstatLines) lines = NULL;
		if (g_str_equal(run->words[i], "-"))
			continue;
		lines = rollstat_lines_open(run->words[i], NULL, error);
		if (lines == NULL)
			return FALSE;
	}
	g_autofree char *path = rollstat_run_dup_database_path(run);
	g_autoptr(sqlite3) db = roll_database_open(path, ROLL_DATABASE_WRITER, error);
	if (db == NULL)
		return rollstat_carry_advise(run, error);
	if (!import_all(run, db, &counts, error))
		return FALSE;
	if (run->is_json)
		append_json(&counts, run->out);
	else
		append_text(&counts, run->out);
	return TRUE;
}

const RollstatVerb rollstat_verb_import = {
	.name = "import",
	.usage = "import FILE...",
	.what = N_("Takes what rollstat export wrote elsewhere, and adds what lacks"),
	.help = N_("FILE was written by rollstat export (in its usual format); -: standard input.\n"
		   "The same file again adds nothing. What is here already stays as it is. A file\n"
		   "that is damaged is refused, and nothing of it is taken.\n"
		   "\n"
		   "rollerd must not run meanwhile; where it does, it is said how to stop it.\n"
		   "Sessions are told as they were told there, until rollerd rebuilds them.\n"),
	.group = ROLLSTAT_GROUP_CARE,
	.takes = ROLLSTAT_TAKES_JSON,
	.least_words = 1,
	.most_words = WORDS_MOST,
	.run = run_import,
};
