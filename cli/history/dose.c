/* SPDX-License-Identifier: MIT */
#include "cli/history/dose.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define FORGIVEN_S 0.001

gint64
rollstat_dose_get_whole_s(double seconds)
{
	return seconds > 0 ? (gint64)floor(seconds + FORGIVEN_S) : 0;
}

RollstatDose
rollstat_dose_judge(double seconds)
{
	gint64 whole_s = rollstat_dose_get_whole_s(seconds);
	if (whole_s == 0)
		return ROLLSTAT_DOSE_NONE;
	if (whole_s < (gint64)ROLLSTAT_DOSE_LEAST_S)
		return ROLLSTAT_DOSE_LITTLE;
	return whole_s <= (gint64)ROLLSTAT_DOSE_MOST_S ? ROLLSTAT_DOSE_ENOUGH : ROLLSTAT_DOSE_OVER;
}

guint
rollstat_dose_get_missing_s(double seconds)
{
	gint64 whole_s = rollstat_dose_get_whole_s(seconds),
	       least_s = (gint64)ROLLSTAT_DOSE_LEAST_S;
	return whole_s < least_s ? (guint)(least_s - whole_s) : 0;
}

const char *
rollstat_dose_get_words(RollstatDose dose)
{
	static const char *const words[] = {N_("not rolled"), N_("too little"), N_("enough"),
					    N_("above dose")};
	return words[dose];
}

const char *
rollstat_dose_get_key(RollstatDose dose)
{
	static const char *const keys[] = {"none", "too-little", "enough", "above"};
	return keys[dose];
}
