/* SPDX-License-Identifier: MIT
 *
 * From samples to the bytes of codec-roller-bytes.h: what a simulated sensor sends.
 */
#include "protocol/sensor/codec-roller.h"

#include "protocol/bytes.h"
#include "protocol/sensor/codec-roller-bytes.h"

#include <math.h>

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
	size_t sample_len = roll_roller_sample_length(flags, clamp_cells(feature->feature.n_cells));

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
