# SPDX-License-Identifier: MIT
"""Programs on a terminal of their own: a pseudo-terminal, and an emulator (pyte) that says what a person would see.

    with terminal.Bus(folder) as bus:
        with terminal.Program([rollstat, "live"], bus.environment) as program:
            program.wait_for("Waiting")       # a text, or a question about the program
            program.type("q")
            assert program.wait_for_end() == 0

A test in another folder finds it by sys.path. What is told line by line is waited for by expect, which needs no screen:

        program.expect("Your name")           # behind what was expected before
        program.type("Anna\n")

Waits for what it is told to, never for a time; after PATIENCE_S it fails and shows the screen.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import tempfile
import termios
import time

import pyte

PATIENCE_S = 30
ENTER_ALTERNATE, LEAVE_ALTERNATE = b"\x1b[?1049h", b"\x1b[?1049l"
HIDE_CURSOR, SHOW_CURSOR = b"\x1b[?25l", b"\x1b[?25h"


class Screen(pyte.Screen):
    """A screen that passes over what pyte 0.8 chokes on: private marks in sequences that it knows without them."""

    def report_device_status(self, mode, **_ignored):
        super().report_device_status(mode)


class Program:
    """A program that a terminal of its own controls. options: as of subprocess.Popen, for a stream that is not on the terminal,
    or another folder."""

    def __init__(self, command, environment, columns=80, lines=24, **options):
        self.output = b""
        self.expected = 0
        self.screen = Screen(columns, lines)
        self.stream = pyte.ByteStream(self.screen)
        self.status = None
        self.terminal, self.inside = pty.openpty()
        self.set_size(columns, lines)
        self.modes = termios.tcgetattr(self.inside)
        streams = {"stdin": self.inside, "stdout": self.inside, "stderr": self.inside, **options}
        self.process = subprocess.Popen(
            command, env=environment, close_fds=True, preexec_fn=self._be_led, **streams
        )

    def _be_led(self):
        os.setsid()
        fcntl.ioctl(self.inside, termios.TIOCSCTTY, 0)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        if kind is not None:
            print("\n".join("# |" + line for line in self.lines()), flush=True)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        os.close(self.terminal)
        os.close(self.inside)

    # ---- What a person does ----

    def type(self, text):
        os.write(self.terminal, text.encode())

    def set_size(self, columns, lines):
        """As a window that is dragged: the kernel tells the program by SIGWINCH."""
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.screen.resize(lines, columns)

    def send_signal(self, number):
        self.process.send_signal(number)

    # ---- What a person sees ----

    def lines(self):
        return [line.rstrip() for line in self.screen.display]

    def text(self):
        return "\n".join(self.lines())

    def said(self):
        """All that it ever put on the terminal, and what was typed, where that is shown."""
        return self.output.decode(errors="replace").replace("\r\n", "\n")

    def turn(self, seconds=0.05):
        """Takes what the program wrote meanwhile. True: it wrote something."""
        ready, _, _ = select.select([self.terminal], [], [], seconds)
        if not ready:
            return False
        data = os.read(self.terminal, 65536)
        self.output += data
        self.stream.feed(data)
        return True

    def pass_time(self, seconds):
        """Only where nothing happening is what is tested, or to measure."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.turn(min(left, 0.05))

    def wait_for(self, wanted, patience_s=PATIENCE_S):
        """wanted: a text that is on the screen, or a function that answers whether it is so. Returns how long it took."""
        question = (lambda: wanted in self.text()) if isinstance(wanted, str) else wanted
        began = time.monotonic()
        while not question():
            if time.monotonic() - began > patience_s:
                raise AssertionError(f"waited for {wanted!r} in vain:\n{self.text()}")
            self.turn()
        return time.monotonic() - began

    def expect(self, text):
        """Waits until it has said text, behind what was expected before. Fails where it ends without."""
        began = time.monotonic()
        while (at := self.said().find(text, self.expected)) < 0:
            has_ended = self.process.poll() is not None
            if not self.turn() and (has_ended or time.monotonic() - began > PATIENCE_S):
                raise AssertionError(f"waited for {text!r} in vain; it said {self.said()!r}")
        self.expected = at + len(text)

    def wait_for_end(self):
        """Its exit status; what it wrote to its end is on the screen."""
        self.wait_for(lambda: self.process.poll() is not None)
        while self.turn(0):
            pass
        return self.process.returncode

    def wait_for_stop(self):
        """Until it is stopped, as by Ctrl-Z."""
        self.wait_for(lambda: read_state(self.process.pid) == "T")
        while self.turn(0):
            pass

    def is_restored(self):
        """Whether the terminal is as it was before: modes, cursor, the screen of the shell."""
        return (
            termios.tcgetattr(self.inside) == self.modes
            and self.output.count(ENTER_ALTERNATE) == self.output.count(LEAVE_ALTERNATE)
            and self.output.rfind(SHOW_CURSOR) >= self.output.rfind(HIDE_CURSOR)
        )


def read_state(pid):
    """ "R", "S", "T" ... as the kernel has it."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        return file.read().rpartition(")")[2].split()[0]


def is_running(pid):
    """Whether it has not ended, be it that nobody has asked for its end yet."""
    try:
        return read_state(pid) != "Z"
    except FileNotFoundError:
        return False


def read_cpu_s(pid):
    """Time that a process spent on a processor, all threads, by the kernel's account in nanoseconds."""
    total = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/schedstat", encoding="utf-8") as file:
            total += int(file.read().split()[0])
    return total / 1e9


class Bus:
    """A message bus in a folder, and an environment in which nothing else is found: no settings, no history, no
    other bus."""

    def __init__(self, folder):
        self.folder = folder
        self.address = f"unix:path={folder}/bus"
        self.environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": folder,
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "TERM": "xterm-256color",
            "XDG_CONFIG_HOME": folder,
            "XDG_DATA_HOME": folder,
            "XDG_RUNTIME_DIR": folder,
            "DBUS_SESSION_BUS_ADDRESS": self.address,
            "DBUS_SYSTEM_BUS_ADDRESS": self.address,
        }
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]
        self.process = None

    def __enter__(self):
        self.process = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1", f"--address={self.address}"],
            stdout=subprocess.PIPE,
            env=self.environment,
        )
        assert self.process.stdout.readline(), "no bus"
        return self

    def __exit__(self, *_ignored):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Daemon:
    """rollerd with its simulated sensor, or with these options, until it is stopped."""

    def __init__(self, rollerd, bus, options=("--source", "sim")):
        self.log = open(f"{bus.folder}/rollerd.log", "ab")
        self.process = subprocess.Popen(
            [rollerd, *options], env=bus.environment, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log
        )

    def __enter__(self):
        return self

    def __exit__(self, *_ignored):
        self.stop(signal.SIGTERM)

    def stop(self, number):
        if self.process.poll() is None:
            self.process.send_signal(number)
            self.process.send_signal(signal.SIGCONT)
            self.process.wait()
        self.log.close()


def run_all(tests):
    """Runs functions that take a folder, and tells TAP. Returns the exit status."""
    print(f"1..{len(tests)}", flush=True)
    n_failed = 0
    for number, test in enumerate(tests, 1):
        try:
            with tempfile.TemporaryDirectory(prefix="terminal-") as folder:
                test(folder)
            print(f"ok {number} {test.__name__}", flush=True)
        except Exception as failure:  # of a test: the others still run
            n_failed += 1
            print("\n".join(f"# {line}" for line in f"{type(failure).__name__}: {failure}".splitlines()))
            print(f"not ok {number} {test.__name__}", flush=True)
    return 1 if n_failed else 0
