/* SPDX-License-Identifier: MIT */
#include "cli/sensor/calibrate-parts.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* What a turn must be to tell its direction, degrees. */
#define TURN_LEAST_DEG 20
/* A radius that the daemon takes, cm, and how far one may be off the one in use without a question. */
#define RADIUS_LEAST_CM 1
#define RADIUS_MOST_CM 30
#define RADIUS_OFF_MOST 0.25
/* How far a check may be off. */
#define CHECK_OFF_MOST 0.02
/* How far counted turns may be off those told: a share of a turn. */
#define COUNT_OFF_MOST 0.15

enum {
	TURNS_MOST = 20,
};

/* How far is rolled. */
typedef struct {
	double length_cm;
	guint turns; /* 0: a length was chosen; else so many whole turns, and length_cm measured afterwards */
} Way;

/* What the person is asked to do before and after a movement. needs_axis: the angle must be exact. */
typedef struct {
	const char *before, *after;
	gboolean needs_axis;
} Movement;

/* Whether the angle between two looks is known; says why not. */
static gboolean
is_comparable(const RollstatWalk *walk, const Movement *movement, const RollstatMotion *first,
	      const RollstatMotion *last)
{
	if (first->since_us != last->since_us || isnan(first->turned_deg) ||
	    isnan(last->turned_deg)) {
		rollstat_talk_say(walk->talk,
				  _("The stream broke off in between, so the angle is not "
				    "known. Once more, or s to skip."));
		return FALSE;
	}
	if (!movement->needs_axis || last->is_axis_learned)
		return TRUE;
	rollstat_talk_say(walk->talk,
			  _("It was rolled so lightly that the sensor's axis could not be "
			    "found, without\nwhich the angle may be wrong: press it down with "
			    "a few kilograms. Once more, or s\nto skip."));
	return FALSE;
}

/* Takes the angle before and after; again where it broke off between. ..._ENTER: *ret_deg is known. */
static RollstatAnswer
measure(RollstatWalk *walk, const Movement *movement, double *ret_deg)
{
	for (;;) {
		RollstatMotion first, last;
		RollstatAnswer answer = rollstat_talk_wait(walk->talk, _(movement->before));
		if (answer != ROLLSTAT_ANSWER_ENTER)
			return answer;
		gboolean is_known = rollstat_calibrate_look(walk, &first);
		if (is_known)
			answer = rollstat_talk_wait(walk->talk, _(movement->after));
		if (answer != ROLLSTAT_ANSWER_ENTER)
			return answer;
		is_known = is_known && rollstat_calibrate_look(walk, &last);
		if (walk->error != NULL)
			return ROLLSTAT_ANSWER_QUIT;
		if (!is_known || !is_comparable(walk, movement, &first, &last))
			continue;
		*ret_deg = last.turned_deg - first.turned_deg;
		rollstat_talk_say(walk->talk, _("It turned %.0f degrees (%.2f turns)."),
				  fabs(*ret_deg), fabs(*ret_deg) / 360);
		return answer;
	}
}

/* ---- The side ---- */

/* ..._ENTER: *ret_is_feet is known. */
static RollstatAnswer
measure_direction(RollstatWalk *walk, gboolean *ret_is_feet)
{
	static const Movement movement = {
		N_("Lie still on it. Enter: begin."),
		N_("Now roll a hand's breadth so that it comes to lie nearer to your feet, and "
		   "lie\n"
		   "still there. Enter: done."),
		.needs_axis = FALSE,
	};
	for (;;) {
		double turned_deg = 0;
		RollstatAnswer answer = measure(walk, &movement, &turned_deg);
		if (answer != ROLLSTAT_ANSWER_ENTER)
			return answer;
		*ret_is_feet = turned_deg > 0;
		if (fabs(turned_deg) >= TURN_LEAST_DEG)
			return answer;
		rollstat_talk_say(walk->talk,
				  _("That is too little to tell: roll %d degrees at least. "
				    "Once more, or s to skip."),
				  TURN_LEAST_DEG);
	}
}

/* Turns the side in the configuration over. FALSE: that could not be stored. */
static gboolean
flip_side(RollstatWalk *walk)
{
	RollstatMotion motion;
	GError *error = NULL;
	if (!rollstat_motion_fetch(walk->status->bus, walk->sensor->path, &motion, &error)) {
		rollstat_calibrate_lose(walk, error);
		return FALSE;
	}
	const char *other = motion.is_left ? "right" : "left";
	rollstat_talk_say(walk->talk,
			  _("That was told as toward the head: the sensor sits the other way "
			    "round."));
	return rollstat_calibrate_store(walk, &(RollstatValue){walk->section, "mount", other});
}

