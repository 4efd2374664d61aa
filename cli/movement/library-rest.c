/* SPDX-License-Identifier: MIT
 *
 * Opening chest and shoulders; holding yourself upright; warmth, hands and breath.
 */
#include "cli/movement/library.h"

const RollstatMovement rollstat_standing_chest = {
	.key = "standing-chest",
	.name = N_("Standing chest stretch"),
	.purpose = N_("Opens the chest, which the upper back has to hold against"),
	.steps =
		{
			N_("Stand upright and clasp your hands behind you, or hold a sleeve."),
			N_("Draw the shoulders back and down."),
			N_("Lift the hands a little from the body without arching the waist."),
			N_("Hold and breathe on."),
		},
	.caution = N_("Less where the front of a shoulder pinches."),
	.source = ROLLSTAT_SOURCE_HOLDING,
	.group = ROLLSTAT_MOVEMENT_OPEN,
	.regions = ROLLSTAT_REGION_UPPER | ROLLSTAT_REGION_MIDDLE,
	.dose = {.kind = ROLLSTAT_DOSE_HOLD, .seconds = 30, .times = 2, .sides = 1},
};

const RollstatMovement rollstat_doorway = {
	.key = "doorway",
	.name = N_("Doorway stretch"),
	.purpose = N_("Opens the chest and the front of the shoulders"),
	.steps =
		{
			N_("Stand in an open door, one forearm on its frame, elbow at the height "
			   "of the shoulder."),
			N_("Step forward with the foot on that side."),
			N_("Lean through the door until you feel it in the chest."),
			N_("Hold and breathe on; then change the arm."),
		},
	.caution =
		N_("Put the elbow lower where the shoulder pinches or was ever out of its joint."),
	.source = ROLLSTAT_SOURCE_HOLDING,
	.group = ROLLSTAT_MOVEMENT_OPEN,
	.regions = ROLLSTAT_REGION_UPPER,
	.dose = {.kind = ROLLSTAT_DOSE_HOLD, .seconds = 20, .times = 2, .sides = 2},
};

const RollstatMovement rollstat_arm_across_chest = {
	.key = "arm-across-chest",
	.name = N_("Arm across the chest"),
	.purpose = N_("Stretches between shoulder blade and spine"),
	.steps =
		{
			N_("Let both shoulders sink."),
			N_("Lay one arm across your chest and hold it above the elbow with the "
			   "other hand."),
			N_("Draw it gently toward you until you feel it behind the shoulder."),
			N_("Hold and breathe on; then change the arm."),
		},
	.caution = N_("Do not pull at the elbow itself."),
	.source = ROLLSTAT_SOURCE_HOLDING "; AAOS, shoulder conditioning program",
	.group = ROLLSTAT_MOVEMENT_OPEN,
	.regions = ROLLSTAT_REGION_NECK_BASE | ROLLSTAT_REGION_UPPER | ROLLSTAT_REGION_MIDDLE,
	.dose = {.kind = ROLLSTAT_DOSE_HOLD, .seconds = 20, .times = 2, .sides = 2},
};

const RollstatMovement rollstat_shoulder_blade_squeeze = {
	.key = "shoulder-blade-squeeze",
	.name = N_("Shoulder-blade squeeze"),
	.purpose = N_("Wakes the muscles that hold the shoulders back"),
	.steps =
		{
			N_("Sit or stand upright, arms at your sides."),
			N_("Draw the shoulder blades back and down, toward each other."),
			N_("Hold for 5 s without lifting the shoulders, then let go."),
		},
	.caution = N_("Half the strength is enough; the neck stays soft."),
	.source = ROLLSTAT_SOURCE_LEAFLET,
	.group = ROLLSTAT_MOVEMENT_STEADY,
	.regions = ROLLSTAT_REGION_NECK_BASE | ROLLSTAT_REGION_UPPER | ROLLSTAT_REGION_MIDDLE,
	.dose = {.kind = ROLLSTAT_DOSE_REPEAT, .seconds = 6, .times = 10},
};

const RollstatMovement rollstat_chin_tuck = {
	.key = "chin-tuck",
	.name = N_("Chin tuck"),
	.purpose = N_("Brings the head back over the shoulders"),
	.steps =
		{
			N_("Sit or stand upright and look straight ahead."),
			N_("Draw the chin straight back, as if to make a double chin."),
			N_("Hold for 3 to 5 s and let go."),
		},
	.caution = N_("Do not nod or press. Stop where arm or hand tingles, or you get dizzy, and "
		      "ask a health professional."),
	.source = ROLLSTAT_SOURCE_LEAFLET,
	.group = ROLLSTAT_MOVEMENT_STEADY,
	.regions = ROLLSTAT_REGION_NECK_BASE,
	.dose = {.kind = ROLLSTAT_DOSE_REPEAT, .seconds = 6, .times = 10},
};

