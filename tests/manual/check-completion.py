# SPDX-License-Identifier: MIT
"""What the shells offer is what the programs take, asked of the real shells: bash, zsh and fish for rollstat, which knows itself what
may stand next; for rollerd bash, and that all of it is in each shell's file.

usage: check-completion.py ROOT ROLLERD ROLLSTAT MAKE-HISTORY
"""

import os
import re
import subprocess
import sys
import tempfile

import programs

FOLDERS = {"rollerd": "daemon/completion", "rollstat": "cli/completion"}
BASH = """
. "$1" || exit
program=$2
shift 2
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
COMP_POINT=${#COMP_LINE}
"_$program" && printf '%s\\n' "${COMPREPLY[@]}"
"""
# What zsh's own functions would do with it, as far as the file goes.
ZSH = """
compadd() { print -rl -- ${(P)@[-1]} }
compset() { : }
_files() { print -rl -- ${${words[CURRENT]}##*=}*(N) }
_call_program() { shift; eval "$@" }
words=("${(@)argv[2,-1]}")
CURRENT=$#words
argv=("$1")
. $1
"""
FISH = """
source $argv[1]
complete --do-complete "$argv[2]"
"""


def split(line):
    """The words of a line as bash gives them: a "=" or ":" is one of its own."""
    return [part for word in line.split(" ") for part in re.findall(r"[=:]|[^=:]+", word) or [""]]


def run(folder, line, command):
    done = subprocess.run(
        command,
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
    return done.stdout.splitlines() if done.returncode == 0 and not done.stderr else [done.stderr]


def ask_bash(root, folder, line):
    """What bash offers for the last word of the line."""
    program = line.split(" ")[0]
    script = os.path.join(root, FOLDERS[program], program + ".bash")
    words = run(folder, line, ["bash", "--norc", "--noprofile", "-c", BASH, "bash", script, program, *split(line)])
    return sorted(word for word in words if word)


def ask_zsh(root, folder, line):
    script = os.path.join(root, FOLDERS["rollstat"], "rollstat.zsh")
    return sorted(word for word in run(folder, line, ["zsh", "-f", "-c", ZSH, "zsh", script, *line.split(" ")]) if word)


def ask_fish(root, folder, line):
    script = os.path.join(root, FOLDERS["rollstat"], "rollstat.fish")
    lines = run(folder, line, ["fish", "--no-config", "-c", FISH, script, line])
    return sorted(line.split("\t")[0] for line in lines)


def check_whole(root, program, words):
    """Every option and verb is in the file of each shell."""
    faults = []
    for shell in ("bash", "zsh", "fish"):
        text = programs.read(root, FOLDERS[program], f"{program}.{shell}")
        code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
        named = set(re.findall(r"[a-z]+(?:-[a-z]+)*", code)) | set(re.findall(r"[a-z]+", code))
        faults += [f"{shell}: nothing of {word}" for word in sorted(words - named)]
    return faults


def check_offers(ask, root, folder, cases):
    faults = []
    for line, expected in cases:
        offered = ask(root, folder, line)
        if offered != sorted(expected):
            faults.append(f'"{line}": offered is {offered}, not {sorted(expected)}')
    return faults


def list_cases(verbs, options, address):
    days = ["2026-03-12", "2026-03-13", "2026-03-14"]
    everywhere = [f"--{name}" for name in ("color", "db", "help", "system", "version")]
    usual = [*everywhere, "--json", "--csv"]
    return {
        "verbs": [("rollstat ", verbs), ("rollstat to", ["today"]), ("rollstat --json ho", ["holds"])],
        "verbs of help": [("rollstat help ho", ["holds"])],
        "options": [
            ("rollstat today --", [*usual, "--person"]),
            ("rollstat sessions --", [*usual, "--person", "--day", "--deleted"]),
            ("rollstat holds --", [*usual, "--person", "--day", "--session"]),
            ("rollstat guide --", usual),
            ("rollstat plan --", [*usual, "--person", "--minutes", "--with", "--without"]),
            ("rollstat calibrate --", [*everywhere, "--json", "--show"]),
            ("rollstat pair --", [*everywhere, "--yes"]),
            ("rollstat --co", ["--color"]),
        ],
        "values": [
            ("rollstat --color a", ["auto", "always"]),
            ("rollstat today --person ", ["me"]),
            ("rollstat --db re", ["recording.rollcap"]),
        ],
        "days": [
            ("rollstat --db made.db day ", days),
            ("rollstat --db made.db range y", ["yesterday"]),
            ("rollstat --db=made.db day 2026-03-13", days[1:2]),
            ("rollstat range --db ~/made.db 2026-03-12 2026-03-1", days),
            ("rollstat passes --db made.db --day ", days),
            ("rollstat --db none.db day ", []),
            ("rollstat --db made.db today ", []),
        ],
        "sessions": [("rollstat --db made.db holds --session ", ["1", "2", "3"])],
        "sensors": [("rollstat --db made.db unpair ", [address])],
    }


def list_bash_cases(options, address):
    """Where bash has words of its own, and rollerd."""
    return {
        "equals": [
            ("rollstat --color=n", ["never"]),
            ("rollstat --color=", ["auto", "always", "never"]),
        ],
        "colons": [
            ("rollstat --db made.db calibrate " + address[:4], [address[3:]]),
            ("rollstat --db made.db calibrate " + address[:3], [address[3:]]),
        ],
        "rollerd": [
            ("rollerd --", [f"--{name}" for name in options["rollerd"]]),
            ("rollerd --source ", ["bluez", "sim"]),
            ("rollerd --source=s", ["sim"]),
            ("rollerd --replay=re", ["recording.rollcap"]),
            ("rollerd -d re", ["recording.rollcap"]),
            ("rollerd --seed ", []),
        ],
    }


def main():
    root, rollerd, rollstat, make_history = sys.argv[1:]
    root = os.path.abspath(root)
    options = {"rollerd": programs.find_options(programs.say(rollerd, "--help"))}
    verbs = programs.find_verbs(rollstat)
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(f"{folder}/bin")
        os.symlink(os.path.abspath(rollstat), f"{folder}/bin/rollstat")
        os.symlink(os.path.abspath(rollerd), f"{folder}/bin/rollerd")
        with open(f"{folder}/recording.rollcap", "w", encoding="utf-8"):
            pass
        os.makedirs(f"{folder}/.local/share/rollerd")
        programs.say(make_history, f"{folder}/made.db", "3")
        programs.say(make_history, f"{folder}/.local/share/rollerd/rollerd.db", "3")
        devices = programs.say(rollstat, "--db", f"{folder}/made.db", "devices")
        address = re.search(r"([0-9A-F]{2}:){5}[0-9A-F]{2}", devices)[0]
        points = [
            ("rollerd: all is there", check_whole(root, "rollerd", options["rollerd"])),
            ("what is missing is found", [] if check_whole(root, "rollerd", {"frog"}) else ["no frog"]),
        ]
        for shell, ask in {"bash": ask_bash, "zsh": ask_zsh, "fish": ask_fish}.items():
            for name, cases in list_cases(verbs, options, address).items():
                points.append((f"{shell}: {name}", check_offers(ask, root, folder, cases)))
        for name, cases in list_bash_cases(options, address).items():
            points.append((f"bash: {name}", check_offers(ask_bash, root, folder, cases)))
    return programs.tell(points)


sys.exit(main())
