/* SPDX-License-Identifier: MIT
 *
 * The stream of one simulated sensor: a person on a roller or a bar, or a capture, as packets of the Roller
 * Sensor Profile in real time. No I/O and no clock: times are Unix microseconds and always arguments.
 *
 *     person  |--- rolls on and on, from the first START, whatever sensor and link do ------------->
 *     START   ^                  STOP or link lost ^              START ^
 *     packets  0 1 2 3 4 5 ...                   n |                    | n+1 n+2 ...
 *     clock   ------------------------------------------------------------------------------------->
 *
 * Measuring begins with the first START and never ends. While the sensor streams, it makes packets and numbers each
 * one, whether the link takes it or not: so a packet that was made and lost leaves a gap in the numbers, which
 * is what they are for. While it does not stream it makes none, and numbers none: there the clock alone tells how
 * long it was away. A restart begins both anew, and the first packet after it says so.
 *
 * A roller has one force cell. A bar has several, lies still, and its force is shared by the two cells nearest to
 * the contact, so that the centre of the force is the contact exactly.
 *
 * Where the room for a value is too small for a whole sample (MTU 23 leaves 20 bytes, a sample with gyroscope,
 * accelerometer and one cell takes 14 beside a header of 8), accelerometer, then gyroscope are left out.
 */
#pragma once

#include "tests/rollsim/sim-capture.h"
#include "tests/rollsim/sim-truth.h"

typedef struct {
	guint64 seed;	   /* of person and sensor */
	guint period_us;   /* nominal, from sample to sample, 1..65535 */
	guint n_batch;	   /* samples of a packet at most, 1..ROLL_ROLLER_SAMPLES_MAX */
	guint n_bar_cells; /* 0: a roller; else 2..ROLL_CELLS_MAX */
	const SimCapture
		*capture; /* borrowed; NULL: a person. With it the fields above mean nothing */
} SimStreamSettings;

typedef struct SimStream SimStream;

/* settings: copied. */
SimStream *sim_stream_new(const SimStreamSettings *settings);
void sim_stream_free(SimStream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SimStream, sim_stream_free)

/* How long a value may be from the next packet on; what the MTU leaves. Begins with 20. */
void sim_stream_set_room(SimStream *stream, gsize n_bytes);

/* The Feature value. ret_bytes: ROLL_ROLLER_FEATURE_LEN long. */
void sim_stream_get_feature(const SimStream *stream, guint8 *ret_bytes);

/* Takes a Control Point write; does it, and gives the value to indicate. ret_reply: 3 long. */
void sim_stream_take_control(SimStream *stream, gint64 now_us, const guint8 *bytes, gsize n_bytes,
			     guint8 *ret_reply);

/* Between START and STOP, or the end of the link. */
gboolean sim_stream_is_streaming(const SimStream *stream);

/* As when the link is lost. */
void sim_stream_stop(SimStream *stream);

/* Clock and sequence begin anew with the next packet. Whether it streams stays. */
void sim_stream_restart(SimStream *stream);

/* The marker button: the next packet that is made tells it. */
void sim_stream_press_button(SimStream *stream);

/* When sim_stream_make is to be called next; G_MAXINT64: never (not begun, or the capture is over). */
gint64 sim_stream_get_due_us(const SimStream *stream);

/* Goes on by the packet that is due. ret_bytes: ROLL_VALUE_MAX long. Returns the length of the packet; 0: it was
 * measured, but the sensor does not stream, or nothing of it fits (then it is numbered). */
gsize sim_stream_make(SimStream *stream, guint8 *ret_bytes);

/* What was true at every sample since the first START. NULL with a capture. Borrowed. */
const SimTruth *sim_stream_get_truth(const SimStream *stream);
