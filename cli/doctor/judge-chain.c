/* SPDX-License-Identifier: MIT */
#include "cli/doctor/judge-parts.h"

static char *dup_text(const char *format, va_list arguments) G_GNUC_PRINTF(1, 0);

static char *
dup_text(const char *format, va_list arguments)
{
	return g_strdup_vprintf(format, arguments);
}

RollstatFinding *
rollstat_judging_add(RollstatJudging *judging, RollstatLink link, const char *format, ...)
{
	RollstatFinding *finding = g_new0(RollstatFinding, 1);
	finding->link = link;
	if (judging->sensor != NULL) {
		finding->sensor = g_strdup(judging->sensor->address);
		finding->label = rollstat_status_dup_label(judging->sensor);
	}
	va_list arguments;
	va_start(arguments, format);
	finding->detail = dup_text(format, arguments);
	va_end(arguments);
	g_ptr_array_add(judging->findings, finding);
	return finding;
}

RollstatFinding *
rollstat_judging_set(RollstatFinding *finding, RollstatVerdict verdict)
{
	finding->verdict = verdict;
	return finding;
}

void
rollstat_judging_mend(RollstatFinding *finding, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	g_autofree char *line = dup_text(format, arguments);
	va_end(arguments);
	char *before = finding->mend;
	finding->mend =
		before == NULL ? g_steal_pointer(&line) : g_strconcat(before, "\n", line, NULL);
	g_free(before);
}

char *
rollstat_judging_dup_systemctl(const RollstatJudging *judging, const char *verb)
{
	return rollstat_facts_is_system(&judging->facts->service)
		       ? g_strdup_printf("sudo systemctl %s rollerd", verb)
		       : g_strdup_printf("systemctl --user %s rollerd", verb);
}

char *
rollstat_judging_dup_journal(const RollstatJudging *judging)
{
	return g_strdup(rollstat_facts_is_system(&judging->facts->service)
				? "sudo journalctl -u rollerd -n 20"
				: "journalctl --user -u rollerd -n 20");
}

char *
rollstat_judging_dup_span(gint64 span_us)
{
	gint64 s = MAX(span_us, 0) / G_USEC_PER_SEC;
	if (s < 120)
		return g_strdup_printf(ngettext("%d second", "%d seconds", (gulong)s), (int)s);
	if (s < 2 * 3600)
		return g_strdup_printf(ngettext("%d minute", "%d minutes", (gulong)(s / 60)),
				       (int)(s / 60));
	if (s < 2 * 86400)
		return g_strdup_printf(ngettext("%d hour", "%d hours", (gulong)(s / 3600)),
				       (int)(s / 3600));
	return g_strdup_printf(ngettext("%d day", "%d days", (gulong)(s / 86400)),
			       (int)(s / 86400));
}

char *
rollstat_judging_dup_size(gint64 n_bytes)
{
	if (n_bytes < 100 * 1000)
		return g_strdup_printf("%.0f kB", (double)n_bytes / 1e3);
	if (n_bytes < 10 * 1000 * 1000)
		return g_strdup_printf("%.1f MB", (double)n_bytes / 1e6);
	if (n_bytes < 1000 * 1000 * 1000)
		return g_strdup_printf("%.0f MB", (double)n_bytes / 1e6);
	return g_strdup_printf("%.1f GB", (double)n_bytes / 1e9);
}

GPtrArray *
rollstat_judge(const RollstatFacts *facts)
{
	RollstatJudging judging = {.facts = facts};
	judging.findings = g_ptr_array_new_with_free_func((GDestroyNotify)rollstat_finding_free);
	rollstat_judge_bluetooth(&judging);
	rollstat_judge_service(&judging);
	rollstat_judge_daemon(&judging);
	rollstat_judge_sensors(&judging);
	rollstat_judge_database(&judging);
	rollstat_judge_machine(&judging);
	return judging.findings;
}
