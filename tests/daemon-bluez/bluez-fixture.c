/* SPDX-License-Identifier: MIT */
#include "tests/daemon-bluez/bluez-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static void
free_status(gpointer data)
{
	BluezStatus *status = data;

	g_free(status->name);
	g_free(status->codec);
	g_free(status->detail);
	g_free(status->notice);
	g_free(status->all_links);
	g_free(status->all_details);
	g_free(status);
}

gboolean
bluez_fixture_tick(gpointer unused)
{
	(void)unused; /* it only wakes the loop, so that it sees that it is late */
	return G_SOURCE_CONTINUE;
}

static void
take_value(void *user, const RollValue *value)
{
	BluezFixture *fixture = user;

	g_array_append_val(fixture->values, *value);
}

static void
append(char **list, const char *separator, const char *item)
{
	char *longer = *list ? g_strconcat(*list, separator, item, NULL) : g_strdup(item);

	g_free(*list);
	*list = longer;
}

static void
take_status(void *user, const RollSensorStatus *told)
{
	static const char *const names[] = {"absent", "connecting", "streaming", "silent"};
	BluezFixture *fixture = user;
	BluezStatus *status = g_hash_table_lookup(fixture->statuses, told->address);
	gboolean is_new = status == NULL;

	if (is_new) {
		status = g_new0(BluezStatus, 1);
		g_hash_table_insert(fixture->statuses, g_strdup(told->address), status);
	}
	if (is_new || status->link != told->link)
		append(&status->all_links, " ", names[told->link]);
	if (told->detail)
		append(&status->all_details, "\n", told->detail);
	g_free(status->name);
	g_free(status->codec);
	g_free(status->detail);
	status->name = g_strdup(told->name);
	status->codec = g_strdup(told->codec);
	status->detail = g_strdup(told->detail);
	g_free(status->notice);
	status->notice = g_strdup(told->notice);
	status->is_paired = told->is_paired;
	status->asks_pairing = told->asks_pairing;
	status->link = told->link;
	status->battery_pct = told->battery_pct;
	status->n_told++;
}

static RollAdmission
admit(void *user, const char *address, const char *name)
{
	BluezFixture *fixture = user;

	(void)name;
	return (RollAdmission)GPOINTER_TO_INT(g_hash_table_lookup(fixture->admissions, address));
}

static void
take_trouble(void *user, const char *text)
{
	BluezFixture *fixture = user;

	g_ptr_array_add(fixture->troubles, g_strdup(text ? text : ""));
}

const char *
bluez_fixture_get_trouble(const BluezFixture *fixture)
{
	const GPtrArray *troubles = fixture->troubles;

	return troubles->len > 0 ? troubles->pdata[troubles->len - 1] : NULL;
}

static void
take_end(void *user, const GError *error)
{
	BluezFixture *fixture = user;

	fixture->n_ended++;
	g_clear_error(&fixture->ended_error);
	fixture->ended_error = error ? g_error_copy(error) : NULL;
}

static void
start_bus(BluezFixture *fixture)
{
	fixture->dbus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_test_dbus_add_service_dir(fixture->dbus, fixture->services);
	g_test_dbus_up(fixture->dbus);
}

void
bluez_fixture_stop_bus(BluezFixture *fixture)
{
	g_test_dbus_stop(fixture->dbus);
	g_clear_object(&fixture->dbus);
}

