/* SPDX-License-Identifier: MIT
 *
 * The ATT server, request by request as a client sends them.
 */
#include "protocol/bytes.h"
#include "protocol/sensor/codec-roller.h"
#include "tests/rollsim/gatt-server.h"

#include <string.h>

#define LONG_NAME "A roller with a rather long name of 46 letters"

typedef struct {
	GattTable table;
	GattServer server;
	guint8 answer[ATT_MTU_MOST];
	gsize n_answer;
	/* What the host was told last. */
	GByteArray *written;
	int subscribed; /* of GATT_MEASUREMENT; -1: not told */
} Fixture;

static gsize
host_read(gpointer user, GattKey key, guint8 *ret_bytes)
{
	const char *text = key == GATT_NAME ? LONG_NAME : "x";

	(void)user;
	memcpy(ret_bytes, text, strlen(text));
	return strlen(text);
}

static AttError
host_write(gpointer user, GattKey key, const guint8 *bytes, gsize n_bytes)
{
	Fixture *fixture = user;

	g_assert_cmpint(key, ==, GATT_CONTROL);
	g_byte_array_set_size(fixture->written, 0);
	g_byte_array_append(fixture->written, bytes, (guint)n_bytes);
	return ATT_OK;
}

static void
host_subscribed(gpointer user, GattKey key, gboolean is_subscribed)
{
	if (key == GATT_MEASUREMENT)
		((Fixture *)user)->subscribed = is_subscribed;
}

static void
set_up_with(Fixture *fixture, guint mtu_offered, guint firmware, gboolean is_guarded)
{
	GattHost host = {host_read, host_write, host_subscribed, fixture};

	gatt_table_build(&fixture->table, firmware, is_guarded);
	gatt_server_init(&fixture->server, &fixture->table, &host, mtu_offered);
	fixture->subscribed = -1;
}

static void
set_up(Fixture *fixture, gconstpointer data)
{
	(void)data;
	fixture->written = g_byte_array_new();
	set_up_with(fixture, 247, 0, FALSE);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
	(void)data;
	g_byte_array_unref(fixture->written);
}

/* ---- Asking ---- */

static void
ask(Fixture *fixture, const guint8 *pdu, gsize n_pdu)
{
	memset(fixture->answer, 0xee, sizeof fixture->answer);
	fixture->n_answer = gatt_server_take(&fixture->server, pdu, n_pdu, fixture->answer);
	g_assert_cmpuint(fixture->n_answer, <=, fixture->server.mtu);
}

#define ASK(fixture, ...)                                                                          \
	ask(fixture, (const guint8[]){__VA_ARGS__}, sizeof((const guint8[]){__VA_ARGS__}))

static void
assert_error(const Fixture *fixture, guint8 request, guint16 handle, AttError code)
{
	g_assert_cmpuint(fixture->n_answer, ==, 5);
	g_assert_cmphex(fixture->answer[0], ==, 0x01);
	g_assert_cmphex(fixture->answer[1], ==, request);
	g_assert_cmphex(roll_bytes_get_u16(fixture->answer + 2), ==, handle);
	g_assert_cmphex(fixture->answer[4], ==, code);
}

#define ASSERT_ANSWER(fixture, ...)                                                                \
	g_assert_cmpmem((fixture)->answer, (fixture)->n_answer, ((const guint8[]){__VA_ARGS__}),   \
			sizeof((const guint8[]){__VA_ARGS__}))

static guint16
value_handle(const Fixture *fixture, GattKey key)
{
	return gatt_table_find_value(&fixture->table, key)->handle;
}

static void
read_handle(Fixture *fixture, guint16 handle)
{
	ASK(fixture, 0x0a, (guint8)handle, (guint8)(handle >> 8));
}

static void
write_handle(Fixture *fixture, guint16 handle, guint16 value)
{
	ASK(fixture, 0x12, (guint8)handle, (guint8)(handle >> 8), (guint8)value,
	    (guint8)(value >> 8));
}

/* ---- MTU ---- */

