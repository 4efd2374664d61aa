/* SPDX-License-Identifier: MIT
 *
 * What a verb of rollstat is: a value of RollstatVerb, beside the part that it belongs to, in a file verb-NAME.c. The
 * table of all of them is in verbs.c; arguments.c reads the command line by it, help.c tells it.
 */
#pragma once

#include "cli/context.h"
#include "cli/report/render.h"

#include <glib/gi18n-lib.h>

/* An option of one verb. At offset in the verb's options: a gboolean for G_OPTION_ARG_NONE, else a char * (given, NULL
 * where the option was not named) for G_OPTION_ARG_FILENAME, which takes the bytes as they are. */
typedef struct {
	const char *name; /* without dashes */
	GOptionArg arg;
	gsize offset;
	const char *value; /* what stands for it in the help: "FILE"; NULL: it takes none */
	const char *what;  /* a line for the help, N_() */
} RollstatOption;

/* Where the help lists it. */
typedef enum {
	ROLLSTAT_GROUP_BACK,	 /* what was rolled */
	ROLLSTAT_GROUP_NOW,	 /* while rolling */
	ROLLSTAT_GROUP_MOVEMENT, /* other ways of loosening a back */
	ROLLSTAT_GROUP_THING,	 /* persons, sensors, and how they are used */
	ROLLSTAT_GROUP_CARE,	 /* the program and its history */
	ROLLSTAT_GROUPS,
} RollstatGroup;

/* Which of the options that many verbs have it takes. The others (--db, --system, --color) all take. */
typedef enum {
	ROLLSTAT_TAKES_JSON = 1 << 0,
	ROLLSTAT_TAKES_CSV = 1 << 1,
	ROLLSTAT_TAKES_PERSON = 1 << 2,
	ROLLSTAT_GIVES_PERSON = 1 << 3, /* --person says whose it is from then on */
} RollstatTakes;

typedef struct RollstatRun RollstatRun;

typedef struct {
	const char *name, *usage; /* "day", "day DAY": what stands after "rollstat" */
	const char *what;	  /* a line, N_() */
	const char *
		help; /* what else is to be known: paragraphs of lines up to 80 columns, N_(); NULL: nothing */
	RollstatGroup group;
	RollstatTakes takes;
	guint least_words, most_words; /* after the verb */
	const RollstatOption *options; /* ended by one without name; NULL: none */
	gsize options_size;	       /* bytes of the struct that they are put into */
	/* Appends to run->out what it has to say. FALSE and error: rollstat says it and fails. */
	gboolean (*run)(RollstatRun *run, GError **error);
} RollstatVerb;

/* A run: what it was told, what it has to say. All borrowed. */
struct RollstatRun {
	const RollstatContext *context;
	const RollstatVerb *verb;
	char **words;		       /* after the verb, ended by NULL */
	const void *options;	       /* of the verb, zero where not named; NULL: it has none */
	const char *database, *person; /* NULL where not given */
	gboolean is_system, is_json, is_csv;
	RollstatView view;
	GString *out;
	RollstatExit exit; /* of a run that does not fail: DONE, unless the verb sets it */
};

/* Path of the database: the one named, else your own, else (where there is none) the system's if it may be read; given. */
char *rollstat_run_dup_database_path(const RollstatRun *run);

/* Opens that for reading, and begins to read. Returns a given connection, or NULL and error. */
sqlite3 *rollstat_run_open_database(const RollstatRun *run, GError **error);

/* A sensor as a person names it: what it is called (rollstat devices name) stands for its address, anything else for itself;
 * given. NULL for NULL. */
char *rollstat_run_dup_sensor(const RollstatRun *run, const char *word);

/* Opens it for what a person says, beside the daemon. Returns a given connection, or NULL and error. */
sqlite3 *rollstat_run_edit_database(const RollstatRun *run, GError **error);

/* Tells that the words or options do not fit: "write it as: rollstat USAGE". Returns FALSE. */
gboolean rollstat_run_refuse(const RollstatRun *run, GError **error);
