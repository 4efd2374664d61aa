/* SPDX-License-Identifier: MIT
 *
 * Waiting in tests: for the event, never for a time.
 */
#pragma once

#include <glib.h>

/* Turns the main loop until *condition is not 0; after 30 s the test fails. */
void loop_until(const guint *condition);

/* The same with a question, asked after each turn, and every 20 ms where nothing turns the loop (a file of
 * another process has no event). */
void loop_until_true(gboolean (*question)(gpointer data), gpointer data);
