/* SPDX-License-Identifier: MIT
 *
 * What a live picture shows: made up of what the daemon tells and the database holds, taken in as it comes. Pure: time
 * is an argument, now_us of a clock that only goes on; nothing is drawn or said here.
 *
 * What is current between two readings of the database (the pass so far, a hold that lasts, seconds in a zone) is
 * reckoned here from the moments, and is provisional: the daemon's events and rows are what counts.
 */
#pragma once

#include "cli/history/summary.h"
#include "cli/live/news.h"
#include "cli/style.h"

enum {
	ROLLSTAT_SCENE_ZONES_MAX = 32,
	ROLLSTAT_SCENE_NEWS_MAX = 32,
	ROLLSTAT_SCENE_NAME_SIZE = 64, /* bytes */
};

/* As the signal Moment of protocol/org.rollerd1.xml has it; NaN where not known. */
typedef struct {
	gint64 sample_us; /* Unix time of the last sample */
	double contact_cm, uncertainty_cm;
	double speed_cmps; /* positive toward the feet */
	double force_n;
	gboolean is_loaded;
	guint lost_packets;
} RollstatMoment;

/* What the daemon says of a sensor, without the moment. Strings are borrowed. */
typedef struct {
	const char *label, *link, *detail;
	gint battery_pct, rssi_dbm; /* -1 and 0 where not known */
	gint64 session;		    /* 0: none is open */
} RollstatSensorState;

/* A zone, and its seconds of this day so far. */
typedef struct {
	char name[ROLLSTAT_SCENE_NAME_SIZE], levels[16];
	double from_cm, to_cm, seconds;
	gboolean needs_care; /* nobody is told to roll more there */
} RollstatSceneZone;

/* The pass that may become one: since the last turning point. */
typedef struct {
	int direction; /* 1 toward the feet, -1 toward the head, 0: not known yet */
	double from_cm, far_cm;
	gint64 from_us, far_us; /* stream time */
} RollstatCurrentPass;

/* A place that contact has not left. */
typedef struct {
	double low_cm, high_cm;
	gint64 since_us; /* stream time */
} RollstatStay;

typedef struct {
	gboolean has_daemon;
	char trouble[256]; /* without a daemon: what to do */
	gboolean has_sensor;
	char label[ROLLSTAT_SCENE_NAME_SIZE], link[16], detail[256];
	gint battery_pct, rssi_dbm;
	gint64 session;

	gboolean has_moment;
	RollstatMoment moment;
	gint64 heard_us; /* when it came; before the first, since when it is waited for; 0: it is not */
	gint64 interval_us; /* how far moments usually lie apart */
	gboolean is_silent; /* and that was told */
	double speed_cmps;  /* smoothed */
	double most_n;	    /* the largest force seen, 0 before */
	RollstatCurrentPass pass;
	RollstatStay stay;

	gboolean has_day;
	guint n_zones;
	RollstatSceneZone zones[ROLLSTAT_SCENE_ZONES_MAX];
	RollstatSpine spine;
	double loaded_s;
	guint passes, holds;
	gboolean has_last_pass;
	RollstatNews last_pass;

	guint n_news;
	RollstatNews news
		[ROLLSTAT_SCENE_NEWS_MAX]; /* oldest first; the caller tells them and sets n_news to 0 */
} RollstatScene;

/* Nothing is known yet. */
void rollstat_scene_init(RollstatScene *scene);

/* There is no daemon; advice: what to do, in words. */
void rollstat_scene_lose_daemon(RollstatScene *scene, const char *advice);

/* It is there. trouble: what it says of itself; "": all is well. */
void rollstat_scene_find_daemon(RollstatScene *scene, const char *trouble);

/* What the daemon says of the sensor that is looked at; NULL: it knows none. */
void rollstat_scene_take_sensor(RollstatScene *scene, gint64 now_us,
				const RollstatSensorState *state);

/* Contact is there now, and so on; tells, where it was silent, that it is no more. */
void rollstat_scene_take_moment(RollstatScene *scene, gint64 now_us, const RollstatMoment *moment);

/* A pass or hold that the daemon told; kind says which. */
void rollstat_scene_take_event(RollstatScene *scene, const RollstatNews *event);

/* What the database holds of the day. */
void rollstat_scene_take_day(RollstatScene *scene, const RollstatSummary *summary);

/* Time passes: call it ten times a second or so, silence is told by it. */
void rollstat_scene_pass_time(RollstatScene *scene, gint64 now_us);

/* Adds news; the last place is kept for what is told last. Returns it, for more to be filled in. */
RollstatNews *rollstat_scene_add_news(RollstatScene *scene, RollstatNewsKind kind,
				      const char *text);

/* Seconds since the last moment, where it is silent; else 0. */
double rollstat_scene_get_silence_s(const RollstatScene *scene, gint64 now_us);

/* Whether the moment may be shown: fresh, and contact at a place that is known. */
gboolean rollstat_scene_has_contact(const RollstatScene *scene);

/* Seconds for which contact has stayed within 1.5 cm, where that makes a hold (2 s); else 0. */
double rollstat_scene_get_hold_s(const RollstatScene *scene);

/* The zone in which contact is; NULL: none. Borrowed. */
const RollstatSceneZone *rollstat_scene_find_zone(const RollstatScene *scene, double at_cm);

/* The level at a place, "T8"; "" where it is not known. Borrowed. */
const char *rollstat_scene_get_level(const RollstatScene *scene, double at_cm);

/* Contact moved or stayed: the parts of rollstat_scene_take_moment that reckon. before: the moment before; NULL: there
 * is none that this one goes on from. */
void rollstat_scene_follow(RollstatScene *scene, const RollstatMoment *before);
