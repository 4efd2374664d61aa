/* SPDX-License-Identifier: MIT
 *
 * Pairing: the functions by the specification's own samples (Vol 3, Part H, 2.2.3 and 2.2.4), the sensor's side
 * played against a host's, and what it keeps.
 */
#include "tests/rollsim/air-talk.h"
#include "tests/rollsim/event-line.h"

#include <glib/gstdio.h>
#include <string.h>

static const guint8 no_key[SMP_KEY_LEN] = {0};

/* text: hex, most significant byte first, as the specification prints it. */
static void
parse(const char *text, guint8 *ret_bytes)
{
	gsize n = strlen(text) / 2;

	for (gsize i = 0; i < n; i++)
		ret_bytes[n - 1 - i] = (guint8)(g_ascii_xdigit_value(text[2 * i]) << 4 |
						g_ascii_xdigit_value(text[2 * i + 1]));
}

static void
assert_key(const guint8 *key, const char *text)
{
	guint8 right[SMP_KEY_LEN];

	parse(text, right);
	g_assert_cmpmem(key, SMP_KEY_LEN, right, SMP_KEY_LEN);
}

static void
test_confirm(void)
{
	SmpSetting setting = {.initiator_type = 1, .responder_type = 0};
	guint8 random[SMP_KEY_LEN], confirm[SMP_KEY_LEN];

	parse("5783D52156AD6F0E6388274EC6702EE0", random);
	parse("07071000000101", setting.request);
	parse("05000800000302", setting.response);
	parse("A1A2A3A4A5A6", setting.initiator);
	parse("B1B2B3B4B5B6", setting.responder);
	smp_crypto_confirm(no_key, random, &setting, confirm);
	assert_key(confirm, "1e1e3fef878988ead2a74dc5bef13b86");
}

static void
test_short_key(void)
{
	guint8 responder[SMP_KEY_LEN], initiator[SMP_KEY_LEN], key[SMP_KEY_LEN];

	parse("000F0E0D0C0B0A091122334455667788", responder);
	parse("010203040506070899AABBCCDDEEFF00", initiator);
	smp_crypto_short_key(no_key, responder, initiator, key);
	assert_key(key, "9a1fe1f0e8b0f49b5b4216ae796da062");
}

/* ---- A host ---- */

typedef struct {
	SimDevice *device;
	AirTalk *talk;
	GPtrArray *pdus; /* GBytes: what came on the pairing channel */
	guint8 att[ATT_MTU_MOST];
	gsize n_att;
	GString *events;
	guint8 random[SMP_KEY_LEN];
	SmpSetting setting;
} Host;

static void
take_frame(gpointer user, gboolean is_notification, const guint8 *frame, gsize n_bytes)
{
	Host *host = user;

	(void)is_notification;
	if (frame[2] == 6) {
		g_ptr_array_add(host->pdus, g_bytes_new(frame + 4, n_bytes - 4));
		return;
	}
	host->n_att = n_bytes - 4;
	memcpy(host->att, frame + 4, host->n_att);
}

static void
take_event(gpointer user, guint number, const char *event)
{
	g_assert_cmpuint(number, ==, 1);
	g_string_append_printf(((Host *)user)->events, "%s, ", event);
}

static Host *
set_up_with(gboolean is_guarded, const char *keys_path)
{
	Host *host = g_new0(Host, 1);
	AirTalkPorts ports = {.send = take_frame, .user = host};
	SimDeviceSettings settings = {
		.number = 1,
		.name = "Roller",
		.stream = {.seed = 1, .period_us = 10000, .n_batch = 10},
		.keys_path = keys_path,
	};
	g_autoptr(GError) error = NULL;

	host->setting.responder_type = 1;
	parse("00AA01000000", host->setting.initiator);
	parse("C0FFEE000001", host->setting.responder);
	parse("00112233445566778899AABBCCDDEEFF", host->random);
	host->pdus = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	host->events = g_string_new(NULL);
	event_line_divert(take_event, host);
	host->device = sim_device_new(&settings);
	g_assert_true(sim_device_load_bond(host->device, &error));
	host->talk = air_talk_new(host->device, &ports, 247, is_guarded);
	air_talk_begin(host->talk, &host->setting);
	return host;
}

