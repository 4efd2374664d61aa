# SPDX-License-Identifier: MIT
"""rollstat live on a terminal, beside the real rollerd with its simulated sensor, as a person sees it.

usage: check-live.py ROLLERD ROLLSTAT [TEST ...]
"""

import json
import os
import re
import signal
import subprocess
import sys
import time

import terminal

ROLLERD, ROLLSTAT = sys.argv[1:3]
PLACE = re.compile(r"^Contact +(?:\w+, )?(-?[\d.]+) cm", re.M)


def write_config(folder):
    os.makedirs(f"{folder}/rollerd", exist_ok=True)
    with open(f"{folder}/rollerd/rollerd.conf", "w", encoding="utf-8") as file:
        file.write("[person]\nname=me\nspine_cm=44.0\n")


class Live(terminal.Program):
    def __init__(self, bus, *words, columns=80, lines=24, **environment):
        super().__init__([ROLLSTAT, "live", *words], {**bus.environment, **environment}, columns, lines)

    def place(self):
        """Where contact is by the words on the screen; None: nowhere."""
        found = PLACE.search(self.text())
        return float(found[1]) if found else None

    def marker_row(self):
        """The row of the spine that contact is drawn on."""
        rows = [row for row, line in enumerate(self.lines()) if re.match(r"^\w+ +[┃|](▀|▄|#)", line)]
        return rows[0] if len(rows) == 1 else None


def begin(folder):
    write_config(folder)
    return terminal.Bus(folder)


def test_picture_moves(folder):
    """The spine, the zones, and contact that moves on it."""
    with begin(folder) as bus, terminal.Daemon(ROLLERD, bus), Live(bus) as live:
        live.wait_for("Simulated roller")
        live.wait_for("mid-thoracic")
        live.wait_for(lambda: live.place() is not None and live.marker_row() is not None)
        places, rows = set(), set()

        def has_moved():
            places.add(live.place())
            rows.add(live.marker_row())
            return len(places - {None}) > 10 and len(rows - {None}) > 3

        live.wait_for(has_moved)
        for wanted in ("streaming", "battery 9", "packets lost", "Force", " N ", "cm/s", "s to go", "rolled"):
            live.wait_for(wanted)
        assert live.lines()[2].startswith("C7"), live.text()
        assert any(line.startswith("L5") for line in live.lines()), live.text()
        live.type("q")
        assert live.wait_for_end() == 0
        assert live.is_restored()
        assert "More: rollstat today" in live.text()


def test_seconds_fill(folder):
    """What stands at the end is what the database tells."""
    with begin(folder) as bus:
        with terminal.Daemon(ROLLERD, bus), Live(bus) as live:
            live.wait_for(lambda: re.search(r"\bToday +0:0[6-9] rolled", live.text()))
            shown = int(re.search(r"Today +0:0(\d)", live.text())[1])
            live.type("q")
            live.wait_for_end()
        told = subprocess.run([ROLLSTAT, "--json", "today"], env=bus.environment, capture_output=True, check=True)
        assert abs(json.loads(told.stdout)["loaded_s"] - shown) < 3, told.stdout


def test_silence_is_told(folder):
    with begin(folder) as bus, terminal.Daemon(ROLLERD, bus) as daemon, Live(bus) as live:
        live.wait_for(lambda: live.place() is not None and live.marker_row() is not None)
        daemon.process.send_signal(signal.SIGSTOP)
        took_s = live.wait_for("no data for 1 s")
        assert took_s < 3, took_s
        live.wait_for("no data for 3 s")
        assert live.place() is None and live.marker_row() is None, "a frozen value"
        daemon.process.send_signal(signal.SIGCONT)
        live.wait_for(lambda: live.place() is not None and "no data" not in live.text())


