/* SPDX-License-Identifier: MIT
 *
 * From facts to verdicts: each verdict of each link, and each mend.
 */
#include "cli/doctor/diagnosis.h"
#include "tests/cli/doctor-facts.h"

#include <string.h>

typedef struct {
	const char *name, *changes;
	RollstatLink link;
	RollstatVerdict verdict;
	const char *detail; /* a part of it */
	const char *mend;   /* a part of it; NULL: there is none */
} Case;

#define FINE ROLLSTAT_VERDICT_FINE
#define ATTENTION ROLLSTAT_VERDICT_ATTENTION
#define BROKEN ROLLSTAT_VERDICT_BROKEN
#define UNKNOWN ROLLSTAT_VERDICT_UNKNOWN

#define NO_BLUEZ "bluez=NOBODY adapters=0 adapter= "
#define FAILED_UNIT "own=NOBODY unit.active=failed unit.result=exit-code "
#define KEPT "kept=/b/rollerd-1.db kept-at=1773428400000000"
#define NEITHER "own=NOBODY unit.active=inactive unit.file=disabled "
#define DOWN "own=NOBODY unit.active=inactive unit.sub=dead "

static const Case bluetooth_cases[] = {
	{"bus", "", ROLLSTAT_LINK_BUS, FINE, "answers", NULL},
	{"bus-none", "bus=NOBODY", ROLLSTAT_LINK_BUS, BROKEN, "There is none",
	 "systemctl start dbus"},
	{"bus-none-in-container", "bus=NOBODY container=1", ROLLSTAT_LINK_BUS, UNKNOWN, "container",
	 "outside of the container"},
	{"bus-hung", "bus=LATE", ROLLSTAT_LINK_BUS, BROKEN, "within 3 s", "Restart the machine"},
	{"bus-closed", "bus=REFUSED", ROLLSTAT_LINK_BUS, BROKEN, "does not let you in",
	 "/etc/dbus-1/system.d"},
	{"adapter", "", ROLLSTAT_LINK_ADAPTER, FINE, "hci0 00:11:22:33:44:55", NULL},
	{"adapter-of-kernel", NO_BLUEZ, ROLLSTAT_LINK_ADAPTER, FINE, "The kernel shows one", NULL},
	{"adapter-none", NO_BLUEZ "radios=0", ROLLSTAT_LINK_ADAPTER, BROKEN, "no Bluetooth adapter",
	 "Plug one in"},
	{"adapter-driver", NO_BLUEZ "radios=0", ROLLSTAT_LINK_ADAPTER, BROKEN, "driver",
	 "sudo dmesg"},
	{"adapter-in-container", NO_BLUEZ "radios=0 container=1", ROLLSTAT_LINK_ADAPTER, UNKNOWN,
	 "container", "outside of the container"},
	{"rfkill", "", ROLLSTAT_LINK_RFKILL, FINE, "Nothing blocks", NULL},
	{"rfkill-soft", "soft=1", ROLLSTAT_LINK_RFKILL, BROKEN, "flight mode",
	 "sudo rfkill unblock bluetooth"},
	{"rfkill-soft-without-program", "soft=1 rfkill=0", ROLLSTAT_LINK_RFKILL, BROKEN,
	 "flight mode", "sudo apt install rfkill\nsudo rfkill unblock bluetooth"},
	{"rfkill-hard", "soft=1 hard=1", ROLLSTAT_LINK_RFKILL, BROKEN, "switch or key",
	 "Turn that switch on"},
	{"rfkill-without-adapter", NO_BLUEZ "radios=0", ROLLSTAT_LINK_RFKILL, UNKNOWN,
	 "without an adapter", NULL},
	{"bluetoothd", "", ROLLSTAT_LINK_BLUETOOTHD, FINE, "answers", NULL},
	{"bluetoothd-missing", NO_BLUEZ "installed=0 bluetooth.load=not-found",
	 ROLLSTAT_LINK_BLUETOOTHD, BROKEN, "not installed", "sudo apt install bluez"},
	{"bluetoothd-waits", NO_BLUEZ "radios=0 bluetooth.load=loaded", ROLLSTAT_LINK_BLUETOOTHD,
	 UNKNOWN, "once an adapter is there", NULL},
	{"bluetoothd-off", NO_BLUEZ "bluetooth.load=loaded bluetooth.active=inactive",
	 ROLLSTAT_LINK_BLUETOOTHD, BROKEN, "does not run", "sudo systemctl enable --now bluetooth"},
	{"bluetoothd-failed", NO_BLUEZ "bluetooth.load=loaded bluetooth.active=failed",
	 ROLLSTAT_LINK_BLUETOOTHD, BROKEN, "failure", "sudo journalctl -u bluetooth"},
	{"bluetoothd-masked", NO_BLUEZ "bluetooth.load=masked bluetooth.file=masked",
	 ROLLSTAT_LINK_BLUETOOTHD, BROKEN, "does not run", "sudo systemctl unmask bluetooth"},
	{"bluetoothd-masked-until-boot",
	 NO_BLUEZ "bluetooth.load=masked bluetooth.file=masked-runtime", ROLLSTAT_LINK_BLUETOOTHD,
	 BROKEN, "does not run", "sudo systemctl unmask --runtime bluetooth"},
	{"bluetoothd-hung", "bluez=LATE", ROLLSTAT_LINK_BLUETOOTHD, BROKEN, "within 3 s",
	 "sudo systemctl restart bluetooth"},
	{"bluetoothd-odd", "bluez=FAILED", ROLLSTAT_LINK_BLUETOOTHD, BROKEN, "not understood",
	 "sudo systemctl restart bluetooth"},
	{"bluetoothd-refused", "bluez=REFUSED", ROLLSTAT_LINK_BLUETOOTHD, UNKNOWN, "bus policy",
	 NULL},
	{"bluetoothd-unasked", "bluez=UNASKED bus=NOBODY", ROLLSTAT_LINK_BLUETOOTHD, UNKNOWN,
	 "system bus", NULL},
	{"bluez-new-enough", "", ROLLSTAT_LINK_BLUEZ_VERSION, FINE, "5.66", NULL},
	{"bluez-newer", "major=6 minor=1", ROLLSTAT_LINK_BLUEZ_VERSION, FINE, "6.1", NULL},
	{"bluez-old", "minor=65", ROLLSTAT_LINK_BLUEZ_VERSION, ATTENTION,
	 "5.65; rollerd was tried with 5.66", "update the system"},
	{"bluez-nameless", "major=0", ROLLSTAT_LINK_BLUEZ_VERSION, UNKNOWN, "does not say", NULL},
	{"power", "", ROLLSTAT_LINK_POWER, FINE, "switched on", NULL},
	{"power-off", "powered=0", ROLLSTAT_LINK_POWER, BROKEN, "switched off",
	 "bluetoothctl power on"},
	{"power-blocked", "powered=0 soft=1", ROLLSTAT_LINK_POWER, BROKEN, "switched off",
	 "First unblock"},
	{"power-unseen", "adapters=0 adapter=", ROLLSTAT_LINK_POWER, BROKEN, "bluetoothd none",
	 "restart bluetooth"},
	{"power-without-adapter", "adapters=0 radios=0 adapter=", ROLLSTAT_LINK_POWER, UNKNOWN,
	 "without an adapter", NULL},
	{"power-without-bluetoothd", NO_BLUEZ, ROLLSTAT_LINK_POWER, UNKNOWN,
	 "before bluetoothd answers", NULL},
};

