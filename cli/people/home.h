/* SPDX-License-Identifier: MIT
 *
 * Where what is said of persons, sessions and sensors belongs: the database, the configuration, and the daemon that goes by
 * both, if it answers.
 */
#pragma once

#include "cli/people/people.h"
#include "cli/sensor/status.h"
#include "cli/verb.h"

typedef struct {
	char *database;
	char *configuration;
	RollstatStatus *status; /* of the daemon with this database; NULL: none answers */
	RollstatStatus *other;	/* of one that answers, but has another; NULL: none does */
} RollstatHome;

/* Finds them for a run: the configuration is the one that the daemon of this database says, else the one that it would
 * read. */
void rollstat_home_find(const RollstatRun *run, RollstatHome *ret_home);
void rollstat_home_clear(RollstatHome *home);

/* Path of the configuration that a daemon with that database would read; given. */
char *rollstat_home_dup_config_path(const char *database);

/* Whether the configuration is that of the database: of a daemon with both, or of the database that rollerd usually has. Another
 * one, as a copy, has it only where there is no usual one. */
gboolean rollstat_home_has_config(const RollstatHome *home);

/* Whom the configuration names; given, NULL and error: it cannot be read. */
char *rollstat_home_dup_config_person(const RollstatRun *run, GError **error);

/* Reads who there is; a database that is not there is an empty one. Given; NULL and error. */
RollstatPeople *rollstat_home_load_people(const RollstatHome *home, GError **error);

/* Opens the database to write what the person said; makes it where there is none. Given; NULL and error. */
sqlite3 *rollstat_home_edit(const RollstatHome *home, GError **error);

/* Writes a key of [person] into the configuration, and lets the daemon take it. */
gboolean rollstat_home_store(const RollstatHome *home, const char *key, const char *value,
			     GError **error);

/* Lets the daemon tell anew what is open, by what stands in the database now. Where none answers, or it refuses, it holds
 * from the next session on. */
void rollstat_home_apply(const RollstatHome *home);

/* Writes a person's lengths and weight where they belong, all that are not NaN, and applies them. FALSE and error. */
gboolean rollstat_home_put_person(const RollstatHome *home, const RollstatPerson *person,
				  gint64 now_us, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RollstatHome, rollstat_home_clear)
