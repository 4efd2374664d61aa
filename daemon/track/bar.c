/* SPDX-License-Identifier: MIT */
#include "daemon/track/bar.h"

#include <math.h>
#include <string.h>

/* A cell's resting reading is a mean over its first seconds, then follows this slowly, s. */
#define RESTING_MEMORY_S 4.0
/* At the first sample a cell that reads less than this is at rest, share of the least load: a body weighs more. */
#define RESTING_FIRST 0.5
/* No cell reads less than at rest: what it does read over this time is its resting reading at most, s. */
#define LOW_MEMORY_S 0.25
/* Where no cell carries this, and all of them together not that, share of the least load, many cells have drifted a
 * little each: a back would weigh most in its middle. */
#define DIFFUSE_CELL 0.25
#define DIFFUSE_SUM 3.0
/* As a body leaves the bar, its last newtons are no rest, s. */
#define LEAVING_S 0.3

/* How wide a back rests on a bar before it is learned, and what it may be, m, standard deviation. */
#define WIDTH_FIRST_M 0.022
#define WIDTH_LEAST_M 0.01
#define WIDTH_MOST_M 0.06
/* It is learned from firm loads, this many times the least load, over this time, s. */
#define WIDTH_FIRM 2.5
#define WIDTH_MEMORY_S 10.0
/* Cells are sparse where the back is narrower than this share of their pitch: then at most two carry load, whatever its
 * width. But over all places the mean spread of the load over the two tells: 0.564 widths between cells that
 * carry what is nearest; a rail that shares the load evenly looks like a width of 0.295. That is taken first, and
 * as worth so many seconds of load; the mean is over this many, s. */
#define SPARSE 0.2
#define SPARSE_SPREAD 0.564
#define SPARSE_FIRST 0.295
#define SPARSE_FIRST_S 10.0
#define SPARSE_MEMORY_S 180.0
/* Cells farther from the heaviest one than this many widths carry nothing but drift. */
#define REACH_WIDTHS 3.0

/* A dead cell's reading stays within this of what it was, share of the least load, ... */
#define DEAD_BAND 0.05
/* ... while the load beside it ranges over this many times the least load ... */
#define DEAD_RANGE 2.0
/* ... and is no resting reading, which live cells keep, too: farther from rest than this share; */
#define DEAD_OFF 0.25
/* or it carries less than this share of what both its neighbours do, which is this many times the least load, for this
 * long, s. */
#define SILENT_SHARE 0.2
#define SILENT_LOAD 0.75
#define SILENT_S 0.3
/* What the cell behind its neighbour must carry for an outermost cell to be judged, share of the least load. */
#define BEHIND_LEAST 0.1
/* Live cells see no less than this share of the load, for all that is told of it. */
#define SEEN_LEAST 0.25

/* Cells' gains differ by this share, standard deviation; noise and drift of each are this share of the least load. */
#define GAIN_DEVIATION 0.06
#define NOISE_SHARE 0.05
/* What is left where all of that is nought, share of the pitch: a back is no Gaussian, its width not quite known. */
#define MODEL_OFF 0.02
/* And where cells are sparse, share of their pitch: whether a rail shares the load is not known for sure. */
#define SPARSE_OFF 0.045
/* Uncertainty falls over this time: of a pass its worst part counts, s. */
#define UNCERTAIN_MEMORY_S 2.0

void
roll_bar_init(RollBar *bar, const RollTrackSettings *settings)
{
	memset(bar, 0, sizeof(*bar));
	bar->head_end_m = settings->head_end_m;
	bar->pitch_m = settings->pitch_m;
	bar->loaded_n = settings->loaded_n;
	bar->position_m = settings->head_end_m;
	bar->is_sparse = WIDTH_FIRST_M < SPARSE * settings->pitch_m;
	bar->width_m = bar->is_sparse ? SPARSE_FIRST * settings->pitch_m : WIDTH_FIRST_M;
	bar->sparse_s = SPARSE_FIRST_S;
	bar->seen = 1.0;
}

/* ---- Cells ---- */

static void
begin_watch(RollBarCell *cell, double reading_n, double beside_n)
{
	cell->held_n = reading_n;
	cell->least_n = cell->most_n = beside_n;
	cell->silent_s = 0.0;
	cell->is_dead = false;
}

/* Judges whether cell i is dead, from its reading and what its neighbours carry. */
static void
watch(RollBar *bar, unsigned i, double reading_n, double step_s)
{
	const RollPatchCells *patch = &bar->patch;
	RollBarCell *cell = &bar->cells[i];
	const double before_n = i > 0 ? patch->force_n[i - 1] : 0.0;
	const double after_n = i + 1 < patch->n ? patch->force_n[i + 1] : 0.0;
	const double both_n = fmin(before_n, after_n), beside_n = fmax(before_n, after_n);

	if (fabs(reading_n - cell->held_n) > DEAD_BAND * bar->loaded_n) {
		begin_watch(cell, reading_n, beside_n);
		return;
	}
	cell->least_n = fmin(cell->least_n, beside_n);
	cell->most_n = fmax(cell->most_n, beside_n);
	if (both_n > SILENT_LOAD * bar->loaded_n && patch->force_n[i] < SILENT_SHARE * both_n)
		cell->silent_s += step_s;
	if (cell->silent_s > SILENT_S ||
	    (cell->most_n - cell->least_n > DEAD_RANGE * bar->loaded_n &&
	     fabs(patch->force_n[i]) > DEAD_OFF * bar->loaded_n))
		cell->is_dead = true;
}

