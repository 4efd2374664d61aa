/* SPDX-License-Identifier: MIT */
#include "daemon/store/store-pairing.h"

#include "daemon/store/store-parts.h"

gboolean
roll_store_each_pairing(RollStore *store, void (*each)(gpointer user, const RollPairingRow *row),
			gpointer user, GError **error)
{
	gboolean has_row = FALSE;
	sqlite3_stmt *statement = roll_store_bind(store, ROLL_SQL_GET_PAIRINGS, NULL, 0, error);

	if (!statement || !roll_store_step(store, statement, &has_row, error))
		return FALSE;
	while (has_row) {
		RollPairingRow row = {
			.name = (const char *)sqlite3_column_text(statement, 1),
			.since_us = sqlite3_column_int64(statement, 2),
		};

		g_strlcpy(row.address, (const char *)sqlite3_column_text(statement, 0),
			  sizeof row.address);
		each(user, &row);
		if (!roll_store_step(store, statement, &has_row, error))
			return FALSE;
	}
	return TRUE;
}

/* Commits what was done since roll_store_begin, or undoes it. */
static gboolean
end(RollStore *store, gboolean is_done, GError **error)
{
	if (is_done && roll_store_commit(store, error))
		return TRUE;
	roll_store_roll_back(store);
	return FALSE;
}

gboolean
roll_store_put_pairing(RollStore *store, const RollPairingRow *row, GError **error)
{
	if (!roll_store_begin(store, error))
		return FALSE;
	return end(store,
		   ROLL_STORE_RUN(store, ROLL_SQL_PUT_PAIRING, error, roll_cell_text(row->address),
				  roll_cell_text(row->name), roll_cell_integer(row->since_us)),
		   error);
}

gboolean
roll_store_delete_pairing(RollStore *store, const char *address, GError **error)
{
	if (!roll_store_begin(store, error))
		return FALSE;
	return end(store,
		   ROLL_STORE_RUN(store, ROLL_SQL_DELETE_PAIRING, error, roll_cell_text(address)),
		   error);
}