static void
test_mtu(Fixture *fixture, gconstpointer data)
{
	(void)data;
	g_assert_cmpuint(gatt_server_get_room(&fixture->server), ==, 20);
	ASK(fixture, 0x02, 0x05, 0x02);
	ASSERT_ANSWER(fixture, 0x03, 247, 0);
	g_assert_cmpuint(gatt_server_get_room(&fixture->server), ==, 244);
	ASK(fixture, 0x02, 100, 0);
	g_assert_cmpuint(fixture->server.mtu, ==, 100);
	/* Less than the least is taken for the least. */
	ASK(fixture, 0x02, 5, 0);
	g_assert_cmpuint(fixture->server.mtu, ==, 23);
	ASK(fixture, 0x02, 100);
	assert_error(fixture, 0x02, 0, ATT_INVALID_PDU);
}

static void
test_mtu_refused(Fixture *fixture, gconstpointer data)
{
	(void)data;
	set_up_with(fixture, 0, 0, FALSE);
	ASK(fixture, 0x02, 0x05, 0x02);
	assert_error(fixture, 0x02, 0, ATT_NOT_SUPPORTED);
	g_assert_cmpuint(fixture->server.mtu, ==, 23);
}

/* ---- Discovery ---- */

/* All services, asked for as a client does: from behind the last one told on. Returns how many. */
static guint
discover_services(Fixture *fixture, guint16 *ret_first, guint16 *ret_last)
{
	guint16 from = 1;
	guint n = 0;

	for (;;) {
		ASK(fixture, 0x10, (guint8)from, (guint8)(from >> 8), 0xff, 0xff, 0x00, 0x28);
		if (fixture->answer[0] == 0x01)
			break;
		g_assert_cmphex(fixture->answer[0], ==, 0x11);
		for (gsize at = 2; at < fixture->n_answer; at += fixture->answer[1]) {
			ret_first[n] = roll_bytes_get_u16(fixture->answer + at);
			ret_last[n] = roll_bytes_get_u16(fixture->answer + at + 2);
			g_assert_cmpuint(ret_first[n], >=, from);
			g_assert_cmpuint(ret_last[n], >=, ret_first[n]);
			from = (guint16)(ret_last[n++] + 1);
		}
	}
	assert_error(fixture, 0x10, from, ATT_NOT_FOUND);
	return n;
}

static void
test_services(Fixture *fixture, gconstpointer data)
{
	const guint16 mtus[] = {23, 247};
	guint16 first[8], last[8];

	(void)data;
	for (guint i = 0; i < G_N_ELEMENTS(mtus); i++) {
		ASK(fixture, 0x02, (guint8)mtus[i], 0);
		g_assert_cmpuint(discover_services(fixture, first, last), ==, 5);
		g_assert_cmphex(first[0], ==, 0x0001);
		g_assert_cmphex(first[4], ==, 0x0020);
		g_assert_cmphex(last[4], ==, 0x0028);
	}
}

static void
test_service_by_uuid(Fixture *fixture, gconstpointer data)
{
	guint8 request[7 + GATT_UUID_LEN] = {0x06, 0x01, 0x00, 0xff, 0xff, 0x00, 0x28};

	(void)data;
	gatt_uuid_parse(ROLL_UUID_ROLLER_SERVICE, request + 7);
	ask(fixture, request, sizeof request);
	ASSERT_ANSWER(fixture, 0x07, 0x20, 0x00, 0x28, 0x00);
	/* Battery, short and long. */
	ASK(fixture, 0x06, 0x01, 0x00, 0xff, 0xff, 0x00, 0x28, 0x0f, 0x18);
	ASSERT_ANSWER(fixture, 0x07, 0x0a, 0x00, 0x0d, 0x00);
	gatt_uuid_parse("0000180f-0000-1000-8000-00805f9b34fb", request + 7);
	ask(fixture, request, sizeof request);
	ASSERT_ANSWER(fixture, 0x07, 0x0a, 0x00, 0x0d, 0x00);
	request[7]++;
	ask(fixture, request, sizeof request);
	assert_error(fixture, 0x06, 0x0001, ATT_NOT_FOUND);
}

