/* SPDX-License-Identifier: MIT */
#include "cli/carry/import-lines.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum {
	CHUNK_BYTES = 256 * 1024,
	WAIT_MS = 100,
	LINE_MAX_BYTES =
		64 * 1024 * 1024, /* what is longer is none of an export: it is not even held */
};

struct RollstatLines {
	const RollstatProgress *progress; /* borrowed */
	char *path;
	int fd;
	GByteArray *read; /* not yet given out from at on */
	gsize at,
		n_line; /* the line given out last begins at at and has so many bytes, line feed included */
	gboolean has_line_feed; /* the line given out last: a NUL stands in its place */
	gboolean is_at_end;	/* of the file */
	guint64 number;
	gint64 offset, size; /* offset: of the line given out last */
	GChecksum *sum;
};

static gboolean
fail(const RollstatLines *lines, int code, GError **error)
{
	g_set_error(error, G_IO_ERROR, g_io_error_from_errno(code), _("cannot read %s: %s"),
		    lines->path, g_strerror(code));
	return FALSE;
}

static gboolean
look_up(const RollstatLines *lines, GError **error)
{
	return rollstat_progress_step(lines->progress, _("Importing"), lines->offset, lines->size,
				      error);
}

/* A pipe may give nothing for long: that is no reason not to end. */
static gboolean
await(const RollstatLines *lines, GError **error)
{
	struct pollfd wanted = {.fd = lines->fd, .events = POLLIN};
	while (poll(&wanted, 1, WAIT_MS) == 0)
		if (!look_up(lines, error))
			return FALSE;
	return TRUE;
}

/* Reads on; is_at_end where there is no more. */
static gboolean
fill(RollstatLines *lines, GError **error)
{
	if (!await(lines, error))
		return FALSE;
	guint before = lines->read->len;
	g_byte_array_set_size(lines->read, before + CHUNK_BYTES);
	gssize n_bytes;
	do {
		n_bytes = read(lines->fd, lines->read->data + before, CHUNK_BYTES);
	} while (n_bytes < 0 && errno == EINTR);
	int why = errno;
	g_byte_array_set_size(lines->read, before + (guint)MAX(n_bytes, 0));
	if (n_bytes < 0)
		return fail(lines, why, error);
	lines->is_at_end = n_bytes == 0;
	return TRUE;
}

/* What people may take for an export. */
static const char *
find_kind(const GByteArray *read)
{
	static const struct {
		guint at;
		const char *bytes, *what;
	} kinds[] = {
		{0, "# rollcap", N_("it is a capture: rollerd --replay takes it")},
		{0, "SQLite format 3", N_("it is a database: rollstat restore takes a backup")},
		{8, ".FIT", N_("it is a FIT file, which does not hold what was received")},
		{0, "\x1f\x8b", N_("it is compressed: unpack it with gunzip")},
		{0, "(\xb5/\xfd", N_("it is compressed: unpack it with unzstd")},
		{0, "PK\x03\x04", N_("it is compressed: unpack it with unzip")},
	};
	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
		gsize n_bytes = strlen(kinds[i].bytes);
		if (read->len >= kinds[i].at + n_bytes &&
		    memcmp(read->data + kinds[i].at, kinds[i].bytes, n_bytes) == 0)
			return _(kinds[i].what);
	}
	if (read->len == 0)
		return _("it is empty");
	return read->data[0] == '[' ? NULL : _("its first line should be [");
}

static gboolean
begin(RollstatLines *lines, GError **error)
{
	GStatBuf about;
	if (lines->fd < 0 || fstat(lines->fd, &about) < 0)
		return fail(lines, errno, error);
	if (S_ISDIR(about.st_mode))
		return fail(lines, EISDIR, error);
	lines->size = S_ISREG(about.st_mode) ? about.st_size : 0;
	if (!fill(lines, error))
		return FALSE;
	const char *kind = find_kind(lines->read);
	if (kind == NULL)
		return TRUE;
	g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
		    _("%s is no export of rollstat: %s"), lines->path, kind);
	return FALSE;
}

