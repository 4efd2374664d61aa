/* SPDX-License-Identifier: MIT
 *
 * What rollstat doctor says of a link of the chain from the sensor to the report.
 */
#pragma once

#include "cli/report/render.h"

typedef enum {
	ROLLSTAT_VERDICT_FINE,
	ROLLSTAT_VERDICT_ATTENTION, /* it works, but not as well as it could, or not for long */
	ROLLSTAT_VERDICT_BROKEN,    /* here the chain is cut */
	ROLLSTAT_VERDICT_UNKNOWN,   /* not to be told here, or not before another link is mended */
	ROLLSTAT_VERDICTS,
} RollstatVerdict;

/* In the order of the chain. */
typedef enum {
	ROLLSTAT_LINK_BUS,
	ROLLSTAT_LINK_ADAPTER,
	ROLLSTAT_LINK_RFKILL,
	ROLLSTAT_LINK_BLUETOOTHD,
	ROLLSTAT_LINK_BLUEZ_VERSION,
	ROLLSTAT_LINK_POWER,
	ROLLSTAT_LINK_SERVICE,
	ROLLSTAT_LINK_RUNNING,
	ROLLSTAT_LINK_ENABLED,
	ROLLSTAT_LINK_LINGER,
	ROLLSTAT_LINK_CRASHES,
	ROLLSTAT_LINK_POLICY,
	ROLLSTAT_LINK_DAEMON,
	ROLLSTAT_LINK_VERSION,
	ROLLSTAT_LINK_TROUBLE,
	ROLLSTAT_LINK_CONFIGURATION,
	ROLLSTAT_LINK_SENSOR,
	ROLLSTAT_LINK_PAIRING,
	ROLLSTAT_LINK_SAMPLES,
	ROLLSTAT_LINK_RATE,
	ROLLSTAT_LINK_LOSS,
	ROLLSTAT_LINK_DRIFT,
	ROLLSTAT_LINK_BATTERY,
	ROLLSTAT_LINK_DATABASE,
	ROLLSTAT_LINK_HEALTH,
	ROLLSTAT_LINK_WRITABLE,
	ROLLSTAT_LINK_ROOM,
	ROLLSTAT_LINK_BACKUP,
	ROLLSTAT_LINK_ZONE,
	ROLLSTAT_LINK_CLOCK,
	ROLLSTAT_LINK_TERMINAL,
	ROLLSTAT_LINKS,
} RollstatLink;

typedef struct {
	RollstatLink link;
	RollstatVerdict verdict;
	char *sensor; /* address of the one it is about; NULL: of none */
	char *label;  /* the same for people */
	char *detail; /* what was found */
	char *mend;   /* what to do, a command or an action a line; NULL: nothing */
} RollstatFinding;

/* For scripts: "bluetoothd", "fine"; static. */
const char *rollstat_finding_get_link_name(RollstatLink link);
const char *rollstat_finding_get_verdict_name(RollstatVerdict verdict);

/* For people, translated; static. */
const char *rollstat_finding_get_title(RollstatLink link);

/* Frees it and its text. */
void rollstat_finding_free(RollstatFinding *finding);

/* For people: a line a finding and more where it does not fit, the mend below it, the sum last. findings: of
 * RollstatFinding. */
void rollstat_finding_render_all(const RollstatView *view, const GPtrArray *findings, GString *out);

/* For scripts: a list of {"link", "sensor", "verdict", "detail", "mend"}, null where there is none. detail and mend are for
 * people all the same, and translated. */
void rollstat_finding_append_json(const GPtrArray *findings, GString *out);

/* How many have a verdict. */
guint rollstat_finding_count(const GPtrArray *findings, RollstatVerdict verdict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatFinding, rollstat_finding_free)
