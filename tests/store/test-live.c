/* SPDX-License-Identifier: MIT
 *
 * What a tracker tells while it runs, marks by hand, and how sessions end that no value ends.
 */
#include "tests/store/store-rig.h"

#include "daemon/tracker/tracker-parts.h"

#include <math.h>

typedef struct {
	GArray *events;	  /* of RollEvent, all of one session */
	GArray *sessions; /* of gint64, as told */
	gint64 session;
} Told;

static void
note_event(void *user, const char *address, gint64 session, const RollEvent *event)
{
	Told *told = user;

	g_assert_cmpstr(address, ==, RIG_SENSOR);
	g_assert_cmpint(session, ==, told->session);
	g_array_append_val(told->events, *event);
}

static void
note_session(void *user, const char *address, gint64 session)
{
	Told *told = user;

	g_assert_cmpstr(address, ==, RIG_SENSOR);
	g_array_append_val(told->sessions, session);
	if (session != 0)
		told->session = session;
}

static RollTrackerListener
listen(Told *told)
{
	told->events = g_array_new(FALSE, FALSE, sizeof(RollEvent));
	told->sessions = g_array_new(FALSE, FALSE, sizeof(gint64));
	return (RollTrackerListener){.event = note_event, .session = note_session, .user = told};
}

static void
clear_told(Told *told)
{
	g_array_unref(told->events);
	g_array_unref(told->sessions);
}

/* Sum of the starts of all events of a kind: the same events, told and stored. */
static gint64
sum_starts(const Told *told, RollEventKind kind)
{
	gint64 sum = 0;

	for (guint i = 0; i < told->events->len; i++) {
		const RollEvent *event = &g_array_index(told->events, RollEvent, i);

		if (event->kind == kind)
			sum += event->start_us - RIG_BEGIN_US;
	}
	return sum;
}

/* Packets that nobody could hear, in a silence or while no daemon was there, are told apart from those that the radio lost. */
static void
test_away(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = rig_load_capture("roller-lossy");
	RollTrackerSensor known;
	RigRun run;

	rig_init(&rig);
	rig_begin(&rig, &run, NULL, 0);
	rig_take(&run, values, 0, 300);
	known = roll_tracker_get_sensor(run.tracker, RIG_SENSOR);
	g_assert_cmpuint(known.lost_packets, >, 0);
	g_assert_cmpuint(known.away_packets, ==, 0);
	rig_take(&run, values, 400, 500);
	known = roll_tracker_get_sensor(run.tracker, RIG_SENSOR);
	g_assert_cmpuint(known.away_packets, >=, 100);
	g_assert_cmpuint(known.lost_packets - known.away_packets, >, 0);
	g_assert_cmpuint(known.lost_packets - known.away_packets, <, 50);
	rig_end(&run);
	rig_begin(&rig, &run, NULL, 0);
	rig_take(&run, values, 600, 650);
	known = roll_tracker_get_sensor(run.tracker, RIG_SENSOR);
	g_assert_cmpuint(known.away_packets, >=, 100);
	g_assert_cmpuint(known.lost_packets - known.away_packets, <, 20);
	rig_end(&run);
}

/* Each event of a session is told once, also by a run that was cut. */
static void
test_events(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = rig_load_capture("roller-lossy");
	Told told = {0};
	const RollTrackerListener listener = listen(&told);
	RigRun run;

	rig_init(&rig);
	rig_begin(&rig, &run, &listener, 0);
	rig_take(&run, values, 0, 800);
	rig_end(&run);
	rig_begin(&rig, &run, &listener, 0);
	rig_take(&run, values, 700, values->len);
	/* An hour later: it is over, and what was open in it is final. */
	rig_append(values, RIG_SENSOR,
		   g_array_index(values, RollValue, values->len - 1).arrival_us +
			   3600 * RIG_SECOND_US,
		   ROLL_UUID_BATTERY_LEVEL, "32");
	rig_take(&run, values, values->len - 1, values->len);
	g_assert_cmpuint(roll_tracker_get_sensor(run.tracker, RIG_SENSOR).lost_packets, >, 0);
	rig_end(&run);
	g_assert_cmpint(sum_starts(&told, ROLL_EVENT_PASS), ==,
			rig_query(&rig, "SELECT sum(start_us - 1790000000000000) FROM pass"));
	g_assert_cmpint(sum_starts(&told, ROLL_EVENT_HOLD), ==,
			rig_query(&rig, "SELECT sum(start_us - 1790000000000000) FROM hold"));
	g_assert_cmpint(sum_starts(&told, ROLL_EVENT_GAP), ==,
			rig_query(&rig, "SELECT sum(start_us - 1790000000000000) FROM gap"));
	/* It begins, it goes on in the second run, it ends. */
	g_assert_cmpuint(told.sessions->len, ==, 3);
	g_assert_cmpint(g_array_index(told.sessions, gint64, 0), ==, 1);
	g_assert_cmpint(g_array_index(told.sessions, gint64, 1), ==, 1);
	g_assert_cmpint(g_array_index(told.sessions, gint64, 2), ==, 0);
	clear_told(&told);
}

