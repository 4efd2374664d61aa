/* SPDX-License-Identifier: MIT
 *
 * A back on the cells of a bar: a patch of pressure that is highest in its middle and falls off to both sides as a
 * Gaussian does. A cell carries what lies nearest to it, the outermost ones all that lies beyond. So the plain
 * centre of force is drawn away from the ends, and, where the patch is narrower than the cells are apart, to
 * the nearest cell.
 *
 * The patch's middle is where this model has the centre of force that was measured, both over the same cells. That
 * holds for any choice of cells: those that are dead or far from the patch are left out of both. Lengths are in
 * pitches, cell 0 at 0.
 */
#pragma once

#include "protocol/sample.h"

/* Cells and what they carry. */
typedef struct {
	unsigned n;			/* 2..ROLL_CELLS_MAX */
	bool is_used[ROLL_CELLS_MAX];	/* at least one is */
	double force_n[ROLL_CELLS_MAX]; /* with what they read at rest taken off */
} RollPatchCells;

/* Over the cells that are used. */
typedef struct {
	double total;	 /* of forces; of a model's: its share of the whole patch */
	double mean;	 /* centre of force, within the cells used */
	double variance; /* about it, >= 0 */
} RollPatchMoments;

/* What was measured. total may be <= 0: then the mean is nothing to go by. */
RollPatchMoments roll_patch_measure(const RollPatchCells *cells);

/* What a patch of this middle and width (standard deviation, > 0) would give. ret_shares: n long, of the whole patch;
 * NULL: not wanted. */
RollPatchMoments roll_patch_model(const RollPatchCells *cells, double middle, double width,
				  double *ret_shares);

/* The middle at which the model has this mean; no less than bounds[0], no more than bounds[1]. */
double roll_patch_find(const RollPatchCells *cells, double mean, double width,
		       const double *bounds);
