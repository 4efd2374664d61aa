/* SPDX-License-Identifier: MIT
 *
 * A database as it is at one moment, copied while others write it: each copy is checked before it is given its name.
 */
#pragma once

#include "cli/progress.h"
#include "protocol/database.h"

/* What a database holds, to be told. */
typedef struct {
	gint64 sessions, exercises;
	gint64 first_us,
		last_us; /* beginning of the first and of the last session; 0 without sessions */
} RollstatContents;

/* Opens it for reading and begins to read: what others write from now on is not seen. */
sqlite3 *rollstat_copy_open(const char *path, GError **error);

/* Reads the whole file for damage. */
gboolean rollstat_copy_check(sqlite3 *db, const RollstatProgress *progress, GError **error);

/* What it holds. */
gboolean rollstat_copy_count(sqlite3 *db, RollstatContents *ret_contents, GError **error);

/* Copies from (rollstat_copy_open) into a file of its own, one whole without others beside it, for its owner alone, or as
 * rollstat_output_give has it; checks it, makes it durable, gives it the name path. what: for progress. FALSE and error: there is nothing new. */
gboolean rollstat_copy_to_file(sqlite3 *from, const char *path, const RollstatProgress *progress,
			       const char *what, GError **error);

/* Puts all of from in the place of what the database at path holds, in one transaction: those who read it see the one or the
 * other. The caller holds the writer's lock. */
gboolean rollstat_copy_into(sqlite3 *from, const char *path, const RollstatProgress *progress,
			    const char *what, GError **error);
