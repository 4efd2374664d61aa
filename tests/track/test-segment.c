/* SPDX-License-Identifier: MIT
 *
 * Passes and holds of random smooth movements, against the reference that is written from the definitions.
 */
#include "tests/support/reference-segment.h"

#include <glib.h>
#include <math.h>

#define N_MOVEMENTS 1500 /* at each rate */
#define SLOW_STEP_US 20000

/* A movement as it grows: one smooth stretch after another. */
typedef struct {
	GRand *rand;
	GArray *instants; /* RollReferenceInstant */
	int64_t t_us, step_us;
	double at_m;
	double force;
	bool is_loaded;
	bool is_after_silence;
} Maker;

static double
draw(Maker *maker, double least, double most)
{
	return g_rand_double_range(maker->rand, least, most);
}

static void
add_instant(Maker *maker, double position_m)
{
	const RollReferenceInstant instant = {
		.contact = {.t_us = maker->t_us,
			    .position_m = position_m,
			    .force = maker->force + 40.0 * sin((double)maker->t_us * 2e-6),
			    .is_loaded = maker->is_loaded},
		.is_after_silence = maker->is_after_silence,
	};

	g_array_append_val(maker->instants, instant);
	maker->is_after_silence = false;
	maker->t_us += maker->step_us;
}

/* By minimum jerk to a place, in so many seconds, swaying meanwhile to each side by sway_m. */
static void
go(Maker *maker, double to_m, double seconds, double sway_m)
{
	const double from_m = maker->at_m, sway_hz = draw(maker, 0.2, 3.0);
	const unsigned n = (unsigned)(seconds * 1e6 / (double)maker->step_us) + 1;

	for (unsigned i = 1; i <= n; i++) {
		const double x = (double)i / n;
		const double share = x * x * x * (10.0 - 15.0 * x + 6.0 * x * x);

		add_instant(maker, from_m + (to_m - from_m) * share +
					   sway_m * sin(2.0 * G_PI * sway_hz * x * seconds) *
						   sin(G_PI * x));
	}
	maker->at_m = to_m;
}

static void
lift(Maker *maker)
{
	maker->is_loaded = false;
	go(maker, maker->at_m, draw(maker, 0.05, 1.0), 0.0);
	maker->is_loaded = true;
}

static void
fall_silent(Maker *maker)
{
	maker->t_us += (int64_t)(draw(maker, 0.6, 5.0) * 1e6);
	maker->is_after_silence = true;
	maker->at_m += draw(maker, -0.05, 0.05);
}

static void
add_stretch(Maker *maker)
{
	maker->force = draw(maker, 100.0, 400.0);
	switch (g_rand_int_range(maker->rand, 0, 10)) {
	case 0:
	case 1:
	case 2:
	case 3: /* a pass, rough or smooth */
		go(maker, draw(maker, 0.0, 0.4), draw(maker, 0.3, 4.0), draw(maker, 0.0, 0.012));
		break;
	case 4: /* a small one, on both sides of what counts */
		go(maker, maker->at_m + draw(maker, -0.04, 0.04), draw(maker, 0.2, 1.5), 0.0);
		break;
	case 5: /* a pause or a hold, swaying on both sides of what is still one */
		go(maker, maker->at_m, draw(maker, 0.1, 5.0), draw(maker, 0.0, 0.01));
		break;
	case 6: /* a creeping one */
		go(maker, maker->at_m + draw(maker, -0.03, 0.03), draw(maker, 2.0, 6.0), 0.002);
		break;
	case 7: /* wiggles */
		go(maker, maker->at_m, draw(maker, 0.5, 3.0), draw(maker, 0.005, 0.03));
		break;
	case 8:
		lift(maker);
		break;
	default:
		fall_silent(maker);
		break;
	}
}

static GArray *
make_movement(guint32 seed, int64_t step_us)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
	Maker maker = {
		.rand = rand,
		.instants = g_array_new(FALSE, FALSE, sizeof(RollReferenceInstant)),
		.t_us = 1000000,
		.step_us = step_us,
		.at_m = 0.2,
		.is_loaded = true,
	};

	for (unsigned i = 0; i < 12; i++)
		add_stretch(&maker);
	return maker.instants;
}

