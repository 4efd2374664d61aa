/* SPDX-License-Identifier: MIT
 *
 * The library of movements: its form, how one is found, and that each one that was promised answers to guide and log.
 */
#include "cli/movement/movement.h"
#include "cli/usage.h"
#include "tests/cli/answer.h"

#include <json-c/json.h>
#include <string.h>

#define NOW_US (answer_get_t_us(2026, 3, 14, 20, 0))

G_DEFINE_AUTOPTR_CLEANUP_FUNC(json_object, json_object_put)

/* As people write them. */
static const char *const promised[] = {
	"chair twist",
	"wall stretch",
	"towel twist",
	"foam roller",
	"standing backbend",
	"standing chest",
	"doorway",
	"arm across the chest",
	"cat-cow",
	"child's pose",
	"bar lengthwise",
	"bar with pushes of the feet",
	"bar with twists",
	"heat",
	"massage",
	"breathing",
	"shoulder-blade squeeze",
	"chin tuck",
	"arm walkout",
};

/* A sentence, or several: from a capital to a full stop. */
static void
check_sentence(const char *text)
{
	g_assert_nonnull(text);
	g_assert_true(g_ascii_isupper(text[0]));
	g_assert_true(g_str_has_suffix(text, "."));
	g_assert_null(strchr(text, '\n'));
	g_assert_null(strstr(text, "  "));
	g_assert_true(g_str_is_ascii(text));
}

static void
check_dose(const RollstatMovement *movement)
{
	const RollstatMovementDose *dose = &movement->dose;
	guint dose_s = rollstat_movement_get_dose_s(movement);
	guint least_s = rollstat_movement_get_least_s(movement);
	g_assert_cmpuint(least_s, >=, 20);
	g_assert_cmpuint(dose_s, >=, least_s);
	g_assert_cmpuint(dose_s, <=, dose->least_s >= 300 ? 1200 : 120);
	g_assert_cmpuint(rollstat_movement_fit_s(movement, dose_s), ==, dose_s);
	g_assert_cmpuint(rollstat_movement_fit_s(movement, 9999), ==, dose_s);
	g_assert_cmpuint(rollstat_movement_fit_s(movement, least_s - 1), ==, 0);
	/* 10 to 30 s, 2 to 4 times: Garber 2011. */
	if (dose->kind == ROLLSTAT_DOSE_HOLD)
		g_assert_true(dose->seconds >= 10 && dose->seconds <= 30 && dose->times >= 2 &&
			      dose->times <= 4 && (dose->sides == 1 || dose->sides == 2));
	g_autofree char *words = rollstat_movement_dup_dose(movement, dose_s);
	g_assert_true(g_str_has_suffix(words, "."));
}

static void
check_movement(const RollstatMovement *movement)
{
	guint n_steps = 0;
	g_test_message("%s", movement->key);
	for (const char *letter = movement->key; *letter != '\0'; letter++)
		g_assert_true(g_ascii_islower(*letter) || *letter == '-');
	g_assert_true(rollstat_movement_find(movement->key) == movement);
	g_assert_true(g_ascii_isupper(movement->name[0]));
	g_assert_cmpuint(strlen(movement->purpose), <, 64);
	g_assert_false(g_str_has_suffix(movement->purpose, "."));
	for (; movement->steps[n_steps] != NULL; n_steps++)
		check_sentence(movement->steps[n_steps]);
	g_assert_cmpuint(n_steps, >=, 3);
	check_sentence(movement->caution);
	g_assert_true(movement->source == NULL || strlen(movement->source) > 10);
	g_assert_cmpuint(movement->regions, !=, 0);
	check_dose(movement);
}

