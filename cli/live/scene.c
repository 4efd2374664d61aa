/* SPDX-License-Identifier: MIT */
#include "cli/live/scene.h"

#include <math.h>
#include <string.h>

/* Silence is told after a second, or where packets come seldom, after two and a half of them. */
#define SILENCE_LEAST_US (1 * G_USEC_PER_SEC)
#define SILENCE_INTERVALS 2.5

/* Longer ones are no way of sending, but silences. */
#define INTERVAL_MOST_US (2 * G_USEC_PER_SEC)

/* Seconds reckoned here that differ from the database's by more were put right there. */
#define CORRECTION_S 3.0

void
rollstat_scene_init(RollstatScene *scene)
{
	*scene = (RollstatScene){.battery_pct = -1};
}

RollstatNews *
rollstat_scene_add_news(RollstatScene *scene, RollstatNewsKind kind, const char *text)
{
	if (scene->n_news == ROLLSTAT_SCENE_NEWS_MAX)
		scene->n_news--;
	RollstatNews *news = &scene->news[scene->n_news++];
	*news = (RollstatNews){
		.kind = kind, .from_cm = NAN, .to_cm = NAN, .mean_n = NAN, .peak_n = NAN};
	g_strlcpy(news->text, text, sizeof news->text);
	return news;
}

/* Nothing is known of the moment: what is on the picture of it goes. */
static void
forget_moment(RollstatScene *scene)
{
	scene->has_moment = FALSE;
	scene->is_silent = FALSE;
	scene->heard_us = 0;
	scene->speed_cmps = 0;
	scene->pass = (RollstatCurrentPass){0};
	scene->stay = (RollstatStay){0};
}

static void
forget_sensor(RollstatScene *scene)
{
	forget_moment(scene);
	scene->has_sensor = FALSE;
	scene->session = 0;
	*scene->link = '\0';
	*scene->detail = '\0';
}

void
rollstat_scene_lose_daemon(RollstatScene *scene, const char *advice)
{
	forget_sensor(scene);
	scene->has_daemon = FALSE;
	g_strlcpy(scene->trouble, advice, sizeof scene->trouble);
	rollstat_scene_add_news(scene, ROLLSTAT_NEWS_DAEMON_WENT, advice);
}

void
rollstat_scene_find_daemon(RollstatScene *scene, const char *trouble)
{
	gboolean is_new = !scene->has_daemon;
	gboolean is_other = strncmp(scene->trouble, trouble, sizeof scene->trouble - 1) != 0;
	scene->has_daemon = TRUE;
	g_strlcpy(scene->trouble, trouble, sizeof scene->trouble);
	if (is_new)
		rollstat_scene_add_news(scene, ROLLSTAT_NEWS_DAEMON_CAME, "");
	if (is_new ? *trouble != '\0' : is_other)
		rollstat_scene_add_news(scene, ROLLSTAT_NEWS_TROUBLE, trouble);
}

void
rollstat_scene_take_sensor(RollstatScene *scene, gint64 now_us, const RollstatSensorState *state)
{
	if (state == NULL) {
		forget_sensor(scene);
		return;
	}
	gboolean is_other = !scene->has_sensor || strcmp(scene->link, state->link) != 0 ||
			    strcmp(scene->detail, state->detail) != 0;
	scene->has_sensor = TRUE;
	g_strlcpy(scene->label, state->label, sizeof scene->label);
	g_strlcpy(scene->link, state->link, sizeof scene->link);
	g_strlcpy(scene->detail, state->detail, sizeof scene->detail);
	scene->battery_pct = state->battery_pct;
	scene->rssi_dbm = state->rssi_dbm;
	scene->session = state->session;
	if (scene->heard_us == 0)
		scene->heard_us = now_us;
	if (!is_other)
		return;
	g_autofree char *text = g_strdup_printf("%s%s%s", state->link,
						*state->detail == '\0' ? "" : ": ", state->detail);
	rollstat_scene_add_news(scene, ROLLSTAT_NEWS_LINK, text);
}

static void
learn_interval(RollstatScene *scene, gint64 passed_us)
{
	if (passed_us > INTERVAL_MOST_US)
		return;
	/* A late one counts at once, that they come more often only little by little. */
	scene->interval_us = MAX(passed_us, scene->interval_us - scene->interval_us / 16);
}

