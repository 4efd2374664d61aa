# SPDX-License-Identifier: MIT
"""First program of the machine: runs the cases that the plan names, then powers the machine off.

What a case gives is written to a port at once. What was kept of it (logs, trace, database of a failed case) goes as an
archive to a disk of its own. A case may ask for a reboot by returning rig.REBOOT after having noted where it is; the
machine comes up again and the case is called anew.
"""

import json
import pathlib
import subprocess
import sys
import time
import traceback

HOME = pathlib.Path("/var/lib/rig")
sys.path[:0] = [str(HOME / "vm/guest"), str(HOME / "replay")]

# pylint: disable=wrong-import-position
import cases
import rig

PORT = pathlib.Path("/dev/virtio-ports/results")
DONE = HOME / "done"
BACK = "/dev/vdc"


def tell(name, verdict, seconds, text, figures):
    line = {"case": name, "verdict": verdict, "seconds": round(seconds, 1), "text": text, "figures": figures}
    with open(PORT, "w", encoding="utf-8") as port:
        port.write(json.dumps(line) + "\n")
    with open(DONE, "a", encoding="utf-8") as done:
        done.write(name + "\n")


def keep(name, since):
    with open(rig.OUT / f"{name}.journal.txt", "w", encoding="utf-8") as file:
        subprocess.run(
            ["journalctl", "--no-pager", "-o", "short-precise", f"--since=@{since:.0f}"], stdout=file, check=False
        )
    send_back()


def send_back():
    subprocess.run(["tar", "-C", str(rig.OUT), "-cf", BACK, "."], check=False)
    subprocess.run(["sync"], check=False)


def forget(name):
    for path in rig.OUT.glob(f"{name}.*"):
        path.unlink()


def run_case(name):
    """Returns whether the machine is to be booted again for it."""
    begin, since, figures = time.monotonic(), time.time() - 1, {}
    verdict, text = "passed", ""
    try:
        result = cases.CASES[name].run()
        if result is rig.REBOOT:
            return True
        figures = result or {}
    except rig.Failed as why:
        verdict, text = "failed", str(why)
    except Exception:  # pylint: disable=broad-exception-caught
        verdict, text = "failed", traceback.format_exc()
    if verdict == "failed":
        keep(name, since)
    else:
        forget(name)
    tell(name, verdict, time.monotonic() - begin, text, figures)
    return False


def main():
    rig.OUT.mkdir(exist_ok=True)
    plan = (HOME / "plan").read_text(encoding="utf-8").split()
    done = DONE.read_text(encoding="utf-8").split() if DONE.exists() else []
    for name in plan:
        if name not in done and run_case(name):
            subprocess.run(["systemctl", "reboot"], check=False)
            return
    send_back()
    subprocess.run(["systemctl", "poweroff"], check=False)


main()
