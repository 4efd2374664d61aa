/* SPDX-License-Identifier: MIT
 *
 * Cues for ears: what is called of other programs, and that none of them holds anything up.
 */
#include "cli/live/voice.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

#define NOTIFIER                                                                                   \
	"<node><interface name='org.freedesktop.Notifications'><method name='Notify'>"             \
	"<arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' "               \
	"direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/><arg "        \
	"type='as' direction='in'/><arg type='a{sv}' direction='in'/><arg type='i' "               \
	"direction='in'/><arg type='u' direction='out'/></method></interface></node>"

typedef struct {
	GTestDBus *bus;
	GDBusConnection *desktop; /* NULL: there is none */
	char *folder, *said_path, *path_before;
	RollstatVoice *voice;
	GString *troubles;
	guint n_shown;
	guint32 replaced;
	char *caller, *summary, *body;
	guchar urgency;
	gboolean is_transient;
	gboolean is_refused;
	guint patience_s;
} Fixture;

static void
take_trouble(void *user, const char *text)
{
	g_string_append_printf(((Fixture *)user)->troubles, "%s;", text);
}

static void
set_up(Fixture *fixture, gconstpointer data)
{
	(void)data;
	fixture->bus = g_test_dbus_new(G_TEST_DBUS_NONE);
	g_test_dbus_up(fixture->bus);
	fixture->folder = g_dir_make_tmp("voice-XXXXXX", NULL);
	fixture->said_path = g_build_filename(fixture->folder, "said", NULL);
	fixture->path_before = g_strdup(g_getenv("PATH"));
	fixture->troubles = g_string_new(NULL);
	/* Nothing of this machine's speaks. */
	g_setenv("PATH", fixture->folder, TRUE);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
	(void)data;
	g_autofree char *speaker = g_build_filename(fixture->folder, "spd-say", NULL);
	rollstat_voice_free(fixture->voice);
	g_clear_object(&fixture->desktop);
	g_setenv("PATH", fixture->path_before, TRUE);
	g_unlink(speaker);
	g_unlink(fixture->said_path);
	g_rmdir(fixture->folder);
	g_test_dbus_stop(fixture->bus);
	g_clear_object(&fixture->bus);
	g_string_free(fixture->troubles, TRUE);
	g_free(fixture->folder);
	g_free(fixture->said_path);
	g_free(fixture->path_before);
	g_free(fixture->caller);
	g_free(fixture->summary);
	g_free(fixture->body);
}

