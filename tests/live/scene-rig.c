/* SPDX-License-Identifier: MIT */
#include "tests/live/scene-rig.h"

#include <math.h>

#define STEP_US (100 * G_TIME_SPAN_MILLISECOND)
#define STEP_S 0.1

void
scene_rig_init(SceneRig *rig)
{
	const RollstatSensorState state = {.label = "Roller",
					   .link = "streaming",
					   .detail = "",
					   .battery_pct = 87,
					   .rssi_dbm = -61,
					   .session = 1};
	*rig = (SceneRig){.now_us = 5 * G_USEC_PER_SEC,
			  .sample_us = G_GINT64_CONSTANT(1773468720) * G_USEC_PER_SEC};
	rollstat_scene_init(&rig->scene);
	rollstat_scene_find_daemon(&rig->scene, "");
	rollstat_scene_take_sensor(&rig->scene, rig->now_us, &state);
	rig->scene.n_news = 0;
}

void
scene_rig_set_day(SceneRig *rig, double neck_s, double upper_s, double mid_s, double lumbar_s)
{
	RollstatZoneSum zones[] = {
		{.name = "neck-base", .from_cm = -99, .to_cm = 3, .seconds = neck_s},
		{.name = "upper", .from_cm = 3, .to_cm = 10, .seconds = upper_s},
		{.name = "mid", .from_cm = 10, .to_cm = 19, .seconds = mid_s},
		{.name = "lumbar", .from_cm = 19, .to_cm = 99, .seconds = lumbar_s}};
	RollstatSummary summary = {.passes = 12, .holds = 1};
	summary.zones = g_array_new(FALSE, TRUE, sizeof(RollstatZoneSum));
	zones[0].needs_care = zones[3].needs_care = TRUE;
	for (gsize i = 0; i < G_N_ELEMENTS(zones); i++)
		zones[i].peak_n = NAN;
	g_array_append_vals(summary.zones, zones, G_N_ELEMENTS(zones));
	summary.loaded_s = neck_s + upper_s + mid_s + lumbar_s;
	rollstat_scene_take_day(&rig->scene, &summary);
	g_array_unref(summary.zones);
}

static void
take(SceneRig *rig, RollstatMoment moment)
{
	rig->now_us += STEP_US;
	rig->sample_us += STEP_US;
	moment.sample_us = rig->sample_us;
	moment.lost_packets = rig->lost_packets;
	rollstat_scene_take_moment(&rig->scene, rig->now_us, &moment);
}

void
scene_rig_touch(SceneRig *rig, double at_cm)
{
	const RollstatMoment *before = &rig->scene.moment;
	gboolean was_there = rig->scene.has_moment && before->is_loaded;
	take(rig,
	     (RollstatMoment){.contact_cm = at_cm,
			      .uncertainty_cm = 0.4,
			      .speed_cmps = was_there ? (at_cm - before->contact_cm) / STEP_S : 0,
			      .force_n = 200,
			      .is_loaded = TRUE});
}

void
scene_rig_stay(SceneRig *rig, double at_cm, double seconds)
{
	for (int i = 0; i < (int)lround(seconds / STEP_S); i++)
		scene_rig_touch(rig, at_cm);
}

void
scene_rig_roll(SceneRig *rig, double from_cm, double to_cm, double speed_cmps)
{
	int n_steps = (int)lround(fabs(to_cm - from_cm) / speed_cmps / STEP_S);
	for (int i = 1; i <= n_steps; i++)
		scene_rig_touch(rig, from_cm + (to_cm - from_cm) * i / n_steps);
}

void
scene_rig_lift(SceneRig *rig)
{
	take(rig, (RollstatMoment){.contact_cm = rig->scene.moment.contact_cm, .force_n = 3});
}

void
scene_rig_wait(SceneRig *rig, double seconds)
{
	rig->now_us += (gint64)(seconds * G_USEC_PER_SEC);
	rig->sample_us += (gint64)(seconds * G_USEC_PER_SEC);
	rollstat_scene_pass_time(&rig->scene, rig->now_us);
}

guint
scene_rig_count(const SceneRig *rig, RollstatNewsKind kind)
{
	guint n = 0;
	for (guint i = 0; i < rig->scene.n_news; i++)
		n += rig->scene.news[i].kind == kind;
	return n;
}
