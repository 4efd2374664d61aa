/* SPDX-License-Identifier: MIT */
#include "cli/live/live.h"

#include "cli/history/summarise.h"
#include "cli/live/cue.h"
#include "cli/live/day-so-far.h"
#include "cli/live/feed.h"
#include "cli/live/news-line.h"
#include "cli/live/picture.h"
#include "cli/live/screen.h"
#include "cli/live/voice.h"
#include "cli/people/home.h"
#include "cli/people/weight.h"
#include "cli/sensor/status.h"

#include <unistd.h>

#define MESSAGE_US (8 * G_USEC_PER_SEC)
#define READ_AGAIN_US (1 * G_USEC_PER_SEC)

enum {
	TICK_MS = 200,
};

typedef struct {
	RollstatRun *run;
	const RollstatLiveOptions *options;
	GMainLoop *loop;
	RollstatScene scene;
	RollstatCues cues;
	RollstatFeed *feed;
	RollstatDaySoFar *day;
	gint64 read_us;		 /* when the day was read last */
	gboolean is_unread_told; /* that it cannot be */
	RollstatScreen *screen;
	gboolean is_lines, is_terminal, has_bell;
	RollstatVoice *voice;
	char *message; /* NULL: none */
	gint64 message_us;
} Live;

/* ---- Out ---- */

static void
draw(Live *live)
{
	guint columns, rows;
	if (live->is_lines)
		return;
	rollstat_screen_get_size(live->screen, &columns, &rows);
	g_autoptr(RollstatCanvas) canvas =
		rollstat_canvas_new(&live->run->view.style, columns, rows);
	RollstatPicture picture = {
		.style = live->run->view.style,
		.now_us = g_get_monotonic_time(),
		.weight_kg = live->options->weight_kg > 0
				     ? live->options->weight_kg
				     : rollstat_day_so_far_get_weight_kg(live->day),
		.message = live->message,
		.keys = live->has_bell ? _("q quit  m mark this place  b bell off")
				       : _("q quit  m mark this place  b bell on"),
	};
	rollstat_picture_draw(&picture, &live->scene, canvas);
	rollstat_screen_show(live->screen, canvas);
}

static void
set_message(Live *live, const char *text)
{
	g_free(live->message);
	live->message = g_strdup(text);
	live->message_us = g_get_monotonic_time();
}

static void
put_line(Live *live, const RollstatNews *news)
{
	const RollstatTalk *talk = live->run->context->talk;
	gint64 now_us = g_get_real_time();
	gboolean is_rung = news->kind == ROLLSTAT_NEWS_CUE && live->has_bell && live->is_terminal;
	g_autofree char *line =
		live->run->is_json
			? rollstat_news_dup_json(news, &live->scene, now_us)
			: rollstat_news_dup_line(news, &live->scene, &live->run->view.style, now_us,
						 live->run->view.zone);
	rollstat_talk_say(talk, "%s%s", is_rung ? "\a" : "", line);
}

/* On a picture, what is not seen on it anyway. */
static void
put_message(Live *live, const RollstatNews *news)
{
	if (news->kind == ROLLSTAT_NEWS_CUE)
		set_message(live, news->text);
	else if (news->kind == ROLLSTAT_NEWS_MARK)
		set_message(live, _("This place is marked."));
}

static void
call_cue(Live *live)
{
	RollstatCue cue = rollstat_cues_look(&live->cues, g_get_monotonic_time(), &live->scene);
	if (cue.kind == ROLLSTAT_CUE_NONE)
		return;
	rollstat_scene_add_news(&live->scene, ROLLSTAT_NEWS_CUE, cue.written);
	if (live->has_bell && !live->is_lines)
		rollstat_screen_ring(live->screen);
	rollstat_voice_say(live->voice, cue.spoken, cue.written);
}

/* Tells what the scene has to tell, and shows it. */
static void
settle(Live *live)
{
	RollstatScene *scene = &live->scene;
	for (guint i = 0; i < scene->n_news; i++)
		if (scene->news[i].kind == ROLLSTAT_NEWS_PASS)
			rollstat_cues_take_pass(&live->cues, &scene->news[i]);
	call_cue(live);
	for (guint i = 0; i < scene->n_news; i++) {
		if (live->is_lines)
			put_line(live, &scene->news[i]);
		else
			put_message(live, &scene->news[i]);
	}
	scene->n_news = 0;
	draw(live);
}

