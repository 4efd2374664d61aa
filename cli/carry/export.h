/* SPDX-License-Identifier: MIT
 *
 * History out of the database, in four forms: JSON that import takes elsewhere (export-json.c tells the form), CSV for
 * spreadsheets, captures for rollerd --replay, FIT for training logs.
 */
#pragma once

#include "cli/carry/output.h"
#include "cli/history/history.h"
#include "cli/verb.h"

/* What is wanted, and what became of it. */
typedef struct {
	RollstatRun *run;    /* borrowed */
	sqlite3 *db;	     /* it is being read */
	RollstatQuery query; /* which sessions; its rows are for each form to choose */
	gboolean is_whole;   /* the query leaves nothing out */
	const char *
		path; /* "-": the standard output; a folder (there already) if is_folder; borrowed */
	gboolean is_folder, is_replacing;
	guint sessions, files; /* written so far */
	gint64 values;
	guint64 n_bytes;
} RollstatExport;

/* Each writes all of it. FALSE and error: it could not be, or was interrupted; no half file is left, but whole ones of a folder. */
gboolean rollstat_export_json(RollstatExport *export, GError **error);
gboolean rollstat_export_csv(RollstatExport *export, GError **error);
gboolean rollstat_export_captures(RollstatExport *export, GError **error);
gboolean rollstat_export_fit(RollstatExport *export, GError **error);

/* The recordings that are wanted, in order of their numbers, a row each: number, address of the sensor, number of its session
 * (NULL where it has none), number of that one's spine, its beginning (us), how many values it has, 1 where it was deleted.
 * Given, to be stepped; NULL and error. */
sqlite3_stmt *rollstat_export_select(const RollstatExport *export, GError **error);

/* How many values those have in sum. */
gboolean rollstat_export_count(const RollstatExport *export, gint64 *ret_values, GError **error);

/* Opens the output for a session's file: export->path, or in that folder one named by the session, its beginning and a suffix
 * ("fit"). Given, or NULL and error. */
RollstatOutput *rollstat_export_open(const RollstatExport *export, gint64 session, gint64 start_us,
				     const char *suffix, GError **error);

/* Finishes a file and counts it. */
gboolean rollstat_export_finish(RollstatExport *export, RollstatOutput *output, GError **error);
