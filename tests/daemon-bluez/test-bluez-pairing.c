/* SPDX-License-Identifier: MIT
 *
 * A sensor that demands encryption: told and left alone until the person agrees, then paired, and never by anybody's
 * asking but the person's.
 */
#include "tests/daemon-bluez/bluez-fixture.h"
#include "tests/support/fake-pairing.h"

#include <string.h>

#define DEVICE_PATH "/org/bluez/hci0/dev_C0_FF_EE_00_00_01"
#define OTHER_PATH "/org/bluez/hci0/dev_C0_FF_EE_00_00_02"
#define REQUEST "asks to be paired: rollstat pair " FIRST_ADDRESS

static gboolean
is(BluezFixture *fixture, RollLink link)
{
	return bluez_fixture_is(fixture, FIRST_ADDRESS, link);
}

static const BluezStatus *
get_status(BluezFixture *fixture)
{
	return bluez_fixture_get_status(fixture, FIRST_ADDRESS);
}

static guint
count(BluezFixture *fixture, const char *method)
{
	return fake_bluez_count(fixture->fake, method);
}

/* A sensor in reach that demands encryption, and asks the person for it. */
static FakeSensor *
ask(BluezFixture *fixture, FakeLock lock)
{
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	fake_sensor_set_lock(sensor, lock);
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(get_status(fixture)->asks_pairing && is(fixture, ROLL_LINK_ABSENT));
	WAIT_FOR(get_status(fixture)->notice);
	return sensor;
}

static void
expect_streaming(BluezFixture *fixture, FakeSensor *sensor)
{
	WAIT_FOR(is(fixture, ROLL_LINK_STREAMING));
	g_assert_false(get_status(fixture)->asks_pairing);
	g_assert_cmpstr(get_status(fixture)->notice, ==, NULL);
	g_assert_cmpstr(get_status(fixture)->detail, ==, NULL);
	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
}

/* Told, once each, and not tried again at every back-off; and what bluetoothd knows of it stays. */
static void
test_asks(BluezFixture *fixture, gconstpointer lock)
{
	FakeSensor *sensor = ask(fixture, (FakeLock)GPOINTER_TO_INT(lock));
	guint n_tried = GPOINTER_TO_INT(lock) == FAKE_LOCK_TELLS ? 1 : 2;

	g_assert_cmpstr(get_status(fixture)->detail, ==, REQUEST);
	g_assert_cmpstr(get_status(fixture)->notice, ==, REQUEST);
	g_assert_cmpuint(count(fixture, "Connect"), ==, n_tried);
	bluez_fixture_pass(400); /* many back-offs */
	g_assert_cmpuint(count(fixture, "Connect"), ==, n_tried);
	g_assert_cmpuint(count(fixture, "Pair") + count(fixture, "RegisterAgent"), ==, 0);
	g_assert_cmpuint(count(fixture, "RemoveDevice"), ==, 0);
	g_assert_false(fake_sensor_is_paired(sensor));
	g_assert_cmpuint(bluez_fixture_count(fixture, FIRST_ADDRESS, NULL), ==, 0);
}

/* It may be of another mind by then, or it was the radio after all. */
static void
test_asked_again(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor;

	(void)unused;
	fixture->timing.asks_first_ms = fixture->timing.asks_last_ms = 100;
	sensor = ask(fixture, FAKE_LOCK_CUTS);
	fake_sensor_set_lock(sensor, FAKE_LOCK_NONE);
	expect_streaming(fixture, sensor);
}

/* bluetoothd crashes over the pairing that it begins: it is not brought to do so each time it is back. */
static void
test_crashes(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	(void)unused;
	fake_bluez_ignore(fixture->fake, "ReadValue", -1);
	bluez_fixture_start(fixture, NULL);
	for (guint i = 1; i <= 2; i++) {
		WAIT_FOR(count(fixture, "ReadValue") == i);
		fake_bluez_vanish(fixture->fake, FALSE);
		WAIT_FOR(is(fixture, ROLL_LINK_ABSENT));
		fake_bluez_return(fixture->fake, NULL);
	}
	WAIT_FOR(get_status(fixture)->notice);
	g_assert_cmpstr(get_status(fixture)->notice, ==, REQUEST);
	bluez_fixture_pass(300); /* many back-offs */
	g_assert_cmpuint(count(fixture, "ReadValue"), ==, 2);
	g_assert_false(fake_sensor_is_connected(sensor));
}

