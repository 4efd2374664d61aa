/* SPDX-License-Identifier: MIT
 *
 * The simulated sensor as objects for bluetoothd.
 */
#include "protocol/sensor/codec-roller.h"
#include "tests/rollsim/peripheral-tree.h"

#include <string.h>

static GPtrArray *
make_tree(gboolean is_guarded)
{
	GattTable table;

	gatt_table_build(&table, 0, is_guarded);
	return peripheral_tree_new(&table);
}

static void
assert_property(const PeripheralObject *object, const char *name, const char *right)
{
	g_autoptr(GVariant) value = g_variant_lookup_value(object->properties, name, NULL);
	g_autofree char *text = value ? g_variant_print(value, FALSE) : NULL;

	g_assert_cmpstr(text, ==, right);
}

static void
test_objects(void)
{
	g_autoptr(GPtrArray) tree = make_tree(FALSE);
	const PeripheralObject *first = tree->pdata[0];
	const PeripheralObject *measurement = peripheral_tree_find(tree, GATT_MEASUREMENT);

	/* Battery, 4 of Device Information, 3 of the profile, and their 3 services. */
	g_assert_cmpuint(tree->len, ==, 11);
	g_assert_cmpstr(first->interface, ==, "org.bluez.GattService1");
	assert_property(first, "UUID", "'0000180f-0000-1000-8000-00805f9b34fb'");
	assert_property(first, "Primary", "true");
	g_assert_cmpstr(measurement->path, ==, "/rollsim/service0020/char0024");
	assert_property(measurement, "UUID", "'" ROLL_UUID_ROLLER_MEASUREMENT "'");
	assert_property(measurement, "Service", "'/rollsim/service0020'");
	assert_property(measurement, "Flags", "['notify']");
	assert_property(measurement, "NotifyAcquired", "false");
	assert_property(peripheral_tree_find(tree, GATT_CONTROL), "Flags", "['write', 'indicate']");
	assert_property(peripheral_tree_find(tree, GATT_CONTROL), "NotifyAcquired", NULL);
}

static void
test_guarded(void)
{
	g_autoptr(GPtrArray) tree = make_tree(TRUE);

	assert_property(peripheral_tree_find(tree, GATT_FEATURE), "Flags", "['encrypt-read']");
	assert_property(peripheral_tree_find(tree, GATT_MEASUREMENT), "Flags",
			"['encrypt-notify']");
	assert_property(peripheral_tree_find(tree, GATT_CONTROL), "Flags",
			"['encrypt-write', 'encrypt-indicate']");
	assert_property(peripheral_tree_find(tree, GATT_BATTERY), "Flags", "['read', 'notify']");
}

static void
test_answer(void)
{
	g_autoptr(GPtrArray) tree = make_tree(FALSE);
	g_autoptr(GVariant) answer = g_variant_ref_sink(peripheral_tree_build_answer(tree));
	g_autoptr(GVariant) objects = g_variant_get_child_value(answer, 0);
	g_autoptr(GVariant) service = g_variant_lookup_value(objects, "/rollsim/service0020", NULL);
	g_autoptr(GVariant) properties =
		g_variant_lookup_value(service, "org.bluez.GattService1", NULL);

	g_assert_cmpuint(g_variant_n_children(objects), ==, tree->len);
	g_assert_nonnull(properties);
}

static void
test_advertisement(void)
{
	g_autoptr(GVariant) full =
		g_variant_ref_sink(peripheral_tree_build_advertisement("Roller", TRUE));
	g_autoptr(GVariant) bare =
		g_variant_ref_sink(peripheral_tree_build_advertisement("Roller", FALSE));
	g_autofree const char **uuids = NULL;

	g_assert_true(g_variant_lookup(full, "ServiceUUIDs", "^a&s", &uuids));
	g_assert_cmpstr(uuids[0], ==, ROLL_UUID_ROLLER_SERVICE);
	g_assert_false(g_variant_lookup(bare, "ServiceUUIDs", "^a&s", NULL));
	g_assert_true(g_variant_lookup(bare, "LocalName", "&s", NULL));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/peripheral/objects", test_objects);
	g_test_add_func("/peripheral/guarded", test_guarded);
	g_test_add_func("/peripheral/answer", test_answer);
	g_test_add_func("/peripheral/advertisement", test_advertisement);
	return g_test_run();
}
