# SPDX-License-Identifier: MIT
"""An ordinary person at a terminal: logged in, with a session of logind and a bus of their own; sudo asks for no password."""

import contextlib
import fcntl
import os
import pathlib
import pty
import pwd
import re
import select
import signal
import struct
import termios
import time

import rig
from rig import check, run

COLUMNS = 80


def make_person(name, *groups):
    """One who was never here before, and may use sudo."""
    run("useradd", "--create-home", "--shell", "/bin/bash", "--groups", ",".join(groups), name)
    pathlib.Path(f"/etc/sudoers.d/{name}").write_text(f"{name} ALL=(ALL) NOPASSWD: ALL\n", encoding="utf-8")


@contextlib.contextmanager
def at_home(name):
    """What runs of a person's own ends with this."""
    try:
        yield
    finally:
        run("loginctl", "disable-linger", name, is_checked=False)
        run("loginctl", "terminate-user", name, is_checked=False)
        run("systemctl", "stop", f"user@{pwd.getpwnam(name).pw_uid}.service", is_checked=False)


class Login:
    """A login on a pseudo-terminal. What was seen there comes back in OUT, NAME-seen.txt."""

    def __init__(self, user, name):
        self.log = open(rig.OUT / f"{name}-seen.txt", "a", encoding="utf-8")
        self.seen = ""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execve("/bin/login", ["login", "-f", user], {"TERM": "xterm-256color"})
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
        # A shell that edits no lines and prompts for none: what is seen are the programs alone.
        self.type("stty -echo; PS1= ENV= exec sh")
        self.do("true", limit_s=90)

    def type(self, line):
        os.write(self.fd, f"{line}\n".encode())

    def expect(self, pattern, limit_s=60):
        """Reads until that is seen behind what was expected before; what came before it, and the match."""
        end = time.monotonic() + limit_s
        while True:
            found = re.search(pattern, self.seen)
            if found:
                before, self.seen = self.seen[: found.start()], self.seen[found.end() :]
                return before, found
            left = end - time.monotonic()
            check(left > 0, f"waited {limit_s} s in vain for {pattern}; seen: {self.seen[-900:]}")
            if select.select([self.fd], [], [], min(left, 1))[0]:
                self.read()

    def read(self):
        try:
            more = os.read(self.fd, 4096).decode(errors="replace").replace("\r", "")
        except OSError:
            time.sleep(0.1)  # login hangs the terminal up once, before it opens it for itself
            return
        self.seen += more
        self.log.write(more)
        self.log.flush()

    def do(self, command, limit_s=90, answers=None):
        """Runs a line of the shell; its exit status, and what it said. answers: what to type where that is asked."""
        answers = dict(answers or {})
        self.log.write(f"\n$ {command}\n")
        self.type(f"echo '<<'@; {command}; echo @$?'>>'")
        self.expect("<<@\n", limit_s)
        all_said = ""
        while True:
            said, found = self.expect("|".join([r"@(\d+)>>\n", *answers]), limit_s)
            all_said += said
            if found[1]:
                return int(found[1]), all_said
            all_said += found[0]
            self.type(next(answer for asked, answer in answers.items() if re.search(asked, found[0])))

    def close(self):
        if self.fd is None:
            return
        with contextlib.suppress(OSError):
            self.type("exit")
        end = time.monotonic() + 15
        while os.waitpid(self.pid, os.WNOHANG) == (0, 0):
            if time.monotonic() > end:
                os.kill(self.pid, signal.SIGKILL)
            time.sleep(0.1)
        os.close(self.fd)
        self.fd = None
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.close()
