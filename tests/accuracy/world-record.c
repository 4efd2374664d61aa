/* SPDX-License-Identifier: MIT */
#include "protocol/sensor/codec-roller.h"
#include "tests/accuracy/world-parts.h"

#include <math.h>
#include <string.h>

#define STEP_MOST_S 0.004
#define TRUTH_EVERY_S 0.01
#define GAP_US 500000

/* A recording under way. */
typedef struct {
	const World *world;
	WorldRecording *recording;
	WorldBody body;
	WorldRoller roller;
	WorldBar bar;
	bool is_bar;
	WorldSensor sensor;
	WorldRadio radio;
	RollSimRandom random;
	RollRollerFeature feature;
	RollPacket packet;
	WorldPose pose, last_pose; /* at the newest instant of the roller, and the one before */
	double t_s, next_truth_s, next_restart_s, silent_until_s;
	int64_t last_sample_us, first_us;
	unsigned n_packet; /* samples a packet */
	double clock_s;	   /* the sensor's clock at its last start */
	bool is_restarted, was_silent;
} Work;

static void
init_feature(Work *work)
{
	const double *dials = work->world->dials;
	RollRollerFeature *feature = &work->feature;

	feature->feature = (RollSensorFeature){
		.body = work->is_bar ? ROLL_BODY_BAR : ROLL_BODY_ROLLER,
		.has_newtons = true,
		.period_us = (uint32_t)lround(1e6 / dials[DIAL_RATE_HZ]),
		.n_cells = (unsigned)lround(dials[DIAL_CELLS]),
		.pitch_m = dials[DIAL_CELLS] < 1.5 ? 0.0
			   : work->is_bar	   ? world_bar_get_pitch_m(work->world)
						   : 0.04,
		.radius_m = dials[DIAL_RADIUS_CM] * 0.01,
	};
	feature->turn_full_scale_dps = (uint16_t)lround(dials[DIAL_GYRO_FULL_DPS]);
	feature->pull_full_scale_g = 8;
	feature->force_mn_per_count = 50;
	roll_roller_encode_feature(feature, work->recording->feature);
}

static void
init_packet(Work *work)
{
	const double *dials = work->world->dials;
	RollPacket *packet = &work->packet;
	const double n = round(dials[DIAL_RATE_HZ] / dials[DIAL_PACKETS_HZ]);

	work->n_packet = (unsigned)fmin(fmax(n, 1.0), 40.0);
	packet->has_gyro = dials[DIAL_GYRO] > 0.5;
	packet->has_acc = dials[DIAL_ACC] > 0.5;
	packet->n_cells = work->feature.feature.n_cells;
	packet->has_force = packet->n_cells > 0;
	packet->has_sequence = packet->has_clock = packet->has_newtons = true;
	packet->period_us = work->feature.feature.period_us;
	/* What fits into one value. */
	while (work->n_packet > 1 &&
	       8 + work->n_packet * (12 + 2 * packet->n_cells) > sizeof(((WorldPacket *)0)->bytes))
		work->n_packet--;
}

/* The next instant of the physical world. */
static void
step(Work *work, double step_s)
{
	work->last_pose = work->pose;
	world_body_move(&work->body, step_s, &work->pose);
	if (work->is_bar)
		world_bar_move(&work->bar, &work->pose, step_s);
	else
		world_roller_move(&work->roller, &work->pose, step_s, &work->random);
	work->t_s += step_s;
}

static void
note_truth(Work *work, double t_s)
{
	const WorldPose *pose = &work->last_pose;
	RollReferenceInstant instant = {
		.contact =
			{
				.t_us = work->first_us + llround(t_s * 1e6),
				.position_m = pose->contact_m,
				.force = pose->force_n,
				.is_loaded = pose->force_n >= 20.0,
			},
	};

	g_array_append_val(work->recording->truth, instant);
	g_array_append_val(work->recording->twists, work->bar.last_twist_rad);
}

static void
note_received(Work *work, double from_s, double to_s)
{
	const int64_t from_us = work->first_us + llround(from_s * 1e6);
	const int64_t to_us = work->first_us + llround(to_s * 1e6);

	if (work->last_sample_us != 0 && from_us - work->last_sample_us > GAP_US) {
		g_array_append_val(work->recording->gaps, work->last_sample_us);
		g_array_append_val(work->recording->gaps, from_us);
	}
	work->last_sample_us = to_us;
}

static void
send(Work *work, double from_s, double to_s)
{
	WorldPacket sent = {0};
	RollPacket *packet = &work->packet;

	packet->n_samples = work->n_packet;
	packet->is_restart = work->is_restarted;
	sent.n_bytes = (unsigned)roll_roller_encode_measurement(&work->feature, packet, sent.bytes,
								sizeof(sent.bytes));
	g_assert(sent.n_bytes > 0);
	if (world_radio_send(&work->radio, to_s, &sent))
		note_received(work, from_s, to_s);
	packet->sequence++;
	work->is_restarted = false;
}

