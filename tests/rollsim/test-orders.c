/* SPDX-License-Identifier: MIT
 *
 * The orders on standard input, right and wrong ones.
 */
#include "tests/rollsim/orders.h"

#include <string.h>

enum { SENSORS = 3 };

static void
test_right(void)
{
	static const struct {
		const char *line;
		Order order;
	} cases[] = {
		{"1 away", {ORDER_AWAY, 1, 0}},
		{"0 back", {ORDER_BACK, 0, 0}},
		{"2 drop", {ORDER_DROP, 2, 0x08}},
		{"2 drop 13", {ORDER_DROP, 2, 0x13}},
		{"2 drop 0x3e", {ORDER_DROP, 2, 0x3e}},
		{"3 off", {ORDER_OFF, 3, 0}},
		{"3 on", {ORDER_ON, 3, 0}},
		{"1 refuse 4", {ORDER_REFUSE, 1, 4}},
		{"1 abort 4", {ORDER_ABORT, 1, 4}},
		{"1 loss 100", {ORDER_LOSS, 1, 100}},
		{"1 damage 0", {ORDER_DAMAGE, 1, 0}},
		{"1 silence 0.25", {ORDER_SILENCE, 1, 0.25}},
		{"1 rssi -90", {ORDER_RSSI, 1, -90}},
		{"1 one on", {ORDER_ONE, 1, 1}},
		{"1 advertise off", {ORDER_ADVERTISE, 1, 0}},
		{"1 table 2", {ORDER_TABLE, 1, 2}},
		{"1 clone on", {ORDER_CLONE, 1, 1}},
		{"1 forget", {ORDER_FORGET, 1, 0}},
		{"unplug", {ORDER_UNPLUG, 0, 0}},
		{"plug", {ORDER_PLUG, 0, 0}},
		{"plug other", {ORDER_PLUG_OTHER, 0, 0}},
		{"truth", {ORDER_TRUTH, 0, 0}},
		{"quit", {ORDER_QUIT, 0, 0}},
		{"  1\t button \r", {ORDER_BUTTON, 1, 0}},
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		Order order;

		g_assert_true(order_parse(cases[i].line, SENSORS, &order, &error));
		g_assert_no_error(error);
		g_assert_cmpint(order.verb, ==, cases[i].order.verb);
		g_assert_cmpuint(order.sensor, ==, cases[i].order.sensor);
		g_assert_cmpfloat(order.number, ==, cases[i].order.number);
	}
}

/* What is wrong is said, with what would be right. */
static void
test_wrong(void)
{
	static const struct {
		const char *line, *said;
	} cases[] = {
		{"", "SENSOR VERB"},
		{"1", "SENSOR VERB"},
		{"plug another", "1 to 3"},
		{"unplug now please", "1 to 3"},
		{"1 away now at once", "SENSOR VERB"},
		{"4 away", "1 to 3"},
		{"-1 away", "1 to 3"},
		{"one away", "1 to 3"},
		{"1 walk", "away, back, drop"},
		{"1 away 5", "takes no value"},
		{"1 loss", "needs a value"},
		{"1 loss 101", "0 to 100"},
		{"1 loss nan", "0 to 100"},
		{"1 loss 0.5", "whole number"},
		{"1 loss 5x", "0 to 100"},
		{"1 silence -1", "from 0"},
		{"1 rssi 99", "-127 to 20"},
		{"1 one yes", "on or off"},
		{"1 drop 0", "1 to ff"},
		{"1 drop 100", "1 to ff"},
		{"1 drop zz", "1 to ff"},
		{"1 table 5000", "0 to 4000"},
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		Order order;

		g_assert_false(order_parse(cases[i].line, SENSORS, &order, &error));
		g_assert_nonnull(error);
		if (!strstr(error->message, cases[i].said))
			g_error("\"%s\" gives \"%s\", not \"%s\"", cases[i].line, error->message,
				cases[i].said);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/orders/right", test_right);
	g_test_add_func("/orders/wrong", test_wrong);
	return g_test_run();
}
