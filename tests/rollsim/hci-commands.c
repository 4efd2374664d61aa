/* SPDX-License-Identifier: MIT
 *
 * The host's commands (Vol 4, Part E, 7). Each is answered by Command Complete, or by Command Status where what
 * it begins ends with an event of its own.
 */
#include "protocol/bytes.h"
#include "tests/rollsim/air-controller-inside.h"
#include "tests/rollsim/event-line.h"

#include <string.h>

enum {
	ANSWER_MAX = 80,
	VERSION_5_0 = 9,
	MAKER_LINUX_FOUNDATION = 1521,
	ENCRYPTION = 0x01, /* of the LE features */
};

typedef struct {
	AirController *controller;
	guint16 opcode;
	const guint8 *parameters;
} Command;

/* ---- Answers ---- */

/* bytes: what follows the status; n_bytes long. */
static void
complete(const Command *command, guint8 status, const guint8 *bytes, gsize n_bytes)
{
	guint8 event[4 + ANSWER_MAX] = {1};

	g_assert(n_bytes <= ANSWER_MAX);
	roll_bytes_put_u16(event + 1, command->opcode);
	event[3] = status;
	if (n_bytes > 0)
		memcpy(event + 4, bytes, n_bytes);
	air_controller_send_event(command->controller, HCI_COMMAND_COMPLETE, event, 4 + n_bytes);
}

static void
accept(const Command *command, guint8 status)
{
	guint8 event[4] = {status, 1};

	roll_bytes_put_u16(event + 2, command->opcode);
	air_controller_send_event(command->controller, HCI_COMMAND_STATUS, event, sizeof event);
}

static void
do_nothing(const Command *command)
{
	complete(command, HCI_OK, NULL, 0);
}

/* ---- What it is ---- */

static void
reset(const Command *command)
{
	air_controller_reset(command->controller, command->controller->now_us);
	complete(command, HCI_OK, NULL, 0);
}

static void
read_version(const Command *command)
{
	guint8 answer[8] = {VERSION_5_0, 0, 0, VERSION_5_0};

	roll_bytes_put_u16(answer + 4, MAKER_LINUX_FOUNDATION);
	complete(command, HCI_OK, answer, sizeof answer);
}

/* A bit for each command (Vol 4, Part E, 6.27); those of this file's table, and the usual ones of an LE controller
 * that advertises, which are done without effect. */
static void
read_commands(const Command *command)
{
	guint8 answer[64] = {
		[0] = 0x20,  /* Disconnect */
		[2] = 0x80,  /* Read Remote Version */
		[5] = 0xc0,  /* Set Event Mask, Reset */
		[14] = 0x28, /* Read Local Version, Features */
		[15] = 0x22, /* Read BD_ADDR, RSSI */
		[25] = 0xf7, /* LE: event mask, buffer size, features, address, advertising */
		[26] = 0xff, /* LE: advertising, scanning, connecting, accept list */
		[27] = 0xb7, /* LE: accept list, parameters, channel map, remote features, random */
		[28] = 0x09, /* LE: encryption, states */
	};

	complete(command, HCI_OK, answer, sizeof answer);
}

static void
read_features(const Command *command)
{
	guint8 answer[8] = {[4] = 0x60}; /* no BR/EDR, LE */

	complete(command, HCI_OK, answer, sizeof answer);
}

/* 00:AA:01:00:00:00. */
static const guint8 public_address[AIR_ADDRESS_LEN] = {0x00, 0x00, 0x00, 0x01, 0xaa, 0x00};

static void
read_address(const Command *command)
{
	complete(command, HCI_OK, public_address, AIR_ADDRESS_LEN);
}

static void
set_random_address(const Command *command)
{
	memcpy(command->controller->random_address, command->parameters, AIR_ADDRESS_LEN);
	complete(command, HCI_OK, NULL, 0);
}

