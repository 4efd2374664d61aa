/* SPDX-License-Identifier: MIT
 *
 * What a database file is, before anything is done with it; used by database-open.c and the migration alone.
 */
#pragma once

#include "protocol/database.h"

typedef enum {
	ROLL_FOUND_NOTHING, /* a new database: no tables, no stamp of any program */
	ROLL_FOUND_OURS,    /* of this version or an older one */
} RollFound;

/* Reads stamp, version and names of tables; changes nothing, however large the file it takes less than a
 * millisecond. FALSE and error: not ours, too new, damaged, or not readable. */
gboolean roll_database_inspect(sqlite3 *db, RollFound *ret_found, GError **error);

/* Reads the whole file for damage; takes seconds where it is large. */
gboolean roll_database_check_whole(sqlite3 *db, GError **error);

/* The first column of the first row that sql gives, 0 where there is no row. tried: see roll_database_fail. */
gboolean roll_database_read_number(sqlite3 *db, const char *sql, const char *tried, int *ret_number,
				   GError **error);

/* As roll_database_fail, where db may not know its path, or be NULL. */
gboolean roll_database_fail_at(sqlite3 *db, const char *path, GError **error, const char *tried);
