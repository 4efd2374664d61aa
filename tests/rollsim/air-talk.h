/* SPDX-License-Identifier: MIT
 *
 * The sensor's end of the conversation over one link: puts L2CAP frames together, answers ATT requests, asks for
 * connection parameters, and tells values to whoever subscribed. Bytes in, bytes out; no clock.
 *
 *     fragments --> frame --> channel 4: ATT server --> answer, then the Control Point's indication
 *                             channel 5: signals    --> what is asked of us is rejected
 *                             channel 6: pairing    --> smp-responder.h, where links are to be encrypted
 */
#pragma once

#include "tests/rollsim/gatt-server.h"
#include "tests/rollsim/sim-device.h"
#include "tests/rollsim/smp-responder.h"

enum {
	AIR_FRAME_MAX = 4 + ATT_MTU_MOST, /* L2CAP's header and a PDU */
};

typedef struct {
	/* A frame to send. is_notification: it may be dropped where there is no room. */
	void (*send)(gpointer user, gboolean is_notification, const guint8 *frame, gsize n_bytes);
	gpointer user;
} AirTalkPorts;

typedef struct AirTalk AirTalk;

/* device: borrowed. is_guarded: the profile's characteristics want an encrypted link. mtu_offered: as in
 * GattServer. */
AirTalk *air_talk_new(SimDevice *device, const AirTalkPorts *ports, guint mtu_offered,
		      gboolean is_guarded);
void air_talk_free(AirTalk *talk);

/* A new link: nobody is subscribed, the MTU is the least, handles are those of the device's firmware. setting: the
 * addresses of both ends, copied. */
void air_talk_begin(AirTalk *talk, const SmpSetting *setting);

/* The link is over. */
void air_talk_end(AirTalk *talk);

/* A fragment of a frame of the client. Frames that are too long or break their own length are passed over.
 * is_first: it begins a frame. */
void air_talk_take(AirTalk *talk, gint64 now_us, gboolean is_first, const guint8 *bytes,
		   gsize n_bytes);

/* ATT requests are heard, but not answered any more. */
void air_talk_set_deaf(AirTalk *talk, gboolean is_deaf);

/* The host encrypts the link with a key (SMP_KEY_LEN long) that random (SMP_RANDOM_LEN long) and diversifier name.
 * TRUE: it is the sensor's, too, and the link is encrypted now; after pairing, keys follow. */
gboolean air_talk_encrypt(AirTalk *talk, const guint8 *random, guint16 diversifier,
			  const guint8 *key);

/* Asks the host for an interval of 15 to 30 ms and a supervision timeout of 4 s. */
void air_talk_ask_parameters(AirTalk *talk);

/* Tells a value, if the client is subscribed to it. */
void air_talk_tell(AirTalk *talk, GattKey key, const guint8 *bytes, gsize n_bytes);
