# SPDX-License-Identifier: MIT
"""The report that the README shows is the one that the demo ends with, but for the day and the hour.

usage: check-readme.py README ROLLERD ROLLSTAT
"""

import difflib
import os
import re
import subprocess
import sys
import tempfile
import time

CONFIG = "[person]\nname=demo\nstature_cm=175\nspine_cm=44.0\n"
SIMULATED = ["--source", "sim", "--seed", "7", "--speed", "0", "--duration", "600"]


def get_shown(readme):
    with open(readme, encoding="utf-8") as file:
        return re.search(r"^\$ rollstat today\n\n(.*?)^```$", file.read(), re.M | re.S)[1]


def report(rollerd, rollstat, folder):
    """What rollstat says of the demo's ten minutes, somewhere where it is noon: they never end tomorrow."""
    nowhere = f"unix:path={folder}/no-bus"
    environment = {
        "HOME": folder,
        "LC_ALL": "C.UTF-8",
        "TZ": f"<there>{time.gmtime().tm_hour - 12}",
        "DBUS_SESSION_BUS_ADDRESS": nowhere,
        "DBUS_SYSTEM_BUS_ADDRESS": nowhere,
    }
    config, database = os.path.join(folder, "rollerd.conf"), os.path.join(folder, "rollerd.db")
    with open(config, "w", encoding="utf-8") as file:
        file.write(CONFIG)
    options = {"check": True, "capture_output": True, "text": True, "env": environment}
    subprocess.run([rollerd, "--config", config, "--db", database, *SIMULATED], **options)
    return subprocess.run([rollstat, "--db", database, "today"], **options).stdout


def without_time(text):
    """The day goes with the blanks that fill its line."""
    text = re.sub(r"\A\w+day \d+ \w+ \d{4} +", "", text)
    return re.sub(r"\d\d:\d\d to \d\d:\d\d", "", text, count=1)


def main():
    readme, rollerd, rollstat = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        told = without_time(report(rollerd, rollstat, folder))
    shown = without_time(get_shown(readme))
    for line in difflib.unified_diff(
        shown.splitlines(), told.splitlines(), "README.md", "rollstat today", lineterm=""
    ):
        print(f"# {line}")
    print("1..1")
    print(f"{'ok' if shown == told else 'not ok'} 1 readme")


main()
