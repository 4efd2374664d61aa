/* SPDX-License-Identifier: MIT
 *
 * The script, stretch by stretch; the same stretches in every life, only their lengths differ:
 *
 *            +--------------------- pass <----------+
 *            v                                      |
 *   wait -> land -> pause -------> approach -> hold-+      (hold: on a tender spot)
 *    ^               |  ^                           |
 *    |               |  +---------------------------+
 *    +--- turn <--- lift   (every 6 to 14 passes, or for a break when the session is over)
 *
 *   load   0   0->1   1     1       1         1   1->0   0
 *   hand   -    -     -     -       -         -    -    turns
 */
#include "daemon/sim/sim-person.h"

#include "protocol/sample.h"

#include <assert.h>
#include <math.h>

#define PI 3.14159265358979323846

enum { STREAM_PERSON = 1 };

typedef enum {
	ACT_WAIT,
	ACT_LAND,
	ACT_PAUSE,
	ACT_PASS,
	ACT_APPROACH,
	ACT_HOLD,
	ACT_LIFT,
	ACT_TURN,
} Act;

void
roll_sim_habits_init(RollSimHabits *habits)
{
	*habits = (RollSimHabits){
		.start_m = 0.389 * 0.44,
		.top_m = 0.035,
		.bottom_m = 0.290,
		.weight_kg = 75,
		.share = 0.255,
		.tight_width_m = 0.012,
		.tight_force = 0.8,
		.tight_slowing = 0.5,
		.breath_hz = 0.25,
		.breath_m = 0.002,
		.tremor_m = 0.00003,
		.brisk = 0.15,
		.break_s = 360,
	};
}

static double
draw(RollSimPerson *person, double from, double to)
{
	return roll_sim_random_between(&person->random, from, to);
}

static bool
happens(RollSimPerson *person, double probability)
{
	return draw(person, 0, 1) < probability;
}

/* ---- Motion ---- */

static RollSimMotion
add(RollSimMotion a, RollSimMotion b)
{
	return (RollSimMotion){a.value + b.value, a.rate + b.rate, a.bend + b.bend};
}

static RollSimMotion
multiply(RollSimMotion a, RollSimMotion b)
{
	return (RollSimMotion){
		.value = a.value * b.value,
		.rate = a.rate * b.value + a.value * b.rate,
		.bend = a.bend * b.value + 2 * a.rate * b.rate + a.value * b.bend,
	};
}

static RollSimMotion
swing(double amplitude, double hz, double phase_rad, double t_s)
{
	double radps = 2 * PI * hz, angle_rad = radps * t_s + phase_rad;
	double value = amplitude * sin(angle_rad);

	return (RollSimMotion){value, amplitude * radps * cos(angle_rad), -radps * radps * value};
}

/* Minimum jerk: 10 u^3 - 15 u^4 + 6 u^5 of the way at the part u of the time. */
static RollSimMotion
go(const RollSimStretch *stretch, double t_s, double from, double to)
{
	double duration_s = stretch->end_s - stretch->start_s;
	double u = (t_s - stretch->start_s) / duration_s, way = to - from;

	return (RollSimMotion){
		.value = from + way * u * u * u * (10 + u * (-15 + 6 * u)),
		.rate = way * 30 * u * u * (1 - u) * (1 - u) / duration_s,
		.bend = way * 60 * u * (1 - u) * (1 - 2 * u) / (duration_s * duration_s),
	};
}

/* The tight spot slows what goes over it: of the even path p the contact goes along
 * p - slowing * width * tanh((p - tight) / width), whose slope is 1 - slowing at the spot. */
static RollSimMotion
slow_down(const RollSimHabits *habits, RollSimMotion path)
{
	double bow = tanh((path.value - habits->tight_m) / habits->tight_width_m);
	double slope = 1 - habits->tight_slowing * (1 - bow * bow);
	double curve = 2 * habits->tight_slowing * bow * (1 - bow * bow) / habits->tight_width_m;

	return (RollSimMotion){
		.value = path.value - habits->tight_slowing * habits->tight_width_m * bow,
		.rate = slope * path.rate,
		.bend = slope * path.bend + curve * path.rate * path.rate,
	};
}

/* The inverse of slow_down: a contraction by tight_slowing a round, so 100 rounds are below any rounding. */
static double
find_path(const RollSimHabits *habits, double contact_m)
{
	double bow_m = habits->tight_slowing * habits->tight_width_m;
	double path_m = contact_m;

	for (unsigned i = 0; i < 100; i++)
		path_m = contact_m +
			 bow_m * tanh((path_m - habits->tight_m) / habits->tight_width_m);
	return path_m;
}