/* What is rolled is the upper back alone, with a sensor, and says where it may not be done. */
static void
check_rolling(const RollstatMovement *movement)
{
	guint care = ROLLSTAT_REGION_LUMBAR | ROLLSTAT_REGION_NECK_BASE;
	guint sensed = ROLLSTAT_TOOL_ROLLER | ROLLSTAT_TOOL_BAR;
	gboolean is_rolling = movement->role == ROLLSTAT_ROLE_ROLL;
	g_assert_cmpint(movement->is_sensed, ==, is_rolling);
	g_assert_cmpint((movement->tools & sensed) != 0, ==, is_rolling);
	g_assert_true(!is_rolling || (movement->regions & care) == 0);
	g_assert_true(!is_rolling || strstr(movement->caution, "wounds or fractures") != NULL);
}

static void
test_form(void)
{
	guint n = 0, covered = 0;
	for (; rollstat_movements[n] != NULL; n++) {
		check_movement(rollstat_movements[n]);
		check_rolling(rollstat_movements[n]);
		covered |= rollstat_movements[n]->regions;
		g_assert_true(n == 0 ||
			      rollstat_movements[n]->group >= rollstat_movements[n - 1]->group);
	}
	g_assert_cmpuint(n, ==, G_N_ELEMENTS(promised));
	g_assert_cmpuint(covered, ==, (1u << ROLLSTAT_REGIONS) - 1);
}

/* ---- How one is found ---- */

