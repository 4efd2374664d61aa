/* SPDX-License-Identifier: MIT
 *
 * What a sensor keeps of the one host it is bonded to, and the file that stands for its flash.
 */
#pragma once

#include "tests/rollsim/smp-crypto.h"

/* All zero: not bonded. */
typedef struct {
	gboolean is_bonded;
	guint8 key[SMP_KEY_LEN];       /* LTK */
	guint8 random[SMP_RANDOM_LEN]; /* with diversifier: which key is meant */
	guint16 diversifier;
	guint8 identity[SMP_KEY_LEN]; /* IRK */
} SimBond;

/* New keys. */
void sim_bond_make(SimBond *ret_bond);

/* Reads the bond of sensor number from a file of all of them. No file, or nothing of this sensor in it: not bonded.
 * FALSE and error: it cannot be read, or is no such file. */
gboolean sim_bond_load(const char *path, guint number, SimBond *ret_bond, GError **error);

/* Writes it there beside the others; not bonded: takes it out. */
gboolean sim_bond_save(const char *path, guint number, const SimBond *bond, GError **error);
