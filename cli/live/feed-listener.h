/* SPDX-License-Identifier: MIT
 *
 * Who listens to a feed.
 */
#pragma once

#include "cli/live/scene.h"

/* What it tells, in the main context. None may be NULL; strings are borrowed for the call. */
typedef struct {
	/* A daemon is there (again), or there is none. trouble: what it says of itself. */
	void (*daemon)(void *user, gboolean is_there, const char *trouble);
	/* The sensor that is looked at, at each change of it. NULL: none is there; another one may follow. */
	void (*sensor)(void *user, const RollstatSensorState *state);
	void (*moment)(void *user, const RollstatMoment *moment);
	void (*event)(void *user, const RollstatNews *event);
	void *user;
} RollstatFeedListener;
