/* SPDX-License-Identifier: MIT
 *
 * Waiting in tests: for the event, never for a time.
 */
#pragma once

#include <glib.h>

/* Turns the main loop until *condition is not 0; after 30 s the test fails. */
void loop_until(const guint *condition);

/* The same with a question. */
void loop_until_true(gboolean (*question)(gpointer data), gpointer data);