static void
read_buffers(const Command *command)
{
	guint8 answer[3] = {0};

	roll_bytes_put_u16(answer, HCI_DATA_MAX);
	answer[2] = HCI_DATA_BUFFERS;
	complete(command, HCI_OK, answer, sizeof answer);
}

static void
read_le_features(const Command *command)
{
	const guint8 answer[8] = {ENCRYPTION};

	complete(command, HCI_OK, answer, sizeof answer);
}

static void
read_power(const Command *command)
{
	const guint8 power_dbm = 0;

	complete(command, HCI_OK, &power_dbm, 1);
}

static void
read_list_size(const Command *command)
{
	const guint8 size = ACCEPT_LIST_MAX;

	complete(command, HCI_OK, &size, 1);
}

/* Every combination of scanning, connecting and being connected. */
static void
read_states(const Command *command)
{
	const guint8 answer[8] = {0xff, 0xff, 0xff, 0xff, 0xff, 0x03};

	complete(command, HCI_OK, answer, sizeof answer);
}

static void
make_random(const Command *command)
{
	guint8 answer[8];

	roll_bytes_put_u32(answer, g_random_int());
	roll_bytes_put_u32(answer + 4, g_random_int());
	complete(command, HCI_OK, answer, sizeof answer);
}

/* ---- Scanning ---- */

static double
get_ms(guint16 units)
{
	return units * 0.625;
}

static void
set_scan_parameters(const Command *command)
{
	AirController *controller = command->controller;
	const guint8 *parameters = command->parameters;

	if (controller->scan.is_on) {
		complete(command, HCI_DISALLOWED, NULL, 0);
		return;
	}
	controller->is_active = parameters[0] == 1;
	controller->scan.interval = roll_bytes_get_u16(parameters + 1);
	controller->scan.window = roll_bytes_get_u16(parameters + 3);
	controller->is_for_listed = parameters[6] & 1;
	complete(command, HCI_OK, NULL, 0);
}

static void
set_scanning(const Command *command)
{
	AirController *controller = command->controller;
	AirWindow *scan = &controller->scan;
	gboolean was_on = scan->is_on;

	scan->is_on = command->parameters[0] == 1;
	controller->is_without_duplicates = command->parameters[1] == 1;
	if (scan->is_on && !was_on) {
		scan->since_us = controller->now_us;
		for (guint i = 0; i < AIR_LINKS_MAX; i++)
			controller->reported_us[i] = G_MININT64;
	}
	if (scan->is_on)
		event_line_tell(EVENT_OF_ALL,
				"scanning %s interval %.3f window %.3f reports %" G_GUINT64_FORMAT,
				controller->is_active ? "active" : "passive",
				get_ms(scan->interval), get_ms(scan->window),
				controller->n_reports);
	else if (was_on)
		event_line_tell(EVENT_OF_ALL, "scanning off reports %" G_GUINT64_FORMAT,
				controller->n_reports);
	complete(command, HCI_OK, NULL, 0);
}

/* ---- The accept list ---- */

static void
clear_list(const Command *command)
{
	command->controller->n_accepted = 0;
	complete(command, HCI_OK, NULL, 0);
}

static AirPeer
read_peer(const guint8 *parameters)
{
	AirPeer peer = {.type = parameters[0]};

	memcpy(peer.address, parameters + 1, AIR_ADDRESS_LEN);
	return peer;
}

static AirPeer *
find_accepted(AirController *controller, const AirPeer *peer)
{
	for (guint i = 0; i < controller->n_accepted; i++)
		if (memcmp(&controller->accepted[i], peer, sizeof *peer) == 0)
			return &controller->accepted[i];
	return NULL;
}

static void
add_to_list(const Command *command)
{
	AirController *controller = command->controller;
	AirPeer peer = read_peer(command->parameters);

	if (!find_accepted(controller, &peer)) {
		if (controller->n_accepted == ACCEPT_LIST_MAX) {
			complete(command, 0x07 /* memory capacity exceeded */, NULL, 0);
			return;
		}
		controller->accepted[controller->n_accepted++] = peer;
	}
	complete(command, HCI_OK, NULL, 0);
}

