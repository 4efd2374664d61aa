/* SPDX-License-Identifier: MIT
 *
 * What the person said beside the daemon (tables choice, person, amendment): only read here, and fresh each time, since
 * rollstat writes it while the daemon runs.
 */
#pragma once

#include "daemon/store/store.h"

/* Who is chosen to roll now; *ret_name: interned, NULL: nobody, so it is whom the configuration names. */
gboolean roll_store_get_choice(RollStore *store, const char **ret_name, GError **error);

/* What is known of a person, metres; NaN where nothing is, also where the name is not known at all. */
gboolean roll_store_get_person(RollStore *store, const char *name, double *ret_spine_m,
			       double *ret_stature_m, GError **error);

/* Reads anew how row's session was put right, into row. */
gboolean roll_store_get_amendment(RollStore *store, RollRecordingRow *row, GError **error);
