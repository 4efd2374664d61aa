/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/gatt-server.h"

#include "protocol/bytes.h"

#include <string.h>

/* Opcodes of Vol 3, Part F, 3.4.8. An answer is its request + 1. */
enum {
	OP_ERROR = 0x01,
	OP_MTU = 0x02,
	OP_FIND_INFORMATION = 0x04,
	OP_FIND_BY_TYPE_VALUE = 0x06,
	OP_READ_BY_TYPE = 0x08,
	OP_READ = 0x0a,
	OP_READ_BLOB = 0x0c,
	OP_READ_BY_GROUP = 0x10,
	OP_WRITE = 0x12,
	OP_NOTIFICATION = 0x1b,
	OP_INDICATION = 0x1d,
	OP_CONFIRMATION = 0x1e,
	OP_WRITE_COMMAND = 0x52,

	OP_COMMAND_BIT = 0x40, /* wants no answer */

	RANGE_LEN = 5, /* opcode, first handle, last handle */
	CCC_LEN = 2,
	CCC_NOTIFY = 0x0001,
	CCC_INDICATE = 0x0002,
	PRIMARY_SERVICE = 0x2800,
};

/* A request under way. */
typedef struct {
	GattServer *server;
	const guint8 *pdu;
	gsize n_pdu;
	guint16 first, last; /* where the request has a range */
	guint8 *answer;
} Request;

void
gatt_server_init(GattServer *server, const GattTable *table, const GattHost *host,
		 guint mtu_offered)
{
	g_assert(mtu_offered == 0 || (mtu_offered >= ATT_MTU_LEAST && mtu_offered <= ATT_MTU_MOST));
	*server = (GattServer){
		.table = table, .host = *host, .mtu_offered = mtu_offered, .mtu = ATT_MTU_LEAST};
}

gboolean
gatt_server_is_subscribed(const GattServer *server, GattKey key)
{
	guint properties = gatt_table_find_value(server->table, key)->properties;

	return (properties & GATT_CAN_NOTIFY && server->ccc[key] & CCC_NOTIFY) ||
	       (properties & GATT_CAN_INDICATE && server->ccc[key] & CCC_INDICATE);
}

gsize
gatt_server_get_room(const GattServer *server)
{
	return server->mtu - ATT_HEADER_LEN;
}

static gsize
fail(const Request *request, guint16 handle, AttError code)
{
	request->answer[0] = OP_ERROR;
	request->answer[1] = request->pdu[0];
	roll_bytes_put_u16(request->answer + 2, handle);
	request->answer[4] = (guint8)code;
	return 5;
}

/* What forbids access to an attribute on this link; ATT_OK: nothing. Reading a CCC is always allowed. */
static AttError
find_guard(const GattServer *server, const GattAttribute *attribute)
{
	if (!attribute->is_guarded || server->is_encrypted ||
	    attribute->kind == GATT_KIND_SERVICE || attribute->kind == GATT_KIND_CHARACTERISTIC)
		return ATT_OK;
	return server->has_key ? ATT_NO_ENCRYPTION : ATT_NO_AUTHENTICATION;
}

/* ---- Reading ---- */

/* The whole value of an attribute that may be read. ret_bytes: GATT_VALUE_MAX long. */
static AttError
read_value(const GattServer *server, const GattAttribute *attribute, guint8 *ret_bytes,
	   gsize *ret_n_bytes)
{
	if (attribute->kind == GATT_KIND_CCC) {
		roll_bytes_put_u16(ret_bytes, server->ccc[attribute->key]);
		*ret_n_bytes = CCC_LEN;
		return ATT_OK;
	}
	if (attribute->kind != GATT_KIND_VALUE) {
		memcpy(ret_bytes, attribute->declared, attribute->n_declared);
		*ret_n_bytes = attribute->n_declared;
		return ATT_OK;
	}
	if (!(attribute->properties & GATT_CAN_READ))
		return ATT_READ_NOT_PERMITTED;
	if (find_guard(server, attribute) != ATT_OK)
		return find_guard(server, attribute);
	*ret_n_bytes = server->host.read(server->host.user, attribute->key, ret_bytes);
	g_assert(*ret_n_bytes <= GATT_VALUE_MAX);
	return ATT_OK;
}

