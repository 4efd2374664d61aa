/* SPDX-License-Identifier: MIT
 *
 * backup: the whole database as it is now, in a file of its own, while rollerd writes.
 */
#include "cli/carry/carry.h"
#include "cli/carry/database-copy.h"
#include "cli/carry/output.h"
#include "cli/report/json.h"
#include "cli/usage.h"
#include "cli/verbs.h"

#include <errno.h>
#include <glib/gstdio.h>

enum {
	MODE_FOLDER = 0700,
};

typedef struct {
	gboolean is_replacing;
} BackupOptions;

static const RollstatOption backup_options[] = {
	{"replace", G_OPTION_ARG_NONE, G_STRUCT_OFFSET(BackupOptions, is_replacing), NULL,
	 N_("instead of a FILE that is there already")},
	{0},
};

/* In the folder backups beside the database, which is made where missing; given. */
static char *
dup_usual_path(const RollstatRun *run, const char *database, GError **error)
{
	g_autofree char *beside = g_path_get_dirname(database);
	g_autofree char *folder = g_build_filename(beside, "backups", NULL);
	g_autofree char *name = rollstat_carry_dup_backup_name(run, database, run->context->now_us);
	gboolean is_new = !g_file_test(folder, G_FILE_TEST_EXISTS);
	if (g_mkdir_with_parents(folder, MODE_FOLDER) == 0) {
		if (is_new)
			rollstat_output_give(folder);
		return g_build_filename(folder, name, NULL);
	}
	int why = errno;
	g_set_error(error, G_IO_ERROR, g_io_error_from_errno(why),
		    _("cannot make the folder %s: %s"), folder, g_strerror(why));
	return NULL;
}

static char *
dup_path(const RollstatRun *run, const char *database, GError **error)
{
	const BackupOptions *options = run->options;
	const char *word = run->words[0];
	if (word == NULL)
		return dup_usual_path(run, database, error);
	g_autofree char *name = rollstat_carry_dup_backup_name(run, database, run->context->now_us);
	g_autofree char *path = g_file_test(word, G_FILE_TEST_IS_DIR)
					? g_build_filename(word, name, NULL)
					: g_strdup(word);
	if (rollstat_carry_is_same(path, database)) {
		rollstat_usage_fail(error, _("%s is the database itself: name another file"), path);
		return NULL;
	}
	if (options->is_replacing || !g_file_test(path, G_FILE_TEST_EXISTS))
		return g_steal_pointer(&path);
	g_set_error(error, G_IO_ERROR, G_IO_ERROR_EXISTS,
		    _("%s is there already: name another file, or say --replace"), path);
	return NULL;
}

/* For those who ask when the last backup was made, and where it is. */
static gboolean
note(const char *database, const char *path, gint64 now_us, GError **error)
{
	g_autofree char *whole = g_canonicalize_filename(path, NULL);
	g_autoptr(sqlite3) db = roll_database_open(database, ROLL_DATABASE_EDITOR, error);
	if (db == NULL)
		return FALSE;
	char *sql = sqlite3_mprintf("INSERT INTO choice (name, value) "
				    "VALUES ('backup_us', '%lld'), ('backup_path', %Q) "
				    "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
				    (long long)now_us, whole);
	int result = sqlite3_exec(db, sql, NULL, NULL, NULL);
	sqlite3_free(sql);
	return result == SQLITE_OK || roll_database_fail(db, error, "cannot write to");
}

/* How it is put back in the place of this database, and no other; given. */
static char *
dup_command(const RollstatRun *run, const char *path)
{
	const char *program = run->is_system ? "sudo rollstat --system" : "rollstat";
	g_autofree char *backup = rollstat_usage_dup_word(path);
	if (run->database == NULL)
		return g_strdup_printf("%s restore %s", program, backup);
	g_autofree char *database = rollstat_usage_dup_word(run->database);
	return g_strdup_printf("%s --db %s restore %s", program, database, backup);
}

static void
tell(const RollstatRun *run, const char *path, const RollstatContents *contents,
     const char *not_noted)
{
	GStatBuf about = {0};
	g_autofree char *held = rollstat_carry_dup_stretch(run, contents->sessions,
							   contents->first_us, contents->last_us);
	g_stat(path, &about);
	if (run->is_json) {
		json_object *object = json_object_new_object();
		json_object_object_add(object, "backup", rollstat_json_new_text(path));
		json_object_object_add(object, "bytes", json_object_new_int64(about.st_size));
		json_object_object_add(object, "sessions",
				       json_object_new_int64(contents->sessions));
		json_object_object_add(object, "exercises",
				       json_object_new_int64(contents->exercises));
		json_object_object_add(object, "noted", json_object_new_boolean(not_noted == NULL));
		rollstat_json_append(object, run->out);
		return;
	}
	g_autofree char *size = rollstat_output_dup_size((guint64)about.st_size);
	g_string_append_printf(run->out, _("Backed up and checked: %s (%s; %s).\n"), path, size,
			       held);
	g_autofree char *command = dup_command(run, path);
	g_string_append_printf(run->out, _("It is put back by: %s\n"), command);
	if (not_noted != NULL)
		g_string_append_printf(
			run->out, _("That it was made could not be noted in the database: %s\n"),
			not_noted);
}

static gboolean
run_backup(RollstatRun *run, GError **error)
{
	g_autoptr(GError) not_noted = NULL;
	RollstatContents contents;
	g_autofree char *database = rollstat_run_dup_database_path(run);
	g_autoptr(sqlite3) db = rollstat_copy_open(database, error);
	if (db == NULL || !rollstat_copy_count(db, &contents, error))
		return FALSE;
	g_autofree char *path = dup_path(run, database, error);
	if (path == NULL ||
	    !rollstat_copy_to_file(db, path, run->context->progress, _("Backing up"), error))
		return FALSE;
	/* No longer in the way of the writer's housekeeping. */
	g_clear_pointer(&db, sqlite3_close_v2);
	(void)note(database, path, run->context->now_us, &not_noted);
	tell(run, path, &contents, not_noted != NULL ? not_noted->message : NULL);
	return TRUE;
}

const RollstatVerb rollstat_verb_backup = {
	.name = "backup",
	.usage = "backup [FILE] [--replace]",
	.what = N_("The whole database into one checked file, while rollerd runs"),
	.help = N_(
		"Without FILE it goes into the folder backups beside the database, under a name\n"
		"with the date. A FILE that is a folder gets one of that name.\n"
		"\n"
		"A copy on the same disk helps against mistakes, not against a broken disk: copy\n"
		"the file elsewhere, too. It holds all that rollerd ever received of you.\n"),
	.group = ROLLSTAT_GROUP_CARE,
	.takes = ROLLSTAT_TAKES_JSON,
	.most_words = 1,
	.options = backup_options,
	.options_size = sizeof(BackupOptions),
	.run = run_backup,
};
