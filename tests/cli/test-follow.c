/* SPDX-License-Identifier: MIT
 *
 * follow on a made tempo: each step by the clock and by the sensor, every key, what is kept and what is not, and that the
 * line of the moment stays within its width.
 */
#include "cli/movement/follow.h"
#include "tests/cli/made-tempo.h"

#include <math.h>
#include <string.h>

#define BEGAN_US G_GINT64_CONSTANT(1773500000000000)

/* Where contact is from a moment on. */
typedef struct {
	double from_s; /* on the tempo's clock */
	double contact_cm;
	gboolean is_loaded;
} Contact;

typedef struct {
	MadeTempo tempo;
	RollstatFollowScreen screen;
	RollstatPlan plan;
	RollstatPlanZone zone;
	const Contact *contacts; /* ended by one of INFINITY; NULL: there is no sensor */
	double silent_s,
		gone_s;	  /* from when on no samples come, or nobody answers; INFINITY: never */
	gboolean is_full; /* nothing can be kept */
	GString *kept;
	RollstatFollowed followed;
} Stage;

static void
stage_init(Stage *stage, const char *keys, const MadePress *presses)
{
	g_auto(GStrv) names = g_strsplit(keys, " ", -1);
	*stage = (Stage){.silent_s = INFINITY, .gone_s = INFINITY, .kept = g_string_new(NULL)};
	made_tempo_init(&stage->tempo, BEGAN_US, 80, presses);
	stage->screen = (RollstatFollowScreen){.tempo = &stage->tempo.tempo,
					       .style = {.width = 80, .has_utf8 = TRUE}};
	stage->zone = (RollstatPlanZone){
		.name = "mid-thoracic", .from_cm = 10, .to_cm = 20, .is_tight = TRUE};
	for (guint i = 0; names[i] != NULL; i++) {
		RollstatPlanStep *step = &stage->plan.steps[stage->plan.n_steps++];
		step->movement = rollstat_movement_find(names[i]);
		step->seconds = rollstat_movement_get_dose_s(step->movement);
		step->zone = &stage->zone;
		step->reason = ROLLSTAT_REASON_TIGHT;
	}
}

static void
stage_clear(Stage *stage)
{
	made_tempo_clear(&stage->tempo);
	g_string_free(stage->kept, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Stage, stage_clear)

static gboolean
look(void *user, RollstatMotion *ret_motion, GError **error)
{
	const Stage *stage = user;
	double now_s = made_tempo_get_s(&stage->tempo);
	const Contact *contact = stage->contacts;
	if (now_s >= stage->gone_s) {
		g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_FAILED, "gone");
		return FALSE;
	}
	while (contact[1].from_s <= now_s)
		contact++;
	*ret_motion = (RollstatMotion){
		.last_us = BEGAN_US + (gint64)(MIN(now_s, stage->silent_s) * 1e6),
		.contact_cm = contact->contact_cm,
		.is_loaded = contact->is_loaded,
	};
	return TRUE;
}

static gboolean
find_sensor(void *user, const RollstatMovement *movement, RollstatFollowSensor *ret_sensor,
	    char **ret_label, GError **error)
{
	Stage *stage = user;
	g_assert_true(movement->is_sensed);
	if (stage->contacts == NULL) {
		g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "nobody there");
		return FALSE;
	}
	*ret_sensor = (RollstatFollowSensor){.look = look, .user = stage};
	*ret_label = g_strdup("Roll\033[31mer");
	return TRUE;
}

static gboolean
keep(void *user, const RollstatMovement *movement, gint64 start_us, double seconds, GError **error)
{
	Stage *stage = user;
	if (stage->is_full) {
		g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "the disk is full");
		return FALSE;
	}
	g_string_append_printf(stage->kept, "%s+%.1f:%.1f ", movement->key,
			       (double)(start_us - BEGAN_US) / 1e6, seconds);
	return TRUE;
}

static void
follow(Stage *stage)
{
	const RollstatFollowGround ground = {
		.find_sensor = find_sensor, .keep = keep, .user = stage};
	stage->tempo.tempo.begin(stage->tempo.tempo.user);
	stage->followed = rollstat_follow(&stage->screen, &stage->plan, &ground);
	g_test_message("%s", stage->tempo.out->str);
	g_assert_null(strchr(stage->tempo.out->str, '\033'));
}

static void
expect(const Stage *stage, const char *text)
{
	if (strstr(stage->tempo.out->str, text) == NULL)
		g_error("\"%s\" is not in: %s", text, stage->tempo.out->str);
}

