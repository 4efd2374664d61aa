/* SPDX-License-Identifier: MIT
 *
 * restore: a backup in the place of the present database, which is kept beside.
 */
#include "cli/carry/carry.h"
#include "cli/carry/database-copy.h"
#include "cli/carry/output.h"
#include "cli/report/json.h"
#include "cli/usage.h"
#include "cli/verbs.h"
#include "protocol/database-lock.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

typedef struct {
	gboolean is_yes;
} RestoreOptions;

static const RollstatOption restore_options[] = {
	{"yes", G_OPTION_ARG_NONE, G_STRUCT_OFFSET(RestoreOptions, is_yes), NULL,
	 N_("without a question: this counts as your yes")},
	{0},
};

typedef struct {
	RollstatRun *run;
	const char *backup;	 /* borrowed */
	char *database;		 /* resolved */
	char *kept;		 /* where the present one goes; NULL: there is none */
	sqlite3 *from, *present; /* present: NULL where there is none, or it cannot be read */
	RollstatContents from_holds, present_holds;
	int lock_fd; /* -1: none */
} Restore;

static void
clear_restore(Restore *restore)
{
	sqlite3_close_v2(restore->from);
	sqlite3_close_v2(restore->present);
	if (restore->lock_fd >= 0)
		close(restore->lock_fd);
	g_free(restore->database);
	g_free(restore->kept);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Restore, clear_restore)

/* An export is no backup, and a person may take the one for the other. */
static gboolean
open_backup(Restore *restore, GError **error)
{
	const RollstatProgress *progress = restore->run->context->progress;
	restore->from = rollstat_copy_open(restore->backup, error);
	if (restore->from == NULL) {
		if (error != NULL &&
		    g_error_matches(*error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_NOT_OURS))
			g_prefix_error(
				error,
				_("this is no backup (an export is taken by rollstat import): "));
		return FALSE;
	}
	return rollstat_copy_check(restore->from, progress, error) &&
	       rollstat_copy_count(restore->from, &restore->from_holds, error);
}

/* A present one that is damaged is why somebody restores: it is moved away as it is. */
static gboolean
look_at_present(Restore *restore, GError **error)
{
	const RollstatRun *run = restore->run;
	const RollstatProgress *progress = run->context->progress;
	if (rollstat_carry_is_same(restore->backup, restore->database))
		return rollstat_usage_fail(error, _("%s is the database itself"), restore->backup);
	restore->lock_fd = roll_database_take_lock(restore->database, error);
	if (restore->lock_fd < 0)
		return rollstat_carry_advise(run, error);
	if (!g_file_test(restore->database, G_FILE_TEST_EXISTS))
		return TRUE;
	g_autofree char *moment = rollstat_carry_dup_moment(run, run->context->now_us);
	restore->kept = g_strdup_printf("%s.before-restore-%s", restore->database, moment);
	if (g_file_test(restore->kept, G_FILE_TEST_EXISTS)) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_EXISTS,
			    _("%s is there already: it holds what was there before"),
			    restore->kept);
		return FALSE;
	}
	restore->present = rollstat_copy_open(restore->database, NULL);
	if (restore->present != NULL &&
	    (!rollstat_copy_check(restore->present, progress, NULL) ||
	     !rollstat_copy_count(restore->present, &restore->present_holds, NULL)))
		g_clear_pointer(&restore->present, sqlite3_close_v2);
	return rollstat_progress_step(progress, _("Checking"), 0, 0, error);
}

static char *
dup_question(const Restore *restore)
{
	const RollstatContents *from = &restore->from_holds, *present = &restore->present_holds;
	g_autofree char *wanted = rollstat_carry_dup_stretch(restore->run, from->sessions,
							     from->first_us, from->last_us);
	g_autofree char *there = rollstat_carry_dup_stretch(restore->run, present->sessions,
							    present->first_us, present->last_us);
	if (restore->kept == NULL)
		return g_strdup_printf(_("The backup holds: %s.\n"
					 "There is no database now. Put it at %s? [y/N]"),
				       wanted, restore->database);
	if (restore->present == NULL)
		return g_strdup_printf(_("The backup holds: %s.\n"
					 "The present database cannot be read; it is kept as %s.\n"
					 "Put the backup in its place? [y/N]"),
				       wanted, restore->kept);
	return g_strdup_printf(_("The backup holds: %s.\n"
				 "The present database holds: %s; it is kept as %s.\n"
				 "Put the backup in its place? [y/N]"),
			       wanted, there, restore->kept);
}

