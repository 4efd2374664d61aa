/* SPDX-License-Identifier: MIT */
#include "tests/store/store-rig.h"

#include "protocol/sensor/codec-roller.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* Samples of rig_stream's sensor. */
enum { SAMPLES = 10, SAMPLE_US = 10000 };

static const RollRollerFeature stream_feature = {
	.feature = {.body = ROLL_BODY_ROLLER,
		    .has_newtons = true,
		    .has_marker = true,
		    .period_us = SAMPLE_US,
		    .n_cells = 1,
		    .radius_m = 0.075},
	.turn_full_scale_dps = 2000,
	.pull_full_scale_g = 8,
	.force_mn_per_count = 50,
};

void
rig_init(Rig *rig)
{
	g_autoptr(GError) error = NULL;

	rig->folder = g_dir_make_tmp("rollerd-store-XXXXXX", &error);
	g_assert_no_error(error);
	rig->db_path = g_build_filename(rig->folder, "rollerd.db", NULL);
	rig->config = roll_config_load(NULL, &error);
	g_assert_no_error(error);
}

void
rig_forget(Rig *rig)
{
	g_autoptr(GDir) dir = g_dir_open(rig->folder, 0, NULL);
	const char *name = NULL;

	g_assert_nonnull(dir);
	while ((name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(rig->folder, name, NULL);

		g_assert_cmpint(g_unlink(path), ==, 0);
	}
}

void
rig_clear(Rig *rig)
{
	rig_forget(rig);
	g_assert_cmpint(g_rmdir(rig->folder), ==, 0);
	g_clear_pointer(&rig->folder, g_free);
	g_clear_pointer(&rig->db_path, g_free);
	g_clear_pointer(&rig->config, roll_config_free);
}

GArray *
rig_load_capture(const char *name)
{
	GArray *values = g_array_new(FALSE, FALSE, sizeof(RollValue));
	g_autofree char *file = g_strconcat(name, ".rollcap", NULL);
	g_autofree char *path = g_build_filename(g_getenv("ROLLERD_CAPTURES"), file, NULL);
	g_autofree char *text = NULL;
	g_autoptr(GError) error = NULL;

	g_file_get_contents(path, &text, NULL, &error);
	g_assert_no_error(error);

	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (guint i = 0; lines[i]; i++) {
		const char *fault = NULL;
		RollValue value;
		RollLine line = roll_capture_parse_line(lines[i], strlen(lines[i]), &value, &fault);

		g_assert_cmpint(line, !=, ROLL_LINE_BAD);
		if (line == ROLL_LINE_VALUE)
			g_array_append_val(values, value);
	}
	return values;
}

void
rig_begin(const Rig *rig, RigRun *run, const RollTrackerListener *listener, gint64 now_us)
{
	g_autoptr(GError) error = NULL;

	run->store = roll_store_open(rig->db_path, &error);
	g_assert_no_error(error);
	run->tracker = roll_tracker_new(run->store, rig->config, listener);

	gboolean is_recovered = roll_tracker_recover(run->tracker, now_us, &error);

	g_assert_no_error(error);
	g_assert_true(is_recovered);
}

void
rig_take(RigRun *run, const GArray *values, guint from, guint to)
{
	g_autoptr(GError) error = NULL;

	for (guint i = from; i < to; i++) {
		gboolean is_taken = roll_tracker_take(run->tracker,
						      &g_array_index(values, RollValue, i), &error);

		g_assert_no_error(error);
		g_assert_true(is_taken);
	}
}

void
rig_commit(RigRun *run)
{
	g_autoptr(GError) error = NULL;
	gboolean is_done = roll_tracker_commit(run->tracker, &error);

	g_assert_no_error(error);
	g_assert_true(is_done);
}

void
rig_end(RigRun *run)
{
	rig_commit(run);
	g_clear_pointer(&run->tracker, roll_tracker_free);
	g_clear_pointer(&run->store, roll_store_free);
}

void
rig_run(const Rig *rig, const GArray *values, guint from, guint to, guint commit_every)
{
	guint step = commit_every > 0 ? commit_every : MAX(to - from, 1);
	RigRun run;

	rig_begin(rig, &run, NULL, 0);
	for (; from < to; from = MIN(from + step, to)) {
		rig_take(&run, values, from, MIN(from + step, to));
		rig_commit(&run);
	}
	rig_end(&run);
}

static void
append_hex(GString *text, const guint8 *bytes, int n_bytes)
{
	for (int i = 0; i < n_bytes; i++) {
		g_string_append_c(text, "0123456789abcdef"[bytes[i] >> 4]);
		g_string_append_c(text, "0123456789abcdef"[bytes[i] & 15]);
	}
}

static void
dump_row(GString *text, const char *table, sqlite3_stmt *statement)
{
	g_string_append(text, table);
	for (int i = 0; i < sqlite3_column_count(statement); i++) {
		g_string_append_c(text, '|');
		switch (sqlite3_column_type(statement, i)) {
		case SQLITE_FLOAT:
			/* All its bits. */
			g_string_append_printf(text, "%a", sqlite3_column_double(statement, i));
			break;
		case SQLITE_BLOB:
			append_hex(text, sqlite3_column_blob(statement, i),
				   sqlite3_column_bytes(statement, i));
			break;
		case SQLITE_NULL:
			g_string_append(text, "NULL");
			break;
		default:
			g_string_append(text, (const char *)sqlite3_column_text(statement, i));
		}
	}
	g_string_append_c(text, '\n');
}

static void
dump_table(sqlite3 *db, const char *table, GString *text)
{
	g_autofree char *sql = g_strdup_printf("SELECT * FROM %s ORDER BY 1, 2", table);
	g_autoptr(sqlite3_stmt) statement = NULL;

	g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), ==, SQLITE_OK);
	while (sqlite3_step(statement) == SQLITE_ROW)
		dump_row(text, table, statement);
}

