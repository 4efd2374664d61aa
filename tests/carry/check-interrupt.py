# SPDX-License-Identifier: MIT
"""Long work shows how far it is on a terminal alone, and Ctrl-C in the middle of it leaves all as it was.

usage: check-interrupt.py ROLLERD ROLLSTAT CAPTURES
"""

import atexit
import functools
import os
import re
import shutil
import signal
import subprocess
import sys
import time

import carry_rig
from carry_rig import equal, holds

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "terminal"))
import terminal  # noqa: E402  # pylint: disable=wrong-import-position

DAYS = 150  # sessions: a second of work or more
LINE = re.compile(rb"\r\x1b\[K([^\r\n]*)")


def has_drawn(pattern):
    return lambda _rig, said: re.search(pattern, said)


def has_begun(rig, _said):
    """A file is half written."""
    halves = [name for name in rig.names() if ".part-" in name and not name.endswith("-journal")]
    return any(os.stat(rig.path(name)).st_size > 0 for name in halves)


def has_changes(rig, _said):
    """What is to be imported no longer fits into memory."""
    return "b.db-wal" in rig.names() and os.stat(rig.path("b.db-wal")).st_size > 1000000


def watch(rig, command, until=None, send=signal.SIGINT, **options):
    """Runs with a terminal on standard error: exit status, what it said there, standard output, when it drew a line. When until
    holds, the signal is sent."""
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "cwd": rig.folder, **options}
    moments, n_seen, last = [], 0, time.monotonic()
    with terminal.Program(rig.command(*command), rig.environment, **streams) as program:
        while True:
            if until is not None and until(rig, program.output):
                program.send_signal(send)
                until = None
            has_ended = program.process.poll() is not None
            if program.turn(0.002 if until else 0.02):
                last = time.monotonic()
                moments += [last] * program.output[n_seen:].count(b"\r\x1b[K")
                n_seen = len(program.output)
            elif has_ended:
                break
            equal(time.monotonic() - last < 60, True, "it says nothing more, and does not end")
        equal(until, None, "it ended before the signal")
        return program.process.returncode, program.output, program.process.stdout.read(), moments


@functools.cache
def make_year(programs):
    """A folder with a year in a.db, for all tests."""
    rig = carry_rig.Rig(*programs)
    atexit.register(rig.close)
    rig.make("a.db")
    rig.multiply("a.db", DAYS)
    return rig.folder


def fill(rig):
    folder = make_year((rig.programs["rollerd"], rig.programs["rollstat"], rig.captures))
    shutil.copy(os.path.join(folder, "a.db"), rig.path("a.db"))


def names_of_files(rig):
    """But for what SQLite keeps beside a database."""
    return [name for name in rig.names() if not name.endswith(("-wal", "-shm", "-lock"))]


def check_line(said, moments, text, least=0):
    """Drawn anew, ten times a second at most, and taken away at the end."""
    lines = LINE.findall(said)
    # Who waits less than half a second is shown nothing.
    equal(len(lines) >= least, True, f"lines drawn: {lines}")
    equal(all(re.fullmatch(text, line) for line in lines if line), True, lines)
    equal(b"\n" in said[: said.rfind(b"\r\x1b[K")], False, "one line")
    spans = [later - earlier for earlier, later in zip(moments, moments[10:])]
    equal([span for span in spans if span < 0.5], [], "more than ten a second")


def test_export(rig):
    fill(rig)
    names = names_of_files(rig)
    status, said, out, _ = watch(rig, ["rollstat", "a.db", "export", "--output", "out.json"], has_begun)
    equal((status, out), (130, b""))
    holds(said.decode(), "rollstat: interrupted: what was begun is undone")
    equal(names_of_files(rig), names)
    status, said, _, moments = watch(rig, ["rollstat", "a.db", "export", "--output", "out.json"])
    equal(status, 0)
    check_line(said, moments, rb"Exporting \d+ %")
    # Without a terminal there is nothing of it.
    equal(rig.run("rollstat", "a.db", "export", "--output", "out-2.json")[2], "")


def test_import(rig):
    fill(rig)
    rig.do("rollstat", "a.db", "export", "--output", "out.json")
    rig.make("b.db")
    before = rig.sum_up("b.db")
    for send in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        status, said, out, _ = watch(rig, ["rollstat", "b.db", "import", "out.json"], has_changes, send)
        equal((status, out), (130, b""))
        holds(said.decode(), "rollstat: interrupted")
        equal(rig.sum_up("b.db"), before)
    status, said, out, moments = watch(rig, ["rollstat", "b.db", "import", "out.json"])
    equal((status, out[:9]), (0, b"Imported:"))
    check_line(said, moments, rb"Importing \d+ %")
    equal(len(rig.query("b.db", "SELECT 1 FROM session")), DAYS + 1)