static const Case service_cases[] = {
	{"service", "", ROLLSTAT_LINK_SERVICE, FINE, "installed", NULL},
	{"service-masked", "unit.load=masked own=NOBODY", ROLLSTAT_LINK_SERVICE, BROKEN, "masked",
	 "systemctl --user unmask rollerd"},
	{"service-masked-until-boot", "unit.load=masked unit.file=masked-runtime own=NOBODY",
	 ROLLSTAT_LINK_SERVICE, BROKEN, "masked", "systemctl --user unmask --runtime rollerd"},
	{"service-unreadable", "unit.load=bad-setting", ROLLSTAT_LINK_SERVICE, BROKEN,
	 "bad-setting", "Install rollerd again"},
	{"service-missing", "unit.load=not-found own=NOBODY", ROLLSTAT_LINK_SERVICE, BROKEN,
	 "knows no rollerd.service", "systemctl --user daemon-reload"},
	{"service-by-hand", "unit.load=not-found", ROLLSTAT_LINK_SERVICE, ATTENTION,
	 "knows no rollerd.service", "Install the package"},
	{"service-of-system", "system-wanted=1 system-unit.reply=GIVEN system-unit.load=not-found",
	 ROLLSTAT_LINK_SERVICE, BROKEN, "knows no", "sudo systemctl daemon-reload"},
	{"systemd-none", "unit.reply=NOBODY", ROLLSTAT_LINK_SERVICE, UNKNOWN, "no systemd", NULL},
	{"systemd-none-nor-daemon", "unit.reply=UNASKED own=NOBODY", ROLLSTAT_LINK_SERVICE, UNKNOWN,
	 "no systemd of your session", "not by su or sudo"},
	{"systemd-of-system-none", "system-wanted=1 system-unit.reply=NOBODY",
	 ROLLSTAT_LINK_SERVICE, UNKNOWN, "no systemd here", NULL},
	{"systemd-hung", "unit.reply=LATE", ROLLSTAT_LINK_SERVICE, BROKEN, "within 3 s",
	 "Log out and in"},
	{"systemd-refused", "unit.reply=REFUSED", ROLLSTAT_LINK_SERVICE, UNKNOWN, "does not let",
	 NULL},
	{"running", "", ROLLSTAT_LINK_RUNNING, FINE, "It runs", NULL},
	{"running-by-hand", "unit.active=inactive", ROLLSTAT_LINK_RUNNING, FINE, "by hand", NULL},
	{"running-not", DOWN, ROLLSTAT_LINK_RUNNING, BROKEN, "does not run",
	 "systemctl --user start rollerd"},
	{"running-failed", "own=NOBODY unit.active=failed unit.result=exit-code",
	 ROLLSTAT_LINK_RUNNING, BROKEN, "exit-code", "journalctl --user -u rollerd"},
	{"running-failed-often", FAILED_UNIT "unit.result=start-limit-hit", ROLLSTAT_LINK_RUNNING,
	 BROKEN, "start-limit-hit",
	 "\nsystemctl --user reset-failed rollerd\nsystemctl --user restart rollerd"},
	{"running-failed-by-configuration", FAILED_UNIT "config-fault=rollerd.conf:2:_no_such_key",
	 ROLLSTAT_LINK_RUNNING, BROKEN, "exit-code",
	 "First put its configuration right, see below; then:\nsystemctl --user restart rollerd"},
	{"running-failed-by-owner", FAILED_UNIT "writable=0", ROLLSTAT_LINK_RUNNING, BROKEN,
	 "exit-code", "First mend its database, see below; then:\nsystemctl --user restart"},
	{"running-failed-by-damage", FAILED_UNIT "damage=Tree_3_page_7", ROLLSTAT_LINK_RUNNING,
	 BROKEN, "exit-code", "First mend its database, see below"},
	{"running-failed-by-page", FAILED_UNIT "open-fault=damaged code=3", ROLLSTAT_LINK_RUNNING,
	 BROKEN, "exit-code", "First mend its database, see below"},
	{"running-failed-before-any", FAILED_UNIT "open-fault=absent code=0 there=0",
	 ROLLSTAT_LINK_RUNNING, BROKEN, "exit-code", "journalctl --user -u rollerd"},
	{"running-again-and-again", "own=NOBODY unit.active=activating unit.sub=auto-restart",
	 ROLLSTAT_LINK_RUNNING, BROKEN, "cannot start", "systemctl --user restart rollerd"},
	{"running-soon", "own=NOBODY unit.active=activating unit.sub=start", ROLLSTAT_LINK_RUNNING,
	 ATTENTION, "starting", "Ask again"},
	{"enabled", "", ROLLSTAT_LINK_ENABLED, FINE, "log in", NULL},
	{"enabled-not", "unit.file=disabled", ROLLSTAT_LINK_ENABLED, ATTENTION, "does not start",
	 "systemctl --user enable --now rollerd"},
	{"enabled-of-system",
	 "system-wanted=1 system-unit.reply=GIVEN system-unit.load=loaded "
	 "system-unit.file=disabled",
	 ROLLSTAT_LINK_ENABLED, ATTENTION, "with the machine",
	 "sudo systemctl enable --now rollerd"},
	{"linger", "", ROLLSTAT_LINK_LINGER, FINE, "logged out", NULL},
	{"linger-not", "lingering=0", ROLLSTAT_LINK_LINGER, ATTENTION, "as you log out",
	 "sudo loginctl enable-linger \"$USER\""},
	{"linger-unknown", "linger=NOBODY", ROLLSTAT_LINK_LINGER, UNKNOWN, "logind", NULL},
	{"crashes", "", ROLLSTAT_LINK_CRASHES, FINE, "None", NULL},
	{"crashes-once", "unit.restarts=1", ROLLSTAT_LINK_CRASHES, ATTENTION, "again 1 time.",
	 "journalctl --user -u rollerd"},
	{"crashes-often", "unit.restarts=7", ROLLSTAT_LINK_CRASHES, ATTENTION, "again 7 times.",
	 "journalctl"},
	{"policy", "", ROLLSTAT_LINK_POLICY, FINE, "lets you through", NULL},
	{"policy-bluez", "bluez=REFUSED", ROLLSTAT_LINK_POLICY, BROKEN, "talk to bluetoothd",
	 "reinstall bluez"},
	{"policy-rollerd", "own=NOBODY system=REFUSED", ROLLSTAT_LINK_POLICY, BROKEN,
	 "members of group rollerd", "sudo adduser \"$USER\" rollerd"},
	{"policy-unknown", NO_BLUEZ DOWN, ROLLSTAT_LINK_POLICY, UNKNOWN, "before somebody", NULL},
	{"daemon", "", ROLLSTAT_LINK_DAEMON, FINE, "session bus", NULL},
	{"daemon-none", DOWN, ROLLSTAT_LINK_DAEMON, UNKNOWN, "before it runs", NULL},
	{"daemon-none-nor-systemd", "own=NOBODY unit.reply=NOBODY unit.active=",
	 ROLLSTAT_LINK_DAEMON, BROKEN, "does not run", "in a terminal of its own: rollerd"},
	{"daemon-off-the-bus", "own=NOBODY", ROLLSTAT_LINK_DAEMON, BROKEN, "not on the bus",
	 "systemctl --user restart rollerd"},
	{"daemon-off-the-system-bus",
	 "system-wanted=1 system-unit.reply=GIVEN system-unit.active=active", ROLLSTAT_LINK_DAEMON,
	 BROKEN, "not on the bus", "sudo systemctl reload dbus\nsudo systemctl restart rollerd"},
	{"daemon-hung", "own=LATE", ROLLSTAT_LINK_DAEMON, BROKEN, "within 3 s",
	 "systemctl --user restart rollerd"},
	{"daemon-odd", "own=FAILED system=FAILED", ROLLSTAT_LINK_DAEMON, BROKEN, "not understood",
	 "restart rollerd"},
	{"daemon-refused", "own=NOBODY system=REFUSED", ROLLSTAT_LINK_DAEMON, UNKNOWN,
	 "does not let", NULL},
	{"daemon-without-bus", "own=UNASKED own.bus=NOBODY", ROLLSTAT_LINK_DAEMON, UNKNOWN,
	 "no session bus", NULL},
	{"daemon-on-hung-bus", "own=UNASKED own.bus=LATE unit.reply=UNASKED", ROLLSTAT_LINK_DAEMON,
	 BROKEN, "session bus does not answer within 3 s", "Log out"},
	{"daemon-without-system-bus", "system-wanted=1 system=UNASKED system.bus=NOBODY",
	 ROLLSTAT_LINK_DAEMON, UNKNOWN, "Without the system bus", NULL},
	{"daemon-twice", "system-unit.active=active", ROLLSTAT_LINK_DAEMON, ATTENTION, "at once",
	 "systemctl --user disable --now rollerd\nor: sudo systemctl disable"},
	{"version", "", ROLLSTAT_LINK_VERSION, FINE, ROLLSTAT_VERSION, NULL},
	{"version-older", "version=0.0.9", ROLLSTAT_LINK_VERSION, ATTENTION, "is 0.0.9",
	 "systemctl --user restart rollerd"},
	{"trouble", "", ROLLSTAT_LINK_TROUBLE, FINE, "none", NULL},
	{"trouble-some", "trouble=no_Bluetooth_adapter:_plug_one_in", ROLLSTAT_LINK_TROUBLE, BROKEN,
	 "no Bluetooth adapter: plug one in", "journalctl --user -u rollerd"},
	{"configuration", "", ROLLSTAT_LINK_CONFIGURATION, FINE, "rollerd.conf can be taken", NULL},
	{"configuration-none", "config-there=0", ROLLSTAT_LINK_CONFIGURATION, FINE, "There is no",
	 NULL},
	{"configuration-bad", "config-fault=rollerd.conf:2:_no_such_key",
	 ROLLSTAT_LINK_CONFIGURATION, BROKEN, "rollerd.conf:2: no such key",
	 "systemctl --user reload rollerd"},
	{"configuration-unread", "check=NOBODY", ROLLSTAT_LINK_CONFIGURATION, UNKNOWN, "not found",
	 NULL},
	{"configuration-old", "check=FAILED", ROLLSTAT_LINK_CONFIGURATION, UNKNOWN, "too old",
	 NULL},
	{"configuration-slow", "check=LATE", ROLLSTAT_LINK_CONFIGURATION, UNKNOWN, "in time", NULL},
};

