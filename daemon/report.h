/* SPDX-License-Identifier: MIT
 *
 * What the running program tells people: one structured log line a change, never one a sample. Fields:
 * ROLLER_SENSOR and ROLLER_SESSION where they apply, MESSAGE_ID for start, stop, connect and lost, so that
 * "journalctl MESSAGE_ID=..." finds them.
 */
#pragma once

#include "daemon/bus.h"
#include "daemon/tracker/tracker.h"

/* Values of MESSAGE_ID. */
#define ROLLERD_MESSAGE_START "61f6488264d445019a44ddcae19dc6af"
#define ROLLERD_MESSAGE_STOP "41b448b2aae14770a14e16557a9a6c38"
#define ROLLERD_MESSAGE_CONNECT "1589ec1e256b4cdcab3900b2dc180827"
#define ROLLERD_MESSAGE_LOST "6ef4465a6e994c19a95f19e3095e81d4"

/* Log lines go to the journal with their fields, to a terminal or a file as plain lines. Once, before the first. With
 * ROLLERD_DEBUG in the environment information and debugging text are told, too. */
void rollerd_report_set_up(void);

/* Message. */
void rollerd_report_start(const char *source, const char *database);
void rollerd_report_stop(void);

/* Connected and lost: message; silent: warning; the steps between: info. before: the link that was told last,
 * ROLL_LINK_ABSENT at first. */
void rollerd_report_link(const RollSensorStatus *status, RollLink before);

/* Warning: what the person has to do before a sensor can be heard. status: with a notice. */
void rollerd_report_notice(const RollSensorStatus *status);

/* Message: the host was paired with it, or has forgotten its key, as the person asked. */
void rollerd_report_pairing(const char *address, gboolean is_on);

/* Info. session 0: the one before it has ended. */
void rollerd_report_session(const char *address, gint64 session);

/* text: what the store suffers from, warning; NULL: it is well again, message. */
void rollerd_report_trouble(const char *text);

/* text: what keeps the source from every sensor, and how to mend it, warning; NULL: nothing more, message. */
void rollerd_report_source(const char *text);

/* text: why. is_first: told at the start. Owned: info at the start, else message; the rest: warning. */
void rollerd_report_bus(RollBusState state, const char *text, gboolean is_first);

/* Warning: no more of the capture is written. */
void rollerd_report_capture(const char *text);

/* The configuration was read anew: message; error: why not, warning: the one before stays. */
void rollerd_report_reload(const GError *error);

/* The end of a replay, on standard error: what tracker counted, new sessions, bad lines. */
void rollerd_report_replay(const RollTracker *tracker, guint64 n_sessions, guint64 n_bad);
