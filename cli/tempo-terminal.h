/* SPDX-License-Identifier: MIT
 *
 * The tempo of the true clock on a terminal or a pipe. On a terminal a key counts at once (Enter, s, p or space, q), and
 * what is typed is not shown; from a pipe a line counts (empty, s, p, q), and its end leaves the clock alone. Ctrl-C,
 * SIGTERM, SIGHUP and a reader that left interrupt. The terminal is put back at the end, and taken again after Ctrl-Z.
 */
#pragma once

#include "cli/tempo.h"

typedef struct RollstatTempoTerminal RollstatTempoTerminal;

/* in_fd, out_fd: where keys come from and text goes to; not closed. quickness: seconds of the clock it tells in a true
 * one: 1, but for tests. Returns it given. */
RollstatTempoTerminal *rollstat_tempo_terminal_new(int in_fd, int out_fd, double quickness);
void rollstat_tempo_terminal_free(RollstatTempoTerminal *terminal);

/* Its tempo; borrowed. */
const RollstatTempo *rollstat_tempo_terminal_get(const RollstatTempoTerminal *terminal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatTempoTerminal, rollstat_tempo_terminal_free)
