# SPDX-License-Identifier: MIT
"""A decoder of another make reads the FIT files, and finds in them what rollstat tells of the same sessions.

usage: check-fit-decoded.py ROLLERD ROLLSTAT CAPTURES NODE NODE_MODULES
"""

import datetime
import functools
import json
import os
import subprocess
import sys

import carry_rig
from carry_rig import equal

DECODER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "decode-fit.mjs")


def decode(decoder, path):
    command = [decoder[0], DECODER, decoder[1], path]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return json.loads(done.stdout) if done.returncode == 0 else None


def near(found, wanted, most, what):
    if abs(found - wanted) > most:
        raise AssertionError(f"{what}: {found} instead of {wanted}")


def to_seconds(text):
    return int(datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


def check_head(told, found):
    equal((found["protocol"], found["profile"]), (32, 2132))
    equal(len(found["file_id"]), 1)
    equal(found["file_id"][0]["type"], "activity")
    equal(found["file_id"][0]["manufacturer"], "development")
    equal(to_seconds(found["file_id"][0]["time_created"]), int(told["start"]))
    equal([device.get("source_type") for device in found["device_info"]], [None, "bluetooth_low_energy"])
    equal(found["device_info"][1]["product_name"], told["sensor_name"] or told["sensor"])
    equal([event["event_type"] for event in found["event"]], ["start", "stop_all"])
    equal({event["event"] for event in found["event"]}, {"timer"})


def check_session(told, zones, found):
    session, activity = found["session"], found["activity"]
    equal((len(session), len(activity), activity[0]["num_sessions"]), (1, 1, 1))
    session, activity = session[0], activity[0]
    equal((session["sport"], session["sub_sport"]), ("training", "flexibility_training"))
    equal((session["event"], session["trigger"], activity["event"]), ("session", "activity_end", "activity"))
    equal((to_seconds(session["start_time"]), to_seconds(session["timestamp"])), (int(told["start"]), int(told["end"])))
    for duration in (session["total_elapsed_time"], session["total_timer_time"], activity["total_timer_time"]):
        near(duration, told["end"] - told["start"], 0.0011, "duration")
    near(session["total_moving_time"], told["loaded_s"], 0.0006, "in contact")
    equal((session["passes"], session["holds"]), (told["passes"], told["holds"]))
    # The wall's clock in Berlin, in summer two hours ahead.
    equal(to_seconds(activity["local_timestamp"]), to_seconds(activity["timestamp"]) + 7200)
    names = {field["field_name"]: field["units"] for field in found["field_description"]}
    for name, seconds in zones.items():
        near(session[name], seconds, 0.001, name)
        equal(names[name], "s")


def check_laps(found):
    laps, session = found["lap"], found["session"][0]
    equal(session["num_laps"], len(laps))
    equal([lap["message_index"]["value"] for lap in laps], list(range(len(laps))))
    near(sum(lap["total_elapsed_time"] for lap in laps), session["total_elapsed_time"], 0.001 * len(laps), "laps")
    equal(sum(lap["passes"] for lap in laps), session["passes"])
    equal(sum(lap["holds"] for lap in laps), session["holds"])
    at = session["start_time"]
    for lap in laps:
        equal(lap["start_time"], at)
        equal(lap["total_elapsed_time"] >= 30 or len(laps) == 1, True, "half a minute or more")
        equal((lap["event"], lap["event_type"], lap["sub_sport"]), ("lap", "stop", "flexibility_training"))
        at = lap["timestamp"]
    equal(at, session["timestamp"])


def check_records(stretches, found):
    """Each is the beginning or the end of a pass or a hold, and there is one for each second that has any."""
    ends = {}
    for first, last, from_cm, to_cm, force in stretches:
        ends.setdefault(int(first), []).append((from_cm, force))
        ends.setdefault(int(last), []).append((to_cm, force))
    seconds = [to_seconds(record["timestamp"]) for record in found["record"]]
    equal(seconds, sorted(set(seconds)))
    equal(set(seconds) <= set(ends), True, "records where nothing was")
    equal(len(seconds) >= 0.9 * len(ends), True, f"{len(seconds)} records of {len(ends)} seconds")
    for second, record in zip(seconds, found["record"]):
        matches = [
            place
            for place, force in ends[second]
            if abs(record["below C7"] - place) < 0.006 and abs(record["force"] - force) < 0.06
        ]
        equal(len(matches) > 0, True, f"{record} among {ends[second]}")


def list_stretches(rig, session):
    passes, holds = (
        json.loads(rig.do("rollstat", "a.db", verb, "--session", str(session), "--json")) for verb in ("passes", "holds")
    )
    return [(row["start"], row["end"], row["from_cm"], row["to_cm"], row["mean_n"]) for row in passes] + [
        (row["start"], row["end"], row["at_cm"], row["at_cm"], row["mean_n"]) for row in holds
    ]


def test_what_a_decoder_reads(decoder, rig):
    rig.make("a.db")
    rig.sql("a.db", "UPDATE sensor SET name = 'Blue roller' WHERE id = 1")
    rig.do("rollstat", "a.db", "export", "--format", "fit", "--output", "fit")
    names = rig.names("fit")
    equal(names, ["2026-09-21-161322-session-1.fit", "2026-09-21-161323-session-2.fit"])
    for told, name in zip(rig.tell("a.db")[0], names):
        found = decode(decoder, rig.path("fit/" + name))
        zones = dict(rig.query("a.db", f"SELECT name, seconds FROM zone WHERE session = {told['session']}"))
        check_head(told, found)
        check_session(told, zones, found)
        check_laps(found)
        check_records(list_stretches(rig, told["session"]), found)
        print(f"# {name}: {len(found['lap'])} laps, {len(found['record'])} records")


def test_a_decoder_refuses_a_changed_one(decoder, rig):
    """So it does look at the checksum, and that it takes ours tells something."""
    rig.make("a.db")
    rig.do("rollstat", "a.db", "export", "--format", "fit", "--session", "1", "--output", "one.fit")
    equal(decode(decoder, rig.path("one.fit")) is not None, True)
    data = bytearray(rig.read("one.fit"))
    data[len(data) // 2] ^= 1
    rig.write("one.fit", bytes(data))
    equal(decode(decoder, rig.path("one.fit")), None)


def test_sessions_of_all_kinds(decoder, rig):
    """Without places, newtons, zones, passes, with more zones than fit, with names that are longer than fits."""
    rig.make("a.db")
    rig.multiply("a.db", 6)
    rig.sql(
        "a.db",
        "DELETE FROM pass WHERE session = 101; DELETE FROM hold WHERE session = 101;"
        "DELETE FROM zone WHERE session = 102; UPDATE session SET has_newtons = 0 WHERE id = 103;"
        "UPDATE zone SET name = 'ä' || name || ' öööööööööööööööööööööööööööööö' WHERE session = 104;"
        "WITH RECURSIVE more (n) AS (SELECT 10 UNION ALL SELECT n + 1 FROM more WHERE n < 60) "
        "INSERT INTO zone SELECT 105, n, 'zone ' || n, 90, 91, n, NULL, NULL FROM more;",
    )
    rig.do("rollstat", "a.db", "export", "--format", "fit", "--output", "fit")
    found = {}
    for name in rig.names("fit"):
        found[int(name.split("-")[-1].split(".")[0])] = decode(decoder, rig.path("fit/" + name))
    equal(sorted(found), [1, 2, 101, 102, 103, 104, 105])
    equal(None in found.values(), False)
    equal((len(found[101]["lap"]), "record" in found[101]), (1, False))
    equal({lap.get("zone", "") for lap in found[102]["lap"]}, {""})
    equal({record.get("force") for record in found[103]["record"]}, {None})
    names = [field["field_name"] for field in found[104]["field_description"]]
    equal([name for name in names if "\ufffd" in name], [])
    equal("ämid-thoracic " + "ö" * 8 in names, True, names)
    equal(len(found[105]["field_description"]), 5 + 32)


TESTS = [value for name, value in list(globals().items()) if name.startswith("test_")]

if __name__ == "__main__":
    programs, decoder_of_another_make = sys.argv[1:4], sys.argv[4:6]
    bound = [functools.partial(test, decoder_of_another_make) for test in TESTS]
    for partial, test in zip(bound, TESTS):
        partial.__name__ = test.__name__
    carry_rig.main(bound, programs)