/* Takes off what the cells read at rest, as far as it is known. */
static void
take_rest_off(RollBar *bar, const float *cells, double step_s)
{
	const double gain = step_s / (step_s + LOW_MEMORY_S);

	for (unsigned i = 0; i < bar->patch.n; i++) {
		RollBarCell *cell = &bar->cells[i];
		const double reading_n = (double)cells[i];

		if (!cell->has_begun) {
			cell->has_begun = true;
			cell->low_n = reading_n;
			if (reading_n < RESTING_FIRST * bar->loaded_n)
				cell->resting_n = reading_n;
		}
		cell->low_n += gain * (reading_n - cell->low_n);
		cell->resting_n = fmin(cell->resting_n, fmax(cell->low_n, 0.0));
		bar->patch.force_n[i] = reading_n - cell->resting_n;
	}
}

double
roll_bar_weigh(RollBar *bar, const float *cells, unsigned n_cells, double step_s)
{
	double sum_n = 0.0, most_n = 0.0;

	bar->patch.n = n_cells;
	take_rest_off(bar, cells, step_s);
	for (unsigned i = 0; i < n_cells; i++)
		watch(bar, i, (double)cells[i], step_s);
	for (unsigned i = 0; i < n_cells; i++) {
		if (bar->cells[i].is_dead)
			continue;
		sum_n += bar->patch.force_n[i];
		most_n = fmax(most_n, bar->patch.force_n[i]);
	}
	if (most_n < DIFFUSE_CELL * bar->loaded_n && sum_n < DIFFUSE_SUM * bar->loaded_n)
		return 0.0;
	return fmax(sum_n, 0.0) / fmax(bar->seen, SEEN_LEAST);
}

static void
learn_resting(RollBar *bar, double step_s)
{
	double gain;

	bar->seen = 1.0;
	bar->unloaded_s += step_s;
	if (bar->had_contact && bar->unloaded_s < LEAVING_S)
		return;
	bar->resting_s = fmin(bar->resting_s + step_s, RESTING_MEMORY_S);
	gain = bar->resting_s > 0.0 ? fmin(step_s / bar->resting_s, 1.0) : 1.0;
	for (unsigned i = 0; i < bar->patch.n; i++)
		bar->cells[i].resting_n += gain * bar->patch.force_n[i];
}

/* ---- Place ---- */

/* Uses the live cells around the heaviest one; false where there is none. */
static bool
choose_cells(RollBar *bar, unsigned *ret_heaviest)
{
	RollPatchCells *patch = &bar->patch;
	const double reach = 1.0 + REACH_WIDTHS * bar->width_m / bar->pitch_m;
	bool has_any = false;

	for (unsigned i = 0; i < patch->n; i++) {
		if (bar->cells[i].is_dead)
			continue;
		if (!has_any || patch->force_n[i] > patch->force_n[*ret_heaviest])
			*ret_heaviest = i;
		has_any = true;
	}
	for (unsigned i = 0; i < patch->n; i++)
		patch->is_used[i] =
			!bar->cells[i].is_dead && fabs((double)i - (double)*ret_heaviest) <= reach;
	return has_any;
}

/* The outermost cell has a neighbour on one side only: what the model would put on it by the others counts there.
 * With a cell behind that neighbour that carries a little, that is known well enough. */
static void
watch_end(RollBar *bar, unsigned end, unsigned heaviest, double step_s)
{
	const unsigned beside = end == 0 ? 1 : end - 1, behind = end == 0 ? 2 : end - 2;
	const double width = bar->width_m / bar->pitch_m, inward = end == 0 ? 0.2 : -0.2;
	const double bounds[2] = {end == 0 ? -0.5 : (double)beside - 1.0,
				  end == 0 ? (double)beside + 1.0 : end + 0.5};
	RollPatchCells others = bar->patch;
	RollPatchMoments found, model;
	double middle, expected_n, shares[ROLL_CELLS_MAX];

	if (heaviest != beside || bar->cells[end].is_dead ||
	    others.force_n[end] > SILENT_SHARE * others.force_n[beside] ||
	    others.force_n[behind] < BEHIND_LEAST * bar->loaded_n)
		return;
	others.is_used[end] = false;
	found = roll_patch_measure(&others);
	middle = inward + roll_patch_find(&others, found.mean, width, bounds);
	model = roll_patch_model(&others, middle, width, shares);
	expected_n = found.total * shares[end] / fmax(model.total, SEEN_LEAST);
	if (expected_n > SILENT_LOAD * bar->loaded_n &&
	    others.force_n[end] < SILENT_SHARE * expected_n)
		bar->cells[end].silent_s += step_s;
}