/* ---- The two of them ---- */

static GArray *
run_core(const GArray *instants)
{
	GArray *events = g_array_new(FALSE, FALSE, sizeof(RollEvent));
	RollEvent told[ROLL_SEGMENT_EVENTS_MAX];
	RollSegment segment;

	roll_segment_init(&segment);
	for (unsigned i = 0; i < instants->len; i++) {
		const RollReferenceInstant *instant =
			&g_array_index(instants, RollReferenceInstant, i);
		unsigned n = 0;

		if (instant->is_after_silence)
			n = roll_segment_end(&segment, true, told);
		g_array_append_vals(events, told, n);
		n = roll_segment_feed(&segment, &instant->contact, told);
		g_assert_cmpuint(n, <=, ROLL_SEGMENT_EVENTS_MAX);
		g_array_append_vals(events, told, n);
	}
	g_array_append_vals(events, told, roll_segment_end(&segment, false, told));
	return events;
}

static GArray *
run_reference(const GArray *instants)
{
	GArray *events = g_array_new(FALSE, FALSE, sizeof(RollEvent));

	roll_reference_segment((const RollReferenceInstant *)(const void *)instants->data,
			       instants->len, ROLL_HOLD_SLACK_M, events);
	return events;
}

static void
print_events(const char *who, const GArray *events)
{
	for (unsigned i = 0; i < events->len; i++) {
		const RollEvent *event = &g_array_index(events, RollEvent, i);

		g_test_message("%s: %s %.3f..%.3f s %.3f -> %.3f cm%s, force %.1f, %.1f", who,
			       event->kind == ROLL_EVENT_PASS ? "pass" : "hold",
			       (double)event->start_us * 1e-6, (double)event->end_us * 1e-6,
			       event->from_m * 100.0, event->to_m * 100.0,
			       event->is_cut ? " cut" : "", event->mean_force, event->peak_force);
	}
}

static bool
is_same_time(int64_t one_us, int64_t other_us)
{
	return ABS(one_us - other_us) <= 100;
}

/* A leg remembers its way in steps of ROLL_LEG_STEP_M: where contact dwelt or turned within one, the end of a
 * pass is noted when it went on. Whether contact went no farther between the two ends. */
static bool
has_dwelt(const GArray *instants, const RollEvent *core, const RollEvent *reference)
{
	const double sign = core->to_m > core->from_m ? 1.0 : -1.0;
	const double near_m = reference->to_m - sign * ROLL_LEG_NEAR_M;

	for (unsigned i = 0; i < instants->len; i++) {
		const RollContact *contact =
			&g_array_index(instants, RollReferenceInstant, i).contact;

		if (contact->t_us >= reference->end_us && contact->t_us < core->end_us &&
		    sign * (contact->position_m - near_m) > ROLL_LEG_STEP_M)
			return false;
	}
	return core->kind == ROLL_EVENT_PASS && core->end_us > reference->end_us;
}

static bool
is_alike(const GArray *instants, const RollEvent *core, const RollEvent *reference)
{
	if (core->kind != reference->kind || core->is_cut != reference->is_cut ||
	    !is_same_time(core->start_us, reference->start_us) ||
	    fabs(core->from_m - reference->from_m) > 1e-6 ||
	    fabs(core->to_m - reference->to_m) > 1e-6)
		return false;
	if (!is_same_time(core->end_us, reference->end_us))
		return has_dwelt(instants, core, reference);
	return fabs(core->mean_force - reference->mean_force) <= 1.0 &&
	       fabs(core->peak_force - reference->peak_force) <= 5.0;
}

