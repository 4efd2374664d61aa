/* SPDX-License-Identifier: MIT
 *
 * What follows from moments: passes, holds, seconds, silences.
 */
#include "tests/live/scene-rig.h"

#include <math.h>
#include <string.h>

static void
test_pass(void)
{
	SceneRig rig;
	scene_rig_init(&rig);
	scene_rig_touch(&rig, 5);
	g_assert_cmpint(rig.scene.pass.direction, ==, 0);
	scene_rig_roll(&rig, 5, 20, 10);
	g_assert_cmpint(rig.scene.pass.direction, ==, 1);
	g_assert_cmpfloat_with_epsilon(rig.scene.pass.far_cm - rig.scene.pass.from_cm, 15, 1e-9);
	g_assert_cmpfloat_with_epsilon(rig.scene.speed_cmps, 10, 0.1);
	/* A small retreat is no turning point, 2 cm are. */
	scene_rig_roll(&rig, 20, 18.5, 5);
	g_assert_cmpint(rig.scene.pass.direction, ==, 1);
	scene_rig_roll(&rig, 18.5, 12, 10);
	g_assert_cmpint(rig.scene.pass.direction, ==, -1);
	g_assert_cmpfloat_with_epsilon(rig.scene.pass.from_cm, 20, 1e-9);
	g_assert_cmpfloat_with_epsilon(rig.scene.pass.far_cm, 12, 1e-9);
	g_assert_cmpfloat(rig.scene.speed_cmps, <, -8);
	scene_rig_lift(&rig);
	g_assert_cmpint(rig.scene.pass.direction, ==, 0);
	g_assert_false(rollstat_scene_has_contact(&rig.scene));
}

static void
test_hold(void)
{
	SceneRig rig;
	scene_rig_init(&rig);
	scene_rig_touch(&rig, 5);
	scene_rig_roll(&rig, 5, 12, 10);
	g_assert_cmpfloat(rollstat_scene_get_hold_s(&rig.scene), ==, 0);
	scene_rig_stay(&rig, 12, 1.5);
	g_assert_cmpfloat(rollstat_scene_get_hold_s(&rig.scene), ==, 0);
	scene_rig_stay(&rig, 12.3, 5); /* a wiggle of less than 1.5 cm */
	g_assert_cmpfloat_with_epsilon(rollstat_scene_get_hold_s(&rig.scene), 6.5, 0.3);
	g_assert_cmpint(rig.scene.pass.direction, ==, 0);
	scene_rig_roll(&rig, 12.3, 16, 10);
	g_assert_cmpfloat(rollstat_scene_get_hold_s(&rig.scene), ==, 0);
	/* The pass after it begins where it was held. */
	g_assert_cmpint(rig.scene.pass.direction, ==, 1);
	g_assert_cmpfloat_with_epsilon(rig.scene.pass.from_cm, 12.3, 0.01);
}

static void
test_seconds(void)
{
	SceneRig rig;
	scene_rig_init(&rig);
	scene_rig_set_day(&rig, 0, 40, 10, 0);
	scene_rig_touch(&rig, 5);
	scene_rig_stay(&rig, 5, 3);
	g_assert_cmpfloat_with_epsilon(rig.scene.zones[1].seconds, 43, 0.01);
	g_assert_cmpstr(rollstat_scene_find_zone(&rig.scene, 5)->name, ==, "upper");
	/* The database is behind, then right. */
	scene_rig_set_day(&rig, 0, 42, 10, 0);
	g_assert_cmpfloat_with_epsilon(rig.scene.zones[1].seconds, 43, 0.01);
	scene_rig_set_day(&rig, 0, 43.5, 10, 0);
	g_assert_cmpfloat_with_epsilon(rig.scene.zones[1].seconds, 43.5, 0.01);
	/* The place was found to be another one. */
	scene_rig_set_day(&rig, 0, 20, 33.5, 0);
	g_assert_cmpfloat_with_epsilon(rig.scene.zones[1].seconds, 20, 0.01);
	g_assert_cmpfloat_with_epsilon(rig.scene.zones[2].seconds, 33.5, 0.01);
	/* Nothing is counted that is not rested on, nor over a silence. */
	scene_rig_lift(&rig);
	scene_rig_touch(&rig, 5);
	scene_rig_wait(&rig, 10);
	scene_rig_touch(&rig, 5);
	g_assert_cmpfloat_with_epsilon(rig.scene.zones[1].seconds, 20, 0.01);
}

static void
test_silence(void)
{
	SceneRig rig;
	scene_rig_init(&rig);
	scene_rig_wait(&rig, 10);
	g_assert_cmpuint(scene_rig_count(&rig, ROLLSTAT_NEWS_SILENCE), ==, 0); /* never heard yet */
	scene_rig_stay(&rig, 8, 2);
	g_assert_true(rollstat_scene_has_contact(&rig.scene));
	scene_rig_wait(&rig, 0.9);
	g_assert_true(rollstat_scene_has_contact(&rig.scene));
	scene_rig_wait(&rig, 0.2);
	g_assert_false(rollstat_scene_has_contact(&rig.scene));
	g_assert_cmpuint(scene_rig_count(&rig, ROLLSTAT_NEWS_SILENCE), ==, 1);
	scene_rig_wait(&rig, 2);
	g_assert_cmpfloat_with_epsilon(rollstat_scene_get_silence_s(&rig.scene, rig.now_us), 3.1,
				       0.01);
	g_assert_cmpuint(scene_rig_count(&rig, ROLLSTAT_NEWS_SILENCE), ==, 1); /* once */
	scene_rig_touch(&rig, 8);
	g_assert_cmpuint(scene_rig_count(&rig, ROLLSTAT_NEWS_DATA), ==, 1);
	g_assert_cmpfloat(rollstat_scene_get_silence_s(&rig.scene, rig.now_us), ==, 0);
}

