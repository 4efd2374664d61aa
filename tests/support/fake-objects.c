/* SPDX-License-Identifier: MIT */
#include "tests/support/fake-objects.h"

#include <string.h>

#define OBJECT_MANAGER "org.freedesktop.DBus.ObjectManager"
#define PROPERTIES "org.freedesktop.DBus.Properties"

typedef struct {
	gboolean is_shown;
	GHashTable *values; /* key -> GVariant */
} FakeInterface;

static void
free_interface(gpointer data)
{
	FakeInterface *interface = data;

	g_hash_table_unref(interface->values);
	g_free(interface);
}

void
fake_objects_init(FakeObjects *objects)
{
	objects->bus = NULL;
	objects->objects = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						 (GDestroyNotify)g_hash_table_unref);
}

void
fake_objects_clear(FakeObjects *objects)
{
	g_hash_table_remove_all(objects->objects);
}

static FakeInterface *
find_interface(const FakeObjects *objects, const char *path, const char *name)
{
	GHashTable *interfaces = g_hash_table_lookup(objects->objects, path);

	return interfaces ? g_hash_table_lookup(interfaces, name) : NULL;
}

void
fake_objects_put(FakeObjects *objects, const char *path, const char *name, const char *key,
		 GVariant *value)
{
	GHashTable *interfaces = g_hash_table_lookup(objects->objects, path);
	FakeInterface *interface;

	if (!interfaces) {
		interfaces = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_interface);
		g_hash_table_insert(objects->objects, g_strdup(path), interfaces);
	}
	interface = g_hash_table_lookup(interfaces, name);
	if (!interface) {
		interface = g_new0(FakeInterface, 1);
		interface->values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
							  (GDestroyNotify)g_variant_unref);
		g_hash_table_insert(interfaces, g_strdup(name), interface);
	}
	g_hash_table_insert(interface->values, g_strdup(key), g_variant_ref_sink(value));
}

static void
emit(FakeObjects *objects, const char *path, const char *interface, const char *signal,
     GVariant *arguments)
{
	g_autoptr(GVariant) held = g_variant_ref_sink(arguments);

	if (objects->bus)
		g_dbus_connection_emit_signal(objects->bus, NULL, path, interface, signal, held,
					      NULL);
}

void
fake_objects_change(FakeObjects *objects, const char *path, const char *name, GVariant *values)
{
	g_autoptr(GVariant) held = g_variant_ref_sink(values);
	FakeInterface *interface;
	GVariantIter iter;
	const char *key;
	GVariant *value;

	g_variant_iter_init(&iter, held);
	while (g_variant_iter_loop(&iter, "{&sv}", &key, &value))
		fake_objects_put(objects, path, name, key, value);
	interface = find_interface(objects, path, name);
	if (interface && interface->is_shown)
		emit(objects, path, PROPERTIES, "PropertiesChanged",
		     g_variant_new("(s@a{sv}as)", name, held, NULL));
}

void
fake_objects_set(FakeObjects *objects, const char *path, const char *name, const char *key,
		 GVariant *value)
{
	GVariantBuilder builder;

	g_variant_builder_init(&builder, G_VARIANT_TYPE_VARDICT);
	g_variant_builder_add(&builder, "{sv}", key, value);
	fake_objects_change(objects, path, name, g_variant_builder_end(&builder));
}

void
fake_objects_unset(FakeObjects *objects, const char *path, const char *name, const char *key)
{
	FakeInterface *interface = find_interface(objects, path, name);
	const char *const keys[] = {key, NULL};

	if (interface && g_hash_table_remove(interface->values, key) && interface->is_shown)
		emit(objects, path, PROPERTIES, "PropertiesChanged",
		     g_variant_new("(sa{sv}^as)", name, NULL, keys));
}

static GVariant *
build_values(const FakeInterface *interface)
{
	GVariantBuilder builder;
	GHashTableIter iter;
	gpointer key, value;

	g_variant_builder_init(&builder, G_VARIANT_TYPE_VARDICT);
	g_hash_table_iter_init(&iter, interface->values);
	while (g_hash_table_iter_next(&iter, &key, &value))
		g_variant_builder_add(&builder, "{sv}", key, value);
	return g_variant_builder_end(&builder);
}

