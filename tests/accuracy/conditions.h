/* SPDX-License-Identifier: MIT
 *
 * The conditions under which the core is judged, and what it must reach under each.
 */
#pragma once

#include "tests/accuracy/world.h"

enum { CONDITION_CHANGES_MAX = 12 };

typedef struct {
	WorldDial dial;
	WorldRange range;
} ConditionChange;

typedef struct {
	const char *name;
	const char *says; /* for people */
	unsigned
		n_history; /* sessions of the same person and sensor before the one that is judged */
	double least_f1, most_zones_pct, most_start_p50_cm, most_start_p95_cm;
	bool is_batched; /* fewer than 10 packets a second: no bound holds on how soon a pass is told */
	unsigned n_changes;
	ConditionChange changes[CONDITION_CHANGES_MAX]; /* of the ordinary ranges */
} Condition;

/* Static; *ret_n long. */
const Condition *conditions_get(unsigned *ret_n);

/* The condition's ranges. ret_ranges: DIAL_N long. */
void condition_get_ranges(const Condition *condition, WorldRange *ret_ranges);
