/* SPDX-License-Identifier: MIT */
#include "cli/doctor/judge-parts.h"

#define ADD ROLLSTAT_ADD
#define MEND rollstat_judging_mend

static const RollstatDaemonFacts *
get_daemon(const RollstatJudging *judging)
{
	return rollstat_facts_get_daemon(&judging->facts->service);
}

static void
judge_policy(RollstatJudging *judging)
{
	const RollstatDaemonFacts *daemon = get_daemon(judging);
	RollstatReply bluez = judging->facts->bluetooth.bluez;
	RollstatLink link = ROLLSTAT_LINK_POLICY;
	if (bluez == ROLLSTAT_REPLY_REFUSED)
		MEND(ADD(judging, link, ROLLSTAT_VERDICT_BROKEN,
			 _("The policy of the system bus does not let you talk to bluetoothd.")),
		     "sudo apt install --reinstall bluez && sudo systemctl reload dbus");
	if (daemon->answer == ROLLSTAT_REPLY_REFUSED) {
		RollstatFinding *finding = ADD(
			judging, link, ROLLSTAT_VERDICT_BROKEN,
			_("Only root and members of group rollerd may ask the system's rollerd."));
		MEND(finding, "sudo adduser \"$USER\" rollerd");
		MEND(finding, _("Then log in again."));
	} else if (bluez == ROLLSTAT_REPLY_GIVEN || daemon->answer == ROLLSTAT_REPLY_GIVEN) {
		if (bluez != ROLLSTAT_REPLY_REFUSED)
			ADD(judging, link, ROLLSTAT_VERDICT_FINE, _("It lets you through."));
	} else if (bluez != ROLLSTAT_REPLY_REFUSED) {
		ADD(judging, link, ROLLSTAT_VERDICT_UNKNOWN,
		    _("Not to be told before somebody answers."));
	}
}

/* Whether systemd says that it runs. */
static gboolean
is_up(const RollstatDaemonFacts *daemon)
{
	return g_strcmp0(daemon->unit.active, "active") == 0;
}

static void
judge_silent(RollstatJudging *judging)
{
	const RollstatDaemonFacts *daemon = get_daemon(judging);
	gboolean is_system = rollstat_facts_is_system(&judging->facts->service);
	RollstatLink link = ROLLSTAT_LINK_DAEMON;
	if (daemon->bus == ROLLSTAT_REPLY_LATE && !is_system) {
		MEND(ADD(judging, link, ROLLSTAT_VERDICT_BROKEN,
			 _("The session bus does not answer within %d s."),
			 ROLLSTAT_REPLY_WITHIN_S),
		     _("Log out and in again."));
		return;
	}
	if (daemon->bus != ROLLSTAT_REPLY_GIVEN) {
		ADD(judging, link, ROLLSTAT_VERDICT_UNKNOWN,
		    is_system ? _("Without the system bus it cannot be asked.")
			      : _("There is no session bus here on which it could be asked."));
		return;
	}
	if (daemon->unit.answer != ROLLSTAT_REPLY_GIVEN) {
		MEND(ADD(judging, link, ROLLSTAT_VERDICT_BROKEN, _("It does not run.")),
		     _("Without systemd, in a terminal of its own: rollerd"));
		return;
	}
	if (!is_up(daemon)) {
		ADD(judging, link, ROLLSTAT_VERDICT_UNKNOWN, _("Not to be told before it runs."));
		return;
	}
	RollstatFinding *finding =
		ADD(judging, link, ROLLSTAT_VERDICT_BROKEN, _("It runs, but is not on the bus."));
	g_autofree char *command = rollstat_judging_dup_systemctl(judging, "restart");
	if (is_system)
		MEND(finding, "sudo systemctl reload dbus");
	MEND(finding, "%s", command);
}

static void
judge_answer(RollstatJudging *judging)
{
	const RollstatDaemonFacts *daemon = get_daemon(judging);
	RollstatLink link = ROLLSTAT_LINK_DAEMON;
	g_autofree char *restart = rollstat_judging_dup_systemctl(judging, "restart");
	switch (daemon->answer) {
	case ROLLSTAT_REPLY_GIVEN:
		ADD(judging, link, ROLLSTAT_VERDICT_FINE,
		    daemon->status->is_system ? _("It answers on the system bus.")
					      : _("It answers on the session bus."));
		return;
	case ROLLSTAT_REPLY_LATE:
		MEND(ADD(judging, link, ROLLSTAT_VERDICT_BROKEN,
			 _("It does not answer within %d s."), ROLLSTAT_REPLY_WITHIN_S),
		     "%s", restart);
		return;
	case ROLLSTAT_REPLY_REFUSED:
		ADD(judging, link, ROLLSTAT_VERDICT_UNKNOWN, _("The bus does not let you ask it."));
		return;
	case ROLLSTAT_REPLY_FAILED:
		MEND(ADD(judging, link, ROLLSTAT_VERDICT_BROKEN,
			 _("What it answers is not understood.")),
		     "%s", restart);
		return;
	case ROLLSTAT_REPLY_UNASKED:
	case ROLLSTAT_REPLY_NOBODY:
		judge_silent(judging);
		return;
	}
}

