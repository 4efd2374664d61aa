/* SPDX-License-Identifier: MIT
 *
 * Whose back is told of: a dose, a tight spot and a goal are one person's, so that no verb adds up those of several. It is the one
 * named; else the one chosen on this machine (table choice, 'person'); else, where all that was asked for is one person's, that
 * one; else whom rollerd's configuration names. So it is, too, whose a movement is that was done. Sessions count as they were put
 * right.
 */
#pragma once

#include "cli/dates.h"
#include "cli/verb.h"

#include <json-c/json.h>

/* What of the history was asked for; borrowed. n 0: all of it. */
typedef struct {
	const RollstatDates *stretches;
	guint n;
	gboolean has_movements; /* movements that were done are told, too */
} RollstatWhoseAsk;

/* What somebody has in it. */
typedef struct {
	const char *person;
	guint sessions, movements;
} RollstatOwner;

typedef struct {
	GStringChunk *strings;
	const char *person; /* who is told of */
	guint sessions;	    /* theirs of what was asked for; not counted where a person was named */
	GArray *others; /* RollstatOwner, by name: who else has some of it; empty where a person was named, and for all of the history */
	const char *
		usual; /* whom the configuration names, where several use the rollers and it is not the one told of; else NULL */
} RollstatWhose;

/* Returns it given, or NULL and error: database or configuration cannot be read. The configuration is looked at only where the
 * database does not say who it is. */
RollstatWhose *rollstat_whose_find(const RollstatRun *run, sqlite3 *db, const RollstatWhoseAsk *ask,
				   GError **error);
void rollstat_whose_free(RollstatWhose *whose);

/* The person alone, of all the history; given. */
char *rollstat_whose_dup_person(const RollstatRun *run, sqlite3 *db, GError **error);

/* Who is told of, what others have there, and how to see that; given. NULL: there is nothing of others. */
char *rollstat_whose_dup_line(const RollstatWhose *whose, const RollstatStyle *style);

/* Adds "person" and "others" (of each "person" and "sessions") to an object. */
void rollstat_whose_add_json(const RollstatWhose *whose, json_object *object);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatWhose, rollstat_whose_free)
