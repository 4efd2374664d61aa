/* SPDX-License-Identifier: MIT */
#include "cli/tempo-terminal.h"

#include "cli/style.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

struct RollstatTempoTerminal {
	RollstatTempo tempo;
	int in_fd, out_fd, signal_fd; /* signal_fd: -1 before it begins */
	double quickness;
	gint64 began_us, began_monotonic_us;
	gboolean has_keys, has_ended; /* a terminal; its input */
	struct termios before;
	sigset_t mask_before;
	GString *line; /* from a pipe, so far */
};

static gint64
get_now_us(void *user)
{
	const RollstatTempoTerminal *terminal = user;
	gint64 passed_us = g_get_monotonic_time() - terminal->began_monotonic_us;
	return terminal->began_us + (gint64)((double)passed_us * terminal->quickness);
}

static void
put(void *user, const char *text)
{
	const RollstatTempoTerminal *terminal = user;
	gsize left = strlen(text);
	while (left > 0) {
		gssize n = write(terminal->out_fd, text, left);
		if (n < 0 && errno != EINTR)
			return; /* the reader left, which interrupts */
		text += MAX(n, 0);
		left -= (gsize)MAX(n, 0);
	}
}

static guint
get_columns(void *user)
{
	const RollstatTempoTerminal *terminal = user;
	return rollstat_style_detect(terminal->out_fd).width;
}

/* Keys at once and unseen; signals stay as they are. */
static void
take_keys(RollstatTempoTerminal *terminal)
{
	struct termios now = terminal->before;
	now.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	now.c_cc[VMIN] = 1;
	now.c_cc[VTIME] = 0;
	tcsetattr(terminal->in_fd, TCSANOW, &now);
}

static void
begin(void *user)
{
	RollstatTempoTerminal *terminal = user;
	static const int taken[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGCONT};
	sigset_t mask;
	sigemptyset(&mask);
	for (gsize i = 0; i < G_N_ELEMENTS(taken); i++)
		sigaddset(&mask, taken[i]);
	sigprocmask(SIG_BLOCK, &mask, &terminal->mask_before);
	terminal->signal_fd = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
	terminal->has_keys =
		isatty(terminal->in_fd) && tcgetattr(terminal->in_fd, &terminal->before) == 0;
	if (terminal->has_keys)
		take_keys(terminal);
}

static void
end(void *user)
{
	RollstatTempoTerminal *terminal = user;
	struct signalfd_siginfo late;
	if (terminal->has_keys)
		tcsetattr(terminal->in_fd, TCSANOW, &terminal->before);
	/* What came meanwhile must not end the program now. */
	while (terminal->signal_fd >= 0 &&
	       read(terminal->signal_fd, &late, sizeof late) == sizeof late)
		;
	if (terminal->signal_fd >= 0)
		close(terminal->signal_fd);
	terminal->signal_fd = -1;
	sigprocmask(SIG_SETMASK, &terminal->mask_before, NULL);
}

static RollstatPress
get_press(char key)
{
	switch (g_ascii_tolower(key)) {
	case '\n':
	case '\r':
	case '\0':
		return ROLLSTAT_PRESS_ENTER;
	case 's':
		return ROLLSTAT_PRESS_SKIP;
	case 'p':
	case ' ':
		return ROLLSTAT_PRESS_PAUSE;
	case 'q':
		return ROLLSTAT_PRESS_QUIT;
	default:
		return ROLLSTAT_PRESS_NONE;
	}
}

/* One byte: a key, or a piece of a line, which counts by its first letter. */
static RollstatPress
read_press(RollstatTempoTerminal *terminal)
{
	char key = '\0';
	gssize n = read(terminal->in_fd, &key, 1);
	if (n <= 0) {
		terminal->has_ended = n == 0 || (errno != EINTR && errno != EAGAIN);
		return ROLLSTAT_PRESS_NONE;
	}
	if (terminal->has_keys)
		return get_press(key);
	if (key != '\n') {
		g_string_append_c(terminal->line, key);
		return ROLLSTAT_PRESS_NONE;
	}
	RollstatPress press = get_press(terminal->line->str[0]);
	g_string_truncate(terminal->line, 0);
	return press;
}

static RollstatPress
read_signal(RollstatTempoTerminal *terminal)
{
	struct signalfd_siginfo signal;
	if (read(terminal->signal_fd, &signal, sizeof signal) != sizeof signal)
		return ROLLSTAT_PRESS_NONE;
	if (signal.ssi_signo != SIGCONT)
		return ROLLSTAT_PRESS_INTERRUPT;
	if (terminal->has_keys)
		take_keys(terminal);
	return ROLLSTAT_PRESS_NONE;
}

static RollstatPress
wait_for_press(void *user, gint64 until_us)
{
	RollstatTempoTerminal *terminal = user;
	for (;;) {
		struct pollfd fds[] = {
			{.fd = terminal->signal_fd, .events = POLLIN},
			{.fd = terminal->has_ended ? -1 : terminal->in_fd, .events = POLLIN},
		};
		gint64 left_us = until_us - get_now_us(terminal);
		RollstatPress press = ROLLSTAT_PRESS_NONE;
		if (left_us < 0)
			left_us = 0;
		int left_ms = (int)((double)left_us / 1000 / terminal->quickness) + (left_us > 0);
		if (poll(fds, G_N_ELEMENTS(fds), left_ms) == 0)
			return ROLLSTAT_PRESS_NONE;
		if (fds[0].revents != 0)
			press = read_signal(terminal);
		else if (fds[1].revents != 0)
			press = read_press(terminal);
		if (press != ROLLSTAT_PRESS_NONE)
			return press;
	}
}

RollstatTempoTerminal *
rollstat_tempo_terminal_new(int in_fd, int out_fd, double quickness)
{
	RollstatTempoTerminal *terminal = g_new0(RollstatTempoTerminal, 1);
	terminal->in_fd = in_fd;
	terminal->out_fd = out_fd;
	terminal->signal_fd = -1;
	terminal->quickness = quickness;
	terminal->began_us = g_get_real_time();
	terminal->began_monotonic_us = g_get_monotonic_time();
	terminal->line = g_string_new(NULL);
	terminal->tempo = (RollstatTempo){
		.begin = begin,
		.end = end,
		.get_now_us = get_now_us,
		.wait = wait_for_press,
		.put = put,
		.get_columns = get_columns,
		.user = terminal,
		.is_terminal = isatty(out_fd) && g_strcmp0(g_getenv("TERM"), "dumb") != 0,
	};
	return terminal;
}

void
rollstat_tempo_terminal_free(RollstatTempoTerminal *terminal)
{
	if (terminal == NULL)
		return;
	g_string_free(terminal->line, TRUE);
	g_free(terminal);
}

const RollstatTempo *
rollstat_tempo_terminal_get(const RollstatTempoTerminal *terminal)
{
	return &terminal->tempo;
}
