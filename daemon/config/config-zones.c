/* SPDX-License-Identifier: MIT */
#include "daemon/config/config-zones.h"

#include "daemon/config/config-keys.h"

#include <string.h>

static gboolean
is_zone_name(const char *name)
{
	if (strlen(name) >= ROLL_ZONE_NAME_MAX)
		return FALSE;
	for (const char *at = name; *at; at = g_utf8_next_char(at)) {
		gunichar letter = g_utf8_get_char(at);

		if (!g_unichar_isalnum(letter) && !(letter < 128 && strchr(" -_.", (int)letter)))
			return FALSE;
	}
	return TRUE;
}

/* "from;to" in cm. FALSE: it is not that. */
static gboolean
read_stretch(const char *text, RollZone *ret_zone)
{
	g_auto(GStrv) ends = g_strsplit(text, ";", -1);
	double from_cm = 0;
	double to_cm = 0;

	if (g_strv_length(ends) != 2 ||
	    !roll_config_read_number(g_strstrip(ends[0]), -99, 99, &from_cm) ||
	    !roll_config_read_number(g_strstrip(ends[1]), -99, 99, &to_cm) || !(from_cm < to_cm))
		return FALSE;
	ret_zone->from_m = from_cm / 100;
	ret_zone->to_m = to_cm / 100;
	return TRUE;
}

static gboolean
is_overlapping(const RollZone *zone, const RollZone *other)
{
	return zone->from_m < other->to_m && other->from_m < zone->to_m;
}

/* Puts a zone where it belongs by from_m, so that the order of the file does not matter. */
static void
insert(RollConfigZones *zones, const RollZone *zone)
{
	unsigned at = zones->n_zones++;

	for (; at > 0 && zones->zones[at - 1].from_m > zone->from_m; at--)
		zones->zones[at] = zones->zones[at - 1];
	zones->zones[at] = *zone;
}

gboolean
roll_config_zones_take(const char *path, const RollConfigEntry *entry, RollConfigZones *zones,
		       GError **error)
{
	RollZone zone = {0};

	if (!is_zone_name(entry->key))
		return roll_config_file_fail(path, entry, error,
					     "a zone's name is 1 to %d bytes of letters, digits, "
					     "blanks and -_.",
					     ROLL_ZONE_NAME_MAX - 1);
	if (!read_stretch(entry->value, &zone))
		return roll_config_file_fail(path, entry, error,
					     "allowed is from;to with -99 <= from < to <= 99 "
					     "(centimetres from C7)");
	if (zones->n_zones == ROLL_ZONES_MAX)
		return roll_config_file_fail(path, entry, error, "at most %d zones are allowed",
					     ROLL_ZONES_MAX);
	g_strlcpy(zone.name, entry->key, sizeof zone.name);
	for (unsigned i = 0; i < zones->n_zones; i++) {
		if (is_overlapping(&zone, &zones->zones[i]))
			return roll_config_file_fail(
				path, entry, error,
				"overlaps zone \"%s\": zones may touch, not overlap",
				zones->zones[i].name);
	}
	insert(zones, &zone);
	return TRUE;
}
