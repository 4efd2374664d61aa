/* SPDX-License-Identifier: MIT
 *
 * What is told of a sensor: keeps its status, and tells the sink of each change once.
 */
#pragma once

#include "daemon/source.h"

typedef struct {
	const RollSink *sink; /* borrowed */
	char *address;
	char *name;	   /* NULL: not known */
	const char *codec; /* RollCodec.name; NULL: not known */
	char *detail;	   /* the last failure; NULL: none */
	/* What stands in the way, now; before detail. Interned or static; NULL: nothing. */
	const char *hindrance;
	const char
		*notice; /* what the person has to do before it is heard; interned; NULL: nothing */
	gboolean is_paired, asks_pairing;
	int battery_pct; /* -1: not known */
	char *told;	 /* all of it, as told last */
} RollBluezReport;

/* address: copied, upper case. */
void roll_bluez_report_init(RollBluezReport *report, const RollSink *sink, const char *address);
void roll_bluez_report_clear(RollBluezReport *report);

/* name, detail: copied; detail may be NULL, and may be the present one. */
void roll_bluez_report_set_name(RollBluezReport *report, const char *name);
void roll_bluez_report_set_detail(RollBluezReport *report, const char *detail);

/* Tells the sink, if anything but rssi_dbm changed. rssi_dbm: 0: not known. */
void roll_bluez_report_tell(RollBluezReport *report, RollLink link, int rssi_dbm);
