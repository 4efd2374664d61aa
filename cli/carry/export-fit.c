/* SPDX-License-Identifier: MIT
 *
 * An activity for training logs, one file a session: training, flexibility training. A lap is half a minute or more about one
 * zone; a record is where contact was when a pass or hold began or ended, one a second at most. What the public profile has no field for stands in developer fields: place, force, the zones' seconds.
 */
#include "cli/carry/export.h"
#include "cli/carry/fit-laps.h"
#include "protocol/fit.h"

#include <math.h>

enum {
	PROFILE = 2132, /* the version of the profile whose numbers these are, times 100 */
	ZONES_MAX = 32,
	NAME_BYTES = 32,
	UNITS_BYTES = 8,
	FIELDS_MAX = 16 + ZONES_MAX,
	MANUFACTURER = 255, /* none that was given out: "development" */
	SOFTWARE = 100,	    /* 1.00: of this form of the file */
	SPORT_TRAINING = 10,
	SUB_SPORT_FLEXIBILITY = 19,
};

/* Forms of messages. */
enum {
	KIND_FILE_ID,
	KIND_CREATOR,
	KIND_DEVELOPER,
	KIND_FIELD,
	KIND_DEVICE,
	KIND_EVENT,
	KIND_RECORD,
	KIND_LAP,
	KIND_SESSION,
	KIND_ACTIVITY,
};

/* Our fields. Those of the zones follow. */
enum {
	FIELD_PLACE,
	FIELD_FORCE,
	FIELD_ZONE,
	FIELD_PASSES,
	FIELD_HOLDS,
	FIELD_FIRST_ZONE,
};

/* Numbers of the profile. */
enum {
	TIMESTAMP = 253,
	MESSAGE_INDEX = 254,
	EVENT_TIMER = 0,
	EVENT_SESSION = 8,
	EVENT_LAP = 9,
	EVENT_ACTIVITY = 26,
	TYPE_START = 0,
	TYPE_STOP = 1,
	TYPE_STOP_ALL = 4,
	FILE_ACTIVITY = 4,
	SOURCE_BLUETOOTH_LE = 3,
	TRIGGER_MANUAL = 0,
	TRIGGER_SESSION_END = 7,
};

typedef struct {
	const RollstatHistory *history;
	const RollstatSession *session;
	GTimeZone *time_zone;
	GArray *stretches, *laps; /* of RollstatStretch, of RollstatLap */
	RollFit fit;
} FitExport;

#define WHOLE(n, t, v)                                                                             \
	{                                                                                          \
		.number = (n), .type = (t), .whole = (v)                                           \
	}
#define TEXT(n, bytes, text)                                                                       \
	{                                                                                          \
		.number = (n), .type = ROLL_FIT_TEXT, .size = (bytes), .data = (text)              \
	}
#define OWN_REAL(n, v)                                                                             \
	{                                                                                          \
		.number = (n), .type = ROLL_FIT_F32, .is_developer = true, .real = (v)             \
	}
#define OWN_COUNT(n, v)                                                                            \
	{                                                                                          \
		.number = (n), .type = ROLL_FIT_U16, .is_developer = true, .whole = (v)            \
	}
#define PUT(self, kind, message, fields)                                                           \
	roll_fit_put(&(self)->fit, kind, message, fields, G_N_ELEMENTS(fields))

static gint64
to_fit_s(gint64 t_us)
{
	return t_us / G_USEC_PER_SEC - ROLL_FIT_EPOCH_S;
}

static gint64
to_ms(gint64 us)
{
	return us / 1000;
}

static void
put_field_description(FitExport *self, guint number, RollFitType type, const char *name,
		      const char *units)
{
	const RollFitField fields[] = {
		WHOLE(0, ROLL_FIT_U8, 0),      /* of which developer */
		WHOLE(1, ROLL_FIT_U8, number), //
		WHOLE(2, ROLL_FIT_U8, type),   //
		TEXT(3, NAME_BYTES, name),     //
		TEXT(8, UNITS_BYTES, units),
	};
	PUT(self, KIND_FIELD, ROLL_FIT_FIELD_DESCRIPTION, fields);
}

