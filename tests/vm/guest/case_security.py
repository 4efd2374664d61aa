# SPDX-License-Identifier: MIT
"""What the service may do, and whom it listens to."""

import pathlib
import re
import time

import rig
from case import case
from rig import ADDRESS, Air, History, Rolling, check, run, service, trouble_text, wait_for

DROP_IN = pathlib.Path("/run/systemd/system/rollerd.service.d/probe.conf")

# Runs inside the unit, before the daemon, as its user: whatever succeeds here the daemon could do.
PROBE = """
import glob, os, socket
seen = []
for name in ("AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET", "AF_BLUETOOTH", "AF_ALG", "AF_VSOCK"):
    try:
        socket.socket(getattr(socket, name), socket.SOCK_RAW if name in ("AF_NETLINK", "AF_PACKET") else socket.SOCK_STREAM)
        seen.append(name)
    except OSError:
        pass
for path in ("/home", "/root", "/run/user"):
    try:
        seen += [path + "/" + name for name in os.listdir(path)]
    except OSError:
        pass
allowed = {"null", "zero", "full", "random", "urandom", "tty", "pts", "ptmx", "shm", "mqueue", "hugepages", "log", "core", "fd",
           "stdin", "stdout", "stderr", "char", "console"}
seen += ["/dev/" + name for name in os.listdir("/dev") if name not in allowed]
for path in ("/etc/x", "/usr/x", "/var/x", "/var/lib/x", "/run/x", "/boot/x"):
    try:
        open(path, "w").close()
        seen.append(path)
    except OSError:
        pass
open("/var/lib/rollerd/probe", "w").close()
os.unlink("/var/lib/rollerd/probe")
bus = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
bus.connect("/run/dbus/system_bus_socket")
print("probe: may", " ".join(seen) or "nothing", "as", os.getuid() != 0 and "no root" or "root", flush=True)
"""


@case("sandbox", "the unit may use the bus and its own folder, and nothing else", is_usual=True)
def sandbox():
    script = pathlib.Path("/usr/local/lib/probe.py")
    script.write_text(PROBE, encoding="utf-8")
    DROP_IN.parent.mkdir(parents=True, exist_ok=True)
    DROP_IN.write_text(f"[Service]\nExecStartPre=/usr/bin/python3 -S -B {script}\n", encoding="utf-8")
    run("systemctl", "daemon-reload")
    try:
        with Rolling("sandbox") as rolling:
            rolling.begin(2)
            said = run("journalctl", "-b", "-u", "rollerd.service", "-o", "cat", "--no-pager")
    finally:
        DROP_IN.unlink()
        run("systemctl", "daemon-reload")
    lines = [line for line in said.splitlines() if line.startswith("probe: ")]
    check(lines and lines[-1] == "probe: may nothing as no root", f"{lines or said[-600:]}")
    text = run("systemd-analyze", "security", "--no-pager", "rollerd.service", is_checked=False)
    exposure = re.search(r"exposure level for \S+: ([0-9.]+)", text)
    check(exposure, f"systemd-analyze tells no exposure: {text[-200:]}")
    return {"exposure by systemd-analyze": f"{exposure[1]} of 10"}


KEYS = rig.HOME / "keys"
STAGE = rig.HOME / "bonded"


def pair(rolling):
    """The sensor asks to be paired, nothing of it is stored; by the person's word it is, and samples flow."""
    wait_for(lambda: "rollstat pair" in trouble_text(), 150, "status says that the sensor asks to be paired")
    check(not rolling.history.arrivals(), "values of a sensor that is not paired are stored")
    run("rollstat", "--system", "pair", "--yes", ADDRESS, limit_s=100)
    rolling.begin(4)


@case("bonded", "a sensor that demands encryption: paired by the person's word, works after a reboot", limit_s=300)
def bonded():
    if not STAGE.exists():
        KEYS.unlink(missing_ok=True)
        with Rolling("bonded", "--encrypt", "--keys", str(KEYS)) as rolling:
            pair(rolling)
            rolling.end()
        STAGE.touch()
        return rig.REBOOT
    service("start")
    history, air = History(), Air("bonded-again", "--encrypt", "--keys", str(KEYS))
    try:
        on = air.find("ready", sensor=0)[0][0]
        wait_for(lambda: history.last_arrival() > on, 60, "samples after the reboot")
        check(air.find("encrypted"), "the link is not encrypted")
        check(not air.find("paired"), "it was paired anew")
    finally:
        air.close()
        service("stop")
    return {"first sample after": f"{next(t for t in history.arrivals() if t > on) - on:.1f} s"}


@case("no-key", "a stranger takes a paired sensor's place, without its key, for 20 s", limit_s=240)
def no_key():
    KEYS.unlink(missing_ok=True)
    with Rolling("no-key", "--encrypt", "--keys", str(KEYS)) as rolling:
        pair(rolling)
        rolling.air.order("1 clone on")
        broken = rolling.air.order("1 drop")
        time.sleep(20)
        late = [t for t in rolling.history.arrivals() if t > broken + 0.5]
        check(not late, f"{len(late)} values of the stranger are stored")
        there = rolling.air.order("1 clone off")
        return rolling.figures(broken, there)


@case("strangers", "strangers with a paired sensor's name, and with its address on another adapter", limit_s=240)
def strangers():
    KEYS.unlink(missing_ok=True)
    with Rolling("strangers", "--encrypt", "--keys", str(KEYS), "--name", "Roller") as rolling:
        pair(rolling)
        broken = rolling.air.order("1 off")
        time.sleep(6)
        others = Air("strangers-other", "--sensors", "2", "--name", "Roller")
        try:
            time.sleep(25)
            said = trouble_text()
        finally:
            others.close()
        late = [t for t in rolling.history.arrivals() if t > broken + 0.5]
        check(not late, f"{len(late)} values of strangers are stored")
        check("pair" in said, f"status does not tell of them: {said}")
        there = rolling.air.order("1 on")
        return rolling.figures(broken, there)
