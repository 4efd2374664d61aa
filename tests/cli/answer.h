/* SPDX-License-Identifier: MIT
 *
 * Runs rollstat as a function on a database of its own in a temporary folder.
 */
#pragma once

#include "cli/command.h"
#include "tests/cli/made-session.h"

typedef struct {
	char *folder, *path;
	sqlite3 *db; /* the writer; NULL once closed */
} AnswerFixture;

typedef struct {
	RollstatExit status;
	char *out, *err;
} Answer;

/* An empty database with our tables. */
void answer_fixture_init(AnswerFixture *fixture);
/* Somebody who uses this machine's rollers. */
void answer_add_person(const AnswerFixture *fixture, const char *name);
/* Closes the writer: what follows reads a file that nobody writes. */
void answer_fixture_close(AnswerFixture *fixture);
void answer_fixture_clear(AnswerFixture *fixture);

/* The moment of a local time in Berlin, Unix microseconds. */
gint64 answer_get_t_us(int year, int month, int day, int hour, int minute);

/* Asks `rollstat --db PATH WORDS` in 80 columns of plain UTF-8, in Berlin, at now_us. words: separated by
 * blanks. */
Answer answer_ask(const AnswerFixture *fixture, gint64 now_us, const char *words);
/* The same in a style. */
Answer answer_ask_styled(const AnswerFixture *fixture, gint64 now_us, const char *words,
			 RollstatStyle style);
void answer_clear(Answer *answer);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AnswerFixture, answer_fixture_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Answer, answer_clear)
