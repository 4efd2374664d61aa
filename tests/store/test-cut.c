/* SPDX-License-Identifier: MIT
 *
 * However a capture is cut, and however often it is replayed: all tables hold the same.
 */
#include "tests/store/store-rig.h"

static char *
dump_whole(Rig *rig, const GArray *values)
{
	char *dump = NULL;

	rig_run(rig, values, 0, values->len, 0);
	dump = rig_dump(rig, NULL);
	rig_forget(rig);
	return dump;
}

static void
check_twice(const GArray *values, gint64 n_sessions)
{
	g_auto(Rig) rig = {0};

	rig_init(&rig);

	g_autofree char *once = dump_whole(&rig, values);
	g_autofree char *fresh = dump_whole(&rig, values);

	rig_run(&rig, values, 0, values->len, 100);

	g_autofree char *often = rig_dump(&rig, NULL);

	rig_run(&rig, values, 0, values->len, 0);

	g_autofree char *twice = rig_dump(&rig, NULL);

	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM session"), ==, n_sessions);
	rig_assert_same(fresh, once, "into two fresh databases");
	rig_assert_same(often, once, "with many commits");
	rig_assert_same(twice, once, "again");
}

/* In one file, from which a copy can be made. */
static void
copy_database(const Rig *from, const Rig *to)
{
	g_autofree char *contents = NULL;
	g_autoptr(GError) error = NULL;
	gsize n_bytes = 0;

	g_file_get_contents(from->db_path, &contents, &n_bytes, &error);
	g_assert_no_error(error);
	g_file_set_contents(to->db_path, contents, (gssize)n_bytes, &error);
	g_assert_no_error(error);
}

/* What was replayed up to cut stands in half: then the rest, or all of it again. */
static void
check_cut(const Rig *half, const GArray *values, guint cut, const char *wanted)
{
	const guint begins[] = {cut, 0};

	for (guint i = 0; i < G_N_ELEMENTS(begins); i++) {
		g_auto(Rig) rig = {0};
		g_autofree char *when = g_strdup_printf(
			"cut before value %u, then from value %u on", cut, begins[i]);

		rig_init(&rig);
		copy_database(half, &rig);
		rig_run(&rig, values, begins[i], values->len, 0);

		g_autofree char *dump = rig_dump(&rig, NULL);

		rig_assert_same(dump, wanted, when);
	}
}

static gint
compare_cuts(gconstpointer one, gconstpointer other)
{
	return *(const gint *)one - *(const gint *)other;
}

static GArray *
choose_cuts(const GArray *values, guint n_cuts)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(20260101);
	GArray *cuts = g_array_new(FALSE, FALSE, sizeof(gint));
	gint length = (gint)values->len;
	const gint edges[] = {1, 2, 3, length - 2, length - 1, length};

	g_array_append_vals(cuts, edges, G_N_ELEMENTS(edges));
	for (guint i = 0; i < n_cuts; i++) {
		gint cut = g_rand_int_range(rand, 4, length - 2);

		g_array_append_val(cuts, cut);
	}
	g_array_sort(cuts, compare_cuts);
	return cuts;
}

static void
check_cuts(const GArray *values, const GArray *cuts)
{
	g_auto(Rig) whole = {0}, half = {0};
	guint done = 0;

	rig_init(&whole);
	rig_init(&half);

	g_autofree char *wanted = dump_whole(&whole, values);

	/* It is cut at all the lines before, too. */
	for (guint i = 0; i < cuts->len; i++) {
		guint cut = (guint)g_array_index(cuts, gint, i);

		rig_run(&half, values, done, cut, 0);
		done = cut;
		check_cut(&half, values, cut, wanted);
	}
}

typedef struct {
	const char *capture;
	guint n_cuts; /* at random, besides its edges */
} Case;

static void
test_capture(gconstpointer data)
{
	const Case *wanted = data;
	g_autoptr(GArray) values = rig_load_capture(wanted->capture);
	g_autoptr(GArray) cuts = choose_cuts(values, wanted->n_cuts);

	check_twice(values, 1);
	check_cuts(values, cuts);
}

/* One sensor's hours: idle recordings that are thrown away, three sessions, the second after 5 minutes and a bit of
 * streaming, the third after a silence. */
