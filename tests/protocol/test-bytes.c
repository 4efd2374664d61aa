/* SPDX-License-Identifier: MIT */
#include "protocol/bytes.h"

#include <glib.h>
#include <math.h>

static void
test_reads_little_endian(void)
{
	const uint8_t bytes[] = {0x01, 0x34, 0x12, 0xff, 0xff, 0x78, 0x56,
				 0x34, 0x12, 0x00, 0x00, 0xc0, 0xbf};
	RollReader reader;

	roll_reader_init(&reader, bytes, sizeof(bytes));
	g_assert_cmpuint(roll_reader_left(&reader), ==, 13);
	g_assert_cmpuint(roll_reader_u8(&reader), ==, 1);
	g_assert_cmpuint(roll_reader_u16(&reader), ==, 0x1234);
	g_assert_cmpint(roll_reader_i16(&reader), ==, -1);
	g_assert_false(roll_reader_is_done(&reader));
	g_assert_cmpuint(roll_reader_u32(&reader), ==, 0x12345678);
	g_assert_cmpfloat(roll_reader_f32(&reader), ==, -1.5f);
	g_assert_true(roll_reader_is_done(&reader));
	g_assert_cmpuint(roll_reader_left(&reader), ==, 0);
	g_assert_false(reader.is_short);
}

static void
test_reads_extremes(void)
{
	const uint8_t bytes[] = {0x00, 0x80, 0xff, 0x7f, 0xff, 0xff,
				 0xff, 0xff, 0x00, 0x00, 0xc0, 0x7f};
	RollReader reader;

	roll_reader_init(&reader, bytes, sizeof(bytes));
	g_assert_cmpint(roll_reader_i16(&reader), ==, INT16_MIN);
	g_assert_cmpint(roll_reader_i16(&reader), ==, INT16_MAX);
	g_assert_cmpuint(roll_reader_u32(&reader), ==, UINT32_MAX);
	g_assert_true(isnan(roll_reader_f32(&reader)));
}

static void
test_reads_nothing_past_the_end(void)
{
	/* On the heap, exactly as long: the sanitizer sees a byte too much. */
	for (size_t n_bytes = 0; n_bytes < 4; n_bytes++) {
		g_autofree uint8_t *bytes = g_malloc(n_bytes);
		RollReader reader;

		for (size_t i = 0; i < n_bytes; i++)
			bytes[i] = 0xff;
		roll_reader_init(&reader, bytes, n_bytes);
		g_assert_cmpuint(roll_reader_u32(&reader), ==, 0);
		g_assert_true(reader.is_short);
		g_assert_cmpuint(roll_reader_left(&reader), ==, 0);
	}
}

static void
test_fault_stays(void)
{
	const uint8_t bytes[] = {1, 2, 3};
	RollReader reader;

	roll_reader_init(&reader, bytes, sizeof(bytes));
	g_assert_cmpuint(roll_reader_u16(&reader), ==, 0x0201);
	g_assert_cmpuint(roll_reader_u16(&reader), ==, 0);
	/* The byte that is left is not given out either: fields would be out of step. */
	g_assert_cmpuint(roll_reader_u8(&reader), ==, 0);
	g_assert_true(reader.is_short);
	g_assert_false(roll_reader_is_done(&reader));
}

static void
test_reads_no_bytes_at_all(void)
{
	RollReader reader;

	roll_reader_init(&reader, NULL, 0);
	g_assert_true(roll_reader_is_done(&reader));
	g_assert_cmpuint(roll_reader_u8(&reader), ==, 0);
	g_assert_true(reader.is_short);
}

static void
test_writes_little_endian(void)
{
	const uint8_t right[] = {0xab, 0x34, 0x12, 0xfe, 0xff, 0x78, 0x56, 0x34, 0x12};
	uint8_t bytes[sizeof(right)];
	RollWriter writer;

	roll_writer_init(&writer, bytes, sizeof(bytes));
	roll_writer_u8(&writer, 0xab);
	roll_writer_u16(&writer, 0x1234);
	roll_writer_i16(&writer, -2);
	roll_writer_u32(&writer, 0x12345678);
	g_assert_false(writer.is_full);
	g_assert_cmpmem(bytes, writer.n_bytes, right, sizeof(right));
}

static void
test_writes_nothing_past_the_end(void)
{
	uint8_t bytes[4] = {9, 9, 9, 9};
	RollWriter writer;

	roll_writer_init(&writer, bytes, 3);
	roll_writer_u16(&writer, 0x0201);
	roll_writer_u16(&writer, 0x0403);
	g_assert_true(writer.is_full);
	roll_writer_u8(&writer, 5); /* would fit, but a field before it is missing */
	g_assert_cmpuint(writer.n_bytes, ==, 2);
	g_assert_cmpuint(bytes[2], ==, 9);
	g_assert_cmpuint(bytes[3], ==, 9);

	roll_writer_init(&writer, NULL, 0);
	roll_writer_u32(&writer, 1);
	g_assert_true(writer.is_full);
	g_assert_cmpuint(writer.n_bytes, ==, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/bytes/reads little-endian", test_reads_little_endian);
	g_test_add_func("/bytes/reads extremes", test_reads_extremes);
	g_test_add_func("/bytes/reads nothing past the end", test_reads_nothing_past_the_end);
	g_test_add_func("/bytes/a fault stays", test_fault_stays);
	g_test_add_func("/bytes/reads no bytes at all", test_reads_no_bytes_at_all);
	g_test_add_func("/bytes/writes little-endian", test_writes_little_endian);
	g_test_add_func("/bytes/writes nothing past the end", test_writes_nothing_past_the_end);
	return g_test_run();
}