static const Case sensor_cases[] = {
	{"sensor", "", ROLLSTAT_LINK_SENSOR, FINE, "streams", NULL},
	{"sensor-silent", "link=silent detail=no_data", ROLLSTAT_LINK_SENSOR, BROKEN,
	 "sends nothing: no data", "off and on"},
	{"sensor-connecting", "link=connecting", ROLLSTAT_LINK_SENSOR, ATTENTION, "being connected",
	 "Ask again"},
	{"sensor-absent", "link=absent", ROLLSTAT_LINK_SENSOR, ATTENTION, "not heard",
	 "Switch it on"},
	{"sensor-waited-for", "link=connecting detail=the_link_was_lost sampled=1773514785000000",
	 ROLLSTAT_LINK_SENSOR, ATTENTION, "not heard: the link was lost", "Switch it on"},
	{"sensor-connecting-again", "link=connecting sampled=1773514795000000",
	 ROLLSTAT_LINK_SENSOR, ATTENTION, "being connected", "Ask again"},
	{"sensor-connecting-while-off", "link=connecting powered=0", ROLLSTAT_LINK_SENSOR, UNKNOWN,
	 "before Bluetooth works", NULL},
	{"sensor-absent-while-off", "link=absent powered=0", ROLLSTAT_LINK_SENSOR, UNKNOWN,
	 "before Bluetooth works", NULL},
	{"sensor-absent-while-stopped", "link=absent " NO_BLUEZ, ROLLSTAT_LINK_SENSOR, UNKNOWN,
	 "before Bluetooth works", NULL},
	{"sensor-unknown", DOWN, ROLLSTAT_LINK_SENSOR, UNKNOWN, "before rollerd answers", NULL},
	{"pairing", "", ROLLSTAT_LINK_PAIRING, FINE, "asks for none", NULL},
	{"pairing-done", "paired=1", ROLLSTAT_LINK_PAIRING, FINE, "is paired", NULL},
	{"pairing-asked", "asks=1", ROLLSTAT_LINK_PAIRING, BROKEN, "until you let",
	 "rollstat pair C0:FF:EE:00:00:01"},
	{"samples", "", ROLLSTAT_LINK_SAMPLES, FINE, "fresh", NULL},
	{"samples-old", "sampled=1773514796000000", ROLLSTAT_LINK_SAMPLES, ATTENTION,
	 "4 seconds old", "nearer"},
	{"samples-none", "sampled=0", ROLLSTAT_LINK_SAMPLES, BROKEN, "None came", "off and on"},
	{"rate", "", ROLLSTAT_LINK_RATE, FINE, "99.9 samples a second; the sensor says 100.0",
	 NULL},
	{"rate-low", "rate=80", ROLLSTAT_LINK_RATE, ATTENTION, "80.0", "nearer"},
	{"rate-high", "rate=130", ROLLSTAT_LINK_RATE, ATTENTION, "130.0", "firmware"},
	{"rate-twice", "rate=198", ROLLSTAT_LINK_RATE, ATTENTION, "198.0",
	 "Another program listens"},
	{"rate-lowest", "rate=40", ROLLSTAT_LINK_RATE, BROKEN, "40.0", "nearer"},
	{"rate-unknown", "rate=nan", ROLLSTAT_LINK_RATE, UNKNOWN, "Not yet", NULL},
	{"loss", "", ROLLSTAT_LINK_LOSS, FINE, "0.3 %", NULL},
	{"loss-some", "lost=100", ROLLSTAT_LINK_LOSS, ATTENTION, "9.1 % of its packets", "nearer"},
	{"loss-much", "lost=500", ROLLSTAT_LINK_LOSS, BROKEN, "500 of 1500", "nearer"},
	{"loss-while-away", "lost=500 away=497", ROLLSTAT_LINK_LOSS, FINE, "(3 of 1003)", NULL},
	{"loss-unknown", "received=0", ROLLSTAT_LINK_LOSS, UNKNOWN, "Too few", NULL},
	{"drift", "", ROLLSTAT_LINK_DRIFT, FINE, "-20 ppm", NULL},
	{"drift-much", "drift=180", ROLLSTAT_LINK_DRIFT, ATTENTION, "+180 ppm", "machine's clock"},
	{"drift-unknown", "drift=nan", ROLLSTAT_LINK_DRIFT, UNKNOWN, "two minutes", NULL},
	{"battery", "", ROLLSTAT_LINK_BATTERY, FINE, "87 %", NULL},
	{"battery-low", "battery=19", ROLLSTAT_LINK_BATTERY, ATTENTION, "19 %", "Charge it"},
	{"battery-unknown", "battery=-1", ROLLSTAT_LINK_BATTERY, UNKNOWN, "does not tell", NULL},
};

