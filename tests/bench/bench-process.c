/* SPDX-License-Identifier: MIT
 *
 * Programs under observation. What they use is read from /proc, so nothing is added to them.
 */
#include "tests/bench/bench.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define NAME_PATIENCE_US (20 * G_USEC_PER_SEC)

static GSubprocessLauncher *
make_launcher(const Bench *bench, GSubprocessFlags flags)
{
	GSubprocessLauncher *launcher = g_subprocess_launcher_new(flags);
	g_autofree char *log = bench_dup_path(bench, "log");

	g_subprocess_launcher_set_stderr_file_path(launcher, log);
	g_subprocess_launcher_setenv(launcher, "HOME", bench->folder, TRUE);
	g_subprocess_launcher_setenv(launcher, "XDG_CONFIG_HOME", bench->folder, TRUE);
	g_subprocess_launcher_setenv(launcher, "XDG_DATA_HOME", bench->folder, TRUE);
	g_subprocess_launcher_setenv(launcher, "TZ", "UTC", TRUE);
	g_subprocess_launcher_unsetenv(launcher, "NOTIFY_SOCKET");
	return launcher;
}

GSubprocess *
bench_start(const Bench *bench, const char *const *argv, GError **error)
{
	g_autoptr(GSubprocessLauncher) launcher =
		make_launcher(bench, G_SUBPROCESS_FLAGS_STDOUT_SILENCE);

	return g_subprocess_launcher_spawnv(launcher, argv, error);
}

GSubprocess *
bench_start_at_terminal(const Bench *bench, const char *const *argv, int fd, GError **error)
{
	g_autoptr(GSubprocessLauncher) launcher = make_launcher(bench, G_SUBPROCESS_FLAGS_NONE);

	g_subprocess_launcher_setenv(launcher, "TERM", "xterm-256color", TRUE);
	g_subprocess_launcher_setenv(launcher, "LANG", "C.UTF-8", TRUE);
	g_subprocess_launcher_take_stdin_fd(launcher, dup(fd));
	g_subprocess_launcher_take_stdout_fd(launcher, dup(fd));
	return g_subprocess_launcher_spawnv(launcher, argv, error);
}

/* For people who run the bench: their settings stay out of it. */
static char **
dup_environment(const Bench *bench)
{
	char **environment = g_get_environ();

	environment = g_environ_setenv(environment, "HOME", bench->folder, TRUE);
	environment = g_environ_setenv(environment, "XDG_CONFIG_HOME", bench->folder, TRUE);
	environment = g_environ_setenv(environment, "XDG_DATA_HOME", bench->folder, TRUE);
	environment = g_environ_setenv(environment, "TZ", "UTC", TRUE);
	return g_environ_unsetenv(environment, "NOTIFY_SOCKET");
}

/* posix_spawn, since a fork of this process, which has held whole captures, takes as long as the program. */
static int
spawn(const Bench *bench, const char *const *argv, pid_t *ret_pid)
{
	g_autofree char *log = bench_dup_path(bench, "log");
	g_auto(GStrv) environment = dup_environment(bench);
	posix_spawn_file_actions_t actions;
	int fault;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 2, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
	fault = posix_spawn(ret_pid, argv[0], &actions, NULL, (char *const *)(void *)argv,
			    environment);
	posix_spawn_file_actions_destroy(&actions);
	return fault;
}

/* Runs a program to its end; ret_use: what it used, with its children. */
static gboolean
run_to_end(const Bench *bench, const char *const *argv, struct rusage *ret_use, GError **error)
{
	pid_t pid = 0;
	int fault = spawn(bench, argv, &pid), status = 0;

	if (fault != 0) {
		g_set_error(error, G_IO_ERROR, g_io_error_from_errno(fault), "cannot run %s: %s",
			    argv[0], g_strerror(fault));
		return FALSE;
	}
	while (wait4(pid, &status, 0, ret_use) < 0 && errno == EINTR)
		;
	if (g_spawn_check_wait_status(status, error))
		return TRUE;
	g_prefix_error(error, "running %s: ", argv[0]);
	return FALSE;
}

gboolean
bench_run(const Bench *bench, const char *const *argv, double *ret_s, GError **error)
{
	gint64 began_us = g_get_monotonic_time();
	struct rusage use;
	gboolean is_done = run_to_end(bench, argv, &use, error);

	*ret_s = (double)(g_get_monotonic_time() - began_us) / G_USEC_PER_SEC;
	return is_done;
}

static double
get_seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / G_USEC_PER_SEC;
}

gboolean
bench_run_for_cpu(const Bench *bench, const char *const *argv, double *ret_s, GError **error)
{
	struct rusage use = {0};
	gboolean is_done = run_to_end(bench, argv, &use, error);

	*ret_s = get_seconds(use.ru_utime) + get_seconds(use.ru_stime);
	return is_done;
}

static gboolean
note_time(gpointer user_data)
{
	*(gboolean *)user_data = TRUE;
	return G_SOURCE_REMOVE;
}

