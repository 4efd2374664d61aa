/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/event-line.h"

#include <stdio.h>

/* The program has one standard output, and so one place where events go. */
static struct {
	void (*take)(gpointer user, guint number, const char *event);
	gpointer user;
} diverted;

void
event_line_divert(void (*take)(gpointer user, guint number, const char *event), gpointer user)
{
	diverted.take = take;
	diverted.user = user;
}

void
event_line_tell(guint number, const char *format, ...)
{
	gint64 now_us = g_get_real_time();
	g_autofree char *event = NULL;
	va_list arguments;

	va_start(arguments, format);
	event = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	if (diverted.take) {
		diverted.take(diverted.user, number, event);
		return;
	}
	printf("%" G_GINT64_FORMAT ".%06" G_GINT64_FORMAT " %u %s\n", now_us / G_USEC_PER_SEC,
	       now_us % G_USEC_PER_SEC, number, event);
	fflush(stdout);
}
