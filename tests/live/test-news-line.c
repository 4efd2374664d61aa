/* SPDX-License-Identifier: MIT
 *
 * What happens, as lines for people and for scripts: what rollstat live says without a terminal.
 * build/tests/live/test-news-line --update writes the golden files anew.
 */
#include "cli/live/news-line.h"
#include "tests/cli/golden-file.h"
#include "tests/live/scene-rig.h"

#include <math.h>
#include <string.h>

#define NOW_US (G_GINT64_CONSTANT(1773468731) * G_USEC_PER_SEC)

/* Told in UTC by a scene with levels. */
static void
check(const RollstatNews *news, const char *line, const char *json)
{
	SceneRig rig;
	RollstatStyle style = {0};
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	scene_rig_init(&rig);
	scene_rig_set_day(&rig, 0, 0, 0, 0);
	rig.scene.spine.n_levels = 2;
	rig.scene.spine.levels[0] = (RollstatLevel){"T2", 3, 10};
	rig.scene.spine.levels[1] = (RollstatLevel){"T5", 10, 19};
	g_autofree char *told = rollstat_news_dup_line(news, &rig.scene, &style, NOW_US, zone);
	g_autofree char *data = rollstat_news_dup_json(news, &rig.scene, NOW_US);
	g_assert_cmpstr(told, ==, line);
	g_assert_cmpstr(data, ==, json);
}

static void
test_pass(void)
{
	RollstatNews pass = {.kind = ROLLSTAT_NEWS_PASS,
			     .start_us = NOW_US - 3 * G_USEC_PER_SEC,
			     .end_us = NOW_US - G_USEC_PER_SEC,
			     .from_cm = 5,
			     .to_cm = 17.04,
			     .mean_n = 203.8,
			     .peak_n = 250.04};
	check(&pass,
	      "06:12:10 pass toward the feet: T2, 5.0 cm to T5, 17.0 cm in 2.0 s, 6 cm/s, slower "
	      "than "
	      "advised, 204 N",
	      "{\"event\":\"pass\",\"time\":1773468730.000000,\"start\":1773468728.000000,\"end\":"
	      "1773468730.000000,\"from_cm\":5.00,\"to_cm\":17.04,\"mean_n\":203.8,\"peak_n\":250."
	      "0}");
	pass.from_cm = 30;
	pass.mean_n = pass.peak_n = NAN;
	check(&pass,
	      "06:12:10 pass toward the head: 30.0 cm to T5, 17.0 cm in 2.0 s, 6 cm/s, slower "
	      "than advised",
	      "{\"event\":\"pass\",\"time\":1773468730.000000,\"start\":1773468728.000000,\"end\":"
	      "1773468730.000000,\"from_cm\":30.00,\"to_cm\":17.04,\"mean_n\":null,\"peak_n\":"
	      "null}");
}

static void
test_hold(void)
{
	const RollstatNews hold = {.kind = ROLLSTAT_NEWS_HOLD,
				   .start_us = NOW_US - 12 * G_USEC_PER_SEC,
				   .end_us = NOW_US,
				   .from_cm = 12,
				   .to_cm = 12,
				   .mean_n = 180,
				   .peak_n = 190};
	check(&hold, "06:12:11 hold: T5, 12.0 cm, mid, 12 s, 180 N",
	      "{\"event\":\"hold\",\"time\":1773468731.000000,\"start\":1773468719.000000,\"end\":"
	      "1773468731.000000,\"at_cm\":12.00,\"mean_n\":180.0,\"peak_n\":190.0}");
}

