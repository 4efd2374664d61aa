/* SPDX-License-Identifier: MIT
 *
 * The little geometry that the stages share, in double precision and in the sensor's frame. Pure.
 */
#pragma once

#include "protocol/sample.h"

#include <math.h>

typedef struct {
	double x, y, z;
} RollAxis;

static inline RollAxis
roll_axis_of(RollSensorVec v)
{
	return (RollAxis){(double)v.x, (double)v.y, (double)v.z};
}

static inline double
roll_axis_dot(RollAxis a, RollAxis b)
{
	return a.x * b.x + a.y * b.y + a.z * b.z;
}

static inline double
roll_axis_along(RollAxis a, RollSensorVec v)
{
	return a.x * (double)v.x + a.y * (double)v.y + a.z * (double)v.z;
}

static inline RollAxis
roll_axis_cross(RollAxis a, RollAxis b)
{
	return (RollAxis){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

static inline RollAxis
roll_axis_scaled(RollAxis a, double factor)
{
	return (RollAxis){a.x * factor, a.y * factor, a.z * factor};
}

/* a + factor * b */
static inline RollAxis
roll_axis_plus(RollAxis a, double factor, RollAxis b)
{
	return (RollAxis){a.x + factor * b.x, a.y + factor * b.y, a.z + factor * b.z};
}

/* a must not be zero. */
static inline RollAxis
roll_axis_unit(RollAxis a)
{
	return roll_axis_scaled(a, 1.0 / sqrt(roll_axis_dot(a, a)));
}
