/* SPDX-License-Identifier: MIT */
#include "cli/doctor/judge-parts.h"

#define ADD ROLLSTAT_ADD
#define MEND rollstat_judging_mend

static const RollstatDaemonFacts *
get_daemon(const RollstatJudging *judging)
{
	return rollstat_facts_get_daemon(&judging->facts->service);
}

static gboolean
says(const char *word, const char *wanted)
{
	return g_strcmp0(word, wanted) == 0;
}

static void
mend_by(RollstatJudging *judging, RollstatFinding *finding, const char *verb)
{
	g_autofree char *command = rollstat_judging_dup_systemctl(judging, verb);
	MEND(finding, "%s", command);
}

/* systemd cannot be asked: FALSE. */
static gboolean
judge_manager(RollstatJudging *judging)
{
	RollstatLink link = ROLLSTAT_LINK_SERVICE;
	gboolean is_system = rollstat_facts_is_system(&judging->facts->service);
	RollstatFinding *finding = NULL; /* of a person's own */
	switch (get_daemon(judging)->unit.answer) {
	case ROLLSTAT_REPLY_GIVEN:
		return TRUE;
	case ROLLSTAT_REPLY_LATE:
		MEND(ADD(judging, link, ROLLSTAT_VERDICT_BROKEN,
			 _("systemd does not answer within %d s."), ROLLSTAT_REPLY_WITHIN_S),
		     _("Log out and in again; if that does not help, restart the machine."));
		return FALSE;
	case ROLLSTAT_REPLY_REFUSED:
		ADD(judging, link, ROLLSTAT_VERDICT_UNKNOWN,
		    _("The bus does not let you ask systemd."));
		return FALSE;
	case ROLLSTAT_REPLY_UNASKED:
	case ROLLSTAT_REPLY_NOBODY:
	case ROLLSTAT_REPLY_FAILED:
		break;
	}
	if (is_system)
		ADD(judging, link, ROLLSTAT_VERDICT_UNKNOWN,
		    _("There is no systemd here that could be asked."));
	else
		finding = ADD(judging, link, ROLLSTAT_VERDICT_UNKNOWN,
			      _("There is no systemd of your session here that could be asked."));
	if (finding != NULL && get_daemon(judging)->answer != ROLLSTAT_REPLY_GIVEN)
		MEND(finding, _("Log in as yourself (not by su or sudo); for the system's rollerd: "
				"rollstat --system doctor"));
	return FALSE;
}

/* The unit is not there: FALSE. */
static gboolean
judge_unit(RollstatJudging *judging)
{
	const RollstatDaemonFacts *daemon = get_daemon(judging);
	const RollstatUnitFacts *unit = &daemon->unit;
	RollstatLink link = ROLLSTAT_LINK_SERVICE;
	if (says(unit->load, "loaded")) {
		ADD(judging, link, ROLLSTAT_VERDICT_FINE, _("It is installed."));
		return TRUE;
	}
	if (says(unit->load, "masked")) {
		mend_by(judging,
			ADD(judging, link, ROLLSTAT_VERDICT_BROKEN,
			    _("It is masked: systemd may not start it.")),
			says(unit->file, "masked-runtime") ? "unmask --runtime" : "unmask");
		return TRUE;
	}
	if (!says(unit->load, "not-found")) {
		RollstatFinding *finding =
			ADD(judging, link, ROLLSTAT_VERDICT_BROKEN,
			    _("systemd cannot read its unit file (%s)."), unit->load);
		MEND(finding, _("Install rollerd again."));
		return TRUE;
	}
	RollstatFinding *finding =
		ADD(judging, link,
		    daemon->answer == ROLLSTAT_REPLY_GIVEN ? ROLLSTAT_VERDICT_ATTENTION
							   : ROLLSTAT_VERDICT_BROKEN,
		    _("systemd knows no rollerd.service."));
	MEND(finding, _("Install the package rollerd; if it is installed:"));
	MEND(finding, "%s",
	     rollstat_facts_is_system(&judging->facts->service) ? "sudo systemctl daemon-reload"
								: "systemctl --user daemon-reload");
	return FALSE;
}

/* What is told further down and keeps it from starting, so that nobody starts it in vain. */
static gboolean
mend_cause(const RollstatJudging *judging, RollstatFinding *finding)
{
	const RollstatDatabaseFacts *database = &judging->facts->database;
	gboolean is_unreadable = database->open_fault != NULL &&
				 database->code != ROLL_DATABASE_ERROR_ABSENT &&
				 database->code != ROLL_DATABASE_ERROR_LOCKED;
	if (judging->facts->service.config_fault != NULL)
		MEND(finding, _("First put its configuration right, see below; then:"));
	else if (is_unreadable || database->damage != NULL || !database->is_writable)
		MEND(finding, _("First mend its database, see below; then:"));
	else
		return FALSE;
	return TRUE;
}

