/* SPDX-License-Identifier: MIT
 *
 * The planner: what holds of every plan, whatever was tight, done or there; that needs and habits steer it; and that each
 * movement comes into some plan.
 */
#include "cli/movement/plan.h"

#include <math.h>
#include <string.h>

enum {
	ZONES = 5,
	TOOLS_ALL = (1 << ROLLSTAT_TOOLS) - 1,
	RANDOM_PLANS = 3000,
};

static const guint lengths_s[] = {300, 600, 900};

/* Nothing tight, nothing rolled today. */
static void
make_zones(RollstatPlanZone *zones)
{
	for (guint n = 0; n < ZONES; n++)
		zones[n] = (RollstatPlanZone){
			.name = rollstat_region_get_key(n),
			.regions = 1u << n,
			.from_cm = n * 8.0,
			.to_cm = n * 8.0 + 8,
			.needs_care = n == 0 || n == ZONES - 1,
			.tightness = NAN,
		};
}

static RollstatPlanAsk
make_ask(const RollstatPlanZone *zones, guint seconds)
{
	return (RollstatPlanAsk){
		.seconds = seconds, .tools = TOOLS_ALL, .zones = zones, .n_zones = ZONES};
}

static const RollstatPlanStep *
find_step(const RollstatPlan *plan, const char *key)
{
	for (guint i = 0; i < plan->n_steps; i++)
		if (g_str_equal(plan->steps[i].movement->key, key))
			return &plan->steps[i];
	return NULL;
}

/* ---- What always holds ---- */

static void
check_step(const RollstatPlanAsk *ask, const RollstatPlan *plan, guint n)
{
	const RollstatPlanStep *step = &plan->steps[n];
	const RollstatMovement *movement = step->movement;
	g_assert_cmpuint(movement->tools & ~ask->tools, ==, 0);
	g_assert_cmpuint(step->seconds, >=, rollstat_movement_get_least_s(movement));
	g_assert_cmpint(step->reason == ROLLSTAT_REASON_WARM_UP, ==, n == 0);
	g_assert_true(step->zone == NULL || (step->zone->regions & movement->regions) != 0);
	g_assert_true(step->reason != ROLLSTAT_REASON_TIGHT || step->zone->is_tight);
	g_assert_true(step->reason != ROLLSTAT_REASON_TIGHT_CARE ||
		      (step->zone->is_tight && step->zone->needs_care));
	if (movement->role == ROLLSTAT_ROLE_ROLL) {
		g_assert_nonnull(step->zone);
		g_assert_false(step->zone->needs_care);
		g_assert_cmpuint(step->zone->regions & ROLLSTAT_REGION_LUMBAR, ==, 0);
		g_assert_cmpfloat(step->zone->today_s, <, 90);
		g_assert_cmpfloat(step->zone->today_s + step->seconds, <=, 120);
	}
}

static void
check_once(const RollstatPlan *plan)
{
	for (guint i = 0; i < plan->n_steps; i++)
		for (guint k = 0; k < i; k++) {
			const RollstatPlanStep *a = &plan->steps[i], *b = &plan->steps[k];
			gboolean is_same = a->movement == b->movement;
			gboolean is_roll = a->movement->role == ROLLSTAT_ROLE_ROLL;
			/* A roller may do several zones; breathing may begin and end. */
			g_assert_true(!is_same || (is_roll && a->zone != b->zone) ||
				      a->reason == ROLLSTAT_REASON_END);
		}
}

static void
check_plan(const RollstatPlanAsk *ask, const RollstatPlan *plan)
{
	guint seconds = 0;
	g_assert_cmpuint(plan->n_steps, >=, 3);
	for (guint i = 0; i < plan->n_steps; i++) {
		check_step(ask, plan, i);
		seconds += plan->steps[i].seconds + ROLLSTAT_PLAN_CHANGE_S;
	}
	g_assert_cmpuint(seconds, ==, plan->seconds);
	g_assert_cmpuint(seconds, <=, ask->seconds);
	g_assert_cmpuint(seconds + 40, >=, ask->seconds);
	check_once(plan);
}