/* ---- The script ---- */

/* Sets out for the next stretch, in which nothing changes but what the caller sets afterwards. */
static RollSimStretch *
set_out(RollSimPerson *person, Act act, double duration_s)
{
	RollSimStretch *stretch = &person->stretch;

	person->act = act;
	stretch->start_s = stretch->end_s;
	stretch->end_s = stretch->start_s + duration_s;
	stretch->from_m = stretch->to_m;
	stretch->load_from = stretch->load_to;
	stretch->hand_from_rad = stretch->hand_to_rad;
	return stretch;
}

static void
set_out_for(RollSimPerson *person, Act act, double contact_m)
{
	double length_m = fabs(contact_m - person->at_m);
	bool is_over_tight =
		(contact_m - person->habits.tight_m) * (person->at_m - person->habits.tight_m) <= 0;
	/* 2 to 4 s a pass is what the studies ask for; many people are twice as quick. */
	double duration_s = draw(person, 2, 4) * fmin(fmax(length_m / 0.20, 0.35), 1.2);

	if (happens(person, person->habits.brisk))
		duration_s *= 0.45;
	if (is_over_tight)
		duration_s *= 1.2;
	set_out(person, act, duration_s)->to_m = find_path(&person->habits, contact_m);
	person->is_downward = contact_m < person->at_m;
	person->at_m = contact_m;
}

/* Half the strokes go from end to end, half stay around where one is. */
static void
plan_pass(RollSimPerson *person)
{
	const RollSimHabits *habits = &person->habits;
	double sign = person->is_downward ? 1 : -1;
	double room_m = person->is_downward ? habits->bottom_m - person->at_m
					    : person->at_m - habits->top_m;
	double length_m =
		happens(person, 0.5) ? draw(person, 0.6, 1.0) * room_m : draw(person, 0.05, 0.12);

	/* No room there: back, where there is. */
	if (room_m < 0.06) {
		sign = -sign;
		length_m = draw(person, 0.5, 1) * (habits->bottom_m - habits->top_m - 0.06);
	} else {
		length_m = fmin(fmax(length_m, 0.05), room_m);
	}
	set_out_for(person, ACT_PASS, person->at_m + sign * length_m);
}

static void
plan_approach(RollSimPerson *person)
{
	const RollSimHabits *habits = &person->habits;
	double spot_m = happens(person, 0.6) ? habits->tight_m + draw(person, -0.004, 0.004)
					     : draw(person, habits->top_m, habits->bottom_m);

	set_out_for(person, ACT_APPROACH, spot_m);
}

static void
plan_hold(RollSimPerson *person)
{
	bool is_tight = fabs(person->at_m - person->habits.tight_m) <= 0.005;

	/* 20 to 30 s is the advice for a tender spot; elsewhere people do not stay so long. */
	set_out(person, ACT_HOLD, is_tight ? draw(person, 12, 30) : draw(person, 3, 10));
	if (is_tight && happens(person, 0.3))
		person->n_marks++;
}

static bool
is_session_over(const RollSimPerson *person)
{
	return person->habits.session_s > 0 && person->stretch.end_s >= person->session_end_s;
}

static void
plan_after_pause(RollSimPerson *person)
{
	if (is_session_over(person) || person->n_until_lift == 0) {
		set_out(person, ACT_LIFT, draw(person, 0.3, 0.6))->load_to = 0;
		return;
	}
	person->n_until_lift--;
	if (happens(person, 0.08))
		plan_approach(person);
	else
		plan_pass(person);
}

/* A roller that nothing rests on is turned by up to half a turn, and not at all now and then. */
static void
plan_turn(RollSimPerson *person)
{
	double turn_rad = happens(person, 0.8) ? draw(person, -PI, PI) : 0;

	set_out(person, ACT_TURN, draw(person, 0.8, 2.5))->hand_to_rad += turn_rad;
	person->n_until_lift = (unsigned)draw(person, 6, 15);
}

static void
plan_wait(RollSimPerson *person)
{
	if (!is_session_over(person)) {
		set_out(person, ACT_WAIT, draw(person, 0.5, 4));
		return;
	}
	set_out(person, ACT_WAIT, person->habits.break_s);
	/* The next session begins where sessions begin: not by rolling, so the path jumps. */
	person->at_m = person->habits.start_m;
	person->stretch.from_m = person->stretch.to_m = find_path(&person->habits, person->at_m);
	person->session_end_s = person->stretch.end_s + person->habits.session_s;
}

