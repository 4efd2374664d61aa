/* SPDX-License-Identifier: MIT
 *
 * A dialogue in lines: over a terminal, a pipe or a screen reader. Every question can be answered by s (skip) or
 * q (quit).
 */
#pragma once

#include <glib.h>

/* Where lines go and come from. */
typedef struct {
	void (*say)(void *user, const char *line); /* without line feed */
	char *(*hear)(void *user); /* given, without line feed; NULL: there will be none */
	void *user;
	gboolean is_terminal; /* a person sits there */
} RollstatTalk;

typedef enum {
	ROLLSTAT_ANSWER_TEXT,
	ROLLSTAT_ANSWER_ENTER, /* nothing but Enter */
	ROLLSTAT_ANSWER_SKIP,
	ROLLSTAT_ANSWER_QUIT,
	ROLLSTAT_ANSWER_END, /* the input has ended */
} RollstatAnswer;

/* A number that is asked for. */
typedef struct {
	const char *question; /* N_() */
	double least, most;
	const char *unit; /* may follow the number */
} RollstatNumber;

/* Says a line or several. */
void rollstat_talk_say(const RollstatTalk *talk, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Asks; *ret_text: given, what was typed without surrounding blanks, NULL where it is no text. */
RollstatAnswer rollstat_talk_ask(const RollstatTalk *talk, const char *question, char **ret_text);

/* Whether an answer is a yes: y, yes, or that word of the locale's language or its first letter, in either case. text NULL: no. */
gboolean rollstat_talk_is_yes(const char *text);

/* Asks until there is a number within bounds (a comma is a point), or another answer. */
RollstatAnswer rollstat_talk_ask_number(const RollstatTalk *talk, const RollstatNumber *number,
					double *ret_value);

/* Reads such a number, whole. FALSE: it is none. */
gboolean rollstat_talk_read_number(const char *text, const char *unit, double *ret_value);

/* Asks until nothing but Enter comes, or s, q or the end. */
RollstatAnswer rollstat_talk_wait(const RollstatTalk *talk, const char *question);
