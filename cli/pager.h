/* SPDX-License-Identifier: MIT
 *
 * Long answers a screen at a time: through the program that $ROLLSTAT_PAGER, else $PAGER names (empty or "cat": none), else less.
 */
#pragma once

#include <glib.h>

/* Shows a text that is longer than the terminal behind fd, and returns when the reader has left. FALSE: nothing was shown, since fd
 * is no terminal, the text fits, or there is no such program. */
gboolean rollstat_pager_show(const GString *text, int fd);
