/* SPDX-License-Identifier: MIT
 *
 * What the simulated person really did, kept sample by sample, and its file: JSON of the form of
 * tests/captures/NAME.truth.json, with which tests/replay/score.py judges what was told.
 */
#pragma once

#include "daemon/sim/sim-person.h"

#include <glib.h>

typedef struct SimTruth SimTruth;

/* Begins empty. */
SimTruth *sim_truth_new(void);
void sim_truth_free(SimTruth *truth);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SimTruth, sim_truth_free)

/* Adds what is true at a sample. t_us: Unix time, rising from call to call. */
void sim_truth_add(SimTruth *truth, gint64 t_us, const RollSimTruth *is_true);

/* How many samples. */
guint sim_truth_get_length(const SimTruth *truth);

/* The file's text: passes and holds by tests/support/reference-segment.h, seconds in the zones of
 * tests/captures, position at 10 Hz. note: what the conditions were. */
char *sim_truth_dup_json(const SimTruth *truth, guint64 seed, const char *note);

/* Writes it in one go: whoever reads the file sees the old text or the new one. */
gboolean sim_truth_write(const SimTruth *truth, const char *path, guint64 seed, const char *note,
			 GError **error);
