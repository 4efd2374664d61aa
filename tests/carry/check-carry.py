# SPDX-License-Identifier: MIT
"""What export writes, import takes back whole, once, on any machine; and whatever else it is given, it refuses.

usage: check-carry.py ROLLERD ROLLSTAT CAPTURES
"""

import hashlib
import json
import random
import re
import sys

import carry_rig
from carry_rig import equal, holds

# Damaged files tried, spread over the file.
CUTS = 40
FLIPS = 40


def export(rig, database, name="out.json", *words):
    return rig.do("rollstat", database, "export", "--output", name, *words)


def sealed(lines, of):
    """An export of these lines, which ends as one of that many lines does."""
    body = b"".join(lines)
    end = {**json.loads(of[-2]), "lines": len(lines), "sha256": hashlib.sha256(body).hexdigest()}
    return body + json.dumps(end, separators=(",", ":")).encode() + b"\n" + of[-1]


def without_numbers(told):
    """Numbers of sessions are each database's own."""
    text = json.dumps(told)
    found = json.loads(text)
    for rows in found[:3]:
        for row in rows:
            row.pop("session")
        rows.sort(key=json.dumps)
    return found


def test_round_trip(rig):
    rig.make("a.db")
    holds(export(rig, "a.db"), "Exported 2 sessions to out.json (")
    said = rig.do("rollstat", "b.db", "import", "out.json")
    equal(
        said,
        "Imported: 2 new sessions, 2 new persons, 2 exercises, 2 goals, 1 name of a sensor, 1 session put right.\n",
    )
    equal(rig.tell("b.db"), rig.tell("a.db"))
    equal(rig.dump("b.db"), rig.dump("a.db"))


def test_an_export_of_before_weights(rig):
    """Version 4 of the schema had a column less of a person; all else is as it was."""
    rig.make("a.db")
    export(rig, "a.db")
    lines = rig.read("out.json").splitlines(keepends=True)
    head = json.loads(lines[1].rstrip(b",\n"))
    equal(head["columns"]["person"].pop(), "weight_kg")
    old = [lines[0], json.dumps({**head, "schema": 4}).encode() + b",\n"]
    for line in lines[2:-2]:
        old.append(re.sub(rb'^(\{"person":\[.*),[^,]*\]\}', rb"\1]}", line))
    equal(sum(was != now for was, now in zip(lines[2:], old[2:])), 2)
    rig.write("old.json", sealed(old, lines))
    holds(rig.do("rollstat", "b.db", "import", "old.json"), "Imported: 2 new sessions, 2 new persons")
    rig.sql("a.db", "UPDATE person SET weight_kg = NULL")
    equal(rig.dump("b.db"), rig.dump("a.db"))
    rig.sql("b.db", "DELETE FROM person")
    # A row of now in a file of then is refused, and so is the other way round.
    rig.write("old.json", sealed(old[:2] + lines[2:-2], lines))
    holds(refuse(rig, "old.json"), "a row of person is a list of 4 values")
    rig.write("old.json", sealed(lines[:2] + old[2:], lines))
    holds(refuse(rig, "old.json"), "a row of person is a list of 5 values")


def test_the_same_export_again_is_the_same_file(rig):
    rig.make("a.db")
    export(rig, "a.db")
    rig.do("rollstat", "b.db", "import", "out.json")
    export(rig, "b.db", "again.json")
    first, again = rig.read("out.json").splitlines(), rig.read("again.json").splitlines()
    # But for when it was made, and so the checksum.
    equal(again[2:-2], first[2:-2])


def test_a_rebuild_there_is_a_rebuild_here(rig):
    rig.make("a.db")
    export(rig, "a.db")
    rig.do("rollstat", "b.db", "import", "out.json")
    rig.sql("b.db", "DELETE FROM pass; UPDATE session SET loaded_s = 1")
    for database in ("a.db", "b.db"):
        rig.do("rollerd", database, "--rebuild")
    equal(rig.dump("b.db"), rig.dump("a.db"))


def test_twice_adds_nothing(rig):
    rig.make("a.db")
    export(rig, "a.db")
    rig.do("rollstat", "b.db", "import", "out.json")
    before = rig.dump("b.db")
    equal(rig.do("rollstat", "b.db", "import", "out.json"), "Imported: 2 sessions known already.\n")
    equal(rig.do("rollstat", "b.db", "import", "out.json", "out.json"), "Imported: 4 sessions known already.\n")
    equal(rig.dump("b.db"), before)
    # Nor does it where it came from.
    before = rig.dump("a.db")
    rig.do("rollstat", "a.db", "import", "out.json")
    equal(rig.dump("a.db"), before)


