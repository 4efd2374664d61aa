# SPDX-License-Identifier: MIT
"""A long answer goes through the pager, on a terminal alone. usage: check-pager.py ROLLSTAT MAKE-HISTORY"""

import os
import sys
import tempfile

import programs

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "terminal"))
import terminal  # noqa: E402  # pylint: disable=wrong-import-position

ROWS = 12


def show(command, env):
    """What a terminal of 12 lines gets to see, and the exit status."""
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "dumb", "TZ": "UTC", **env}
    with terminal.Program(command, env, lines=ROWS) as program:
        status = program.wait_for_end()
        return program.said(), status


def differ(name, seen, wanted):
    return [] if seen == wanted else [f"{name}: {seen!r}, not {wanted!r}"]


def main():
    rollstat, make_history = (os.path.abspath(path) for path in sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder:
        database = f"{folder}/made.db"
        programs.say(make_history, database, "30")
        pager = f"{folder}/pager"
        with open(pager, "w", encoding="utf-8") as file:
            file.write('#!/bin/sh\necho "pager $1"\nexec wc -l\n')
        os.chmod(pager, 0o755)
        long, short = [rollstat, "--db", database, "sessions"], [rollstat, "--version"]
        whole = programs.say(*long)
        lines = whole.count("\n")
        paged = (f"pager one\n{lines}\n", 0)
        points = [
            ("through PAGER", differ("seen", show(long, {"PAGER": f"{pager} one"}), paged)),
            (
                "through ROLLSTAT_PAGER before PAGER",
                differ("seen", show(long, {"PAGER": "cat", "ROLLSTAT_PAGER": f"{pager} one"}), paged),
            ),
            ("a short one is not", differ("seen", show(short, {"PAGER": pager})[0], programs.say(*short))),
            ("cat: none", differ("seen", show(long, {"PAGER": "cat"}), (whole, 0))),
            ("empty: none", differ("seen", show(long, {"PAGER": ""}), (whole, 0))),
            ("not there: none", differ("seen", show(long, {"PAGER": f"{folder}/none"}), (whole, 0))),
            ("a reader that leaves", differ("seen", show(long, {"PAGER": "true"}), ("", 0))),
            ("to a pipe as it is", differ("lines", lines > ROWS and "pager" not in whole, True)),
        ]
    return programs.tell(points)


sys.exit(main())
