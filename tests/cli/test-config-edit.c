/* SPDX-License-Identifier: MIT
 *
 * Values written into a configuration that a person wrote: what is theirs stays.
 */
#include "cli/sensor/config-edit.h"

#include <glib/gstdio.h>
#include <unistd.h>

typedef struct {
	const char *name, *before, *section, *key, *value, *after;
} Change;

static const Change changes[] = {
	{"empty", "", "person", "spine_cm", "44.0", "[person]\nspine_cm=44.0\n"},
	{"value", "[person]\nspine_cm=4\n", "person", "spine_cm", "44.0",
	 "[person]\nspine_cm=44.0\n"},
	{"blanks", "  [ person ]\n  spine_cm  =  40.0  \n", "person", "spine_cm", "44.0",
	 "  [ person ]\n  spine_cm  =  44.0  \n"},
	{"comment", "[person]   # it is me\nspine_cm=40      # tape # twice\nname=me#2\n", "person",
	 "spine_cm", "44.0", "[person]   # it is me\nspine_cm=44.0    # tape # twice\nname=me#2\n"},
	{"narrow-comment", "[person]\nspine_cm=40 # tape\n", "person", "spine_cm", "44.25",
	 "[person]\nspine_cm=44.25 # tape\n"},
	{"no-value", "[sensor C0:FF:EE:00:00:01]\nradius_cm=\n", "sensor C0:FF:EE:00:00:01",
	 "radius_cm", "7.00", "[sensor C0:FF:EE:00:00:01]\nradius_cm=7.00\n"},
	{"either-case", "[sensor c0:ff:ee:00:00:01]\nmount=right\n", "sensor C0:FF:EE:00:00:01",
	 "mount", "left", "[sensor c0:ff:ee:00:00:01]\nmount=left\n"},
	{"key", "# a\n[person]\nname=me\n\n# b\n[roller]\nmount=left\n", "person", "spine_cm",
	 "44.0", "# a\n[person]\nname=me\nspine_cm=44.0\n\n# b\n[roller]\nmount=left\n"},
	{"bare-section", "[person]\n[roller]", "roller", "mount", "left",
	 "[person]\n[roller]\nmount=left"},
	{"section", "[person]\nname=me", "sensor C0:FF:EE:00:00:01", "mount", "left",
	 "[person]\nname=me\n\n[sensor C0:FF:EE:00:00:01]\nmount=left\n"},
	{"same-key-elsewhere", "[roller]\nmount=right\n[sensor C0:FF:EE:00:00:01]\nkind=bar\n",
	 "sensor C0:FF:EE:00:00:01", "mount", "left",
	 "[roller]\nmount=right\n[sensor C0:FF:EE:00:00:01]\nkind=bar\nmount=left\n"},
	{"comments-alone", "# nothing yet\n", "person", "spine_cm", "44.0",
	 "# nothing yet\n\n[person]\nspine_cm=44.0\n"},
	{"carriage-returns", "[person]\r\nspine_cm=40\r\n", "person", "spine_cm", "44.0",
	 "[person]\r\nspine_cm=44.0\r\n"},
};

typedef struct {
	char *folder, *path;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
	(void)data;
	fixture->folder = g_dir_make_tmp("rollstat-XXXXXX", NULL);
	fixture->path = g_build_filename(fixture->folder, "rollerd.conf", NULL);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
	(void)data;
	g_unlink(fixture->path);
	g_assert_cmpint(g_rmdir(fixture->folder), ==, 0);
	g_free(fixture->folder);
	g_free(fixture->path);
}

static RollstatConfig *
load(const char *path)
{
	g_autoptr(GError) error = NULL;
	RollstatConfig *settings = rollstat_config_load(path, &error);
	g_assert_no_error(error);
	return settings;
}

