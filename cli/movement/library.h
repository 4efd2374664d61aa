/* SPDX-License-Identifier: MIT
 *
 * The movements of each group: data alone, gathered in library.c.
 */
#pragma once

#include "cli/movement/movement.h"

#include <glib/gi18n-lib.h>

extern const RollstatMovement rollstat_foam_roller, rollstat_bar_lengthwise, rollstat_bar_pushes,
	rollstat_bar_twists;
extern const RollstatMovement rollstat_chair_twist, rollstat_towel_twist, rollstat_wall_stretch,
	rollstat_standing_backbend, rollstat_cat_cow, rollstat_childs_pose;
extern const RollstatMovement rollstat_standing_chest, rollstat_doorway, rollstat_arm_across_chest;
extern const RollstatMovement rollstat_shoulder_blade_squeeze, rollstat_chin_tuck,
	rollstat_arm_walkout;
extern const RollstatMovement rollstat_heat, rollstat_massage, rollstat_breathing;

/* Parts of the back that a roller is advised for. */
#define ROLLSTAT_REGIONS_ROLLED                                                                    \
	(ROLLSTAT_REGION_UPPER | ROLLSTAT_REGION_MIDDLE | ROLLSTAT_REGION_LOWER)

/* Sources that several movements share. */
#define ROLLSTAT_SOURCE_ROLLING                                                                    \
	"Behm 2020, J Strength Cond Res 34:3301; Sezik 2024, J Sports Sci Med 23:684; Bartsch "    \
	"2021, J Clin Med 10:5360; Fijavz 2024"
#define ROLLSTAT_SOURCE_HOLDING "Garber 2011, Med Sci Sports Exerc 43:1334"
#define ROLLSTAT_SOURCE_SPARING "Giangregorio 2015, Osteoporos Int 26:891"
#define ROLLSTAT_SOURCE_LEAFLET "StayWell, leaflet for patients on the thoracic spine"
