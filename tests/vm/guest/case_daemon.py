# SPDX-License-Identifier: MIT
"""Faults of the daemon, and other programs that use the sensor."""

import subprocess
import time

from case import case
from rig import ADDRESS, MEASUREMENT, Rolling, check, run, service


@case("rollerd-killed", "rollerd is killed in mid-session; systemd starts it again", is_usual=True)
def killed():
    with Rolling("rollerd-killed") as rolling:
        rolling.begin()
        broken = time.time()
        run("systemctl", "kill", "--signal=KILL", "rollerd.service")
        figures = rolling.figures(broken, broken, limit_s=8)  # it has to start, too
        check(not rolling.air.find("disconnected", after=broken), "the link was not adopted")
        return figures


@case("adopted", "rollerd is killed while connected, the link stays open for 20 s, rollerd comes back")
def adopted():
    with Rolling("adopted") as rolling:
        rolling.begin()
        broken = time.time()
        run("systemctl", "kill", "--signal=KILL", "rollerd.service")
        service("stop")
        time.sleep(20)
        check(not rolling.air.find("disconnected", after=broken), "the link did not stay open")
        there = time.time()
        service("start")
        figures = rolling.figures(broken, there)
        lost = [e for e in rolling.air.find("disconnected", after=broken) if e[0] < there + figures["again_s"]]
        check(not lost, "the link was not adopted but made anew")
        return figures


class OtherProgram:
    """bluetoothctl, which holds the sensor's notifications for itself."""

    def __init__(self):
        self.process = subprocess.Popen(
            ["bluetoothctl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def say(self, text, wait_s=1.0):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()
        time.sleep(wait_s)

    def close(self):
        self.process.kill()
        return self.process.communicate()[0]


@case("held", "another program holds the sensor's notifications: the link is made anew, without it")
def held():
    with Rolling("held") as rolling:
        rolling.begin()
        broken = time.time()
        service("stop")
        other = OtherProgram()
        other.say(f"connect {ADDRESS}", 6)
        other.say("menu gatt")
        other.say(f"select-attribute {MEASUREMENT}")
        other.say("acquire-notify", 2)
        service("start")
        there = time.time()
        rolling.wait_samples(after=there)
        said = other.close()
        check("AcquireNotify success" in said, f"bluetoothctl did not hold it: {said[-300:]}")
        return rolling.figures(broken, there)