def test_import_of_a_pipe_that_waits(rig):
    rig.make("a.db")
    rig.do("rollstat", "a.db", "export", "--output", "out.json")
    ours, theirs = os.pipe()
    os.write(theirs, rig.read("out.json")[:30000])
    status, said, _, _ = watch(rig, ["rollstat", "b.db", "import", "-"], has_drawn(rb"Importing \d+"), stdin=ours)
    os.close(ours)
    os.close(theirs)
    equal(status, 130)
    holds(said.decode(), "rollstat: interrupted")
    equal(rig.query("b.db", "SELECT count(*) FROM recording"), [(0,)])


def test_backup(rig):
    fill(rig)
    rig.sql("a.db", "UPDATE value SET bytes = CAST(bytes || zeroblob(250) AS BLOB)")
    names = names_of_files(rig)
    command = ["rollstat", "a.db", "backup", "kept.db"]
    status, said, out, _ = watch(rig, command, has_begun)
    equal((status, out), (130, b""))
    holds(said.decode(), "rollstat: interrupted")
    equal(names_of_files(rig), names)
    equal(watch(rig, command)[0], 0)
    equal(rig.query("kept.db", "PRAGMA integrity_check"), [("ok",)])


def test_restore(rig):
    fill(rig)
    rig.do("rollstat", "a.db", "backup", "kept.db")
    rig.sql("a.db", "DELETE FROM pass; UPDATE value SET bytes = CAST(bytes || zeroblob(250) AS BLOB)")
    before = rig.sum_up("a.db")
    command = ["rollstat", "a.db", "restore", "kept.db", "--yes"]
    status, said, out, _ = watch(rig, command, has_begun)
    equal((status, out), (130, b""))
    holds(said.decode(), "rollstat: interrupted")
    equal(rig.sum_up("a.db"), before)
    equal([name for name in rig.names() if "before" in name or ".part-" in name], [])
    equal(watch(rig, command)[0], 0)
    equal(rig.sum_up("a.db"), rig.sum_up("kept.db"))


def test_rebuild(rig):
    fill(rig)
    rig.sql("a.db", "UPDATE session SET loaded_s = 1")
    before = rig.sum_up("a.db")
    status, said, _, _ = watch(rig, ["rollerd", "a.db", "--rebuild"], has_drawn(rb"session \d+ of"))
    equal(status, 1)
    holds(said.decode(), "\r\x1b[Krollerd: the rebuild was interrupted: nothing was changed")
    equal(rig.sum_up("a.db"), before)
    status, said, _, moments = watch(rig, ["rollerd", "a.db", "--rebuild"])
    equal(status, 0)
    check_line(said, moments, rb"rollerd: session \d+ of %d|rollerd: %d sessions derived anew" % (DAYS + 1, DAYS + 1), 3)
    equal(rig.query("a.db", "SELECT count(*) FROM session WHERE loaded_s = 1"), [(0,)])


def test_replay(rig):
    """What was taken so far is kept; the same again takes the rest."""
    lines = [line.split(b" ", 1) for line in rig.read_capture("roller-plain") if not line.startswith(b"#")]
    text = b"".join(
        b"%d %s" % (int(arrival) + day * carry_rig.DAY_US, rest) for day in range(DAYS) for arrival, rest in lines
    )
    rig.write("long.rollcap", text)
    command = ["rollerd", "a.db", "--replay=" + rig.path("long.rollcap")]
    status, said, _, _ = watch(rig, command, has_drawn(rb"\d+ % read"))
    equal(status, 1)
    holds(said.decode(), "the replay was interrupted: what it took so far is kept")
    equal(rig.query("a.db", "PRAGMA integrity_check"), [("ok",)])
    taken = len(rig.query("a.db", "SELECT 1 FROM session"))
    equal(0 < taken < DAYS, True, taken)
    status, said, _, _ = watch(rig, command)
    equal(status, 0)
    holds(said.decode(), "% read")
    rig.replay("b.db", rig.path("long.rollcap"))
    equal(rig.sum_up("a.db"), rig.sum_up("b.db"))


TESTS = [value for name, value in list(globals().items()) if name.startswith("test_")]

if __name__ == "__main__":
    carry_rig.main(TESTS, sys.argv[1:4])
