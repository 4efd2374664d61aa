/* SPDX-License-Identifier: MIT */
#include "cli/movement/movement.h"
#include "cli/nearest.h"
#include "cli/usage.h"

#include <glib/gi18n-lib.h>
#include <string.h>

const RollstatMovement *
rollstat_movement_find(const char *key)
{
	for (guint i = 0; rollstat_movements[i] != NULL; i++)
		if (g_str_equal(rollstat_movements[i]->key, key))
			return rollstat_movements[i];
	return NULL;
}

/* In small letters, without apostrophes, with one dash for whatever else parts words; given. */
static char *
dup_plain(const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	g_autofree char *lower = g_utf8_strdown(valid, -1);
	g_autoptr(GString) plain = g_string_new(NULL);
	for (const char *at = lower; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar letter = g_utf8_get_char(at);
		if (g_unichar_isalnum(letter))
			g_string_append_unichar(plain, letter);
		else if (letter != '\'' && letter != 0x2019 && plain->len > 0 &&
			 plain->str[plain->len - 1] != '-')
			g_string_append_c(plain, '-');
	}
	if (plain->len > 0 && plain->str[plain->len - 1] == '-')
		g_string_truncate(plain, plain->len - 1);
	return g_string_free(g_steal_pointer(&plain), FALSE);
}

typedef enum {
	FIT_NONE,
	FIT_WORD,      /* one of its words begins so */
	FIT_BEGINNING, /* it begins so */
	FIT_WHOLE,
} Fit;

static Fit
get_fit(const char *name, const char *wanted)
{
	g_autofree char *inner = g_strconcat("-", wanted, NULL);
	if (g_str_equal(name, wanted))
		return FIT_WHOLE;
	if (g_str_has_prefix(name, wanted))
		return FIT_BEGINNING;
	return strstr(name, inner) != NULL ? FIT_WORD : FIT_NONE;
}

/* A movement's names, plain; by n from 0 to 2. Given. */
static char *
dup_name(const RollstatMovement *movement, guint n)
{
	const char *names[] = {movement->key, movement->name, _(movement->name)};
	return dup_plain(names[n]);
}

enum {
	NAMES = 3,
};

static Fit
get_best_fit(const RollstatMovement *movement, const char *wanted)
{
	Fit best = FIT_NONE;
	for (guint n = 0; n < NAMES; n++) {
		g_autofree char *name = dup_name(movement, n);
		best = MAX(best, get_fit(name, wanted));
	}
	return best;
}

static guint
get_distance(const RollstatMovement *movement, const char *wanted)
{
	guint least = G_MAXUINT;
	for (guint n = 0; n < NAMES; n++) {
		g_autofree char *name = dup_name(movement, n);
		least = MIN(least, rollstat_nearest_get_distance(name, wanted));
	}
	return least;
}

static void
fail_unknown(const char *text, const char *wanted, GError **error)
{
	const RollstatMovement *nearest = NULL;
	guint least = ROLLSTAT_NEAREST_FARTHEST + 1;
	for (guint i = 0; rollstat_movements[i] != NULL; i++) {
		guint distance = get_distance(rollstat_movements[i], wanted);
		if (distance >= least)
			continue;
		least = distance;
		nearest = rollstat_movements[i];
	}
	if (nearest != NULL)
		rollstat_usage_fail(error, _("there is no movement \"%s\"; did you mean \"%s\"?"),
				    text, nearest->key);
	else
		rollstat_usage_fail(
			error, _("there is no movement \"%s\"; rollstat guide lists them"), text);
}

const RollstatMovement *
rollstat_movement_require(const char *text, GError **error)
{
	const RollstatMovement *found = NULL;
	g_autofree char *wanted = dup_plain(text);
	g_autofree char *shown = g_utf8_make_valid(text, -1);
	g_autoptr(GString) several = g_string_new(NULL);
	Fit best = FIT_WORD;
	for (guint i = 0; rollstat_movements[i] != NULL && *wanted != '\0'; i++) {
		Fit fit = get_best_fit(rollstat_movements[i], wanted);
		if (fit < best)
			continue;
		if (fit > best)
			g_string_truncate(several, 0);
		best = fit;
		found = rollstat_movements[i];
		g_string_append_printf(several, "%s%s", several->len > 0 ? ", " : "", found->key);
	}
	if (found == NULL) {
		fail_unknown(shown, wanted, error);
		return NULL;
	}
	if (strchr(several->str, ',') == NULL)
		return found;
	rollstat_usage_fail(error, _("\"%s\" fits several movements: %s"), shown, several->str);
	return NULL;
}

gboolean
rollstat_tools_parse(const char *text, guint *ret_tools, GError **error)
{
	g_auto(GStrv) words = g_strsplit(text, ",", -1);
	g_autoptr(GString) known = g_string_new(NULL);
	guint tools = 0;
	for (guint n = 0; n < ROLLSTAT_TOOLS; n++)
		g_string_append_printf(known, "%s%s", n > 0 ? ", " : "", rollstat_tool_get_key(n));
	for (guint i = 0; words[i] != NULL; i++) {
		const char *word = g_strstrip(words[i]);
		guint tool = 0;
		for (guint n = 0; n < ROLLSTAT_TOOLS; n++)
			if (g_ascii_strcasecmp(word, rollstat_tool_get_key(n)) == 0)
				tool = 1u << n;
		tools |= tool;
		g_autofree char *shown = g_strescape(word, NULL);
		if (tool == 0)
			return rollstat_usage_fail(error,
						   _("there is no tool \"%s\"; tools are %s"),
						   shown, known->str);
	}
	*ret_tools = tools;
	return TRUE;
}
