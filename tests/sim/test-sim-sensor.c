/* SPDX-License-Identifier: MIT
 *
 * What the simulated sensor makes of the person's movement: physics, packets, time, loss.
 */
#include "daemon/sim/sim-sensor.h"
#include "protocol/sensor/codec-roller.h"

#include <glib.h>
#include <math.h>
#include <string.h>

static const RollRollerFeature feature = {
	.feature =
		{
			.body = ROLL_BODY_ROLLER,
			.has_newtons = true,
			.period_us = 10000,
			.n_cells = 1,
			.radius_m = 0.075,
		},
	.turn_full_scale_dps = 2000,
	.pull_full_scale_g = 8,
	.force_mn_per_count = 20,
};

static RollSimSensor
make_sensor(const RollSimSensorSettings *settings, guint64 seed)
{
	RollSimHabits habits;
	RollSimSensor sensor;

	roll_sim_habits_init(&habits);
	roll_sim_sensor_init(&sensor, &habits, settings, seed);
	return sensor;
}

static RollSimSensorSettings
make_settings(void)
{
	RollSimSensorSettings settings;

	roll_sim_sensor_settings_init(&settings);
	return settings;
}

/* No noise, no bias, no slip, mounted straight: what is left is mechanics. */
static RollSimSensorSettings
make_ideal_settings(void)
{
	RollSimSensorSettings settings = make_settings();

	settings.slip = settings.askew_rad = settings.turn_bias_radps = 0;
	settings.turn_wander_radps = settings.turn_noise_radps = 0;
	settings.pull_bias_mps2 = settings.pull_noise_mps2 = 0;
	settings.force_noise_n = settings.force_offset_n = settings.clock_ppm = 0;
	settings.loss = settings.retry = 0;
	return settings;
}

static double
find_length(RollSensorVec vec)
{
	return sqrt((double)vec.x * vec.x + (double)vec.y * vec.y + (double)vec.z * vec.z);
}

static gboolean
is_still(const RollSimTruth *truth)
{
	return truth->contact.rate == 0 && truth->contact.bend == 0 && truth->hand_rad.rate == 0;
}

/* ---- Physics ---- */

static void
check_gravity(const RollSimSensorSettings *settings, double tolerance_mps2)
{
	RollSimSensor sensor = make_sensor(settings, 17);
	RollSimPacket packet;
	double sum_mps2 = 0;
	guint n = 0;

	for (guint i = 0; i < 6000; i++) {
		roll_sim_sensor_next(&sensor, &packet);
		for (guint j = 0; j < packet.packet.n_samples; j++) {
			if (!is_still(&packet.truths[j]))
				continue;
			sum_mps2 += find_length(packet.packet.samples[j].pull_mps2);
			n++;
		}
	}
	g_assert_cmpuint(n, >, 1000);
	g_assert_cmpfloat_with_epsilon(sum_mps2 / n, ROLL_G_MPS2, tolerance_mps2);
}

static void
test_gravity_at_rest(void)
{
	RollSimSensorSettings ideal = make_ideal_settings(), real = make_settings();

	check_gravity(&ideal, 1e-5);
	check_gravity(&real, 0.35);
}

/* With an ideal sensor the gyroscope's integral, times the radius, is the travel: toward the feet where it is
 * positive about the axis that points out of the right end. */
static void
test_turn_is_travel(void)
{
	RollSimSensorSettings settings = make_ideal_settings();
	RollSimSensor sensor = make_sensor(&settings, 2);
	RollSimPacket packet;
	double turn_rad = 0, last_radps = 0, first_m = 0, far_m = 0;

	for (guint i = 0; i < 6000; i++) {
		roll_sim_sensor_next(&sensor, &packet);
		for (guint j = 0; j < packet.packet.n_samples; j++) {
			const RollSimTruth *truth = &packet.truths[j];
			double radps = packet.packet.samples[j].turn_radps.z;
			double travel_m;

			if (i == 0 && j == 0)
				first_m = truth->contact.value;
			else
				turn_rad += (radps + last_radps) / 2 * packet.period_s;
			last_radps = radps;
			travel_m = truth->contact.value - first_m;
			g_assert_cmpfloat_with_epsilon((turn_rad - truth->hand_rad.value) *
							       settings.radius_m,
						       travel_m, 0.0005);
			far_m = fmax(far_m, fabs(travel_m));
		}
	}
	g_assert_cmpfloat(far_m, >, 0.08);
}

