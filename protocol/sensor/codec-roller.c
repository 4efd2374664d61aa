/* SPDX-License-Identifier: MIT
 *
 * The Roller Sensor Profile, version 1. All integers are little-endian. The tables below are the only place
 * where an offset or a bit stands; both ways go by them.
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
#include "protocol/sensor/codec-roller.h"

#include "protocol/bytes.h"

#include <math.h>
#include <string.h>

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

static size_t
sample_length(uint8_t flags, unsigned n_cells)
{
	return (flags & MEASUREMENT_GYRO ? VEC_LEN : 0u) +
	       (flags & MEASUREMENT_ACC ? VEC_LEN : 0u) +
	       (flags & MEASUREMENT_FORCE ? n_cells * CELL_LEN : 0u);
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
	if (n_bytes !=
	    ROLL_ROLLER_HEADER_LEN + count * sample_length(flags, decoder->feature.n_cells))
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

/* The other way: what a simulated sensor sends. */

static long
round_into(double value, long low, long high)
{
	if (!(value > (double)low)) /* NaN too */
		return low;
	return value < (double)high ? lround(value) : high;
}

static uint16_t
pack_bits(const RollSensorFeature *feature)
{
	return (uint16_t)((feature->has_newtons ? FEATURE_BIT_FORCE : 0) |
			  (feature->has_marker ? FEATURE_BIT_MARKER : 0) |
			  (feature->has_tare ? FEATURE_BIT_TARE : 0) |
			  (feature->has_rate ? FEATURE_BIT_RATE : 0) |
			  (feature->has_identify ? FEATURE_BIT_IDENTIFY : 0));
}

static uint8_t
pack_body(RollBody body)
{
	if (body == ROLL_BODY_ROLLER)
		return BODY_ROLLER;
	return body == ROLL_BODY_BAR ? BODY_BAR : BODY_UNSAID;
}

static uint16_t
pack_length(double length_m)
{
	return (uint16_t)round_into(length_m / METRE_PER_TENTH_MM, 0, UINT16_MAX);
}

static unsigned
clamp_cells(unsigned n_cells)
{
	return n_cells < ROLL_CELLS_MAX ? n_cells : ROLL_CELLS_MAX;
}

void
roll_roller_encode_feature(const RollRollerFeature *feature, uint8_t *ret_bytes)
{
	const RollSensorFeature *said = &feature->feature;

	ret_bytes[FEATURE_VERSION_AT] = VERSION;
	ret_bytes[FEATURE_BODY_AT] = pack_body(said->body);
	roll_bytes_put_u16(ret_bytes + FEATURE_BITS_AT, pack_bits(said));
	roll_bytes_put_u16(ret_bytes + FEATURE_PERIOD_AT,
			   (uint16_t)round_into(said->period_us, 1, UINT16_MAX));
	roll_bytes_put_u16(ret_bytes + FEATURE_TURN_AT, feature->turn_full_scale_dps);
	roll_bytes_put_u16(ret_bytes + FEATURE_PULL_AT, feature->pull_full_scale_g);
	ret_bytes[FEATURE_CELLS_AT] = (uint8_t)clamp_cells(said->n_cells);
	ret_bytes[FEATURE_FORCE_AT] = feature->force_mn_per_count;
	roll_bytes_put_u16(ret_bytes + FEATURE_PITCH_AT, pack_length(said->pitch_m));
	roll_bytes_put_u16(ret_bytes + FEATURE_RADIUS_AT, pack_length(said->radius_m));
}

static double
counts_per_unit(double full_scale)
{
	return full_scale > 0 ? FULL_SCALE_COUNTS / full_scale : 0;
}

static void
write_vec(RollWriter *writer, RollSensorVec vec, double counts_per)
{
	const float axes[] = {vec.x, vec.y, vec.z};

	for (unsigned i = 0; i < 3; i++)
		roll_writer_i16(writer,
				(int16_t)round_into(axes[i] * counts_per, INT16_MIN, INT16_MAX));
}

