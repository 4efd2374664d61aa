/* SPDX-License-Identifier: MIT
 *
 * The command line of rollerd.
 */
#pragma once

#include "daemon/source.h"

typedef enum {
	ROLLERD_MODE_BLUEZ,
	ROLLERD_MODE_SIM,
	ROLLERD_MODE_REPLAY,
	ROLLERD_MODE_REBUILD,
	ROLLERD_MODE_CHECK,   /* read the configuration, and nothing else */
	ROLLERD_MODE_VERSION, /* tell it, and nothing else */
} RollerdMode;

typedef struct {
	RollerdMode mode;
	gboolean is_system;
	char *config_path;   /* NULL: the default one, if it is there */
	char *db_path;	     /* never NULL */
	char *capture_path;  /* NULL: none */
	char **replay_paths; /* NULL-terminated; NULL but for ROLLERD_MODE_REPLAY */
	RollSimOptions sim;
} RollerdOptions;

/* Reads argv. Options that do not go together, or that mean nothing together, are errors, never passed
 * over. FALSE and error: a usage error. --help is told and ends the program with 0. */
gboolean rollerd_options_parse(int argc, char **argv, RollerdOptions *ret_options, GError **error);

/* Frees what is in it; may be called on one that is all zero. */
void rollerd_options_clear(RollerdOptions *options);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RollerdOptions, rollerd_options_clear)
