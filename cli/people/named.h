/* SPDX-License-Identifier: MIT
 *
 * The person that --person names, of those who are known: a name that is mistyped shall not look like a day without rolling.
 */
#pragma once

#include "cli/verb.h"

/* The name as it is known (letters in either case stand for it where that is clear); given. Known is who has sessions,
 * movements or goals, who was added, and whom the configuration names. Where there is no database yet, the name as it was
 * typed. NULL and error, which names those that there are: nobody is called so, or database or configuration cannot be
 * read. */
char *rollstat_named_dup_person(const RollstatRun *run, GError **error);
