/* SPDX-License-Identifier: MIT
 *
 * On the roller and on the bar. The least time of a zone is that of cli/history/dose.h; for lying lengthwise on a bar none
 * is published, so that it gets no more than that.
 */
#include "cli/movement/library.h"

const RollstatMovement rollstat_foam_roller = {
	.key = "foam-roller",
	.name = N_("Foam roller"),
	.purpose = N_("Loosens the muscles beside the spine, zone by zone"),
	.steps =
		{
			N_("Lie on your back with the roller across it, under the zone."),
			N_("Cross your arms over your chest or hold your head in your hands; bend "
			   "your knees."),
			N_("Lift your hips a little and roll slowly with your feet, 2 to 4 s one "
			   "way."),
			N_("Rest 20 to 30 s on a tender spot, or until it lets go; breathe on."),
			N_("Stay between the base of the neck and the lowest ribs."),
		},
	.caution = N_("Not over open wounds or fractures; with care, and with advice, at "
		      "inflammation, deep vein thrombosis, osteomyelitis or myositis ossificans. "
		      "The lumbar spine is widely advised against, though one study of healthy "
		      "people found benefit. 10 minutes on one knot bruises."),
	.source = ROLLSTAT_SOURCE_ROLLING,
	.group = ROLLSTAT_MOVEMENT_ROLL,
	.role = ROLLSTAT_ROLE_ROLL,
	.regions = ROLLSTAT_REGIONS_ROLLED,
	.tools = ROLLSTAT_TOOL_ROLLER,
	.is_sensed = TRUE,
	.dose = {.kind = ROLLSTAT_DOSE_WHILE, .seconds = 90, .least_s = 30},
};

const RollstatMovement rollstat_bar_lengthwise = {
	.key = "bar-lengthwise",
	.name = N_("Bar lengthwise"),
	.purpose = N_("Lets the upper back sink open over a bar along the spine"),
	.steps =
		{
			N_("Lay the bar along the spine, its upper end at the base of the neck, "
			   "its lower end no lower than the ribs."),
			N_("Lie down on it slowly; put something under your head if your chin "
			   "points up."),
			N_("Bend your knees, feet on the floor, and let your arms fall open."),
			N_("Breathe out long and let your shoulders sink to both sides."),
			N_("Roll off to one side to get up."),
		},
	.caution = N_("Not over open wounds or fractures. Pad the bar where a bone presses; with "
		      "osteoporosis ask first."),
	.source = ROLLSTAT_SOURCE_LEAFLET "; Bartsch 2021, J Clin Med 10:5360",
	.group = ROLLSTAT_MOVEMENT_ROLL,
	.role = ROLLSTAT_ROLE_ROLL,
	.regions = ROLLSTAT_REGIONS_ROLLED,
	.tools = ROLLSTAT_TOOL_BAR,
	.is_sensed = TRUE,
	.dose = {.kind = ROLLSTAT_DOSE_WHILE, .seconds = 90, .least_s = 30},
};

const RollstatMovement rollstat_bar_pushes = {
	.key = "bar-pushes",
	.name = N_("Bar with pushes of the feet"),
	.purpose = N_("Moves the pressure of the bar up and down the upper back"),
	.steps =
		{
			N_("Lie with the bar along the spine, from the base of the neck to the "
			   "ribs, knees bent."),
			N_("Push with both feet, so that your body slides a little toward the "
			   "head."),
			N_("Let go slowly and slide back."),
			N_("Push and let go once in 4 to 6 s; keep your neck long."),
		},
	.caution = N_("Not over open wounds or fractures. Small pushes are enough: the bar stays "
		      "off the neck and off the lumbar spine. With osteoporosis ask first."),
	.source = "Bartsch 2021, J Clin Med 10:5360",
	.group = ROLLSTAT_MOVEMENT_ROLL,
	.role = ROLLSTAT_ROLE_ROLL,
	.regions = ROLLSTAT_REGIONS_ROLLED,
	.tools = ROLLSTAT_TOOL_BAR,
	.is_sensed = TRUE,
	.dose = {.kind = ROLLSTAT_DOSE_WHILE, .seconds = 60, .least_s = 30},
};

const RollstatMovement rollstat_bar_twists = {
	.key = "bar-twists",
	.name = N_("Bar with twists"),
	.purpose = N_("Presses and frees each side of the spine in turn"),
	.steps =
		{
			N_("Lie with the bar along the spine, from the base of the neck to the "
			   "ribs, knees bent."),
			N_("Point both arms to the ceiling, hands together."),
			N_("Turn chest and arms a little to one side; stay there for a breath."),
			N_("Come back to the middle and turn to the other side."),
		},
	.caution = N_("Not over open wounds or fractures. Turn only as far as it stays easy; with "
		      "osteoporosis get advice first on sparing the spine."),
	.source = "Bartsch 2021, J Clin Med 10:5360; " ROLLSTAT_SOURCE_SPARING,
	.group = ROLLSTAT_MOVEMENT_ROLL,
	.role = ROLLSTAT_ROLE_ROLL,
	.regions = ROLLSTAT_REGIONS_ROLLED,
	.tools = ROLLSTAT_TOOL_BAR,
	.is_sensed = TRUE,
	.dose = {.kind = ROLLSTAT_DOSE_WHILE, .seconds = 60, .least_s = 30},
};
