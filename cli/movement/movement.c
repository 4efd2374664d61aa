/* SPDX-License-Identifier: MIT */
#include "cli/movement/movement.h"

#include <glib/gi18n-lib.h>

guint
rollstat_movement_get_dose_s(const RollstatMovement *movement)
{
	const RollstatMovementDose *dose = &movement->dose;
	switch (dose->kind) {
	case ROLLSTAT_DOSE_HOLD:
		return dose->seconds * dose->sides * dose->times;
	case ROLLSTAT_DOSE_REPEAT:
		return dose->seconds * dose->times;
	case ROLLSTAT_DOSE_WHILE:
		return dose->seconds;
	}
	g_assert_not_reached();
}

guint
rollstat_movement_get_least_s(const RollstatMovement *movement)
{
	const RollstatMovementDose *dose = &movement->dose;
	switch (dose->kind) {
	case ROLLSTAT_DOSE_HOLD:
		return dose->seconds * dose->sides;
	case ROLLSTAT_DOSE_REPEAT:
		return dose->seconds * dose->times;
	case ROLLSTAT_DOSE_WHILE:
		return dose->least_s;
	}
	g_assert_not_reached();
}

guint
rollstat_movement_fit_s(const RollstatMovement *movement, guint seconds)
{
	guint least_s = rollstat_movement_get_least_s(movement);
	guint most_s = MIN(seconds, rollstat_movement_get_dose_s(movement));
	if (most_s < least_s)
		return 0;
	if (movement->dose.kind == ROLLSTAT_DOSE_WHILE)
		return most_s;
	return most_s / least_s * least_s;
}

static char *
dup_while(guint seconds)
{
	if (seconds % 60 != 0)
		return g_strdup_printf(_("For %u s."), seconds);
	guint minutes = seconds / 60;
	return g_strdup_printf(ngettext("For %u minute.", "For %u minutes.", minutes), minutes);
}

static char *
dup_hold(const RollstatMovementDose *dose, guint times)
{
	if (dose->sides > 1 && times > 1)
		return g_strdup_printf(_("Hold %u s on each side, %u times."), dose->seconds,
				       times);
	if (dose->sides > 1)
		return g_strdup_printf(_("Hold %u s on each side."), dose->seconds);
	if (times > 1)
		return g_strdup_printf(_("Hold %u s, %u times."), dose->seconds, times);
	return g_strdup_printf(_("Hold %u s."), dose->seconds);
}

char *
rollstat_movement_dup_dose(const RollstatMovement *movement, guint seconds)
{
	const RollstatMovementDose *dose = &movement->dose;
	switch (dose->kind) {
	case ROLLSTAT_DOSE_HOLD:
		return dup_hold(dose, seconds / (dose->seconds * dose->sides));
	case ROLLSTAT_DOSE_REPEAT:
		return g_strdup_printf(_("%u times, slowly: about %u s each."), dose->times,
				       dose->seconds);
	case ROLLSTAT_DOSE_WHILE:
		return dup_while(seconds);
	}
	g_assert_not_reached();
}

const char *
rollstat_movement_get_title(RollstatMovementGroup group)
{
	switch (group) {
	case ROLLSTAT_MOVEMENT_ROLL:
		return _("On the roller and the bar");
	case ROLLSTAT_MOVEMENT_TURN:
		return _("Turn and bend the upper back");
	case ROLLSTAT_MOVEMENT_OPEN:
		return _("Open chest and shoulders");
	case ROLLSTAT_MOVEMENT_STEADY:
		return _("Hold yourself upright");
	case ROLLSTAT_MOVEMENT_CALM:
		return _("Breath, warmth and hands");
	case ROLLSTAT_MOVEMENT_GROUPS:
		break;
	}
	g_assert_not_reached();
}

const char *
rollstat_region_get_key(guint number)
{
	static const char *const keys[ROLLSTAT_REGIONS] = {
		"neck-base", "upper-thoracic", "mid-thoracic", "lower-thoracic", "lumbar",
	};
	g_assert(number < ROLLSTAT_REGIONS);
	return keys[number];
}

const char *
rollstat_tool_get_key(guint number)
{
	static const char *const keys[ROLLSTAT_TOOLS] = {
		"chair", "towel", "roller", "bar", "warmth",
	};
	g_assert(number < ROLLSTAT_TOOLS);
	return keys[number];
}

const char *
rollstat_tool_get_name(guint number)
{
	static const char *const names[ROLLSTAT_TOOLS] = {
		N_("a chair"), N_("a towel"), N_("a roller"), N_("a bar"), N_("a warm pack"),
	};
	g_assert(number < ROLLSTAT_TOOLS);
	return _(names[number]);
}
