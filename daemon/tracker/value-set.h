/* SPDX-License-Identifier: MIT
 *
 * Which values a recording holds, as 64-bit hashes of arrival, characteristic and bytes: to know a value
 * that comes a second time. Among the 36,000 values of an hour the chance that a new one is taken for known
 * is below 1 in 10^14 each.
 */
#pragma once

#include "daemon/store/store.h"

typedef struct RollValueSet RollValueSet;

/* Returns a given, empty set. */
RollValueSet *roll_value_set_new(void);

/* NULL is taken. */
void roll_value_set_free(RollValueSet *set);

/* Adds a value; one that is in it already stays once. */
void roll_value_set_add(RollValueSet *set, const RollKept *kept);

/* Whether a value of the same arrival, characteristic and bytes was added. */
gboolean roll_value_set_has(const RollValueSet *set, const RollKept *kept);
