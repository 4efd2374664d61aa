/* SPDX-License-Identifier: MIT
 *
 * The pure core as one: packets in, final events out. It joins the stages of this folder
 *
 *     clock -> mount -> angle -> position (or bar) -> passes and holds -> zones -> session
 *
 * for one sensor and one recording. State is a plain struct that the caller owns and may copy; nothing
 * is allocated, nothing is called back, time comes only from the packets. The same packets give the
 * same events, bit for bit, however they are spread over calls.
 *
 * Latency: an event is final when it is returned. A pass comes with the sample that makes its second
 * turning point certain (a retreat of 2 cm, or the end of the loaded stretch; where a hold ends the
 * stretch, 2.0 s after that hold began), later by at most roll_track_get_delay_us(). A hold comes with
 * the first sample that leaves its window.
 */
#pragma once

#include "daemon/track/angle.h"
#include "daemon/track/bar.h"
#include "daemon/track/clock.h"
#include "daemon/track/mount.h"
#include "daemon/track/position.h"
#include "daemon/track/segment.h"
#include "daemon/track/session.h"
