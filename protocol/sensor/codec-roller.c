/* SPDX-License-Identifier: MIT
 *
 * From the bytes of codec-roller-bytes.h to samples.
 */
#include "protocol/sensor/codec-roller.h"

#include "protocol/bytes.h"
#include "protocol/sensor/codec-roller-bytes.h"

#include <string.h>

static RollDecoded
refuse(RollDecoder *decoder, const char *why)
{
	decoder->refusal = why;
	return ROLL_DECODED_REFUSED;
}

static const char *
find_feature_fault(const uint8_t *bytes, size_t n_bytes)
{
	if (n_bytes != ROLL_ROLLER_FEATURE_LEN)
		return "feature: not 16 bytes long";
	if (bytes[FEATURE_VERSION_AT] != VERSION)
		return "feature: a profile version other than 1";
	if (bytes[FEATURE_BODY_AT] > BODY_BAR && bytes[FEATURE_BODY_AT] != BODY_UNSAID)
		return "feature: the body is none of 0 (roller), 1 (bar), 255 (not said)";
	if (roll_bytes_get_u16(bytes + FEATURE_PERIOD_AT) == 0)
		return "feature: the sample period is 0";
	if (bytes[FEATURE_CELLS_AT] > ROLL_CELLS_MAX)
		return "feature: more than 16 force cells";
	return NULL;
}

static RollBody
read_body(uint8_t byte)
{
	if (byte == BODY_ROLLER)
		return ROLL_BODY_ROLLER;
	return byte == BODY_BAR ? ROLL_BODY_BAR : ROLL_BODY_UNSAID;
}

static RollDecoded
decode_feature(RollDecoder *decoder, const uint8_t *bytes, size_t n_bytes)
{
	const char *fault = find_feature_fault(bytes, n_bytes);
	if (fault)
		return refuse(decoder, fault);

	uint16_t bits = roll_bytes_get_u16(bytes + FEATURE_BITS_AT);
	uint8_t force_mn = bytes[FEATURE_FORCE_AT];
	/* Newtons are claimed only where the sensor says both that it is calibrated and by how much. */
	bool has_newtons = (bits & FEATURE_BIT_FORCE) && force_mn > 0;

	decoder->feature = (RollSensorFeature){
		.body = read_body(bytes[FEATURE_BODY_AT]),
		.has_newtons = has_newtons,
		.has_marker = bits & FEATURE_BIT_MARKER,
		.has_tare = bits & FEATURE_BIT_TARE,
		.has_rate = bits & FEATURE_BIT_RATE,
		.has_identify = bits & FEATURE_BIT_IDENTIFY,
		.period_us = roll_bytes_get_u16(bytes + FEATURE_PERIOD_AT),
		.n_cells = bytes[FEATURE_CELLS_AT],
		.pitch_m = roll_bytes_get_u16(bytes + FEATURE_PITCH_AT) * METRE_PER_TENTH_MM,
		.radius_m = roll_bytes_get_u16(bytes + FEATURE_RADIUS_AT) * METRE_PER_TENTH_MM,
	};
	decoder->turn_radps_per_count =
		roll_bytes_get_u16(bytes + FEATURE_TURN_AT) * RADPS_PER_DPS / FULL_SCALE_COUNTS;
	decoder->pull_mps2_per_count =
		roll_bytes_get_u16(bytes + FEATURE_PULL_AT) * ROLL_G_MPS2 / FULL_SCALE_COUNTS;
	decoder->force_n_per_count = has_newtons ? force_mn * NEWTON_PER_MN : 1.0;
	decoder->has_feature = true;
	return ROLL_DECODED_FEATURE;
}

static const char *
find_measurement_fault(const RollDecoder *decoder, const uint8_t *bytes, size_t n_bytes)
{
	if (!decoder->has_feature)
		return "measurement before feature: its scales are not known";
	if (n_bytes < ROLL_ROLLER_HEADER_LEN)
		return "measurement: shorter than its header of 8 bytes";

	uint8_t flags = bytes[MEASUREMENT_FLAGS_AT];
	uint8_t count = bytes[MEASUREMENT_COUNT_AT];

	if (flags & MEASUREMENT_RESERVED)
		return "measurement: a reserved flag (bits 5 to 7) is set";
	if (count < 1 || count > ROLL_ROLLER_SAMPLES_MAX)
		return "measurement: the count of samples is not 1 to 40";
	if (n_bytes != ROLL_ROLLER_HEADER_LEN +
			       count * roll_roller_sample_length(flags, decoder->feature.n_cells))
		return "measurement: the length is not 8 + count x sample size";
	return NULL;
}

static RollSensorVec
read_vec(const uint8_t *bytes, float scale)
{
	return (RollSensorVec){
		.x = (float)roll_bytes_get_i16(bytes) * scale,
		.y = (float)roll_bytes_get_i16(bytes + 2) * scale,
		.z = (float)roll_bytes_get_i16(bytes + 4) * scale,
	};
}

