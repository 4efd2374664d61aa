/* SPDX-License-Identifier: MIT
 *
 * A FIT file as lines that a person reads and diff compares.
 */
#pragma once

#include <glib.h>

/* A line a message, in the order of the file: the number of the message, then NUMBER=VALUE for each of its fields, with a "+"
 * before the numbers of developer fields; "?": the value is not known. Fails the test where the file is no FIT file whole in its
 * checksum. Given. */
char *fit_dump(const char *path);
