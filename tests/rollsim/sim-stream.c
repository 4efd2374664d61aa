/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/sim-stream.h"

#include "daemon/sim/sim-sensor.h"
#include "protocol/bytes.h"
#include "protocol/sensor/codec-roller-bytes.h"

#include <math.h>
#include <string.h>

/* The bar reaches from 1 cm to 29 cm below C7, as that of tests/captures. */
#define BAR_HEAD_M 0.01
#define BAR_LENGTH_M 0.28
#define BAR_NOISE_MPS2 0.03

enum {
	ROOM_LEAST = 20, /* at MTU 23 */
	STREAM_BAR =
		7, /* of random numbers, apart from those of the person and the roller's sensor */
};

struct SimStream {
	SimStreamSettings settings;
	RollRollerFeature feature;
	gsize room;
	gint64 begin_us; /* the first START; 0: not yet */
	gboolean is_streaming, is_restarted, is_marked;
	guint16 sequence;      /* of the next packet */
	guint32 clock_zero_us; /* what is taken from the source's clock */

	/* A person. */
	RollSimSensor sensor;
	RollSimPacket measured; /* the latest sample */
	RollSimRandom bar_random;
	gint64 next_us; /* since begin: of the next sample */
	SimTruth *truth;

	/* A capture. */
	guint next_packet;
	guint16 sequence_zero;
};

/* ---- What it is ---- */

static void
describe(SimStream *stream)
{
	guint n_cells = stream->settings.n_bar_cells;

	stream->feature = (RollRollerFeature){
		.feature =
			{
				.body = n_cells ? ROLL_BODY_BAR : ROLL_BODY_ROLLER,
				.has_newtons = true,
				.has_marker = true,
				.has_tare = true,
				.has_identify = true,
				.period_us = stream->settings.period_us,
				.n_cells = n_cells ? n_cells : 1,
				.pitch_m = n_cells ? BAR_LENGTH_M / (n_cells - 1) : 0,
				.radius_m = n_cells ? 0 : stream->sensor.settings.radius_m,
			},
		.turn_full_scale_dps = 2000,
		.pull_full_scale_g = 8,
		.force_mn_per_count = 20,
	};
}

/* A good radio: losing and delaying packets is done where they are sent. One sample at a time, so that each
 * packet may be as long as there is room. */
static void
prepare_person(SimStream *stream)
{
	RollSimSensorSettings settings;
	RollSimHabits habits;

	roll_sim_habits_init(&habits);
	roll_sim_sensor_settings_init(&settings);
	settings.period_us = stream->settings.period_us;
	settings.n_samples = 1;
	settings.loss = 0;
	settings.retry = 0;
	roll_sim_sensor_init(&stream->sensor, &habits, &settings, stream->settings.seed);
	roll_sim_random_init(&stream->bar_random, stream->settings.seed, STREAM_BAR);
	stream->truth = sim_truth_new();
	describe(stream);
}

SimStream *
sim_stream_new(const SimStreamSettings *settings)
{
	SimStream *stream = g_new0(SimStream, 1);

	stream->settings = *settings;
	stream->room = ROOM_LEAST;
	if (settings->capture)
		return stream;
	g_assert(settings->period_us >= 1 && settings->period_us <= G_MAXUINT16);
	g_assert(settings->n_batch >= 1 && settings->n_batch <= ROLL_ROLLER_SAMPLES_MAX);
	g_assert(settings->n_bar_cells != 1 && settings->n_bar_cells <= ROLL_CELLS_MAX);
	prepare_person(stream);
	return stream;
}

void
sim_stream_free(SimStream *stream)
{
	if (!stream)
		return;
	sim_truth_free(stream->truth);
	g_free(stream);
}

void
sim_stream_set_room(SimStream *stream, gsize n_bytes)
{
	g_assert(n_bytes >= ROOM_LEAST);
	stream->room = MIN(n_bytes, ROLL_VALUE_MAX);
}

void
sim_stream_get_feature(const SimStream *stream, guint8 *ret_bytes)
{
	if (stream->settings.capture)
		memcpy(ret_bytes, stream->settings.capture->feature, ROLL_ROLLER_FEATURE_LEN);
	else
		roll_roller_encode_feature(&stream->feature, ret_bytes);
}

/* ---- Its states ---- */

