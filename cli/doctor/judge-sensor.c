/* SPDX-License-Identifier: MIT */
#include "cli/doctor/judge-parts.h"

#include <math.h>

/* Older than that, and nothing is heard. */
#define FRESH_US (3 * G_USEC_PER_SEC)

/* A link that was lost is back by then, if the sensor is there. */
#define GONE_US (10 * G_USEC_PER_SEC)

enum {
	RATE_OFF_PCT = 10,
	RATE_BROKEN_PCT = 50,
	RATE_TWICE_PCT = 180,
	LOSS_FEW_PCT = 2,   /* with as much lost, the bench tells nothing worse */
	LOSS_MANY_PCT = 20, /* more was never tried */
	PACKETS_ENOUGH = 50,
	DRIFT_MOST_PPM = 100, /* what the profile allows */
	BATTERY_LOW_PCT = 20,
};

#define ADD ROLLSTAT_ADD
#define MEND rollstat_judging_mend

static void
mend_radio(RollstatFinding *finding)
{
	MEND(finding,
	     _("Bring machine and sensor nearer; keep the adapter off USB 3 ports and away "
	       "from Wi-Fi, with an extension cable."));
}

/* Whatever sensors do, nothing hears them here. */
static gboolean
is_deaf(const RollstatJudging *judging)
{
	const RollstatBluetoothFacts *facts = &judging->facts->bluetooth;
	return facts->bluez != ROLLSTAT_REPLY_REFUSED &&
	       (facts->bluez != ROLLSTAT_REPLY_GIVEN || !facts->is_powered);
}

/* Nothing is known of any. */
static void
judge_none(RollstatJudging *judging)
{
	const RollstatDatabaseFacts *database = &judging->facts->database;
	const RollstatDaemonFacts *daemon = rollstat_facts_get_daemon(&judging->facts->service);
	RollstatLink link = ROLLSTAT_LINK_SENSOR;
	if (daemon->answer != ROLLSTAT_REPLY_GIVEN) {
		ADD(judging, link, ROLLSTAT_VERDICT_UNKNOWN,
		    _("Not to be told before rollerd answers."));
		return;
	}
	if (is_deaf(judging)) {
		ADD(judging, link, ROLLSTAT_VERDICT_UNKNOWN,
		    _("Not to be told before Bluetooth works, see above."));
		return;
	}
	RollstatFinding *finding = NULL;
	g_autofree char *ago =
		rollstat_judging_dup_span(judging->facts->machine.now_us - database->heard_us);
	if (database->heard != NULL)
		finding = ADD(judging, link, ROLLSTAT_VERDICT_ATTENTION,
			      _("None is in reach; %s was heard %s ago."), database->heard, ago);
	else
		finding = ADD(judging, link, ROLLSTAT_VERDICT_ATTENTION,
			      _("None was ever heard. A sensor has to speak the Roller Sensor "
				"Profile."));
	MEND(finding, _("Switch it on, charge it, bring it near, and see that no phone holds it."));
	MEND(finding, _("Where the configuration says hear=known: pair it, or give it a section."));
}

/* As long as a sensor that was lost is away, the link is being made, too: the kernel waits for it. */
static gboolean
is_waited_for(const RollstatJudging *judging)
{
	gint64 last_us = judging->sensor->last_us;
	return last_us != 0 && judging->facts->machine.now_us - last_us > GONE_US;
}

