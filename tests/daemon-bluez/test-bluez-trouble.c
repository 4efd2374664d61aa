/* SPDX-License-Identifier: MIT
 *
 * What is told of that which concerns no one sensor: once when it begins, once when it is well again.
 */
#include "daemon/bluez/bluez-trouble.h"
#include "tests/daemon-bluez/bluez-fixture.h"

static gboolean
is(const BluezFixture *fixture, const char *text)
{
	return g_strcmp0(bluez_fixture_get_trouble(fixture), text) == 0;
}

/* Nothing but these was told, in this order; "" for well. */
static void
check(BluezFixture *fixture, const char *first, const char *second)
{
	bluez_fixture_pass(2 * fixture->timing.trouble_ms); /* for what must not be told */
	g_assert_cmpuint(fixture->troubles->len, ==, second ? 2 : 1);
	g_assert_cmpstr(fixture->troubles->pdata[0], ==, first);
	if (second)
		g_assert_cmpstr(fixture->troubles->pdata[1], ==, second);
}

static void
test_no_adapter(BluezFixture *fixture, gconstpointer unused)
{
	(void)unused;
	fake_bluez_remove_adapter(fixture->fake, "hci0", TRUE);
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(is(fixture, ROLL_TROUBLE_NO_ADAPTER));
	bluez_fixture_add(fixture, FIRST_ADDRESS);
	fake_bluez_add_adapter(fixture->fake, "hci0", ADAPTER_ADDRESS);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_STREAMING));
	check(fixture, ROLL_TROUBLE_NO_ADAPTER, "");
}

static void
test_adapter_off(BluezFixture *fixture, gconstpointer unused)
{
	(void)unused;
	bluez_fixture_stream(fixture);
	fake_bluez_set_powered(fixture->fake, "hci0", FALSE);
	WAIT_FOR(is(fixture, ROLL_TROUBLE_ADAPTER_OFF));
	fake_bluez_set_powered(fixture->fake, "hci0", TRUE);
	WAIT_FOR(is(fixture, ""));
	check(fixture, ROLL_TROUBLE_ADAPTER_OFF, "");
}

/* One that is on is enough. */
static void
test_one_of_two_off(BluezFixture *fixture, gconstpointer unused)
{
	(void)unused;
	fake_bluez_add_adapter(fixture->fake, "hci1", "00:11:22:33:44:01");
	bluez_fixture_stream(fixture);
	fake_bluez_set_powered(fixture->fake, "hci1", FALSE);
	bluez_fixture_pass(2 * fixture->timing.trouble_ms);
	g_assert_cmpuint(fixture->troubles->len, ==, 0);
}

static void
test_no_bluetoothd(BluezFixture *fixture, gconstpointer is_orderly)
{
	bluez_fixture_stream(fixture);
	fake_bluez_vanish(fixture->fake, GPOINTER_TO_INT(is_orderly));
	WAIT_FOR(is(fixture, ROLL_TROUBLE_NO_BLUETOOTHD));
	fake_bluez_return(fixture->fake, NULL);
	WAIT_FOR(is(fixture, ""));
	check(fixture, ROLL_TROUBLE_NO_BLUETOOTHD, "");
}

/* It has the name, and does not answer. */
static void
test_no_answer(BluezFixture *fixture, gconstpointer unused)
{
	(void)unused;
	fixture->timing.trouble_ms = 1;
	fixture->timing.backoff_first_ms = fixture->timing.backoff_last_ms = 300;
	fake_bluez_fail(fixture->fake, "GetManagedObjects", 2, "org.freedesktop.DBus.Error.NoReply",
			"");
	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(is(fixture, ROLL_TROUBLE_NO_ANSWER));
	WAIT_FOR(is(fixture, ""));
	check(fixture, ROLL_TROUBLE_NO_ANSWER, "");
}

static void
test_no_bus(BluezFixture *fixture, gconstpointer unused)
{
	(void)unused;
	bluez_fixture_start_without_bus(fixture);
	WAIT_FOR(is(fixture, ROLL_TROUBLE_NO_BUS));
	bluez_fixture_find_bus(fixture);
	WAIT_FOR(is(fixture, ""));
	check(fixture, ROLL_TROUBLE_NO_BUS, "");
}

static void
test_bus_lost(BluezFixture *fixture, gconstpointer unused)
{
	(void)unused;
	bluez_fixture_start_on_system_bus(fixture);
	WAIT_FOR(fake_bluez_count(fixture->fake, "RegisterApplication") == 1);
	fake_bluez_vanish(fixture->fake, FALSE);
	bluez_fixture_stop_bus(fixture);
	WAIT_FOR(is(fixture, ROLL_TROUBLE_NO_BUS));
	bluez_fixture_restart_bus(fixture);
	WAIT_FOR(is(fixture, ""));
}

/* What passes by itself is not told, nor a sensor that is wanted and not there. */
static void
test_moments(BluezFixture *fixture, gconstpointer unused)
{
	const char *const only[] = {FIRST_ADDRESS, NULL};

	(void)unused;
	fixture->timing.trouble_ms = 1000;
	bluez_fixture_start(fixture, only);
	for (guint i = 0; i < 3; i++) {
		fake_bluez_set_powered(fixture->fake, "hci0", FALSE);
		bluez_fixture_pass(20);
		fake_bluez_set_powered(fixture->fake, "hci0", TRUE);
		bluez_fixture_pass(20);
	}
	bluez_fixture_pass(1500);
	g_assert_true(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_ABSENT));
	g_assert_cmpuint(fixture->troubles->len, ==, 0);
}

static void
add(const char *name, gconstpointer data, void (*test)(BluezFixture *, gconstpointer))
{
	g_autofree char *path = g_strconcat("/bluez/trouble/", name, NULL);

	g_test_add(path, BluezFixture, data, bluez_fixture_set_up, test, bluez_fixture_tear_down);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	add("no-adapter", NULL, test_no_adapter);
	add("adapter-off", NULL, test_adapter_off);
	add("one-of-two-off", NULL, test_one_of_two_off);
	add("no-bluetoothd", GINT_TO_POINTER(TRUE), test_no_bluetoothd);
	add("no-bluetoothd-killed", GINT_TO_POINTER(FALSE), test_no_bluetoothd);
	add("no-answer", NULL, test_no_answer);
	add("no-bus", NULL, test_no_bus);
	add("bus-lost", NULL, test_bus_lost);
	add("moments", NULL, test_moments);
	return g_test_run();
}
