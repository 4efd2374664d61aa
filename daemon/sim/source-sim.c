/* SPDX-License-Identifier: MIT
 *
 * The simulated sensor as a source: the bytes that a sensor of the Roller Sensor Profile would send, at
 * the times at which they would arrive. One timer, that of the next packet: at speed 1 it fires about
 * ten times a second.
 *
 *     start -> CONNECTING, feature, battery, device information, reply to START, STREAMING
 *           -> measurements, and the battery every ten minutes -> duration_s: ABSENT, ended
 *
 * All that is told is a function of seed and begin_us alone, but for the answers to commands.
 */
#include "daemon/sim/sim-sensor.h"
#include "daemon/source.h"
#include "protocol/sensor/codec-roller.h"

#include <math.h>

#define ADDRESS "C0:FF:EE:51:00:01"
#define NAME "Simulated roller"

enum {
	CHUNK_US = 1000,	/* of work, before others have their turn */
	BEFORE_US = 200 * 1000, /* how long before the first sample the sensor describes itself */
	BATTERY_PCT = 93,	/* when it begins; it falls by 1 every ten minutes, down to 1 */
	BATTERY_STEP_S = 600,
};

typedef struct {
	RollSource base;
	RollSimOptions options;
	RollSink sink;
	RollRollerFeature feature;
	RollDecoder decoder; /* knows the feature: for the bytes of commands */
	RollSimSensor sensor;
	RollSimPacket packet; /* the next one */
	GSourceFuncs timer_funcs;
	GSource *timer;		/* NULL before start and after the end */
	gint64 begin_us;	/* Unix time of the simulation's beginning */
	gint64 last_us;		/* arrival of the value that was told last */
	gint64 next_battery_us; /* since the beginning */
	int battery_pct;
	gboolean is_announced, is_streaming;
} SimSource;

/* ---- What it tells ---- */

static void
tell_value(SimSource *sim, gint64 arrival_us, const char *uuid, const void *bytes, gsize n_bytes)
{
	RollValue value = {.arrival_us = arrival_us, .address = ADDRESS, .n_bytes = n_bytes};

	g_assert(n_bytes <= sizeof value.bytes);
	g_strlcpy(value.uuid, uuid, sizeof value.uuid);
	memcpy(value.bytes, bytes, n_bytes);
	sim->last_us = arrival_us;
	if (sim->sink.value)
		sim->sink.value(sim->sink.user, &value);
}

static void
tell_text(SimSource *sim, gint64 arrival_us, const char *uuid, const char *text)
{
	tell_value(sim, arrival_us, uuid, text, strlen(text));
}

static void
tell_battery(SimSource *sim, gint64 arrival_us)
{
	guint8 level_pct = (guint8)sim->battery_pct;

	tell_value(sim, arrival_us, ROLL_UUID_BATTERY_LEVEL, &level_pct, 1);
}

static void
tell_status(SimSource *sim, RollLink link, const char *detail)
{
	RollSensorStatus status = {
		.address = ADDRESS,
		.name = NAME,
		.codec = roll_codec_roller.name,
		.detail = detail,
		.link = link,
		.battery_pct = link == ROLL_LINK_CONNECTING ? -1 : sim->battery_pct,
	};

	if (sim->sink.status)
		sim->sink.status(sim->sink.user, &status);
}

static void
set_streaming(SimSource *sim, gboolean is_streaming)
{
	sim->is_streaming = is_streaming;
	roll_sim_sensor_set_streaming(&sim->sensor, is_streaming);
}

/* The sensor's side of a write to its control point: does it, and indicates the result. */
static RollControlResult
obey(SimSource *sim, const RollWrite *write, gint64 arrival_us)
{
	guint8 reply[3], op = 0;
	guint16 period_us = 0;
	RollControlResult result =
		roll_roller_decode_control(write->bytes, write->n_bytes, &op, &period_us);

	/* Its rate is fixed, and its feature says so. */
	if (result == ROLL_CONTROL_DONE && op == ROLL_CONTROL_PERIOD)
		result = ROLL_CONTROL_UNKNOWN_OP;
	if (result == ROLL_CONTROL_DONE && op == ROLL_CONTROL_TARE)
		roll_sim_sensor_tare(&sim->sensor);
	if (result == ROLL_CONTROL_DONE && (op == ROLL_CONTROL_START || op == ROLL_CONTROL_STOP))
		set_streaming(sim, op == ROLL_CONTROL_START);
	roll_roller_encode_reply(op, result, reply);
	tell_value(sim, arrival_us, ROLL_UUID_ROLLER_CONTROL, reply, sizeof reply);
	return result;
}

