/* SPDX-License-Identifier: MIT */
#include "daemon/bluez/bluez-object.h"

#include <string.h>

struct RollBluezTree {
	GHashTable *objects; /* path -> RollBluezObject */
};

static void
free_object(gpointer data)
{
	RollBluezObject *object = data;

	g_free(object->path);
	g_free(object->address);
	g_free(object->name);
	g_free(object->adapter);
	g_strfreev(object->uuids);
	g_free(object->uuid);
	g_free(object);
}

RollBluezTree *
roll_bluez_tree_new(void)
{
	RollBluezTree *tree = g_new0(RollBluezTree, 1);

	tree->objects = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_object);
	return tree;
}

void
roll_bluez_tree_free(RollBluezTree *tree)
{
	if (!tree)
		return;
	g_hash_table_unref(tree->objects);
	g_free(tree);
}

void
roll_bluez_tree_clear(RollBluezTree *tree)
{
	g_hash_table_remove_all(tree->objects);
}

gboolean
roll_bluez_path_is_below(const char *path, const char *parent)
{
	size_t length = strlen(parent);

	return strncmp(path, parent, length) == 0 && path[length] == '/';
}

/* Any type but the expected one leaves the field as it was: bluetoothd is trusted to be alive, not to
 * be of one version. */
static void
set_flag(gboolean *flag, GVariant *value)
{
	if (g_variant_is_of_type(value, G_VARIANT_TYPE_BOOLEAN))
		*flag = g_variant_get_boolean(value);
}

static void
set_text(char **text, GVariant *value, char *(*convert)(const char *, gssize))
{
	const char *given;

	if (!g_variant_is_of_type(value, G_VARIANT_TYPE_STRING) &&
	    !g_variant_is_of_type(value, G_VARIANT_TYPE_OBJECT_PATH))
		return;
	given = g_variant_get_string(value, NULL);
	g_free(*text);
	*text = convert ? convert(given, -1) : g_strdup(given);
}

static void
set_uuids(RollBluezObject *object, GVariant *value)
{
	if (!g_variant_is_of_type(value, G_VARIANT_TYPE_STRING_ARRAY))
		return;
	g_strfreev(object->uuids);
	object->uuids = g_variant_dup_strv(value, NULL);
	for (char **uuid = object->uuids; *uuid; uuid++) {
		char *lower = g_ascii_strdown(*uuid, -1);

		g_free(*uuid);
		*uuid = lower;
	}
}

/* The service marks a sensor more surely than its name, which is the maker's and may be changed. */
static void
choose_codec(RollBluezObject *object)
{
	object->codec = NULL;
	for (char **uuid = object->uuids; uuid && *uuid && !object->codec; uuid++)
		object->codec = roll_codec_find_by_service(*uuid);
	object->is_by_service = object->codec != NULL;
	if (!object->codec)
		object->codec = roll_codec_find_by_device_name(object->name);
}

static void
set_device(RollBluezObject *object, const char *key, GVariant *value)
{
	if (g_str_equal(key, "Address"))
		set_text(&object->address, value, g_ascii_strup);
	else if (g_str_equal(key, "Name"))
		set_text(&object->name, value, NULL);
	else if (g_str_equal(key, "Adapter"))
		set_text(&object->adapter, value, NULL);
	else if (g_str_equal(key, "Connected"))
		set_flag(&object->is_connected, value);
	else if (g_str_equal(key, "ServicesResolved"))
		set_flag(&object->is_resolved, value);
	else if (g_str_equal(key, "Trusted"))
		set_flag(&object->is_trusted, value);
	else if (g_str_equal(key, "Paired"))
		set_flag(&object->is_paired, value);
	else if (g_str_equal(key, "UUIDs"))
		set_uuids(object, value);
	else if (g_str_equal(key, "RSSI") && g_variant_is_of_type(value, G_VARIANT_TYPE_INT16))
		object->rssi_dbm = g_variant_get_int16(value);
	if (g_str_equal(key, "Name") || g_str_equal(key, "UUIDs"))
		choose_codec(object);
	/* bluetoothd 5.66 was seen to connect to a device that it had just found, and to tell that its services are
	 * resolved, without ever telling Connected. */
	if (g_str_equal(key, "ServicesResolved") && object->is_resolved)
		object->is_connected = TRUE;
}

