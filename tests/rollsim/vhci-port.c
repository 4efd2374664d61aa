/* SPDX-License-Identifier: MIT */
#include "tests/rollsim/vhci-port.h"

#include "protocol/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <unistd.h>

#define VHCI_PATH "/dev/vhci"

enum {
	/* Of the kernel's hci_vhci: the first packet either way. */
	PACKET_VENDOR = 0xff,
	ORDER_PRIMARY = 0x00,
	ORDER_RAW = 0x80, /* not set up by the kernel: no traffic, and hidden from bluetoothd */
	ANSWER_LEN = 4,	  /* PACKET_VENDOR, the order, u16 index */
	PACKET_MAX = 2048,
};

struct VhciPort {
	int fd;
	guint index;
	guint source; /* 0: none */
	VhciTake take;
	gpointer user;
	gboolean has_failed;
};

static gboolean
hear(gint fd, GIOCondition condition, gpointer user)
{
	VhciPort *port = user;
	guint8 packet[PACKET_MAX];
	gssize n_bytes = read(fd, packet, sizeof packet);

	(void)condition; /* what it is, reading tells */
	if (n_bytes > 0)
		port->take(port->user, packet, (gsize)n_bytes);
	return G_SOURCE_CONTINUE;
}

static void
set_error(GError **error, const char *what)
{
	int code = errno;

	g_set_error(error, G_IO_ERROR, g_io_error_from_errno(code), "%s %s: %s", what, VHCI_PATH,
		    g_strerror(code));
}

VhciPort *
vhci_port_open(VhciTake take, gpointer user, GError **error)
{
	const guint8 order[] = {PACKET_VENDOR, take ? ORDER_PRIMARY : ORDER_RAW};
	guint8 answer[ANSWER_LEN];
	g_autoptr(VhciPort) port = g_new0(VhciPort, 1);

	port->take = take;
	port->user = user;
	port->fd = open(VHCI_PATH, O_RDWR | O_CLOEXEC);
	if (port->fd < 0) {
		set_error(error, "opening");
		return NULL;
	}
	if (write(port->fd, order, sizeof order) != sizeof order ||
	    read(port->fd, answer, sizeof answer) != sizeof answer) {
		set_error(error, "making an adapter by");
		return NULL;
	}
	port->index = roll_bytes_get_u16(answer + 2);
	if (!g_unix_set_fd_nonblocking(port->fd, TRUE, error))
		return NULL;
	if (take)
		port->source = g_unix_fd_add(port->fd, G_IO_IN, hear, port);
	return g_steal_pointer(&port);
}

void
vhci_port_close(VhciPort *port)
{
	if (!port)
		return;
	if (port->source)
		g_source_remove(port->source);
	if (port->fd >= 0)
		close(port->fd);
	g_free(port);
}

guint
vhci_port_get_index(const VhciPort *port)
{
	return port->index;
}

void
vhci_port_send(VhciPort *port, const guint8 *packet, gsize n_bytes)
{
	gssize n_written;

	do
		n_written = write(port->fd, packet, n_bytes);
	while (n_written < 0 && errno == EINTR);
	if (n_written >= 0 || port->has_failed)
		return;
	port->has_failed = TRUE;
	g_printerr("rollsim: writing to %s: %s\n", VHCI_PATH, g_strerror(errno));
}
