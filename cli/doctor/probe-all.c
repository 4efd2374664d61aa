/* SPDX-License-Identifier: MIT */
#include "cli/doctor/probe-parts.h"

#include <unistd.h>

const RollstatPlaces rollstat_places = {
	.sys = "/sys/class",
	.bluetoothd = "/usr/libexec/bluetooth/bluetoothd:/usr/lib/bluetooth/bluetoothd:"
		      "/usr/sbin/bluetoothd",
	.rfkill = "/usr/sbin/rfkill:/sbin/rfkill:/usr/bin/rfkill",
	.linger = "/var/lib/systemd/linger",
	.terminfo = "/etc/terminfo:/lib/terminfo:/usr/share/terminfo:/usr/lib/terminfo",
};

/* What the threads ask by. Each writes facts of its own. */
typedef struct {
	const RollstatPlaces *places;
	GDBusConnection *own, *system; /* NULL: there is no such bus */
	RollstatFacts *facts;
} Round;

static gpointer
connect_own(gpointer data)
{
	Round *round = data;
	round->own = rollstat_probe_connect(G_BUS_TYPE_SESSION, &round->facts->service.own.bus);
	return NULL;
}

static gpointer
connect_system(gpointer data)
{
	Round *round = data;
	round->system = rollstat_probe_connect(G_BUS_TYPE_SYSTEM, &round->facts->bluetooth.bus);
	round->facts->service.system.bus = round->facts->bluetooth.bus;
	return NULL;
}

static gpointer
ask_bluez(gpointer data)
{
	Round *round = data;
	rollstat_probe_bluez(round->system, round->places, &round->facts->bluetooth);
	return NULL;
}

static gpointer
ask_own_unit(gpointer data)
{
	Round *round = data;
	if (round->own != NULL)
		rollstat_probe_unit(round->own, "rollerd.service", &round->facts->service.own.unit);
	return NULL;
}

static gpointer
ask_system_units(gpointer data)
{
	Round *round = data;
	RollstatServiceFacts *service = &round->facts->service;
	if (round->system == NULL)
		return NULL;
	rollstat_probe_unit(round->system, "rollerd.service", &service->system.unit);
	if (service->system.unit.answer != ROLLSTAT_REPLY_LATE)
		rollstat_probe_unit(round->system, "bluetooth.service", &service->bluetooth);
	return NULL;
}

static gpointer
ask_linger(gpointer data)
{
	Round *round = data;
	if (round->system != NULL)
		rollstat_probe_linger(round->system, round->places, &round->facts->service);
	return NULL;
}

static gpointer
ask_clock(gpointer data)
{
	Round *round = data;
	if (round->system != NULL)
		rollstat_probe_clock(round->system, &round->facts->machine);
	return NULL;
}

static gpointer
ask_own_daemon(gpointer data)
{
	Round *round = data;
	if (round->own != NULL)
		rollstat_probe_daemon(round->own, FALSE, &round->facts->service.own);
	return NULL;
}

static gpointer
ask_system_daemon(gpointer data)
{
	Round *round = data;
	if (round->system != NULL)
		rollstat_probe_daemon(round->system, TRUE, &round->facts->service.system);
	return NULL;
}

static gpointer
check_config(gpointer data)
{
	Round *round = data;
	rollstat_probe_config(&round->facts->service);
	return NULL;
}

static gpointer
look_at_database(gpointer data)
{
	Round *round = data;
	rollstat_probe_database(&round->facts->database);
	return NULL;
}

/* All at the same time; returns when the last one is done. probes: ended by NULL. */
static void
run_together(const GThreadFunc *probes, Round *round)
{
	g_autoptr(GPtrArray) threads = g_ptr_array_new();
	for (; *probes != NULL; probes++)
		g_ptr_array_add(threads, g_thread_new("probe", *probes, round));
	for (guint i = 0; i < threads->len; i++)
		g_thread_join(threads->pdata[i]);
}

/* What the daemon writes, else what rollstat would read. */
static void
choose_database(const RollstatServiceFacts *service, const char *database,
		RollstatDatabaseFacts *ret_facts)
{
	const RollstatDaemonFacts *daemon = rollstat_facts_get_daemon(service);
	gboolean is_system = rollstat_facts_is_system(service);
	g_autofree char *system = roll_database_dup_default_path(TRUE);
	g_autofree char *usual = roll_database_dup_default_path(is_system);
	if (database != NULL)
		ret_facts->path = g_strdup(database);
	else if (daemon->status != NULL && *daemon->status->database != '\0')
		ret_facts->path = g_strdup(daemon->status->database);
	else if (!g_file_test(usual, G_FILE_TEST_EXISTS) && access(system, R_OK) == 0)
		ret_facts->path = g_strdup(system);
	else
		ret_facts->path = g_strdup(usual);
	ret_facts->is_system = g_str_equal(ret_facts->path, system);
	g_autofree char *own = roll_database_dup_default_path(FALSE);
	ret_facts->is_usual = ret_facts->is_system || g_str_equal(ret_facts->path, own);
}

/* A daemon that ran once left it. */
static gboolean
has_history(gboolean is_system)
{
	g_autofree char *path = roll_database_dup_default_path(is_system);
	g_autofree char *folder = g_path_get_dirname(path);
	return g_file_test(folder, G_FILE_TEST_IS_DIR);
}

void
rollstat_probe(const RollstatContext *context, const RollstatPlaces *places, gboolean is_system,
	       const char *database, RollstatFacts *ret_facts)
{
	const GThreadFunc connecting[] = {connect_own, connect_system, NULL};
	const GThreadFunc asking[] = {ask_bluez, ask_own_unit,	 ask_system_units,  ask_linger,
				      ask_clock, ask_own_daemon, ask_system_daemon, NULL};
	const GThreadFunc looking[] = {check_config, look_at_database, NULL};
	Round round = {.places = places, .facts = ret_facts};
	*ret_facts = (RollstatFacts){.service = {.is_system_wanted = is_system,
						 .has_own_history = has_history(FALSE),
						 .has_system_history = has_history(TRUE)}};
	rollstat_probe_machine(context, places, &ret_facts->machine);
	rollstat_probe_radio(places, &ret_facts->bluetooth);
	run_together(connecting, &round);
	run_together(asking, &round);
	choose_database(&ret_facts->service, database, &ret_facts->database);
	run_together(looking, &round);
	g_clear_object(&round.own);
	g_clear_object(&round.system);
}
