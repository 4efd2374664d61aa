/* SPDX-License-Identifier: MIT */
#include "daemon/tracker/value-log.h"
#include "daemon/tracker/value-set.h"

#include <string.h>

static const RollCharacteristic characteristic = {.id = 1};

static void
append(RollValueLog *log, gpointer owner, gint64 arrival_us)
{
	const char *text = "bytes of a value";
	const RollLogged value = {
		.owner = owner,
		.n = arrival_us * 2,
		.kept = {&characteristic, arrival_us, (gsize)arrival_us % 10, (const guint8 *)text},
	};

	roll_value_log_append(log, &value);
}

/* The arrivals in it, in order; each value whole. */
static char *
list(const RollValueLog *log)
{
	g_autoptr(GString) text = g_string_new(NULL);
	gsize position = 0;
	RollLogged value;

	while (roll_value_log_next(log, &position, &value)) {
		gint64 arrival_us = value.kept.arrival_us;

		g_assert_cmpint(value.n, ==, arrival_us * 2);
		g_assert_cmpuint(value.kept.n_bytes, ==, (gsize)arrival_us % 10);
		g_assert_true(memcmp(value.kept.bytes, "bytes of a value", value.kept.n_bytes) ==
			      0);
		g_string_append_printf(text, "%" G_GINT64_FORMAT " ", arrival_us);
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}

static void
test_order(void)
{
	RollValueLog log;
	int one = 0, two = 0;

	roll_value_log_init(&log);
	g_assert_cmpuint(roll_value_log_get_size(&log), ==, 0);
	for (gint64 i = 1; i <= 6; i++)
		append(&log, i % 2 ? &one : &two, i);

	g_autofree char *all = list(&log);

	roll_value_log_drop_until(&log, 3);

	g_autofree char *later = list(&log);

	roll_value_log_drop_owner(&log, &one);

	g_autofree char *others = list(&log);

	append(&log, &one, 7);
	roll_value_log_drop_until(&log, 100);

	g_autofree char *none = list(&log);

	g_assert_cmpstr(all, ==, "1 2 3 4 5 6 ");
	g_assert_cmpstr(later, ==, "3 4 5 6 ");
	g_assert_cmpstr(others, ==, "4 6 ");
	g_assert_cmpstr(none, ==, "");
	g_assert_cmpuint(roll_value_log_get_size(&log), ==, 0);
	roll_value_log_clear(&log);
}

/* A window that moves on for hours needs the room of a window. */
static void
test_window(void)
{
	RollValueLog log;
	RollLogged value;
	gsize position = 0;

	roll_value_log_init(&log);
	for (gint64 i = 1; i <= 1000000; i++) {
		roll_value_log_drop_until(&log, i - 1000);
		append(&log, NULL, i);
		g_assert_cmpuint(log.bytes->len, <, 512 * 1024);
	}
	g_assert_true(roll_value_log_next(&log, &position, &value));
	g_assert_cmpint(value.kept.arrival_us, ==, 1000000 - 1000);
	roll_value_log_clear(&log);
}

static void
test_set(void)
{
	RollValueSet *set = roll_value_set_new();
	const RollCharacteristic other = {.id = 2};
	guint8 bytes[4] = {0};
	RollKept kept = {&characteristic, 0, sizeof bytes, bytes};

	for (gint64 i = 0; i < 100000; i++) {
		kept.arrival_us = i;
		g_assert_false(roll_value_set_has(set, &kept));
		roll_value_set_add(set, &kept);
		roll_value_set_add(set, &kept);
	}
	for (gint64 i = 0; i < 100000; i++) {
		kept.arrival_us = i;
		g_assert_true(roll_value_set_has(set, &kept));
	}
	bytes[3] = 1;
	g_assert_false(roll_value_set_has(set, &kept));
	bytes[3] = 0;
	kept.n_bytes = 3;
	g_assert_false(roll_value_set_has(set, &kept));
	kept.n_bytes = 4;
	kept.characteristic = &other;
	g_assert_false(roll_value_set_has(set, &kept));
	roll_value_set_free(set);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/value-log/order", test_order);
	g_test_add_func("/value-log/window", test_window);
	g_test_add_func("/value-set", test_set);
	return g_test_run();
}