static void
set_property(RollBluezObject *object, const char *interface, const char *key, GVariant *value)
{
	if (g_str_equal(interface, ROLL_BLUEZ_DEVICE)) {
		set_device(object, key, value);
	} else if (g_str_equal(interface, ROLL_BLUEZ_ADAPTER)) {
		if (g_str_equal(key, "Powered"))
			set_flag(&object->is_powered, value);
		else if (g_str_equal(key, "Address"))
			set_text(&object->address, value, g_ascii_strup);
	} else if (g_str_equal(interface, ROLL_BLUEZ_BATTERY)) {
		if (g_str_equal(key, "Percentage") &&
		    g_variant_is_of_type(value, G_VARIANT_TYPE_BYTE))
			object->battery_pct = g_variant_get_byte(value);
	} else if (g_str_equal(interface, ROLL_BLUEZ_CHARACTERISTIC)) {
		if (g_str_equal(key, "UUID"))
			set_text(&object->uuid, value, g_ascii_strdown);
	}
}

/* Where the object's flag for an interface stands; NULL: an interface that does not concern us. */
static gboolean *
find_interface_flag(RollBluezObject *object, const char *interface)
{
	if (g_str_equal(interface, ROLL_BLUEZ_DEVICE))
		return &object->is_device;
	if (g_str_equal(interface, ROLL_BLUEZ_ADAPTER))
		return &object->is_adapter;
	if (g_str_equal(interface, ROLL_BLUEZ_GATT_MANAGER))
		return &object->has_gatt_manager;
	if (g_str_equal(interface, ROLL_BLUEZ_CHARACTERISTIC))
		return &object->is_characteristic;
	return NULL;
}

static void
set_properties(RollBluezObject *object, const char *interface, GVariant *properties)
{
	GVariantIter iter;
	const char *key;
	GVariant *value;

	g_variant_iter_init(&iter, properties);
	while (g_variant_iter_loop(&iter, "{&sv}", &key, &value))
		set_property(object, interface, key, value);
}

static gboolean
is_of_interest(GVariant *interfaces)
{
	static const char *const ours[] = {ROLL_BLUEZ_ADAPTER, ROLL_BLUEZ_GATT_MANAGER,
					   ROLL_BLUEZ_DEVICE, ROLL_BLUEZ_BATTERY,
					   ROLL_BLUEZ_CHARACTERISTIC};

	for (gsize i = 0; i < G_N_ELEMENTS(ours); i++) {
		g_autoptr(GVariant) properties =
			g_variant_lookup_value(interfaces, ours[i], G_VARIANT_TYPE_VARDICT);

		if (properties)
			return TRUE;
	}
	return FALSE;
}

void
roll_bluez_tree_add(RollBluezTree *tree, const char *path, GVariant *interfaces)
{
	RollBluezObject *object = g_hash_table_lookup(tree->objects, path);
	GVariantIter iter;
	const char *interface;
	GVariant *properties;

	if (!is_of_interest(interfaces))
		return;
	if (!object) {
		object = g_new0(RollBluezObject, 1);
		object->path = g_strdup(path);
		object->battery_pct = -1;
		g_hash_table_insert(tree->objects, object->path, object);
	}
	g_variant_iter_init(&iter, interfaces);
	while (g_variant_iter_loop(&iter, "{&s@a{sv}}", &interface, &properties)) {
		gboolean *flag = find_interface_flag(object, interface);

		if (flag)
			*flag = TRUE;
		set_properties(object, interface, properties);
	}
}

gboolean
roll_bluez_tree_change(RollBluezTree *tree, const char *path, const char *interface,
		       GVariant *changed, const char *const *invalidated)
{
	RollBluezObject *object = g_hash_table_lookup(tree->objects, path);
	gboolean *flag;

	if (!object)
		return FALSE;
	flag = find_interface_flag(object, interface);
	if (flag && !*flag)
		return FALSE;
	set_properties(object, interface, changed);
	/* Of what can cease to be, only the strength of reception matters here. */
	if (invalidated && g_strv_contains(invalidated, "RSSI"))
		object->rssi_dbm = 0;
	return TRUE;
}

