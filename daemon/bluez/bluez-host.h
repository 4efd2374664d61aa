/* SPDX-License-Identifier: MIT
 *
 * What the source gives each of its sensors to live in. All borrowed from the source.
 */
#pragma once

#include "daemon/bluez/bluez-object.h"
#include "daemon/bluez/bluez-timing.h"
#include "daemon/source.h"

/* The functions are called in the main context with user; none of them may free a sensor. */
typedef struct {
	GDBusConnection *bus;
	const char *owner; /* bluetoothd's unique name; NULL: there is none now */
	const RollBluezTree *tree;
	const RollBluezTiming *timing;
	const RollSink *sink;

	/* Whether a sensor may connect on this adapter now: no other is being connected there. */
	gboolean (*may_connect)(void *user, const char *adapter);
	/* One is about to connect: discovery is to be stopped first. */
	void (*connecting)(void *user);
	/* Whether sensors of this adapter come back by themselves (see bluez-profile). */
	gboolean (*is_passive)(void *user, const char *adapter);
	/* A device was removed from bluetoothd: discovery is to find it anew. */
	void (*search)(void *user);
	/* A sensor changed: the others may want to look again. */
	void (*changed)(void *user);
	void *user;
} RollBluezHost;