/* The same with every fault of a real sensor: within what its faults explain, from stillness to stillness. */
static void
test_turn_is_travel_within_faults(void)
{
	RollSimSensorSettings settings = make_settings();
	RollSimSensor sensor = make_sensor(&settings, 2);
	RollSimPacket packet;
	double turn_rad = 0, sensor_s = 0;
	RollSimTruth first = {.force_n = -1}, last = {0};

	for (guint i = 0; i < 300; i++) {
		roll_sim_sensor_next(&sensor, &packet);
		for (guint j = 0; j < packet.packet.n_samples; j++) {
			turn_rad += packet.packet.samples[j].turn_radps.z * packet.period_s;
			sensor_s += packet.period_s;
			if (first.force_n < 0)
				first = packet.truths[j];
			last = packet.truths[j];
		}
	}
	double true_rad = (last.contact.value - first.contact.value) / settings.radius_m +
			  last.hand_rad.value - first.hand_rad.value;

	g_assert_cmpfloat_with_epsilon(turn_rad, true_rad, 3 * 0.0105 * sensor_s + 0.3);
	g_assert_cmpfloat(fabs(turn_rad - true_rad), >, 1e-3);
}

static double
wrap(double angle_rad)
{
	return remainder(angle_rad, 2 * G_PI);
}

/* Gravity tells the same angle as the gyroscope: with x = up and y = headward at angle 0, a positive turn carries x
 * toward the head, so what points up is then found toward -y. */
static void
test_gravity_turns_with_the_gyroscope(void)
{
	RollSimSensorSettings settings = make_ideal_settings();
	RollSimSensor sensor = make_sensor(&settings, 31);
	RollSimPacket packet;
	double first_rad = 0, first_turn_rad = 0;
	guint n = 0;

	for (guint i = 0; i < 6000; i++) {
		roll_sim_sensor_next(&sensor, &packet);
		for (guint j = 0; j < packet.packet.n_samples; j++) {
			const RollSimTruth *truth = &packet.truths[j];
			RollSensorVec pull = packet.packet.samples[j].pull_mps2;
			double up_rad = atan2(-(double)pull.y, pull.x);
			double turn_rad =
				truth->contact.value / settings.radius_m + truth->hand_rad.value;

			if (!is_still(truth))
				continue;
			if (n++ == 0) {
				first_rad = up_rad;
				first_turn_rad = turn_rad;
			}
			g_assert_cmpfloat_with_epsilon(
				wrap(up_rad - first_rad - turn_rad + first_turn_rad), 0, 1e-5);
		}
	}
	g_assert_cmpuint(n, >, 1000);
}

