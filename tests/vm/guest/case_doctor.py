# SPDX-License-Identifier: MIT
"""rollstat doctor: all is well, and one fault after the other; what it names as the mend is run as it stands, and mends it.

A person asks who is logged in at a terminal, a member of group rollerd who may use sudo.
"""

import contextlib
import json
import pathlib
import re
import shutil
import time

import rig
from case import case
from case_bluez import set_power
from login import Login, at_home, make_person
from rig import Air, History, Rolling, check, run, service, wait_for

# What a person may copy from an answer into the shell; all else is advice.
COMMAND = re.compile(r"(sudo|systemctl|bluetoothctl|loginctl|rollstat) ")
# No network sets the clock of this machine, and nobody made a backup.
USUAL_ATTENTION = {"clock", "backup"}


class Doctor:
    """Who asks, and what they were told last."""

    def __init__(self, login):
        self.login = login
        self.findings = []

    def ask(self):
        """The links that are broken."""
        status, said = self.login.do("rollstat --json doctor")
        try:
            self.findings = json.loads(said)
        except ValueError as why:
            raise rig.Failed(f"doctor --json says no JSON: {said[-600:]}") from why
        broken = [f["link"] for f in self.findings if f["verdict"] == "broken"]
        check(status == (1 if broken else 0), f"exit status {status}, broken: {broken}")
        return broken

    def find(self, link, verdict):
        return [f for f in self.findings if f["link"] == link and f["verdict"] == verdict]

    def tell_unwell(self):
        return [(f["link"], f["verdict"], f["detail"]) for f in self.findings if f["verdict"] != "fine"]

    def show(self):
        """As a person sees it: into what comes back."""
        return self.login.do("rollstat doctor")[1]

    def expect_well(self, limit_s=30, attention=()):
        """Nothing is broken, and no more wants attention than is usual here."""
        allowed = USUAL_ATTENTION | set(attention)
        end = time.monotonic() + limit_s
        while self.ask() or not {f["link"] for f in self.findings if f["verdict"] == "attention"} <= allowed:
            check(time.monotonic() < end, f"all should be well within {limit_s} s: {self.tell_unwell()}")
            time.sleep(0.5)

    def expect(self, link, verdict, detail="", limit_s=30):
        """That it names this link; where it is broken, before any other. Gives what it says of it."""
        end = time.monotonic() + limit_s
        while True:
            broken = self.ask()
            named = [f for f in self.find(link, verdict) if detail in f["detail"]]
            if named and (verdict != "broken" or broken[0] == link):
                self.show()
                return named[0]
            check(time.monotonic() < end, f"{link} is not {verdict} within {limit_s} s: {self.tell_unwell()}")
            time.sleep(0.5)

    def mend(self, finding):
        """Runs each command that is named, as it stands, and agrees where it asks. Unix time at the end."""
        commands = [line for line in (finding["mend"] or "").splitlines() if COMMAND.match(line)]
        check(commands, f"no command mends it: {finding}")
        for command in commands:
            status, said = self.login.do(command, answers={r"\(y/N\)": "y"})
            check(status == 0, f"{command}: exit status {status}: {said[-600:]}")
        return time.time()


class Visit:
    """A person who asks while somebody rolls and the service is as one has it who wants it. See with doctoring()."""

    def __init__(self, rolling, login):
        self.rolling = rolling
        self.doctor = Doctor(login)

    def broken(self, link, detail="", attention=()):
        """What is told of the link that is broken now is run; seconds until samples flow again."""
        there = self.doctor.mend(self.doctor.expect(link, "broken", detail))
        again_s = self.rolling.wait_samples(after=there, limit_s=30) - there
        self.doctor.expect_well(attention=attention)
        return again_s

    def attention(self, link):
        """The same of one that wants attention."""
        self.doctor.mend(self.doctor.expect(link, "attention"))
        self.doctor.expect_well()
        check(not self.doctor.find(link, "attention"), f"{link} still wants attention")


@contextlib.contextmanager
def doctoring(name, user):
    make_person(user, "rollerd")
    run("systemctl", "enable", "--quiet", "rollerd.service")
    try:
        with Rolling(name) as rolling, at_home(user), Login(user, name) as login:
            rolling.begin()
            yield Visit(rolling, login)
            rolling.end()
    finally:
        run("systemctl", "disable", "--quiet", "rollerd.service", is_checked=False)


@case("doctor-well", "doctor, asked by a member of the group while the sensor streams: all is well", is_usual=True)
def well():
    with doctoring("doctor-well", "dora") as visit:
        time.sleep(8)  # 50 packets tell of losses
        doctor = visit.doctor
        begin = time.monotonic()
        doctor.expect_well()
        took_s = time.monotonic() - begin
        doctor.show()
        for link in ("power", "daemon", "sensor", "samples", "rate", "loss", "database", "health", "writable"):
            check(doctor.find(link, "fine"), f"{link} is not fine: {doctor.tell_unwell()}")
        rate_hz = float(re.match(r"[0-9.]+", doctor.find("rate", "fine")[0]["detail"])[0])
        check(95 <= rate_hz <= 105, f"{rate_hz} samples a second")
        return {"rate told": f"{rate_hz:.1f} Hz", "doctor took": f"{took_s:.1f} s"}