/* A program of that name that does this. */
static void
make_speaker(const Fixture *fixture, const char *does)
{
	g_autofree char *path = g_build_filename(fixture->folder, "spd-say", NULL);
	g_autofree char *text = g_strdup_printf("#!/bin/sh\n%s\n", does);
	g_assert_true(
		g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
}

static void
begin(Fixture *fixture, gboolean is_spoken, gboolean is_notified)
{
	const RollstatVoiceOptions options = {is_spoken, is_notified, take_trouble, fixture,
					      fixture->patience_s};
	fixture->voice = rollstat_voice_new(&options);
}

static gboolean
end_wait(gpointer user)
{
	*(gboolean *)user = TRUE;
	return G_SOURCE_REMOVE;
}

static gboolean
look_again(gpointer user)
{
	(void)user;
	return G_SOURCE_CONTINUE;
}

/* Until text has been said or is in trouble; 30 s at most. */
static void
wait_for(const Fixture *fixture, const char *said, const char *trouble)
{
	gboolean is_late = FALSE;
	guint timer = g_timeout_add_seconds(30, end_wait, &is_late);
	guint look = g_timeout_add(20, look_again, NULL); /* a file has no event */
	for (;;) {
		g_autofree char *text = NULL;
		gboolean is_there = g_file_get_contents(fixture->said_path, &text, NULL, NULL);
		if ((said != NULL && is_there && strstr(text, said) != NULL) ||
		    (trouble != NULL && strstr(fixture->troubles->str, trouble) != NULL))
			break;
		g_assert_false(is_late);
		g_main_context_iteration(NULL, TRUE);
	}
	g_source_remove(look);
	g_source_remove(timer);
}

static void
test_spoken(Fixture *fixture, gconstpointer data)
{
	(void)data;
	g_autofree char *does = g_strdup_printf("echo \"$#:$*\" >>%s", fixture->said_path);
	make_speaker(fixture, does);
	begin(fixture, TRUE, FALSE);
	/* A word is a word, whatever is in it. */
	rollstat_voice_say(fixture->voice, "--help $(touch x); slower", "unused");
	wait_for(fixture,
		 "7:--application-name=rollstat --wait --priority=message --language en -- "
		 "--help $(touch x); slower\n",
		 NULL);
	g_assert_cmpstr(fixture->troubles->str, ==, "");
}

/* The voice is of the language of the words, whichever way that was chosen; and of the locale's country where it can. */
static void
test_language(Fixture *fixture, gconstpointer data)
{
	(void)data;
	g_autofree char *does = g_strdup_printf("echo \"$*\" >>%s", fixture->said_path);
	make_speaker(fixture, does);
	g_assert_nonnull(setlocale(LC_CTYPE, "C.UTF-8"));
	g_assert_nonnull(setlocale(LC_MESSAGES, "C.UTF-8"));
	g_setenv("LANGUAGE", "de", TRUE);
	begin(fixture, TRUE, FALSE);
	rollstat_voice_say(fixture->voice, "langsamer", "unused");
	wait_for(fixture, "--language de -- langsamer\n", NULL);
	g_unsetenv("LANGUAGE");
	g_assert_nonnull(setlocale(LC_ALL, "C"));
}

/* It is told once, and the rest goes on. */
static void
test_speechless(Fixture *fixture, gconstpointer data)
{
	(void)data;
	begin(fixture, TRUE, FALSE);
	rollstat_voice_say(fixture->voice, "slower", "");
	rollstat_voice_say(fixture->voice, "slower", "");
	g_assert_cmpstr(fixture->troubles->str, ==,
			"Cues are not spoken: spd-say is not there; install speech-dispatcher;");
}

static void
test_speech_fails(Fixture *fixture, gconstpointer data)
{
	(void)data;
	make_speaker(fixture, "exit 1");
	begin(fixture, TRUE, FALSE);
	rollstat_voice_say(fixture->voice, "slower", "");
	wait_for(fixture, NULL, "speech-dispatcher does not answer");
}

/* One that hangs holds nothing up, and is not asked again meanwhile. */
static void
test_speech_hangs(Fixture *fixture, gconstpointer data)
{
	(void)data;
	g_autofree char *does =
		g_strdup_printf("echo begun >>%s; exec /bin/sleep 60", fixture->said_path);
	g_autofree char *said = NULL;
	make_speaker(fixture, does);
	begin(fixture, TRUE, FALSE);
	rollstat_voice_say(fixture->voice, "slower", "");
	wait_for(fixture, "begun", NULL);
	rollstat_voice_say(fixture->voice, "move on", "");
	while (g_main_context_iteration(NULL, FALSE))
		;
	g_assert_true(g_file_get_contents(fixture->said_path, &said, NULL, NULL));
	g_assert_cmpstr(said, ==, "begun\n");
}

/* Where its sound goes nowhere, that is told once; and what comes next is tried all the same. */
static void
test_speech_is_late(Fixture *fixture, gconstpointer data)
{
	static const char *const words[] = {"slower", "move on", "upper done"};
	(void)data;
	g_autofree char *does =
		g_strdup_printf("echo \"$*\" >>%s; exec /bin/sleep 60", fixture->said_path);
	make_speaker(fixture, does);
	fixture->patience_s = 1;
	begin(fixture, TRUE, FALSE);
	for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
		g_autofree char *line = g_strdup_printf("-- %s\n", words[i]);
		/* Left out until the one before was given up. */
		guint again = g_timeout_add(50, look_again, NULL);
		for (g_autofree char *text = NULL; text == NULL || strstr(text, line) == NULL;) {
			rollstat_voice_say(fixture->voice, words[i], "");
			g_main_context_iteration(NULL, TRUE);
			g_clear_pointer(&text, g_free);
			g_file_get_contents(fixture->said_path, &text, NULL, NULL);
		}
		g_source_remove(again);
	}
	g_assert_cmpstr(
		fixture->troubles->str, ==,
		"Cues are not spoken: speech-dispatcher says nothing; try: spd-say --wait 1 2 3;");
}

/* ---- A desktop ---- */

