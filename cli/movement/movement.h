/* SPDX-License-Identifier: MIT
 *
 * The library of movements: other ways of loosening an upper back, and those on the roller and the bar. A movement is
 * a value of RollstatMovement in a file library-*.c, which holds nothing else: the compiler reads it, gettext finds its texts
 * by N_() as everywhere, and nothing of it can be missing at run time. A test checks its form. What each says is
 * neutral: what it is for, how it is done, how long, what to be careful of; never a diagnosis. Pure.
 */
#pragma once

#include <glib.h>

/* Parts of the back, from head to feet; flags. */
typedef enum {
	ROLLSTAT_REGION_NECK_BASE = 1 << 0, /* C7-T1 */
	ROLLSTAT_REGION_UPPER = 1 << 1,	    /* T2-T4 */
	ROLLSTAT_REGION_MIDDLE = 1 << 2,    /* T5-T8 */
	ROLLSTAT_REGION_LOWER = 1 << 3,	    /* T9-T12 */
	ROLLSTAT_REGION_LUMBAR = 1 << 4,    /* L1-L5: moved, never advised to be rolled */
} RollstatRegions;

enum {
	ROLLSTAT_REGIONS = 5,
	ROLLSTAT_MOVEMENT_STEPS = 6, /* at most */
};

/* What it needs beside a floor, a wall and a door; flags. */
typedef enum {
	ROLLSTAT_TOOL_CHAIR = 1 << 0,
	ROLLSTAT_TOOL_TOWEL = 1 << 1,
	ROLLSTAT_TOOL_ROLLER = 1 << 2,
	ROLLSTAT_TOOL_BAR = 1 << 3,
	ROLLSTAT_TOOL_WARMTH = 1 << 4,
} RollstatTools;

enum {
	ROLLSTAT_TOOLS = 5,
};

/* Where the guide lists it. */
typedef enum {
	ROLLSTAT_MOVEMENT_ROLL,
	ROLLSTAT_MOVEMENT_TURN,
	ROLLSTAT_MOVEMENT_OPEN,
	ROLLSTAT_MOVEMENT_STEADY,
	ROLLSTAT_MOVEMENT_CALM,
	ROLLSTAT_MOVEMENT_GROUPS,
} RollstatMovementGroup;

/* What a plan takes it for. */
typedef enum {
	ROLLSTAT_ROLE_MOVE,
	ROLLSTAT_ROLE_ROLL,    /* a zone's seconds on the roller or bar */
	ROLLSTAT_ROLE_WARM_UP, /* what a plan begins with */
} RollstatRole;

typedef enum {
	ROLLSTAT_DOSE_HOLD,   /* held for so many seconds on each of so many sides, so many times */
	ROLLSTAT_DOSE_REPEAT, /* done so many times, of so many seconds each */
	ROLLSTAT_DOSE_WHILE,  /* for so many seconds, from least_s on */
} RollstatDoseKind;

typedef struct {
	RollstatDoseKind kind;
	guint seconds, times, sides;
	guint least_s; /* of WHILE */
} RollstatMovementDose;

typedef struct {
	const char *key;				/* "chair-twist": as it is stored */
	const char *name, *purpose;			/* a line each, N_() */
	const char *steps[ROLLSTAT_MOVEMENT_STEPS + 1]; /* in the imperative, N_(); ended by NULL */
	const char *caution;				/* sentences, N_() */
	const char *source; /* of dose and caution; not translated, but NULL: there is none */
	RollstatMovementGroup group;
	RollstatRole role;
	guint regions, tools; /* RollstatRegions, RollstatTools */
	gboolean is_sensed;   /* a sensor on the roller or bar follows it */
	RollstatMovementDose dose;
} RollstatMovement;

/* All of them, ended by NULL: in the order of the groups. */
extern const RollstatMovement *const rollstat_movements[];

/* By its key. NULL: there is none. */
const RollstatMovement *rollstat_movement_find(const char *key);

/* As a person writes it: key or name (translated or not), in either case, with blanks or dashes, whole or as a
 * beginning of it or of one of its words that fits one alone. NULL and error (ROLLSTAT_USAGE_ERROR): there is none, and the
 * nearest one is told; or there are several. */
const RollstatMovement *rollstat_movement_require(const char *text, GError **error);

/* Seconds of its usual dose; the least that a plan gives to it. */
guint rollstat_movement_get_dose_s(const RollstatMovement *movement);
guint rollstat_movement_get_least_s(const RollstatMovement *movement);

/* The most that fits into so many seconds: its dose, or so many whole rounds of it; 0: nothing does. */
guint rollstat_movement_fit_s(const RollstatMovement *movement, guint seconds);

/* "Hold 15 s on each side, 2 times."; of so many seconds (rollstat_movement_fit_s); given, translated. */
char *rollstat_movement_dup_dose(const RollstatMovement *movement, guint seconds);

/* For people, translated: "Turn and bend"; static. */
const char *rollstat_movement_get_title(RollstatMovementGroup group);

/* For scripts: "mid-thoracic", "chair"; by their number from 0. Static. */
const char *rollstat_region_get_key(guint number);
const char *rollstat_tool_get_key(guint number);

/* For people, translated: "a chair". Static. */
const char *rollstat_tool_get_name(guint number);

/* Reads "roller,bar" into flags. FALSE and error (ROLLSTAT_USAGE_ERROR). */
gboolean rollstat_tools_parse(const char *text, guint *ret_tools, GError **error);
