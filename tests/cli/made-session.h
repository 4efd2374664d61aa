/* SPDX-License-Identifier: MIT
 *
 * Sessions as the daemon would have stored them, made straight from a description: the same description gives the
 * same rows on every machine. A person rolls up and down with passes whose speed rises and falls, holds now and then,
 * and may have a stiff place, where force is higher and passes are slower.
 */
#pragma once

#include "protocol/database.h"

typedef struct {
	const char *person, *kind;	   /* "me", "roller" */
	const char *address, *sensor_name; /* sensor_name may be NULL */
	gint64 start_us;
	double rolling_s;	  /* of passes; holds come on top */
	double top_cm, bottom_cm; /* where passes turn, give or take 1 cm */
	double force_n;		  /* usual force; 0: a sensor without force */
	gboolean has_counts;	  /* force is in counts, not newtons */
	double stiff_cm;	  /* middle of the stiff place */
	double stiffness;	  /* 0.4: 40 % more force there and 20 % slower; 0: none */
	double hold_s, hold_cm;	  /* a hold every fifth pass, of hold_s; 0: none */
	double lost_s;
	double uncertainty_cm;	     /* of its passes and holds; 0: not known */
	double unsure_s, unplaced_s; /* unplaced_s comes at the end, on top of rolling_s */
	double spine_cm;
	gboolean is_guess;
	const char *zone_prefix; /* put before the zones' names; "" is usual */
	gboolean has_sides;
	guint32 seed;
} MadeSession;

/* Even rolling of the upper back for two minutes, on 14 March 2026 at 7:12 in Berlin. */
extern const MadeSession made_session_usual;

/* Adds it, in a transaction of the caller if there is one; returns its number. Aborts on failure. */
gint64 made_session_add(sqlite3 *db, const MadeSession *made);