static void
take_call(GDBusConnection *connection, const char *sender, const char *path, const char *interface,
	  const char *method, GVariant *arguments, GDBusMethodInvocation *invocation, gpointer user)
{
	(void)connection, (void)sender, (void)path, (void)interface, (void)method;
	Fixture *fixture = user;
	g_autoptr(GVariant) hints = NULL;
	g_clear_pointer(&fixture->caller, g_free);
	g_clear_pointer(&fixture->summary, g_free);
	g_clear_pointer(&fixture->body, g_free);
	g_variant_get(arguments, "(susssas@a{sv}i)", &fixture->caller, &fixture->replaced, NULL,
		      &fixture->summary, &fixture->body, NULL, &hints, NULL);
	g_assert_true(g_variant_lookup(hints, "urgency", "y", &fixture->urgency));
	g_assert_true(g_variant_lookup(hints, "transient", "b", &fixture->is_transient));
	fixture->n_shown++;
	if (fixture->is_refused)
		g_dbus_method_invocation_return_dbus_error(invocation, "org.example.No", "not now");
	else
		g_dbus_method_invocation_return_value(invocation, g_variant_new("(u)", 42));
}

static void
take_name(GDBusConnection *connection, const char *name, gpointer user)
{
	(void)connection, (void)name;
	*(gboolean *)user = TRUE;
}

static void
make_desktop(Fixture *fixture)
{
	static const GDBusInterfaceVTable table = {.method_call = take_call};
	g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml(NOTIFIER, NULL);
	gboolean is_owner = FALSE;
	fixture->desktop = g_dbus_connection_new_for_address_sync(
		g_test_dbus_get_bus_address(fixture->bus),
		G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
			G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
		NULL, NULL, NULL);
	g_assert_cmpuint(g_dbus_connection_register_object(
				 fixture->desktop, "/org/freedesktop/Notifications",
				 node->interfaces[0], &table, fixture, NULL, NULL),
			 !=, 0);
	g_bus_own_name_on_connection(fixture->desktop, "org.freedesktop.Notifications", 0,
				     take_name, NULL, &is_owner, NULL);
	while (!is_owner)
		g_main_context_iteration(NULL, TRUE);
}

static void
show(Fixture *fixture, const char *spoken, const char *written)
{
	guint n_before = fixture->n_shown;
	rollstat_voice_say(fixture->voice, spoken, written);
	while (fixture->n_shown == n_before)
		g_main_context_iteration(NULL, TRUE);
}

static void
test_notified(Fixture *fixture, gconstpointer data)
{
	(void)data;
	make_desktop(fixture);
	begin(fixture, FALSE, TRUE);
	show(fixture, "slower", "Slower: 16 cm/s");
	g_assert_cmpstr(fixture->caller, ==, "rollstat");
	g_assert_cmpuint(fixture->urgency, ==, 1);
	g_assert_true(fixture->is_transient);
	g_assert_cmpstr(fixture->summary, ==, "slower");
	g_assert_cmpstr(fixture->body, ==, "Slower: 16 cm/s");
	g_assert_cmpuint(fixture->replaced, ==, 0);
	/* The answer comes; the next one takes the place of this one. */
	for (guint i = 0; i < 1000 && fixture->replaced == 0; i++)
		show(fixture, "move on", "");
	g_assert_cmpuint(fixture->replaced, ==, 42);
	g_assert_cmpstr(fixture->troubles->str, ==, "");
}

static void
test_refused(Fixture *fixture, gconstpointer data)
{
	(void)data;
	make_desktop(fixture);
	fixture->is_refused = TRUE;
	begin(fixture, FALSE, TRUE);
	show(fixture, "slower", "");
	wait_for(fixture, NULL, "Cues are not shown as notifications: not now;");
}

static void
test_no_desktop(Fixture *fixture, gconstpointer data)
{
	(void)data;
	begin(fixture, FALSE, TRUE);
	rollstat_voice_say(fixture->voice, "slower", "");
	wait_for(fixture, NULL,
		 "Cues are not shown as notifications: no desktop, and no program like dunst, is "
		 "there to show "
		 "them;");
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*test)(Fixture *fixture, gconstpointer data);
	} tests[] = {
		{"/voice/spoken", test_spoken},
		{"/voice/language", test_language},
		{"/voice/speechless", test_speechless},
		{"/voice/speech-fails", test_speech_fails},
		{"/voice/speech-hangs", test_speech_hangs},
		{"/voice/speech-is-late", test_speech_is_late},
		{"/voice/notified", test_notified},
		{"/voice/refused", test_refused},
		{"/voice/no-desktop", test_no_desktop},
	};
	g_test_init(&argc, &argv, NULL);
	bindtextdomain(GETTEXT_PACKAGE, CATALOGUES);
	bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
	textdomain(GETTEXT_PACKAGE);
	for (gsize i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
	return g_test_run();
}
