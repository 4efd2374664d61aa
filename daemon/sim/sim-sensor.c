/* SPDX-License-Identifier: MIT */
#include "daemon/sim/sim-sensor.h"

#include <assert.h>
#include <math.h>

#define PI 3.14159265358979323846

enum {
	STREAM_SENSOR = 2,
	ON_AIR_US = 2500, /* from the last sample to the packet being ready for the radio */
	APART_US = 300,	  /* packets of one connection event arrive so far apart at least */
	HOST_DELAY_US =
		900, /* between the connection event and the host's clock reading it, at most */
};

/* How long the gyroscope's bias keeps its wandering; chosen for a sensor that warms up on a body. */
#define WANDER_S 60.0

void
roll_sim_sensor_settings_init(RollSimSensorSettings *settings)
{
	*settings = (RollSimSensorSettings){
		.period_us = 10000,
		.n_samples = 10,
		.has_gyro = true,
		.has_acc = true,
		.has_force = true,
		.radius_m = 0.075,
		.slip = 0.01,
		.arm_m = 0.02,
		.askew_rad = 0.07,
		.turn_bias_radps = 0.0087,
		.turn_wander_radps = 0.0017,
		.turn_noise_radps = 0.0017,
		.pull_bias_mps2 = 0.1,
		.pull_noise_mps2 = 0.03,
		.force_noise_n = 1,
		.force_offset_n = 1.5,
		.clock_ppm = 40,
		.loss = 0.005,
		.retry = 0.05,
		.interval_us = 30000,
		.restart_silence_s = 1.5,
	};
}

static double
draw_normal(RollSimSensor *sensor, double deviation)
{
	return deviation * roll_sim_random_normal(&sensor->random);
}

/* ---- How it is mounted ---- */

/* Nominal: the sensor's x, y, z are the roller's Z, X, Y; then tilted by askew_rad about an axis that lies in
 * the sensor's x-y plane at the angle toward_rad (Rodrigues' formula for such an axis). */
static void
mount(RollSimSensor *sensor, double askew_rad, double toward_rad)
{
	double x = cos(toward_rad), y = sin(toward_rad);
	double c = cos(askew_rad), s = sin(askew_rad);
	const double tilt[3][3] = {
		{c + x * x * (1 - c), x * y * (1 - c), y * s},
		{x * y * (1 - c), c + y * y * (1 - c), -x * s},
		{-y * s, x * s, c},
	};

	for (unsigned row = 0; row < 3; row++) {
		sensor->sensor_from_roller[row][0] = tilt[row][1];
		sensor->sensor_from_roller[row][1] = tilt[row][2];
		sensor->sensor_from_roller[row][2] = tilt[row][0];
	}
}

static RollSensorVec
see(const RollSimSensor *sensor, const double *roller, const double *error)
{
	double seen[3];

	for (unsigned row = 0; row < 3; row++) {
		const double *turned = sensor->sensor_from_roller[row];

		seen[row] = turned[0] * roller[0] + turned[1] * roller[1] + turned[2] * roller[2] +
			    error[row];
	}
	return (RollSensorVec){(float)seen[0], (float)seen[1], (float)seen[2]};
}

