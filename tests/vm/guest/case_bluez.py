# SPDX-License-Identifier: MIT
"""Faults of bluetoothd, the adapter and the machine."""

import pathlib
import subprocess
import time

from case import case
from rig import Failed, Rolling, check, run, trouble_text, wait_for


def get_pid(unit):
    return int(run("systemctl", "show", "--property=MainPID", "--value", unit))


@case("bluetoothd-killed", "bluetoothd is killed", is_usual=True)
def killed():
    with Rolling("bluetoothd-killed") as rolling:
        rolling.begin()
        broken = time.time()
        run("systemctl", "kill", "--signal=KILL", "bluetooth.service")
        return rolling.figures(broken, broken, limit_s=8)  # it has to start, too


@case("bluetoothd-restarted", "bluetoothd is restarted")
def restarted():
    with Rolling("bluetoothd-restarted") as rolling:
        rolling.begin()
        broken = time.time()
        run("systemctl", "restart", "bluetooth.service")
        there = time.time()
        return rolling.figures(broken, there)


@case("bluetoothd-stopped", "bluetoothd is stopped for a minute", limit_s=180)
def stopped():
    with Rolling("bluetoothd-stopped") as rolling:
        rolling.begin()
        broken = time.time()
        run("systemctl", "mask", "--runtime", "bluetooth.service")  # else the bus starts it again when rollerd asks
        run("systemctl", "stop", "bluetooth.service")
        time.sleep(30)
        check("bluetoothd" in trouble_text(), "status does not say that bluetoothd is missing")
        time.sleep(30)
        run("systemctl", "unmask", "--runtime", "bluetooth.service")
        run("systemctl", "start", "bluetooth.service")
        there = time.time()
        return rolling.figures(broken, there)


@case("bluetoothd-hangs", "bluetoothd hangs for 20 s")
def hangs():
    with Rolling("bluetoothd-hangs") as rolling:
        rolling.begin()
        broken = time.time()
        run("kill", "-STOP", str(get_pid("bluetooth.service")))
        time.sleep(20)
        run("kill", "-CONT", str(get_pid("bluetooth.service")))
        there = time.time()
        return rolling.figures(broken, there)


def set_power(is_on):
    run(
        "busctl", "set-property", "org.bluez", "/org/bluez/hci0", "org.bluez.Adapter1", "Powered", "b",
        "true" if is_on else "false",
    )  # fmt: skip


@case("adapter-off", "the adapter is powered off for 10 s")
def adapter_off():
    with Rolling("adapter-off") as rolling:
        rolling.begin()
        broken = time.time()
        set_power(False)
        wait_for(lambda: "power" in trouble_text(), 10, "status says that the adapter is off", every_s=0.5)
        time.sleep(8)
        set_power(True)
        there = time.time()
        return rolling.figures(broken, there)


@case("rfkill", "the adapter is blocked by rfkill for 10 s")
def rfkill():
    with Rolling("rfkill") as rolling:
        rolling.begin()
        broken = time.time()
        run("rfkill", "block", "bluetooth")
        time.sleep(10)
        run("rfkill", "unblock", "bluetooth")
        there = time.time()
        return rolling.figures(broken, there)


@case("adapter-unplugged", "the adapter is unplugged, and comes back as another hci", is_usual=True)
def unplugged():
    with Rolling("adapter-unplugged") as rolling:
        rolling.begin()
        broken = rolling.air.order("unplug")
        time.sleep(8)
        check("adapter" in trouble_text(), "status does not say that there is no adapter")
        rolling.air.order("plug other")
        there = rolling.air.wait("ready", sensor=0, after=broken)
        names = [e[3] for e in rolling.air.find("ready", sensor=0)]
        check(names[0] != names[-1], f"it came back as {names[-1]}")
        return rolling.figures(broken, there)


@case("suspend", "the machine is suspended for 15 s: tasks frozen, drivers asleep", limit_s=300)
def suspend():
    """The kernel's own test of suspending: all but the processor's power. An emulated clock does not wake a real sleep."""
    pathlib.Path("/sys/module/suspend/parameters/pm_test_delay").write_text("15", encoding="ascii")
    pathlib.Path("/sys/power/pm_test").write_text("devices", encoding="ascii")
    for trial in ("suspend", "suspend-again", "suspend-thrice"):
        with Rolling(trial) as rolling:
            rolling.begin()
            broken = time.time()
            pathlib.Path("/sys/power/state").write_text("freeze", encoding="ascii")
            there = time.time()
            # The kernel waits by a processor's clock that, emulated, was seen to leap: what was no sleep is no trial.
            if there - broken > 14:
                return dict(rolling.figures(broken, there), slept=f"{there - broken:.0f} s")
    raise Failed(f"the machine slept {there - broken:.1f} s")


@case("load", "ten links one after the other while all processors are busy", limit_s=240)
def load():
    """Under load signals of bluetoothd come late, close together, and in changing order."""
    with Rolling("load") as rolling:
        rolling.begin(3)
        busy = [subprocess.Popen(["sh", "-c", "while :; do :; done"]) for _ in range(4)]
        try:
            worst_s = 0.0
            for _ in range(10):
                there = rolling.air.order("1 drop")
                worst_s = max(worst_s, rolling.wait_samples(after=there + 0.3, limit_s=20) - there)
                time.sleep(1)
        finally:
            for process in busy:
                process.kill()
        rolling.end()
        rolling.judge()
        check(worst_s <= 10, f"samples flowed again after {worst_s:.1f} s")
        return {"again_s": worst_s}