/* The characteristics of the profile: short and long UUIDs come in answers of their own. */
static void
test_characteristics(Fixture *fixture, gconstpointer data)
{
	guint8 uuid[GATT_UUID_LEN];

	(void)data;
	ASK(fixture, 0x02, 247, 0);
	ASK(fixture, 0x08, 0x20, 0x00, 0x28, 0x00, 0x03, 0x28);
	g_assert_cmphex(fixture->answer[0], ==, 0x09);
	g_assert_cmpuint(fixture->answer[1], ==, 21);
	g_assert_cmpuint(fixture->n_answer, ==, 2 + 3 * 21);
	gatt_uuid_parse(ROLL_UUID_ROLLER_MEASUREMENT, uuid);
	g_assert_cmphex(fixture->answer[2 + 21 + 2], ==, GATT_CAN_NOTIFY);
	g_assert_cmphex(roll_bytes_get_u16(fixture->answer + 2 + 21 + 3), ==,
			value_handle(fixture, GATT_MEASUREMENT));
	g_assert_cmpmem(fixture->answer + 2 + 21 + 5, 16, uuid, 16);
	/* From the first handle on, the long ones do not stand beside the short ones. */
	ASK(fixture, 0x08, 0x01, 0x00, 0xff, 0xff, 0x03, 0x28);
	g_assert_cmpuint(fixture->answer[1], ==, 7);
	g_assert_cmpuint(fixture->n_answer, ==, 2 + 8 * 7);
	/* By a UUID in its long form, a value itself: the name, cut to fit. */
	ASK(fixture, 0x02, 23, 0);
	ASK(fixture, 0x08, 0x01, 0x00, 0xff, 0xff, 0x00, 0x2a);
	g_assert_cmpuint(fixture->answer[1], ==, 21);
	g_assert_cmpmem(fixture->answer + 4, 19, LONG_NAME, 19);
}

static void
test_information(Fixture *fixture, gconstpointer data)
{
	guint16 ccc = (guint16)(value_handle(fixture, GATT_MEASUREMENT) + 1);

	(void)data;
	ASK(fixture, 0x04, (guint8)ccc, 0x00, (guint8)ccc, 0x00);
	ASSERT_ANSWER(fixture, 0x05, 0x01, (guint8)ccc, 0x00, 0x02, 0x29);
	ASK(fixture, 0x04, (guint8)(ccc - 1), 0x00, (guint8)(ccc + 5), 0x00);
	g_assert_cmpuint(fixture->answer[1], ==, 2);
	g_assert_cmpuint(fixture->n_answer, ==, 2 + 18);
	ASK(fixture, 0x04, 0xf0, 0x00, 0xff, 0x00);
	assert_error(fixture, 0x04, 0x00f0, ATT_NOT_FOUND);
}

static void
test_bad_ranges(Fixture *fixture, gconstpointer data)
{
	(void)data;
	ASK(fixture, 0x04, 0x00, 0x00, 0xff, 0xff);
	assert_error(fixture, 0x04, 0, ATT_INVALID_HANDLE);
	ASK(fixture, 0x10, 0x05, 0x00, 0x04, 0x00, 0x00, 0x28);
	assert_error(fixture, 0x10, 5, ATT_INVALID_HANDLE);
	ASK(fixture, 0x10, 0x01, 0x00, 0xff, 0xff, 0x03, 0x28);
	assert_error(fixture, 0x10, 1, ATT_UNSUPPORTED_GROUP);
	ASK(fixture, 0x08, 0x01, 0x00, 0xff, 0xff, 0x03);
	assert_error(fixture, 0x08, 0, ATT_INVALID_PDU);
	/* The first attribute of the type may not be read. */
	ASK(fixture, 0x08, 0x01, 0x00, 0xff, 0xff, 0x05, 0x2a);
	assert_error(fixture, 0x08, 0x0008, ATT_READ_NOT_PERMITTED);
}

/* ---- Reading and writing ---- */

static void
test_long_read(Fixture *fixture, gconstpointer data)
{
	g_autoptr(GString) name = g_string_new(NULL);
	guint16 handle = value_handle(fixture, GATT_NAME);

	(void)data;
	read_handle(fixture, handle);
	g_assert_cmphex(fixture->answer[0], ==, 0x0b);
	while (fixture->n_answer > 1) {
		g_string_append_len(name, (char *)fixture->answer + 1,
				    (gssize)fixture->n_answer - 1);
		ASK(fixture, 0x0c, (guint8)handle, 0x00, (guint8)name->len, 0x00);
		g_assert_cmphex(fixture->answer[0], ==, 0x0d);
	}
	g_assert_cmpstr(name->str, ==, LONG_NAME);
	ASK(fixture, 0x0c, (guint8)handle, 0x00, (guint8)(name->len + 1), 0x00);
	assert_error(fixture, 0x0c, handle, ATT_INVALID_OFFSET);
}