void
roll_sim_sensor_init(RollSimSensor *sensor, const RollSimHabits *habits,
		     const RollSimSensorSettings *settings, uint64_t seed)
{
	assert(settings->period_us > 0 && settings->interval_us > 0 && settings->radius_m > 0);
	assert(settings->n_samples >= 1 && settings->n_samples <= 40);
	*sensor = (RollSimSensor){.settings = *settings, .is_streaming = true};
	roll_sim_person_init(&sensor->person, habits, seed);
	roll_sim_random_init(&sensor->random, seed, STREAM_SENSOR);
	mount(sensor, settings->askew_rad, roll_sim_random_between(&sensor->random, 0, 2 * PI));
	for (unsigned i = 0; i < 3; i++) {
		sensor->turn_bias_radps[i] = draw_normal(sensor, settings->turn_bias_radps);
		sensor->turn_wander_radps[i] = draw_normal(sensor, settings->turn_wander_radps);
		sensor->pull_bias_mps2[i] = draw_normal(sensor, settings->pull_bias_mps2);
	}
	sensor->first_turn_rad = roll_sim_random_between(&sensor->random, -PI, PI);
	sensor->next_restart_s = settings->restart_s > 0 ? settings->restart_s : INFINITY;
	sensor->interval_phase_us =
		(int64_t)roll_sim_random_between(&sensor->random, 0, settings->interval_us);
	/* Near its end, so that every simulation of some minutes shows the clock wrapping. */
	sensor->clock_us = UINT32_MAX - (uint32_t)roll_sim_random_between(&sensor->random, 0, 60e6);
	sensor->sequence = (uint16_t)roll_sim_random_between(&sensor->random, 0, 65536);
}

/* ---- What it measures ---- */

static RollSensorVec
measure_turn(RollSimSensor *sensor, double turn_radps)
{
	const double roller_radps[3] = {0, turn_radps, 0};
	double error_radps[3];

	for (unsigned i = 0; i < 3; i++)
		error_radps[i] = sensor->turn_bias_radps[i] + sensor->turn_wander_radps[i] +
				 draw_normal(sensor, sensor->settings.turn_noise_radps);
	return see(sensor, roller_radps, error_radps);
}

/* The sensor sits at arm_m along the roller's own X, which has turned by turn.value. */
static RollSensorVec
measure_pull(RollSimSensor *sensor, RollSimMotion turn)
{
	const RollSimSensorSettings *settings = &sensor->settings;
	double c = cos(turn.value), s = sin(turn.value);
	double head_mps2 = settings->radius_m * turn.bend;
	const double roller_mps2[3] = {
		c * head_mps2 - s * ROLL_G_MPS2 - turn.rate * turn.rate * settings->arm_m,
		0,
		s * head_mps2 + c * ROLL_G_MPS2 - turn.bend * settings->arm_m,
	};
	double error_mps2[3];

	for (unsigned i = 0; i < 3; i++)
		error_mps2[i] =
			sensor->pull_bias_mps2[i] + draw_normal(sensor, settings->pull_noise_mps2);
	return see(sensor, roller_mps2, error_mps2);
}

static RollSample
measure(RollSimSensor *sensor, const RollSimTruth *truth)
{
	const RollSimSensorSettings *settings = &sensor->settings;
	double turns_per_m = (1 - settings->slip) / settings->radius_m;
	RollSimMotion turn = {
		.value = sensor->first_turn_rad + truth->contact.value * turns_per_m +
			 truth->hand_rad.value,
		.rate = truth->contact.rate * turns_per_m + truth->hand_rad.rate,
		.bend = truth->contact.bend * turns_per_m + truth->hand_rad.bend,
	};
	RollSample sample = {.cell_n = {0}};

	if (settings->has_gyro)
		sample.turn_radps = measure_turn(sensor, turn.rate);
	if (settings->has_acc)
		sample.pull_mps2 = measure_pull(sensor, turn);
	sensor->last_force_n = truth->force_n + settings->force_offset_n +
			       draw_normal(sensor, settings->force_noise_n);
	if (settings->has_force)
		sample.cell_n[0] = (float)fmax(sensor->last_force_n + sensor->force_zero_n, 0);
	return sample;
}

static void
wander(RollSimSensor *sensor, double passed_s)
{
	double keep = exp(-passed_s / WANDER_S);
	double deviation = sensor->settings.turn_wander_radps * sqrt(1 - keep * keep);

	for (unsigned i = 0; i < 3; i++)
		sensor->turn_wander_radps[i] =
			keep * sensor->turn_wander_radps[i] + draw_normal(sensor, deviation);
}

