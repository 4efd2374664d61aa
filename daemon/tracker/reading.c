/* SPDX-License-Identifier: MIT */
#include "daemon/tracker/reading.h"

#include "daemon/track/track.h"
#include "daemon/tracker/value-log.h"

struct RollReading {
	const RollConfig *config;
	RollPerson person;
	char address[ROLL_ADDRESS_LEN + 1];
	RollDecoder decoder; /* codec NULL: no value of a codec came yet */
	RollTrackSettings settings;
	RollHistory history;
	RollTrack track;
	RollTrack foreseen; /* a copy of track, finished */
	gboolean is_finished;
	guint refused;
	GArray *events;		 /* of RollEvent: final, not yet written */
	GArray *foreseen_events; /* those, and the ones of the end */
	guint n_written[ROLL_EVENT_MARK + 1];
	char *settings_text;
	RollValueLog feature; /* the last value that was one; at most one */
	RollValueLog recent;  /* values with samples, of the last ROLL_CARRIED_US */
	gint64 recent_us;     /* arrival of the last of them */
	RollPulse pulse;      /* of the last packet */
	gboolean has_motion;  /* the last packet had a gyroscope or an accelerometer */
	gint64 since_us; /* arrival of the packet with which the angle began anew; 0: none yet */
};

static void
settle(RollReading *reading)
{
	const RollSensorFeature *feature =
		reading->decoder.has_feature ? &reading->decoder.feature : NULL;

	roll_config_resolve(reading->config, &reading->person, reading->address, feature,
			    &reading->settings);
	roll_track_init(&reading->track, &reading->settings);
	if (!reading->settings.is_bar && reading->history.n_sessions > 0)
		roll_track_know(&reading->track, &reading->history.map);
	reading->since_us = 0;
}

RollReading *
roll_reading_new(const RollBriefing *briefing, const char *address)
{
	RollReading *reading = g_new0(RollReading, 1);

	reading->config = briefing->config;
	reading->person = briefing->person;
	if (briefing->history)
		reading->history = *briefing->history;
	g_strlcpy(reading->address, address, sizeof reading->address);
	reading->events = g_array_new(FALSE, FALSE, sizeof(RollEvent));
	reading->foreseen_events = g_array_new(FALSE, FALSE, sizeof(RollEvent));
	roll_value_log_init(&reading->feature);
	roll_value_log_init(&reading->recent);
	settle(reading);
	return reading;
}

void
roll_reading_free(RollReading *reading)
{
	if (!reading)
		return;
	g_array_unref(reading->events);
	g_array_unref(reading->foreseen_events);
	g_free(reading->settings_text);
	roll_value_log_clear(&reading->feature);
	roll_value_log_clear(&reading->recent);
	g_free(reading);
}

/* Whether the core would have to be told something else. Compared by field: padding is not data. */
static gboolean
is_same_body(const RollSensorFeature *one, const RollSensorFeature *other)
{
	return one->body == other->body && one->n_cells == other->n_cells &&
	       one->pitch_m == other->pitch_m && one->radius_m == other->radius_m;
}

static void
take_feature(RollReading *reading, const RollDecoder *before, const RollKept *kept)
{
	const RollLogged logged = {.kept = *kept};

	roll_value_log_empty(&reading->feature);
	roll_value_log_append(&reading->feature, &logged);
	if (before->has_feature && is_same_body(&before->feature, &reading->decoder.feature))
		return;
	if (roll_track_get_loaded_arrival_us(&reading->track) == 0)
		settle(reading);
}

static void
remember(RollReading *reading, const RollKept *kept)
{
	const RollLogged logged = {.kept = *kept};

	/* After a jump of the clock to before them, the older ones are never the last seconds again. */
	if (kept->arrival_us < reading->recent_us - ROLL_CARRIED_US)
		roll_value_log_empty(&reading->recent);
	roll_value_log_drop_until(&reading->recent, kept->arrival_us - ROLL_CARRIED_US);
	roll_value_log_append(&reading->recent, &logged);
	reading->recent_us = kept->arrival_us;
}

/* Feeds a packet, and notes whether the angle is unbroken before it: after a silence whole turns are unknown. */
static void
feed(RollReading *reading, const RollPacket *packet, gint64 arrival_us)
{
	RollEvent events[ROLL_EVENTS_MAX];
	gint64 before_us = reading->track.sample_us;
	unsigned n_events = roll_track_feed(&reading->track, arrival_us, packet, events);
	gint64 within_us = (gint64)(packet->n_samples - 1) * packet->period_us;

	g_array_append_vals(reading->events, events, n_events);
	reading->has_motion = packet->has_gyro || packet->has_acc;
	reading->pulse = (RollPulse){.arrival_us = arrival_us,
				     .has_clock = packet->has_clock,
				     .clock_us = packet->clock_us,
				     .period_us = packet->period_us,
				     .n_samples = packet->n_samples};
	if (reading->since_us == 0 ||
	    reading->track.sample_us - before_us - within_us > ROLL_GAP_US)
		reading->since_us = arrival_us;
}

static RollRead
decode(RollReading *reading, const RollKept *kept)
{
	RollDecoder before = reading->decoder;
	RollPacket packet;

	switch (roll_decoder_decode(&reading->decoder, kept->characteristic->uuid, kept->bytes,
				    kept->n_bytes, &packet)) {
	case ROLL_DECODED_SAMPLES:
		feed(reading, &packet, kept->arrival_us);
		remember(reading, kept);
		return ROLL_READ_SAMPLES;
	case ROLL_DECODED_FEATURE:
		take_feature(reading, &before, kept);
		return ROLL_READ_NOTHING;
	case ROLL_DECODED_REPLY:
		return ROLL_READ_NOTHING;
	case ROLL_DECODED_REFUSED:
		reading->refused++;
		return ROLL_READ_REFUSED;
	}
	return ROLL_READ_NOTHING;
}

