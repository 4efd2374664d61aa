/* SPDX-License-Identifier: MIT */
#include "cli/time/named-place.h"

#include "cli/usage.h"

#include <glib/gi18n-lib.h>
#include <string.h>

RollstatPlace *
rollstat_place_new(const RollstatZoneSum *zone)
{
	RollstatPlace *place = g_new0(RollstatPlace, 1);
	place->name = g_strdup(zone->name);
	g_strlcpy(place->levels, zone->levels, sizeof place->levels);
	place->needs_care = zone->needs_care;
	place->from_cm = zone->from_cm;
	place->to_cm = zone->to_cm;
	return place;
}

static RollstatPlace *
new_level(const RollstatLevel *level)
{
	const char *name = level->name;
	RollstatPlace *place = g_new0(RollstatPlace, 1);
	place->name = g_strdup(name);
	place->is_level = TRUE;
	place->needs_care = name[0] == 'L' || g_str_equal(name, "C7") || g_str_equal(name, "T1");
	place->from_cm = level->from_cm;
	place->to_cm = level->to_cm;
	return place;
}

void
rollstat_place_free(RollstatPlace *place)
{
	if (place == NULL)
		return;
	g_free(place->name);
	g_free(place);
}

static const RollstatZoneSum *
get_zone(const RollstatSummary *zones, guint n)
{
	return &g_array_index(zones->zones, RollstatZoneSum, n);
}

static const RollstatZoneSum *
find_zone(const RollstatSummary *zones, const char *word)
{
	g_autofree char *folded = g_utf8_casefold(word, -1);
	for (guint i = 0; i < zones->zones->len; i++) {
		g_autofree char *name = g_utf8_casefold(get_zone(zones, i)->name, -1);
		if (g_str_equal(name, folded))
			return get_zone(zones, i);
	}
	return NULL;
}

gboolean
rollstat_place_is_zone(const RollstatSummary *zones, const char *word)
{
	return g_utf8_validate(word, -1, NULL) && find_zone(zones, word) != NULL;
}

static guint
find_by_beginning(const RollstatSummary *zones, const char *word, const RollstatZoneSum **ret_zone)
{
	g_autofree char *folded = g_utf8_casefold(word, -1);
	guint n = 0;
	for (guint i = 0; i < zones->zones->len; i++) {
		g_autofree char *name = g_utf8_casefold(get_zone(zones, i)->name, -1);
		if (!g_str_has_prefix(name, folded))
			continue;
		*ret_zone = get_zone(zones, i);
		n++;
	}
	return n;
}

static RollstatPlace *
find_level(const RollstatSpine *spine, const char *word)
{
	for (guint i = 0; i < spine->n_levels; i++)
		if (g_ascii_strcasecmp(spine->levels[i].name, word) == 0)
			return new_level(&spine->levels[i]);
	return NULL;
}

static char *
dup_names(const RollstatSummary *zones)
{
	g_autoptr(GString) names = g_string_new(NULL);
	for (guint i = 0; i < zones->zones->len; i++)
		g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", get_zone(zones, i)->name);
	return g_string_free(g_steal_pointer(&names), FALSE);
}

RollstatPlace *
rollstat_place_find(const RollstatSummary *zones, const RollstatSpine *spine, const char *word,
		    GError **error)
{
	const RollstatZoneSum *zone = NULL;
	gboolean is_text = g_utf8_validate(word, -1, NULL) && *word != '\0';
	if (is_text && (zone = find_zone(zones, word)) != NULL)
		return rollstat_place_new(zone);
	RollstatPlace *level = is_text ? find_level(spine, word) : NULL;
	if (level != NULL)
		return level;
	guint n = is_text ? find_by_beginning(zones, word, &zone) : 0;
	if (n == 1)
		return rollstat_place_new(zone);
	g_autofree char *shown = is_text ? g_strdup(word) : g_strescape(word, NULL);
	g_autofree char *names = dup_names(zones);
	if (n > 1)
		rollstat_usage_fail(error, _("\"%s\" may be more than one zone; there are: %s"),
				    shown, names);
	else if (zones->zones->len == 0)
		rollstat_usage_fail(error, _("there is no zone \"%s\": nothing was rolled yet"),
				    shown);
	else if (spine->n_levels > 0)
		rollstat_usage_fail(error,
				    _("there is no zone \"%s\"; there are: %s, and levels like T8"),
				    shown, names);
	else
		rollstat_usage_fail(error, _("there is no zone \"%s\"; there are: %s"), shown,
				    names);
	return NULL;
}