static void
restart_now_and_then(Work *work)
{
	const double per_minute = work->world->dials[DIAL_RESTARTS];

	if (work->t_s < work->next_restart_s)
		return;
	work->next_restart_s =
		work->t_s + 60.0 / per_minute * roll_sim_random_between(&work->random, 0.5, 1.5);
	work->silent_until_s = work->t_s + roll_sim_random_between(&work->random, 0.8, 2.5);
	work->was_silent = true;
}

/* What acts on the sensor at the middle one of the last three instants. motion: turn and pull. */
static void
sense(Work *work, double step_s, WorldVec *motion, double *cells_n)
{
	if (work->is_bar) {
		world_bar_sense(&work->bar, step_s, &motion[0], &motion[1]);
		world_bar_press(&work->bar, &work->last_pose, cells_n);
		return;
	}
	world_roller_sense(&work->roller, step_s, &motion[0], &motion[1]);
	for (unsigned cell = 0; cell < work->packet.n_cells; cell++)
		cells_n[cell] = work->last_pose.force_n / work->packet.n_cells;
}

/* One sample period; sample i of the packet. */
static void
take_sample(Work *work, unsigned i, double period_s)
{
	const unsigned n_steps = (unsigned)ceil(period_s / STEP_MOST_S);
	const double step_s = period_s / n_steps;
	WorldVec motion[2];
	double cells_n[ROLL_CELLS_MAX];

	for (unsigned k = 0; k < n_steps; k++) {
		step(work, step_s);
		while (work->next_truth_s < work->t_s - step_s) {
			note_truth(work, work->next_truth_s);
			work->next_truth_s += TRUTH_EVERY_S;
		}
	}
	sense(work, step_s, motion, cells_n);
	world_sensor_measure(&work->sensor, work->t_s, motion, cells_n, &work->packet.samples[i]);
}

static void
take_packet(Work *work)
{
	const double *dials = work->world->dials;
	const double period_s =
		work->packet.period_us * 1e-6 / (1.0 + dials[DIAL_CLOCK_PPM] * 1e-6);
	const double step_s = period_s / ceil(period_s / STEP_MOST_S);
	/* What is sensed is the middle of the last three instants. */
	const double from_s = work->t_s + period_s - step_s;

	if (work->was_silent && work->t_s >= work->silent_until_s) {
		work->was_silent = false;
		work->is_restarted = true;
		work->packet.sequence = 0;
		work->clock_s = from_s - roll_sim_random_between(&work->random, 0.05, 0.5);
	}
	work->packet.clock_us =
		(uint32_t)llround((from_s - work->clock_s) * (1e6 + dials[DIAL_CLOCK_PPM]));
	for (unsigned i = 0; i < work->n_packet; i++)
		take_sample(work, i, period_s);
	restart_now_and_then(work);
	if (!work->was_silent)
		send(work, from_s, from_s + (work->n_packet - 1) * period_s);
}

static void
mark_silences(WorldRecording *recording)
{
	unsigned i = 0;

	for (unsigned k = 0; k + 1 < recording->gaps->len; k += 2) {
		const int64_t from_us = g_array_index(recording->gaps, int64_t, k);

		while (i < recording->truth->len &&
		       g_array_index(recording->truth, RollReferenceInstant, i).contact.t_us <=
			       from_us)
			i++;
		if (i < recording->truth->len)
			g_array_index(recording->truth, RollReferenceInstant, i).is_after_silence =
				true;
	}
}

WorldRecording *
world_record(const World *world, uint64_t person_seed, uint64_t seed, int64_t first_us)
{
	g_autofree Work *work = g_new0(Work, 1);
	WorldRecording *recording = g_new0(WorldRecording, 1);

	recording->packets = g_array_new(FALSE, FALSE, sizeof(WorldPacket));
	recording->truth = g_array_new(FALSE, FALSE, sizeof(RollReferenceInstant));
	recording->twists = g_array_new(FALSE, FALSE, sizeof(double));
	recording->gaps = g_array_new(FALSE, FALSE, sizeof(int64_t));
	work->world = world;
	work->recording = recording;
	work->first_us = first_us;
	work->is_bar = world->dials[DIAL_BAR] > 0.5;
	work->next_restart_s = world->dials[DIAL_RESTARTS] > 0.0 ? 20.0 : INFINITY;
	roll_sim_random_init(&work->random, seed, 4);
	world_body_init(&work->body, world, person_seed, seed, WORLD_START_M);
	world_bar_init(&work->bar, world, seed);
	world_roller_init(&work->roller, world, &work->random);
	world_sensor_init(&work->sensor, world, seed);
	world_radio_init(&work->radio, world, seed, recording->packets, first_us);
	init_feature(work);
	init_packet(work);
	for (unsigned i = 0; i < 3; i++)
		step(work, STEP_MOST_S);
	while (work->t_s < world->dials[DIAL_MINUTES] * 60.0)
		take_packet(work);
	mark_silences(recording);
	recording->person = work->body.person;
	return recording;
}

void
world_recording_free(WorldRecording *recording)
{
	g_array_unref(recording->packets);
	g_array_unref(recording->truth);
	g_array_unref(recording->twists);
	g_array_unref(recording->gaps);
	g_free(recording);
}