static const Case history_cases[] = {
	{"database", "", ROLLSTAT_LINK_DATABASE, FINE, "321 sessions, 12 MB, version 4", NULL},
	{"database-one", "sessions=1 bytes=53248", ROLLSTAT_LINK_DATABASE, FINE, "1 session, 53 kB",
	 NULL},
	{"database-none", "there=0", ROLLSTAT_LINK_DATABASE, ATTENTION, "Nothing was recorded",
	 "Let rollerd run"},
	{"database-newer", "open-fault=too_new code=2", ROLLSTAT_LINK_DATABASE, BROKEN, "too new",
	 "update rollstat"},
	{"database-foreign", "open-fault=foreign code=1", ROLLSTAT_LINK_DATABASE, BROKEN, "foreign",
	 "move this one away"},
	{"database-damaged", "open-fault=damaged code=3", ROLLSTAT_LINK_DATABASE, BROKEN, "damaged",
	 "systemctl --user stop rollerd\nNo backup is known. If you have one elsewhere: rollstat "
	 "restore FILE\nElse keep a copy"},
	{"database-damaged-kept", "open-fault=damaged code=3 " KEPT, ROLLSTAT_LINK_DATABASE, BROKEN,
	 "damaged",
	 "systemctl --user stop rollerd\nrollstat restore '/b/rollerd-1.db'\n"
	 "systemctl --user start rollerd\nThat backup was made 24 hours ago"},
	{"database-damaged-at-its-head", "open-fault=foreign code=1 " KEPT, ROLLSTAT_LINK_DATABASE,
	 BROKEN, "foreign", "rollstat restore '/b/rollerd-1.db'"},
	{"database-damaged-elsewhere", "open-fault=damaged code=3 usual=0 path=/tmp/a.db " KEPT,
	 ROLLSTAT_LINK_DATABASE, BROKEN, "damaged",
	 "rollstat --db '/tmp/a.db' restore '/b/rollerd-1.db'"},
	{"database-foreign-elsewhere", "open-fault=foreign code=1 usual=0 " KEPT,
	 ROLLSTAT_LINK_DATABASE, BROKEN, "foreign", "move this one away"},
	{"database-damaged-hidden",
	 "open-fault=damaged code=3 db-system=1 hidden=/var/lib/rollerd/backups",
	 ROLLSTAT_LINK_DATABASE, BROKEN, "damaged",
	 "sudo ls -lt '/var/lib/rollerd/backups'\nPut back the newest that is there: sudo rollstat "
	 "--system restore FILE"},
	{"database-locked", "open-fault=locked code=4", ROLLSTAT_LINK_DATABASE, BROKEN, "locked",
	 "Ask again"},
	{"database-full", "open-fault=full code=5", ROLLSTAT_LINK_DATABASE, BROKEN, "full",
	 "Make room"},
	{"database-barred", "open-fault=permission code=6", ROLLSTAT_LINK_DATABASE, BROKEN,
	 "permission", "ls -l '/home/anna"},
	{"database-of-root", "open-fault=permission code=6 readable=0", ROLLSTAT_LINK_DATABASE,
	 BROKEN, "permission", "sudo chown -R \"$USER\": '/home/anna/.local/share/rollerd'"},
	{"database-of-system", "open-fault=permission code=6 db-system=1 readable=0",
	 ROLLSTAT_LINK_DATABASE, BROKEN, "permission",
	 "sudo adduser \"$USER\" rollerd\nThen log in again."},
	{"database-of-system-and-root",
	 "open-fault=permission code=6 db-system=1 readable=0 member=1", ROLLSTAT_LINK_DATABASE,
	 BROKEN, "permission", "sudo chown -R rollerd: '/home"},
	{"health", "", ROLLSTAT_LINK_HEALTH, FINE, "All of it", NULL},
	{"health-in-part", "checked=0", ROLLSTAT_LINK_HEALTH, FINE, "the rest was not read",
	 "PRAGMA quick_check"},
	{"health-ill", "damage=Tree_3_page_7", ROLLSTAT_LINK_HEALTH, BROKEN,
	 "It is damaged: Tree 3 page 7", "keep a copy"},
	{"health-ill-kept", "damage=Tree_3_page_7 " KEPT, ROLLSTAT_LINK_HEALTH, BROKEN,
	 "Tree 3 page 7", "\nrollstat restore '/b/rollerd-1.db'\n"},
	{"writable", "", ROLLSTAT_LINK_WRITABLE, FINE, "may write", NULL},
	{"writable-not", "writable=0", ROLLSTAT_LINK_WRITABLE, BROKEN, "may not write",
	 "sudo chown -R \"$USER\": '/home/anna/.local/share/rollerd'"},
	{"writable-not-by-owner", "writable=0", ROLLSTAT_LINK_WRITABLE, BROKEN, "may not write",
	 "\nsudo chmod -R u+rwX '/home/anna/.local/share/rollerd'"},
	{"writable-not-elsewhere", "writable=0 path=/tmp/it's.db", ROLLSTAT_LINK_WRITABLE, BROKEN,
	 "may not write /tmp/it's.db", "ls -ld '/tmp' '/tmp/it'\\''s.db'"},
	{"writable-not-of-system", "writable=0 db-system=1", ROLLSTAT_LINK_WRITABLE, BROKEN,
	 "may not write", "sudo chown -R rollerd:"},
	{"room", "", ROLLSTAT_LINK_ROOM, FINE, "79.0 GB", NULL},
	{"room-little", "free=150000000", ROLLSTAT_LINK_ROOM, ATTENTION, "150 MB", "Make room"},
	{"room-none", "free=1500000", ROLLSTAT_LINK_ROOM, BROKEN, "1.5 MB", "Make room"},
	{"room-unknown", "free=-1", ROLLSTAT_LINK_ROOM, UNKNOWN, "does not say", NULL},
	{"backup", "", ROLLSTAT_LINK_BACKUP, FINE, "5 days ago", NULL},
	{"backup-nothing", "sessions=0 backup=0", ROLLSTAT_LINK_BACKUP, FINE, "nothing yet", NULL},
	{"backup-of-all", "backup=1700000000000000 last=1690000000000000", ROLLSTAT_LINK_BACKUP,
	 FINE, "days ago", NULL},
	{"backup-old", "backup=1700000000000000", ROLLSTAT_LINK_BACKUP, ATTENTION, "850 days ago",
	 "rollstat backup"},
	{"backup-none", "backup=0", ROLLSTAT_LINK_BACKUP, ATTENTION, "None was ever",
	 "rollstat backup"},
	{"backup-copy", "backup=0 copy=1773428400000000", ROLLSTAT_LINK_BACKUP, ATTENTION,
	 "24 hours ago", "rollstat backup"},
};