/* A sensor that was heard without a key does not ask for one, however often its links end. */
static void
test_heard_before(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);

	(void)unused;
	fake_sensor_set_lock(sensor, FAKE_LOCK_CUTS);
	fake_sensor_drop(sensor);
	WAIT_FOR(count(fixture, "ReadValue") >= 5 + 3);
	g_assert_false(get_status(fixture)->asks_pairing);
	fake_sensor_set_lock(sensor, FAKE_LOCK_NONE);
	expect_streaming(fixture, sensor);
}

static void
test_pairs(BluezFixture *fixture, gconstpointer pairing)
{
	FakeSensor *sensor = ask(fixture, FAKE_LOCK_HIDES);

	fake_sensor_set_pairing(sensor, (FakePairing)GPOINTER_TO_INT(pairing));
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, NULL);
	expect_streaming(fixture, sensor);
	WAIT_FOR(!fake_bluez_has_agent(fixture->fake));
	g_assert_true(get_status(fixture)->is_paired);
	g_assert_true(fake_sensor_is_paired(sensor));
	g_assert_true(fake_sensor_is_trusted(sensor));
	g_assert_cmpuint(count(fixture, "Pair"), ==, 1);
	g_assert_cmpuint(count(fixture, "RegisterAgent"), ==, 1);
	g_assert_cmpuint(count(fixture, "UnregisterAgent"), ==, 1);
	g_assert_cmpuint(count(fixture, "CancelPairing"), ==, 0);
}

/* One that never asked is paired on its link, and streams on. */
static void
test_pairs_while_streaming(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);

	(void)unused;
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, NULL);
	expect_streaming(fixture, sensor);
	g_assert_true(get_status(fixture)->is_paired);
	g_assert_cmpuint(count(fixture, "Disconnect"), ==, 0);
}

typedef struct {
	FakePairing pairing;
	const char *fails; /* method that fails; NULL: none */
	const char *error;
	const char *words;
} Refusal;

static const Refusal refusals[] = {
	{FAKE_PAIRING_FAILS, NULL, NULL, "refused: bring it into its pairing mode"},
	{FAKE_PAIRING_BY_CODE, NULL, NULL, "the sensor refused"},
	{0, "Pair", "org.bluez.Error.AuthenticationTimeout", "timed out"},
	{0, "Pair", "org.bluez.Error.AuthenticationCanceled", "broke it off"},
	{0, "Pair", "org.bluez.Error.ConnectionAttemptFailed", "bring it near"},
	{0, "Pair", "org.bluez.Error.InProgress", "another program"},
	{0, "Pair", "org.bluez.Error.Failed", "because"},
	{0, "RegisterAgent", "org.bluez.Error.Failed", "takes no agent: because"},
};

/* Told in words; nothing is left behind; it goes on asking, and the next time may do. */
static void
test_refused(BluezFixture *fixture, gconstpointer data)
{
	const Refusal *refusal = data;
	FakeSensor *sensor = ask(fixture, FAKE_LOCK_TELLS);

	fake_sensor_set_pairing(sensor, refusal->pairing);
	if (refusal->fails)
		fake_bluez_fail(fixture->fake, refusal->fails, 1, refusal->error, "because");
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, refusal->words);
	WAIT_FOR(!fake_bluez_has_agent(fixture->fake));
	WAIT_FOR(is(fixture, ROLL_LINK_ABSENT) && get_status(fixture)->notice);
	g_assert_true(get_status(fixture)->asks_pairing);
	g_assert_false(fake_sensor_is_paired(sensor));
	fake_sensor_set_pairing(sensor, FAKE_PAIRING_WORKS);
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, NULL);
	expect_streaming(fixture, sensor);
}

