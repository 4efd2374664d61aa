/* SPDX-License-Identifier: MIT
 *
 * The kernel's side of a controller with two sensors behind it, with a time of our own: what it commands, and what
 * it is told. For tests.
 */
#pragma once

#include "tests/rollsim/air-controller.h"

enum {
	AIR_HOST_HANDLE = 0x40,	   /* of a link to sensor 1 */
	AIR_HOST_TIMEOUT_MS = 420, /* of its links; their interval is 30 ms */
};

typedef struct {
	AirController *controller;
	AirLink *links[2];
	GPtrArray *packets; /* GBytes, since the last look */
	GString *events;    /* "1 connected, ", likewise */
	gint64 now_us;
} AirHost;

/* Takes the program's events, too. */
AirHost *air_host_new(AirAdvertise advertise);
void air_host_free(AirHost *host);

/* Time goes on. */
void air_host_run_ms(AirHost *host, guint ms);

/* Commands: any, parameters n long; scanning (window in 0.625 ms of an interval of 60 ms); a sensor for the accept
 * list; a connection. */
void air_host_command(AirHost *host, guint16 opcode, const guint8 *parameters, gsize n);
void air_host_scan(AirHost *host, gboolean is_active, guint8 window, gboolean is_for_listed);
void air_host_list(AirHost *host, guint8 number);
void air_host_connect(AirHost *host, guint8 number);

/* Sends an ATT request over the link to sensor 1. n: up to 50. */
void air_host_ask(AirHost *host, const guint8 *pdu, gsize n);

/* Connects to sensor 1; and also subscribes and starts. The MTU stays 23, so that a packet is a sample. */
void air_host_link_up(AirHost *host);
void air_host_stream(AirHost *host);

/* How many packets came that begin with these bytes; how many Disconnection Complete of sensor 1's link; how
 * many notifications of Measurement. */
guint air_host_count(const AirHost *host, const guint8 *begin, gsize n_begin);
guint air_host_count_disconnects(const AirHost *host, guint8 reason);
guint air_host_count_measurements(const AirHost *host);

/* From now on is a new look. */
void air_host_forget(AirHost *host);

#define AIR_HOST_BYTES(...) (const guint8[]){__VA_ARGS__}, sizeof((const guint8[]){__VA_ARGS__})
#define COMMAND(host, opcode, ...) air_host_command(host, opcode, AIR_HOST_BYTES(__VA_ARGS__))
#define ASK(host, ...) air_host_ask(host, AIR_HOST_BYTES(__VA_ARGS__))
#define COUNT(host, ...) air_host_count(host, AIR_HOST_BYTES(__VA_ARGS__))
