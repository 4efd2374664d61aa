/* SPDX-License-Identifier: MIT
 *
 * A file that is there whole or not at all: written under another name beside its own, made durable, then renamed. "-" is
 * the standard output, where that cannot be held.
 */
#pragma once

#include <gio/gio.h>

typedef struct RollstatOutput RollstatOutput;

/* Begins a file. is_replacing: one that is there already is replaced at the end; else it is refused, as a folder always is.
 * Returns a given output, or NULL and error. */
RollstatOutput *rollstat_output_open(const char *path, gboolean is_replacing, GError **error);

/* Adds n_bytes. */
gboolean rollstat_output_write(RollstatOutput *output, const void *bytes, gsize n_bytes,
			       GError **error);

/* The SHA-256 of all that was written until now, in hex; given. */
char *rollstat_output_dup_sum(const RollstatOutput *output);

/* How many bytes were written until now. */
guint64 rollstat_output_get_size(const RollstatOutput *output);

/* Gives the file its name: from then on it is there. FALSE and error: it is not. Nothing may be written afterwards. */
gboolean rollstat_output_finish(RollstatOutput *output, GError **error);

/* Removes what was not finished. NULL is taken. */
void rollstat_output_free(RollstatOutput *output);

/* Makes a file's new name durable: its folder is synchronised. Where a file system cannot do that, nothing is lost. */
void rollstat_output_sync_folder(const char *path);

/* A new empty file beside path, for its owner alone, under a name that nothing else has: given, or NULL and error. */
char *rollstat_output_make_beside(const char *path, GError **error);

/* What root makes in the folder of another user is theirs, and their group reads it where it reads the folder and the world does
 * not: as sudo puts back the system's database, which rollerd has to open. Else nothing happens; so it does where the file has
 * another name besides, and where the file system refuses. */
void rollstat_output_give(const char *path);

/* "583 MB", with units of a thousand; given. */
char *rollstat_output_dup_size(guint64 n_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatOutput, rollstat_output_free)
