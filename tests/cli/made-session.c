/* SPDX-License-Identifier: MIT */
#include "tests/cli/made-session.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

enum {
	LEVELS = 18,
	ZONES = 5,
	SLICES = 256,
	HOLD_EVERY = 5, /* passes */
};

#define STEP_S 0.02
#define SLICE_CM 0.5
#define SLICE_FIRST_CM (-30.0)
#define STIFF_WIDTH_CM 1.5

static const double centres[LEVELS] = {
	0,    .042, .088, .136, .184, .232, .283, .335, .389,
	.444, .501, .561, .627, .696, .771, .849, .927, 1,
};

static const char *const names[LEVELS] = {
	"C7", "T1",  "T2",  "T3",  "T4", "T5", "T6", "T7", "T8",
	"T9", "T10", "T11", "T12", "L1", "L2", "L3", "L4", "L5",
};

static const char *const zone_names[ZONES] = {
	"neck-base", "upper-thoracic", "mid-thoracic", "lower-thoracic", "lumbar",
};

/* First level of each zone, and the end. */
static const unsigned zone_levels[ZONES + 1] = {0, 2, 5, 9, 13, LEVELS};

const MadeSession made_session_usual = {
	.person = "me",
	.kind = "roller",
	.address = "C0:FF:EE:00:00:01",
	.sensor_name = "Roller",
	.start_us = G_GINT64_CONSTANT(1773468720000000),
	.rolling_s = 120,
	.top_cm = 4,
	.bottom_cm = 28,
	.uncertainty_cm = 0.4,
	.force_n = 200,
	.stiff_cm = 14.5,
	.spine_cm = 44,
	.zone_prefix = "",
	.seed = 1,
};

typedef struct {
	double seconds, force_ns, peak_n, moving_s, travel_cm;
} Sum;

typedef struct {
	sqlite3 *db;
	const MadeSession *made;
	gint64 id;
	guint32 random;
	double t_s, loaded_s;
	guint passes, holds;
	double pass_force_ns, pass_peak_n; /* of the pass or hold being made */
	Sum slices[SLICES], zones[ZONES];
} Maker;

/* 0..1, by a linear congruence: the same everywhere. */
static double
draw(Maker *maker)
{
	maker->random = maker->random * 1664525u + 1013904223u;
	return (maker->random >> 8) / 16777216.0;
}

static void
run(sqlite3 *db, const char *sql)
{
	char *message = NULL;
	if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
		g_error("%s: %s", message, sql);
}

/* One statement with the values that a printf format makes; %Q quotes texts. */
static void
insert(sqlite3 *db, const char *format, ...)
{
	va_list values;
	va_start(values, format);
	char *sql = sqlite3_vmprintf(format, values);
	va_end(values);
	run(db, sql);
	sqlite3_free(sql);
}

static double
get_boundary_cm(unsigned level, double spine_cm)
{
	if (level == 0)
		return -99;
	return level == LEVELS ? 99 : (centres[level - 1] + centres[level]) / 2 * spine_cm;
}

static gint64
find(sqlite3 *db, const char *format, ...)
{
	va_list values;
	sqlite3_stmt *statement = NULL;
	va_start(values, format);
	char *sql = sqlite3_vmprintf(format, values);
	va_end(values);
	g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), ==, SQLITE_OK);
	gint64 found =
		sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
	sqlite3_finalize(statement);
	sqlite3_free(sql);
	return found;
}

static gint64
ensure_spine(sqlite3 *db, const MadeSession *made)
{
	gint64 found = find(db, "SELECT id FROM spine WHERE length_cm = %f AND is_guess = %d",
			    made->spine_cm, made->is_guess);
	if (found != 0)
		return found;
	insert(db, "INSERT INTO spine (length_cm, is_guess) VALUES (%f, %d)", made->spine_cm,
	       made->is_guess);
	found = sqlite3_last_insert_rowid(db);
	for (unsigned i = 0; i < LEVELS; i++)
		insert(db, "INSERT INTO level VALUES (%lld, %u, %Q, %f, %f)", found, i, names[i],
		       get_boundary_cm(i, made->spine_cm), get_boundary_cm(i + 1, made->spine_cm));
	return found;
}

