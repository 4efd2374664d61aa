/* SPDX-License-Identifier: MIT */
#include "cli/history/profile-session.h"

#include <math.h>

void
rollstat_profile_fill(const RollstatHistory *history, const RollstatSession *session,
		      RollstatProfile *profile)
{
	profile->has_force = session->has_force;
	for (guint i = 0; i < session->slice_rows.n; i++) {
		const RollstatSlice *slice = &g_array_index(history->slices, RollstatSlice,
							    session->slice_rows.first + i);
		guint n = rollstat_slice_find(slice->at_cm);
		profile->seconds[n] += slice->seconds;
		profile->force[n] += isnan(slice->force_ns) ? 0 : slice->force_ns;
		profile->moving_s[n] += slice->moving_s;
		profile->travel_cm[n] += slice->travel_cm;
	}
	for (guint i = 0; i < session->hold_rows.n; i++) {
		const RollstatHold *hold =
			&g_array_index(history->holds, RollstatHold, session->hold_rows.first + i);
		double hold_s = (double)(hold->end_us - hold->start_us) / G_USEC_PER_SEC;
		rollstat_profile_add_hold(profile, hold->at_cm, hold_s);
	}
	for (guint i = 0; i < session->pass_rows.n; i++) {
		const RollstatPass *pass =
			&g_array_index(history->passes, RollstatPass, session->pass_rows.first + i);
		rollstat_profile_add_pass(profile, pass->from_cm, pass->to_cm);
	}
}
