/* SPDX-License-Identifier: MIT
 *
 * rollstat as a program that is talked with over pipes, line by line, while the main loop here answers what it asks on
 * the bus.
 */
#pragma once

#include <gio/gio.h>

typedef struct {
	GSubprocess *process;
	GOutputStream *keyboard; /* what is typed goes into it */
	GString *out;		 /* all it has said */
	gsize heard;		 /* of out, what was expected so far */
	char *err;		 /* at its end */
	int status;		 /* exit status, at its end */
	gboolean has_ended;
	char bytes[4096];
} Dialogue;

/* Begins `rollstat LINE` (words parted by blanks) with both buses at this address. */
void dialogue_begin(Dialogue *dialogue, const char *address, const char *line);

/* The same, without a system bus: whatever answers is a person's own. */
void dialogue_begin_in_session(Dialogue *dialogue, const char *address, const char *line);

/* The same on both, and what it reads comes from a terminal, as from a person. */
void dialogue_begin_on_terminal(Dialogue *dialogue, const char *address, const char *line);

/* Waits until it has said text, behind what was expected before. Fails the test where it ends without. */
void dialogue_expect(Dialogue *dialogue, const char *text);

/* Types a line. */
void dialogue_type(Dialogue *dialogue, const char *line);

/* The two: waits for text, then types. */
void dialogue_answer(Dialogue *dialogue, const char *text, const char *line);

/* Closes its input, waits for its end. Fails the test where the exit status is another one, or text (NULL: anything) is
 * not on its standard error. */
void dialogue_end(Dialogue *dialogue, int status, const char *text);
void dialogue_clear(Dialogue *dialogue);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Dialogue, dialogue_clear)
