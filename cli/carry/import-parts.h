/* SPDX-License-Identifier: MIT
 *
 * What import-begin.c, import-recording.c, import-said.c and import-values.c share. Nothing else includes this.
 */
#pragma once

#include "cli/carry/import.h"
#include "cli/carry/rows.h"

/* The recording that is being taken. */
typedef struct {
	gint64 number;	   /* in the file; 0: none */
	gint64 id, sensor; /* here */
	gint64 first_us, last_us, n_carried;
	gint64 n_values, n_next; /* as announced; taken so far */
	gint64 n_here;		 /* values that were here before */
	gboolean is_new, is_differing;
	json_object *session, *amendment; /* held; NULL: none */
} RollstatIncoming;

struct RollstatImport {
	sqlite3 *db; /* borrowed */
	RollstatRowsPort port;
	RollstatImported counts;
	GHashTable *sensors;	 /* address -> its number here (gint64 *); those of the file */
	GArray *characteristics; /* of gint64: numbers here in the order of the file */
	gboolean
		keeps_numbers; /* nothing was recorded here: recordings and sessions keep their numbers */
	RollstatIncoming incoming;
	sqlite3_stmt *put_value,
		*here; /* here: the values of the incoming recording that are here already */
};

/* Sets G_IO_ERROR_INVALID_DATA. Returns FALSE, for tail calls. */
gboolean rollstat_import_refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* A member of an object: of that type, else NULL; borrowed. */
json_object *rollstat_import_get(json_object *object, const char *name, json_type type);

/* A whole number of at least 0; -1 where it is none. */
gint64 rollstat_import_get_count(json_object *object, const char *name);

/* Runs a statement whose parameters ?1.. are the cells of row. *ret_number: the first column of its first row, 0 without one. */
gboolean rollstat_import_find(RollstatImport *import, const char *sql, json_object *row,
			      gint64 *ret_number, GError **error);

/* {"sensor":..}, {"person":..}, {"exercise":..}, {"goal":..}: each adds its row where there is none like it. */
gboolean rollstat_import_take_sensor(RollstatImport *import, json_object *record, GError **error);
gboolean rollstat_import_take_said(RollstatImport *import, RollstatTableId table, json_object *row,
				   GError **error);

/* {"recording":.., "row":..} and {"recording":.., "values":..}. */
gboolean rollstat_import_take_recording(RollstatImport *import, json_object *record,
					GError **error);
gboolean rollstat_import_take_values(RollstatImport *import, json_object *record, GError **error);

/* The one that is being taken is over, if there is one: it is whole, and its session is added. */
gboolean rollstat_import_finish_recording(RollstatImport *import, GError **error);
