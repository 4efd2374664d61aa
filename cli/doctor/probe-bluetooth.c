/* SPDX-License-Identifier: MIT */
#include "cli/doctor/probe-parts.h"

#include <stdio.h>

#define BLUEZ "org.bluez"
#define ADAPTER "org.bluez.Adapter1"

/* A line of a file of the kernel's; given, "" where it cannot be read. */
static char *
read_line(const char *folder, const char *entry, const char *file)
{
	g_autofree char *path = g_build_filename(folder, entry, file, NULL);
	char *text = NULL;
	if (!g_file_get_contents(path, &text, NULL, NULL))
		return g_strdup("");
	return g_strchomp(text);
}

static void
read_switches(const char *folder, RollstatBluetoothFacts *facts)
{
	g_autoptr(GDir) switches = g_dir_open(folder, 0, NULL);
	for (const char *entry; switches != NULL && (entry = g_dir_read_name(switches)) != NULL;) {
		g_autofree char *type = read_line(folder, entry, "type");
		g_autofree char *soft = read_line(folder, entry, "soft");
		g_autofree char *hard = read_line(folder, entry, "hard");
		if (!g_str_equal(type, "bluetooth"))
			continue;
		facts->is_soft_blocked = facts->is_soft_blocked || g_str_equal(soft, "1");
		facts->is_hard_blocked = facts->is_hard_blocked || g_str_equal(hard, "1");
	}
}

void
rollstat_probe_radio(const RollstatPlaces *places, RollstatBluetoothFacts *facts)
{
	g_autofree char *adapters = g_build_filename(places->sys, "bluetooth", NULL);
	g_autofree char *switches = g_build_filename(places->sys, "rfkill", NULL);
	g_autoptr(GDir) folder = g_dir_open(adapters, 0, NULL);
	/* "hci0"; its connections are "hci0:1". */
	for (const char *entry; folder != NULL && (entry = g_dir_read_name(folder)) != NULL;)
		if (g_str_has_prefix(entry, "hci") && strchr(entry, ':') == NULL)
			facts->n_radios++;
	read_switches(switches, facts);
}

/* bluetoothd gives adapters its own version, unless main.conf names another device: "usb:v1D6Bp0246d0542" is 5.66. */
static void
read_modalias(GVariant *properties, RollstatBluetoothFacts *facts)
{
	const char *text = "";
	guint major = 0, minor = 0;
	g_variant_lookup(properties, "Modalias", "&s", &text);
	if (sscanf(text, "usb:v1D6Bp0246d%2x%2x", &major, &minor) != 2)
		return;
	facts->major = major;
	facts->minor = minor;
}

static void
take_adapter(const char *path, GVariant *properties, RollstatBluetoothFacts *facts)
{
	const char *address = "";
	gboolean is_powered = FALSE;
	const char *slash = strrchr(path, '/');
	g_variant_lookup(properties, "Address", "&s", &address);
	g_variant_lookup(properties, "Powered", "b", &is_powered);
	read_modalias(properties, facts);
	facts->n_adapters++;
	if (facts->adapter != NULL && (!is_powered || facts->is_powered))
		return;
	g_free(facts->adapter);
	facts->adapter = g_strdup_printf("%s %s", slash != NULL ? slash + 1 : path, address);
	facts->is_powered = is_powered;
}

static void
ask_bluez(GDBusConnection *system, RollstatBluetoothFacts *facts)
{
	const RollstatQuestion question = {.name = BLUEZ,
					   .path = "/",
					   .interface = "org.freedesktop.DBus.ObjectManager",
					   .method = "GetManagedObjects",
					   .reply = "(a{oa{sa{sv}}})"};
	g_autoptr(GVariant) reply = rollstat_probe_ask(system, &question, &facts->bluez);
	if (reply == NULL)
		return;
	g_autoptr(GVariant) objects = g_variant_get_child_value(reply, 0);
	GVariantIter by_path;
	const char *path;
	GVariant *interfaces;
	g_variant_iter_init(&by_path, objects);
	while (g_variant_iter_loop(&by_path, "{&o@a{sa{sv}}}", &path, &interfaces)) {
		g_autoptr(GVariant) adapter =
			g_variant_lookup_value(interfaces, ADAPTER, G_VARIANT_TYPE_VARDICT);
		if (adapter != NULL)
			take_adapter(path, adapter, facts);
	}
}

static char *
find_program(const char *places)
{
	g_auto(GStrv) paths = g_strsplit(places, ":", -1);
	for (guint i = 0; paths[i] != NULL; i++)
		if (g_file_test(paths[i], G_FILE_TEST_IS_EXECUTABLE))
			return g_strdup(paths[i]);
	return NULL;
}

/* By the program's own word, where the one that runs does not say. */
static void
ask_program(const char *program, RollstatBluetoothFacts *facts)
{
	const char *const arguments[] = {program, "--version", NULL};
	g_auto(RollstatSaid) said = {0};
	guint major = 0, minor = 0;
	if (rollstat_probe_run(arguments, &said) != ROLLSTAT_REPLY_GIVEN ||
	    sscanf(said.out, "%u.%u", &major, &minor) != 2)
		return;
	facts->major = major;
	facts->minor = minor;
}

void
rollstat_probe_bluez(GDBusConnection *system, const RollstatPlaces *places,
		     RollstatBluetoothFacts *facts)
{
	g_autofree char *program = find_program(places->bluetoothd);
	g_autofree char *rfkill = find_program(places->rfkill);
	facts->is_installed = program != NULL;
	facts->has_rfkill = rfkill != NULL;
	if (system != NULL)
		ask_bluez(system, facts);
	if (facts->major == 0 && program != NULL)
		ask_program(program, facts);
}
