/* SPDX-License-Identifier: MIT
 *
 * The simulated sensor as a source: what it tells, in which order, when, and what it does on command.
 * Nothing here sleeps: the main context runs until what is waited for has happened.
 */
#include "daemon/source.h"
#include "protocol/sensor/codec-roller.h"

#include <string.h>

#define BEGIN_US G_GINT64_CONSTANT(1790000000000000)
#define SIM_ADDRESS "C0:FF:EE:51:00:01"

enum { PATIENCE_US = 30 * G_USEC_PER_SEC };

/* All that a source told. */
typedef struct {
	GArray *values;	 /* of RollValue */
	GArray *told_us; /* monotonic time of each */
	GArray *links;	 /* of RollLink */
	int battery_pct;
	guint n_ended;
	RollSource *source;
	gint64 started_us;
} Log;

static void
note_value(void *user, const RollValue *value)
{
	Log *log = user;
	gint64 now_us = g_get_monotonic_time();

	g_assert_cmpstr(value->address, ==, SIM_ADDRESS);
	g_array_append_vals(log->values, value, 1);
	g_array_append_val(log->told_us, now_us);
}

static void
note_status(void *user, const RollSensorStatus *status)
{
	Log *log = user;

	g_assert_cmpstr(status->address, ==, SIM_ADDRESS);
	g_assert_cmpstr(status->name, ==, "Simulated roller");
	g_assert_cmpstr(status->codec, ==, "roller-profile");
	log->battery_pct = status->battery_pct;
	g_array_append_val(log->links, status->link);
}

static void
note_end(void *user, const GError *error)
{
	Log *log = user;

	g_assert_no_error(error);
	log->n_ended++;
}

