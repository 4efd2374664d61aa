/* SPDX-License-Identifier: MIT */
#include "cli/live/voice.h"

#include "cli/sensor/status.h"
#include "cli/verb.h"

#include <locale.h>
#include <signal.h>
#include <string.h>

#define SPEAKER "spd-say"
#define NOTIFIER "org.freedesktop.Notifications"
#define NOTIFIER_PATH "/org/freedesktop/Notifications"

enum {
	SHOWN_MS = 8000,
	URGENCY_NORMAL = 1, /* of 0 to 2 */
	SPOKEN_WITHIN_S =
		20, /* two words; speech-dispatcher may have to begin first, and look for its sound */
};

struct RollstatVoice {
	RollstatVoiceOptions options;
	GCancellable *cancellable;
	GSubprocess *speaker; /* NULL: nothing is spoken now */
	guint speaker_timer;
	gboolean is_late;	     /* what is spoken now was given up */
	gboolean is_late_told;	     /* that something was */
	gboolean is_mute, is_hidden; /* that was told */
	char *spoken, *written;	     /* that waits for the bus */
	guint32 shown;		     /* number of the last notification; 0: none */
};

RollstatVoice *
rollstat_voice_new(const RollstatVoiceOptions *options)
{
	RollstatVoice *voice = g_new0(RollstatVoice, 1);
	voice->options = *options;
	if (voice->options.patience_s == 0)
		voice->options.patience_s = ROLLSTAT_VOICE_PATIENCE_S;
	voice->cancellable = g_cancellable_new();
	return voice;
}

void
rollstat_voice_free(RollstatVoice *voice)
{
	if (voice == NULL)
		return;
	g_cancellable_cancel(voice->cancellable);
	g_clear_handle_id(&voice->speaker_timer, g_source_remove);
	if (voice->speaker != NULL)
		g_subprocess_force_exit(voice->speaker); /* what it would say is over */
	g_clear_object(&voice->speaker);
	g_object_unref(voice->cancellable);
	g_free(voice->spoken);
	g_free(voice->written);
	g_free(voice);
}

/* ---- Speech ---- */

static void
tell_unspoken(const RollstatVoice *voice, const char *why)
{
	g_autofree char *text = g_strdup_printf(_("Cues are not spoken: %s"), why);
	voice->options.trouble(voice->options.user, text);
}

static void
fall_silent(RollstatVoice *voice, const char *why)
{
	if (voice->is_mute)
		return;
	voice->is_mute = TRUE;
	tell_unspoken(voice, why);
}

static void
take_spoken(GObject *object, GAsyncResult *result, gpointer user)
{
	g_autoptr(GError) error = NULL;
	gboolean is_well = g_subprocess_wait_check_finish(G_SUBPROCESS(object), result, &error);
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	RollstatVoice *voice = user;
	g_clear_object(&voice->speaker);
	g_clear_handle_id(&voice->speaker_timer, g_source_remove);
	if (!is_well && !voice->is_late)
		fall_silent(voice, _("speech-dispatcher does not answer"));
	voice->is_late = FALSE;
}

/* Where its sound goes nowhere, speech-dispatcher takes all and says nothing. What comes next is tried all the same: it may
 * have been busy. */
static gboolean
take_late(gpointer user)
{
	RollstatVoice *voice = user;
	voice->speaker_timer = 0;
	voice->is_late = TRUE;
	g_subprocess_force_exit(voice->speaker);
	if (!voice->is_late_told)
		tell_unspoken(voice,
			      _("speech-dispatcher says nothing; try: spd-say --wait 1 2 3"));
	voice->is_late_told = TRUE;
	return G_SOURCE_REMOVE;
}

