/* SPDX-License-Identifier: MIT
 *
 * A value as it came from a sensor, and its line in a capture file (.rollcap): plain text, one value
 * a line in order of arrival,
 *
 *     <arrival, Unix microseconds> <device address> <characteristic UUID> <value in hex>
 *
 * one space between fields, "\n" at the end, "#" begins a comment, the first line is "# rollcap 1".
 * C library only; no I/O here: lines in, values out, and back.
 */
#pragma once

#include "protocol/sensor/codec.h"

#define ROLL_CAPTURE_HEAD "# rollcap 1\n"

enum {
	ROLL_ADDRESS_LEN = 17, /* "C0:FF:EE:00:00:01", upper case, without the final NUL */
	ROLL_CAPTURE_LINE_MAX =
		20 + 1 + ROLL_ADDRESS_LEN + 1 + ROLL_UUID_LEN + 1 + 2 * ROLL_VALUE_MAX + 2,
};

/* One GATT value of one sensor. */
typedef struct {
	int64_t arrival_us;		    /* host's Unix time of arrival, microseconds */
	char address[ROLL_ADDRESS_LEN + 1]; /* of the sensor, upper case */
	char uuid[ROLL_UUID_LEN + 1];	    /* of the characteristic, lower case */
	size_t n_bytes;			    /* 0..ROLL_VALUE_MAX */
	uint8_t bytes[ROLL_VALUE_MAX];
} RollValue;

typedef enum {
	ROLL_LINE_VALUE,   /* *ret_value is filled */
	ROLL_LINE_COMMENT, /* a comment or an empty line */
	ROLL_LINE_BAD,	   /* *ret_fault says what is wrong and what would be right */
} RollLine;

/* Reads a line. line: n_chars long, without its "\n" (a final "\r" is passed over), need not be NUL-ended.
 * Lower- and upper-case hex are both taken, address and UUID are normalised. ret_fault: static text,
 * set on ROLL_LINE_BAD only. Never fails otherwise. */
ROLL_MUST_USE RollLine roll_capture_parse_line(const char *line, size_t n_chars,
					       RollValue *ret_value, const char **ret_fault);

/* Writes a value's line, "\n" and NUL included, into ret_line (ROLL_CAPTURE_LINE_MAX long).
 * Returns its length without the NUL. */
size_t roll_capture_format_line(const RollValue *value, char *ret_line);
