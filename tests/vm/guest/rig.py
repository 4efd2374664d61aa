# SPDX-License-Identifier: MIT
"""What a case needs inside the machine: the sensor on the air, the service, its history.

The programs and units are those of the package, as installed. A case begins with an empty history and ends with it
read: what is told of it comes from the database that the daemon wrote, times from the machine's clock.
"""

import contextlib
import json
import pathlib
import shutil
import sqlite3
import subprocess
import threading
import time

HOME = pathlib.Path("/var/lib/rig")
OUT = HOME / "out"  # comes back to whoever started the machine
STATE = pathlib.Path("/var/lib/rollerd")
DATABASE = STATE / "rollerd.db"
CONFIG = pathlib.Path("/etc/rollerd/rollerd.conf")
ADDRESS = "C0:FF:EE:00:00:01"  # of the first sensor
MEASUREMENT = "526f6c6c-0003-4265-a173-746965426172"
RATE_HZ = 100
REBOOT = "reboot"  # what a case returns to be called anew after a reboot
PACKET_S = 0.1


class Failed(Exception):
    """A case does not hold; the text says what was seen."""


def check(holds, text):
    if not holds:
        raise Failed(text)


def run(*words, is_checked=True, limit_s=60, user=None, **more):
    """The standard output of a program."""
    if user:
        words = ("setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", "--reset-env", *words)
    done = subprocess.run(words, capture_output=True, text=True, timeout=limit_s, check=False, **more)
    if is_checked and done.returncode:
        raise Failed(f"{' '.join(words)}: exit status {done.returncode}: {(done.stderr or done.stdout).strip()[-600:]}")
    return done.stdout


def ask(*verb, user=None):
    return json.loads(run("rollstat", "--json", *verb, user=user))


def wait_for(condition, limit_s, what, every_s=0.2):
    """What condition() gives once it is true; how long that may take, and what it is in words."""
    end = time.monotonic() + limit_s
    while True:
        value = condition()
        if value:
            return value
        check(time.monotonic() < end, f"{what}: not within {limit_s} s")
        time.sleep(every_s)


class Air:
    """rollsim: the sensor, or several, on a Bluetooth controller of their own."""

    def __init__(self, name, *options, is_traced=True):
        trace = ("--trace", str(OUT / f"{name}.btsnoop")) if is_traced else ()
        self.log = open(OUT / f"{name}.air.txt", "a", encoding="utf-8")
        self.process = subprocess.Popen(
            ["rollsim", *trace, *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            bufsize=1,
        )
        self.events = []  # (time, sensor, event, detail)
        self.changed = threading.Condition()
        threading.Thread(target=self.listen, daemon=True).start()
        self.wait("ready", sensor=0, limit_s=20)

    def listen(self):
        for line in self.process.stdout:
            self.log.write(line)
            self.log.flush()
            words = line.split(None, 3)
            with self.changed:
                try:
                    self.events.append((float(words[0]), int(words[1]), words[2], "".join(words[3:]).strip()))
                except (ValueError, IndexError):
                    pass  # a complaint: it is in the log
                self.changed.notify_all()

    def order(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()
        return time.time()

    def find(self, event, sensor=1, after=0.0):
        return [e for e in self.events if e[2] == event and e[1] == sensor and e[0] >= after]

    def wait(self, event, sensor=1, after=0.0, limit_s=30):
        """The time of the first such event since."""
        end = time.monotonic() + limit_s
        with self.changed:
            while not self.find(event, sensor, after):
                left = end - time.monotonic()
                check(left > 0 and self.process.poll() is None, f"the sensor was not {event} within {limit_s} s")
                self.changed.wait(min(left, 1))
            return self.find(event, sensor, after)[0][0]

    def close(self):
        if self.process.poll() is None:
            with contextlib.suppress(OSError):
                self.order("quit")
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.log.close()


class History:
    """A database of rollerd, read beside it."""

    def __init__(self, path=DATABASE):
        self.path = path

    def rows(self, text, *values):
        with contextlib.closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)) as database:
            return database.execute(text, values).fetchall()

    def last_arrival(self):
        """Unix time of the newest value; 0 before the first."""
        try:
            [[last_us]] = self.rows("SELECT max(last_us) FROM recording")
        except sqlite3.OperationalError:
            return 0.0
        return (last_us or 0) / 1e6

    def arrivals(self, address=None):
        """Unix times of all measurements, in order, without those that a recording carried over."""
        rows = self.rows(
            "SELECT v.arrival_us FROM value v JOIN recording r ON r.id = v.recording JOIN sensor s ON s.id = r.sensor"
            " JOIN characteristic c ON c.id = v.characteristic"
            " WHERE c.uuid = ? AND v.n >= r.n_carried AND (?2 IS NULL OR s.address = ?2) ORDER BY 1",
            MEASUREMENT,
            address,
        )
        return [row[0] / 1e6 for row in rows]

    def count_doubles(self):
        """Measurements that are stored more often than once: the sensor's clock, sequence and samples are the same."""
        [[all_, different]] = self.rows(
            "SELECT count(*), count(DISTINCT r.sensor || ':' || hex(v.bytes)) FROM value v"
            " JOIN recording r ON r.id = v.recording JOIN characteristic c ON c.id = v.characteristic"
            " WHERE c.uuid = ? AND v.n >= r.n_carried",
            MEASUREMENT,
        )
        return all_ - different

    def count_overlaps(self):
        """Passes that lie within another of the same sensor."""
        [[n]] = self.rows(
            "SELECT count(*) FROM pass a JOIN session s ON s.id = a.session JOIN pass b JOIN session t ON t.id = b.session"
            " WHERE s.sensor = t.sensor AND (a.session, a.n) < (b.session, b.n)"
            " AND a.start_us < b.end_us AND b.start_us < a.end_us"
        )
        return n

    def count_sessions(self):
        [[n]] = self.rows("SELECT count(*) FROM session")
        return n

    def count_passes(self):
        [[n]] = self.rows("SELECT count(*) FROM pass")
        return n


