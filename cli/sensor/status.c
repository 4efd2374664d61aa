/* SPDX-License-Identifier: MIT */
#include "cli/sensor/status.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <signal.h>

#define BUS_NAME "org.rollerd1"
#define BUS_PATH "/org/rollerd1"
#define SENSOR_INTERFACE "org.rollerd1.Sensor"

enum {
	ANSWER_WITHIN_MS = 3000,
};

G_DEFINE_QUARK(rollstat - status - error - quark, rollstat_status_error)

static void
free_sensor(gpointer pointer)
{
	RollstatSensor *sensor = pointer;
	g_free(sensor->path);
	g_free(sensor->address);
	g_free(sensor->name);
	g_free(sensor->nickname);
	g_free(sensor->codec);
	g_free(sensor->link);
	g_free(sensor->detail);
	g_free(sensor);
}

void
rollstat_status_read_nicknames(RollstatStatus *status)
{
	g_autoptr(sqlite3) db = roll_database_open(status->database, ROLL_DATABASE_READER, NULL);
	for (guint i = 0; db != NULL && i < status->sensors->len; i++) {
		RollstatSensor *sensor = g_ptr_array_index(status->sensors, i);
		g_free(sensor->nickname);
		sensor->nickname = rollstat_devices_dup_nickname(db, sensor->address);
	}
}

void
rollstat_status_free(RollstatStatus *status)
{
	if (status == NULL)
		return;
	g_free(status->version);
	g_free(status->source);
	g_free(status->database);
	g_free(status->configuration);
	g_clear_object(&status->bus);
	g_free(status->trouble);
	g_clear_pointer(&status->sensors, g_ptr_array_unref);
	g_free(status);
}

/* A property as text; "" where it is absent or of another kind. */
static char *
dup_property(GVariant *properties, const char *name)
{
	const char *text = "";
	g_variant_lookup(properties, name, "&s", &text);
	return g_strdup(text);
}

static RollstatSensor *
new_sensor(const char *path, GVariant *properties)
{
	RollstatSensor *sensor = g_new0(RollstatSensor, 1);
	sensor->path = g_strdup(path);
	sensor->address = dup_property(properties, "Address");
	sensor->name = dup_property(properties, "Name");
	sensor->codec = dup_property(properties, "Codec");
	sensor->link = dup_property(properties, "Link");
	sensor->detail = dup_property(properties, "Detail");
	g_variant_lookup(properties, "Paired", "b", &sensor->is_paired);
	g_variant_lookup(properties, "AsksPairing", "b", &sensor->asks_pairing);
	sensor->battery_pct = -1;
	g_variant_lookup(properties, "Battery", "i", &sensor->battery_pct);
	g_variant_lookup(properties, "Rssi", "i", &sensor->rssi_dbm);
	g_variant_lookup(properties, "LastSample", "x", &sensor->last_us);
	g_variant_lookup(properties, "Session", "x", &sensor->session);
	g_variant_lookup(properties, "LostPackets", "u", &sensor->lost_packets);
	g_variant_lookup(properties, "AwayPackets", "u", &sensor->away_packets);
	g_variant_lookup(properties, "ReceivedPackets", "u", &sensor->received_packets);
	sensor->rate_hz = sensor->nominal_hz = sensor->drift_ppm = NAN;
	g_variant_lookup(properties, "Rate", "d", &sensor->rate_hz);
	g_variant_lookup(properties, "NominalRate", "d", &sensor->nominal_hz);
	g_variant_lookup(properties, "ClockDrift", "d", &sensor->drift_ppm);
	g_variant_lookup(properties, "RefusedValues", "u", &sensor->refused_values);
	sensor->motion = rollstat_motion_read(properties);
	return sensor;
}

static int
compare_sensors(gconstpointer a, gconstpointer b)
{
	const RollstatSensor *first = *(RollstatSensor *const *)a;
	const RollstatSensor *second = *(RollstatSensor *const *)b;
	return g_strcmp0(first->address, second->address);
}

static GVariant *
call(GDBusConnection *bus, const char *interface, const char *method, GVariant *arguments,
     GError **error)
{
	return g_dbus_connection_call_sync(bus, BUS_NAME, BUS_PATH, interface, method, arguments,
					   NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_WITHIN_MS,
					   NULL, error);
}

static void
read_sensors(GVariant *objects, GPtrArray *sensors)
{
	GVariantIter by_path;
	const char *path;
	GVariant *interfaces;
	g_variant_iter_init(&by_path, objects);
	while (g_variant_iter_loop(&by_path, "{&o@a{sa{sv}}}", &path, &interfaces)) {
		g_autoptr(GVariant) properties = g_variant_lookup_value(
			interfaces, SENSOR_INTERFACE, G_VARIANT_TYPE_VARDICT);
		if (properties != NULL)
			g_ptr_array_add(sensors, new_sensor(path, properties));
	}
	g_ptr_array_sort(sensors, compare_sensors);
}

