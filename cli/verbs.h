/* SPDX-License-Identifier: MIT
 *
 * All verbs of rollstat.
 */
#pragma once

#include "cli/verb.h"

extern const RollstatVerb rollstat_verb_today, rollstat_verb_day, rollstat_verb_week,
	rollstat_verb_month, rollstat_verb_range, rollstat_verb_trend, rollstat_verb_spots,
	rollstat_verb_compare, rollstat_verb_goals, rollstat_verb_session, rollstat_verb_sessions,
	rollstat_verb_passes, rollstat_verb_holds, rollstat_verb_marks, rollstat_verb_report,
	rollstat_verb_status, rollstat_verb_live, rollstat_verb_mark, rollstat_verb_guide,
	rollstat_verb_log, rollstat_verb_plan, rollstat_verb_follow, rollstat_verb_setup,
	rollstat_verb_person, rollstat_verb_devices, rollstat_verb_calibrate, rollstat_verb_pair,
	rollstat_verb_unpair, rollstat_verb_doctor, rollstat_verb_export, rollstat_verb_import,
	rollstat_verb_backup, rollstat_verb_restore, rollstat_verb_help;

/* In the order in which the help lists them, ended by NULL. */
extern const RollstatVerb *const rollstat_verbs[];

/* NULL: there is none of that name. */
const RollstatVerb *rollstat_verbs_find(const char *name);

/* The same, but NULL and error (ROLLSTAT_USAGE_ERROR), which says the nearest name: where two letters or less are to be
 * added, left out, changed or swapped. */
const RollstatVerb *rollstat_verbs_require(const char *name, GError **error);