static void
write_samples(RollWriter *writer, uint8_t flags, const RollRollerFeature *feature,
	      const RollPacket *packet)
{
	bool has_newtons = feature->feature.has_newtons && feature->force_mn_per_count > 0;
	double turn_counts = counts_per_unit(feature->turn_full_scale_dps * RADPS_PER_DPS);
	double pull_counts = counts_per_unit(feature->pull_full_scale_g * ROLL_G_MPS2);
	double force_counts = has_newtons ? 1 / (feature->force_mn_per_count * NEWTON_PER_MN) : 1;
	unsigned n_cells = flags & MEASUREMENT_FORCE ? clamp_cells(feature->feature.n_cells) : 0;

	for (unsigned i = 0; i < packet->n_samples; i++) {
		const RollSample *sample = &packet->samples[i];

		if (flags & MEASUREMENT_GYRO)
			write_vec(writer, sample->turn_radps, turn_counts);
		if (flags & MEASUREMENT_ACC)
			write_vec(writer, sample->pull_mps2, pull_counts);
		for (unsigned cell = 0; cell < n_cells; cell++)
			roll_writer_u16(writer,
					(uint16_t)round_into(sample->cell_n[cell] * force_counts, 0,
							     UINT16_MAX));
	}
}

size_t
roll_roller_encode_measurement(const RollRollerFeature *feature, const RollPacket *packet,
			       uint8_t *ret_bytes, size_t capacity)
{
	uint8_t flags = (uint8_t)((packet->has_gyro ? MEASUREMENT_GYRO : 0) |
				  (packet->has_acc ? MEASUREMENT_ACC : 0) |
				  (packet->has_force ? MEASUREMENT_FORCE : 0) |
				  (packet->is_marked ? MEASUREMENT_MARKED : 0) |
				  (packet->is_restart ? MEASUREMENT_RESTART : 0));
	RollWriter writer;
	size_t sample_len = sample_length(flags, clamp_cells(feature->feature.n_cells));

	if (packet->n_samples < 1 || packet->n_samples > ROLL_ROLLER_SAMPLES_MAX || sample_len == 0)
		return 0;
	if (capacity < ROLL_ROLLER_HEADER_LEN + packet->n_samples * sample_len)
		return 0;
	roll_writer_init(&writer, ret_bytes, capacity);
	roll_writer_u8(&writer, flags);
	roll_writer_u8(&writer, (uint8_t)packet->n_samples);
	roll_writer_u16(&writer, packet->sequence);
	roll_writer_u32(&writer, packet->clock_us);
	write_samples(&writer, flags, feature, packet);
	return writer.is_full ? 0 : writer.n_bytes;
}

RollControlResult
roll_roller_decode_control(const uint8_t *bytes, size_t n_bytes, uint8_t *ret_op,
			   uint16_t *ret_period_us)
{
	RollReader reader;

	roll_reader_init(&reader, bytes, n_bytes);
	uint8_t op = roll_reader_u8(&reader);
	uint16_t period_us = op == ROLL_CONTROL_PERIOD ? roll_reader_u16(&reader) : 0;

	*ret_op = op;
	if (op < ROLL_CONTROL_START || op > ROLL_CONTROL_IDENTIFY)
		return ROLL_CONTROL_UNKNOWN_OP;
	if (!roll_reader_is_done(&reader) || (op == ROLL_CONTROL_PERIOD && period_us == 0))
		return ROLL_CONTROL_BAD_ARGUMENT;
	if (op == ROLL_CONTROL_PERIOD)
		*ret_period_us = period_us;
	return ROLL_CONTROL_DONE;
}

void
roll_roller_encode_reply(uint8_t op, RollControlResult result, uint8_t *ret_bytes)
{
	ret_bytes[REPLY_MARK_AT] = REPLY_MARK;
	ret_bytes[REPLY_OP_AT] = op;
	ret_bytes[REPLY_RESULT_AT] = (uint8_t)result;
}
