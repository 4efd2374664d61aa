/* SPDX-License-Identifier: MIT */
#define NCURSES_WIDECHAR 1
#include "cli/live/screen.h"

#include <curses.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <term.h>
#include <unistd.h>

#undef columns /* term.h takes this word, too */

struct RollstatScreen {
	RollstatScreenListener listener;
	SCREEN *curses; /* NULL: lines alone */
	gboolean has_colour;
	sigset_t before; /* signals blocked before */
	int signals;	 /* their descriptor */
	guint signal_watch, key_watch, output_watch;
};

gboolean
rollstat_screen_is_there(void)
{
	int error = 0;
	if (!isatty(STDOUT_FILENO) || setupterm(NULL, STDOUT_FILENO, &error) == ERR)
		return FALSE;
	/* A terminal on which the cursor cannot be moved shows lines. */
	gboolean can_move = tigetstr("cup") != NULL && tigetstr("clear") != NULL;
	del_curterm(cur_term);
	return can_move;
}

/* ---- Size and stops ---- */

static void
take_size(RollstatScreen *screen)
{
	struct winsize size;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
		resizeterm(size.ws_row, size.ws_col);
	clearok(curscr, TRUE);
	screen->listener.redraw(screen->listener.user);
}

/* A terminal without a screen of its own for programs keeps the picture; what the shell writes next begins on a row of its own. */
static void
give_back(void)
{
	move(LINES - 1, 0);
	clrtoeol();
	refresh();
	endwin();
}

/* As if the signal had not been blocked: where nobody could wake it (no shell), the kernel does not stop it. */
static void
stop_here(void)
{
	sigset_t stop;
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	give_back();
	raise(SIGTSTP);
	pthread_sigmask(SIG_UNBLOCK, &stop, NULL); /* here it stops */
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
}

static gboolean
take_signal(int fd, GIOCondition condition, gpointer user)
{
	(void)condition;
	RollstatScreen *screen = user;
	struct signalfd_siginfo news;
	if (read(fd, &news, sizeof news) != (gssize)sizeof news)
		return G_SOURCE_CONTINUE;
	switch (news.ssi_signo) {
	case SIGTSTP:
		stop_here();
		take_size(screen);
		break;
	case SIGCONT:
	case SIGWINCH:
		take_size(screen);
		break;
	default:
		screen->listener.end(screen->listener.user);
	}
	return G_SOURCE_CONTINUE;
}

static gboolean
take_keys(int fd, GIOCondition condition, gpointer user)
{
	(void)fd;
	RollstatScreen *screen = user;
	if (condition & (G_IO_HUP | G_IO_ERR)) {
		screen->key_watch = 0;
		screen->listener.end(screen->listener.user);
		return G_SOURCE_REMOVE;
	}
	for (int key = getch(); key != ERR; key = getch())
		screen->listener.key(screen->listener.user, key);
	return G_SOURCE_CONTINUE;
}

static gboolean
take_no_reader(int fd, GIOCondition condition, gpointer user)
{
	(void)fd, (void)condition;
	RollstatScreen *screen = user;
	screen->output_watch = 0;
	screen->listener.end(screen->listener.user);
	return G_SOURCE_REMOVE;
}

/* ---- Opening and closing ---- */

static RollstatScreen *
watch_signals(const RollstatScreenListener *listener, const int *numbers, guint n_numbers)
{
	RollstatScreen *screen = g_new0(RollstatScreen, 1);
	sigset_t wanted;
	screen->listener = *listener;
	sigemptyset(&wanted);
	for (guint i = 0; i < n_numbers; i++)
		sigaddset(&wanted, numbers[i]);
	pthread_sigmask(SIG_BLOCK, &wanted, &screen->before);
	screen->signals = signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
	screen->signal_watch = g_unix_fd_add(screen->signals, G_IO_IN, take_signal, screen);
	return screen;
}

RollstatScreen *
rollstat_screen_open_lines(const RollstatScreenListener *listener)
{
	static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
	RollstatScreen *screen = watch_signals(listener, numbers, G_N_ELEMENTS(numbers));
	screen->output_watch = g_unix_fd_add(STDOUT_FILENO, G_IO_ERR, take_no_reader, screen);
	return screen;
}

