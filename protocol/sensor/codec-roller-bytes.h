/* SPDX-License-Identifier: MIT
 *
 * The Roller Sensor Profile, version 1. All integers are little-endian. The tables below are the only place
 * where an offset or a bit stands; both ways, codec-roller.c and codec-roller-encode.c, go by them.
 *
 * Sensor Feature (0002, read), 16 bytes
 *
 *     offset  type  field
 *      0      u8    profile version, 1
 *      1      u8    body: 0 roller, 1 bar, 255 not said
 *      2      u16   feature bits, see FEATURE_BIT_; unknown ones are passed over: they may grow
 *      4      u16   sample period, us
 *      6      u16   gyroscope full scale, degrees/s (raw 32768 = this; 0: gives no usable gyroscope)
 *      8      u16   accelerometer full scale, g (raw 32768 = this; 0: gives no usable accelerometer)
 *     10      u8    force cells, 0 to 16
 *     11      u8    force per count, mN (0: uncalibrated counts)
 *     12      u16   pitch from cell to cell along the body, 0.1 mm
 *     14      u16   radius of the rolling surface, 0.1 mm
 *
 * Sensor Measurement (0003, notify), 8 bytes, then count samples
 *
 *     offset  type  field
 *      0      u8    flags, see MEASUREMENT_; a packet with a reserved one is refused
 *      1      u8    count of samples, 1 to 40
 *      2      u16   sequence number of the packet
 *      4      u32   sensor clock at the first sample, us
 *
 *     sample: gyroscope 3 x i16, accelerometer 3 x i16, force u16 a cell; each as the flags say
 *
 * Sensor Control Point (0004, write and indicate)
 *
 *     write   u8 op, and for ROLL_CONTROL_PERIOD u16 us
 *     reply   u8 0x80, u8 op, u8 result
 */
#pragma once

#include "protocol/sensor/codec.h"

enum {
	FEATURE_VERSION_AT = 0,
	FEATURE_BODY_AT = 1,
	FEATURE_BITS_AT = 2,
	FEATURE_PERIOD_AT = 4,
	FEATURE_TURN_AT = 6,
	FEATURE_PULL_AT = 8,
	FEATURE_CELLS_AT = 10,
	FEATURE_FORCE_AT = 11,
	FEATURE_PITCH_AT = 12,
	FEATURE_RADIUS_AT = 14,

	VERSION = 1,

	BODY_ROLLER = 0,
	BODY_BAR = 1,
	BODY_UNSAID = 255,

	FEATURE_BIT_FORCE = 1 << 0, /* calibrated */
	FEATURE_BIT_MARKER = 1 << 1,
	FEATURE_BIT_TARE = 1 << 2,
	FEATURE_BIT_RATE = 1 << 3,
	FEATURE_BIT_IDENTIFY = 1 << 4,

	MEASUREMENT_FLAGS_AT = 0,
	MEASUREMENT_COUNT_AT = 1,
	MEASUREMENT_SEQUENCE_AT = 2,
	MEASUREMENT_CLOCK_AT = 4,

	MEASUREMENT_GYRO = 1 << 0,
	MEASUREMENT_ACC = 1 << 1,
	MEASUREMENT_FORCE = 1 << 2,
	MEASUREMENT_MARKED = 1 << 3,
	MEASUREMENT_RESTART = 1 << 4,
	MEASUREMENT_RESERVED = 0xe0,

	VEC_LEN = 6,
	CELL_LEN = 2,

	REPLY_MARK = 0x80,
	REPLY_MARK_AT = 0,
	REPLY_OP_AT = 1,
	REPLY_RESULT_AT = 2,
	REPLY_LEN = 3,

	FULL_SCALE_COUNTS = 32768,
};

#define RADPS_PER_DPS (3.14159265358979323846 / 180.0)
#define NEWTON_PER_MN 1e-3
#define METRE_PER_TENTH_MM 1e-4

/* Bytes of one sample, as flags say. */
static inline size_t
roll_roller_sample_length(uint8_t flags, unsigned n_cells)
{
	return (flags & MEASUREMENT_GYRO ? VEC_LEN : 0u) +
	       (flags & MEASUREMENT_ACC ? VEC_LEN : 0u) +
	       (flags & MEASUREMENT_FORCE ? n_cells * CELL_LEN : 0u);
}
