/* SPDX-License-Identifier: MIT
 *
 * A rollerd that this process plays on a private bus, by the interface's own description: sensors that turn and weigh
 * what the test says, and a Reload that takes the configuration as the true one does.
 */
#pragma once

#include "daemon/config/config.h"

#define FAKE_FIRST "C0:FF:EE:00:00:01"
#define FAKE_SECOND "C0:FF:EE:00:00:02"

typedef struct {
	const char *address, *name, *link;
	gboolean is_bar, has_motion;
	gboolean is_light; /* rolled too lightly to learn its axis */
	gboolean is_left;  /* where it truly sits */
	double turned_deg; /* truly, toward the feet */
	gint64 since_us;
	double force_n;
	double contact_cm; /* of a body that rests on it; NAN: not known */
	double uncertainty_cm;
	gboolean is_loaded;
	const char *detail; /* NULL: none */
	gboolean is_paired, asks_pairing;
	gboolean is_silent; /* no samples come */
	gint64 last_us;
	RollTrackSettings settings; /* by the configuration */
} FakeRoller;

typedef struct {
	GTestDBus *bus;
	GDBusConnection *connection;
	GDBusNodeInfo *node;
	char *folder, *config;
	const char *database; /* as it says; NULL: it says none. Borrowed */
	const char *trouble;  /* the same */
	guint owner;	      /* of the name; 0: there is none */
	gboolean is_owner;
	FakeRoller sensors[2];
	guint n_sensors;
	guint n_reloads, n_tares;
	gboolean takes_any;	/* Reload reads no file */
	const char *tare_error; /* its last word; NULL: a tare succeeds */
	double tared_n;		/* the force after a tare */
	const char *pair_error; /* the last word of Pair's and Unpair's; NULL: they succeed */
} FakeRollerd;

/* A bus, a folder with the configuration's text in it (NULL: no file), and one roller that streams. */
void fake_rollerd_init(FakeRollerd *fake, const char *text);

/* Begins to play it. Sensors may still be changed. */
void fake_rollerd_begin(FakeRollerd *fake);

/* Gives the name back: rollerd is gone. */
void fake_rollerd_leave(FakeRollerd *fake);

/* Ends all of it and removes the folder. */
void fake_rollerd_clear(FakeRollerd *fake);

/* The text of the configuration now; given, NULL: there is no file. */
char *fake_rollerd_dup_config(const FakeRollerd *fake);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FakeRollerd, fake_rollerd_clear)
