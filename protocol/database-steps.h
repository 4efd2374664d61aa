/* SPDX-License-Identifier: MIT
 *
 * What became of the schema from version to version, as SQL; used by database-open.c alone. A change of schema.sql
 * raises ROLL_DATABASE_VERSION and adds one text to each of the two lists: a step, and a view; it may change
 * the views of the versions before.
 */
#pragma once

#include "protocol/database.h"

/* [i] takes a database of version i + 1 to i + 2, see database-migrate.h; ended by NULL. */
extern const char *const roll_database_steps[ROLL_DATABASE_VERSION];

/* [i] makes a database of version i + 1 look like one of this version, for a connection that may only read: temporary
 * views stand before the tables, with the columns that these lack, and for tables that are not there; ended by NULL. */
extern const char *const roll_database_views[ROLL_DATABASE_VERSION];
