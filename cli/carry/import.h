/* SPDX-License-Identifier: MIT
 *
 * An export (export-json.c) into a database, record by record: what it has already stays, what lacks is added. A recording is
 * the same where sensor and first arrival are; one that was still open when it was exported is continued by a later export. All of
 * it happens in a transaction of the caller, who rolls it back after any failure. Failures of what a record says are
 * G_IO_ERROR_INVALID_DATA, without the line.
 */
#pragma once

#include "protocol/database.h"

#include <json-c/json.h>

/* How many were added; known: recordings that were there already; differing: those that are not the same as the one there,
 * which stays. */
typedef struct {
	gint64 sessions, continued, known, differing, values;
	gint64 sensors, nicknames, amendments, persons, exercises, goals;
} RollstatImported;

typedef struct RollstatImport RollstatImport;

/* db: borrowed, a writer's. Given. */
RollstatImport *rollstat_import_new(sqlite3 *db);

/* Begins a file by its head. */
gboolean rollstat_import_begin(RollstatImport *import, json_object *head, GError **error);

/* Takes a record of it. */
gboolean rollstat_import_take(RollstatImport *import, json_object *record, GError **error);

/* Ends a file: its last recording must be whole. */
gboolean rollstat_import_end(RollstatImport *import, GError **error);

/* What was done so far, borrowed. */
const RollstatImported *rollstat_import_get_counts(const RollstatImport *import);

/* NULL is taken. */
void rollstat_import_free(RollstatImport *import);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatImport, rollstat_import_free)
