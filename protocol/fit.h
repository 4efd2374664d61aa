/* SPDX-License-Identifier: MIT
 *
 * FIT, the file that training logs take: a header, messages, a checksum, all little-endian. A message is a line of
 * fields; its form (which fields, of which type) stands once before the first of its kind. Pure; memory is the
 * caller's.
 *
 *     14 bytes  header: its size, protocol 2.0, profile version, bytes of the messages, ".FIT", its checksum
 *     ...       0x40 | kind, 0, 0 (little-endian), u16 message, u8 fields, 3 bytes a field; where there are developer fields 0x60
 *               instead of 0x40, and after the others their number and 3 bytes each
 *     ...       kind, the fields' values
 *     2 bytes   checksum of all before it
 */
#pragma once

#include "protocol/bytes.h"

enum {
	ROLL_FIT_HEADER_BYTES = 14,
	ROLL_FIT_CRC_BYTES = 2,
	ROLL_FIT_KINDS_MAX = 16,
};

/* Whole Unix seconds at which FIT's clock began: 31 December 1989. */
#define ROLL_FIT_EPOCH_S INT64_C(631065600)

/* Base types, by their codes. */
typedef enum {
	ROLL_FIT_ENUM = 0x00, /* a byte */
	ROLL_FIT_U8 = 0x02,
	ROLL_FIT_TEXT = 0x07, /* UTF-8, filled with NUL to its size */
	ROLL_FIT_U16 = 0x84,
	ROLL_FIT_U32 = 0x86,
	ROLL_FIT_F32 = 0x88,
	ROLL_FIT_U32Z = 0x8c, /* 0 means: not known */
	ROLL_FIT_BYTES = 0x0d,
} RollFitType;

/* Messages of the public profile, by their numbers. */
typedef enum {
	ROLL_FIT_FILE_ID = 0,
	ROLL_FIT_SESSION = 18,
	ROLL_FIT_LAP = 19,
	ROLL_FIT_RECORD = 20,
	ROLL_FIT_EVENT = 21,
	ROLL_FIT_DEVICE_INFO = 23,
	ROLL_FIT_ACTIVITY = 34,
	ROLL_FIT_FILE_CREATOR = 49,
	ROLL_FIT_FIELD_DESCRIPTION = 206,
	ROLL_FIT_DEVELOPER_DATA_ID = 207,
} RollFitMessage;

/* A field's value. */
typedef struct {
	uint8_t number;
	RollFitType type;
	bool is_developer; /* of the developer whose index is 0, as a field_description told */
	uint8_t size;	   /* of a text (its NUL included) or of bytes; else 0 */
	int64_t whole;	   /* of the whole types; negative: not known */
	double real;	   /* of ROLL_FIT_F32; NaN: not known */
	const void *data;  /* of a text, ended by NUL, cut after a whole character; of bytes */
} RollFitField;

typedef struct {
	RollWriter writer;
	size_t n_bytes;	     /* written, or that would have been where there was no room */
	uint16_t is_defined; /* a bit a kind */
} RollFit;

/* Begins a file. ret_bytes: capacity long, borrowed until the end; may be NULL where capacity is 0: then it is only measured. */
void roll_fit_begin(RollFit *fit, uint8_t *ret_bytes, size_t capacity);

/* Adds a message. kind: 0..15, a number for this form of it: all of one kind have the same fields in the same order. Fields of
 * developers stand last. */
void roll_fit_put(RollFit *fit, unsigned kind, RollFitMessage message, const RollFitField *fields,
		  size_t n_fields);

/* Ends it, with header and checksum. profile: version of the profile times 100. Returns the bytes of the whole file; more than
 * the capacity: it did not fit. */
size_t roll_fit_end(RollFit *fit, unsigned profile);

/* CRC-16/ARC, going on from crc (0 at the beginning). */
ROLL_MUST_USE uint16_t roll_fit_get_crc(uint16_t crc, const uint8_t *bytes, size_t n_bytes);