/* Something that is no news of the daemon's: a message, or a line. */
static void
tell_trouble(void *user, const char *text)
{
	Live *live = user;
	if (live->is_lines)
		rollstat_scene_add_news(&live->scene, ROLLSTAT_NEWS_TROUBLE, text);
	else
		set_message(live, text);
	settle(live);
}

/* ---- The day ---- */

/* NULL: it cannot be read. What is rolled is shown all the same. */
static RollstatConfig *
load_config(const Live *live, const char *database)
{
	const char *of_daemon = rollstat_feed_get_configuration(live->feed);
	g_autofree char *path = of_daemon != NULL && *of_daemon != '\0'
					? g_strdup(of_daemon)
					: rollstat_home_dup_config_path(database);
	return rollstat_config_load(path, NULL);
}

/* Where the daemon that is looked at keeps it, unless another one was named. */
static void
begin_day(Live *live)
{
	const char *of_daemon = rollstat_feed_get_database(live->feed);
	g_autofree char *own = rollstat_run_dup_database_path(live->run);
	const char *path = live->run->database != NULL || of_daemon == NULL ? own : of_daemon;
	g_autoptr(RollstatConfig) config = load_config(live, path);
	RollstatDayOf of = {.person = live->run->person, .usual = "me"};
	if (config != NULL) {
		of.usual = rollstat_people_get_config_name(config);
		of.usual_kg = rollstat_weight_get_configured(config, of.usual);
	}
	g_clear_pointer(&live->day, rollstat_day_so_far_free);
	live->day = rollstat_day_so_far_new(path, &of, live->run->view.zone);
	live->read_us = 0;
}

static void
read_day(Live *live, gint64 now_us)
{
	RollstatSummary *summary = NULL;
	g_autoptr(GError) error = NULL;
	if (live->read_us != 0 && now_us - live->read_us < READ_AGAIN_US)
		return;
	live->read_us = now_us;
	gboolean is_read = rollstat_day_so_far_read(live->day, live->scene.session,
						    g_get_real_time(), &summary, &error);
	if (summary != NULL)
		rollstat_scene_take_day(&live->scene, summary);
	rollstat_summary_free(summary);
	if (is_read || live->is_unread_told ||
	    g_error_matches(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_ABSENT))
		return;
	live->is_unread_told = TRUE;
	tell_trouble(live, error->message);
}

/* ---- In ---- */

static void
take_daemon(void *user, gboolean is_there, const char *trouble)
{
	Live *live = user;
	gboolean is_news = live->scene.has_daemon != is_there;
	if (is_there)
		rollstat_scene_find_daemon(&live->scene, trouble);
	else
		rollstat_scene_lose_daemon(&live->scene,
					   live->run->is_system
						   ? _("start it: sudo systemctl start rollerd")
						   : _("start it: systemctl --user start rollerd"));
	if (is_news)
		begin_day(live);
	settle(live);
}

static void
take_sensor(void *user, const RollstatSensorState *state)
{
	Live *live = user;
	rollstat_scene_take_sensor(&live->scene, g_get_monotonic_time(), state);
	settle(live);
}

static void
take_moment(void *user, const RollstatMoment *moment)
{
	Live *live = user;
	rollstat_scene_take_moment(&live->scene, g_get_monotonic_time(), moment);
	settle(live);
}

static void
take_event(void *user, const RollstatNews *event)
{
	Live *live = user;
	rollstat_scene_take_event(&live->scene, event);
	settle(live);
}

static gboolean
take_time(gpointer user)
{
	Live *live = user;
	gint64 now_us = g_get_monotonic_time();
	if (live->message != NULL && now_us - live->message_us > MESSAGE_US)
		g_clear_pointer(&live->message, g_free);
	read_day(live, now_us);
	rollstat_scene_pass_time(&live->scene, now_us);
	settle(live);
	return G_SOURCE_CONTINUE;
}