/* A sensor that sends a packet a second is not silent in between. */
static void
test_seldom(void)
{
	SceneRig rig;
	scene_rig_init(&rig);
	for (guint i = 0; i < 5; i++) {
		scene_rig_wait(&rig, 0.9);
		scene_rig_touch(&rig, 8);
	}
	g_assert_cmpuint(scene_rig_count(&rig, ROLLSTAT_NEWS_SILENCE), ==, 0);
	scene_rig_wait(&rig, 2.2);
	g_assert_cmpuint(scene_rig_count(&rig, ROLLSTAT_NEWS_SILENCE), ==, 0);
	scene_rig_wait(&rig, 0.5);
	g_assert_cmpuint(scene_rig_count(&rig, ROLLSTAT_NEWS_SILENCE), ==, 1);
}

static void
test_coming_and_going(void)
{
	SceneRig rig;
	scene_rig_init(&rig);
	scene_rig_stay(&rig, 8, 1);
	rollstat_scene_find_daemon(&rig.scene, "");
	g_assert_cmpuint(rig.scene.n_news, ==, 0); /* nothing new */
	rollstat_scene_find_daemon(&rig.scene, "disk full");
	g_assert_cmpuint(scene_rig_count(&rig, ROLLSTAT_NEWS_TROUBLE), ==, 1);
	rollstat_scene_lose_daemon(&rig.scene, "start it");
	g_assert_cmpuint(scene_rig_count(&rig, ROLLSTAT_NEWS_DAEMON_WENT), ==, 1);
	g_assert_false(rig.scene.has_sensor);
	g_assert_false(rollstat_scene_has_contact(&rig.scene));
	scene_rig_wait(&rig, 10);
	g_assert_cmpuint(scene_rig_count(&rig, ROLLSTAT_NEWS_SILENCE), ==, 0);
	rollstat_scene_find_daemon(&rig.scene, "");
	g_assert_cmpuint(scene_rig_count(&rig, ROLLSTAT_NEWS_DAEMON_CAME), ==, 1);
}

static void
test_link(void)
{
	SceneRig rig;
	RollstatSensorState state = {.label = "Roller", .link = "silent", .detail = "it sleeps"};
	scene_rig_init(&rig);
	rollstat_scene_take_sensor(&rig.scene, rig.now_us, &state);
	g_assert_cmpuint(rig.scene.n_news, ==, 1);
	g_assert_cmpstr(rig.scene.news[0].text, ==, "silent: it sleeps");
	state.battery_pct = 40;
	rollstat_scene_take_sensor(&rig.scene, rig.now_us, &state);
	g_assert_cmpuint(rig.scene.n_news, ==, 1); /* no news, but on the picture */
	g_assert_cmpint(rig.scene.battery_pct, ==, 40);
}

/* Whatever comes, nothing runs over: numbers that are none, names without end, more news than anyone takes. */
static void
test_rubbish(void)
{
	SceneRig rig;
	g_autofree char *name = g_strnfill(5000, 'x');
	const double odd[] = {NAN, INFINITY, -INFINITY, 1e300, -1e300, 0};
	RollstatSensorState state = {.label = name, .link = name, .detail = name};
	scene_rig_init(&rig);
	scene_rig_set_day(&rig, NAN, INFINITY, 1e300, -1);
	for (guint i = 0; i < 200; i++) {
		RollstatMoment moment = {.sample_us = i % 3 == 0 ? G_MAXINT64 : (gint64)i,
					 .contact_cm = odd[i % 6],
					 .uncertainty_cm = odd[i / 6 % 6],
					 .speed_cmps = odd[i / 2 % 6],
					 .force_n = odd[i / 3 % 6],
					 .is_loaded = i % 5 != 0};
		rollstat_scene_take_moment(&rig.scene, rig.now_us + (gint64)i, &moment);
		state.detail = i % 2 == 0 ? name : "";
		rollstat_scene_take_sensor(&rig.scene, rig.now_us, &state);
	}
	g_assert_cmpuint(rig.scene.n_news, ==, ROLLSTAT_SCENE_NEWS_MAX);
	g_assert_cmpuint(strlen(rig.scene.label), <, sizeof rig.scene.label);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scene/pass", test_pass);
	g_test_add_func("/scene/hold", test_hold);
	g_test_add_func("/scene/seconds", test_seconds);
	g_test_add_func("/scene/silence", test_silence);
	g_test_add_func("/scene/seldom", test_seldom);
	g_test_add_func("/scene/coming-and-going", test_coming_and_going);
	g_test_add_func("/scene/link", test_link);
	g_test_add_func("/scene/rubbish", test_rubbish);
	return g_test_run();
}