/* A pairing that hangs: the agent is there. */
static FakeSensor *
hang(BluezFixture *fixture)
{
	FakeSensor *sensor = ask(fixture, FAKE_LOCK_CUTS);

	fake_sensor_set_pairing(sensor, FAKE_PAIRING_HANGS);
	bluez_fixture_pair(fixture, FIRST_ADDRESS, TRUE);
	WAIT_FOR(count(fixture, "Pair") == 1);
	return sensor;
}

static void
expect_agent_answer(BluezFixture *fixture, const char *method, const char *path, const char *wanted)
{
	g_autofree char *answer = NULL;

	fake_bluez_ask_agent(fixture->fake, method, path);
	WAIT_FOR((answer = fake_bluez_dup_answer(fixture->fake)));
	g_assert_cmpstr(answer, ==, wanted);
}

/* Yes to one question about one device, no to all else. */
static void
test_agent(BluezFixture *fixture, gconstpointer unused)
{
	g_autofree char *capability = NULL;

	(void)unused;
	hang(fixture);
	capability = fake_bluez_dup_capability(fixture->fake);
	g_assert_cmpstr(capability, ==, "NoInputNoOutput");
	expect_agent_answer(fixture, "RequestAuthorization", OTHER_PATH,
			    "org.bluez.Error.Rejected");
	expect_agent_answer(fixture, "RequestAuthorization", DEVICE_PATH "0",
			    "org.bluez.Error.Rejected");
	expect_agent_answer(fixture, "RequestPasskey", DEVICE_PATH, "org.bluez.Error.Rejected");
	expect_agent_answer(fixture, "RequestPinCode", DEVICE_PATH, "org.bluez.Error.Rejected");
	expect_agent_answer(fixture, "RequestAuthorization", DEVICE_PATH, "yes");
	g_assert_cmpuint(fixture->n_answers, ==, 0);
	g_assert_cmpuint(count(fixture, "RequestDefaultAgent"), ==, 0);
}

static void
test_times_out(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor;

	(void)unused;
	fixture->timing.pair_ms = 150;
	sensor = hang(fixture);
	WAIT_FOR(fixture->n_answers == 1);
	g_assert_nonnull(strstr(fixture->answer->message, "timed out"));
	WAIT_FOR(count(fixture, "CancelPairing") == 1 && !fake_bluez_has_agent(fixture->fake));
	fake_sensor_set_pairing(sensor, FAKE_PAIRING_WORKS);
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, NULL);
	expect_streaming(fixture, sensor);
}

static void
test_two_at_once(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *second;

	(void)unused;
	hang(fixture);
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, "being paired already");
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, FALSE, "being paired");
	second = bluez_fixture_add(fixture, SECOND_ADDRESS);
	fixture->source->meet(fixture->source, SECOND_ADDRESS, NULL);
	bluez_fixture_expect_pairing(fixture, SECOND_ADDRESS, TRUE,
				     FIRST_ADDRESS " is being paired: wait");
	g_assert_cmpuint(count(fixture, "Pair"), ==, 1);
	g_assert_false(fake_sensor_is_paired(second));
}

static void
test_bluetoothd_dies(BluezFixture *fixture, gconstpointer is_orderly)
{
	FakeSensor *sensor = hang(fixture);

	fake_bluez_vanish(fixture->fake, GPOINTER_TO_INT(is_orderly));
	WAIT_FOR(fixture->n_answers == 1);
	g_assert_nonnull(strstr(fixture->answer->message, "bluetoothd went away"));
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, "bluetoothd is not running");
	fake_sensor_set_pairing(sensor, FAKE_PAIRING_WORKS);
	fake_bluez_return(fixture->fake, NULL);
	WAIT_FOR(count(fixture, "RegisterApplication") >= 2);
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, NULL);
	expect_streaming(fixture, sensor);
}

static void
test_source_ends(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = hang(fixture);

	(void)unused;
	bluez_fixture_stop(fixture);
	WAIT_FOR(fixture->n_answers == 1);
	g_assert_nonnull(strstr(fixture->answer->message, "being stopped"));
	WAIT_FOR(!fake_bluez_has_agent(fixture->fake));
	g_assert_cmpuint(count(fixture, "CancelPairing"), ==, 1);
	g_assert_false(fake_sensor_is_paired(sensor));
}