static guint
count(const Stage *stage, const char *text)
{
	g_auto(GStrv) parts = g_strsplit(stage->tempo.out->str, text, -1);
	return g_strv_length(parts) - 1;
}

/* ---- By the clock ---- */

static void
test_clock(void)
{
	g_auto(Stage) stage = {0};
	stage_init(&stage, "cat-cow chair-twist", NULL);
	follow(&stage);
	g_assert_cmpstr(stage.kept->str, ==, "cat-cow+10.0:60.0 chair-twist+80.0:60.0 ");
	g_assert_cmpfloat_with_epsilon(made_tempo_get_s(&stage.tempo), 140, 0.01);
	g_assert_cmpuint(stage.followed.n_done, ==, 2);
	g_assert_cmpfloat_with_epsilon(stage.followed.kept_s, 120, 0.01);
	g_assert_false(stage.followed.is_interrupted || stage.followed.has_failed);
	expect(&stage, "Step 1 of 2: Cat-cow, 1:00.");
	expect(&stage, "For mid-thoracic: tight lately.");
	expect(&stage, "   - Kneel on hands and knees");
	expect(&stage, "   ! Kneel on something soft");
	expect(&stage, "\r   Begins in 0:10");
	expect(&stage, "\r   1:00 left, 1 of 10");
	expect(&stage, "\r   0:01 left, 10 of 10");
	expect(&stage, "2 of 2 steps done; logged: 2:00.");
	/* 15 s a side, twice each side: three changes. */
	g_assert_cmpuint(count(&stage, "   Other side.\n"), ==, 3);
	g_assert_cmpuint(count(&stage, "\a"), ==, 0);
}

/* Each second is shown once, and nothing is longer than a line less one. */
static void
test_line(void)
{
	g_auto(Stage) stage = {0};
	stage_init(&stage, "standing-chest", NULL);
	stage.tempo.columns = 40;
	follow(&stage);
	for (guint left = 1; left <= 60; left++) {
		g_autofree char *text = g_strdup_printf("\r   %u:%02u left", left / 60, left % 60);
		g_assert_cmpuint(count(&stage, text), ==, 1);
	}
	g_auto(GStrv) lines = g_strsplit_set(stage.tempo.out->str, "\r\n", -1);
	for (guint i = 0; lines[i] != NULL; i++)
		g_assert_cmpuint(rollstat_style_measure(lines[i]), <=, 40);
}

static void
test_bell(void)
{
	g_auto(Stage) stage = {0};
	stage_init(&stage, "chair-twist", NULL);
	stage.screen.has_bell = TRUE;
	follow(&stage);
	g_assert_cmpuint(count(&stage, "\a"), ==, 5); /* begin, three changes, end */
}

/* Nothing is written over: a screen reader, or a file. */
static void
test_lines(void)
{
	g_auto(Stage) stage = {0};
	stage_init(&stage, "standing-chest", NULL);
	stage.screen.is_lines = TRUE;
	follow(&stage);
	g_assert_null(strchr(stage.tempo.out->str, '\r'));
	expect(&stage, "   It begins in 10 s.\n");
	expect(&stage, "   Go.\n");
	g_assert_cmpuint(count(&stage, "   0:30 left.\n"), ==, 1);
	g_assert_cmpuint(count(&stage, "   0:10 left.\n"), ==, 1);
	g_assert_cmpuint(count(&stage, " left.\n"), ==, 2);
}

/* ---- Keys ---- */

static void
test_go_on(void)
{
	static const MadePress presses[] = {{4, ROLLSTAT_PRESS_ENTER},
					    {24.5, ROLLSTAT_PRESS_ENTER},
					    {25, ROLLSTAT_PRESS_ENTER},
					    {26, ROLLSTAT_PRESS_ENTER},
					    {0, 0}};
	g_auto(Stage) stage = {0};
	stage_init(&stage, "cat-cow chin-tuck", presses);
	follow(&stage);
	/* Begun at 4 s, gone on with at 24.5 s; of the other a second alone, which is not kept. */
	g_assert_cmpstr(stage.kept->str, ==, "cat-cow+4.0:20.5 ");
	g_assert_cmpuint(stage.followed.n_done, ==, 1);
	expect(&stage, "Too short to count.");
}

