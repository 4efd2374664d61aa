/* SPDX-License-Identifier: MIT */
#include "cli/doctor/judge-parts.h"

/* The end of a session may lie ahead of a clock that was put right a little. */
#define AHEAD_US (60 * G_USEC_PER_SEC)

enum {
	WIDE_ENOUGH = 60, /* columns in which no table is folded */
};

#define ADD ROLLSTAT_ADD
#define MEND rollstat_judging_mend

static void
judge_zone(RollstatJudging *judging)
{
	const RollstatMachineFacts *facts = &judging->facts->machine;
	if (!facts->has_zone)
		MEND(ADD(judging, ROLLSTAT_LINK_ZONE, ROLLSTAT_VERDICT_ATTENTION,
			 _("None is set, so days begin and end by UTC.")),
		     "sudo timedatectl set-timezone Europe/Berlin");
	else if (!facts->is_zone_known)
		MEND(ADD(judging, ROLLSTAT_LINK_ZONE, ROLLSTAT_VERDICT_ATTENTION,
			 _("%s is none that this machine knows, so days begin and end by UTC."),
			 facts->zone),
		     _("Set TZ to one of: timedatectl list-timezones"));
	else
		ADD(judging, ROLLSTAT_LINK_ZONE, ROLLSTAT_VERDICT_FINE, "%s", facts->zone);
}

static void
mend_clock(const RollstatMachineFacts *facts, RollstatFinding *finding)
{
	/* Debian starts it once it is there. */
	MEND(finding, "%s",
	     facts->can_synchronise ? "sudo timedatectl set-ntp true"
				    : "sudo apt install systemd-timesyncd");
}

static void
judge_synchronised(RollstatJudging *judging)
{
	const RollstatMachineFacts *facts = &judging->facts->machine;
	if (facts->clock != ROLLSTAT_REPLY_GIVEN)
		ADD(judging, ROLLSTAT_LINK_CLOCK, ROLLSTAT_VERDICT_UNKNOWN,
		    facts->clock == ROLLSTAT_REPLY_LATE
			    ? _("systemd-timedated does not answer whether it is set by the "
				"network.")
			    : _("Not to be told here whether it is set by the network."));
	else if (facts->is_synchronised)
		ADD(judging, ROLLSTAT_LINK_CLOCK, ROLLSTAT_VERDICT_FINE,
		    _("It is set by the network."));
	else if (facts->is_synchronising)
		MEND(ADD(judging, ROLLSTAT_LINK_CLOCK, ROLLSTAT_VERDICT_ATTENTION,
			 _("It is to be set by the network, and was not yet.")),
		     "timedatectl timesync-status");
	else
		mend_clock(facts, ADD(judging, ROLLSTAT_LINK_CLOCK, ROLLSTAT_VERDICT_ATTENTION,
				      _("It is not set by the network, and may be wrong.")));
}

static void
judge_clock(RollstatJudging *judging)
{
	gint64 ahead_us = judging->facts->database.last_us - judging->facts->machine.now_us;
	g_autofree char *span = rollstat_judging_dup_span(ahead_us);
	if (ahead_us <= AHEAD_US) {
		judge_synchronised(judging);
		return;
	}
	RollstatFinding *finding =
		ADD(judging, ROLLSTAT_LINK_CLOCK, ROLLSTAT_VERDICT_BROKEN,
		    _("By the machine's clock, the last session lies %s in the future: the clock "
		      "is wrong now, or was then."),
		    span);
	MEND(finding, "timedatectl");
	mend_clock(&judging->facts->machine, finding);
}

static void
judge_terminal(RollstatJudging *judging)
{
	const RollstatMachineFacts *facts = &judging->facts->machine;
	const RollstatStyle *style = &facts->style;
	RollstatLink link = ROLLSTAT_LINK_TERMINAL;
	const char *letters = style->has_utf8 ? "UTF-8" : "ASCII";
	const char *colours = style->has_colour ? _("with colours") : _("without colours");
	if (!facts->is_terminal) {
		ADD(judging, link, ROLLSTAT_VERDICT_FINE,
		    _("The answer goes to none: %u columns, %s, %s."), style->width, letters,
		    colours);
		return;
	}
	gboolean is_fine = style->has_utf8 && style->width >= WIDE_ENOUGH && facts->is_term_known;
	RollstatFinding *finding =
		ADD(judging, link, is_fine ? ROLLSTAT_VERDICT_FINE : ROLLSTAT_VERDICT_ATTENTION,
		    _("%s: %u columns, %s, %s."), facts->term, style->width, letters, colours);
	if (!style->has_utf8)
		MEND(finding, "export LC_CTYPE=C.UTF-8");
	if (style->width < WIDE_ENOUGH)
		MEND(finding, _("Widen it to %d columns or more; below that, tables are cut."),
		     WIDE_ENOUGH);
	if (!facts->is_term_known)
		MEND(finding, _("Its TERM is not described here: sudo apt install ncurses-term, or "
				"export TERM=xterm"));
}

void
rollstat_judge_machine(RollstatJudging *judging)
{
	judge_zone(judging);
	judge_clock(judging);
	judge_terminal(judging);
}