static void
judge_link(RollstatJudging *judging)
{
	const RollstatSensor *sensor = judging->sensor;
	const char *colon = *sensor->detail != '\0' ? ": " : "";
	RollstatLink link = ROLLSTAT_LINK_SENSOR;
	if (g_str_equal(sensor->link, "streaming")) {
		ADD(judging, link, ROLLSTAT_VERDICT_FINE, _("It is connected and streams."));
	} else if (g_str_equal(sensor->link, "silent")) {
		RollstatFinding *finding =
			ADD(judging, link, ROLLSTAT_VERDICT_BROKEN,
			    _("It is connected, but sends nothing%s%s."), colon, sensor->detail);
		MEND(finding, _("Switch it off and on again; see that no other program or phone "
				"holds it."));
	} else if (is_deaf(judging)) {
		ADD(judging, link, ROLLSTAT_VERDICT_UNKNOWN,
		    _("Not to be told before Bluetooth works, see above."));
	} else if (g_str_equal(sensor->link, "connecting") && !is_waited_for(judging)) {
		MEND(ADD(judging, link, ROLLSTAT_VERDICT_ATTENTION, _("It is being connected%s%s."),
			 colon, sensor->detail),
		     _("Ask again in some seconds; if it stays so, switch the sensor off and on."));
	} else {
		RollstatFinding *finding = ADD(judging, link, ROLLSTAT_VERDICT_ATTENTION,
					       _("It is not heard%s%s."), colon, sensor->detail);
		MEND(finding, _("Switch it on, charge it, bring it near, and see that no phone "
				"holds it."));
	}
}

static void
judge_pairing(RollstatJudging *judging)
{
	const RollstatSensor *sensor = judging->sensor;
	if (sensor->asks_pairing)
		MEND(ADD(judging, ROLLSTAT_LINK_PAIRING, ROLLSTAT_VERDICT_BROKEN,
			 _("It is not heard until you let the machine pair with it.")),
		     "rollstat pair %s", sensor->address);
	else
		ADD(judging, ROLLSTAT_LINK_PAIRING, ROLLSTAT_VERDICT_FINE,
		    sensor->is_paired ? _("It is paired.") : _("It asks for none."));
}

static void
judge_samples(RollstatJudging *judging)
{
	const RollstatSensor *sensor = judging->sensor;
	gint64 age_us = judging->facts->machine.now_us - sensor->last_us;
	g_autofree char *age = rollstat_judging_dup_span(age_us);
	if (sensor->last_us == 0)
		MEND(ADD(judging, ROLLSTAT_LINK_SAMPLES, ROLLSTAT_VERDICT_BROKEN,
			 _("None came yet.")),
		     _("Switch the sensor off and on again."));
	else if (age_us <= FRESH_US)
		ADD(judging, ROLLSTAT_LINK_SAMPLES, ROLLSTAT_VERDICT_FINE,
		    _("The last one is fresh."));
	else
		mend_radio(ADD(judging, ROLLSTAT_LINK_SAMPLES, ROLLSTAT_VERDICT_ATTENTION,
			       _("The last one is %s old."), age));
}

static void
judge_rate(RollstatJudging *judging)
{
	const RollstatSensor *sensor = judging->sensor;
	double share_pct = 100 * sensor->rate_hz / sensor->nominal_hz;
	double off_pct = fabs(share_pct - 100);
	if (!isfinite(share_pct)) {
		ADD(judging, ROLLSTAT_LINK_RATE, ROLLSTAT_VERDICT_UNKNOWN,
		    _("Not yet measured: it takes some seconds of streaming."));
		return;
	}
	RollstatVerdict verdict = ROLLSTAT_VERDICT_FINE;
	if (off_pct > RATE_OFF_PCT)
		verdict = ROLLSTAT_VERDICT_ATTENTION;
	if (100 - share_pct > RATE_BROKEN_PCT)
		verdict = ROLLSTAT_VERDICT_BROKEN;
	RollstatFinding *finding = ADD(judging, ROLLSTAT_LINK_RATE, verdict,
				       _("%.1f samples a second; the sensor says %.1f."),
				       sensor->rate_hz, sensor->nominal_hz);
	if (verdict != ROLLSTAT_VERDICT_FINE && share_pct < 100)
		mend_radio(finding);
	else if (share_pct >= RATE_TWICE_PCT)
		MEND(finding,
		     _("Another program listens to it, too, and bluetoothd tells each value "
		       "once for each: end that one. Every rollerd: ps -C rollerd -o "
		       "user,args"));
	else if (verdict != ROLLSTAT_VERDICT_FINE)
		MEND(finding, _("Its rate is not what it says: ask its maker for new firmware."));
}