def test_daemon_goes_and_comes(folder):
    with begin(folder) as bus:
        with Live(bus) as live:
            live.wait_for("Waiting for rollerd")
            live.wait_for("systemctl --user start rollerd")
            with terminal.Daemon(ROLLERD, bus) as daemon:
                live.wait_for("0:03 rolled")
                daemon.stop(signal.SIGKILL)
            live.wait_for(lambda: "Waiting for rollerd" in live.text() and live.place() is None)
            with terminal.Daemon(ROLLERD, bus):
                live.wait_for(lambda: live.place() is not None)
                live.wait_for(lambda: "no session" not in live.text())  # it was open before this daemon began
                live.wait_for(lambda: "Waiting" not in live.text())


def test_bus_goes(folder):
    """The bus itself is killed, and another one comes in its place."""
    with begin(folder) as bus:
        with terminal.Daemon(ROLLERD, bus), Live(bus) as live:
            live.wait_for(lambda: live.place() is not None)
            bus.process.kill()
            bus.process.wait()
            live.wait_for("Waiting for rollerd")
            os.unlink(f"{folder}/bus")
            with terminal.Bus(folder) as other:
                with terminal.Daemon(ROLLERD, other, ("--source", "sim", "--db", f"{folder}/other.db")):
                    live.wait_for(lambda: live.place() is not None)


def test_resize(folder):
    with begin(folder) as bus, terminal.Daemon(ROLLERD, bus), Live(bus) as live:
        live.wait_for(lambda: live.place() is not None)
        for columns, lines in ((40, 20), (132, 50), (20, 8), (3, 2), (80, 24)):
            live.set_size(columns, lines)
            if columns >= 20:
                live.wait_for(lambda: live.lines()[0].endswith("streaming") and len(live.lines()[0]) == columns)
            live.pass_time(0.3)
            assert live.process.poll() is None
        live.wait_for("T5-T8")


def test_ctrl_c(folder):
    with begin(folder) as bus, terminal.Daemon(ROLLERD, bus), Live(bus) as live:
        live.wait_for(lambda: live.place() is not None)
        assert not live.is_restored()
        live.type("\x03")
        assert live.wait_for_end() == 0
        assert live.is_restored()


def test_terminated(folder):
    for number in (signal.SIGTERM, signal.SIGHUP):
        with begin(folder) as bus, Live(bus) as live:
            live.wait_for("Waiting for rollerd")
            live.send_signal(number)
            assert live.wait_for_end() == 0
            assert live.is_restored()
        os.unlink(f"{folder}/bus")


def test_stopped_and_resumed(folder):
    """Ctrl-Z gives the terminal back, fg draws all of it anew."""
    with begin(folder) as bus, terminal.Daemon(ROLLERD, bus):
        shell = ["sh", "-mc", f"{ROLLSTAT} live; echo stopped $?; read x; fg; echo over"]
        with terminal.Program(shell, bus.environment) as live:
            live.wait_for("Contact  T")
            live.type("\x1a")
            live.wait_for("stopped 148")
            assert live.output.count(terminal.LEAVE_ALTERNATE) == 1
            live.screen.reset()
            live.type("\n")
            live.wait_for("Contact  T")
            live.wait_for("lumbar")
            live.type("q")
            live.wait_for("over")
            assert live.is_restored()


def test_mark(folder):
    with begin(folder) as bus, terminal.Daemon(ROLLERD, bus), Live(bus) as live:
        live.type("m")
        live.wait_for(lambda: live.place() is not None and "rolled" in live.text())
        live.type("m")
        live.wait_for("This place is marked.")
        marked = subprocess.run([ROLLSTAT, "mark", "--json"], env=bus.environment, capture_output=True, check=True)
        place = json.loads(marked.stdout)
        assert place["session"] == 1 and 0 < place["at_cm"] < 44, place
        live.pass_time(1)  # the daemon commits
        listed = subprocess.run([ROLLSTAT, "marks", "--json"], env=bus.environment, capture_output=True, check=True)
        marks = json.loads(listed.stdout)
        assert len(marks) == 2 and abs(marks[1]["at_cm"] - place["at_cm"]) < 5, marks
        assert marks[0]["level"] and marks[0]["zone"], marks


