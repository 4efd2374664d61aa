/* SPDX-License-Identifier: MIT
 *
 * What rollstat doctor finds out before it judges: facts alone, each told by a probe (probe.h), or by a test. All text is owned by
 * the facts and may be NULL where it is not known, unless said otherwise.
 */
#pragma once

#include "cli/sensor/status.h"

/* How a question went. */
typedef enum {
	ROLLSTAT_REPLY_UNASKED,
	ROLLSTAT_REPLY_GIVEN,
	ROLLSTAT_REPLY_NOBODY,	/* nobody is there who could give it: no bus, no such service */
	ROLLSTAT_REPLY_REFUSED, /* by the policy of the bus */
	ROLLSTAT_REPLY_LATE,	/* not within ROLLSTAT_REPLY_WITHIN_S */
	ROLLSTAT_REPLY_FAILED,	/* something else; what is said is not understood */
} RollstatReply;

enum {
	ROLLSTAT_REPLY_WITHIN_S = 3,
};

typedef struct {
	int n_radios; /* that the kernel shows */
	gboolean is_soft_blocked, is_hard_blocked;
	RollstatReply bus;     /* the system bus */
	RollstatReply bluez;   /* org.bluez on it */
	guint n_adapters;      /* that bluetoothd shows */
	gboolean is_powered;   /* one of them at least */
	char *adapter;	       /* "hci0 00:11:22:33:44:55": the one that is powered, or the first */
	guint major, minor;    /* of bluetoothd; 0: not known */
	gboolean is_installed; /* its program is there */
	gboolean has_rfkill;   /* the program that unblocks it is there */
} RollstatBluetoothFacts;

/* A unit of systemd, in its own words; text "" where it says nothing. */
typedef struct {
	RollstatReply answer;
	char *load, *active, *sub, *file, *result;
	guint n_restarts; /* by systemd, since somebody started it */
} RollstatUnitFacts;

/* A rollerd on one bus, and the unit that is to start it. */
typedef struct {
	RollstatReply bus;
	RollstatReply answer;
	RollstatStatus *status; /* NULL unless GIVEN */
	RollstatUnitFacts unit;
} RollstatDaemonFacts;

typedef struct {
	gboolean is_system_wanted; /* --system */
	gboolean has_own_history,
		has_system_history; /* the folder that each writes into is there */
	RollstatDaemonFacts own, system;
	RollstatUnitFacts bluetooth; /* bluetooth.service */
	RollstatReply linger;
	gboolean is_lingering;
	RollstatReply check;	     /* rollerd --check-config */
	char *config, *config_fault; /* its path; NULL: it can be taken */
	gboolean has_config;	     /* the file is there */
} RollstatServiceFacts;

typedef struct {
	char *path;
	gboolean is_there, is_system;	 /* the system's */
	gboolean is_usual;		 /* where rollstat looks for it, unless another is named */
	gboolean is_readable, is_member; /* the file, by you; you are root, or of group rollerd */
	char *open_fault;		 /* NULL: it is ours and can be read */
	RollDatabaseError code;		 /* of open_fault */
	int version;
	gint64 n_bytes, free_bytes; /* free: -1: not known */
	gboolean is_checked;	    /* the whole of it within the time */
	char *damage;		    /* NULL: none was found */
	gboolean is_writable;	    /* by whom writes it */
	gint64 n_sessions, last_us; /* end of the last one; 0: there is none */
	gint64 backup_us, copy_us;  /* last backup; newest copy that an update made: 0: none */
	char *kept;		    /* newest of either that is there still; NULL: none is known */
	gint64 kept_us;		    /* when it was made */
	char *hidden;		    /* a folder of backups that you may not look into */
	gint64 heard_us;	    /* when a sensor was heard last; 0: never */
	char *heard;		    /* its name or address */
} RollstatDatabaseFacts;

typedef struct {
	gint64 now_us;
	gboolean is_container;
	char *zone;			  /* as it is used; never NULL */
	gboolean has_zone, is_zone_known; /* one is set; it is one that the machine knows */
	RollstatReply clock;
	gboolean is_synchronised, is_synchronising;
	gboolean can_synchronise; /* there is a program that would set it */
	RollstatStyle style;
	gboolean is_terminal, is_term_known; /* the answer goes to one; its TERM is described */
	char *term;
} RollstatMachineFacts;

typedef struct {
	RollstatBluetoothFacts bluetooth;
	RollstatServiceFacts service;
	RollstatDatabaseFacts database;
	RollstatMachineFacts machine;
} RollstatFacts;

/* Whether the daemon in question is the system's: by --system, else the one that answers, that runs, that is to be started, that
 * once ran; else your own. */
gboolean rollstat_facts_is_system(const RollstatServiceFacts *service);

/* That one. Borrowed. */
const RollstatDaemonFacts *rollstat_facts_get_daemon(const RollstatServiceFacts *service);

/* Frees what is in them, and makes them all zero. */
void rollstat_facts_clear(RollstatFacts *facts);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RollstatFacts, rollstat_facts_clear)
