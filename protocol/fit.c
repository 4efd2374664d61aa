/* SPDX-License-Identifier: MIT */
#include "protocol/fit.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum {
	PROTOCOL_VERSION = 0x20, /* 2.0: the first with developer fields */
	DEFINITION = 0x40,
	HAS_DEVELOPER_FIELDS = 0x20,
	DEVELOPER_INDEX = 0,
	CRC_POLYNOMIAL = 0xa001,
};

uint16_t
roll_fit_get_crc(uint16_t crc, const uint8_t *bytes, size_t n_bytes)
{
	for (size_t i = 0; i < n_bytes; i++) {
		crc ^= bytes[i];
		for (int bit = 0; bit < 8; bit++)
			crc = (uint16_t)(crc & 1 ? crc >> 1 ^ CRC_POLYNOMIAL : crc >> 1);
	}
	return crc;
}

static void
put_byte(RollFit *fit, unsigned value)
{
	roll_writer_u8(&fit->writer, (uint8_t)value);
	fit->n_bytes++;
}

static void
put_whole(RollFit *fit, uint32_t value, size_t n_bytes)
{
	for (size_t i = 0; i < n_bytes; i++)
		put_byte(fit, value >> 8 * i & 0xff);
}

static size_t
get_size(const RollFitField *field)
{
	switch (field->type) {
	case ROLL_FIT_ENUM:
	case ROLL_FIT_U8:
		return 1;
	case ROLL_FIT_U16:
		return 2;
	case ROLL_FIT_U32:
	case ROLL_FIT_U32Z:
	case ROLL_FIT_F32:
		return 4;
	case ROLL_FIT_TEXT:
	case ROLL_FIT_BYTES:
		return field->size;
	}
	return 0;
}

void
roll_fit_begin(RollFit *fit, uint8_t *ret_bytes, size_t capacity)
{
	memset(fit, 0, sizeof *fit);
	roll_writer_init(&fit->writer, ret_bytes, capacity);
	for (int i = 0; i < ROLL_FIT_HEADER_BYTES; i++)
		put_byte(fit, 0);
}

/* Those of the profile, or those of developers. */
static void
define_fields(RollFit *fit, const RollFitField *fields, size_t n_fields, bool is_developer)
{
	unsigned n_wanted = 0;

	for (size_t i = 0; i < n_fields; i++)
		n_wanted += fields[i].is_developer == is_developer;
	if (is_developer && n_wanted == 0)
		return;
	put_byte(fit, n_wanted);
	for (size_t i = 0; i < n_fields; i++) {
		if (fields[i].is_developer != is_developer)
			continue;
		put_byte(fit, fields[i].number);
		put_byte(fit, (unsigned)get_size(&fields[i]));
		put_byte(fit, is_developer ? DEVELOPER_INDEX : (unsigned)fields[i].type);
	}
}

static void
define(RollFit *fit, unsigned kind, RollFitMessage message, const RollFitField *fields,
       size_t n_fields)
{
	bool has_developer_fields = n_fields > 0 && fields[n_fields - 1].is_developer;

	put_byte(fit, DEFINITION | kind | (has_developer_fields ? HAS_DEVELOPER_FIELDS : 0u));
	put_byte(fit, 0);
	put_byte(fit, 0); /* little-endian */
	put_whole(fit, (uint32_t)message, 2);
	define_fields(fit, fields, n_fields, false);
	define_fields(fit, fields, n_fields, true);
}

static void
put_text(RollFit *fit, const char *text, size_t size)
{
	size_t n_chars = strlen(text);

	if (n_chars >= size) {
		n_chars = size - 1;
		/* Back to where a character begins. */
		while (n_chars > 0 && ((unsigned char)text[n_chars] & 0xc0) == 0x80)
			n_chars--;
	}
	for (size_t i = 0; i < size; i++)
		put_byte(fit, i < n_chars ? (unsigned char)text[i] : 0u);
}

static void
put_real(RollFit *fit, double value)
{
	float single = (float)value;
	uint32_t bits = 0;

	static_assert(sizeof single == sizeof bits, "an IEEE 754 single");
	memcpy(&bits, &single, sizeof bits);
	put_whole(fit, isnan(value) ? UINT32_MAX : bits, sizeof bits);
}

static void
put_value(RollFit *fit, const RollFitField *field)
{
	uint32_t unknown = field->type == ROLL_FIT_U32Z ? 0 : UINT32_MAX;
	const uint8_t *bytes = field->data;

	if (field->type == ROLL_FIT_TEXT) {
		put_text(fit, field->data, field->size);
	} else if (field->type == ROLL_FIT_F32) {
		put_real(fit, field->real);
	} else if (field->type == ROLL_FIT_BYTES) {
		for (size_t i = 0; i < field->size; i++)
			put_byte(fit, bytes[i]);
	} else {
		put_whole(fit, field->whole < 0 ? unknown : (uint32_t)field->whole,
			  get_size(field));
	}
}

void
roll_fit_put(RollFit *fit, unsigned kind, RollFitMessage message, const RollFitField *fields,
	     size_t n_fields)
{
	assert(kind < ROLL_FIT_KINDS_MAX);
	if (!(fit->is_defined >> kind & 1))
		define(fit, kind, message, fields, n_fields);
	fit->is_defined |= (uint16_t)(1u << kind);
	put_byte(fit, kind);
	for (size_t i = 0; i < n_fields; i++)
		put_value(fit, &fields[i]);
}

static void
put_header(uint8_t *bytes, size_t n_messages, unsigned profile)
{
	enum { CRC_AT = ROLL_FIT_HEADER_BYTES - ROLL_FIT_CRC_BYTES };
	static const uint8_t mark[] = {'.', 'F', 'I', 'T'};

	bytes[0] = ROLL_FIT_HEADER_BYTES;
	bytes[1] = PROTOCOL_VERSION;
	roll_bytes_put_u16(bytes + 2, (uint16_t)profile);
	roll_bytes_put_u32(bytes + 4, (uint32_t)n_messages);
	memcpy(bytes + 8, mark, sizeof mark);
	roll_bytes_put_u16(bytes + CRC_AT, roll_fit_get_crc(0, bytes, CRC_AT));
}

size_t
roll_fit_end(RollFit *fit, unsigned profile)
{
	uint8_t *bytes = fit->writer.bytes;
	size_t n_before = fit->n_bytes;

	if (fit->writer.capacity >= n_before + ROLL_FIT_CRC_BYTES) {
		put_header(bytes, n_before - ROLL_FIT_HEADER_BYTES, profile);
		put_whole(fit, roll_fit_get_crc(0, bytes, n_before), ROLL_FIT_CRC_BYTES);
	}
	return n_before + ROLL_FIT_CRC_BYTES;
}
