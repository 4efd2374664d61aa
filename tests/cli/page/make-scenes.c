/* SPDX-License-Identifier: MIT
 *
 * make-scenes FOLDER CATALOGUES: a database NAME.db of each scene, and german.html: the page of the scene "usual" as one
 * reads it who reads German.
 */
#include "cli/command.h"
#include "tests/cli/page/scenes.h"

#include <libintl.h>
#include <locale.h>
#include <stdio.h>

static gboolean
make_scene(const char *folder, const Scene *scene)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *path = g_strdup_printf("%s/%s.db", folder, scene->name);
	g_autoptr(sqlite3) db = roll_database_open(path, ROLL_DATABASE_WRITER, &error);
	if (db == NULL) {
		fprintf(stderr, "make-scenes: %s\n", error->message);
		return FALSE;
	}
	g_assert_cmpint(sqlite3_exec(db, "BEGIN", NULL, NULL, NULL), ==, SQLITE_OK);
	scene->fill(db);
	g_assert_cmpint(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
	return TRUE;
}

static gboolean
make_german(const char *folder, const char *catalogues)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GString) err = g_string_new(NULL);
	g_autofree char *line = g_strdup_printf(
		"rollstat --db %s/usual.db report 2026-02-15 2026-03-14 --html %s/german.html",
		folder, folder);
	g_auto(GStrv) words = g_strsplit(line, " ", -1);
	RollstatContext context = {.now_us = G_GINT64_CONSTANT(1773511200000000),
				   .zone = zone,
				   .style = {.width = ROLLSTAT_WIDTH_USUAL, .has_utf8 = TRUE}};
	g_setenv("LANGUAGE", "de", TRUE);
	setlocale(LC_CTYPE, "C.UTF-8");
	setlocale(LC_MESSAGES, "C.UTF-8");
	bindtextdomain(GETTEXT_PACKAGE, catalogues);
	bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
	textdomain(GETTEXT_PACKAGE);
	RollstatExit status = rollstat_command_run(&context, words, out, err);
	fputs(err->str, stderr);
	return status == ROLLSTAT_EXIT_DONE;
}

int
main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "make-scenes FOLDER CATALOGUES\n");
		return 2;
	}
	for (const Scene *scene = scenes; scene->name != NULL; scene++)
		if (!make_scene(argv[1], scene))
			return 1;
	return make_german(argv[1], argv[2]) ? 0 : 1;
}