static void
test_not_near(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor;

	(void)unused;
	fixture->timing.find_ms = 150;
	fixture->timing.discovery_first_ms = 50;
	bluez_fixture_start(fixture, NULL);
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, "no sensor " FIRST_ADDRESS);
	fixture->source->meet(fixture->source, FIRST_ADDRESS, "Known");
	g_assert_cmpstr(get_status(fixture)->name, ==, "Known");
	WAIT_FOR(count(fixture, "StopDiscovery") == 1);
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, "it is not near");
	g_assert_cmpuint(count(fixture, "StartDiscovery"), ==, 2);
	/* Looked for, and there in time. */
	fixture->timing.find_ms = 20000;
	fixture->timing.discovery_first_ms = 20000;
	WAIT_FOR(count(fixture, "StopDiscovery") == 2);
	sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, NULL);
	expect_streaming(fixture, sensor);
	g_assert_cmpuint(count(fixture, "Pair"), ==, 1);
}

/* Known to bluetoothd but not received: tried all the same, in the end. */
static void
test_known_unseen(BluezFixture *fixture, gconstpointer is_away)
{
	FakeSensorOptions options = {.address = FIRST_ADDRESS, .is_known = TRUE, .is_away = TRUE};
	FakeSensor *sensor = fake_bluez_add_sensor(fixture->fake, &options);

	fixture->timing.find_ms = 150;
	fixture->timing.discovery_first_ms = 20;
	bluez_fixture_admit(fixture, FIRST_ADDRESS, ROLL_ADMIT_UNKNOWN);
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(count(fixture, "StopDiscovery") == 1);
	bluez_fixture_pair(fixture, FIRST_ADDRESS, TRUE);
	WAIT_FOR(count(fixture, "StopDiscovery") == 2);
	if (!GPOINTER_TO_INT(is_away))
		fake_sensor_set_away(sensor, FALSE); /* no search runs that would see it */
	WAIT_FOR(fixture->n_answers == 1);
	g_assert_cmpuint(count(fixture, "Pair"), ==, 1);
	g_assert_cmpint(fake_sensor_is_paired(sensor), ==, !GPOINTER_TO_INT(is_away));
	if (GPOINTER_TO_INT(is_away))
		g_assert_nonnull(strstr(fixture->answer->message, "it cannot be reached"));
}

static void
test_no_adapter(BluezFixture *fixture, gconstpointer unused)
{
	(void)unused;
	ask(fixture, FAKE_LOCK_CUTS);
	fake_bluez_set_powered(fixture->fake, "hci0", FALSE);
	WAIT_FOR(strstr(get_status(fixture)->detail, "switched off"));
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, "bluetoothctl power on");
	fake_bluez_remove_adapter(fixture->fake, "hci0", TRUE);
	WAIT_FOR(strstr(get_status(fixture)->detail, "no Bluetooth adapter"));
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, "no Bluetooth adapter");
	g_assert_cmpuint(count(fixture, "Pair"), ==, 0);
}

/* By another program: it streams at once, and there is nothing left to do. */
static void
test_paired_elsewhere(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = ask(fixture, FAKE_LOCK_CUTS);

	(void)unused;
	fake_sensor_set_paired(sensor, TRUE);
	expect_streaming(fixture, sensor);
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, "paired already");
	g_assert_true(g_error_matches(fixture->answer, G_IO_ERROR, G_IO_ERROR_EXISTS));
	g_assert_cmpuint(count(fixture, "Pair"), ==, 0);
}

/* Just Works is not enough for it: told, and its key stays. */
static void
test_wants_a_code(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = ask(fixture, FAKE_LOCK_CODE);

	(void)unused;
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, NULL);
	WAIT_FOR(get_status(fixture)->detail && strstr(get_status(fixture)->detail, "by a code"));
	g_assert_true(fake_sensor_is_paired(sensor));
	g_assert_cmpuint(count(fixture, "RemoveDevice"), ==, 0);
}