char *
rig_dump(const Rig *rig, const char *without)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(sqlite3) db = roll_database_open(rig->db_path, ROLL_DATABASE_READER, &error);
	g_autoptr(sqlite3_stmt) tables = NULL;
	g_auto(GStrv) unwanted = g_strsplit(without ? without : "", " ", -1);

	g_assert_no_error(error);
	g_assert_cmpint(sqlite3_prepare_v2(db,
					   "SELECT name FROM sqlite_schema WHERE type = 'table' "
					   "ORDER BY name",
					   -1, &tables, NULL),
			==, SQLITE_OK);
	while (sqlite3_step(tables) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(tables, 0);

		if (!g_strv_contains((const char *const *)unwanted, table))
			dump_table(db, table, text);
	}
	return g_string_free(g_steal_pointer(&text), FALSE);
}

gint64
rig_query(const Rig *rig, const char *sql)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(sqlite3) db = roll_database_open(rig->db_path, ROLL_DATABASE_READER, &error);
	g_autoptr(sqlite3_stmt) statement = NULL;

	g_assert_no_error(error);
	g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_step(statement), ==, SQLITE_ROW);
	return sqlite3_column_int64(statement, 0);
}

void
rig_assert_same(const char *dump, const char *wanted, const char *when)
{
	guint line = 1;

	if (g_str_equal(dump, wanted))
		return;

	g_auto(GStrv) found = g_strsplit(dump, "\n", -1);
	g_auto(GStrv) expected = g_strsplit(wanted, "\n", -1);

	while (g_strcmp0(found[line - 1], expected[line - 1]) == 0)
		line++;
	g_test_message("%s: line %u of %u is '%s', not '%s' (of %u)", when, line,
		       g_strv_length(found), found[line - 1], expected[line - 1],
		       g_strv_length(expected));
	g_test_fail();
}

void
rig_append(GArray *values, const char *address, gint64 arrival_us, const char *uuid,
	   const char *hex)
{
	g_autofree char *line =
		g_strdup_printf("%" G_GINT64_FORMAT " %s %s %s", arrival_us, address, uuid, hex);
	const char *fault = NULL;
	RollValue value;

	g_assert_cmpint(roll_capture_parse_line(line, strlen(line), &value, &fault), ==,
			ROLL_LINE_VALUE);
	g_array_append_val(values, value);
}

static void
append_value(GArray *values, const RigStream *stream, gint64 arrival_us, const char *uuid,
	     RollValue *value)
{
	value->arrival_us = arrival_us;
	g_strlcpy(value->address, stream->address, sizeof value->address);
	g_strlcpy(value->uuid, uuid, sizeof value->uuid);
	g_array_append_val(values, *value);
}

/* The roller rolls 10 cm to each side, once in 6 s, or lies still. */
static RollSample
make_sample(double t_s, gboolean is_loaded, double force_n)
{
	double pace_radps = 2 * G_PI / 6, reach_rad = 0.10 / 0.075;
	double angle_rad = is_loaded ? reach_rad * sin(pace_radps * t_s) : 0;
	double rate_radps = is_loaded ? reach_rad * pace_radps * cos(pace_radps * t_s) : 0;

	return (RollSample){
		.turn_radps = {.z = (float)rate_radps},
		.pull_mps2 = {.x = (float)(ROLL_G_MPS2 * sin(angle_rad)),
			      .y = (float)(ROLL_G_MPS2 * cos(angle_rad))},
		.cell_n = {is_loaded ? (float)force_n : 1},
	};
}

gint64
rig_stream(GArray *values, const RigStream *stream)
{
	guint n_packets = (stream->seconds_idle + stream->seconds_loaded) * 10;
	gint64 t_us = stream->begin_us;
	RollValue value = {0};

	if (stream->has_feature) {
		value.n_bytes = ROLL_ROLLER_FEATURE_LEN;
		roll_roller_encode_feature(&stream_feature, value.bytes);
		append_value(values, stream, t_us - 50000, ROLL_UUID_ROLLER_FEATURE, &value);
	}
	for (guint i = 0; i < n_packets; i++) {
		RollPacket packet = {
			.has_gyro = !stream->is_accelerometer,
			.has_acc = true,
			.has_force = true,
			.has_newtons = true,
			.sequence = (guint16)(t_us / 100000),
			.clock_us = (guint32)t_us,
			.period_us = SAMPLE_US,
			.n_cells = 1,
			.n_samples = SAMPLES,
		};

		for (guint j = 0; j < SAMPLES; j++)
			packet.samples[j] = make_sample((i * SAMPLES + j) * SAMPLE_US * 1e-6,
							i >= stream->seconds_idle * 10,
							stream->is_light ? 5 : 300);
		value.n_bytes = roll_roller_encode_measurement(&stream_feature, &packet,
							       value.bytes, sizeof value.bytes);
		g_assert_cmpuint(value.n_bytes, >, 0);
		t_us += SAMPLES * SAMPLE_US;
		append_value(values, stream, t_us + 20000, ROLL_UUID_ROLLER_MEASUREMENT, &value);
	}
	return t_us;
}

static gint
compare_arrivals(gconstpointer one, gconstpointer other)
{
	gint64 one_us = ((const RollValue *)one)->arrival_us;
	gint64 other_us = ((const RollValue *)other)->arrival_us;

	return (one_us > other_us) - (one_us < other_us);
}

void
rig_sort(GArray *values)
{
	g_array_sort(values, compare_arrivals); /* a stable one */
}
