/* SPDX-License-Identifier: MIT
 *
 * How the program is, told to the log, to the service manager and on the bus: what the store suffers from,
 * what the source suffers from, and, where all is well, what happened last. For program*.c only.
 *
 *     store    -----------disk full------------------|
 *     source   ---------------------no adapter-----------------|
 *     Trouble  ""         disk full  disk full; no    no        ""
 *                                    adapter          adapter
 */
#pragma once

#include "daemon/bus.h"

typedef struct {
	char *line;	   /* what happened last; STATUS= while all is well */
	char *store;	   /* NULL: well */
	char *source;	   /* NULL: well */
	GHashTable *links; /* address, owned -> RollLink as told last */
} RollerdCondition;

/* All is well, and nothing happened yet. */
void rollerd_condition_init(RollerdCondition *condition);

/* Frees what it holds; tells nobody. */
void rollerd_condition_clear(RollerdCondition *condition);

/* One line for the service manager, which shows it unless there is trouble. line: copied. */
void rollerd_condition_set_line(RollerdCondition *condition, const char *line);

/* Tells the log of a sensor's link, and the service manager, where it changed. */
void rollerd_condition_take_link(RollerdCondition *condition, const RollSensorStatus *status);

/* What is wrong, NULL: well again. Told where it changed. text: copied. bus: NULL: there is none. */
void rollerd_condition_set_store(RollerdCondition *condition, const char *text, RollBus *bus);
void rollerd_condition_set_source(RollerdCondition *condition, const char *text, RollBus *bus);
