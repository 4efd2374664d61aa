/* SPDX-License-Identifier: MIT
 *
 * A folder with a small history that is the same on every machine, for the golden files of export, import, backup and restore, and
 * rollstat asked in it.
 */
#pragma once

#include "tests/cli/answer.h"
#include "tests/protocol/scratch-folder.h"

/* Makes DIR/a.db: two sessions of two days, one of a roller, one of a bar in counts; a few values of each; and what persons said.
 * DIR is the folder of scratch. */
void carry_history_make(const Scratch *scratch);

/* Asks `rollstat WORDS` in it, at 20:00 on 14 March 2026 in Berlin, as answer_ask does; "DIR" in words is the folder, and the
 * folder is "DIR" in what is answered. typed: what a person at a terminal answers to the first question, which is then
 * part of the answer; NULL: there is nobody. */
Answer carry_history_ask(const Scratch *scratch, const char *words, const char *typed);

/* A path in the folder; given. */
char *carry_history_dup_path(const Scratch *scratch, const char *name);
