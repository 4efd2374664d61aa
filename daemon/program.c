/* SPDX-License-Identifier: MIT */
#include "daemon/program.h"

#include "daemon/bus.h"
#include "daemon/capture-writer.h"
#include "daemon/notify.h"
#include "daemon/program-consent.h"
#include "daemon/program-moment.h"
#include "daemon/program-parts.h"
#include "daemon/program-progress.h"
#include "daemon/program-trouble.h"
#include "daemon/report.h"
#include "daemon/tracker/tracker.h"

#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

typedef struct {
	const RollerdOptions *options;
	RollerdGround ground;
	RollTracker *tracker;
	RollSource *source;
	RollCaptureWriter *capture; /* NULL: none */
	RollBus *bus;		    /* NULL: none, for a replay */
	GMainLoop *loop;
	RollerdConsent *consent;
	RollerdCondition condition;
	RollerdProgress progress; /* of a replay */
	gboolean has_begun;	  /* the source was started */
	gboolean has_terminal;	  /* it was started in one */
	GError *error;		  /* the first that ends the program; NULL: none */
	guint watch, signals[3];
	guint64 n_sessions;
} Program;

/* Ends the main loop. error: taken; NULL: in good order. */
static void
finish(Program *program, GError *error)
{
	if (error && !program->error)
		program->error = error;
	else
		g_clear_error(&error);
	g_main_loop_quit(program->loop);
}

/* ---- What the tracker tells ---- */

static void
take_event(void *user, const char *address, gint64 session, const RollEvent *event)
{
	Program *program = user;
	RollTrackerSensor sensor;

	if (!program->bus)
		return;
	sensor = roll_tracker_get_sensor(program->tracker, address);
	roll_bus_emit_event(program->bus, address, session, sensor.has_newtons, event);
}

static void
take_session(void *user, const char *address, gint64 session)
{
	Program *program = user;

	if (session && program->has_begun) /* else it was open before */
		program->n_sessions++;
	rollerd_report_session(address, session);
	if (program->bus)
		roll_bus_set_session(program->bus, address, session);
}

static void
take_trouble(void *user, const char *text)
{
	Program *program = user;

	/* A capture can be replayed again, a sensor cannot. */
	if (text && program->options->mode == ROLLERD_MODE_REPLAY) {
		finish(program, g_error_new_literal(G_IO_ERROR, G_IO_ERROR_FAILED, text));
		return;
	}
	rollerd_condition_set_store(&program->condition, text, program->bus);
}

/* ---- What the source tells ---- */

static void
take_value(void *user, const RollValue *value)
{
	Program *program = user;
	g_autoptr(GError) error = NULL;

	if (program->error)
		return;
	if (program->capture)
		roll_capture_writer_add(program->capture, value);
	/* In a live run the trouble is told, and the next values may find room; a replay can be begun again. */
	if (!roll_tracker_take(program->tracker, value, &error) &&
	    program->options->mode == ROLLERD_MODE_REPLAY)
		finish(program, g_steal_pointer(&error));
	if (program->bus)
		rollerd_moment_show(program->bus, program->tracker, value->address);
	else
		rollerd_progress_show_replay(&program->progress, program->source);
}

static void
take_status(void *user, const RollSensorStatus *status)
{
	Program *program = user;

	rollerd_condition_take_link(&program->condition, status);
	rollerd_consent_take_status(program->consent, status);
	roll_tracker_take_status(program->tracker, status);
	if (program->bus)
		roll_bus_set_status(program->bus, status);
}

static void
take_source_trouble(void *user, const char *text)
{
	Program *program = user;

	rollerd_condition_set_source(&program->condition, text, program->bus);
}

static RollAdmission
admit(void *user, const char *address, const char *name)
{
	const Program *program = user;

	return rollerd_consent_admit(program->consent, program->ground.config, address, name);
}

static void
take_end(void *user, const GError *error)
{
	finish(user, error ? g_error_copy(error) : NULL);
}

/* ---- What the bus tells and asks ---- */

