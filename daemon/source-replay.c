/* SPDX-License-Identifier: MIT
 *
 * Captures as a source: each file is read in large pieces whenever the main loop is idle, so that commits, the
 * bus and signals have their turn. A pipe is as good as a file.
 */
#include "daemon/source.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

enum {
	CHUNK_BYTES = 256 * 1024,
	LINE_MAX_BYTES =
		64 * 1024, /* what is longer is no line of a capture: it is not even held */
	TOLD_MAX = 20,	   /* bad lines told one by one */
};

typedef struct {
	RollSource base;
	RollSink sink;
	char **paths;
	guint n_opened;	  /* paths[n_opened - 1] is being read */
	int fd;		  /* -1: none */
	guint watch;	  /* GSource id; 0: none */
	guint64 line;	  /* number of the line that is being read, from 1 */
	GByteArray *rest; /* of a line whose end was not yet read */
	gboolean is_too_long;
	guint64 n_bad;
	guint64 n_read, n_all; /* bytes of all files; n_all 0: not known */
	guint8 *chunk;
} ReplaySource;

static void
tell_bad(ReplaySource *self, const char *fault)
{
	self->n_bad++;
	if (self->n_bad <= TOLD_MAX)
		g_warning("%s:%" G_GUINT64_FORMAT ": %s; passed over",
			  self->paths[self->n_opened - 1], self->line, fault);
}

static void
take_line(ReplaySource *self, const guint8 *text, gsize n_chars)
{
	const char *fault = NULL;
	RollValue value;

	switch (roll_capture_parse_line((const char *)text, n_chars, &value, &fault)) {
	case ROLL_LINE_VALUE:
		self->sink.value(self->sink.user, &value);
		return;
	case ROLL_LINE_BAD:
		tell_bad(self, fault);
		return;
	case ROLL_LINE_COMMENT:
		return;
	}
}

/* Holds the beginning of a line until its end is read. */
static void
hold(ReplaySource *self, const guint8 *text, gsize n_chars)
{
	if (self->rest->len + n_chars > LINE_MAX_BYTES)
		self->is_too_long = TRUE;
	if (self->is_too_long)
		g_byte_array_set_size(self->rest, 0);
	else
		g_byte_array_append(self->rest, text, (guint)n_chars);
}

/* Takes the last part of a line. */
static void
end_line(ReplaySource *self, const guint8 *text, gsize n_chars)
{
	if (self->rest->len > 0 || self->is_too_long) {
		hold(self, text, n_chars);
		text = self->rest->data;
		n_chars = self->rest->len;
	}
	if (self->is_too_long)
		tell_bad(self, "a line of more than 64 KiB, which none of a capture is");
	else
		take_line(self, text, n_chars);
	g_byte_array_set_size(self->rest, 0);
	self->is_too_long = FALSE;
	self->line++;
}

static void
take_chunk(ReplaySource *self, gsize n_bytes)
{
	const guint8 *at = self->chunk, *end = self->chunk + n_bytes;

	while (at < end) {
		const guint8 *newline = memchr(at, '\n', (gsize)(end - at));

		if (!newline) {
			hold(self, at, (gsize)(end - at));
			return;
		}
		end_line(self, at, (gsize)(newline - at));
		at = newline + 1;
	}
}

static void
close_file(ReplaySource *self)
{
	g_clear_handle_id(&self->watch, g_source_remove);
	if (self->fd >= 0)
		close(self->fd);
	self->fd = -1;
}

static gboolean
fail(const char *path, int code, GError **error)
{
	g_set_error(error, G_IO_ERROR, g_io_error_from_errno(code),
		    "cannot read the capture %s: %s", path, g_strerror(code));
	return FALSE;
}

/* What can be told before anything is read. */
static gboolean
check_file(const char *path, guint64 *n_all, GError **error)
{
	GStatBuf about;

	if (g_stat(path, &about) < 0)
		return fail(path, errno, error);
	if (S_ISDIR(about.st_mode))
		return fail(path, EISDIR, error);
	if (g_access(path, R_OK) < 0)
		return fail(path, errno, error);
	*n_all += S_ISREG(about.st_mode) ? (guint64)about.st_size : 0;
	return TRUE;
}

