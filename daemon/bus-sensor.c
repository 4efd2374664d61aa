/* SPDX-License-Identifier: MIT */
#include "daemon/bus-parts.h"

#include <math.h>

/* People see no more than this, and a sensor may send each sample by itself. */
#define BETWEEN_MOMENTS_US (50 * G_TIME_SPAN_MILLISECOND)

/* A sensor's object whose moment is looked up when it is asked for: setting ten properties with each value would
 * cost more, and GObject takes no NaN where it is set. */
typedef struct {
	RollSensorSkeleton parent;
	RollBusMoment moment;
	gint64 told_us; /* monotonic: when the last one was told to those who watch */
} BusSensor;

typedef RollSensorSkeletonClass BusSensorClass;

static GType bus_sensor_get_type(void);

G_DEFINE_TYPE(BusSensor, bus_sensor, ROLL_TYPE_SENSOR_SKELETON)

typedef enum {
	MOMENT_TURNED = 1,
	MOMENT_TURNED_SINCE,
	MOMENT_AXIS_LEARNED,
	MOMENT_CONTACT,
	MOMENT_UNCERTAINTY,
	MOMENT_FORCE,
	MOMENT_LOADED,
	MOMENT_KIND,
	MOMENT_MOUNT,
	MOMENT_RADIUS,
	MOMENT_HEAD_END,
	MOMENT_RATE,
	MOMENT_NOMINAL_RATE,
	MOMENT_CLOCK_DRIFT,
} Moment;

static void
get_moment(GObject *object, guint id, GValue *value, GParamSpec *spec)
{
	const RollBusMoment *moment = &((BusSensor *)object)->moment;

	(void)spec; /* id says it all */
	switch ((Moment)id) {
	case MOMENT_TURNED:
		g_value_set_double(value, moment->turned_deg);
		break;
	case MOMENT_TURNED_SINCE:
		g_value_set_int64(value, moment->turned_since_us);
		break;
	case MOMENT_AXIS_LEARNED:
		g_value_set_boolean(value, moment->is_axis_learned);
		break;
	case MOMENT_CONTACT:
		g_value_set_double(value, moment->contact_cm);
		break;
	case MOMENT_UNCERTAINTY:
		g_value_set_double(value, moment->uncertainty_cm);
		break;
	case MOMENT_FORCE:
		g_value_set_double(value, moment->force_n);
		break;
	case MOMENT_LOADED:
		g_value_set_boolean(value, moment->is_loaded);
		break;
	case MOMENT_KIND:
		g_value_set_string(value, moment->kind);
		break;
	case MOMENT_MOUNT:
		g_value_set_string(value, moment->mount);
		break;
	case MOMENT_RADIUS:
		g_value_set_double(value, moment->radius_cm);
		break;
	case MOMENT_HEAD_END:
		g_value_set_double(value, moment->head_end_cm);
		break;
	case MOMENT_RATE:
		g_value_set_double(value, moment->rate_hz);
		break;
	case MOMENT_NOMINAL_RATE:
		g_value_set_double(value, moment->nominal_hz);
		break;
	case MOMENT_CLOCK_DRIFT:
		g_value_set_double(value, moment->drift_ppm);
		break;
	}
}

/* GObject asks for one where a property may be set: these are set as a whole. */
static void
refuse_moment(GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
	(void)value;
	G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, spec);
}

static void
bus_sensor_class_init(BusSensorClass *class)
{
	GObjectClass *object_class = G_OBJECT_CLASS(class);

	object_class->get_property = get_moment;
	object_class->set_property = refuse_moment;
	g_object_class_override_property(object_class, MOMENT_TURNED, "turned");
	g_object_class_override_property(object_class, MOMENT_TURNED_SINCE, "turned-since");
	g_object_class_override_property(object_class, MOMENT_AXIS_LEARNED, "axis-learned");
	g_object_class_override_property(object_class, MOMENT_CONTACT, "contact");
	g_object_class_override_property(object_class, MOMENT_UNCERTAINTY, "uncertainty");
	g_object_class_override_property(object_class, MOMENT_FORCE, "force");
	g_object_class_override_property(object_class, MOMENT_LOADED, "loaded");
	g_object_class_override_property(object_class, MOMENT_KIND, "kind");
	g_object_class_override_property(object_class, MOMENT_MOUNT, "mount");
	g_object_class_override_property(object_class, MOMENT_RADIUS, "radius");
	g_object_class_override_property(object_class, MOMENT_HEAD_END, "head-end");
	g_object_class_override_property(object_class, MOMENT_RATE, "rate");
	g_object_class_override_property(object_class, MOMENT_NOMINAL_RATE, "nominal-rate");
	g_object_class_override_property(object_class, MOMENT_CLOCK_DRIFT, "clock-drift");
}

