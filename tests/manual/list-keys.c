/* SPDX-License-Identifier: MIT
 *
 * The keys of the configuration, a line each.
 */
#include "daemon/config/config-keys.h"

int
main(void)
{
	guint n_keys = 0;
	const RollConfigKey *keys = roll_config_keys_get(&n_keys);

	for (guint i = 0; i < n_keys; i++)
		g_print("%s\n", keys[i].name);
	return 0;
}
