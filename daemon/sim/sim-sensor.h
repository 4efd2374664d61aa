/* SPDX-License-Identifier: MIT
 *
 * A simulated sensor, strapped to the right end of the roller of a simulated person (sim-person.h): what it
 * would measure, when its packets would arrive, and which are lost. Pure; state is a plain struct that the
 * caller owns.
 *
 * Axes. World: X to the head, Y to the right, Z up (the person lies on the back). The sensor's z points
 * out of the roller's right end, so the configuration is mount=right, axis=+z, but for askew_rad. A turn
 * that is positive about Y rolls the roller toward the head and the contact toward the feet:
 *
 *     turn = contact x (1 - slip) / radius + turned by hand        (about Y)
 *     centre of the roller: radius x turn over the floor, along X
 *     specific force = acceleration of the centre + centripetal and tangential part of the
 *                      sensor's distance from the axis + 1 g upward
 */
#pragma once

#include "daemon/sim/sim-person.h"
#include "protocol/sample.h"

typedef struct {
	uint32_t period_us;		   /* by the sensor's clock; default 10000 */
	unsigned n_samples;		   /* a packet, 1..40; default 10 */
	bool has_gyro, has_acc, has_force; /* default all */
	double radius_m;		   /* of the rolling surface; default 0.075 */
	double slip;	  /* share of the travel that turns nothing; default 0.01 */
	double arm_m;	  /* from the roller's axis to the sensor; default 0.02 */
	double askew_rad; /* between the sensor's z and the roller's axis; default 0.07 (4 degrees) */
	double turn_bias_radps; /* each axis, standard deviation; default 0.0087 (0.5 degrees/s) */
	double turn_wander_radps; /* how far the bias wanders, in about a minute; default 0.0017 */
	double turn_noise_radps;  /* default 0.0017 */
	double pull_bias_mps2;	  /* each axis, standard deviation; default 0.1 */
	double pull_noise_mps2;	  /* default 0.03 */
	double force_noise_n;	  /* default 1 */
	double force_offset_n; /* what the cell shows with nothing on it, until tared; default 1.5 */
	double clock_ppm;      /* how much too fast the sensor's clock is; default 40 */
	double loss;	       /* probability that a packet never arrives; default 0.005 */
	double retry; /* probability that it takes one connection interval more; default 0.05 */
	uint32_t interval_us;	  /* of the connection: packets arrive only then; default 30000 */
	double restart_s;	  /* the sensor restarts every so often; 0: never. Default 0 */
	double restart_silence_s; /* and tells nothing for so long; default 1.5 */
} RollSimSensorSettings;

/* Sets the defaults. */
void roll_sim_sensor_settings_init(RollSimSensorSettings *settings);

/* A packet, and what was true meanwhile. Times are microseconds since the simulation began. */
typedef struct {
	bool is_lost;	    /* it never arrives (or the sensor was not streaming) */
	int64_t arrival_us; /* rises from packet to packet, lost ones too */
	int64_t sample_us;  /* when the first sample was taken, rounded */
	double period_s;    /* true time from sample to sample */
	RollPacket packet;
	RollSimTruth truths[ROLL_PACKET_SAMPLES_MAX]; /* at each sample */
} RollSimPacket;

/* The rest is of sim-sensor.c only. */
typedef struct {
	RollSimSensorSettings settings;
	RollSimPerson person;
	RollSimRandom random;
	double sensor_from_roller[3][3]; /* rotation */
	double turn_bias_radps[3], turn_wander_radps[3], pull_bias_mps2[3];
	double first_turn_rad;
	double force_zero_n, last_force_n;
	double t_s, next_restart_s;
	int64_t last_arrival_us, interval_phase_us;
	uint32_t clock_us;
	uint16_t sequence;
	bool is_streaming, is_restarted;
	unsigned n_marks;
} RollSimSensor;

/* habits, settings: copied. The sensor streams from the beginning. */
void roll_sim_sensor_init(RollSimSensor *sensor, const RollSimHabits *habits,
			  const RollSimSensorSettings *settings, uint64_t seed);

/* The next packet. While the sensor does not stream, time goes on and packets are lost unnumbered. */
void roll_sim_sensor_next(RollSimSensor *sensor, RollSimPacket *ret_packet);

/* As the control point does it; from the next packet on. */
void roll_sim_sensor_set_streaming(RollSimSensor *sensor, bool is_streaming);

/* What the force cell shows now becomes its zero, as a sensor does it: with nothing on the roller, or wrongly. */
void roll_sim_sensor_tare(RollSimSensor *sensor);
