/* SPDX-License-Identifier: MIT
 *
 * However a capture is cut, and however often it is replayed: all tables hold the same.
 */
#include "tests/store/store-rig.h"

#include <stdlib.h>

static char *
dump_whole(Rig *rig, const GArray *values)
{
	char *dump = NULL;

	rig_run(rig, values, 0, values->len, 0);
	dump = rig_dump(rig, NULL);
	rig_forget(rig);
	return dump;
}

static void
test_twice(gconstpointer name)
{
	g_auto(Rig) rig = {0};
	g_autoptr(GArray) values = rig_load_capture(name);

	rig_init(&rig);
	g_autofree char *once = dump_whole(&rig, values);
	g_autofree char *fresh = dump_whole(&rig, values);

	rig_run(&rig, values, 0, values->len, 100);
	g_autofree char *often = rig_dump(&rig, NULL);
	rig_run(&rig, values, 0, values->len, 0);
	g_autofree char *twice = rig_dump(&rig, NULL);

	rig_assert_same(fresh, once, "into two fresh databases");
	rig_assert_same(often, once, "with many commits");
	rig_assert_same(twice, once, "again");
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM session"), ==, 1);
	g_assert_cmpint(rig_query(&rig, "SELECT count(*) FROM value"), ==, values->len);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_data_func("/cut/twice/roller-plain", "roller-plain", test_twice);
	g_test_add_data_func("/cut/twice/bar", "bar", test_twice);
	g_test_add_data_func("/cut/twice/roller-gyro-only", "roller-gyro-only", test_twice);
	return g_test_run();
}
