/* SPDX-License-Identifier: MIT */
#include "cli/time/bars.h"

#include <math.h>

enum {
	EIGHTHS = 8,
};

void
rollstat_bar_append(const RollstatStyle *style, GString *out, double share, guint cells)
{
	static const char *const blocks[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
	double filled = CLAMP(share, 0, 1) * cells;
	guint eighths = (guint)ceil(filled * EIGHTHS), used = 0;
	if (!style->has_utf8)
		eighths = (guint)ceil(filled) * EIGHTHS;
	for (; used < eighths / EIGHTHS; used++)
		g_string_append(out, style->has_utf8 ? "█" : "#");
	if (eighths % EIGHTHS > 0) {
		g_string_append(out, blocks[eighths % EIGHTHS]);
		used++;
	}
	g_string_append_printf(out, "%*s", (int)(cells - used), "");
}

/* The mean of what is known. */
static double
get_mean(const double *values, guint n)
{
	double sum = 0;
	guint known = 0;
	for (guint i = 0; i < n; i++) {
		sum += isnan(values[i]) ? 0 : values[i];
		known += !isnan(values[i]);
	}
	return known > 0 ? sum / known : NAN;
}

static const char *
get_upright(const RollstatStyle *style, double share)
{
	static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
	static const char *const digits[] = {"1", "2", "3", "4", "5", "6", "7", "8"};
	if (!(share > 0))
		return style->has_utf8 ? "·" : ".";
	guint eighth = (guint)ceil(MIN(share, 1) * EIGHTHS) - 1;
	return style->has_utf8 ? blocks[eighth] : digits[eighth];
}

void
rollstat_bar_append_row(const RollstatStyle *style, GString *out, const double *values, guint n,
			guint cells)
{
	guint each = MAX((n + cells - 1) / MAX(cells, 1), 1), used = 0;
	double highest = 0;
	for (guint i = 0; i < n; i += each)
		highest = fmax(highest, get_mean(values + i, MIN(each, n - i)));
	for (guint i = 0; i < n; i += each, used++)
		g_string_append(
			out, get_upright(style, get_mean(values + i, MIN(each, n - i)) / highest));
	g_string_append_printf(out, "%*s", (int)(cells - MIN(used, cells)), "");
}
