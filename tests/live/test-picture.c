/* SPDX-License-Identifier: MIT
 *
 * What is on the picture, in full, against the files of golden/; and that it fits into every window. After a wanted
 * change: build/tests/live/test-picture --update, and look at what it wrote.
 */
#include "cli/history/summarise.h"
#include "cli/live/day-so-far.h"
#include "cli/live/picture.h"
#include "tests/cli/answer.h"
#include "tests/cli/golden-file.h"
#include "tests/live/scene-rig.h"

#include <string.h>

/* A day of which the database tells. */
typedef struct {
	AnswerFixture answer;
	SceneRig rig;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
	(void)data;
	MadeSession made = made_session_usual;
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");
	g_autoptr(GError) error = NULL;
	RollstatSummary *summary = NULL;
	answer_fixture_init(&fixture->answer);
	made.start_us = answer_get_t_us(2026, 3, 14, 7, 0);
	made.rolling_s = 250;
	made_session_add(fixture->answer.db, &made);
	scene_rig_init(&fixture->rig);
	g_autoptr(RollstatDaySoFar) day = rollstat_day_so_far_new(
		fixture->answer.path, &(RollstatDayOf){.usual = "me"}, zone);
	g_assert_true(rollstat_day_so_far_read(day, 1, answer_get_t_us(2026, 3, 14, 8, 0), &summary,
					       &error));
	g_assert_no_error(error);
	g_assert_nonnull(summary);
	rollstat_scene_take_day(&fixture->rig.scene, summary);
	rollstat_summary_free(summary);
	fixture->rig.lost_packets = 4;
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
	(void)data;
	answer_fixture_clear(&fixture->answer);
}

static char *
draw(const SceneRig *rig, const RollstatPicture *wanted, guint columns, guint rows)
{
	RollstatPicture picture = *wanted;
	picture.now_us = rig->now_us;
	picture.keys = "q quit  m mark this place  b bell on";
	g_autoptr(RollstatCanvas) canvas = rollstat_canvas_new(&picture.style, columns, rows);
	rollstat_picture_draw(&picture, &rig->scene, canvas);
	return rollstat_canvas_dup_text(canvas);
}

static void
check(const char *name, const char *text)
{
	golden_file_check(GOLDEN_FOLDER, name, text);
}

static const RollstatPicture letters = {.style = {.has_utf8 = TRUE}};
static const RollstatPicture ascii = {0};

static void
test_rolling(Fixture *fixture, gconstpointer data)
{
	(void)data;
	const RollstatNews pass = {.kind = ROLLSTAT_NEWS_PASS,
				   .start_us = 0,
				   .end_us = 1500000,
				   .from_cm = 20,
				   .to_cm = 5.5};
	scene_rig_touch(&fixture->rig, 5.5);
	scene_rig_roll(&fixture->rig, 5.5, 17.5, 9);
	rollstat_scene_take_event(&fixture->rig.scene, &pass);
	g_autofree char *wide = draw(&fixture->rig, &letters, 80, 24);
	check("rolling-80x24", wide);
	g_autofree char *narrow = draw(&fixture->rig, &letters, 40, 20);
	check("rolling-40x20", narrow);
	g_autofree char *plain = draw(&fixture->rig, &ascii, 80, 24);
	check("rolling-ascii-80x24", plain);
	g_autofree char *least = draw(&fixture->rig, &ascii, 40, 20);
	check("rolling-ascii-40x20", least);
	g_autofree char *tall = draw(&fixture->rig, &letters, 100, 45);
	check("rolling-100x45", tall);
}

static void
test_holding(Fixture *fixture, gconstpointer data)
{
	(void)data;
	RollstatPicture picture = letters;
	picture.weight_kg = 70;
	picture.message = "Move on: this hold is longer than 30 s; 20 to 30 s are advised.";
	scene_rig_stay(&fixture->rig, 24.2, 33);
	fixture->rig.scene.moment.uncertainty_cm = 3.5;
	g_autofree char *text = draw(&fixture->rig, &picture, 80, 24);
	check("holding-80x24", text);
	g_autofree char *narrow = draw(&fixture->rig, &picture, 40, 20);
	check("holding-40x20", narrow);
}

static void
test_silent(Fixture *fixture, gconstpointer data)
{
	(void)data;
	scene_rig_stay(&fixture->rig, 12, 2);
	scene_rig_wait(&fixture->rig, 3.4);
	g_autofree char *text = draw(&fixture->rig, &letters, 80, 24);
	check("silent-80x24", text);
	/* Nothing of the moment before is shown as if it were now. */
	g_assert_null(strstr(text, "▀"));
	g_assert_null(strstr(text, "▄"));
	g_assert_null(strstr(text, "200 N "));
}

