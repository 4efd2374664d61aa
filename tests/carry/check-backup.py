# SPDX-License-Identifier: MIT
"""A backup is whole whatever is written meanwhile; what is put back is what was backed up, and nothing is lost by it.

usage: check-backup.py ROLLERD ROLLSTAT CAPTURES
"""

import json
import os
import re
import resource
import shlex
import sqlite3
import stat
import subprocess
import sys

import carry_rig
from carry_rig import equal, holds

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "terminal"))
import terminal  # noqa: E402  # pylint: disable=wrong-import-position


def check_whole(rig, database):
    equal(rig.query(database, "PRAGMA integrity_check"), [("ok",)])
    equal(rig.query(database, "PRAGMA journal_mode"), [("delete",)])


def test_back_up_and_restore(rig):
    rig.make("a.db")
    before = rig.dump("a.db")
    said = rig.do("rollstat", "a.db", "backup", "kept.db")
    holds(said, "Backed up and checked: kept.db (")
    holds(said, "; 2 sessions, on 2026-09-21).\n")
    holds(said, "It is put back by: rollstat --db " + rig.path("a.db") + " restore kept.db\n")
    check_whole(rig, "kept.db")
    equal(stat.S_IMODE(os.stat(rig.path("kept.db")).st_mode), 0o600)
    equal(rig.dump("kept.db"), before)
    equal(len(rig.query("a.db", "SELECT value FROM choice WHERE name = 'backup_us' AND value > 1790000000000000")), 1)
    equal(rig.query("a.db", "SELECT value FROM choice WHERE name = 'backup_path'"), [(rig.path("kept.db"),)])
    rig.do("rollstat", "a.db", "backup", "again.db")
    equal(rig.query("a.db", "SELECT value FROM choice WHERE name = 'backup_path'"), [(rig.path("again.db"),)])
    rig.sql("a.db", "DELETE FROM pass; DELETE FROM exercise")
    changed = rig.dump("a.db")
    said = rig.do("rollstat", "a.db", "restore", "kept.db", "--yes")
    holds(said, "a.db (2 sessions, on 2026-09-21).\n")
    equal(rig.dump("a.db"), before)
    kept = [name for name in rig.names() if name.startswith("a.db.before-restore-")]
    equal(len(kept), 1)
    equal(rig.dump(kept[0]), changed)
    # rollerd goes on with it.
    _, _, err = rig.run("rollerd", "a.db", f"--replay={rig.capture('bar')}")
    holds(err, " 0 new values, 1818 known already")


def test_it_is_put_back_as_was_said(rig):
    """A shell that is given the command puts back that database, whatever its path holds."""
    os.mkdir(rig.path("anna's $HOME"))
    database = "anna's $HOME/my rolls.db"
    rig.make(database)
    before = rig.dump(database)
    said = rig.do("rollstat", database, "backup", "a & b.db")
    command = said.split("It is put back by: rollstat ", 1)[1].strip()
    rig.sql(database, "DELETE FROM pass")
    equal(rig.dump(database) == before, False)
    program = shlex.quote(rig.programs["rollstat"])
    subprocess.run(
        ["sh", "-c", f"{program} {command} --yes"],
        stdout=subprocess.DEVNULL,
        check=True,
        cwd=rig.folder,
        env=rig.environment,
        timeout=120,
    )
    equal(rig.dump(database), before)


def test_where_it_goes(rig):
    rig.make("a.db")
    said = json.loads(rig.do("rollstat", "a.db", "backup", "--json"))
    equal((said["sessions"], said["exercises"], said["noted"]), (2, 2, True))
    equal(os.path.dirname(said["backup"]), rig.path("backups"))
    equal(os.stat(said["backup"]).st_size, said["bytes"])
    equal(stat.S_IMODE(os.stat(rig.path("backups")).st_mode), 0o700)
    os.mkdir(rig.path("elsewhere"))
    rig.do("rollstat", "a.db", "backup", "elsewhere")
    equal(len(rig.names("elsewhere")), 1)
    rig.write("kept.db", b"mine")
    status, _, err = rig.run("rollstat", "a.db", "backup", "kept.db")
    equal(status, 1)
    holds(err, "kept.db is there already: name another file, or say --replace")
    equal(rig.read("kept.db"), b"mine")
    rig.do("rollstat", "a.db", "backup", "kept.db", "--replace")
    check_whole(rig, "kept.db")
    status, _, err = rig.run("rollstat", "a.db", "backup", "a.db", "--replace")
    equal(status, 2)
    holds(err, "is the database itself")
    equal(rig.run("rollstat", "none.db", "backup")[0], 1)
    equal("none.db" in rig.names(), False)


