/* SPDX-License-Identifier: MIT */
#include "cli/report/json.h"
#include "cli/sensor/status.h"

#include <glib/gi18n-lib.h>

static RollstatInk
get_link_ink(const char *link)
{
	if (g_str_equal(link, "streaming"))
		return ROLLSTAT_INK_GREEN;
	return g_str_equal(link, "absent") ? ROLLSTAT_INK_DIM : ROLLSTAT_INK_YELLOW;
}

/* "3 s ago", "12 min ago", "5 h ago", "40 days ago". */
static char *
dup_ago(gint64 t_us, gint64 now_us)
{
	gint64 ago_s = MAX(now_us - t_us, 0) / G_USEC_PER_SEC;
	if (ago_s < 120)
		return g_strdup_printf(_("%d s ago"), (int)ago_s);
	if (ago_s < 2 * 3600)
		return g_strdup_printf(_("%d min ago"), (int)(ago_s / 60));
	if (ago_s < 2 * 86400)
		return g_strdup_printf(_("%d h ago"), (int)(ago_s / 3600));
	return g_strdup_printf(_("%d days ago"), (int)(ago_s / 86400));
}

const char *
rollstat_status_get_link_words(const char *link)
{
	static const char *const words[] = {N_("streaming"), N_("absent"), N_("connecting"),
					    N_("silent")};
	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		if (g_str_equal(link, words[i]))
			return _(words[i]);
	return link;
}

static void
append_sensor(const RollstatView *view, const RollstatSensor *sensor, gint64 now_us, GString *out)
{
	const char *shown = sensor->nickname != NULL ? sensor->nickname
			    : *sensor->name != '\0'  ? sensor->name
						     : sensor->address;
	g_autofree char *name = rollstat_style_dup_clean(&view->style, shown);
	g_autofree char *link = rollstat_style_dup_clean(
		&view->style, rollstat_status_get_link_words(sensor->link));
	g_autofree char *battery = g_strdup_printf("%d %%", sensor->battery_pct);
	g_autofree char *signal = g_strdup_printf(_("%d dBm"), sensor->rssi_dbm);
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, sensor->session);
	g_autofree char *session = g_strdup_printf(_("%s is open"), number);
	g_autofree char *ago = dup_ago(sensor->last_us, now_us);
	g_autofree char *lost = g_strdup_printf(
		ngettext("%u packet", "%u packets", sensor->lost_packets), sensor->lost_packets);
	g_autofree char *refused = g_strdup_printf(
		ngettext("%u value", "%u values", sensor->refused_values), sensor->refused_values);
	g_string_append_c(out, '\n');
	rollstat_style_append(&view->style, out, ROLLSTAT_INK_BOLD, name);
	g_string_append(out, "  ");
	rollstat_style_append(&view->style, out, get_link_ink(sensor->link), link);
	g_string_append_c(out, '\n');
	rollstat_style_append_fact(&view->style, out, _("why"), sensor->detail);
	rollstat_style_append_fact(&view->style, out, _("address"), sensor->address);
	rollstat_style_append_fact(&view->style, out, _("calls itself"),
				   sensor->nickname != NULL ? sensor->name : "");
	rollstat_style_append_fact(&view->style, out, _("paired"),
				   sensor->is_paired ? _("yes") : "");
	rollstat_style_append_fact(&view->style, out, _("decoder"), sensor->codec);
	rollstat_style_append_fact(&view->style, out, _("battery"),
				   sensor->battery_pct >= 0 ? battery : "");
	rollstat_style_append_fact(&view->style, out, _("signal"),
				   sensor->rssi_dbm != 0 ? signal : "");
	rollstat_style_append_fact(&view->style, out, _("last sample"),
				   sensor->last_us != 0 ? ago : _("none yet"));
	rollstat_style_append_fact(&view->style, out, _("session"),
				   sensor->session != 0 ? session : "");
	rollstat_style_append_fact(&view->style, out, _("lost"),
				   sensor->lost_packets > 0 ? lost : "");
	rollstat_style_append_fact(&view->style, out, _("refused"),
				   sensor->refused_values > 0 ? refused : "");
}