static const Case machine_cases[] = {
	{"zone", "", ROLLSTAT_LINK_ZONE, FINE, "Europe/Berlin", NULL},
	{"zone-none", "has-zone=0", ROLLSTAT_LINK_ZONE, ATTENTION, "UTC",
	 "timedatectl set-timezone"},
	{"zone-odd", "zone-known=0 zone=Mars/Base", ROLLSTAT_LINK_ZONE, ATTENTION, "Mars/Base",
	 "timedatectl list-timezones"},
	{"clock", "", ROLLSTAT_LINK_CLOCK, FINE, "by the network", NULL},
	{"clock-soon", "synchronised=0", ROLLSTAT_LINK_CLOCK, ATTENTION, "was not yet",
	 "timesync-status"},
	{"clock-free", "synchronised=0 synchronising=0", ROLLSTAT_LINK_CLOCK, ATTENTION,
	 "may be wrong", "sudo timedatectl set-ntp true"},
	{"clock-free-without-program", "synchronised=0 synchronising=0 synchronisable=0",
	 ROLLSTAT_LINK_CLOCK, ATTENTION, "may be wrong", "sudo apt install systemd-timesyncd"},
	{"clock-unknown", "clock=NOBODY", ROLLSTAT_LINK_CLOCK, UNKNOWN, "Not to be told here",
	 NULL},
	{"clock-hung", "clock=LATE", ROLLSTAT_LINK_CLOCK, UNKNOWN, "does not answer", NULL},
	{"clock-behind", "last=1773518400000000", ROLLSTAT_LINK_CLOCK, BROKEN,
	 "60 minutes in the future", "timedatectl"},
	{"terminal", "", ROLLSTAT_LINK_TERMINAL, FINE, "xterm-256color: 80 columns, UTF-8", NULL},
	{"terminal-none", "terminal=0", ROLLSTAT_LINK_TERMINAL, FINE, "goes to none", NULL},
	{"terminal-ascii", "utf8=0", ROLLSTAT_LINK_TERMINAL, ATTENTION, "ASCII",
	 "export LC_CTYPE=C.UTF-8"},
	{"terminal-narrow", "width=40", ROLLSTAT_LINK_TERMINAL, ATTENTION, "40 columns",
	 "Widen it"},
	{"terminal-odd", "term-known=0", ROLLSTAT_LINK_TERMINAL, ATTENTION, "xterm",
	 "ncurses-term"},
};