def test_trouble(folder):
    """What is wrong is told, with what to do; and nothing can be marked."""
    with begin(folder) as bus:
        with terminal.Daemon(ROLLERD, bus, ("--source", "bluez")), Live(bus, "Rollo") as live:
            live.wait_for("Waiting for the sensor Rollo")
            live.wait_for("bluetoothd")
            assert live.place() is None
            live.type("m")
            live.wait_for("There is no sensor whose place could be marked.")
            marked = subprocess.run([ROLLSTAT, "mark"], env=bus.environment, capture_output=True, text=True, check=False)
            assert marked.returncode == 1 and "no session is open" in marked.stderr, marked
            marked = subprocess.run(
                [ROLLSTAT, "mark", "x"], env=bus.environment, capture_output=True, text=True, check=False
            )
            assert marked.returncode == 1 and 'knows no sensor "x"' in marked.stderr, marked
        alone = subprocess.run([ROLLSTAT, "mark"], env=bus.environment, capture_output=True, check=False)
        assert alone.returncode == 3, alone


def test_ascii(folder):
    with begin(folder) as bus, terminal.Daemon(ROLLERD, bus), Live(bus, LANG="C", NO_COLOR="1") as live:
        live.wait_for(lambda: live.place() is not None)
        live.type("q")
        live.wait_for_end()
        assert live.output.isascii()
        assert not re.search(rb"\x1b\[[\d;]*3[0-7]m", live.output), "colour"


def test_bell(folder):
    with begin(folder) as bus, terminal.Daemon(ROLLERD, bus), Live(bus) as live:
        live.wait_for("bell on")
        live.type("b")
        live.wait_for("bell off")


def roll_enough(bus):
    """Until zones have had their dose today."""
    command = [ROLLERD, "--source", "sim", "--speed", "0", "--duration", "900"]
    subprocess.run(command, env=bus.environment, stderr=subprocess.DEVNULL, check=True)


def test_cue(folder):
    """A zone that had its dose before is called as soon as contact is in it: by bell, aloud, and in writing."""
    with begin(folder) as bus:
        roll_enough(bus)
        os.mkdir(f"{folder}/bin")
        with open(f"{folder}/bin/spd-say", "w", encoding="utf-8", opener=lambda path, flags: os.open(path, flags, 0o700)) as file:
            file.write(f'#!/bin/sh\necho "$*" >>{folder}/said\n')
        path = f"{folder}/bin:{bus.environment['PATH']}"
        with terminal.Daemon(ROLLERD, bus), Live(bus, "--bell", "--speak", PATH=path) as live:
            live.wait_for("Move on: ")
            live.wait_for(lambda: os.path.exists(f"{folder}/said"))
            live.type("q")
            assert live.wait_for_end() == 0
            assert live.output.count(b"\a") == 1, live.output.count(b"\a")
            # Also where the picture stays, as on this screen and the console, nothing of it stands behind the last words.
            assert any(line.endswith("More: rollstat today") for line in live.lines()), live.text()
    with open(f"{folder}/said", encoding="utf-8") as file:
        assert file.read() == "--application-name=rollstat --wait --priority=message --language en -- move on\n"


SPEECH = {
    "speech-dispatcher/speechd.conf": """
AudioOutputMethod "alsa"
AddModule "file" "sd_generic" "file.conf"
DefaultModule "file"
LogLevel 3
""",
    "speech-dispatcher/modules/file.conf": """
GenericExecuteSynth "echo \\'$LANGUAGE\\': \\'$DATA\\' >>$HOME/said"
GenericLanguage "en" "English" "utf-8"
AddVoice "en" "MALE1" "any"
""",
    ".asoundrc": "pcm.!default { type null }\nctl.!default { type null }\n",
}


