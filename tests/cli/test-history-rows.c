/* SPDX-License-Identifier: MIT
 *
 * Histories of several persons, with sessions whose numbers go another way than time, and deleted ones among them: each session
 * has its own rows, all of them, and of what was asked for no less.
 */
#include "cli/history/history.h"
#include "tests/cli/answer.h"

enum {
	SESSIONS = 24,
};

/* In turns of one, two and three sessions; each fourth began before the one that was stored before it. */
static void
fill(AnswerFixture *fixture)
{
	static const char *const persons[] = {"me", "anna", "anna", "me", "me", "me"};
	for (guint i = 0; i < SESSIONS; i++) {
		MadeSession made = made_session_usual;
		made.person = persons[i % G_N_ELEMENTS(persons)];
		made.start_us = answer_get_t_us(2026, 3, 1 + (int)(i % 4 == 3 ? i - 2 : i), 7,
						i % 4 == 3 ? 30 : 0);
		made.rolling_s = 60 + 7 * i;
		made.hold_s = 4;
		made.hold_cm = 15;
		made.seed = i + 1;
		made_session_add(fixture->db, &made);
	}
	g_assert_cmpint(sqlite3_exec(fixture->db,
				     "INSERT INTO amendment (recording, deleted_us)"
				     " SELECT recording, 1 FROM session WHERE id IN (5, 12)",
				     NULL, NULL, NULL),
			==, SQLITE_OK);
}

/* One number of the database. */
static double
look_up(const AnswerFixture *fixture, const char *sql, gint64 session)
{
	g_autoptr(sqlite3_stmt) row = NULL;
	g_assert_cmpint(sqlite3_prepare_v2(fixture->db, sql, -1, &row, NULL), ==, SQLITE_OK);
	sqlite3_bind_int64(row, 1, session);
	g_assert_cmpint(sqlite3_step(row), ==, SQLITE_ROW);
	return sqlite3_column_double(row, 0);
}

static RollstatHistory *
load(const AnswerFixture *fixture, const RollstatQuery *query)
{
	g_autoptr(GError) error = NULL;
	RollstatHistory *history = rollstat_history_load(fixture->db, query, &error);
	g_assert_no_error(error);
	return history;
}

static RollstatQuery
ask_for(const char *person)
{
	return (RollstatQuery){
		.from_us = G_MININT64,
		.to_us = G_MAXINT64,
		.passes_from_us = G_MININT64,
		.person = person,
		.rows = ROLLSTAT_ROWS_ALL,
	};
}

static const RollstatSession *
get_session(const RollstatHistory *history, guint n)
{
	return &g_array_index(history->sessions, RollstatSession, n);
}

static void
check_rows(const AnswerFixture *fixture, const RollstatHistory *history,
	   const RollstatSession *session)
{
	const struct {
		const char *count, *sum;
		RollstatSpan span;
		const GArray *rows;
		gsize offset;
	} tables[] = {
		{"SELECT count(*) FROM zone WHERE session = ?",
		 "SELECT total(seconds) FROM zone WHERE session = ?", session->zone_rows,
		 history->zones, G_STRUCT_OFFSET(RollstatZone, seconds)},
		{"SELECT count(*) FROM pass WHERE session = ?",
		 "SELECT total(from_cm) FROM pass WHERE session = ?", session->pass_rows,
		 history->passes, G_STRUCT_OFFSET(RollstatPass, from_cm)},
		{"SELECT count(*) FROM hold WHERE session = ?",
		 "SELECT total(at_cm) FROM hold WHERE session = ?", session->hold_rows,
		 history->holds, G_STRUCT_OFFSET(RollstatHold, at_cm)},
		{"SELECT count(*) FROM slice WHERE session = ?",
		 "SELECT total(travel_cm) FROM slice WHERE session = ?", session->slice_rows,
		 history->slices, G_STRUCT_OFFSET(RollstatSlice, travel_cm)},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
		gsize size = g_array_get_element_size((GArray *)tables[i].rows);
		double sum = 0;
		g_assert_cmpuint(tables[i].span.n, >, 0);
		g_assert_cmpuint(tables[i].span.n, ==,
				 (guint)look_up(fixture, tables[i].count, session->id));
		for (guint k = 0; k < tables[i].span.n; k++)
			sum += G_STRUCT_MEMBER(
				double, tables[i].rows->data + (tables[i].span.first + k) * size,
				tables[i].offset);
		g_assert_cmpfloat_with_epsilon(sum, look_up(fixture, tables[i].sum, session->id),
					       1e-9);
	}
}

static void
test_rows(void)
{
	static const struct {
		const char *person;
		guint sessions;
	} asked[] = {{NULL, SESSIONS - 2}, {"me", 14}, {"anna", 8}, {"nobody", 0}};
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	fill(&fixture);
	for (gsize i = 0; i < G_N_ELEMENTS(asked); i++) {
		RollstatQuery query = ask_for(asked[i].person);
		g_autoptr(RollstatHistory) history = load(&fixture, &query);
		g_assert_cmpuint(history->sessions->len, ==, asked[i].sessions);
		for (guint k = 0; k < history->sessions->len; k++) {
			const RollstatSession *session = get_session(history, k);
			if (k > 0)
				g_assert_cmpint(session->start_us, >,
						get_session(history, k - 1)->start_us);
			if (asked[i].person != NULL)
				g_assert_cmpstr(session->person, ==, asked[i].person);
			check_rows(&fixture, history, session);
		}
	}
}

/* What is left out on purpose, and nothing else. */
static void
test_less(void)
{
	g_auto(AnswerFixture) fixture = {0};
	answer_fixture_init(&fixture);
	fill(&fixture);
	RollstatQuery query = ask_for(NULL);
	g_autoptr(RollstatHistory) whole = load(&fixture, &query);
	query.passes_from_us = get_session(whole, 9)->start_us;
	query.zone = "mid-thoracic";
	query.has_bare_passes = query.has_bare_sessions = TRUE;
	g_autoptr(RollstatHistory) less = load(&fixture, &query);
	g_assert_cmpuint(less->sessions->len, ==, whole->sessions->len);
	for (guint i = 0; i < whole->sessions->len; i++) {
		const RollstatSession *full = get_session(whole, i), *bare = get_session(less, i);
		g_assert_cmpint(bare->id, ==, full->id);
		g_assert_cmpint(bare->start_us, ==, full->start_us);
		g_assert_cmpfloat(bare->loaded_s, ==, full->loaded_s);
		g_assert_null(bare->person);
		g_assert_cmpuint(bare->zone_rows.n, ==, 1);
		g_assert_cmpstr(
			g_array_index(less->zones, RollstatZone, bare->zone_rows.first).name, ==,
			"mid-thoracic");
		g_assert_cmpuint(bare->pass_rows.n, ==, i < 9 ? 0 : full->pass_rows.n);
		for (guint k = 0; k < bare->pass_rows.n; k++)
			g_assert_cmpfloat(
				g_array_index(less->passes, RollstatPass, bare->pass_rows.first + k)
					.to_cm,
				==,
				g_array_index(whole->passes, RollstatPass,
					      full->pass_rows.first + k)
					.to_cm);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/history-rows/each", test_rows);
	g_test_add_func("/history-rows/less", test_less);
	return g_test_run();
}