static gboolean
is_as_wanted(const RollstatFinding *finding, const Case *wanted)
{
	return finding->link == wanted->link && finding->verdict == wanted->verdict &&
	       strstr(finding->detail, wanted->detail) != NULL &&
	       (wanted->mend == NULL
			? finding->mend == NULL
			: finding->mend != NULL && strstr(finding->mend, wanted->mend) != NULL);
}

/* The one finding, and that no link is left that is broken without a mend. */
static void
test_case(gconstpointer data)
{
	const Case *wanted = data;
	g_auto(RollstatFacts) facts = {0};
	guint n_found = 0;
	doctor_facts_init(&facts);
	doctor_facts_change(&facts, wanted->changes);
	g_autoptr(GPtrArray) findings = rollstat_judge(&facts);
	for (guint i = 0; i < findings->len; i++) {
		const RollstatFinding *finding = findings->pdata[i];
		g_test_message("%s %s: %s / %s",
			       rollstat_finding_get_verdict_name(finding->verdict),
			       rollstat_finding_get_link_name(finding->link), finding->detail,
			       finding->mend);
		n_found += is_as_wanted(finding, wanted);
		if (finding->verdict == BROKEN || finding->verdict == ATTENTION)
			g_assert_nonnull(finding->mend);
	}
	g_assert_cmpuint(n_found, ==, 1);
}