static guint
count_zones(const FitExport *self)
{
	return MIN(self->session->zone_rows.n, ZONES_MAX);
}

static const RollstatZone *
get_zone(const FitExport *self, guint i)
{
	return &g_array_index(self->history->zones, RollstatZone,
			      self->session->zone_rows.first + i);
}

static void
put_head(FitExport *self)
{
	/* Whose the developer fields are: any 16 bytes that nobody else uses. */
	static const guint8 application[16] = {0x52, 0x6f, 0x6c, 0x6c, 0x00, 0xfe, 0x42, 0x65,
					       0xa1, 0x73, 0x74, 0x69, 0x65, 0x42, 0x61, 0x72};
	const RollstatSession *session = self->session;
	const RollFitField file_id[] = {
		WHOLE(0, ROLL_FIT_ENUM, FILE_ACTIVITY),
		WHOLE(1, ROLL_FIT_U16, MANUFACTURER),
		WHOLE(2, ROLL_FIT_U16, 0),
		/* Of no weight, but it tells two sessions of one second apart. */
		WHOLE(3, ROLL_FIT_U32Z, session->id),
		WHOLE(4, ROLL_FIT_U32, to_fit_s(session->start_us)),
		TEXT(8, NAME_BYTES, "rollerd"),
	};
	const RollFitField creator[] = {WHOLE(0, ROLL_FIT_U16, SOFTWARE)};
	const RollFitField developer[] = {
		{.number = 1,
		 .type = ROLL_FIT_BYTES,
		 .size = sizeof application,
		 .data = application},
		WHOLE(3, ROLL_FIT_U8, 0),
		WHOLE(4, ROLL_FIT_U32, SOFTWARE),
	};
	PUT(self, KIND_FILE_ID, ROLL_FIT_FILE_ID, file_id);
	PUT(self, KIND_CREATOR, ROLL_FIT_FILE_CREATOR, creator);
	PUT(self, KIND_DEVELOPER, ROLL_FIT_DEVELOPER_DATA_ID, developer);
	put_field_description(self, FIELD_PLACE, ROLL_FIT_F32, "below C7", "cm");
	put_field_description(self, FIELD_FORCE, ROLL_FIT_F32, "force", "N");
	put_field_description(self, FIELD_ZONE, ROLL_FIT_TEXT, "zone", "");
	put_field_description(self, FIELD_PASSES, ROLL_FIT_U16, "passes", "passes");
	put_field_description(self, FIELD_HOLDS, ROLL_FIT_U16, "holds", "holds");
	for (guint i = 0; i < count_zones(self); i++)
		put_field_description(self, FIELD_FIRST_ZONE + i, ROLL_FIT_F32,
				      get_zone(self, i)->name, "s");
}

static void
put_device(FitExport *self, guint index, gint64 source, const char *name)
{
	const RollFitField fields[] = {
		WHOLE(TIMESTAMP, ROLL_FIT_U32, to_fit_s(self->session->start_us)),
		WHOLE(0, ROLL_FIT_U8, index),
		WHOLE(2, ROLL_FIT_U16, MANUFACTURER),
		WHOLE(5, ROLL_FIT_U16, index == 0 ? SOFTWARE : -1),
		WHOLE(25, ROLL_FIT_ENUM, source),
		TEXT(27, NAME_BYTES, name),
	};
	PUT(self, KIND_DEVICE, ROLL_FIT_DEVICE_INFO, fields);
}

static void
put_event(FitExport *self, gint64 t_us, gint64 type)
{
	const RollFitField fields[] = {
		WHOLE(TIMESTAMP, ROLL_FIT_U32, to_fit_s(t_us)),
		WHOLE(0, ROLL_FIT_ENUM, EVENT_TIMER),
		WHOLE(1, ROLL_FIT_ENUM, type),
		WHOLE(4, ROLL_FIT_U8, 0),
	};
	PUT(self, KIND_EVENT, ROLL_FIT_EVENT, fields);
}