void
fake_objects_show(FakeObjects *objects, const char *path, const char *wanted)
{
	GHashTable *interfaces = g_hash_table_lookup(objects->objects, path);
	GVariantBuilder builder;
	GHashTableIter iter;
	gpointer name, value;
	guint n_shown = 0;

	if (!interfaces)
		return;
	g_variant_builder_init(&builder, G_VARIANT_TYPE("a{sa{sv}}"));
	g_hash_table_iter_init(&iter, interfaces);
	while (g_hash_table_iter_next(&iter, &name, &value)) {
		FakeInterface *interface = value;

		if (interface->is_shown || (wanted && !g_str_equal(wanted, name)))
			continue;
		interface->is_shown = TRUE;
		g_variant_builder_add(&builder, "{s@a{sv}}", name, build_values(interface));
		n_shown++;
	}
	if (n_shown > 0)
		emit(objects, "/", OBJECT_MANAGER, "InterfacesAdded",
		     g_variant_new("(oa{sa{sv}})", path, &builder));
	else
		g_variant_builder_clear(&builder);
}

void
fake_objects_hide(FakeObjects *objects, const char *path, const char *wanted)
{
	GHashTable *interfaces = g_hash_table_lookup(objects->objects, path);
	GVariantBuilder builder;
	GHashTableIter iter;
	gpointer name, value;
	guint n_hidden = 0;

	if (!interfaces)
		return;
	g_variant_builder_init(&builder, G_VARIANT_TYPE_STRING_ARRAY);
	g_hash_table_iter_init(&iter, interfaces);
	while (g_hash_table_iter_next(&iter, &name, &value)) {
		FakeInterface *interface = value;

		if (!interface->is_shown || (wanted && !g_str_equal(wanted, name)))
			continue;
		interface->is_shown = FALSE;
		g_variant_builder_add(&builder, "s", name);
		n_hidden++;
	}
	if (n_hidden > 0)
		emit(objects, "/", OBJECT_MANAGER, "InterfacesRemoved",
		     g_variant_new("(oas)", path, &builder));
	else
		g_variant_builder_clear(&builder);
}

gboolean
fake_objects_is_shown(const FakeObjects *objects, const char *path, const char *name)
{
	FakeInterface *interface = find_interface(objects, path, name);

	return interface && interface->is_shown;
}

void
fake_objects_drop(FakeObjects *objects, const char *path)
{
	size_t length = strlen(path);
	GHashTableIter iter;
	gpointer key;

	g_hash_table_iter_init(&iter, objects->objects);
	while (g_hash_table_iter_next(&iter, &key, NULL)) {
		const char *other = key;

		if (strncmp(other, path, length) == 0 &&
		    (other[length] == '\0' || other[length] == '/'))
			g_hash_table_iter_remove(&iter);
	}
}

GVariant *
fake_objects_build_all(const FakeObjects *objects)
{
	GVariantBuilder all;
	GHashTableIter iter;
	gpointer path, interfaces;

	g_variant_builder_init(&all, G_VARIANT_TYPE("a{oa{sa{sv}}}"));
	g_hash_table_iter_init(&iter, objects->objects);
	while (g_hash_table_iter_next(&iter, &path, &interfaces)) {
		GVariantBuilder shown;
		GHashTableIter inner;
		gpointer name, interface;
		guint n_shown = 0;

		g_variant_builder_init(&shown, G_VARIANT_TYPE("a{sa{sv}}"));
		g_hash_table_iter_init(&inner, interfaces);
		while (g_hash_table_iter_next(&inner, &name, &interface)) {
			if (!((FakeInterface *)interface)->is_shown)
				continue;
			g_variant_builder_add(&shown, "{s@a{sv}}", name, build_values(interface));
			n_shown++;
		}
		if (n_shown > 0)
			g_variant_builder_add(&all, "{oa{sa{sv}}}", path, &shown);
		else
			g_variant_builder_clear(&shown);
	}
	return g_variant_new("(a{oa{sa{sv}}})", &all);
}