def end_speech(folder):
    """It was begun by spd-say, and outlives it."""
    with open(f"{folder}/speech-dispatcher/pid/speech-dispatcher.pid", encoding="utf-8") as file:
        pid = int(file.read())
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + terminal.PATIENCE_S
    while terminal.is_running(pid):
        assert time.monotonic() < deadline, "speech-dispatcher does not end"


def test_real_speech(folder):
    """The real speech-dispatcher takes the words, and speaks them as what they are, English, whatever the locale is; into a file."""
    os.makedirs(f"{folder}/speech-dispatcher/modules")
    for name, text in SPEECH.items():
        with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
            file.write(text)
    with begin(folder) as bus:
        roll_enough(bus)
        with terminal.Daemon(ROLLERD, bus), Live(bus, "--speak") as live:
            live.wait_for("Move on: ")
            live.wait_for(lambda: os.path.exists(f"{folder}/said") and os.path.getsize(f"{folder}/said") > 0)
            live.type("q")
            assert live.wait_for_end() == 0
        end_speech(folder)
    with open(f"{folder}/said", encoding="utf-8") as file:
        assert file.readline() == "English: move on\n"


def test_lines_on_a_terminal(folder):
    with begin(folder) as bus, Live(bus, "--lines") as live:
        live.wait_for("no rollerd: start it")
        with terminal.Daemon(ROLLERD, bus):
            live.wait_for("rollerd is there")
            live.wait_for("sensor Simulated roller: streaming")
            live.wait_for("pass toward the")
        live.wait_for("no rollerd")
        assert terminal.ENTER_ALTERNATE not in live.output
        live.type("\x03")
        assert live.wait_for_end() == 0


def test_dumb_terminal(folder):
    with begin(folder) as bus, terminal.Daemon(ROLLERD, bus), Live(bus, TERM="dumb") as live:
        live.wait_for("pass toward the")
        assert b"\x1b" not in live.output


def test_no_terminal(folder):
    """Lines for scripts, until the reader has left; and no waiting where there is no daemon."""
    with begin(folder) as bus:
        alone = subprocess.run([ROLLSTAT, "live"], env=bus.environment, capture_output=True, text=True, check=False)
        assert alone.returncode == 3, alone
        assert alone.stdout == "" and "rollerd does not answer" in alone.stderr, alone
        with terminal.Daemon(ROLLERD, bus):
            deadline = time.monotonic() + terminal.PATIENCE_S
            while subprocess.run([ROLLSTAT, "status"], env=bus.environment, capture_output=True, check=False).returncode:
                assert time.monotonic() < deadline
            live = subprocess.Popen([ROLLSTAT, "live", "--json"], env=bus.environment, stdout=subprocess.PIPE, text=True)
            events = []
            while not {"daemon", "link", "pass"} <= {event["event"] for event in events}:
                events.append(json.loads(live.stdout.readline()))
            single = [event for event in events if event["event"] == "pass"][0]
            assert abs(single["to_cm"] - single["from_cm"]) >= 3, single
            live.stdout.close()
            assert live.wait(timeout=terminal.PATIENCE_S) == 0


def test_wrong_words(folder):
    with begin(folder) as bus:
        for words in (["--weight", "7"], ["--weight", "heavy"], ["a", "b"]):
            done = subprocess.run([ROLLSTAT, "live", *words], env=bus.environment, capture_output=True, check=False)
            assert done.returncode == 2, (words, done)


TESTS = [
    test_picture_moves,
    test_seconds_fill,
    test_silence_is_told,
    test_daemon_goes_and_comes,
    test_bus_goes,
    test_resize,
    test_ctrl_c,
    test_terminated,
    test_stopped_and_resumed,
    test_mark,
    test_trouble,
    test_ascii,
    test_bell,
    test_cue,
    test_real_speech,
    test_lines_on_a_terminal,
    test_dumb_terminal,
    test_no_terminal,
    test_wrong_words,
]
chosen = sys.argv[3:]
sys.exit(terminal.run_all([test for test in TESTS if not chosen or test.__name__ in chosen]))
