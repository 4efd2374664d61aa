/* SPDX-License-Identifier: MIT */
#include "protocol/capture.h"

#include <assert.h>
#include <string.h>

#define LOWER_DIGITS "0123456789abcdef"

/* What is left of a line. */
typedef struct {
	const char *text;
	size_t n_chars;
} Rest;

/* -1: not a hex digit. Own, since the C library's depend on the locale. */
static int
read_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Takes the characters before the next space, and that space. */
static Rest
take_field(Rest *rest)
{
	const char *space = rest->n_chars > 0 ? memchr(rest->text, ' ', rest->n_chars) : NULL;
	size_t n_chars = space ? (size_t)(space - rest->text) : rest->n_chars;
	size_t n_taken = n_chars + (space ? 1 : 0);
	Rest field = {rest->text, n_chars};

	rest->text += n_taken;
	rest->n_chars -= n_taken;
	return field;
}

static bool
read_time(Rest field, int64_t *ret_time_us)
{
	int64_t time_us = 0;

	if (field.n_chars == 0)
		return false;
	for (size_t i = 0; i < field.n_chars; i++) {
		int digit = field.text[i] - '0';

		if (digit < 0 || digit > 9 || time_us > (INT64_MAX - digit) / 10)
			return false;
		time_us = time_us * 10 + digit;
	}
	*ret_time_us = time_us;
	return true;
}

static bool
read_address(Rest field, char *ret_address)
{
	if (field.n_chars != ROLL_ADDRESS_LEN)
		return false;
	for (size_t i = 0; i < ROLL_ADDRESS_LEN; i++) {
		int digit = read_digit(field.text[i]);
		bool is_colon = i % 3 == 2;

		if (is_colon ? field.text[i] != ':' : digit < 0)
			return false;
		ret_address[i] = is_colon ? ':' : "0123456789ABCDEF"[digit];
	}
	ret_address[ROLL_ADDRESS_LEN] = '\0';
	return true;
}

static bool
read_uuid(Rest field, char *ret_uuid)
{
	if (field.n_chars != ROLL_UUID_LEN)
		return false;
	for (size_t i = 0; i < ROLL_UUID_LEN; i++) {
		int digit = read_digit(field.text[i]);
		bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (is_dash ? field.text[i] != '-' : digit < 0)
			return false;
		ret_uuid[i] = is_dash ? '-' : LOWER_DIGITS[digit];
	}
	ret_uuid[ROLL_UUID_LEN] = '\0';
	return true;
}

static const char *
read_bytes(Rest field, RollValue *ret_value)
{
	if (field.n_chars % 2 != 0)
		return "the value has an odd number of hex digits: two a byte are right";
	if (field.n_chars > 2 * ROLL_VALUE_MAX)
		return "the value is longer than 512 bytes";
	for (size_t i = 0; i < field.n_chars / 2; i++) {
		int high = read_digit(field.text[2 * i]);
		int low = read_digit(field.text[2 * i + 1]);

		if (high < 0 || low < 0)
			return "the value holds something other than hex digits";
		ret_value->bytes[i] = (uint8_t)(high << 4 | low);
	}
	ret_value->n_bytes = field.n_chars / 2;
	return NULL;
}

static unsigned
count_spaces(Rest line)
{
	unsigned n_spaces = 0;

	for (size_t i = 0; i < line.n_chars; i++)
		n_spaces += line.text[i] == ' ';
	return n_spaces;
}

static const char *
read_value(Rest line, RollValue *ret_value)
{
	/* An empty value is written as nothing after the third space, so the spaces are what is counted. */
	if (count_spaces(line) != 3)
		return "not four fields with one space between: time, address, UUID, value in hex";
	if (!read_time(take_field(&line), &ret_value->arrival_us))
		return "the time is not a whole number of Unix microseconds";
	if (!read_address(take_field(&line), ret_value->address))
		return "the address is not like C0:FF:EE:00:00:01";
	if (!read_uuid(take_field(&line), ret_value->uuid))
		return "the UUID is not like 526f6c6c-0003-4265-a173-746965426172";
	return read_bytes(line, ret_value);
}

RollLine
roll_capture_parse_line(const char *line, size_t n_chars, RollValue *ret_value,
			const char **ret_fault)
{
	RollValue value;

	if (n_chars > 0 && line[n_chars - 1] == '\r')
		n_chars--;
	if (n_chars == 0 || line[0] == '#')
		return ROLL_LINE_COMMENT;

	const char *fault = "the line is longer than a value of 512 bytes can make it";
	if (n_chars < ROLL_CAPTURE_LINE_MAX)
		fault = read_value((Rest){line, n_chars}, &value);
	if (fault) {
		*ret_fault = fault;
		return ROLL_LINE_BAD;
	}

	ret_value->arrival_us = value.arrival_us;
	memcpy(ret_value->address, value.address, sizeof(value.address));
	memcpy(ret_value->uuid, value.uuid, sizeof(value.uuid));
	ret_value->n_bytes = value.n_bytes;
	memcpy(ret_value->bytes, value.bytes, value.n_bytes);
	return ROLL_LINE_VALUE;
}

static char *
put_text(char *at, const char *text, size_t n_chars)
{
	memcpy(at, text, n_chars);
	at[n_chars] = ' ';
	return at + n_chars + 1;
}

static char *
put_time(char *at, int64_t time_us)
{
	char digits[20];
	size_t n_digits = 0;

	do {
		n_digits++;
		digits[sizeof(digits) - n_digits] = (char)('0' + time_us % 10);
		time_us /= 10;
	} while (time_us > 0);
	return put_text(at, digits + sizeof(digits) - n_digits, n_digits);
}

size_t
roll_capture_format_line(const RollValue *value, char *ret_line)
{
	assert(value->arrival_us >= 0);
	assert(value->n_bytes <= ROLL_VALUE_MAX);

	char *at = put_time(ret_line, value->arrival_us);

	at = put_text(at, value->address, ROLL_ADDRESS_LEN);
	at = put_text(at, value->uuid, ROLL_UUID_LEN);
	for (size_t i = 0; i < value->n_bytes; i++) {
		*at++ = LOWER_DIGITS[value->bytes[i] >> 4];
		*at++ = LOWER_DIGITS[value->bytes[i] & 0xf];
	}
	*at++ = '\n';
	*at = '\0';
	return (size_t)(at - ret_line);
}
