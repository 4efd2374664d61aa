/* SPDX-License-Identifier: MIT
 *
 * Makes summaries of ranges of days out of a history that reaches 28 days further back. Pure: structs in,
 * structs out.
 */
#pragma once

#include "cli/history/summary.h"

/* What summaries are made from. history: sessions of any span around the ranges asked for, with all rows;
 * spine: of the latest session in it; both borrowed. */
typedef struct RollstatSource RollstatSource;

/* Returns a given source. zone: whose days they are; not kept. */
RollstatSource *rollstat_source_new(const RollstatHistory *history, const RollstatSpine *spine,
				    GTimeZone *zone);
void rollstat_source_free(RollstatSource *source);

/* Sums the days first to last, both included; given. */
RollstatSummary *rollstat_summary_new(const RollstatSource *source, RollstatDay first,
				      RollstatDay last);
void rollstat_summary_free(RollstatSummary *summary);

/* The mean force of all zones in per cent of summary->weight_kg; NaN where force or weight is not known. */
double rollstat_summary_get_weight_percent(const RollstatSummary *summary);

/* The same without what is judged (tightness, spots, trends, cautions, speed): for a row in a table. */
RollstatSummary *rollstat_summary_new_sums(const RollstatSource *source, RollstatDay first,
					   RollstatDay last);

/* The sessions of a range, in order of time: a span of history->sessions. */
RollstatSpan rollstat_source_find(const RollstatSource *source, RollstatDay first,
				  RollstatDay last);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatSource, rollstat_source_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RollstatSummary, rollstat_summary_free)
