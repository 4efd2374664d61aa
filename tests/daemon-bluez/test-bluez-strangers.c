/* SPDX-License-Identifier: MIT
 *
 * Who is not to be heard: no link, no value, told once; and the key of a sensor that was paired is never removed.
 */
#include "tests/daemon-bluez/bluez-fixture.h"
#include "tests/support/fake-pairing.h"

#include <string.h>

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

static void
expect_streaming(BluezFixture *fixture, FakeSensor *sensor)
{
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_STREAMING));
	bluez_fixture_expect_sample(fixture, sensor, FIRST_ADDRESS);
}

typedef struct {
	RollAdmission admission;
	const char *words;
} Bar;

static const Bar bars[] = {
	{ROLL_ADMIT_PAIRED,
	 "not the sensor that was paired; if you reset it: rollstat pair " FIRST_ADDRESS},
	{ROLL_ADMIT_NAMESAKE, "it has the name of a sensor that was paired, and is another one; "},
	{ROLL_ADMIT_UNKNOWN, "it is not known, and hear=known; "},
};

static void
test_barred(BluezFixture *fixture, gconstpointer data)
{
	const Bar *bar = data;
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	bluez_fixture_admit(fixture, FIRST_ADDRESS, bar->admission);
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(get_status(fixture)->notice);
	g_assert_true(g_str_has_prefix(get_status(fixture)->notice, bar->words));
	g_assert_nonnull(strstr(get_status(fixture)->notice, "rollstat pair " FIRST_ADDRESS));
	g_assert_cmpstr(get_status(fixture)->notice, ==, get_status(fixture)->detail);
	g_assert_cmpint(get_status(fixture)->link, ==, ROLL_LINK_ABSENT);
	bluez_fixture_pass(300); /* many back-offs */
	g_assert_cmpuint(count(fixture, "Connect") + count(fixture, "RemoveDevice"), ==, 0);
	g_assert_cmpuint(get_status(fixture)->n_told, ==, 1);
	/* Another program's link is not ours to end, and not ours to use. */
	fake_sensor_connect(sensor);
	bluez_fixture_pass(100);
	g_assert_cmpuint(count(fixture, "ReadValue") + count(fixture, "Disconnect"), ==, 0);
	g_assert_cmpuint(bluez_fixture_count(fixture, FIRST_ADDRESS, NULL), ==, 0);
	/* The person says otherwise. */
	bluez_fixture_admit(fixture, FIRST_ADDRESS, ROLL_ADMIT_ANY);
	expect_streaming(fixture, sensor);
	g_assert_cmpstr(get_status(fixture)->notice, ==, NULL);
}

/* What we let come back by itself, and would no more: it is let go for good. */
static void
test_barred_later(BluezFixture *fixture, gconstpointer data)
{
	const Bar *bar = data;
	FakeSensor *sensor = bluez_fixture_stream(fixture);

	WAIT_FOR(fake_sensor_is_trusted(sensor));
	bluez_fixture_admit(fixture, FIRST_ADDRESS, bar->admission);
	WAIT_FOR(get_status(fixture)->notice);
	WAIT_FOR(!fake_sensor_is_connected(sensor) && !fake_sensor_is_trusted(sensor));
	g_assert_true(g_str_has_prefix(get_status(fixture)->notice, bar->words));
	fake_bluez_forget(fixture->fake);
	fake_sensor_set_away(sensor, TRUE);
	fake_sensor_set_away(sensor, FALSE);
	bluez_fixture_pass(200);
	g_assert_false(fake_sensor_is_connected(sensor));
	g_assert_cmpuint(count(fixture, "Connect") + count(fixture, "RemoveDevice"), ==, 0);
}

/* By the person's word for this very address. */
static void
test_barred_then_paired(BluezFixture *fixture, gconstpointer data)
{
	const Bar *bar = data;
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	bluez_fixture_admit(fixture, FIRST_ADDRESS, bar->admission);
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(get_status(fixture)->notice);
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, NULL);
	bluez_fixture_admit(fixture, FIRST_ADDRESS, ROLL_ADMIT_PAIRED);
	expect_streaming(fixture, sensor);
	g_assert_true(get_status(fixture)->is_paired);
}

/* The key is lost while it streams. */
static void
test_key_lost(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);

	(void)unused;
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, NULL);
	bluez_fixture_admit(fixture, FIRST_ADDRESS, ROLL_ADMIT_PAIRED);
	expect_streaming(fixture, sensor);
	fake_sensor_set_paired(sensor, FALSE);
	WAIT_FOR(!fake_sensor_is_connected(sensor));
	WAIT_FOR(get_status(fixture)->notice);
	g_assert_nonnull(strstr(get_status(fixture)->notice, "not the sensor that was paired"));
}

/* Another device with the address of one that was paired: it has no key, so the host ends each link. It is told, tried
 * less and less often, and the true one's key stays: when that is back it is heard. */
