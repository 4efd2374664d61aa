# SPDX-License-Identifier: MIT
"""setup on a terminal of its own: what a person sees who types there, that no line is cut, and that Ctrl-C ends it."""

import os
import signal
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "terminal"))
import terminal  # noqa: E402  # pylint: disable=wrong-import-position


def begin(folder, rollstat):
    """On a machine without systemd: no program is found."""
    kept = {name: value for name, value in os.environ.items() if name.startswith("DBUS")}
    environment = {
        **kept,
        "PATH": folder,
        "HOME": folder,
        "XDG_CONFIG_HOME": folder,
        "XDG_DATA_HOME": folder,
        "XDG_RUNTIME_DIR": folder,
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm",
    }
    return terminal.Program([rollstat, "--db", f"{folder}/a.db", "setup"], environment)


def check_walk(rollstat):
    """A first person without systemd: each step answered or skipped."""
    with tempfile.TemporaryDirectory() as folder, begin(folder, rollstat) as program:
        program.expect("Your name (Enter: me):")
        program.type("Zoë\n")
        program.expect("(s: not measured):")
        program.type("44\n")
        program.expect("(s: not said):")
        program.type("s\n")
        program.expect("Zoë rolls, with a spine of 44.0 cm.")
        program.expect("Enter: it runs.")
        program.type("\n")
        program.expect("rollerd does not answer.")
        program.expect("Enter: it runs.")
        program.type("s\n")
        program.expect("Not all of it is done")
        status = program.wait_for_end()
        faults = [f"too long: {line!r}" for line in program.said().splitlines() if len(line) > 80]
        if status != 0:
            faults.append(f"status {status}")
        with open(f"{folder}/rollerd/rollerd.conf", encoding="utf-8") as file:
            config = file.read()
        if config != "[person]\nname=Zoë\nspine_cm=44.0\n":
            faults.append(f"the configuration is {config!r}")
        return faults


def check_interrupt(rollstat):
    """Ctrl-C, with half a line typed."""
    with tempfile.TemporaryDirectory() as folder, begin(folder, rollstat) as program:
        program.expect("Your name (Enter: me):")
        program.type("Zo\x03")
        status = program.wait_for_end()
        faults = [] if status == -signal.SIGINT else [f"status {status}"]
        return faults + [f"it left {name}" for name in os.listdir(folder)]


def main():
    rollstat = sys.argv[1]
    points = [("walk", check_walk(rollstat)), ("interrupt", check_interrupt(rollstat))]
    print(f"1..{len(points)}")
    for number, (name, faults) in enumerate(points, 1):
        for fault in faults:
            print("# " + fault.replace("\n", "\n# "))
        print(f"{'not ok' if faults else 'ok'} {number} {name}")
    return 1 if any(faults for _, faults in points) else 0


sys.exit(main())