/* bytes: as long as find_measurement_fault has checked; this is the hot loop. */
static void
read_samples(const RollDecoder *decoder, const uint8_t *bytes, RollPacket *packet)
{
	uint8_t flags = bytes[MEASUREMENT_FLAGS_AT];
	unsigned n_cells = packet->n_cells;
	float turn_scale = (float)decoder->turn_radps_per_count;
	float pull_scale = (float)decoder->pull_mps2_per_count;
	float force_scale = (float)decoder->force_n_per_count;
	const uint8_t *at = bytes + ROLL_ROLLER_HEADER_LEN;

	for (unsigned i = 0; i < packet->n_samples; i++) {
		RollSample *sample = &packet->samples[i];

		if (flags & MEASUREMENT_GYRO) {
			sample->turn_radps = read_vec(at, turn_scale);
			at += VEC_LEN;
		}
		if (flags & MEASUREMENT_ACC) {
			sample->pull_mps2 = read_vec(at, pull_scale);
			at += VEC_LEN;
		}
		for (unsigned cell = 0; cell < n_cells; cell++) {
			sample->cell_n[cell] = (float)roll_bytes_get_u16(at) * force_scale;
			at += CELL_LEN;
		}
	}
}

static RollDecoded
decode_measurement(RollDecoder *decoder, const uint8_t *bytes, size_t n_bytes,
		   RollPacket *ret_packet)
{
	const char *fault = find_measurement_fault(decoder, bytes, n_bytes);
	if (fault)
		return refuse(decoder, fault);

	uint8_t flags = bytes[MEASUREMENT_FLAGS_AT];
	RollPacket *packet = ret_packet;

	packet->n_samples = bytes[MEASUREMENT_COUNT_AT];
	packet->n_cells = flags & MEASUREMENT_FORCE ? decoder->feature.n_cells : 0;
	/* A part without a full scale or cells is not measured, whatever the flags say. */
	packet->has_gyro = (flags & MEASUREMENT_GYRO) && decoder->turn_radps_per_count > 0;
	packet->has_acc = (flags & MEASUREMENT_ACC) && decoder->pull_mps2_per_count > 0;
	packet->has_force = packet->n_cells > 0;
	packet->has_newtons = decoder->feature.has_newtons;
	packet->has_sequence = true;
	packet->has_clock = true;
	packet->is_marked = flags & MEASUREMENT_MARKED;
	packet->is_restart = flags & MEASUREMENT_RESTART;
	packet->sequence = roll_bytes_get_u16(bytes + MEASUREMENT_SEQUENCE_AT);
	packet->clock_us = roll_bytes_get_u32(bytes + MEASUREMENT_CLOCK_AT);
	packet->period_us = decoder->feature.period_us;
	/* What is not measured is 0, so that the same bytes always give the same packet. */
	memset(packet->samples, 0, packet->n_samples * sizeof(packet->samples[0]));
	read_samples(decoder, bytes, packet);
	return ROLL_DECODED_SAMPLES;
}

static RollDecoded
decode_reply(RollDecoder *decoder, const uint8_t *bytes, size_t n_bytes)
{
	if (n_bytes != REPLY_LEN)
		return refuse(decoder, "control point: the answer is not 3 bytes long");
	if (bytes[REPLY_MARK_AT] != REPLY_MARK)
		return refuse(decoder, "control point: the answer does not begin with 0x80");
	return ROLL_DECODED_REPLY;
}

static RollDecoded
decode(RollDecoder *decoder, const char *uuid, const uint8_t *bytes, size_t n_bytes,
       RollPacket *ret_packet)
{
	if (strcmp(uuid, ROLL_UUID_ROLLER_MEASUREMENT) == 0)
		return decode_measurement(decoder, bytes, n_bytes, ret_packet);
	if (strcmp(uuid, ROLL_UUID_ROLLER_FEATURE) == 0)
		return decode_feature(decoder, bytes, n_bytes);
	if (strcmp(uuid, ROLL_UUID_ROLLER_CONTROL) == 0)
		return decode_reply(decoder, bytes, n_bytes);
	return refuse(decoder, "not a characteristic of the Roller Sensor Profile");
}

static unsigned
write_op(RollControlOp op, RollWrite *ret_write)
{
	*ret_write = (RollWrite){
		.uuid = ROLL_UUID_ROLLER_CONTROL,
		.bytes = {(uint8_t)op},
		.n_bytes = 1,
		.with_response = true,
	};
	return 1;
}

static unsigned
command(const RollDecoder *decoder, RollCommand wanted, RollWrite *ret_writes)
{
	switch (wanted) {
	case ROLL_COMMAND_START:
		return write_op(ROLL_CONTROL_START, ret_writes);
	case ROLL_COMMAND_STOP:
		return write_op(ROLL_CONTROL_STOP, ret_writes);
	case ROLL_COMMAND_TARE:
		return decoder->feature.has_tare ? write_op(ROLL_CONTROL_TARE, ret_writes) : 0;
	case ROLL_COMMAND_IDENTIFY:
		return decoder->feature.has_identify ? write_op(ROLL_CONTROL_IDENTIFY, ret_writes)
						     : 0;
	}
	return 0;
}

const RollCodec roll_codec_roller = {
	.name = "roller-profile",
	.service_uuid = ROLL_UUID_ROLLER_SERVICE,
	.uuids = {ROLL_UUID_ROLLER_FEATURE, ROLL_UUID_ROLLER_MEASUREMENT, ROLL_UUID_ROLLER_CONTROL},
	.read_uuids = {ROLL_UUID_ROLLER_FEATURE},
	.notify_uuids = {ROLL_UUID_ROLLER_MEASUREMENT, ROLL_UUID_ROLLER_CONTROL},
	.command = command,
	.decode = decode,
};
