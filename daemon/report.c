/* SPDX-License-Identifier: MIT */
#include "daemon/report.h"

#include <stdio.h>
#include <string.h>

/* message: literal format and its arguments. */
#define TELL(level, id, address, ...)                                                              \
	g_log_structured(G_LOG_DOMAIN, level, "MESSAGE_ID", id, "ROLLER_SENSOR", address,          \
			 "MESSAGE", __VA_ARGS__)

static const char *
find_field(const GLogField *fields, gsize n_fields, const char *key)
{
	for (gsize i = 0; i < n_fields; i++) {
		if (strcmp(fields[i].key, key) == 0)
			return fields[i].value;
	}
	return NULL;
}

static const char *
get_level_word(GLogLevelFlags level)
{
	if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
		return "bug: ";
	return level & G_LOG_LEVEL_WARNING ? "warning: " : "";
}

/* To the journal whole; to anything else as a line that a person reads. */
static GLogWriterOutput
write_line(GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user)
{
	const char *message = find_field(fields, n_fields, "MESSAGE");
	const char *domain = find_field(fields, n_fields, "GLIB_DOMAIN");

	(void)user; /* there is none */
	if (g_log_writer_is_journald(fileno(stderr)))
		return g_log_writer_default(level, fields, n_fields, NULL);
	if (!message || g_log_writer_default_would_drop(level, domain))
		return G_LOG_WRITER_HANDLED;
	g_printerr("rollerd: %s%s\n", get_level_word(level), message);
	return G_LOG_WRITER_HANDLED;
}

void
rollerd_report_set_up(void)
{
	/* GLib tells information and debugging text of the domains named there only. */
	if (g_getenv("ROLLERD_DEBUG"))
		g_setenv("G_MESSAGES_DEBUG", G_LOG_DOMAIN, FALSE);
	g_log_set_writer_func(write_line, NULL, NULL);
}

void
rollerd_report_start(const char *source, const char *database)
{
	g_log_structured(G_LOG_DOMAIN, G_LOG_LEVEL_MESSAGE, "MESSAGE_ID", ROLLERD_MESSAGE_START,
			 "MESSAGE", "taking values from %s into %s", source, database);
}

void
rollerd_report_stop(void)
{
	g_log_structured(G_LOG_DOMAIN, G_LOG_LEVEL_MESSAGE, "MESSAGE_ID", ROLLERD_MESSAGE_STOP,
			 "MESSAGE", "stopped");
}

void
rollerd_report_link(const RollSensorStatus *status, RollLink before)
{
	const char *address = status->address;
	const char *name = status->name ? status->name : "sensor";
	const char *why = status->detail ? status->detail : "";
	const char *colon = status->detail ? ": " : "";

	if (status->link == before)
		return;
	if (status->link == ROLL_LINK_STREAMING && before == ROLL_LINK_SILENT)
		g_log_structured(G_LOG_DOMAIN, G_LOG_LEVEL_MESSAGE, "ROLLER_SENSOR", address,
				 "MESSAGE", "%s %s: samples again", name, address);
	else if (status->link == ROLL_LINK_STREAMING)
		TELL(G_LOG_LEVEL_MESSAGE, ROLLERD_MESSAGE_CONNECT, address, "%s %s: connected",
		     name, address);
	else if (status->link == ROLL_LINK_ABSENT && before != ROLL_LINK_CONNECTING)
		TELL(G_LOG_LEVEL_MESSAGE, ROLLERD_MESSAGE_LOST, address, "%s %s: lost%s%s", name,
		     address, colon, why);
	else if (status->link == ROLL_LINK_SILENT)
		g_log_structured(G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "ROLLER_SENSOR", address,
				 "MESSAGE", "%s %s: connected but sends no samples, continuing",
				 name, address);
	else
		g_log_structured(G_LOG_DOMAIN, G_LOG_LEVEL_INFO, "ROLLER_SENSOR", address,
				 "MESSAGE", "%s %s: %s%s%s", name, address,
				 roll_link_get_name(status->link), colon, why);
}

void
rollerd_report_notice(const RollSensorStatus *status)
{
	g_log_structured(G_LOG_DOMAIN, G_LOG_LEVEL_WARNING, "ROLLER_SENSOR", status->address,
			 "MESSAGE", "%s %s: %s", status->name ? status->name : "sensor",
			 status->address, status->notice);
}

void
rollerd_report_pairing(const char *address, gboolean is_on)
{
	g_log_structured(G_LOG_DOMAIN, G_LOG_LEVEL_MESSAGE, "ROLLER_SENSOR", address, "MESSAGE",
			 "%s: %s, as asked", address,
			 is_on ? "paired" : "its pairing was taken back");
}

void
rollerd_report_session(const char *address, gint64 session)
{
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, session);

	if (session)
		g_log_structured(G_LOG_DOMAIN, G_LOG_LEVEL_INFO, "ROLLER_SENSOR", address,
				 "ROLLER_SESSION", number, "MESSAGE", "%s: session %s begins",
				 address, number);
	else
		g_log_structured(G_LOG_DOMAIN, G_LOG_LEVEL_INFO, "ROLLER_SENSOR", address,
				 "MESSAGE", "%s: its session has ended", address);
}

void
rollerd_report_trouble(const char *text)
{
	if (text)
		g_warning("%s, continuing: values wait in memory", text);
	else
		g_message("the history takes values again");
}

void
rollerd_report_source(const char *text)
{
	if (text)
		g_warning("%s, continuing: sensors are heard as soon as that is mended", text);
	else
		g_message("sensors can be heard again");
}

void
rollerd_report_bus(RollBusState state, const char *text, gboolean is_first)
{
	if (state == ROLL_BUS_OWNED && is_first)
		g_info("on D-Bus as org.rollerd1");
	else if (state == ROLL_BUS_OWNED)
		g_message("on D-Bus again");
	else if (state == ROLL_BUS_ABSENT)
		g_warning("no D-Bus (%s), continuing: the history is written, live views and "
			  "commands have to wait",
			  text);
	else
		g_warning("%s, continuing without D-Bus", text);
}

void
rollerd_report_capture(const char *text)
{
	g_warning("%s, continuing without the capture", text);
}

void
rollerd_report_reload(const GError *error)
{
	if (error)
		g_warning("%s, continuing with the configuration before it", error->message);
	else
		g_message("the configuration was read anew");
}

static const char *
get_ending(guint64 n)
{
	return n == 1 ? "" : "s";
}

void
rollerd_report_replay(const RollTracker *tracker, guint64 n_sessions, guint64 n_bad)
{
	guint64 n_taken = 0, n_known = 0, n_refused = 0;

	roll_tracker_get_counts(tracker, &n_taken, &n_known, &n_refused);
	g_printerr("rollerd: %" G_GUINT64_FORMAT " new value%s, %" G_GUINT64_FORMAT
		   " known already, %" G_GUINT64_FORMAT " refused; %" G_GUINT64_FORMAT
		   " new session%s; %" G_GUINT64_FORMAT " bad line%s\n",
		   n_taken, get_ending(n_taken), n_known, n_refused, n_sessions,
		   get_ending(n_sessions), n_bad, get_ending(n_bad));
}