static void
remove_from_list(const Command *command)
{
	AirController *controller = command->controller;
	AirPeer peer = read_peer(command->parameters);
	AirPeer *found = find_accepted(controller, &peer);

	if (found)
		*found = controller->accepted[--controller->n_accepted];
	complete(command, HCI_OK, NULL, 0);
}

/* ---- Links ---- */

/* Answered when the peer advertises, or when it is cancelled. */
static void
begin_connecting(const Command *command)
{
	AirController *controller = command->controller;
	const guint8 *parameters = command->parameters;

	if (controller->connecting.is_on) {
		accept(command, HCI_DISALLOWED);
		return;
	}
	controller->connecting = (AirWindow){
		.is_on = TRUE,
		.interval = roll_bytes_get_u16(parameters),
		.window = roll_bytes_get_u16(parameters + 2),
		.since_us = controller->now_us,
	};
	controller->is_to_listed = parameters[4] == 1;
	controller->target = read_peer(parameters + 5);
	controller->own.type = parameters[12] & 1;
	memcpy(controller->own.address,
	       controller->own.type ? controller->random_address : public_address, AIR_ADDRESS_LEN);
	controller->parameters = (AirParameters){
		.interval = roll_bytes_get_u16(parameters + 15),
		.latency = roll_bytes_get_u16(parameters + 17),
		.timeout = roll_bytes_get_u16(parameters + 19),
	};
	if (controller->parameters.interval == 0) {
		controller->connecting.is_on = FALSE;
		accept(command, HCI_INVALID_PARAMETERS);
		return;
	}
	event_line_tell(EVENT_OF_ALL, "connecting interval %.3f window %.3f",
			get_ms(controller->connecting.interval),
			get_ms(controller->connecting.window));
	accept(command, HCI_OK);
}

static void
cancel_connecting(const Command *command)
{
	AirController *controller = command->controller;

	if (!controller->connecting.is_on) {
		complete(command, HCI_DISALLOWED, NULL, 0);
		return;
	}
	complete(command, HCI_OK, NULL, 0);
	event_line_tell(EVENT_OF_ALL, "cancelled");
	air_controller_tell_connected(controller, NULL, HCI_UNKNOWN_CONNECTION);
}

/* The link of the handle that stands first in the parameters; NULL, and refused: there is none. */
static AirLink *
begin_with_link(const Command *command)
{
	AirLink *link = air_controller_find_link(command->controller,
						 roll_bytes_get_u16(command->parameters));

	accept(command, link ? HCI_OK : HCI_UNKNOWN_CONNECTION);
	return link;
}

/* Likewise, where the sensor must answer; NULL also where it does not hear the question. */
static AirLink *
begin_with_sensor(const Command *command)
{
	AirLink *link = begin_with_link(command);

	return link && air_link_is_heard(link) ? link : NULL;
}

static void
disconnect(const Command *command)
{
	AirLink *link = begin_with_link(command);

	if (link)
		air_link_hang_up(link, command->controller->now_us);
}

static void
update_parameters(const Command *command)
{
	AirLink *link = begin_with_link(command);
	AirParameters parameters = {
		.interval = roll_bytes_get_u16(command->parameters + 4),
		.latency = roll_bytes_get_u16(command->parameters + 6),
		.timeout = roll_bytes_get_u16(command->parameters + 8),
	};
	guint8 event[10] = {HCI_LE_PARAMETERS, HCI_OK};

	if (!link || parameters.interval == 0 ||
	    !air_link_set_parameters(link, &parameters, command->controller->now_us))
		return;
	memcpy(event + 2, command->parameters, 2);
	memcpy(event + 4, command->parameters + 4, 6);
	air_controller_send_event(command->controller, HCI_LE_META, event, sizeof event);
}

