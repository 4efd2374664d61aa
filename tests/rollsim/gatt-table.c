/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/gatt-table.h"

#include "protocol/bytes.h"
#include "protocol/sensor/codec-roller.h"

#include <string.h>

enum {
	UUID_SERVICE = 0x2800,
	UUID_CHARACTERISTIC = 0x2803,
	UUID_CCC = 0x2902,
	ROLLER_HANDLE = 0x0020,
	FIRMWARE_STEP = 16,
	SHORT_LEN = 2,
	SHORT_AT = 12, /* where a short UUID stands in its long form */
};

/* 00000000-0000-1000-8000-00805f9b34fb, little-endian: what short UUIDs stand in. */
static const guint8 base_uuid[GATT_UUID_LEN] = {0xfb, 0x34, 0x9b, 0x5f, 0x80, 0x00, 0x00, 0x80,
						0x00, 0x10, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00};

typedef struct {
	guint16 short_uuid; /* 0: it has a long one */
	const char *long_uuid;
	GattKey key;
	guint properties;
} Plan;

static const Plan gap_plan[] = {
	{0x2a00, NULL, GATT_NAME, GATT_CAN_READ},
	{0x2a01, NULL, GATT_APPEARANCE, GATT_CAN_READ},
};
static const Plan gatt_plan[] = {
	{0x2a05, NULL, GATT_SERVICE_CHANGED, GATT_CAN_INDICATE},
};
static const Plan battery_plan[] = {
	{0x2a19, NULL, GATT_BATTERY, GATT_CAN_READ | GATT_CAN_NOTIFY},
};
static const Plan information_plan[] = {
	{0x2a29, NULL, GATT_MANUFACTURER, GATT_CAN_READ},
	{0x2a24, NULL, GATT_MODEL, GATT_CAN_READ},
	{0x2a25, NULL, GATT_SERIAL, GATT_CAN_READ},
	{0x2a26, NULL, GATT_FIRMWARE, GATT_CAN_READ},
};
static const Plan roller_plan[] = {
	{0, ROLL_UUID_ROLLER_FEATURE, GATT_FEATURE, GATT_CAN_READ},
	{0, ROLL_UUID_ROLLER_MEASUREMENT, GATT_MEASUREMENT, GATT_CAN_NOTIFY},
	{0, ROLL_UUID_ROLLER_CONTROL, GATT_CONTROL, GATT_CAN_WRITE | GATT_CAN_INDICATE},
};

void
gatt_uuid_parse(const char *text, guint8 *ret_bytes)
{
	gsize at = GATT_UUID_LEN;

	for (const char *c = text; *c && at > 0; c++) {
		if (*c == '-')
			continue;
		ret_bytes[--at] =
			(guint8)(g_ascii_xdigit_value(c[0]) << 4 | g_ascii_xdigit_value(c[1]));
		c++;
	}
	g_assert(at == 0);
}

static GattUuid
make_short(guint16 uuid)
{
	GattUuid made = {.n_bytes = SHORT_LEN};

	roll_bytes_put_u16(made.bytes, uuid);
	return made;
}

static GattUuid
make_uuid(const Plan *plan)
{
	GattUuid made = {.n_bytes = GATT_UUID_LEN};

	if (plan->short_uuid)
		return make_short(plan->short_uuid);
	gatt_uuid_parse(plan->long_uuid, made.bytes);
	return made;
}

static GattAttribute *
add(GattTable *table, guint16 handle, GattKind kind)
{
	GattAttribute *attribute = &table->attributes[table->n_attributes++];

	g_assert(table->n_attributes <= GATT_ATTRIBUTES_MAX);
	*attribute = (GattAttribute){.handle = handle, .last_handle = handle, .kind = kind};
	return attribute;
}

