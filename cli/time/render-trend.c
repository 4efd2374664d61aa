/* SPDX-License-Identifier: MIT */
#include "cli/time/bars.h"
#include "cli/time/render-time.h"

#include <glib/gi18n-lib.h>
#include <math.h>

enum {
	LABEL = 10, /* "Mon  7 Sep" */
	TIME = 7,
	SESSIONS = 10,
	FORCE = 8,
	TIGHTNESS = 10,
	TIGHTNESS_BRIEF = 6, /* without a mark */
	BAR_MOST = 24,
	BAR_LEAST = 6,
	NAME_MOST = 14,
	ROW_MOST = 24,
	WORD = 9,
};

static const RollstatPeriod *
get_period(const RollstatTrend *trend, guint n)
{
	return &g_array_index(trend->stretches, RollstatStretch, n).period;
}

static void
append_right(const RollstatStyle *style, GString *out, const char *text, guint columns)
{
	rollstat_style_append_cell(
		style, out, &(RollstatCell){.text = text, .columns = columns, .is_right = TRUE});
}

static void
append_note(const RollstatStyle *style, GString *out, const char *text)
{
	rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "  ", text);
}

static void
end_line(GString *out)
{
	while (out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	g_string_append_c(out, '\n');
}

/* "Mon  7 Sep", "2026-09". */
static char *
dup_label(const RollstatTrend *trend, guint n)
{
	RollstatDay first = get_period(trend, n)->dates.first;
	if (trend->step != ROLLSTAT_STEP_MONTH)
		return rollstat_day_dup_short(first);
	g_autofree char *iso = rollstat_day_dup_iso(first);
	return g_strndup(iso, 7);
}

/* The columns of a place's table that there is room for. */
typedef struct {
	guint bar; /* 0: none */
	gboolean has_force;
} Columns;

static Columns
choose_columns(const RollstatStyle *style)
{
	guint used = 2 + LABEL + TIME + SESSIONS + TIGHTNESS;
	Columns columns = {.has_force = used + FORCE <= style->width};
	used += columns.has_force ? FORCE : 0;
	if (used + 2 + BAR_LEAST <= style->width)
		columns.bar = MIN(style->width - used - 2, BAR_MOST);
	return columns;
}

static void
append_head(const RollstatStyle *style, const Columns *columns, const char *label, GString *out)
{
	g_autoptr(GString) head = g_string_new("  ");
	RollstatStyle plain = *style;
	plain.has_colour = FALSE;
	rollstat_style_append_cell(&plain, head, &(RollstatCell){.text = label, .columns = LABEL});
	append_right(&plain, head, _("time"), TIME);
	if (columns->bar > 0)
		g_string_append_printf(head, "  %*s", (int)columns->bar, "");
	append_right(&plain, head, _("sessions"), SESSIONS);
	if (columns->has_force)
		append_right(&plain, head, _("mean N"), FORCE);
	append_right(&plain, head, _("tightness"), TIGHTNESS);
	rollstat_style_append(style, out, ROLLSTAT_INK_DIM, head->str);
	g_string_append_c(out, '\n');
}

static void
append_step(const RollstatStyle *style, const Columns *columns, const RollstatStretchSum *sum,
	    double most_s, GString *out)
{
	g_autofree char *time = rollstat_style_dup_short_duration(sum->seconds);
	g_autofree char *sessions = g_strdup_printf("%u", sum->sessions);
	g_autofree char *force = rollstat_style_dup_number(style, sum->mean_n, 0);
	g_autofree char *tightness = rollstat_style_dup_tightness(style, sum->tightness);
	g_autofree char *marked = g_strdup_printf(
		"%s %s", sum->is_tight ? rollstat_style_get_mark(style) : "", tightness);
	append_right(style, out, time, TIME);
	if (columns->bar > 0) {
		g_string_append(out, "  ");
		rollstat_bar_append(style, out, most_s > 0 ? sum->seconds / most_s : 0,
				    columns->bar);
	}
	append_right(style, out, sessions, SESSIONS);
	if (columns->has_force)
		append_right(style, out, force, FORCE);
	append_right(style, out, marked, TIGHTNESS);
}

static void
append_steps(const RollstatStyle *style, const RollstatTrend *trend, const RollstatCourse *course,
	     GString *out)
{
	const char *const labels[] = {_("day"), _("week from"), _("month")};
	Columns columns = choose_columns(style);
	double most_s = 0;
	for (guint i = 0; i < course->n_steps; i++)
		most_s = MAX(most_s, course->steps[i].seconds);
	append_head(style, &columns, labels[trend->step], out);
	for (guint i = 0; i < course->n_steps; i++) {
		g_autofree char *label = dup_label(trend, i);
		g_string_append(out, "  ");
		rollstat_style_append_cell(style, out,
					   &(RollstatCell){.text = label, .columns = LABEL});
		append_step(style, &columns, &course->steps[i], most_s, out);
		end_line(out);
	}
	g_string_append_c(out, '\n');
}

/* How a way is told: the sentences of one quantity. */
typedef struct {
	const char *more, *less, *unclear;
	char *(*dup)(const RollstatStyle *style, double value);
} Telling;

static char *
dup_time(const RollstatStyle *style, double value)
{
	(void)style;
	return rollstat_style_dup_short_duration(MAX(value, 0));
}

static char *
dup_force(const RollstatStyle *style, double value)
{
	g_autofree char *number = rollstat_style_dup_number(style, value, 0);
	return g_strdup_printf("%s N", number);
}

static void
append_way(const RollstatStyle *style, const RollstatDirection *way, const Telling *telling,
	   GString *out)
{
	g_autofree char *from = telling->dup(style, way->from);
	g_autofree char *to = telling->dup(style, way->to);
	g_autoptr(GString) text = g_string_new(NULL);
	if (way->kind == ROLLSTAT_DIRECTION_UNKNOWN)
		return;
	if (way->kind == ROLLSTAT_DIRECTION_UNCLEAR)
		g_string_append(text, telling->unclear);
	else
		g_string_append_printf(text, _("%s, from about %s to %s."),
				       way->kind == ROLLSTAT_DIRECTION_MORE ? telling->more
									    : telling->less,
				       from, to);
	append_note(style, out, text->str);
}

static void
append_ways(const RollstatStyle *style, const RollstatTrend *trend, const RollstatCourse *course,
	    GString *out)
{
	const Telling time[] = {
		{_("Time a day: more"), _("Time a day: less"), _("Time a day: no clear direction."),
		 dup_time},
		{_("Time a week: more"), _("Time a week: less"),
		 _("Time a week: no clear direction."), dup_time},
		{_("Time a month: more"), _("Time a month: less"),
		 _("Time a month: no clear direction."), dup_time},
	};
	const Telling force = {_("Force: more"), _("Force: less"), _("Force: no clear direction."),
			       dup_force};
	const Telling tightness = {_("Tightness: more"), _("Tightness: less"),
				   _("Tightness: no clear direction."),
				   rollstat_style_dup_tightness};
	append_way(style, &course->seconds_way, &time[trend->step], out);
	append_way(style, &course->force_way, &force, out);
	append_way(style, &course->tightness_way, &tightness, out);
	if (course->seconds_way.kind == ROLLSTAT_DIRECTION_UNKNOWN ||
	    course->tightness_way.kind == ROLLSTAT_DIRECTION_UNKNOWN)
		append_note(style, out,
			    _("A direction is told from four values on: there are fewer of some."));
}

/* Which periods are cut, or run still. */
static void
append_parts(const RollstatStyle *style, const RollstatTrend *trend, GString *out)
{
	g_autoptr(GString) parts = g_string_new(NULL);
	for (guint i = 0; i < trend->stretches->len; i++) {
		g_autofree char *label = dup_label(trend, i);
		if (!get_period(trend, i)->is_whole)
			g_string_append_printf(parts, "%s%s", parts->len > 0 ? ", " : "", label);
	}
	if (parts->len == 0)
		return;
	g_autofree char *text = g_strdup_printf(
		_("Incomplete, so not counted for the direction of time: %s."), parts->str);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_DIM, "  ", text);
}