static void
append_hours(GArray *values, const char *address, gint64 begin_us)
{
	RigStream stream = {.address = address,
			    .begin_us = begin_us,
			    .has_feature = TRUE,
			    .seconds_idle = 400,
			    .seconds_loaded = 20};

	stream.begin_us = rig_stream(values, &stream);
	stream.has_feature = FALSE;
	stream.seconds_idle = 310;
	stream.begin_us = rig_stream(values, &stream);
	rig_append(values, address, stream.begin_us + 30000, ROLL_UUID_BATTERY_LEVEL, "50");
	rig_append(values, address, stream.begin_us + 40000, ROLL_UUID_MODEL, "526f6c6c6572");
	stream.begin_us += 400 * RIG_SECOND_US;
	stream.seconds_idle = 5;
	stream.begin_us = rig_stream(values, &stream);
	rig_append(values, address, stream.begin_us + 30000, ROLL_UUID_BATTERY_LEVEL, "4f");
}

/* Every so many values, the first ones and the last ones. */
static GArray *
choose_steps(const GArray *values, guint step)
{
	GArray *cuts = g_array_new(FALSE, FALSE, sizeof(gint));

	for (gint cut = 1; cut <= (gint)values->len; cut++) {
		if (cut < 4 || cut % (gint)step == 0 || cut + 2 > (gint)values->len)
			g_array_append_val(cuts, cut);
	}
	return cuts;
}

static void
test_hours(void)
{
	g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(RollValue));

	append_hours(values, RIG_SENSOR, RIG_BEGIN_US);

	g_autoptr(GArray) cuts = choose_steps(values, 251);

	check_twice(values, 3);
	check_cuts(values, cuts);
}

static void
test_two_sensors(void)
{
	g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(RollValue));

	append_hours(values, RIG_SENSOR, RIG_BEGIN_US);
	append_hours(values, RIG_OTHER_SENSOR, RIG_BEGIN_US + 95 * RIG_SECOND_US + 7);
	rig_sort(values);

	g_autoptr(GArray) cuts = choose_steps(values, 499);

	check_twice(values, 6);
	check_cuts(values, cuts);
}

/* Ten sessions: more recordings than are held to compare with at a time. */
static void
test_many_sessions(void)
{
	g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(RollValue));
	RigStream stream = {.address = RIG_SENSOR,
			    .begin_us = RIG_BEGIN_US,
			    .has_feature = TRUE,
			    .seconds_loaded = 5};

	for (guint i = 0; i < 10; i++)
		stream.begin_us = rig_stream(values, &stream) + 400 * RIG_SECOND_US;

	g_autoptr(GArray) cuts = choose_steps(values, 170);

	check_twice(values, 10);
	check_cuts(values, cuts);
}

/* Cut at each value while a session is not yet certain: what was foreseen of it is taken back. */
static void
test_first_moment(void)
{
	g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(RollValue));
	RigStream one = {.address = RIG_SENSOR,
			 .begin_us = RIG_BEGIN_US,
			 .has_feature = TRUE,
			 .seconds_idle = 1,
			 .seconds_loaded = 1,
			 .is_accelerometer = TRUE};
	RigStream two = {.address = RIG_OTHER_SENSOR,
			 .begin_us = RIG_BEGIN_US + 50000,
			 .has_feature = TRUE,
			 .seconds_idle = 1,
			 .seconds_loaded = 1};

	rig_stream(values, &one);
	rig_stream(values, &two);
	rig_sort(values);

	g_autoptr(GArray) cuts = choose_steps(values, 1);

	check_twice(values, 2);
	check_cuts(values, cuts);
}

/* The clock is set back by an hour in mid-session, and later forward again. */
static void
test_clock_jump(void)
{
	g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(RollValue));
	RigStream stream = {.address = RIG_SENSOR,
			    .begin_us = RIG_BEGIN_US,
			    .has_feature = TRUE,
			    .seconds_idle = 10,
			    .seconds_loaded = 20};

	stream.begin_us = rig_stream(values, &stream);
	stream.has_feature = FALSE;
	stream.begin_us -= 3600 * RIG_SECOND_US;
	stream.begin_us = rig_stream(values, &stream);
	stream.begin_us += 3660 * RIG_SECOND_US;
	stream.begin_us = rig_stream(values, &stream);

	g_autoptr(GArray) cuts = choose_steps(values, 43); /* also at the jump */

	check_twice(values, 2);
	check_cuts(values, cuts);
}

static const Case plain = {"roller-plain", 60};
static const Case lossy = {"roller-lossy", 10};
static const Case bar = {"bar", 10};

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func("/cut/roller-plain", &plain, test_capture);
	g_test_add_data_func("/cut/roller-lossy", &lossy, test_capture);
	g_test_add_data_func("/cut/bar", &bar, test_capture);
	g_test_add_func("/cut/hours", test_hours);
	g_test_add_func("/cut/two-sensors", test_two_sensors);
	g_test_add_func("/cut/many-sessions", test_many_sessions);
	g_test_add_func("/cut/first-moment", test_first_moment);
	g_test_add_func("/cut/clock-jump", test_clock_jump);
	return g_test_run();
}
