/* SPDX-License-Identifier: MIT
 *
 * Where values come from: BlueZ, the built-in simulated sensor, or a capture. A source knows nothing of
 * what is done with its values; it hands each one to its sink, in order, in the main thread.
 *
 *     source-bluez.c   sensors over Bluetooth LE
 *     source-sim.c     a simulated person on a simulated sensor
 *     source-replay.c  capture files, as fast as they are taken
 */
#pragma once

#include "protocol/capture.h"

#include <gio/gio.h>

/* How far the way to a sensor stands. */
typedef enum {
	ROLL_LINK_ABSENT,     /* not seen, or lost; the source goes on trying */
	ROLL_LINK_CONNECTING, /* found; being connected, resolved, subscribed */
	ROLL_LINK_STREAMING,  /* subscribed and started: values are due */
	ROLL_LINK_SILENT,     /* streaming, but no sample for 5 s */
} RollLink;

/* What a source tells of a sensor. Strings are borrowed for the call and may be NULL (not known). */
typedef struct {
	const char *address; /* upper case, never NULL */
	const char *name;    /* advertised */
	const char *codec;   /* RollCodec.name */
	const char *detail;  /* why, in words, where something failed */
	RollLink link;
	int battery_pct;       /* -1: not known */
	int rssi_dbm;	       /* 0: not known */
	const char *notice;    /* what the person has to do before it can be heard */
	gboolean is_paired;    /* the host has a key for it */
	gboolean asks_pairing; /* it is not heard until the person lets the host pair with it */
} RollSensorStatus;

/* Whether a sensor may be heard. */
typedef enum {
	ROLL_ADMIT_ANY,	   /* nothing is known against it */
	ROLL_ADMIT_PAIRED, /* the person paired it: it may be heard as long as the host has its key */
	ROLL_ADMIT_NAMESAKE, /* not: it has the name of one that was paired, and another address */
	ROLL_ADMIT_UNKNOWN,  /* not: the person wants to hear known ones alone */
} RollAdmission;

/* What a source calls. user is the caller's. None of them may free the source. */
typedef struct {
	void (*value)(void *user, const RollValue *value);
	void (*status)(void *user, const RollSensorStatus *status);
	/* What keeps the source from every sensor, and how to mend it ("no Bluetooth adapter: plug one
	 * in"), once for each change; text NULL: well again. A sensor that is not there is no trouble.
	 * May be NULL: of no interest. */
	void (*trouble)(void *user, const char *text);
	/* The source has come to its end: error NULL: all was told; else it cannot go on at all.
	 * error: borrowed. Called at most once, never from within start(). */
	void (*ended)(void *user, const GError *error);
	/* Whether to hear the sensor of this address and name (NULL: not known); asked anew at every change.
	 * May be NULL: any. */
	RollAdmission (*admit)(void *user, const char *address, const char *name);
	void *user;
} RollSink;

typedef struct RollSource RollSource;

struct RollSource {
	const char *name; /* "bluez", "sim", "replay" */
	/* Begins. sink: copied. FALSE and error where it cannot begin at all; a sensor, a bluetoothd or an
	 * adapter that is not there yet is no error. */
	gboolean (*start)(RollSource *source, const RollSink *sink, GError **error);
	/* Gives a command to a sensor, by its codec; answers through the GTask-like callback as GIO does.
	 * NULL where the source takes none. */
	void (*command)(RollSource *source, const char *address, RollCommand command,
			GAsyncReadyCallback ready, gpointer user_data);
	/* Pairs the host with a sensor, by a key that nobody has to type (is_on), or makes the host forget its
	 * key. Answers as command does; G_IO_ERROR_EXISTS: it is paired already. NULL: such sensors need none. */
	void (*pair)(RollSource *source, const char *address, gboolean is_on,
		     GAsyncReadyCallback ready, gpointer user_data);
	/* There is a sensor of this address and name (NULL: not known): told of also while it is not seen. After
	 * start. NULL: of no use to it. */
	void (*meet)(RollSource *source, const char *address, const char *name);
	/* RollSink.admit may answer otherwise now. NULL: it is never asked. */
	void (*reconsider)(RollSource *source);
	/* Stops streaming, leaves the links, frees source. */
	void (*free)(RollSource *source);
};

static inline void
roll_source_free(RollSource *source)
{
	if (source)
		source->free(source);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollSource, roll_source_free)

/* Constructors; each returns a given RollSource. */

/* bus: the bus on which org.bluez lives, shared; NULL: the system bus (connected by start, and again
 * whenever it is lost). only: NULL-terminated addresses to keep to, borrowed for the call; NULL: every
 * sensor that a codec knows. */
RollSource *roll_source_bluez_new(GDBusConnection *bus, const char *const *only);

typedef struct {
	guint64 seed;
	double speed;	   /* 1: real time; 0: as fast as possible; else so many times real time */
	double duration_s; /* simulated time after which it ends; 0: never */
	gint64 begin_us;   /* Unix time of the first sample; 0: now */
} RollSimOptions;

/* A simulated person on a simulated sensor that speaks the Roller Sensor Profile. options: copied. */
RollSource *roll_source_sim_new(const RollSimOptions *options);

/* paths: NULL-terminated, copied; read in turn. A bad line is told as a warning with its file and
 * number, counted and passed over. */
RollSource *roll_source_replay_new(const char *const *paths);

/* How many bad lines it has passed over. source: of roll_source_replay_new. */
guint64 roll_source_replay_get_bad_lines(const RollSource *source);

/* How many bytes of its captures were read, and how many there are; *ret_all 0 where that is not known: a pipe. source: of
 * roll_source_replay_new. */
void roll_source_replay_get_progress(const RollSource *source, guint64 *ret_done, guint64 *ret_all);
