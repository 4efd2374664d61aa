/* SPDX-License-Identifier: MIT
 *
 * Sessions put right (table amendment): given to somebody else, deleted and brought back. Nothing that was received or derived
 * changes by it; rollerd tells it anew by what stands here (--rebuild).
 */
#pragma once

#include "cli/history/history.h"

typedef struct {
	gint64 session, recording;   /* 0: there is none */
	char *number;		     /* of the session, as text */
	char *person;		     /* whose it is */
	char *told_as;		     /* by whose spine levels and zones are */
	gint64 start_us, deleted_us; /* deleted_us 0: it is not */
	double loaded_s;
	gboolean is_open; /* it may go on */
} RollstatAmended;

/* The session of this number, deleted or not. FALSE and error: it cannot be read, or there is none; ret_amended is to be
 * cleared in any case. */
gboolean rollstat_session_find(sqlite3 *db, gint64 session, RollstatAmended *ret_amended,
			       GError **error);

/* The newest one that is open and not deleted; session 0: none is. */
gboolean rollstat_session_find_open(sqlite3 *db, RollstatAmended *ret_amended, GError **error);

/* NULL texts are taken. */
void rollstat_amended_clear(RollstatAmended *amended);

/* Gives it to a person. db: an editor's. */
gboolean rollstat_session_give(sqlite3 *db, const RollstatAmended *amended, const char *person,
			       GError **error);

/* Deletes it at that moment; 0: brings it back. */
gboolean rollstat_session_delete(sqlite3 *db, const RollstatAmended *amended, gint64 now_us,
				 GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RollstatAmended, rollstat_amended_clear)