void
rollstat_render_status(const RollstatView *view, const RollstatStatus *status, gint64 now_us,
		       GString *out)
{
	g_autofree char *version = rollstat_style_dup_clean(&view->style, status->version);
	g_autofree char *title = g_strdup_printf("rollerd %s", version);
	rollstat_style_append(&view->style, out, ROLLSTAT_INK_BOLD, title);
	g_string_append(out, status->is_system ? _("  on the system bus\n")
					       : _("  on the session bus\n"));
	rollstat_style_append_fact(&view->style, out, _("source"), status->source);
	rollstat_style_append_fact(&view->style, out, _("database"), status->database);
	rollstat_style_append_fact(&view->style, out, _("configuration"), status->configuration);
	if (*status->trouble != '\0') {
		g_autofree char *trouble = rollstat_style_dup_clean(&view->style, status->trouble);
		rollstat_style_append_note(&view->style, out, ROLLSTAT_INK_RED, "! ", trouble);
		g_string_append_printf(out, _("  Each link of the chain: rollstat %sdoctor\n"),
				       status->is_system ? "--system " : "");
	}
	if (status->sensors->len == 0)
		g_string_append(out, _("\n  No sensor is known to it.\n"));
	for (guint i = 0; i < status->sensors->len; i++)
		append_sensor(view, g_ptr_array_index(status->sensors, i), now_us, out);
}

static json_object *
new_sensor(const RollstatSensor *sensor)
{
	json_object *object = json_object_new_object();
	json_object_object_add(object, "address", rollstat_json_new_text(sensor->address));
	json_object_object_add(object, "name", rollstat_json_new_text(sensor->name));
	json_object_object_add(object, "decoder", rollstat_json_new_text(sensor->codec));
	json_object_object_add(object, "link", rollstat_json_new_text(sensor->link));
	json_object_object_add(object, "detail", rollstat_json_new_text(sensor->detail));
	json_object_object_add(object, "paired", json_object_new_boolean(sensor->is_paired));
	json_object_object_add(object, "asks_pairing",
			       json_object_new_boolean(sensor->asks_pairing));
	json_object_object_add(object, "battery_pct",
			       sensor->battery_pct >= 0 ? json_object_new_int(sensor->battery_pct)
							: NULL);
	json_object_object_add(object, "rssi_dbm",
			       sensor->rssi_dbm != 0 ? json_object_new_int(sensor->rssi_dbm)
						     : NULL);
	json_object_object_add(object, "last_sample",
			       sensor->last_us != 0 ? rollstat_json_new_time(sensor->last_us)
						    : NULL);
	json_object_object_add(object, "session",
			       sensor->session != 0 ? json_object_new_int64(sensor->session)
						    : NULL);
	json_object_object_add(object, "lost_packets", json_object_new_int64(sensor->lost_packets));
	json_object_object_add(object, "refused_values",
			       json_object_new_int64(sensor->refused_values));
	json_object_object_add(object, "nickname", rollstat_json_new_text(sensor->nickname));
	return object;
}

void
rollstat_json_append_status(const RollstatStatus *status, GString *out)
{
	json_object *object = json_object_new_object(), *sensors = json_object_new_array();
	json_object_object_add(object, "version", rollstat_json_new_text(status->version));
	json_object_object_add(object, "bus",
			       json_object_new_string(status->is_system ? "system" : "session"));
	json_object_object_add(object, "source", rollstat_json_new_text(status->source));
	json_object_object_add(object, "database", rollstat_json_new_text(status->database));
	json_object_object_add(object, "configuration",
			       rollstat_json_new_text(status->configuration));
	json_object_object_add(object, "trouble", rollstat_json_new_text(status->trouble));
	for (guint i = 0; i < status->sensors->len; i++)
		json_object_array_add(sensors, new_sensor(g_ptr_array_index(status->sensors, i)));
	json_object_object_add(object, "sensors", sensors);
	rollstat_json_append(object, out);
}
