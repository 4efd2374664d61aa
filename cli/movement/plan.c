/* SPDX-License-Identifier: MIT */
#include "cli/movement/plan.h"

#include "cli/history/dose.h"

#include <math.h>

enum {
	ROLL_EVERY_S = 300,
	ROLL_LEAST_S = 30,
	WARM_UP_SHARE = 3, /* of the time, at most */
	END_MOST_S = 120,
};

/* What a tight zone counts, beside its tightness; what one counts that was not rolled today. */
#define NEED_TIGHT 2.0
#define NEED_LACKING 0.5
#define WORTH_OF_GROUP 1.5

/* A plan that is being made. */
typedef struct {
	const RollstatPlanAsk *ask;
	RollstatPlan *plan;
} Maker;

static gboolean
has_tools(const Maker *maker, const RollstatMovement *movement)
{
	return (movement->tools & ~maker->ask->tools) == 0;
}

static guint
get_left_s(const Maker *maker)
{
	guint used_s = maker->plan->seconds + ROLLSTAT_PLAN_CHANGE_S;
	return maker->ask->seconds > used_s ? maker->ask->seconds - used_s : 0;
}

static guint
count_in_plan(const Maker *maker, const RollstatMovement *movement)
{
	guint n = 0;
	for (guint i = 0; i < maker->plan->n_steps; i++)
		n += maker->plan->steps[i].movement == movement;
	return n;
}

/* What was done of it lately, the more the less long ago. */
static double
get_staleness(const Maker *maker, const RollstatMovement *movement)
{
	double sum = 0;
	for (guint i = 0; i < maker->ask->n_done; i++) {
		const RollstatPlanDone *done = &maker->ask->done[i];
		if (done->movement == movement && done->days_ago < ROLLSTAT_PLAN_DAYS)
			sum += (ROLLSTAT_PLAN_DAYS - done->days_ago) / 2.0;
	}
	return sum;
}

static void
add_step(Maker *maker, const RollstatPlanStep *step)
{
	RollstatPlan *plan = maker->plan;
	plan->steps[plan->n_steps] = *step;
	plan->steps[plan->n_steps].is_fresh = get_staleness(maker, step->movement) == 0;
	plan->n_steps++;
	plan->seconds += step->seconds + ROLLSTAT_PLAN_CHANGE_S;
}

/* Whole seconds that a zone lacks of its dose today; 0 where it is not to be rolled. A person's own zone may reach from
 * the ribs into the lumbar spine. */
static guint
get_lacking_s(const RollstatPlanZone *zone)
{
	gboolean is_rolled = !zone->needs_care && (zone->regions & ROLLSTAT_REGION_LUMBAR) == 0;
	return is_rolled ? rollstat_dose_get_missing_s(zone->today_s) : 0;
}

static double
get_need(const RollstatPlanZone *zone)
{
	double tight = zone->is_tight ? NEED_TIGHT : 0;
	if (zone->is_tight && isfinite(zone->tightness))
		tight += MAX(zone->tightness, 0);
	return tight + NEED_LACKING * get_lacking_s(zone) / ROLLSTAT_DOSE_LEAST_S;
}

/* ---- The warm-up ---- */

static void
add_warm_up(Maker *maker)
{
	const RollstatMovement *best = NULL;
	guint most_s = maker->ask->seconds / WARM_UP_SHARE;
	for (guint i = 0; rollstat_movements[i] != NULL; i++) {
		const RollstatMovement *movement = rollstat_movements[i];
		if (movement->role != ROLLSTAT_ROLE_WARM_UP || !has_tools(maker, movement) ||
		    rollstat_movement_get_least_s(movement) > most_s)
			continue;
		if (best == NULL || get_staleness(maker, movement) < get_staleness(maker, best))
			best = movement;
	}
	if (best == NULL)
		return;
	/* What may last long gets the least of it here. */
	guint dose_s = rollstat_movement_get_dose_s(best);
	guint seconds = dose_s <= most_s ? dose_s : rollstat_movement_get_least_s(best);
	if (seconds <= get_left_s(maker))
		add_step(maker, &(RollstatPlanStep){.movement = best,
						    .seconds = seconds,
						    .reason = ROLLSTAT_REASON_WARM_UP});
}

/* ---- The roller and the bar ---- */

static gboolean
is_rolled_in_plan(const Maker *maker, const RollstatPlanZone *zone)
{
	for (guint i = 0; i < maker->plan->n_steps; i++)
		if (maker->plan->steps[i].zone == zone)
			return TRUE;
	return FALSE;
}

/* The neediest zone that may be rolled and is not yet; NULL: there is none. */
static const RollstatPlanZone *
find_zone_to_roll(const Maker *maker)
{
	const RollstatPlanZone *best = NULL;
	for (guint i = 0; i < maker->ask->n_zones; i++) {
		const RollstatPlanZone *zone = &maker->ask->zones[i];
		if (get_lacking_s(zone) == 0 || is_rolled_in_plan(maker, zone))
			continue;
		if (best == NULL || get_need(zone) > get_need(best))
			best = zone;
	}
	return best;
}

