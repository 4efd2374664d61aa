/* SPDX-License-Identifier: MIT */
#include "cli/movement/follow-step.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum {
	TICK_US = 1000000,
	LOOK_US = 250000,
	AWAY_US = 5000000,
	SAID_EVERY_S =
		30, /* where lines alone are said; of long ones, each minute until the last three */
	LONG_S = 180,
	LAST_S = 10,
};

/* What counts of one turn, which takes a second. */
#define TURN_MOST_S 2.0

/* A step that runs. */
typedef struct {
	RollstatFollowScreen *screen;
	const RollstatPlanStep *step; /* NULL: the time before one */
	const RollstatFollowSensor *sensor;
	RollstatZoneCounter counter;
	RollstatContact contact;
	gint64 last_us, heard_us; /* of the clock: the last turn, the last sample */
	double whole_s, clock_s;
	gint64 there_us; /* in the zone, last */
	gboolean is_paused, is_away_said;
	guint seen_left_s, said_side;
} Walk;

static gint64
get_now_us(const Walk *walk)
{
	return walk->screen->tempo->get_now_us(walk->screen->tempo->user);
}

static void
say(const Walk *walk, const char *text)
{
	rollstat_follow_screen_say(walk->screen, ROLLSTAT_INK_PLAIN, "   ", text);
}

static double
get_done_s(const Walk *walk)
{
	return walk->clock_s + walk->counter.seconds;
}

/* Seconds begun are still to be done. */
static guint
get_left_s(const Walk *walk)
{
	double left_s = walk->whole_s - get_done_s(walk);
	return left_s > 0 ? (guint)ceil(left_s - 1e-6) : 0;
}

/* ---- What is shown ---- */

static const char *
get_contact_words(RollstatContact contact)
{
	switch (contact) {
	case ROLLSTAT_CONTACT_NONE:
		return _("waiting for you to lie on it");
	case ROLLSTAT_CONTACT_ABOVE:
		return _("too high: go toward the feet");
	case ROLLSTAT_CONTACT_BELOW:
		return _("too low: go toward the head");
	case ROLLSTAT_CONTACT_SILENT:
		return _("no sample yet");
	case ROLLSTAT_CONTACT_THERE:
		return _("it counts");
	}
	g_assert_not_reached();
}

/* "1:23 left, 3 of 10": the repetition that runs. */
static char *
dup_left(const Walk *walk)
{
	g_autofree char *left = rollstat_style_dup_duration(get_left_s(walk));
	if (walk->step == NULL)
		return g_strdup_printf(_("   Begins in %s"), left);
	if (walk->sensor != NULL)
		return g_strdup_printf(_("   %s to go, by the sensor: %s"), left,
				       get_contact_words(walk->contact));
	const RollstatMovementDose *dose = &walk->step->movement->dose;
	if (dose->kind != ROLLSTAT_DOSE_REPEAT)
		return g_strdup_printf(_("   %s left"), left);
	guint time = MIN((guint)(get_done_s(walk) / dose->seconds) + 1, dose->times);
	return g_strdup_printf(_("   %s left, %u of %u"), left, time, dose->times);
}

/* Whether so many seconds were left since the last time, or are now. */
static gboolean
is_passed(const Walk *walk, guint left_s, guint mark_s)
{
	return walk->seen_left_s > mark_s && left_s <= mark_s;
}

/* Where lines alone are said: each half minute, and the last 10 s. */
static void
say_left(Walk *walk)
{
	guint left_s = get_left_s(walk),
	      every_s = left_s > LONG_S ? 2 * SAID_EVERY_S : SAID_EVERY_S;
	guint mark_s = (left_s + every_s - 1) / every_s * every_s;
	gboolean is_time = is_passed(walk, left_s, mark_s) || is_passed(walk, left_s, LAST_S);
	walk->seen_left_s = left_s;
	if (!walk->screen->is_lines || walk->step == NULL || !is_time || left_s == 0)
		return;
	g_autofree char *left = rollstat_style_dup_duration(left_s);
	g_autofree char *text = g_strdup_printf(_("%s left."), left);
	say(walk, text);
}

/* Who holds on both sides cannot look at the clock. */
static void
say_side(Walk *walk)
{
	if (walk->step == NULL || walk->step->movement->dose.kind != ROLLSTAT_DOSE_HOLD ||
	    get_left_s(walk) == 0)
		return;
	const RollstatMovementDose *dose = &walk->step->movement->dose;
	guint side = (guint)(get_done_s(walk) / dose->seconds + 1e-6);
	if (side == walk->said_side)
		return;
	walk->said_side = side;
	rollstat_follow_screen_ring(walk->screen);
	say(walk, dose->sides > 1 ? _("Other side.") : _("Let go for a breath, and once more."));
}

static void
show(Walk *walk)
{
	g_autofree char *text = dup_left(walk);
	say_side(walk);
	say_left(walk);
	if (walk->is_paused) {
		g_autofree char *paused = g_strdup_printf(_("%s (paused: p goes on)"), text);
		rollstat_follow_screen_show(walk->screen, paused);
	} else
		rollstat_follow_screen_show(walk->screen, text);
}

