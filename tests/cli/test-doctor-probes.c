/* SPDX-License-Identifier: MIT
 *
 * What the probes find: on a bus where all answer, refuse or hang, in folders that look like a kernel's, in databases that are well
 * and ill.
 */
#include "cli/doctor/diagnosis.h"
#include "cli/doctor/probe.h"
#include "tests/cli/answer.h"
#include "tests/cli/canned-bus.h"
#include "tests/cli/doctor-facts.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define MAX_S 12 /* all of it, whoever hangs: one after the other would take 20 s */

typedef struct {
	AnswerFixture history;
	char *sys, *bluetoothd, *rfkill, *linger, *path;
	GPtrArray *made; /* files and folders, to be removed from the last to the first */
	RollstatPlaces places;
	RollstatFacts facts;
} Fixture;

static char *
make_file(Fixture *fixture, const char *name, const char *text)
{
	char *path = g_build_filename(fixture->history.folder, name, NULL);
	if (text == NULL)
		g_assert_cmpint(g_mkdir(path, 0755), ==, 0);
	else
		g_assert_true(g_file_set_contents(path, text, -1, NULL));
	g_ptr_array_add(fixture->made, g_strdup(path));
	return path;
}

static void
make_program(Fixture *fixture, const char *name, const char *text)
{
	g_autofree char *path = make_file(fixture, name, text);
	g_assert_cmpint(g_chmod(path, 0755), ==, 0);
}

static void
set_up(Fixture *fixture, gconstpointer data)
{
	(void)data; /* all begin alike */
	static const char *const folders[] = {"sys", "sys/bluetooth", "sys/rfkill", "linger",
					      "bin"};
	answer_fixture_init(&fixture->history);
	fixture->made = g_ptr_array_new_with_free_func(g_free);
	for (gsize i = 0; i < G_N_ELEMENTS(folders); i++)
		g_free(make_file(fixture, folders[i], NULL));
	fixture->sys = g_build_filename(fixture->history.folder, "sys", NULL);
	fixture->linger = g_build_filename(fixture->history.folder, "linger", NULL);
	fixture->bluetoothd = g_build_filename(fixture->history.folder, "bluetoothd", NULL);
	fixture->rfkill = g_build_filename(fixture->history.folder, "rfkill", NULL);
	fixture->places = (RollstatPlaces){.sys = fixture->sys,
					   .bluetoothd = fixture->bluetoothd,
					   .rfkill = fixture->rfkill,
					   .linger = fixture->linger,
					   .terminfo = fixture->linger};
	fixture->path = g_build_filename(fixture->history.folder, "bin", NULL);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
	(void)data; /* as above */
	rollstat_facts_clear(&fixture->facts);
	for (guint i = fixture->made->len; i > 0; i--)
		g_remove(fixture->made->pdata[i - 1]);
	g_ptr_array_unref(fixture->made);
	g_free(fixture->sys);
	g_free(fixture->bluetoothd);
	g_free(fixture->rfkill);
	g_free(fixture->linger);
	g_free(fixture->path);
	answer_fixture_clear(&fixture->history);
}

static void
probe(Fixture *fixture)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");
	gint64 begin_us = g_get_monotonic_time();
	RollstatContext context = {.now_us = answer_get_t_us(2026, 3, 14, 20, 0),
				   .zone = zone,
				   .style = {.width = 80}};
	rollstat_facts_clear(&fixture->facts);
	rollstat_probe(&context, &fixture->places, FALSE, fixture->history.path, &fixture->facts);
	g_assert_cmpint(g_get_monotonic_time() - begin_us, <, MAX_S * G_USEC_PER_SEC);
}

/* Of the first finding about a link. */
static void
check_verdict(const Fixture *fixture, RollstatLink link, RollstatVerdict verdict,
	      const char *detail)
{
	g_autoptr(GPtrArray) findings = rollstat_judge(&fixture->facts);
	for (guint i = 0; i < findings->len; i++) {
		const RollstatFinding *finding = findings->pdata[i];
		if (finding->link != link)
			continue;
		g_test_message("%s", finding->detail);
		g_assert_cmpint(finding->verdict, ==, verdict);
		g_assert_nonnull(strstr(finding->detail, detail));
		return;
	}
	g_assert_not_reached();
}