/* All links are told once, in the order of the chain, and all are fine. */
static void
test_well(void)
{
	g_auto(RollstatFacts) facts = {0};
	doctor_facts_init(&facts);
	g_autoptr(GPtrArray) findings = rollstat_judge(&facts);
	g_assert_cmpuint(findings->len, ==, ROLLSTAT_LINKS);
	for (guint i = 0; i < findings->len; i++)
		g_assert_cmpint(((RollstatFinding *)findings->pdata[i])->link, ==, (int)i);
	g_assert_cmpuint(rollstat_finding_count(findings, FINE), ==, findings->len);
}

/* No sensor: by what the history knows. */
static void
test_no_sensor(void)
{
	g_auto(RollstatFacts) facts = {0};
	doctor_facts_init(&facts);
	g_ptr_array_set_size(facts.service.own.status->sensors, 0);
	g_autoptr(GPtrArray) never = rollstat_judge(&facts);
	doctor_facts_change(&facts, "heard=Old_roller heard-at=1773255600000000");
	g_autoptr(GPtrArray) once = rollstat_judge(&facts);
	const Case cases[] = {
		{"", "", ROLLSTAT_LINK_SENSOR, ATTENTION, "None was ever heard", "Switch it on"},
		{"", "", ROLLSTAT_LINK_SENSOR, ATTENTION, "Old roller was heard 3 days ago",
		 "hear=known"},
	};
	g_assert_true(is_as_wanted(never->pdata[ROLLSTAT_LINK_SENSOR], &cases[0]));
	g_assert_true(is_as_wanted(once->pdata[ROLLSTAT_LINK_SENSOR], &cases[1]));
}

