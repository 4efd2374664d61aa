/* SPDX-License-Identifier: MIT
 *
 * calibrate: walks a person through what the daemon cannot know by itself, and checks that it worked.
 *
 *     which sensor -> spine -> tare -> side (sign of travel) -> radius -> check -> marker      a roller
 *     which sensor -> spine -> tare -> head end -> marker                                      a bar
 *
 * What is found goes into the daemon's configuration at once, and the daemon reads it anew, so that whoever quits keeps
 * what was found so far.
 */
#pragma once

#include "cli/sensor/status.h"
#include "cli/talk.h"

/* The walk. wanted: address or name of the sensor; NULL: the one that streams, or a choice. FALSE and error: it could not
 * begin, the input ended before the walk did, the daemon went away, or something found could not be stored (the
 * message says what to add by hand). */
gboolean rollstat_calibrate(const RollstatTalk *talk, const RollstatStatus *status,
			    const char *wanted, GError **error);

/* What is stored and what is in use, for people and for scripts. wanted NULL: of all sensors. FALSE and error: there is no
 * such sensor, or the configuration cannot be read. */
gboolean rollstat_render_calibration(const RollstatView *view, const RollstatStatus *status,
				     const char *wanted, GString *out, GError **error);
gboolean rollstat_json_append_calibration(const RollstatStatus *status, const char *wanted,
					  GString *out, GError **error);