static void
plan_next(RollSimPerson *person)
{
	switch ((Act)person->act) {
	case ACT_WAIT:
		set_out(person, ACT_LAND, draw(person, 0.3, 0.8))->load_to = 1;
		break;
	case ACT_LAND:
	case ACT_PASS:
	case ACT_HOLD:
		set_out(person, ACT_PAUSE, draw(person, 0.2, 0.9));
		break;
	case ACT_PAUSE:
		plan_after_pause(person);
		break;
	case ACT_APPROACH:
		plan_hold(person);
		break;
	case ACT_LIFT:
		plan_turn(person);
		break;
	case ACT_TURN:
		plan_wait(person);
		break;
	}
}

void
roll_sim_person_init(RollSimPerson *person, const RollSimHabits *habits, uint64_t seed)
{
	assert(habits->bottom_m - habits->top_m >= 0.15);
	*person = (RollSimPerson){.habits = *habits};
	roll_sim_random_init(&person->random, seed, STREAM_PERSON);
	if (person->habits.tight_m == 0)
		person->habits.tight_m =
			draw(person, habits->top_m + 0.05, habits->bottom_m - 0.05);
	person->breath_phase_rad = draw(person, 0, 2 * PI);
	for (unsigned i = 0; i < 2; i++)
		person->sway_phase_rad[i] = draw(person, 0, 2 * PI);
	for (unsigned i = 0; i < ROLL_SIM_TREMORS; i++) {
		person->tremor_hz[i] = draw(person, 6, 10);
		person->tremor_phase_rad[i] = draw(person, 0, 2 * PI);
	}
	person->at_m = habits->start_m;
	person->stretch.to_m = find_path(&person->habits, person->at_m);
	person->session_end_s = habits->session_s;
	person->is_downward = happens(person, 0.5);
	person->n_until_lift = (unsigned)draw(person, 6, 15);
	set_out(person, ACT_WAIT, draw(person, 1.5, 3));
}

/* ---- What is true ---- */

static RollSimMotion
find_contact(const RollSimPerson *person, double t_s, RollSimMotion load)
{
	const RollSimHabits *habits = &person->habits;
	const RollSimStretch *stretch = &person->stretch;
	RollSimMotion path = go(stretch, t_s, stretch->from_m, stretch->to_m);
	RollSimMotion stir =
		swing(habits->breath_m, habits->breath_hz, person->breath_phase_rad, t_s);

	for (unsigned i = 0; i < ROLL_SIM_TREMORS; i++)
		stir = add(stir, swing(habits->tremor_m, person->tremor_hz[i],
				       person->tremor_phase_rad[i], t_s));
	return add(slow_down(habits, path), multiply(load, stir));
}

static double
find_force(const RollSimPerson *person, double t_s, double load, double contact_m)
{
	const RollSimHabits *habits = &person->habits;
	double away = (contact_m - habits->tight_m) / habits->tight_width_m;
	double factor = 1 + habits->tight_force * exp(-0.5 * away * away);

	/* Sway of the body and breathing: up to 18 %. */
	factor += swing(0.08, 0.071, person->sway_phase_rad[0], t_s).value;
	factor += swing(0.06, 0.43, person->sway_phase_rad[1], t_s).value;
	factor += swing(0.04, habits->breath_hz, person->breath_phase_rad, t_s).value;
	return habits->weight_kg * ROLL_G_MPS2 * habits->share * load * factor;
}

void
roll_sim_person_move(RollSimPerson *person, double t_s, RollSimTruth *ret_truth)
{
	const RollSimStretch *stretch = &person->stretch;
	RollSimMotion load;

	assert(t_s >= stretch->start_s);
	while (t_s >= stretch->end_s)
		plan_next(person);
	load = go(stretch, t_s, stretch->load_from, stretch->load_to);
	ret_truth->contact = find_contact(person, t_s, load);
	ret_truth->hand_rad = go(stretch, t_s, stretch->hand_from_rad, stretch->hand_to_rad);
	ret_truth->force_n = find_force(person, t_s, load.value, ret_truth->contact.value);
	ret_truth->is_loaded = ret_truth->force_n >= 20;
	ret_truth->n_marks = person->n_marks;
}

double
roll_sim_person_get_tight_m(const RollSimPerson *person)
{
	return person->habits.tight_m;
}