static char *
dup_total(const RollstatTrend *trend)
{
	g_autofree char *sessions = g_strdup_printf(
		ngettext("%u session", "%u sessions", trend->sessions), trend->sessions);
	g_autofree char *days =
		g_strdup_printf(ngettext("%u day", "%u days", trend->days), trend->days);
	return g_strdup_printf(_("%s on %s"), sessions, days);
}

static void
append_title(const RollstatView *view, const RollstatTrend *trend, const char *subject,
	     GString *out)
{
	const char *const steps[] = {_("day by day"), _("week by week"), _("month by month")};
	g_autofree char *dates = rollstat_dates_dup_words(trend->range);
	g_autofree char *title = g_strdup_printf("%s, %s", subject, steps[trend->step]);
	g_autofree char *total = dup_total(trend);
	rollstat_render_time_title(view, title, total, trend->whose, out);
	rollstat_style_append_note(&view->style, out, ROLLSTAT_INK_PLAIN, "  ", dates);
	g_string_append_c(out, '\n');
}

static void
append_course(const RollstatView *view, const RollstatTrend *trend, GString *out)
{
	const RollstatStyle *style = &view->style;
	const RollstatCourse *course = g_ptr_array_index(trend->courses, 0);
	const RollstatPlace *place = course->place;
	g_autofree char *name = rollstat_style_dup_clean(style, place->name);
	g_autofree char *subject = *place->levels != '\0'
					   ? g_strdup_printf("%s (%s)", name, place->levels)
					   : g_strdup(name);
	append_title(view, trend, subject, out);
	if (trend->sessions == 0)
		return;
	append_steps(style, trend, course, out);
	append_ways(style, trend, course, out);
	append_parts(style, trend, out);
}

