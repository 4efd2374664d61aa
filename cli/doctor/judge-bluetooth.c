/* SPDX-License-Identifier: MIT */
#include "cli/doctor/judge-parts.h"

enum {
	/* The oldest bluetoothd that rollerd was tried with: Debian 12's. */
	OLDEST_MAJOR = 5,
	OLDEST_MINOR = 66,
};

#define ADD ROLLSTAT_ADD
#define MEND rollstat_judging_mend

static void
judge_bus(RollstatJudging *judging)
{
	RollstatLink link = ROLLSTAT_LINK_BUS;
	switch (judging->facts->bluetooth.bus) {
	case ROLLSTAT_REPLY_GIVEN:
		ADD(judging, link, ROLLSTAT_VERDICT_FINE, _("It answers."));
		return;
	case ROLLSTAT_REPLY_LATE:
		MEND(ADD(judging, link, ROLLSTAT_VERDICT_BROKEN,
			 _("It does not answer within %d s."), ROLLSTAT_REPLY_WITHIN_S),
		     _("Restart the machine: most programs hang on this bus."));
		return;
	case ROLLSTAT_REPLY_REFUSED:
		MEND(ADD(judging, link, ROLLSTAT_VERDICT_BROKEN, _("It does not let you in.")),
		     _("Look at /etc/dbus-1/system.conf and the files in /etc/dbus-1/system.d."));
		return;
	case ROLLSTAT_REPLY_UNASKED:
	case ROLLSTAT_REPLY_NOBODY:
	case ROLLSTAT_REPLY_FAILED:
		break;
	}
	if (judging->facts->machine.is_container) {
		MEND(ADD(judging, link, ROLLSTAT_VERDICT_UNKNOWN,
			 _("There is none in this container: sensors are not heard here.")),
		     _("Run rollerd outside of the container; its history can be read here."));
		return;
	}
	MEND(ADD(judging, link, ROLLSTAT_VERDICT_BROKEN,
		 _("There is none: bluetoothd cannot be asked.")),
	     "sudo apt install dbus && sudo systemctl start dbus");
}

static void
judge_adapter(RollstatJudging *judging)
{
	const RollstatBluetoothFacts *facts = &judging->facts->bluetooth;
	if (facts->adapter != NULL || facts->n_radios > 0) {
		ADD(judging, ROLLSTAT_LINK_ADAPTER, ROLLSTAT_VERDICT_FINE, "%s",
		    facts->adapter != NULL ? facts->adapter : _("The kernel shows one."));
		return;
	}
	if (judging->facts->machine.is_container) {
		MEND(ADD(judging, ROLLSTAT_LINK_ADAPTER, ROLLSTAT_VERDICT_UNKNOWN,
			 _("A container sees none unless it was given one.")),
		     _("Run rollstat doctor outside of the container."));
		return;
	}
	RollstatFinding *finding =
		ADD(judging, ROLLSTAT_LINK_ADAPTER, ROLLSTAT_VERDICT_BROKEN,
		    _("The kernel shows no Bluetooth adapter: none is there, it is switched off in "
		      "the firmware's setup, or its driver is missing."));
	MEND(finding, _("Plug one in (USB, Bluetooth 4.0 or newer)."));
	MEND(finding, _("Where one is built in, look what its driver says: "
			"sudo dmesg | grep -i -e bluetooth -e firmware"));
}

static void
mend_block(const RollstatBluetoothFacts *facts, RollstatFinding *finding)
{
	if (!facts->has_rfkill)
		MEND(finding, "sudo apt install rfkill");
	MEND(finding, "sudo rfkill unblock bluetooth");
}

static void
judge_rfkill(RollstatJudging *judging)
{
	const RollstatBluetoothFacts *facts = &judging->facts->bluetooth;
	if (facts->is_hard_blocked)
		MEND(ADD(judging, ROLLSTAT_LINK_RFKILL, ROLLSTAT_VERDICT_BROKEN,
			 _("Bluetooth is switched off by a switch or key of the machine.")),
		     _("Turn that switch on, or press the key for radio or flight mode."));
	else if (facts->is_soft_blocked)
		mend_block(facts, ADD(judging, ROLLSTAT_LINK_RFKILL, ROLLSTAT_VERDICT_BROKEN,
				      _("Bluetooth is blocked, as by flight mode.")));
	else if (facts->n_radios > 0 || facts->n_adapters > 0)
		ADD(judging, ROLLSTAT_LINK_RFKILL, ROLLSTAT_VERDICT_FINE, _("Nothing blocks it."));
	else
		ADD(judging, ROLLSTAT_LINK_RFKILL, ROLLSTAT_VERDICT_UNKNOWN,
		    _("Not to be told without an adapter."));
}

