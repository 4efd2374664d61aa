/* SPDX-License-Identifier: MIT */
#include "cli/movement/library.h"

const RollstatMovement *const rollstat_movements[] = {
	&rollstat_foam_roller,	    &rollstat_bar_lengthwise,
	&rollstat_bar_pushes,	    &rollstat_bar_twists,
	&rollstat_chair_twist,	    &rollstat_towel_twist,
	&rollstat_wall_stretch,	    &rollstat_standing_backbend,
	&rollstat_cat_cow,	    &rollstat_childs_pose,
	&rollstat_standing_chest,   &rollstat_doorway,
	&rollstat_arm_across_chest, &rollstat_shoulder_blade_squeeze,
	&rollstat_chin_tuck,	    &rollstat_arm_walkout,
	&rollstat_breathing,	    &rollstat_heat,
	&rollstat_massage,	    NULL,
};