void
bluez_fixture_restart_bus(BluezFixture *fixture)
{
	start_bus(fixture);
	g_setenv("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address(fixture->dbus), TRUE);
	fake_bluez_return(fixture->fake, g_test_dbus_get_bus_address(fixture->dbus));
}

void
bluez_fixture_offer(BluezFixture *fixture, const char *program)
{
	g_autofree char *path = g_build_filename(fixture->services, "org.bluez.service", NULL);
	g_autofree char *text =
		g_strdup_printf("[D-BUS Service]\nName=org.bluez\nExec=%s\n", program);
	g_autoptr(GError) error = NULL;

	g_assert_true(g_file_set_contents(path, text, -1, &error));
	g_assert_no_error(error);
}

static gboolean
end_pass(gpointer user_data)
{
	gboolean *is_over = user_data;

	*is_over = TRUE;
	return G_SOURCE_REMOVE;
}

guint
bluez_fixture_pass(guint duration_ms)
{
	gboolean is_over = FALSE;
	guint n_dispatches = 0;

	g_timeout_add(duration_ms, end_pass, &is_over);
	while (!is_over)
		n_dispatches += g_main_context_iteration(NULL, TRUE);
	return n_dispatches;
}

void
bluez_fixture_set_up(BluezFixture *fixture, gconstpointer unused)
{
	(void)unused;
	fixture->services = g_dir_make_tmp("rollerd-services-XXXXXX", NULL);
	g_assert_nonnull(fixture->services);
	start_bus(fixture);
	fixture->timing = roll_bluez_timing_default;
	fixture->timing.backoff_first_ms = 10;
	fixture->timing.backoff_last_ms = 80;
	fixture->timing.start_last_ms = 80;
	fixture->timing.bus_backoff_first_ms = 10;
	fixture->timing.bus_backoff_last_ms = 40;
	fixture->timing.busy_ms = 1;
	fixture->timing.trouble_ms = 100;
	fixture->troubles = g_ptr_array_new_with_free_func(g_free);
	fixture->admissions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	fixture->values = g_array_new(FALSE, FALSE, sizeof(RollValue));
	fixture->statuses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_status);
	fixture->fake = fake_bluez_new(g_test_dbus_get_bus_address(fixture->dbus));
	fake_bluez_add_adapter(fixture->fake, "hci0", ADAPTER_ADDRESS);
}

static void
start(BluezFixture *fixture, const char *const *only)
{
	RollSink sink = {.value = take_value,
			 .status = take_status,
			 .trouble = take_trouble,
			 .ended = take_end,
			 .admit = admit,
			 .user = fixture};
	g_autoptr(GError) error = NULL;

	fixture->source = roll_source_bluez_new_with(fixture->bus, only, &fixture->timing);
	g_assert_true(fixture->source->start(fixture->source, &sink, &error));
	g_assert_no_error(error);
}

void
bluez_fixture_start(BluezFixture *fixture, const char *const *only)
{
	g_autoptr(GError) error = NULL;

	fixture->bus = g_dbus_connection_new_for_address_sync(
		g_test_dbus_get_bus_address(fixture->dbus),
		G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
			G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
		NULL, NULL, &error);
	g_assert_no_error(error);
	start(fixture, only);
}

