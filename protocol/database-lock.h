/* SPDX-License-Identifier: MIT
 *
 * Who writes a database is alone: the lock that a writer holds (database.h), also for one that puts another file in its
 * place. It is on an open file of its own beside the database, PATH-lock: the system drops it with the process,
 * however that ends, and SQLite's own locks, which readers need, are left alone.
 */
#pragma once

#include <glib.h>

/* Takes it. path: as it is, with no symbolic link in it where writers should meet. Returns an open file that holds it until it
 * is closed; or -1 and error (ROLL_DATABASE_ERROR): LOCKED where another has it. */
int roll_database_take_lock(const char *path, GError **error);

/* The path by which all lock: absolute, links followed; given. */
char *roll_database_resolve(const char *path);
