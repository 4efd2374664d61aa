/* SPDX-License-Identifier: MIT
 *
 * Histories to make pages of; check-page.py and test-page.c know their days.
 *
 *     usual   six weeks to 14 March 2026: a roller, and a bar that tells sides; two tight spots
 *     odd     14 March 2026: markup, control characters, letters that turn the writing, and length in every name
 *     plain   14 March 2026: a sensor without force, and time that has no place
 *     empty   nothing
 *     years   ten years of daily sessions to 14 March 2026
 */
#pragma once

#include "protocol/database.h"

typedef struct {
	const char *name;
	void (*fill)(sqlite3 *db); /* an empty database with our tables */
} Scene;

/* Ended by one without name. */
extern const Scene scenes[];

/* The one of a name; aborts where there is none. */
const Scene *scenes_find(const char *name);