/* By what: the one done least lately; NULL: nothing for it is there. */
static const RollstatMovement *
find_roller(const Maker *maker, const RollstatPlanZone *zone)
{
	const RollstatMovement *best = NULL;
	double least = INFINITY;
	for (guint i = 0; rollstat_movements[i] != NULL; i++) {
		const RollstatMovement *movement = rollstat_movements[i];
		double staleness = get_staleness(maker, movement) +
				   (double)count_in_plan(maker, movement) * ROLLSTAT_PLAN_DAYS;
		if (movement->role != ROLLSTAT_ROLE_ROLL || !has_tools(maker, movement) ||
		    (movement->regions & zone->regions) == 0 || !(staleness < least))
			continue;
		best = movement;
		least = staleness;
	}
	return best;
}

static gboolean
add_rolling(Maker *maker)
{
	const RollstatPlanZone *zone = find_zone_to_roll(maker);
	const RollstatMovement *movement = zone != NULL ? find_roller(maker, zone) : NULL;
	if (movement == NULL || maker->plan->n_steps == ROLLSTAT_PLAN_STEPS)
		return FALSE;
	guint seconds = MAX(get_lacking_s(zone), ROLL_LEAST_S);
	seconds = MIN(seconds, rollstat_movement_get_dose_s(movement));
	if (seconds > get_left_s(maker))
		return FALSE;
	add_step(maker, &(RollstatPlanStep){.movement = movement,
					    .zone = zone,
					    .seconds = seconds,
					    .reason = zone->is_tight ? ROLLSTAT_REASON_TIGHT
								     : ROLLSTAT_REASON_LACKS});
	return TRUE;
}

/* ---- The rest ---- */

static double
get_worth(const Maker *maker, const RollstatMovement *movement)
{
	double need = 0;
	guint n_regions = 0;
	for (guint n = 0; n < ROLLSTAT_REGIONS; n++)
		n_regions += (movement->regions & (1u << n)) != 0;
	for (guint i = 0; i < maker->ask->n_zones; i++)
		if (maker->ask->zones[i].regions & movement->regions)
			need += get_need(&maker->ask->zones[i]);
	double worth = need / n_regions - get_staleness(maker, movement);
	for (guint i = 0; i < maker->plan->n_steps; i++)
		if (maker->plan->steps[i].movement->group == movement->group)
			worth -= WORTH_OF_GROUP;
	return worth;
}

/* Whether it may fill: heat lasts too long and is for the beginning; rolling has its own steps. */
static gboolean
is_filling(const Maker *maker, const RollstatMovement *movement)
{
	return movement->role != ROLLSTAT_ROLE_ROLL && movement->dose.kind != ROLLSTAT_DOSE_WHILE &&
	       has_tools(maker, movement) && count_in_plan(maker, movement) == 0;
}

/* For the neediest of the zones that it serves. */
static void
give_reason(const Maker *maker, RollstatPlanStep *step)
{
	step->reason = ROLLSTAT_REASON_WHOLE;
	for (guint i = 0; i < maker->ask->n_zones; i++) {
		const RollstatPlanZone *zone = &maker->ask->zones[i];
		if ((zone->regions & step->movement->regions) == 0 || get_need(zone) <= 0 ||
		    (step->zone != NULL && get_need(zone) <= get_need(step->zone)))
			continue;
		step->zone = zone;
		step->reason = ROLLSTAT_REASON_LACKS;
		if (zone->is_tight)
			step->reason = zone->needs_care ? ROLLSTAT_REASON_TIGHT_CARE
							: ROLLSTAT_REASON_TIGHT;
	}
}

static gboolean
add_movement(Maker *maker)
{
	RollstatPlanStep step = {0};
	guint left_s = get_left_s(maker);
	for (guint i = 0; rollstat_movements[i] != NULL; i++) {
		const RollstatMovement *movement = rollstat_movements[i];
		if (!is_filling(maker, movement) || rollstat_movement_fit_s(movement, left_s) == 0)
			continue;
		if (step.movement == NULL ||
		    get_worth(maker, movement) > get_worth(maker, step.movement))
			step.movement = movement;
	}
	if (step.movement == NULL || maker->plan->n_steps == ROLLSTAT_PLAN_STEPS)
		return FALSE;
	step.seconds = rollstat_movement_fit_s(step.movement, left_s);
	give_reason(maker, &step);
	add_step(maker, &step);
	return TRUE;
}

static void
add_end(Maker *maker)
{
	const RollstatMovement *breathing = rollstat_movement_find("breathing");
	guint seconds = MIN(get_left_s(maker), END_MOST_S);
	if (breathing == NULL || seconds < rollstat_movement_get_least_s(breathing) ||
	    maker->plan->n_steps == ROLLSTAT_PLAN_STEPS)
		return;
	add_step(maker, &(RollstatPlanStep){.movement = breathing,
					    .seconds = seconds,
					    .reason = ROLLSTAT_REASON_END});
}

void
rollstat_plan_make(const RollstatPlanAsk *ask, RollstatPlan *ret_plan)
{
	Maker maker = {.ask = ask, .plan = ret_plan};
	*ret_plan = (RollstatPlan){0};
	add_warm_up(&maker);
	for (guint i = 0; i < ask->seconds / ROLL_EVERY_S && add_rolling(&maker);)
		i++;
	while (add_movement(&maker))
		;
	add_end(&maker);
}

gboolean
rollstat_plan_has_rolling(const RollstatPlan *plan)
{
	for (guint i = 0; i < plan->n_steps; i++)
		if (plan->steps[i].movement->role == ROLLSTAT_ROLE_ROLL)
			return TRUE;
	return FALSE;
}