static void
begin(Program *program)
{
	const RollSink sink = {take_value, take_status, take_source_trouble,
			       take_end,   admit,	program};
	GError *error = NULL;

	program->has_begun = TRUE;
	if (program->bus)
		rollerd_condition_set_line(&program->condition, "waiting for a sensor");
	if (!program->source->start(program->source, &sink, &error)) {
		finish(program, error);
		return;
	}
	rollerd_consent_begin(program->consent, &program->source);
	if (program->bus)
		rollerd_report_start(program->source->name, program->options->db_path);
	rollerd_notify_ready();
	program->watch = rollerd_notify_watch();
}

static void
take_bus_state(void *user, RollBusState state, const char *text)
{
	Program *program = user;
	gboolean is_first = !program->has_begun;

	if (state == ROLL_BUS_TAKEN && is_first) {
		finish(program, g_error_new_literal(G_IO_ERROR, G_IO_ERROR_EXISTS, text));
		return;
	}
	rollerd_report_bus(state, text, is_first);
	if (is_first)
		begin(program);
}

static gboolean
give_command(void *user, const char *address, RollCommand command, GAsyncReadyCallback ready,
	     gpointer user_data)
{
	Program *program = user;

	if (!program->source ||
	    !program->source->command) /* a source that is leaving turns the loop */
		return FALSE;
	program->source->command(program->source, address, command, ready, user_data);
	return TRUE;
}

static gboolean
pair(void *user, const char *address, gboolean is_on, GAsyncReadyCallback ready, gpointer user_data)
{
	Program *program = user;

	return rollerd_consent_pair(program->consent, address, is_on, ready, user_data);
}

static gboolean
set_mark(void *user, const char *address, GError **error)
{
	Program *program = user;

	return roll_tracker_mark(program->tracker, address, g_get_real_time(), error);
}

/* ---- The configuration anew ---- */

static gboolean
reload(void *user, GError **error)
{
	Program *program = user;
	g_autoptr(RollConfig) config = rollerd_ground_load_config(program->options, error);
	RollConfig *before = program->ground.config;
	GHashTableIter addresses;
	gpointer address = NULL;

	if (!config || !roll_tracker_reload(program->tracker, config, error))
		return FALSE;
	program->ground.config = g_steal_pointer(&config);
	roll_config_free(before);
	rollerd_consent_reload(program->consent);
	g_hash_table_iter_init(&addresses, program->condition.links);
	while (program->bus && g_hash_table_iter_next(&addresses, &address, NULL))
		rollerd_moment_show(program->bus, program->tracker, address);
	return TRUE;
}

static gboolean
reload_for_bus(void *user, GError **error)
{
	if (!reload(user, error))
		return FALSE;
	rollerd_report_reload(NULL);
	return TRUE;
}

/* ---- Beginning and end ---- */

static void
take_capture_failure(void *user, const GError *error)
{
	(void)user;
	rollerd_report_capture(error->message);
}

static gboolean
take_signal(gpointer data)
{
	Program *program = data;
	GError *error = NULL;

	/* Being stopped is how a daemon ends, but not how a replay is done. */
	if (program->options->mode == ROLLERD_MODE_REPLAY)
		error = g_error_new_literal(
			G_IO_ERROR, G_IO_ERROR_CANCELLED,
			"the replay was interrupted: what it took so far is kept, "
			"the same again takes the rest");
	finish(program, error);
	return G_SOURCE_CONTINUE;
}

/* A terminal that hangs up ends what was started in it; else it is the sign to read the configuration anew. */
static gboolean
take_hangup(gpointer data)
{
	Program *program = data;
	g_autoptr(GError) error = NULL;

	if (program->options->mode == ROLLERD_MODE_REPLAY ||
	    (program->has_terminal && !isatty(STDIN_FILENO)))
		return take_signal(data);
	(void)reload(program, &error);
	rollerd_report_reload(error);
	return G_SOURCE_CONTINUE;
}

