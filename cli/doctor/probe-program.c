/* SPDX-License-Identifier: MIT */
#include "cli/doctor/probe-parts.h"

typedef struct {
	GSubprocess *process;
	RollstatSaid *said;
	GError *error;
	gboolean is_done;
} Running;

static void
take_end(GObject *object, GAsyncResult *result, gpointer data)
{
	Running *running = data;
	g_subprocess_communicate_utf8_finish(G_SUBPROCESS(object), result, &running->said->out,
					     &running->said->err, &running->error);
	running->is_done = TRUE;
}

static gboolean
end_it(gpointer data)
{
	GCancellable *limit = data;
	g_cancellable_cancel(limit);
	return G_SOURCE_REMOVE;
}

void
rollstat_said_clear(RollstatSaid *said)
{
	g_clear_pointer(&said->out, g_free);
	g_clear_pointer(&said->err, g_free);
}

/* What it says until it ends, or until its time is over; then it is ended. */
static RollstatReply
hear(GSubprocess *process, RollstatSaid *said)
{
	g_autoptr(GMainContext) context = g_main_context_new();
	g_autoptr(GCancellable) limit = g_cancellable_new();
	g_autoptr(GSource) timer = g_timeout_source_new(ROLLSTAT_REPLY_WITHIN_S * 1000);
	Running running = {.process = process, .said = said};
	g_main_context_push_thread_default(context);
	g_source_set_callback(timer, end_it, limit, NULL);
	g_source_attach(timer, context);
	g_subprocess_communicate_utf8_async(process, NULL, limit, take_end, &running);
	while (!running.is_done)
		g_main_context_iteration(context, TRUE);
	g_source_destroy(timer);
	g_main_context_pop_thread_default(context);
	if (running.error != NULL)
		g_subprocess_force_exit(process);
	RollstatReply answer = rollstat_probe_classify(running.error);
	g_clear_error(&running.error);
	return answer;
}

RollstatReply
rollstat_probe_run(const char *const *arguments, RollstatSaid *ret_said)
{
	*ret_said = (RollstatSaid){.status = -1};
	g_autoptr(GSubprocess) process = g_subprocess_newv(
		arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL);
	if (process == NULL)
		return ROLLSTAT_REPLY_NOBODY;
	RollstatReply answer = hear(process, ret_said);
	if (answer == ROLLSTAT_REPLY_GIVEN && g_subprocess_get_if_exited(process))
		ret_said->status = g_subprocess_get_exit_status(process);
	return answer;
}
