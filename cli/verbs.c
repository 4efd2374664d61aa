/* SPDX-License-Identifier: MIT */
#include "cli/verbs.h"

#include "cli/usage.h"

#include <string.h>

enum {
	FARTHEST = 2, /* letters */
};

const RollstatVerb *const rollstat_verbs[] = {
	&rollstat_verb_today,
	&rollstat_verb_day,
	&rollstat_verb_week,
	&rollstat_verb_month,
	&rollstat_verb_range,
	&rollstat_verb_sessions,
	&rollstat_verb_passes,
	&rollstat_verb_holds,
	&rollstat_verb_marks,
	&rollstat_verb_report,
	&rollstat_verb_devices,
	&rollstat_verb_calibrate,
	&rollstat_verb_pair,
	&rollstat_verb_unpair,
	&rollstat_verb_status,
	&rollstat_verb_live,
	&rollstat_verb_mark,
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

/* How many letters must be added, left out, changed or swapped to come from one word to the other. */
static guint
get_distance(const char *a, const char *b)
{
	enum { LONGEST = 24 };
	guint rows[LONGEST + 1][LONGEST + 1];
	gsize n_a = MIN(strlen(a), LONGEST), n_b = MIN(strlen(b), LONGEST);
	for (gsize i = 0; i <= n_a; i++)
		for (gsize k = 0; k <= n_b; k++) {
			if (i == 0 || k == 0) {
				rows[i][k] = (guint)(i + k);
				continue;
			}
			guint changed = rows[i - 1][k - 1] + (a[i - 1] != b[k - 1]);
			rows[i][k] = MIN(changed, MIN(rows[i - 1][k], rows[i][k - 1]) + 1);
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
				rows[i][k] = MIN(rows[i][k], rows[i - 2][k - 2] + 1);
		}
	return rows[n_a][n_b];
}

static const RollstatVerb *
find_nearest(const char *word)
{
	const RollstatVerb *nearest = rollstat_verbs[0];
	for (guint i = 1; rollstat_verbs[i] != NULL; i++)
		if (get_distance(word, rollstat_verbs[i]->name) < get_distance(word, nearest->name))
			nearest = rollstat_verbs[i];
	return get_distance(word, nearest->name) <= FARTHEST ? nearest : NULL;
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
