/* SPDX-License-Identifier: MIT
 *
 * What every mode of the program begins with; for program*.c only.
 */
#pragma once

#include "daemon/config/config.h"
#include "daemon/options.h"
#include "daemon/store/store.h"

/* What the program stands on. */
typedef struct {
	RollConfig *config;
	RollStore *store;
} RollerdGround;

/* Reads the configuration (the default one only if it is there), opens the history. FALSE and error, which
 * says what to do about a history that another rollerd writes. ret_ground: rollerd_ground_clear. */
gboolean rollerd_ground_open(const RollerdOptions *options, RollerdGround *ret_ground,
			     GError **error);

/* Path of the configuration: the one asked for, or the default one, whether it is there or not; given. */
char *rollerd_ground_dup_config_path(const RollerdOptions *options);

/* Reads the configuration as rollerd_ground_open does; given, or NULL and error. */
RollConfig *rollerd_ground_load_config(const RollerdOptions *options, GError **error);

/* The source of a mode that has one; given. */
RollSource *rollerd_ground_make_source(const RollerdOptions *options);

/* Whether values come by a clock on the wall, and not as fast as they can or from the past. */
gboolean rollerd_ground_is_live(const RollerdOptions *options);

/* May be called on one that is all zero. */
void rollerd_ground_clear(RollerdGround *ground);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RollerdGround, rollerd_ground_clear)