static void
judge_running(RollstatJudging *judging)
{
	const RollstatDaemonFacts *daemon = get_daemon(judging);
	const RollstatUnitFacts *unit = &daemon->unit;
	RollstatLink link = ROLLSTAT_LINK_RUNNING;
	g_autofree char *journal = rollstat_judging_dup_journal(judging);
	if (says(unit->active, "active") || says(unit->active, "reloading")) {
		ADD(judging, link, ROLLSTAT_VERDICT_FINE, _("It runs."));
		return;
	}
	if (daemon->answer == ROLLSTAT_REPLY_GIVEN) {
		ADD(judging, link, ROLLSTAT_VERDICT_FINE,
		    _("It was started by hand, not by systemd."));
		return;
	}
	if (says(unit->active, "failed") || says(unit->sub, "auto-restart")) {
		RollstatFinding *finding =
			ADD(judging, link, ROLLSTAT_VERDICT_BROKEN,
			    _("It cannot start, or ended with a failure (%s)."), unit->result);
		if (!mend_cause(judging, finding))
			MEND(finding, _("Its last words say why: %s"), journal);
		/* It tried too often: systemd refuses for a while, unless it is told to forget that. */
		if (says(unit->result, "start-limit-hit"))
			mend_by(judging, finding, "reset-failed");
		mend_by(judging, finding, "restart");
		return;
	}
	if (says(unit->active, "activating")) {
		MEND(ADD(judging, link, ROLLSTAT_VERDICT_ATTENTION, _("It is starting.")),
		     _("Ask again in some seconds: rollstat doctor"));
		return;
	}
	mend_by(judging, ADD(judging, link, ROLLSTAT_VERDICT_BROKEN, _("It does not run.")),
		"start");
}

static void
judge_enabled(RollstatJudging *judging)
{
	const RollstatUnitFacts *unit = &get_daemon(judging)->unit;
	gboolean is_system = rollstat_facts_is_system(&judging->facts->service);
	if (unit->file != NULL &&
	    (g_str_has_prefix(unit->file, "enabled") || says(unit->file, "static")))
		ADD(judging, ROLLSTAT_LINK_ENABLED, ROLLSTAT_VERDICT_FINE,
		    is_system ? _("It starts with the machine.") : _("It starts as you log in."));
	else if (!says(unit->load, "masked"))
		mend_by(judging,
			ADD(judging, ROLLSTAT_LINK_ENABLED, ROLLSTAT_VERDICT_ATTENTION,
			    is_system ? _("It does not start with the machine.")
				      : _("It does not start as you log in.")),
			"enable --now");
}

static void
judge_linger(RollstatJudging *judging)
{
	const RollstatServiceFacts *service = &judging->facts->service;
	if (service->linger != ROLLSTAT_REPLY_GIVEN)
		ADD(judging, ROLLSTAT_LINK_LINGER, ROLLSTAT_VERDICT_UNKNOWN,
		    _("logind cannot be asked whether it runs while you are logged out."));
	else if (service->is_lingering)
		ADD(judging, ROLLSTAT_LINK_LINGER, ROLLSTAT_VERDICT_FINE,
		    _("It also runs while you are logged out."));
	else
		MEND(ADD(judging, ROLLSTAT_LINK_LINGER, ROLLSTAT_VERDICT_ATTENTION,
			 _("It ends as you log out; what is rolled then is not heard.")),
		     /* For oneself it is allowed without sudo only where polkit is installed. */
		     "sudo loginctl enable-linger \"$USER\"");
}

static void
judge_crashes(RollstatJudging *judging)
{
	const RollstatUnitFacts *unit = &get_daemon(judging)->unit;
	g_autofree char *journal = rollstat_judging_dup_journal(judging);
	if (unit->n_restarts == 0) {
		ADD(judging, ROLLSTAT_LINK_CRASHES, ROLLSTAT_VERDICT_FINE,
		    _("None since it was started."));
		return;
	}
	MEND(ADD(judging, ROLLSTAT_LINK_CRASHES, ROLLSTAT_VERDICT_ATTENTION,
		 ngettext("systemd had to start it again %u time.",
			  "systemd had to start it again %u times.", unit->n_restarts),
		 unit->n_restarts),
	     _("What it said before: %s"), journal);
}

void
rollstat_judge_service(RollstatJudging *judging)
{
	gboolean is_system = rollstat_facts_is_system(&judging->facts->service);
	if (!judge_manager(judging) || !judge_unit(judging))
		return;
	judge_running(judging);
	judge_enabled(judging);
	if (!is_system)
		judge_linger(judging);
	judge_crashes(judging);
}
