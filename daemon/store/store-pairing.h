/* SPDX-License-Identifier: MIT
 *
 * The sensors that were paired by the person's word (table pairing). Few, and changed by hand: each change is a
 * transaction of its own, which must not be begun within another one.
 */
#pragma once

#include "daemon/store/store.h"

typedef struct {
	char address[ROLL_ADDRESS_LEN + 1];
	const char *name; /* as it advertised then; NULL: not known */
	gint64 since_us;
} RollPairingRow;

/* Calls each for every row by address; the row is borrowed for the call. */
gboolean roll_store_each_pairing(RollStore *store,
				 void (*each)(gpointer user, const RollPairingRow *row),
				 gpointer user, GError **error);

/* Writes or renews a row, durably. FALSE and error: the table is as it was. */
gboolean roll_store_put_pairing(RollStore *store, const RollPairingRow *row, GError **error);

/* Deletes it, durably; one that is not there is no failure. */
gboolean roll_store_delete_pairing(RollStore *store, const char *address, GError **error);