def test_a_part_and_then_all(rig):
    rig.make("a.db")
    export(rig, "a.db")
    for session, name in ((1, "b.db"), (2, "c.db")):
        export(rig, "a.db", "part.json", "--session", str(session), "--replace")
        said = json.loads(rig.do("rollstat", name, "import", "part.json", "--json"))
        equal((said["sessions"], said["sensors"], said["persons"]), (1, 1, 0))
        said = json.loads(rig.do("rollstat", name, "import", "out.json", "--json"))
        equal((said["sessions"], said["known"], said["persons"]), (1, 1, 2))
        equal(without_numbers(rig.tell(name)), without_numbers(rig.tell("a.db")))


def test_days_and_persons_choose(rig):
    rig.make("a.db")
    rig.sql("a.db", "UPDATE session SET person = 'anna' WHERE id = 2")
    rig.multiply("a.db", 3)
    for words, sessions, exercises in (
        (("2026-09-22",), 1, 1),
        (("2026-09-22", "2026-09-23"), 2, 1),
        (("--person", "anna"), 1, 1),
        (("2026-10",), 0, 0),
    ):
        export(rig, "a.db", "part.json", "--replace", *words)
        name = f"of-{'-'.join(words)}.db"
        said = json.loads(rig.do("rollstat", name, "import", "part.json", "--json"))
        equal((said["sessions"], said["exercises"]), (sessions, exercises), words)


def test_a_session_that_went_on(rig):
    """What was exported while it was recorded is continued by the next export."""
    lines = rig.read_capture("roller-plain")
    half = len(lines) // 2
    rig.write("half.rollcap", b"".join(lines[:half]))
    rig.replay("a.db", rig.path("half.rollcap"))
    export(rig, "a.db", "half.json")
    rig.do("rollstat", "b.db", "import", "half.json")
    equal(rig.tell("b.db"), rig.tell("a.db"))
    rig.replay("a.db", rig.capture("roller-plain"))
    export(rig, "a.db")
    equal(rig.do("rollstat", "b.db", "import", "out.json"), "Imported: 1 session continued.\n")
    equal(rig.dump("b.db"), rig.dump("a.db"))
    # The older one takes nothing back.
    equal(rig.do("rollstat", "b.db", "import", "half.json"), "Imported: 1 session known already.\n")
    equal(rig.dump("b.db"), rig.dump("a.db"))


def test_what_differs_stays(rig):
    rig.make("a.db")
    export(rig, "a.db")
    rig.do("rollstat", "b.db", "import", "out.json")
    rig.sql("b.db", "UPDATE value SET bytes = x'00' WHERE recording = 1 AND n = 700")
    rig.sql("b.db", "UPDATE person SET spine_cm = 41.0 WHERE name = 'anna'")
    before = rig.dump("b.db")
    said = rig.do("rollstat", "b.db", "import", "out.json")
    holds(said, "1 session known already")
    holds(said, "1 recording is not the same as the one here, which stays.")
    equal(rig.dump("b.db"), before)


def test_what_rollerd_goes_on_with(rig):
    """rollerd takes what was imported for its own: a capture of it is known, new values go on."""
    rig.make("a.db")
    # Of a session that was given away the open recording is read anew, a closed one by --rebuild.
    rig.sql("a.db", "DELETE FROM amendment")
    export(rig, "a.db")
    rig.do("rollstat", "b.db", "import", "out.json")
    _, _, said = rig.run("rollerd", "b.db", f"--replay={rig.capture('roller-plain')}")
    holds(said, " 0 new values, 1850 known already")
    equal(rig.dump("b.db"), rig.dump("a.db"))
    # The next day, by the same sensor: what was learnt of the person counts.
    day = [line.split(b" ", 1) for line in rig.read_capture("roller-hard") if not line.startswith(b"#")]
    moved = [b"%d %s" % (int(arrival) + carry_rig.DAY_US, rest) for arrival, rest in day]
    rig.write("day.rollcap", b"".join(moved))
    for database in ("a.db", "b.db"):
        rig.replay(database, rig.path("day.rollcap"))
    equal(len(rig.tell("b.db")[0]), 3)
    equal(rig.tell("b.db"), rig.tell("a.db"))


def test_from_a_pipe(rig):
    rig.make("a.db")
    text = rig.do("rollstat", "a.db", "export", "--output", "-")
    rig.write("out.json", text.encode())
    with open(rig.path("out.json"), "rb") as file:
        holds(rig.do("rollstat", "b.db", "import", "-", stdin=file), "Imported: 2 new sessions")
    equal(rig.dump("b.db"), rig.dump("a.db"))


def refuse(rig, name, *parts):
    status, out, err = rig.run("rollstat", "b.db", "import", name)
    equal((status, out), (1, ""), name)
    for part in parts:
        holds(err, part)
    return err


