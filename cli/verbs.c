/* SPDX-License-Identifier: MIT */
#include "cli/verbs.h"

#include "cli/nearest.h"
#include "cli/usage.h"

const RollstatVerb *const rollstat_verbs[] = {
	&rollstat_verb_today,
	&rollstat_verb_day,
	&rollstat_verb_week,
	&rollstat_verb_month,
	&rollstat_verb_range,
	&rollstat_verb_trend,
	&rollstat_verb_spots,
	&rollstat_verb_compare,
	&rollstat_verb_goals,
	&rollstat_verb_session,
	&rollstat_verb_sessions,
	&rollstat_verb_passes,
	&rollstat_verb_holds,
	&rollstat_verb_marks,
	&rollstat_verb_report,
	&rollstat_verb_status,
	&rollstat_verb_live,
	&rollstat_verb_mark,
	&rollstat_verb_guide,
	&rollstat_verb_log,
	&rollstat_verb_plan,
	&rollstat_verb_follow,
	&rollstat_verb_setup,
	&rollstat_verb_person,
	&rollstat_verb_devices,
	&rollstat_verb_calibrate,
	&rollstat_verb_pair,
	&rollstat_verb_unpair,
	&rollstat_verb_doctor,
	&rollstat_verb_export,
	&rollstat_verb_import,
	&rollstat_verb_backup,
	&rollstat_verb_restore,
	&rollstat_verb_help,
	NULL,
};

const RollstatVerb *
rollstat_verbs_find(const char *name)
{
	for (guint i = 0; rollstat_verbs[i] != NULL; i++)
		if (g_str_equal(rollstat_verbs[i]->name, name))
			return rollstat_verbs[i];
	return NULL;
}

static const RollstatVerb *
find_nearest(const char *word)
{
	const RollstatVerb *nearest = rollstat_verbs[0];
	for (guint i = 1; rollstat_verbs[i] != NULL; i++)
		if (rollstat_nearest_get_distance(word, rollstat_verbs[i]->name) <
		    rollstat_nearest_get_distance(word, nearest->name))
			nearest = rollstat_verbs[i];
	return rollstat_nearest_get_distance(word, nearest->name) <= ROLLSTAT_NEAREST_FARTHEST
		       ? nearest
		       : NULL;
}

const RollstatVerb *
rollstat_verbs_require(const char *name, GError **error)
{
	const RollstatVerb *verb = rollstat_verbs_find(name);
	if (verb != NULL)
		return verb;
	const RollstatVerb *nearest = find_nearest(name);
	g_autofree char *shown = g_strescape(name, NULL);
	if (nearest != NULL)
		rollstat_usage_fail(error, _("there is no verb \"%s\"; did you mean \"%s\"?"),
				    shown, nearest->name);
	else
		rollstat_usage_fail(error, _("there is no verb \"%s\"; see rollstat --help"),
				    shown);
	return NULL;
}