static void
announce(SimSource *sim)
{
	gint64 t_us = sim->begin_us - BEFORE_US;
	guint8 feature[ROLL_ROLLER_FEATURE_LEN];
	RollWrite writes[ROLL_CODEC_WRITES_MAX];
	guint n_writes = roll_codec_roller.command(&sim->decoder, ROLL_COMMAND_START, writes);

	sim->is_announced = TRUE;
	tell_status(sim, ROLL_LINK_CONNECTING, NULL);
	roll_roller_encode_feature(&sim->feature, feature);
	tell_value(sim, t_us, ROLL_UUID_ROLLER_FEATURE, feature, sizeof feature);
	tell_battery(sim, t_us += 30000);
	tell_text(sim, t_us += 30000, ROLL_UUID_MANUFACTURER, "rollerd");
	tell_text(sim, t_us += 30000, ROLL_UUID_MODEL, NAME);
	tell_text(sim, t_us += 30000, ROLL_UUID_FIRMWARE, "1.0");
	for (guint i = 0; i < n_writes; i++)
		(void)obey(sim, &writes[i], t_us += 30000); /* the simulated START cannot fail */
	tell_status(sim, ROLL_LINK_STREAMING, NULL);
}

static void
tell_packet(SimSource *sim)
{
	guint8 bytes[ROLL_VALUE_MAX];
	gsize n_bytes = roll_roller_encode_measurement(&sim->feature, &sim->packet.packet, bytes,
						       sizeof bytes);

	g_assert(n_bytes > 0);
	tell_value(sim, sim->begin_us + sim->packet.arrival_us, ROLL_UUID_ROLLER_MEASUREMENT, bytes,
		   n_bytes);
}

static void
tell_next(SimSource *sim)
{
	if (!sim->packet.is_lost)
		tell_packet(sim);
	if (sim->packet.arrival_us >= sim->next_battery_us) {
		sim->next_battery_us += BATTERY_STEP_S * G_USEC_PER_SEC;
		sim->battery_pct = MAX(sim->battery_pct - 1, 1);
		tell_battery(sim, sim->begin_us + sim->packet.arrival_us);
		tell_status(sim, sim->is_streaming ? ROLL_LINK_STREAMING : ROLL_LINK_SILENT, NULL);
	}
	roll_sim_sensor_next(&sim->sensor, &sim->packet);
}

/* ---- When it tells it ---- */

static gboolean
is_over(const SimSource *sim)
{
	return sim->options.duration_s > 0 &&
	       sim->packet.arrival_us > sim->options.duration_s * G_USEC_PER_SEC;
}

/* Monotonic time at which the next packet is due. */
static gint64
find_due_us(const SimSource *sim, gint64 started_us)
{
	if (sim->options.speed == 0)
		return started_us;
	return started_us + (gint64)ceil((double)sim->packet.arrival_us / sim->options.speed);
}

static gboolean
end(SimSource *sim)
{
	g_clear_pointer(&sim->timer, g_source_unref);
	set_streaming(sim, FALSE);
	tell_status(sim, ROLL_LINK_ABSENT, "the simulation is over");
	if (sim->sink.ended)
		sim->sink.ended(sim->sink.user, NULL);
	return G_SOURCE_REMOVE;
}

/* The timer carries when the simulation started, by the monotonic clock. */
typedef struct {
	GSource base;
	SimSource *sim;
	gint64 started_us;
} Timer;

static gboolean
tell_all_due(GSource *source, GSourceFunc callback, gpointer user_data)
{
	Timer *timer = (Timer *)source;
	SimSource *sim = timer->sim;
	gint64 began_us = g_get_monotonic_time(), now_us = began_us;

	(void)callback; /* the timer knows its simulation: it has none of these */
	(void)user_data;
	if (!sim->is_announced)
		announce(sim);
	while (now_us - began_us < CHUNK_US && now_us >= find_due_us(sim, timer->started_us)) {
		if (is_over(sim))
			return end(sim);
		tell_next(sim);
		now_us = g_get_monotonic_time();
	}
	g_source_set_ready_time(source, find_due_us(sim, timer->started_us));
	return G_SOURCE_CONTINUE;
}

static gboolean
start(RollSource *source, const RollSink *sink, GError **error)
{
	SimSource *sim = (SimSource *)source;
	Timer *timer;

	(void)error; /* nothing that a simulation needs can be missing */
	g_assert(!sim->timer);
	sim->sink = *sink;
	sim->begin_us = sim->options.begin_us ? sim->options.begin_us : g_get_real_time();
	sim->timer = g_source_new(&sim->timer_funcs, sizeof(Timer));
	timer = (Timer *)sim->timer;
	timer->sim = sim;
	timer->started_us = g_get_monotonic_time();
	g_source_set_static_name(sim->timer, "simulated sensor");
	if (sim->options.speed == 0)
		g_source_set_priority(sim->timer, G_PRIORITY_DEFAULT_IDLE);
	g_source_set_ready_time(sim->timer, 0);
	g_source_attach(sim->timer, NULL);
	return TRUE;
}