#define SYSTEMD "org.freedesktop.systemd1"
#define UNIT "/org/freedesktop/systemd1/unit/rollerd_2eservice"
#define BLUETOOTH_UNIT "/org/freedesktop/systemd1/unit/bluetooth_2eservice"

static const CannedAnswer all_well[] = {
	{"org.bluez", "/", "GetManagedObjects", NULL, "(a{oa{sa{sv}}})",
	 "({objectpath '/org/bluez': {'org.bluez.AgentManager1': {}},"
	 "'/org/bluez/hci0': {'org.bluez.Adapter1': {'Address': <'00:11:22:33:44:55'>,"
	 "'Powered': <false>, 'Modalias': <'usb:v1D6Bp0246d0542'>}},"
	 "'/org/bluez/hci1': {'org.bluez.Adapter1': {'Address': <'00:11:22:33:44:66'>,"
	 "'Powered': <true>, 'Modalias': <'usb:v1D6Bp0246d0542'>}}},)",
	 NULL},
	{SYSTEMD, NULL, "LoadUnit", "rollerd.service", "(o)", "(objectpath '" UNIT "',)", NULL},
	{SYSTEMD, NULL, "LoadUnit", "bluetooth.service", "(o)",
	 "(objectpath '" BLUETOOTH_UNIT "',)", NULL},
	{SYSTEMD, UNIT, "GetAll", SYSTEMD ".Unit", "(a{sv})",
	 "({'LoadState': <'loaded'>, 'ActiveState': <'active'>, 'SubState': <'running'>,"
	 "'UnitFileState': <'enabled'>},)",
	 NULL},
	{SYSTEMD, UNIT, "GetAll", SYSTEMD ".Service", "(a{sv})",
	 "({'Result': <'success'>, 'NRestarts': <uint32 2>},)", NULL},
	{SYSTEMD, BLUETOOTH_UNIT, "GetAll", SYSTEMD ".Unit", "(a{sv})",
	 "({'LoadState': <'not-found'>, 'ActiveState': <'inactive'>},)", NULL},
	{"org.freedesktop.login1", "/org/freedesktop/login1", "GetUser", NULL, "(o)",
	 "(objectpath '/org/freedesktop/login1/user/self',)", NULL},
	{"org.freedesktop.login1", "/org/freedesktop/login1/user/self", "GetAll",
	 "org.freedesktop.login1.User", "(a{sv})", "({'Linger': <true>},)", NULL},
	{"org.freedesktop.timedate1", "/org/freedesktop/timedate1", "GetAll", NULL, "(a{sv})",
	 "({'NTP': <true>, 'NTPSynchronized': <false>, 'CanNTP': <true>},)", NULL},
	{"org.rollerd1", "/org/rollerd1", "GetAll", NULL, "(a{sv})",
	 "({'Version': <'0.0.1'>, 'Trouble': <'the disk is full'>},)", NULL},
	{"org.rollerd1", "/org/rollerd1", "GetManagedObjects", NULL, "(a{oa{sa{sv}}})",
	 "({objectpath '/org/rollerd1/sensor/C0_FF_EE_00_00_01': {'org.rollerd1.Sensor': {"
	 "'Address': <'C0:FF:EE:00:00:01'>, 'Link': <'streaming'>, 'Battery': <87>,"
	 "'LostPackets': <uint32 50>, 'AwayPackets': <uint32 20>, 'ReceivedPackets': <uint32 70>,"
	 "'Rate': <40.0>, 'NominalRate': <100.0>, 'ClockDrift': <-30.0>}}},)",
	 NULL},
	{0},
};

