/* SPDX-License-Identifier: MIT
 *
 * Who uses the rollers of this machine. Each fact has one home: the person whom rollerd's configuration names has name and
 * lengths there, in [person]; all others have theirs in table person. Whoever is in neither, but has sessions, is known by
 * these alone.
 */
#pragma once

#include "cli/history/history.h"
#include "cli/sensor/config-edit.h"

/* The bounds of rollerd's configuration, which hold for all. */
#define ROLLSTAT_SPINE_LEAST_CM 20
#define ROLLSTAT_SPINE_MOST_CM 70
#define ROLLSTAT_STATURE_LEAST_CM 50
#define ROLLSTAT_STATURE_MOST_CM 250
#define ROLLSTAT_WEIGHT_LEAST_KG 20
#define ROLLSTAT_WEIGHT_MOST_KG 400

typedef struct {
	const char *name;
	double spine_cm, stature_cm, weight_kg; /* NaN where not given */
	gboolean is_config;			/* the one of the configuration */
	gboolean is_stored;			/* in table person */
	gboolean is_chosen;			/* sessions that begin now are theirs */
	guint sessions;				/* that stand */
	guint goals;
	guint records;	/* all that is theirs: sessions, also deleted ones, recordings, movements */
	gint64 last_us; /* start of the last session that stands; 0: none */
} RollstatPerson;

typedef struct {
	GStringChunk *strings;
	GArray *persons; /* RollstatPerson: the configuration's first, then by name */
} RollstatPeople;

/* db NULL: there is no database yet. Returns given people, or NULL and error. */
RollstatPeople *rollstat_people_load(sqlite3 *db, const RollstatConfig *config, GError **error);
void rollstat_people_free(RollstatPeople *people);

/* Whom a configuration names; borrowed of it. */
const char *rollstat_people_get_config_name(const RollstatConfig *config);

/* A number of its [person]; NaN where it does not say it. */
double rollstat_people_get_config_number(const RollstatConfig *config, const char *key);

/* By name, in either case where that is clear; NULL: nobody. Borrowed. */
const RollstatPerson *rollstat_people_find(const RollstatPeople *people, const char *name);

/* The same, or NULL and error, which names those that there are and how to add one. */
const RollstatPerson *rollstat_people_require(const RollstatPeople *people, const char *name,
					      GError **error);

/* Who rolls now. Borrowed. */
const RollstatPerson *rollstat_people_get_chosen(const RollstatPeople *people);

/* Spine in cm, as told to people: "44.0 cm", "~46.0 cm" where it is guessed from the stature, a dash where neither is known;
 * given. */
char *rollstat_people_dup_spine(const RollstatPerson *person, const char *dash);

/* Whether it may be a name: what rollerd's configuration takes, and no blank at either end. FALSE and error. */
gboolean rollstat_people_check_name(const char *name, GError **error);

/* Reads "44", "44,5" or "44.5 cm" within bounds. what: for the message. FALSE and error (ROLLSTAT_USAGE_ERROR). */
gboolean rollstat_people_read_cm(const char *text, const char *what, double least, double most,
				 double *ret_cm, GError **error);

/* The same of "70", "70,5" or "70.5 kg", within the bounds of a weight. */
gboolean rollstat_people_read_kg(const char *text, const char *what, double *ret_kg,
				 GError **error);

/* Adds a person or changes one of the table; NaN: not known, or as it was. db: an editor's. */
gboolean rollstat_people_put(sqlite3 *db, const RollstatPerson *person, gint64 now_us,
			     GError **error);

/* Takes a person out of the table, with goals, and out of the choice. */
gboolean rollstat_people_remove(sqlite3 *db, const char *name, GError **error);

/* From now on sessions that begin are theirs. name NULL: whom the configuration names. */
gboolean rollstat_people_choose(sqlite3 *db, const char *name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatPeople, rollstat_people_free)