static gboolean read_on(gint fd, GIOCondition condition, gpointer user);

/* Begins with the next path; there is one. */
static gboolean
open_next(ReplaySource *self, GError **error)
{
	const char *path = self->paths[self->n_opened];

	self->fd = g_open(path, O_RDONLY | O_CLOEXEC, 0);
	if (self->fd < 0 || !g_unix_set_fd_nonblocking(self->fd, TRUE, NULL))
		return fail(path, errno, error);
	self->n_opened++;
	self->line = 1;

	g_autoptr(GSource) watch = g_unix_fd_source_new(self->fd, G_IO_IN | G_IO_HUP | G_IO_ERR);

	g_source_set_priority(watch, G_PRIORITY_DEFAULT_IDLE);
	g_source_set_callback(watch, G_SOURCE_FUNC(read_on), self, NULL);
	self->watch = g_source_attach(watch, g_main_context_get_thread_default());
	return TRUE;
}

static void
end_all(ReplaySource *self, const GError *error)
{
	close_file(self);
	if (self->n_bad > TOLD_MAX)
		g_warning("%" G_GUINT64_FORMAT " bad lines in all, the last %" G_GUINT64_FORMAT
			  " of them not told one by one",
			  self->n_bad, self->n_bad - TOLD_MAX);
	self->sink.ended(self->sink.user, error);
}

/* The file's end: its last line may lack the newline. */
static void
end_file(ReplaySource *self)
{
	g_autoptr(GError) error = NULL;

	if (self->rest->len > 0 || self->is_too_long)
		end_line(self, NULL, 0);
	close_file(self);
	if (!self->paths[self->n_opened])
		end_all(self, NULL);
	else if (!open_next(self, &error))
		end_all(self, error);
}

static gboolean
read_on(gint fd, GIOCondition condition, gpointer user)
{
	ReplaySource *self = user;
	gssize n_bytes = read(fd, self->chunk, CHUNK_BYTES);

	(void)condition; /* read tells it all */
	if (n_bytes > 0) {
		self->n_read += (guint64)n_bytes;
		take_chunk(self, (gsize)n_bytes);
	} else if (n_bytes == 0) {
		end_file(self);
	} else if (errno != EAGAIN && errno != EINTR) {
		g_autoptr(GError) error = NULL;

		fail(self->paths[self->n_opened - 1], errno, &error);
		end_all(self, error);
	}
	/* Where it is no longer wanted, close_file has removed it. */
	return G_SOURCE_CONTINUE;
}

static gboolean
start(RollSource *source, const RollSink *sink, GError **error)
{
	ReplaySource *self = (ReplaySource *)source;

	self->sink = *sink;
	for (guint i = 0; self->paths[i]; i++) {
		if (!check_file(self->paths[i], &self->n_all, error))
			return FALSE;
	}
	return open_next(self, error);
}

static void
free_replay(RollSource *source)
{
	ReplaySource *self = (ReplaySource *)source;

	close_file(self);
	g_byte_array_unref(self->rest);
	g_strfreev(self->paths);
	g_free(self->chunk);
	g_free(self);
}

RollSource *
roll_source_replay_new(const char *const *paths)
{
	ReplaySource *self = g_new0(ReplaySource, 1);

	g_assert(paths[0]);
	self->base = (RollSource){.name = "replay", .start = start, .free = free_replay};
	self->paths = g_strdupv((char **)paths);
	self->fd = -1;
	self->rest = g_byte_array_new();
	self->chunk = g_malloc(CHUNK_BYTES);
	return &self->base;
}

guint64
roll_source_replay_get_bad_lines(const RollSource *source)
{
	return ((const ReplaySource *)source)->n_bad;
}

void
roll_source_replay_get_progress(const RollSource *source, guint64 *ret_done, guint64 *ret_all)
{
	const ReplaySource *self = (const ReplaySource *)source;

	*ret_done = self->n_read;
	*ret_all = self->n_all;
}
