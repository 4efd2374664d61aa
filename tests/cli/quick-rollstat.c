/* SPDX-License-Identifier: MIT
 *
 * quick-rollstat QUICKNESS ARGUMENT ...: rollstat, but follow's clock goes QUICKNESS times as fast, so that a test on a terminal
 * takes no minutes.
 */
#include "cli/command.h"
#include "cli/tempo-terminal.h"

#include <locale.h>
#include <stdio.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	if (argc < 2)
		return ROLLSTAT_EXIT_USAGE;
	setlocale(LC_CTYPE, "");
	g_autoptr(GTimeZone) zone = g_time_zone_new_local();
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(GString) err = g_string_new(NULL);
	g_autoptr(RollstatTempoTerminal) terminal = rollstat_tempo_terminal_new(
		STDIN_FILENO, STDOUT_FILENO, g_ascii_strtod(argv[1], NULL));
	RollstatContext context = {
		.now_us = g_get_real_time(),
		.zone = zone,
		.style = rollstat_style_detect(STDOUT_FILENO),
		.tempo = rollstat_tempo_terminal_get(terminal),
	};
	RollstatExit status = rollstat_command_run(&context, argv + 1, out, err);
	fputs(out->str, stdout);
	fputs(err->str, stderr);
	return (int)status;
}
