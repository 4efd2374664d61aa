/* SPDX-License-Identifier: MIT
 *
 * How a database of an older version becomes one of this version; used by database-open.c alone, and by the
 * tests with steps of their own. Nothing is ever deleted: first a whole copy, then one transaction a step,
 * and a step that fails leaves the file as the step before it left it.
 */
#pragma once

#include "protocol/database.h"

/* schema.sql, as text. */
extern const char roll_schema_sql[];

/* Brings db to version. steps[i] is the SQL that takes version i + 1 to i + 2 (it need not set user_version),
 * ended by NULL; it may rebuild tables: foreign keys are off in it and checked at its end. The copy goes to
 * PATH.vN.bak, N the version found; an earlier copy of that name is replaced by the new one once it is
 * whole. Nothing is done where db has version already. Foreign keys are off afterwards. */
gboolean roll_database_migrate(sqlite3 *db, const char *const *steps, int version, GError **error);