@case(
    "doctor-bluetooth",
    "adapter off, rfkill, bluetoothd disabled, masked: doctor names each, its commands mend it",
    machine="person",
    limit_s=240,
)
def bluetooth():
    worst_s = 0.0
    with doctoring("doctor-bluetooth", "bess") as visit:
        set_power(False)
        worst_s = max(worst_s, visit.broken("power", "switched off"))
        run("rfkill", "block", "bluetooth")
        worst_s = max(worst_s, visit.broken("rfkill", "blocked"))
        for words in (["disable"], ["mask"], ["mask", "--runtime"]):
            run("systemctl", *words, "--quiet", "--now", "bluetooth.service")
            worst_s = max(worst_s, visit.broken("bluetoothd", "does not run"))
    return {"again_s": worst_s}


@case(
    "doctor-service",
    "the same of rollerd stopped, disabled, masked, misconfigured, and of a stranger to its group",
    machine="person",
    limit_s=240,
)
def of_service():
    worst_s = 0.0
    make_person("nora")
    with doctoring("doctor-service", "sven") as visit:
        service("stop")
        worst_s = max(worst_s, visit.broken("running", "does not run"))
        run("systemctl", "disable", "--quiet", "--now", "rollerd.service")
        worst_s = max(worst_s, visit.broken("running", "does not run", ["enabled"]))
        visit.attention("enabled")
        run("systemctl", "mask", "--quiet", "--now", "rollerd.service")
        visit.doctor.mend(visit.doctor.expect("service", "broken", "masked"))
        worst_s = max(worst_s, visit.broken("running", "does not run"))
        good = rig.CONFIG.read_text(encoding="utf-8")
        rig.CONFIG.write_text("[person]\nspine_cm=long\n", encoding="utf-8")
        run("systemctl", "restart", "rollerd.service", is_checked=False)
        finding = visit.doctor.expect("running", "broken", "cannot start")
        check("configuration" in finding["mend"], f"it does not say why: {finding}")
        check(visit.doctor.find("configuration", "broken"), "the configuration is fine")
        rig.CONFIG.write_text(good, encoding="utf-8")
        visit.doctor.expect_well(attention=["crashes"])  # systemd tries again by itself
        with Login("nora", "doctor-service") as login:
            stranger = Doctor(login)
            stranger.mend(stranger.expect("bus-policy", "broken", "members of group rollerd"))
        with at_home("nora"), Login("nora", "doctor-service") as login:
            Doctor(login).expect_well(attention=["crashes"])
    return {"again_s": worst_s}


def damage(path):
    """Rubbish over half of its pages."""
    with open(path, "r+b") as file:
        size = file.seek(0, 2)
        file.seek(size // 4 // 4096 * 4096)
        file.write(b"\x5a" * (size // 2))


def mend_database(visit, why):
    """rollerd cannot start by its database: both are named, and both are mended."""
    run("systemctl", "start", "rollerd.service", is_checked=False)
    doctor = visit.doctor
    finding = doctor.expect("running", "broken")
    check("database" in finding["mend"], f"it does not say why: {finding}")
    [database] = doctor.find("database", "broken") + doctor.find("health", "broken")
    check(why in database["detail"], f"it tells of the database {database}")
    doctor.mend(database)
    there = doctor.mend(finding)
    again_s = visit.rolling.wait_samples(after=there, limit_s=30) - there
    doctor.expect_well(attention=["crashes"])
    return again_s


@case(
    "doctor-database",
    "the same of a database that is root's, and of one that is half rubbish: by the last backup",
    machine="person",
    limit_s=240,
)
def of_database():
    with doctoring("doctor-database", "dirk") as visit:
        visit.attention("backup")
        service("stop")
        shutil.chown(rig.DATABASE, "root", "root")
        worst_s = mend_database(visit, "Permission denied")
        service("stop")
        run("rollstat", "--system", "backup")
        sessions = visit.rolling.history.count_sessions()
        damage(rig.DATABASE)
        worst_s = max(worst_s, mend_database(visit, "malformed"))
        check(visit.rolling.history.count_sessions() >= sessions, "what was backed up is not there")
        check(list(rig.STATE.glob("rollerd.db.before-restore-*")), "the damaged file was not kept")
    for path in rig.STATE.glob("*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return {"again_s": worst_s}


def own_history(user):
    return History(pathlib.Path(f"/home/{user}/.local/share/rollerd/rollerd.db"))


def is_told_of_another(doctor):
    doctor.ask()
    return any("Another program" in f["mend"] for f in doctor.find("rate", "attention"))


@case(
    "doctor-user",
    "doctor of a person's own service: ends with the login, a second rollerd listens, the sensor is away",
    machine="person",
    limit_s=240,
)
def of_user():
    make_person("carl", "rollerd")
    service("stop")
    rig.forget_devices()
    air = Air("doctor-user")
    try:
        with at_home("carl"), Login("carl", "doctor-user") as login:
            login.do("systemctl --user enable --now rollerd")
            doctor = Doctor(login)
            history = own_history("carl")
            wait_for(lambda: history.last_arrival() > 0, 60, "samples")
            doctor.expect_well(attention=["linger"])
            doctor.mend(doctor.expect("linger", "attention"))
            doctor.expect_well()
            service("start")
            doctor.expect("daemon", "attention", "at once")
            wait_for(lambda: is_told_of_another(doctor), 30, "doctor tells that another program listens, too")
            service("stop")
            doctor.expect_well()
            air.order("1 away")
            doctor.expect("sensor", "attention", "not heard")
            there = air.order("1 back")
            doctor.expect_well()
            again_s = next(t for t in history.arrivals() if t > there) - there
    finally:
        air.close()
    return {"again_s": again_s}