/* ---- Its packets ---- */

/* At the first connection event after the packet is ready; now and then a later one, and packets behind it
 * wait for it. */
static int64_t
find_arrival(RollSimSensor *sensor, int64_t ready_us)
{
	const RollSimSensorSettings *settings = &sensor->settings;
	int64_t interval_us = settings->interval_us;
	int64_t events = (ready_us - sensor->interval_phase_us) / interval_us + 1;
	int64_t arrival_us;

	while (roll_sim_random_between(&sensor->random, 0, 1) < settings->retry)
		events++;
	arrival_us = sensor->interval_phase_us + events * interval_us +
		     (int64_t)roll_sim_random_between(&sensor->random, 0, HOST_DELAY_US);
	if (arrival_us < sensor->last_arrival_us + APART_US)
		arrival_us = sensor->last_arrival_us + APART_US;
	return arrival_us;
}

static void
restart(RollSimSensor *sensor)
{
	sensor->t_s += sensor->settings.restart_silence_s;
	sensor->next_restart_s = sensor->t_s + sensor->settings.restart_s;
	sensor->clock_us = 0;
	sensor->sequence = 0;
	sensor->is_restarted = true;
}

static void
fill_packet(RollSimSensor *sensor, double period_s, RollSimPacket *ret_packet)
{
	const RollSimSensorSettings *settings = &sensor->settings;
	RollPacket *packet = &ret_packet->packet;

	*packet = (RollPacket){
		.has_gyro = settings->has_gyro,
		.has_acc = settings->has_acc,
		.has_force = settings->has_force,
		.has_sequence = true,
		.has_clock = true,
		.has_newtons = settings->has_force,
		.is_restart = sensor->is_restarted,
		.sequence = sensor->sequence,
		.clock_us = sensor->clock_us,
		.period_us = settings->period_us,
		.n_cells = settings->has_force ? 1 : 0,
		.n_samples = settings->n_samples,
	};
	for (unsigned i = 0; i < settings->n_samples; i++) {
		roll_sim_person_move(&sensor->person, sensor->t_s + i * period_s,
				     &ret_packet->truths[i]);
		packet->samples[i] = measure(sensor, &ret_packet->truths[i]);
		packet->is_marked |= ret_packet->truths[i].n_marks > sensor->n_marks;
		sensor->n_marks = ret_packet->truths[i].n_marks;
	}
}

void
roll_sim_sensor_next(RollSimSensor *sensor, RollSimPacket *ret_packet)
{
	const RollSimSensorSettings *settings = &sensor->settings;
	double period_s = settings->period_us * 1e-6 / (1 + settings->clock_ppm * 1e-6);
	double packet_s = settings->n_samples * period_s;

	if (sensor->t_s >= sensor->next_restart_s)
		restart(sensor);
	fill_packet(sensor, period_s, ret_packet);
	ret_packet->period_s = period_s;
	ret_packet->sample_us = llround(sensor->t_s * 1e6);
	ret_packet->arrival_us = find_arrival(
		sensor, llround((sensor->t_s + packet_s - period_s) * 1e6) + ON_AIR_US);
	ret_packet->is_lost = roll_sim_random_between(&sensor->random, 0, 1) < settings->loss ||
			      !sensor->is_streaming;
	sensor->last_arrival_us = ret_packet->arrival_us;
	sensor->t_s += packet_s;
	sensor->clock_us += settings->n_samples * settings->period_us;
	if (sensor->is_streaming) {
		sensor->sequence++;
		sensor->is_restarted = false;
	}
	wander(sensor, packet_s);
}

void
roll_sim_sensor_set_streaming(RollSimSensor *sensor, bool is_streaming)
{
	sensor->is_streaming = is_streaming;
}

void
roll_sim_sensor_tare(RollSimSensor *sensor)
{
	sensor->force_zero_n = -sensor->last_force_n;
}
