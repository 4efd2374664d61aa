/* SPDX-License-Identifier: MIT */
#include "cli/live/news-line.h"

#include "cli/live/cue.h"
#include "cli/report/json.h"
#include "cli/verb.h"

#include <math.h>

static char *
dup_place(const RollstatScene *scene, double at_cm)
{
	const char *level = rollstat_scene_get_level(scene, at_cm);
	return g_strdup_printf("%s%s%.1f cm", level, *level != '\0' ? ", " : "", at_cm);
}

static char *
dup_force(double force_n)
{
	return isfinite(force_n) ? g_strdup_printf(_(", %.0f N"), force_n) : g_strdup("");
}

/* As it is shown: 6.8 is told as 7. */
static const char *
judge_speed(double exact_cmps)
{
	double speed_cmps = round(exact_cmps);
	if (speed_cmps > ROLLSTAT_DOSE_SPEED_MOST_CMPS)
		return _("faster than advised");
	return speed_cmps < ROLLSTAT_DOSE_SPEED_LEAST_CMPS ? _("slower than advised")
							   : _("as advised");
}

static char *
dup_pass(const RollstatNews *pass, const RollstatScene *scene)
{
	g_autofree char *from = dup_place(scene, pass->from_cm);
	g_autofree char *to = dup_place(scene, pass->to_cm);
	g_autofree char *force = dup_force(pass->mean_n);
	double speed_cmps = rollstat_news_get_speed_cmps(pass);
	return g_strdup_printf(
		pass->to_cm > pass->from_cm
			? _("pass toward the feet: %s to %s in %.1f s, %.0f cm/s, %s%s")
			: _("pass toward the head: %s to %s in %.1f s, %.0f cm/s, %s%s"),
		from, to, (double)(pass->end_us - pass->start_us) / G_USEC_PER_SEC, speed_cmps,
		judge_speed(speed_cmps), force);
}

static char *
dup_hold(const RollstatNews *hold, const RollstatScene *scene)
{
	const RollstatSceneZone *zone = rollstat_scene_find_zone(scene, hold->from_cm);
	g_autofree char *at = dup_place(scene, hold->from_cm);
	g_autofree char *force = dup_force(hold->mean_n);
	return g_strdup_printf(_("hold: %s%s%s, %.0f s%s"), at, zone != NULL ? ", " : "",
			       zone != NULL ? zone->name : "",
			       (double)(hold->end_us - hold->start_us) / G_USEC_PER_SEC, force);
}

static char *
dup_words(const RollstatNews *news, const RollstatScene *scene)
{
	g_autofree char *place = NULL;
	switch (news->kind) {
	case ROLLSTAT_NEWS_DAEMON_CAME:
		return g_strdup(_("rollerd is there"));
	case ROLLSTAT_NEWS_DAEMON_WENT:
		return g_strdup_printf(_("no rollerd: %s"), news->text);
	case ROLLSTAT_NEWS_TROUBLE:
		return *news->text == '\0' ? g_strdup(_("rollerd is well again"))
					   : g_strdup(news->text);
	case ROLLSTAT_NEWS_LINK:
		return g_strdup_printf(_("sensor %s: %s"), scene->label, news->text);
	case ROLLSTAT_NEWS_SILENCE:
		return g_strdup_printf(_("no data for %.0f s"), floor(news->seconds));
	case ROLLSTAT_NEWS_DATA:
		return g_strdup(_("data again"));
	case ROLLSTAT_NEWS_PASS:
		return dup_pass(news, scene);
	case ROLLSTAT_NEWS_HOLD:
		return dup_hold(news, scene);
	case ROLLSTAT_NEWS_MARK:
		if (!isfinite(news->from_cm))
			return g_strdup(_("This place is marked."));
		place = dup_place(scene, news->from_cm);
		return g_strdup_printf(_("marked: %s"), place);
	case ROLLSTAT_NEWS_CUE:
		return g_strdup(news->text);
	}
	g_assert_not_reached();
}

static gint64
get_time_us(const RollstatNews *news, gint64 now_us)
{
	gboolean is_timed = news->kind == ROLLSTAT_NEWS_PASS || news->kind == ROLLSTAT_NEWS_HOLD;
	return is_timed ? news->end_us : now_us;
}

char *
rollstat_news_dup_line(const RollstatNews *news, const RollstatScene *scene,
		       const RollstatStyle *style, gint64 now_us, GTimeZone *zone)
{
	gint64 t_us = get_time_us(news, now_us);
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(t_us / G_USEC_PER_SEC);
	g_autoptr(GDateTime) local = utc == NULL ? NULL : g_date_time_to_timezone(utc, zone);
	g_autofree char *clock =
		local == NULL ? g_strdup("--:--:--") : g_date_time_format(local, "%H:%M:%S");
	g_autofree char *words = dup_words(news, scene);
	g_autofree char *line = g_strconcat(clock, " ", words, NULL);
	return rollstat_style_dup_clean(style, line);
}

static void
add(json_object *object, const char *name, json_object *value)
{
	json_object_object_add(object, name, value);
}

static void
add_span(json_object *object, const RollstatNews *news)
{
	gboolean is_pass = news->kind == ROLLSTAT_NEWS_PASS;
	add(object, "start", rollstat_json_new_time(news->start_us));
	add(object, "end", rollstat_json_new_time(news->end_us));
	add(object, is_pass ? "from_cm" : "at_cm", rollstat_json_new_number(news->from_cm, 2));
	if (is_pass)
		add(object, "to_cm", rollstat_json_new_number(news->to_cm, 2));
	add(object, "mean_n", rollstat_json_new_number(news->mean_n, 1));
	add(object, "peak_n", rollstat_json_new_number(news->peak_n, 1));
}

static void
add_values(json_object *object, const RollstatNews *news, const RollstatScene *scene)
{
	switch (news->kind) {
	case ROLLSTAT_NEWS_PASS:
	case ROLLSTAT_NEWS_HOLD:
		add_span(object, news);
		break;
	case ROLLSTAT_NEWS_MARK:
		add(object, "at_cm", rollstat_json_new_number(news->from_cm, 2));
		break;
	case ROLLSTAT_NEWS_SILENCE:
		add(object, "seconds", rollstat_json_new_number(news->seconds, 3));
		break;
	case ROLLSTAT_NEWS_LINK:
		add(object, "sensor", rollstat_json_new_text(scene->label));
		add(object, "link", rollstat_json_new_text(scene->link));
		add(object, "detail", rollstat_json_new_text(scene->detail));
		break;
	case ROLLSTAT_NEWS_CUE:
	case ROLLSTAT_NEWS_TROUBLE:
	case ROLLSTAT_NEWS_DAEMON_WENT:
		add(object, "text", rollstat_json_new_text(news->text));
		break;
	case ROLLSTAT_NEWS_DAEMON_CAME:
	case ROLLSTAT_NEWS_DATA:
		break;
	}
}

char *
rollstat_news_dup_json(const RollstatNews *news, const RollstatScene *scene, gint64 now_us)
{
	static const char *const names[] = {"daemon", "no-daemon", "trouble", "link", "silence",
					    "data",   "pass",	   "hold",    "mark", "cue"};
	json_object *object = json_object_new_object();
	add(object, "event", json_object_new_string(names[news->kind]));
	add(object, "time", rollstat_json_new_time(get_time_us(news, now_us)));
	add_values(object, news, scene);
	char *text = g_strdup(json_object_to_json_string_ext(object, JSON_C_TO_STRING_PLAIN));
	json_object_put(object);
	return text;
}
