/* SPDX-License-Identifier: MIT */
#include "tests/cli/page/scenes.h"

#include "tests/cli/made-session.h"

#define DAY_US (G_GINT64_CONSTANT(86400) * G_USEC_PER_SEC)
#define BAD "<script>alert(1)</script>&\"'\x01\x1b[31m\xe2\x80\xae"

static void
run(sqlite3 *db, const char *sql)
{
	char *message = NULL;
	if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
		g_error("%s: %s", message, sql);
}

static void
fill_usual(sqlite3 *db)
{
	MadeSession made = made_session_usual;
	gint64 last_us = made.start_us;
	for (guint i = 0; i < 42; i++) {
		if (i % 3 == 1)
			continue;
		made = made_session_usual;
		made.start_us = last_us - (41 - i) * DAY_US;
		made.seed = i + 1;
		made.rolling_s = 200 + 7 * i;
		made.force_n = 190 + i % 5 * 8;
		made.stiffness = 0.45;
		made.stiff_cm = i % 2 == 0 ? 12 : 21;
		made.top_cm = 2 + i % 3;
		made.bottom_cm = 24 + i % 4 * 2;
		made.hold_s = i % 4 == 0 ? 9 : 0;
		made.hold_cm = 13;
		if (i % 6 == 0) {
			made.kind = "bar";
			made.address = "C0:FF:EE:00:00:02";
			made.sensor_name = "Bar";
			made.has_sides = TRUE;
		}
		made_session_add(db, &made);
	}
	run(db, "UPDATE session SET left_s = loaded_s * 0.4, right_s = loaded_s * 0.1 WHERE left_s "
		"> 0");
}

static void
fill_odd(sqlite3 *db)
{
	MadeSession made = made_session_usual;
	made.person = BAD;
	made.sensor_name = "]]><!--" BAD;
	made.kind = "<b>bar</b>";
	made.zone_prefix = "<i>x</i>&amp;\x02 a zone whose name goes on and on and on and on, ";
	made.hold_s = 5;
	made.stiffness = 0.5;
	made.hold_cm = 20;
	made_session_add(db, &made);
	made = made_session_usual;
	made.start_us += DAY_US / 24;
	made.person = "Zo\xc3\xab";
	made.address = "C0:FF:EE:00:00:09";
	made.sensor_name = "bytes \xff\xfe that are no text";
	made.top_cm = -6;
	made.bottom_cm = 40;
	made.is_guess = TRUE;
	made.unsure_s = 60;
	made_session_add(db, &made);
	/* The page is of one person alone: of the one with the worst name, the worst places, too. */
	made.start_us += DAY_US / 24;
	made.person = BAD;
	made_session_add(db, &made);
	run(db, "INSERT INTO choice SELECT 'person', person FROM session ORDER BY id LIMIT 1");
}

static void
fill_plain(sqlite3 *db)
{
	MadeSession made = made_session_usual;
	made.force_n = 0;
	made.sensor_name = NULL;
	made.unplaced_s = 30;
	made_session_add(db, &made);
}

static void
fill_empty(sqlite3 *db)
{
	(void)db;
}

static void
fill_years(sqlite3 *db)
{
	MadeSession made = made_session_usual;
	gint64 last_us = made.start_us;
	for (guint i = 0; i < 3653; i++) {
		made.start_us = last_us - (gint64)(3652 - i) * DAY_US;
		made.rolling_s = 240 + i * 37 % 240;
		made.stiffness = i % 7 / 10.0;
		made.seed = i + 1;
		made_session_add(db, &made);
	}
}

const Scene scenes[] = {
	{"usual", fill_usual}, {"odd", fill_odd},     {"plain", fill_plain},
	{"empty", fill_empty}, {"years", fill_years}, {NULL, NULL},
};

const Scene *
scenes_find(const char *name)
{
	for (const Scene *scene = scenes; scene->name != NULL; scene++)
		if (g_str_equal(scene->name, name))
			return scene;
	g_error("there is no scene %s", name);
}
