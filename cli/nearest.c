/* SPDX-License-Identifier: MIT */
#include "cli/nearest.h"

#include <string.h>

guint
rollstat_nearest_get_distance(const char *a, const char *b)
{
	enum { LONGEST = 24 };
	guint rows[LONGEST + 1][LONGEST + 1];
	gsize n_a = MIN(strlen(a), LONGEST), n_b = MIN(strlen(b), LONGEST);
	for (gsize i = 0; i <= n_a; i++)
		for (gsize k = 0; k <= n_b; k++) {
			if (i == 0 || k == 0) {
				rows[i][k] = (guint)(i + k);
				continue;
			}
			guint changed = rows[i - 1][k - 1] + (a[i - 1] != b[k - 1]);
			rows[i][k] = MIN(changed, MIN(rows[i - 1][k], rows[i][k - 1]) + 1);
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
				rows[i][k] = MIN(rows[i][k], rows[i - 2][k - 2] + 1);
		}
	return rows[n_a][n_b];
}
