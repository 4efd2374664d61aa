/* SPDX-License-Identifier: MIT
 *
 * One sensor on the air as a controller sees it: it advertises, holds at most one link, and speaks L2CAP over it
 * (air-talk.h). No I/O and no clock: what leaves goes through AirLinkPorts, and air_link_turn
 * does what is due.
 *
 *     advertising --connect--> linked --drop, host's disconnect, host gone--> advertising
 *                               |  ^
 *                          away |  | back
 *                               v  |
 *                             unheard --supervision timeout--> advertising (once back)
 *
 * Both ends hold a link, and each gives it up by itself when it hears nothing of the other for the supervision
 * timeout. A sensor whose battery is pulled forgets at once; then the host alone holds a dead link until its
 * timeout. A host that is gone (reset, unplugged) leaves the sensor with one.
 *
 * Frames leave at the connection events, which come every connection interval, as on a radio. The radio repeats
 * what was not heard, so nothing is lost on it while the link lasts; but the sensor's buffer of notifications is
 * finite, and what does not fit is lost with its number.
 */
#pragma once

#include "tests/rollsim/sim-device.h"
#include "tests/rollsim/smp-crypto.h"

enum {
	AIR_ADDRESS_LEN = 6,
	AIR_ADVERTISEMENT_MAX = 31,

	/* Reasons of Vol 1, Part F. */
	AIR_REASON_TIMEOUT = 0x08,
	AIR_REASON_BY_PEER = 0x13,
	AIR_REASON_BY_HOST = 0x16,
	AIR_REASON_NOT_ESTABLISHED = 0x3e,
};

/* What an advertisement tells, and what only the answer to an active scan. */
typedef enum {
	AIR_ADVERTISE_UUID,	    /* UUID; name in the scan response */
	AIR_ADVERTISE_UUID_ON_SCAN, /* name; UUID in the scan response */
	AIR_ADVERTISE_NAME_ONLY,    /* nothing; name in the scan response */
} AirAdvertise;

typedef struct AirLink AirLink;

/* The controller. Times are Unix microseconds. */
typedef struct {
	/* One advertising event. May call air_link_connect. */
	void (*advertise)(gpointer user, AirLink *link, gint64 now_us);
	/* An L2CAP frame for the host. */
	void (*deliver)(gpointer user, AirLink *link, const guint8 *frame, gsize n_bytes);
	/* So many of the host's fragments have arrived. */
	void (*acknowledge)(gpointer user, AirLink *link, guint n_fragments);
	/* The two ends have agreed on a key, or found that they have none in common. */
	void (*encrypted)(gpointer user, AirLink *link, gboolean is_encrypted);
	/* The host's end of the link is over. */
	void (*ended)(gpointer user, AirLink *link, guint8 reason);
	gpointer user;
} AirLinkPorts;

/* Connection parameters in their units of the specification: 1.25 ms, 10 ms. */
typedef struct {
	guint16 interval, latency, timeout;
} AirParameters;

/* One end of a link. */
typedef struct {
	guint8 type; /* 0 public, 1 random */
	guint8 address[AIR_ADDRESS_LEN];
} AirPeer;

typedef struct {
	AirAdvertise advertise;
	guint mtu_offered;   /* as in GattServer */
	gboolean is_guarded; /* the profile's characteristics want an encrypted link */
} AirLinkSettings;

/* device: given. ports, settings: copied. */
AirLink *air_link_new(SimDevice *device, const AirLinkPorts *ports,
		      const AirLinkSettings *settings);
void air_link_free(AirLink *link);

/* Borrowed. */
SimDevice *air_link_get_device(const AirLink *link);

/* C0:FF:EE:00:00:0n, least significant byte first; AIR_ADDRESS_LEN long. */
const guint8 *air_link_get_address(const AirLink *link);

/* dBm. */
gint8 air_link_get_rssi(const AirLink *link);

/* What is on the air of it. is_response: the answer to an active scan. ret_bytes: AIR_ADVERTISEMENT_MAX long.
 * Returns the length. */
gsize air_link_get_advertisement(const AirLink *link, gboolean is_response, guint8 *ret_bytes);

/* Does all that is due, and returns when it wants to be called again; G_MAXINT64: when something changes. */
gint64 air_link_turn(AirLink *link, gint64 now_us);

/* ---- The host's side ---- */

/* Whether the host holds a link to it. */
gboolean air_link_is_held(const AirLink *link);

/* Whether both ends hear each other. */
gboolean air_link_is_heard(const AirLink *link);

/* The host connects; from within AirLinkPorts.advertise. Where n_refusals says so, the sensor does not hear it: the
 * host takes itself for connected, and after six intervals without an answer learns AIR_REASON_NOT_ESTABLISHED. */
void air_link_connect(AirLink *link, const AirPeer *host, const AirParameters *parameters,
		      gint64 now_us);

/* A fragment of an L2CAP frame. is_first: it begins one. */
void air_link_take(AirLink *link, gint64 now_us, gboolean is_first, const guint8 *bytes,
		   gsize n_bytes);

/* The host hangs up: told at once where the sensor hears it, else after the supervision timeout. */
void air_link_hang_up(AirLink *link, gint64 now_us);

/* The host is gone without a word: the sensor finds out by the supervision timeout. */
void air_link_abandon(AirLink *link, gint64 now_us);

/* The host changes the parameters. FALSE: the sensor does not hear of it. */
gboolean air_link_set_parameters(AirLink *link, const AirParameters *parameters, gint64 now_us);

/* The key with which the host wants to encrypt, and by which the sensor finds its own. */
typedef struct {
	guint8 random[SMP_RANDOM_LEN];
	guint16 diversifier;
	guint8 key[SMP_KEY_LEN];
} AirKey;

/* Begins to encrypt, which takes some connection events: AirLinkPorts.encrypted. */
void air_link_encrypt(AirLink *link, gint64 now_us, const AirKey *key);

/* ---- What happens to the sensor ---- */

/* Out of range, or in it again. */
void air_link_set_away(AirLink *link, gint64 now_us, gboolean is_away);

/* The link ends at once for both. */
void air_link_drop(AirLink *link, guint8 reason);

/* Battery pulled, or put back. */
void air_link_set_power(AirLink *link, gint64 now_us, gboolean is_on);

/* Firmware update: the link drops, power off and on, the profile's handles move. */
void air_link_update_firmware(AirLink *link, gint64 now_us, guint firmware);

/* A new battery level, told to whoever subscribed. */
void air_link_set_battery(AirLink *link, gint64 now_us, guint battery_pct);

/* How it behaves; all may be changed at any time. */
typedef struct {
	gboolean is_quiet;    /* does not advertise */
	gboolean is_deaf;     /* answers no ATT request */
	gboolean is_one_each; /* one notification a connection event */
	guint delay_ms;	      /* of all that it sends */
	guint n_refusals;     /* so many connection attempts it does not hear */
	guint n_aborts;	      /* so many fail in the host's own controller */
	gint8 rssi_dbm;
} AirManners;

/* Borrowed, for reading and writing. */
AirManners *air_link_get_manners(AirLink *link);