def test_each_of_a_folder_has_its_own(rig):
    """What doctor offers for a broken database is a backup of that one, though another was made later."""
    kept = {}
    for number, database in enumerate(("test.db", "rollerd.db", "plain")):
        rig.make(database)
        kept[database] = json.loads(rig.do("rollstat", database, "backup", "--json"))["backup"]
        os.utime(kept[database], (1790000000 + number, 1790000000 + number))
        dated = r"-\d{4}-\d\d-\d\d-\d{6}\.db"
        name = os.path.basename(kept[database])
        equal(bool(re.fullmatch(database.removesuffix(".db") + dated, name)), True, name)
    for database, backup in kept.items():
        rig.write(database, rig.read(database)[:5000])
        _, said, _ = rig.run("rollstat", database, "doctor")
        # Long commands are told on several lines.
        holds(re.sub(r"[\\\s]+", " ", said), f"restore '{backup}'")


def test_while_rollerd_writes(rig):
    """Each backup is one moment of a replay that goes on: whole, and never less than the one before."""
    rig.make("a.db")
    rig.multiply("a.db", 30)
    lines = [line.split(b" ", 1) for line in rig.read_capture("roller-plain") if not line.startswith(b"#")]
    text = b"".join(
        b"%d %s" % (int(arrival) + (100 + day) * carry_rig.DAY_US, rest)
        for day in range(20)
        for arrival, rest in lines
    )
    rig.write("long.rollcap", text)
    writer = rig.begin("rollerd", "a.db", "--replay=" + rig.path("long.rollcap"), stderr=-3)
    counts = []
    while not counts or writer.poll() is None:
        name = f"kept-{len(counts)}.db"
        rig.do("rollstat", "a.db", "backup", name)
        check_whole(rig, name)
        counts.append(rig.query(name, "SELECT (SELECT count(*) FROM value), (SELECT count(*) FROM session)")[0])
        equal(rig.query(name, "PRAGMA foreign_key_check"), [])
    equal(writer.wait(), 0)
    equal(counts, sorted(counts))
    equal(counts[0][0] < 49 * 1850, True, "the first was made before the end")
    print(f"# {len(counts)} backups meanwhile")


def test_not_beside_rollerd(rig):
    rig.make("a.db")
    rig.do("rollstat", "a.db", "backup", "kept.db")
    rig.sql("a.db", "DELETE FROM pass")
    before, names = rig.dump("a.db"), rig.names()
    with rig.hold_lock("a.db"):
        status, out, err = rig.run("rollstat", "a.db", "restore", "kept.db", "--yes")
        equal((status, out), (1, ""))
        holds(err, "another rollerd does\nStop rollerd first: systemctl --user stop rollerd")
        # A backup needs no lock.
        rig.do("rollstat", "a.db", "backup", "kept-2.db")
    equal(rig.dump("a.db"), before)
    equal(rig.names(), sorted([*names, "kept-2.db"]))