def test_cut_anywhere(rig):
    rig.make("a.db")
    rig.make("b.db")
    rig.sql("b.db", "UPDATE sensor SET address = 'C0:FF:EE:00:00:' || (30 + id)")
    export(rig, "a.db")
    data, before = rig.read("out.json"), rig.dump("b.db")
    ends = list(range(0, 8)) + list(range(len(data) - 100, len(data) - 1, 9)) + [len(data) - 2]
    ends += random.Random(1).sample(range(8, len(data) - 100), CUTS)
    for end in ends:
        rig.write("cut.json", data[:end])
        refuse(rig, "cut.json", "cut.json")
    equal(rig.dump("b.db"), before)
    # Without its last line feed alone it is whole.
    rig.write("cut.json", data[:-1])
    holds(rig.do("rollstat", "b.db", "import", "cut.json"), "2 new sessions")


def test_a_changed_byte_anywhere(rig):
    rig.make("a.db")
    rig.make("b.db")
    export(rig, "a.db")
    data, before = rig.read("out.json"), rig.dump("b.db")
    dice = random.Random(2)
    for at in dice.sample(range(len(data) - 2), FLIPS):
        other = bytes([data[at] ^ 1 << dice.randrange(8)])
        rig.write("flip.json", data[:at] + other + data[at + 1 :])
        refuse(rig, "flip.json", "flip.json")
    # A line that is missing, doubled, or changes its place.
    lines = data.splitlines(keepends=True)
    for changed in (lines[:9] + lines[10:], lines[:9] + lines[8:], lines[:9] + [lines[10], lines[9]] + lines[11:]):
        rig.write("flip.json", b"".join(changed))
        refuse(rig, "flip.json", "flip.json:")
    equal(rig.dump("b.db"), before)


def test_each_refusal_says_where_and_what(rig):
    rig.make("a.db")
    export(rig, "a.db")
    data = rig.read("out.json")
    lines = data.splitlines(keepends=True)
    head = json.loads(lines[1].rstrip(b",\n"))

    def with_head(**changes):
        return b"".join([lines[0], json.dumps({**head, **changes}).encode() + b",\n", *lines[2:]])

    cases = [
        (b"", "is no export of rollstat: it is empty"),
        (b"hello\n", "is no export of rollstat: its first line should be ["),
        (b"# rollcap 1\n", "it is a capture: rollerd --replay takes it"),
        (rig.read("a.db"), "it is a database: rollstat restore takes a backup"),
        (b"\x1f\x8b\x08", "it is compressed: unpack it with gunzip"),
        (b"[\n{}\n]\n", "case.json:2: this is no export of rollstat"),
        (b"[]\n", "case.json:1: this is no export of rollstat"),
        (with_head(version=2), "case.json:2: this was exported by a newer rollstat"),
        (with_head(schema=99), "case.json:2: this was exported by a newer rollstat"),
        (with_head(columns={}), "case.json:2: its tables have other columns"),
        (with_head(characteristics=["x"]), "case.json:2: a characteristic is a UUID"),
        (b"".join(lines[:7]), "case.json:8: the file ends here"),
        (b"".join(lines[:-1]), f"case.json:{len(lines)}: the file ends here"),
        (data + b"more\n", f"case.json:{len(lines) + 1}: something follows the end"),
        (data.replace(b'"me"', b'"us"'), f"case.json:{len(lines) - 1}: something above was changed"),
        (data.replace(b'"values":[[17', b'"values":[["17",', 1), ": a value is a list of arrival,"),
        (data.replace(b'"upper-thoracic"', b'{}', 1), "name of zone is no number and no text"),
        (data.replace(b'"upper-thoracic"', b'', 1), ": this is damaged: a line holds one object"),
        (data.replace(b'"upper-thoracic"', b'null', 1), "a row of zone does not fit: NOT NULL"),
    ]
    for text, wanted in cases:
        rig.write("case.json", text)
        holds(refuse(rig, "case.json"), wanted)
    equal(rig.run("rollstat", "b.db", "import", "absent.json")[0], 1)
    holds(rig.run("rollstat", "b.db", "import", "absent.json")[2], "absent.json: No such file")
    holds(rig.run("rollstat", "b.db", "import", ".")[2], "Is a directory")


def test_all_or_nothing_of_several(rig):
    rig.make("a.db")
    export(rig, "a.db")
    rig.write("bad.json", rig.read("out.json")[:-300])
    rig.make("b.db")
    before = rig.dump("b.db")
    rig.sql("b.db", "UPDATE sensor SET address = 'C0:FF:EE:00:00:' || (30 + id)")
    before = rig.dump("b.db")
    equal(rig.run("rollstat", "b.db", "import", "out.json", "bad.json")[0], 1)
    equal(rig.dump("b.db"), before)


