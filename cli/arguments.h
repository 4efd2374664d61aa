/* SPDX-License-Identifier: MIT
 *
 * The command line, read and checked.
 */
#pragma once

#include "cli/day.h"

typedef enum {
	ROLLSTAT_VERB_TODAY,
	ROLLSTAT_VERB_DAY,
	ROLLSTAT_VERB_WEEK,
	ROLLSTAT_VERB_MONTH,
	ROLLSTAT_VERB_RANGE,
	ROLLSTAT_VERB_SESSIONS,
	ROLLSTAT_VERB_PASSES,
	ROLLSTAT_VERB_HOLDS,
	ROLLSTAT_VERB_DEVICES,
	ROLLSTAT_VERB_STATUS,
	ROLLSTAT_VERB_CALIBRATE,
	ROLLSTAT_VERB_PAIR,
	ROLLSTAT_VERB_UNPAIR,
	ROLLSTAT_VERB_HELP,
	ROLLSTAT_VERB_VERSION,
} RollstatVerb;

typedef struct {
	RollstatVerb verb;
	gboolean is_system, is_json;
	gboolean is_show;		  /* of calibrate */
	gboolean is_yes;		  /* of pair */
	char *database, *person, *colour; /* NULL where not given */
	char *sensor; /* of calibrate, pair and unpair: address or name; NULL: not given */
	RollstatDay first, last; /* of today, day, week, month, range, and --day; else 0 */
	gint64 session;		 /* 0: all */
} RollstatArguments;

typedef enum {
	ROLLSTAT_USAGE_ERROR_WRONG, /* the message says what is right */
} RollstatUsageError;

#define ROLLSTAT_USAGE_ERROR (rollstat_usage_error_quark())
GQuark rollstat_usage_error_quark(void);

/* Reads the arguments of main. today: the present day, for today, week and month. Returns given
 * arguments, or NULL and error. */
RollstatArguments *rollstat_arguments_parse(char **arguments, RollstatDay today, GError **error);
void rollstat_arguments_free(RollstatArguments *arguments);

/* One screen of help; static. */
const char *rollstat_arguments_get_help(void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatArguments, rollstat_arguments_free)
