/* SPDX-License-Identifier: MIT
 *
 * What rollstat says of itself: one screen for all, one for each verb.
 */
#pragma once

#include "cli/verb.h"

/* The verbs in groups, and the options that all take: 24 lines of 80 columns at most. */
void rollstat_help_append(GString *out);

/* Usage, purpose and options of one verb. */
void rollstat_help_append_verb(const RollstatVerb *verb, GString *out);