static void
start_log(Log *log, const RollSimOptions *options)
{
	RollSink sink = {
		.value = note_value, .status = note_status, .ended = note_end, .user = log};
	g_autoptr(GError) error = NULL;

	*log = (Log){
		.values = g_array_new(FALSE, FALSE, sizeof(RollValue)),
		.told_us = g_array_new(FALSE, FALSE, sizeof(gint64)),
		.links = g_array_new(FALSE, FALSE, sizeof(RollLink)),
		.source = roll_source_sim_new(options),
	};
	g_assert_cmpstr(log->source->name, ==, "sim");
	log->started_us = g_get_monotonic_time();
	g_assert_true(log->source->start(log->source, &sink, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(log->values->len, ==, 0);
	g_assert_cmpuint(log->n_ended, ==, 0);
}

static void
clear_log(Log *log)
{
	roll_source_free(log->source);
	g_array_unref(log->values);
	g_array_unref(log->told_us);
	g_array_unref(log->links);
}

/* Runs until it has ended, or has told n_values. */
static void
run(Log *log, guint n_values)
{
	gint64 patience_us = g_get_monotonic_time() + PATIENCE_US;

	while (log->n_ended == 0 && log->values->len < n_values) {
		g_main_context_iteration(NULL, TRUE);
		g_assert_cmpint(g_get_monotonic_time(), <, patience_us);
	}
}

static const RollValue *
get_value(const Log *log, guint i)
{
	g_assert_cmpuint(i, <, log->values->len);
	return &g_array_index(log->values, RollValue, i);
}

static RollLink
get_link(const Log *log, guint i)
{
	g_assert_cmpuint(i, <, log->links->len);
	return g_array_index(log->links, RollLink, i);
}

static void
test_begins_as_a_sensor_does(void)
{
	static const char *const uuids[] = {
		ROLL_UUID_ROLLER_FEATURE,     ROLL_UUID_BATTERY_LEVEL,
		ROLL_UUID_MANUFACTURER,	      ROLL_UUID_MODEL,
		ROLL_UUID_FIRMWARE,	      ROLL_UUID_ROLLER_CONTROL,
		ROLL_UUID_ROLLER_MEASUREMENT,
	};
	static const guint8 started[] = {0x80, ROLL_CONTROL_START, ROLL_CONTROL_DONE};
	RollSimOptions options = {.seed = 1, .duration_s = 5, .begin_us = BEGIN_US};
	Log log;

	start_log(&log, &options);
	run(&log, G_MAXUINT);
	for (guint i = 0; i < G_N_ELEMENTS(uuids); i++)
		g_assert_cmpstr(get_value(&log, i)->uuid, ==, uuids[i]);
	g_assert_cmpmem(get_value(&log, 5)->bytes, get_value(&log, 5)->n_bytes, started, 3);
	g_assert_cmpint(get_value(&log, 5)->arrival_us, <, BEGIN_US);
	g_assert_cmpint(get_value(&log, 6)->arrival_us, >, BEGIN_US);
	g_assert_cmpint(get_link(&log, 0), ==, ROLL_LINK_CONNECTING);
	g_assert_cmpint(get_link(&log, 1), ==, ROLL_LINK_STREAMING);
	g_assert_cmpint(get_link(&log, 2), ==, ROLL_LINK_ABSENT);
	g_assert_cmpuint(log.links->len, ==, 3);
	g_assert_cmpuint(log.n_ended, ==, 1);
	/* 5 s are 50 packets; the last one arrives later, and one or two may be lost. */
	g_assert_cmpuint(log.values->len, >=, 6 + 46);
	g_assert_cmpuint(log.values->len, <=, 6 + 50);
	clear_log(&log);
}

static void
test_each_value_is_valid(void)
{
	RollSimOptions options = {.seed = 2, .duration_s = 1300, .begin_us = BEGIN_US};
	RollDecoder decoder;
	RollPacket packet;
	gint64 last_us = 0;
	guint n_samples = 0, n_batteries = 0;
	Log log;

	start_log(&log, &options);
	run(&log, G_MAXUINT);
	roll_decoder_init(&decoder, &roll_codec_roller);
	for (guint i = 0; i < log.values->len; i++) {
		const RollValue *value = get_value(&log, i);
		RollDecoded decoded;

		g_assert_cmpint(value->arrival_us, >=, last_us);
		last_us = value->arrival_us;
		n_batteries += strcmp(value->uuid, ROLL_UUID_BATTERY_LEVEL) == 0;
		if (!roll_codec_find_by_characteristic(value->uuid))
			continue;
		decoded = roll_decoder_decode(&decoder, value->uuid, value->bytes, value->n_bytes,
					      &packet);
		g_assert_cmpint(decoded, !=, ROLL_DECODED_REFUSED);
		if (decoded == ROLL_DECODED_SAMPLES)
			n_samples += packet.n_samples;
	}
	g_assert_cmpuint(n_samples, >, 130000 * 98 / 100);
	g_assert_cmpuint(n_samples, <=, 130000);
	g_assert_cmpuint(n_batteries, ==, 3);
	g_assert_cmpint(log.battery_pct, ==, 91);
	g_assert_cmpint(decoder.feature.body, ==, ROLL_BODY_ROLLER);
	g_assert_true(decoder.feature.has_newtons && decoder.feature.has_tare &&
		      decoder.feature.has_marker && decoder.feature.has_identify);
	g_assert_false(decoder.feature.has_rate);
	g_assert_cmpfloat_with_epsilon(decoder.feature.radius_m, 0.075, 1e-9);
	clear_log(&log);
}

static void
test_speed_changes_no_byte(void)
{
	RollSimOptions options = {.seed = 3, .duration_s = 60, .begin_us = BEGIN_US};
	Log at_once, quick;

	start_log(&at_once, &options);
	options.speed = 1000;
	start_log(&quick, &options);
	run(&at_once, G_MAXUINT);
	run(&quick, G_MAXUINT);
	g_assert_cmpuint(at_once.values->len, ==, quick.values->len);
	for (guint i = 0; i < quick.values->len; i++) {
		const RollValue *a = get_value(&at_once, i), *b = get_value(&quick, i);

		g_assert_cmpint(a->arrival_us, ==, b->arrival_us);
		g_assert_cmpstr(a->uuid, ==, b->uuid);
		g_assert_cmpmem(a->bytes, a->n_bytes, b->bytes, b->n_bytes);
	}
	clear_log(&at_once);
	clear_log(&quick);
}

/* No value is told before it is due; values of one wake-up are not told a packet late on average. */
static void
check_pace(double speed, guint n_values)
{
	RollSimOptions options = {.seed = 4, .speed = speed, .begin_us = BEGIN_US};
	Log log;

	start_log(&log, &options);
	run(&log, n_values);
	for (guint i = 6; i < log.values->len; i++) {
		gint64 told_us = g_array_index(log.told_us, gint64, i) - log.started_us;
		gint64 arrival_us = get_value(&log, i)->arrival_us - BEGIN_US;

		g_assert_cmpint(told_us, >=, (gint64)((double)arrival_us / speed));
	}
	g_assert_cmpuint(log.values->len, >=, n_values);
	clear_log(&log);
}

static void
test_pace(void)
{
	check_pace(1, 6 + 4);
	check_pace(20, 6 + 40);
	check_pace(500, 6 + 500);
}

static void
test_begins_now(void)
{
	RollSimOptions options = {.seed = 5, .speed = 1};
	gint64 before_us = g_get_real_time();
	Log log;

	start_log(&log, &options);
	run(&log, 7);
	g_assert_cmpint(get_value(&log, 6)->arrival_us, >, before_us);
	g_assert_cmpint(get_value(&log, 6)->arrival_us, <=, g_get_real_time());
	clear_log(&log);
}

static gboolean
ask_for_more(gpointer user_data)
{
	*(gboolean *)user_data = TRUE;
	return G_SOURCE_REMOVE;
}

/* As fast as possible, yet others have their turn long before an hour is told. */
static void
test_others_have_their_turn(void)
{
	RollSimOptions options = {.seed = 6, .duration_s = 3600, .begin_us = BEGIN_US};
	gboolean had_turn = FALSE;
	Log log;

	start_log(&log, &options);
	run(&log, 7);
	g_timeout_add(1, ask_for_more, &had_turn);
	while (!had_turn && log.n_ended == 0)
		g_main_context_iteration(NULL, TRUE);
	g_assert_true(had_turn);
	g_assert_cmpuint(log.n_ended, ==, 0);
	run(&log, G_MAXUINT);
	g_assert_cmpuint(log.values->len, >, 35000);
	clear_log(&log);
}

/* ---- Commands ---- */

typedef struct {
	gboolean is_answered, is_done;
	GError *error;
} Answer;

static void
note_answer(GObject *object, GAsyncResult *result, gpointer user_data)
{
	Answer *answer = user_data;

	g_assert_null(object);
	answer->is_done = g_task_propagate_boolean(G_TASK(result), &answer->error);
	answer->is_answered = TRUE;
}

static Answer
give_command(Log *log, const char *address, RollCommand command)
{
	Answer answer = {0};

	log->source->command(log->source, address, command, note_answer, &answer);
	while (!answer.is_answered)
		g_main_context_iteration(NULL, TRUE);
	return answer;
}

/* The control point's answer to op, after the first `after` values. */
static const RollValue *
find_reply(const Log *log, guint after, guint8 op)
{
	for (guint i = after; i < log->values->len; i++) {
		const RollValue *value = get_value(log, i);

		if (strcmp(value->uuid, ROLL_UUID_ROLLER_CONTROL) == 0 && value->bytes[1] == op)
			return value;
	}
	return NULL;
}

static void
check_command(Log *log, RollCommand command, guint8 op)
{
	guint before = log->values->len;
	Answer answer = give_command(log, SIM_ADDRESS, command);
	const RollValue *reply = find_reply(log, before, op);
	const guint8 done[] = {0x80, op, ROLL_CONTROL_DONE};

	g_assert_no_error(answer.error);
	g_assert_true(answer.is_done);
	g_assert_nonnull(reply);
	g_assert_cmpmem(reply->bytes, reply->n_bytes, done, 3);
	g_assert_cmpint(reply->arrival_us, >=, get_value(log, before - 1)->arrival_us);
}

static void
test_commands(void)
{
	RollSimOptions options = {.seed = 7, .speed = 100, .begin_us = BEGIN_US};
	Log log;

	start_log(&log, &options);
	run(&log, 10);
	check_command(&log, ROLL_COMMAND_TARE, ROLL_CONTROL_TARE);
	check_command(&log, ROLL_COMMAND_IDENTIFY, ROLL_CONTROL_IDENTIFY);
	g_assert_cmpuint(log.links->len, ==, 2);
	check_command(&log, ROLL_COMMAND_STOP, ROLL_CONTROL_STOP);
	g_assert_cmpint(get_link(&log, 2), ==, ROLL_LINK_SILENT);
	check_command(&log, ROLL_COMMAND_START, ROLL_CONTROL_START);
	g_assert_cmpint(get_link(&log, 3), ==, ROLL_LINK_STREAMING);
	run(&log, log.values->len + 20);
	for (guint i = 1; i < log.values->len; i++)
		g_assert_cmpint(get_value(&log, i)->arrival_us, >=,
				get_value(&log, i - 1)->arrival_us);
	clear_log(&log);
}

/* Nothing but a packet that was already on the way comes between STOP and START. */
static void
test_stop_means_silence(void)
{
	RollSimOptions options = {
		.seed = 8, .speed = 1000, .duration_s = 600, .begin_us = BEGIN_US};
	guint n_stopped;
	Log log;

	start_log(&log, &options);
	run(&log, 10);
	check_command(&log, ROLL_COMMAND_STOP, ROLL_CONTROL_STOP);
	n_stopped = log.values->len;
	run(&log, G_MAXUINT);
	g_assert_cmpuint(log.n_ended, ==, 1);
	for (guint i = n_stopped + 1; i < log.values->len; i++)
		g_assert_cmpstr(get_value(&log, i)->uuid, ==, ROLL_UUID_BATTERY_LEVEL);
	g_assert_cmpint(get_link(&log, log.links->len - 1), ==, ROLL_LINK_ABSENT);
	clear_log(&log);
}

static void
test_refuses_commands(void)
{
	RollSimOptions options = {.seed = 9, .duration_s = 1, .begin_us = BEGIN_US};
	Answer answer;
	Log log;

	start_log(&log, &options);
	answer = give_command(&log, SIM_ADDRESS, ROLL_COMMAND_TARE);
	g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
	g_clear_error(&answer.error);
	run(&log, 7);
	answer = give_command(&log, "C0:FF:EE:00:00:99", ROLL_COMMAND_TARE);
	g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
	g_assert_nonnull(strstr(answer.error->message, "C0:FF:EE:00:00:99"));
	g_clear_error(&answer.error);
	run(&log, G_MAXUINT);
	answer = give_command(&log, SIM_ADDRESS, ROLL_COMMAND_TARE);
	g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
	g_clear_error(&answer.error);
	clear_log(&log);
}

static void
test_capture_reads_back(void)
{
	RollSimOptions options = {.seed = 10, .duration_s = 120, .begin_us = BEGIN_US};
	g_autoptr(GString) capture = g_string_new(ROLL_CAPTURE_HEAD);
	char line[ROLL_CAPTURE_LINE_MAX];
	g_auto(GStrv) lines = NULL;
	guint n_values = 0;
	Log log;

	start_log(&log, &options);
	run(&log, G_MAXUINT);
	for (guint i = 0; i < log.values->len; i++) {
		gsize n_chars = roll_capture_format_line(get_value(&log, i), line);

		g_string_append_len(capture, line, (gssize)n_chars);
	}
	lines = g_strsplit(capture->str, "\n", -1);
	for (guint i = 0; lines[i]; i++) {
		const char *fault = NULL;
		RollValue back;
		RollLine kind = roll_capture_parse_line(lines[i], strlen(lines[i]), &back, &fault);

		if (kind == ROLL_LINE_COMMENT)
			continue;
		g_assert_cmpint(kind, ==, ROLL_LINE_VALUE);
		const RollValue *value = get_value(&log, n_values++);

		g_assert_cmpint(back.arrival_us, ==, value->arrival_us);
		g_assert_cmpstr(back.address, ==, value->address);
		g_assert_cmpstr(back.uuid, ==, value->uuid);
		g_assert_cmpmem(back.bytes, back.n_bytes, value->bytes, value->n_bytes);
	}
	g_assert_cmpuint(n_values, ==, log.values->len);
	clear_log(&log);
}

/* Freed before it started, and in the middle. */
static void
test_may_be_freed_at_any_time(void)
{
	RollSimOptions options = {.seed = 11, .speed = 1};
	Log log;

	roll_source_free(roll_source_sim_new(&options));
	start_log(&log, &options);
	run(&log, 7);
	clear_log(&log);
	g_assert_false(g_main_context_pending(NULL));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/source-sim/begins-as-a-sensor-does", test_begins_as_a_sensor_does);
	g_test_add_func("/source-sim/each-value-is-valid", test_each_value_is_valid);
	g_test_add_func("/source-sim/speed-changes-no-byte", test_speed_changes_no_byte);
	g_test_add_func("/source-sim/pace", test_pace);
	g_test_add_func("/source-sim/begins-now", test_begins_now);
	g_test_add_func("/source-sim/others-have-their-turn", test_others_have_their_turn);
	g_test_add_func("/source-sim/commands", test_commands);
	g_test_add_func("/source-sim/stop-means-silence", test_stop_means_silence);
	g_test_add_func("/source-sim/refuses-commands", test_refuses_commands);
	g_test_add_func("/source-sim/capture-reads-back", test_capture_reads_back);
	g_test_add_func("/source-sim/may-be-freed-at-any-time", test_may_be_freed_at_any_time);
	return g_test_run();
}
