/* SPDX-License-Identifier: MIT */
#include "cli/live/voice.h"

#include "cli/sensor/status.h"
#include "cli/verb.h"

#include <signal.h>

#define SPEAKER "spd-say"
#define NOTIFIER "org.freedesktop.Notifications"
#define NOTIFIER_PATH "/org/freedesktop/Notifications"

enum {
	SHOWN_MS = 8000,
};

struct RollstatVoice {
	RollstatVoiceOptions options;
	GCancellable *cancellable;
	GSubprocess *speaker;	     /* NULL: nothing is spoken now */
	gboolean is_mute, is_hidden; /* that was told */
	char *spoken, *written;	     /* that waits for the bus */
	guint32 shown;		     /* number of the last notification; 0: none */
};

RollstatVoice *
rollstat_voice_new(const RollstatVoiceOptions *options)
{
	RollstatVoice *voice = g_new0(RollstatVoice, 1);
	voice->options = *options;
	voice->cancellable = g_cancellable_new();
	return voice;
}

void
rollstat_voice_free(RollstatVoice *voice)
{
	if (voice == NULL)
		return;
	g_cancellable_cancel(voice->cancellable);
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
fall_silent(RollstatVoice *voice, const char *why)
{
	if (voice->is_mute)
		return;
	voice->is_mute = TRUE;
	g_autofree char *text = g_strdup_printf(_("Cues are not spoken: %s"), why);
	voice->options.trouble(voice->options.user, text);
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
	if (!is_well)
		fall_silent(voice, _("speech-dispatcher does not answer"));
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
	voice->speaker = g_subprocess_launcher_spawn(
		launcher, &error, program, "--application-name=rollstat", "--", text, NULL);
	if (voice->speaker == NULL)
		fall_silent(voice, error->message);
	else
		g_subprocess_wait_check_async(voice->speaker, voice->cancellable, take_spoken,
					      voice);
}

/* ---- Notifications ---- */

static void
hide(RollstatVoice *voice, GError *error)
{
	if (voice->is_hidden)
		return;
	voice->is_hidden = TRUE;
	if (error != NULL)
		g_dbus_error_strip_remote_error(error);
	g_autofree char *text =
		g_strdup_printf(_("Cues are not notified: %s"),
				error != NULL ? error->message : _("there is no session bus"));
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
			       g_variant_new("(susssasa{sv}i)", "rollstat", voice->shown, "",
					     voice->spoken, voice->written, NULL, NULL, SHOWN_MS),
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
