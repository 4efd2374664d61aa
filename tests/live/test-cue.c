/* SPDX-License-Identifier: MIT
 *
 * Which cue is called when, and above all when not.
 */
#include "cli/live/cue.h"
#include "tests/live/scene-rig.h"

typedef struct {
	SceneRig rig;
	RollstatCues cues;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
	(void)data;
	scene_rig_init(&fixture->rig);
	rollstat_cues_init(&fixture->cues);
	scene_rig_set_day(&fixture->rig, 0, 0, 0, 0);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
	(void)fixture, (void)data;
}

static RollstatCueKind
look(Fixture *fixture)
{
	return rollstat_cues_look(&fixture->cues, fixture->rig.now_us, &fixture->rig.scene).kind;
}

static void
take_pass(Fixture *fixture, double speed_cmps)
{
	RollstatNews pass = {.kind = ROLLSTAT_NEWS_PASS,
			     .from_cm = 20,
			     .to_cm = 5,
			     .end_us = (gint64)(15 / speed_cmps * G_USEC_PER_SEC)};
	rollstat_cues_take_pass(&fixture->cues, &pass);
}

/* How many seconds pass, with a fast pass in each, until "slower" is called. */
static int
count_to_slower(Fixture *fixture)
{
	for (int passed_s = 0; passed_s < 1000; passed_s++) {
		take_pass(fixture, 20);
		if (look(fixture) == ROLLSTAT_CUE_SLOWER)
			return passed_s;
		scene_rig_wait(&fixture->rig, 1);
	}
	g_assert_not_reached();
}

static void
test_slower(Fixture *fixture, gconstpointer data)
{
	(void)data;
	take_pass(fixture, 15);
	g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_NONE); /* one is chance */
	take_pass(fixture, 13);
	take_pass(fixture, 15);
	g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_NONE);
	take_pass(fixture, 16);
	RollstatCue cue =
		rollstat_cues_look(&fixture->cues, fixture->rig.now_us, &fixture->rig.scene);
	g_assert_cmpint(cue.kind, ==, ROLLSTAT_CUE_SLOWER);
	g_assert_cmpstr(cue.spoken, ==, "slower");
	g_assert_cmpstr(cue.written, ==,
			"Slower: the last pass went at 16 cm/s; 7 to 14 are advised.");
}

/* What is told as 14 is as advised. */
static void
test_slower_as_told(Fixture *fixture, gconstpointer data)
{
	(void)data;
	for (guint i = 0; i < 10; i++) {
		take_pass(fixture, 14.4);
		g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_NONE);
	}
	take_pass(fixture, 14.6);
	take_pass(fixture, 14.6);
	g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_SLOWER);
}

static void
test_slower_nags_not(Fixture *fixture, gconstpointer data)
{
	static const int waits_s[] = {20, 40, 80, 160, 160};
	(void)data;
	g_assert_cmpint(count_to_slower(fixture), ==, 1);
	for (gsize i = 0; i < G_N_ELEMENTS(waits_s); i++)
		g_assert_cmpint(count_to_slower(fixture), ==, waits_s[i]);
	take_pass(fixture, 10);
	g_assert_cmpint(count_to_slower(fixture), ==, 20);
}

static void
test_slow_is_well(Fixture *fixture, gconstpointer data)
{
	(void)data;
	for (guint i = 0; i < 10; i++) {
		take_pass(fixture, 4);
		scene_rig_wait(&fixture->rig, 5);
		g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_NONE);
	}
}

static void
test_zone_done(Fixture *fixture, gconstpointer data)
{
	SceneRig *rig = &fixture->rig;
	(void)data;
	scene_rig_set_day(rig, 0, 89.9, 0, 0);
	g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_NONE);
	scene_rig_set_day(rig, 0, 90, 0, 0);
	RollstatCue cue = rollstat_cues_look(&fixture->cues, rig->now_us, &rig->scene);
	g_assert_cmpint(cue.kind, ==, ROLLSTAT_CUE_ZONE_DONE);
	g_assert_cmpstr(cue.spoken, ==, "upper done");
	for (guint s = 91; s < 119; s++) {
		scene_rig_wait(rig, 1);
		scene_rig_set_day(rig, 0, s, 0, 0);
		g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_NONE);
	}
	/* The next day it is called anew. */
	scene_rig_set_day(rig, 0, 0, 0, 0);
	g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_NONE);
	scene_rig_set_day(rig, 0, 91, 0, 0);
	g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_ZONE_DONE);
}

/* What was done before is no news, and nobody is told to roll the lumbar spine. */
static void
test_zone_not_done(Fixture *fixture, gconstpointer data)
{
	SceneRig *rig = &fixture->rig;
	(void)data;
	scene_rig_set_day(rig, 0, 100, 0, 0);
	g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_NONE);
	scene_rig_set_day(rig, 95, 100, 0, 95);
	g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_NONE);
}

static void
test_zone_over(Fixture *fixture, gconstpointer data)
{
	SceneRig *rig = &fixture->rig;
	(void)data;
	scene_rig_set_day(rig, 0, 121, 0, 0);
	scene_rig_touch(rig, 14);
	g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_NONE); /* it is left already */
	scene_rig_touch(rig, 7);
	g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_MOVE_ON);
	for (guint i = 0; i < 20; i++) {
		scene_rig_wait(rig, 0.5);
		scene_rig_touch(rig, i % 2 == 0 ? 4 : 9);
		g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_NONE); /* once */
	}
}

static void
test_hold(Fixture *fixture, gconstpointer data)
{
	SceneRig *rig = &fixture->rig;
	(void)data;
	scene_rig_stay(rig, 14, 29.5);
	g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_NONE);
	scene_rig_stay(rig, 14, 1);
	g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_MOVE_ON);
	scene_rig_stay(rig, 14, 10);
	g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_NONE);
	scene_rig_roll(rig, 14, 5, 10);
	g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_NONE);
	scene_rig_stay(rig, 5, 31);
	g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_MOVE_ON);
}

/* Two at once come one after the other. */
static void
test_apart(Fixture *fixture, gconstpointer data)
{
	SceneRig *rig = &fixture->rig;
	(void)data;
	look(fixture);
	scene_rig_set_day(rig, 0, 95, 95, 0);
	take_pass(fixture, 20);
	take_pass(fixture, 20);
	g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_ZONE_DONE);
	scene_rig_wait(rig, 3.9);
	g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_NONE);
	scene_rig_wait(rig, 0.2);
	g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_ZONE_DONE);
	scene_rig_wait(rig, 4.1);
	g_assert_cmpint(look(fixture), ==, ROLLSTAT_CUE_SLOWER);
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*test)(Fixture *fixture, gconstpointer data);
	} tests[] = {
		{"/cue/slower", test_slower},
		{"/cue/slower-as-told", test_slower_as_told},
		{"/cue/slower-nags-not", test_slower_nags_not},
		{"/cue/slow-is-well", test_slow_is_well},
		{"/cue/zone-done", test_zone_done},
		{"/cue/zone-not-done", test_zone_not_done},
		{"/cue/zone-over", test_zone_over},
		{"/cue/hold", test_hold},
		{"/cue/apart", test_apart},
	};
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
	return g_test_run();
}