static void
test_refused(Fixture *fixture, gconstpointer data)
{
	guint16 measurement = value_handle(fixture, GATT_MEASUREMENT);

	(void)data;
	read_handle(fixture, measurement);
	assert_error(fixture, 0x0a, measurement, ATT_READ_NOT_PERMITTED);
	read_handle(fixture, 0x1234);
	assert_error(fixture, 0x0a, 0x1234, ATT_INVALID_HANDLE);
	write_handle(fixture, value_handle(fixture, GATT_FEATURE), 0);
	assert_error(fixture, 0x12, value_handle(fixture, GATT_FEATURE), ATT_WRITE_NOT_PERMITTED);
	write_handle(fixture, 0x0001, 0);
	assert_error(fixture, 0x12, 0x0001, ATT_WRITE_NOT_PERMITTED);
	ASK(fixture, 0x0a, 0x01);
	assert_error(fixture, 0x0a, 0, ATT_INVALID_PDU);
	/* Prepare Write is not known, and said so; an unknown command and an answer get none. */
	ASK(fixture, 0x16, 0x03, 0x00, 0x00, 0x00, 0x01);
	assert_error(fixture, 0x16, 0, ATT_NOT_SUPPORTED);
	ASK(fixture, 0xd2, 0x03, 0x00, 0x01);
	g_assert_cmpuint(fixture->n_answer, ==, 0);
	ASK(fixture, 0x0b, 0x03);
	g_assert_cmpuint(fixture->n_answer, ==, 0);
}

static void
test_control(Fixture *fixture, gconstpointer data)
{
	guint8 control = (guint8)value_handle(fixture, GATT_CONTROL);

	(void)data;
	ASK(fixture, 0x12, control, 0x00, 0x01);
	ASSERT_ANSWER(fixture, 0x13);
	g_assert_cmpmem(fixture->written->data, fixture->written->len, "\x01", 1);
	/* Without an answer it may not be written. */
	g_byte_array_set_size(fixture->written, 0);
	ASK(fixture, 0x52, control, 0x00, 0x02);
	g_assert_cmpuint(fixture->n_answer, ==, 0);
	g_assert_cmpuint(fixture->written->len, ==, 0);
}

static void
test_subscribe(Fixture *fixture, gconstpointer data)
{
	guint16 handle = value_handle(fixture, GATT_MEASUREMENT);
	guint8 pdu[ATT_MTU_MOST], value[30] = {7};

	(void)data;
	g_assert_cmpuint(gatt_server_build_value(&fixture->server, GATT_MEASUREMENT, value, 1, pdu),
			 ==, 0);
	write_handle(fixture, (guint16)(handle + 1), 0x0001);
	ASSERT_ANSWER(fixture, 0x13);
	g_assert_cmpint(fixture->subscribed, ==, TRUE);
	read_handle(fixture, (guint16)(handle + 1));
	ASSERT_ANSWER(fixture, 0x0b, 0x01, 0x00);
	g_assert_cmpuint(gatt_server_build_value(&fixture->server, GATT_MEASUREMENT, value, 1, pdu),
			 ==, 4);
	g_assert_cmpmem(pdu, 4, ((guint8[]){0x1b, (guint8)handle, 0x00, 7}), 4);
	/* Cut to MTU 23. */
	g_assert_cmpuint(
		gatt_server_build_value(&fixture->server, GATT_MEASUREMENT, value, 30, pdu), ==,
		23);
	write_handle(fixture, (guint16)(handle + 1), 0x0000);
	g_assert_cmpint(fixture->subscribed, ==, FALSE);
	/* It can only notify: asking for indications subscribes to nothing. */
	write_handle(fixture, (guint16)(handle + 1), 0x0002);
	g_assert_false(gatt_server_is_subscribed(&fixture->server, GATT_MEASUREMENT));
	ASK(fixture, 0x12, (guint8)(handle + 1), 0x00, 0x01);
	assert_error(fixture, 0x12, (guint16)(handle + 1), ATT_INVALID_LENGTH);
}

