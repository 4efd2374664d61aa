/* SPDX-License-Identifier: MIT
 *
 * Durations and moments as people write them. Pure.
 */
#pragma once

#include "cli/day.h"

/* Reads "90", "60s", "2min", "1.5 min", "1:30", "1h": from 1 s to 4 hours. FALSE and error (ROLLSTAT_USAGE_ERROR) that says
 * what is right; *ret_seconds is untouched then. */
gboolean rollstat_duration_parse(const char *text, double *ret_seconds, GError **error);

/* Reads "07:30" (today), a day as dates.h has it ("yesterday": its noon), or both, parted by a blank, T or @
 * ("2026-03-14T07:30", "yesterday 07:30"). What lies after now_us is refused. FALSE and error (ROLLSTAT_USAGE_ERROR). */
gboolean rollstat_moment_parse(const char *text, gint64 now_us, GTimeZone *zone, gint64 *ret_t_us,
			       GError **error);