def service(verb, *more):
    run("systemctl", verb, "rollerd.service", *more)


def write_config(text=""):
    CONFIG.parent.mkdir(exist_ok=True)
    CONFIG.write_text("[person]\nname=anna\nspine_cm=44.0\n" + text, encoding="utf-8")


def forget_devices():
    """bluetoothd knows no sensor any more, as on a new machine."""
    run("systemctl", "stop", "bluetooth.service")
    for folder in pathlib.Path("/var/lib/bluetooth").glob("*"):
        shutil.rmtree(folder)


def begin_history():
    """An empty history, the service running."""
    service("stop")
    for path in STATE.glob("rollerd.db*"):
        path.unlink()
    run("systemctl", "reset-failed", "rollerd.service", is_checked=False)
    service("start")


class Rolling:
    """A person rolls on one sensor (or several), the service listens: what nearly all cases begin with."""

    def __init__(self, name, *options, config=""):
        self.name = name
        self.history = History()
        write_config(config)
        forget_devices()
        begin_history()
        self.air = Air(name, *options)

    def wait_samples(self, after=0.0, limit_s=30):
        """Unix time of the first value that came after that time."""
        wait_for(lambda: self.history.last_arrival() > after, limit_s, "samples")
        return next((t for t in self.history.arrivals() if t > after), None) or time.time()

    def begin(self, roll_s=8):
        """Until samples have flowed for a while."""
        first = self.wait_samples(limit_s=60)
        time.sleep(roll_s)
        return first

    def figures(self, broken, there, limit_s=5, sessions=1):
        """After a fault from `broken` to `there`: lets samples flow, ends, checks and gives what the table tells.

        The longest time without a value that ended after `broken` is the fault's; what is lost is counted by it, since the
        person rolls on. again_s counts from when the sensor was there again, or fell silent if that is later.
        """
        self.wait_samples(after=there, limit_s=max(60, limit_s))
        time.sleep(10)
        self.end()
        arrivals = self.history.arrivals()
        gaps = [(b - a, a, b) for a, b in zip(arrivals, arrivals[1:]) if b > broken]
        seconds, begin, end = max(gaps)
        figures = {
            "again_s": max(0.0, end - max(there, begin)),
            "lost": round(max(0.0, seconds - PACKET_S) * RATE_HZ),
        }
        self.judge(sessions)
        check(figures["again_s"] <= limit_s, f"samples flowed again after {figures['again_s']:.1f} s, not {limit_s} s")
        return figures

    def judge(self, sessions=1):
        """Nothing stored twice, as many sessions as there should be, passes told."""
        doubles, overlaps = self.history.count_doubles(), self.history.count_overlaps()
        check(doubles == 0, f"{doubles} values are stored twice")
        check(overlaps == 0, f"{overlaps} pairs of passes overlap")
        found = self.history.count_sessions()
        check(found == sessions, f"{found} sessions, not {sessions}")
        check(self.history.count_passes() > 0, "no pass was told")

    def end(self):
        """The sensor goes, the service ends its session and all is on disk."""
        self.air.close()
        service("stop")

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.air.close()
        run("systemctl", "stop", "rollerd.service", is_checked=False)
        if kind:
            shutil.copy(DATABASE, OUT / f"{self.name}.db")


def trouble_text():
    """What rollstat status says, as one text."""
    return run("rollstat", "--system", "status", is_checked=False)