static void
check_found(const char *text, const char *key)
{
	g_autoptr(GError) error = NULL;
	const RollstatMovement *movement = rollstat_movement_require(text, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(movement->key, ==, key);
}

static void
check_not_found(const char *text, const char *message)
{
	g_autoptr(GError) error = NULL;
	g_assert_null(rollstat_movement_require(text, &error));
	g_assert_error(error, ROLLSTAT_USAGE_ERROR, ROLLSTAT_USAGE_ERROR_WRONG);
	if (strstr(error->message, message) == NULL)
		g_error("\"%s\" is not in: %s", message, error->message);
}

static void
test_find(void)
{
	check_found("chair-twist", "chair-twist");
	check_found("Chair Twist", "chair-twist");
	check_found("  chair  twist ", "chair-twist");
	check_found("chair", "chair-twist");
	check_found("roller", "foam-roller");
	check_found("pushes", "bar-pushes");
	check_found("childs pose", "childs-pose");
	check_found("CHILD\xe2\x80\x99S POSE", "childs-pose");
	check_found("arm walkout", "arm-walkout");
	check_found("cat_cow", "cat-cow");
	check_not_found("bar", "several movements: bar-lengthwise, bar-pushes, bar-twists");
	check_not_found("standing", "standing-backbend, standing-chest");
	check_not_found("chin tcuk", "did you mean \"chin-tuck\"?");
	check_not_found("catcow", "did you mean \"cat-cow\"?");
	check_not_found("headstand", "rollstat guide lists them");
	check_not_found("", "there is no movement");
	check_not_found("-- '", "there is no movement");
	check_not_found("\xff\xfe", "there is no movement");
}

static void
test_tools(void)
{
	g_autoptr(GError) error = NULL;
	guint tools = 0;
	g_assert_true(rollstat_tools_parse("roller, BAR,roller", &tools, NULL));
	g_assert_cmpuint(tools, ==, ROLLSTAT_TOOL_ROLLER | ROLLSTAT_TOOL_BAR);
	g_assert_false(rollstat_tools_parse("roller,hammer", &tools, &error));
	g_assert_nonnull(strstr(error->message, "no tool \"hammer\"; tools are chair, towel, "));
	g_assert_false(rollstat_tools_parse("roller,", &tools, NULL));
	g_assert_true(rollstat_tools_parse("", &tools, NULL));
	g_assert_cmpuint(tools, ==, 0);
}

/* ---- guide and log ---- */

static const RollstatMovement *
guide(const AnswerFixture *fixture, const char *name)
{
	g_autofree char *words = g_strdup_printf("--json guide %s", name);
	g_auto(Answer) answer = answer_ask(fixture, NOW_US, words);
	json_object *key = NULL;
	g_assert_cmpstr(answer.err, ==, "");
	g_assert_cmpint(answer.status, ==, ROLLSTAT_EXIT_DONE);
	g_autoptr(json_object) told = json_tokener_parse(answer.out);
	g_assert_true(json_object_object_get_ex(told, "movement", &key));
	return rollstat_movement_find(json_object_get_string(key));
}

/* Each that was promised is another one, and there is no other. */
static void
test_promised(void)
{
	g_auto(AnswerFixture) fixture = {0};
	g_autoptr(GHashTable) seen = g_hash_table_new(g_direct_hash, g_direct_equal);
	answer_fixture_init(&fixture);
	for (gsize i = 0; i < G_N_ELEMENTS(promised); i++) {
		const RollstatMovement *movement = guide(&fixture, promised[i]);
		g_assert_nonnull(movement);
		g_assert_true(g_hash_table_add(seen, (gpointer)movement));
		g_autofree char *log = g_strdup_printf("log %s", promised[i]);
		g_auto(Answer) logged = answer_ask(&fixture, NOW_US, log);
		g_assert_cmpint(logged.status, ==, ROLLSTAT_EXIT_DONE);
		g_assert_nonnull(strstr(logged.out, movement->name));
	}
	g_auto(Answer) today = answer_ask(&fixture, NOW_US, "today");
	g_autofree char *line = g_strdelimit(g_strdup(today.out), "\n", ' ');
	g_auto(GStrv) words = g_regex_split_simple(" +", line, 0, 0);
	g_autofree char *flat = g_strjoinv(" ", words);
	for (guint i = 0; rollstat_movements[i] != NULL; i++)
		g_assert_nonnull(strstr(flat, rollstat_movements[i]->name));
}

/* ---- plan ---- */

/* Asks for a plan at that moment, and does what it says. */
static void
do_plan(const AnswerFixture *fixture, gint64 now_us, GHashTable *seen)
{
	g_auto(Answer) answer = answer_ask(fixture, now_us, "plan --minutes 15 --with bar --json");
	json_object *steps = NULL, *key = NULL;
	g_assert_cmpstr(answer.err, ==, "");
	g_autoptr(json_object) told = json_tokener_parse(answer.out);
	g_assert_true(json_object_object_get_ex(told, "steps", &steps));
	for (size_t i = 0; i < json_object_array_length(steps); i++) {
		json_object *step = json_object_array_get_idx(steps, i);
		g_assert_true(json_object_object_get_ex(step, "movement", &key));
		const char *movement = json_object_get_string(key);
		g_autofree char *sql = g_strdup_printf(
			"INSERT INTO exercise VALUES (NULL, 'me', '%s', %" G_GINT64_FORMAT ", 60)",
			movement, now_us);
		g_assert_cmpint(sqlite3_exec(fixture->db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
		g_hash_table_add(seen, (gpointer)rollstat_movement_find(movement));
	}
}

/* Who does a plan a day for two weeks has done each movement that was promised. */
static void
test_planned(void)
{
	enum { DAYS = 14 };
	g_auto(AnswerFixture) fixture = {0};
	MadeSession made = made_session_usual;
	g_autoptr(GHashTable) seen = g_hash_table_new(g_direct_hash, g_direct_equal);
	answer_fixture_init(&fixture);
	made.stiffness = 0.4;
	made.rolling_s = 300;
	for (int day = 0; day < DAYS; day++) {
		made.start_us = answer_get_t_us(2026, 3, 1 + day, 7, 0);
		made_session_add(fixture.db, &made);
		made.rolling_s = 40;
		do_plan(&fixture, answer_get_t_us(2026, 3, 1 + day, 20, 0), seen);
	}
	for (gsize i = 0; i < G_N_ELEMENTS(promised); i++) {
		const RollstatMovement *movement = guide(&fixture, promised[i]);
		g_test_message("%s", movement->key);
		g_assert_true(g_hash_table_contains(seen, movement));
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/movements/form", test_form);
	g_test_add_func("/movements/find", test_find);
	g_test_add_func("/movements/tools", test_tools);
	g_test_add_func("/movements/promised", test_promised);
	g_test_add_func("/movements/planned", test_planned);
	return g_test_run();
}