static void
remove_below(RollBluezTree *tree, const char *path)
{
	GHashTableIter iter;
	gpointer key;

	g_hash_table_iter_init(&iter, tree->objects);
	while (g_hash_table_iter_next(&iter, &key, NULL))
		if (roll_bluez_path_is_below(key, path))
			g_hash_table_iter_remove(&iter);
}

void
roll_bluez_tree_remove(RollBluezTree *tree, const char *path, const char *const *interfaces)
{
	RollBluezObject *object = g_hash_table_lookup(tree->objects, path);

	if (!object)
		return;
	for (; *interfaces; interfaces++) {
		gboolean *flag = find_interface_flag(object, *interfaces);

		if (g_str_equal(*interfaces, ROLL_BLUEZ_DEVICE) ||
		    g_str_equal(*interfaces, ROLL_BLUEZ_ADAPTER))
			remove_below(tree, path);
		if (g_str_equal(*interfaces, ROLL_BLUEZ_BATTERY))
			object->battery_pct = -1;
		if (flag)
			*flag = FALSE;
	}
	if (!object->is_adapter && !object->is_device && !object->is_characteristic)
		g_hash_table_remove(tree->objects, path);
}

const RollBluezObject *
roll_bluez_tree_get(const RollBluezTree *tree, const char *path)
{
	return g_hash_table_lookup(tree->objects, path);
}

/* How well a device serves to talk to a sensor: paired, where that helps, before connected before received before
 * powered. */
static int
rate_device(const RollBluezTree *tree, const RollBluezObject *device)
{
	const RollBluezObject *adapter =
		device->adapter ? roll_bluez_tree_get(tree, device->adapter) : NULL;

	gboolean is_powered = adapter && adapter->is_powered;

	return (device->is_paired && is_powered ? 8 : 0) + (device->is_connected ? 4 : 0) +
	       (device->rssi_dbm != 0 ? 2 : 0) + (is_powered ? 1 : 0);
}

const RollBluezObject *
roll_bluez_tree_find_device(const RollBluezTree *tree, const char *address)
{
	const RollBluezObject *best = NULL;
	GHashTableIter iter;
	gpointer value;

	g_hash_table_iter_init(&iter, tree->objects);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		const RollBluezObject *object = value;
		int better;

		if (!object->is_device || g_strcmp0(object->address, address) != 0)
			continue;
		better = best ? rate_device(tree, object) - rate_device(tree, best) : 1;
		if (better > 0 || (better == 0 && strcmp(object->path, best->path) < 0))
			best = object;
	}
	return best;
}

const RollBluezObject *
roll_bluez_tree_find_characteristic(const RollBluezTree *tree, const char *device_path,
				    const char *uuid)
{
	const RollBluezObject *best = NULL;
	GHashTableIter iter;
	gpointer value;

	g_hash_table_iter_init(&iter, tree->objects);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		const RollBluezObject *object = value;

		if (object->is_characteristic && g_strcmp0(object->uuid, uuid) == 0 &&
		    roll_bluez_path_is_below(object->path, device_path) &&
		    (!best || strcmp(object->path, best->path) < 0))
			best = object;
	}
	return best;
}

gboolean
roll_bluez_tree_has_adapter(const RollBluezTree *tree, gboolean must_be_powered)
{
	GHashTableIter iter;
	gpointer value;

	g_hash_table_iter_init(&iter, tree->objects);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		const RollBluezObject *object = value;

		if (object->is_adapter && (object->is_powered || !must_be_powered))
			return TRUE;
	}
	return FALSE;
}

GPtrArray *
roll_bluez_tree_dup_objects(const RollBluezTree *tree)
{
	GPtrArray *objects = g_ptr_array_new();
	GHashTableIter iter;
	gpointer value;

	g_hash_table_iter_init(&iter, tree->objects);
	while (g_hash_table_iter_next(&iter, NULL, &value))
		g_ptr_array_add(objects, value);
	return objects;
}
