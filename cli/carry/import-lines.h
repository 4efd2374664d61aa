/* SPDX-License-Identifier: MIT
 *
 * The lines of an export, one by one, with the checksum of those that went before. What each holds is for others.
 */
#pragma once

#include "cli/progress.h"

#include <gio/gio.h>

typedef struct RollstatLines RollstatLines;

/* Opens a file; "-" is the standard input. What another program (or ours for another verb) wrote is refused with what it is.
 * progress: borrowed, told how far it is, also while nothing comes; NULL: nobody looks on. Given, or NULL and error. */
RollstatLines *rollstat_lines_open(const char *path, const RollstatProgress *progress,
				   GError **error);

/* The next line, without its line feed, borrowed until the next call; NULL at the end. FALSE and error: it cannot be read, or is
 * longer than any of an export, or it was interrupted. */
gboolean rollstat_lines_next(RollstatLines *lines, const char **ret_text, GError **error);

/* Its number, from 1; 0 before the first. At the end one more than the last. */
guint64 rollstat_lines_get_number(const RollstatLines *lines);

/* The SHA-256 of all lines before it, in hex; given. */
char *rollstat_lines_dup_sum(const RollstatLines *lines);

/* NULL is taken. */
void rollstat_lines_free(RollstatLines *lines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatLines, rollstat_lines_free)
