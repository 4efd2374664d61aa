/* SPDX-License-Identifier: MIT */
#include "protocol/capture.h"

#include <glib.h>
#include <string.h>

#define UUID "526f6c6c-0003-4265-a173-746965426172"
#define ADDRESS "C0:FF:EE:00:00:01"

static RollLine
parse(const char *line, size_t n_chars, RollValue *ret_value, const char **ret_fault)
{
	/* Exactly as long and without a NUL: the sanitizer sees a character too much. */
	g_autofree char *copy = n_chars > 0 ? g_memdup2(line, n_chars) : NULL;

	return roll_capture_parse_line(copy, n_chars, ret_value, ret_fault);
}

static void
assert_bad(const char *line, size_t n_chars, const char *told)
{
	RollValue value, before;
	const char *fault = NULL;

	memset(&value, 0xa5, sizeof(value));
	before = value;
	g_assert_cmpint(parse(line, n_chars, &value, &fault), ==, ROLL_LINE_BAD);
	g_assert_nonnull(fault);
	g_test_message("%s", fault);
	g_assert_nonnull(strstr(fault, told));
	g_assert_cmpmem(&value, sizeof(value), &before, sizeof(before));
}

static void
assert_bad_text(const char *line, const char *told)
{
	assert_bad(line, strlen(line), told);
}

static RollValue
assert_good(const char *line)
{
	RollValue value;
	const char *fault = "untouched";

	g_assert_cmpint(parse(line, strlen(line), &value, &fault), ==, ROLL_LINE_VALUE);
	g_assert_cmpstr(fault, ==, "untouched");
	return value;
}

static void
test_good_line(void)
{
	const uint8_t right[] = {0x07, 0xaf, 0x00};
	RollValue value = assert_good("1789999999800000 " ADDRESS " " UUID " 07af00");

	g_assert_cmpint(value.arrival_us, ==, 1789999999800000);
	g_assert_cmpstr(value.address, ==, ADDRESS);
	g_assert_cmpstr(value.uuid, ==, UUID);
	g_assert_cmpmem(value.bytes, value.n_bytes, right, sizeof(right));
}

static void
test_normalises(void)
{
	RollValue value =
		assert_good("0 c0:ff:ee:00:00:01 526F6C6C-0003-4265-A173-746965426172 AbCd\r");

	g_assert_cmpint(value.arrival_us, ==, 0);
	g_assert_cmpstr(value.address, ==, ADDRESS);
	g_assert_cmpstr(value.uuid, ==, UUID);
	g_assert_cmpuint(value.n_bytes, ==, 2);
	g_assert_cmpuint(value.bytes[0], ==, 0xab);
	g_assert_cmpuint(value.bytes[1], ==, 0xcd);
}

static void
test_extremes(void)
{
	GString *line = g_string_new("9223372036854775807 " ADDRESS " " UUID " ");

	g_assert_cmpuint(assert_good(line->str).n_bytes, ==, 0);
	g_assert_cmpint(assert_good(line->str).arrival_us, ==, INT64_MAX);
	for (unsigned i = 0; i < ROLL_VALUE_MAX; i++)
		g_string_append(line, "5a");
	g_assert_cmpuint(assert_good(line->str).n_bytes, ==, ROLL_VALUE_MAX);
	g_assert_cmpuint(assert_good(line->str).bytes[ROLL_VALUE_MAX - 1], ==, 0x5a);
	g_string_append(line, "5a");
	assert_bad_text(line->str, "512");
	g_string_append(line, "5a5a");
	assert_bad_text(line->str, "longer");
	g_string_free(line, TRUE);
}

static void
test_comments(void)
{
	const char *lines[] = {"", "\r", "#", "# rollcap 1", "# rollcap 1\r", "#1 2 3"};
	g_autofree char *endless = g_strnfill(100000, '#');
	RollValue value;
	const char *fault = NULL;

	for (unsigned i = 0; i < G_N_ELEMENTS(lines); i++)
		g_assert_cmpint(parse(lines[i], strlen(lines[i]), &value, &fault), ==,
				ROLL_LINE_COMMENT);
	g_assert_cmpint(parse(endless, 100000, &value, &fault), ==, ROLL_LINE_COMMENT);
	g_assert_null(fault);
}

static void
test_bad_times(void)
{
	const char *times[] = {"",
			       "-1",
			       "+1",
			       "1.5",
			       "1e",
			       "0x10",
			       "9223372036854775808",
			       "99999999999999999999999999999"};

	for (unsigned i = 0; i < G_N_ELEMENTS(times); i++) {
		g_autofree char *line = g_strdup_printf("%s " ADDRESS " " UUID " 00", times[i]);

		assert_bad_text(line, "time");
	}
}

static void
test_bad_addresses(void)
{
	const char *addresses[] = {"",
				   "C0:FF:EE:00:00:0",
				   "C0:FF:EE:00:00:012",
				   "C0-FF-EE-00-00-01",
				   "C0:FF:EE:00:00:0G",
				   "C0FFEE00000100000"};

	for (unsigned i = 0; i < G_N_ELEMENTS(addresses); i++) {
		g_autofree char *line = g_strdup_printf("1 %s " UUID " 00", addresses[i]);

		assert_bad_text(line, "address");
	}
}

static void
test_bad_uuids(void)
{
	const char *uuids[] = {"",
			       "2a19",
			       "526f6c6c-0003-4265-a173-74696542617",
			       "526f6c6c-0003-4265-a173-7469654261722",
			       "526f6c6c00003-4265-a173-746965426172",
			       "526f6c6c-0003-4265-a173-74696542617x"};

	for (unsigned i = 0; i < G_N_ELEMENTS(uuids); i++) {
		g_autofree char *line = g_strdup_printf("1 " ADDRESS " %s 00", uuids[i]);

		assert_bad_text(line, "UUID");
	}
}