static guint
draw(guint32 *random, guint n)
{
	*random = *random * 1664525u + 1013904223u;
	return (*random >> 8) % n;
}

static void
test_always(void)
{
	guint32 random = 1;
	for (guint i = 0; i < RANDOM_PLANS; i++) {
		RollstatPlanZone zones[ZONES];
		RollstatPlanDone done[30];
		RollstatPlan plan, again;
		make_zones(zones);
		RollstatPlanAsk ask =
			make_ask(zones, lengths_s[draw(&random, G_N_ELEMENTS(lengths_s))]);
		for (guint n = 0; n < ZONES; n++) {
			zones[n].is_tight = draw(&random, 3) == 0;
			zones[n].tightness =
				draw(&random, 2) == 0 ? NAN : draw(&random, 100) / 100.0 - 0.3;
			zones[n].today_s = draw(&random, 2) == 0 ? 0 : draw(&random, 200);
		}
		zones[3].regions |= draw(&random, 2) == 0 ? ROLLSTAT_REGION_LUMBAR : 0;
		ask.tools = draw(&random, TOOLS_ALL + 1);
		ask.done = done;
		ask.n_done = draw(&random, G_N_ELEMENTS(done));
		for (guint n = 0; n < ask.n_done; n++)
			done[n] = (RollstatPlanDone){rollstat_movements[draw(&random, 19)],
						     draw(&random, 12)};
		ask.n_zones = draw(&random, 10) == 0 ? 0 : ZONES;
		rollstat_plan_make(&ask, &plan);
		check_plan(&ask, &plan);
		rollstat_plan_make(&ask, &again);
		g_assert_cmpmem(&plan, sizeof plan, &again, sizeof again);
	}
}

/* ---- What steers it ---- */

/* The tightest zone is rolled first, and of its whole dose; one that has its dose today is not rolled again. */
static void
test_tight(void)
{
	RollstatPlanZone zones[ZONES];
	RollstatPlan plan;
	make_zones(zones);
	zones[2].is_tight = zones[3].is_tight = TRUE;
	zones[2].tightness = 0.2;
	zones[3].tightness = 0.3;
	RollstatPlanAsk ask = make_ask(zones, 300);
	rollstat_plan_make(&ask, &plan);
	g_assert_true(rollstat_plan_has_rolling(&plan));
	g_assert_cmpstr(plan.steps[1].movement->key, ==, "foam-roller");
	g_assert_true(plan.steps[1].zone == &zones[3]);
	g_assert_cmpint(plan.steps[1].reason, ==, ROLLSTAT_REASON_TIGHT);
	g_assert_cmpuint(plan.steps[1].seconds, ==, 90);
	zones[3].today_s = 95;
	rollstat_plan_make(&ask, &plan);
	g_assert_true(plan.steps[1].zone == &zones[2]);
	zones[2].today_s = 50;
	rollstat_plan_make(&ask, &plan);
	g_assert_cmpuint(plan.steps[1].seconds, ==, 40);
}

/* A tight lumbar spine or neck base is moved, and that is said; it is never rolled. */
static void
test_care(void)
{
	RollstatPlanZone zones[ZONES];
	RollstatPlan plan;
	make_zones(zones);
	zones[4].is_tight = TRUE;
	zones[4].tightness = 0.9;
	for (guint n = 1; n < 4; n++)
		zones[n].today_s = 100;
	RollstatPlanAsk ask = make_ask(zones, 600);
	rollstat_plan_make(&ask, &plan);
	g_assert_false(rollstat_plan_has_rolling(&plan));
	const RollstatPlanStep *step = find_step(&plan, "childs-pose");
	g_assert_nonnull(step);
	g_assert_true(step->zone == &zones[4]);
	g_assert_cmpint(step->reason, ==, ROLLSTAT_REASON_TIGHT_CARE);
}

