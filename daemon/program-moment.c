/* SPDX-License-Identifier: MIT */
#include "daemon/program-moment.h"

#include <math.h>

#define DEGREES_PER_RAD (180 / G_PI)

static double
only_finite(double number)
{
	return isfinite(number) ? number : NAN;
}

static RollBusMoment
put_in_bus_units(const RollMoment *moment)
{
	const RollView *view = &moment->view;
	gboolean has_sample = view->t_us != 0;
	gboolean has_turned = has_sample && moment->has_motion && !moment->is_bar;
	const char *mount = moment->travel_sign < 0 ? "left" : "right";

	return (RollBusMoment){
		.turned_deg = has_turned ? view->turned_rad * DEGREES_PER_RAD : NAN,
		.turned_since_us = has_turned ? moment->since_us : 0,
		.is_axis_learned = has_turned && moment->has_axis,
		.contact_cm = has_sample ? view->position_m * 100 : NAN,
		.uncertainty_cm = has_sample ? only_finite(view->uncertainty_m * 100) : NAN,
		.speed_cmps = has_sample ? view->speed_mps * 100 : NAN,
		.force_n = has_sample && moment->has_newtons ? view->force : NAN,
		.is_loaded = view->is_loaded,
		.kind = moment->is_bar ? "bar" : "roller",
		.mount = moment->is_bar ? "" : mount,
		.radius_cm = moment->is_bar ? NAN : moment->radius_m * 100,
		.head_end_cm = moment->is_bar ? moment->head_end_m * 100 : NAN,
	};
}

static void
put_pace(const RollPace *pace, RollBusMoment *shown)
{
	double nominal_hz = roll_pace_get_nominal_hz(pace);

	shown->rate_hz = pace->rate_hz > 0 ? pace->rate_hz : NAN;
	shown->nominal_hz = nominal_hz > 0 ? nominal_hz : NAN;
	shown->drift_ppm = pace->has_drift ? pace->drift_ppm : NAN;
}

void
rollerd_moment_show(RollBus *bus, const RollTracker *tracker, const char *address)
{
	RollTrackerSensor sensor = roll_tracker_get_sensor(tracker, address);
	const RollBusCounts counts = {
		.last_sample_us = sensor.last_sample_us,
		.lost_packets = sensor.lost_packets,
		.away_packets = sensor.away_packets,
		.received_packets = sensor.pace.n_packets,
		.refused_values = sensor.refused_values,
	};
	RollBusMoment shown;
	RollMoment moment;

	roll_bus_set_counts(bus, address, &counts);
	/* One that was open before this daemon began was told to nobody. */
	roll_bus_set_session(bus, address, sensor.session);
	if (!roll_tracker_get_moment(tracker, address, &moment))
		return;
	shown = put_in_bus_units(&moment);
	put_pace(&sensor.pace, &shown);
	roll_bus_set_moment(bus, address, &shown);
}
