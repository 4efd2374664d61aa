/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/peripheral-tree.h"

#include "protocol/bytes.h"
#include "protocol/sensor/codec-roller.h"

enum {
	GAP_SERVICE = 0x1800,
	GATT_SERVICE = 0x1801,
	FLAGS_MAX = 8,
};

static void
free_object(gpointer data)
{
	PeripheralObject *object = data;

	g_free(object->path);
	g_variant_unref(object->properties);
	g_free(object);
}

/* bytes: a UUID, little-endian. */
static char *
dup_uuid(const guint8 *bytes, gsize n_bytes)
{
	GString *text = g_string_new(NULL);

	if (n_bytes == 2) {
		g_string_printf(text, "0000%04x-0000-1000-8000-00805f9b34fb",
				roll_bytes_get_u16(bytes));
		return g_string_free(text, FALSE);
	}
	for (gsize i = 0; i < n_bytes; i++)
		g_string_append_printf(text, "%s%02x",
				       i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "",
				       bytes[n_bytes - 1 - i]);
	return g_string_free(text, FALSE);
}

static void
add(GVariantBuilder *properties, const char *name, GVariant *value)
{
	g_variant_builder_add(properties, "{sv}", name, value);
}

static PeripheralObject *
make_service(const GattAttribute *attribute)
{
	PeripheralObject *object = g_new0(PeripheralObject, 1);
	g_autofree char *uuid = dup_uuid(attribute->declared, attribute->n_declared);
	GVariantBuilder properties;

	g_variant_builder_init(&properties, G_VARIANT_TYPE_VARDICT);
	add(&properties, "UUID", g_variant_new_string(uuid));
	add(&properties, "Primary", g_variant_new_boolean(TRUE));
	object->path = g_strdup_printf(PERIPHERAL_ROOT "/service%04x", attribute->handle);
	object->interface = PERIPHERAL_SERVICE_INTERFACE;
	object->properties = g_variant_ref_sink(g_variant_builder_end(&properties));
	return object;
}

/* Where it is guarded, the flag that says so has the same effect as the plain one, and more. */
static GVariant *
build_flags(const GattAttribute *attribute)
{
	static const struct {
		GattProperty property;
		const char *plain, *guarded;
	} flags[] = {
		{GATT_CAN_READ, "read", "encrypt-read"},
		{GATT_CAN_WRITE, "write", "encrypt-write"},
		{GATT_CAN_NOTIFY, "notify", "encrypt-notify"},
		{GATT_CAN_INDICATE, "indicate", "encrypt-indicate"},
	};
	GVariantBuilder builder;

	g_variant_builder_init(&builder, G_VARIANT_TYPE_STRING_ARRAY);
	for (guint i = 0; i < G_N_ELEMENTS(flags); i++)
		if (attribute->properties & flags[i].property)
			g_variant_builder_add(&builder, "s",
					      attribute->is_guarded ? flags[i].guarded
								    : flags[i].plain);
	return g_variant_builder_end(&builder);
}

static PeripheralObject *
make_characteristic(const GattAttribute *attribute, const char *service)
{
	PeripheralObject *object = g_new0(PeripheralObject, 1);
	g_autofree char *uuid = dup_uuid(attribute->type.bytes, attribute->type.n_bytes);
	GVariantBuilder properties;

	g_variant_builder_init(&properties, G_VARIANT_TYPE_VARDICT);
	add(&properties, "UUID", g_variant_new_string(uuid));
	add(&properties, "Service", g_variant_new_object_path(service));
	add(&properties, "Flags", build_flags(attribute));
	/* With this property there, bluetoothd asks for a socket to take the notifications from. */
	if (attribute->key == GATT_MEASUREMENT)
		add(&properties, "NotifyAcquired", g_variant_new_boolean(FALSE));
	object->path = g_strdup_printf("%s/char%04x", service, attribute->handle);
	object->interface = PERIPHERAL_VALUE_INTERFACE;
	object->key = attribute->key;
	object->properties = g_variant_ref_sink(g_variant_builder_end(&properties));
	return object;
}

static gboolean
is_of_bluetoothd(const GattAttribute *service)
{
	guint16 uuid = service->n_declared == 2 ? roll_bytes_get_u16(service->declared) : 0;

	return uuid == GAP_SERVICE || uuid == GATT_SERVICE;
}

GPtrArray *
peripheral_tree_new(const GattTable *table)
{
	GPtrArray *tree = g_ptr_array_new_with_free_func(free_object);
	const char *service = NULL;

	for (guint i = 0; i < table->n_attributes; i++) {
		const GattAttribute *attribute = &table->attributes[i];

		if (attribute->kind == GATT_KIND_SERVICE) {
			service = NULL;
			if (is_of_bluetoothd(attribute))
				continue;
			g_ptr_array_add(tree, make_service(attribute));
			service = ((PeripheralObject *)tree->pdata[tree->len - 1])->path;
		} else if (attribute->kind == GATT_KIND_VALUE && service) {
			g_ptr_array_add(tree, make_characteristic(attribute, service));
		}
	}
	return tree;
}

GVariant *
peripheral_tree_build_answer(const GPtrArray *tree)
{
	GVariantBuilder objects, interfaces;

	g_variant_builder_init(&objects, G_VARIANT_TYPE("a{oa{sa{sv}}}"));
	for (guint i = 0; i < tree->len; i++) {
		const PeripheralObject *object = tree->pdata[i];

		g_variant_builder_init(&interfaces, G_VARIANT_TYPE("a{sa{sv}}"));
		g_variant_builder_add(&interfaces, "{s@a{sv}}", object->interface,
				      object->properties);
		g_variant_builder_add(&objects, "{oa{sa{sv}}}", object->path, &interfaces);
	}
	return g_variant_new("(a{oa{sa{sv}}})", &objects);
}

const PeripheralObject *
peripheral_tree_find(const GPtrArray *tree, GattKey key)
{
	for (guint i = 0; i < tree->len; i++) {
		const PeripheralObject *object = tree->pdata[i];

		if (g_str_equal(object->interface, PERIPHERAL_VALUE_INTERFACE) &&
		    object->key == key)
			return object;
	}
	g_assert_not_reached();
}

GVariant *
peripheral_tree_build_advertisement(const char *name, gboolean with_uuid)
{
	const char *const uuids[] = {ROLL_UUID_ROLLER_SERVICE};
	GVariantBuilder properties;

	g_variant_builder_init(&properties, G_VARIANT_TYPE_VARDICT);
	add(&properties, "Type", g_variant_new_string("peripheral"));
	add(&properties, "LocalName", g_variant_new_string(name));
	if (with_uuid)
		add(&properties, "ServiceUUIDs", g_variant_new_strv(uuids, 1));
	return g_variant_builder_end(&properties);
}
