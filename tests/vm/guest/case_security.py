# SPDX-License-Identifier: MIT
"""What the service may do, and whom it listens to."""

import pathlib
import re

from case import case
from rig import Rolling, check, run

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
