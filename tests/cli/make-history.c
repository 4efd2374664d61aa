/* SPDX-License-Identifier: MIT
 *
 * make-history FILE SESSIONS [LAST]: a database with so many daily sessions, the last one on the day LAST
 * (Unix seconds of 7:12 that day; else 14 March 2026), to measure and to look at.
 */
#include "tests/cli/made-session.h"

#include <stdio.h>

int
main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	if (argc < 3) {
		fprintf(stderr, "make-history FILE SESSIONS [LAST]\n");
		return 2;
	}
	g_autoptr(sqlite3) db = roll_database_open(argv[1], ROLL_DATABASE_WRITER, &error);
	if (db == NULL) {
		fprintf(stderr, "make-history: %s\n", error->message);
		return 1;
	}
	gint64 n = g_ascii_strtoll(argv[2], NULL, 10);
	MadeSession made = made_session_usual;
	made.start_us =
		argc > 3 ? g_ascii_strtoll(argv[3], NULL, 10) * G_USEC_PER_SEC : made.start_us;
	gint64 last_us = made.start_us;
	made.hold_s = 12;
	made.hold_cm = 20;
	made.stiffness = 0.4;
	g_assert_cmpint(sqlite3_exec(db, "BEGIN", NULL, NULL, NULL), ==, SQLITE_OK);
	for (gint64 i = 0; i < n; i++) {
		made.start_us = last_us - (n - 1 - i) * 86400 * G_USEC_PER_SEC;
		made.rolling_s = 240 + (double)(i * 37 % 240);
		made.force_n = 180 + (double)(i * 13 % 40);
		made.stiffness = (double)(i % 7) / 10;
		made.seed = (guint32)i + 1;
		made_session_add(db, &made);
	}
	g_assert_cmpint(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
	return 0;
}
