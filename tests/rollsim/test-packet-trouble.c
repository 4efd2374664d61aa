/* SPDX-License-Identifier: MIT
 *
 * Packets lost, doubled, swapped and damaged: how many, and in which order.
 */
#include "tests/rollsim/packet-trouble.h"

#include <string.h>

enum {
	PACKETS = 2000,
	LENGTH = 20,
};

typedef struct {
	PacketTrouble trouble;
	GArray *sent; /* of SimValue */
} Rig;

static Rig
set_up(void)
{
	Rig rig = {.sent = g_array_new(FALSE, FALSE, sizeof(SimValue))};

	packet_trouble_init(&rig.trouble, 5);
	return rig;
}

/* Puts PACKETS through, each with its number in its first two bytes. */
static void
run(Rig *rig)
{
	for (guint i = 0; i < PACKETS; i++) {
		SimValue packet = {.n_bytes = LENGTH, .bytes = {(guint8)i, (guint8)(i >> 8)}};
		SimValue out[PACKET_TROUBLE_MOST];
		guint n = packet_trouble_take(&rig->trouble, i, &packet, out);

		g_assert_cmpuint(n, <=, PACKET_TROUBLE_MOST);
		g_array_append_vals(rig->sent, out, n);
	}
}

static guint
get_number(const Rig *rig, guint i)
{
	const SimValue *value = &g_array_index(rig->sent, SimValue, i);

	return value->bytes[0] | (guint)value->bytes[1] << 8;
}

static void
test_none(void)
{
	Rig rig = set_up();

	run(&rig);
	g_assert_cmpuint(rig.sent->len, ==, PACKETS);
	for (guint i = 0; i < PACKETS; i++) {
		g_assert_cmpuint(get_number(&rig, i), ==, i);
		g_assert_cmpuint(g_array_index(rig.sent, SimValue, i).n_bytes, ==, LENGTH);
	}
	g_array_unref(rig.sent);
}

static void
test_loss(void)
{
	Rig rig = set_up();

	rig.trouble.loss_pct = 10;
	run(&rig);
	g_assert_cmpuint(rig.sent->len, >, PACKETS * 87 / 100);
	g_assert_cmpuint(rig.sent->len, <, PACKETS * 93 / 100);
	rig.trouble.loss_pct = 100;
	g_array_set_size(rig.sent, 0);
	run(&rig);
	g_assert_cmpuint(rig.sent->len, ==, 0);
	g_array_unref(rig.sent);
}

static void
test_double(void)
{
	Rig rig = set_up();

	rig.trouble.double_pct = 100;
	run(&rig);
	g_assert_cmpuint(rig.sent->len, ==, 2 * PACKETS);
	for (guint i = 0; i < 2 * PACKETS; i++)
		g_assert_cmpuint(get_number(&rig, i), ==, i / 2);
	g_array_unref(rig.sent);
}

/* All of them: pairs change places. */
static void
test_swap(void)
{
	Rig rig = set_up();

	rig.trouble.swap_pct = 100;
	run(&rig);
	g_assert_cmpuint(rig.sent->len, ==, PACKETS);
	for (guint i = 0; i < PACKETS; i++)
		g_assert_cmpuint(get_number(&rig, i), ==, i ^ 1);
	g_array_unref(rig.sent);
}

static void
test_damage(void)
{
	Rig rig = set_up();
	guint n_cut = 0, n_changed = 0;

	rig.trouble.damage_pct = 100;
	run(&rig);
	g_assert_cmpuint(rig.sent->len, ==, PACKETS);
	for (guint i = 0; i < PACKETS; i++) {
		const SimValue *value = &g_array_index(rig.sent, SimValue, i);
		const guint8 whole[LENGTH] = {(guint8)i, (guint8)(i >> 8)};

		n_cut += value->n_bytes < LENGTH;
		n_changed += value->n_bytes == LENGTH && memcmp(value->bytes, whole, LENGTH) != 0;
	}
	/* Each in one of the two ways. */
	g_assert_cmpuint(n_cut + n_changed, ==, PACKETS);
	g_assert_cmpuint(n_cut, >, PACKETS / 3);
	g_assert_cmpuint(n_changed, >, PACKETS / 3);
	g_array_unref(rig.sent);
}

static void
test_silence(void)
{
	Rig rig = set_up();

	rig.trouble.silent_until_us = 500;
	run(&rig);
	g_assert_cmpuint(rig.sent->len, ==, PACKETS - 500);
	g_assert_cmpuint(get_number(&rig, 0), ==, 500);
	rig.trouble.is_mute = TRUE;
	g_array_set_size(rig.sent, 0);
	run(&rig);
	g_assert_cmpuint(rig.sent->len, ==, 0);
	g_array_unref(rig.sent);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/packet-trouble/none", test_none);
	g_test_add_func("/packet-trouble/loss", test_loss);
	g_test_add_func("/packet-trouble/double", test_double);
	g_test_add_func("/packet-trouble/swap", test_swap);
	g_test_add_func("/packet-trouble/damage", test_damage);
	g_test_add_func("/packet-trouble/silence", test_silence);
	return g_test_run();
}
