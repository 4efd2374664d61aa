/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/packet-trouble.h"

#include <string.h>

enum {
	STREAM_TROUBLE = 11, /* of random numbers */
	CERTAIN_PCT = 100,
};

void
packet_trouble_init(PacketTrouble *trouble, guint64 seed)
{
	*trouble = (PacketTrouble){0};
	roll_sim_random_init(&trouble->random, seed, STREAM_TROUBLE);
}

static gboolean
strikes(PacketTrouble *trouble, guint pct)
{
	return pct > 0 && roll_sim_random_between(&trouble->random, 0, CERTAIN_PCT) < pct;
}

static guint
draw_below(PacketTrouble *trouble, gsize limit)
{
	return (guint)roll_sim_random_between(&trouble->random, 0, (double)limit);
}

/* Cut short, or one byte of it another one. */
static void
damage(PacketTrouble *trouble, SimValue *packet)
{
	gsize at = draw_below(trouble, packet->n_bytes);

	if (strikes(trouble, 50))
		packet->n_bytes = at;
	else
		packet->bytes[at] ^= (guint8)(1 + draw_below(trouble, G_MAXUINT8));
}

static void
put(PacketTrouble *trouble, const SimValue *packet, SimValue *ret_values, guint *n)
{
	ret_values[(*n)++] = *packet;
	if (strikes(trouble, trouble->double_pct))
		ret_values[(*n)++] = *packet;
}

guint
packet_trouble_take(PacketTrouble *trouble, gint64 now_us, const SimValue *packet,
		    SimValue *ret_values)
{
	SimValue value = *packet;
	gboolean has_held = trouble->has_held;
	guint n = 0;

	g_assert(packet->n_bytes > 0);
	if (trouble->is_mute || now_us < trouble->silent_until_us ||
	    strikes(trouble, trouble->loss_pct))
		return 0;
	if (strikes(trouble, trouble->damage_pct))
		damage(trouble, &value);
	if (!has_held && strikes(trouble, trouble->swap_pct)) {
		trouble->held = value;
		trouble->has_held = TRUE;
		return 0;
	}
	put(trouble, &value, ret_values, &n);
	if (has_held)
		put(trouble, &trouble->held, ret_values, &n);
	trouble->has_held = FALSE;
	return n;
}
