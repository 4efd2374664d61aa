/* SPDX-License-Identifier: MIT */
#include "daemon/track/settings.h"

#include <string.h>

void
roll_track_settings_init(RollTrackSettings *settings)
{
	const double spine_m = 0.44;
	const unsigned start_level = 8; /* T8 */

	memset(settings, 0, sizeof(*settings));
	settings->radius_m = 0.075;
	settings->start_m = roll_spine_get_level_m(start_level, spine_m);
	settings->travel_sign = 1.0;
	settings->axis = (RollSensorVec){0.0f, 0.0f, 1.0f};
	settings->head_end_m = 0.01;
	settings->pitch_m = 0.04;
	settings->neck_m = 0.0;
	settings->loaded_n = 20.0;
	settings->min_m = -0.05;
	settings->max_m = spine_m + 0.05;
	settings->session_gap_us = 5 * 60 * INT64_C(1000000);
	settings->n_zones = roll_spine_get_default_zones(spine_m, settings->zones);
}
