/* SPDX-License-Identifier: MIT */
#include "daemon/bluez/bluez-report.h"

void
roll_bluez_report_init(RollBluezReport *report, const RollSink *sink, const char *address)
{
	*report = (RollBluezReport){.sink = sink, .address = g_strdup(address), .battery_pct = -1};
}

void
roll_bluez_report_clear(RollBluezReport *report)
{
	g_free(report->address);
	g_free(report->name);
	g_free(report->detail);
	g_free(report->told);
}

void
roll_bluez_report_set_name(RollBluezReport *report, const char *name)
{
	if (g_strcmp0(report->name, name) == 0)
		return;
	g_free(report->name);
	report->name = g_strdup(name);
}

void
roll_bluez_report_set_detail(RollBluezReport *report, const char *detail)
{
	char *copy = g_strdup(detail);

	g_free(report->detail);
	report->detail = copy;
}

void
roll_bluez_report_tell(RollBluezReport *report, RollLink link, int rssi_dbm)
{
	RollSensorStatus status = {
		.address = report->address,
		.name = report->name,
		.codec = report->codec,
		.detail = report->hindrance ? report->hindrance : report->detail,
		.link = link,
		.battery_pct = report->battery_pct,
		.rssi_dbm = rssi_dbm,
		.notice = report->notice,
		.is_paired = report->is_paired,
		.asks_pairing = report->asks_pairing,
	};
	g_autofree char *all = NULL;

	if (!status.detail && link == ROLL_LINK_ABSENT)
		status.detail = "not in sight";
	all = g_strdup_printf("%d\n%d\n%d%d\n%s\n%s\n%s\n%s", link, status.battery_pct,
			      status.is_paired, status.asks_pairing,
			      status.notice ? status.notice : "", status.name ? status.name : "",
			      status.codec ? status.codec : "", status.detail ? status.detail : "");
	if (g_strcmp0(report->told, all) == 0)
		return;
	g_free(report->told);
	report->told = g_steal_pointer(&all);
	report->sink->status(report->sink->user, &status);
}