/* ---- What counts ---- */

static void
leave_sensor(Walk *walk, const char *reason)
{
	g_autofree char *text = g_strdup_printf(_("%s: by the clock from here."), reason);
	walk->sensor = NULL;
	say(walk, text);
}

/* Where lines alone are said: who is elsewhere for a while; a pass that goes over the zone's end is none. */
static void
say_contact(Walk *walk, gint64 now_us)
{
	if (walk->contact == ROLLSTAT_CONTACT_THERE) {
		walk->there_us = now_us;
		walk->is_away_said = FALSE;
	}
	if (!walk->screen->is_lines || walk->is_away_said || now_us - walk->there_us < AWAY_US)
		return;
	walk->is_away_said = TRUE;
	say(walk, get_contact_words(walk->contact));
}

static void
look(Walk *walk, gint64 now_us)
{
	g_autoptr(GError) error = NULL;
	RollstatMotion motion;
	double seconds = walk->counter.seconds;
	if (!walk->sensor->look(walk->sensor->user, &motion, &error)) {
		leave_sensor(walk, _("rollerd does not answer any more"));
		return;
	}
	RollstatContact contact = rollstat_zone_counter_add(&walk->counter, &motion);
	if (walk->is_paused)
		walk->counter.seconds = seconds;
	if (contact == ROLLSTAT_CONTACT_SILENT) {
		if (now_us - walk->heard_us > ROLLSTAT_FOLLOW_SILENCE_S * G_USEC_PER_SEC)
			leave_sensor(walk, _("The sensor is silent"));
		return;
	}
	walk->heard_us = now_us;
	walk->contact = contact;
	say_contact(walk, now_us);
}

static void
count(Walk *walk)
{
	gint64 now_us = get_now_us(walk);
	/* After Ctrl-Z the time that it was stopped is nobody's. */
	double passed_s = MIN((double)(now_us - walk->last_us) / G_USEC_PER_SEC, TURN_MOST_S);
	walk->last_us = now_us;
	if (walk->sensor != NULL)
		look(walk, now_us);
	else if (!walk->is_paused)
		walk->clock_s += passed_s;
}

static void
toggle_pause(Walk *walk)
{
	walk->is_paused = !walk->is_paused;
	if (walk->screen->is_lines)
		say(walk, walk->is_paused ? _("Paused: p goes on.") : _("On."));
}

/* The next turn: at the next whole second of what is left, or the next look. */
static gint64
get_turn_us(const Walk *walk)
{
	double done_s = get_done_s(walk);
	if (walk->sensor != NULL)
		return walk->last_us + LOOK_US;
	/* In a pause the part of a second stays as it is. */
	if (walk->is_paused)
		return walk->last_us + TICK_US;
	double part_s = done_s - floor(done_s);
	return walk->last_us + (gint64)((1 - part_s) * TICK_US) + 1;
}

static RollstatStepEnd
run(Walk *walk)
{
	const RollstatTempo *tempo = walk->screen->tempo;
	walk->last_us = walk->heard_us = walk->there_us = get_now_us(walk);
	if (walk->sensor != NULL)
		look(walk, walk->last_us);
	while (get_left_s(walk) > 0) {
		show(walk);
		RollstatPress press = tempo->wait(tempo->user, get_turn_us(walk));
		count(walk);
		if (press == ROLLSTAT_PRESS_INTERRUPT)
			return ROLLSTAT_STEP_INTERRUPTED;
		if (press == ROLLSTAT_PRESS_QUIT)
			return ROLLSTAT_STEP_QUIT;
		if (press == ROLLSTAT_PRESS_SKIP)
			return ROLLSTAT_STEP_LEFT_OUT;
		if (press == ROLLSTAT_PRESS_PAUSE ||
		    (press == ROLLSTAT_PRESS_ENTER && walk->is_paused))
			toggle_pause(walk);
		else if (press == ROLLSTAT_PRESS_ENTER)
			break;
	}
	return ROLLSTAT_STEP_DONE;
}

RollstatStepEnd
rollstat_follow_step_ready(RollstatFollowScreen *screen)
{
	Walk walk = {.screen = screen, .whole_s = ROLLSTAT_PLAN_CHANGE_S};
	RollstatStepEnd end = run(&walk);
	rollstat_follow_screen_close(screen);
	return end;
}

RollstatStepDone
rollstat_follow_step_run(RollstatFollowScreen *screen, const RollstatPlanStep *step,
			 const RollstatFollowSensor *sensor)
{
	Walk walk = {.screen = screen,
		     .step = step,
		     .sensor = sensor,
		     .counter = rollstat_zone_counter_begin(step),
		     .contact = ROLLSTAT_CONTACT_SILENT,
		     .whole_s = step->seconds};
	RollstatStepDone done = {.start_us = get_now_us(&walk)};
	rollstat_follow_screen_ring(screen);
	if (screen->is_lines)
		say(&walk, _("Go."));
	done.end = run(&walk);
	done.clock_s = walk.clock_s;
	done.sensed_s = walk.counter.seconds;
	rollstat_follow_screen_close(screen);
	rollstat_follow_screen_ring(screen);
	return done;
}
