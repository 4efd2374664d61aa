/* SPDX-License-Identifier: MIT
 *
 * Little-endian integers in bytes. Two ways: the roll_bytes_ functions, where the caller has checked the
 * length of the whole once (a packet of fixed layout, decoded thousands of times a second), and a
 * bounded reader and writer for all else: these go over the end in no case, but set a fault that is
 * looked at once, after the last field. Pure; cost: a few instructions a field.
 */
#pragma once

#include "protocol/sample.h"

#include <stddef.h>

static inline uint16_t
roll_bytes_get_u16(const uint8_t *bytes)
{
	return (uint16_t)(bytes[0] | bytes[1] << 8);
}

static inline int16_t
roll_bytes_get_i16(const uint8_t *bytes)
{
	return (int16_t)roll_bytes_get_u16(bytes);
}

static inline uint32_t
roll_bytes_get_u32(const uint8_t *bytes)
{
	return roll_bytes_get_u16(bytes) | (uint32_t)roll_bytes_get_u16(bytes + 2) << 16;
}

static inline void
roll_bytes_put_u16(uint8_t *ret_bytes, uint16_t value)
{
	ret_bytes[0] = (uint8_t)value;
	ret_bytes[1] = (uint8_t)(value >> 8);
}

static inline void
roll_bytes_put_u32(uint8_t *ret_bytes, uint32_t value)
{
	roll_bytes_put_u16(ret_bytes, (uint16_t)value);
	roll_bytes_put_u16(ret_bytes + 2, (uint16_t)(value >> 16));
}

typedef struct {
	const uint8_t *bytes; /* borrowed */
	size_t n_bytes;
	size_t at;
	bool is_short; /* something was read past the end; stays set, and all reads then give 0 */
} RollReader;

/* bytes: n_bytes long, may be NULL where n_bytes is 0. */
void roll_reader_init(RollReader *reader, const uint8_t *bytes, size_t n_bytes);

/* Each takes the next field; 0 past the end. */
uint8_t roll_reader_u8(RollReader *reader);
uint16_t roll_reader_u16(RollReader *reader);
int16_t roll_reader_i16(RollReader *reader);
uint32_t roll_reader_u32(RollReader *reader);

/* An IEEE 754 single, as it stands in the bytes: may be NaN or infinite. */
float roll_reader_f32(RollReader *reader);

/* Bytes not yet read; 0 after a fault. */
ROLL_MUST_USE size_t roll_reader_left(const RollReader *reader);

/* Whether all was read, and nothing past the end. */
ROLL_MUST_USE bool roll_reader_is_done(const RollReader *reader);

typedef struct {
	uint8_t *bytes; /* borrowed */
	size_t capacity;
	size_t n_bytes; /* written so far */
	bool is_full;	/* something did not fit; stays set, and nothing more is written */
} RollWriter;

/* ret_bytes: capacity long, borrowed until the last write; may be NULL where capacity is 0. */
void roll_writer_init(RollWriter *writer, uint8_t *ret_bytes, size_t capacity);
void roll_writer_u8(RollWriter *writer, uint8_t value);
void roll_writer_u16(RollWriter *writer, uint16_t value);
void roll_writer_i16(RollWriter *writer, int16_t value);
void roll_writer_u32(RollWriter *writer, uint32_t value);
