/* SPDX-License-Identifier: MIT
 *
 * What is told, kept as files that a person looks at: a test that is called with --update as its last argument writes them anew.
 */
#pragma once

#include <glib.h>

/* Takes --update out of the arguments; before g_test_init. */
void golden_file_init(int *argc, char **argv);

/* Asserts that text is what stands in FOLDER/NAME.txt. */
void golden_file_check(const char *folder, const char *name, const char *text);

/* The same of a text in which the path of a folder stands as "DIR": place is what it is on this machine, in this run. */
void golden_file_check_in(const char *folder, const char *name, const char *text,
			  const char *place);
