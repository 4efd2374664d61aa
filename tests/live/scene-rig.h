/* SPDX-License-Identifier: MIT
 *
 * A scene in a test: a day with four zones, and moments as a sensor would send them, ten a second, without a clock.
 */
#pragma once

#include "cli/live/scene.h"

typedef struct {
	RollstatScene scene;
	gint64 now_us;	  /* of the scene's clock */
	gint64 sample_us; /* of the sensor's, Unix time */
	guint lost_packets;
} SceneRig;

/* A daemon, and a sensor that streams in session 1; its battery at 87 %. */
void scene_rig_init(SceneRig *rig);

/* The zones neck-base [-99, 3), upper [3, 10), mid [10, 19), lumbar [19, 99), and their seconds of the day. */
void scene_rig_set_day(SceneRig *rig, double neck_s, double upper_s, double mid_s, double lumbar_s);

/* A moment 0.1 s after the last: contact there under 200 N, moving as the place before it tells. */
void scene_rig_touch(SceneRig *rig, double at_cm);

/* The same again and again, for so long. */
void scene_rig_stay(SceneRig *rig, double at_cm, double seconds);

/* From one place to another, at a speed, cm/s. */
void scene_rig_roll(SceneRig *rig, double from_cm, double to_cm, double speed_cmps);

/* A moment 0.1 s after the last, with nobody on it. */
void scene_rig_lift(SceneRig *rig);

/* Time without a moment. */
void scene_rig_wait(SceneRig *rig, double seconds);

/* How many news of a kind wait to be told. */
guint scene_rig_count(const SceneRig *rig, RollstatNewsKind kind);
