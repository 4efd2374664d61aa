/* SPDX-License-Identifier: MIT */
#include "cli/page/words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

const RollstatCaution rollstat_words_cautions[] = {
	{N_("Pain or discomfort: stop at once, and ask a health professional. Never force it."),
	 NULL},
	{N_("Not over open wounds or fractures; with care, and with advice, at inflammation, deep "
	    "vein thrombosis, osteomyelitis or myositis ossificans."),
	 N_("expert panel, Bartsch 2021, J Clin Med 10:5360")},
	{N_("Upper back: no higher than C7 to T1, no lower than the bottom of the ribs."),
	 N_("limits given to patients")},
	{N_("The lumbar spine is widely advised against, though a study of 43 healthy people found "
	    "benefit: a caution, not a ban."),
	 N_("Fijavz 2024")},
	{N_("1 to 3 sets of 30 to 120 s on one zone; 2 to 4 s for one pass in one direction, which "
	    "is 7 to 14 cm/s over a thoracic spine of 28 cm."),
	 N_("Behm 2020, J Strength Cond Res 34:3301")},
	{N_("At least 90 s for a muscle group against soreness."), N_("review of 2019")},
	{N_("Slow rolling did better than the speed that people choose."),
	 N_("Sezik 2024, J Sports Sci Med 23:684")},
	{N_("On a tender spot 20 to 30 s, or until it lets go; 10 minutes on one knot bruises."),
	 N_("clinic guidance, Therapeutic Associates")},
	{N_("More than 4 weeks did better than 4 or fewer."), N_("Konrad 2022, Sports Med")},
	{N_("Force on a roller was 32 to 34 per cent of body weight in the mean; more force gave "
	    "no more "
	    "range of motion. No figure was published for the upper back."),
	 N_("Baumgart 2019, Sports 7:27; Grabow 2018, J Strength Cond Res 32:3059")},
	{N_("Tight is a comparison with the rest of the same back: a hint where to look, not a "
	    "finding."),
	 NULL},
	{NULL, NULL},
};

char *
rollstat_words_dup_range(const RollstatPage *page)
{
	const RollstatSummary *summary = page->input.summary;
	g_autofree char *first = rollstat_day_dup_long(summary->first);
	g_autofree char *last = rollstat_day_dup_long(summary->last);
	return summary->first == summary->last ? g_steal_pointer(&first)
					       : g_strdup_printf(_("%s to %s"), first, last);
}

char *
rollstat_words_dup_person(const RollstatPage *page)
{
	static const RollstatStyle letters = {.has_utf8 = TRUE};
	const RollstatWhose *whose = page->input.whose;
	char *line = whose != NULL ? rollstat_whose_dup_line(whose, &letters) : NULL;
	return line != NULL ? line : g_strdup(page->persons);
}

char *
rollstat_words_dup_period(const RollstatPagePeriod *period)
{
	static const int letters[] = {10, 10, 7, 4};
	RollstatDay day = period->step == ROLLSTAT_PAGE_WEEKS
				  ? rollstat_day_get_monday(period->first)
				  : period->first;
	g_autofree char *iso = rollstat_day_dup_iso(day);
	return g_strdup_printf("%.*s", letters[period->step], iso);
}

const char *
rollstat_words_get_step(RollstatPageStep step)
{
	switch (step) {
	case ROLLSTAT_PAGE_DAYS:
		return _("Day by day");
	case ROLLSTAT_PAGE_WEEKS:
		return _("Time a week");
	case ROLLSTAT_PAGE_MONTHS:
		return _("Time a month");
	case ROLLSTAT_PAGE_YEARS:
		return _("Time a year");
	}
	g_assert_not_reached();
}

char *
rollstat_words_dup_kept(const RollstatPage *page, const RollstatPageZone *zone)
{
	if (zone->sum->needs_care && zone->sum->enough_days == 0)
		return NULL;
	return g_strdup_printf(_("%u of %u"), zone->sum->enough_days, page->input.summary->days);
}

const char *
rollstat_words_get_dose(const RollstatPageZone *zone)
{
	RollstatDose dose = rollstat_dose_judge(zone->day_s);
	if (zone->sum->needs_care && dose != ROLLSTAT_DOSE_NONE)
		return _("with care");
	return _(rollstat_dose_get_words(dose));
}

guint
rollstat_words_get_percent(double part, double whole)
{
	return whole > 0 ? (guint)lround(part / whole * 100) : 0;
}

char *
rollstat_words_dup_speeds(const RollstatPage *page)
{
	guint whole = page->n_slow + page->n_advised + page->n_quick;
	if (whole == 0)
		return g_strdup(_("No whole pass was found."));
	return g_strdup_printf(ngettext("%u of %u pass (%u %%) went at %.0f to %.0f cm/s, as "
					"advised; %u slower, %u quicker.",
					"%u of %u passes (%u %%) went at %.0f to %.0f cm/s, as "
					"advised; %u slower, %u quicker.",
					whole),
			       page->n_advised, whole,
			       rollstat_words_get_percent(page->n_advised, whole),
			       ROLLSTAT_DOSE_SPEED_LEAST_CMPS, ROLLSTAT_DOSE_SPEED_MOST_CMPS,
			       page->n_slow, page->n_quick);
}

char *
rollstat_words_dup_nothing(const RollstatPage *page)
{
	const RollstatPageInput *input = &page->input;
	if (input->last_us == 0)
		return g_strdup(
			_("Nothing was recorded in these days. There is no earlier session."));
	g_autofree char *day = rollstat_day_dup_long(rollstat_day_of(input->last_us, input->zone));
	g_autofree char *clock = rollstat_day_dup_clock(input->last_us, input->zone);
	return g_strdup_printf(
		_("Nothing was recorded in these days. The last session before was on %s at %s."),
		day, clock);
}
