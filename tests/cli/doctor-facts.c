/* SPDX-License-Identifier: MIT */
#include "tests/cli/doctor-facts.h"

#include <string.h>

typedef enum {
	INT,
	LONG,
	DOUBLE,
	TEXT,
} Kind;

typedef enum {
	FACTS,
	OWN_STATUS,
	SENSOR,
} Base;

typedef struct {
	const char *name;
	Base base;
	Kind kind;
	gsize offset;
} Field;

#define FACT(name, kind, field)                                                                    \
	{                                                                                          \
		name, FACTS, kind, G_STRUCT_OFFSET(RollstatFacts, field)                           \
	}
#define UNIT(name, field)                                                                          \
	FACT(name ".reply", INT, field.answer), FACT(name ".load", TEXT, field.load),              \
		FACT(name ".active", TEXT, field.active), FACT(name ".sub", TEXT, field.sub),      \
		FACT(name ".file", TEXT, field.file), FACT(name ".result", TEXT, field.result),    \
		FACT(name ".restarts", INT, field.n_restarts)

static const Field fields[] = {
	FACT("radios", INT, bluetooth.n_radios),
	FACT("soft", INT, bluetooth.is_soft_blocked),
	FACT("hard", INT, bluetooth.is_hard_blocked),
	FACT("bus", INT, bluetooth.bus),
	FACT("bluez", INT, bluetooth.bluez),
	FACT("adapters", INT, bluetooth.n_adapters),
	FACT("powered", INT, bluetooth.is_powered),
	FACT("adapter", TEXT, bluetooth.adapter),
	FACT("major", INT, bluetooth.major),
	FACT("minor", INT, bluetooth.minor),
	FACT("installed", INT, bluetooth.is_installed),
	FACT("rfkill", INT, bluetooth.has_rfkill),
	FACT("system-wanted", INT, service.is_system_wanted),
	FACT("own-history", INT, service.has_own_history),
	FACT("system-history", INT, service.has_system_history),
	FACT("own.bus", INT, service.own.bus),
	FACT("own", INT, service.own.answer),
	FACT("system.bus", INT, service.system.bus),
	FACT("system", INT, service.system.answer),
	UNIT("unit", service.own.unit),
	UNIT("system-unit", service.system.unit),
	UNIT("bluetooth", service.bluetooth),
	FACT("linger", INT, service.linger),
	FACT("lingering", INT, service.is_lingering),
	FACT("check", INT, service.check),
	FACT("config-fault", TEXT, service.config_fault),
	FACT("config-there", INT, service.has_config),
	FACT("path", TEXT, database.path),
	FACT("there", INT, database.is_there),
	FACT("db-system", INT, database.is_system),
	FACT("usual", INT, database.is_usual),
	FACT("readable", INT, database.is_readable),
	FACT("member", INT, database.is_member),
	FACT("open-fault", TEXT, database.open_fault),
	FACT("code", INT, database.code),
	FACT("bytes", LONG, database.n_bytes),
	FACT("free", LONG, database.free_bytes),
	FACT("checked", INT, database.is_checked),
	FACT("damage", TEXT, database.damage),
	FACT("writable", INT, database.is_writable),
	FACT("sessions", LONG, database.n_sessions),
	FACT("last", LONG, database.last_us),
	FACT("backup", LONG, database.backup_us),
	FACT("copy", LONG, database.copy_us),
	FACT("kept", TEXT, database.kept),
	FACT("kept-at", LONG, database.kept_us),
	FACT("hidden", TEXT, database.hidden),
	FACT("heard-at", LONG, database.heard_us),
	FACT("heard", TEXT, database.heard),
	FACT("container", INT, machine.is_container),
	FACT("zone", TEXT, machine.zone),
	FACT("has-zone", INT, machine.has_zone),
	FACT("zone-known", INT, machine.is_zone_known),
	FACT("clock", INT, machine.clock),
	FACT("synchronised", INT, machine.is_synchronised),
	FACT("synchronising", INT, machine.is_synchronising),
	FACT("synchronisable", INT, machine.can_synchronise),
	FACT("width", INT, machine.style.width),
	FACT("utf8", INT, machine.style.has_utf8),
	FACT("terminal", INT, machine.is_terminal),
	FACT("term-known", INT, machine.is_term_known),
	{"version", OWN_STATUS, TEXT, G_STRUCT_OFFSET(RollstatStatus, version)},
	{"trouble", OWN_STATUS, TEXT, G_STRUCT_OFFSET(RollstatStatus, trouble)},
	{"link", SENSOR, TEXT, G_STRUCT_OFFSET(RollstatSensor, link)},
	{"detail", SENSOR, TEXT, G_STRUCT_OFFSET(RollstatSensor, detail)},
	{"asks", SENSOR, INT, G_STRUCT_OFFSET(RollstatSensor, asks_pairing)},
	{"paired", SENSOR, INT, G_STRUCT_OFFSET(RollstatSensor, is_paired)},
	{"battery", SENSOR, INT, G_STRUCT_OFFSET(RollstatSensor, battery_pct)},
	{"sampled", SENSOR, LONG, G_STRUCT_OFFSET(RollstatSensor, last_us)},
	{"lost", SENSOR, INT, G_STRUCT_OFFSET(RollstatSensor, lost_packets)},
	{"away", SENSOR, INT, G_STRUCT_OFFSET(RollstatSensor, away_packets)},
	{"received", SENSOR, INT, G_STRUCT_OFFSET(RollstatSensor, received_packets)},
	{"rate", SENSOR, DOUBLE, G_STRUCT_OFFSET(RollstatSensor, rate_hz)},
	{"drift", SENSOR, DOUBLE, G_STRUCT_OFFSET(RollstatSensor, drift_ppm)},
};

