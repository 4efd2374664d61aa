/* SPDX-License-Identifier: MIT
 *
 * What is delivered, and in which order; commands; and how a sensor is left.
 */
#include "tests/daemon-bluez/bluez-fixture.h"

#include <string.h>

#define MEASUREMENT ROLL_UUID_ROLLER_MEASUREMENT
#define FEATURE ROLL_UUID_ROLLER_FEATURE

static guint
count(BluezFixture *fixture, const char *uuid)
{
	return bluez_fixture_count(fixture, FIRST_ADDRESS, uuid);
}

/* The sequence number in a Measurement. */
static guint
get_number(const RollValue *value)
{
	return value->bytes[2] + 256u * value->bytes[3];
}

static void
check_numbers(BluezFixture *fixture, guint first, guint n_values)
{
	g_assert_cmpuint(count(fixture, MEASUREMENT), ==, n_values);
	for (guint i = 0; i < n_values; i++)
		g_assert_cmpuint(
			get_number(bluez_fixture_get_value(fixture, FIRST_ADDRESS, MEASUREMENT, i)),
			==, first + i);
}

static void
check_arrivals(BluezFixture *fixture)
{
	for (guint i = 1; i < fixture->values->len; i++)
		g_assert_cmpint(g_array_index(fixture->values, RollValue, i - 1).arrival_us, <=,
				g_array_index(fixture->values, RollValue, i).arrival_us);
}

/* bluetoothd took up the subscription by itself: samples come before anything was read. */
static void
test_early_values_wait(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);

	(void)unused;
	fake_sensor_drop(sensor);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_ABSENT));
	g_array_set_size(fixture->values, 0);
	fake_bluez_ignore(fixture->fake, "ReadValue", 1);
	fake_bluez_forget(fixture->fake);
	fake_sensor_connect(sensor);
	WAIT_FOR(fake_bluez_count(fixture->fake, "ReadValue") == 1);
	for (guint i = 0; i < 20; i++)
		g_assert_true(fake_sensor_force_sample(sensor, i));
	/* Not before the sensor described itself, which it does when its services came anew. */
	fake_sensor_set_resolved(sensor, FALSE);
	g_assert_cmpuint(fixture->values->len, ==, 0);
	fake_sensor_set_resolved(sensor, TRUE);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_STREAMING));
	g_assert_cmpstr(g_array_index(fixture->values, RollValue, 0).uuid, ==, FEATURE);
	check_numbers(fixture, 0, 20);
	check_arrivals(fixture);
}

/* Only so many are held; of more, the last ones. */
static void
test_early_values_are_bounded(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);

	(void)unused;
	fake_sensor_drop(sensor);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_ABSENT));
	fake_bluez_ignore(fixture->fake, "ReadValue", 1);
	fake_bluez_forget(fixture->fake);
	fake_sensor_connect(sensor);
	WAIT_FOR(fake_bluez_count(fixture->fake, "ReadValue") == 1);
	for (guint i = 0; i < 300; i++)
		fake_sensor_force_sample(sensor, i);
	fake_sensor_set_resolved(sensor, FALSE);
	fake_sensor_set_resolved(sensor, TRUE);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_STREAMING));
	check_numbers(fixture, 300 - 256, 256);
}

/* Samples before the answer to StartNotify, as some sensors send them. */
static void
test_before_subscription_is_answered(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	(void)unused;
	fake_sensor_set_early(sensor, 7);
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_STREAMING));
	check_numbers(fixture, 0, 7);
	check_arrivals(fixture);
}

/* After many links each value still comes once, also one that is the same as the last. */
static void
test_none_doubled_none_merged(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);

	(void)unused;
	for (guint i = 0; i < 3; i++) {
		fake_sensor_drop(sensor);
		WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_ABSENT));
		WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_STREAMING));
	}
	for (guint i = 0; i < 100; i++)
		g_assert_true(fake_sensor_send_sample(sensor, 5));
	g_assert_true(fake_sensor_send_sample(sensor, 6));
	WAIT_FOR(count(fixture, MEASUREMENT) > 0 &&
		 get_number(bluez_fixture_get_value(fixture, FIRST_ADDRESS, MEASUREMENT,
						    count(fixture, MEASUREMENT) - 1)) == 6);
	g_assert_cmpuint(count(fixture, MEASUREMENT), ==, 101);
	check_arrivals(fixture);
}

