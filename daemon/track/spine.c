/* SPDX-License-Identifier: MIT */
#include "daemon/track/spine.h"

#include <assert.h>
#include <string.h>

typedef struct {
	const char *name;
	double share; /* of the C7-to-L5 length, from C7 */
} Level;

/* VerSe CT, 21 complete spines; standard deviations .003 to .011. */
static const Level levels[ROLL_LEVELS] = {
	{"C7", 0.000},	{"T1", 0.042}, {"T2", 0.088}, {"T3", 0.136}, {"T4", 0.184},  {"T5", 0.232},
	{"T6", 0.283},	{"T7", 0.335}, {"T8", 0.389}, {"T9", 0.444}, {"T10", 0.501}, {"T11", 0.561},
	{"T12", 0.627}, {"L1", 0.696}, {"L2", 0.771}, {"L3", 0.849}, {"L4", 0.927},  {"L5", 1.000},
};

typedef struct {
	const char *name;
	unsigned first_level, after_level;
} DefaultZone;

static const DefaultZone default_zones[] = {
	{"neck-base", 0, 2},	   {"upper-thoracic", 2, 5}, {"mid-thoracic", 5, 9},
	{"lower-thoracic", 9, 13}, {"lumbar", 13, 18},
};

static char
to_upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool
is_same_name(const char *name, const char *level_name)
{
	while (*name && *level_name && to_upper(*name) == *level_name) {
		name++;
		level_name++;
	}
	return !*name && !*level_name;
}

const char *
roll_spine_get_level_name(unsigned level)
{
	assert(level < ROLL_LEVELS);
	return levels[level].name;
}

bool
roll_spine_find_level(const char *name, unsigned *ret_level)
{
	for (unsigned level = 0; level < ROLL_LEVELS; level++) {
		if (!is_same_name(name, levels[level].name))
			continue;
		*ret_level = level;
		return true;
	}
	return false;
}

double
roll_spine_get_level_m(unsigned level, double spine_m)
{
	assert(level < ROLL_LEVELS && spine_m > 0);
	return levels[level].share * spine_m;
}

double
roll_spine_get_boundary_m(unsigned level, double spine_m)
{
	assert(level <= ROLL_LEVELS && spine_m > 0);
	if (level == 0)
		return -ROLL_SPINE_BEYOND_M;
	if (level == ROLL_LEVELS)
		return ROLL_SPINE_BEYOND_M;
	return 0.5 * (levels[level - 1].share + levels[level].share) * spine_m;
}

unsigned
roll_spine_get_default_zones(double spine_m, RollZone *ret_zones)
{
	const unsigned n_zones = sizeof(default_zones) / sizeof(default_zones[0]);

	for (unsigned i = 0; i < n_zones; i++) {
		const DefaultZone *zone = &default_zones[i];

		memset(ret_zones[i].name, 0, sizeof(ret_zones[i].name));
		memcpy(ret_zones[i].name, zone->name, strlen(zone->name));
		ret_zones[i].from_m = roll_spine_get_boundary_m(zone->first_level, spine_m);
		ret_zones[i].to_m = roll_spine_get_boundary_m(zone->after_level, spine_m);
	}
	return n_zones;
}
