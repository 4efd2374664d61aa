/* SPDX-License-Identifier: MIT
 *
 * rollerd: keeps the history of a foam roller or massage bar. Exit status 0: done; 1: failed; 2: usage.
 * ROLLERD_DEBUG=1 in the environment logs information and debugging text, too.
 */
#include "daemon/options.h"
#include "daemon/program.h"
#include "daemon/report.h"

#include <locale.h>
#include <signal.h>
#include <stdlib.h>

enum {
	EXIT_USAGE = 2,
};

static gboolean
check_config(const RollerdOptions *options, GError **error)
{
	g_autofree char *line = rollerd_program_check_config(options, error);

	if (!line)
		return FALSE;
	g_print("%s\n", line);
	return TRUE;
}

int
main(int argc, char **argv)
{
	g_auto(RollerdOptions) options = {0};
	g_autoptr(GError) error = NULL;
	gboolean is_done = FALSE;

	setlocale(LC_ALL, "");
	signal(SIGPIPE, SIG_IGN); /* a capture into a pipe that is gone is an error as any other */
	signal(SIGXFSZ, SIG_IGN); /* so is a file that may not grow (ulimit -f) */
	rollerd_report_set_up();
	g_set_prgname("rollerd");
	if (!rollerd_options_parse(argc, argv, &options, &error)) {
		g_printerr("rollerd: %s\nTry \"rollerd --help\".\n", error->message);
		return EXIT_USAGE;
	}
	switch (options.mode) {
	case ROLLERD_MODE_VERSION:
		g_print("rollerd " ROLLERD_VERSION "\n");
		return EXIT_SUCCESS;
	case ROLLERD_MODE_CHECK:
		is_done = check_config(&options, &error);
		break;
	case ROLLERD_MODE_REBUILD:
		is_done = rollerd_program_rebuild(&options, &error);
		break;
	case ROLLERD_MODE_BLUEZ:
	case ROLLERD_MODE_SIM:
	case ROLLERD_MODE_REPLAY:
		is_done = rollerd_program_run(&options, &error);
		break;
	}
	if (is_done)
		return EXIT_SUCCESS;
	g_printerr("rollerd: %s\n", error->message);
	return EXIT_FAILURE;
}