/* A read also comes as a signal; it is one value. */
static void
test_reads_come_once(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);

	(void)unused;
	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
	g_assert_cmpuint(count(fixture, FEATURE), ==, 1);
	g_assert_cmpuint(count(fixture, ROLL_UUID_MODEL), ==, 1);
	g_assert_cmpuint(count(fixture, ROLL_UUID_BATTERY_LEVEL), ==, 1);
	g_assert_cmpmem(bluez_fixture_get_value(fixture, FIRST_ADDRESS, ROLL_UUID_MODEL, 0)->bytes,
			4, "Fake", 4);
}

static void
test_lengths(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);
	guint8 bytes[ROLL_VALUE_MAX + 1] = {0};

	(void)unused;
	g_assert_true(fake_sensor_notify(sensor, MEASUREMENT, bytes, 0));
	g_assert_true(fake_sensor_notify(sensor, MEASUREMENT, bytes, ROLL_VALUE_MAX + 1));
	g_assert_true(fake_sensor_notify(sensor, MEASUREMENT, bytes, ROLL_VALUE_MAX));
	WAIT_FOR(count(fixture, MEASUREMENT) == 2);
	g_assert_cmpuint(bluez_fixture_get_value(fixture, FIRST_ADDRESS, MEASUREMENT, 0)->n_bytes,
			 ==, 0);
	g_assert_cmpuint(bluez_fixture_get_value(fixture, FIRST_ADDRESS, MEASUREMENT, 1)->n_bytes,
			 ==, ROLL_VALUE_MAX);
}

/* By the wall clock, within a second of it. */
static void
test_arrival(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);
	gint64 before_us = g_get_real_time();
	gint64 arrival_us;

	(void)unused;
	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
	arrival_us = bluez_fixture_get_value(fixture, FIRST_ADDRESS, MEASUREMENT, 0)->arrival_us;
	g_assert_cmpint(arrival_us, >=, before_us - 1000);
	g_assert_cmpint(arrival_us, <=, g_get_real_time() + 1000);
}

/* By Battery1 and by the characteristic: once, and then at each change. */
static void
test_battery(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensorOptions options = {.address = FIRST_ADDRESS, .has_battery_service = TRUE};
	FakeSensor *sensor = fake_bluez_add_sensor(fixture->fake, &options);

	(void)unused;
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_STREAMING));
	g_assert_cmpuint(count(fixture, ROLL_UUID_BATTERY_LEVEL), ==, 1);
	g_assert_cmpint(bluez_fixture_get_status(fixture, FIRST_ADDRESS)->battery_pct, ==, 80);
	fake_sensor_set_battery(sensor, 79);
	WAIT_FOR(count(fixture, ROLL_UUID_BATTERY_LEVEL) == 2);
	g_assert_cmpuint(bluez_fixture_get_value(fixture, FIRST_ADDRESS, ROLL_UUID_BATTERY_LEVEL, 1)
				 ->bytes[0],
			 ==, 79);
	g_assert_cmpint(bluez_fixture_get_status(fixture, FIRST_ADDRESS)->battery_pct, ==, 79);
	g_assert_cmpstr(g_array_index(fixture->values, RollValue, 0).uuid, ==, FEATURE);
}

/* Commands. */

typedef struct {
	gboolean is_answered;
	GError *error;
} Answer;

static void
take_answer(GObject *object, GAsyncResult *result, gpointer user_data)
{
	Answer *answer = user_data;

	g_assert_null(object);
	g_assert_false(answer->is_answered);
	answer->is_answered = TRUE;
	g_assert_true(g_task_propagate_boolean(G_TASK(result), &answer->error) == !answer->error);
}

static void
give(BluezFixture *fixture, const char *address, RollCommand command, Answer *answer)
{
	*answer = (Answer){0};
	fixture->source->command(fixture->source, address, command, take_answer, answer);
}

static void
test_commands(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);
	Answer answer;

	(void)unused;
	give(fixture, FIRST_ADDRESS, ROLL_COMMAND_TARE, &answer);
	WAIT_FOR(answer.is_answered);
	g_assert_no_error(answer.error);
	g_assert_cmpuint(fake_sensor_get_order(sensor), ==, ROLL_CONTROL_TARE);
	give(fixture, FIRST_ADDRESS, ROLL_COMMAND_IDENTIFY, &answer);
	WAIT_FOR(answer.is_answered);
	g_assert_no_error(answer.error);
	g_assert_cmpuint(fake_sensor_get_order(sensor), ==, ROLL_CONTROL_IDENTIFY);
}