/* ---- Keys ---- */

static void
take_marked(GObject *object, GAsyncResult *result, gpointer user)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GVariant) reply =
		g_dbus_connection_call_finish(G_DBUS_CONNECTION(object), result, &error);
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		return;
	Live *live = user;
	if (reply == NULL) {
		g_dbus_error_strip_remote_error(error);
		tell_trouble(live, error->message);
		return;
	}
	RollstatNews *news = rollstat_scene_add_news(&live->scene, ROLLSTAT_NEWS_MARK, "");
	news->from_cm = live->scene.moment.contact_cm;
	settle(live);
}

static void
take_key(void *user, int key)
{
	Live *live = user;
	switch (key) {
	case 'q':
	case 'Q':
		g_main_loop_quit(live->loop);
		break;
	case 'm':
	case 'M':
		if (!rollstat_feed_mark(live->feed, take_marked, live))
			tell_trouble(live, _("There is no sensor whose place could be marked."));
		break;
	case 'b':
	case 'B':
		live->has_bell = !live->has_bell;
		draw(live);
		break;
	default:
		break;
	}
}

static void
take_redraw(void *user)
{
	draw(user);
}

static void
take_end(void *user)
{
	g_main_loop_quit(((Live *)user)->loop);
}

/* ---- Beginning and end ---- */

/* The screen first: signals are blocked before any thread begins. */
static void
open_screen(Live *live)
{
	const RollstatScreenListener listener = {take_key, take_redraw, take_end, live};
	if (!live->is_lines)
		live->screen = rollstat_screen_open(&live->run->view.style, &listener);
	live->is_lines = live->screen == NULL;
	if (live->is_lines)
		live->screen = rollstat_screen_open_lines(&listener);
}

/* Where nobody sits, nobody waits. */
static gboolean
check_daemon(const Live *live, GError **error)
{
	if (live->is_terminal)
		return TRUE;
	g_autoptr(RollstatStatus) status = rollstat_status_fetch(live->run->is_system, error);
	return status != NULL;
}

static void
watch(Live *live)
{
	const RollstatFeedListener listener = {take_daemon, take_sensor, take_moment, take_event,
					       live};
	live->feed = rollstat_feed_new(live->run->is_system, live->options->sensor, &listener);
	begin_day(live);
	guint tick = g_timeout_add(TICK_MS, take_time, live);
	draw(live);
	g_main_loop_run(live->loop);
	g_source_remove(tick);
}

/* On the screen that the terminal had before. */
static void
say_goodbye(const Live *live)
{
	if (live->is_lines || !live->scene.has_day || live->scene.loaded_s <= 0)
		return;
	g_autofree char *time = rollstat_style_dup_duration(live->scene.loaded_s);
	g_string_append_printf(live->run->out, _("%s rolled today. More: rollstat today\n"), time);
}

gboolean
rollstat_live(RollstatRun *run, const RollstatLiveOptions *options, GError **error)
{
	Live live = {.run = run, .options = options, .has_bell = options->is_bell};
	const RollstatVoiceOptions voice = {options->is_spoken, options->is_notified, tell_trouble,
					    &live, 0};
	live.is_terminal = isatty(STDOUT_FILENO);
	live.is_lines = options->is_lines || run->is_json || !rollstat_screen_is_there();
	live.loop = g_main_loop_new(NULL, FALSE);
	rollstat_scene_init(&live.scene);
	if (options->sensor != NULL)
		g_strlcpy(live.scene.label, options->sensor, sizeof live.scene.label);
	rollstat_cues_init(&live.cues);
	open_screen(&live);
	gboolean is_begun = check_daemon(&live, error);
	if (is_begun) {
		live.voice = rollstat_voice_new(&voice);
		watch(&live);
	}
	rollstat_voice_free(live.voice);
	rollstat_feed_free(live.feed);
	rollstat_day_so_far_free(live.day);
	rollstat_screen_close(live.screen);
	say_goodbye(&live);
	g_main_loop_unref(live.loop);
	g_free(live.message);
	return is_begun;
}