void
bench_pass(double seconds)
{
	gboolean is_over = FALSE;

	g_timeout_add((guint)(seconds * 1000), note_time, &is_over);
	while (!is_over)
		g_main_context_iteration(NULL, TRUE);
}

static gboolean
has_owner(GDBusConnection *bus, const char *name)
{
	g_autoptr(GVariant) reply = g_dbus_connection_call_sync(
		bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
		"NameHasOwner", g_variant_new("(s)", name), G_VARIANT_TYPE("(b)"),
		G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
	gboolean is_owned = FALSE;

	if (reply)
		g_variant_get(reply, "(b)", &is_owned);
	return is_owned;
}

gboolean
bench_wait_for_name(GSubprocess *process, const char *name, GError **error)
{
	/* A connection of its own: the shared one would end this program together with the bus. */
	g_autoptr(GDBusConnection) bus = g_dbus_connection_new_for_address_sync(
		g_getenv("DBUS_SESSION_BUS_ADDRESS"),
		G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
			G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
		NULL, NULL, error);
	gint64 patience_us = g_get_monotonic_time() + NAME_PATIENCE_US;

	while (bus && !has_owner(bus, name)) {
		if (!g_subprocess_get_identifier(process) || g_get_monotonic_time() > patience_us) {
			g_set_error(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
				    "waiting for %s on the bus: nobody took that name", name);
			return FALSE;
		}
		bench_pass(0.02);
	}
	return bus != NULL;
}

/* ---- /proc ---- */

static char *
read_proc(GSubprocess *process, const char *file, GError **error)
{
	const char *pid = g_subprocess_get_identifier(process);
	g_autofree char *path = g_strdup_printf("/proc/%s/%s", pid ? pid : "gone", file);
	char *text = NULL;

	return g_file_get_contents(path, &text, NULL, error) ? text : NULL;
}

/* The number behind "key" at the beginning of a line. */
static guint64
find_number(const char *text, const char *key)
{
	const char *found = strstr(text, key);

	return found ? g_ascii_strtoull(found + strlen(key), NULL, 10) : 0;
}

/* The kernel's own account in nanoseconds: the ticks of /proc/PID/stat are too coarse for a few seconds. The first
 * number of schedstat is the time spent on a processor, of one thread. */
static void
add_thread(GSubprocess *process, const char *thread, BenchUse *use)
{
	g_autofree char *status_name = g_strdup_printf("task/%s/status", thread);
	g_autofree char *account_name = g_strdup_printf("task/%s/schedstat", thread);
	g_autofree char *status = read_proc(process, status_name, NULL);
	g_autofree char *account = read_proc(process, account_name, NULL);

	/* One that ended just now has neither. */
	if (!status || !account || use->n_threads == BENCH_THREADS_MAX)
		return;
	use->cpu_s += (double)g_ascii_strtoull(account, NULL, 10) / 1e9;
	use->threads[use->n_threads].id = g_ascii_strtoull(thread, NULL, 10);
	use->threads[use->n_threads].n_wakes = find_number(status, "\nvoluntary_ctxt_switches:\t");
	use->n_threads++;
}

gboolean
bench_read_use(GSubprocess *process, BenchUse *ret_use, GError **error)
{
	g_autofree char *status = read_proc(process, "status", error);
	g_autofree char *folder = NULL;
	g_autoptr(GDir) threads = NULL;
	BenchUse use = {0};

	if (!status)
		return FALSE;
	folder = g_strdup_printf("/proc/%s/task", g_subprocess_get_identifier(process));
	threads = g_dir_open(folder, 0, error);
	if (!threads)
		return FALSE;
	use.rss_mib = (double)find_number(status, "\nVmRSS:") / 1024;
	for (const char *name = g_dir_read_name(threads); name; name = g_dir_read_name(threads))
		add_thread(process, name, &use);
	*ret_use = use;
	return TRUE;
}

static guint64
find_wakes(const BenchUse *use, guint64 id, guint64 otherwise)
{
	for (guint i = 0; i < use->n_threads; i++)
		if (use->threads[i].id == id)
			return use->threads[i].n_wakes;
	return otherwise;
}

guint64
bench_count_wakes(const BenchUse *before, const BenchUse *after)
{
	guint64 n_wakes = 0;

	for (guint i = 0; i < after->n_threads; i++)
		n_wakes += after->threads[i].n_wakes - find_wakes(before, after->threads[i].id, 0);
	for (guint i = 0; i < before->n_threads; i++)
		n_wakes += find_wakes(after, before->threads[i].id, G_MAXUINT64) == G_MAXUINT64;
	return n_wakes;
}

gboolean
bench_stop(GSubprocess *process, GError **error)
{
	g_subprocess_send_signal(process, SIGTERM);
	if (g_subprocess_wait_check(process, NULL, error))
		return TRUE;
	g_prefix_error(error, "ending a program by SIGTERM: ");
	return FALSE;
}