static void
bus_sensor_init(BusSensor *sensor)
{
	sensor->moment = (RollBusMoment){.turned_deg = NAN,
					 .contact_cm = NAN,
					 .uncertainty_cm = NAN,
					 .speed_cmps = NAN,
					 .force_n = NAN,
					 .kind = "",
					 .mount = "",
					 .radius_cm = NAN,
					 .head_end_cm = NAN,
					 .rate_hz = NAN,
					 .nominal_hz = NAN,
					 .drift_ppm = NAN};
}

const char *
roll_link_get_name(RollLink link)
{
	switch (link) {
	case ROLL_LINK_ABSENT:
		return "absent";
	case ROLL_LINK_CONNECTING:
		return "connecting";
	case ROLL_LINK_STREAMING:
		return "streaming";
	case ROLL_LINK_SILENT:
		return "silent";
	}
	g_assert_not_reached();
}

static void
answer_command(GObject *object, GAsyncResult *result, gpointer user_data)
{
	GDBusMethodInvocation *invocation = user_data;
	g_autoptr(GError) error = NULL;

	(void)object; /* a source is no GObject */
	if (g_task_propagate_boolean(G_TASK(result), &error))
		g_dbus_method_invocation_return_value(invocation, NULL);
	else if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
		g_dbus_method_invocation_return_dbus_error(
			invocation, ROLL_BUS_NAME ".Error.NotSupported", error->message);
	else if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_EXISTS))
		g_dbus_method_invocation_return_dbus_error(
			invocation, ROLL_BUS_NAME ".Error.AlreadyPaired", error->message);
	else
		g_dbus_method_invocation_return_dbus_error(
			invocation, ROLL_BUS_NAME ".Error.Failed", error->message);
}

static gboolean
handle_command(RollBus *bus, RollSensor *sensor, GDBusMethodInvocation *invocation,
	       RollCommand command)
{
	if (!bus->listener.command(bus->listener.user, roll_sensor_get_address(sensor), command,
				   answer_command, invocation))
		g_dbus_method_invocation_return_dbus_error(
			invocation, ROLL_BUS_NAME ".Error.NotSupported",
			"the source of this sensor takes no commands");
	return TRUE;
}

static gboolean
handle_tare(RollSensor *sensor, GDBusMethodInvocation *invocation, gpointer user_data)
{
	return handle_command(user_data, sensor, invocation, ROLL_COMMAND_TARE);
}

static gboolean
handle_identify(RollSensor *sensor, GDBusMethodInvocation *invocation, gpointer user_data)
{
	return handle_command(user_data, sensor, invocation, ROLL_COMMAND_IDENTIFY);
}

static gboolean
ask_for_pairing(RollBus *bus, RollSensor *sensor, GDBusMethodInvocation *invocation, gboolean is_on)
{
	if (!bus->listener.pair(bus->listener.user, roll_sensor_get_address(sensor), is_on,
				answer_command, invocation))
		g_dbus_method_invocation_return_dbus_error(
			invocation, ROLL_BUS_NAME ".Error.NotSupported",
			"the source of this sensor knows no pairing");
	return TRUE;
}

static gboolean
handle_pair(RollSensor *sensor, GDBusMethodInvocation *invocation, gpointer user_data)
{
	return ask_for_pairing(user_data, sensor, invocation, TRUE);
}

static gboolean
handle_unpair(RollSensor *sensor, GDBusMethodInvocation *invocation, gpointer user_data)
{
	return ask_for_pairing(user_data, sensor, invocation, FALSE);
}

static gboolean
handle_mark(RollSensor *sensor, GDBusMethodInvocation *invocation, gpointer user_data)
{
	RollBus *bus = user_data;
	g_autoptr(GError) error = NULL;

	if (bus->listener.mark(bus->listener.user, roll_sensor_get_address(sensor), &error))
		roll_sensor_complete_mark(sensor, invocation);
	else
		g_dbus_method_invocation_return_dbus_error(
			invocation, ROLL_BUS_NAME ".Error.NoSession", error->message);
	return TRUE;
}

