/* SPDX-License-Identifier: MIT
 *
 * What may stand next on a command line: the shells' completions ask "rollstat complete WORD ... LAST" and offer the answer, so
 * that what is known of verbs and options stands in one place. Asked by their usage and by the history that the words name:
 *
 *     --            options of the verb          DAY, FROM, TO, RANGE   days with sessions, and words for days
 *     lower case    that word                    N                      numbers of sessions
 *     FILE, FOLDER  a line ":files"              SENSOR                 addresses of sensors
 *     NAME          persons                      ZONE                   zones of the history
 *     MOVEMENT      those of the library         TOOLS                  what they need
 */
#pragma once

#include "cli/context.h"

/* words: those after the program's name up to the cursor, the last of them begun (or ""), ended by NULL; borrowed. Appends a line
 * for each candidate that begins as the last word does: CANDIDATE, or CANDIDATE TAB what it is. A history that cannot be read
 * offers nothing. */
void rollstat_complete(const RollstatContext *context, char **words, GString *out);