static void
test_skip(void)
{
	static const MadePress presses[] = {
		{5, ROLLSTAT_PRESS_SKIP}, {35, ROLLSTAT_PRESS_SKIP}, {0, 0}};
	g_auto(Stage) stage = {0};
	stage_init(&stage, "cat-cow heat chin-tuck", presses);
	follow(&stage);
	/* The first before it began, the second after 20 s: neither is kept. */
	g_assert_cmpstr(stage.kept->str, ==, "chin-tuck+45.0:60.0 ");
	g_assert_cmpuint(stage.followed.n_left_out, ==, 2);
	g_assert_cmpuint(count(&stage, "   Left out.\n"), ==, 2);
	expect(&stage, "1 of 3 steps done");
}

static void
test_pause(void)
{
	static const MadePress presses[] = {{20, ROLLSTAT_PRESS_PAUSE},
					    {120, ROLLSTAT_PRESS_PAUSE},
					    {130, ROLLSTAT_PRESS_PAUSE},
					    {140, ROLLSTAT_PRESS_ENTER},
					    {0, 0}};
	g_auto(Stage) stage = {0};
	stage_init(&stage, "cat-cow", presses);
	follow(&stage);
	g_assert_cmpstr(stage.kept->str, ==, "cat-cow+10.0:60.0 ");
	g_assert_cmpfloat_with_epsilon(made_tempo_get_s(&stage.tempo), 180, 0.01);
	expect(&stage, "0:50 left, 2 of 10 (paused: p goes on)");
}

/* A turn that took a minute: the program was stopped, and nobody knows what was done. */
static void
test_stopped(void)
{
	static const MadePress presses[] = {{20, MADE_PRESS_STOPPED}, {0, 0}};
	g_auto(Stage) stage = {0};
	stage_init(&stage, "cat-cow", presses);
	follow(&stage);
	g_assert_cmpfloat_with_epsilon(made_tempo_get_s(&stage.tempo), 70 + 58, 1.1);
	g_assert_cmpfloat_with_epsilon(stage.followed.kept_s, 60, 0.1);
}

static void
test_quit(void)
{
	static const MadePress presses[] = {{30, ROLLSTAT_PRESS_QUIT}, {0, 0}};
	g_auto(Stage) stage = {0};
	stage_init(&stage, "cat-cow heat", presses);
	follow(&stage);
	g_assert_cmpstr(stage.kept->str, ==, "cat-cow+10.0:20.0 ");
	g_assert_false(stage.followed.is_interrupted);
	g_assert_null(strstr(stage.tempo.out->str, "Step 2"));
}

/* Ctrl-C in the second step: both are kept, as far as they went. */
static void
test_interrupt(void)
{
	static const MadePress presses[] = {{92.5, ROLLSTAT_PRESS_INTERRUPT}, {0, 0}};
	g_auto(Stage) stage = {0};
	stage_init(&stage, "cat-cow heat massage", presses);
	follow(&stage);
	g_assert_cmpstr(stage.kept->str, ==, "cat-cow+10.0:60.0 heat+80.0:12.5 ");
	g_assert_true(stage.followed.is_interrupted);
	expect(&stage, "Interrupted. 1 of 3 steps done; logged: 1:12.");
}

static void
test_full(void)
{
	g_auto(Stage) stage = {0};
	stage_init(&stage, "cat-cow", NULL);
	stage.is_full = TRUE;
	follow(&stage);
	g_assert_true(stage.followed.has_failed);
	expect(&stage, "! Not kept: the disk is full");
	expect(&stage, "logged: 0:00");
}

/* ---- By the sensor ---- */

/* Waits for the body, then for the zone; what lies elsewhere does not count. */
static void
test_sensor(void)
{
	static const Contact contacts[] = {{0, 5, FALSE},  {15, 5, TRUE},	{20, 12, TRUE},
					   {60, 25, TRUE}, {70, NAN, TRUE},	{80, 12, FALSE},
					   {90, 19, TRUE}, {INFINITY, 0, FALSE}};
	g_auto(Stage) stage = {0};
	stage_init(&stage, "foam-roller", NULL);
	stage.contacts = contacts;
	follow(&stage);
	/* 40 s there, 10 s somewhere, and 40 s more from 90 s on. */
	g_assert_cmpfloat_with_epsilon(made_tempo_get_s(&stage.tempo), 130, 1);
	g_assert_cmpfloat_with_epsilon(stage.followed.sensed_s, 90, 0.3);
	g_assert_cmpstr(stage.kept->str, ==, ""); /* it stands in the session */
	expect(&stage, "Counted by Roll");
	expect(&stage, "waiting for you to lie on it");
	expect(&stage, "too high: go toward the feet");
	expect(&stage, "too low: go toward the head");
	expect(&stage, "Counted by the sensor, and in its session: 1:30.");
}