static void
tear_down(Host *host)
{
	event_line_divert(NULL, NULL);
	air_talk_free(host->talk);
	sim_device_free(host->device);
	g_ptr_array_unref(host->pdus);
	g_string_free(host->events, TRUE);
	g_free(host);
}

static void
say(Host *host, guint8 channel, const guint8 *pdu, gsize n)
{
	guint8 frame[64] = {(guint8)n, 0, channel, 0};

	memcpy(frame + 4, pdu, n);
	air_talk_take(host->talk, 0, TRUE, frame, 4 + n);
}

#define SAY(host, channel, ...)                                                                    \
	say(host, channel, (const guint8[]){__VA_ARGS__}, sizeof((const guint8[]){__VA_ARGS__}))

static const guint8 *
get_pdu(const Host *host, guint i, gsize n_bytes)
{
	gsize n;
	const guint8 *pdu;

	g_assert_cmpuint(i, <, host->pdus->len);
	pdu = g_bytes_get_data(host->pdus->pdata[i], &n);
	g_assert_cmpuint(n, ==, n_bytes);
	return pdu;
}

static void
say_key(Host *host, guint8 code, const guint8 *key)
{
	guint8 pdu[17] = {code};

	memcpy(pdu + 1, key, SMP_KEY_LEN);
	say(host, 6, pdu, sizeof pdu);
}

/* Goes as far as to the short term key. */
static void
agree(Host *host, guint8 keys, guint8 *ret_key)
{
	const guint8 request[] = {0x01, 0x03, 0, 0x01, 16, keys, keys};
	guint8 confirm[SMP_KEY_LEN];

	g_ptr_array_set_size(host->pdus, 0);
	memcpy(host->setting.request, request, sizeof request);
	say(host, 6, request, sizeof request);
	memcpy(host->setting.response, get_pdu(host, 0, 7), 7);
	g_assert_cmpmem(host->setting.response, 7,
			((guint8[]){0x02, 0x03, 0, 0x01, 16, 0, keys & 3}), 7);
	smp_crypto_confirm(no_key, host->random, &host->setting, confirm);
	say_key(host, 0x03, confirm);
	say_key(host, 0x04, host->random);
	g_assert_cmphex(get_pdu(host, 1, 17)[0], ==, 0x03);
	g_assert_cmphex(get_pdu(host, 2, 17)[0], ==, 0x04);
	/* The sensor's confirm value is that of its random one. */
	smp_crypto_confirm(no_key, get_pdu(host, 2, 17) + 1, &host->setting, confirm);
	g_assert_cmpmem(get_pdu(host, 1, 17) + 1, SMP_KEY_LEN, confirm, SMP_KEY_LEN);
	smp_crypto_short_key(no_key, get_pdu(host, 2, 17) + 1, host->random, ret_key);
}

static const guint8 no_random[SMP_RANDOM_LEN] = {0};

static guint8
read_feature(Host *host)
{
	SAY(host, 4, 0x0a, 0x22, 0x00);
	return host->att[0] == 0x01 ? host->att[4] : 0;
}

/* What the host learnt. */
typedef struct {
	guint8 key[SMP_KEY_LEN], random[SMP_RANDOM_LEN];
	guint16 diversifier;
} Learnt;