static void
test_tools(void)
{
	RollstatPlanZone zones[ZONES];
	RollstatPlan plan;
	make_zones(zones);
	zones[2].is_tight = TRUE;
	RollstatPlanAsk ask = make_ask(zones, 300);
	ask.tools &= ~(guint)ROLLSTAT_TOOL_ROLLER;
	rollstat_plan_make(&ask, &plan);
	g_assert_cmpstr(plan.steps[1].movement->key, ==, "bar-lengthwise");
	ask.tools = 0;
	rollstat_plan_make(&ask, &plan);
	g_assert_false(rollstat_plan_has_rolling(&plan));
	check_plan(&ask, &plan);
}

/* What was done yesterday gives way to what was not done lately. */
static void
test_variety(void)
{
	RollstatPlanZone zones[ZONES];
	RollstatPlan first, second;
	RollstatPlanDone done[ROLLSTAT_PLAN_STEPS];
	guint n_same = 0;
	make_zones(zones);
	RollstatPlanAsk ask = make_ask(zones, 600);
	ask.tools &= ~(guint)ROLLSTAT_TOOL_BAR;
	rollstat_plan_make(&ask, &first);
	for (guint i = 0; i < first.n_steps; i++) {
		g_assert_true(first.steps[i].is_fresh);
		done[i] = (RollstatPlanDone){first.steps[i].movement, 1};
	}
	ask.done = done;
	ask.n_done = first.n_steps;
	rollstat_plan_make(&ask, &second);
	g_assert_true(first.steps[0].movement != second.steps[0].movement);
	for (guint i = 0; i < second.n_steps; i++) {
		const RollstatMovement *movement = second.steps[i].movement;
		gboolean is_same = find_step(&first, movement->key) != NULL;
		g_assert_cmpint(second.steps[i].is_fresh, ==, !is_same);
		n_same += is_same && movement->role != ROLLSTAT_ROLE_ROLL;
	}
	g_assert_cmpuint(n_same, ==, 0);
}

/* Days of plans that are all followed, with the same zone tight all the time: in two weeks each movement had its turn. */
static void
test_each(void)
{
	enum { DAYS = 14 };
	RollstatPlanZone zones[ZONES];
	RollstatPlan plan;
	g_autoptr(GArray) done = g_array_new(FALSE, FALSE, sizeof(RollstatPlanDone));
	make_zones(zones);
	zones[2].is_tight = TRUE;
	zones[2].tightness = 0.4;
	for (guint day = 0; day < DAYS; day++) {
		RollstatPlanAsk ask = make_ask(zones, 900);
		for (guint i = 0; i < done->len; i++)
			g_array_index(done, RollstatPlanDone, i).days_ago++;
		ask.done = (const RollstatPlanDone *)done->data;
		ask.n_done = done->len;
		rollstat_plan_make(&ask, &plan);
		check_plan(&ask, &plan);
		for (guint i = 0; i < plan.n_steps; i++) {
			RollstatPlanDone one = {plan.steps[i].movement, 0};
			g_array_append_val(done, one);
		}
	}
	for (guint n = 0; rollstat_movements[n] != NULL; n++) {
		guint times = 0;
		for (guint i = 0; i < done->len; i++)
			times += g_array_index(done, RollstatPlanDone, i).movement ==
				 rollstat_movements[n];
		g_test_message("%s: %u", rollstat_movements[n]->key, times);
		g_assert_cmpuint(times, >, 0);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/plan/always", test_always);
	g_test_add_func("/plan/tight", test_tight);
	g_test_add_func("/plan/care", test_care);
	g_test_add_func("/plan/tools", test_tools);
	g_test_add_func("/plan/variety", test_variety);
	g_test_add_func("/plan/each", test_each);
	return g_test_run();
}
