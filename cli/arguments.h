/* SPDX-License-Identifier: MIT
 *
 * The command line, read and checked by the table of the verbs. Options may stand before and after the verb.
 */
#pragma once

#include "cli/verb.h"

typedef struct {
	const RollstatVerb *verb;
	GStrv words;	  /* after the verb */
	gpointer options; /* of the verb; NULL: it has none */
	gboolean is_system, is_json, is_csv, is_help, is_version;
	char *database, *person, *colour; /* NULL where not given */
} RollstatArguments;

/* Reads the arguments of main. verb may be NULL where is_help or is_version is set, which stand above all else. Returns given
 * arguments, or NULL and error. */
RollstatArguments *rollstat_arguments_parse(char **arguments, GError **error);
void rollstat_arguments_free(RollstatArguments *arguments);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatArguments, rollstat_arguments_free)
