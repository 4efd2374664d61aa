/* SPDX-License-Identifier: MIT
 *
 * Turning and bending the upper back.
 */
#include "cli/movement/library.h"

const RollstatMovement rollstat_chair_twist = {
	.key = "chair-twist",
	.name = N_("Chair twist"),
	.purpose = N_("Turns the middle of the back, at a desk, too"),
	.steps =
		{
			N_("Sit upright on a chair that does not roll, both feet on the floor."),
			N_("Put one hand on the other knee and the other hand on the back of the "
			   "chair."),
			N_("Grow tall, then turn your chest toward the chair's back as you "
			   "breathe out."),
			N_("Hold and breathe on; then turn to the other side."),
		},
	.caution = N_("Turn with the back, do not pull with the arms. With osteoporosis get advice "
		      "first on sparing the spine."),
	.source = ROLLSTAT_SOURCE_HOLDING "; " ROLLSTAT_SOURCE_SPARING,
	.group = ROLLSTAT_MOVEMENT_TURN,
	.regions = ROLLSTAT_REGION_MIDDLE | ROLLSTAT_REGION_LOWER,
	.tools = ROLLSTAT_TOOL_CHAIR,
	.dose = {.kind = ROLLSTAT_DOSE_HOLD, .seconds = 15, .times = 2, .sides = 2},
};

const RollstatMovement rollstat_towel_twist = {
	.key = "towel-twist",
	.name = N_("Towel twist"),
	.purpose = N_("Turns the upper back with the arms up and apart"),
	.steps =
		{
			N_("Stand or sit upright and hold a towel by both ends, arms up as far as "
			   "it is easy."),
			N_("Pull the towel tight, without lifting the shoulders to the ears."),
			N_("Turn your chest to one side while your hips stay in front."),
			N_("Hold and breathe on; then turn to the other side."),
		},
	.caution = N_("Where lifting the arms hurts, hold the towel in front of the chest. With "
		      "osteoporosis get advice first on sparing the spine."),
	.source = ROLLSTAT_SOURCE_HOLDING "; " ROLLSTAT_SOURCE_SPARING,
	.group = ROLLSTAT_MOVEMENT_TURN,
	.regions = ROLLSTAT_REGION_UPPER | ROLLSTAT_REGION_MIDDLE,
	.tools = ROLLSTAT_TOOL_TOWEL,
	.dose = {.kind = ROLLSTAT_DOSE_HOLD, .seconds = 15, .times = 2, .sides = 2},
};

const RollstatMovement rollstat_wall_stretch = {
	.key = "wall-stretch",
	.name = N_("Wall stretch"),
	.purpose = N_("Straightens the upper back and opens the armpits"),
	.steps =
		{
			N_("Stand two steps from a wall and put both hands on it at the height of "
			   "your chest."),
			N_("Walk back and bend at the hips until arms and back are one line."),
			N_("Let the breastbone sink toward the floor; keep your knees soft."),
			N_("Hold and breathe on; walk forward to come up."),
		},
	.caution = N_("Less deep where a shoulder pinches. Come up slowly if you get dizzy."),
	.source = ROLLSTAT_SOURCE_HOLDING,
	.group = ROLLSTAT_MOVEMENT_TURN,
	.regions = ROLLSTAT_REGION_UPPER | ROLLSTAT_REGION_MIDDLE | ROLLSTAT_REGION_LOWER,
	.dose = {.kind = ROLLSTAT_DOSE_HOLD, .seconds = 30, .times = 2, .sides = 1},
};

const RollstatMovement rollstat_standing_backbend = {
	.key = "standing-backbend",
	.name = N_("Standing backbend"),
	.purpose = N_("Bends the upper back the other way after sitting"),
	.steps =
		{
			N_("Stand with your feet as wide as your hips, hands on the lower ribs or "
			   "behind the head."),
			N_("Lift the breastbone and bend back from the upper back, not from the "
			   "waist."),
			N_("Look up only as far as the neck stays long."),
			N_("Stay for a breath and come back slowly."),
		},
	.caution = N_("Small is enough; hold on to something if you get dizzy. Not with a known "
		      "narrowing or slipping of the lumbar spine without advice."),
	.source = ROLLSTAT_SOURCE_LEAFLET,
	.group = ROLLSTAT_MOVEMENT_TURN,
	.regions = ROLLSTAT_REGION_MIDDLE | ROLLSTAT_REGION_LOWER,
	.dose = {.kind = ROLLSTAT_DOSE_REPEAT, .seconds = 6, .times = 8},
};

const RollstatMovement rollstat_cat_cow = {
	.key = "cat-cow",
	.name = N_("Cat-cow"),
	.purpose = N_("Bends the whole back to and fro, easily"),
	.steps =
		{
			N_("Kneel on hands and knees, hands under the shoulders, knees under the "
			   "hips."),
			N_("Breathe out and round your back toward the ceiling, chin to the "
			   "chest."),
			N_("Breathe in and let the belly sink, breastbone forward."),
			N_("Go on slowly, as far as it is easy."),
		},
	.caution = N_("Kneel on something soft; on fists or forearms where wrists hurt. With "
		      "osteoporosis keep the rounding small."),
	.source = ROLLSTAT_SOURCE_SPARING,
	.group = ROLLSTAT_MOVEMENT_TURN,
	.role = ROLLSTAT_ROLE_WARM_UP,
	.regions = ROLLSTAT_REGIONS_ROLLED | ROLLSTAT_REGION_LUMBAR,
	.dose = {.kind = ROLLSTAT_DOSE_REPEAT, .seconds = 6, .times = 10},
};

const RollstatMovement rollstat_childs_pose = {
	.key = "childs-pose",
	.name = N_("Child's pose"),
	.purpose = N_("Lengthens the back and lets it rest"),
	.steps =
		{
			N_("Kneel, big toes together, and sit back toward your heels."),
			N_("Bend forward and lay your forehead down, or on a cushion."),
			N_("Stretch your arms forward, or lay them beside you."),
			N_("Breathe into the back of the ribs."),
		},
	.caution = N_("A cushion under the hips where the knees hurt. With osteoporosis ask first: "
		      "it rounds the back."),
	.source = ROLLSTAT_SOURCE_HOLDING "; " ROLLSTAT_SOURCE_SPARING,
	.group = ROLLSTAT_MOVEMENT_TURN,
	.regions = ROLLSTAT_REGION_MIDDLE | ROLLSTAT_REGION_LOWER | ROLLSTAT_REGION_LUMBAR,
	.dose = {.kind = ROLLSTAT_DOSE_HOLD, .seconds = 30, .times = 2, .sides = 1},
};
