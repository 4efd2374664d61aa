/* SPDX-License-Identifier: MIT */
#include "protocol/database-steps.h"

#define VIEW_OF_NO_PAIRING                                                                         \
	"CREATE TEMP VIEW pairing AS SELECT NULL AS address, NULL AS name, NULL AS since_us "      \
	"WHERE 0"

const char *const roll_database_steps[ROLL_DATABASE_VERSION] = {
	"ALTER TABLE session ADD COLUMN unsure_s REAL NOT NULL DEFAULT 0;"
	"ALTER TABLE session ADD COLUMN unplaced_s REAL NOT NULL DEFAULT 0;"
	"ALTER TABLE pass ADD COLUMN uncertainty_cm REAL;"
	"ALTER TABLE hold ADD COLUMN uncertainty_cm REAL;"
	"ALTER TABLE mark ADD COLUMN uncertainty_cm REAL",
	"CREATE TABLE pairing (address TEXT PRIMARY KEY, name TEXT, since_us INTEGER NOT NULL) "
	"STRICT, WITHOUT ROWID",
	NULL,
};

const char *const roll_database_views[ROLL_DATABASE_VERSION] = {
	"CREATE TEMP VIEW session AS SELECT *, 0.0 AS unsure_s, 0.0 AS unplaced_s FROM "
	"main.session;"
	"CREATE TEMP VIEW pass AS SELECT *, NULL AS uncertainty_cm FROM main.pass;"
	"CREATE TEMP VIEW hold AS SELECT *, NULL AS uncertainty_cm FROM main.hold;"
	"CREATE TEMP VIEW mark AS SELECT *, NULL AS uncertainty_cm FROM main.mark;" //
	VIEW_OF_NO_PAIRING,
	VIEW_OF_NO_PAIRING,
	NULL,
};
