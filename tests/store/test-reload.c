/* SPDX-License-Identifier: MIT
 *
 * Another configuration in mid-session: nothing is lost, nothing is doubled, and what is open is told by the new
 * one. And the picture of the moment that people calibrate by.
 */
#include "tests/store/store-rig.h"

#include <math.h>

typedef struct {
	guint n_passes;
	GArray *sessions; /* of gint64, as told */
} Told;

static void
note_event(void *user, const char *address, gint64 session, const RollEvent *event)
{
	Told *told = user;

	(void)address, (void)session; /* there is one of each */
	told->n_passes += event->kind == ROLL_EVENT_PASS;
}

static void
note_session(void *user, const char *address, gint64 session)
{
	Told *told = user;

	(void)address; /* there is one */
	g_array_append_val(told->sessions, session);
}

static RollTrackerListener
listen(Told *told)
{
	told->sessions = g_array_new(FALSE, FALSE, sizeof(gint64));
	return (RollTrackerListener){.event = note_event, .session = note_session, .user = told};
}

static RollConfig *
make_config(const Rig *rig, const char *text)
{
	g_autofree char *path = g_build_filename(rig->folder, "rollerd.conf", NULL);
	g_autoptr(GError) error = NULL;
	RollConfig *config = NULL;

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	config = roll_config_load(path, &error);
	g_assert_no_error(error);
	return config;
}

static void
reload(RigRun *run, const RollConfig *config)
{
	g_autoptr(GError) error = NULL;
	gboolean is_done = roll_tracker_reload(run->tracker, config, &error);

	g_assert_no_error(error);
	g_assert_true(is_done);
}

static char *
dump_uncut(const Rig *rig, const GArray *values)
{
	rig_run(rig, values, 0, values->len, 0);
	return rig_dump(rig, NULL);
}

/* The same configuration taken again and again, at every stage of a session, changes nothing. */
static void
test_same(void)
{
	g_auto(Rig) rig = {0}, whole = {0};
	g_autoptr(GArray) values = rig_load_capture("roller-lossy");
	g_autofree char *wanted = NULL;
	g_autofree char *found = NULL;
	Told told = {0};
	const RollTrackerListener listener = listen(&told);
	RigRun run;

	rig_init(&rig);
	rig_init(&whole);
	wanted = dump_uncut(&whole, values);
	rig_begin(&rig, &run, &listener, 0);
	for (guint from = 0, to = 0; from < values->len; from = to) {
		to = MIN(from + 97, values->len);
		rig_take(&run, values, from, to);
		reload(&run, rig.config);
	}
	rig_end(&run);
	found = rig_dump(&rig, NULL);
	rig_assert_same(found, wanted, "reloaded often");
	g_assert_cmpuint(told.sessions->len, ==, 1);
	/* The last one may be certain only at the end, which tells nobody. */
	g_assert_cmpint(told.n_passes, >=, rig_query(&rig, "SELECT count(*) - 1 FROM pass"));
	g_assert_cmpint(told.n_passes, <=, rig_query(&rig, "SELECT count(*) FROM pass"));
	g_array_unref(told.sessions);
}

/* Another radius and side, taken in mid-session, hold for all of it. */
static void
test_other(void)
{
	g_auto(Rig) rig = {0}, whole = {0};
	g_autoptr(GArray) values = rig_load_capture("roller-plain");
	g_autoptr(RollConfig) other = NULL;
	g_autofree char *wanted = NULL;
	g_autofree char *found = NULL;
	g_autofree char *before = NULL;
	RollMoment moment;
	RigRun run;

	rig_init(&rig);
	rig_init(&whole);
	before = dump_uncut(&whole, values);
	rig_forget(&whole);
	other = make_config(&whole, "[sensor " RIG_SENSOR "]\nradius_cm=6.5\nmount=left\n");
	g_clear_pointer(&whole.config, roll_config_free);
	whole.config = make_config(&whole, "[sensor " RIG_SENSOR "]\nradius_cm=6.5\nmount=left\n");
	wanted = dump_uncut(&whole, values);
	g_assert_cmpstr(wanted, !=, before);
	rig_begin(&rig, &run, NULL, 0);
	rig_take(&run, values, 0, values->len / 2);
	reload(&run, other);
	g_assert_true(roll_tracker_get_moment(run.tracker, RIG_SENSOR, &moment));
	g_assert_cmpfloat(moment.radius_m, ==, 0.065);
	g_assert_cmpfloat(moment.travel_sign, ==, -1);
	g_assert_true(moment.has_axis);
	rig_take(&run, values, values->len / 2, values->len);
	rig_end(&run);
	found = rig_dump(&rig, NULL);
	rig_assert_same(found, wanted, "another configuration");
}

