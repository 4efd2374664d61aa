/* SPDX-License-Identifier: MIT
 *
 * The bytes of a FIT file. That another program reads them is check-fit-decoded.py's to show.
 */
#include "protocol/fit.h"

#include <glib.h>
#include <math.h>
#include <string.h>

/* The published check value of CRC-16/ARC, in one piece and in two. */
static void
test_crc(void)
{
	const uint8_t *digits = (const uint8_t *)"123456789";

	g_assert_cmphex(roll_fit_get_crc(0, digits, 9), ==, 0xbb3d);
	g_assert_cmphex(roll_fit_get_crc(roll_fit_get_crc(0, digits, 4), digits + 4, 5), ==,
			0xbb3d);
	g_assert_cmphex(roll_fit_get_crc(0x1234, digits, 0), ==, 0x1234);
}

static void
put_example(RollFit *fit)
{
	const RollFitField fields[] = {
		{.number = 253, .type = ROLL_FIT_U32, .whole = 0x01020304},
		{.number = 0, .type = ROLL_FIT_ENUM, .whole = 4},
		{.number = 5, .type = ROLL_FIT_U16, .whole = -1},
		{.number = 3, .type = ROLL_FIT_U32Z, .whole = -1},
		{.number = 8, .type = ROLL_FIT_TEXT, .size = 4, .data = "ab"},
		{.number = 1, .type = ROLL_FIT_F32, .is_developer = true, .real = 1.5},
		{.number = 2, .type = ROLL_FIT_F32, .is_developer = true, .real = NAN},
	};

	roll_fit_put(fit, 3, ROLL_FIT_RECORD, fields, G_N_ELEMENTS(fields));
}

/* The example by hand: header, form, two messages of it. */
static void
test_bytes(void)
{
	static const uint8_t form[] = {
		0x63, 0, 0, 20,	  0, 5, 253,  4, 0x86, 0, 1, 0x00, 5, 2,
		0x84, 3, 4, 0x8c, 8, 4, 0x07, 2, 1,    4, 0, 2,	   4, 0,
	};
	static const uint8_t message[] = {
		3,   4,	  3, 2, 1, 4, 0xff, 0xff, 0,	0,    0,    0,
		'a', 'b', 0, 0, 0, 0, 0xc0, 0x3f, 0xff, 0xff, 0xff, 0xff,
	};
	uint8_t bytes[256] = {0};
	const uint8_t *at = bytes + ROLL_FIT_HEADER_BYTES;
	const size_t n_messages = sizeof form + 2 * sizeof message;
	RollFit fit;

	roll_fit_begin(&fit, bytes, sizeof bytes);
	put_example(&fit);
	put_example(&fit);

	size_t n_bytes = roll_fit_end(&fit, 2132);

	g_assert_cmpuint(n_bytes, ==, ROLL_FIT_HEADER_BYTES + n_messages + ROLL_FIT_CRC_BYTES);
	g_assert_cmpuint(bytes[0], ==, 14);
	g_assert_cmphex(bytes[1], ==, 0x20);
	g_assert_cmpuint(roll_bytes_get_u16(bytes + 2), ==, 2132);
	g_assert_cmpuint(roll_bytes_get_u32(bytes + 4), ==, n_messages);
	g_assert_cmpmem(bytes + 8, 4, ".FIT", 4);
	g_assert_cmphex(roll_bytes_get_u16(bytes + 12), ==, roll_fit_get_crc(0, bytes, 12));
	g_assert_cmpmem(at, sizeof form, form, sizeof form);
	g_assert_cmpmem(at + sizeof form, sizeof message, message, sizeof message);
	g_assert_cmpmem(at + sizeof form + sizeof message, sizeof message, message, sizeof message);
	/* Over all of a file with its checksum a reader comes to 0. */
	g_assert_cmphex(roll_fit_get_crc(0, bytes, n_bytes), ==, 0);
}

/* Without room it tells how much would be needed, and a byte less writes nothing past its end. */
static void
test_room(void)
{
	RollFit fit;

	roll_fit_begin(&fit, NULL, 0);
	put_example(&fit);

	size_t n_bytes = roll_fit_end(&fit, 2132);
	g_autofree uint8_t *bytes = g_malloc(n_bytes);

	roll_fit_begin(&fit, bytes, n_bytes);
	put_example(&fit);
	g_assert_cmpuint(roll_fit_end(&fit, 2132), ==, n_bytes);
	g_assert_cmphex(roll_fit_get_crc(0, bytes, n_bytes), ==, 0);

	bytes[n_bytes - 1] = 0x5a;
	roll_fit_begin(&fit, bytes, n_bytes - 1);
	put_example(&fit);
	g_assert_cmpuint(roll_fit_end(&fit, 2132), ==, n_bytes);
	g_assert_cmphex(bytes[n_bytes - 1], ==, 0x5a);
}

/* A text keeps whole characters, and always a NUL at its end. */
static void
test_text(void)
{
	static const struct {
		const char *text, *wanted;
	} cases[] = {
		{"", ""},
		{"abc", "abc"},
		{"abcd", "abc"},
		{"ab\xc3\xa4", "ab"},
		{"a\xc3\xa4"
		 "b",
		 "a\xc3\xa4"},
		{"\xe2\x82\xac\xe2\x82\xac", "\xe2\x82\xac"},
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		const RollFitField field = {
			.number = 8, .type = ROLL_FIT_TEXT, .size = 4, .data = cases[i].text};
		uint8_t bytes[64] = {0};
		RollFit fit;

		roll_fit_begin(&fit, bytes, sizeof bytes);
		roll_fit_put(&fit, 0, ROLL_FIT_FILE_ID, &field, 1);

		size_t n_bytes = roll_fit_end(&fit, 0);
		const uint8_t *text = bytes + n_bytes - ROLL_FIT_CRC_BYTES - 4;

		g_assert_cmpstr((const char *)text, ==, cases[i].wanted);
		g_assert_cmpuint(text[3], ==, 0);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fit/crc", test_crc);
	g_test_add_func("/fit/bytes", test_bytes);
	g_test_add_func("/fit/room", test_room);
	g_test_add_func("/fit/text", test_text);
	return g_test_run();
}