/* In lines, who is elsewhere for 5 s is told once; what is rolled over is not. */
static void
test_sensor_lines(void)
{
	static const Contact contacts[] = {{0, 5, FALSE},	{20, 12, TRUE}, {40, 25, TRUE},
					   {42, 12, TRUE},	{50, 5, TRUE},	{70, 12, TRUE},
					   {INFINITY, 0, FALSE}};
	g_auto(Stage) stage = {0};
	stage_init(&stage, "foam-roller", NULL);
	stage.contacts = contacts;
	stage.screen.is_lines = TRUE;
	follow(&stage);
	g_assert_cmpuint(count(&stage, "   waiting for you to lie on it\n"), ==, 1);
	g_assert_cmpuint(count(&stage, "   too high: go toward the feet\n"), ==, 1);
	g_assert_cmpuint(count(&stage, "too low"), ==, 0);
	g_assert_cmpuint(count(&stage, "   1:00 left.\n"), ==, 1);
	g_assert_cmpfloat_with_epsilon(stage.followed.sensed_s, 90, 0.3);
}

static void
test_no_sensor(void)
{
	g_auto(Stage) stage = {0};
	stage_init(&stage, "foam-roller", NULL);
	follow(&stage);
	expect(&stage, "By the clock: nobody there.");
	g_assert_cmpstr(stage.kept->str, ==, "foam-roller+10.0:90.0 ");
}

/* It falls silent after 30 s of rolling: what is left goes by the clock, and that alone is kept. */
static void
test_silent(void)
{
	static const Contact contacts[] = {{0, 12, TRUE}, {INFINITY, 0, FALSE}};
	g_auto(Stage) stage = {0};
	stage_init(&stage, "foam-roller", NULL);
	stage.contacts = contacts;
	stage.silent_s = 40;
	follow(&stage);
	expect(&stage, "The sensor is silent: by the clock from here.");
	g_assert_cmpfloat_with_epsilon(stage.followed.sensed_s, 30, 0.3);
	g_assert_cmpfloat_with_epsilon(stage.followed.kept_s, 60, 0.3);
	g_assert_cmpfloat_with_epsilon(made_tempo_get_s(&stage.tempo), 110, 1);
}

static void
test_gone(void)
{
	static const Contact contacts[] = {{0, 12, TRUE}, {INFINITY, 0, FALSE}};
	g_auto(Stage) stage = {0};
	stage_init(&stage, "foam-roller", NULL);
	stage.contacts = contacts;
	stage.gone_s = 40;
	follow(&stage);
	expect(&stage, "rollerd does not answer any more: by the clock from here.");
	g_assert_cmpfloat_with_epsilon(stage.followed.kept_s, 60, 0.3);
}

/* A bar lies along all zones; a pause does not count. */
static void
test_bar(void)
{
	static const Contact contacts[] = {{0, 3, TRUE}, {INFINITY, 0, FALSE}};
	static const MadePress presses[] = {
		{20, ROLLSTAT_PRESS_PAUSE}, {50, ROLLSTAT_PRESS_PAUSE}, {0, 0}};
	g_auto(Stage) stage = {0};
	stage_init(&stage, "bar-lengthwise", presses);
	stage.contacts = contacts;
	follow(&stage);
	g_assert_cmpfloat_with_epsilon(stage.followed.sensed_s, 90, 0.3);
	g_assert_cmpfloat_with_epsilon(made_tempo_get_s(&stage.tempo), 130, 1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/follow/clock", test_clock);
	g_test_add_func("/follow/line", test_line);
	g_test_add_func("/follow/bell", test_bell);
	g_test_add_func("/follow/lines", test_lines);
	g_test_add_func("/follow/go-on", test_go_on);
	g_test_add_func("/follow/skip", test_skip);
	g_test_add_func("/follow/pause", test_pause);
	g_test_add_func("/follow/stopped", test_stopped);
	g_test_add_func("/follow/quit", test_quit);
	g_test_add_func("/follow/interrupt", test_interrupt);
	g_test_add_func("/follow/full", test_full);
	g_test_add_func("/follow/sensor", test_sensor);
	g_test_add_func("/follow/sensor-lines", test_sensor_lines);
	g_test_add_func("/follow/no-sensor", test_no_sensor);
	g_test_add_func("/follow/silent", test_silent);
	g_test_add_func("/follow/gone", test_gone);
	g_test_add_func("/follow/bar", test_bar);
	return g_test_run();
}
