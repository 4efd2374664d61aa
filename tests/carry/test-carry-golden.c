/* SPDX-License-Identifier: MIT
 *
 * What export, import, backup and restore say, and what they write, in full, against the files of golden/. After a wanted change,
 * look at the new ones and keep them: build/tests/carry/test-carry-golden --update && git diff tests/carry/golden
 */
#include "protocol/database-lock.h"
#include "tests/carry/carry-history.h"
#include "tests/carry/fit-dump.h"
#include "tests/cli/golden-file.h"

#include <string.h>
#include <unistd.h>

static void
begin(Scratch *scratch)
{
	scratch_init(scratch);
	carry_history_make(scratch);
}

/* As SQLite of this version lays it out: how many bytes a database has is not ours. */
static char *
dup_without_sizes(const char *text)
{
	g_autoptr(GRegex) told = g_regex_new("\\([^(;]*B;", 0, 0, NULL);
	g_autoptr(GRegex) counted = g_regex_new("\"bytes\":[0-9]+", 0, 0, NULL);
	g_autofree char *plain = g_regex_replace(told, text, -1, 0, "(SIZE;", 0, NULL);
	return g_regex_replace(counted, plain, -1, 0, "\"bytes\":0", 0, NULL);
}

/* What was asked, what was said, and the exit status where it is not 0. */
static void
record(const Scratch *scratch, const char *words, const char *typed, GString *transcript)
{
	g_auto(Answer) answer = carry_history_ask(scratch, words, typed);
	g_autofree char *out = dup_without_sizes(answer.out);
	g_assert_true(g_utf8_validate(out, -1, NULL));
	g_string_append_printf(transcript, "%s$ rollstat %s\n%s%s", transcript->len > 0 ? "\n" : "",
			       words, out, answer.err);
	if (answer.status != ROLLSTAT_EXIT_DONE)
		g_string_append_printf(transcript, "[%d]\n", answer.status);
}

/* words: one command each, ended by NULL. */
static void
check_transcript(const Scratch *scratch, const char *name, const char *const *words)
{
	g_autoptr(GString) transcript = g_string_new(NULL);
	for (guint i = 0; words[i] != NULL; i++)
		record(scratch, words[i], NULL, transcript);
	golden_file_check(GOLDEN_FOLDER, name, transcript->str);
}

/* What one command says alone. */
static void
check_answer(const Scratch *scratch, const char *name, const char *words)
{
	g_auto(Answer) answer = carry_history_ask(scratch, words, NULL);
	g_autofree char *out = dup_without_sizes(answer.out);
	g_assert_cmpstr(answer.err, ==, "");
	g_assert_cmpint(answer.status, ==, ROLLSTAT_EXIT_DONE);
	golden_file_check(GOLDEN_FOLDER, name, out);
}

static void
check_file(const Scratch *scratch, const char *name, const char *file)
{
	g_autofree char *path = carry_history_dup_path(scratch, file);
	g_autoptr(GBytes) bytes = scratch_read(path);
	gsize n_bytes = 0;
	const char *data = g_bytes_get_data(bytes, &n_bytes);
	g_autofree char *text = g_strndup(data, n_bytes);
	g_assert_cmpuint(strlen(text), ==, n_bytes);
	golden_file_check(GOLDEN_FOLDER, name, text);
}

static void
write_file(const Scratch *scratch, const char *file, const char *text, gssize n_bytes)
{
	g_autofree char *path = carry_history_dup_path(scratch, file);
	g_assert_true(g_file_set_contents(path, text, n_bytes, NULL));
}

static void
do_quietly(const Scratch *scratch, const char *words)
{
	g_auto(Answer) answer = carry_history_ask(scratch, words, NULL);
	if (answer.status != ROLLSTAT_EXIT_DONE)
		g_error("%s: %s", words, answer.err);
}