static void
test_indicate(Fixture *fixture, gconstpointer data)
{
	guint16 handle = value_handle(fixture, GATT_CONTROL);
	guint8 pdu[ATT_MTU_MOST], value[3] = {0x80, 1, 1};

	(void)data;
	write_handle(fixture, (guint16)(handle + 1), 0x0002);
	g_assert_cmpuint(gatt_server_build_value(&fixture->server, GATT_CONTROL, value, 3, pdu), ==,
			 6);
	g_assert_cmphex(pdu[0], ==, 0x1d);
	/* One at a time. */
	g_assert_cmpuint(gatt_server_build_value(&fixture->server, GATT_CONTROL, value, 3, pdu), ==,
			 0);
	ASK(fixture, 0x1e);
	g_assert_cmpuint(fixture->n_answer, ==, 0);
	g_assert_cmpuint(gatt_server_build_value(&fixture->server, GATT_CONTROL, value, 3, pdu), ==,
			 6);
}

/* ---- Guarded, and moved ---- */

static void
test_guarded(Fixture *fixture, gconstpointer data)
{
	guint16 feature, control, ccc;

	(void)data;
	set_up_with(fixture, 247, 0, TRUE);
	feature = value_handle(fixture, GATT_FEATURE);
	control = value_handle(fixture, GATT_CONTROL);
	ccc = (guint16)(value_handle(fixture, GATT_MEASUREMENT) + 1);
	read_handle(fixture, feature);
	assert_error(fixture, 0x0a, feature, ATT_NO_AUTHENTICATION);
	write_handle(fixture, ccc, 0x0001);
	assert_error(fixture, 0x12, ccc, ATT_NO_AUTHENTICATION);
	g_assert_cmpint(fixture->subscribed, ==, -1);
	fixture->server.has_key = TRUE;
	ASK(fixture, 0x12, (guint8)control, 0x00, 0x01);
	assert_error(fixture, 0x12, control, ATT_NO_ENCRYPTION);
	g_assert_cmpuint(fixture->written->len, ==, 0);
	/* The battery is for everybody, and so is discovery. */
	read_handle(fixture, value_handle(fixture, GATT_BATTERY));
	ASSERT_ANSWER(fixture, 0x0b, 'x');
	ASK(fixture, 0x08, 0x20, 0x00, 0x28, 0x00, 0x03, 0x28);
	g_assert_cmphex(fixture->answer[0], ==, 0x09);
	fixture->server.is_encrypted = TRUE;
	read_handle(fixture, feature);
	ASSERT_ANSWER(fixture, 0x0b, 'x');
	write_handle(fixture, ccc, 0x0001);
	ASSERT_ANSWER(fixture, 0x13);
}

static void
test_firmware(Fixture *fixture, gconstpointer data)
{
	guint16 old = value_handle(fixture, GATT_MEASUREMENT);
	guint16 battery = value_handle(fixture, GATT_BATTERY);

	(void)data;
	set_up_with(fixture, 247, 3, FALSE);
	g_assert_cmpuint(value_handle(fixture, GATT_MEASUREMENT), ==, old + 48);
	g_assert_cmpuint(value_handle(fixture, GATT_BATTERY), ==, battery);
	write_handle(fixture, (guint16)(old + 1), 0x0001);
	assert_error(fixture, 0x12, (guint16)(old + 1), ATT_INVALID_HANDLE);
	set_up_with(fixture, 247, GATT_FIRMWARES_MAX, FALSE);
	g_assert_cmpuint(value_handle(fixture, GATT_MEASUREMENT), ==,
			 old + 16 * GATT_FIRMWARES_MAX);
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *path;
		void (*run)(Fixture *fixture, gconstpointer data);
	} tests[] = {
		{"/gatt-server/mtu", test_mtu},
		{"/gatt-server/mtu-refused", test_mtu_refused},
		{"/gatt-server/services", test_services},
		{"/gatt-server/service-by-uuid", test_service_by_uuid},
		{"/gatt-server/characteristics", test_characteristics},
		{"/gatt-server/information", test_information},
		{"/gatt-server/bad-ranges", test_bad_ranges},
		{"/gatt-server/long-read", test_long_read},
		{"/gatt-server/refused", test_refused},
		{"/gatt-server/control", test_control},
		{"/gatt-server/subscribe", test_subscribe},
		{"/gatt-server/indicate", test_indicate},
		{"/gatt-server/guarded", test_guarded},
		{"/gatt-server/firmware", test_firmware},
	};

	g_test_init(&argc, &argv, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(tests); i++)
		g_test_add(tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
	return g_test_run();
}
