/* SPDX-License-Identifier: MIT
 *
 * Which recordings an export takes, and the files they go to.
 */
#include "cli/carry/carry.h"
#include "cli/carry/export.h"

/* A recording that holds no session will be thrown away, or its session was, by a rebuild: then its values were kept. */
#define WANTED                                                                                     \
	"FROM recording LEFT JOIN session ON session.recording = recording.id "                    \
	"LEFT JOIN amendment ON amendment.recording = recording.id "                               \
	"WHERE (session.id IS NOT NULL OR NOT recording.is_open) "                                 \
	"AND coalesce(session.start_us, recording.first_us) >= ?1 "                                \
	"AND coalesce(session.start_us, recording.first_us) < ?2 "                                 \
	"AND (?3 IS NULL OR coalesce(amendment.person, session.person) = ?3) "                     \
	"AND (?4 = 0 OR session.id = ?4) "

#define N_VALUES "(SELECT coalesce(max(n) + 1, 0) FROM value WHERE value.recording = recording.id)"

static sqlite3_stmt *
prepare(const RollstatExport *export, const char *sql, GError **error)
{
	g_autoptr(sqlite3_stmt) statement = NULL;
	const RollstatQuery *query = &export->query;
	if (sqlite3_prepare_v2(export->db, sql, -1, &statement, NULL) != SQLITE_OK) {
		roll_database_fail(export->db, error, "cannot read");
		return NULL;
	}
	sqlite3_bind_int64(statement, 1, query->from_us);
	sqlite3_bind_int64(statement, 2, query->to_us);
	sqlite3_bind_text(statement, 3, query->person, -1, SQLITE_STATIC); /* NULL is NULL */
	sqlite3_bind_int64(statement, 4, query->session);
	return g_steal_pointer(&statement);
}

sqlite3_stmt *
rollstat_export_select(const RollstatExport *export, GError **error)
{
	return prepare(export,
		       "SELECT recording.id, "
		       "(SELECT address FROM sensor WHERE sensor.id = recording.sensor), "
		       "session.id, session.spine, session.start_us, " N_VALUES ", "
		       "amendment.deleted_us IS NOT NULL " WANTED "ORDER BY recording.id",
		       error);
}

gboolean
rollstat_export_count(const RollstatExport *export, gint64 *ret_values, GError **error)
{
	g_autoptr(sqlite3_stmt) statement =
		prepare(export, "SELECT coalesce(sum(" N_VALUES "), 0) " WANTED, error);
	if (statement == NULL)
		return FALSE;
	if (sqlite3_step(statement) != SQLITE_ROW)
		return roll_database_fail(export->db, error, "cannot read");
	*ret_values = sqlite3_column_int64(statement, 0);
	return TRUE;
}

RollstatOutput *
rollstat_export_open(const RollstatExport *export, gint64 session, gint64 start_us,
		     const char *suffix, GError **error)
{
	if (!export->is_folder)
		return rollstat_output_open(export->path, export->is_replacing, error);
	g_autofree char *moment = rollstat_carry_dup_moment(export->run, start_us);
	g_autofree char *name =
		g_strdup_printf("%s-session-%" G_GINT64_FORMAT ".%s", moment, session, suffix);
	g_autofree char *path = g_build_filename(export->path, name, NULL);
	return rollstat_output_open(path, export->is_replacing, error);
}

gboolean
rollstat_export_finish(RollstatExport *export, RollstatOutput *output, GError **error)
{
	if (!rollstat_output_finish(output, error))
		return FALSE;
	export->files++;
	export->n_bytes += rollstat_output_get_size(output);
	return TRUE;
}
