/* SPDX-License-Identifier: MIT */
#include "cli/carry/carry.h"

#include <glib/gstdio.h>

char *
rollstat_carry_dup_moment(const RollstatRun *run, gint64 t_us)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(t_us / G_USEC_PER_SEC);
	g_autoptr(GDateTime) local =
		utc != NULL ? g_date_time_to_timezone(utc, run->view.zone) : NULL;
	return local != NULL ? g_date_time_format(local, "%Y-%m-%d-%H%M%S") : g_strdup("undated");
}

gboolean
rollstat_carry_advise(const RollstatRun *run, GError **error)
{
	if (error == NULL ||
	    !g_error_matches(*error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_LOCKED))
		return FALSE;
	const char *stop =
		run->is_system ? "sudo systemctl stop rollerd" : "systemctl --user stop rollerd";
	g_autofree char *message = g_strdup((*error)->message);
	g_clear_error(error);
	g_set_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_LOCKED,
		    _("%s\n"
		      "Stop rollerd first: %s\n"
		      "Then repeat the command, and start rollerd again."),
		    message, stop);
	return FALSE;
}

gboolean
rollstat_carry_is_same(const char *path, const char *other)
{
	GStatBuf one, two;
	return g_stat(path, &one) == 0 && g_stat(other, &two) == 0 && one.st_dev == two.st_dev &&
	       one.st_ino == two.st_ino;
}

char *
rollstat_carry_dup_stretch(const RollstatRun *run, gint64 sessions, gint64 first_us, gint64 last_us)
{
	if (sessions == 0)
		return g_strdup(_("no sessions"));
	g_autofree char *first = rollstat_day_dup_iso(rollstat_day_of(first_us, run->view.zone));
	g_autofree char *last = rollstat_day_dup_iso(rollstat_day_of(last_us, run->view.zone));
	g_autofree char *counted = g_strdup_printf(
		ngettext("%u session", "%u sessions", (gulong)sessions), (guint)sessions);
	if (g_str_equal(first, last))
		return g_strdup_printf(_("%s, on %s"), counted, first);
	return g_strdup_printf(_("%s, %s to %s"), counted, first, last);
}
