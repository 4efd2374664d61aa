/* SPDX-License-Identifier: MIT
 *
 * make-scenes FOLDER: a database NAME.db of each scene.
 */
#include "tests/cli/page/scenes.h"

#include <stdio.h>

int
main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "make-scenes FOLDER\n");
		return 2;
	}
	for (const Scene *scene = scenes; scene->name != NULL; scene++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *path = g_strdup_printf("%s/%s.db", argv[1], scene->name);
		g_autoptr(sqlite3) db = roll_database_open(path, ROLL_DATABASE_WRITER, &error);
		if (db == NULL) {
			fprintf(stderr, "make-scenes: %s\n", error->message);
			return 1;
		}
		g_assert_cmpint(sqlite3_exec(db, "BEGIN", NULL, NULL, NULL), ==, SQLITE_OK);
		scene->fill(db);
		g_assert_cmpint(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
	}
	return 0;
}