static gint64
ensure_sensor(sqlite3 *db, const MadeSession *made)
{
	insert(db,
	       "INSERT INTO sensor (address, codec, name, manufacturer, model, firmware, "
	       "battery_pct,"
	       " first_us, last_us) VALUES (%Q, 'roller', %Q, 'Rollwerk', 'R1', '1.2.0', 87, %lld, "
	       "%lld)"
	       " ON CONFLICT (address) DO UPDATE SET last_us = excluded.last_us",
	       made->address, made->sensor_name, made->start_us, made->start_us + 600000000);
	return find(db, "SELECT id FROM sensor WHERE address = %Q", made->address);
}

static double
get_stiffness(const MadeSession *made, double at_cm)
{
	double away = (at_cm - made->stiff_cm) / STIFF_WIDTH_CM;
	return made->stiffness * exp(-away * away / 2);
}

/* So much time at a place, with so much travel. */
static void
add_time(Maker *maker, double at_cm, double seconds, double travel_cm)
{
	const MadeSession *made = maker->made;
	double force_n =
		made->force_n * (1 + get_stiffness(made, at_cm)) * (0.97 + 0.06 * draw(maker));
	unsigned zone = 0;
	while (at_cm >= get_boundary_cm(zone_levels[zone + 1], made->spine_cm))
		zone++;
	Sum *sums[] = {
		&maker->slices[(unsigned)floor((at_cm - SLICE_FIRST_CM) / SLICE_CM)],
		&maker->zones[zone],
	};
	gboolean is_moving = travel_cm >= seconds;
	for (unsigned i = 0; i < G_N_ELEMENTS(sums); i++) {
		sums[i]->seconds += seconds;
		sums[i]->force_ns += force_n * seconds;
		sums[i]->peak_n = MAX(sums[i]->peak_n, force_n);
		sums[i]->moving_s += is_moving ? seconds : 0;
		sums[i]->travel_cm += is_moving ? travel_cm : 0;
	}
	maker->pass_force_ns += force_n * seconds;
	maker->pass_peak_n = MAX(maker->pass_peak_n, force_n);
	maker->t_s += seconds;
	maker->loaded_s += seconds;
}

/* "NULL" for a sensor without force. */
static char *
dup_force(const Maker *maker, double force)
{
	return maker->made->force_n > 0 ? g_strdup_printf("%.6f", force) : g_strdup("NULL");
}

/* "NULL" where it is not known. */
static char *
dup_uncertainty(const MadeSession *made)
{
	return made->uncertainty_cm > 0 ? g_strdup_printf("%.6f", made->uncertainty_cm)
					: g_strdup("NULL");
}

static gint64
get_t_us(const Maker *maker, double t_s)
{
	return maker->made->start_us + (gint64)llround(t_s * 1e6);
}

static void
make_pass(Maker *maker, double from_cm, double to_cm, double seconds)
{
	double begin_s = maker->t_s, at_cm = from_cm, travel_cm = to_cm - from_cm;
	maker->pass_force_ns = maker->pass_peak_n = 0;
	for (double part = 0; part < 1;) {
		/* minimum jerk, slower where it is stiff */
		double slowing = 1 + get_stiffness(maker->made, at_cm) / 2;
		double step = MIN(STEP_S / seconds, 1 - part);
		part += step;
		double next_cm = from_cm + travel_cm * part * part * part *
						   (10 - 15 * part + 6 * part * part);
		add_time(maker, (at_cm + next_cm) / 2, step * seconds * slowing,
			 fabs(next_cm - at_cm));
		at_cm = next_cm;
	}
	g_autofree char *mean = dup_force(maker, maker->pass_force_ns / (maker->t_s - begin_s));
	g_autofree char *peak = dup_force(maker, maker->pass_peak_n);
	g_autofree char *uncertainty = dup_uncertainty(maker->made);
	insert(maker->db, "INSERT INTO pass VALUES (%lld, %u, %lld, %lld, %f, %f, %s, %s, 0, %s)",
	       maker->id, maker->passes++, get_t_us(maker, begin_s), get_t_us(maker, maker->t_s),
	       from_cm, to_cm, mean, peak, uncertainty);
}

