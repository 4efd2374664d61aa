/* SPDX-License-Identifier: MIT
 *
 * rollerd itself, killed (SIGKILL) at instants of all kinds while it writes: what it leaves behind is whole, and run
 * again on the same capture it ends where a run that was never killed does.
 */
#include "tests/store/store-rig.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A rollerd that runs, and what tells of its doings. */
typedef struct {
	pid_t pid;
	int end_fd;    /* a pipe that it holds: it hangs up when the program has ended */
	int change_fd; /* inotify: something in the database's folder was written */
} Process;

/* No configuration and no bus but the test's own. */
static GStrv
make_environment(const Rig *rig)
{
	GStrv environment = g_get_environ();

	environment = g_environ_setenv(environment, "XDG_CONFIG_HOME", rig->folder, TRUE);
	environment = g_environ_setenv(environment, "DBUS_SESSION_BUS_ADDRESS",
				       "unix:path=/dev/null", TRUE);
	return g_environ_unsetenv(environment, "NOTIFY_SOCKET");
}

/* arguments: after --db PATH; NULL-terminated. */
static void
begin_process(const Rig *rig, const char *const *arguments, Process *process)
{
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	g_auto(GStrv) environment = make_environment(rig);
	g_autoptr(GError) error = NULL;

	g_ptr_array_add(argv, (gpointer)g_getenv("ROLLERD"));
	g_ptr_array_add(argv, (gpointer) "--db");
	g_ptr_array_add(argv, rig->db_path);
	for (guint i = 0; arguments[i]; i++)
		g_ptr_array_add(argv, (gpointer)arguments[i]);
	g_ptr_array_add(argv, NULL);
	process->change_fd = inotify_init1(IN_CLOEXEC);
	g_assert_cmpint(inotify_add_watch(process->change_fd, rig->folder, IN_MODIFY), >=, 0);
	g_spawn_async_with_pipes(NULL, (char **)argv->pdata, environment, G_SPAWN_DO_NOT_REAP_CHILD,
				 NULL, NULL, &process->pid, NULL, NULL, &process->end_fd, &error);
	g_assert_no_error(error);
}

/* Waits for the next write to the folder, or for a moment: a commit counts only some steps after its last write.
 * FALSE: the program has ended. */
static gboolean
wait_for_change(Process *process, guint *ret_n_changes)
{
	struct pollfd fds[] = {{.fd = process->change_fd, .events = POLLIN},
			       {.fd = process->end_fd, .events = POLLIN}};
	char text[4096];
	gssize n_bytes = 0;

	g_assert_cmpint(poll(fds, G_N_ELEMENTS(fds), 50), >=, 0);
	if (fds[0].revents) {
		n_bytes = read(fds[0].fd, text, sizeof text);
		g_assert_cmpint(n_bytes, >, 0);
		/* The names are all about as long. */
		*ret_n_changes += (guint)n_bytes / 32;
	}
	/* What it says is of no interest, its end is. */
	return !fds[1].revents || read(fds[1].fd, text, sizeof text) > 0;
}

static int
end_process(Process *process, int by_signal)
{
	int status = 0;

	if (by_signal)
		g_assert_cmpint(kill(process->pid, by_signal), ==, 0);
	g_assert_cmpint(waitpid(process->pid, &status, 0), ==, process->pid);
	g_spawn_close_pid(process->pid);
	close(process->end_fd);
	close(process->change_fd);
	return status;
}

static gint64
count_values(const Rig *rig)
{
	g_autoptr(sqlite3) db = roll_database_open(rig->db_path, ROLL_DATABASE_READER, NULL);
	g_autoptr(sqlite3_stmt) statement = NULL;

	/* There is no database yet, or one whose tables are just being made. */
	if (!db ||
	    sqlite3_prepare_v2(db, "SELECT count(*) FROM value", -1, &statement, NULL) != SQLITE_OK)
		return 0;
	return sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
}

/* To its end, which is a good one; returns how often it wrote. */
static guint
run_process(const Rig *rig, const char *const *arguments)
{
	Process process;
	guint n_changes = 0;

	begin_process(rig, arguments, &process);
	while (wait_for_change(&process, &n_changes)) {
	}

	int status = end_process(&process, 0);

	g_assert_true(WIFEXITED(status));
	g_assert_cmpint(WEXITSTATUS(status), ==, 0);
	return n_changes;
}

/* Until the database holds so many values. */
static void
wait_for_values(const Rig *rig, Process *process, gint64 n_values)
{
	gint64 begin_us = g_get_monotonic_time();
	guint n_changes = 0;

	while (count_values(rig) < n_values) {
		g_assert_true(wait_for_change(process, &n_changes));
		g_assert_cmpint(g_get_monotonic_time() - begin_us, <, 60 * RIG_SECOND_US);
	}
}

/* Nothing in it is half: it is sound, and what is derived is what its values tell. */
static void
check_whole(const Rig *rig)
{
	g_autoptr(GError) error = NULL;
	guint n_sessions = 0;

	if (!g_file_test(rig->db_path, G_FILE_TEST_EXISTS))
		return;
	rig_run(rig, NULL, 0, 0, 0); /* of a database that was only just made, the tables */
	g_assert_cmpint(rig_query(rig, "SELECT count(*) FROM pragma_integrity_check "
				       "WHERE integrity_check <> 'ok'"),
			==, 0);
	g_assert_cmpint(rig_query(rig, "SELECT count(*) FROM pragma_foreign_key_check"), ==, 0);

	g_autofree char *before = rig_dump(rig, NULL);
	g_autoptr(RollStore) store = roll_store_open(rig->db_path, &error);

	g_assert_no_error(error);
	roll_tracker_rebuild(store, rig->config, NULL, NULL, &n_sessions, &error);
	g_assert_no_error(error);
	g_clear_pointer(&store, roll_store_free);

	g_autofree char *after = rig_dump(rig, NULL);

	rig_assert_same(before, after, "left by a kill, against its values");
}

