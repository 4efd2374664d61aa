/* SPDX-License-Identifier: MIT */
#include "cli/doctor/probe-parts.h"

#include <string.h>
#include <unistd.h>

static gboolean
is_there(const char *path)
{
	return g_file_test(path, G_FILE_TEST_EXISTS);
}

static void
look_at_zone(const RollstatContext *context, RollstatMachineFacts *facts)
{
	const char *wanted = g_getenv("TZ");
	gboolean is_named = wanted != NULL && *wanted != '\0';
	g_autoptr(GTimeZone) named =
		is_named ? g_time_zone_new_identifier(*wanted == ':' ? wanted + 1 : wanted) : NULL;
	facts->has_zone = is_named || is_there("/etc/localtime");
	facts->is_zone_known = !is_named || named != NULL;
	facts->zone =
		g_strdup(facts->is_zone_known ? g_time_zone_get_identifier(context->zone) : wanted);
}

/* terminfo keeps "xterm" in x/xterm, or in 78/xterm. */
static gboolean
is_described(const char *folder, const char *term)
{
	g_autofree char *letter = g_strdup_printf("%c", *term);
	g_autofree char *number = g_strdup_printf("%02x", (guint)(guchar)*term);
	g_autofree char *by_letter = g_build_filename(folder, letter, term, NULL);
	g_autofree char *by_number = g_build_filename(folder, number, term, NULL);
	return is_there(by_letter) || is_there(by_number);
}

static gboolean
is_term_known(const RollstatPlaces *places, const char *term)
{
	g_auto(GStrv) folders = g_strsplit(places->terminfo, ":", -1);
	g_autofree char *own = g_build_filename(g_get_home_dir(), ".terminfo", NULL);
	const char *named = g_getenv("TERMINFO");
	if (*term == '\0' || strchr(term, '/') != NULL)
		return FALSE;
	if (is_described(own, term) || (named != NULL && is_described(named, term)))
		return TRUE;
	for (guint i = 0; folders[i] != NULL; i++)
		if (is_described(folders[i], term))
			return TRUE;
	return FALSE;
}

void
rollstat_probe_machine(const RollstatContext *context, const RollstatPlaces *places,
		       RollstatMachineFacts *facts)
{
	const char *term = g_getenv("TERM");
	facts->now_us = context->now_us;
	facts->style = context->style;
	facts->is_container = is_there("/.dockerenv") || is_there("/run/.containerenv") ||
			      is_there("/run/systemd/container");
	facts->term = g_strdup(term != NULL ? term : "");
	facts->is_terminal = isatty(STDOUT_FILENO);
	facts->is_term_known = is_term_known(places, facts->term);
	look_at_zone(context, facts);
}
