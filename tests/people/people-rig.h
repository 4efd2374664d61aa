/* SPDX-License-Identifier: MIT
 *
 * A database and a configuration of a test's own, and what rollstat answers on them.
 */
#pragma once

#include "tests/cli/answer.h"

/* The moment at which everything is asked. */
#define PEOPLE_NOW_US answer_get_t_us(2026, 3, 14, 20, 0)

/* Four sessions of two weeks of "me", with one sensor; and no writer. There is no configuration yet. */
void people_rig_init(AnswerFixture *fixture);

/* Asks, and fails the test where it does not end so or text (NULL: anything) is not in what it says: on its standard error
 * if it did not do it. */
void people_rig_expect(const AnswerFixture *fixture, const char *words, RollstatExit status,
		       const char *text);

/* Asks, and compares with golden/NAME.txt; in the ASCII of 40 columns with is_tiny. */
void people_rig_compare(const AnswerFixture *fixture, const char *words, const char *name,
			gboolean is_tiny);

/* Makes a folder of the program's own, in which the configuration is looked for. Takes "--update" out of the arguments: then
 * people_rig_compare writes what it got. */
void people_rig_begin(int *argc, char **argv);

/* Runs the tests, and deletes the folder. Returns the exit status. */
int people_rig_run(void);

/* Writes the configuration. */
void people_rig_set_config(const char *text);

/* Puts a link in its place, to where nothing can be written: to be read it is empty. */
void people_rig_block_config(void);

/* The text of the configuration; given, NULL: there is none. */
char *people_rig_dup_config(void);

/* Runs a statement as some writer would. */
void people_rig_write(const AnswerFixture *fixture, const char *sql);