/* A roller that is turned ever faster: what the centre's acceleration and the arm add to 1 g. */
static void
test_acceleration_adds_up(void)
{
	RollSimSensorSettings settings = make_ideal_settings();
	RollSimSensor sensor = make_sensor(&settings, 5);
	RollSimPacket packet;
	double most_mps2 = 0;

	for (guint i = 0; i < 3000; i++) {
		roll_sim_sensor_next(&sensor, &packet);
		for (guint j = 0; j < packet.packet.n_samples; j++) {
			const RollSimTruth *truth = &packet.truths[j];
			RollSensorVec pull = packet.packet.samples[j].pull_mps2;
			double rate_radps =
				truth->contact.rate / settings.radius_m + truth->hand_rad.rate;
			double bend_radps2 =
				truth->contact.bend / settings.radius_m + truth->hand_rad.bend;
			/* The sensor's x and y, with the parts of the arm taken off, are gravity
			 * and the centre's acceleration, at right angles. */
			double x = pull.x + bend_radps2 * settings.arm_m;
			double y = pull.y + rate_radps * rate_radps * settings.arm_m;
			double along_mps2 = settings.radius_m * bend_radps2;

			g_assert_cmpfloat_with_epsilon(hypot(x, y), hypot(ROLL_G_MPS2, along_mps2),
						       1e-4);
			g_assert_cmpfloat_with_epsilon(pull.z, 0, 1e-9);
			most_mps2 = fmax(most_mps2, fabs(along_mps2));
		}
	}
	g_assert_cmpfloat(most_mps2, >, 0.3);
}

static void
test_mounted_askew(void)
{
	RollSimSensorSettings settings = make_ideal_settings();
	RollSimPacket straight, askew;
	RollSimSensor one, other;

	one = make_sensor(&settings, 8);
	settings.askew_rad = 0.2;
	other = make_sensor(&settings, 8);
	for (guint i = 0; i < 1000; i++) {
		roll_sim_sensor_next(&one, &straight);
		roll_sim_sensor_next(&other, &askew);
		for (guint j = 0; j < 10; j++) {
			const RollSample *a = &straight.packet.samples[j],
					 *b = &askew.packet.samples[j];

			/* A rotation: lengths stay, and the axis is seen under its angle. */
			g_assert_cmpfloat_with_epsilon(find_length(a->pull_mps2),
						       find_length(b->pull_mps2), 1e-5);
			g_assert_cmpfloat_with_epsilon(b->turn_radps.z, a->turn_radps.z * cos(0.2),
						       1e-6);
			g_assert_cmpfloat_with_epsilon(find_length(b->turn_radps),
						       fabs((double)a->turn_radps.z), 1e-6);
		}
	}
}

/* ---- Packets ---- */

static void
test_packets_survive_their_bytes(void)
{
	RollSimSensorSettings settings = make_settings();
	RollSimSensor sensor = make_sensor(&settings, 3);
	RollSimPacket packet;
	RollPacket back;
	RollDecoder decoder;
	guint8 bytes[ROLL_VALUE_MAX];

	roll_decoder_init(&decoder, &roll_codec_roller);
	roll_roller_encode_feature(&feature, bytes);
	g_assert_cmpint(roll_decoder_decode(&decoder, ROLL_UUID_ROLLER_FEATURE, bytes,
					    ROLL_ROLLER_FEATURE_LEN, &back),
			==, ROLL_DECODED_FEATURE);
	for (guint i = 0; i < 3000; i++) {
		roll_sim_sensor_next(&sensor, &packet);
		gsize n_bytes = roll_roller_encode_measurement(&feature, &packet.packet, bytes,
							       sizeof bytes);

		g_assert_cmpuint(n_bytes, ==, 8 + 10 * 14);
		g_assert_cmpint(roll_decoder_decode(&decoder, ROLL_UUID_ROLLER_MEASUREMENT, bytes,
						    n_bytes, &back),
				==, ROLL_DECODED_SAMPLES);
		g_assert_cmpuint(back.sequence, ==, packet.packet.sequence);
		g_assert_cmpuint(back.clock_us, ==, packet.packet.clock_us);
		g_assert_cmpuint(back.period_us, ==, packet.packet.period_us);
		g_assert_cmpuint(back.n_samples, ==, packet.packet.n_samples);
		g_assert_cmpint(back.is_marked, ==, packet.packet.is_marked);
		g_assert_true(back.has_gyro && back.has_acc && back.has_force);
		for (guint j = 0; j < back.n_samples; j++) {
			const RollSample *a = &packet.packet.samples[j], *b = &back.samples[j];

			/* Half a count, and the rounding of a float. */
			g_assert_cmpfloat_with_epsilon(a->turn_radps.z, b->turn_radps.z, 5.4e-4);
			g_assert_cmpfloat_with_epsilon(a->pull_mps2.x, b->pull_mps2.x, 1.21e-3);
			g_assert_cmpfloat_with_epsilon(a->pull_mps2.y, b->pull_mps2.y, 1.21e-3);
			g_assert_cmpfloat_with_epsilon(a->cell_n[0], b->cell_n[0], 0.0101);
		}
	}
}

