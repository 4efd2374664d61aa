/* SPDX-License-Identifier: MIT
 *
 * Another name for a person, in the database and in the configuration at once.
 *
 * All of it is one transaction of the database, and the configuration is written within it, right before it is committed: what fails
 * changes neither. Where the power goes between the two, the configuration alone has the new name, and the same rename goes on from
 * there. What is over is renamed where it stands, so that what it taught (by whose spine, how hard each place pushes back) stays the
 * person's. What is open the daemon writes: that is put right in table amendment, by which the daemon tells it anew at once.
 */
#pragma once

#include "cli/people/home.h"

/* How much was renamed. */
typedef struct {
	guint sessions, movements, goals;
} RollstatRenamed;

/* Whether a person may be called so: FALSE and error, which says what else is to be done, where name is no name or somebody else's.
 * people: all that there are, with person. */
gboolean rollstat_rename_check(const RollstatHome *home, const RollstatPeople *people,
			       const RollstatPerson *person, const char *name, GError **error);

/* Does it, and lets the daemon take it. FALSE and error: nothing is changed, unless the error says that only the daemon did not take
 * it. */
gboolean rollstat_rename(const RollstatHome *home, const RollstatPerson *person, const char *name,
			 RollstatRenamed *ret_renamed, GError **error);
