/* SPDX-License-Identifier: MIT
 *
 * From the rows of a session to its profile. Pure.
 */
#pragma once

#include "cli/history/history.h"
#include "cli/history/profile.h"

/* Adds the slices, holds and passes of a session of the history, as far as they were loaded, to a profile that begins as
 * zero. */
void rollstat_profile_fill(const RollstatHistory *history, const RollstatSession *session,
			   RollstatProfile *profile);
