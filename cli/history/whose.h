/* SPDX-License-Identifier: MIT
 *
 * Whose history is told, and whose a movement is, where only one person's can be: the one named, else the one chosen on this machine
 * (table choice, 'person'), else whose the latest session is that stands, as it was put right, else "me".
 */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

/* named: --person, NULL where it is not given. Returns a given name in UTF-8, or NULL and error. */
char *rollstat_whose_dup_person(sqlite3 *db, const char *named, GError **error);