static void
compare(guint32 seed, int64_t step_us, unsigned *n_passes, unsigned *n_holds)
{
	g_autoptr(GArray) instants = make_movement(seed, step_us);
	g_autoptr(GArray) core = run_core(instants);
	g_autoptr(GArray) reference = run_reference(instants);
	bool same = core->len == reference->len;

	for (unsigned i = 0; same && i < core->len; i++) {
		const RollEvent *event = &g_array_index(core, RollEvent, i);

		const RollEvent *right = &g_array_index(reference, RollEvent, i);

		same = is_alike(instants, event, right);
		*n_passes += event->kind == ROLL_EVENT_PASS;
		*n_holds += event->kind == ROLL_EVENT_HOLD;
	}
	if (same)
		return;
	g_test_message("seed %u, step %d us", seed, (int)step_us);
	print_events("core     ", core);
	print_events("reference", reference);
	g_test_fail();
}

static void
test_against_reference(gconstpointer data)
{
	const int64_t step_us = GPOINTER_TO_INT(data);
	unsigned n_passes = 0, n_holds = 0;

	for (guint32 seed = 1; seed <= N_MOVEMENTS && !g_test_failed(); seed++)
		compare(seed, step_us, &n_passes, &n_holds);
	/* It was a comparison of something. */
	g_assert_cmpuint(n_passes, >, 3 * N_MOVEMENTS);
	g_assert_cmpuint(n_holds, >, N_MOVEMENTS);
}

/* ---- More instants of the same movement ---- */

/* One in the middle of each step, on the straight way. */
static GArray *
put_middles_in(const GArray *instants)
{
	GArray *more = g_array_new(FALSE, FALSE, sizeof(RollReferenceInstant));

	for (unsigned i = 0; i < instants->len; i++) {
		const RollReferenceInstant *now = &g_array_index(instants, RollReferenceInstant, i);
		const RollReferenceInstant *last = i > 0 ? now - 1 : now;
		RollReferenceInstant middle = *now;

		middle.contact.t_us = (last->contact.t_us + now->contact.t_us) / 2;
		middle.contact.position_m =
			0.5 * (last->contact.position_m + now->contact.position_m);
		middle.contact.force = 0.5 * (last->contact.force + now->contact.force);
		if (now->contact.is_loaded && last->contact.is_loaded && last != now &&
		    !now->is_after_silence)
			g_array_append_val(more, middle);
		g_array_append_val(more, *now);
	}
	return more;
}

static bool
has_event(const GArray *events, const RollEvent *wanted, int64_t off_us)
{
	for (unsigned i = 0; i < events->len; i++) {
		const RollEvent *event = &g_array_index(events, RollEvent, i);

		if (event->kind == wanted->kind &&
		    ABS(event->start_us - wanted->start_us) <= off_us &&
		    ABS(event->end_us - wanted->end_us) <= off_us)
			return true;
	}
	return false;
}

/* What is told does not hang on how many instants were taken, nor when. Where contact creeps, the begin of a hold, which
 * creeps too, is looked at with each instant only: that leaves some. */
static void
test_instants_between(void)
{
	unsigned n_all = 0, n_alike = 0;

	for (guint32 seed = 1; seed <= N_MOVEMENTS; seed++) {
		g_autoptr(GArray) instants = make_movement(seed, SLOW_STEP_US);
		g_autoptr(GArray) more = put_middles_in(instants);
		g_autoptr(GArray) core = run_core(instants);
		g_autoptr(GArray) core_of_more = run_core(more);

		n_all += core->len;
		for (unsigned i = 0; i < core->len; i++)
			n_alike += has_event(core_of_more, &g_array_index(core, RollEvent, i),
					     SLOW_STEP_US);
	}
	g_test_message("%u of %u", n_alike, n_all);
	g_assert_cmpuint(n_all, >, 4 * N_MOVEMENTS);
	g_assert_cmpfloat(n_alike, >=, 0.99 * n_all);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func("/segment/against-reference-100-hz", GINT_TO_POINTER(10000),
			     test_against_reference);
	g_test_add_data_func("/segment/against-reference-50-hz", GINT_TO_POINTER(SLOW_STEP_US),
			     test_against_reference);
	g_test_add_func("/segment/instants-between", test_instants_between);
	return g_test_run();
}
