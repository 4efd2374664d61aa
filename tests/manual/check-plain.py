# SPDX-License-Identifier: MIT
"""On the plainest terminal (LC_ALL=C, no colour, 80 columns) every verb that tells something is ASCII in lines that fit, whatever names
it tells; its --json parses, and its --csv is a table.

usage: check-plain.py ROLLSTAT MAKE-HISTORY
"""

import csv
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time

import programs

WIDTH = 80
DAY_S = 86400
# What is asked of each verb, as text and in each form that it has.
ASKED = {
    "today": [["today"]],
    "day": [["day", "yesterday"], ["day", "today", "--person", "me"]],
    "week": [["week"]],
    "month": [["month"]],
    "range": [["range", "20d", "today"]],
    "trend": [["trend"], ["trend", "mid-thoracic"], ["trend", "T7"], ["trend", "year"]],
    "spots": [["spots"], ["spots", "year"]],
    "compare": [["compare", "last-week", "week"], ["compare", "last-year", "year"]],
    "goals": [["goals"]],
    "session": [["session", "3"]],
    "sessions": [["sessions"], ["sessions", "--day", "yesterday"], ["sessions", "--deleted"]],
    "passes": [["passes"]],
    "holds": [["holds"]],
    "marks": [["marks"]],
    "report": [["report"], ["report", "--week"], ["report", "--month"], ["report", "year"]],
    "guide": [["guide"]],
    "plan": [["plan"], ["plan", "--minutes", "5"], ["plan", "--minutes", "15", "--with", "bar"]],
    "person": [["person"]],
    "devices": [["devices"]],
    "doctor": [["doctor"]],
    "help": [["help"], ["--help"]],
}
# These ask rollerd, or change something: their golden files hold what they say.
NOT_ASKED = (
    "status live mark log follow setup calibrate pair unpair export import backup restore".split()
)
SAID = """
INSERT INTO goal VALUES (1, 'me', 'mid-thoracic', 'seconds', 90.0, 'day', 1), (2, 'me', NULL, 'sessions', 3.0, 'week', 2);
INSERT INTO exercise VALUES (1, 'me', 'cat-cow', {now_us} - 7200000000, 60.5), (2, 'me', 'heat', {now_us} - 90000000000, 900);
INSERT INTO mark SELECT id, 0, start_us + 20000000, 12.25, 0.4 FROM session;
INSERT INTO mark SELECT id, 1, start_us + 40000000, 27.75, NULL FROM session WHERE id % 2;
INSERT INTO amendment VALUES (2, NULL, 1);
"""
# Names as nobody has them, of all that have one; a bar in counts that tells sides; places that are not sure.
ODD = """
UPDATE sensor SET name = char(27) || ']0;evil' || char(7) || 'Rölle 滚筒 with a very long name that goes on and on and on, and on',
    manufacturer = 'Größe' || char(10) || 'AG', model = char(8238) || 'R1', firmware = char(155) || '31m1.2';
UPDATE session SET person = 'Änna' || char(27) || '[31m of a name of so many letters, and more' WHERE id % 3 = 1;
INSERT INTO person VALUES ('Otto Öttinger, who has a name that hardly fits any column', 45.5, NULL, 1, 181.5), ('x', NULL, 181, 2, NULL);
INSERT INTO nickname VALUES (1, '=blue "one", ⅔ of it' || char(27) || '[2J', NULL);
UPDATE zone SET name = 'Müllers "' || name || '", weit oben am Rücken, wo es zieht' WHERE session % 2;
UPDATE session SET kind = 'bar', has_newtons = 0, left_s = loaded_s / 4, centre_s = loaded_s / 2, right_s = loaded_s / 4
    WHERE id % 5 = 0;
UPDATE session SET unsure_s = loaded_s / 2, unplaced_s = 30, loaded_s = loaded_s + 30, lost_s = 7 WHERE id % 4 = 0;
UPDATE pass SET is_cut = 1, uncertainty_cm = NULL WHERE n % 9 = 0;
UPDATE session SET loaded_s = loaded_s * 1000 WHERE id = (SELECT max(id) FROM session);
UPDATE zone SET seconds = seconds * 1000, force_ns = force_ns * 1000 WHERE session = (SELECT max(id) FROM session);
"""


def make(make_history, path, sessions, now_s, sql):
    """The last session began at midnight, so that there is one of today at any time of the day."""
    programs.say(make_history, path, str(sessions), str(now_s - now_s % DAY_S))
    with sqlite3.connect(path) as connection:
        connection.executescript(sql.format(now_us=now_s * 1000000))
    connection.close()