RollRead
roll_reading_take(RollReading *reading, const RollKept *kept)
{
	const RollCodec *codec = kept->characteristic->codec;
	RollEvent events[ROLL_EVENTS_MAX];
	unsigned n_events = 0;

	g_assert(!reading->is_finished);
	if (kept->characteristic->meaning == ROLL_MEANS_MARK) {
		n_events = roll_track_mark(&reading->track, events);
		g_array_append_vals(reading->events, events, n_events);
		return ROLL_READ_NOTHING;
	}
	if (!codec)
		return ROLL_READ_NOTHING;
	if (!reading->decoder.codec)
		roll_decoder_init(&reading->decoder, codec);
	/* A sensor has one decoder, of its first such value: two could not share one core. */
	return reading->decoder.codec == codec ? decode(reading, kept) : ROLL_READ_NOTHING;
}

void
roll_reading_finish(RollReading *reading)
{
	RollEvent events[ROLL_EVENTS_MAX];

	if (reading->is_finished)
		return;

	unsigned n_events = roll_track_finish(&reading->track, events);

	g_array_append_vals(reading->events, events, n_events);
	reading->is_finished = TRUE;
}

const RollEvent *
roll_reading_get_events(const RollReading *reading, guint *ret_n)
{
	*ret_n = reading->events->len;
	return (const RollEvent *)(void *)reading->events->data;
}

const RollSummary *
roll_reading_get_summary(const RollReading *reading)
{
	return roll_track_get_summary(&reading->track);
}

gint64
roll_reading_get_sample_us(const RollReading *reading)
{
	return roll_track_get_view(&reading->track).t_us;
}

RollMoment
roll_reading_get_moment(const RollReading *reading)
{
	return (RollMoment){
		.view = roll_track_get_view(&reading->track),
		.has_motion = reading->has_motion,
		.has_newtons = roll_reading_get_summary(reading)->has_newtons,
		.has_axis = reading->track.mount.n_taught >= ROLL_MOUNT_EVERY,
		.since_us = reading->since_us,
		.is_bar = reading->settings.is_bar,
		.radius_m = reading->settings.radius_m,
		.travel_sign = reading->settings.travel_sign,
		.head_end_m = reading->settings.head_end_m,
	};
}

RollPerson
roll_reading_get_person(const RollReading *reading)
{
	return reading->person;
}

RollPulse
roll_reading_get_pulse(const RollReading *reading)
{
	return reading->pulse;
}

gint64
roll_reading_get_loaded_us(const RollReading *reading)
{
	return roll_track_get_loaded_arrival_us(&reading->track);
}

gint64
roll_reading_get_gap_us(const RollReading *reading)
{
	return reading->settings.session_gap_us;
}

/* What the core was told, as lines. Zones are left out: they are rows of their own. */
static char *
dup_settings_text(const RollReading *reading)
{
	g_autofree char *text = roll_config_dup_settings_text(&reading->settings);

	if (reading->settings.is_bar)
		return g_steal_pointer(&text);
	return g_strdup_printf("%shistory=%u\n", text, reading->history.n_sessions);
}

gboolean
roll_reading_foresee(RollReading *reading, RollSessionRows *ret_rows)
{
	GArray *all = reading->foreseen_events;
	RollEvent events[ROLL_EVENTS_MAX];
	unsigned n_events = 0;

	reading->foreseen = reading->track;
	if (!reading->is_finished)
		n_events = roll_track_finish(&reading->foreseen, events);

	const RollSummary *summary = roll_track_get_summary(&reading->foreseen);
	if (!summary->has_begun)
		return FALSE;

	g_array_set_size(all, 0);
	g_array_append_vals(all, reading->events->data, reading->events->len);
	g_array_append_vals(all, events, n_events);
	g_free(reading->settings_text);
	reading->settings_text = dup_settings_text(reading);

	ret_rows->settings = &reading->settings;
	ret_rows->settings_text = reading->settings_text;
	ret_rows->summary = summary;
	ret_rows->refused = reading->refused;
	ret_rows->events = (const RollEvent *)(void *)all->data;
	ret_rows->n_events = all->len;
	for (guint kind = 0; kind < G_N_ELEMENTS(reading->n_written); kind++)
		ret_rows->first_n[kind] = reading->n_written[kind];
	return TRUE;
}

void
roll_reading_set_written(RollReading *reading)
{
	for (guint i = 0; i < reading->events->len; i++)
		reading->n_written[g_array_index(reading->events, RollEvent, i).kind]++;
	g_array_set_size(reading->events, 0);
}

/* Where the unbroken tail begins whose values all arrived in the window. */
static gsize
find_tail(const RollReading *reading, gint64 from_us, gint64 to_us)
{
	RollLogged value;
	gsize position = 0, begin = 0;

	while (roll_value_log_next(&reading->recent, &position, &value)) {
		if (value.kept.arrival_us <= from_us || value.kept.arrival_us > to_us)
			begin = position;
	}
	return begin;
}

void
roll_reading_each_carried(const RollReading *reading, gint64 arrival_us,
			  void (*each)(gpointer user, const RollKept *kept), gpointer user)
{
	gint64 window_us = MIN(ROLL_CARRIED_US, roll_reading_get_gap_us(reading));
	gsize position = 0;
	RollLogged value;

	if (roll_value_log_next(&reading->feature, &position, &value))
		each(user, &value.kept);
	position = find_tail(reading, arrival_us - window_us, arrival_us);
	while (roll_value_log_next(&reading->recent, &position, &value))
		each(user, &value.kept);
}