/* The model's spread must be what is measured; where two cells carry all, any width will do and none is learned. */
static void
learn_width(RollBar *bar, double ahead, double step_s)
{
	const double gain = step_s / (step_s + WIDTH_MEMORY_S);
	const double square_m2 =
		bar->width_m * bar->width_m + gain * ahead * bar->pitch_m * bar->pitch_m;

	bar->width_m = sqrt(
		fmin(fmax(square_m2, WIDTH_LEAST_M * WIDTH_LEAST_M), WIDTH_MOST_M * WIDTH_MOST_M));
}

/* What unequal gains and noise do to the centre of force, and that to the middle of the patch. */
static void
learn_sparse_width(RollBar *bar, double spread, double step_s)
{
	const double width_m = spread / SPARSE_SPREAD * bar->pitch_m;

	bar->sparse_s = fmin(bar->sparse_s + step_s, SPARSE_MEMORY_S);
	bar->width_m += step_s / bar->sparse_s * (width_m - bar->width_m);
	bar->width_m = fmin(fmax(bar->width_m, WIDTH_LEAST_M), SPARSE_FIRST * bar->pitch_m);
}

static void
judge_uncertainty(RollBar *bar, double middle, double width, double step_s)
{
	const double nudge = 0.05;
	const RollPatchCells *patch = &bar->patch;
	const RollPatchMoments found = roll_patch_measure(patch);
	const double steep = (roll_patch_model(patch, middle + nudge, width, NULL).mean -
			      roll_patch_model(patch, middle - nudge, width, NULL).mean) /
			     (2.0 * nudge);
	const double noise_n = NOISE_SHARE * bar->loaded_n;
	double variance = 0.0, off;

	for (unsigned i = 0; i < patch->n; i++) {
		const double own_n = GAIN_DEVIATION * patch->force_n[i];
		const double away = (double)i - found.mean;

		if (patch->is_used[i])
			variance += away * away * (own_n * own_n + noise_n * noise_n);
	}
	off = sqrt(variance) / found.total / fmax(steep, 0.02);
	off = bar->pitch_m / fmax(bar->seen, SEEN_LEAST) *
	      (fmin(off, 0.5) + (bar->is_sparse ? SPARSE_OFF : MODEL_OFF));
	/* What is told of a way stands for all of it. */
	bar->uncertainty_m = fmax(off, bar->uncertainty_m + step_s / (step_s + UNCERTAIN_MEMORY_S) *
								    (off - bar->uncertainty_m));
}

static void
find_place(RollBar *bar, double step_s)
{
	RollPatchCells *patch = &bar->patch;
	const double width = bar->width_m / bar->pitch_m;
	const double last = (double)(patch->n - 1), beyond = fmin(0.5, 0.01 / bar->pitch_m);
	unsigned heaviest = 0;
	RollPatchMoments found, model;
	double bounds[2], middle, shares[ROLL_CELLS_MAX];

	if (!choose_cells(bar, &heaviest))
		return;
	if (patch->n > 3) {
		watch_end(bar, 0, heaviest, step_s);
		watch_end(bar, patch->n - 1, heaviest, step_s);
	}
	found = roll_patch_measure(patch);
	if (!(found.total > 0.0))
		return;
	bounds[0] = fmax(-beyond, (double)heaviest - 2.5);
	bounds[1] = fmin(last + beyond, (double)heaviest + 2.5);
	middle = roll_patch_find(patch, found.mean, width, bounds);
	model = roll_patch_model(patch, middle, width, shares);
	bar->seen = 0.0;
	for (unsigned i = 0; i < patch->n; i++)
		bar->seen += bar->cells[i].is_dead ? 0.0 : shares[i];
	bar->position_m = bar->head_end_m + bar->pitch_m * middle;
	judge_uncertainty(bar, middle, width, step_s);
	if (found.total < WIDTH_FIRM * bar->loaded_n)
		return;
	if (bar->is_sparse)
		learn_sparse_width(bar, found.variance, step_s);
	else
		learn_width(bar, found.variance - model.variance, step_s);
}

double
roll_bar_feed(RollBar *bar, bool is_loaded, double step_s)
{
	if (!is_loaded) {
		learn_resting(bar, step_s);
		return bar->position_m;
	}
	bar->unloaded_s = 0.0;
	bar->had_contact = true;
	if (bar->patch.n > 1 && bar->pitch_m > 0.0)
		find_place(bar, step_s);
	return bar->position_m;
}

double
roll_bar_get_uncertainty_m(const RollBar *bar)
{
	return bar->uncertainty_m;
}

/* ---- Twist ---- */

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
