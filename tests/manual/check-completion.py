# SPDX-License-Identifier: MIT
"""What the shells offer is what the programs take: all of it in each shell's file, and asked of a real bash.

usage: check-completion.py ROOT ROLLERD ROLLSTAT MAKE-HISTORY
"""

import os
import re
import subprocess
import sys
import tempfile

import programs

FOLDERS = {"rollerd": "daemon/completion", "rollstat": "cli/completion"}
ASK = """
. "$1" || exit
program=$2
shift 2
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
COMP_POINT=${#COMP_LINE}
"_$program" && printf '%s\\n' "${COMPREPLY[@]}"
"""


def split(line):
    """The words of a line as bash gives them: a "=" or ":" is one of its own."""
    return [part for word in line.split(" ") for part in re.findall(r"[=:]|[^=:]+", word) or [""]]


def ask(root, folder, line):
    """What bash offers for the last word of the line."""
    program = line.split(" ")[0]
    script = os.path.join(root, FOLDERS[program], program + ".bash")
    done = subprocess.run(
        ["bash", "--norc", "--noprofile", "-c", ASK, "bash", script, program, *split(line)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={
            "PATH": f"{folder}/bin:{os.environ['PATH']}",
            "HOME": folder,
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "COMP_LINE": line,
        },
    )
    return sorted(done.stdout.split()) if done.returncode == 0 and not done.stderr else [done.stderr]


def check_whole(root, program, words):
    """Every option and verb is in the file of each shell."""
    faults = []
    for shell in ("bash", "zsh", "fish"):
        text = programs.read(root, FOLDERS[program], f"{program}.{shell}")
        code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
        named = set(re.findall(r"[a-z]+", code))
        faults += [f"{shell}: nothing of {word}" for word in sorted(words - named)]
    return faults


def check_offers(root, folder, cases):
    faults = []
    for line, expected in cases:
        offered = ask(root, folder, line)
        if offered != sorted(expected):
            faults.append(f'"{line}": offered is {offered}, not {sorted(expected)}')
    return faults


def main():
    root, rollerd, rollstat, make_history = sys.argv[1:]
    helps = {"rollerd": programs.say(rollerd, "--help"), "rollstat": programs.say_all(rollstat)}
    options = {program: programs.find_options(text) for program, text in helps.items()}
    verbs = programs.find_verbs(rollstat)
    everywhere = options["rollstat"] - {"day", "session", "show", "yes"}
    dashed = [f"--{name}" for name in everywhere]
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(f"{folder}/bin")
        os.symlink(rollstat, f"{folder}/bin/rollstat")
        os.symlink(rollerd, f"{folder}/bin/rollerd")
        with open(f"{folder}/recording.rollcap", "w", encoding="utf-8"):
            pass
        programs.say(make_history, f"{folder}/made.db", "3")
        days = ["2026-03-12", "2026-03-13", "2026-03-14"]
        devices = programs.say(rollstat, "--db", f"{folder}/made.db", "devices")
        address = re.search(r"([0-9A-F]{2}:){5}[0-9A-F]{2}", devices)[0]
        points = [
            ("rollerd: all is there", check_whole(root, "rollerd", options["rollerd"])),
            ("rollstat: all is there", check_whole(root, "rollstat", options["rollstat"] | verbs)),
            ("what is missing is found", [] if check_whole(root, "rollerd", {"frog"}) else ["no frog"]),
        ]
        cases = {
            "verbs": [("rollstat ", verbs), ("rollstat to", ["today"]), ("rollstat --json ho", ["holds"])],
            "options": [
                ("rollstat today --", dashed),
                ("rollstat sessions --", [*dashed, "--day"]),
                ("rollstat holds --", [*dashed, "--day", "--session"]),
                ("rollstat calibrate --", [*dashed, "--show"]),
                ("rollstat pair --", [*dashed, "--yes"]),
                ("rollstat --co", ["--color"]),
                ("rollerd --", [f"--{name}" for name in options["rollerd"]]),
            ],
            "values": [
                ("rollstat --color a", ["auto", "always"]),
                ("rollstat --color=n", ["never"]),
                ("rollstat --color=", ["auto", "always", "never"]),
                ("rollstat --person ", []),
                ("rollstat --db re", ["recording.rollcap"]),
                ("rollerd --source ", ["bluez", "sim"]),
                ("rollerd --source=s", ["sim"]),
                ("rollerd --replay=re", ["recording.rollcap"]),
                ("rollerd -d re", ["recording.rollcap"]),
                ("rollerd --seed ", []),
            ],
            "days": [
                ("rollstat --db made.db day ", days),
                ("rollstat --db=made.db day 2026-03-13", days[1:2]),
                ("rollstat range --db ~/made.db 2026-03-12 2026-03-1", days),
                ("rollstat passes --db made.db --day ", days),
                ("rollstat --db none.db day ", []),
                ("rollstat --db made.db today ", []),
            ],
            "sessions": [("rollstat --db made.db holds --session ", ["1", "2", "3"])],
            "sensors": [
                ("rollstat --db made.db calibrate ", [address]),
                ("rollstat --db made.db calibrate " + address[:4], [address[3:]]),
                ("rollstat --db made.db calibrate " + address[:3], [address[3:]]),
            ],
        }
        points += [(f"bash: {name}", check_offers(root, folder, asked)) for name, asked in cases.items()]
    return programs.tell(points)


sys.exit(main())