RollstatStatus *
rollstat_status_ask(GDBusConnection *bus, gboolean is_system, GError **error)
{
	g_autoptr(GVariant) all = call(bus, "org.freedesktop.DBus.Properties", "GetAll",
				       g_variant_new("(s)", BUS_NAME), error);
	if (all == NULL)
		return NULL;
	g_autoptr(GVariant) managed =
		call(bus, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects", NULL, error);
	if (managed == NULL)
		return NULL;
	if (!g_variant_is_of_type(all, G_VARIANT_TYPE("(a{sv})")) ||
	    !g_variant_is_of_type(managed, G_VARIANT_TYPE("(a{oa{sa{sv}}})"))) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
			    _("asking rollerd: it answers in an unknown form"));
		return NULL;
	}
	g_autoptr(GVariant) properties = g_variant_get_child_value(all, 0);
	g_autoptr(GVariant) objects = g_variant_get_child_value(managed, 0);
	RollstatStatus *status = g_new0(RollstatStatus, 1);
	status->version = dup_property(properties, "Version");
	status->source = dup_property(properties, "Source");
	status->database = dup_property(properties, "Database");
	status->configuration = dup_property(properties, "Configuration");
	status->trouble = dup_property(properties, "Trouble");
	status->sensors = g_ptr_array_new_with_free_func(free_sensor);
	read_sensors(objects, status->sensors);
	status->is_system = is_system;
	status->bus = g_object_ref(bus);
	return status;
}

/* The thread that GIO begins for it lets signals pass: whoever waits for them by signalfd would not get those. */
static GDBusConnection *
connect_bus(GBusType type, GError **error)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	GDBusConnection *bus = g_bus_get_sync(type, NULL, error);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return bus;
}

static RollstatStatus *
fetch_on(GBusType type, GError **error)
{
	g_autoptr(GDBusConnection) bus = connect_bus(type, error);
	if (bus == NULL)
		return NULL;
	/* GIO would end the program with the bus, without a word. */
	g_dbus_connection_set_exit_on_close(bus, FALSE);
	return rollstat_status_ask(bus, type == G_BUS_TYPE_SYSTEM, error);
}

gboolean
rollstat_status_has_session_bus(void)
{
	g_autofree char *path = g_build_filename(g_get_user_runtime_dir(), "bus", NULL);
	return g_getenv("DBUS_SESSION_BUS_ADDRESS") != NULL ||
	       g_file_test(path, G_FILE_TEST_EXISTS);
}

/* As the policy of the system bus has it. */
static gboolean
is_refused(const GError *error)
{
	return g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED);
}

static char *
dup_reason(GError *error)
{
	if (error == NULL)
		return g_strdup(_("there is none"));
	if (g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
	    g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER))
		return g_strdup(_("it is not running there"));
	if (is_refused(error))
		return g_strdup(_("only root and members of group rollerd may ask it"));
	g_dbus_error_strip_remote_error(error);
	return g_strdup(error->message);
}

static const char *
get_remedy(gboolean is_system, const GError *on_system)
{
	if (!is_system)
		return _("Start it: systemctl --user start rollerd\n"
			 "What stands in its way: rollstat doctor\n"
			 "History needs no daemon: rollstat today");
	if (is_refused(on_system))
		return _("Join them: sudo adduser \"$USER\" rollerd, then log in again");
	return _("Start it: sudo systemctl start rollerd\n"
		 "What stands in its way: rollstat --system doctor\n"
		 "History needs no daemon: rollstat --system today");
}

RollstatStatus *
rollstat_status_fetch(gboolean is_system, GError **error)
{
	g_autoptr(GError) on_session = NULL;
	g_autoptr(GError) on_system = NULL;
	RollstatStatus *status = NULL;
	if (!is_system && rollstat_status_has_session_bus())
		status = fetch_on(G_BUS_TYPE_SESSION, &on_session);
	if (status == NULL)
		status = fetch_on(G_BUS_TYPE_SYSTEM, &on_system);
	if (status != NULL)
		return status;
	g_autofree char *session_reason = is_system ? NULL : dup_reason(on_session);
	g_autofree char *system_reason = dup_reason(on_system);
	const char *remedy = get_remedy(is_system, on_system);
	if (is_system)
		g_set_error(error, ROLLSTAT_STATUS_ERROR, ROLLSTAT_STATUS_ERROR_ABSENT,
			    _("rollerd does not answer (system bus: %s).\n%s"), system_reason,
			    remedy);
	else
		g_set_error(error, ROLLSTAT_STATUS_ERROR, ROLLSTAT_STATUS_ERROR_ABSENT,
			    _("rollerd does not answer (session bus: %s; system bus: %s).\n%s"),
			    session_reason, system_reason, remedy);
	return NULL;
}

/* Everything from outside is put on a terminal without its control characters. */
char *
rollstat_status_dup_label(const RollstatSensor *sensor)
{
	RollstatStyle plain = {.has_utf8 = TRUE};
	g_autofree char *label = g_strdup_printf("%s%s%s", sensor->name,
						 *sensor->name == '\0' ? "" : " ", sensor->address);
	return rollstat_style_dup_clean(&plain, label);
}

const RollstatSensor *
rollstat_status_find(const RollstatStatus *status, const char *wanted, GError **error)
{
	const RollstatSensor *found = NULL;
	g_autoptr(GString) known = g_string_new(NULL);
	for (guint i = 0; i < status->sensors->len; i++) {
		const RollstatSensor *sensor = g_ptr_array_index(status->sensors, i);
		g_autofree char *label = rollstat_status_dup_label(sensor);
		g_string_append_printf(known, "%s%s", known->len > 0 ? "; " : "", label);
		if (g_ascii_strcasecmp(sensor->address, wanted) == 0)
			return sensor;
		if (!g_str_equal(sensor->name, wanted))
			continue;
		if (found != NULL) {
			g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED,
				    _("more than one sensor is called \"%s\": name its address"),
				    wanted);
			return NULL;
		}
		found = sensor;
	}
	if (found == NULL)
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED,
			    _("rollerd knows no sensor \"%s\"; it knows: %s"), wanted,
			    known->len > 0 ? known->str : _("none"));
	return found;
}