def test_only_a_backup(rig):
    rig.make("a.db")
    before, names = rig.dump("a.db"), rig.names()
    rig.do("rollstat", "a.db", "export", "--output", "out.json")
    data = rig.read("a.db")
    cases = [
        (rig.read("out.json"), "this is no backup (an export is taken by rollstat import)"),
        (b"", "is empty"),
        (data[: len(data) // 2], "kept.db"),
        (data[:3000] + bytes(9000) + data[12000:], "malformed"),
    ]
    foreign = sqlite3.connect(rig.path("foreign.db"))
    foreign.executescript("CREATE TABLE song (name TEXT)")
    foreign.close()
    cases.append((rig.read("foreign.db"), "it is of another program"))
    rig.write("newer.db", data)
    rig.sql("newer.db", "PRAGMA user_version = 99")
    cases.append((rig.read("newer.db"), "99"))
    for text, wanted in cases:
        rig.write("kept.db", text)
        status, out, err = rig.run("rollstat", "a.db", "restore", "kept.db", "--yes")
        equal((status, out), (1, ""), wanted)
        holds(err, wanted)
    status, _, err = rig.run("rollstat", "a.db", "restore", "a.db", "--yes")
    equal(status, 2)
    holds(err, "is the database itself")
    equal(rig.dump("a.db"), before)
    equal([name for name in rig.names() if "before-restore" in name], [])
    equal(set(names) <= set(rig.names()), True)


def test_in_the_place_of_a_broken_one(rig):
    rig.make("a.db")
    rig.do("rollstat", "a.db", "backup", "kept.db")
    broken = rig.read("a.db")[:5000]
    rig.write("a.db", broken)
    rig.write("a.db-wal", b"some changes")
    holds(rig.do("rollstat", "a.db", "restore", "kept.db", "--yes"), "What was there before is in ")
    equal(rig.dump("a.db"), rig.dump("kept.db"))
    kept = sorted(name for name in rig.names() if "before-restore" in name)
    equal([rig.read(name) for name in kept], [broken, b"some changes"])
    # And where there is none at all.
    holds(rig.do("rollstat", "b.db", "restore", "kept.db", "--yes"), "Restored: ")
    equal(rig.dump("b.db"), rig.dump("kept.db"))


def make_theirs(rig, mode):
    """A folder of another user with a database; whose it is. Others than root own all they make."""
    owner = (12345, 12346) if os.geteuid() == 0 else (os.geteuid(), os.getegid())
    os.mkdir(rig.path("theirs"))
    rig.make("theirs/a.db")
    for path in ("theirs", "theirs/a.db"):
        os.chown(rig.path(path), *owner)
    os.chmod(rig.path("theirs"), mode)
    return owner


def back_up_theirs(rig):
    kept = json.loads(rig.do("rollstat", "theirs/a.db", "backup", "--json"))["backup"]
    rig.write("theirs/a.db", b"broken")
    rig.do("rollstat", "theirs/a.db", "restore", kept, "--yes")
    return kept


def test_in_the_folder_of_another(rig):
    """As by sudo for the system's rollerd: it has to open what root put back, and its group to read it."""
    owner = make_theirs(rig, 0o750)
    kept = back_up_theirs(rig)
    for path in ("theirs/backups", kept, "theirs/a.db", "theirs/a.db-lock"):
        about = os.stat(rig.path(path))
        equal((about.st_uid, about.st_gid), owner, path)
        if owner[0] != os.geteuid():
            equal(bool(about.st_mode & stat.S_IRGRP), True, path)


def test_in_the_folder_of_a_person(rig):
    """That all may read the folder, as is usual, does not let the person's group read what they rolled."""
    owner = make_theirs(rig, 0o755)
    kept = back_up_theirs(rig)
    rig.do("rollstat", "theirs/a.db", "backup", "theirs/kept.db")
    for path, mode in (("theirs/backups", 0o700), (kept, 0o600), ("theirs/kept.db", 0o600), ("theirs/a.db", 0o600)):
        about = os.stat(rig.path(path))
        equal((about.st_uid, about.st_gid), owner, path)
        equal(stat.S_IMODE(about.st_mode), mode, path)


def test_what_is_linked_there_is_not_given(rig):
    """Who owns the folder could lay another's file there, to be given it."""
    make_theirs(rig, 0o755)
    rig.write("mine", b"secret")
    before = os.stat(rig.path("mine"))
    if os.path.exists(rig.path("theirs/a.db-lock")):
        os.remove(rig.path("theirs/a.db-lock"))
    os.link(rig.path("mine"), rig.path("theirs/a.db-lock"))
    back_up_theirs(rig)
    after = os.stat(rig.path("mine"))
    equal((after.st_uid, after.st_gid, after.st_mode), (before.st_uid, before.st_gid, before.st_mode))
    equal(after.st_nlink, 2)


def test_an_older_one(rig):
    """rollerd brings it up to date."""
    rig.replay("a.db", rig.capture("roller-plain"), rig.capture("bar"))
    rig.do("rollstat", "a.db", "backup", "kept.db")
    tables = "person choice amendment nickname exercise goal".split()
    rig.sql("kept.db", "".join(f"DROP TABLE {table};" for table in tables))
    rig.sql("kept.db", "ALTER TABLE recording DROP COLUMN person; PRAGMA user_version = 3")
    rig.do("rollstat", "b.db", "restore", "kept.db", "--yes")
    equal(rig.tell("b.db"), rig.tell("a.db"))
    equal(rig.query("b.db", "PRAGMA user_version"), [(3,)])
    _, _, err = rig.run("rollerd", "b.db", f"--replay={rig.capture('bar')}")
    holds(err, " 0 new values, 1818 known already")


def ask(rig, answer):
    """Restores with a person at the terminal; exit status and all that was said."""
    command = rig.command("rollstat", "a.db", "restore", "kept.db")
    with terminal.Program(command, rig.environment, cwd=rig.folder) as program:
        program.expect("[y/N]")
        program.type(answer)
        return program.wait_for_end(), program.said()


def test_it_asks(rig):
    rig.make("a.db")
    rig.do("rollstat", "a.db", "backup", "kept.db")
    rig.sql("a.db", "DELETE FROM pass")
    before = rig.dump("a.db")
    status, _, err = rig.run("rollstat", "a.db", "restore", "kept.db")
    equal(status, 2)
    holds(err, "there is no terminal to ask on: --yes restores without a question")
    for answer in ("\n", "n\n", "q\n", "\x04"):
        status, said = ask(rig, answer)
        equal(status, 1, answer)
        holds(said, "The backup holds: 2 sessions, on 2026-09-21.")
        holds(said, "The present database holds: 2 sessions, on 2026-09-21; it is kept as")
        holds(said, "Nothing was changed.")
        equal(rig.dump("a.db"), before)
    # Ctrl-C at the question ends it at once.
    equal(ask(rig, "\x03")[0], -2)
    equal(rig.dump("a.db"), before)
    equal([name for name in rig.names() if "before-restore" in name or ".part-" in name], [])
    equal(ask(rig, "y\n")[0], 0)
    equal(rig.dump("a.db"), rig.dump("kept.db"))


def limit_files():
    """Stands for a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (200000, 200000))


def test_a_full_disk(rig):
    rig.make("a.db")
    rig.do("rollstat", "a.db", "export", "--output", "out.json")
    rig.do("rollstat", "a.db", "backup", "kept.db")
    rig.make("b.db")
    before, names = rig.dump("a.db"), rig.names()
    for words in (
        ("a.db", "backup", "new.db"),
        ("a.db", "export", "--output", "new.json"),
        ("a.db", "export", "--format", "rollcap", "--session", "1", "--output", "new.rollcap"),
        ("a.db", "restore", "kept.db", "--yes"),
    ):
        status, out, err = rig.run("rollstat", *words, preexec_fn=limit_files)
        equal((status, out), (1, ""), words)
        holds(err, "rollstat: cannot ")
        equal(rig.dump("a.db"), before, words)
        equal(rig.names(), names, words)
    status, out, err = rig.run("rollstat", "new.db", "import", "out.json", preexec_fn=limit_files)
    equal((status, out), (1, ""))
    holds(err, "rollstat: cannot write to ")
    equal(rig.query("new.db", "SELECT count(*) FROM recording"), [(0,)])
    with open("/dev/full", "wb") as full:
        process = rig.begin("rollstat", "a.db", "export", "--output", "-", stdout=full, stderr=-1)
        holds(process.communicate()[1].decode(), "cannot write -: No space left on device")
        equal(process.returncode, 1)


TESTS = [value for name, value in list(globals().items()) if name.startswith("test_")]

if __name__ == "__main__":
    carry_rig.main(TESTS, sys.argv[1:4])
