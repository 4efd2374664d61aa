/* SPDX-License-Identifier: MIT
 *
 * Which word a mistyped one was meant to be. Pure.
 */
#pragma once

#include <glib.h>

enum {
	ROLLSTAT_NEAREST_FARTHEST = 2, /* letters: beyond that it was meant to be another word */
};

/* How many letters must be added, left out, changed or swapped with the next to come from one word to the other. Of longer
 * words the first 24 bytes count. */
guint rollstat_nearest_get_distance(const char *a, const char *b);
