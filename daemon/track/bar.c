/* SPDX-License-Identifier: MIT */
#include "daemon/track/bar.h"

#include <string.h>

/* A cell's resting reading is a mean over its first seconds, then follows this slowly, s. */
#define RESTING_MEMORY_S 20.0

void
roll_bar_init(RollBar *bar, const RollTrackSettings *settings)
{
	memset(bar, 0, sizeof(*bar));
	bar->head_end_m = settings->head_end_m;
	bar->pitch_m = settings->pitch_m;
	bar->position_m = settings->head_end_m;
}

static void
learn_resting(RollBar *bar, const float *cells, unsigned n_cells, double step_s)
{
	double gain;

	bar->resting_s += step_s;
	if (bar->resting_s > RESTING_MEMORY_S)
		bar->resting_s = RESTING_MEMORY_S;
	gain = bar->resting_s > 0.0 ? step_s / bar->resting_s : 1.0;
	for (unsigned i = 0; i < n_cells; i++)
		bar->resting_n[i] += gain * ((double)cells[i] - bar->resting_n[i]);
}

double
roll_bar_feed(RollBar *bar, const float *cells, unsigned n_cells, bool is_loaded, double step_s)
{
	double sum_n = 0.0, moment = 0.0;

	if (!is_loaded) {
		learn_resting(bar, cells, n_cells, step_s);
		return bar->position_m;
	}
	for (unsigned i = 0; i < n_cells; i++) {
		const double force_n = (double)cells[i] - bar->resting_n[i];

		sum_n += force_n;
		moment += force_n * (double)i;
	}
	if (sum_n > 0.0) {
		double centre = moment / sum_n;

		if (centre < 0.0)
			centre = 0.0;
		if (centre > (double)(n_cells - 1))
			centre = (double)(n_cells - 1);
		bar->position_m = bar->head_end_m + bar->pitch_m * centre;
	}
	return bar->position_m;
}

double
roll_bar_feed_tilt(RollBar *bar, double tilt_rad, bool is_loaded, double step_s)
{
	bar->had_contact |= is_loaded;
	if (bar->rest_s == 0.0 || !bar->had_contact) {
		bar->rest_s += step_s;
		bar->rest_rad += bar->rest_s > 0.0
					 ? step_s / bar->rest_s * (tilt_rad - bar->rest_rad)
					 : tilt_rad - bar->rest_rad;
	}
	return tilt_rad - bar->rest_rad;
}
