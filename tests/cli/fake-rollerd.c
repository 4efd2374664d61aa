/* SPDX-License-Identifier: MIT */
#include "tests/cli/fake-rollerd.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define PATH "/org/rollerd1"

enum {
	STEP_US = 1000000, /* stream time from one look to the next */
};

void
fake_rollerd_init(FakeRollerd *fake, const char *text)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *xml = NULL;
	*fake = (FakeRollerd){.n_sensors = 1};
	fake->folder = g_dir_make_tmp("rollstat-XXXXXX", &error);
	g_assert_no_error(error);
	fake->config = g_build_filename(fake->folder, "rollerd.conf", NULL);
	if (text != NULL)
		g_assert_true(g_file_set_contents(fake->config, text, -1, NULL));
	g_assert_true(g_file_get_contents(INTERFACE, &xml, NULL, NULL));
	fake->node = g_dbus_node_info_new_for_xml(xml, &error);
	g_assert_no_error(error);
	fake->bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_test_dbus_up(fake->bus);
	fake->connection = g_dbus_connection_new_for_address_sync(
		g_test_dbus_get_bus_address(fake->bus),
		G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
			G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
		NULL, NULL, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < G_N_ELEMENTS(fake->sensors); i++)
		fake->sensors[i] = (FakeRoller){.address = i == 0 ? FAKE_FIRST : FAKE_SECOND,
						.name = i == 0 ? "Roller" : "Other",
						.link = "streaming",
						.has_motion = TRUE,
						.since_us = 1000,
						.force_n = 3,
						.contact_cm = NAN,
						.uncertainty_cm = NAN,
						.last_us = 2000};
}

static FakeRoller *
find_sensor(FakeRollerd *fake, const char *path)
{
	g_autofree char *address = g_strdelimit(g_path_get_basename(path), "_", ':');
	for (guint i = 0; i < fake->n_sensors; i++) {
		if (g_str_equal(fake->sensors[i].address, address))
			return &fake->sensors[i];
	}
	g_assert_not_reached();
}

static char *
dup_path(const FakeRoller *sensor)
{
	g_autofree char *name = g_strdelimit(g_strdup(sensor->address), ":", '_');
	return g_strdup_printf(PATH "/sensor/%s", name);
}

/* A double of the moment. */
static double
get_double(const FakeRoller *sensor, const char *name)
{
	const RollTrackSettings *settings = &sensor->settings;
	gboolean is_right_way = (settings->travel_sign < 0) == sensor->is_left;
	if (g_str_equal(name, "Turned") && sensor->has_motion)
		return is_right_way ? sensor->turned_deg : -sensor->turned_deg;
	if (g_str_equal(name, "Force"))
		return sensor->force_n;
	if (g_str_equal(name, "Contact"))
		return sensor->contact_cm;
	if (g_str_equal(name, "Uncertainty"))
		return sensor->uncertainty_cm;
	if (g_str_equal(name, "Radius") && !sensor->is_bar)
		return settings->radius_m * 100;
	return g_str_equal(name, "HeadEnd") && sensor->is_bar ? settings->head_end_m * 100 : NAN;
}

static const char *
get_text(const FakeRoller *sensor, const char *name)
{
	if (g_str_equal(name, "Address"))
		return sensor->address;
	if (g_str_equal(name, "Name"))
		return sensor->name;
	if (g_str_equal(name, "Link"))
		return sensor->link;
	if (g_str_equal(name, "Detail") && sensor->detail != NULL)
		return sensor->detail;
	if (g_str_equal(name, "Kind"))
		return sensor->is_bar ? "bar" : "roller";
	if (g_str_equal(name, "Mount") && !sensor->is_bar)
		return sensor->settings.travel_sign < 0 ? "left" : "right";
	return "";
}