static RollControlResult
obey(SimStream *stream, gint64 now_us, RollControlOp op)
{
	switch (op) {
	case ROLL_CONTROL_START:
		stream->is_streaming = TRUE;
		if (stream->begin_us == 0)
			stream->begin_us = now_us;
		return ROLL_CONTROL_DONE;
	case ROLL_CONTROL_STOP:
		stream->is_streaming = FALSE;
		return ROLL_CONTROL_DONE;
	case ROLL_CONTROL_TARE:
		/* What a capture's cells showed cannot be changed any more. */
		if (stream->settings.capture)
			return ROLL_CONTROL_FAILED;
		roll_sim_sensor_tare(&stream->sensor);
		return ROLL_CONTROL_DONE;
	case ROLL_CONTROL_IDENTIFY:
		return ROLL_CONTROL_DONE;
	case ROLL_CONTROL_PERIOD:
		break;
	}
	/* Its rate is fixed, and its Feature says so. */
	return ROLL_CONTROL_UNKNOWN_OP;
}

void
sim_stream_take_control(SimStream *stream, gint64 now_us, const guint8 *bytes, gsize n_bytes,
			guint8 *ret_reply)
{
	guint8 op = 0;
	guint16 period_us = 0;
	RollControlResult result = roll_roller_decode_control(bytes, n_bytes, &op, &period_us);

	if (result == ROLL_CONTROL_DONE)
		result = obey(stream, now_us, (RollControlOp)op);
	roll_roller_encode_reply(op, result, ret_reply);
}

gboolean
sim_stream_is_streaming(const SimStream *stream)
{
	return stream->is_streaming;
}

void
sim_stream_stop(SimStream *stream)
{
	stream->is_streaming = FALSE;
}

void
sim_stream_restart(SimStream *stream)
{
	stream->is_restarted = TRUE;
}

void
sim_stream_press_button(SimStream *stream)
{
	stream->is_marked = TRUE;
}

const SimTruth *
sim_stream_get_truth(const SimStream *stream)
{
	return stream->truth;
}

/* ---- A person's packets ---- */

/* The parts of a sample for which there is room, all of them where that is so. */
static guint8
choose_parts(const SimStream *stream)
{
	static const guint8 parts[] = {
		MEASUREMENT_GYRO | MEASUREMENT_ACC | MEASUREMENT_FORCE,
		MEASUREMENT_GYRO | MEASUREMENT_FORCE,
	};

	for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
		if (ROLL_ROLLER_HEADER_LEN +
			    roll_roller_sample_length(parts[i], stream->feature.feature.n_cells) <=
		    stream->room)
			return parts[i];
	return MEASUREMENT_FORCE;
}

static guint
count_samples(const SimStream *stream)
{
	gsize n_sample =
		roll_roller_sample_length(choose_parts(stream), stream->feature.feature.n_cells);
	gsize n_fitting = (stream->room - ROLL_ROLLER_HEADER_LEN) / n_sample;

	return (guint)CLAMP(n_fitting, 1, stream->settings.n_batch);
}

static double
get_period_us(const SimStream *stream)
{
	const RollSimSensorSettings *settings = &stream->sensor.settings;

	return settings->period_us / (1 + settings->clock_ppm * 1e-6);
}

static float
draw_pull(SimStream *stream)
{
	return (float)(BAR_NOISE_MPS2 * roll_sim_random_normal(&stream->bar_random));
}

/* The bar lies still, its z upward; the force's noise is that of the roller's cell. */
static void
make_bar_sample(SimStream *stream, const RollSimTruth *is_true, RollSample *sample)
{
	const RollSensorFeature *feature = &stream->feature.feature;
	double place = (is_true->contact.value - BAR_HEAD_M) / feature->pitch_m;
	guint cell = (guint)CLAMP(place, 0, feature->n_cells - 2);
	double share = CLAMP(place - cell, 0, 1);
	float force_n = sample->cell_n[0];

	*sample = (RollSample){
		.pull_mps2 = {draw_pull(stream), draw_pull(stream),
			      (float)ROLL_G_MPS2 + draw_pull(stream)},
	};
	sample->cell_n[cell] = (float)(1 - share) * force_n;
	sample->cell_n[cell + 1] = (float)share * force_n;
}

