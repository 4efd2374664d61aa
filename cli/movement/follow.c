/* SPDX-License-Identifier: MIT */
#include "cli/movement/follow.h"

#include "cli/movement/follow-step.h"
#include "cli/movement/render-plan.h"

/* A plan that is walked through. */
typedef struct {
	RollstatFollowScreen *screen;
	const RollstatPlan *plan;
	const RollstatFollowGround *ground;
	RollstatFollowed followed;
} Way;

static void
say(const Way *way, const char *lead, const char *text)
{
	rollstat_follow_screen_say(way->screen, ROLLSTAT_INK_PLAIN, lead, text);
}

/* How it is done, and what to be careful of, where the step before was not the same. */
static void
say_how(const Way *way, guint n)
{
	const RollstatMovement *movement = way->plan->steps[n].movement;
	if (n > 0 && way->plan->steps[n - 1].movement == movement)
		return;
	for (guint i = 0; movement->steps[i] != NULL; i++)
		say(way, "   - ", _(movement->steps[i]));
	rollstat_follow_screen_say(way->screen, ROLLSTAT_INK_YELLOW, "   ! ", _(movement->caution));
}

static void
announce(const Way *way, guint n)
{
	const RollstatPlanStep *step = &way->plan->steps[n];
	g_autofree char *name = rollstat_plan_step_dup_name(step);
	g_autofree char *duration = rollstat_style_dup_duration(step->seconds);
	g_autofree char *dose = rollstat_movement_dup_dose(step->movement, step->seconds);
	g_autofree char *reason = rollstat_plan_step_dup_reason(step);
	g_autofree char *title = g_strdup_printf(_("Step %u of %u: %s, %s."), n + 1,
						 way->plan->n_steps, name, duration);
	rollstat_follow_screen_part(way->screen);
	rollstat_follow_screen_say(way->screen, ROLLSTAT_INK_BOLD, "", title);
	rollstat_follow_screen_say(way->screen, ROLLSTAT_INK_DIM, "   ", reason);
	say_how(way, n);
	if (step->movement->dose.kind != ROLLSTAT_DOSE_WHILE)
		say(way, "   ", dose);
	if (way->screen->is_lines)
		say(way, "   ", _("It begins in 10 s."));
}

/* FALSE: the clock counts. */
static gboolean
find_sensor(const Way *way, const RollstatPlanStep *step, RollstatFollowSensor *ret_sensor)
{
	const RollstatFollowGround *ground = way->ground;
	g_autoptr(GError) error = NULL;
	g_autofree char *label = NULL;
	if (!step->movement->is_sensed)
		return FALSE;
	gboolean is_found =
		ground->find_sensor(ground->user, step->movement, ret_sensor, &label, &error);
	g_autofree char *text = is_found ? g_strdup_printf(_("Counted by %s."), label)
					 : g_strdup_printf(_("By the clock: %s."), error->message);
	say(way, "   ", text);
	return is_found;
}

static void
keep(Way *way, const RollstatPlanStep *step, const RollstatStepDone *done)
{
	g_autoptr(GError) error = NULL;
	const RollstatFollowGround *ground = way->ground;
	if (done->clock_s < ROLLSTAT_FOLLOW_LEAST_S)
		return;
	if (ground->keep(ground->user, step->movement, done->start_us, done->clock_s, &error)) {
		way->followed.kept_s += done->clock_s;
		return;
	}
	g_autofree char *text = g_strdup_printf(_("Not kept: %s"), error->message);
	rollstat_follow_screen_say(way->screen, ROLLSTAT_INK_RED, "   ! ", text);
	way->followed.has_failed = TRUE;
}

static void
say_done(const Way *way, double seconds)
{
	g_autofree char *duration = rollstat_style_dup_duration(seconds);
	g_autofree char *text = g_strdup_printf(_("Done: %s."), duration);
	say(way, "   ", seconds < ROLLSTAT_FOLLOW_LEAST_S ? _("Too short to count.") : text);
}

static RollstatStepEnd
walk_step(Way *way, guint n)
{
	const RollstatPlanStep *step = &way->plan->steps[n];
	RollstatFollowSensor sensor;
	announce(way, n);
	RollstatStepEnd end = rollstat_follow_step_ready(way->screen);
	if (end != ROLLSTAT_STEP_DONE)
		return end;
	gboolean is_sensed = find_sensor(way, step, &sensor);
	RollstatStepDone done =
		rollstat_follow_step_run(way->screen, step, is_sensed ? &sensor : NULL);
	if (done.end == ROLLSTAT_STEP_LEFT_OUT)
		return done.end;
	keep(way, step, &done);
	way->followed.sensed_s += done.sensed_s;
	say_done(way, done.clock_s + done.sensed_s);
	way->followed.n_done += done.end == ROLLSTAT_STEP_DONE &&
				done.clock_s + done.sensed_s >= ROLLSTAT_FOLLOW_LEAST_S;
	return done.end;
}

static void
say_end(const Way *way)
{
	const RollstatFollowed *followed = &way->followed;
	g_autofree char *kept = rollstat_style_dup_duration(followed->kept_s);
	g_autofree char *sensed = rollstat_style_dup_duration(followed->sensed_s);
	g_autofree char *text = g_strdup_printf(
		followed->is_interrupted ? _("Interrupted. %u of %u steps done; logged: %s.")
					 : _("%u of %u steps done; logged: %s."),
		followed->n_done, way->plan->n_steps, kept);
	rollstat_follow_screen_part(way->screen);
	rollstat_follow_screen_say(way->screen, ROLLSTAT_INK_BOLD, "", text);
	if (followed->sensed_s >= 1) {
		g_autofree char *by_sensor = g_strdup_printf(
			_("Counted by the sensor, and in its session: %s."), sensed);
		say(way, "", by_sensor);
	}
	say(way, "", _("See it with: rollstat today"));
}

RollstatFollowed
rollstat_follow(RollstatFollowScreen *screen, const RollstatPlan *plan,
		const RollstatFollowGround *ground)
{
	Way way = {.screen = screen, .plan = plan, .ground = ground};
	RollstatStepEnd end = ROLLSTAT_STEP_DONE;
	for (guint n = 0; n < plan->n_steps; n++) {
		end = walk_step(&way, n);
		if (end == ROLLSTAT_STEP_QUIT || end == ROLLSTAT_STEP_INTERRUPTED)
			break;
		if (end == ROLLSTAT_STEP_LEFT_OUT) {
			way.followed.n_left_out++;
			say(&way, "   ", _("Left out."));
		}
	}
	way.followed.is_interrupted = end == ROLLSTAT_STEP_INTERRUPTED;
	say_end(&way);
	return way.followed;
}
