/* SPDX-License-Identifier: MIT
 *
 * Puts a finished page into a file: whole or not at all.
 */
#pragma once

#include <gio/gio.h>

/* Writes a text into a file, beside it first and then in its place: whoever reads sees the old or the new one, and a full disk
 * leaves the old one. A symbolic link stays one. What is there already is replaced only if it is empty or begins like a page of
 * ours (ROLLSTAT_HTML_SIGN), or with is_forced; what is no regular file never. Returns FALSE and error (G_IO_ERROR or
 * G_FILE_ERROR), which says what to do. */
gboolean rollstat_page_keep(const char *path, const GString *text, gboolean is_forced,
			    GError **error);