/* The next sample into packet, its truth to the others. The packet takes clock and period from its first one. */
static void
measure(SimStream *stream, RollPacket *packet)
{
	RollSimPacket *measured = &stream->measured;
	RollSample *sample = &measured->packet.samples[0];

	roll_sim_sensor_next(&stream->sensor, measured);
	sim_truth_add(stream->truth, stream->begin_us + measured->sample_us, &measured->truths[0]);
	stream->next_us = measured->sample_us + (gint64)llround(get_period_us(stream));
	if (stream->settings.n_bar_cells)
		make_bar_sample(stream, &measured->truths[0], sample);
	if (packet->n_samples == 0)
		packet->clock_us = measured->packet.clock_us;
	packet->is_marked |= measured->packet.is_marked;
	packet->samples[packet->n_samples++] = *sample;
}

/* Numbers the packet and sets what it tells of clock, restart and button. clock_us: of its source. */
static void
label(SimStream *stream, RollPacket *packet, guint32 clock_us)
{
	if (stream->is_restarted) {
		stream->sequence = 0;
		stream->clock_zero_us = clock_us;
	}
	packet->is_restart |= stream->is_restarted;
	packet->is_marked |= stream->is_marked;
	packet->sequence = stream->sequence++;
	packet->clock_us = clock_us - stream->clock_zero_us;
	stream->is_restarted = FALSE;
	stream->is_marked = FALSE;
}

static gsize
make_of_person(SimStream *stream, guint8 *ret_bytes)
{
	guint8 parts = choose_parts(stream);
	RollPacket packet = {
		.has_gyro = parts & MEASUREMENT_GYRO,
		.has_acc = parts & MEASUREMENT_ACC,
		.has_force = true,
	};
	guint n_samples = count_samples(stream);

	for (guint i = 0; i < n_samples; i++)
		measure(stream, &packet);
	if (!stream->is_streaming)
		return 0;
	label(stream, &packet, packet.clock_us);
	return roll_roller_encode_measurement(&stream->feature, &packet, ret_bytes, stream->room);
}

/* ---- A capture's packets ---- */

static const SimCapturePacket *
get_capture_packet(const SimStream *stream, guint i)
{
	return &g_array_index(stream->settings.capture->packets, SimCapturePacket, i);
}

/* The bytes as they were, with the numbers as the restarts here make them. */
static void
relabel(SimStream *stream, guint8 *bytes)
{
	guint16 sequence = roll_bytes_get_u16(bytes + MEASUREMENT_SEQUENCE_AT);
	guint32 clock_us = roll_bytes_get_u32(bytes + MEASUREMENT_CLOCK_AT);

	if (stream->is_restarted) {
		stream->sequence_zero = sequence;
		stream->clock_zero_us = clock_us;
		bytes[MEASUREMENT_FLAGS_AT] |= MEASUREMENT_RESTART;
	}
	if (stream->is_marked)
		bytes[MEASUREMENT_FLAGS_AT] |= MEASUREMENT_MARKED;
	roll_bytes_put_u16(bytes + MEASUREMENT_SEQUENCE_AT,
			   (guint16)(sequence - stream->sequence_zero));
	roll_bytes_put_u32(bytes + MEASUREMENT_CLOCK_AT, clock_us - stream->clock_zero_us);
	stream->is_restarted = FALSE;
	stream->is_marked = FALSE;
}

static gsize
make_of_capture(SimStream *stream, guint8 *ret_bytes)
{
	const SimCapturePacket *packet = get_capture_packet(stream, stream->next_packet++);

	if (!stream->is_streaming || packet->n_bytes > stream->room)
		return 0;
	memcpy(ret_bytes, packet->bytes, packet->n_bytes);
	relabel(stream, ret_bytes);
	return packet->n_bytes;
}

/* ---- Both ---- */

gint64
sim_stream_get_due_us(const SimStream *stream)
{
	const SimCapture *capture = stream->settings.capture;

	if (stream->begin_us == 0 || (capture && stream->next_packet >= capture->packets->len))
		return G_MAXINT64;
	if (capture)
		return stream->begin_us + get_capture_packet(stream, stream->next_packet)->after_us;
	return stream->begin_us + stream->next_us +
	       (gint64)((count_samples(stream) - 1) * get_period_us(stream));
}

gsize
sim_stream_make(SimStream *stream, guint8 *ret_bytes)
{
	g_assert(sim_stream_get_due_us(stream) != G_MAXINT64);
	return stream->settings.capture ? make_of_capture(stream, ret_bytes)
					: make_of_person(stream, ret_bytes);
}
