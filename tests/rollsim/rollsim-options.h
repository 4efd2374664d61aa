/* SPDX-License-Identifier: MIT
 *
 * The command line of rollsim.
 */
#pragma once

#include "tests/rollsim/air-link.h"

typedef struct {
	gboolean is_over_bluez;
	guint n_sensors;
	char *adapter;	     /* by way of BlueZ: "hci0" */
	char *name;	     /* NULL: each has its own */
	SimCapture *capture; /* NULL: a person */
	char *truth_path;    /* NULL: none is kept */
	char *keys_path;     /* NULL: bonds end with the program */
	char *trace_path;    /* NULL: none is kept */
	guint64 seed;
	gboolean is_bar;
	guint period_us;
	guint n_batch;
	AirLinkSettings link;
} RollsimOptions;

/* Reads argv, and the capture that it names. FALSE and error: a usage error, or the capture cannot be taken.
 * --help is told and ends the program with 0. */
gboolean rollsim_options_parse(int argc, char **argv, RollsimOptions *ret_options, GError **error);

/* Frees what is in it; may be called on one that is all zero. */
void rollsim_options_clear(RollsimOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RollsimOptions, rollsim_options_clear)

/* Sensor number of them, from 1, with its bond: the caller's. NULL and error: the file of keys cannot be read. */
SimDevice *rollsim_options_make_device(const RollsimOptions *options, guint number, GError **error);