static void
test_cloned(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor = bluez_fixture_stream(fixture);
	guint n_values;

	(void)unused;
	fake_sensor_set_lock(sensor, FAKE_LOCK_TELLS);
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, NULL);
	bluez_fixture_admit(fixture, FIRST_ADDRESS, ROLL_ADMIT_PAIRED);
	expect_streaming(fixture, sensor);
	n_values = bluez_fixture_count(fixture, FIRST_ADDRESS, NULL);
	fake_bluez_forget(fixture->fake);
	fake_sensor_replace(sensor);
	WAIT_FOR(get_status(fixture)->notice);
	g_assert_nonnull(
		strstr(get_status(fixture)->notice, "it may not be the sensor that was paired"));
	g_assert_nonnull(strstr(get_status(fixture)->notice, "rollstat unpair " FIRST_ADDRESS));
	g_assert_cmpuint(count(fixture, "ReadValue") + count(fixture, "RemoveDevice"), ==, 0);
	g_assert_cmpuint(bluez_fixture_count(fixture, FIRST_ADDRESS, NULL), ==, n_values);
	g_assert_true(fake_sensor_is_paired(sensor));
	g_assert_false(get_status(fixture)->asks_pairing);
	/* It was reset: as the notice says. */
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, FALSE, NULL);
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, NULL);
	expect_streaming(fixture, sensor);
	g_assert_cmpstr(get_status(fixture)->notice, ==, NULL);
}

/* A stale picture of its services is no reason to remove a key. */
static void
test_stale_keeps_the_key(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor;

	(void)unused;
	fixture->timing.resolve_ms = 50;
	sensor = bluez_fixture_stream(fixture);
	bluez_fixture_expect_pairing(fixture, FIRST_ADDRESS, TRUE, NULL);
	expect_streaming(fixture, sensor);
	fake_sensor_make_stale(sensor, ROLL_UUID_ROLLER_FEATURE);
	fake_sensor_hide(sensor, ROLL_UUID_ROLLER_FEATURE);
	WAIT_FOR(count(fixture, "Disconnect") >= 4);
	g_assert_cmpuint(count(fixture, "RemoveDevice"), ==, 0);
	g_assert_true(fake_sensor_is_paired(sensor));
}

/* The adapter that has the key goes before the one that hears it better. */
static void
test_two_adapters(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensorOptions options = {.address = FIRST_ADDRESS, .adapter = "hci1", .is_known = TRUE};
	FakeSensor *first = bluez_fixture_add(fixture, FIRST_ADDRESS);
	FakeSensor *second;

	(void)unused;
	fake_bluez_add_adapter(fixture->fake, "hci1", "00:11:22:33:44:66");
	second = fake_bluez_add_sensor(fixture->fake, &options);
	fake_sensor_set_paired(second, TRUE);
	bluez_fixture_admit(fixture, FIRST_ADDRESS, ROLL_ADMIT_PAIRED);
	bluez_fixture_start(fixture, NULL);
	expect_streaming(fixture, second);
	g_assert_false(fake_sensor_is_connected(first));
}

/* One that was met before is told of although it is not there, and taken when it is. */
static void
test_met(BluezFixture *fixture, gconstpointer unused)
{
	FakeSensor *sensor;

	(void)unused;
	bluez_fixture_admit(fixture, FIRST_ADDRESS, ROLL_ADMIT_PAIRED);
	bluez_fixture_start(fixture, NULL);
	fixture->source->meet(fixture->source, FIRST_ADDRESS, "Mine");
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_ABSENT));
	g_assert_cmpstr(get_status(fixture)->name, ==, "Mine");
	g_assert_cmpstr(get_status(fixture)->notice, ==, NULL);
	sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);
	WAIT_FOR(get_status(fixture)->notice);
	g_assert_cmpstr(get_status(fixture)->name, ==, "Roller");
	fake_sensor_set_paired(sensor, TRUE);
	expect_streaming(fixture, sensor);
}

static void
add(const char *name, gconstpointer data, void (*test)(BluezFixture *, gconstpointer))
{
	g_autofree char *path = g_strconcat("/bluez/strangers/", name, NULL);

	g_test_add(path, BluezFixture, data, bluez_fixture_set_up, test, bluez_fixture_tear_down);
}

int
main(int argc, char **argv)
{
	static const char *const names[] = {"without-key", "namesake", "unknown"};

	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(bars); i++) {
		g_autofree char *later = g_strconcat(names[i], "-later", NULL);
		g_autofree char *paired = g_strconcat(names[i], "-then-paired", NULL);

		add(names[i], &bars[i], test_barred);
		add(later, &bars[i], test_barred_later);
		add(paired, &bars[i], test_barred_then_paired);
	}
	add("key-lost", NULL, test_key_lost);
	add("cloned", NULL, test_cloned);
	add("stale-keeps-the-key", NULL, test_stale_keeps_the_key);
	add("two-adapters", NULL, test_two_adapters);
	add("met", NULL, test_met);
	return g_test_run();
}
