# SPDX-License-Identifier: MIT
"""The person's sentence: start rollerd as a service, roll while the sensor streams, run rollstat today.

Three boots: the system's service, then after a reboot the same and the service of an ordinary user who is not logged in,
then after another reboot that one again.
"""

import json
import pathlib
import subprocess
import time

import score

import rig
from case import case
from rig import Air, History, ask, check, run, service, wait_for, write_config

ROLL_S = 180
# Those of the truth.
ZONES = """[zones]
neck-base=-99;3.0
upper-thoracic=3.0;11.0
mid-thoracic=11.0;20.0
lower-thoracic=20.0;29.0
lumbar=29.0;99
"""
STAGE = pathlib.Path("/var/lib/rig-stage")
BEN_DATABASE = pathlib.Path("/home/ben/.local/share/rollerd/rollerd.db")


def roll(name, history):
    """Three minutes of rolling at real speed; the truth, and when samples came first after the sensor was on."""
    truth = rig.OUT / f"{name}.truth.json"
    air = Air(name, "--seed", "7", "--truth", str(truth))
    on = air.find("ready", sensor=0)[0][0]
    try:
        wait_for(lambda: history.last_arrival() > on, 60, "samples")
        time.sleep(ROLL_S)
    finally:
        air.close()
    first = next(t for t in history.arrivals() if t > on)
    return json.loads(truth.read_text(encoding="utf-8")), first - on


def judge(user, truth):
    """What the ordinary user is told, against the truth."""
    text = run("rollstat", "today", user=user)
    check("1 session" in text, f"rollstat today tells: {text[:300]}")
    today = ask("today", user=user)
    told = {
        "pass": [[p["start"], p["end"], p["from_cm"], p["to_cm"]] for p in ask("passes", user=user)],
        "hold": [[h["start"], h["end"], h["at_cm"], h["at_cm"]] for h in ask("holds", user=user)],
        "zones": {z["zone"]: z["seconds"] for z in today["zones"]},
        "loaded_s": today["loaded_s"],
    }
    row = score.score(told, truth)
    check(row["true"] >= 10, f"only {row['true']} passes in the truth")
    check(row["f1"] >= 0.99, f"F1 of passes {row['f1']:.3f}: missed {row['missed']}, too many {row['extra']}")
    check(row["zones"] <= 6, f"{row['zones']:.1f} % of zone seconds off")
    return {"passes": f"{row['found']} of {row['true']}, F1 {row['f1']:.3f}", "zone seconds off": f"{row['zones']:.1f} %"}


@case("system-service", "installed, started as a service, 3 minutes rolled: rollstat today", "person", True, 320)
def system_service():
    said = run("systemctl", "is-enabled", "rollerd.service", is_checked=False).strip()
    check(said == "disabled", f"the package left the service {said}: nobody asked for it yet")
    run("adduser", "--quiet", "anna", "rollerd")
    write_config(ZONES)
    run("systemctl", "enable", "--now", "--quiet", "rollerd.service")
    truth, found_s = roll("system-service", History())
    service("stop")
    figures = judge("anna", truth)
    service("start")
    refused = subprocess.run(
        ["setpriv", "--reuid=ben", "--regid=ben", "--init-groups", "--reset-env", "rollstat", "--system", "today"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    check(refused.returncode == 1, "another user may read the history")
    return dict(figures, **{"first sample after": f"{found_s:.1f} s"})


@case("reboot", "after a reboot the history is there, service and sensor come back by themselves", "person", True, 150)
def reboot():
    if not STAGE.exists():
        STAGE.write_text("reboot", encoding="utf-8")
        return rig.REBOOT
    history = History()
    check(run("systemctl", "is-active", "rollerd.service", is_checked=False).strip() == "active", "no service")
    before = ask("today", user="anna")
    check(before["passes"] > 0, "the history is not there")
    air = Air("reboot", "--seed", "8")
    try:
        on = air.find("ready", sensor=0)[0][0]
        wait_for(lambda: history.last_arrival() > on, 60, "samples")
        time.sleep(15)
    finally:
        air.close()
        service("stop")
    found_s = next(t for t in history.arrivals() if t > on) - on
    after = ask("today", user="anna")
    check(after["passes"] > before["passes"], "nothing was added")
    run("systemctl", "disable", "--quiet", "rollerd.service")
    return {"passes": f"{before['passes']} before, {after['passes']} after", "first sample after": f"{found_s:.1f} s"}


def of_ben(*words, **more):
    return run("systemctl", "--machine=ben@.host", "--user", *words, **more)


@case("user-service", "the same as the service of an ordinary user, who is not logged in", "person", True, 320)
def user_service():
    folder = pathlib.Path("/home/ben/.config/rollerd")
    folder.mkdir(parents=True)
    (folder / "rollerd.conf").write_text("[person]\nname=ben\nspine_cm=44.0\n" + ZONES, encoding="utf-8")
    run("chown", "-R", "ben:ben", "/home/ben/.config")
    run("loginctl", "enable-linger", "ben")
    wait_for(lambda: of_ben("is-system-running", is_checked=False).strip() == "running", 60, "ben's user manager")
    of_ben("enable", "--now", "--quiet", "rollerd.service")
    truth, found_s = roll("user-service", History(BEN_DATABASE))
    of_ben("stop", "rollerd.service")
    figures = judge("ben", truth)
    return dict(figures, **{"first sample after": f"{found_s:.1f} s"})


@case("user-reboot", "after a reboot it runs without a login, and finds the sensor by itself", "person", True, 150)
def user_reboot():
    if STAGE.read_text(encoding="utf-8") != "user-reboot":
        STAGE.write_text("user-reboot", encoding="utf-8")
        return rig.REBOOT
    history = History(BEN_DATABASE)
    wait_for(lambda: of_ben("is-active", "rollerd.service", is_checked=False).strip() == "active", 60, "the service")
    before = ask("today", user="ben")
    check(before["passes"] > 0, "the history is not there")
    air = Air("user-reboot", "--seed", "8")
    try:
        on = air.find("ready", sensor=0)[0][0]
        wait_for(lambda: history.last_arrival() > on, 60, "samples")
        time.sleep(15)
    finally:
        air.close()
    of_ben("stop", "rollerd.service")
    found_s = next(t for t in history.arrivals() if t > on) - on
    after = ask("today", user="ben")
    check(after["passes"] > before["passes"], "nothing was added")
    return {"passes": f"{before['passes']} before, {after['passes']} after", "first sample after": f"{found_s:.1f} s"}