/* Nobody owns its name: why? */
static void
judge_absent_bluetoothd(RollstatJudging *judging)
{
	const RollstatUnitFacts *unit = &judging->facts->service.bluetooth;
	const RollstatBluetoothFacts *facts = &judging->facts->bluetooth;
	if (!facts->is_installed && g_strcmp0(unit->load, "loaded") != 0) {
		MEND(ADD(judging, ROLLSTAT_LINK_BLUETOOTHD, ROLLSTAT_VERDICT_BROKEN,
			 _("It is not installed.")),
		     "sudo apt install bluez");
		return;
	}
	if (facts->n_radios <= 0) {
		ADD(judging, ROLLSTAT_LINK_BLUETOOTHD, ROLLSTAT_VERDICT_UNKNOWN,
		    _("It does not run; it is started once an adapter is there."));
		return;
	}
	RollstatFinding *finding =
		ADD(judging, ROLLSTAT_LINK_BLUETOOTHD, ROLLSTAT_VERDICT_BROKEN,
		    g_strcmp0(unit->active, "failed") == 0 ? _("It ended with a failure.")
							   : _("It does not run."));
	if (g_strcmp0(unit->file, "masked") == 0)
		MEND(finding, "sudo systemctl unmask bluetooth");
	/* Until the next boot; the other word leaves such a mask as it is. */
	if (g_strcmp0(unit->file, "masked-runtime") == 0)
		MEND(finding, "sudo systemctl unmask --runtime bluetooth");
	if (g_strcmp0(unit->active, "failed") == 0)
		MEND(finding, "sudo journalctl -u bluetooth -n 20");
	MEND(finding, "sudo systemctl enable --now bluetooth");
}

static void
judge_bluetoothd(RollstatJudging *judging)
{
	RollstatLink link = ROLLSTAT_LINK_BLUETOOTHD;
	switch (judging->facts->bluetooth.bluez) {
	case ROLLSTAT_REPLY_GIVEN:
		ADD(judging, link, ROLLSTAT_VERDICT_FINE, _("It answers."));
		return;
	case ROLLSTAT_REPLY_NOBODY:
		judge_absent_bluetoothd(judging);
		return;
	case ROLLSTAT_REPLY_LATE:
		MEND(ADD(judging, link, ROLLSTAT_VERDICT_BROKEN,
			 _("It does not answer within %d s."), ROLLSTAT_REPLY_WITHIN_S),
		     "sudo systemctl restart bluetooth");
		return;
	case ROLLSTAT_REPLY_REFUSED:
		ADD(judging, link, ROLLSTAT_VERDICT_UNKNOWN,
		    _("The bus does not let you ask it; see the bus policy below."));
		return;
	case ROLLSTAT_REPLY_FAILED:
		MEND(ADD(judging, link, ROLLSTAT_VERDICT_BROKEN,
			 _("What it answers is not understood.")),
		     "sudo systemctl restart bluetooth");
		return;
	case ROLLSTAT_REPLY_UNASKED:
		ADD(judging, link, ROLLSTAT_VERDICT_UNKNOWN,
		    _("Not to be told without the system bus."));
		return;
	}
}

static void
judge_version(RollstatJudging *judging)
{
	const RollstatBluetoothFacts *facts = &judging->facts->bluetooth;
	if (facts->major == 0) {
		ADD(judging, ROLLSTAT_LINK_BLUEZ_VERSION, ROLLSTAT_VERDICT_UNKNOWN,
		    _("It does not say."));
		return;
	}
	if (facts->major > OLDEST_MAJOR ||
	    (facts->major == OLDEST_MAJOR && facts->minor >= OLDEST_MINOR)) {
		ADD(judging, ROLLSTAT_LINK_BLUEZ_VERSION, ROLLSTAT_VERDICT_FINE, "%u.%u",
		    facts->major, facts->minor);
		return;
	}
	MEND(ADD(judging, ROLLSTAT_LINK_BLUEZ_VERSION, ROLLSTAT_VERDICT_ATTENTION,
		 _("%u.%u; rollerd was tried with %d.%d and newer ones."), facts->major,
		 facts->minor, OLDEST_MAJOR, OLDEST_MINOR),
	     _("Where sensors are lost again and again, update the system: an older one is "
	       "the first suspect."));
}

static void
judge_power(RollstatJudging *judging)
{
	const RollstatBluetoothFacts *facts = &judging->facts->bluetooth;
	RollstatLink link = ROLLSTAT_LINK_POWER;
	if (facts->bluez != ROLLSTAT_REPLY_GIVEN) {
		ADD(judging, link, ROLLSTAT_VERDICT_UNKNOWN,
		    _("Not to be told before bluetoothd answers."));
	} else if (facts->n_adapters == 0 && facts->n_radios > 0) {
		MEND(ADD(judging, link, ROLLSTAT_VERDICT_BROKEN,
			 _("The kernel shows an adapter, bluetoothd none.")),
		     "sudo systemctl restart bluetooth");
	} else if (facts->n_adapters == 0) {
		ADD(judging, link, ROLLSTAT_VERDICT_UNKNOWN,
		    _("Not to be told without an adapter."));
	} else if (facts->is_powered) {
		ADD(judging, link, ROLLSTAT_VERDICT_FINE, _("The adapter is switched on."));
	} else {
		RollstatFinding *finding = ADD(judging, link, ROLLSTAT_VERDICT_BROKEN,
					       _("The adapter is switched off."));
		if (facts->is_soft_blocked || facts->is_hard_blocked)
			MEND(finding, _("First unblock it, see above."));
		MEND(finding, "bluetoothctl power on");
	}
}

void
rollstat_judge_bluetooth(RollstatJudging *judging)
{
	judge_bus(judging);
	judge_adapter(judging);
	judge_rfkill(judging);
	judge_bluetoothd(judging);
	judge_version(judging);
	judge_power(judging);
}