/* *told_s: the second of the last record: there is one a second. */
static void
put_record(FitExport *self, gint64 t_us, double at_cm, double force_n, gint64 *told_s)
{
	gint64 t_s = to_fit_s(t_us);
	const RollFitField fields[] = {
		WHOLE(TIMESTAMP, ROLL_FIT_U32, t_s),
		OWN_REAL(FIELD_PLACE, at_cm),
		OWN_REAL(FIELD_FORCE, self->session->has_newtons ? force_n : NAN),
	};
	if (t_s <= *told_s)
		return;
	PUT(self, KIND_RECORD, ROLL_FIT_RECORD, fields);
	*told_s = t_s;
}

static void
put_records(FitExport *self)
{
	gint64 told_s = G_MININT64;
	for (guint i = 0; i < self->stretches->len; i++) {
		const RollstatStretch *stretch =
			&g_array_index(self->stretches, RollstatStretch, i);
		put_record(self, stretch->start_us, stretch->from_cm, stretch->mean_n, &told_s);
		put_record(self, stretch->end_us, stretch->to_cm, stretch->mean_n, &told_s);
	}
}

static void
put_lap(FitExport *self, guint index)
{
	const RollstatLap *lap = &g_array_index(self->laps, RollstatLap, index);
	gint64 ms = to_ms(lap->end_us - lap->start_us);
	gboolean is_last = index + 1 == self->laps->len;
	const RollFitField fields[] = {
		WHOLE(MESSAGE_INDEX, ROLL_FIT_U16, index),
		WHOLE(TIMESTAMP, ROLL_FIT_U32, to_fit_s(lap->end_us)),
		WHOLE(0, ROLL_FIT_ENUM, EVENT_LAP),
		WHOLE(1, ROLL_FIT_ENUM, TYPE_STOP),
		WHOLE(2, ROLL_FIT_U32, to_fit_s(lap->start_us)),
		WHOLE(7, ROLL_FIT_U32, ms),
		WHOLE(8, ROLL_FIT_U32, ms),
		WHOLE(24, ROLL_FIT_ENUM, is_last ? TRIGGER_SESSION_END : TRIGGER_MANUAL),
		WHOLE(25, ROLL_FIT_ENUM, SPORT_TRAINING),
		WHOLE(39, ROLL_FIT_ENUM, SUB_SPORT_FLEXIBILITY),
		{.number = FIELD_ZONE,
		 .type = ROLL_FIT_TEXT,
		 .is_developer = true,
		 .size = NAME_BYTES,
		 .data = lap->zone != NULL ? lap->zone : ""},
		OWN_COUNT(FIELD_PASSES, lap->passes),
		OWN_COUNT(FIELD_HOLDS, lap->holds),
	};
	PUT(self, KIND_LAP, ROLL_FIT_LAP, fields);
}

static void
put_session(FitExport *self)
{
	const RollstatSession *session = self->session;
	gint64 ms = to_ms(session->end_us - session->start_us);
	const RollFitField common[] = {
		WHOLE(MESSAGE_INDEX, ROLL_FIT_U16, 0),
		WHOLE(TIMESTAMP, ROLL_FIT_U32, to_fit_s(session->end_us)),
		WHOLE(0, ROLL_FIT_ENUM, EVENT_SESSION),
		WHOLE(1, ROLL_FIT_ENUM, TYPE_STOP),
		WHOLE(2, ROLL_FIT_U32, to_fit_s(session->start_us)),
		WHOLE(5, ROLL_FIT_ENUM, SPORT_TRAINING),
		WHOLE(6, ROLL_FIT_ENUM, SUB_SPORT_FLEXIBILITY),
		WHOLE(7, ROLL_FIT_U32, ms),
		WHOLE(8, ROLL_FIT_U32, ms),
		WHOLE(25, ROLL_FIT_U16, 0),
		WHOLE(26, ROLL_FIT_U16, self->laps->len),
		WHOLE(28, ROLL_FIT_ENUM, 0), /* the activity's end */
		/* In contact: what a log calls moving. */
		WHOLE(59, ROLL_FIT_U32, llround(session->loaded_s * 1000)),
		OWN_COUNT(FIELD_PASSES, session->passes),
		OWN_COUNT(FIELD_HOLDS, session->holds),
	};
	RollFitField fields[FIELDS_MAX];
	guint n = 0;
	for (; n < G_N_ELEMENTS(common); n++)
		fields[n] = common[n];
	for (guint i = 0; i < count_zones(self); i++)
		fields[n++] = (RollFitField)OWN_REAL((guint8)(FIELD_FIRST_ZONE + i),
						     get_zone(self, i)->seconds);
	roll_fit_put(&self->fit, KIND_SESSION, ROLL_FIT_SESSION, fields, n);
}

