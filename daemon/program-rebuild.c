/* SPDX-License-Identifier: MIT */
#include "daemon/program-parts.h"
#include "daemon/program-progress.h"
#include "daemon/program.h"
#include "daemon/tracker/tracker.h"

static gboolean
take_progress(void *user, guint done, guint all)
{
	rollerd_progress_show(user, "session", done, all);
	return !rollerd_progress_is_stopped();
}

gboolean
rollerd_program_rebuild(const RollerdOptions *options, GError **error)
{
	g_auto(RollerdGround) ground = {0};
	RollerdProgress progress;
	sigset_t before;
	guint n_sessions = 0;

	if (!rollerd_ground_open(options, &ground, error))
		return FALSE;
	rollerd_progress_init(&progress);
	rollerd_progress_hold_signals(&before);
	gboolean is_done = roll_tracker_rebuild(ground.store, ground.config, take_progress,
						&progress, &n_sessions, error);
	rollerd_progress_end(&progress);
	rollerd_progress_let_signals(&before);
	if (!is_done)
		return FALSE;
	g_printerr("rollerd: %u session%s derived anew\n", n_sessions, n_sessions == 1 ? "" : "s");
	return TRUE;
}