static void
test_same_seed_same_packets(void)
{
	RollSimSensorSettings settings = make_settings();
	RollSimSensor one = make_sensor(&settings, 99), other = make_sensor(&settings, 99);
	RollSimSensor stranger = make_sensor(&settings, 100);
	RollSimPacket a, b, c;
	guint8 a_bytes[ROLL_VALUE_MAX], b_bytes[ROLL_VALUE_MAX], c_bytes[ROLL_VALUE_MAX];

	for (guint i = 0; i < 1000; i++) {
		roll_sim_sensor_next(&one, &a);
		roll_sim_sensor_next(&other, &b);
		roll_sim_sensor_next(&stranger, &c);
		gsize n = roll_roller_encode_measurement(&feature, &a.packet, a_bytes, 512);

		g_assert_cmpuint(roll_roller_encode_measurement(&feature, &b.packet, b_bytes, 512),
				 ==, n);
		g_assert_cmpmem(a_bytes, n, b_bytes, n);
		g_assert_cmpint(a.arrival_us, ==, b.arrival_us);
		g_assert_cmpint(a.is_lost, ==, b.is_lost);
		g_assert_cmpuint(roll_roller_encode_measurement(&feature, &c.packet, c_bytes, 512),
				 ==, n);
		g_assert_cmpint(memcmp(a_bytes, c_bytes, n), !=, 0);
	}
}

static void
test_time_and_loss(void)
{
	RollSimSensorSettings settings = make_settings();
	RollSimSensor sensor;
	RollSimPacket packet = {0};
	RollPacket last;
	gint64 last_us = 0, span_us, first_us = 0;
	guint n_lost = 0, n_wraps = 0;

	settings.loss = 0.05;
	settings.clock_ppm = 100;
	sensor = make_sensor(&settings, 41);
	for (guint i = 0; i < 36000; i++) {
		last = packet.packet;
		roll_sim_sensor_next(&sensor, &packet);
		n_lost += packet.is_lost;
		g_assert_cmpint(packet.arrival_us, >, last_us);
		last_us = packet.arrival_us;
		/* The last sample is 90 ms after the first; then the radio, at times twice or more. */
		g_assert_cmpint(packet.arrival_us - packet.sample_us, >=, 90000);
		g_assert_cmpint(packet.arrival_us - packet.sample_us, <, 90000 + 10 * 30000);
		if (i == 0) {
			first_us = packet.sample_us;
			continue;
		}
		g_assert_cmpuint(packet.packet.sequence, ==, (guint16)(last.sequence + 1));
		g_assert_cmpuint(packet.packet.clock_us - last.clock_us, ==, 100000);
		g_assert_false(packet.packet.is_restart);
		n_wraps += packet.packet.clock_us < last.clock_us;
	}
	g_assert_cmpuint(n_wraps, ==, 1);
	g_assert_cmpuint(n_lost, >, 36000 * 4 / 100);
	g_assert_cmpuint(n_lost, <, 36000 * 6 / 100);
	/* A clock that is 100 ppm too fast shows an hour when 0.36 s are still missing. */
	span_us = packet.sample_us - first_us;
	g_assert_cmpint(ABS(35999 * G_GINT64_CONSTANT(100000) - span_us - 360000), <, 100);
}