static void
free_sensor(gpointer data)
{
	RollstatSensor *sensor = data;
	char *texts[] = {sensor->path,	sensor->address, sensor->name,
			 sensor->codec, sensor->link,	 sensor->detail};
	for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
		g_free(texts[i]);
	g_free(sensor);
}

static RollstatStatus *
make_status(void)
{
	RollstatStatus *status = g_new0(RollstatStatus, 1);
	RollstatSensor *sensor = g_new0(RollstatSensor, 1);
	status->version = g_strdup(ROLLSTAT_VERSION);
	status->source = g_strdup("bluez");
	status->database = g_strdup("/home/anna/.local/share/rollerd/rollerd.db");
	status->configuration = g_strdup("/home/anna/.config/rollerd/rollerd.conf");
	status->trouble = g_strdup("");
	status->sensors = g_ptr_array_new_with_free_func(free_sensor);
	sensor->address = g_strdup("C0:FF:EE:00:00:01");
	sensor->name = g_strdup("Roller");
	sensor->link = g_strdup("streaming");
	sensor->detail = g_strdup("");
	sensor->battery_pct = 87;
	sensor->last_us = DOCTOR_NOW_US - 200000;
	sensor->received_packets = 1000;
	sensor->lost_packets = 3;
	sensor->rate_hz = 99.9;
	sensor->nominal_hz = 100;
	sensor->drift_ppm = -20;
	g_ptr_array_add(status->sensors, sensor);
	return status;
}

void
doctor_facts_init(RollstatFacts *facts)
{
	*facts = (RollstatFacts){
		.bluetooth = {.n_radios = 1, .n_adapters = 1, .major = 5, .minor = 66},
		.machine = {.now_us = DOCTOR_NOW_US,
			    .style = {.width = 80, .has_colour = TRUE, .has_utf8 = TRUE}},
	};
	facts->service.config = g_strdup("/home/anna/.config/rollerd/rollerd.conf");
	facts->database.path = g_strdup("/home/anna/.local/share/rollerd/rollerd.db");
	facts->database.version = 4;
	facts->database.last_us = DOCTOR_NOW_US - G_GINT64_CONSTANT(3600) * G_USEC_PER_SEC;
	facts->database.backup_us = DOCTOR_NOW_US - G_GINT64_CONSTANT(5) * 86400 * G_USEC_PER_SEC;
	facts->machine.term = g_strdup("xterm-256color");
	facts->service.own.status = make_status();
	doctor_facts_change(
		facts, "bus=GIVEN bluez=GIVEN powered=1 installed=1 rfkill=1 "
		       "adapter=hci0_00:11:22:33:44:55 own.bus=GIVEN own=GIVEN "
		       "system.bus=GIVEN system=NOBODY unit.reply=GIVEN "
		       "unit.load=loaded unit.active=active unit.sub=running "
		       "unit.file=enabled unit.result=success linger=GIVEN lingering=1 "
		       "check=GIVEN config-there=1 there=1 bytes=12345678 "
		       "free=79000000000 checked=1 writable=1 sessions=321 "
		       "usual=1 readable=1 zone=Europe/Berlin has-zone=1 zone-known=1 clock=GIVEN "
		       "synchronised=1 synchronising=1 synchronisable=1 terminal=1 term-known=1");
}

static int
read_reply(const char *word)
{
	static const char *const replies[] = {"UNASKED", "GIVEN", "NOBODY",
					      "REFUSED", "LATE",  "FAILED"};
	for (gsize i = 0; i < G_N_ELEMENTS(replies); i++)
		if (g_str_equal(word, replies[i]))
			return (int)i;
	return (int)g_ascii_strtoll(word, NULL, 10);
}

static gpointer
find_base(RollstatFacts *facts, Base base)
{
	switch (base) {
	case OWN_STATUS:
		return facts->service.own.status;
	case SENSOR:
		return facts->service.own.status->sensors->pdata[0];
	case FACTS:
		break;
	}
	return facts;
}

static void
set_field(RollstatFacts *facts, const Field *field, const char *value)
{
	gpointer at = G_STRUCT_MEMBER_P(find_base(facts, field->base), field->offset);
	switch (field->kind) {
	case INT:
		*(int *)at = read_reply(value);
		return;
	case LONG:
		*(gint64 *)at = g_ascii_strtoll(value, NULL, 10);
		return;
	case DOUBLE:
		*(double *)at = g_ascii_strtod(value, NULL);
		return;
	case TEXT:
		g_free(*(char **)at);
		*(char **)at = *value == '\0' ? NULL : g_strdelimit(g_strdup(value), "_", ' ');
		return;
	}
}

void
doctor_facts_change(RollstatFacts *facts, const char *changes)
{
	g_auto(GStrv) words = g_strsplit(changes, " ", -1);
	for (guint i = 0; words[i] != NULL; i++) {
		char *value = strchr(words[i], '=');
		const Field *found = NULL;
		if (*words[i] == '\0')
			continue;
		g_assert_nonnull(value);
		*value++ = '\0';
		for (gsize k = 0; k < G_N_ELEMENTS(fields); k++)
			if (g_str_equal(fields[k].name, words[i]))
				found = &fields[k];
		if (found == NULL)
			g_error("no fact %s", words[i]);
		set_field(facts, found, value);
	}
}
