/* SPDX-License-Identifier: MIT
 *
 * The air: a controller of its own on /dev/vhci with the sensors behind it.
 */
#pragma once

#include "tests/rollsim/air-link.h"
#include "tests/rollsim/hci-trace.h"
#include "tests/rollsim/sim-way.h"

/* Plugs the controller in and tells "ready hciN". devices: n_devices long, 1..AIR_LINKS_MAX, each given. trace:
 * given, NULL: none. NULL and error: /dev/vhci cannot be used; devices and trace are freed. */
SimWay *air_way_new(SimDevice *const *devices, guint n_devices, const AirLinkSettings *settings,
		    HciTrace *trace, GError **error);
