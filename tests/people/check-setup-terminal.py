# SPDX-License-Identifier: MIT
"""setup on a terminal of its own: what a person sees who types there, that no line is cut, and that Ctrl-C ends it."""

import os
import pty
import select
import signal
import sys
import tempfile
import time

PATIENCE_S = 20


class Terminal:
    """rollstat on a pseudo-terminal."""

    def __init__(self, folder, *command):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            kept = {name: value for name, value in os.environ.items() if name.startswith("DBUS")}
            os.execve(
                command[0],
                command,
                {
                    **kept,
                    "PATH": folder,
                    "HOME": folder,
                    "XDG_CONFIG_HOME": folder,
                    "XDG_DATA_HOME": folder,
                    "XDG_RUNTIME_DIR": folder,
                    "LC_ALL": "C.UTF-8",
                    "TERM": "xterm",
                },
            )
        self.seen = ""

    def expect(self, text):
        """Reads until it has said text, behind what was expected before."""
        last = time.monotonic() + PATIENCE_S
        while text not in self.seen:
            ready, _, _ = select.select([self.fd], [], [], max(0.0, last - time.monotonic()))
            if not ready:
                raise AssertionError(f"waited in vain for {text!r}; it said {self.seen!r}")
            try:
                more = os.read(self.fd, 4096)
            except OSError:
                more = b""
            if not more:
                raise AssertionError(f"ended without {text!r}; it said {self.seen!r}")
            self.seen += more.decode()
        before, _, self.seen = self.seen.partition(text)
        return before

    def type(self, keys):
        os.write(self.fd, keys.encode())

    def end(self):
        """What else it says, and how it ended."""
        rest = self.seen
        while True:
            try:
                more = os.read(self.fd, 4096)
            except OSError:
                more = b""
            if not more:
                break
            rest += more.decode()
        _, status = os.waitpid(self.pid, 0)
        os.close(self.fd)
        return rest, status


def check_walk(rollstat):
    """A first person without systemd: each step answered or skipped."""
    with tempfile.TemporaryDirectory() as folder:
        terminal = Terminal(folder, rollstat, "--db", f"{folder}/a.db", "setup")
        said = terminal.expect("Your name (Enter: me):")
        terminal.type("Zoë\n")
        said += terminal.expect("(s: not measured):")
        terminal.type("44\n")
        said += terminal.expect("(s: not said):")
        terminal.type("s\n")
        said += terminal.expect("Zoë rolls, with a spine of 44.0 cm.")
        said += terminal.expect("Enter: it runs.")
        terminal.type("\n")
        said += terminal.expect("rollerd does not answer.")
        said += terminal.expect("Enter: it runs.")
        terminal.type("s\n")
        rest, status = terminal.end()
        faults = [f"too long: {line!r}" for line in (said + rest).splitlines() if len(line) > 80]
        if "Not all of it is done" not in rest:
            faults.append(f"it ends with {rest!r}")
        if status != 0:
            faults.append(f"status {status}")
        with open(f"{folder}/rollerd/rollerd.conf", encoding="utf-8") as file:
            config = file.read()
        if config != "[person]\nname=Zoë\nspine_cm=44.0\n":
            faults.append(f"the configuration is {config!r}")
        return faults


def check_interrupt(rollstat):
    """Ctrl-C, with half a line typed."""
    with tempfile.TemporaryDirectory() as folder:
        terminal = Terminal(folder, rollstat, "--db", f"{folder}/a.db", "setup")
        terminal.expect("Your name (Enter: me):")
        terminal.type("Zo\x03")
        _, status = terminal.end()
        faults = [] if status == signal.SIGINT else [f"status {status}"]
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