static void
test_unpairs(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = ask(fixture, FAKE_LOCK_TELLS);

	(void)unused;
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, FALSE,
				     NULL); /* nothing to take back */
	g_assert_cmpuint(count(fixture, "RemoveDevice"), ==, 0);
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, NULL);
	expect_streaming(fixture, sensor);
	fake_bluez_fail(fixture->fake, "RemoveDevice", 1, "org.bluez.Error.Failed", "not now");
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, FALSE, "not now");
	g_assert_true(fake_sensor_is_paired(sensor));
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, FALSE, NULL);
	g_assert_false(fake_sensor_is_paired(sensor));
	/* Found again, it asks again. */
	WAIT_FOR(get_status(fixture)->asks_pairing && is(fixture, ROLL_LINK_ABSENT));
	g_assert_false(get_status(fixture)->is_paired);
}

/* The key is bluetoothd's: after its end, and after ours, the sensor comes back by itself. */
static void
test_comes_back(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = ask(fixture, FAKE_LOCK_CUTS);

	(void)unused;
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, NULL);
	expect_streaming(fixture, sensor);
	fake_bluez_forget(fixture->fake);
	fake_bluez_vanish(fixture->fake, TRUE);
	WAIT_FOR(is(fixture, ROLL_LINK_ABSENT));
	fake_bluez_return(fixture->fake, NULL);
	expect_streaming(fixture, sensor);
	bluez_fixture_stop(fixture);
	WAIT_FOR(!fake_sensor_is_connected(sensor));
	bluez_fixture_admit(fixture, FIRST_ADDRESS, ROLL_ADMIT_PAIRED);
	g_clear_object(&fixture->bus);
	bluez_fixture_start(fixture, NULL);
	fake_sensor_set_away(sensor, FALSE);
	WAIT_FOR(fake_sensor_is_started(sensor));
	g_assert_cmpuint(count(fixture, "Pair") + count(fixture, "RemoveDevice"), ==, 0);
}

static void
add(const char *name, gconstpointer data, void (*test)(BluezFixture *, gconstpointer))
{
	g_autofree char *path = g_strconcat("/bluez/pairing/", name, NULL);

	g_test_add(path, BluezFixture, data, bluez_fixture_set_up, test, bluez_fixture_tear_down);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	add("asks-by-ending-the-link", GINT_TO_POINTER(FAKE_LOCK_CUTS), test_asks);
	add("asks-by-hiding", GINT_TO_POINTER(FAKE_LOCK_HIDES), test_asks);
	add("asks-by-removal", GINT_TO_POINTER(FAKE_LOCK_DROPS), test_asks);
	add("asks-in-words", GINT_TO_POINTER(FAKE_LOCK_TELLS), test_asks);
	add("asked-again", NULL, test_asked_again);
	add("crashes", NULL, test_crashes);
	add("heard-before", NULL, test_heard_before);
	add("pairs", GINT_TO_POINTER(FAKE_PAIRING_WORKS), test_pairs);
	add("pairs-by-agent", GINT_TO_POINTER(FAKE_PAIRING_ASKS), test_pairs);
	add("pairs-while-streaming", NULL, test_pairs_while_streaming);
	for (gsize i = 0; i < G_N_ELEMENTS(refusals); i++) {
		g_autofree char *name = g_strdup_printf("refused-%s", refusals[i].words);

		add(g_strdelimit(name, " :", '-'), &refusals[i], test_refused);
	}
	add("agent", NULL, test_agent);
	add("times-out", NULL, test_times_out);
	add("two-at-once", NULL, test_two_at_once);
	add("bluetoothd-killed", GINT_TO_POINTER(FALSE), test_bluetoothd_dies);
	add("bluetoothd-stopped", GINT_TO_POINTER(TRUE), test_bluetoothd_dies);
	add("source-ends", NULL, test_source_ends);
	add("not-near", NULL, test_not_near);
	add("known-unseen", GINT_TO_POINTER(FALSE), test_known_unseen);
	add("known-away", GINT_TO_POINTER(TRUE), test_known_unseen);
	add("no-adapter", NULL, test_no_adapter);
	add("paired-elsewhere", NULL, test_paired_elsewhere);
	add("wants-a-code", NULL, test_wants_a_code);
	add("unpairs", NULL, test_unpairs);
	add("comes-back", NULL, test_comes_back);
	return g_test_run();
}