/* By another measure of a load there is no session yet; by the one before, there is again. */
static void
test_no_session(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(RollValue));
	const RigStream stream = {.address = RIG_SENSOR,
				  .begin_us = RIG_BEGIN_US,
				  .has_feature = TRUE,
				  .seconds_idle = 2,
				  .seconds_loaded = 20};
	g_autoptr(RollConfig) heavy = NULL;
	g_autofree char *before = NULL;
	g_autofree char *after = NULL;
	Told told = {0};
	const RollTrackerListener listener = listen(&told);
	RigRun run;

	rig_init(&rig);
	rig_stream(values, &stream);
	heavy = make_config(&rig, "[roller]\nloaded_n=500\n");
	rig_begin(&rig, &run, &listener, 0);
	rig_take(&run, values, 0, values->len);
	rig_commit(&run);
	before = rig_dump(&rig, NULL);
	reload(&run, heavy);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM session"), ==, 0);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM pass"), ==, 0);
	reload(&run, rig.config);
	after = rig_dump(&rig, NULL);
	rig_assert_same(after, before, "there and back");
	rig_end(&run);
	g_assert_cmpuint(told.sessions->len, ==, 3);
	g_assert_cmpint(g_array_index(told.sessions, gint64, 1), ==, 0);
	g_assert_cmpint(g_array_index(told.sessions, gint64, 2), ==, 1);
	g_array_unref(told.sessions);
}

/* Rolled by hand, too light to count: what it turned is told all the same, by the side on which it sits. */
static void
test_by_hand(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(RollValue));
	RigStream stream = {.address = RIG_SENSOR,
			    .begin_us = RIG_BEGIN_US,
			    .has_feature = TRUE,
			    .is_light = TRUE};
	g_autoptr(RollConfig) left = NULL;
	RollMoment moment;
	gint64 since_us = 0;
	double before_rad = 0, after_rad = 0;
	guint n_still = 0;
	RigRun run;

	rig_init(&rig);
	left = make_config(&rig, "[roller]\nmount=left\n");
	stream.seconds_loaded = 6;
	stream.begin_us = rig_stream(values, &stream);
	n_still = values->len;
	stream.has_feature = FALSE;
	stream.seconds_loaded = 2; /* 0.10 m sin(120 degrees) */
	stream.begin_us = rig_stream(values, &stream);
	rig_begin(&rig, &run, NULL, 0);
	g_assert_false(roll_tracker_get_moment(run.tracker, RIG_SENSOR, &moment));
	rig_take(&run, values, 0, n_still);
	g_assert_true(roll_tracker_get_moment(run.tracker, RIG_SENSOR, &moment));
	g_assert_true(moment.has_motion && moment.has_newtons && !moment.view.is_loaded);
	g_assert_cmpfloat(moment.view.force, ==, 5);
	since_us = moment.since_us;
	before_rad = moment.view.turned_rad;
	rig_take(&run, values, n_still, values->len);
	g_assert_true(roll_tracker_get_moment(run.tracker, RIG_SENSOR, &moment));
	after_rad = moment.view.turned_rad;
	g_assert_cmpfloat_with_epsilon(after_rad - before_rad, 0.10 / 0.075 * sin(G_PI * 2 / 3),
				       0.05);
	g_assert_cmpint(moment.since_us, ==, since_us);
	g_assert_false(moment.has_axis);
	reload(&run, left);
	g_assert_true(roll_tracker_get_moment(run.tracker, RIG_SENSOR, &moment));
	g_assert_cmpfloat(moment.view.turned_rad, ==, -after_rad);
	g_assert_cmpint(moment.since_us, ==, since_us);
	rig_end(&run);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM session"), ==, 0);
}

/* After a silence whole turns are unknown: who compares is told. */
static void
test_silence(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(RollValue));
	RigStream stream = {.address = RIG_SENSOR,
			    .begin_us = RIG_BEGIN_US,
			    .has_feature = TRUE,
			    .seconds_loaded = 3};
	RollMoment before, after;
	guint n_first = 0;
	RigRun run;

	rig_init(&rig);
	stream.begin_us = rig_stream(values, &stream) + RIG_SECOND_US;
	n_first = values->len;
	stream.has_feature = FALSE;
	rig_stream(values, &stream);
	rig_begin(&rig, &run, NULL, 0);
	rig_take(&run, values, 0, n_first);
	g_assert_true(roll_tracker_get_moment(run.tracker, RIG_SENSOR, &before));
	rig_take(&run, values, n_first, values->len);
	g_assert_true(roll_tracker_get_moment(run.tracker, RIG_SENSOR, &after));
	g_assert_cmpint(after.since_us, >, before.since_us);
	rig_end(&run);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/reload/same", test_same);
	g_test_add_func("/reload/other", test_other);
	g_test_add_func("/reload/no-session", test_no_session);
	g_test_add_func("/reload/by-hand", test_by_hand);
	g_test_add_func("/reload/silence", test_silence);
	return g_test_run();
}