RollstatLines *
rollstat_lines_open(const char *path, const RollstatProgress *progress, GError **error)
{
	g_autoptr(RollstatLines) lines = g_new0(RollstatLines, 1);
	gboolean is_standard = g_str_equal(path, "-");
	lines->progress = progress;
	lines->path = g_strdup(is_standard ? _("the standard input") : path);
	lines->read = g_byte_array_new();
	lines->sum = g_checksum_new(G_CHECKSUM_SHA256);
	lines->fd = is_standard ? dup(STDIN_FILENO) : g_open(path, O_RDONLY | O_CLOEXEC, 0);
	return begin(lines, error) ? g_steal_pointer(&lines) : NULL;
}

/* Leaves the last line behind; drops what nobody needs now and then, not at each line. */
static void
leave_line(RollstatLines *lines)
{
	if (lines->n_line == 0)
		return;
	if (lines->has_line_feed)
		lines->read->data[lines->at + lines->n_line - 1] = '\n';
	g_checksum_update(lines->sum, lines->read->data + lines->at, (gssize)lines->n_line);
	lines->at += lines->n_line;
	lines->offset += (gint64)lines->n_line;
	lines->n_line = 0;
	if (lines->at < CHUNK_BYTES)
		return;
	g_byte_array_remove_range(lines->read, 0, (guint)lines->at);
	lines->at = 0;
}

/* The place of the next line feed; NULL: there is none up to the end. */
static gboolean
find_line_feed(RollstatLines *lines, guint8 **ret_line_feed, GError **error)
{
	gsize searched = 0;
	for (;;) {
		guint8 *from = lines->read->data + lines->at + searched;
		gsize left = lines->read->len - lines->at - searched;
		*ret_line_feed = left > 0 ? memchr(from, '\n', left) : NULL;
		if (*ret_line_feed != NULL || lines->is_at_end)
			return TRUE;
		searched += left;
		if (searched > LINE_MAX_BYTES) {
			g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
					    _("this line is longer than any of an export"));
			return FALSE;
		}
		if (!fill(lines, error))
			return FALSE;
	}
}

gboolean
rollstat_lines_next(RollstatLines *lines, const char **ret_text, GError **error)
{
	guint8 *line_feed = NULL;
	leave_line(lines);
	lines->number++;
	*ret_text = NULL;
	if (!look_up(lines, error) || !find_line_feed(lines, &line_feed, error))
		return FALSE;
	gsize left = lines->read->len - lines->at;
	if (line_feed == NULL && left == 0)
		return TRUE;
	lines->has_line_feed = line_feed != NULL;
	if (line_feed != NULL) {
		lines->n_line = (gsize)(line_feed - lines->read->data) - lines->at + 1;
		*line_feed = '\0';
	} else {
		/* The end of the text stands behind the last byte of all. */
		lines->n_line = left;
		g_byte_array_append(lines->read, (const guint8 *)"", 1);
		g_byte_array_set_size(lines->read, lines->read->len - 1);
	}
	*ret_text = (const char *)lines->read->data + lines->at;
	return TRUE;
}

guint64
rollstat_lines_get_number(const RollstatLines *lines)
{
	return lines->number;
}

char *
rollstat_lines_dup_sum(const RollstatLines *lines)
{
	g_autoptr(GChecksum) copy = g_checksum_copy(lines->sum);
	return g_strdup(g_checksum_get_string(copy));
}

void
rollstat_lines_free(RollstatLines *lines)
{
	if (lines == NULL)
		return;
	if (lines->fd >= 0)
		close(lines->fd);
	g_byte_array_unref(lines->read);
	g_checksum_free(lines->sum);
	g_free(lines->path);
	g_free(lines);
}