/* Which daemon is in question. */
static void
test_whose(void)
{
	static const struct {
		const char *changes;
		gboolean is_system;
	} cases[] = {
		{"", FALSE},
		{"system-wanted=1", TRUE},
		{"own=NOBODY system=GIVEN", TRUE},
		{"system=GIVEN", FALSE},
		{"own=NOBODY system=REFUSED", TRUE},
		{"own=NOBODY", FALSE},
		{"own=NOBODY unit.active=inactive system-unit.active=failed", TRUE},
		{"own=NOBODY unit.active=inactive unit.file=disabled system-unit.file=enabled",
		 TRUE},
		{"own=NOBODY unit.active=inactive system-unit.file=enabled", FALSE},
		{"own=NOBODY unit.active= unit.file=", FALSE},
		/* Stopped and disabled, or masked: the one that was there once. */
		{NEITHER "system-history=1", TRUE},
		{NEITHER "system-history=1 own-history=1", FALSE},
		{NEITHER "system-unit.file=masked system-history=1", TRUE},
		{"own=NOBODY unit.active=inactive system-history=1", FALSE},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(RollstatFacts) facts = {0};
		doctor_facts_init(&facts);
		doctor_facts_change(&facts, cases[i].changes);
		g_test_message("%s", cases[i].changes);
		g_assert_cmpint(rollstat_facts_is_system(&facts.service), ==, cases[i].is_system);
	}
}

static void
add_cases(const Case *cases, gsize n)
{
	for (gsize i = 0; i < n; i++) {
		g_autofree char *path = g_strdup_printf("/doctor/%s", cases[i].name);
		g_test_add_data_func(path, &cases[i], test_case);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/doctor/all-is-well", test_well);
	g_test_add_func("/doctor/no-sensor", test_no_sensor);
	g_test_add_func("/doctor/whose", test_whose);
	add_cases(bluetooth_cases, G_N_ELEMENTS(bluetooth_cases));
	add_cases(service_cases, G_N_ELEMENTS(service_cases));
	add_cases(sensor_cases, G_N_ELEMENTS(sensor_cases));
	add_cases(history_cases, G_N_ELEMENTS(history_cases));
	add_cases(machine_cases, G_N_ELEMENTS(machine_cases));
	return g_test_run();
}