/* Read, and Read Blob from an offset. */
static gsize
take_read(Request *request)
{
	gboolean is_blob = request->pdu[0] == OP_READ_BLOB;
	guint8 value[GATT_VALUE_MAX];
	gsize n_value = 0, offset, n;
	guint16 handle;
	const GattAttribute *attribute;
	AttError code;

	if (request->n_pdu != (is_blob ? 5 : 3))
		return fail(request, 0, ATT_INVALID_PDU);
	handle = roll_bytes_get_u16(request->pdu + 1);
	offset = is_blob ? roll_bytes_get_u16(request->pdu + 3) : 0;
	attribute = gatt_table_find(request->server->table, handle);
	if (!attribute)
		return fail(request, handle, ATT_INVALID_HANDLE);
	code = read_value(request->server, attribute, value, &n_value);
	if (code != ATT_OK)
		return fail(request, handle, code);
	if (offset > n_value)
		return fail(request, handle, ATT_INVALID_OFFSET);
	n = MIN(n_value - offset, request->server->mtu - 1);
	request->answer[0] = (guint8)(request->pdu[0] + 1);
	memcpy(request->answer + 1, value + offset, n);
	return 1 + n;
}

/* ---- Discovery ---- */

/* Reads the range of a request; its answer in *ret_length where the range is none. */
static gboolean
read_range(Request *request, gsize *ret_length)
{
	request->first = roll_bytes_get_u16(request->pdu + 1);
	request->last = roll_bytes_get_u16(request->pdu + 3);
	if (request->first > 0 && request->first <= request->last)
		return TRUE;
	*ret_length = fail(request, request->first, ATT_INVALID_HANDLE);
	return FALSE;
}

static gboolean
is_in_range(const Request *request, const GattAttribute *attribute)
{
	return attribute->handle >= request->first && attribute->handle <= request->last;
}

/* Handles with their types, all of one length. */
static gsize
take_find_information(Request *request)
{
	const GattTable *table = request->server->table;
	gsize at = 2, length, n_uuid = 0;

	if (request->n_pdu != RANGE_LEN)
		return fail(request, 0, ATT_INVALID_PDU);
	if (!read_range(request, &length))
		return length;
	for (guint i = 0; i < table->n_attributes; i++) {
		const GattAttribute *attribute = &table->attributes[i];
		gsize n_type = attribute->type.n_bytes;

		if (!is_in_range(request, attribute))
			continue;
		if ((n_uuid && n_type != n_uuid) || at + 2 + n_type > request->server->mtu)
			break;
		n_uuid = n_type;
		roll_bytes_put_u16(request->answer + at, attribute->handle);
		memcpy(request->answer + at + 2, attribute->type.bytes, n_type);
		at += 2 + n_type;
	}
	if (n_uuid == 0)
		return fail(request, request->first, ATT_NOT_FOUND);
	request->answer[0] = OP_FIND_INFORMATION + 1;
	request->answer[1] = n_uuid == 2 ? 1 : 2;
	return at;
}

/* The primary services with a given UUID. */
static gsize
take_find_by_type_value(Request *request)
{
	const GattTable *table = request->server->table;
	gsize at = 1, length;

	if (request->n_pdu < RANGE_LEN + 2)
		return fail(request, 0, ATT_INVALID_PDU);
	if (!read_range(request, &length))
		return length;
	for (guint i = 0; i < table->n_attributes; i++) {
		const GattAttribute *attribute = &table->attributes[i];
		GattUuid uuid = {.n_bytes = attribute->n_declared};

		if (!is_in_range(request, attribute) || attribute->kind != GATT_KIND_SERVICE ||
		    roll_bytes_get_u16(request->pdu + RANGE_LEN) != PRIMARY_SERVICE)
			continue;
		memcpy(uuid.bytes, attribute->declared, uuid.n_bytes);
		if (!gatt_uuid_equals(&uuid, request->pdu + RANGE_LEN + 2,
				      request->n_pdu - RANGE_LEN - 2))
			continue;
		if (at + 4 > request->server->mtu)
			break;
		roll_bytes_put_u16(request->answer + at, attribute->handle);
		roll_bytes_put_u16(request->answer + at + 2, attribute->last_handle);
		at += 4;
	}
	if (at == 1)
		return fail(request, request->first, ATT_NOT_FOUND);
	request->answer[0] = OP_FIND_BY_TYPE_VALUE + 1;
	return at;
}

