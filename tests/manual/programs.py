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
    return set(re.findall(r"(?<![\w-])--([a-z]+(?:-[a-z]+)*)\b", text))


def find_verbs(rollstat):
    """The verbs of rollstat: the first word of each line that it has for them."""
    return {line.split()[0] for line in say(rollstat, "help").splitlines()}


def say_all(rollstat):
    """What rollstat tells of itself, and of each of its verbs."""
    return say(rollstat, "--help") + "".join(say(rollstat, "help", verb) for verb in sorted(find_verbs(rollstat)))


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