/* The first half of a file, under another name. */
static void
halve(const Scratch *scratch, const char *whole, const char *half)
{
	g_autofree char *path = carry_history_dup_path(scratch, whole);
	g_autoptr(GBytes) bytes = scratch_read(path);
	gsize n_bytes = 0;
	const char *data = g_bytes_get_data(bytes, &n_bytes);
	write_file(scratch, half, data, (gssize)n_bytes / 2);
}

/* ---- export ---- */

static void
test_export(void)
{
	static const char *const words[] = {
		"--db DIR/a.db export --output DIR/out.json",
		"--db DIR/a.db export --session 2 --output DIR",
		"--db DIR/a.db export --csv --output DIR/tables",
		"--db DIR/a.db export --format fit --output DIR/fit",
		"--db DIR/a.db export --format fit --session 1 --output DIR/one.fit",
		"--db DIR/a.db export --format rollcap --output DIR/captures",
		"--db DIR/a.db export 2026-03-13 --output DIR/nothing.json",
		"--db DIR/a.db export --person anna --replace --output DIR/nothing.json",
		NULL,
	};
	static const char *const tables[] = {"sessions", "zones", "passes", "holds", "exercises"};
	g_auto(Scratch) scratch = {0};
	begin(&scratch);
	check_transcript(&scratch, "export", words);
	check_file(&scratch, "export-json", "out.json");
	for (guint i = 0; i < G_N_ELEMENTS(tables); i++) {
		g_autofree char *name = g_strdup_printf("export-csv-%s", tables[i]);
		g_autofree char *file = g_strdup_printf("tables/%s.csv", tables[i]);
		check_file(&scratch, name, file);
	}
	check_file(&scratch, "export-rollcap", "captures/2026-03-12-070000-session-1.rollcap");
	g_autofree char *fit = carry_history_dup_path(&scratch, "one.fit");
	g_autofree char *dump = fit_dump(fit);
	golden_file_check(GOLDEN_FOLDER, "export-fit", dump);
}

static void
test_export_refused(void)
{
	static const char *const words[] = {
		"--db DIR/none.db export --output DIR/out.json",
		"--db DIR/foreign.db export --output DIR/out.json",
		"--db DIR/half.db export --output DIR/out.json",
		"--db DIR/a.db export --output DIR/there.json",
		"--db DIR/a.db export --output DIR/a.db --replace",
		"--db DIR/a.db export --output DIR/absent/out.json",
		"--db DIR/a.db export --format fit --output -",
		"--db DIR/a.db export --csv --output DIR/there.json",
		"--db DIR/a.db export --session 77 --output DIR/out.json",
		"--db DIR/a.db export --session one",
		"--db DIR/a.db export --format xml",
		"--db DIR/a.db export --json --format csv",
		"--db DIR/a.db export frog",
		NULL,
	};
	g_auto(Scratch) scratch = {0};
	begin(&scratch);
	write_file(&scratch, "there.json", "mine\n", -1);
	write_file(&scratch, "foreign.db", "Dear diary, today I rolled.\n", -1);
	halve(&scratch, "a.db", "half.db");
	check_transcript(&scratch, "export-refused", words);
	check_file(&scratch, "export-untouched", "there.json");
}

/* ---- import ---- */

static void
test_import(void)
{
	static const char *const words[] = {
		"--db DIR/b.db import DIR/one.json",
		"--db DIR/b.db import DIR/out.json",
		"--db DIR/b.db import DIR/out.json",
		"--db DIR/c.db import DIR/out.json",
		"--db DIR/c.db sessions",
		NULL,
	};
	g_auto(Scratch) scratch = {0};
	begin(&scratch);
	do_quietly(&scratch, "--db DIR/a.db export --session 1 --output DIR/one.json");
	do_quietly(&scratch, "--db DIR/a.db export --output DIR/out.json");
	check_transcript(&scratch, "import", words);
	check_answer(&scratch, "import-json", "--db DIR/d.db import DIR/out.json --json");
}

