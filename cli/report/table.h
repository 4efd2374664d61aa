/* SPDX-License-Identifier: MIT
 *
 * Rows for scripts and spreadsheets, put out one by one: as a JSON list, or as CSV (RFC 4180, but with line feeds alone). Both
 * have the same names, units and decimals (json.h). In CSV a line of names, those of the first row, stands before the rows; null
 * is an empty field, lists and objects within a row are left out, and without rows there is nothing at all. Control
 * characters are left out of its texts, and one that a spreadsheet would take for a formula gets an apostrophe before it.
 */
#pragma once

#include <glib.h>
#include <json-c/json.h>

typedef struct {
	GString *out; /* borrowed */
	gboolean is_csv;
	gboolean has_rows;
} RollstatTable;

/* Begins a table at the end of out. */
RollstatTable rollstat_table_begin(GString *out, gboolean is_csv);

/* Adds a row: an object; takes it. All rows of a table have the same keys. */
void rollstat_table_add(RollstatTable *table, json_object *row);

/* Ends it; nothing may be added then. */
void rollstat_table_end(RollstatTable *table);
