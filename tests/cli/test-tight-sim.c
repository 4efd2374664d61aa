/* SPDX-License-Identifier: MIT
 *
 * The definition of tight on what the core makes of a simulated person: the tight spot is found where it is,
 * and an even back has none. Eight minutes each, more than one person.
 */
#include "cli/history/tight.h"
#include "daemon/sim/sim-sensor.h"
#include "daemon/track/track.h"

#include <glib.h>
#include <math.h>

enum {
	PERSONS = 20,
	SECONDS = 480,
};

static void
add_summary(const RollSummary *summary, RollstatProfile *profile)
{
	profile->has_force = summary->has_force;
	for (guint i = 0; i < ROLL_SLICES_MAX; i++) {
		const RollSum *sum = &summary->slices[i];
		double middle_cm = (ROLL_SLICE_FIRST_M + (i + 0.5) * ROLL_SLICE_M) * 100;
		guint slice = rollstat_slice_find(middle_cm);
		profile->seconds[slice] += sum->loaded_s;
		profile->force[slice] += isnan(sum->force_s) ? 0 : sum->force_s;
		profile->moving_s[slice] += sum->moving_s;
		profile->travel_cm[slice] += sum->travel_m * 100;
	}
}

static void
add_events(const RollEvent *events, guint n, RollstatProfile *profile)
{
	for (guint i = 0; i < n; i++) {
		const RollEvent *event = &events[i];
		double seconds = (double)(event->end_us - event->start_us) / 1e6;
		if (event->kind == ROLL_EVENT_HOLD)
			rollstat_profile_add_hold(profile, event->from_m * 100, seconds);
		else if (event->kind == ROLL_EVENT_PASS)
			rollstat_profile_add_pass(profile, event->from_m * 100, event->to_m * 100);
	}
}

/* One session of a person through the core. Returns where the tight spot truly is, cm. */
static double
roll(const RollSimHabits *habits, gboolean has_force, guint64 seed, RollstatProfile *ret_profile)
{
	static RollTrack track;
	static RollEvent events[ROLL_EVENTS_MAX];
	static RollSimSensor sensor;
	static RollSimPacket packet;
	RollSimSensorSettings settings;
	RollTrackSettings use;
	*ret_profile = (RollstatProfile){0};
	roll_sim_sensor_settings_init(&settings);
	settings.has_force = has_force;
	roll_track_settings_init(&use);
	use.start_m = habits->start_m;
	roll_sim_sensor_init(&sensor, habits, &settings, seed);
	roll_track_init(&track, &use);
	while (sensor.t_s < SECONDS) {
		roll_sim_sensor_next(&sensor, &packet);
		if (packet.is_lost)
			continue;
		guint n = roll_track_feed(&track, packet.arrival_us, &packet.packet, events);
		add_events(events, n, ret_profile);
	}
	add_events(events, roll_track_finish(&track, events), ret_profile);
	add_summary(roll_track_get_summary(&track), ret_profile);
	return roll_sim_person_get_tight_m(&sensor.person) * 100;
}

/* What was told of so many persons. */
typedef struct {
	guint found, wrong,
		tight_zones; /* spots within 1.5 cm of the true one; others; zones of 6 cm */
} Tally;

static Tally
tally(double tight_force, double tight_slowing, gboolean has_force)
{
	Tally sum = {0};
	for (guint64 seed = 1; seed <= PERSONS; seed++) {
		RollSimHabits habits;
		RollstatProfile profile;
		RollstatTight tight;
		roll_sim_habits_init(&habits);
		habits.tight_force = tight_force;
		habits.tight_slowing = tight_slowing;
		double at_cm = roll(&habits, has_force, seed, &profile);
		rollstat_tight_judge(&profile, 1, 0, &tight);
		for (guint i = 0; i < tight.n_spots; i++) {
			gboolean is_near = fabs(tight.spots[i].at_cm - at_cm) <= 1.5;
			sum.found += is_near;
			sum.wrong += !is_near;
		}
		sum.tight_zones += rollstat_tight_is_zone(&tight, at_cm - 3, at_cm + 3, 60);
	}
	return sum;
}

static void
test_tight(void)
{
	Tally usual = tally(0.8, 0.5, TRUE);
	g_assert_cmpuint(usual.found, ==, PERSONS);
	g_assert_cmpuint(usual.wrong, ==, 0);
	g_assert_cmpuint(usual.tight_zones, ==, PERSONS);
}

static void
test_slightly_tight(void)
{
	Tally slight = tally(0.3, 0.2, TRUE);
	g_assert_cmpuint(slight.found, >=, PERSONS - 1);
	g_assert_cmpuint(slight.wrong, ==, 0);
}

static void
test_even(void)
{
	Tally even = tally(0, 0, TRUE);
	g_assert_cmpuint(even.found + even.wrong, ==, 0);
	g_assert_cmpuint(even.tight_zones, ==, 0);
}

/* Without force contact is not known, and places are unsure: better to tell nothing than a wrong place. */
static void
test_without_force(void)
{
	Tally blind = tally(0.8, 0.5, FALSE);
	g_assert_cmpuint(blind.wrong, <=, 2);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/tight-sim/tight", test_tight);
	g_test_add_func("/tight-sim/slightly-tight", test_slightly_tight);
	g_test_add_func("/tight-sim/even", test_even);
	g_test_add_func("/tight-sim/without-force", test_without_force);
	return g_test_run();
}
