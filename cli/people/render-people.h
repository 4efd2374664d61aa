/* SPDX-License-Identifier: MIT
 *
 * Who there is, for people and for scripts.
 */
#pragma once

#include "cli/people/people.h"
#include "cli/report/render.h"
#include "cli/report/table.h"

/* A row each, and what the signs mean. */
void rollstat_render_people(const RollstatView *view, const RollstatPeople *people, GString *out);

/* The same as rows. */
void rollstat_json_add_people(const RollstatPeople *people, RollstatTable *table);