/* Adds an attribute with its value to a list whose items are all of one length (answer[1]). FALSE: the list ends
 * before it. n_head: 2 (handle) or 4 (handle and where the group ends). */
static gboolean
add_item(Request *request, const GattAttribute *attribute, gsize n_head, gsize *at)
{
	guint8 value[GATT_VALUE_MAX];
	gsize n_value = 0, n_most = MIN(request->server->mtu - 2, G_MAXUINT8) - n_head;
	guint8 *item = request->answer + *at;

	if (read_value(request->server, attribute, value, &n_value) != ATT_OK)
		return FALSE;
	n_value = MIN(n_value, n_most);
	if (*at == 2)
		request->answer[1] = (guint8)(n_head + n_value);
	if (request->answer[1] != n_head + n_value || *at + n_head + n_value > request->server->mtu)
		return FALSE;
	roll_bytes_put_u16(item, attribute->handle);
	if (n_head == 4)
		roll_bytes_put_u16(item + 2, attribute->last_handle);
	memcpy(item + n_head, value, n_value);
	*at += n_head + n_value;
	return TRUE;
}

/* Read By Type and Read By Group Type: attributes of a type in a range, with their values. */
static gsize
take_read_by_type(Request *request)
{
	const GattServer *server = request->server;
	gboolean is_group = request->pdu[0] == OP_READ_BY_GROUP;
	const guint8 *type = request->pdu + RANGE_LEN;
	gsize at = 2, length, n_type = request->n_pdu - RANGE_LEN;
	guint8 value[GATT_VALUE_MAX];

	if (request->n_pdu != RANGE_LEN + 2 && request->n_pdu != RANGE_LEN + GATT_UUID_LEN)
		return fail(request, 0, ATT_INVALID_PDU);
	if (!read_range(request, &length))
		return length;
	if (is_group && (n_type != 2 || roll_bytes_get_u16(type) != PRIMARY_SERVICE))
		return fail(request, request->first, ATT_UNSUPPORTED_GROUP);
	for (guint i = 0; i < server->table->n_attributes; i++) {
		const GattAttribute *attribute = &server->table->attributes[i];
		AttError code;

		if (!is_in_range(request, attribute) ||
		    !gatt_uuid_equals(&attribute->type, type, n_type))
			continue;
		/* Only of the first one is it told that it may not be read. */
		code = at == 2 ? read_value(server, attribute, value, &length) : ATT_OK;
		if (code != ATT_OK)
			return fail(request, attribute->handle, code);
		if (!add_item(request, attribute, is_group ? 4 : 2, &at))
			break;
	}
	if (at == 2)
		return fail(request, request->first, ATT_NOT_FOUND);
	request->answer[0] = (guint8)(request->pdu[0] + 1);
	return at;
}

/* ---- Writing ---- */

static AttError
write_ccc(GattServer *server, const GattAttribute *attribute, const guint8 *bytes, gsize n_bytes)
{
	GattKey key = attribute->key;
	gboolean was_subscribed = gatt_server_is_subscribed(server, key);

	if (n_bytes != CCC_LEN)
		return ATT_INVALID_LENGTH;
	server->ccc[key] = roll_bytes_get_u16(bytes) & (CCC_NOTIFY | CCC_INDICATE);
	if (gatt_server_is_subscribed(server, key) != was_subscribed)
		server->host.subscribed(server->host.user, key, !was_subscribed);
	return ATT_OK;
}

