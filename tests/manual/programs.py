# SPDX-License-Identifier: MIT
"""What the programs say of themselves, for the tests of what is said about them."""

import os
import re
import subprocess


def say(*command, **options):
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        text=True,
        check=True,
        **options,
    )
    return done.stdout


def find_options(text):
    """The long options that a help or a completion names, without dashes."""
    return set(re.findall(r"(?<![\w-])--([a-z]+)\b", text))


def find_verbs(help_text):
    """The verbs of rollstat: what its help lists first. "help" is one that it does not list."""
    listed = help_text.split("\n\n")[1]
    starts = [re.split(r"\s{2,}|[A-Z\[]", line.strip())[0] for line in listed.splitlines()]
    return {verb for start in starts for verb in re.findall(r"[a-z]+", start)} | {"help"}


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


def tell(points):
    """points: (name, faults) as TAP; returns the exit status."""
    print(f"1..{len(points)}")
    for number, (name, faults) in enumerate(points, 1):
        for fault in faults:
            print("# " + str(fault).replace("\n", "\n# "))
        print(f"{'not ok' if faults else 'ok'} {number} {name}")
    return 1 if any(faults for _, faults in points) else 0
