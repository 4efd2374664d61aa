/* SPDX-License-Identifier: MIT
 *
 * A capture for each recording that holds a session, as rollerd --capture would have written it: with what the sensor had said
 * of itself before, so that each can be replayed alone.
 */
#include "cli/carry/export.h"
#include "protocol/capture.h"

#include <string.h>

static const char values_sql[] =
	"SELECT arrival_us, (SELECT uuid FROM characteristic WHERE id = value.characteristic), "
	"bytes FROM value WHERE recording = ?1 ORDER BY n";

typedef struct {
	RollstatExport *export;
	sqlite3_stmt *values;
	gint64 all_values;
} CaptureExport;

static void
clear_capture_export(CaptureExport *self)
{
	sqlite3_finalize(self->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CaptureExport, clear_capture_export)

static gboolean
put_value(CaptureExport *self, RollstatOutput *output, const char *address, GError **error)
{
	char line[ROLL_CAPTURE_LINE_MAX];
	RollValue value = {.arrival_us = sqlite3_column_int64(self->values, 0)};
	const void *bytes = sqlite3_column_blob(self->values, 2);
	value.n_bytes = MIN((gsize)sqlite3_column_bytes(self->values, 2), sizeof value.bytes);
	g_strlcpy(value.address, address, sizeof value.address);
	g_strlcpy(value.uuid, (const char *)sqlite3_column_text(self->values, 1),
		  sizeof value.uuid);
	if (value.n_bytes > 0)
		memcpy(value.bytes, bytes, value.n_bytes);
	return rollstat_output_write(output, line, roll_capture_format_line(&value, line), error);
}

static gboolean
put_recording(CaptureExport *self, sqlite3_stmt *wanted, GError **error)
{
	RollstatExport *export = self->export;
	const RollstatProgress *progress = export->run->context->progress;
	const char *address = (const char *)sqlite3_column_text(wanted, 1);
	g_autoptr(RollstatOutput) output =
		rollstat_export_open(export, sqlite3_column_int64(wanted, 2),
				     sqlite3_column_int64(wanted, 4), "rollcap", error);
	if (output == NULL ||
	    !rollstat_output_write(output, ROLL_CAPTURE_HEAD, strlen(ROLL_CAPTURE_HEAD), error))
		return FALSE;
	sqlite3_reset(self->values);
	sqlite3_bind_int64(self->values, 1, sqlite3_column_int64(wanted, 0));
	int result;
	while ((result = sqlite3_step(self->values)) == SQLITE_ROW)
		if (!put_value(self, output, address, error) ||
		    !rollstat_progress_step(progress, _("Exporting"), ++export->values,
					    self->all_values, error))
			return FALSE;
	if (result != SQLITE_DONE)
		return roll_database_fail(export->db, error, "cannot read");
	export->sessions++;
	return rollstat_export_finish(export, output, error);
}

gboolean
rollstat_export_captures(RollstatExport *export, GError **error)
{
	g_auto(CaptureExport) self = {.export = export};
	g_autoptr(sqlite3_stmt) wanted = rollstat_export_select(export, error);
	int result;
	if (wanted == NULL || !rollstat_export_count(export, &self.all_values, error) ||
	    !rollstat_progress_step(export->run->context->progress, _("Exporting"), 0,
				    self.all_values, error))
		return FALSE;
	if (sqlite3_prepare_v2(export->db, values_sql, -1, &self.values, NULL) != SQLITE_OK)
		return roll_database_fail(export->db, error, "cannot read");
	while ((result = sqlite3_step(wanted)) == SQLITE_ROW) {
		gboolean has_session = sqlite3_column_type(wanted, 2) != SQLITE_NULL,
			 is_deleted = sqlite3_column_int(wanted, 6) != 0;
		if (has_session && !is_deleted && !put_recording(&self, wanted, error))
			return FALSE;
	}
	return result == SQLITE_DONE || roll_database_fail(export->db, error, "cannot read");
}
