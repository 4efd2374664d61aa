/* SPDX-License-Identifier: MIT */
#include "protocol/database-lock.h"

#include "protocol/database.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

/* Absolute, so that no name means anything special to SQLite, and one file has one name to lock by. */
char *
roll_database_resolve(const char *path)
{
	g_autofree char *absolute = g_canonicalize_filename(path, NULL);
	char *real = realpath(absolute, NULL);

	if (!real)
		return g_steal_pointer(&absolute);

	char *resolved = g_strdup(real);
	free(real);
	return resolved;
}

int
roll_database_take_lock(const char *path, GError **error)
{
	g_autofree char *lock_path = g_strconcat(path, "-lock", NULL);
	int lock_fd = g_open(lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);

	if (lock_fd >= 0 && flock(lock_fd, LOCK_EX | LOCK_NB) == 0)
		return lock_fd;

	int why = errno;
	if (lock_fd >= 0)
		close(lock_fd);
	if (why == EWOULDBLOCK)
		g_set_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_LOCKED,
			    "cannot write the database %s: another rollerd does", path);
	else
		g_set_error(error, ROLL_DATABASE_ERROR, ROLL_DATABASE_ERROR_FAILED,
			    "cannot write the database %s: its lock %s: %s", path, lock_path,
			    g_strerror(why));
	return -1;
}
