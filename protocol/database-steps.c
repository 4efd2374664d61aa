/* SPDX-License-Identifier: MIT */
#include "protocol/database-steps.h"

#define VIEW_OF_NO_PAIRING                                                                         \
	"CREATE TEMP VIEW pairing AS SELECT NULL AS address, NULL AS name, NULL AS since_us "      \
	"WHERE 0"

#define VIEWS_OF_NOTHING_SAID                                                                      \
	"CREATE TEMP VIEW recording AS SELECT *, NULL AS person FROM main.recording;"              \
	"CREATE TEMP VIEW person AS SELECT NULL AS name, NULL AS spine_cm, NULL AS stature_cm, "   \
	"NULL AS added_us, NULL AS weight_kg WHERE 0;"                                             \
	"CREATE TEMP VIEW choice AS SELECT NULL AS name, NULL AS value WHERE 0;"                   \
	"CREATE TEMP VIEW amendment AS SELECT NULL AS recording, NULL AS person, "                 \
	"NULL AS deleted_us WHERE 0;"                                                              \
	"CREATE TEMP VIEW nickname AS SELECT NULL AS sensor, NULL AS name, "                       \
	"NULL AS forgotten_us WHERE 0;"                                                            \
	"CREATE TEMP VIEW exercise AS SELECT NULL AS id, NULL AS person, NULL AS movement, "       \
	"NULL AS start_us, NULL AS seconds WHERE 0;"                                               \
	"CREATE TEMP VIEW goal AS SELECT NULL AS id, NULL AS person, NULL AS zone, "               \
	"NULL AS unit, NULL AS amount, NULL AS period, NULL AS since_us WHERE 0"

const char *const roll_database_steps[ROLL_DATABASE_VERSION] = {
	"ALTER TABLE session ADD COLUMN unsure_s REAL NOT NULL DEFAULT 0;"
	"ALTER TABLE session ADD COLUMN unplaced_s REAL NOT NULL DEFAULT 0;"
	"ALTER TABLE pass ADD COLUMN uncertainty_cm REAL;"
	"ALTER TABLE hold ADD COLUMN uncertainty_cm REAL;"
	"ALTER TABLE mark ADD COLUMN uncertainty_cm REAL",
	"CREATE TABLE pairing (address TEXT PRIMARY KEY, name TEXT, since_us INTEGER NOT NULL) "
	"STRICT, WITHOUT ROWID",
	"ALTER TABLE recording ADD COLUMN person TEXT;"
	"CREATE TABLE person (name TEXT PRIMARY KEY, spine_cm REAL, stature_cm REAL, "
	"added_us INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
	"CREATE TABLE choice (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
	"CREATE TABLE amendment (recording INTEGER PRIMARY KEY REFERENCES recording (id), "
	"person TEXT, deleted_us INTEGER) STRICT;"
	"CREATE TABLE nickname (sensor INTEGER PRIMARY KEY REFERENCES sensor (id), "
	"name TEXT UNIQUE, forgotten_us INTEGER) STRICT;"
	"CREATE TABLE exercise (id INTEGER PRIMARY KEY, person TEXT NOT NULL, "
	"movement TEXT NOT NULL, start_us INTEGER NOT NULL, seconds REAL NOT NULL) STRICT;"
	"CREATE INDEX exercise_by_start ON exercise (start_us);"
	"CREATE TABLE goal (id INTEGER PRIMARY KEY, person TEXT NOT NULL, zone TEXT, "
	"unit TEXT NOT NULL, amount REAL NOT NULL, period TEXT NOT NULL, "
	"since_us INTEGER NOT NULL) STRICT",
	"ALTER TABLE person ADD COLUMN weight_kg REAL",
	NULL,
};

const char *const roll_database_views[ROLL_DATABASE_VERSION] = {
	"CREATE TEMP VIEW session AS SELECT *, 0.0 AS unsure_s, 0.0 AS unplaced_s FROM "
	"main.session;"
	"CREATE TEMP VIEW pass AS SELECT *, NULL AS uncertainty_cm FROM main.pass;"
	"CREATE TEMP VIEW hold AS SELECT *, NULL AS uncertainty_cm FROM main.hold;"
	"CREATE TEMP VIEW mark AS SELECT *, NULL AS uncertainty_cm FROM main.mark;" //
	VIEW_OF_NO_PAIRING ";"							    //
	VIEWS_OF_NOTHING_SAID,
	VIEW_OF_NO_PAIRING ";" //
	VIEWS_OF_NOTHING_SAID,
	VIEWS_OF_NOTHING_SAID,
	"CREATE TEMP VIEW person AS SELECT *, NULL AS weight_kg FROM main.person",
	NULL,
};
