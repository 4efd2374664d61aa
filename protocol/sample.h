/* SPDX-License-Identifier: MIT
 *
 * What a sensor measured, in SI units: the one currency between the decoders of protocol/sensor/ and
 * the estimator in daemon/track/. A decoder turns the bytes of one GATT value into one RollPacket; no
 * raw count crosses this line, except a force that the sensor itself cannot put in newtons.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define ROLL_MUST_USE __attribute__((warn_unused_result))

enum {
	ROLL_CELLS_MAX = 16, /* force cells of one sensor */
	/* Samples of one packet (the Roller Sensor Profile allows 40). */
	ROLL_PACKET_SAMPLES_MAX = 64,
};

/* Standard gravity, m/s2: what a sensor means by 1 g. */
#define ROLL_G_MPS2 9.80665

/* A vector in the sensor's own axes. The frame is a type, so that it is not taken for another one. */
typedef struct {
	float x, y, z;
} RollSensorVec;

typedef struct {
	RollSensorVec turn_radps; /* angular rate, rad/s, right-handed about each axis */
	RollSensorVec pull_mps2;  /* specific force, m/s2: at rest 9.81 upward */
	/* Force on each cell, newtons (counts without has_newtons), 0 up; cell 0 is at the head end. */
	float cell_n[ROLL_CELLS_MAX];
} RollSample;

typedef enum {
	ROLL_BODY_UNSAID = 0, /* the sensor does not say what it is strapped to */
	ROLL_BODY_ROLLER,
	ROLL_BODY_BAR,
} RollBody;

/* What a sensor says about itself, before or while it streams. Zero means "not said" throughout. */
typedef struct {
	RollBody body;
	bool has_newtons;   /* cell_n is newtons, else uncalibrated counts */
	bool has_marker;    /* a marker button */
	bool has_tare;	    /* takes the tare command */
	bool has_rate;	    /* takes a new sample period */
	bool has_identify;  /* can blink */
	uint32_t period_us; /* nominal time from sample to sample */
	unsigned n_cells;   /* 0..ROLL_CELLS_MAX */
	double pitch_m;	    /* from cell to cell along the body */
	double radius_m;    /* of the rolling surface */
} RollSensorFeature;

/* One packet of samples, a period apart, as it came from the sensor. */
typedef struct {
	bool has_gyro, has_acc, has_force; /* which parts of each sample are measured */
	bool has_sequence, has_clock;	   /* whether the next two fields mean anything */
	bool is_marked;			   /* the marker button was pressed within this packet */
	bool is_restart;		   /* the sensor restarted: clock and sequence begin anew */
	bool has_newtons;		   /* cell_n is newtons, else counts */
	uint16_t sequence;		   /* rises by 1 a packet, wraps */
	uint32_t clock_us;		   /* sensor clock at the first sample, wraps at 2^32 */
	uint32_t period_us;		   /* from sample to sample, > 0 */
	unsigned n_cells;		   /* cells valid in each sample */
	unsigned n_samples;		   /* 1..ROLL_PACKET_SAMPLES_MAX */
	RollSample samples[ROLL_PACKET_SAMPLES_MAX];
} RollPacket;