const RollstatMovement rollstat_arm_walkout = {
	.key = "arm-walkout",
	.name = N_("Arm walkout"),
	.purpose = N_("Strengthens what holds shoulder blades and trunk"),
	.steps =
		{
			N_("Kneel on hands and knees."),
			N_("Walk your hands forward bit by bit, trunk firm, until it gets hard."),
			N_("Stay for a breath without letting the waist sag."),
			N_("Walk the hands back."),
		},
	.caution = N_("Shorter where wrists, shoulders or the lumbar spine complain; breathe on."),
	.group = ROLLSTAT_MOVEMENT_STEADY,
	.regions = ROLLSTAT_REGION_UPPER | ROLLSTAT_REGION_MIDDLE | ROLLSTAT_REGION_LOWER,
	.dose = {.kind = ROLLSTAT_DOSE_REPEAT, .seconds = 10, .times = 6},
};

const RollstatMovement rollstat_heat = {
	.key = "heat",
	.name = N_("Heat"),
	.purpose = N_("Warms the back before it is moved"),
	.steps =
		{
			N_("Wrap a hot-water bottle or a warm pack in a cloth."),
			N_("Lean or lie with it against the tight place, so that it is pleasantly "
			   "warm."),
			N_("Look at the skin now and then."),
		},
	.caution = N_("Burns: never on bare or numb skin, never asleep. Not on a fresh injury, "
		      "inflammation or an open wound. What helps is shown for the low back alone, "
		      "and it is small and short."),
	.source = "French 2006, Cochrane Database Syst Rev CD004750",
	.group = ROLLSTAT_MOVEMENT_CALM,
	.role = ROLLSTAT_ROLE_WARM_UP,
	.regions = ROLLSTAT_REGION_NECK_BASE | ROLLSTAT_REGIONS_ROLLED | ROLLSTAT_REGION_LUMBAR,
	.tools = ROLLSTAT_TOOL_WARMTH,
	.dose = {.kind = ROLLSTAT_DOSE_WHILE, .seconds = 900, .least_s = 300},
};

const RollstatMovement rollstat_massage = {
	.key = "massage",
	.name = N_("Massage"),
	.purpose = N_("Kneads the muscles from the neck to the shoulder by hand"),
	.steps =
		{
			N_("Lay one hand over the other shoulder, on the muscle beside the neck."),
			N_("Press and let go slowly, from the neck outward, as hard as it is "
			   "pleasant."),
			N_("Stay on a tender spot for 20 to 30 s, or until it lets go."),
			N_("Change the side."),
		},
	.caution =
		N_("Not on the front of the neck, nor over wounds, inflammation or a thrombosis. "
		   "10 minutes on one knot bruises. Studies are about the low back, and trust "
		   "in them is low."),
	.source = "Furlan 2015, Cochrane Database Syst Rev CD001929",
	.group = ROLLSTAT_MOVEMENT_CALM,
	.regions = ROLLSTAT_REGION_NECK_BASE | ROLLSTAT_REGION_UPPER,
	.dose = {.kind = ROLLSTAT_DOSE_HOLD, .seconds = 30, .times = 2, .sides = 2},
};

const RollstatMovement rollstat_breathing = {
	.key = "breathing",
	.name = N_("Breathing"),
	.purpose = N_("Moves the ribs from inside and calms"),
	.steps =
		{
			N_("Lie or sit at ease, hands on the lower ribs."),
			N_("Breathe in through the nose for about 4 s, into the sides and back of "
			   "the ribs."),
			N_("Breathe out for about 6 s, longer than in."),
			N_("Let the shoulders stay where they are."),
		},
	.caution = N_("Breathe as usual if you get dizzy. That slow breathing eases pain is very "
		      "uncertain."),
	.source =
		"Zaccaro 2018, Front Hum Neurosci 12:353; Joseph 2022, J Evid Based Integr Med 27",
	.group = ROLLSTAT_MOVEMENT_CALM,
	.role = ROLLSTAT_ROLE_WARM_UP,
	.regions = ROLLSTAT_REGIONS_ROLLED,
	.dose = {.kind = ROLLSTAT_DOSE_WHILE, .seconds = 60, .least_s = 30},
};
