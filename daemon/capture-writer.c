/* SPDX-License-Identifier: MIT */
#include "daemon/capture-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	FLUSH_MS = 1000,
	WAITING_MAX = 1 << 16, /* bytes; more is written at once */
	HEAD_LEN = sizeof ROLL_CAPTURE_HEAD - 1,
};

struct RollCaptureWriter {
	char *path;
	int fd; /* -1: given up */
	gboolean is_file;
	GString *waiting;
	guint timer;
	RollCaptureWriterFailed failed;
	void *user;
};

GQuark
roll_capture_writer_error_quark(void)
{
	return g_quark_from_static_string("roll-capture-writer-error-quark");
}

static gboolean
fail_by_errno(const RollCaptureWriter *writer, const char *tried, GError **error)
{
	int cause = errno;

	g_set_error(error, ROLL_CAPTURE_WRITER_ERROR, ROLL_CAPTURE_WRITER_ERROR_FAILED,
		    "%s capture %s: %s", tried, writer->path, g_strerror(cause));
	return FALSE;
}

/* Looks at a file that holds something. Puts a line's end where its last line was cut. */
static gboolean
check_existing(RollCaptureWriter *writer, off_t n_bytes, GError **error)
{
	char head[HEAD_LEN];
	char last = '\n';

	if (pread(writer->fd, head, sizeof head, 0) < 0)
		return fail_by_errno(writer, "reading", error);
	if (n_bytes < HEAD_LEN || memcmp(head, ROLL_CAPTURE_HEAD, HEAD_LEN) != 0) {
		g_set_error(error, ROLL_CAPTURE_WRITER_ERROR, ROLL_CAPTURE_WRITER_ERROR_NOT_CAPTURE,
			    "writing capture %s: the file holds something else; allowed is a new "
			    "file or "
			    "a capture to go on with",
			    writer->path);
		return FALSE;
	}
	if (pread(writer->fd, &last, 1, n_bytes - 1) < 0)
		return fail_by_errno(writer, "reading", error);
	if (last != '\n')
		g_string_append_c(writer->waiting, '\n');
	return TRUE;
}

static gboolean
open_file(RollCaptureWriter *writer, GError **error)
{
	struct stat status;

	writer->fd = g_open(writer->path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0640);
	if (writer->fd < 0 || fstat(writer->fd, &status) != 0)
		return fail_by_errno(writer, "opening", error);
	writer->is_file = S_ISREG(status.st_mode);
	if (writer->is_file && status.st_size > 0)
		return check_existing(writer, status.st_size, error);
	g_string_append(writer->waiting, ROLL_CAPTURE_HEAD);
	return TRUE;
}

static gboolean
write_all(int fd, const char *bytes, size_t n_bytes)
{
	while (n_bytes > 0) {
		ssize_t n_written = write(fd, bytes, n_bytes);

		if (n_written < 0 && errno == EINTR)
			continue;
		if (n_written < 0)
			return FALSE;
		bytes += n_written;
		n_bytes -= (size_t)n_written;
	}
	return TRUE;
}

/* All that waits or nothing: what a full disk cut is taken back. */
static gboolean
flush(RollCaptureWriter *writer, GError **error)
{
	off_t begin = writer->is_file ? lseek(writer->fd, 0, SEEK_END) : 0;

	if (!write_all(writer->fd, writer->waiting->str, writer->waiting->len)) {
		fail_by_errno(writer, "writing", error);
		if (writer->is_file && begin >= 0 && ftruncate(writer->fd, begin) != 0)
			g_prefix_error(error, "(its last line is cut) ");
		return FALSE;
	}
	g_string_truncate(writer->waiting, 0);
	return TRUE;
}

static void
give_up(RollCaptureWriter *writer, const GError *error)
{
	g_clear_handle_id(&writer->timer, g_source_remove);
	g_string_truncate(writer->waiting, 0);
	close(writer->fd);
	writer->fd = -1;
	writer->failed(writer->user, error);
}

static void
flush_or_give_up(RollCaptureWriter *writer)
{
	g_autoptr(GError) error = NULL;

	if (!flush(writer, &error))
		give_up(writer, error);
}

static gboolean
flush_in_time(gpointer data)
{
	RollCaptureWriter *writer = data;

	writer->timer = 0;
	flush_or_give_up(writer);
	return G_SOURCE_REMOVE;
}

RollCaptureWriter *
roll_capture_writer_new(const char *path, RollCaptureWriterFailed failed, void *user,
			GError **error)
{
	g_autoptr(RollCaptureWriter) writer = g_new0(RollCaptureWriter, 1);

	writer->path = g_strdup(path);
	writer->fd = -1;
	writer->waiting = g_string_new(NULL);
	writer->failed = failed;
	writer->user = user;
	if (!open_file(writer, error) || !flush(writer, error)) {
		g_string_truncate(writer->waiting, 0);
		return NULL;
	}
	return g_steal_pointer(&writer);
}

void
roll_capture_writer_add(RollCaptureWriter *writer, const RollValue *value)
{
	char line[ROLL_CAPTURE_LINE_MAX];
	size_t n_chars = 0;

	if (writer->fd < 0)
		return;
	n_chars = roll_capture_format_line(value, line);
	g_string_append_len(writer->waiting, line, (gssize)n_chars);
	if (writer->waiting->len >= WAITING_MAX)
		flush_or_give_up(writer);
	else if (!writer->timer)
		writer->timer = g_timeout_add(FLUSH_MS, flush_in_time, writer);
}

void
roll_capture_writer_free(RollCaptureWriter *writer)
{
	if (!writer)
		return;
	if (writer->fd >= 0 && writer->waiting->len > 0)
		flush_or_give_up(writer);
	g_clear_handle_id(&writer->timer, g_source_remove);
	if (writer->fd >= 0)
		close(writer->fd);
	g_string_free(writer->waiting, TRUE);
	g_free(writer->path);
	g_free(writer);
}
