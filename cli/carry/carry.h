/* SPDX-License-Identifier: MIT
 *
 * What export, import, backup and restore have in common.
 */
#pragma once

#include "cli/verb.h"

/* A name for a file of that moment: "2026-03-14-071200" on the local clock; given. */
char *rollstat_carry_dup_moment(const RollstatRun *run, gint64 t_us);

/* A name for a backup of that database, made at that moment: "rollerd-2026-03-14-071200.db" of any rollerd.db; given. */
char *rollstat_carry_dup_backup_name(const RollstatRun *run, const char *database, gint64 t_us);

/* Whether a file has such a name: databases in one folder have their backups in one, too. name: without its folder. */
gboolean rollstat_carry_is_backup_name(const char *name, const char *database);

/* Adds to a ROLL_DATABASE_ERROR_LOCKED how rollerd is stopped; leaves other errors alone. Returns FALSE, for tail calls. */
gboolean rollstat_carry_advise(const RollstatRun *run, GError **error);

/* Whether both are the same file. */
gboolean rollstat_carry_is_same(const char *path, const char *other);

/* "365 sessions, 15 July 2025 to 14 July 2026", or "no sessions"; given. */
char *rollstat_carry_dup_stretch(const RollstatRun *run, gint64 sessions, gint64 first_us,
				 gint64 last_us);
