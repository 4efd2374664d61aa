# SPDX-License-Identifier: MIT
"""rollstat setup on a terminal, as a person goes through it who was never here before."""

import time

import rig
from case import case
from case_doctor import Doctor, own_history
from login import Login, at_home, make_person
from rig import check, run, wait_for

NAME = r"Your name \(Enter: (\S+)\):"
SPINE = r"\(s: not measured\):"
WEIGHT = r"\(s: not said\):"
LOOK = "Enter: look for it"
BODY = "It is used as a roller"
PRESS = r"Enter\s+while you press|It feels you"
CALIBRATE = "Enter: calibrate now"
OVER = r"over @(\d+)"


def begin(login, command):
    login.type(f"{command}; echo over @$?")


def answer(login, *pairs):
    """Each question in its turn, and what is typed."""
    for question, text in pairs:
        login.expect(question)
        login.expect("\n")
        login.type(text)


def press(login):
    """Until it is felt: the simulated person rolls and lies still by turns."""
    for _ in range(12):
        _, found = login.expect(PRESS)
        if found[0] == "It feels you":
            return
        time.sleep(1.5)
        login.type("")
    raise rig.Failed("the press was not felt")


def end(login, *words):
    said, status = login.expect(OVER)
    check(status[1] == "0", f"setup ended with {status[1]}: {said}")
    for word in ("That is all", *words):
        check(word in said, f"setup ended with: {said}")


def first_time(login, command, name):
    begin(login, command)
    answer(login, (NAME, name), (SPINE, "46.5"), (WEIGHT, "61.5"))
    answer(login, ("Enter: start it", ""), (LOOK, ""), (BODY, ""))
    press(login)
    answer(login, (CALIBRATE, "s"))
    end(login)


def once_more(login, command):
    begin(login, command)
    answer(login, (NAME, ""), (SPINE, ""), (WEIGHT, ""))
    answer(login, (LOOK, ""), (BODY, ""), (PRESS, "s"), (CALIBRATE, "s"))
    end(login)


def look(history, show, config):
    """What stands after it: configuration, state of the service, its process."""
    begun = time.time()
    wait_for(lambda: history.last_arrival() > begun, 30, "samples")
    return run("cat", config), show("--property=ActiveState,UnitFileState").split(), show("--property=MainPID")


def twice(login, command, name, history, show, config):
    """The first time, and once more with Enter alone, which changes nothing. Seconds that the first time took."""
    begun = time.monotonic()
    first_time(login, command, name)
    took_s = time.monotonic() - begun
    first = look(history, show, config)
    check(first[0] == f"[person]\nname={name}\nspine_cm=46.5\nweight_kg=61.5\n", f"the configuration is {first[0]!r}")
    check(first[1] == ["ActiveState=active", "UnitFileState=enabled"], f"the service is {first[1]}")
    once_more(login, command)
    second = look(history, show, config)
    check(second == first, f"the second time changed {first} to {second}")
    return took_s


@case("setup", "setup, on a terminal: who rolls, the service, the sensor; and once more, without harm", is_usual=True)
def setup():
    make_person("sam")
    rig.service("stop")
    rig.forget_devices()
    history, config = own_history("sam"), "/home/sam/.config/rollerd/rollerd.conf"

    def show(*words):
        return run("systemctl", "--machine=sam@.host", "--user", "show", *words, "rollerd.service")

    air = rig.Air("setup")
    try:
        with at_home("sam"), Login("sam", "setup") as login:
            took_s = twice(login, "rollstat setup", "Sam", history, show, config)
            Doctor(login).expect_well(attention=["linger"])
    finally:
        air.close()
    return {"setup took": f"{took_s:.0f} s"}


@case("setup-system", "the same for the whole machine, by sudo", machine="person", limit_s=200)
def setup_system():
    make_person("sue", "rollerd")
    rig.service("stop")
    rig.CONFIG.unlink(missing_ok=True)
    for path in rig.STATE.glob("rollerd.db*"):
        path.unlink()
    run("systemctl", "disable", "--quiet", "rollerd.service")
    rig.forget_devices()

    def show(*words):
        return run("systemctl", "show", *words, "rollerd.service")

    air = rig.Air("setup-system")
    try:
        with at_home("sue"), Login("sue", "setup-system") as login:
            took_s = twice(login, "sudo rollstat --system setup", "Sue", rig.History(), show, str(rig.CONFIG))
            begin(login, "rollstat --system setup")
            said, _ = login.expect(NAME)
            login.expect("\n")
            login.type("q")
            login.expect(OVER)
            check("sudo rollstat --system setup" in said, f"who is not root is told: {said}")
            Doctor(login).expect_well()
            check("1 session" in login.do("rollstat today")[1], "rollstat today tells of no session")
    finally:
        air.close()
        run("systemctl", "disable", "--quiet", "--now", "rollerd.service")
    return {"setup took": f"{took_s:.0f} s"}
