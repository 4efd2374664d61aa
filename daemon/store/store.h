/* SPDX-License-Identifier: MIT
 *
 * All SQL of the daemon: rows of schema.sql in and out, nothing of what they mean or when they are
 * due (that is tracker.h). One store at a time writes a database: its connection holds the lock (database.h).
 *
 * Every roll_store_put_... and roll_store_delete_... needs a transaction (roll_store_begin). None of them
 * leaves half a row; after a failure the caller rolls the whole transaction back.
 */
#pragma once

#include "protocol/capture.h"
#include "protocol/database.h"

typedef struct RollStore RollStore;

/* What a characteristic is to the daemon. */
typedef enum {
	ROLL_MEANS_NOTHING, /* kept, not interpreted */
	ROLL_MEANS_CODEC,   /* a codec decodes it */
	ROLL_MEANS_BATTERY,
	ROLL_MEANS_MANUFACTURER,
	ROLL_MEANS_MODEL,
	ROLL_MEANS_FIRMWARE,
	ROLL_MEANS_MARK, /* a mark by hand, ROLL_UUID_MARK */
} RollMeaning;

/* No sensor has it: a mark by hand stands among a recording's values under this one, without bytes, so
 * that it can be derived again like the rest. */
#define ROLL_UUID_MARK "526f6c6c-00ff-4265-a173-746965426172"

typedef struct {
	gint64 id;
	char uuid[ROLL_UUID_LEN + 1];
	RollMeaning meaning;
	const RollCodec *codec; /* static; NULL unless ROLL_MEANS_CODEC */
} RollCharacteristic;

/* A value as it is kept. */
typedef struct {
	const RollCharacteristic *characteristic; /* borrowed from the store */
	gint64 arrival_us;
	gsize n_bytes;
	const guint8 *bytes; /* borrowed */
} RollKept;

/* Texts of a sensor's row. */
typedef enum {
	ROLL_SENSOR_CODEC,
	ROLL_SENSOR_NAME,
	ROLL_SENSOR_MANUFACTURER,
	ROLL_SENSOR_MODEL,
	ROLL_SENSOR_FIRMWARE,
	ROLL_SENSOR_TEXTS,
} RollSensorText;

typedef struct {
	gint64 id; /* 0: it has no row yet */
	char address[ROLL_ADDRESS_LEN + 1];
	char *texts[ROLL_SENSOR_TEXTS]; /* NULL: not known */
	int battery_pct;		/* -1: not known */
	gint64 first_us, last_us;
} RollSensorRow;

typedef struct {
	gint64 id;
	gint64 sensor;
	gboolean is_open;
	gint64 first_us, last_us;
	gint64 n_carried;
	gint64 n_values; /* read only: how many it has */
	gint64 session;	 /* read only: 0 where it holds none */
	const char *
		person; /* interned: who was chosen when it began; NULL: whom the configuration names */
	/* Read only: how the person put its session right. */
	const char *amended; /* interned: whose it is; NULL: as it was recorded */
	gboolean is_deleted;
} RollRecordingRow;

/* Opens the database at path for writing, waiting for no other writer of ours: LOCKED then. Returns a
 * given store, or NULL and error. */
RollStore *roll_store_open(const char *path, GError **error);

/* Closes it. NULL is taken; a transaction that is open is rolled back. */
void roll_store_free(RollStore *store);

/* Borrowed: as it was given. */
const char *roll_store_get_path(const RollStore *store);

/* Begins a transaction that may write; waits 1 s at most for another writer of the file. */
gboolean roll_store_begin(RollStore *store, GError **error);

/* Ends it, durably. After FALSE nothing of it is in the file: call roll_store_roll_back all the same. */
gboolean roll_store_commit(RollStore *store, GError **error);

/* Undoes the transaction, if one is open. */
void roll_store_roll_back(RollStore *store);

/* The characteristic of this UUID (lower case), made where it is new: its row is then written with its first
 * value. Borrowed, valid as long as the store. */
const RollCharacteristic *roll_store_get_characteristic(RollStore *store, const char *uuid);

/* Calls each for every sensor by id; the row is borrowed for the call. */
gboolean roll_store_each_sensor(RollStore *store,
				void (*each)(gpointer user, const RollSensorRow *row),
				gpointer user, GError **error);

/* Calls each for every recording by id. */
gboolean roll_store_each_recording(RollStore *store,
				   void (*each)(gpointer user, const RollRecordingRow *row),
				   gpointer user, GError **error);

/* Calls each for the first n_values values of a recording, in order; n counts from 0. */
gboolean roll_store_each_value(RollStore *store, const RollRecordingRow *recording,
			       void (*each)(gpointer user, gint64 n, const RollKept *kept),
			       gpointer user, GError **error);

/* Writes or renews a row. */
gboolean roll_store_put_sensor(RollStore *store, const RollSensorRow *row, GError **error);
gboolean roll_store_put_recording(RollStore *store, const RollRecordingRow *row, GError **error);

/* Adds value number n. */
gboolean roll_store_put_value(RollStore *store, gint64 recording, gint64 n, const RollKept *kept,
			      GError **error);

/* Deletes a recording with its values and its session (store-session.h). */
gboolean roll_store_delete_recording(RollStore *store, gint64 recording, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollStore, roll_store_free)