RollstatAnswer
rollstat_calibrate_side(RollstatWalk *walk)
{
	gboolean is_feet = FALSE;
	rollstat_talk_say(
		walk->talk,
		_("\nSide: which way is toward your feet. Lie on your back with the roller under\n"
		  "your upper back, the sensor on the side where you always have it. To bring the\n"
		  "roller nearer to your feet, push yourself toward your head. (By hand alone: "
		  "leave\n"
		  "it as it lies under you, and push it over the floor toward your head.)"));
	RollstatAnswer answer = measure_direction(walk, &is_feet);
	if (answer != ROLLSTAT_ANSWER_ENTER)
		return answer;
	while (!is_feet) {
		if (!flip_side(walk))
			return walk->error != NULL ? ROLLSTAT_ANSWER_QUIT : answer;
		rollstat_talk_say(walk->talk, _("The same once more, to check it."));
		answer = measure_direction(walk, &is_feet);
		if (answer != ROLLSTAT_ANSWER_ENTER)
			return answer;
	}
	rollstat_talk_say(walk->talk, _("OK: toward the feet is told as toward the feet."));
	return answer;
}

/* ---- The radius ---- */

/* "100", "3t", "3 turns". */
static gboolean
read_way(const char *text, Way *ret_way)
{
	double number = 0;
	if (rollstat_talk_read_number(text, "cm", &number) && number >= 30 && number <= 300) {
		*ret_way = (Way){.length_cm = number};
		return TRUE;
	}
	if ((rollstat_talk_read_number(text, "t", &number) ||
	     rollstat_talk_read_number(text, "turn", &number) ||
	     rollstat_talk_read_number(text, "turns", &number)) &&
	    number >= 1 && number <= TURNS_MOST && number == floor(number)) {
		*ret_way = (Way){.turns = (guint)number};
		return TRUE;
	}
	return FALSE;
}

static RollstatAnswer
ask_way(RollstatWalk *walk, Way *ret_way)
{
	*ret_way = (Way){.length_cm = 100};
	for (;;) {
		g_autofree char *text = NULL;
		RollstatAnswer answer =
			rollstat_talk_ask(walk->talk,
					  _("How far will you roll: cm, 30 to 300, "
					    "or whole turns, like 3t? Enter: 100 cm"),
					  &text);
		if (answer != ROLLSTAT_ANSWER_TEXT || read_way(text, ret_way))
			return answer == ROLLSTAT_ANSWER_TEXT ? ROLLSTAT_ANSWER_ENTER : answer;
		rollstat_talk_say(walk->talk, _("That is neither 30 to 300 cm nor 1 to %d turns."),
				  TURNS_MOST);
	}
}

/* Rolls the way once. ..._ENTER: *ret_rad is the angle for way->length_cm, which is asked for after whole turns. */
static RollstatAnswer
roll_way(RollstatWalk *walk, Way *way, double *ret_rad)
{
	static const Movement movement = {
		N_("Lay it at the beginning of the tape, still. Enter: begin."),
		N_("Now roll it along the tape, pressed down with both hands, without slipping, "
		   "and\n"
		   "let it lie. Enter: done."),
		.needs_axis = TRUE,
	};
	static const RollstatNumber number = {N_("How far did it come, in cm?"), 5, 4000, "cm"};
	double turned_deg = 0;
	RollstatAnswer answer = measure(walk, &movement, &turned_deg);
	*ret_rad = fabs(turned_deg) * G_PI / 180;
	if (answer != ROLLSTAT_ANSWER_ENTER || way->turns == 0)
		return answer;
	answer = rollstat_talk_ask_number(walk->talk, &number, &way->length_cm);
	while (answer == ROLLSTAT_ANSWER_ENTER)
		answer = rollstat_talk_ask_number(walk->talk, &number, &way->length_cm);
	return answer == ROLLSTAT_ANSWER_TEXT ? ROLLSTAT_ANSWER_ENTER : answer;
}

/* The radius by a way rolled; NaN where it cannot be, which is said. */
static double
find_radius_cm(const RollstatWalk *walk, const Way *way, double turned_rad)
{
	double turns = turned_rad / (2 * G_PI);
	double radius_cm = way->length_cm / turned_rad;
	if (way->turns != 0 && fabs(turns - way->turns) > COUNT_OFF_MOST) {
		rollstat_talk_say(walk->talk, _("Those are not the %u turns that were to be."),
				  way->turns);
		return NAN;
	}
	/* A person sees a whole turn better than a sensor that may sit askew. */
	if (way->turns != 0)
		radius_cm = way->length_cm / (2 * G_PI * way->turns);
	if (radius_cm >= RADIUS_LEAST_CM && radius_cm <= RADIUS_MOST_CM)
		return radius_cm;
	rollstat_talk_say(walk->talk,
			  _("That would be a radius outside of %d to %d cm. Was it rolled all "
			    "of the way?"),
			  RADIUS_LEAST_CM, RADIUS_MOST_CM);
	return NAN;
}