static void
test_others(void)
{
	static const struct {
		RollstatNews news;
		const char *line, *json;
	} all[] = {
		{{.kind = ROLLSTAT_NEWS_DAEMON_CAME}, "rollerd is there", "\"daemon\""},
		{{.kind = ROLLSTAT_NEWS_DAEMON_WENT, .text = "start it"},
		 "no rollerd: start it",
		 "\"no-daemon\""},
		{{.kind = ROLLSTAT_NEWS_TROUBLE, .text = "disk full"}, "disk full", "\"trouble\""},
		{{.kind = ROLLSTAT_NEWS_TROUBLE}, "rollerd is well again", "\"trouble\""},
		{{.kind = ROLLSTAT_NEWS_LINK, .text = "silent"},
		 "sensor Roller: silent",
		 "\"link\""},
		{{.kind = ROLLSTAT_NEWS_SILENCE, .seconds = 3.7}, "no data for 3 s", "\"silence\""},
		{{.kind = ROLLSTAT_NEWS_DATA}, "data again", "\"data\""},
		{{.kind = ROLLSTAT_NEWS_MARK, .from_cm = 12}, "marked: T5, 12.0 cm", "\"mark\""},
		{{.kind = ROLLSTAT_NEWS_CUE, .text = "Move\033[2J on"}, "Move?[2J on", "\"cue\""},
	};
	SceneRig rig;
	RollstatStyle style = {0};
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	scene_rig_init(&rig);
	scene_rig_set_day(&rig, 0, 0, 0, 0);
	rig.scene.spine.n_levels = 1;
	rig.scene.spine.levels[0] = (RollstatLevel){"T5", 10, 19};
	for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
		g_autofree char *line =
			rollstat_news_dup_line(&all[i].news, &rig.scene, &style, NOW_US, zone);
		g_autofree char *json = rollstat_news_dup_json(&all[i].news, &rig.scene, NOW_US);
		g_autofree char *begin =
			g_strdup_printf("{\"event\":%s,\"time\":1773468731.000000", all[i].json);
		g_assert_cmpstr(line + 9, ==, all[i].line);
		g_assert_true(g_str_has_prefix(json, begin));
		g_assert_null(strchr(json, '\n'));
	}
}

/* A session from the start of rollerd to its end, with all that can happen, two seconds apart. */
static const RollstatNews session[] = {
	{.kind = ROLLSTAT_NEWS_DAEMON_CAME},
	{.kind = ROLLSTAT_NEWS_LINK, .text = "streaming"},
	{.kind = ROLLSTAT_NEWS_PASS,
	 .start_us = NOW_US - 2 * G_USEC_PER_SEC,
	 .end_us = NOW_US,
	 .from_cm = 4.2,
	 .to_cm = 17.9,
	 .mean_n = 203.8,
	 .peak_n = 251},
	{.kind = ROLLSTAT_NEWS_PASS,
	 .start_us = NOW_US,
	 .end_us = NOW_US + G_USEC_PER_SEC,
	 .from_cm = 17.9,
	 .to_cm = 1.5,
	 .mean_n = NAN,
	 .peak_n = NAN},
	{.kind = ROLLSTAT_NEWS_HOLD,
	 .start_us = NOW_US + G_USEC_PER_SEC,
	 .end_us = NOW_US + 13 * G_USEC_PER_SEC,
	 .from_cm = 12,
	 .to_cm = 12,
	 .mean_n = 180,
	 .peak_n = 190},
	{.kind = ROLLSTAT_NEWS_CUE, .text = "Move on: mid-thoracic had its 120 s"},
	{.kind = ROLLSTAT_NEWS_MARK, .from_cm = 12},
	{.kind = ROLLSTAT_NEWS_MARK, .from_cm = NAN},
	{.kind = ROLLSTAT_NEWS_SILENCE, .seconds = 3.7},
	{.kind = ROLLSTAT_NEWS_DATA},
	{.kind = ROLLSTAT_NEWS_TROUBLE, .text = "no space left on the disk"},
	{.kind = ROLLSTAT_NEWS_TROUBLE},
	{.kind = ROLLSTAT_NEWS_DAEMON_WENT, .text = "start it: systemctl --user start rollerd"},
};

static void
test_session(void)
{
	SceneRig rig;
	RollstatStyle style = {0};
	g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
	g_autoptr(GString) lines = g_string_new(NULL), json = g_string_new(NULL);
	scene_rig_init(&rig);
	scene_rig_set_day(&rig, 0, 0, 0, 0);
	rig.scene.spine.n_levels = 2;
	rig.scene.spine.levels[0] = (RollstatLevel){"T2", 3, 10};
	rig.scene.spine.levels[1] = (RollstatLevel){"T5", 10, 19};
	for (gsize i = 0; i < G_N_ELEMENTS(session); i++) {
		gint64 now_us = NOW_US + (gint64)i * 2 * G_USEC_PER_SEC;
		g_autofree char *line =
			rollstat_news_dup_line(&session[i], &rig.scene, &style, now_us, zone);
		g_autofree char *data = rollstat_news_dup_json(&session[i], &rig.scene, now_us);
		g_string_append_printf(lines, "%s\n", line);
		g_string_append_printf(json, "%s\n", data);
	}
	golden_file_check(GOLDEN_FOLDER, "live", lines->str);
	golden_file_check(GOLDEN_FOLDER, "live-json", json->str);
}

int
main(int argc, char **argv)
{
	golden_file_init(&argc, argv);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/news-line/pass", test_pass);
	g_test_add_func("/news-line/hold", test_hold);
	g_test_add_func("/news-line/others", test_others);
	g_test_add_func("/news-line/session", test_session);
	return g_test_run();
}
