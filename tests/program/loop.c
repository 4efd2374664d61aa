/* SPDX-License-Identifier: MIT */
#include "tests/program/loop.h"

enum {
	PATIENCE_S = 30,
	LOOK_MS = 20,
};

static gboolean
run_out(gpointer data)
{
	(void)data;
	g_error("waited %d s in vain", PATIENCE_S);
	return G_SOURCE_REMOVE;
}

static gboolean
look_again(gpointer data)
{
	(void)data;
	return G_SOURCE_CONTINUE;
}

void
loop_until_true(gboolean (*question)(gpointer data), gpointer data)
{
	guint patience = g_timeout_add_seconds(PATIENCE_S, run_out, NULL);
	guint look = g_timeout_add(LOOK_MS, look_again, NULL);

	while (!question(data))
		g_main_context_iteration(NULL, TRUE);
	g_source_remove(look);
	g_source_remove(patience);
}

static gboolean
is_set(gpointer data)
{
	return *(const guint *)data != 0;
}

void
loop_until(const guint *condition)
{
	loop_until_true(is_set, (gpointer)condition);
}