static void
test_answers(Fixture *fixture, gconstpointer data)
{
	(void)data; /* needs none */
	g_auto(CannedBus) bus = {0};
	canned_bus_init(&bus, all_well);
	probe(fixture);
	const RollstatFacts *facts = &fixture->facts;
	g_assert_cmpint(facts->bluetooth.bluez, ==, ROLLSTAT_REPLY_GIVEN);
	g_assert_cmpuint(facts->bluetooth.n_adapters, ==, 2);
	g_assert_cmpstr(facts->bluetooth.adapter, ==, "hci1 00:11:22:33:44:66");
	g_assert_true(facts->bluetooth.is_powered);
	g_assert_cmpuint(facts->bluetooth.major, ==, 5);
	g_assert_cmpuint(facts->bluetooth.minor, ==, 66);
	g_assert_cmpstr(facts->service.own.unit.active, ==, "active");
	g_assert_cmpstr(facts->service.own.unit.file, ==, "enabled");
	g_assert_cmpuint(facts->service.own.unit.n_restarts, ==, 2);
	g_assert_cmpstr(facts->service.bluetooth.load, ==, "not-found");
	g_assert_true(facts->service.is_lingering);
	g_assert_true(facts->machine.is_synchronising && !facts->machine.is_synchronised);
	g_assert_true(facts->machine.can_synchronise);
	check_verdict(fixture, ROLLSTAT_LINK_TROUBLE, ROLLSTAT_VERDICT_BROKEN, "the disk is full");
	check_verdict(fixture, ROLLSTAT_LINK_VERSION, ROLLSTAT_VERDICT_ATTENTION, "0.0.1");
	check_verdict(fixture, ROLLSTAT_LINK_LOSS, ROLLSTAT_VERDICT_BROKEN, "30.0 %");
	check_verdict(fixture, ROLLSTAT_LINK_RATE, ROLLSTAT_VERDICT_BROKEN, "40.0");
	check_verdict(fixture, ROLLSTAT_LINK_DRIFT, ROLLSTAT_VERDICT_FINE, "-30 ppm");
}

static void
test_hung(Fixture *fixture, gconstpointer data)
{
	(void)data; /* needs none */
	static const CannedAnswer silence[] = {
		{.name = "org.bluez"},
		{.name = SYSTEMD},
		{.name = "org.freedesktop.login1"},
		{.name = "org.rollerd1"},
		{.name = "org.freedesktop.timedate1"},
		{0},
	};
	g_auto(CannedBus) bus = {0};
	canned_bus_init(&bus, silence);
	probe(fixture);
	check_verdict(fixture, ROLLSTAT_LINK_BUS, ROLLSTAT_VERDICT_FINE, "answers");
	check_verdict(fixture, ROLLSTAT_LINK_BLUETOOTHD, ROLLSTAT_VERDICT_BROKEN, "within 3 s");
	check_verdict(fixture, ROLLSTAT_LINK_SERVICE, ROLLSTAT_VERDICT_BROKEN, "within 3 s");
	check_verdict(fixture, ROLLSTAT_LINK_DAEMON, ROLLSTAT_VERDICT_BROKEN, "within 3 s");
	check_verdict(fixture, ROLLSTAT_LINK_CLOCK, ROLLSTAT_VERDICT_UNKNOWN, "does not answer");
	check_verdict(fixture, ROLLSTAT_LINK_DATABASE, ROLLSTAT_VERDICT_FINE, "0 sessions");
}

static void
test_refused(Fixture *fixture, gconstpointer data)
{
	(void)data; /* needs none */
	static const CannedAnswer refusals[] = {
		{.name = "org.bluez", .error = "org.freedesktop.DBus.Error.AccessDenied"},
		{.name = "org.rollerd1", .error = "org.freedesktop.DBus.Error.AccessDenied"},
		{0},
	};
	g_auto(CannedBus) bus = {0};
	canned_bus_init(&bus, refusals);
	probe(fixture);
	g_assert_cmpint(fixture->facts.service.system.answer, ==, ROLLSTAT_REPLY_REFUSED);
	check_verdict(fixture, ROLLSTAT_LINK_POLICY, ROLLSTAT_VERDICT_BROKEN, "bluetoothd");
	check_verdict(fixture, ROLLSTAT_LINK_BLUETOOTHD, ROLLSTAT_VERDICT_UNKNOWN, "bus policy");
}

/* A bus with nobody on it. */
static void
test_nobody(Fixture *fixture, gconstpointer data)
{
	(void)data; /* needs none */
	static const CannedAnswer none[] = {{0}};
	g_auto(CannedBus) bus = {0};
	canned_bus_init(&bus, none);
	probe(fixture);
	check_verdict(fixture, ROLLSTAT_LINK_BUS, ROLLSTAT_VERDICT_FINE, "answers");
	check_verdict(fixture, ROLLSTAT_LINK_BLUETOOTHD, ROLLSTAT_VERDICT_BROKEN, "not installed");
	check_verdict(fixture, ROLLSTAT_LINK_SERVICE, ROLLSTAT_VERDICT_UNKNOWN, "no systemd");
	check_verdict(fixture, ROLLSTAT_LINK_DAEMON, ROLLSTAT_VERDICT_BROKEN, "does not run");
	check_verdict(fixture, ROLLSTAT_LINK_CLOCK, ROLLSTAT_VERDICT_UNKNOWN, "Not to be told");
	/* logind is not there, but what it keeps is. */
	g_assert_cmpint(fixture->facts.service.linger, ==, ROLLSTAT_REPLY_GIVEN);
	g_assert_false(fixture->facts.service.is_lingering);
	g_autofree char *name = g_strdup_printf("linger/%s", g_get_user_name());
	g_free(make_file(fixture, name, ""));
	probe(fixture);
	g_assert_true(fixture->facts.service.is_lingering);
}