static GVariant *
tell_sensor(FakeRoller *sensor, const char *name)
{
	if (g_str_equal(name, "LastSample"))
		return g_variant_new_int64(sensor->last_us += sensor->is_silent ? 0 : STEP_US);
	if (g_str_equal(name, "TurnedSince"))
		return g_variant_new_int64(sensor->since_us);
	if (g_str_equal(name, "Session"))
		return g_variant_new_int64(1);
	if (g_str_equal(name, "Battery") || g_str_equal(name, "Rssi"))
		return g_variant_new_int32(-1);
	if (g_str_equal(name, "LostPackets") || g_str_equal(name, "RefusedValues"))
		return g_variant_new_uint32(0);
	if (g_str_equal(name, "AxisLearned"))
		return g_variant_new_boolean(!sensor->is_light);
	if (g_str_equal(name, "Paired"))
		return g_variant_new_boolean(sensor->is_paired);
	if (g_str_equal(name, "AsksPairing"))
		return g_variant_new_boolean(sensor->asks_pairing);
	if (g_str_equal(name, "Loaded"))
		return g_variant_new_boolean(sensor->is_loaded);
	if (g_str_equal(name, "ReceivedPackets"))
		return g_variant_new_uint32(100);
	if (strstr("Turned Contact Uncertainty Force Radius HeadEnd Rate NominalRate ClockDrift",
		   name) != NULL)
		return g_variant_new_double(get_double(sensor, name));
	return g_variant_new_string(get_text(sensor, name));
}

static GVariant *
tell_property(GDBusConnection *connection, const char *sender, const char *path,
	      const char *interface, const char *name, GError **error, gpointer data)
{
	FakeRollerd *fake = data;
	(void)connection, (void)sender, (void)error; /* there is one of each */
	if (g_str_equal(interface, "org.rollerd1.Sensor"))
		return tell_sensor(find_sensor(fake, path), name);
	if (g_str_equal(name, "Database") && fake->database != NULL)
		return g_variant_new_string(fake->database);
	if (g_str_equal(name, "Trouble") && fake->trouble != NULL)
		return g_variant_new_string(fake->trouble);
	if (g_str_equal(name, "Version"))
		return g_variant_new_string("9.9");
	return g_variant_new_string(g_str_equal(name, "Configuration") ? fake->config : "");
}

static GVariant *
tell_objects(FakeRollerd *fake)
{
	GDBusInterfaceInfo *interface =
		g_dbus_node_info_lookup_interface(fake->node, "org.rollerd1.Sensor");
	GVariantBuilder objects;
	g_variant_builder_init(&objects, G_VARIANT_TYPE("a{oa{sa{sv}}}"));
	for (guint i = 0; i < fake->n_sensors; i++) {
		g_autofree char *path = dup_path(&fake->sensors[i]);
		g_variant_builder_open(&objects, G_VARIANT_TYPE("{oa{sa{sv}}}"));
		g_variant_builder_add(&objects, "o", path);
		g_variant_builder_open(&objects, G_VARIANT_TYPE("a{sa{sv}}"));
		g_variant_builder_open(&objects, G_VARIANT_TYPE("{sa{sv}}"));
		g_variant_builder_add(&objects, "s", interface->name);
		g_variant_builder_open(&objects, G_VARIANT_TYPE("a{sv}"));
		for (guint k = 0; interface->properties[k] != NULL; k++)
			g_variant_builder_add(
				&objects, "{sv}", interface->properties[k]->name,
				tell_sensor(&fake->sensors[i], interface->properties[k]->name));
		for (guint k = 0; k < 2; k++) {
			g_variant_builder_close(&objects);
			g_variant_builder_close(&objects);
		}
	}
	return g_variant_new("(@a{oa{sa{sv}}})", g_variant_builder_end(&objects));
}

/* FALSE and error: as the true one has it. */
static gboolean
take_config(FakeRollerd *fake, GError **error)
{
	g_autoptr(GError) cause = NULL;
	g_autoptr(RollConfig) config = roll_config_load(fake->config, &cause);
	if (g_error_matches(cause, ROLL_CONFIG_ERROR, ROLL_CONFIG_ERROR_ABSENT)) {
		g_clear_error(&cause);
		config = roll_config_load(NULL, &cause);
	}
	if (config == NULL) {
		g_propagate_error(error, g_steal_pointer(&cause));
		return FALSE;
	}
	for (guint i = 0; i < fake->n_sensors; i++)
		roll_config_resolve(config, NULL, fake->sensors[i].address, NULL,
				    &fake->sensors[i].settings);
	return TRUE;
}

static void
answer_pairing(FakeRollerd *fake, FakeRoller *sensor, gboolean is_on,
	       GDBusMethodInvocation *invocation)
{
	if (fake->pair_error != NULL) {
		g_autofree char *name = g_strdup_printf("org.rollerd1.Error.%s", fake->pair_error);
		g_dbus_method_invocation_return_dbus_error(invocation, name, "it will not pair");
		return;
	}
	sensor->is_paired = is_on;
	sensor->asks_pairing = FALSE;
	g_dbus_method_invocation_return_value(invocation, NULL);
}

