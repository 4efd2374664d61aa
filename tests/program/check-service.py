# SPDX-License-Identifier: MIT
"""What "meson install" puts where, and that systemd and D-Bus find no fault in it.

usage: check-service.py MESON BUILD
"""

import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

EXPOSURE_MAX = 1.5
EXPECTED = [
    "bin/rollerd",
    "lib/sysusers.d/rollerd.conf",
    "lib/systemd/system/rollerd.service",
    "lib/systemd/user/rollerd.service",
    "share/dbus-1/interfaces/org.rollerd1.xml",
    "share/dbus-1/services/org.rollerd1.service",
    "share/dbus-1/system-services/org.rollerd1.service",
    "dbus-1/system.d/org.rollerd1.conf",
    "share/doc/rollerd/examples/rollerd.conf.example",
    "share/man/man1/rollstat.1",
    "share/man/man5/rollerd.conf.5",
    "share/man/man8/rollerd.8",
    "share/bash-completion/completions/rollerd",
    "share/bash-completion/completions/rollstat",
    "share/fish/vendor_completions.d/rollerd.fish",
    "share/fish/vendor_completions.d/rollstat.fish",
    "/_rollerd",
    "/_rollstat",
]
# Where the system bus looks for policies, and the prefixes for which that must hold.
POLICY_FOLDERS = ["etc/dbus-1/system.d", "usr/share/dbus-1/system.d"]
POLICY_PREFIXES = ["usr", "usr/local"]


def run(*command, **options):
    return subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
        **options,
    )


def install(meson, build, root):
    done = run(meson, "install", "-C", build, "--no-rebuild", env={**os.environ, "DESTDIR": root})
    if done.returncode != 0:
        raise SystemExit(f"Bail out! meson install: {done.stdout}")


def find_unit(root, manager):
    """Under /usr the units lie in /lib or /usr/lib, as the system's systemd says."""
    for folder, _, names in os.walk(root):
        if folder.endswith(f"lib/systemd/{manager}") and "rollerd.service" in names:
            return os.path.join(folder, "rollerd.service")
    return None


def check_files(root):
    """Every file that is promised is there, and each path ends in one of them."""
    found = []
    for folder, _, names in os.walk(root):
        found += [os.path.relpath(os.path.join(folder, name), root) for name in names]
    return [path for path in EXPECTED if not any(one.endswith(path) for one in found)]


def check_programs(root):
    """What the units and the activation files start is what was installed."""
    faults = []
    for folder, _, names in os.walk(root):
        for name in names:
            if not name.endswith(".service"):
                continue
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                started = re.findall(r"^Exec(?:Start)?=(\S+)", file.read(), re.M)
            if not started:
                faults.append(f"{name} starts nothing")
            faults += [
                f"{name} starts {path}, which was not installed"
                for path in started
                if not os.access(root + path, os.X_OK)
            ]
    return faults


def verify(path, root, *options):
    """systemd-analyze verify looks for the program on this machine: it is shown the installed one."""
    with open(path, encoding="utf-8") as file:
        text = re.sub(r"^ExecStart=", f"ExecStart={root}", file.read(), flags=re.M)
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, "rollerd.service")
        with open(copy, "w", encoding="utf-8") as file:
            file.write(text)
        done = run(
            "systemd-analyze",
            "verify",
            "--man=no",
            *options,
            copy,
            env={**os.environ, "XDG_RUNTIME_DIR": folder},
        )
    return [line for line in done.stdout.splitlines() if "rollerd" in line] + (
        [f"exit status {done.returncode}: {done.stdout}"] if done.returncode != 0 else []
    )


def check_exposure(path):
    done = run("systemd-analyze", "security", "--offline=true", "--no-pager", path)
    level = re.search(r"Overall exposure level for \S+: ([0-9.]+)", done.stdout)
    if not level:
        return [done.stdout]
    if float(level[1]) > EXPOSURE_MAX:
        return [f"exposure {level[1]} is above {EXPOSURE_MAX}"]
    return []


def check_giving_up(path):
    """A daemon that cannot start is tried again, but not for ever; a quarter is left for slow starts."""
    with open(path, encoding="utf-8") as file:
        values = dict(re.findall(r"^(Restart\w*|StartLimit\w*)=(.*)$", file.read(), re.M))
    tried_s = int(values["StartLimitBurst"]) * int(values["RestartSec"])
    if tried_s * 1.25 > int(values["StartLimitIntervalSec"]):
        return [f"{path}: {tried_s} s of starts do not reach the limit safely"]
    return []


def check_policy_folder(root):
    """The system bus finds the policy: without it, the system instance may not own its name."""
    prefixes = [
        prefix
        for prefix in POLICY_PREFIXES
        if os.path.exists(os.path.join(root, prefix, "bin/rollerd"))
    ]
    found = [
        folder
        for folder in POLICY_FOLDERS
        if os.path.exists(os.path.join(root, folder, "org.rollerd1.conf"))
    ]
    return [f"no policy in {' or '.join(POLICY_FOLDERS)}"] if prefixes and not found else []


def check_policy(root):
    """A bus with this policy starts: the message bus refuses what it cannot read."""
    paths = [
        os.path.join(folder, "org.rollerd1.conf")
        for folder, _, names in os.walk(root)
        if "org.rollerd1.conf" in names
    ]
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "bus.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(
                "<busconfig><type>system</type>"
                f"<listen>unix:path={folder}/bus</listen><auth>EXTERNAL</auth>"
                f"<policy context='default'><allow user='*'/></policy>"
                f"<include>{paths[0]}</include></busconfig>"
            )
        started = run("dbus-daemon", f"--config-file={config}", "--fork", "--print-pid=1")
        pid = re.search(r"^(\d+)$", started.stdout, re.M)
        if started.returncode != 0 or not pid:
            return [started.stdout]
        os.kill(int(pid[1]), 15)
    allowed = {
        (rule.tag, name, value)
        for policy in xml.etree.ElementTree.parse(paths[0]).getroot()
        if policy.get("user") == "rollerd"
        for rule in policy
        for name, value in rule.items()
    }
    return [] if ("allow", "own", "org.rollerd1") in allowed else ["rollerd may not own its name"]


def check_sysusers(root):
    paths = [
        os.path.join(folder, "rollerd.conf")
        for folder, _, names in os.walk(root)
        if folder.endswith("sysusers.d") and "rollerd.conf" in names
    ]
    done = run("systemd-sysusers", "--dry-run", paths[0])
    ok = done.returncode == 0 and re.search(r"user 'rollerd'|user .rollerd. ", done.stdout)
    return [] if ok else [done.stdout]


def main():
    meson, build = sys.argv[1:]
    with tempfile.TemporaryDirectory() as root:
        install(meson, build, root)
        system, user = find_unit(root, "system"), find_unit(root, "user")
        checks = [
            ("files", lambda: check_files(root)),
            ("programs", lambda: check_programs(root)),
            ("verify-system", lambda: verify(system, root)),
            ("verify-user", lambda: verify(user, root, "--user")),
            ("exposure", lambda: check_exposure(system)),
            ("giving-up", lambda: check_giving_up(system) + check_giving_up(user)),
            ("policy-folder", lambda: check_policy_folder(root)),
            ("policy", lambda: check_policy(root)),
            ("sysusers", lambda: check_sysusers(root)),
        ]
        print(f"1..{len(checks)}")
        for number, (name, check) in enumerate(checks, 1):
            faults = check()
            for fault in faults:
                print("# " + str(fault).replace("\n", "\n# "))
            print(f"{'not ok' if faults else 'ok'} {number} {name}", flush=True)


main()