static AttError
write_value(GattServer *server, const GattAttribute *attribute, gboolean is_command,
	    const guint8 *bytes, gsize n_bytes)
{
	guint needed = is_command ? GATT_CAN_WRITE_COMMAND : GATT_CAN_WRITE;

	if (attribute->kind != GATT_KIND_CCC &&
	    (attribute->kind != GATT_KIND_VALUE || !(attribute->properties & needed)))
		return ATT_WRITE_NOT_PERMITTED;
	if (find_guard(server, attribute) != ATT_OK)
		return find_guard(server, attribute);
	if (attribute->kind == GATT_KIND_CCC)
		return write_ccc(server, attribute, bytes, n_bytes);
	return server->host.write(server->host.user, attribute->key, bytes, n_bytes);
}

static gsize
take_write(Request *request)
{
	gboolean is_command = request->pdu[0] == OP_WRITE_COMMAND;
	const GattAttribute *attribute;
	AttError code = ATT_INVALID_PDU;
	guint16 handle = 0;

	if (request->n_pdu >= 3) {
		handle = roll_bytes_get_u16(request->pdu + 1);
		attribute = gatt_table_find(request->server->table, handle);
		code = attribute ? write_value(request->server, attribute, is_command,
					       request->pdu + 3, request->n_pdu - 3)
				 : ATT_INVALID_HANDLE;
	}
	if (is_command)
		return 0;
	if (code != ATT_OK)
		return fail(request, handle, code);
	request->answer[0] = OP_WRITE + 1;
	return 1;
}

/* ---- The rest ---- */

static gsize
take_mtu(Request *request)
{
	GattServer *server = request->server;

	if (server->mtu_offered == 0)
		return fail(request, 0, ATT_NOT_SUPPORTED);
	if (request->n_pdu != 3)
		return fail(request, 0, ATT_INVALID_PDU);
	server->mtu =
		CLAMP(roll_bytes_get_u16(request->pdu + 1), ATT_MTU_LEAST, server->mtu_offered);
	request->answer[0] = OP_MTU + 1;
	roll_bytes_put_u16(request->answer + 1, (guint16)server->mtu_offered);
	return 3;
}

gsize
gatt_server_take(GattServer *server, const guint8 *pdu, gsize n_pdu, guint8 *ret_answer)
{
	Request request = {.server = server, .pdu = pdu, .n_pdu = n_pdu, .answer = ret_answer};

	if (n_pdu == 0)
		return 0;
	switch (pdu[0]) {
	case OP_MTU:
		return take_mtu(&request);
	case OP_FIND_INFORMATION:
		return take_find_information(&request);
	case OP_FIND_BY_TYPE_VALUE:
		return take_find_by_type_value(&request);
	case OP_READ_BY_TYPE:
	case OP_READ_BY_GROUP:
		return take_read_by_type(&request);
	case OP_READ:
	case OP_READ_BLOB:
		return take_read(&request);
	case OP_WRITE:
	case OP_WRITE_COMMAND:
		return take_write(&request);
	case OP_CONFIRMATION:
		server->is_unconfirmed = FALSE;
		return 0;
	default:
		/* Answers have odd numbers: one that we never asked for is no request either. */
		if (pdu[0] & OP_COMMAND_BIT || pdu[0] & 1)
			return 0;
		return fail(&request, 0, ATT_NOT_SUPPORTED);
	}
}

gsize
gatt_server_build_value(GattServer *server, GattKey key, const guint8 *bytes, gsize n_bytes,
			guint8 *ret_pdu)
{
	const GattAttribute *attribute = gatt_table_find_value(server->table, key);
	gboolean is_indication = attribute->properties & GATT_CAN_INDICATE;

	if (!gatt_server_is_subscribed(server, key) || (is_indication && server->is_unconfirmed))
		return 0;
	n_bytes = MIN(n_bytes, gatt_server_get_room(server));
	ret_pdu[0] = is_indication ? OP_INDICATION : OP_NOTIFICATION;
	roll_bytes_put_u16(ret_pdu + 1, attribute->handle);
	memcpy(ret_pdu + ATT_HEADER_LEN, bytes, n_bytes);
	if (is_indication)
		server->is_unconfirmed = TRUE;
	return ATT_HEADER_LEN + n_bytes;
}