static void
answer_call(GDBusConnection *connection, const char *sender, const char *path,
	    const char *interface, const char *method, GVariant *arguments,
	    GDBusMethodInvocation *invocation, gpointer data)
{
	FakeRollerd *fake = data;
	g_autoptr(GError) error = NULL;
	(void)connection, (void)sender, (void)interface, (void)arguments;
	if (g_str_equal(method, "GetManagedObjects")) {
		g_dbus_method_invocation_return_value(invocation, tell_objects(fake));
		return;
	}
	if (g_str_equal(method, "Pair") || g_str_equal(method, "Unpair")) {
		answer_pairing(fake, find_sensor(fake, path), g_str_equal(method, "Pair"),
			       invocation);
		return;
	}
	if (g_str_equal(method, "Tare") && fake->tare_error != NULL) {
		g_autofree char *name = g_strdup_printf("org.rollerd1.Error.%s", fake->tare_error);
		g_dbus_method_invocation_return_dbus_error(invocation, name, "it will not");
		return;
	}
	if (g_str_equal(method, "Tare")) {
		fake->n_tares++;
		find_sensor(fake, path)->force_n = fake->tared_n;
	} else {
		fake->n_reloads++;
	}
	if (g_str_equal(method, "Reload") && !fake->takes_any && !take_config(fake, &error))
		g_dbus_method_invocation_return_dbus_error(
			invocation, "org.rollerd1.Error.Configuration", error->message);
	else
		g_dbus_method_invocation_return_value(invocation, NULL);
}

static void
note_name(GDBusConnection *connection, const char *name, gpointer data)
{
	(void)connection, (void)name; /* there is one of each */
	((FakeRollerd *)data)->is_owner = TRUE;
}

static void
play(FakeRollerd *fake, const char *path, GDBusInterfaceInfo *interface)
{
	static const GDBusInterfaceVTable table = {.method_call = answer_call,
						   .get_property = tell_property};
	g_autoptr(GError) error = NULL;
	g_dbus_connection_register_object(fake->connection, path, interface, &table, fake, NULL,
					  &error);
	g_assert_no_error(error);
}

void
fake_rollerd_begin(FakeRollerd *fake)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GDBusNodeInfo) manager = g_dbus_node_info_new_for_xml(
		"<node><interface name='org.freedesktop.DBus.ObjectManager'>"
		"<method name='GetManagedObjects'><arg type='a{oa{sa{sv}}}' direction='out'/>"
		"</method></interface></node>",
		&error);
	g_assert_no_error(error);
	play(fake, PATH, manager->interfaces[0]);
	play(fake, PATH, g_dbus_node_info_lookup_interface(fake->node, "org.rollerd1"));
	for (guint i = 0; i < fake->n_sensors; i++) {
		g_autofree char *path = dup_path(&fake->sensors[i]);
		play(fake, path,
		     g_dbus_node_info_lookup_interface(fake->node, "org.rollerd1.Sensor"));
		roll_track_settings_init(&fake->sensors[i].settings);
	}
	fake->owner = g_bus_own_name_on_connection(fake->connection, "org.rollerd1", 0, note_name,
						   NULL, fake, NULL);
	while (!fake->is_owner)
		g_main_context_iteration(NULL, TRUE);
}

void
fake_rollerd_leave(FakeRollerd *fake)
{
	if (fake->owner != 0)
		g_bus_unown_name(fake->owner);
	fake->owner = 0;
	g_dbus_connection_flush_sync(fake->connection, NULL, NULL);
}

void
fake_rollerd_clear(FakeRollerd *fake)
{
	fake_rollerd_leave(fake);
	g_dbus_connection_close_sync(fake->connection, NULL, NULL);
	g_clear_object(&fake->connection);
	g_test_dbus_down(fake->bus);
	g_clear_object(&fake->bus);
	g_clear_pointer(&fake->node, g_dbus_node_info_unref);
	g_autoptr(GDir) folder = g_dir_open(fake->folder, 0, NULL);
	for (const char *name; (name = g_dir_read_name(folder)) != NULL;) {
		g_autofree char *path = g_build_filename(fake->folder, name, NULL);
		g_unlink(path);
	}
	g_rmdir(fake->folder);
	g_clear_pointer(&fake->folder, g_free);
	g_clear_pointer(&fake->config, g_free);
}

char *
fake_rollerd_dup_config(const FakeRollerd *fake)
{
	char *text = NULL;
	return g_file_get_contents(fake->config, &text, NULL, NULL) ? text : NULL;
}
