/* SPDX-License-Identifier: MIT
 *
 * Whose a recording is; for the tracker's own files alone.
 *
 * Who is chosen holds for the live moment: so it is asked when a recording begins and when its session does, and stands
 * with the recording from then on, whoever is chosen later. A replay asks nobody: what comes out of a capture must not hang
 * on who happens to be chosen when it is read; its sessions are the configuration's person's, until they are put right.
 */
#pragma once

#include "daemon/tracker/tracker-parts.h"

/* Whose row's recording is: as it was put right, else as it was recorded, else whom the configuration names. */
gboolean roll_tracker_find_person(RollStore *store, const RollConfig *config,
				  const RollRecordingRow *row, RollPerson *ret_person,
				  GError **error);

/* In a live run, notes in row who is chosen now; else nobody is. */
gboolean roll_tracker_choose_person(const RollTracker *tracker, RollRecordingRow *row,
				    GError **error);

/* Reads anew how the sessions of a sensor that are not yet written as closed were put right, and who is chosen for what is open
 * without a session. */
gboolean roll_tracker_read_amendments(const RollTracker *tracker, const RollTracked *sensor,
				      GError **error);