static void
write_lines(FILE *file, const GArray *values, guint from, guint to)
{
	char line[ROLL_CAPTURE_LINE_MAX];

	for (guint i = from; i < to; i++) {
		gsize length = roll_capture_format_line(&g_array_index(values, RollValue, i), line);

		g_assert_cmpuint(fwrite(line, 1, length, file), ==, length);
	}
	g_assert_cmpint(fflush(file), ==, 0);
}

/* Long enough for several commits: two hours of two sensors, idle in part. */
static GArray *
make_values(void)
{
	GArray *values = g_array_new(FALSE, FALSE, sizeof(RollValue));
	RigStream one = {.address = RIG_SENSOR,
			 .begin_us = RIG_BEGIN_US,
			 .has_feature = TRUE,
			 .seconds_idle = 700,
			 .seconds_loaded = 1000};
	RigStream two = {.address = RIG_OTHER_SENSOR,
			 .begin_us = RIG_BEGIN_US + 100 * RIG_SECOND_US,
			 .has_feature = TRUE,
			 .seconds_idle = 100,
			 .seconds_loaded = 1000};

	one.begin_us = rig_stream(values, &one) + 500 * RIG_SECOND_US;
	two.begin_us = rig_stream(values, &two);
	one.has_feature = FALSE;
	two.has_feature = FALSE;
	two.seconds_idle = 400;
	rig_stream(values, &one);
	rig_stream(values, &two);
	rig_sort(values);
	return values;
}

/* Killed at a write of the database that nobody chose, mostly in the middle of a transaction. */
static void
test_replay(void)
{
	g_auto(Rig) rig = {0}, whole = {0};
	g_autoptr(GArray) values = make_values();
	g_autoptr(GRand) rand = g_rand_new_with_seed(42);

	rig_init(&rig);
	rig_init(&whole);

	g_autofree char *path = g_build_filename(whole.folder, "all.rollcap", NULL);
	const char *const arguments[] = {"--replay", path, NULL};
	FILE *file = g_fopen(path, "w");

	write_lines(file, values, 0, values->len);
	fclose(file);

	gint n_all = (gint)run_process(&whole, arguments);
	g_autofree char *wanted = rig_dump(&whole, NULL);

	g_assert_cmpint(rig_query(&whole, "SELECT count(*) FROM session"), ==, 4);
	for (guint round = 0; round < 12; round++) {
		guint n_wanted = (guint)g_rand_int_range(rand, 1, n_all), n_changes = 0;
		gboolean is_running = TRUE;
		Process process;

		begin_process(&rig, arguments, &process);
		while (is_running && n_changes < n_wanted)
			is_running = wait_for_change(&process, &n_changes);
		end_process(&process, is_running ? SIGKILL : 0);
		g_test_message("killed after %u of %d changes: %" G_GINT64_FORMAT " of %u values",
			       n_changes, n_all, count_values(&rig), values->len);
		if (round % 3 == 0)
			check_whole(&rig);
		/* Each second time it is killed again, where it has gone on. */
		if (round % 2 == 0)
			continue;
		run_process(&rig, arguments);

		g_autofree char *dump = rig_dump(&rig, NULL);

		rig_assert_same(dump, wanted, "killed, and run again");
		rig_forget(&rig);
	}
}

/* Killed some time after a commit, with values on their way: they came through a pipe. */
static void
test_pipe(void)
{
	g_auto(Rig) rig = {0}, whole = {0};
	g_autoptr(GArray) values = rig_load_capture("roller-lossy");

	rig_init(&rig);
	rig_init(&whole);
	rig_run(&whole, values, 0, values->len, 0);

	g_autofree char *wanted = rig_dump(&whole, NULL);
	g_autofree char *path = g_build_filename(whole.folder, "pipe", NULL);
	const char *const arguments[] = {"--replay", path, NULL};

	g_assert_cmpint(mkfifo(path, 0600), ==, 0);
	for (guint n_first = 100; n_first < values->len; n_first += 700) {
		Process process;
		/* Read and write, so that it opens at once and nobody's end is the file's end. */
		FILE *file = fdopen(g_open(path, O_RDWR | O_CLOEXEC, 0), "w");

		g_assert_nonnull(file);
		begin_process(&rig, arguments, &process);
		write_lines(file, values, 0, n_first);
		wait_for_values(&rig, &process, n_first);
		write_lines(file, values, n_first, n_first + 100);
		end_process(&process, SIGKILL);
		fclose(file);
		check_whole(&rig);
		rig_run(&rig, values, 0, values->len, 0);

		g_autofree char *dump = rig_dump(&rig, NULL);

		rig_assert_same(dump, wanted, "killed after a commit");
		rig_forget(&rig);
	}
}

/* The simulated sensor, in a hurry; each time it goes on with the same database. */
static void
test_sim(void)
{
	g_auto(Rig) rig = {0};
	const char *const arguments[] = {"--source", "sim", "--speed", "40", NULL};

	rig_init(&rig);
	for (guint round = 1; round <= 4; round++) {
		gint64 n_before = round > 1 ? count_values(&rig) : 0;
		Process process;

		begin_process(&rig, arguments, &process);
		wait_for_values(&rig, &process, n_before + 100);
		end_process(&process, SIGKILL);
		check_whole(&rig);
	}
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM session"), >=, 1);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM pass"), >=, 1);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/kill/replay", test_replay);
	g_test_add_func("/kill/pipe", test_pipe);
	g_test_add_func("/kill/sim", test_sim);
	return g_test_run();
}
