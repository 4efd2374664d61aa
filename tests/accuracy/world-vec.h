/* SPDX-License-Identifier: MIT
 *
 * Small geometry of the world's bodies.
 */
#pragma once

#include <math.h>

typedef struct {
	double x, y, z;
} WorldVec;

/* a + factor b. */
static inline WorldVec
world_vec_plus(WorldVec a, double factor, WorldVec b)
{
	return (WorldVec){a.x + factor * b.x, a.y + factor * b.y, a.z + factor * b.z};
}

/* The scalar product. */
static inline double
world_vec_dot(WorldVec a, WorldVec b)
{
	return a.x * b.x + a.y * b.y + a.z * b.z;
}

/* The vector turned about an axis of unit length. */
static inline WorldVec
world_vec_turned(WorldVec v, WorldVec axis, double angle_rad)
{
	const double s = sin(angle_rad), c = cos(angle_rad);
	const double along = axis.x * v.x + axis.y * v.y + axis.z * v.z;
	const WorldVec across = {axis.y * v.z - axis.z * v.y, axis.z * v.x - axis.x * v.z,
				 axis.x * v.y - axis.y * v.x};
	WorldVec r = world_vec_plus((WorldVec){0, 0, 0}, c, v);

	r = world_vec_plus(r, s, across);
	return world_vec_plus(r, along * (1.0 - c), axis);
}
