/* SPDX-License-Identifier: MIT */
#include "cli/carry/output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

enum {
	CHUNK_BYTES = 256 * 1024,
	MODE_COMMON = 0666, /* less what the umask takes away */
	MODE_OWN = 0600,
	MODE_BITS = 07777,
	MODE_ENTER = S_IRGRP | S_IXGRP,
};

struct RollstatOutput {
	char *path,
		*fresh; /* its own name; the one under which it is written, NULL for the standard output */
	int fd;
	GString *waiting;
	GChecksum *sum;
	guint64 size;
};

static gboolean
fail(GError **error, const char *path, int code)
{
	g_set_error(error, G_IO_ERROR, g_io_error_from_errno(code), _("cannot write %s: %s"), path,
		    g_strerror(code));
	return FALSE;
}

static char *
make_fresh(const char *path, int mode, int *ret_fd, GError **error)
{
	g_autofree char *fresh = g_strdup_printf("%s.part-XXXXXX", path);
	*ret_fd = g_mkstemp_full(fresh, O_RDWR | O_CLOEXEC, mode);
	if (*ret_fd >= 0)
		return g_steal_pointer(&fresh);
	fail(error, path, errno);
	return NULL;
}

char *
rollstat_output_make_beside(const char *path, GError **error)
{
	int fd = -1;
	char *fresh = make_fresh(path, MODE_OWN, &fd, error);
	if (fresh != NULL)
		close(fd);
	return fresh;
}

static gboolean
check_free(const char *path, gboolean is_replacing, GError **error)
{
	if (g_file_test(path, G_FILE_TEST_IS_DIR))
		return fail(error, path, EISDIR);
	if (is_replacing || !g_file_test(path, G_FILE_TEST_EXISTS))
		return TRUE;
	g_set_error(error, G_IO_ERROR, G_IO_ERROR_EXISTS,
		    _("%s is there already: name another file, or say --replace"), path);
	return FALSE;
}

RollstatOutput *
rollstat_output_open(const char *path, gboolean is_replacing, GError **error)
{
	gboolean is_standard = g_str_equal(path, "-");
	char *fresh = NULL;
	int fd = STDOUT_FILENO;
	if (!is_standard) {
		if (!check_free(path, is_replacing, error))
			return NULL;
		fresh = make_fresh(path, MODE_COMMON, &fd, error);
		if (fresh == NULL)
			return NULL;
	}
	RollstatOutput *output = g_new0(RollstatOutput, 1);
	output->path = g_strdup(path);
	output->fresh = fresh;
	output->fd = fd;
	output->waiting = g_string_sized_new(CHUNK_BYTES);
	output->sum = g_checksum_new(G_CHECKSUM_SHA256);
	return output;
}

static gboolean
flush(RollstatOutput *output, GError **error)
{
	const char *at = output->waiting->str;
	gsize left = output->waiting->len;
	while (left > 0) {
		gssize written = write(output->fd, at, left);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return fail(error, output->path, errno);
		at += written;
		left -= (gsize)written;
	}
	g_string_truncate(output->waiting, 0);
	return TRUE;
}

gboolean
rollstat_output_write(RollstatOutput *output, const void *bytes, gsize n_bytes, GError **error)
{
	g_string_append_len(output->waiting, bytes, (gssize)n_bytes);
	g_checksum_update(output->sum, bytes, (gssize)n_bytes);
	output->size += n_bytes;
	return output->waiting->len < CHUNK_BYTES || flush(output, error);
}

char *
rollstat_output_dup_sum(const RollstatOutput *output)
{
	g_autoptr(GChecksum) copy = g_checksum_copy(output->sum);
	return g_strdup(g_checksum_get_string(copy));
}

guint64
rollstat_output_get_size(const RollstatOutput *output)
{
	return output->size;
}

void
rollstat_output_sync_folder(const char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);
	int fd = g_open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
	if (fd < 0)
		return;
	(void)fsync(fd);
	close(fd);
}

gboolean
rollstat_output_finish(RollstatOutput *output, GError **error)
{
	if (!flush(output, error))
		return FALSE;
	if (output->fresh == NULL)
		return TRUE;
	int fd = output->fd;
	output->fd = -1;
	int synced = fsync(fd), why = errno;
	/* A full disk of a network may tell only now. */
	if (close(fd) < 0 && synced == 0) {
		synced = -1;
		why = errno;
	}
	if (synced < 0)
		return fail(error, output->path, why);
	if (g_rename(output->fresh, output->path) < 0)
		return fail(error, output->path, errno);
	rollstat_output_sync_folder(output->path);
	g_clear_pointer(&output->fresh, g_free);
	return TRUE;
}

void
rollstat_output_free(RollstatOutput *output)
{
	if (output == NULL)
		return;
	if (output->fresh != NULL) {
		if (output->fd >= 0)
			close(output->fd);
		g_unlink(output->fresh);
	}
	g_free(output->path);
	g_free(output->fresh);
	g_string_free(output->waiting, TRUE);
	g_checksum_free(output->sum);
	g_free(output);
}

void
rollstat_output_give(const char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);
	GStatBuf theirs, about;
	if (geteuid() != 0 || g_stat(folder, &theirs) != 0 || theirs.st_uid == 0)
		return;
	/* Not through a link: who owns the folder could lay one. */
	int fd = g_open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC, 0);
	if (fd < 0)
		return;
	/* A folder that all may read says nothing of who may read what is in it. */
	mode_t group = (theirs.st_mode & S_IROTH) == 0 ? theirs.st_mode : 0;
	/* A file with another name, too, may be anybody's: who owns the folder could have linked it there. */
	if (fstat(fd, &about) == 0 && (S_ISDIR(about.st_mode) || about.st_nlink == 1) &&
	    fchown(fd, theirs.st_uid, theirs.st_gid) == 0)
		(void)fchmod(fd, (about.st_mode & MODE_BITS) |
					 (group & (S_ISDIR(about.st_mode) ? MODE_ENTER : S_IRGRP)));
	close(fd);
}

char *
rollstat_output_dup_size(guint64 n_bytes)
{
	return g_format_size(n_bytes);
}