static void
test_change(Fixture *fixture, gconstpointer data)
{
	const Change *change = data;
	g_autoptr(GError) error = NULL;
	g_assert_true(g_file_set_contents(fixture->path, change->before, -1, NULL));
	g_autoptr(RollstatConfig) before = load(fixture->path);
	g_autofree char *after =
		rollstat_config_dup_with(before, change->section, change->key, change->value);
	g_assert_cmpstr(after, ==, change->after);
	g_assert_true(rollstat_config_write(fixture->path, after, &error));
	g_assert_no_error(error);
	g_autoptr(RollstatConfig) again = load(fixture->path);
	g_assert_cmpstr(rollstat_config_get(again, change->section, change->key), ==,
			change->value);
}

static void
test_absent(Fixture *fixture, gconstpointer data)
{
	(void)data;
	g_autoptr(GError) error = NULL;
	g_autoptr(RollstatConfig) settings = load(fixture->path);
	g_assert_null(settings->text);
	g_assert_null(rollstat_config_get(settings, "person", "spine_cm"));
	g_assert_true(rollstat_config_write(fixture->path, "[person]\n", &error));
	g_assert_true(rollstat_config_write(fixture->path, NULL, &error));
	g_assert_no_error(error);
	g_assert_false(g_file_test(fixture->path, G_FILE_TEST_EXISTS));
}

/* What the daemon's reader refuses is not written into. */
static void
test_bad(Fixture *fixture, gconstpointer data)
{
	(void)data;
	g_autoptr(GError) error = NULL;
	g_assert_true(g_file_set_contents(fixture->path, "[person]\nme\n", -1, NULL));
	g_assert_null(rollstat_config_load(fixture->path, &error));
	g_assert_error(error, ROLL_CONFIG_ERROR, ROLL_CONFIG_ERROR_INVALID);
}

/* The daemon reads as another user: mode and link stay as they are. */
static void
test_mode(Fixture *fixture, gconstpointer data)
{
	(void)data;
	g_autoptr(GError) error = NULL;
	g_autofree char *real = g_build_filename(fixture->folder, "real.conf", NULL);
	g_autofree char *text = NULL;
	GStatBuf state;
	g_assert_true(g_file_set_contents_full(real, "a\n", -1, 0, 0640, NULL));
	g_assert_cmpint(g_chmod(real, 0640), ==, 0);
	g_assert_cmpint(symlink("real.conf", fixture->path), ==, 0);
	g_assert_true(rollstat_config_write(fixture->path, "b\n", &error));
	g_assert_no_error(error);
	g_assert_true(g_file_test(fixture->path, G_FILE_TEST_IS_SYMLINK));
	g_assert_true(g_file_get_contents(real, &text, NULL, NULL));
	g_assert_cmpstr(text, ==, "b\n");
	g_assert_cmpint(g_stat(real, &state), ==, 0);
	g_assert_cmpint(state.st_mode & 0777, ==, 0640);
	g_unlink(real);
}

/* Its folder is made where it can be. */
static void
test_folder(Fixture *fixture, gconstpointer data)
{
	(void)data;
	g_autoptr(GError) error = NULL;
	g_autofree char *folder = g_build_filename(fixture->folder, "a", NULL);
	g_autofree char *path = g_build_filename(folder, "rollerd.conf", NULL);
	g_assert_true(rollstat_config_write(path, "a\n", &error));
	g_assert_no_error(error);
	g_assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
	g_unlink(path);
	g_rmdir(folder);
	g_assert_true(g_file_set_contents(fixture->path, "", 0, NULL));
	g_autofree char *below = g_build_filename(fixture->path, "rollerd.conf", NULL);
	g_assert_false(rollstat_config_write(below, "a\n", &error));
	g_assert_nonnull(g_strstr_len(error->message, -1, below));
}

#define ADD(name, test) g_test_add("/config-edit/" name, Fixture, NULL, set_up, test, tear_down)

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
		g_autofree char *name = g_strdup_printf("/config-edit/change/%s", changes[i].name);
		g_test_add(name, Fixture, &changes[i], set_up, test_change, tear_down);
	}
	ADD("absent", test_absent);
	ADD("bad", test_bad);
	ADD("mode", test_mode);
	ADD("folder", test_folder);
	return g_test_run();
}