/* ---- Commands ---- */

/* A time for an answer that keeps the values in order: not before the last one, not after the next one. */
static gint64
find_reply_us(const SimSource *sim)
{
	gint64 next_us = sim->begin_us + sim->packet.arrival_us;
	const Timer *timer = (const Timer *)sim->timer;
	double passed_us = (double)(g_get_monotonic_time() - timer->started_us);
	gint64 now_us = sim->begin_us + (gint64)(passed_us * sim->options.speed);

	return CLAMP(now_us, sim->last_us, MAX(next_us, sim->last_us));
}

static gboolean
give_command(SimSource *sim, RollCommand command, GError **error)
{
	RollWrite writes[ROLL_CODEC_WRITES_MAX];
	guint n_writes = roll_codec_roller.command(&sim->decoder, command, writes);
	gboolean was_streaming = sim->is_streaming;

	for (guint i = 0; i < n_writes; i++) {
		RollControlResult result = obey(sim, &writes[i], find_reply_us(sim));

		if (result != ROLL_CONTROL_DONE) {
			g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED,
				    "commanding %s: it answered with result %d", ADDRESS, result);
			return FALSE;
		}
	}
	if (sim->is_streaming != was_streaming)
		tell_status(sim, sim->is_streaming ? ROLL_LINK_STREAMING : ROLL_LINK_SILENT, NULL);
	return TRUE;
}

static void
take_command(RollSource *source, const char *address, RollCommand command,
	     GAsyncReadyCallback ready, gpointer user_data)
{
	SimSource *sim = (SimSource *)source;
	g_autoptr(GTask) task = g_task_new(NULL, NULL, ready, user_data);
	GError *error = NULL;

	if (g_strcmp0(address, ADDRESS) != 0)
		g_task_return_new_error(task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
					"commanding %s: the simulation has only %s", address,
					ADDRESS);
	else if (!sim->timer || !sim->is_announced)
		g_task_return_new_error(task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED,
					"commanding %s: the simulated sensor is not connected",
					address);
	else if (!give_command(sim, command, &error))
		g_task_return_error(task, error);
	else
		g_task_return_boolean(task, TRUE);
}

static void
free_sim(RollSource *source)
{
	SimSource *sim = (SimSource *)source;

	if (sim->timer)
		g_source_destroy(sim->timer);
	g_clear_pointer(&sim->timer, g_source_unref);
	g_free(sim);
}

static void
describe(SimSource *sim, const RollSimSensorSettings *settings)
{
	guint8 bytes[ROLL_ROLLER_FEATURE_LEN];

	sim->feature = (RollRollerFeature){
		.feature =
			{
				.body = ROLL_BODY_ROLLER,
				.has_newtons = true,
				.has_marker = true,
				.has_tare = true,
				.has_identify = true,
				.period_us = settings->period_us,
				.n_cells = 1,
				.radius_m = settings->radius_m,
			},
		.turn_full_scale_dps = 2000,
		.pull_full_scale_g = 8,
		.force_mn_per_count = 20,
	};
	roll_roller_encode_feature(&sim->feature, bytes);
	roll_decoder_init(&sim->decoder, &roll_codec_roller);
	if (roll_decoder_decode(&sim->decoder, ROLL_UUID_ROLLER_FEATURE, bytes, sizeof bytes,
				NULL) != ROLL_DECODED_FEATURE)
		g_assert_not_reached();
}

RollSource *
roll_source_sim_new(const RollSimOptions *options)
{
	SimSource *sim = g_new0(SimSource, 1);
	RollSimSensorSettings settings;
	RollSimHabits habits;

	g_assert(options->speed >= 0 && options->duration_s >= 0);
	sim->base = (RollSource){
		.name = "sim", .start = start, .command = take_command, .free = free_sim};
	sim->timer_funcs = (GSourceFuncs){.dispatch = tell_all_due};
	sim->options = *options;
	sim->battery_pct = BATTERY_PCT;
	sim->next_battery_us = BATTERY_STEP_S * G_USEC_PER_SEC;
	roll_sim_habits_init(&habits);
	roll_sim_sensor_settings_init(&settings);
	describe(sim, &settings);
	roll_sim_sensor_init(&sim->sensor, &habits, &settings, options->seed);
	roll_sim_sensor_next(&sim->sensor, &sim->packet);
	return &sim->base;
}
