/* SPDX-License-Identifier: MIT */
#include "cli/doctor/judge-parts.h"

#define DAY_US (G_GINT64_CONSTANT(86400) * G_USEC_PER_SEC)
#define OLD_US (30 * DAY_US)

enum {
	/* An hour of a sensor that sends much takes about 10 MB. */
	ROOM_NONE_BYTES = 20 * 1000 * 1000,
	ROOM_LITTLE_BYTES = 200 * 1000 * 1000,
};

#define ADD ROLLSTAT_ADD
#define MEND rollstat_judging_mend

/* "rollstat --db PATH VERB", as it has to be typed for this database; given. */
static char *
dup_command(const RollstatDatabaseFacts *facts, const char *verb)
{
	g_autofree char *path = g_shell_quote(facts->path);
	if (facts->is_system)
		return g_strdup_printf("sudo rollstat --system %s", verb);
	if (facts->is_usual)
		return g_strdup_printf("rollstat %s", verb);
	return g_strdup_printf("rollstat --db %s %s", path, verb);
}

/* What was lost is what the person has to know before anything is put back. */
static void
mend_by_backup(RollstatJudging *judging, RollstatFinding *finding)
{
	const RollstatDatabaseFacts *facts = &judging->facts->database;
	g_autofree char *start = rollstat_judging_dup_systemctl(judging, "start");
	g_autofree char *age =
		rollstat_judging_dup_span(judging->facts->machine.now_us - facts->kept_us);
	g_autofree char *restore = dup_command(facts, "restore");
	g_autofree char *kept = g_shell_quote(facts->kept);
	MEND(finding, "%s %s", restore, kept);
	MEND(finding, "%s", start);
	MEND(finding,
	     _("That backup was made %s ago; what is there now is kept beside it. To save what "
	       "came since: sqlite3 OLD .recover | sqlite3 NEW"),
	     age);
}

static void
mend_damage(RollstatJudging *judging, RollstatFinding *finding)
{
	const RollstatDatabaseFacts *facts = &judging->facts->database;
	g_autofree char *stop = rollstat_judging_dup_systemctl(judging, "stop");
	g_autofree char *restore = dup_command(facts, "restore");
	MEND(finding, "%s", stop);
	if (facts->kept != NULL) {
		mend_by_backup(judging, finding);
		return;
	}
	if (facts->hidden != NULL) {
		g_autofree char *folder = g_shell_quote(facts->hidden);
		MEND(finding, "sudo ls -lt %s", folder);
		MEND(finding, _("Put back the newest that is there: %s FILE"), restore);
	} else {
		MEND(finding, _("No backup is known. If you have one elsewhere: %s FILE"), restore);
	}
	MEND(finding,
	     _("Else keep a copy of %s, and save what can be read: sqlite3 OLD .recover | sqlite3 "
	       "NEW"),
	     facts->path);
}

static void
mend_membership(RollstatFinding *finding)
{
	MEND(finding, "sudo adduser \"$USER\" rollerd");
	MEND(finding, _("Then log in again."));
}

/* Only a folder of rollerd's own is given away as a whole. */
static void
mend_owner(RollstatJudging *judging, RollstatFinding *finding)
{
	const RollstatDatabaseFacts *facts = &judging->facts->database;
	g_autofree char *folder = g_path_get_dirname(facts->path);
	g_autofree char *name = g_path_get_basename(folder);
	g_autofree char *quoted = g_shell_quote(folder);
	g_autofree char *path = g_shell_quote(facts->path);
	const char *owner = facts->is_system ? "rollerd" : "\"$USER\"";
	if (!g_str_equal(name, "rollerd")) {
		MEND(finding, _("See who may read and write both: %s %s %s"), "ls -ld", quoted,
		     path);
		return;
	}
	MEND(finding, "sudo chown -R %s: %s", owner, quoted);
	MEND(finding, "sudo chmod -R u+rwX %s", quoted);
}

static void
mend_fault(RollstatJudging *judging, RollstatFinding *finding)
{
	const RollstatDatabaseFacts *facts = &judging->facts->database;
	g_autofree char *path = g_shell_quote(facts->path);
	switch (facts->code) {
	case ROLL_DATABASE_ERROR_TOO_NEW:
		MEND(finding, _("A newer rollerd wrote it: update rollstat."));
		return;
	case ROLL_DATABASE_ERROR_NOT_OURS:
		/* What rollerd once kept there: its first page is gone. */
		if (facts->is_usual && facts->kept != NULL) {
			mend_damage(judging, finding);
			return;
		}
		MEND(finding, _("Name another file with --db, or move this one away; rollerd does "
				"not write over it."));
		return;
	case ROLL_DATABASE_ERROR_DAMAGED:
		mend_damage(judging, finding);
		return;
	case ROLL_DATABASE_ERROR_LOCKED:
		MEND(finding, _("Ask again in some seconds."));
		return;
	case ROLL_DATABASE_ERROR_FULL:
		MEND(finding, _("Make room on that disk."));
		return;
	case ROLL_DATABASE_ERROR_ABSENT:
	case ROLL_DATABASE_ERROR_FAILED:
		break;
	}
	if (facts->is_readable)
		MEND(finding, "ls -l %s", path);
	else if (facts->is_system && !facts->is_member)
		mend_membership(finding);
	else
		mend_owner(judging, finding);
}

