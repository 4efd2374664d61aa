/* SPDX-License-Identifier: MIT
 *
 * Open addressing with linear probing; 0 marks an empty slot. The hash is FNV-1a, 64 bits
 * (Fowler, Noll, Vo; draft-eastlake-fnv), mixed once more since the lowest bits choose the slot.
 */
#include "daemon/tracker/value-set.h"

enum { FIRST_SLOTS = 1024 };

struct RollValueSet {
	guint64 *slots;
	gsize n_slots; /* a power of 2 */
	gsize n_used;  /* at most half of them */
};

static guint64
hash_bytes(guint64 hash, const guint8 *bytes, gsize n_bytes)
{
	for (gsize i = 0; i < n_bytes; i++)
		hash = (hash ^ bytes[i]) * G_GUINT64_CONSTANT(0x100000001b3);
	return hash;
}

static guint64
hash_value(const RollKept *kept)
{
	guint64 hash = G_GUINT64_CONSTANT(0xcbf29ce484222325);

	hash = hash_bytes(hash, (const guint8 *)&kept->arrival_us, sizeof kept->arrival_us);
	hash = hash_bytes(hash, (const guint8 *)&kept->characteristic->id,
			  sizeof kept->characteristic->id);
	hash = hash_bytes(hash, kept->bytes, kept->n_bytes);
	hash ^= hash >> 32;
	return hash == 0 ? 1 : hash;
}

/* The slot of hash, or the empty one where it would stand. */
static gsize
find_slot(const RollValueSet *set, guint64 hash)
{
	gsize slot = hash & (set->n_slots - 1);

	while (set->slots[slot] != 0 && set->slots[slot] != hash)
		slot = (slot + 1) & (set->n_slots - 1);
	return slot;
}

RollValueSet *
roll_value_set_new(void)
{
	RollValueSet *set = g_new0(RollValueSet, 1);

	set->n_slots = FIRST_SLOTS;
	set->slots = g_new0(guint64, set->n_slots);
	return set;
}

void
roll_value_set_free(RollValueSet *set)
{
	if (!set)
		return;
	g_free(set->slots);
	g_free(set);
}

static void
grow(RollValueSet *set)
{
	g_autofree guint64 *old = set->slots;
	gsize n_old = set->n_slots;

	set->n_slots *= 2;
	set->slots = g_new0(guint64, set->n_slots);
	for (gsize i = 0; i < n_old; i++) {
		if (old[i] != 0)
			set->slots[find_slot(set, old[i])] = old[i];
	}
}

void
roll_value_set_add(RollValueSet *set, const RollKept *kept)
{
	guint64 hash = hash_value(kept);
	gsize slot = find_slot(set, hash);

	if (set->slots[slot] != 0)
		return;
	set->slots[slot] = hash;
	set->n_used++;
	if (set->n_used * 2 > set->n_slots)
		grow(set);
}

gboolean
roll_value_set_has(const RollValueSet *set, const RollKept *kept)
{
	return set->slots[find_slot(set, hash_value(kept))] != 0;
}