/* The lock is held as a rollerd that runs holds it. */
static void
record_beside_rollerd(const Scratch *scratch, const char *words, GString *transcript)
{
	g_autofree char *path = carry_history_dup_path(scratch, "a.db");
	int lock_fd = roll_database_take_lock(path, NULL);
	g_assert_cmpint(lock_fd, >=, 0);
	record(scratch, words, NULL, transcript);
	close(lock_fd);
}

static void
test_import_refused(void)
{
	static const char *const words[] = {
		"--db DIR/b.db import DIR/none.json",
		"--db DIR/b.db import DIR",
		"--db DIR/b.db import DIR/foreign",
		"--db DIR/b.db import DIR/a.db",
		"--db DIR/b.db import DIR/capture",
		"--db DIR/b.db import DIR/empty",
		"--db DIR/b.db import DIR/half.json",
		"--db DIR/b.db import DIR/out.json DIR/half.json",
		"--db DIR/b.db import",
		"--db DIR/b.db import DIR/out.json --csv",
		"--db DIR/b.db sessions",
		NULL,
	};
	g_auto(Scratch) scratch = {0};
	begin(&scratch);
	do_quietly(&scratch, "--db DIR/a.db export --output DIR/out.json");
	write_file(&scratch, "foreign", "Dear diary, today I rolled.\n", -1);
	write_file(&scratch, "capture", "# rollcap 1\n", -1);
	write_file(&scratch, "empty", "", 0);
	halve(&scratch, "out.json", "half.json");
	g_autoptr(GString) transcript = g_string_new(NULL);
	for (guint i = 0; words[i] != NULL; i++)
		record(&scratch, words[i], NULL, transcript);
	record_beside_rollerd(&scratch, "--db DIR/a.db import DIR/out.json", transcript);
	record_beside_rollerd(&scratch, "--system --db DIR/a.db import DIR/out.json", transcript);
	golden_file_check(GOLDEN_FOLDER, "import-refused", transcript->str);
}

/* ---- backup ---- */

static void
test_backup(void)
{
	static const char *const words[] = {
		"--db DIR/a.db backup",
		"--db DIR/a.db backup DIR/kept.db",
		"--db DIR/a.db backup DIR/kept.db --replace",
		"--db DIR/empty.db backup DIR",
		"--db DIR/anna's.db backup DIR/anna's-kept.db",
		"--system --db DIR/a.db backup DIR/system.db",
		NULL,
	};
	g_auto(Scratch) scratch = {0};
	begin(&scratch);
	g_autofree char *empty = carry_history_dup_path(&scratch, "empty.db");
	g_autofree char *quoted = carry_history_dup_path(&scratch, "anna's.db");
	sqlite3_close(scratch_open(empty, ROLL_DATABASE_WRITER));
	sqlite3_close(scratch_open(quoted, ROLL_DATABASE_WRITER));
	check_transcript(&scratch, "backup", words);
	check_answer(&scratch, "backup-json", "--db DIR/a.db backup DIR/other.db --json");
}

static void
test_backup_refused(void)
{
	static const char *const words[] = {
		"--db DIR/none.db backup",
		"--db DIR/foreign.db backup",
		"--db DIR/half.db backup",
		"--db DIR/a.db backup DIR/there.db",
		"--db DIR/a.db backup DIR/a.db --replace",
		"--db DIR/a.db backup DIR/absent/kept.db",
		"--db DIR/a.db backup DIR/kept.db --csv",
		"--db DIR/a.db backup one two",
		NULL,
	};
	g_auto(Scratch) scratch = {0};
	begin(&scratch);
	write_file(&scratch, "there.db", "mine\n", -1);
	write_file(&scratch, "foreign.db", "Dear diary, today I rolled.\n", -1);
	halve(&scratch, "a.db", "half.db");
	check_transcript(&scratch, "backup-refused", words);
	check_file(&scratch, "backup-untouched", "there.db");
}

/* ---- restore ---- */