def ask(rollstat, folder, database, words):
    """Standard output, and what is wrong with how it ended."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": folder,
        "LC_ALL": "C",
        "TZ": "UTC",
        "COLUMNS": str(WIDTH),
        "TERM": "xterm-256color",
        "XDG_CONFIG_HOME": folder,
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent",
        "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nonexistent",
    }
    done = subprocess.run(
        [rollstat, "--db", database, "--color=auto", *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        cwd=folder,
        env=environment,
    )
    # A doctor that found something wrong says so by its status.
    is_well = done.returncode == 0 or words[0] == "doctor"
    faults = [] if is_well and not done.stderr else [f"{words}: {done.returncode}, {done.stderr.decode()}"]
    return done.stdout, faults


def find_controls(data):
    return sorted({byte for byte in data if byte < 32 and byte != 10 or byte == 127})


def check_text(words, data):
    faults = [] if data.isascii() else [f"{words}: not all of it is ASCII"]
    if find_controls(data):
        faults.append(f"{words}: it has the bytes {find_controls(data)}")
    lines = data.decode(errors="replace").splitlines()
    # A path is not parted.
    wide = [line for line in lines if len(line) > WIDTH and (" " in line.strip() or words[0] != "doctor")]
    faults += [f"{words}: {len(line)} columns: {line}" for line in wide[:3]]
    return faults if lines else [*faults, f"{words}: it says nothing"]


def check_json(words, data):
    try:
        json.loads(data)
    except ValueError as error:
        return [f"{words}: {error}"]
    return [f"{words}: it has the bytes {find_controls(data)}"] if find_controls(data) else []


def check_csv(words, data, has_rows):
    rows = list(csv.reader(data.decode().splitlines(), strict=True))
    widths = {len(row) for row in rows}
    faults = [] if len(widths) <= 1 else [f"{words}: rows of {sorted(widths)} fields"]
    if find_controls(data):
        faults.append(f"{words}: it has the bytes {find_controls(data)}")
    return faults if len(rows) > 1 or not has_rows else [*faults, f"{words}: no rows"]


def check_verb(asker, verb, options, is_full):
    """asker: a function from words to what is said and faults."""
    faults = []
    for words in ASKED[verb] if is_full else ASKED[verb][:1]:  # without history there is no zone to ask for
        data, wrong = asker(words)
        faults += wrong or check_text(words, data)
        for form in sorted(options & {"json", "csv"}):
            words_of_form = [*words, f"--{form}"]
            data, wrong = asker(words_of_form)
            check = check_json(words_of_form, data) if form == "json" else check_csv(words_of_form, data, is_full)
            faults += wrong or check
    return faults


def check_caught():
    """What is wrong is found."""
    shown = {
        "not all of it is ASCII": check_text(["x"], "ä\n".encode()),
        "it has the bytes [27]": check_text(["x"], b"\x1b[31m\n"),
        "81 columns": check_text(["x"], b"a" * 81 + b"\n"),
        "it says nothing": check_text(["x"], b""),
        "Expecting property name": check_json(["x"], b"{"),
        "rows of [1, 2] fields": check_csv(["x"], b"a,b\n1\n", True),
        "it has the bytes [7]": check_csv(["x"], b"a,b\n1,\x07\n", True),
        "no rows": check_csv(["x"], b"a,b\n", True),
    }
    return [f"{words}: not found in {found}" for words, found in shown.items() if words not in str(found)]


def main():
    rollstat, make_history = (os.path.abspath(path) for path in sys.argv[1:])
    verbs = {verb: programs.find_options(programs.say(rollstat, "help", verb)) for verb in programs.find_verbs(rollstat)}
    told = sorted([*ASKED, *NOT_ASKED])
    points = [
        ("no verb is forgotten", [] if told == sorted(verbs) else [f"{told} instead of {sorted(verbs)}"]),
        ("what is wrong is found", check_caught()),
    ]
    with tempfile.TemporaryDirectory(prefix="plain-") as folder:
        now_s = int(time.time())
        for name, sessions, sql in (("plain", 30, SAID), ("odd", 30, SAID + ODD), ("empty", 0, "")):
            database = f"{folder}/{name}.db"
            make(make_history, database, sessions, now_s, sql)

            def asker(words, database=database):
                return ask(rollstat, folder, database, words)

            asked = [verb for verb in ASKED if sessions or verb != "session"]  # without history there is none
            points += [
                (f"{name}: {verb}", check_verb(asker, verb, verbs[verb], sessions > 0)) for verb in asked
            ]
        points += [
            (f"help {verb}", check_text(["help", verb], ask(rollstat, folder, "none.db", ["help", verb])[0]))
            for verb in sorted(verbs)
        ]
    return programs.tell(points)


sys.exit(main())
