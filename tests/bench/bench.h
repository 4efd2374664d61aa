/* SPDX-License-Identifier: MIT
 *
 * The benchmark: what the programs cost, each figure beside a yardstick that does the least that any program
 * would have to do for the same. The ratio of the two says more than the figure: it holds on any machine.
 */
#pragma once

#include "protocol/capture.h"

#include <gio/gio.h>

/* One line of the table. */
typedef struct {
	const char *what; /* static text */
	const char *unit;
	double figure;
	const char *yardstick;
	double measure; /* the yardstick's figure, same unit */
	double least;	/* bounds of figure / measure, for --check; INFINITY: no upper one */
	double most;
	const char *goal; /* what was asked for on a usual machine; static text */
} BenchRow;

/* What all parts share. */
typedef struct {
	char *folder;	   /* temporary */
	GArray *values;	   /* of RollValue: what a simulated sensor told in an hour */
	guint64 n_samples; /* of its measurements */
	GArray *rows;	   /* of BenchRow */
} Bench;

/* ---- bench-work.c: what the parts work on ---- */

/* Fills bench->values and n_samples. */
void bench_make_work(Bench *bench);

/* Writes the values as a capture. */
gboolean bench_write_capture(const Bench *bench, const char *path, GError **error);

/* A path in the temporary folder; given. */
char *bench_dup_path(const Bench *bench, const char *name);

/* Opens a new database at path, with a sensor 1 and a recording 1 and the measurement's characteristic 1; and a
 * statement that inserts a value: n, arrival, bytes. Exits where that fails: nothing can be said then. */
typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;
sqlite3 *bench_open_raw(const char *path, sqlite3_stmt **ret_insert);

/* Inserts value as number n. */
void bench_insert_raw(sqlite3_stmt *insert, gint64 n, const RollValue *value);

/* Runs SQL that gives no rows. */
void bench_execute(sqlite3 *db, const char *sql);

/* ---- bench-process.c: programs under observation ---- */

enum { BENCH_THREADS_MAX = 64 };

typedef struct {
	double cpu_s;	/* user and system time of all threads so far */
	double rss_mib; /* resident now */
	guint n_threads;
	struct {
		guint64 id;
		guint64 n_wakes; /* voluntary context switches so far */
	} threads[BENCH_THREADS_MAX];
} BenchUse;

/* Starts a program in an environment of its own: home, configuration and database in bench's folder, where
 * its standard error goes to the file "log". argv: NULL-terminated. NULL and error where it does not start. */
GSubprocess *bench_start(const Bench *bench, const char *const *argv, GError **error);

/* The same with its standard input and output at a terminal: fd, which stays the caller's. */
GSubprocess *bench_start_at_terminal(const Bench *bench, const char *const *argv, int fd,
				     GError **error);

/* Runs a program to its end. ret_s: how long it took. FALSE and error where it fails. */
gboolean bench_run(const Bench *bench, const char *const *argv, double *ret_s, GError **error);

/* The same; ret_s: the processor time that it took, of its own and in the kernel. */
gboolean bench_run_for_cpu(const Bench *bench, const char *const *argv, double *ret_s,
			   GError **error);

/* Waits until a name on the private bus has an owner. FALSE: not within 20 s, or process has ended. */
gboolean bench_wait_for_name(GSubprocess *process, const char *name, GError **error);

/* Lets the time pass; the main context runs. */
void bench_pass(double seconds);

/* Reads what a running process uses. FALSE and error where it runs no more. */
gboolean bench_read_use(GSubprocess *process, BenchUse *ret_use, GError **error);

/* How often the process woke up between two readings; a thread that has ended meanwhile counts once. */
guint64 bench_count_wakes(const BenchUse *before, const BenchUse *after);

/* Ends it by SIGTERM and waits. FALSE and error where it does not end with status 0. */
gboolean bench_stop(GSubprocess *process, GError **error);

/* ---- The parts: each measures and adds its rows; FALSE and error where a run fails ---- */

/* The codec and the core in memory. */
gboolean bench_pure(Bench *bench, GError **error);

/* rollerd --replay. */
gboolean bench_replay(Bench *bench, GError **error);

/* rollstat today, and all verbs that tell history. */
gboolean bench_history(Bench *bench, GError **error);

/* The second part of that: path is the database of ten years, which gets goals. */
gboolean bench_verbs(Bench *bench, const char *path, GError **error);

/* rollerd while it streams, and while it has nothing to do. */
gboolean bench_daemon(Bench *bench, GError **error);

/* rollstat live beside it. */
gboolean bench_live(Bench *bench, GError **error);

/* The yardstick of bench_daemon, as a program of its own: "bench --bare DATABASE". Keeps what a sensor would send
 * and nothing else, until SIGTERM. Returns the exit status. */
int bench_be_bare(const char *path);

/* The yardstick of bench_history: "bench --read-day DATABASE". Reads all rows of today. Returns the exit status. */
int bench_read_day(const char *path);

/* The yardstick of its listings: "bench --read-table DATABASE TABLE". Reads all rows of it. Returns the exit status. */
int bench_read_table(const char *path, const char *table);