static void
begin_colours(RollstatScreen *screen, const RollstatStyle *style)
{
	static const short colours[] = {COLOR_GREEN, COLOR_YELLOW, COLOR_BLUE, COLOR_MAGENTA,
					COLOR_RED};
	screen->has_colour = style->has_colour && has_colors();
	if (!screen->has_colour)
		return;
	start_color();
	use_default_colors();
	for (short i = 0; i < (short)G_N_ELEMENTS(colours); i++)
		init_pair((short)(ROLLSTAT_INK_GREEN + i), colours[i], -1);
}

static void
hold_place(int number)
{
	(void)number; /* the signal is blocked */
}

/* Curses ignores SIGTSTP while it draws, and the kernel forgets one that waits as soon as it is ignored: a Ctrl-Z would be
 * lost. Only one that has a handler when curses begins is left alone. */
static SCREEN *
begin_curses(void)
{
	const struct sigaction ours = {.sa_handler = hold_place};
	struct sigaction before;
	sigaction(SIGTSTP, &ours, &before);
	SCREEN *curses = newterm(NULL, stdout, stdin);
	sigaction(SIGTSTP, &before, NULL);
	return curses;
}

RollstatScreen *
rollstat_screen_open(const RollstatStyle *style, const RollstatScreenListener *listener)
{
	static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT, SIGWINCH};
	RollstatScreen *screen = watch_signals(listener, numbers, G_N_ELEMENTS(numbers));
	screen->curses = begin_curses();
	if (screen->curses == NULL) {
		rollstat_screen_close(screen);
		return NULL;
	}
	cbreak();
	noecho();
	nonl();
	curs_set(0);
	nodelay(stdscr, TRUE);
	begin_colours(screen, style);
	if (isatty(STDIN_FILENO))
		screen->key_watch = g_unix_fd_add(STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR,
						  take_keys, screen);
	return screen;
}

void
rollstat_screen_close(RollstatScreen *screen)
{
	if (screen == NULL)
		return;
	g_clear_handle_id(&screen->key_watch, g_source_remove);
	g_clear_handle_id(&screen->output_watch, g_source_remove);
	g_clear_handle_id(&screen->signal_watch, g_source_remove);
	if (screen->curses != NULL) {
		give_back();
		delscreen(screen->curses);
	}
	close(screen->signals);
	pthread_sigmask(SIG_SETMASK, &screen->before, NULL);
	g_free(screen);
}

/* ---- Drawing ---- */

void
rollstat_screen_get_size(const RollstatScreen *screen, guint *ret_columns, guint *ret_rows)
{
	(void)screen; /* curses has but one */
	*ret_columns = (guint)MAX(COLS, 1);
	*ret_rows = (guint)MAX(LINES, 1);
}

static attr_t
get_attributes(const RollstatScreen *screen, RollstatInk ink, short *ret_pair)
{
	*ret_pair = screen->has_colour && ink >= ROLLSTAT_INK_GREEN ? (short)ink : 0;
	if (ink == ROLLSTAT_INK_BOLD)
		return A_BOLD;
	return ink == ROLLSTAT_INK_DIM && screen->has_colour ? A_DIM : A_NORMAL;
}

void
rollstat_screen_show(RollstatScreen *screen, const RollstatCanvas *canvas)
{
	for (guint row = 0; row < canvas->rows; row++)
		for (guint column = 0; column < canvas->columns; column++) {
			const RollstatCanvasCell *cell = rollstat_canvas_get(canvas, row, column);
			wchar_t letter[] = {(wchar_t)cell->letter, L'\0'};
			cchar_t shown;
			short pair;
			attr_t attributes = get_attributes(screen, cell->ink, &pair);
			if (cell->letter == 0)
				continue;
			setcchar(&shown, letter, attributes, pair, NULL);
			mvadd_wch((int)row, (int)column, &shown);
		}
	refresh();
}

void
rollstat_screen_ring(RollstatScreen *screen)
{
	(void)screen;
	beep();
}
