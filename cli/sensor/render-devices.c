/* SPDX-License-Identifier: MIT */
#include "cli/report/render.h"

#include <glib/gi18n-lib.h>

static char *
dup_moment(const RollstatView *view, gint64 t_us)
{
	g_autofree char *day = rollstat_day_dup_long(rollstat_day_of(t_us, view->zone));
	g_autofree char *clock = rollstat_day_dup_clock(t_us, view->zone);
	return g_strdup_printf("%s, %s", day, clock);
}

static void
append_device(const RollstatView *view, const RollstatDevice *device, GString *out)
{
	g_autofree char *clean = rollstat_style_dup_clean(
		&view->style, device->nickname != NULL ? device->nickname
			      : device->name != NULL   ? device->name
						       : _("(without a name)"));
	g_autofree char *battery = g_strdup_printf("%d %%", device->battery_pct);
	g_autofree char *sessions = g_strdup_printf("%u", device->sessions);
	g_autofree char *first = dup_moment(view, device->first_us);
	g_autofree char *last = dup_moment(view, device->last_us);
	rollstat_style_append_note(&view->style, out, ROLLSTAT_INK_BOLD, "", clean);
	rollstat_style_append_fact(&view->style, out, _("address"), device->address);
	rollstat_style_append_fact(&view->style, out, _("calls itself"),
				   device->nickname != NULL ? device->name : NULL);
	rollstat_style_append_fact(&view->style, out, _("manufacturer"), device->manufacturer);
	rollstat_style_append_fact(&view->style, out, _("model"), device->model);
	rollstat_style_append_fact(&view->style, out, _("firmware"), device->firmware);
	rollstat_style_append_fact(&view->style, out, _("decoder"), device->codec);
	rollstat_style_append_fact(&view->style, out, _("battery"),
				   device->battery_pct >= 0 ? battery : NULL);
	rollstat_style_append_fact(&view->style, out, _("paired"),
				   device->is_paired ? _("yes") : NULL);
	rollstat_style_append_fact(&view->style, out, _("sessions"), sessions);
	rollstat_style_append_fact(&view->style, out, _("first heard"), first);
	rollstat_style_append_fact(&view->style, out, _("last heard"), last);
}

void
rollstat_render_devices(const RollstatView *view, const RollstatDevices *devices, GString *out)
{
	if (devices->devices->len == 0)
		g_string_append(out, _("No sensor was ever heard.\n"));
	for (guint i = 0; i < devices->devices->len; i++) {
		g_string_append(out, i > 0 ? "\n" : "");
		append_device(view, &g_array_index(devices->devices, RollstatDevice, i), out);
	}
}