static void
test_restarts(void)
{
	RollSimSensorSettings settings = make_settings();
	RollSimSensor sensor;
	RollSimPacket packet = {0};
	gint64 last_us;
	guint n_restarts = 0;

	settings.restart_s = 60;
	sensor = make_sensor(&settings, 6);
	for (guint i = 0; i < 3000; i++) {
		last_us = packet.sample_us;
		roll_sim_sensor_next(&sensor, &packet);
		if (!packet.packet.is_restart)
			continue;
		n_restarts++;
		g_assert_cmpuint(packet.packet.sequence, ==, 0);
		g_assert_cmpuint(packet.packet.clock_us, ==, 0);
		g_assert_cmpint(packet.sample_us - last_us, >, 1590000);
	}
	g_assert_cmpuint(n_restarts, ==, 4);
}

static void
test_stopped_sensor_numbers_nothing(void)
{
	RollSimSensorSettings settings = make_settings();
	RollSimSensor sensor;
	RollSimPacket before, packet;

	settings.loss = 0;
	sensor = make_sensor(&settings, 6);
	roll_sim_sensor_next(&sensor, &before);
	g_assert_false(before.is_lost);
	roll_sim_sensor_set_streaming(&sensor, false);
	for (guint i = 0; i < 50; i++) {
		roll_sim_sensor_next(&sensor, &packet);
		g_assert_true(packet.is_lost);
	}
	roll_sim_sensor_set_streaming(&sensor, true);
	roll_sim_sensor_next(&sensor, &packet);
	g_assert_false(packet.is_lost);
	g_assert_cmpuint(packet.packet.sequence, ==, (guint16)(before.packet.sequence + 1));
	g_assert_cmpuint(packet.packet.clock_us - before.packet.clock_us, ==, 51 * 100000);
}

static double
find_mean_force_n(RollSimSensor *sensor)
{
	RollSimPacket packet;
	double sum_n = 0;

	for (guint i = 0; i < 7; i++) {
		roll_sim_sensor_next(sensor, &packet);
		for (guint j = 0; j < 10; j++) {
			g_assert_cmpfloat(packet.truths[j].force_n, ==, 0);
			sum_n += packet.packet.samples[j].cell_n[0];
		}
	}
	return sum_n / 70;
}

/* Both within the first 1.5 s, in which nobody lies on the roller. */
static void
test_tare(void)
{
	RollSimSensorSettings settings = make_settings();
	RollSimSensor sensor;

	settings.force_offset_n = 5;
	settings.force_noise_n = 0.1;
	sensor = make_sensor(&settings, 6);
	g_assert_cmpfloat_with_epsilon(find_mean_force_n(&sensor), 5, 0.1);
	roll_sim_sensor_tare(&sensor);
	g_assert_cmpfloat(find_mean_force_n(&sensor), <, 0.4);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sim-sensor/gravity-at-rest", test_gravity_at_rest);
	g_test_add_func("/sim-sensor/turn-is-travel", test_turn_is_travel);
	g_test_add_func("/sim-sensor/turn-is-travel-within-faults",
			test_turn_is_travel_within_faults);
	g_test_add_func("/sim-sensor/gravity-turns", test_gravity_turns_with_the_gyroscope);
	g_test_add_func("/sim-sensor/acceleration-adds-up", test_acceleration_adds_up);
	g_test_add_func("/sim-sensor/mounted-askew", test_mounted_askew);
	g_test_add_func("/sim-sensor/packets-survive-their-bytes",
			test_packets_survive_their_bytes);
	g_test_add_func("/sim-sensor/same-seed-same-packets", test_same_seed_same_packets);
	g_test_add_func("/sim-sensor/time-and-loss", test_time_and_loss);
	g_test_add_func("/sim-sensor/restarts", test_restarts);
	g_test_add_func("/sim-sensor/stopped", test_stopped_sensor_numbers_nothing);
	g_test_add_func("/sim-sensor/tare", test_tare);
	return g_test_run();
}