static void
test_commands_refused(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);
	Answer answer;

	(void)unused;
	give(fixture, SECOND_ADDRESS, ROLL_COMMAND_TARE, &answer);
	WAIT_FOR(answer.is_answered);
	g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
	g_clear_error(&answer.error);
	fake_bluez_fail(fixture->fake, "WriteValue", 1, "org.bluez.Error.NotPermitted",
			"Write denied");
	give(fixture, FIRST_ADDRESS, ROLL_COMMAND_TARE, &answer);
	WAIT_FOR(answer.is_answered);
	g_assert_nonnull(strstr(answer.error->message, "Write denied"));
	g_clear_error(&answer.error);
	/* The link is as good as before. */
	g_assert_true(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_STREAMING));
	fake_sensor_set_away(sensor, TRUE);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_ABSENT));
	give(fixture, FIRST_ADDRESS, ROLL_COMMAND_TARE, &answer);
	WAIT_FOR(answer.is_answered);
	g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
	g_clear_error(&answer.error);
}

/* The link is lost while a command is under way. */
static void
test_command_cut_off(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);
	Answer answer;

	(void)unused;
	fake_bluez_ignore(fixture->fake, "WriteValue", 1);
	give(fixture, FIRST_ADDRESS, ROLL_COMMAND_TARE, &answer);
	fake_sensor_drop(sensor);
	WAIT_FOR(answer.is_answered);
	g_assert_error(answer.error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
	g_clear_error(&answer.error);
}

typedef struct {
	BluezFixture *fixture;
	Answer second;
	gboolean is_answered;
} Chain;

/* Gives the next command from within the answer to the first. */
static void
go_on(GObject *object, GAsyncResult *result, gpointer user_data)
{
	Chain *chain = user_data;

	(void)object;
	g_assert_false(g_task_propagate_boolean(G_TASK(result), NULL));
	chain->is_answered = TRUE;
	give(chain->fixture, FIRST_ADDRESS, ROLL_COMMAND_IDENTIFY, &chain->second);
}

/* The link, or only its services, go while a command is under way, and whoever hears that gives another. */
static void
test_command_upon_command(BluezFixture *fixture, gconstpointer is_lost)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);
	Chain chain = {.fixture = fixture};

	fake_bluez_ignore(fixture->fake, "WriteValue", 1);
	fixture->source->command(fixture->source, FIRST_ADDRESS, ROLL_COMMAND_TARE, go_on, &chain);
	WAIT_FOR(fake_bluez_count(fixture->fake, "WriteValue") == 2); /* START was the first */
	if (is_lost)
		fake_sensor_drop(sensor);
	else
		fake_sensor_set_resolved(sensor, FALSE);
	WAIT_FOR(chain.is_answered && chain.second.is_answered);
	g_assert_error(chain.second.error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
	g_clear_error(&chain.second.error);
}

/* A sensor that does not answer is not given commands without end. */
static void
test_commands_are_bounded(BluezFixture *fixture, gconstpointer unused)
{
	Answer answers[40];

	(void)unused;
	bluez_fixture_stream(fixture);
	fake_bluez_ignore(fixture->fake, "WriteValue", -1);
	for (guint i = 0; i < G_N_ELEMENTS(answers); i++)
		give(fixture, FIRST_ADDRESS, ROLL_COMMAND_TARE, &answers[i]);
	WAIT_FOR(answers[G_N_ELEMENTS(answers) - 1].is_answered);
	g_assert_error(answers[G_N_ELEMENTS(answers) - 1].error, G_IO_ERROR, G_IO_ERROR_BUSY);
	g_assert_false(answers[0].is_answered);
	fixture->timing.stop_ms = 20;
	bluez_fixture_stop(fixture);
	for (guint i = 0; i < G_N_ELEMENTS(answers); i++) {
		WAIT_FOR(answers[i].is_answered);
		g_clear_error(&answers[i].error);
	}
}

