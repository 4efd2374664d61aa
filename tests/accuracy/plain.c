/* SPDX-License-Identifier: MIT */
#include "tests/accuracy/plain.h"

#include "daemon/track/packet.h"
#include "protocol/sensor/codec-roller.h"

#include <string.h>

typedef struct {
	double *zones_s;
	double position_m, bias_radps, rest_s;
} Plain;

static void
take_sample(Plain *plain, const RollTrackSettings *settings, const RollPacket *packet, unsigned i)
{
	const double step_s = packet->period_us * 1e-6;
	const double turn_radps = (double)packet->samples[i].turn_radps.z;
	unsigned zone = 0;

	if (plain->rest_s < 1.0) {
		plain->rest_s += step_s;
		plain->bias_radps += (turn_radps - plain->bias_radps) * step_s / plain->rest_s;
	}
	if (!(roll_packet_get_force(packet, i) >= settings->loaded_n))
		return;
	plain->position_m += settings->radius_m * (turn_radps - plain->bias_radps) * step_s;
	while (zone + 1 < settings->n_zones && plain->position_m >= settings->zones[zone].to_m)
		zone++;
	plain->zones_s[zone] += step_s;
}

bool
plain_integrate(const WorldRecording *recording, const RollTrackSettings *settings,
		double *ret_zones_s)
{
	g_autofree RollPacket *packet = g_new0(RollPacket, 1);
	Plain plain = {.zones_s = ret_zones_s, .position_m = settings->start_m};
	RollDecoder decoder;

	memset(ret_zones_s, 0, settings->n_zones * sizeof(*ret_zones_s));
	roll_decoder_init(&decoder, &roll_codec_roller);
	if (settings->is_bar ||
	    roll_decoder_decode(&decoder, ROLL_UUID_ROLLER_FEATURE, recording->feature,
				sizeof(recording->feature), packet) != ROLL_DECODED_FEATURE)
		return false;
	for (unsigned i = 0; i < recording->packets->len; i++) {
		const WorldPacket *sent = &g_array_index(recording->packets, WorldPacket, i);

		if (roll_decoder_decode(&decoder, ROLL_UUID_ROLLER_MEASUREMENT, sent->bytes,
					sent->n_bytes, packet) != ROLL_DECODED_SAMPLES ||
		    !packet->has_gyro || !packet->has_force)
			return false;
		for (unsigned k = 0; k < packet->n_samples; k++)
			take_sample(&plain, settings, packet, k);
	}
	return true;
}
