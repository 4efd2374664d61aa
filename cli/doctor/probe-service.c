/* SPDX-License-Identifier: MIT */
#include "cli/doctor/probe-parts.h"

#include <string.h>
#include <unistd.h>

#define SYSTEMD "org.freedesktop.systemd1"
#define LOGIND "org.freedesktop.login1"
#define TIMEDATED "org.freedesktop.timedate1"

static char *
dup_text(GVariant *properties, const char *name)
{
	const char *text = "";
	if (properties != NULL)
		g_variant_lookup(properties, name, "&s", &text);
	return g_strdup(text);
}

/* All properties of an interface; given, or NULL. */
static GVariant *
ask_properties(GDBusConnection *bus, const RollstatQuestion *about, RollstatReply *ret_answer)
{
	RollstatQuestion question = *about;
	question.interface = "org.freedesktop.DBus.Properties";
	question.method = "GetAll";
	question.arguments = g_variant_new("(s)", about->interface);
	question.reply = "(a{sv})";
	g_autoptr(GVariant) reply = rollstat_probe_ask(bus, &question, ret_answer);
	return reply != NULL ? g_variant_get_child_value(reply, 0) : NULL;
}

void
rollstat_probe_unit(GDBusConnection *bus, const char *name, RollstatUnitFacts *ret_unit)
{
	const RollstatQuestion load = {.name = SYSTEMD,
				       .path = "/org/freedesktop/systemd1",
				       .interface = SYSTEMD ".Manager",
				       .method = "LoadUnit",
				       .arguments = g_variant_new("(s)", name),
				       .reply = "(o)"};
	g_autoptr(GVariant) unit = NULL;
	g_autoptr(GVariant) service = NULL;
	g_autoptr(GVariant) reply = rollstat_probe_ask(bus, &load, &ret_unit->answer);
	if (reply == NULL)
		return;
	RollstatQuestion about = {.name = SYSTEMD, .interface = SYSTEMD ".Unit"};
	g_variant_get(reply, "(&o)", &about.path);
	unit = ask_properties(bus, &about, &ret_unit->answer);
	ret_unit->load = dup_text(unit, "LoadState");
	ret_unit->active = dup_text(unit, "ActiveState");
	ret_unit->sub = dup_text(unit, "SubState");
	ret_unit->file = dup_text(unit, "UnitFileState");
	if (unit != NULL && g_str_equal(ret_unit->load, "loaded")) {
		about.interface = SYSTEMD ".Service";
		service = ask_properties(bus, &about, &ret_unit->answer);
	}
	ret_unit->result = dup_text(service, "Result");
	if (service != NULL)
		g_variant_lookup(service, "NRestarts", "u", &ret_unit->n_restarts);
}

/* As logind keeps it: a file of the person's name. */
static void
look_for_linger(const RollstatPlaces *places, RollstatServiceFacts *facts)
{
	g_autofree char *path = g_build_filename(places->linger, g_get_user_name(), NULL);
	if (!g_file_test(places->linger, G_FILE_TEST_IS_DIR))
		return;
	facts->linger = ROLLSTAT_REPLY_GIVEN;
	facts->is_lingering = g_file_test(path, G_FILE_TEST_EXISTS);
}

void
rollstat_probe_linger(GDBusConnection *system, const RollstatPlaces *places,
		      RollstatServiceFacts *facts)
{
	const RollstatQuestion user = {.name = LOGIND,
				       .path = "/org/freedesktop/login1",
				       .interface = LOGIND ".Manager",
				       .method = "GetUser",
				       .arguments = g_variant_new("(u)", (guint32)getuid()),
				       .reply = "(o)"};
	g_autoptr(GVariant) reply = rollstat_probe_ask(system, &user, &facts->linger);
	g_autoptr(GVariant) properties = NULL;
	if (reply != NULL) {
		RollstatQuestion about = {.name = LOGIND, .interface = LOGIND ".User"};
		g_variant_get(reply, "(&o)", &about.path);
		properties = ask_properties(system, &about, &facts->linger);
	}
	if (properties != NULL)
		g_variant_lookup(properties, "Linger", "b", &facts->is_lingering);
	else
		look_for_linger(places, facts);
}

void
rollstat_probe_clock(GDBusConnection *system, RollstatMachineFacts *facts)
{
	const RollstatQuestion about = {.name = TIMEDATED,
					.path = "/org/freedesktop/timedate1",
					.interface = TIMEDATED,
					.may_start = TRUE};
	g_autoptr(GVariant) properties = ask_properties(system, &about, &facts->clock);
	if (properties == NULL)
		return;
	g_variant_lookup(properties, "NTPSynchronized", "b", &facts->is_synchronised);
	g_variant_lookup(properties, "NTP", "b", &facts->is_synchronising);
	g_variant_lookup(properties, "CanNTP", "b", &facts->can_synchronise);
}

void
rollstat_probe_daemon(GDBusConnection *bus, gboolean is_system, RollstatDaemonFacts *facts)
{
	g_autoptr(GError) error = NULL;
	facts->status = rollstat_status_ask(bus, is_system, &error);
	facts->answer = rollstat_probe_classify(error);
}

/* The last thing that it said, without its own name before it. */
static char *
dup_fault(const RollstatSaid *said)
{
	const char *prefix = "rollerd: ";
	char *text = g_strchomp(g_strdup(said->err));
	if (g_str_has_prefix(text, prefix))
		memmove(text, text + strlen(prefix), strlen(text + strlen(prefix)) + 1);
	return text;
}

void
rollstat_probe_config(RollstatServiceFacts *facts)
{
	gboolean is_system = rollstat_facts_is_system(facts);
	const RollstatDaemonFacts *daemon = rollstat_facts_get_daemon(facts);
	gboolean is_told = daemon->status != NULL && *daemon->status->configuration != '\0';
	g_autofree char *usual = is_system ? g_strdup("/etc/rollerd/rollerd.conf")
					   : g_build_filename(g_get_user_config_dir(), "rollerd",
							      "rollerd.conf", NULL);
	facts->config = g_strdup(is_told ? daemon->status->configuration : usual);
	g_autofree char *option = g_strdup_printf("--config=%s", facts->config);
	/* One that is not there is no fault, unless it was asked for. */
	facts->has_config = g_file_test(facts->config, G_FILE_TEST_EXISTS);
	const char *const arguments[] = {
		"rollerd", "--check-config",
		facts->has_config ? option : (is_system ? "--system" : NULL), NULL};
	g_auto(RollstatSaid) said = {0};
	facts->check = rollstat_probe_run(arguments, &said);
	if (facts->check == ROLLSTAT_REPLY_GIVEN && said.status == 2)
		facts->check = ROLLSTAT_REPLY_FAILED; /* an older one, which knows no such option */
	else if (facts->check == ROLLSTAT_REPLY_GIVEN && said.status != 0)
		facts->config_fault = dup_fault(&said);
}