/* Lets the person confirm a radius that is far off. ..._ENTER: it is not to be taken. */
static RollstatAnswer
confirm(const RollstatWalk *walk, double radius_cm, double used_cm)
{
	double off = radius_cm / used_cm - 1;
	g_autofree char *text = NULL;
	if (isnan(used_cm) || fabs(off) <= RADIUS_OFF_MOST)
		return ROLLSTAT_ANSWER_TEXT;
	rollstat_talk_say(walk->talk, _("That is %.0f %% off the radius in use."), fabs(off) * 100);
	RollstatAnswer answer = rollstat_talk_ask(
		walk->talk, _("yes: take it all the same. Enter: roll once more."), &text);
	return answer == ROLLSTAT_ANSWER_TEXT && !rollstat_talk_is_yes(text) ? ROLLSTAT_ANSWER_ENTER
									     : answer;
}

/* Rolls until there is a radius, and stores it. ..._ENTER: *ret_cm is known. */
static RollstatAnswer
take_radius(RollstatWalk *walk, Way *way, double used_cm, double *ret_cm)
{
	for (;;) {
		double turned_rad = 0;
		RollstatAnswer answer = roll_way(walk, way, &turned_rad);
		if (answer != ROLLSTAT_ANSWER_ENTER)
			return answer;
		*ret_cm = find_radius_cm(walk, way, turned_rad);
		if (isnan(*ret_cm))
			continue;
		rollstat_talk_say(walk->talk, _("Radius: %.2f cm. In use: %.2f cm."), *ret_cm,
				  used_cm);
		answer = confirm(walk, *ret_cm, used_cm);
		if (answer == ROLLSTAT_ANSWER_ENTER)
			continue;
		if (answer != ROLLSTAT_ANSWER_TEXT)
			return answer;
		g_autofree char *text = g_strdup_printf("%.2f", *ret_cm);
		(void)rollstat_calibrate_store(
			walk, &(RollstatValue){walk->section, "radius_cm", text}); /* it says so */
		return walk->error != NULL ? ROLLSTAT_ANSWER_QUIT : ROLLSTAT_ANSWER_ENTER;
	}
}

/* Rolls the same way by the radius that is now in use. ..._ENTER: *ret_is_good says how it went. */
static RollstatAnswer
check_radius(RollstatWalk *walk, Way *way, double radius_cm, gboolean *ret_is_good)
{
	RollstatMotion motion;
	GError *error = NULL;
	double turned_rad = 0;
	rollstat_talk_say(walk->talk, _("\nCheck: the same once more."));
	RollstatAnswer answer = roll_way(walk, way, &turned_rad);
	if (answer != ROLLSTAT_ANSWER_ENTER)
		return answer;
	if (!rollstat_motion_fetch(walk->status->bus, walk->sensor->path, &motion, &error)) {
		rollstat_calibrate_lose(walk, error);
		return ROLLSTAT_ANSWER_QUIT;
	}
	/* Where it could not be stored, another one is in use. */
	double told_cm = turned_rad * (walk->by_hand == NULL ? motion.radius_cm : radius_cm);
	double off = told_cm / way->length_cm - 1;
	*ret_is_good = fabs(off) <= CHECK_OFF_MOST;
	rollstat_talk_say(walk->talk, _("Told: %.1f cm, rolled: %.1f cm, %.1f %% off. %s"), told_cm,
			  way->length_cm, fabs(off) * 100,
			  *ret_is_good ? "OK."
				       : _("That is more than 2 %: measure the radius again, "
					   "or s to leave it."));
	return answer;
}

RollstatAnswer
rollstat_calibrate_radius(RollstatWalk *walk)
{
	RollstatMotion motion;
	gboolean is_good = FALSE;
	double radius_cm = NAN;
	Way way;
	if (!rollstat_calibrate_look(walk, &motion))
		return walk->error != NULL ? ROLLSTAT_ANSWER_QUIT : ROLLSTAT_ANSWER_SKIP;
	rollstat_talk_say(
		walk->talk,
		_("\nRadius: all places and lengths hang on it. Lay a tape along the floor; mark\n"
		  "where the roller touches it, and roll it by hand. In use: %.2f cm."),
		motion.radius_cm);
	RollstatAnswer answer = ask_way(walk, &way);
	while (answer == ROLLSTAT_ANSWER_ENTER && !is_good) {
		answer = take_radius(walk, &way, motion.radius_cm, &radius_cm);
		if (answer == ROLLSTAT_ANSWER_ENTER)
			answer = check_radius(walk, &way, radius_cm, &is_good);
	}
	return answer;
}
