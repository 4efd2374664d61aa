/* SPDX-License-Identifier: MIT */
#include "cli/history/summarise.h"
#include "cli/report/render-zones.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Less than this beyond the upper back is passing by. */
#define BEYOND_LEAST_S 3.0

/* So much of the time, and at least so long, may lie in another zone before it is said. */
#define UNSURE_LEAST 0.05
#define UNSURE_LEAST_S 5.0

/* A zone is called more or less than usual where its change is so far from that of the whole. */
#define TREND_LEAST 0.25

/* "a", "a, b": adds a piece to a list. */
static void
add_piece(GString *list, const char *piece)
{
	if (list->len > 0)
		g_string_append(list, ", ");
	g_string_append(list, piece);
}

static void
append_sides(const RollstatStyle *style, const RollstatSummary *summary, GString *out)
{
	if (!summary->has_sides)
		return;
	g_autofree char *left = rollstat_style_dup_duration(summary->left_s);
	g_autofree char *centre = rollstat_style_dup_duration(summary->centre_s);
	g_autofree char *right = rollstat_style_dup_duration(summary->right_s);
	g_autofree char *text =
		g_strdup_printf(_("Sides: left %s, centre %s, right %s."), left, centre, right);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "  ", text);
}

/* "T6 (14.5 cm below C7, 0:42, 231 N)". */
static void
add_spot(const RollstatStyle *style, const RollstatSpot *spot, GString *list)
{
	g_autofree char *level = rollstat_style_dup_clean(style, spot->level);
	g_autofree char *time = rollstat_style_dup_duration(spot->seconds);
	const char *where = *level != '\0' ? level : _("a spot");
	g_autofree char *piece =
		isnan(spot->mean_n)
			? g_strdup_printf(_("%s (%.1f cm below C7, %s)"), where, spot->at_cm, time)
			: g_strdup_printf(_("%s (%.1f cm below C7, %s, %.0f N)"), where,
					  spot->at_cm, time, spot->mean_n);
	add_piece(list, piece);
}

static void
append_tight(const RollstatStyle *style, const RollstatSummary *summary, GString *out)
{
	g_autofree char *text = NULL;
	g_autoptr(GString) zones = g_string_new(NULL);
	g_autoptr(GString) spots = g_string_new(NULL);
	for (guint i = 0; i < summary->zones->len; i++) {
		const RollstatZoneSum *zone = &g_array_index(summary->zones, RollstatZoneSum, i);
		g_autofree char *name = rollstat_style_dup_clean(style, zone->name);
		if (zone->is_tight)
			add_piece(zones, name);
	}
	for (guint i = 0; i < summary->n_spots; i++)
		add_spot(style, &summary->spots[i], spots);
	if (zones->len == 0 && spots->len == 0)
		return;
	if (zones->len > 0 && spots->len > 0)
		text = g_strdup_printf(_("Tight: %s; most at %s."), zones->str, spots->str);
	else
		text = g_strdup_printf(_("Tight: %s."), zones->len > 0 ? zones->str : spots->str);
	g_autofree char *lead = g_strdup_printf("%s ", rollstat_style_get_mark(style));
	rollstat_style_append_note(style, out, ROLLSTAT_INK_RED, lead, text);
}

/* change: share of the usual. */
static char *
dup_change(double change, const char *usual, guint days)
{
	double percent = fabs(change) * 100;
	if (fabs(change) < 0.1)
		return g_strdup_printf(
			ngettext("About as much as usual (%s a day, %u day in the 4 weeks before)",
				 "About as much as usual (%s a day, %u days in the 4 weeks before)",
				 days),
			usual, days);
	if (change > 0)
		return g_strdup_printf(
			ngettext(
				"%.0f %% more than usual (%s a day, %u day in the 4 weeks before)",
				"%.0f %% more than usual (%s a day, %u days in the 4 weeks before)",
				days),
			percent, usual, days);
	return g_strdup_printf(
		ngettext("%.0f %% less than usual (%s a day, %u day in the 4 weeks before)",
			 "%.0f %% less than usual (%s a day, %u days in the 4 weeks before)", days),
		percent, usual, days);
}