void
rollstat_scene_take_moment(RollstatScene *scene, gint64 now_us, const RollstatMoment *moment)
{
	RollstatMoment before = scene->moment;
	gboolean goes_on = scene->has_moment && !scene->is_silent;
	if (scene->has_moment)
		learn_interval(scene, now_us - scene->heard_us);
	if (scene->is_silent)
		rollstat_scene_add_news(scene, ROLLSTAT_NEWS_DATA, "");
	scene->is_silent = FALSE;
	scene->has_moment = TRUE;
	scene->heard_us = now_us;
	scene->moment = *moment;
	if (moment->is_loaded && moment->force_n > scene->most_n)
		scene->most_n = moment->force_n;
	rollstat_scene_follow(scene, goes_on ? &before : NULL);
}

void
rollstat_scene_take_event(RollstatScene *scene, const RollstatNews *event)
{
	*rollstat_scene_add_news(scene, event->kind, "") = *event;
	if (event->kind != ROLLSTAT_NEWS_PASS)
		return;
	scene->has_last_pass = TRUE;
	scene->last_pass = *event;
}

/* The zone of that name before; NULL: there was none. */
static const RollstatSceneZone *
find_by_name(const RollstatScene *scene, const char *name)
{
	for (guint i = 0; i < scene->n_zones; i++)
		if (strncmp(scene->zones[i].name, name, sizeof scene->zones[i].name - 1) == 0)
			return &scene->zones[i];
	return NULL;
}

/* The database is behind by up to two seconds, and right in the long run. */
static double
reconcile(const RollstatSceneZone *before, double stored_s)
{
	if (before == NULL || fabs(before->seconds - stored_s) > CORRECTION_S)
		return stored_s;
	return MAX(before->seconds, stored_s);
}

static RollstatSceneZone
put_zone(const RollstatScene *scene, const RollstatZoneSum *sum)
{
	RollstatSceneZone zone = {.from_cm = sum->from_cm,
				  .to_cm = sum->to_cm,
				  .seconds =
					  reconcile(find_by_name(scene, sum->name), sum->seconds),
				  .needs_care = sum->needs_care};
	g_strlcpy(zone.name, sum->name, sizeof zone.name);
	g_strlcpy(zone.levels, sum->levels, sizeof zone.levels);
	return zone;
}

void
rollstat_scene_take_day(RollstatScene *scene, const RollstatSummary *summary)
{
	RollstatSceneZone zones[ROLLSTAT_SCENE_ZONES_MAX];
	guint n_zones = MIN(summary->zones->len, ROLLSTAT_SCENE_ZONES_MAX);
	for (guint i = 0; i < n_zones; i++) {
		const RollstatZoneSum *sum = &g_array_index(summary->zones, RollstatZoneSum, i);
		zones[i] = put_zone(scene, sum);
		if (sum->peak_n > scene->most_n)
			scene->most_n = sum->peak_n;
	}
	memcpy(scene->zones, zones, n_zones * sizeof *zones);
	scene->n_zones = n_zones;
	scene->spine = summary->spine;
	scene->loaded_s = summary->loaded_s;
	scene->passes = summary->passes;
	scene->holds = summary->holds;
	scene->has_day = TRUE;
}

void
rollstat_scene_pass_time(RollstatScene *scene, gint64 now_us)
{
	gint64 most_us =
		MAX(SILENCE_LEAST_US, (gint64)(SILENCE_INTERVALS * (double)scene->interval_us));
	/* A sensor that was never heard is no silence: its link says it all. */
	if (!scene->has_moment || scene->is_silent || now_us - scene->heard_us <= most_us)
		return;
	scene->is_silent = TRUE;
	RollstatNews *news = rollstat_scene_add_news(scene, ROLLSTAT_NEWS_SILENCE, "");
	news->seconds = rollstat_scene_get_silence_s(scene, now_us);
}

double
rollstat_scene_get_silence_s(const RollstatScene *scene, gint64 now_us)
{
	if (!scene->is_silent)
		return 0;
	return (double)(now_us - scene->heard_us) / G_USEC_PER_SEC;
}