static Learnt
pair(Host *host)
{
	guint8 key[SMP_KEY_LEN];
	Learnt learnt;

	agree(host, 0x07, key);
	g_assert_true(air_talk_encrypt(host->talk, no_random, 0, key));
	g_assert_cmpuint(host->pdus->len, ==, 7);
	g_assert_cmphex(get_pdu(host, 3, 17)[0], ==, 0x06);
	g_assert_cmphex(get_pdu(host, 4, 11)[0], ==, 0x07);
	g_assert_cmphex(get_pdu(host, 5, 17)[0], ==, 0x08);
	g_assert_cmpmem(get_pdu(host, 6, 8), 8,
			((guint8[]){0x09, 1, 0x01, 0x00, 0x00, 0xee, 0xff, 0xc0}), 8);
	memcpy(learnt.key, get_pdu(host, 3, 17) + 1, SMP_KEY_LEN);
	learnt.diversifier = (guint16)(get_pdu(host, 4, 11)[1] | get_pdu(host, 4, 11)[2] << 8);
	memcpy(learnt.random, get_pdu(host, 4, 11) + 3, SMP_RANDOM_LEN);
	return learnt;
}

static gboolean
encrypt_with(Host *host, const Learnt *learnt)
{
	air_talk_end(host->talk);
	air_talk_begin(host->talk, &host->setting);
	return air_talk_encrypt(host->talk, learnt->random, learnt->diversifier, learnt->key);
}

/* ---- What they do ---- */

static void
test_pair(void)
{
	Host *host = set_up_with(TRUE, NULL);
	Learnt learnt, wrong;

	g_assert_cmphex(read_feature(host), ==, ATT_NO_AUTHENTICATION);
	learnt = pair(host);
	g_assert_cmpstr(host->events->str, ==, "encrypted, paired, ");
	g_assert_cmphex(read_feature(host), ==, 0);
	/* The next link is not encrypted by itself, but with the key that lasts. */
	air_talk_end(host->talk);
	air_talk_begin(host->talk, &host->setting);
	g_assert_cmphex(read_feature(host), ==, ATT_NO_ENCRYPTION);
	g_assert_true(encrypt_with(host, &learnt));
	g_assert_cmphex(read_feature(host), ==, 0);
	wrong = learnt;
	wrong.key[3] ^= 1;
	g_assert_false(encrypt_with(host, &wrong));
	g_assert_cmphex(read_feature(host), ==, ATT_NO_ENCRYPTION);
	wrong = learnt;
	wrong.diversifier ^= 1;
	g_assert_false(encrypt_with(host, &wrong));
	/* The short term key was for once. */
	memset(&wrong, 0, sizeof wrong);
	g_assert_false(encrypt_with(host, &wrong));
	tear_down(host);
}

static void
test_wrong_short_key(void)
{
	Host *host = set_up_with(TRUE, NULL);
	guint8 key[SMP_KEY_LEN];

	agree(host, 0x01, key);
	key[15] ^= 0x80;
	g_assert_false(air_talk_encrypt(host->talk, no_random, 0, key));
	g_assert_cmpstr(host->events->str, ==, "no-key, ");
	g_assert_cmphex(read_feature(host), ==, ATT_NO_AUTHENTICATION);
	tear_down(host);
}

/* Somebody in between, who does not know what was confirmed. */
static void
test_wrong_random(void)
{
	Host *host = set_up_with(TRUE, NULL);

	SAY(host, 6, 0x01, 0x03, 0, 0x01, 16, 0, 1);
	say_key(host, 0x03, no_key);
	say_key(host, 0x04, host->random);
	g_assert_cmpmem(get_pdu(host, 2, 2), 2, ((guint8[]){0x05, 0x04}), 2);
	tear_down(host);
}