static RollSensor *
make_sensor(RollBus *bus, const char *address)
{
	g_autofree char *name = g_strdelimit(g_strdup(address), ":", '_');
	g_autofree char *path = g_strdup_printf(ROLL_BUS_PATH "/sensor/%s", name);
	g_autoptr(RollObjectSkeleton) object = roll_object_skeleton_new(path);
	RollSensor *sensor = g_object_new(bus_sensor_get_type(), NULL);

	roll_sensor_set_address(sensor, address);
	roll_sensor_set_name(sensor, "");
	roll_sensor_set_codec(sensor, "");
	roll_sensor_set_detail(sensor, "");
	roll_sensor_set_link(sensor, roll_link_get_name(ROLL_LINK_ABSENT));
	roll_sensor_set_battery(sensor, -1);
	g_signal_connect(sensor, "handle-tare", G_CALLBACK(handle_tare), bus);
	g_signal_connect(sensor, "handle-identify", G_CALLBACK(handle_identify), bus);
	g_signal_connect(sensor, "handle-pair", G_CALLBACK(handle_pair), bus);
	g_signal_connect(sensor, "handle-unpair", G_CALLBACK(handle_unpair), bus);
	g_signal_connect(sensor, "handle-mark", G_CALLBACK(handle_mark), bus);
	roll_object_skeleton_set_sensor(object, sensor);
	g_dbus_object_manager_server_export(bus->manager, G_DBUS_OBJECT_SKELETON(object));
	g_hash_table_insert(bus->sensors, g_strdup(address), sensor);
	return sensor;
}

static RollSensor *
get_sensor(RollBus *bus, const char *address)
{
	RollSensor *sensor = g_hash_table_lookup(bus->sensors, address);

	return sensor ? sensor : make_sensor(bus, address);
}

void
roll_bus_set_status(RollBus *bus, const RollSensorStatus *status)
{
	RollSensor *sensor = get_sensor(bus, status->address);

	/* What is not known now may have been known before. */
	if (status->name)
		roll_sensor_set_name(sensor, status->name);
	if (status->codec)
		roll_sensor_set_codec(sensor, status->codec);
	if (status->battery_pct >= 0)
		roll_sensor_set_battery(sensor, status->battery_pct);
	roll_sensor_set_detail(sensor, status->detail ? status->detail : "");
	roll_sensor_set_link(sensor, roll_link_get_name(status->link));
	roll_sensor_set_rssi(sensor, status->rssi_dbm);
	roll_sensor_set_paired(sensor, status->is_paired);
	roll_sensor_set_asks_pairing(sensor, status->asks_pairing);
}

void
roll_bus_set_session(RollBus *bus, const char *address, gint64 session)
{
	roll_sensor_set_session(get_sensor(bus, address), session);
}

void
roll_bus_set_counts(RollBus *bus, const char *address, const RollBusCounts *counts)
{
	RollSensor *sensor = get_sensor(bus, address);

	roll_sensor_set_last_sample(sensor, counts->last_sample_us);
	roll_sensor_set_lost_packets(sensor, counts->lost_packets);
	roll_sensor_set_away_packets(sensor, counts->away_packets);
	roll_sensor_set_received_packets(sensor, counts->received_packets);
	roll_sensor_set_refused_values(sensor, counts->refused_values);
}

void
roll_bus_set_moment(RollBus *bus, const char *address, const RollBusMoment *moment)
{
	BusSensor *sensor = (BusSensor *)get_sensor(bus, address);
	gint64 now_us = 0;

	sensor->moment = *moment;
	if (g_hash_table_size(bus->watchers) == 0)
		return;
	now_us = g_get_monotonic_time();
	if (now_us < sensor->told_us + BETWEEN_MOMENTS_US)
		return; /* the next one tells more */
	sensor->told_us = now_us;
	roll_bus_watch_tell(bus, (RollSensor *)sensor, moment);
}

void
roll_bus_emit_event(RollBus *bus, const char *address, gint64 session, gboolean has_newtons,
		    const RollEvent *event)
{
	RollSensor *sensor = get_sensor(bus, address);
	double start_s = (double)event->start_us / G_USEC_PER_SEC;
	double end_s = (double)event->end_us / G_USEC_PER_SEC;
	double mean_n = has_newtons ? event->mean_force : NAN;
	double peak_n = has_newtons ? event->peak_force : NAN;

	if (event->kind == ROLL_EVENT_PASS)
		roll_sensor_emit_pass(sensor, session, start_s, end_s, event->from_m * 100,
				      event->to_m * 100, mean_n, peak_n);
	else if (event->kind == ROLL_EVENT_HOLD)
		roll_sensor_emit_hold(sensor, session, start_s, end_s, event->from_m * 100, mean_n,
				      peak_n);
}
