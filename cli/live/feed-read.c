/* SPDX-License-Identifier: MIT */
#include "cli/live/feed-read.h"

#include <math.h>

#define SENSOR_INTERFACE ROLLSTAT_FEED_NAME ".Sensor"

static char *
dup_text(GDBusProxy *sensor, const char *name)
{
	g_autoptr(GVariant) value = g_dbus_proxy_get_cached_property(sensor, name);
	gboolean is_text = value != NULL && g_variant_is_of_type(value, G_VARIANT_TYPE_STRING);
	return g_strdup(is_text ? g_variant_get_string(value, NULL) : "");
}

static gint
get_int(GDBusProxy *sensor, const char *name, gint otherwise)
{
	g_autoptr(GVariant) value = g_dbus_proxy_get_cached_property(sensor, name);
	gboolean is_int = value != NULL && g_variant_is_of_type(value, G_VARIANT_TYPE_INT32);
	return is_int ? g_variant_get_int32(value) : otherwise;
}

static gint64
get_session(GDBusProxy *sensor)
{
	g_autoptr(GVariant) value = g_dbus_proxy_get_cached_property(sensor, "Session");
	gboolean is_int = value != NULL && g_variant_is_of_type(value, G_VARIANT_TYPE_INT64);
	return is_int ? g_variant_get_int64(value) : 0;
}

static gboolean
is_wanted(GDBusProxy *sensor, const char *wanted)
{
	g_autofree char *address = dup_text(sensor, "Address");
	g_autofree char *name = dup_text(sensor, "Name");
	return g_ascii_strcasecmp(address, wanted) == 0 || g_str_equal(name, wanted);
}

static guint
judge(GDBusProxy *sensor, const char *current)
{
	g_autofree char *link = dup_text(sensor, "Link");
	gboolean is_current = g_strcmp0(g_dbus_proxy_get_object_path(sensor), current) == 0;
	return (g_str_equal(link, "streaming") ? 8U : 0U) + (is_current ? 4U : 0U) +
	       (get_session(sensor) != 0 ? 2U : 0U) + 1U;
}

GDBusProxy *
rollstat_feed_choose(GDBusObjectManager *sensors, const char *wanted, const char *current)
{
	GList *objects = g_dbus_object_manager_get_objects(sensors);
	GDBusProxy *best = NULL;
	guint most = 0;
	for (const GList *at = objects; at != NULL; at = at->next) {
		g_autoptr(GDBusInterface) interface =
			g_dbus_object_get_interface(at->data, SENSOR_INTERFACE);
		if (interface == NULL ||
		    (wanted != NULL && !is_wanted(G_DBUS_PROXY(interface), wanted)))
			continue;
		guint points = judge(G_DBUS_PROXY(interface), current);
		if (points <= most)
			continue;
		most = points;
		g_set_object(&best, G_DBUS_PROXY(interface));
	}
	g_list_free_full(objects, g_object_unref);
	return best;
}

void
rollstat_feed_tell_state(GDBusProxy *sensor, const RollstatFeedListener *listener)
{
	g_autofree char *address = dup_text(sensor, "Address");
	g_autofree char *name = dup_text(sensor, "Name");
	g_autofree char *link = dup_text(sensor, "Link");
	g_autofree char *detail = dup_text(sensor, "Detail");
	const RollstatSensorState state = {
		.label = *name != '\0' ? name : address,
		.link = link,
		.detail = detail,
		.battery_pct = get_int(sensor, "Battery", -1),
		.rssi_dbm = get_int(sensor, "Rssi", 0),
		.session = get_session(sensor),
	};
	listener->sensor(listener->user, &state);
}

static void
tell_moment(GVariant *parameters, const RollstatFeedListener *listener)
{
	RollstatMoment moment;
	g_variant_get(parameters, "(xddddbu)", &moment.sample_us, &moment.contact_cm,
		      &moment.uncertainty_cm, &moment.speed_cmps, &moment.force_n,
		      &moment.is_loaded, &moment.lost_packets);
	listener->moment(listener->user, &moment);
}

static gint64
put_in_us(double seconds)
{
	return isfinite(seconds) ? (gint64)(CLAMP(seconds, -9e12, 9e12) * G_USEC_PER_SEC) : 0;
}

static void
tell_pass(GVariant *parameters, const RollstatFeedListener *listener)
{
	RollstatNews pass = {.kind = ROLLSTAT_NEWS_PASS};
	gint64 session;
	double start_s, end_s;
	g_variant_get(parameters, "(xdddddd)", &session, &start_s, &end_s, &pass.from_cm,
		      &pass.to_cm, &pass.mean_n, &pass.peak_n);
	pass.start_us = put_in_us(start_s);
	pass.end_us = put_in_us(end_s);
	listener->event(listener->user, &pass);
}

static void
tell_hold(GVariant *parameters, const RollstatFeedListener *listener)
{
	RollstatNews hold = {.kind = ROLLSTAT_NEWS_HOLD};
	gint64 session;
	double start_s, end_s;
	g_variant_get(parameters, "(xddddd)", &session, &start_s, &end_s, &hold.from_cm,
		      &hold.mean_n, &hold.peak_n);
	hold.to_cm = hold.from_cm;
	hold.start_us = put_in_us(start_s);
	hold.end_us = put_in_us(end_s);
	listener->event(listener->user, &hold);
}

void
rollstat_feed_tell_signal(const char *name, GVariant *parameters,
			  const RollstatFeedListener *listener)
{
	static const struct {
		const char *name, *form;
		void (*tell)(GVariant *parameters, const RollstatFeedListener *listener);
	} signals[] = {{"Moment", "(xddddbu)", tell_moment},
		       {"Pass", "(xdddddd)", tell_pass},
		       {"Hold", "(xddddd)", tell_hold}};
	for (guint i = 0; i < G_N_ELEMENTS(signals); i++)
		if (g_str_equal(signals[i].name, name) &&
		    g_variant_is_of_type(parameters, G_VARIANT_TYPE(signals[i].form)))
			signals[i].tell(parameters, listener);
}
