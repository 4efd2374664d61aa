/* SPDX-License-Identifier: MIT
 *
 * What follows from the moments: the pass so far, a hold that lasts, seconds in a zone. By the definitions that the
 * daemon's events go by, but only as exact as a picture must be.
 */
#include "cli/live/scene.h"

#include <math.h>

#define TURN_BACK_CM 2.0
#define PASS_EDGE_CM 0.5
#define HOLD_WIDTH_CM 1.5
#define HOLD_LEAST_US (2 * G_USEC_PER_SEC)

/* Between two moments that belong together; a sensor may send once a second. */
#define STEP_MOST_US (1500 * G_TIME_SPAN_MILLISECOND)

/* In which the shown speed follows the true one. */
#define SPEED_SETTLES_S 0.25

double
rollstat_news_get_speed_cmps(const RollstatNews *pass)
{
	double seconds = (double)(pass->end_us - pass->start_us) / G_USEC_PER_SEC;
	return seconds > 0 ? fabs(pass->to_cm - pass->from_cm) / seconds : 0;
}

gboolean
rollstat_scene_has_contact(const RollstatScene *scene)
{
	return scene->has_moment && !scene->is_silent && scene->moment.is_loaded &&
	       isfinite(scene->moment.contact_cm) && isfinite(scene->moment.uncertainty_cm);
}

double
rollstat_scene_get_hold_s(const RollstatScene *scene)
{
	gint64 stay_us = scene->moment.sample_us - scene->stay.since_us;
	if (!rollstat_scene_has_contact(scene) || stay_us < HOLD_LEAST_US)
		return 0;
	return (double)stay_us / G_USEC_PER_SEC;
}

const RollstatSceneZone *
rollstat_scene_find_zone(const RollstatScene *scene, double at_cm)
{
	for (guint i = 0; i < scene->n_zones; i++)
		if (at_cm >= scene->zones[i].from_cm && at_cm < scene->zones[i].to_cm)
			return &scene->zones[i];
	return NULL;
}

const char *
rollstat_scene_get_level(const RollstatScene *scene, double at_cm)
{
	for (guint i = 0; i < scene->spine.n_levels; i++)
		if (at_cm >= scene->spine.levels[i].from_cm && at_cm < scene->spine.levels[i].to_cm)
			return scene->spine.levels[i].name;
	return "";
}

static void
begin_contact(RollstatScene *scene)
{
	const RollstatMoment *moment = &scene->moment;
	scene->pass = (RollstatCurrentPass){.from_cm = moment->contact_cm,
					    .far_cm = moment->contact_cm,
					    .from_us = moment->sample_us,
					    .far_us = moment->sample_us};
	scene->stay = (RollstatStay){.low_cm = moment->contact_cm,
				     .high_cm = moment->contact_cm,
				     .since_us = moment->sample_us};
}

/* One turning point after the other. */
static void
follow_pass(RollstatCurrentPass *pass, const RollstatMoment *moment)
{
	double at_cm = moment->contact_cm;
	if (pass->direction == 0 && fabs(at_cm - pass->from_cm) >= TURN_BACK_CM)
		pass->direction = at_cm > pass->from_cm ? 1 : -1;
	if (pass->direction != 0 && (pass->far_cm - at_cm) * pass->direction >= TURN_BACK_CM) {
		pass->direction = -pass->direction;
		pass->from_cm = pass->far_cm;
		pass->from_us = pass->far_us;
		pass->far_cm = at_cm;
		pass->far_us = moment->sample_us;
	} else if (pass->direction == 0 || (at_cm - pass->far_cm) * pass->direction > 0) {
		pass->far_cm = at_cm;
		pass->far_us = moment->sample_us;
	}
	/* A pause at the turning point is no part of it. */
	if (fabs(at_cm - pass->from_cm) < PASS_EDGE_CM)
		pass->from_us = moment->sample_us;
}

/* A window that begins anew where it is left: so a hold is seen late rather than early. */
static void
follow_stay(RollstatStay *stay, const RollstatMoment *moment)
{
	double low_cm = MIN(stay->low_cm, moment->contact_cm);
	double high_cm = MAX(stay->high_cm, moment->contact_cm);
	if (high_cm - low_cm <= HOLD_WIDTH_CM)
		*stay = (RollstatStay){low_cm, high_cm, stay->since_us};
	else
		*stay = (RollstatStay){moment->contact_cm, moment->contact_cm, moment->sample_us};
}

static void
add_seconds(RollstatScene *scene, double seconds)
{
	scene->loaded_s += seconds;
	for (guint i = 0; i < scene->n_zones; i++) {
		RollstatSceneZone *zone = &scene->zones[i];
		if (scene->moment.contact_cm >= zone->from_cm &&
		    scene->moment.contact_cm < zone->to_cm)
			zone->seconds += seconds;
	}
}

void
rollstat_scene_follow(RollstatScene *scene, const RollstatMoment *before)
{
	const RollstatMoment *moment = &scene->moment;
	gint64 step_us = before == NULL ? 0 : moment->sample_us - before->sample_us;
	if (!rollstat_scene_has_contact(scene)) {
		scene->pass = (RollstatCurrentPass){0};
		scene->stay = (RollstatStay){0};
		scene->speed_cmps = 0;
		return;
	}
	if (before == NULL || !before->is_loaded || !isfinite(before->contact_cm) || step_us <= 0 ||
	    step_us > STEP_MOST_US) {
		begin_contact(scene);
		scene->speed_cmps = 0;
		return;
	}
	double step_s = (double)step_us / G_USEC_PER_SEC;
	double speed_cmps = isfinite(moment->speed_cmps) ? moment->speed_cmps : 0;
	scene->speed_cmps +=
		(speed_cmps - scene->speed_cmps) * (1 - exp(-step_s / SPEED_SETTLES_S));
	add_seconds(scene, step_s);
	follow_stay(&scene->stay, moment);
	if (rollstat_scene_get_hold_s(scene) > 0) {
		/* A hold ends the stretch of passes before it. */
		RollstatStay stay = scene->stay;
		begin_contact(scene);
		scene->stay = stay;
		return;
	}
	follow_pass(&scene->pass, moment);
}
