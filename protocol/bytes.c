/* SPDX-License-Identifier: MIT */
#include "protocol/bytes.h"

#include <string.h>

static const uint8_t *
take(RollReader *reader, size_t n_bytes)
{
	if (reader->is_short || reader->n_bytes - reader->at < n_bytes) {
		reader->is_short = true;
		return NULL;
	}
	reader->at += n_bytes;
	return reader->bytes + reader->at - n_bytes;
}

void
roll_reader_init(RollReader *reader, const uint8_t *bytes, size_t n_bytes)
{
	*reader = (RollReader){.bytes = bytes, .n_bytes = n_bytes};
}

uint8_t
roll_reader_u8(RollReader *reader)
{
	const uint8_t *bytes = take(reader, 1);

	return bytes ? bytes[0] : 0;
}

uint16_t
roll_reader_u16(RollReader *reader)
{
	const uint8_t *bytes = take(reader, 2);

	return bytes ? roll_bytes_get_u16(bytes) : 0;
}

int16_t
roll_reader_i16(RollReader *reader)
{
	return (int16_t)roll_reader_u16(reader);
}

uint32_t
roll_reader_u32(RollReader *reader)
{
	const uint8_t *bytes = take(reader, 4);

	return bytes ? roll_bytes_get_u32(bytes) : 0;
}

float
roll_reader_f32(RollReader *reader)
{
	uint32_t bits = roll_reader_u32(reader);
	float value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

size_t
roll_reader_left(const RollReader *reader)
{
	return reader->is_short ? 0 : reader->n_bytes - reader->at;
}

bool
roll_reader_is_done(const RollReader *reader)
{
	return !reader->is_short && reader->at == reader->n_bytes;
}

static uint8_t *
claim(RollWriter *writer, size_t n_bytes)
{
	if (writer->is_full || writer->capacity - writer->n_bytes < n_bytes) {
		writer->is_full = true;
		return NULL;
	}
	writer->n_bytes += n_bytes;
	return writer->bytes + writer->n_bytes - n_bytes;
}

void
roll_writer_init(RollWriter *writer, uint8_t *ret_bytes, size_t capacity)
{
	*writer = (RollWriter){.bytes = ret_bytes, .capacity = capacity};
}

void
roll_writer_u8(RollWriter *writer, uint8_t value)
{
	uint8_t *bytes = claim(writer, 1);

	if (bytes)
		bytes[0] = value;
}

void
roll_writer_u16(RollWriter *writer, uint16_t value)
{
	uint8_t *bytes = claim(writer, 2);

	if (bytes)
		roll_bytes_put_u16(bytes, value);
}

void
roll_writer_i16(RollWriter *writer, int16_t value)
{
	roll_writer_u16(writer, (uint16_t)value);
}

void
roll_writer_u32(RollWriter *writer, uint32_t value)
{
	uint8_t *bytes = claim(writer, 4);

	if (bytes)
		roll_bytes_put_u32(bytes, value);
}