static void
test_waiting(void)
{
	SceneRig rig = {0};
	rollstat_scene_init(&rig.scene);
	rollstat_scene_lose_daemon(&rig.scene, "start it: systemctl --user start rollerd");
	g_autofree char *none = draw(&rig, &letters, 80, 24);
	check("no-daemon-80x24", none);
	rollstat_scene_find_daemon(&rig.scene, "");
	g_autofree char *sensorless = draw(&rig, &letters, 80, 24);
	check("no-sensor-80x24", sensorless);
	g_autofree char *small = draw(&rig, &letters, 40, 12);
	check("no-sensor-40x12", small);
	scene_rig_init(&rig);
	g_autofree char *first = draw(&rig, &letters, 80, 24);
	check("no-contact-yet-80x24", first);
}

/* It is known that the sensor went, and since when nothing came. */
static void
test_gone(Fixture *fixture, gconstpointer data)
{
	const RollstatSensorState gone = {
		.label = "Roller", .link = "absent", .detail = "", .battery_pct = 9};
	(void)data;
	scene_rig_stay(&fixture->rig, 12, 2);
	scene_rig_wait(&fixture->rig, 65);
	rollstat_scene_take_sensor(&fixture->rig.scene, fixture->rig.now_us, &gone);
	g_autofree char *text = draw(&fixture->rig, &letters, 80, 24);
	g_assert_nonnull(strstr(text, " not heard, no data for 65 s\n"));
	g_assert_nonnull(
		strstr(text, "battery 9 %  packets lost 4  no session yet  battery low\n"));
	g_autofree char *narrow = draw(&fixture->rig, &letters, 40, 12);
	g_assert_nonnull(strstr(narrow, " no data for 65 s\n"));
	g_assert_null(strstr(narrow, "not heard"));
	g_assert_nonnull(strstr(narrow, " 7-14 cm/s\n"));
}

/* Without room for the spine, the zone that fills is told all the same; and beside it as soon as words fit. */
static void
test_small(Fixture *fixture, gconstpointer data)
{
	(void)data;
	scene_rig_touch(&fixture->rig, 5.5);
	scene_rig_roll(&fixture->rig, 5.5, 17.5, 9);
	g_autofree char *small = draw(&fixture->rig, &letters, 40, 12);
	check("rolling-40x12", small);
	g_autofree char *middle = draw(&fixture->rig, &letters, 60, 20);
	check("rolling-60x20", middle);
}

static void
test_lifted(Fixture *fixture, gconstpointer data)
{
	(void)data;
	scene_rig_stay(&fixture->rig, 12, 2);
	scene_rig_lift(&fixture->rig);
	g_autofree char *text = draw(&fixture->rig, &letters, 80, 24);
	g_assert_nonnull(strstr(text, "nobody rests on it"));
	g_assert_null(strstr(text, "▀"));
}

/* Every window, from a single letter on. */
static void
test_fits(Fixture *fixture, gconstpointer data)
{
	(void)data;
	g_strlcpy(fixture->rig.scene.label, "R\u00f6lle \u6eda\u7b52 \033[2J with a very long name",
		  sizeof fixture->rig.scene.label);
	g_strlcpy(fixture->rig.scene.zones[0].name,
		  "\u80cc\u80cc\u80cc\u80cc\u80cc\u80cc\u80cc\u80cc",
		  sizeof fixture->rig.scene.zones[0].name);
	scene_rig_touch(&fixture->rig, -50);
	for (guint columns = 1; columns <= 100; columns++)
		for (guint rows = 1; rows <= 30; rows++) {
			g_autofree char *text = draw(&fixture->rig, &letters, columns, rows);
			g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
			g_assert_cmpuint(g_strv_length(lines), ==, rows + 1);
			for (guint i = 0; lines[i] != NULL; i++)
				g_assert_cmpuint(rollstat_style_measure(lines[i]), <=, columns);
			g_assert_null(strchr(text, '\033'));
		}
}

static void
test_ascii_alone(Fixture *fixture, gconstpointer data)
{
	(void)data;
	scene_rig_touch(&fixture->rig, 5.5);
	scene_rig_roll(&fixture->rig, 5.5, 17.5, 9);
	g_autofree char *text = draw(&fixture->rig, &ascii, 80, 24);
	g_assert_true(g_str_is_ascii(text));
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*test)(Fixture *fixture, gconstpointer data);
	} tests[] = {
		{"/picture/rolling", test_rolling}, {"/picture/holding", test_holding},
		{"/picture/silent", test_silent},   {"/picture/lifted", test_lifted},
		{"/picture/fits", test_fits},	    {"/picture/ascii-alone", test_ascii_alone},
		{"/picture/gone", test_gone},	    {"/picture/small", test_small},
	};
	golden_file_init(&argc, argv);
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
	g_test_add_func("/picture/waiting", test_waiting);
	return g_test_run();
}
