/* SPDX-License-Identifier: MIT
 *
 * What rollsim tells on standard output, a line an event: "UNIXSECONDS.microseconds SENSOR EVENT [DETAIL]".
 */
#pragma once

#include <glib.h>

enum {
	EVENT_OF_ALL = 0, /* the controller, or every sensor */
};

/* Prints the line of an event that happens now. number: of the sensor, from 1, or EVENT_OF_ALL. */
void event_line_tell(guint number, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Lets events go there instead, without their time; NULL: to standard output again. For tests, whose standard
 * output is another one's. */
void event_line_divert(void (*take)(gpointer user, guint number, const char *event), gpointer user);
