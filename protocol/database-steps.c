/* SPDX-License-Identifier: MIT */
#include "protocol/database-steps.h"

const char *const roll_database_steps[ROLL_DATABASE_VERSION] = {
	"ALTER TABLE session ADD COLUMN unsure_s REAL NOT NULL DEFAULT 0;"
	"ALTER TABLE session ADD COLUMN unplaced_s REAL NOT NULL DEFAULT 0;"
	"ALTER TABLE pass ADD COLUMN uncertainty_cm REAL;"
	"ALTER TABLE hold ADD COLUMN uncertainty_cm REAL;"
	"ALTER TABLE mark ADD COLUMN uncertainty_cm REAL",
	NULL,
};

const char *const roll_database_views[ROLL_DATABASE_VERSION] = {
	"CREATE TEMP VIEW session AS SELECT *, 0.0 AS unsure_s, 0.0 AS unplaced_s FROM "
	"main.session;"
	"CREATE TEMP VIEW pass AS SELECT *, NULL AS uncertainty_cm FROM main.pass;"
	"CREATE TEMP VIEW hold AS SELECT *, NULL AS uncertainty_cm FROM main.hold;"
	"CREATE TEMP VIEW mark AS SELECT *, NULL AS uncertainty_cm FROM main.mark",
	NULL,
};