/* A SIGHUP that nohup lets us ignore stays ignored. */
static void
watch_signals(Program *program)
{
	struct sigaction action;

	program->has_terminal = isatty(STDIN_FILENO);
	program->signals[0] = g_unix_signal_add(SIGTERM, take_signal, program);
	program->signals[1] = g_unix_signal_add(SIGINT, take_signal, program);
	if (sigaction(SIGHUP, NULL, &action) == 0 && action.sa_handler != SIG_IGN)
		program->signals[2] = g_unix_signal_add(SIGHUP, take_hangup, program);
}

static gboolean
set_up(Program *program, GError **error)
{
	const RollTrackerListener listener = {take_event, take_session, take_trouble, program};
	const RollerdOptions *options = program->options;

	if (!rollerd_ground_open(options, &program->ground, error))
		return FALSE;
	if (options->capture_path) {
		program->capture = roll_capture_writer_new(options->capture_path,
							   take_capture_failure, program, error);
		if (!program->capture)
			return FALSE;
	}
	program->tracker =
		roll_tracker_new(program->ground.store, program->ground.config, &listener);
	if (!roll_tracker_recover(program->tracker,
				  rollerd_ground_is_live(options) ? g_get_real_time() : 0, error))
		return FALSE;
	program->consent = rollerd_consent_new(program->ground.store, error);
	if (!program->consent)
		return FALSE;
	program->source = rollerd_ground_make_source(options);
	return TRUE;
}

static gboolean
begin_alone(gpointer data)
{
	begin(data);
	return G_SOURCE_REMOVE;
}

/* The source begins when the bus has said yes or no: then the name stands for a daemon that works. */
static void
run(Program *program)
{
	g_autofree char *configuration = rollerd_ground_dup_config_path(program->options);
	const RollBusFacts facts = {
		.version = ROLLERD_VERSION,
		.source = program->source->name,
		.database = program->options->db_path,
		.configuration = configuration,
	};
	const RollBusListener listener = {take_bus_state, give_command,	  pair,
					  set_mark,	  reload_for_bus, program};

	watch_signals(program);
	if (program->options->mode == ROLLERD_MODE_REPLAY)
		g_idle_add(begin_alone, program);
	else
		program->bus = roll_bus_new(NULL, program->options->is_system, &facts, &listener);
	g_main_loop_run(program->loop);
}

static void
commit(Program *program)
{
	g_autoptr(GError) error = NULL;

	if (program->tracker && !roll_tracker_commit(program->tracker, &error) && !program->error)
		program->error = g_steal_pointer(&error);
}

/* What waits is made safe first, for leaving the sensors takes a while; what they tell in that time is kept,
 * too. */
static void
end(Program *program)
{
	rollerd_notify_stopping();
	rollerd_progress_end(&program->progress);
	commit(program);
	if (!program->error && program->options->mode == ROLLERD_MODE_REPLAY)
		rollerd_report_replay(program->tracker, program->n_sessions,
				      roll_source_replay_get_bad_lines(program->source));
	g_clear_pointer(&program->source, roll_source_free);
	commit(program);
	if (program->bus && program->has_begun && !program->error)
		rollerd_report_stop();
	g_clear_pointer(&program->bus, roll_bus_free);
	g_clear_pointer(&program->consent, rollerd_consent_free);
	g_clear_pointer(&program->capture, roll_capture_writer_free);
	g_clear_pointer(&program->tracker, roll_tracker_free);
	rollerd_ground_clear(&program->ground);
	for (guint i = 0; i < G_N_ELEMENTS(program->signals); i++)
		g_clear_handle_id(&program->signals[i], g_source_remove);
	g_clear_handle_id(&program->watch, g_source_remove);
	rollerd_condition_clear(&program->condition);
	g_clear_pointer(&program->loop, g_main_loop_unref);
}

gboolean
rollerd_program_run(const RollerdOptions *options, GError **error)
{
	Program program = {.options = options};

	program.loop = g_main_loop_new(NULL, FALSE);
	rollerd_condition_init(&program.condition);
	if (set_up(&program, &program.error) && !program.error)
		run(&program);
	end(&program);
	if (!program.error)
		return TRUE;
	g_propagate_error(error, program.error);
	return FALSE;
}