/* Adds declaration, value and, where clients can subscribe, the CCC; returns the next free handle. */
static guint16
add_characteristic(GattTable *table, guint16 handle, const Plan *plan)
{
	gboolean is_told = plan->properties & (GATT_CAN_NOTIFY | GATT_CAN_INDICATE);
	const GattKind kinds[] = {GATT_KIND_CHARACTERISTIC, GATT_KIND_VALUE, GATT_KIND_CCC};
	const GattUuid types[] = {make_short(UUID_CHARACTERISTIC), make_uuid(plan),
				  make_short(UUID_CCC)};
	GattAttribute *declaration = NULL;

	for (guint i = 0; i < (is_told ? 3 : 2); i++) {
		GattAttribute *attribute = add(table, handle++, kinds[i]);

		attribute->type = types[i];
		attribute->key = plan->key;
		attribute->properties = plan->properties;
		if (i == 0)
			declaration = attribute;
	}
	declaration->declared[0] = (guint8)plan->properties;
	roll_bytes_put_u16(declaration->declared + 1, (guint16)(declaration->handle + 1));
	memcpy(declaration->declared + 3, types[1].bytes, types[1].n_bytes);
	declaration->n_declared = 3 + types[1].n_bytes;
	return handle;
}

/* uuid: of the service. plans: n long. Returns the next free handle. */
static guint16
add_service(GattTable *table, guint16 handle, const GattUuid *uuid, const Plan *plans, guint n)
{
	GattAttribute *service = add(table, handle++, GATT_KIND_SERVICE);

	service->type = make_short(UUID_SERVICE);
	memcpy(service->declared, uuid->bytes, uuid->n_bytes);
	service->n_declared = uuid->n_bytes;
	for (guint i = 0; i < n; i++)
		handle = add_characteristic(table, handle, &plans[i]);
	service->last_handle = (guint16)(handle - 1);
	return handle;
}

static guint16
add_short_service(GattTable *table, guint16 handle, guint16 uuid, const Plan *plans, guint n)
{
	GattUuid made = make_short(uuid);

	return add_service(table, handle, &made, plans, n);
}

void
gatt_table_build(GattTable *table, guint firmware, gboolean is_guarded)
{
	GattUuid roller = {.n_bytes = GATT_UUID_LEN};
	guint first;

	g_assert(firmware <= GATT_FIRMWARES_MAX);
	*table = (GattTable){0};
	add_short_service(table, 0x0001, 0x1800, gap_plan, G_N_ELEMENTS(gap_plan));
	add_short_service(table, 0x0006, 0x1801, gatt_plan, G_N_ELEMENTS(gatt_plan));
	add_short_service(table, 0x000a, 0x180f, battery_plan, G_N_ELEMENTS(battery_plan));
	add_short_service(table, 0x000e, 0x180a, information_plan, G_N_ELEMENTS(information_plan));
	first = table->n_attributes;
	gatt_uuid_parse(ROLL_UUID_ROLLER_SERVICE, roller.bytes);
	add_service(table, (guint16)(ROLLER_HANDLE + FIRMWARE_STEP * firmware), &roller,
		    roller_plan, G_N_ELEMENTS(roller_plan));
	for (guint i = first; i < table->n_attributes; i++)
		table->attributes[i].is_guarded = is_guarded;
}

const GattAttribute *
gatt_table_find(const GattTable *table, guint16 handle)
{
	for (guint i = 0; i < table->n_attributes; i++)
		if (table->attributes[i].handle == handle)
			return &table->attributes[i];
	return NULL;
}

const GattAttribute *
gatt_table_find_value(const GattTable *table, GattKey key)
{
	for (guint i = 0; i < table->n_attributes; i++)
		if (table->attributes[i].kind == GATT_KIND_VALUE && table->attributes[i].key == key)
			return &table->attributes[i];
	g_assert_not_reached();
}

gboolean
gatt_uuid_equals(const GattUuid *uuid, const guint8 *bytes, gsize n_bytes)
{
	guint8 lengthened[GATT_UUID_LEN];

	if (uuid->n_bytes == n_bytes)
		return memcmp(uuid->bytes, bytes, n_bytes) == 0;
	if (uuid->n_bytes != SHORT_LEN || n_bytes != GATT_UUID_LEN)
		return FALSE;
	memcpy(lengthened, base_uuid, GATT_UUID_LEN);
	memcpy(lengthened + SHORT_AT, uuid->bytes, SHORT_LEN);
	return memcmp(lengthened, bytes, GATT_UUID_LEN) == 0;
}
