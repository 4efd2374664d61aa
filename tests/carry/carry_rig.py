# SPDX-License-Identifier: MIT
"""What the tests of export, import, backup and restore share: histories made from captures, runs of both programs, TAP."""

import fcntl
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import traceback

DAY_US = 86400 * 1000000
# What a person said, beside what was recorded.
SAID = """
INSERT INTO person VALUES ('anna', 45.5, NULL, 1790000000000001, 61.5),
    ('bär', NULL, 181.25, 1790000000000002, NULL);
INSERT INTO goal VALUES (1, 'me', 'mid-thoracic', 'seconds', 90.0, 'day', 1790000000000003),
    (2, 'me', NULL, 'sessions', 3.0, 'week', 1790000000000004);
INSERT INTO exercise VALUES (1, 'me', 'cat-cow', 1790000400000000, 60.5),
    (2, 'anna', 'child-pose', 1790090000000000, 45.0);
INSERT INTO nickname VALUES (1, 'blue "one"', NULL);
INSERT INTO amendment VALUES (2, 'anna', NULL);
"""


class Rig:
    """A folder of its own, and the two programs."""

    def __init__(self, rollerd, rollstat, captures):
        self.programs = {"rollerd": rollerd, "rollstat": rollstat}
        self.captures = captures
        self.folder = tempfile.mkdtemp(prefix="rollerd-carry-")
        self.config = self.path("empty.conf")
        self.environment = {**os.environ, "TZ": "Europe/Berlin", "LC_ALL": "C.UTF-8", "COLUMNS": "80"}
        with open(self.config, "w", encoding="utf-8"):
            pass

    def close(self):
        shutil.rmtree(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def capture(self, name):
        return os.path.join(self.captures, name + ".rollcap")

    def read_capture(self, name):
        """Its lines, each with its line feed."""
        with open(self.capture(name), "rb") as file:
            return file.readlines()

    def command(self, program, database, *words):
        own = ["--config", self.config] if program == "rollerd" else []
        return [self.programs[program], *own, "--db", self.path(database), *words]

    def run(self, program, database, *words, **options):
        """Exit status, standard output, standard error."""
        options.setdefault("stdin", subprocess.DEVNULL)
        done = subprocess.run(
            self.command(program, database, *words),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=self.folder,
            env=self.environment,
            timeout=120,
            **options,
        )
        return done.returncode, done.stdout, done.stderr

    def do(self, program, database, *words, **options):
        """The same, but it must succeed; its standard output."""
        status, out, err = self.run(program, database, *words, **options)
        assert status == 0, f"{program} {words}: {status}: {err}"
        return out

    def begin(self, program, database, *words, **options):
        """A run that goes on."""
        command = self.command(program, database, *words)
        return subprocess.Popen(command, cwd=self.folder, env=self.environment, **options)

    def replay(self, database, *captures):
        self.do("rollerd", database, *[f"--replay={capture}" for capture in captures])

    def sql(self, database, text):
        connection = sqlite3.connect(self.path(database))
        connection.executescript(text)
        connection.close()

    def query(self, database, text):
        connection = sqlite3.connect(self.path(database))
        rows = connection.execute(text).fetchall()
        connection.close()
        return rows

    def make(self, database):
        """Two sessions of two sensors, and what persons said."""
        self.replay(database, self.capture("roller-plain"), self.capture("bar"))
        self.sql(database, SAID)

    def multiply(self, database, n):
        """The first session n times, a day apart, as if each was recorded."""
        columns = {
            table: [row[1] for row in self.query(database, f"PRAGMA table_info({table})")]
            for table in ("recording", "value", "session", "pass", "hold", "gap", "mark", "zone", "slice")
        }
        statements = ["BEGIN;"]
        for k in range(1, n):
            number = 100 + k
            for table, names in columns.items():
                owner = {"recording": "id", "value": "recording", "session": "id"}.get(table, "session")
                picked = [
                    str(number)
                    if name == owner or (table == "session" and name == "recording")
                    else f"{name} + {k * DAY_US}"
                    if name.endswith("_us")
                    else name
                    for name in names
                ]
                statements.append(
                    f"INSERT INTO {table} SELECT {', '.join(picked)} FROM {table} WHERE {owner} = 1;"
                )
        statements.append(
            "UPDATE sensor SET last_us = (SELECT max(last_us) FROM recording WHERE sensor = sensor.id);"
        )
        self.sql(database, "".join(statements) + "COMMIT;")

    def dump(self, database):
        """All that it holds, but for when and whereto it was last backed up, and whether a recording may go on."""
        connection = sqlite3.connect(self.path(database))
        if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            connection.execute("UPDATE recording SET is_open = 0")
            connection.execute("DELETE FROM choice WHERE name IN ('backup_us', 'backup_path')")
        text = "\n".join(connection.iterdump())
        connection.rollback()
        connection.close()
        return text

    def sum_up(self, database):
        """Counts and sums of all columns of all tables: much faster than a dump."""
        connection = sqlite3.connect(self.path(database))
        sums = {}
        for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            # Whether a recording may go on, and when it was last backed up, is not what it holds.
            asked = ", ".join(f"total({name}), total(length({name}))" for name in names if name != "is_open")
            if table != "choice":
                sums[table] = connection.execute(f"SELECT count(*), {asked} FROM {table}").fetchone()
        connection.close()
        return sums

    def tell(self, database):
        """What rollstat tells of it, each verb's JSON."""
        verbs = [["sessions"], ["passes"], ["holds"], ["devices"], ["range", "2026-09"], ["day", "2026-09-21"]]
        return [json.loads(self.do("rollstat", database, *verb, "--json")) for verb in verbs]

    def hold_lock(self, database):
        """As a running rollerd holds it; an open file."""
        lock = open(self.path(database) + "-lock", "w", encoding="utf-8")  # noqa: SIM115
        fcntl.flock(lock, fcntl.LOCK_EX)
        return lock

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def write(self, name, data):
        with open(self.path(name), "wb") as file:
            file.write(data)

    def names(self, folder="."):
        return sorted(os.listdir(self.path(folder)))


def equal(found, wanted, what=""):
    if found != wanted:
        raise AssertionError(f"{what}: {str(found)[:2000]!r} instead of {str(wanted)[:2000]!r}")


def holds(text, part):
    if part not in text:
        raise AssertionError(f"{part!r} is not in {text[:2000]!r}")


def main(tests, programs):
    """Runs each test in a folder of its own: TAP."""
    print(f"1..{len(tests)}")
    is_well = True
    for number, test in enumerate(tests, 1):
        rig = Rig(*programs)
        name = test.__name__.removeprefix("test_").replace("_", " ")
        try:
            test(rig)
            print(f"ok {number} - {name}", flush=True)
        except Exception:  # pylint: disable=broad-exception-caught
            is_well = False
            print(f"not ok {number} - {name}", flush=True)
            print("".join("# " + line + "\n" for line in traceback.format_exc().splitlines()), flush=True)
        finally:
            rig.close()
    sys.exit(0 if is_well else 1)
