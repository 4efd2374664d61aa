/* SPDX-License-Identifier: MIT
 *
 * The pictures of a comparison. names: what the two stretches were called, as they were written.
 */
#pragma once

#include "cli/report/render.h"
#include "cli/time/comparison.h"

/* All borrowed. */
typedef struct {
	const char *person;
	const char *whose; /* the line below the title; NULL: none */
	const char *names[2];
	const RollstatComparison *comparison;
} RollstatCompared;

/* For people: the whole, then each zone that was rolled. */
void rollstat_render_compared(const RollstatView *view, const RollstatCompared *compared,
			      GString *out);

/* For scripts: one JSON text and a line feed. */
void rollstat_json_append_compared(const RollstatCompared *compared, GString *out);

/* For a spreadsheet: a row for each zone. */
void rollstat_csv_append_compared(const RollstatCompared *compared, GString *out);
