/* SPDX-License-Identifier: MIT
 *
 * What a body weighs, where somebody said it: in table person, or in the configuration for whom that names.
 */
#pragma once

#include "cli/history/summary.h"
#include "cli/people/people.h"
#include "cli/verb.h"

#include <json-c/json.h>

/* What table person says, into *kg, which stays as it is where that says nothing. FALSE and error: it cannot be read. */
gboolean rollstat_weight_find(sqlite3 *db, const char *person, double *kg, GError **error);

/* What a configuration says of a person; 0: nothing. config: NULL where there is none. */
double rollstat_weight_get_configured(const RollstatConfig *config, const char *person);

/* Both for a run, into *ret_kg, 0 where it is not known; with the configuration that a daemon with its database usually reads:
 * no daemon is asked. One that cannot be read says nothing of weight. */
gboolean rollstat_weight_load(const RollstatRun *run, sqlite3 *db, const char *person,
			      double *ret_kg, GError **error);

/* Adds "weight_kg" and "weight_pct", the mean force in per cent of the weight; null where not known. */
void rollstat_weight_add_json(const RollstatSummary *summary, json_object *object);