def test_not_beside_rollerd(rig):
    rig.make("a.db")
    rig.make("b.db")
    export(rig, "a.db")
    before = rig.dump("b.db")
    with rig.hold_lock("b.db"):
        err = refuse(rig, "out.json", "another rollerd does", "systemctl --user stop rollerd")
        holds(err, "Stop rollerd first")
    equal(rig.dump("b.db"), before)


def test_captures_are_replayed(rig):
    """What was received, not what was said of it."""
    rig.replay("a.db", rig.capture("roller-plain"), rig.capture("bar"))
    holds(
        rig.do("rollstat", "a.db", "export", "--format", "rollcap", "--output", "captures"),
        "They are taken by: rollerd --replay FILE",
    )
    names = rig.names("captures")
    equal(
        names,
        ["2026-09-21-161322-session-1.rollcap", "2026-09-21-161323-session-2.rollcap"],
    )
    for name in names:
        rig.replay("b.db", rig.path("captures/" + name))
    equal(rig.tell("b.db")[:3], [[{**row, "sensor_name": None} for row in rig.tell("a.db")[0]]] + rig.tell("a.db")[1:3])
    one = rig.do("rollstat", "a.db", "export", "--format", "rollcap", "--session", "2", "--output", "-")
    equal(one.encode(), rig.read("captures/" + names[1]))
    # What was told to be deleted is told no more, but kept where everything is.
    rig.sql("a.db", "INSERT INTO amendment VALUES (2, NULL, 1)")
    rig.do("rollstat", "a.db", "export", "--format", "rollcap", "--output", "fewer")
    equal(rig.names("fewer"), names[:1])


def test_tables(rig):
    rig.make("a.db")
    holds(rig.do("rollstat", "a.db", "export", "--csv", "--output", "tables"), "(5 files, ")
    equal(rig.names("tables"), ["exercises.csv", "holds.csv", "passes.csv", "sessions.csv", "zones.csv"])
    for name in ("sessions", "passes", "holds"):
        equal(rig.read(f"tables/{name}.csv").decode(), rig.do("rollstat", "a.db", name, "--csv"), name)
    zones = rig.read("tables/zones.csv").decode().splitlines()
    equal(zones[0], "session,zone,from_cm,to_cm,seconds,mean_n,peak_n")
    # Zones and what lies in none are all the time in contact.
    told = rig.tell("a.db")[0][0]
    seconds = sum(float(line.split(",")[4]) for line in zones[1:] if line.startswith("1,"))
    equal(abs(seconds + told["unplaced_s"] - told["loaded_s"]) < 0.01, True, "seconds of the zones")
    equal(
        rig.read("tables/exercises.csv").decode(),
        "person,movement,start,seconds\nme,cat-cow,1790000400.000000,60.500\n"
        "anna,child-pose,1790090000.000000,45.000\n",
    )


def test_where_it_goes(rig):
    rig.make("a.db")
    today = rig.do("rollstat", "a.db", "today", "--json")
    day = json.loads(today)["date"]
    rig.do("rollstat", "a.db", "export")
    rig.do("rollstat", "a.db", "export", "--format", "fit")
    rig.do("rollstat", "a.db", "export", "--format", "fit", "--session", "1")
    for name in (f"rollstat-{day}.json", f"rollstat-{day}-fit", f"rollstat-{day}-session-1.fit"):
        equal(name in rig.names(), True, name)
    status, _, err = rig.run("rollstat", "a.db", "export")
    equal(status, 1)
    holds(err, "is there already: name another file, or say --replace")
    rig.do("rollstat", "a.db", "export", "--replace")
    for words, wanted in (
        (["--output", "a.db", "--replace"], "is the database itself"),
        (["--format", "fit", "--output", "-"], "several files go into a folder"),
        (["--format", "xml"], "--format is json, csv, fit or rollcap"),
        (["--session", "one"], "--session takes the number"),
        (["--json", "--format", "csv"], "write it as: rollstat export"),
    ):
        status, _, err = rig.run("rollstat", "a.db", "export", *words)
        equal(status, 2, words)
        holds(err, wanted)
    status, _, err = rig.run("rollstat", "a.db", "export", "--session", "77", "--output", "none.json")
    equal(status, 1)
    holds(err, "there is no session 77 in ")
    equal("none.json" in rig.names(), False)
    status, _, err = rig.run("rollstat", "a.db", "export", "--output", "absent/out.json")
    equal(status, 1)
    holds(err, "cannot write absent/out.json: No such file")
    equal([name for name in rig.names() if ".part-" in name], [])


TESTS = [value for name, value in list(globals().items()) if name.startswith("test_")]

if __name__ == "__main__":
    carry_rig.main(TESTS, sys.argv[1:4])