/* The widest of the names. */
static guint
get_name_columns(const RollstatStyle *style, const RollstatTrend *trend)
{
	guint columns = 4;
	for (guint i = 0; i < trend->courses->len; i++) {
		const RollstatCourse *course = g_ptr_array_index(trend->courses, i);
		g_autofree char *name = rollstat_style_dup_clean(style, course->place->name);
		columns = MAX(columns, rollstat_style_measure(name));
	}
	return MIN(columns, NAME_MOST);
}

/* A dash where nothing was rolled. */
static const char *
get_word(const RollstatStyle *style, const RollstatCourse *course, const RollstatDirection *way)
{
	const char *const words[] = {_("too few"), _("unclear"), _("less"), _("more")};
	return course->sessions > 0 ? words[way->kind] : rollstat_style_get_dash(style);
}

/* Where a course stands now: the end of its line, else the last that is known. */
static double
get_now(const RollstatCourse *course)
{
	double last = NAN;
	if (course->sessions == 0)
		return NAN;
	for (guint i = 0; i < course->n_steps; i++)
		last = isnan(course->steps[i].tightness) ? last : course->steps[i].tightness;
	return isnan(course->tightness_way.to) ? last : course->tightness_way.to;
}

static void
append_line(const RollstatStyle *style, const RollstatCourse *course, guint name_columns,
	    guint cells, GString *out)
{
	g_autofree double *seconds = g_new(double, course->n_steps + 1);
	g_autofree char *name = rollstat_style_dup_clean(style, course->place->name);
	g_autofree char *time = rollstat_style_dup_short_duration(course->seconds);
	g_autofree char *now = rollstat_style_dup_tightness(style, get_now(course));
	for (guint i = 0; i < course->n_steps; i++)
		seconds[i] = course->steps[i].seconds;
	g_string_append(out, "  ");
	rollstat_style_append_cell(style, out,
				   &(RollstatCell){.text = name, .columns = name_columns});
	if (cells > 0) {
		g_string_append(out, "  ");
		rollstat_bar_append_row(style, out, seconds, course->n_steps, cells);
	}
	append_right(style, out, time, TIME);
	g_string_append(out, " ");
	rollstat_style_append_cell(
		style, out,
		&(RollstatCell){.text = get_word(style, course, &course->seconds_way),
				.columns = WORD});
	append_right(style, out, now, TIGHTNESS_BRIEF);
	if (cells > 0)
		g_string_append_printf(out, " %s", get_word(style, course, &course->tightness_way));
	end_line(out);
}

static void
append_zones(const RollstatView *view, const RollstatTrend *trend, GString *out)
{
	const RollstatStyle *style = &view->style;
	guint name_columns = get_name_columns(style, trend);
	guint used = 2 + name_columns + TIME + 1 + WORD + TIGHTNESS_BRIEF;
	guint room = style->width > used + 2 + 1 + WORD ? style->width - used - 2 - 1 - WORD : 0;
	guint cells = MIN(MIN(room, ROW_MOST), trend->stretches->len);
	RollstatStyle plain = *style;
	g_autoptr(GString) head = g_string_new(NULL);
	plain.has_colour = FALSE;
	append_title(view, trend, _("All zones"), out);
	if (trend->sessions == 0)
		return;
	g_string_append_printf(head, "%*s", (int)(2 + name_columns + (cells > 0 ? 2 + cells : 0)),
			       "");
	append_right(&plain, head, _("time"), TIME);
	append_right(&plain, head, _("tightness now"), 1 + WORD + TIGHTNESS_BRIEF);
	rollstat_style_append(style, out, ROLLSTAT_INK_DIM, head->str);
	g_string_append_c(out, '\n');
	for (guint i = 0; i < trend->courses->len; i++)
		append_line(style, g_ptr_array_index(trend->courses, i), name_columns, cells, out);
	g_string_append_c(out, '\n');
	append_note(style, out,
		    _("Each row is as high as its own highest. Period by period: rollstat trend "
		      "ZONE."));
}

void
rollstat_render_trend(const RollstatView *view, const RollstatTrend *trend, GString *out)
{
	if (trend->is_one)
		append_course(view, trend, out);
	else
		append_zones(view, trend, out);
	if (trend->sessions == 0)
		append_note(&view->style, out, _("Nothing was recorded in these days."));
	else
		rollstat_render_time_caution(&view->style, out);
}
