/* SPDX-License-Identifier: MIT */
#include "cli/carry/carry.h"

#include <glib/gstdio.h>
#include <string.h>

#define SUFFIX ".db"

char *
rollstat_carry_dup_moment(const RollstatRun *run, gint64 t_us)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(t_us / G_USEC_PER_SEC);
	g_autoptr(GDateTime) local =
		utc != NULL ? g_date_time_to_timezone(utc, run->view.zone) : NULL;
	return local != NULL ? g_date_time_format(local, "%Y-%m-%d-%H%M%S") : g_strdup("undated");
}

/* "rollerd-"; given. */
static char *
dup_prefix(const char *database)
{
	g_autofree char *name = g_path_get_basename(database);
	if (g_str_has_suffix(name, SUFFIX) && !g_str_equal(name, SUFFIX))
		name[strlen(name) - strlen(SUFFIX)] = '\0';
	return g_strdup_printf("%s-", name);
}

char *
rollstat_carry_dup_backup_name(const RollstatRun *run, const char *database, gint64 t_us)
{
	g_autofree char *prefix = dup_prefix(database);
	g_autofree char *moment = rollstat_carry_dup_moment(run, t_us);
	return g_strconcat(prefix, moment, SUFFIX, NULL);
}

gboolean
rollstat_carry_is_backup_name(const char *name, const char *database)
{
	static const char shape[] = "0000-00-00-000000" SUFFIX;
	g_autofree char *prefix = dup_prefix(database);
	if (!g_str_has_prefix(name, prefix))
		return FALSE;
	/* The whole of it: "test-old-DATE.db" begins as a backup of test.db does, too. */
	const char *rest = name + strlen(prefix);
	if (strlen(rest) != strlen(shape))
		return FALSE;
	for (gsize i = 0; shape[i] != '\0'; i++)
		if (shape[i] == '0' ? !g_ascii_isdigit(rest[i]) : rest[i] != shape[i])
			return FALSE;
	return TRUE;
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
