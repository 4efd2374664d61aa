/* SPDX-License-Identifier: MIT */
#include "tests/cli/golden-file.h"

static gboolean is_update;

void
golden_file_init(int *argc, char **argv)
{
	is_update = *argc > 1 && g_str_equal(argv[*argc - 1], "--update");
	if (is_update)
		argv[--*argc] = NULL;
}

void
golden_file_check(const char *folder, const char *name, const char *text)
{
	g_autofree char *path = g_strdup_printf("%s/%s.txt", folder, name);
	g_autofree char *wanted = NULL;
	g_autoptr(GError) error = NULL;
	if (is_update)
		g_file_set_contents(path, text, -1, &error);
	g_assert_no_error(error);
	g_file_get_contents(path, &wanted, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(text, ==, wanted);
}

void
golden_file_check_in(const char *folder, const char *name, const char *text, const char *place)
{
	g_auto(GStrv) parts = g_strsplit(text, place, -1);
	g_autofree char *plain = g_strjoinv("DIR", parts);
	golden_file_check(folder, name, plain);
}
