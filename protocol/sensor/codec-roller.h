/* SPDX-License-Identifier: MIT
 *
 * The Roller Sensor Profile, version 1, both ways: the daemon decodes with it, the simulated sensor
 * encodes with the same table (codec-roller-bytes.h). Pure.
 */
#pragma once

#include "protocol/sensor/codec.h"

#define ROLL_UUID_ROLLER_SERVICE "526f6c6c-0001-4265-a173-746965426172"
#define ROLL_UUID_ROLLER_FEATURE "526f6c6c-0002-4265-a173-746965426172"
#define ROLL_UUID_ROLLER_MEASUREMENT "526f6c6c-0003-4265-a173-746965426172"
#define ROLL_UUID_ROLLER_CONTROL "526f6c6c-0004-4265-a173-746965426172"

enum {
	ROLL_ROLLER_FEATURE_LEN = 16,
	ROLL_ROLLER_HEADER_LEN = 8,
	ROLL_ROLLER_SAMPLES_MAX = 40,
};

/* Full scales and force unit as the Feature value carries them. */
typedef struct {
	RollSensorFeature feature;
	uint16_t turn_full_scale_dps; /* degrees/s at 32768 counts */
	uint16_t pull_full_scale_g;
	uint8_t force_mn_per_count; /* 0: uncalibrated */
} RollRollerFeature;

extern const RollCodec roll_codec_roller;

/* Encodes a Feature value. bytes: ROLL_ROLLER_FEATURE_LEN long. Values beyond their field are clamped. */
void roll_roller_encode_feature(const RollRollerFeature *feature, uint8_t *ret_bytes);

/* Encodes a Measurement; the scales are feature's. Readings beyond full scale saturate, as a sensor's do.
 * ret_bytes: capacity long. Returns the length, or 0 where it does not fit in capacity or the packet
 * is not encodable (no samples, more than 40, no part present). */
ROLL_MUST_USE size_t roll_roller_encode_measurement(const RollRollerFeature *feature,
						    const RollPacket *packet, uint8_t *ret_bytes,
						    size_t capacity);

/* Encodes the indication that answers a Control Point write, and decodes a write for a simulated
 * sensor. Result: 1 done, 2 op not known, 3 bad argument, 4 failed. */
typedef enum {
	ROLL_CONTROL_START = 0x01,
	ROLL_CONTROL_STOP = 0x02,
	ROLL_CONTROL_TARE = 0x03,
	ROLL_CONTROL_PERIOD = 0x04,
	ROLL_CONTROL_IDENTIFY = 0x05,
} RollControlOp;

typedef enum {
	ROLL_CONTROL_DONE = 1,
	ROLL_CONTROL_UNKNOWN_OP = 2,
	ROLL_CONTROL_BAD_ARGUMENT = 3,
	ROLL_CONTROL_FAILED = 4,
} RollControlResult;

/* Reads a Control Point write: *ret_op and, for ROLL_CONTROL_PERIOD, *ret_period_us are set on
 * ROLL_CONTROL_DONE; else the result to indicate (*ret_op is then the first byte, 0 if none). */
ROLL_MUST_USE RollControlResult roll_roller_decode_control(const uint8_t *bytes, size_t n_bytes,
							   uint8_t *ret_op,
							   uint16_t *ret_period_us);

/* ret_bytes: 3 long. */
void roll_roller_encode_reply(uint8_t op, RollControlResult result, uint8_t *ret_bytes);
