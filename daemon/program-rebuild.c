/* SPDX-License-Identifier: MIT */
#include "daemon/program-parts.h"
#include "daemon/program.h"
#include "daemon/tracker/tracker.h"

#include <unistd.h>

/* On a terminal only: a log is no place for it. */
static void
show_progress(void *user, guint done, guint all)
{
	(void)user;
	g_printerr("\rrollerd: session %u of %u%s", done, all, done == all ? "\n" : "");
}

gboolean
rollerd_program_rebuild(const RollerdOptions *options, GError **error)
{
	g_auto(RollerdGround) ground = {0};
	guint n_sessions = 0;

	if (!rollerd_ground_open(options, &ground, error))
		return FALSE;
	if (!roll_tracker_rebuild(ground.store, ground.config,
				  isatty(STDERR_FILENO) ? show_progress : NULL, NULL, &n_sessions,
				  error))
		return FALSE;
	g_printerr("rollerd: %u session%s derived anew\n", n_sessions, n_sessions == 1 ? "" : "s");
	return TRUE;
}