/* The signals that the terminal blocks are its own affair. */
static void
unblock_signals(gpointer user)
{
	(void)user;
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* For spd-say, which takes the locale's voice: that of another country is as good (en_GB), that of another language is not,
 * be it that there is no translation or that LANGUAGE chose one. NULL: the locale's will do. */
static const char *
get_other_language(void)
{
	/* Translators: the language that you translate into, as in BCP 47: "de". */
	const char *language = _("en");
	const char *locale = setlocale(LC_MESSAGES, NULL);
	gsize length = strlen(language);
	gboolean is_of_locale = locale != NULL && strncmp(locale, language, length) == 0 &&
				!g_ascii_isalpha(locale[length]);
	return is_of_locale ? NULL : language;
}

/* Given. Waits until it was spoken; nothing less urgent that is read aloud meanwhile cuts it off. */
static char **
dup_command(const char *program, const char *text)
{
	const char *language = get_other_language();
	g_autoptr(GStrvBuilder) words = g_strv_builder_new();
	g_strv_builder_add_many(words, program, "--application-name=rollstat", "--wait",
				"--priority=message", NULL);
	if (language != NULL)
		g_strv_builder_add_many(words, "--language", language, NULL);
	g_strv_builder_add_many(words, "--", text, NULL);
	return g_strv_builder_end(words);
}

static void
speak(RollstatVoice *voice, const char *text)
{
	g_autofree char *program = g_find_program_in_path(SPEAKER);
	g_autoptr(GError) error = NULL;
	if (voice->is_mute || voice->speaker != NULL)
		return;
	if (program == NULL) {
		fall_silent(voice, _("spd-say is not there; install speech-dispatcher"));
		return;
	}
	g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
		G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
	g_subprocess_launcher_set_child_setup(launcher, unblock_signals, NULL, NULL);
	g_auto(GStrv) command = dup_command(program, text);
	voice->speaker =
		g_subprocess_launcher_spawnv(launcher, (const char *const *)command, &error);
	if (voice->speaker == NULL) {
		fall_silent(voice, error->message);
		return;
	}
	voice->speaker_timer = g_timeout_add_seconds(voice->options.patience_s, take_late, voice);
	g_subprocess_wait_check_async(voice->speaker, voice->cancellable, take_spoken, voice);
}

/* ---- Notifications ---- */

static void
hide(RollstatVoice *voice, GError *error)
{
	if (voice->is_hidden)
		return;
	voice->is_hidden = TRUE;
	const char *why = _("there is no session bus");
	if (g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)) {
		why = _("no desktop, and no program like dunst, is there to show them");
	} else if (error != NULL) {
		g_dbus_error_strip_remote_error(error);
		why = error->message;
	}
	g_autofree char *text = g_strdup_printf(_("Cues are not shown as notifications: %s"), why);
	voice->options.trouble(voice->options.user, text);
}

static void
take_shown(GObject *object, GAsyncResult *result, gpointer user)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply =
		g_dbus_connection_call_finish(G_DBUS_CONNECTION(object), result, &error);
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	RollstatVoice *voice = user;
	if (reply != NULL)
		g_variant_get(reply, "(u)", &voice->shown);
	else
		hide(voice, error);
}

/* Of no use later: whoever lies on a roller touches neither mouse nor keys, and would find it still there. */
static GVariant *
make_hints(void)
{
	GVariantDict hints;
	g_variant_dict_init(&hints, NULL);
	g_variant_dict_insert(&hints, "urgency", "y", URGENCY_NORMAL);
	g_variant_dict_insert(&hints, "transient", "b", TRUE);
	return g_variant_dict_end(&hints);
}

static void
take_bus(GObject *object, GAsyncResult *result, gpointer user)
{
	(void)object;
	g_autoptr(GError) error = NULL;
	g_autoptr(GDBusConnection) bus = g_bus_get_finish(result, &error);
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	RollstatVoice *voice = user;
	if (bus == NULL) {
		hide(voice, error);
		return;
	}
	g_dbus_connection_set_exit_on_close(bus, FALSE);
	g_dbus_connection_call(bus, NOTIFIER, NOTIFIER_PATH, NOTIFIER, "Notify",
			       g_variant_new("(susssas@a{sv}i)", "rollstat", voice->shown, "",
					     voice->spoken, voice->written, NULL, make_hints(),
					     SHOWN_MS),
			       G_VARIANT_TYPE("(u)"), G_DBUS_CALL_FLAGS_NONE, -1,
			       voice->cancellable, take_shown, voice);
}

static void
notify(RollstatVoice *voice, const char *spoken, const char *written)
{
	if (voice->is_hidden)
		return;
	if (!rollstat_status_has_session_bus()) {
		hide(voice, NULL);
		return;
	}
	g_free(voice->spoken);
	g_free(voice->written);
	voice->spoken = g_strdup(spoken);
	voice->written = g_strdup(written);
	g_bus_get(G_BUS_TYPE_SESSION, voice->cancellable, take_bus, voice);
}

void
rollstat_voice_say(RollstatVoice *voice, const char *spoken, const char *written)
{
	if (voice->options.is_spoken)
		speak(voice, spoken);
	if (voice->options.is_notified)
		notify(voice, spoken, written);
}
