/* SPDX-License-Identifier: MIT
 *
 * Sine, cosine and arc tangent by polynomials: the C library's differ in the last bit from one machine to
 * another, and a replay must not. Errors are below 3e-8 (sine, cosine) and 2e-6 rad (arc tangent), far
 * below what a sensor can tell. Pure.
 */
#pragma once

#include <stdint.h>

#define ROLL_PI 3.14159265358979323846
#define ROLL_TURN_RAD (2.0 * ROLL_PI)

/* angle_rad: any finite angle below 1e9. */
static inline void
roll_rotation_sincos(double angle_rad, double *ret_sin, double *ret_cos)
{
	const double quarters = angle_rad * (2.0 / ROLL_PI);
	const int64_t n = (int64_t)(quarters < 0.0 ? quarters - 0.5 : quarters + 0.5);
	const double r = angle_rad - (double)n * (ROLL_PI / 2.0);
	const double q = r * r;
	/* Taylor's series: |r| is at most pi/4. */
	const double s =
		r * (1.0 - q / 6.0 * (1.0 - q / 20.0 * (1.0 - q / 42.0 * (1.0 - q / 72.0))));
	const double c = 1.0 - q / 2.0 * (1.0 - q / 12.0 * (1.0 - q / 30.0 * (1.0 - q / 56.0)));

	*ret_sin = n & 1 ? (n & 2 ? -c : c) : (n & 2 ? -s : s);
	*ret_cos = n & 1 ? (n & 2 ? s : -s) : (n & 2 ? -c : c);
}

/* atan(z) for |z| <= 1. Minimax polynomial of degree 11, after Hastings, Approximations for Digital
 * Computers (1955). */
static inline double
roll_rotation_atan_of_share(double z)
{
	const double q = z * z;

	return z * (0.99997726 +
		    q * (-0.33262347 +
			 q * (0.19354346 + q * (-0.11643287 + q * (0.05265332 - q * 0.01172120)))));
}

/* Angle of the vector (x, y), -pi..pi; 0 for the zero vector. */
static inline double
roll_rotation_atan2(double y, double x)
{
	const double width = x < 0.0 ? -x : x;
	const double height = y < 0.0 ? -y : y;
	double angle;

	if (width == 0.0 && height == 0.0)
		return 0.0;
	angle = height <= width ? roll_rotation_atan_of_share(height / width)
				: ROLL_PI / 2.0 - roll_rotation_atan_of_share(width / height);
	if (x < 0.0)
		angle = ROLL_PI - angle;
	return y < 0.0 ? -angle : angle;
}

/* The same angle within -pi..pi. */
static inline double
roll_rotation_wrapped(double angle_rad)
{
	const double turns = angle_rad / ROLL_TURN_RAD;
	const int64_t n = (int64_t)(turns < 0.0 ? turns - 0.5 : turns + 0.5);

	return angle_rad - (double)n * ROLL_TURN_RAD;
}