/* Both daemons run: each connects to the sensor, and only one can. */
static void
judge_rivals(RollstatJudging *judging)
{
	const RollstatServiceFacts *service = &judging->facts->service;
	gboolean has_own = service->own.answer == ROLLSTAT_REPLY_GIVEN || is_up(&service->own);
	gboolean has_system =
		service->system.answer == ROLLSTAT_REPLY_GIVEN || is_up(&service->system);
	if (!has_own || !has_system)
		return;
	RollstatFinding *finding =
		ADD(judging, ROLLSTAT_LINK_DAEMON, ROLLSTAT_VERDICT_ATTENTION,
		    _("Your own and the system's run at once: they take the sensor from each "
		      "other, and each keeps a history of its own. End one of them:"));
	MEND(finding, "systemctl --user disable --now rollerd");
	MEND(finding, _("or: %s"), "sudo systemctl disable --now rollerd");
}

static void
judge_version(RollstatJudging *judging, const RollstatStatus *status)
{
	g_autofree char *restart = rollstat_judging_dup_systemctl(judging, "restart");
	if (g_str_equal(status->version, ROLLSTAT_VERSION)) {
		ADD(judging, ROLLSTAT_LINK_VERSION, ROLLSTAT_VERDICT_FINE, "%s", status->version);
		return;
	}
	MEND(ADD(judging, ROLLSTAT_LINK_VERSION, ROLLSTAT_VERDICT_ATTENTION,
		 _("The rollerd that runs is %s, rollstat is %s."), status->version,
		 ROLLSTAT_VERSION),
	     _("After an update: %s"), restart);
}

/* Its own words say how to mend it, too. */
static void
judge_trouble(RollstatJudging *judging, const RollstatStatus *status)
{
	g_autofree char *journal = rollstat_judging_dup_journal(judging);
	if (*status->trouble == '\0')
		ADD(judging, ROLLSTAT_LINK_TROUBLE, ROLLSTAT_VERDICT_FINE, _("It has none."));
	else
		MEND(ADD(judging, ROLLSTAT_LINK_TROUBLE, ROLLSTAT_VERDICT_BROKEN, "%s",
			 status->trouble),
		     _("Do as it says; more of it: %s"), journal);
}

static void
judge_configuration(RollstatJudging *judging)
{
	const RollstatServiceFacts *service = &judging->facts->service;
	RollstatLink link = ROLLSTAT_LINK_CONFIGURATION;
	g_autofree char *reload = rollstat_judging_dup_systemctl(judging, "reload");
	if (service->check != ROLLSTAT_REPLY_GIVEN) {
		const char *why = _("The program rollerd is not found, which could read it.");
		if (service->check == ROLLSTAT_REPLY_LATE)
			why = _("rollerd did not read it in time.");
		else if (service->check == ROLLSTAT_REPLY_FAILED)
			why = _("The program rollerd is too old to be asked.");
		ADD(judging, link, ROLLSTAT_VERDICT_UNKNOWN, "%s", why);
		return;
	}
	if (service->config_fault == NULL) {
		ADD(judging, link, ROLLSTAT_VERDICT_FINE,
		    service->has_config ? _("%s can be taken.")
					: _("There is no %s: all is as it is without one."),
		    service->config);
		return;
	}
	RollstatFinding *finding =
		ADD(judging, link, ROLLSTAT_VERDICT_BROKEN, "%s", service->config_fault);
	MEND(finding, _("Correct that line (man rollerd.conf), then: %s"), reload);
}

void
rollstat_judge_daemon(RollstatJudging *judging)
{
	const RollstatDaemonFacts *daemon = get_daemon(judging);
	judge_policy(judging);
	judge_answer(judging);
	judge_rivals(judging);
	if (daemon->answer == ROLLSTAT_REPLY_GIVEN) {
		judge_version(judging, daemon->status);
		judge_trouble(judging, daemon->status);
	}
	judge_configuration(judging);
}