static void
judge_loss(RollstatJudging *judging)
{
	const RollstatSensor *sensor = judging->sensor;
	/* What nobody could hear while the link was away is no fault of the radio now. */
	guint n_lost = sensor->lost_packets - MIN(sensor->lost_packets, sensor->away_packets);
	double sent = (double)n_lost + sensor->received_packets;
	double lost_pct = 100 * n_lost / sent;
	if (sent < PACKETS_ENOUGH || sensor->received_packets == 0) {
		ADD(judging, ROLLSTAT_LINK_LOSS, ROLLSTAT_VERDICT_UNKNOWN,
		    _("Too few packets came to tell."));
		return;
	}
	RollstatVerdict verdict = ROLLSTAT_VERDICT_FINE;
	if (lost_pct > LOSS_FEW_PCT)
		verdict = ROLLSTAT_VERDICT_ATTENTION;
	if (lost_pct > LOSS_MANY_PCT)
		verdict = ROLLSTAT_VERDICT_BROKEN;
	RollstatFinding *finding =
		ADD(judging, ROLLSTAT_LINK_LOSS, verdict,
		    _("%.1f %% of its packets were lost (%u of %.0f)."), lost_pct, n_lost, sent);
	if (verdict != ROLLSTAT_VERDICT_FINE)
		mend_radio(finding);
}

static void
judge_drift(RollstatJudging *judging)
{
	double drift_ppm = judging->sensor->drift_ppm;
	if (!isfinite(drift_ppm)) {
		ADD(judging, ROLLSTAT_LINK_DRIFT, ROLLSTAT_VERDICT_UNKNOWN,
		    _("Not known: it takes two minutes of streaming and a sensor with a clock."));
		return;
	}
	gboolean is_fine = fabs(drift_ppm) <= DRIFT_MOST_PPM;
	RollstatFinding *finding = ADD(
		judging, ROLLSTAT_LINK_DRIFT,
		is_fine ? ROLLSTAT_VERDICT_FINE : ROLLSTAT_VERDICT_ATTENTION,
		_("The sensor's clock differs by %+.0f ppm from the machine's; up to %d is usual."),
		drift_ppm, DRIFT_MOST_PPM);
	if (!is_fine)
		MEND(finding, _("If all sensors differ, it is the machine's clock: see there. Else "
				"times may be off by up to a second an hour; durations are not."));
}

static void
judge_battery(RollstatJudging *judging)
{
	gint32 battery_pct = judging->sensor->battery_pct;
	if (battery_pct < 0)
		ADD(judging, ROLLSTAT_LINK_BATTERY, ROLLSTAT_VERDICT_UNKNOWN,
		    _("The sensor does not tell."));
	else if (battery_pct >= BATTERY_LOW_PCT)
		ADD(judging, ROLLSTAT_LINK_BATTERY, ROLLSTAT_VERDICT_FINE, "%d %%", battery_pct);
	else
		MEND(ADD(judging, ROLLSTAT_LINK_BATTERY, ROLLSTAT_VERDICT_ATTENTION, "%d %%",
			 battery_pct),
		     _("Charge it, or change the battery."));
}

static void
judge_sensor(RollstatJudging *judging)
{
	gboolean is_streaming = g_str_equal(judging->sensor->link, "streaming");
	judge_link(judging);
	judge_pairing(judging);
	if (is_streaming) {
		judge_samples(judging);
		judge_rate(judging);
	}
	if (is_streaming || judging->sensor->received_packets > 0) {
		judge_loss(judging);
		judge_drift(judging);
	}
	judge_battery(judging);
}

void
rollstat_judge_sensors(RollstatJudging *judging)
{
	const RollstatDaemonFacts *daemon = rollstat_facts_get_daemon(&judging->facts->service);
	if (daemon->answer != ROLLSTAT_REPLY_GIVEN || daemon->status->sensors->len == 0) {
		judge_none(judging);
		return;
	}
	for (guint i = 0; i < daemon->status->sensors->len; i++) {
		judging->sensor = g_ptr_array_index(daemon->status->sensors, i);
		judge_sensor(judging);
	}
	judging->sensor = NULL;
}
