/* SPDX-License-Identifier: MIT */
#include "tests/cli/made-tempo.h"

enum {
	WAITS_MOST = 10000,
};

static void
begin(void *user)
{
	MadeTempo *made = user;
	g_assert_false(made->is_begun);
	made->is_begun = TRUE;
}

static void
end(void *user)
{
	MadeTempo *made = user;
	g_assert_true(made->is_begun && !made->has_ended);
	made->has_ended = TRUE;
}

static gint64
get_now_us(void *user)
{
	return ((MadeTempo *)user)->now_us;
}

static RollstatPress
wait_for_press(void *user, gint64 until_us)
{
	MadeTempo *made = user;
	g_assert_true(made->is_begun && !made->has_ended);
	g_assert_cmpint(until_us, >=, made->now_us);
	g_assert_cmpuint(made->n_waits++, <, WAITS_MOST);
	if (made->presses != NULL && made->presses->at_s > 0) {
		gint64 at_us =
			made->began_us + (gint64)(made->presses->at_s * (double)G_USEC_PER_SEC);
		if (at_us <= until_us) {
			made->now_us = MAX(made->now_us, at_us);
			if (made->presses->press == MADE_PRESS_STOPPED)
				made->now_us += (gint64)MADE_STOPPED_S * G_USEC_PER_SEC;
			return (made->presses++)->press;
		}
	}
	made->now_us = until_us;
	return ROLLSTAT_PRESS_NONE;
}

static void
put(void *user, const char *text)
{
	g_string_append(((MadeTempo *)user)->out, text);
}

static guint
get_columns(void *user)
{
	return ((MadeTempo *)user)->columns;
}

void
made_tempo_init(MadeTempo *made, gint64 now_us, guint columns, const MadePress *presses)
{
	*made = (MadeTempo){
		.tempo = {.begin = begin,
			  .end = end,
			  .get_now_us = get_now_us,
			  .wait = wait_for_press,
			  .put = put,
			  .get_columns = get_columns,
			  .user = made,
			  .is_terminal = TRUE},
		.began_us = now_us,
		.now_us = now_us,
		.presses = presses,
		.columns = columns,
		.out = g_string_new(NULL),
	};
}

void
made_tempo_clear(MadeTempo *made)
{
	if (made->out != NULL)
		g_string_free(made->out, TRUE);
	made->out = NULL;
}

double
made_tempo_get_s(const MadeTempo *made)
{
	return (double)(made->now_us - made->began_us) / G_USEC_PER_SEC;
}
