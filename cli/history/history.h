/* SPDX-License-Identifier: MIT
 *
 * What the database tells of a stretch of time, as plain structs: rows in, nothing judged. Strings
 * belong to the history and live as long as it does. Order is that of time, and within a session that
 * of the table (zones: from head to feet).
 */
#pragma once

#include "protocol/database.h"

#include <glib.h>

enum {
	ROLLSTAT_LEVELS_MAX = 32,
};

/* A vertebral level: [from, to), cm from C7. */
typedef struct {
	char name[8];
	double from_cm, to_cm;
} RollstatLevel;

typedef struct {
	double length_cm;
	gboolean is_guess;
	guint n_levels;
	RollstatLevel levels[ROLLSTAT_LEVELS_MAX];
} RollstatSpine;

/* Rows of one session within an array of the history. */
typedef struct {
	guint first, n;
} RollstatSpan;

typedef struct {
	gint64 id, spine;
	const char *address, *person, *kind;
	const char *sensor_name; /* NULL where it told none */
	const char *nickname;	 /* what the person calls the sensor; NULL: nothing */
	const char *
		told_as; /* by whose spine levels and zones are; not person's where it was put right since */
	gint64 start_us, end_us;
	double loaded_s, lost_s;
	guint passes, holds;
	gboolean has_force, has_newtons, has_sides;
	double left_s, centre_s, right_s; /* 0 without has_sides */
	/* Of loaded_s: told in a zone, but known worse than 2 cm; in no zone, since no place is known. */
	double unsure_s, unplaced_s;
	RollstatSpan zone_rows, pass_rows, hold_rows, slice_rows;
} RollstatSession;

/* Forces and uncertainty are NaN where the table has NULL; forces are counts, not newtons, where the session has no newtons. */
typedef struct {
	const char *name;
	double from_cm, to_cm, seconds, force_ns, peak_n;
} RollstatZone;

typedef struct {
	gint64 start_us, end_us;
	double from_cm, to_cm, mean_n, peak_n;
	double uncertainty_cm; /* standard deviation of its place */
	gboolean is_cut;
} RollstatPass;

typedef struct {
	gint64 start_us, end_us;
	double at_cm, mean_n, peak_n;
	double uncertainty_cm;
	gboolean is_cut;
} RollstatHold;

typedef struct {
	double at_cm, seconds, force_ns, moving_s, travel_cm;
} RollstatSlice;

/* A movement that was done without a sensor; movement: its key. */
typedef struct {
	gint64 id;
	const char *person, *movement;
	gint64 start_us;
	double seconds;
} RollstatExercise;

typedef struct {
	GStringChunk *strings;
	GArray *sessions;  /* RollstatSession */
	GArray *zones;	   /* RollstatZone */
	GArray *passes;	   /* RollstatPass */
	GArray *holds;	   /* RollstatHold */
	GArray *slices;	   /* RollstatSlice */
	GArray *exercises; /* RollstatExercise */
} RollstatHistory;

/* Which rows besides sessions and zones. */
typedef enum {
	ROLLSTAT_ROWS_PASSES = 1 << 0,
	ROLLSTAT_ROWS_HOLDS = 1 << 1,
	ROLLSTAT_ROWS_SLICES = 1 << 2,
	ROLLSTAT_ROWS_ALL = ROLLSTAT_ROWS_PASSES | ROLLSTAT_ROWS_HOLDS | ROLLSTAT_ROWS_SLICES,
	ROLLSTAT_ROWS_EXERCISES = 1 << 3,
} RollstatRows;

/* Which sessions: start in [from_us, to_us); of one person unless NULL (borrowed); of one number unless 0; those that were
 * deleted, and no others, with is_deleted.
 * Passes are read only of those that start at passes_from_us or later. */
typedef struct {
	gint64 from_us, to_us, passes_from_us;
	const char *person;
	gint64 session;
	RollstatRows rows;
	gboolean has_no_zones; /* nobody asks for them: they are not read */
	const char *zone;      /* of the zones that of this name alone, unless NULL; borrowed */
	/* Of passes nobody asks more than from where to where: their times and forces are not read. */
	gboolean has_bare_passes;
	/* Of sessions nobody asks more than their number, when they began and loaded_s: the rest is not read. */
	gboolean has_bare_sessions;
	gboolean is_deleted;
} RollstatQuery;

/* Begins reading: all reads until the connection closes see one state of the database, whatever the
 * daemon adds meanwhile. Returns FALSE and error where the database cannot be read. */
gboolean rollstat_history_begin(sqlite3 *db, GError **error);

/* Returns a given history, or NULL and error. */
RollstatHistory *rollstat_history_load(sqlite3 *db, const RollstatQuery *query, GError **error);
void rollstat_history_free(RollstatHistory *history);

/* Name of the zone of a session in which a place lies; NULL where in none. Borrowed. */
const char *rollstat_history_find_zone(const RollstatHistory *history,
				       const RollstatSession *session, double at_cm);

/* Reads the spine of a session. Returns FALSE and error; ret_spine is untouched then. */
gboolean rollstat_history_load_spine(sqlite3 *db, gint64 spine, RollstatSpine *ret_spine,
				     GError **error);

/* Start of the last session before a moment (of the person, unless NULL); 0 where there is none. */
gboolean rollstat_history_find_last(sqlite3 *db, gint64 before_us, const char *person,
				    gint64 *ret_start_us, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatHistory, rollstat_history_free)