void
bluez_fixture_find_bus(BluezFixture *fixture)
{
	g_setenv("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address(fixture->dbus), TRUE);
}

void
bluez_fixture_start_on_system_bus(BluezFixture *fixture)
{
	bluez_fixture_find_bus(fixture);
	start(fixture, NULL);
}

void
bluez_fixture_start_without_bus(BluezFixture *fixture)
{
	g_setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere/bus", TRUE);
	start(fixture, NULL);
}

void
bluez_fixture_stop(BluezFixture *fixture)
{
	g_clear_pointer(&fixture->source, roll_source_free);
}

static void
remove_services(BluezFixture *fixture)
{
	g_autofree char *path = g_build_filename(fixture->services, "org.bluez.service", NULL);

	(void)g_remove(path); /* most tests made none */
	g_assert_cmpint(g_rmdir(fixture->services), ==, 0);
	g_free(fixture->services);
}

void
bluez_fixture_tear_down(BluezFixture *fixture, gconstpointer unused)
{
	(void)unused;
	bluez_fixture_stop(fixture);
	if (fixture->bus) {
		/* What is still to be answered comes now, while all that it concerns is gone. */
		(void)g_dbus_connection_close_sync(fixture->bus, NULL, NULL);
		while (g_main_context_iteration(NULL, FALSE))
			;
	}
	g_clear_object(&fixture->bus);
	g_clear_pointer(&fixture->fake, fake_bluez_free);
	bluez_fixture_stop_bus(fixture);
	remove_services(fixture);
	g_array_unref(fixture->values);
	g_hash_table_unref(fixture->statuses);
	g_ptr_array_unref(fixture->troubles);
	g_clear_error(&fixture->ended_error);
	g_clear_error(&fixture->answer);
	g_hash_table_unref(fixture->admissions);
}

void
bluez_fixture_admit(BluezFixture *fixture, const char *address, RollAdmission admission)
{
	g_hash_table_insert(fixture->admissions, g_strdup(address), GINT_TO_POINTER(admission));
	if (fixture->source)
		fixture->source->reconsider(fixture->source);
}

static void
take_answer(GObject *object, GAsyncResult *result, gpointer user_data)
{
	BluezFixture *fixture = user_data;

	(void)object;
	g_clear_error(&fixture->answer);
	g_task_propagate_boolean(G_TASK(result), &fixture->answer);
	fixture->n_answers++;
}

void
bluez_fixture_pair(BluezFixture *fixture, const char *address, gboolean is_on)
{
	fixture->source->pair(fixture->source, address, is_on, take_answer, fixture);
}

void
bluez_fixture_expect_pairing(BluezFixture *fixture, const char *address, gboolean is_on,
			     const char *words)
{
	guint n_before = fixture->n_answers;

	bluez_fixture_pair(fixture, address, is_on);
	WAIT_FOR(fixture->n_answers > n_before);
	if (!words)
		g_assert_no_error(fixture->answer);
	else if (!fixture->answer || !strstr(fixture->answer->message, words))
		g_error("%s: not \"%s\"", fixture->answer ? fixture->answer->message : "done",
			words);
}

FakeSensor *
bluez_fixture_add(BluezFixture *fixture, const char *address)
{
	FakeSensorOptions options = {.address = address};

	return fake_bluez_add_sensor(fixture->fake, &options);
}

const BluezStatus *
bluez_fixture_get_status(BluezFixture *fixture, const char *address)
{
	static const BluezStatus none = {.battery_pct = -1};
	const BluezStatus *status = g_hash_table_lookup(fixture->statuses, address);

	return status ? status : &none;
}

gboolean
bluez_fixture_is(BluezFixture *fixture, const char *address, RollLink link)
{
	const BluezStatus *status = bluez_fixture_get_status(fixture, address);

	return status->n_told > 0 && status->link == link;
}

static gboolean
is_match(const RollValue *value, const char *address, const char *uuid)
{
	return g_str_equal(value->address, address) && (!uuid || g_str_equal(value->uuid, uuid));
}

guint
bluez_fixture_count(const BluezFixture *fixture, const char *address, const char *uuid)
{
	guint n_values = 0;

	for (guint i = 0; i < fixture->values->len; i++)
		n_values += is_match(&g_array_index(fixture->values, RollValue, i), address, uuid);
	return n_values;
}

const RollValue *
bluez_fixture_get_value(const BluezFixture *fixture, const char *address, const char *uuid, guint n)
{
	for (guint i = 0; i < fixture->values->len; i++) {
		const RollValue *value = &g_array_index(fixture->values, RollValue, i);

		if (is_match(value, address, uuid) && n-- == 0)
			return value;
	}
	g_error("there is no such value of %s", uuid);
}

FakeSensor *
bluez_fixture_stream(BluezFixture *fixture)
{
	FakeSensor *sensor = bluez_fixture_add(fixture, FIRST_ADDRESS);

	bluez_fixture_start(fixture, NULL);
	WAIT_FOR(bluez_fixture_is(fixture, FIRST_ADDRESS, ROLL_LINK_STREAMING));
	return sensor;
}

void
bluez_fixture_expect_sample(BluezFixture *fixture, FakeSensor *sensor, const char *address)
{
	guint n_before = bluez_fixture_count(fixture, address, ROLL_UUID_ROLLER_MEASUREMENT);

	g_assert_true(fake_sensor_send_sample(sensor, n_before));
	WAIT_FOR(bluez_fixture_count(fixture, address, ROLL_UUID_ROLLER_MEASUREMENT) > n_before);
}