static void
test_restore(void)
{
	static const char *const words[] = {
		"--db DIR/a.db restore DIR/kept.db --yes",
		"--db DIR/b.db restore DIR/kept.db --yes",
		"--db DIR/broken.db restore DIR/kept.db --yes",
		NULL,
	};
	g_auto(Scratch) scratch = {0};
	begin(&scratch);
	do_quietly(&scratch, "--db DIR/a.db backup DIR/kept.db");
	halve(&scratch, "a.db", "broken.db");
	check_transcript(&scratch, "restore", words);
	check_answer(&scratch, "restore-json", "--db DIR/c.db restore DIR/kept.db --yes --json");
}

/* What it asks, of a database that is there, is not, and is broken. */
static void
test_restore_asked(void)
{
	g_auto(Scratch) scratch = {0};
	g_autoptr(GString) transcript = g_string_new(NULL);
	begin(&scratch);
	do_quietly(&scratch, "--db DIR/a.db backup DIR/kept.db");
	halve(&scratch, "a.db", "broken.db");
	record(&scratch, "--db DIR/a.db restore DIR/kept.db", "n", transcript);
	record(&scratch, "--db DIR/broken.db restore DIR/kept.db", "", transcript);
	record(&scratch, "--db DIR/b.db restore DIR/kept.db", "y", transcript);
	golden_file_check(GOLDEN_FOLDER, "restore-asked", transcript->str);
}

static void
test_restore_refused(void)
{
	static const char *const words[] = {
		"--db DIR/a.db restore DIR/none.db --yes",
		"--db DIR/a.db restore DIR/foreign.db --yes",
		"--db DIR/a.db restore DIR/song.db --yes",
		"--db DIR/a.db restore DIR/out.json --yes",
		"--db DIR/a.db restore DIR/half.db --yes",
		"--db DIR/a.db restore DIR/newer.db --yes",
		"--db DIR/a.db restore DIR/a.db --yes",
		"--db DIR/a.db restore DIR/kept.db",
		"--db DIR/a.db restore",
		NULL,
	};
	g_auto(Scratch) scratch = {0};
	begin(&scratch);
	g_autofree char *song = carry_history_dup_path(&scratch, "song.db");
	g_autofree char *newer = carry_history_dup_path(&scratch, "newer.db");
	do_quietly(&scratch, "--db DIR/a.db export --output DIR/out.json");
	do_quietly(&scratch, "--db DIR/a.db backup DIR/kept.db");
	do_quietly(&scratch, "--db DIR/a.db backup DIR/newer.db");
	scratch_run_raw(song, "CREATE TABLE song (name TEXT)");
	scratch_run_raw(newer, "PRAGMA user_version = 99");
	write_file(&scratch, "foreign.db", "Dear diary, today I rolled.\n", -1);
	halve(&scratch, "kept.db", "half.db");
	g_autoptr(GString) transcript = g_string_new(NULL);
	for (guint i = 0; words[i] != NULL; i++)
		record(&scratch, words[i], NULL, transcript);
	record_beside_rollerd(&scratch, "--db DIR/a.db restore DIR/kept.db --yes", transcript);
	record(&scratch, "--db DIR/a.db sessions", NULL, transcript);
	golden_file_check(GOLDEN_FOLDER, "restore-refused", transcript->str);
}

int
main(int argc, char **argv)
{
	golden_file_init(&argc, argv);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/carry-golden/export", test_export);
	g_test_add_func("/carry-golden/export-refused", test_export_refused);
	g_test_add_func("/carry-golden/import", test_import);
	g_test_add_func("/carry-golden/import-refused", test_import_refused);
	g_test_add_func("/carry-golden/backup", test_backup);
	g_test_add_func("/carry-golden/backup-refused", test_backup_refused);
	g_test_add_func("/carry-golden/restore", test_restore);
	g_test_add_func("/carry-golden/restore-asked", test_restore_asked);
	g_test_add_func("/carry-golden/restore-refused", test_restore_refused);
	return g_test_run();
}
