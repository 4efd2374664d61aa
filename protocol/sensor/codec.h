/* SPDX-License-Identifier: MIT
 *
 * The interface of a decoder: one file codec-NAME.c a family of sensors, each with its byte table on
 * top and its RollCodec in codec-table.c. Nothing outside such a file knows a sensor's bytes,
 * UUIDs, start-up writes or rates. Pure: values in, values out.
 */
#pragma once

#include "protocol/sample.h"

#include <stddef.h>

enum {
	ROLL_UUID_LEN = 36,	  /* a 128-bit UUID as text, lower case, without the final NUL */
	ROLL_VALUE_MAX = 512,	  /* bytes of a GATT value */
	ROLL_CODEC_UUIDS_MAX = 8, /* entries of each UUID list below */
	ROLL_CODEC_WRITES_MAX = 8,
	ROLL_WRITE_BYTES_MAX = 20,
};

/* The Battery Service's level and the Device Information Service: the same for every sensor. */
#define ROLL_UUID_BATTERY_LEVEL "00002a19-0000-1000-8000-00805f9b34fb"
#define ROLL_UUID_MODEL "00002a24-0000-1000-8000-00805f9b34fb"
#define ROLL_UUID_FIRMWARE "00002a26-0000-1000-8000-00805f9b34fb"
#define ROLL_UUID_MANUFACTURER "00002a29-0000-1000-8000-00805f9b34fb"

typedef struct RollDecoder RollDecoder;

/* What became of a value. */
typedef enum {
	ROLL_DECODED_SAMPLES, /* *ret_packet is filled */
	ROLL_DECODED_FEATURE, /* the decoder's feature was set or renewed */
	ROLL_DECODED_REPLY, /* an answer of a control point or the like: no samples, nothing wrong */
	ROLL_DECODED_REFUSED, /* the bytes break the sensor's format: decoder->refusal says how */
} RollDecoded;

/* A write that a sensor needs. */
typedef struct {
	const char *uuid;
	uint8_t bytes[ROLL_WRITE_BYTES_MAX];
	size_t n_bytes;
	bool with_response;
} RollWrite;

typedef enum {
	ROLL_COMMAND_START, /* begin to stream */
	ROLL_COMMAND_STOP,
	ROLL_COMMAND_TARE,
	ROLL_COMMAND_IDENTIFY,
} RollCommand;

typedef struct RollCodec {
	const char *name;	  /* "roller-profile": stored, stable */
	const char *service_uuid; /* the GATT service that marks such a sensor */
	const char *name_prefix;  /* of the advertised name, where that too marks it; else NULL */
	const char *uuids[ROLL_CODEC_UUIDS_MAX]; /* every characteristic that decode takes */
	const char
		*read_uuids[ROLL_CODEC_UUIDS_MAX]; /* to read once at each connection, in order */
	const char *notify_uuids[ROLL_CODEC_UUIDS_MAX]; /* to subscribe to, in order; the first one
							 * carries the samples */

	/* The writes for command, to be done in order (START: after the subscriptions).
	 * ret_writes: array of ROLL_CODEC_WRITES_MAX. Returns how many, 0 where there is no such command. */
	unsigned (*command)(const RollDecoder *decoder, RollCommand command, RollWrite *ret_writes);

	/* Decodes a value of one of uuids. Must hold for any bytes at all. bytes may be NULL where
	 * n_bytes is 0. *ret_packet is touched on ROLL_DECODED_SAMPLES only. */
	RollDecoded (*decode)(RollDecoder *decoder, const char *uuid, const uint8_t *bytes,
			      size_t n_bytes, RollPacket *ret_packet);
} RollCodec;

/* What a decoder remembers of one sensor; plain data, owned by the caller, may be copied. */
struct RollDecoder {
	const RollCodec *codec;
	bool has_feature; /* false until the sensor described itself (where it does) */
	RollSensorFeature feature;
	double turn_radps_per_count; /* scales, used by codecs with integer samples */
	double pull_mps2_per_count;
	double force_n_per_count;
	const char *
		refusal; /* why the last value was refused; static text, never NULL after a refusal */
};

/* Begins anew for a sensor of this codec. codec: borrowed, static. */
void roll_decoder_init(RollDecoder *decoder, const RollCodec *codec);

/* Decodes one value by the decoder's codec; uuid must be one of the codec's uuids. */
ROLL_MUST_USE RollDecoded roll_decoder_decode(RollDecoder *decoder, const char *uuid,
					      const uint8_t *bytes, size_t n_bytes,
					      RollPacket *ret_packet);

/* All codecs, NULL-terminated, static. */
const RollCodec *const *roll_codecs_get(void);

/* The codec that takes values of this characteristic; NULL: none (battery, device information, ...). */
const RollCodec *roll_codec_find_by_characteristic(const char *uuid);

/* The codec whose service this is, or that has this name; NULL: none. */
const RollCodec *roll_codec_find_by_service(const char *uuid);
const RollCodec *roll_codec_find_by_name(const char *name);

/* The codec for an advertised device name, by name_prefix; NULL: none. device_name may be NULL. */
const RollCodec *roll_codec_find_by_device_name(const char *device_name);