static void
add_zone_trends(const RollstatStyle *style, const RollstatSummary *summary, double whole,
		GString *text)
{
	g_autoptr(GString) more = g_string_new(NULL);
	g_autoptr(GString) less = g_string_new(NULL);
	for (guint i = 0; i < summary->zones->len; i++) {
		const RollstatZoneSum *zone = &g_array_index(summary->zones, RollstatZoneSum, i);
		double change = zone->seconds / summary->days / zone->usual_s - 1 - whole;
		g_autofree char *name = rollstat_style_dup_clean(style, zone->name);
		if (!(fabs(change) >= TREND_LEAST) || zone->usual_s < 10)
			continue;
		add_piece(change > 0 ? more : less, name);
	}
	if (more->len > 0)
		g_string_append_printf(text, _("; more of it on %s"), more->str);
	if (less->len > 0)
		g_string_append_printf(text, _("; less of it on %s"), less->str);
}

static void
append_trend(const RollstatStyle *style, const RollstatSummary *summary, GString *out)
{
	if (!(summary->usual_s > 0))
		return;
	g_autofree char *usual = rollstat_style_dup_duration(summary->usual_s);
	double whole = summary->loaded_s / summary->days / summary->usual_s - 1;
	g_autofree char *change = dup_change(whole, usual, summary->usual_days);
	g_autoptr(GString) text = g_string_new(change);
	if (summary->unplaced_s < ROLLSTAT_UNPLACED_LEAST_S)
		add_zone_trends(style, summary, whole, text);
	g_string_append_c(text, '.');
	rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "  ", text->str);
}

static void
append_speed(const RollstatStyle *style, const RollstatSummary *summary, GString *out)
{
	if (isnan(summary->pass_s))
		return;
	const char *word = _("as advised");
	double speed_cmps = rint(summary->pass_cmps); /* judged as it is shown */
	if (speed_cmps < ROLLSTAT_DOSE_SPEED_LEAST_CMPS)
		word = _("slower than advised");
	else if (speed_cmps > ROLLSTAT_DOSE_SPEED_MOST_CMPS)
		word = _("quicker than advised");
	g_autofree char *text = g_strdup_printf(
		_("A pass took %.1f s at %.0f cm/s (medians): %s (%.0f to %.0f cm/s)."),
		summary->pass_s, speed_cmps, word, ROLLSTAT_DOSE_SPEED_LEAST_CMPS,
		ROLLSTAT_DOSE_SPEED_MOST_CMPS);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "  ", text);
}

static void
append_missing(const RollstatStyle *style, const RollstatSummary *summary, GString *out)
{
	g_autoptr(GString) list = g_string_new(NULL);
	for (guint i = 0; i < summary->zones->len; i++) {
		const RollstatZoneSum *zone = &g_array_index(summary->zones, RollstatZoneSum, i);
		if (zone->needs_care || rollstat_dose_judge(zone->seconds) != ROLLSTAT_DOSE_LITTLE)
			continue;
		g_autofree char *name = rollstat_style_dup_clean(style, zone->name);
		g_autofree char *piece = g_strdup_printf(
			"%s %u s", name, rollstat_dose_get_missing_s(zone->seconds));
		add_piece(list, piece);
	}
	if (list->len == 0)
		return;
	g_autofree char *text =
		g_strdup_printf(_("Missing to %.0f s: %s."), ROLLSTAT_DOSE_LEAST_S, list->str);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_YELLOW, "  ", text);
}

void
rollstat_render_findings(const RollstatStyle *style, const RollstatSummary *summary, GString *out)
{
	append_tight(style, summary, out);
	if (summary->first == summary->last)
		append_missing(style, summary, out);
	append_sides(style, summary, out);
	append_trend(style, summary, out);
	append_speed(style, summary, out);
}

/* What a sensor without a force cell, or without newtons, leaves open. */
static void
append_force(const RollstatStyle *style, const RollstatSummary *summary, GString *out)
{
	gboolean is_all = summary->inferred_s >= summary->loaded_s;
	g_autofree char *inferred = rollstat_style_dup_duration(summary->inferred_s);
	g_autofree char *part = g_strdup_printf(
		_("%s came without a force cell: contact there is inferred from motion."),
		inferred);
	const char *whole = _("The sensor has no force cell: contact is inferred from motion.");
	if (summary->inferred_s > 0)
		rollstat_style_append_note(style, out, ROLLSTAT_INK_DIM, "  ",
					   is_all ? whole : part);
	if (!summary->has_newtons && !is_all)
		rollstat_style_append_note(
			style, out, ROLLSTAT_INK_DIM, "  ",
			_("The sensor gives no force in newtons: none is told."));
}

/* A fact beside a fact: legs were measured, and nobody says what a back needs. */
static void
append_weight(const RollstatStyle *style, const RollstatSummary *summary, GString *out)
{
	double percent = rollstat_summary_get_weight_percent(summary);
	if (isnan(percent))
		return;
	g_autofree char *text = g_strdup_printf(
		_("Mean force: %.0f %% of body weight; rolled legs: 32 to 34 %% (Baumgart 2019)."),
		percent);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "  ", text);
}