static void
test_bad_values(void)
{
	assert_bad_text("1 " ADDRESS " " UUID " 0", "odd");
	assert_bad_text("1 " ADDRESS " " UUID " 07af0", "odd");
	assert_bad_text("1 " ADDRESS " " UUID " 07ag", "hex");
	assert_bad_text("1 " ADDRESS " " UUID " 0x07", "hex");
	assert_bad_text("1 " ADDRESS " " UUID " -1", "hex");
	assert_bad_text("1 " ADDRESS " " UUID " \xc3\xa4", "hex");
}

static void
test_bad_fields(void)
{
	assert_bad_text("1", "four fields");
	assert_bad_text(" ", "four fields");
	assert_bad_text("nonsense", "four fields");
	assert_bad_text("1 " ADDRESS " " UUID, "four fields");
	assert_bad_text("1 " ADDRESS " " UUID " 00 ", "four fields");
	assert_bad_text("1 " ADDRESS "  " UUID " 00", "four fields");
	assert_bad_text(" 1 " ADDRESS " " UUID " 00", "four fields");
	assert_bad_text("1\t" ADDRESS "\t" UUID "\t00", "four fields");
	assert_bad_text(" # not a comment", "time");
}

static void
test_bad_characters(void)
{
	static const char with_nul[] = "1 " ADDRESS " " UUID " 00\0"
				       "0";
	char nuls[60] = {0};
	g_autofree char *endless = g_strnfill(1000000, 'a');

	assert_bad(with_nul, sizeof(with_nul) - 1, "hex");
	assert_bad(nuls, sizeof(nuls), "four fields");
	assert_bad(endless, 1000000, "longer");
	assert_bad_text("1 " ADDRESS " " UUID " 00\r\r", "hex");
}

/* Every prefix of a good line, and every character of it changed, is told as bad or reads as a value. */
static void
test_cut_and_changed(void)
{
	static const char good[] = "1789999999800000 " ADDRESS " " UUID " 07af";
	RollValue value;
	const char *fault;

	for (size_t n_chars = 1; n_chars < sizeof(good) - 1 - 4; n_chars++)
		assert_bad(good, n_chars, "");
	for (size_t at = 0; at < sizeof(good) - 1; at++) {
		for (int character = 0; character < 256; character++) {
			char line[sizeof(good)];

			memcpy(line, good, sizeof(good));
			line[at] = (char)character;
			fault = NULL;
			RollLine kind = parse(line, sizeof(good) - 1, &value, &fault);
			g_assert_cmpint(kind == ROLL_LINE_BAD, ==, fault != NULL);
		}
	}
}

static void
test_comes_back(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(5);

	for (unsigned round = 0; round < 5000; round++) {
		RollValue value = {.address = ADDRESS, .uuid = UUID};
		char line[ROLL_CAPTURE_LINE_MAX];
		const char *fault = NULL;
		RollValue got;

		value.arrival_us =
			(int64_t)(((uint64_t)g_rand_int(rand) << 32 | g_rand_int(rand)) >>
				  g_rand_int_range(rand, 1, 64));
		value.n_bytes = (size_t)g_rand_int_range(rand, 0, ROLL_VALUE_MAX + 1);
		for (size_t i = 0; i < value.n_bytes; i++)
			value.bytes[i] = (uint8_t)g_rand_int(rand);

		size_t n_chars = roll_capture_format_line(&value, line);
		g_assert_cmpuint(n_chars, ==, strlen(line));
		g_assert_cmpint(line[n_chars - 1], ==, '\n');
		g_assert_cmpint(parse(line, n_chars - 1, &got, &fault), ==, ROLL_LINE_VALUE);
		g_assert_cmpint(got.arrival_us, ==, value.arrival_us);
		g_assert_cmpstr(got.address, ==, value.address);
		g_assert_cmpstr(got.uuid, ==, value.uuid);
		g_assert_cmpmem(got.bytes, got.n_bytes, value.bytes, value.n_bytes);
	}
}

static void
test_longest_line_fits(void)
{
	RollValue value = {
		.arrival_us = INT64_MAX, .address = ADDRESS, .uuid = UUID, .n_bytes = 512};
	g_autofree char *line = g_malloc(ROLL_CAPTURE_LINE_MAX);

	g_assert_cmpuint(roll_capture_format_line(&value, line), <, ROLL_CAPTURE_LINE_MAX);
	value.n_bytes = 0;
	value.arrival_us = 0;
	g_assert_cmpuint(roll_capture_format_line(&value, line), ==,
			 strlen("0 " ADDRESS " " UUID " \n"));
	g_assert_cmpstr(line, ==, "0 " ADDRESS " " UUID " \n");
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/capture/good line", test_good_line);
	g_test_add_func("/capture/normalises", test_normalises);
	g_test_add_func("/capture/extremes", test_extremes);
	g_test_add_func("/capture/comments", test_comments);
	g_test_add_func("/capture/bad times", test_bad_times);
	g_test_add_func("/capture/bad addresses", test_bad_addresses);
	g_test_add_func("/capture/bad UUIDs", test_bad_uuids);
	g_test_add_func("/capture/bad values", test_bad_values);
	g_test_add_func("/capture/bad fields", test_bad_fields);
	g_test_add_func("/capture/bad characters", test_bad_characters);
	g_test_add_func("/capture/cut and changed", test_cut_and_changed);
	g_test_add_func("/capture/comes back", test_comes_back);
	g_test_add_func("/capture/longest line fits", test_longest_line_fits);
	return g_test_run();
}