/* It cannot be read: FALSE. */
static gboolean
judge_file(RollstatJudging *judging)
{
	const RollstatDatabaseFacts *facts = &judging->facts->database;
	RollstatLink link = ROLLSTAT_LINK_DATABASE;
	g_autofree char *size = rollstat_judging_dup_size(facts->n_bytes);
	if (facts->open_fault == NULL && facts->is_there) {
		g_autofree char *count = g_strdup_printf(
			ngettext("%d session", "%d sessions", (gulong)facts->n_sessions),
			(int)facts->n_sessions);
		ADD(judging, link, ROLLSTAT_VERDICT_FINE, _("%s: %s, %s, version %d"), facts->path,
		    count, size, facts->version);
		return TRUE;
	}
	if (facts->open_fault == NULL || facts->code == ROLL_DATABASE_ERROR_ABSENT) {
		MEND(ADD(judging, link, ROLLSTAT_VERDICT_ATTENTION,
			 _("Nothing was recorded yet: there is no %s."), facts->path),
		     _("Let rollerd run, and roll."));
		return FALSE;
	}
	mend_fault(judging, ADD(judging, link, ROLLSTAT_VERDICT_BROKEN, "%s", facts->open_fault));
	return FALSE;
}

static void
judge_health(RollstatJudging *judging)
{
	const RollstatDatabaseFacts *facts = &judging->facts->database;
	if (facts->damage != NULL) {
		mend_damage(judging, ADD(judging, ROLLSTAT_LINK_HEALTH, ROLLSTAT_VERDICT_BROKEN,
					 _("It is damaged: %s"), facts->damage));
	} else if (facts->is_checked) {
		ADD(judging, ROLLSTAT_LINK_HEALTH, ROLLSTAT_VERDICT_FINE,
		    _("All of it was read, and nothing is damaged."));
	} else {
		g_autofree char *path = g_shell_quote(facts->path);
		MEND(ADD(judging, ROLLSTAT_LINK_HEALTH, ROLLSTAT_VERDICT_FINE,
			 _("What was read within %d s is not damaged; the rest was not read."),
			 ROLLSTAT_REPLY_WITHIN_S),
		     _("To read all of it: sqlite3 %s \"PRAGMA quick_check\""), path);
	}
}

static void
judge_writable(RollstatJudging *judging)
{
	const RollstatDatabaseFacts *facts = &judging->facts->database;
	if (facts->is_writable) {
		ADD(judging, ROLLSTAT_LINK_WRITABLE, ROLLSTAT_VERDICT_FINE,
		    _("rollerd may write it."));
		return;
	}
	RollstatFinding *finding =
		ADD(judging, ROLLSTAT_LINK_WRITABLE, ROLLSTAT_VERDICT_BROKEN,
		    _("rollerd may not write %s, or its folder; what is rolled is not kept."),
		    facts->path);
	mend_owner(judging, finding);
	MEND(finding, _("If the file system is read-only, look for a failing disk: sudo dmesg"));
}

static void
judge_room(RollstatJudging *judging)
{
	const RollstatDatabaseFacts *facts = &judging->facts->database;
	g_autofree char *size = rollstat_judging_dup_size(facts->free_bytes);
	if (facts->free_bytes < 0) {
		ADD(judging, ROLLSTAT_LINK_ROOM, ROLLSTAT_VERDICT_UNKNOWN,
		    _("Its disk does not say."));
		return;
	}
	RollstatVerdict verdict = ROLLSTAT_VERDICT_FINE;
	if (facts->free_bytes < ROOM_LITTLE_BYTES)
		verdict = ROLLSTAT_VERDICT_ATTENTION;
	if (facts->free_bytes < ROOM_NONE_BYTES)
		verdict = ROLLSTAT_VERDICT_BROKEN;
	RollstatFinding *finding =
		ADD(judging, ROLLSTAT_LINK_ROOM, verdict,
		    _("%s are free on its disk; an hour of rolling takes up to 10 MB."), size);
	if (verdict != ROLLSTAT_VERDICT_FINE)
		MEND(finding, _("Make room on that disk; what takes it: sudo du -xh / | sort -h | "
				"tail"));
}

static void
judge_backup(RollstatJudging *judging)
{
	const RollstatDatabaseFacts *facts = &judging->facts->database;
	gint64 age_us = judging->facts->machine.now_us - facts->backup_us;
	g_autofree char *age = rollstat_judging_dup_span(age_us);
	g_autofree char *copy =
		rollstat_judging_dup_span(judging->facts->machine.now_us - facts->copy_us);
	RollstatFinding *finding = NULL;
	if (facts->n_sessions == 0) {
		ADD(judging, ROLLSTAT_LINK_BACKUP, ROLLSTAT_VERDICT_FINE,
		    _("There is nothing yet to keep."));
		return;
	}
	if (facts->backup_us != 0 && (age_us < OLD_US || facts->last_us < facts->backup_us)) {
		ADD(judging, ROLLSTAT_LINK_BACKUP, ROLLSTAT_VERDICT_FINE,
		    _("The last one was made %s ago."), age);
		return;
	}
	if (facts->backup_us != 0)
		finding = ADD(judging, ROLLSTAT_LINK_BACKUP, ROLLSTAT_VERDICT_ATTENTION,
			      _("The last one was made %s ago."), age);
	else if (facts->copy_us != 0)
		finding = ADD(judging, ROLLSTAT_LINK_BACKUP, ROLLSTAT_VERDICT_ATTENTION,
			      _("None was made; an update left a copy beside it %s ago."), copy);
	else
		finding = ADD(judging, ROLLSTAT_LINK_BACKUP, ROLLSTAT_VERDICT_ATTENTION,
			      _("None was ever made."));
	g_autofree char *command = dup_command(facts, "backup");
	MEND(finding, "%s", command);
}

void
rollstat_judge_database(RollstatJudging *judging)
{
	if (!judge_file(judging)) {
		if (judging->facts->database.free_bytes >= 0)
			judge_room(judging);
		return;
	}
	judge_health(judging);
	judge_writable(judging);
	judge_room(judging);
	judge_backup(judging);
}