static void
read_remote_features(const Command *command)
{
	guint8 event[12] = {HCI_LE_FEATURES, HCI_OK, [4] = ENCRYPTION};

	if (!begin_with_sensor(command))
		return;
	memcpy(event + 2, command->parameters, 2);
	air_controller_send_event(command->controller, HCI_LE_META, event, sizeof event);
}

static void
read_remote_version(const Command *command)
{
	guint8 event[8] = {HCI_OK};

	if (!begin_with_sensor(command))
		return;
	memcpy(event + 1, command->parameters, 2);
	event[3] = VERSION_5_0;
	air_controller_send_event(command->controller, HCI_REMOTE_VERSION, event, sizeof event);
}

static void
read_rssi(const Command *command)
{
	guint16 handle = roll_bytes_get_u16(command->parameters);
	AirLink *link = air_controller_find_link(command->controller, handle);
	guint8 answer[3] = {0};

	roll_bytes_put_u16(answer, handle);
	answer[2] = link ? (guint8)air_link_get_rssi(link) : 127 /* not known */;
	complete(command, link ? HCI_OK : HCI_UNKNOWN_CONNECTION, answer, sizeof answer);
}

static void
encrypt(const Command *command)
{
	AirLink *link = begin_with_sensor(command);
	AirKey key = {.diversifier = roll_bytes_get_u16(command->parameters + 10)};

	if (!link)
		return;
	memcpy(key.random, command->parameters + 2, SMP_RANDOM_LEN);
	memcpy(key.key, command->parameters + 12, SMP_KEY_LEN);
	air_link_encrypt(link, command->controller->now_us, &key);
}

/* ---- The table ---- */

static const struct {
	guint16 opcode;
	guint8 n_parameters; /* at least */
	void (*run)(const Command *command);
} commands[] = {
	{0x0406, 3, disconnect},
	{0x041d, 2, read_remote_version},
	{0x0c01, 8, do_nothing}, /* Set Event Mask */
	{0x0c03, 0, reset},
	{0x1001, 0, read_version},
	{0x1002, 0, read_commands},
	{0x1003, 0, read_features},
	{0x1009, 0, read_address},
	{0x1405, 2, read_rssi},
	{0x2001, 8, do_nothing}, /* LE Set Event Mask */
	{0x2002, 0, read_buffers},
	{0x2003, 0, read_le_features},
	{0x2005, 6, set_random_address},
	{0x2006, 15, do_nothing}, /* its own advertising: parameters, data, response, on and off */
	{0x2007, 0, read_power},
	{0x2008, 1, do_nothing},
	{0x2009, 1, do_nothing},
	{0x200a, 1, do_nothing},
	{0x200b, 7, set_scan_parameters},
	{0x200c, 2, set_scanning},
	{0x200d, 25, begin_connecting},
	{0x200e, 0, cancel_connecting},
	{0x200f, 0, read_list_size},
	{0x2010, 0, clear_list},
	{0x2011, 7, add_to_list},
	{0x2012, 7, remove_from_list},
	{0x2013, 14, update_parameters},
	{0x2016, 2, read_remote_features},
	{0x2018, 0, make_random},
	{0x2019, 28, encrypt},
	{0x201c, 0, read_states},
};

void
hci_commands_take(AirController *controller, guint16 opcode, const guint8 *parameters,
		  gsize n_bytes)
{
	Command command = {.controller = controller, .opcode = opcode, .parameters = parameters};

	for (guint i = 0; i < G_N_ELEMENTS(commands); i++) {
		if (commands[i].opcode != opcode)
			continue;
		if (n_bytes < commands[i].n_parameters)
			complete(&command, HCI_INVALID_PARAMETERS, NULL, 0);
		else
			commands[i].run(&command);
		return;
	}
	event_line_tell(EVENT_OF_ALL, "unknown 0x%04x", opcode);
	complete(&command, HCI_UNKNOWN_COMMAND, NULL, 0);
}
