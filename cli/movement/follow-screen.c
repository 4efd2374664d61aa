/* SPDX-License-Identifier: MIT */
#include "cli/movement/follow-screen.h"

static void
put(const RollstatFollowScreen *screen, const char *text)
{
	screen->tempo->put(screen->tempo->user, text);
}

/* Where the window was made narrower, the rest of the old line cannot be reached any more. */
static void
measure(RollstatFollowScreen *screen)
{
	screen->style.width = screen->tempo->get_columns(screen->tempo->user);
	screen->open_columns = MIN(screen->open_columns, screen->style.width - 1);
}

void
rollstat_follow_screen_close(RollstatFollowScreen *screen)
{
	measure(screen);
	if (screen->open_columns == 0)
		return;
	g_autofree char *blank = g_strnfill(screen->open_columns, ' ');
	g_autofree char *text = g_strdup_printf("\r%s\r", blank);
	put(screen, text);
	screen->open_columns = 0;
}

void
rollstat_follow_screen_say(RollstatFollowScreen *screen, RollstatInk ink, const char *lead,
			   const char *text)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_autofree char *clean = rollstat_style_dup_clean(&screen->style, text);
	rollstat_follow_screen_close(screen);
	rollstat_style_append_note(&screen->style, out, ink, lead, clean);
	put(screen, out->str);
}

void
rollstat_follow_screen_part(RollstatFollowScreen *screen)
{
	rollstat_follow_screen_close(screen);
	put(screen, "\n");
}

void
rollstat_follow_screen_show(RollstatFollowScreen *screen, const char *text)
{
	if (screen->is_lines)
		return;
	measure(screen);
	g_autofree char *clean = rollstat_style_dup_clean(&screen->style, text);
	/* A terminal wraps what fills its last column. */
	guint columns = MIN(rollstat_style_measure(clean), screen->style.width - 1);
	guint spare = screen->open_columns > columns ? screen->open_columns - columns : 0;
	g_autoptr(GString) out = g_string_new("\r");
	rollstat_style_append_cell(&screen->style, out,
				   &(RollstatCell){.text = clean, .columns = columns});
	for (guint i = 0; i < spare; i++)
		g_string_append_c(out, ' ');
	put(screen, out->str);
	screen->open_columns = MAX(columns, 1);
}

void
rollstat_follow_screen_ring(RollstatFollowScreen *screen)
{
	if (screen->has_bell)
		put(screen, "\a");
}