static void
append_unplaced(const RollstatStyle *style, const RollstatSummary *summary, GString *out)
{
	if (summary->unplaced_s < ROLLSTAT_UNPLACED_LEAST_S)
		return;
	g_autofree char *duration = rollstat_style_dup_duration(summary->unplaced_s);
	g_autofree char *text = g_strdup_printf(
		_("%s rolled without a place: the sensor tells force only."), duration);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_YELLOW, "  ", text);
}

static void
append_unsure(const RollstatStyle *style, const RollstatSummary *summary, GString *out)
{
	if (summary->unsure_s < MAX(UNSURE_LEAST_S, UNSURE_LEAST * summary->loaded_s))
		return;
	g_autofree char *unsure = rollstat_style_dup_duration(summary->unsure_s);
	g_autofree char *loaded = rollstat_style_dup_duration(summary->loaded_s);
	g_autofree char *text = g_strdup_printf(
		_("%s of the %s may lie in another zone: there the place is known only to 2 cm or "
		  "worse (silence or lift-off). Press the marker button at the base of the neck to "
		  "make it "
		  "sure."),
		unsure, loaded);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_YELLOW, "  ", text);
}

static void
append_lost(const RollstatStyle *style, const RollstatSummary *summary, GString *out)
{
	if (summary->lost_s < 1)
		return;
	g_autofree char *text = g_strdup_printf(
		_("%.0f s came without data from the sensor: not counted."), summary->lost_s);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_YELLOW, "  ", text);
}

/* A person's own zones need not cover the whole back. */
static void
append_elsewhere(const RollstatStyle *style, const RollstatSummary *summary, GString *out)
{
	double elsewhere_s = summary->loaded_s - summary->unplaced_s;
	for (guint i = 0; i < summary->zones->len; i++)
		elsewhere_s -= g_array_index(summary->zones, RollstatZoneSum, i).seconds;
	if (elsewhere_s < 1)
		return;
	g_autofree char *duration = rollstat_style_dup_duration(elsewhere_s);
	g_autofree char *text = g_strdup_printf(_("%s lay outside the zones."), duration);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_PLAIN, "  ", text);
}

static void
append_cautions(const RollstatStyle *style, const RollstatSummary *summary, GString *out)
{
	g_autofree char *longest = rollstat_style_dup_duration(summary->longest_s);
	if (summary->longest_s >= ROLLSTAT_DOSE_BRUISE_S && summary->first == summary->last) {
		g_autofree char *text = g_strdup_printf(
			_("%s on one spot (%.1f cm below C7): 10 minutes on one knot bruises."),
			longest, summary->longest_cm);
		rollstat_style_append_note(style, out, ROLLSTAT_INK_RED, "! ", text);
	}
	if (summary->lumbar_s >= BEYOND_LEAST_S)
		rollstat_style_append_note(style, out, ROLLSTAT_INK_YELLOW, "! ",
					   _("Below the ribs: widely advised against; one study "
					     "(healthy) found benefit."));
	if (summary->above_s >= BEYOND_LEAST_S)
		rollstat_style_append_note(
			style, out, ROLLSTAT_INK_YELLOW, "! ",
			_("Above C7: patients are told to stay below the neck."));
}

static void
append_spine(const RollstatStyle *style, const RollstatSummary *summary, GString *out)
{
	if (!summary->spine.is_guess)
		return;
	g_autofree char *text = g_strdup_printf(
		_("Levels rest on a guessed spine of %.1f cm: set spine_cm in rollerd.conf."),
		summary->spine.length_cm);
	rollstat_style_append_note(style, out, ROLLSTAT_INK_DIM, "  ", text);
}

void
rollstat_render_notes(const RollstatStyle *style, const RollstatSummary *summary, gboolean is_day,
		      GString *out)
{
	append_elsewhere(style, summary, out);
	append_unplaced(style, summary, out);
	append_unsure(style, summary, out);
	append_cautions(style, summary, out);
	append_lost(style, summary, out);
	append_force(style, summary, out);
	append_weight(style, summary, out);
	append_spine(style, summary, out);
	if (is_day)
		rollstat_style_append_note(style, out, ROLLSTAT_INK_DIM, "  ",
					   _("At least 90 s a zone, sets up to 120 s; no figure "
					     "for force here is known."));
	rollstat_style_append_note(style, out, ROLLSTAT_INK_DIM, "  ",
				   _("Pain or discomfort: stop, and ask a health professional."));
}