static void
make_hold(Maker *maker, double at_cm, double seconds)
{
	double begin_s = maker->t_s;
	maker->pass_force_ns = maker->pass_peak_n = 0;
	while (maker->t_s < begin_s + seconds)
		add_time(maker, at_cm + (draw(maker) - 0.5) * 0.8, 0.1, 0.01);
	g_autofree char *mean = dup_force(maker, maker->pass_force_ns / (maker->t_s - begin_s));
	g_autofree char *peak = dup_force(maker, maker->pass_peak_n);
	g_autofree char *uncertainty = dup_uncertainty(maker->made);
	insert(maker->db, "INSERT INTO hold VALUES (%lld, %u, %lld, %lld, %f, %s, %s, 0, %s)",
	       maker->id, maker->holds++, get_t_us(maker, begin_s), get_t_us(maker, maker->t_s),
	       at_cm, mean, peak, uncertainty);
}

static void
make_movement(Maker *maker)
{
	const MadeSession *made = maker->made;
	double at_cm = made->top_cm;
	for (guint n = 1; maker->t_s < made->rolling_s; n++) {
		double end_cm = n % 2 == 1 ? made->bottom_cm : made->top_cm;
		double to_cm = end_cm + 2 * draw(maker) - 1;
		make_pass(maker, at_cm, to_cm, 2 + 1.5 * draw(maker));
		at_cm = to_cm;
		if (made->hold_s > 0 && n % HOLD_EVERY == 0)
			make_hold(maker, made->hold_cm, made->hold_s);
	}
}

static void
store_sums(Maker *maker)
{
	const MadeSession *made = maker->made;
	for (unsigned i = 0; i < ZONES; i++) {
		const Sum *sum = &maker->zones[i];
		g_autofree char *force = dup_force(maker, sum->force_ns);
		g_autofree char *peak = dup_force(maker, sum->peak_n);
		insert(maker->db, "INSERT INTO zone VALUES (%lld, %u, '%q%q', %f, %f, %f, %s, %s)",
		       maker->id, i, made->zone_prefix, zone_names[i],
		       get_boundary_cm(zone_levels[i], made->spine_cm),
		       get_boundary_cm(zone_levels[i + 1], made->spine_cm), sum->seconds, force,
		       peak);
	}
	for (unsigned i = 0; i < SLICES; i++) {
		const Sum *sum = &maker->slices[i];
		g_autofree char *force = dup_force(maker, sum->force_ns);
		g_autofree char *peak = dup_force(maker, sum->peak_n);
		if (sum->seconds > 0)
			insert(maker->db,
			       "INSERT INTO slice VALUES (%lld, %u, %f, %f, %s, %s, %f, %f)",
			       maker->id, i, SLICE_FIRST_CM + (i + 0.5) * SLICE_CM, sum->seconds,
			       force, peak, sum->moving_s, sum->travel_cm);
	}
}

gint64
made_session_add(sqlite3 *db, const MadeSession *made)
{
	g_autofree Maker *maker = g_new0(Maker, 1);
	run(db, "SAVEPOINT made");
	gint64 sensor = ensure_sensor(db, made), spine = ensure_spine(db, made);
	*maker = (Maker){.db = db, .made = made, .random = made->seed};
	insert(db,
	       "INSERT INTO recording (sensor, is_open, first_us, last_us) VALUES (%lld, 0, %lld, "
	       "%lld)",
	       sensor, made->start_us, made->start_us);
	insert(db,
	       "INSERT INTO session VALUES (NULL, %lld, %lld, %Q, %Q, %lld, 1, '', %lld, %lld, 0, "
	       "%f,"
	       " 0, 0, 0, 0, 0, %d, %d, NULL, NULL, NULL, %f, %f)",
	       sqlite3_last_insert_rowid(db), sensor, made->person, made->kind, spine,
	       made->start_us, made->start_us, made->lost_s, made->force_n > 0,
	       made->force_n > 0 && !made->has_counts, made->unsure_s, made->unplaced_s);
	maker->id = sqlite3_last_insert_rowid(db);
	make_movement(maker);
	maker->t_s += made->unplaced_s;
	maker->loaded_s += made->unplaced_s;
	store_sums(maker);
	insert(db,
	       "UPDATE session SET end_us = %lld, loaded_s = %f, passes = %u, holds = %u WHERE id "
	       "= %lld",
	       get_t_us(maker, maker->t_s), maker->loaded_s, maker->passes, maker->holds,
	       maker->id);
	if (made->has_sides)
		insert(db,
		       "UPDATE session SET left_s = loaded_s * 0.25, centre_s = loaded_s * 0.5,"
		       " right_s = loaded_s * 0.25 WHERE id = %lld",
		       maker->id);
	run(db, "RELEASE made");
	return maker->id;
}
