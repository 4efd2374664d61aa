/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/sim-bond.h"

#include "protocol/bytes.h"

#include <gio/gio.h>
#include <string.h>

enum { DIVERSIFIER_LEN = 2 };

static void
draw(guint8 *ret_bytes, gsize n_bytes)
{
	for (gsize i = 0; i < n_bytes; i++)
		ret_bytes[i] = (guint8)g_random_int_range(0, G_MAXUINT8 + 1);
}

void
sim_bond_make(SimBond *ret_bond)
{
	*ret_bond = (SimBond){
		.is_bonded = TRUE,
		/* 0 with a random of 0 means the short term key. */
		.diversifier = (guint16)g_random_int_range(1, G_MAXUINT16 + 1),
	};
	draw(ret_bond->key, sizeof ret_bond->key);
	draw(ret_bond->random, sizeof ret_bond->random);
	draw(ret_bond->identity, sizeof ret_bond->identity);
}

static char *
dup_hex(const guint8 *bytes, gsize n_bytes)
{
	GString *text = g_string_new(NULL);

	for (gsize i = 0; i < n_bytes; i++)
		g_string_append_printf(text, "%02x", bytes[i]);
	return g_string_free(text, FALSE);
}

static gboolean
read_hex(GKeyFile *file, const char *group, const char *name, guint8 *ret_bytes, gsize n_bytes,
	 GError **error)
{
	g_autofree char *text = g_key_file_get_string(file, group, name, error);

	if (!text)
		return FALSE;
	if (strlen(text) != 2 * n_bytes || strspn(text, "0123456789abcdef") != 2 * n_bytes) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
			    "%s of %s: right is %zu bytes in lower-case hex", name, group, n_bytes);
		return FALSE;
	}
	for (gsize i = 0; i < n_bytes; i++)
		ret_bytes[i] = (guint8)(g_ascii_xdigit_value(text[2 * i]) << 4 |
					g_ascii_xdigit_value(text[2 * i + 1]));
	return TRUE;
}

/* An empty one where there is no file. */
static GKeyFile *
load_file(const char *path, GError **error)
{
	g_autoptr(GKeyFile) file = g_key_file_new();

	if (g_file_test(path, G_FILE_TEST_EXISTS) &&
	    !g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, error))
		return NULL;
	return g_steal_pointer(&file);
}

gboolean
sim_bond_load(const char *path, guint number, SimBond *ret_bond, GError **error)
{
	g_autofree char *group = g_strdup_printf("sensor %u", number);
	g_autoptr(GKeyFile) file = load_file(path, error);
	SimBond bond = {.is_bonded = TRUE};
	guint8 diversifier[DIVERSIFIER_LEN];

	*ret_bond = (SimBond){0};
	if (!file)
		return FALSE;
	if (!g_key_file_has_group(file, group))
		return TRUE;
	if (!read_hex(file, group, "key", bond.key, sizeof bond.key, error) ||
	    !read_hex(file, group, "random", bond.random, sizeof bond.random, error) ||
	    !read_hex(file, group, "diversifier", diversifier, DIVERSIFIER_LEN, error) ||
	    !read_hex(file, group, "identity", bond.identity, sizeof bond.identity, error))
		return FALSE;
	bond.diversifier = roll_bytes_get_u16(diversifier);
	*ret_bond = bond;
	return TRUE;
}

static void
put_hex(GKeyFile *file, const char *group, const char *name, const guint8 *bytes, gsize n_bytes)
{
	g_autofree char *text = dup_hex(bytes, n_bytes);

	g_key_file_set_string(file, group, name, text);
}

gboolean
sim_bond_save(const char *path, guint number, const SimBond *bond, GError **error)
{
	g_autofree char *group = g_strdup_printf("sensor %u", number);
	g_autoptr(GKeyFile) file = load_file(path, error);
	guint8 diversifier[DIVERSIFIER_LEN];

	if (!file)
		return FALSE;
	roll_bytes_put_u16(diversifier, bond->diversifier);
	/* That it may not be in there is no matter. */
	g_key_file_remove_group(file, group, NULL);
	if (bond->is_bonded) {
		put_hex(file, group, "key", bond->key, sizeof bond->key);
		put_hex(file, group, "random", bond->random, sizeof bond->random);
		put_hex(file, group, "diversifier", diversifier, DIVERSIFIER_LEN);
		put_hex(file, group, "identity", bond->identity, sizeof bond->identity);
	}
	return g_key_file_save_to_file(file, path, error);
}