static void
put_activity(FitExport *self)
{
	const RollstatSession *session = self->session;
	gint64 end_s = session->end_us / G_USEC_PER_SEC;
	gint interval = g_time_zone_find_interval(self->time_zone, G_TIME_TYPE_UNIVERSAL, end_s);
	gint64 offset_s = g_time_zone_get_offset(self->time_zone, interval);
	const RollFitField fields[] = {
		WHOLE(TIMESTAMP, ROLL_FIT_U32, to_fit_s(session->end_us)),
		WHOLE(0, ROLL_FIT_U32, to_ms(session->end_us - session->start_us)),
		WHOLE(1, ROLL_FIT_U16, 1),
		WHOLE(2, ROLL_FIT_ENUM, 0),
		WHOLE(3, ROLL_FIT_ENUM, EVENT_ACTIVITY),
		WHOLE(4, ROLL_FIT_ENUM, TYPE_STOP),
		WHOLE(5, ROLL_FIT_U32, to_fit_s(session->end_us) + offset_s),
	};
	PUT(self, KIND_ACTIVITY, ROLL_FIT_ACTIVITY, fields);
}

static gsize
put_all(FitExport *self, guint8 *bytes, gsize capacity)
{
	const RollstatSession *session = self->session;
	roll_fit_begin(&self->fit, bytes, capacity);
	put_head(self);
	put_device(self, 0, -1, "rollerd");
	put_device(self, 1, SOURCE_BLUETOOTH_LE,
		   session->sensor_name != NULL ? session->sensor_name : session->address);
	put_event(self, session->start_us, TYPE_START);
	put_records(self);
	put_event(self, session->end_us, TYPE_STOP_ALL);
	for (guint i = 0; i < self->laps->len; i++)
		put_lap(self, i);
	put_session(self);
	put_activity(self);
	return roll_fit_end(&self->fit, PROFILE);
}

static gboolean
export_session(RollstatExport *export, const RollstatHistory *history,
	       const RollstatSession *session, GError **error)
{
	g_autoptr(GArray) stretches = rollstat_fit_gather(history, session);
	g_autoptr(GArray) laps = rollstat_fit_find_laps(session, stretches);
	FitExport self = {
		.history = history,
		.session = session,
		.time_zone = export->run->view.zone,
		.stretches = stretches,
		.laps = laps,
	};
	gsize n_bytes = put_all(&self, NULL, 0);
	g_autofree guint8 *bytes = g_malloc(n_bytes);
	put_all(&self, bytes, n_bytes);
	g_autoptr(RollstatOutput) output =
		rollstat_export_open(export, session->id, session->start_us, "fit", error);
	if (output == NULL || !rollstat_output_write(output, bytes, n_bytes, error) ||
	    !rollstat_export_finish(export, output, error))
		return FALSE;
	export->sessions++;
	return TRUE;
}

gboolean
rollstat_export_fit(RollstatExport *export, GError **error)
{
	const RollstatProgress *progress = export->run->context->progress;
	RollstatQuery query = export->query;
	query.rows = ROLLSTAT_ROWS_PASSES | ROLLSTAT_ROWS_HOLDS;
	g_autoptr(RollstatHistory) history = rollstat_history_load(export->db, &query, error);
	if (history == NULL)
		return FALSE;
	for (guint i = 0; i < history->sessions->len; i++)
		if (!rollstat_progress_step(progress, _("Exporting"), i, history->sessions->len,
					    error) ||
		    !export_session(export, history,
				    &g_array_index(history->sessions, RollstatSession, i), error))
			return FALSE;
	return TRUE;
}