/* A mark by hand is kept like a value: it is there again after a restart and after a rebuild. */
static void
test_mark(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(RollValue));
	g_autoptr(GError) error = NULL;
	RigStream stream = {.address = RIG_SENSOR,
			    .begin_us = RIG_BEGIN_US,
			    .has_feature = TRUE,
			    .seconds_idle = 2,
			    .seconds_loaded = 10};
	gint64 end_us = 0;
	guint n_sessions = 0;
	RigRun run;

	rig_init(&rig);
	end_us = rig_stream(values, &stream);
	rig_begin(&rig, &run, NULL, 0);
	g_assert_false(roll_tracker_mark(run.tracker, RIG_SENSOR, end_us, &error));
	g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
	g_clear_error(&error);
	rig_take(&run, values, 0, 10);
	g_assert_false(roll_tracker_mark(run.tracker, RIG_SENSOR, end_us, &error));
	g_assert_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
	g_clear_error(&error);
	rig_take(&run, values, 10, values->len);
	g_assert_true(roll_tracker_mark(run.tracker, RIG_SENSOR, end_us + 1, &error));
	g_assert_no_error(error);
	g_assert_true(roll_tracker_mark(run.tracker, RIG_SENSOR, end_us + 2, &error));
	g_assert_no_error(error);
	rig_end(&run);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM mark"), ==, 2);

	g_autofree char *before = rig_dump(&rig, NULL);

	rig_run(&rig, values, 0, values->len, 0);

	g_autofree char *again = rig_dump(&rig, NULL);

	rig_assert_same(again, before, "after a restart");
	rig_begin(&rig, &run, NULL, 0);
	g_assert_true(roll_tracker_rebuild(run.store, rig.config, NULL, NULL, &n_sessions, &error));
	g_assert_no_error(error);
	rig_end(&run);

	g_autofree char *rebuilt = rig_dump(&rig, NULL);

	rig_assert_same(rebuilt, before, "after a rebuild");
}

/* At the start of a live run, what is over by the clock on the wall is closed; in a replay it is not. */
static void
test_recover_closes(void)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(RollValue));
	RigStream stream = {.address = RIG_SENSOR,
			    .begin_us = RIG_BEGIN_US,
			    .has_feature = TRUE,
			    .seconds_idle = 2,
			    .seconds_loaded = 10};
	RigStream idle = {.address = RIG_OTHER_SENSOR,
			  .begin_us = RIG_BEGIN_US,
			  .has_feature = TRUE,
			  .seconds_idle = 10};
	gint64 end_us = 0;
	RigRun run;

	rig_init(&rig);
	end_us = rig_stream(values, &stream);
	rig_stream(values, &idle);
	rig_sort(values);
	rig_run(&rig, values, 0, values->len, 0);
	rig_run(&rig, values, 0, 0, 0);
	rig_begin(&rig, &run, NULL, end_us + 299 * RIG_SECOND_US);
	g_assert_cmpint(roll_tracker_get_sensor(run.tracker, RIG_SENSOR).session, ==, 1);
	rig_end(&run);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM recording WHERE is_open"), ==, 1);
	rig_begin(&rig, &run, NULL, end_us + 301 * RIG_SECOND_US);
	g_assert_cmpint(roll_tracker_get_sensor(run.tracker, RIG_SENSOR).session, ==, 0);
	rig_end(&run);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM recording WHERE is_open"), ==, 0);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM recording"), ==, 1);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM session"), ==, 1);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM sensor"), ==, 2);
}

/* A sensor that falls silent for good: a timer ends its session, as a value that comes too late would; and the
 * next recording takes over what the closed one knew. */
static void
test_timer_closes(void)
{
	g_auto(Rig) rig = {0}, wanted = {0};
	g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(RollValue));
	RigStream stream = {.address = RIG_SENSOR,
			    .begin_us = RIG_BEGIN_US,
			    .has_feature = TRUE,
			    .seconds_idle = 2,
			    .seconds_loaded = 10};
	Told told = {0};
	const RollTrackerListener listener = listen(&told);
	RigRun run;

	rig_init(&rig);
	rig_init(&wanted);
	stream.begin_us = rig_stream(values, &stream);

	guint n_first = values->len;

	stream.has_feature = FALSE;
	stream.begin_us += 301 * RIG_SECOND_US;
	rig_stream(values, &stream);
	rig_begin(&rig, &run, &listener,
		  1); /* live; by the clock on the wall, all this is long past */
	rig_take(&run, values, 0, n_first);
	g_assert_cmpuint(told.sessions->len, ==, 1);
	while (told.sessions->len < 2)
		g_main_context_iteration(NULL, TRUE);
	g_assert_cmpint(g_array_index(told.sessions, gint64, 1), ==, 0);
	rig_commit(&run);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM recording WHERE is_open"), ==, 0);
	g_assert_cmpuint(run.tracker->idle_timer, ==, 0);
	rig_take(&run, values, n_first, values->len);
	rig_end(&run);
	rig_run(&wanted, values, 0, values->len, 0);

	g_autofree char *by_timer = rig_dump(&rig, NULL);
	g_autofree char *by_values = rig_dump(&wanted, NULL);

	rig_assert_same(by_timer, by_values, "closed by the timer");
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM session"), ==, 2);
	clear_told(&told);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/live/events", test_events);
	g_test_add_func("/live/away", test_away);
	g_test_add_func("/live/mark", test_mark);
	g_test_add_func("/live/recover-closes", test_recover_closes);
	g_test_add_func("/live/timer-closes", test_timer_closes);
	return g_test_run();
}