/* A sensor that was told to stop is not mended. */
static void
test_stop_command(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor;
	Answer answer;

	(void)unused;
	fixture->timing.silent_ms = 50;
	fixture->timing.silent_leave_ms = 150;
	sensor = bluez_fixture_stream(fixture);
	give(fixture, FIRST_ADDRESS, ROLL_COMMAND_STOP, &answer);
	WAIT_FOR(answer.is_answered);
	g_assert_false(fake_sensor_is_started(sensor));
	bluez_fixture_pass(300);
	g_assert_false(fake_sensor_is_started(sensor));
	g_assert_true(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_STREAMING));
	give(fixture, FIRST_ADDRESS, ROLL_COMMAND_START, &answer);
	WAIT_FOR(answer.is_answered);
	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
}

/* The end. */

static void
test_leaves_in_order(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);
	g_autofree char *calls = NULL;

	(void)unused;
	fake_bluez_forget(fixture->fake);
	bluez_fixture_stop(fixture);
	WAIT_FOR(!fake_sensor_is_connected(sensor));
	g_assert_cmpuint(fake_sensor_get_order(sensor), ==, ROLL_CONTROL_STOP);
	WAIT_FOR(fake_bluez_get_profile_size(fixture->fake) == 0);
	g_assert_false(fake_bluez_is_discovering(fixture->fake, "hci0"));
	calls = fake_bluez_dup_calls(fixture->fake);
	g_assert_nonnull(strstr(calls, "WriteValue Disconnect"));
}

/* A bluetoothd that hangs does not hold the end up. */
static void
test_leaves_in_time(BluezFixture *fixture, gconstpointer unused)
{
	g_autoptr(GTimer) timer = NULL;

	(void)unused;
	fixture->timing.stop_ms = 200;
	bluez_fixture_stream(fixture);
	fake_bluez_ignore(fixture->fake, "WriteValue", -1);
	fake_bluez_ignore(fixture->fake, "Disconnect", -1);
	timer = g_timer_new();
	bluez_fixture_stop(fixture);
	g_assert_cmpfloat(g_timer_elapsed(timer, NULL), >=, 0.2);
	g_assert_cmpfloat(g_timer_elapsed(timer, NULL), <, 5.0);
}

/* Freed at any stage, with calls under way, nothing of it is touched afterwards. */
static void
test_freed_at_any_stage(BluezFixture *fixture, gconstpointer method)
{
	bluez_fixture_add(fixture, FIRST_ADDRESS);
	fixture->timing.stop_ms = 20;
	fake_bluez_ignore(fixture->fake, method, -1);
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(fake_bluez_count(fixture->fake, method) >= 1);
	bluez_fixture_stop(fixture);
}

static void
add(const char *name, gconstpointer data, void (*test)(BluezFixture *, gconstpointer))
{
	g_autofree char *path = g_strconcat("/bluez/values/", name, NULL);

	g_test_add(path, BluezFixture, data, bluez_fixture_set_up, test, bluez_fixture_tear_down);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	add("early-values-wait", NULL, test_early_values_wait);
	add("early-values-are-bounded", NULL, test_early_values_are_bounded);
	add("before-subscription-is-answered", NULL, test_before_subscription_is_answered);
	add("none-doubled-none-merged", NULL, test_none_doubled_none_merged);
	add("reads-come-once", NULL, test_reads_come_once);
	add("lengths", NULL, test_lengths);
	add("arrival", NULL, test_arrival);
	add("battery", NULL, test_battery);
	add("commands", NULL, test_commands);
	add("commands-refused", NULL, test_commands_refused);
	add("command-cut-off", NULL, test_command_cut_off);
	add("command-upon-command-lost", GINT_TO_POINTER(TRUE), test_command_upon_command);
	add("command-upon-command-flapping", GINT_TO_POINTER(FALSE), test_command_upon_command);
	add("commands-are-bounded", NULL, test_commands_are_bounded);
	add("stop-command", NULL, test_stop_command);
	add("leaves-in-order", NULL, test_leaves_in_order);
	add("leaves-in-time", NULL, test_leaves_in_time);
	add("freed-while-asking", "GetManagedObjects", test_freed_at_any_stage);
	add("freed-while-registering", "RegisterApplication", test_freed_at_any_stage);
	add("freed-while-connecting", "Connect", test_freed_at_any_stage);
	add("freed-while-reading", "ReadValue", test_freed_at_any_stage);
	add("freed-while-subscribing", "StartNotify", test_freed_at_any_stage);
	add("freed-while-starting", "WriteValue", test_freed_at_any_stage);
	return g_test_run();
}
