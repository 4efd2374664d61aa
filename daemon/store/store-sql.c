/* SPDX-License-Identifier: MIT
 *
 * The daemon's statements, each prepared once. A row is renewed in place (ON CONFLICT), never replaced:
 * others refer to it.
 */
#include "daemon/store/store-parts.h"

const char *const roll_store_sql[ROLL_SQL_STATEMENTS] = {
	[ROLL_SQL_BEGIN] = "BEGIN IMMEDIATE",
	[ROLL_SQL_COMMIT] = "COMMIT",
	[ROLL_SQL_ROLL_BACK] = "ROLLBACK",

	[ROLL_SQL_GET_CHARACTERISTICS] = "SELECT id, uuid FROM characteristic ORDER BY id",
	[ROLL_SQL_PUT_CHARACTERISTIC] = "INSERT INTO characteristic (id, uuid) VALUES (?1, ?2)",

	[ROLL_SQL_GET_SENSORS] = "SELECT id, address, codec, name, manufacturer, model, firmware, "
				 "battery_pct, first_us, last_us FROM sensor ORDER BY id",
	[ROLL_SQL_PUT_SENSOR] =
		"INSERT INTO sensor (id, address, codec, name, manufacturer, model, firmware, "
		"battery_pct, first_us, last_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "
		"ON CONFLICT (id) DO UPDATE SET codec = excluded.codec, name = excluded.name, "
		"manufacturer = excluded.manufacturer, model = excluded.model, "
		"firmware = excluded.firmware, battery_pct = excluded.battery_pct, "
		"first_us = excluded.first_us, last_us = excluded.last_us",

	[ROLL_SQL_GET_RECORDINGS] =
		"SELECT id, sensor, is_open, first_us, last_us, n_carried, "
		"(SELECT coalesce(max(n) + 1, 0) FROM value WHERE recording = recording.id), "
		"(SELECT session.id FROM session WHERE session.recording = recording.id), "
		"recording.person, amendment.person, amendment.deleted_us "
		"FROM recording LEFT JOIN amendment ON amendment.recording = recording.id "
		"ORDER BY id",
	[ROLL_SQL_PUT_RECORDING] =
		"INSERT INTO recording (id, sensor, is_open, first_us, last_us, n_carried, "
		"person) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO UPDATE SET "
		"is_open = excluded.is_open, first_us = excluded.first_us, "
		"last_us = excluded.last_us, person = excluded.person",

	[ROLL_SQL_GET_VALUES] = "SELECT n, arrival_us, characteristic, bytes FROM value "
				"WHERE recording = ?1 AND n < ?2 ORDER BY n",
	[ROLL_SQL_PUT_VALUE] =
		"INSERT INTO value (recording, n, arrival_us, characteristic, bytes) "
		"VALUES (?1, ?2, ?3, ?4, ?5)",

	[ROLL_SQL_GET_SPINE] = "SELECT id FROM spine WHERE length_cm = ?1 AND is_guess = ?2",
	[ROLL_SQL_PUT_SPINE] = "INSERT INTO spine (id, length_cm, is_guess) "
			       "SELECT coalesce(max(id), 0) + 1, ?1, ?2 FROM spine",
	[ROLL_SQL_PUT_LEVEL] =
		"INSERT INTO level (spine, n, name, from_cm, to_cm) VALUES (?1, ?2, ?3, ?4, ?5)",

	[ROLL_SQL_PUT_SESSION] =
		"INSERT INTO session (id, recording, sensor, person, kind, spine, algorithm, "
		"settings, "
		"start_us, end_us, loaded_s, lost_s, lost_packets, restarts, refused, passes, "
		"holds, "
		"has_force, has_newtons, left_s, centre_s, right_s, unsure_s, unplaced_s) VALUES "
		"(?1, ?2, ?3, ?4, ?5, "
		"?6, ?7, "
		"?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, "
		"?24) "
		"ON CONFLICT (id) DO UPDATE SET person = excluded.person, kind = excluded.kind, "
		"spine = excluded.spine, algorithm = excluded.algorithm, settings = "
		"excluded.settings, "
		"start_us = excluded.start_us, end_us = excluded.end_us, loaded_s = "
		"excluded.loaded_s, "
		"lost_s = excluded.lost_s, lost_packets = excluded.lost_packets, "
		"restarts = excluded.restarts, refused = excluded.refused, passes = "
		"excluded.passes, "
		"holds = excluded.holds, has_force = excluded.has_force, "
		"has_newtons = excluded.has_newtons, left_s = excluded.left_s, "
		"centre_s = excluded.centre_s, right_s = excluded.right_s, "
		"unsure_s = excluded.unsure_s, unplaced_s = excluded.unplaced_s",
	[ROLL_SQL_PUT_PASS] = "INSERT INTO pass (session, n, start_us, end_us, from_cm, to_cm, "
			      "mean_n, peak_n, is_cut, uncertainty_cm) "
			      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
	[ROLL_SQL_PUT_HOLD] =
		"INSERT INTO hold (session, n, start_us, end_us, at_cm, mean_n, peak_n, is_cut, "
		"uncertainty_cm) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
	[ROLL_SQL_PUT_GAP] =
		"INSERT INTO gap (session, n, start_us, end_us) VALUES (?1, ?2, ?3, ?4)",
	[ROLL_SQL_PUT_MARK] = "INSERT INTO mark (session, n, t_us, at_cm, uncertainty_cm) "
			      "VALUES (?1, ?2, ?3, ?4, ?5)",
	[ROLL_SQL_PUT_ZONE] =
		"INSERT INTO zone (session, n, name, from_cm, to_cm, seconds, force_ns, peak_n) "
		"VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	[ROLL_SQL_PUT_SLICE] = "INSERT INTO slice (session, n, at_cm, seconds, force_ns, peak_n, "
			       "moving_s, travel_cm) "
			       "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",

	[ROLL_SQL_CUT_PASSES] = "DELETE FROM pass WHERE session = ?1 AND n >= ?2",
	[ROLL_SQL_CUT_HOLDS] = "DELETE FROM hold WHERE session = ?1 AND n >= ?2",
	[ROLL_SQL_CUT_GAPS] = "DELETE FROM gap WHERE session = ?1 AND n >= ?2",
	[ROLL_SQL_CUT_MARKS] = "DELETE FROM mark WHERE session = ?1 AND n >= ?2",
	[ROLL_SQL_DELETE_ZONES] = "DELETE FROM zone WHERE session = ?1",
	[ROLL_SQL_DELETE_SLICES] = "DELETE FROM slice WHERE session = ?1",
	[ROLL_SQL_DELETE_SESSION] = "DELETE FROM session WHERE id = ?1",
	[ROLL_SQL_GET_SESSION_OF] = "SELECT id FROM session WHERE recording = ?1",
	/* Walks recording_by_sensor backwards, and no farther than it needs. A session without slices is one row. */
	[ROLL_SQL_GET_PAST] =
		"SELECT past.recording, past.first_us, slice.n, slice.seconds, slice.force_ns, "
		"slice.peak_n, slice.moving_s, slice.travel_cm FROM "
		"(SELECT session.id AS session, recording.id AS recording, recording.first_us "
		"FROM recording JOIN session ON session.recording = recording.id "
		"LEFT JOIN amendment ON amendment.recording = recording.id "
		"WHERE recording.sensor = ?1 AND recording.is_open <= ?8 "
		"AND recording.first_us < ?2 AND recording.id < ?3 AND session.end_us < ?2 "
		"AND session.person = ?4 AND session.kind = 'roller' AND session.has_force "
		"AND amendment.deleted_us IS NULL "
		"AND coalesce(amendment.person, session.person) = session.person "
		"AND session.algorithm >= ?5 AND session.unsure_s <= ?6 * session.loaded_s "
		"ORDER BY recording.first_us DESC, recording.id DESC LIMIT ?7) AS past "
		"LEFT JOIN slice ON slice.session = past.session "
		"ORDER BY past.first_us, past.recording, slice.n",
	[ROLL_SQL_DELETE_AMENDMENT] = "DELETE FROM amendment WHERE recording = ?1",
	[ROLL_SQL_DELETE_VALUES] = "DELETE FROM value WHERE recording = ?1",
	[ROLL_SQL_DELETE_RECORDING] = "DELETE FROM recording WHERE id = ?1",

	[ROLL_SQL_GET_PAIRINGS] = "SELECT address, name, since_us FROM pairing ORDER BY address",
	[ROLL_SQL_PUT_PAIRING] =
		"INSERT INTO pairing (address, name, since_us) VALUES (?1, ?2, ?3) "
		"ON CONFLICT (address) DO UPDATE SET name = excluded.name, "
		"since_us = excluded.since_us",
	[ROLL_SQL_DELETE_PAIRING] = "DELETE FROM pairing WHERE address = ?1",

	[ROLL_SQL_GET_CHOICE] = "SELECT value FROM choice WHERE name = ?1",
	[ROLL_SQL_GET_PERSON] = "SELECT spine_cm, stature_cm FROM person WHERE name = ?1",
	[ROLL_SQL_GET_AMENDMENT] = "SELECT person, deleted_us FROM amendment WHERE recording = ?1",
};
