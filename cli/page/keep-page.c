/* SPDX-License-Identifier: MIT */
#include "cli/page/keep-page.h"

#include "cli/page/html.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	SIGN_WITHIN = 1024, /* bytes */
	MODE = 0666,	    /* less what the umask takes, as of any file that a person makes */
};

/* What errno says of a path. */
static gboolean
fail(const char *path, GError **error)
{
	int code = errno;
	g_autofree char *shown = g_filename_display_name(path);
	g_set_error(error, G_IO_ERROR, (gint)g_io_error_from_errno(code), _("cannot write %s: %s"),
		    shown, g_strerror(code));
	return FALSE;
}

/* Whether an open file is empty or begins like ours. */
static gboolean
is_ours(int fd, const struct stat *about)
{
	char head[SIGN_WITHIN];
	ssize_t size = read(fd, head, sizeof head);
	return about->st_size == 0 ||
	       (size > 0 && g_strstr_len(head, size, ROLLSTAT_HTML_SIGN) != NULL);
}

static gboolean
check_old(const char *path, gboolean is_forced, GError **error)
{
	struct stat about;
	/* A pipe without a writer must not hold us up. */
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT || (is_forced && errno == EACCES) || fail(path, error);
	gboolean is_known = fstat(fd, &about) == 0;
	gboolean is_regular = is_known && S_ISREG(about.st_mode);
	gboolean is_good = is_regular && (is_forced || is_ours(fd, &about));
	close(fd);
	if (is_good)
		return TRUE;
	g_autofree char *shown = g_filename_display_name(path);
	if (!is_regular)
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
			    _("%s is no regular file; --html - writes to the standard output"),
			    shown);
	else
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_EXISTS,
			    _("%s is there already and is no report of rollstat; --force replaces "
			      "it"),
			    shown);
	return FALSE;
}

gboolean
rollstat_page_keep(const char *path, const GString *text, gboolean is_forced, GError **error)
{
	char *behind = realpath(path, NULL); /* NULL: nothing is there yet */
	g_autofree char *target = g_strdup(behind != NULL ? behind : path);
	free(behind);
	if (!check_old(target, is_forced, error))
		return FALSE;
	/* GLib's message would name a file of its own. */
	g_autofree char *folder = g_path_get_dirname(target);
	if (access(folder, W_OK | X_OK) != 0)
		return fail(path, error);
	return g_file_set_contents_full(
		target, text->str, (gssize)text->len,
		G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, MODE, error);
}