static gboolean
ask(const Restore *restore, gboolean *ret_is_wanted, GError **error)
{
	const RestoreOptions *options = restore->run->options;
	const RollstatTalk *talk = restore->run->context->talk;
	*ret_is_wanted = options->is_yes;
	if (options->is_yes)
		return TRUE;
	if (talk == NULL || !talk->is_terminal)
		return rollstat_usage_fail(
			error,
			_("there is no terminal to ask on: --yes restores without a question"));
	rollstat_progress_rest(restore->run->context->progress);
	g_autofree char *question = dup_question(restore);
	g_autofree char *answer = NULL;
	*ret_is_wanted = rollstat_talk_ask(talk, question, &answer) == ROLLSTAT_ANSWER_TEXT &&
			 rollstat_talk_is_yes(answer);
	return TRUE;
}

/* With its log of changes, which goes first: what is left at any moment is never one without the other's name. */
static gboolean
move_away(const char *path, const char *kept, GError **error)
{
	static const char *const suffixes[] = {"-wal", ""};
	for (guint i = 0; i < G_N_ELEMENTS(suffixes); i++) {
		g_autofree char *from = g_strconcat(path, suffixes[i], NULL);
		g_autofree char *to = g_strconcat(kept, suffixes[i], NULL);
		if (g_rename(from, to) < 0 && errno != ENOENT) {
			int why = errno;
			g_set_error(error, G_IO_ERROR, g_io_error_from_errno(why),
				    _("cannot rename %s: %s"), from, g_strerror(why));
			return FALSE;
		}
	}
	g_autofree char *shared = g_strconcat(path, "-shm", NULL);
	g_unlink(shared);
	return TRUE;
}

static gboolean
put_back(Restore *restore, GError **error)
{
	const RollstatProgress *progress = restore->run->context->progress;
	g_autofree char *lock = g_strconcat(restore->database, "-lock", NULL);
	rollstat_output_give(lock);
	if (restore->present != NULL) {
		if (!rollstat_copy_to_file(restore->present, restore->kept, progress,
					   _("Keeping the present one"), error))
			return FALSE;
		/* Whoever writes may tidy up behind it then. */
		g_clear_pointer(&restore->present, sqlite3_close_v2);
		return rollstat_copy_into(restore->from, restore->database, progress,
					  _("Restoring"), error);
	}
	return (restore->kept == NULL || move_away(restore->database, restore->kept, error)) &&
	       rollstat_copy_to_file(restore->from, restore->database, progress, _("Restoring"),
				     error);
}

static void
tell(const Restore *restore)
{
	const RollstatRun *run = restore->run;
	const RollstatContents *holds = &restore->from_holds;
	if (run->is_json) {
		json_object *object = json_object_new_object();
		json_object_object_add(object, "database",
				       rollstat_json_new_text(restore->database));
		json_object_object_add(object, "kept", rollstat_json_new_text(restore->kept));
		json_object_object_add(object, "sessions", json_object_new_int64(holds->sessions));
		json_object_object_add(object, "exercises",
				       json_object_new_int64(holds->exercises));
		rollstat_json_append(object, run->out);
		return;
	}
	g_autofree char *held =
		rollstat_carry_dup_stretch(run, holds->sessions, holds->first_us, holds->last_us);
	g_string_append_printf(run->out, _("Restored: %s (%s).\n"), restore->database, held);
	if (restore->kept != NULL)
		g_string_append_printf(run->out, _("What was there before is in %s.\n"),
				       restore->kept);
}

static gboolean
run_restore(RollstatRun *run, GError **error)
{
	gboolean is_wanted = FALSE;
	g_autofree char *path = rollstat_run_dup_database_path(run);
	g_auto(Restore) restore = {
		.run = run,
		.backup = run->words[0],
		.database = roll_database_resolve(path),
		.lock_fd = -1,
	};
	if (!open_backup(&restore, error) || !look_at_present(&restore, error) ||
	    !ask(&restore, &is_wanted, error))
		return FALSE;
	if (!is_wanted) {
		g_string_append(run->out, _("Nothing was changed.\n"));
		run->exit = ROLLSTAT_EXIT_FAILED;
		return TRUE;
	}
	if (!put_back(&restore, error))
		return FALSE;
	tell(&restore);
	return TRUE;
}

const RollstatVerb rollstat_verb_restore = {
	.name = "restore",
	.usage = "restore FILE [--yes]",
	.what = N_("Puts a backup in the place of the database, which is kept beside it"),
	.help = N_(
		"FILE is checked first. rollerd must not run meanwhile; where it does, it is said\n"
		"how to stop it. What was there before stays beside the database, under its name\n"
		"with .before-restore and the date.\n"),
	.group = ROLLSTAT_GROUP_CARE,
	.takes = ROLLSTAT_TAKES_JSON,
	.least_words = 1,
	.most_words = 1,
	.options = restore_options,
	.options_size = sizeof(RestoreOptions),
	.run = run_restore,
};