static void
test_out_of_place(void)
{
	Host *host = set_up_with(TRUE, NULL);

	say_key(host, 0x04, host->random);
	g_assert_cmpmem(get_pdu(host, 0, 2), 2, ((guint8[]){0x05, 0x08}), 2);
	SAY(host, 6, 0x01, 0x03);
	g_assert_cmpmem(get_pdu(host, 1, 2), 2, ((guint8[]){0x05, 0x0a}), 2);
	SAY(host, 6, 0x01, 0x03, 0, 0x01, 7, 0, 1);
	g_assert_cmpmem(get_pdu(host, 2, 2), 2, ((guint8[]){0x05, 0x06}), 2);
	SAY(host, 6, 0x0c);
	g_assert_cmpmem(get_pdu(host, 3, 2), 2, ((guint8[]){0x05, 0x07}), 2);
	tear_down(host);
}

/* A sensor that demands nothing does not pair, and has nothing to hide. */
static void
test_open(void)
{
	Host *host = set_up_with(FALSE, NULL);

	SAY(host, 6, 0x01, 0x03, 0, 0x01, 16, 0, 1);
	g_assert_cmpmem(get_pdu(host, 0, 2), 2, ((guint8[]){0x05, 0x05}), 2);
	g_assert_cmphex(read_feature(host), ==, 0);
	tear_down(host);
}

static void
test_stranger(void)
{
	Host *host = set_up_with(TRUE, NULL);
	Learnt learnt = pair(host);

	host->device->is_clone = TRUE;
	g_assert_false(encrypt_with(host, &learnt));
	g_assert_cmphex(read_feature(host), ==, ATT_NO_AUTHENTICATION);
	/* Whoever pairs with the stranger has its keys, not the sensor's. */
	(void)pair(host);
	g_assert_false(encrypt_with(host, &learnt));
	host->device->is_clone = FALSE;
	g_assert_true(encrypt_with(host, &learnt));
	sim_device_set_bond(host->device, &(SimBond){0});
	g_assert_false(encrypt_with(host, &learnt));
	tear_down(host);
}

/* Its flash: the same sensor, begun anew. */
static void
test_kept(void)
{
	g_autofree char *folder = g_dir_make_tmp("rollsim-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "keys", NULL);
	Host *host = set_up_with(TRUE, path);
	Learnt learnt = pair(host);

	tear_down(host);
	host = set_up_with(TRUE, path);
	g_assert_true(encrypt_with(host, &learnt));
	sim_device_set_bond(host->device, &(SimBond){0});
	tear_down(host);
	host = set_up_with(TRUE, path);
	g_assert_false(sim_device_get_bond(host->device)->is_bonded);
	g_assert_false(encrypt_with(host, &learnt));
	tear_down(host);
	g_assert_cmpint(g_remove(path), ==, 0);
	g_assert_cmpint(g_rmdir(folder), ==, 0);
}

static void
test_bad_file(void)
{
	g_autofree char *folder = g_dir_make_tmp("rollsim-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "keys", NULL);
	g_autoptr(GError) error = NULL;
	SimBond bond;

	g_assert_true(g_file_set_contents(path, "[sensor 1]\nkey=00zz\n", -1, NULL));
	g_assert_false(sim_bond_load(path, 1, &bond, &error));
	g_assert_nonnull(strstr(error->message, "key of sensor 1"));
	/* Of another sensor nothing is wrong. */
	g_assert_true(sim_bond_load(path, 2, &bond, NULL));
	g_assert_false(bond.is_bonded);
	g_assert_cmpint(g_remove(path), ==, 0);
	g_assert_cmpint(g_rmdir(folder), ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pairing/confirm", test_confirm);
	g_test_add_func("/pairing/short-key", test_short_key);
	g_test_add_func("/pairing/pair", test_pair);
	g_test_add_func("/pairing/wrong-short-key", test_wrong_short_key);
	g_test_add_func("/pairing/wrong-random", test_wrong_random);
	g_test_add_func("/pairing/out-of-place", test_out_of_place);
	g_test_add_func("/pairing/open", test_open);
	g_test_add_func("/pairing/stranger", test_stranger);
	g_test_add_func("/pairing/kept", test_kept);
	g_test_add_func("/pairing/bad-file", test_bad_file);
	return g_test_run();
}
