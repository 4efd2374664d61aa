/* SPDX-License-Identifier: MIT
 *
 * Which decoders there are, and which one takes what.
 */
#include "protocol/sensor/codec.h"

#include "protocol/sensor/codec-roller.h"

#include <string.h>

static const RollCodec *const codecs[] = {
	&roll_codec_roller,
	NULL,
};

static bool
is_listed(const char *const *uuids, const char *uuid)
{
	for (unsigned i = 0; i < ROLL_CODEC_UUIDS_MAX && uuids[i]; i++)
		if (strcmp(uuids[i], uuid) == 0)
			return true;
	return false;
}

void
roll_decoder_init(RollDecoder *decoder, const RollCodec *codec)
{
	*decoder = (RollDecoder){.codec = codec};
}

RollDecoded
roll_decoder_decode(RollDecoder *decoder, const char *uuid, const uint8_t *bytes, size_t n_bytes,
		    RollPacket *ret_packet)
{
	return decoder->codec->decode(decoder, uuid, bytes, n_bytes, ret_packet);
}

const RollCodec *const *
roll_codecs_get(void)
{
	return codecs;
}

const RollCodec *
roll_codec_find_by_characteristic(const char *uuid)
{
	for (unsigned i = 0; codecs[i]; i++)
		if (is_listed(codecs[i]->uuids, uuid))
			return codecs[i];
	return NULL;
}

const RollCodec *
roll_codec_find_by_service(const char *uuid)
{
	for (unsigned i = 0; codecs[i]; i++)
		if (strcmp(codecs[i]->service_uuid, uuid) == 0)
			return codecs[i];
	return NULL;
}

const RollCodec *
roll_codec_find_by_name(const char *name)
{
	for (unsigned i = 0; codecs[i]; i++)
		if (strcmp(codecs[i]->name, name) == 0)
			return codecs[i];
	return NULL;
}

const RollCodec *
roll_codec_find_by_device_name(const char *device_name)
{
	for (unsigned i = 0; device_name && codecs[i]; i++) {
		const char *prefix = codecs[i]->name_prefix;

		if (prefix && strncmp(prefix, device_name, strlen(prefix)) == 0)
			return codecs[i];
	}
	return NULL;
}