static void
set_buses(const char *address)
{
	g_setenv("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
	g_setenv("DBUS_SYSTEM_BUS_ADDRESS", address, TRUE);
}

/* A bus that takes connections and says nothing. */
static void
test_hung_bus(Fixture *fixture, gconstpointer data)
{
	(void)data; /* needs none */
	g_autoptr(GError) error = NULL;
	g_autofree char *path = g_build_filename(fixture->history.folder, "bus", NULL);
	g_autofree char *address = g_strdup_printf("unix:path=%s", path);
	g_autoptr(GSocketAddress) socket_address = g_unix_socket_address_new(path);
	g_autoptr(GSocket) socket =
		g_socket_new(G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, 0, &error);
	g_assert_no_error(error);
	g_assert_true(g_socket_bind(socket, socket_address, FALSE, &error));
	g_assert_true(g_socket_listen(socket, &error));
	g_ptr_array_add(fixture->made, g_strdup(path));
	set_buses(address);
	probe(fixture);
	check_verdict(fixture, ROLLSTAT_LINK_BUS, ROLLSTAT_VERDICT_BROKEN, "within 3 s");
	check_verdict(fixture, ROLLSTAT_LINK_DAEMON, ROLLSTAT_VERDICT_BROKEN, "within 3 s");
	check_verdict(fixture, ROLLSTAT_LINK_BLUETOOTHD, ROLLSTAT_VERDICT_UNKNOWN, "system bus");
}

static void
test_no_bus(Fixture *fixture, gconstpointer data)
{
	(void)data; /* needs none */
	set_buses("unix:path=/nonexistent/bus");
	probe(fixture);
	g_assert_cmpint(fixture->facts.bluetooth.bus, ==, ROLLSTAT_REPLY_NOBODY);
	check_verdict(fixture, ROLLSTAT_LINK_DAEMON, ROLLSTAT_VERDICT_UNKNOWN, "no session bus");
	check_verdict(fixture, ROLLSTAT_LINK_DATABASE, ROLLSTAT_VERDICT_FINE, "0 sessions");
}

static void
test_radio(Fixture *fixture, gconstpointer data)
{
	(void)data; /* needs none */
	set_buses("unix:path=/nonexistent/bus");
	probe(fixture);
	g_assert_cmpint(fixture->facts.bluetooth.n_radios, ==, 0);
	g_free(make_file(fixture, "sys/bluetooth/hci0", NULL));
	g_free(make_file(fixture, "sys/bluetooth/hci0:64", NULL));
	g_free(make_file(fixture, "sys/rfkill/rfkill0", NULL));
	g_free(make_file(fixture, "sys/rfkill/rfkill0/type", "wlan\n"));
	g_free(make_file(fixture, "sys/rfkill/rfkill0/soft", "1\n"));
	g_free(make_file(fixture, "sys/rfkill/rfkill0/hard", "1\n"));
	g_free(make_file(fixture, "sys/rfkill/rfkill1", NULL));
	g_free(make_file(fixture, "sys/rfkill/rfkill1/type", "bluetooth\n"));
	probe(fixture);
	g_assert_cmpint(fixture->facts.bluetooth.n_radios, ==, 1);
	check_verdict(fixture, ROLLSTAT_LINK_RFKILL, ROLLSTAT_VERDICT_FINE, "Nothing");
	g_free(make_file(fixture, "sys/rfkill/rfkill1/soft", "1\n"));
	probe(fixture);
	check_verdict(fixture, ROLLSTAT_LINK_RFKILL, ROLLSTAT_VERDICT_BROKEN, "flight mode");
	g_free(make_file(fixture, "sys/rfkill/rfkill1/hard", "1\n"));
	probe(fixture);
	check_verdict(fixture, ROLLSTAT_LINK_RFKILL, ROLLSTAT_VERDICT_BROKEN, "switch");
}

/* By the program, which may hang, too. */
static void
test_program(Fixture *fixture, gconstpointer data)
{
	(void)data; /* needs none */
	set_buses("unix:path=/nonexistent/bus");
	make_program(fixture, "bluetoothd", "#!/bin/sh\necho 5.50\n");
	probe(fixture);
	g_assert_false(fixture->facts.bluetooth.has_rfkill);
	make_program(fixture, "rfkill", "");
	probe(fixture);
	g_assert_true(fixture->facts.bluetooth.has_rfkill);
	check_verdict(fixture, ROLLSTAT_LINK_BLUEZ_VERSION, ROLLSTAT_VERDICT_ATTENTION, "5.50");
	make_program(fixture, "bluetoothd", "#!/bin/sh\nexec /usr/bin/tail -f /dev/null\n");
	probe(fixture);
	check_verdict(fixture, ROLLSTAT_LINK_BLUEZ_VERSION, ROLLSTAT_VERDICT_UNKNOWN, "not say");
}

static void
test_config(Fixture *fixture, gconstpointer data)
{
	(void)data; /* needs none */
	g_autofree char *usual = g_strdup(g_getenv("PATH"));
	g_setenv("PATH", fixture->path, TRUE);
	set_buses("unix:path=/nonexistent/bus");
	probe(fixture);
	check_verdict(fixture, ROLLSTAT_LINK_CONFIGURATION, ROLLSTAT_VERDICT_UNKNOWN, "not found");
	make_program(fixture, "bin/rollerd",
		     "#!/bin/sh\n[ \"$1\" = --check-config ] && echo fine\n");
	probe(fixture);
	check_verdict(fixture, ROLLSTAT_LINK_CONFIGURATION, ROLLSTAT_VERDICT_FINE, "There is no");
	make_program(fixture, "bin/rollerd",
		     "#!/bin/sh\necho 'rollerd: a.conf:2: x' >&2; exit 1\n");
	probe(fixture);
	check_verdict(fixture, ROLLSTAT_LINK_CONFIGURATION, ROLLSTAT_VERDICT_BROKEN, "a.conf:2: x");
	g_assert_cmpstr(fixture->facts.service.config_fault, ==, "a.conf:2: x");
	make_program(fixture, "bin/rollerd", "#!/bin/sh\nexit 2\n");
	probe(fixture);
	g_assert_cmpint(fixture->facts.service.check, ==, ROLLSTAT_REPLY_FAILED);
	g_setenv("PATH", usual, TRUE);
}

static void
test_history(Fixture *fixture, gconstpointer data)
{
	(void)data; /* needs none */
	MadeSession made = made_session_usual;
	made_session_add(fixture->history.db, &made);
	g_assert_cmpint(sqlite3_exec(fixture->history.db,
				     "INSERT INTO choice VALUES ('backup_us', '1773000000000000')",
				     NULL, NULL, NULL),
			==, SQLITE_OK);
	answer_fixture_close(&fixture->history);
	g_free(make_file(fixture, "rollerd.db.v3.bak", "old"));
	g_free(make_file(fixture, "rollerd.db.note", "none"));
	set_buses("unix:path=/nonexistent/bus");
	probe(fixture);
	const RollstatDatabaseFacts *facts = &fixture->facts.database;
	g_assert_null(facts->open_fault);
	g_assert_cmpint(facts->version, ==, ROLL_DATABASE_VERSION);
	g_assert_cmpint(facts->n_sessions, ==, 1);
	g_assert_cmpint(facts->last_us, >, made.start_us);
	g_assert_cmpint(facts->backup_us, ==, 1773000000000000);
	g_assert_cmpint(facts->copy_us, >, 0);
	g_assert_cmpint(facts->free_bytes, >, 0);
	g_assert_true(facts->is_checked && facts->is_writable);
	g_assert_null(facts->damage);
	g_assert_cmpint(facts->heard_us, >, 0);
	g_assert_true(facts->is_readable && !facts->is_system && !facts->is_usual);
}

static void
test_damaged(Fixture *fixture, gconstpointer data)
{
	(void)data; /* needs none */
	MadeSession made = made_session_usual;
	g_autofree char *bytes = NULL;
	gsize n_bytes = 0;
	for (int i = 0; i < 20; i++) {
		made.start_us += 86400 * (gint64)G_USEC_PER_SEC;
		made_session_add(fixture->history.db, &made);
	}
	answer_fixture_close(&fixture->history);
	g_assert_true(g_file_get_contents(fixture->history.path, &bytes, &n_bytes, NULL));
	/* All but the first pages, where the tables stand. */
	memset(bytes + n_bytes / 2, 0x5a, n_bytes / 4);
	g_assert_true(g_file_set_contents(fixture->history.path, bytes, (gssize)n_bytes, NULL));
	set_buses("unix:path=/nonexistent/bus");
	probe(fixture);
	check_verdict(fixture, ROLLSTAT_LINK_HEALTH, ROLLSTAT_VERDICT_BROKEN, "");
	g_assert_nonnull(fixture->facts.database.damage);
}

static void
test_foreign(Fixture *fixture, gconstpointer data)
{
	(void)data; /* needs none */
	answer_fixture_close(&fixture->history);
	g_assert_true(g_file_set_contents(fixture->history.path, "a letter to my aunt", -1, NULL));
	set_buses("unix:path=/nonexistent/bus");
	probe(fixture);
	g_assert_cmpint(fixture->facts.database.code, ==, ROLL_DATABASE_ERROR_NOT_OURS);
	check_verdict(fixture, ROLLSTAT_LINK_DATABASE, ROLLSTAT_VERDICT_BROKEN,
		      "is not a rollerd database");
	/* The verb itself: what is broken is in its exit status, and the answer is whole all the same. */
	g_auto(Answer) answer = answer_ask(&fixture->history, DOCTOR_NOW_US, "doctor --json");
	g_assert_cmpint(answer.status, ==, ROLLSTAT_EXIT_FAILED);
	g_assert_cmpstr(answer.err, ==, "");
	g_assert_true(
		g_str_has_prefix(answer.out, "[\n {\"link\":\"system-bus\",\"sensor\":null,"));
	g_assert_nonnull(strstr(answer.out, "\"link\":\"database\",\"sensor\":null,"
					    "\"verdict\":\"broken\""));
	g_assert_nonnull(strstr(answer.out, "\"link\":\"terminal\""));
	g_assert_cmpint(g_remove(fixture->history.path), ==, 0);
	probe(fixture);
	check_verdict(fixture, ROLLSTAT_LINK_DATABASE, ROLLSTAT_VERDICT_ATTENTION, "there is no");
}

/* In a process of its own, which is not root: root may write anything. */
static void
test_read_only(Fixture *fixture, gconstpointer data)
{
	(void)data; /* needs none */
	if (!g_test_subprocess()) {
		g_test_trap_subprocess(NULL, 30 * (guint64)G_USEC_PER_SEC, 0);
		g_test_trap_assert_passed();
		return;
	}
	answer_fixture_close(&fixture->history);
	g_autofree char *backups = make_file(fixture, "backups", NULL);
	g_assert_cmpint(g_chmod(backups, 0), ==, 0);
	g_assert_cmpint(g_chmod(fixture->history.path, 0444), ==, 0);
	g_assert_cmpint(g_chmod(fixture->history.folder, 0755), ==, 0);
	if (getuid() == 0)
		g_assert_cmpint(setreuid(65534, 0), ==, 0);
	set_buses("unix:path=/nonexistent/bus");
	probe(fixture);
	g_assert_false(fixture->facts.database.is_writable);
	g_assert_true(fixture->facts.database.is_readable);
	g_assert_cmpstr(fixture->facts.database.hidden, ==, backups);
	check_verdict(fixture, ROLLSTAT_LINK_WRITABLE, ROLLSTAT_VERDICT_BROKEN, "may not write");
}

#define ADD(name, test) g_test_add("/doctor-probes/" name, Fixture, NULL, set_up, test, tear_down)

int
main(int argc, char **argv)
{
	g_setenv("XDG_CONFIG_HOME", "/nonexistent", TRUE);
	g_test_init(&argc, &argv, NULL);
	ADD("answers", test_answers);
	ADD("hung", test_hung);
	ADD("refused", test_refused);
	ADD("nobody", test_nobody);
	ADD("hung-bus", test_hung_bus);
	ADD("no-bus", test_no_bus);
	ADD("radio", test_radio);
	ADD("program", test_program);
	ADD("config", test_config);
	ADD("history", test_history);
	ADD("damaged", test_damaged);
	ADD("foreign", test_foreign);
	ADD("read-only", test_read_only);
	return g_test_run();
}
