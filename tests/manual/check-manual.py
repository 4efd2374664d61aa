# SPDX-License-Identifier: MIT
"""The manual pages hold what the programs take, and nothing that they do not; all say one version.

usage: check-manual.py ROOT VERSION ROLLERD ROLLSTAT LIST-KEYS
"""

import re
import subprocess
import sys

import programs

PAGES = {
    "rollerd": "daemon/rollerd.8",
    "rollstat": "cli/rollstat.1",
    "rollerd.conf": "daemon/config/rollerd.conf.5",
}
SECTIONS = ["NAME", "SYNOPSIS", "DESCRIPTION", "FILES", "EXIT STATUS", "SIGNALS", "EXAMPLES", "SEE ALSO"]
CONFIG_SECTIONS = ["[person]", "[session]", "[roller]", "[sensor ADDRESS]", "[zones]"]
# Of other pages, whose index may not be there.
FOREIGN = re.compile(r"referenced manual not found|outdated mandoc\.db")


def get_section(page, name):
    match = re.search(rf"^\.Sh {name}\n(.*?)(?=^\.Sh |\Z)", page, re.M | re.S)
    return match[1] if match else ""


def find_items(page, macro):
    """What the lists of a page explain: the arguments of a macro in .It lines."""
    items = [line for line in page.splitlines() if line.startswith(".It ")]
    return {word for item in items for word in re.findall(rf"\b{macro} (?:-)?([\w]+(?:-[\w]+)*)", item)}


def differ(page_words, program_words, what):
    return [f"{what} {word} is not explained" for word in sorted(program_words - page_words)] + [
        f"{what} {word} is explained, but there is none" for word in sorted(page_words - program_words)
    ]


def check_options(page, help_text):
    explained = {word for word in find_items(page, "Fl") if len(word) > 1}
    return differ(explained, programs.find_options(help_text), "option")


def check_verbs(page, verbs):
    explained = find_items(get_section(page, "DESCRIPTION"), "Cm")
    examples = get_section(page, "EXAMPLES")
    return differ(explained, verbs, "verb") + [
        f"verb {verb} has no example"
        for verb in sorted(verbs)
        if not re.search(rf"^(?:sudo )?rollstat.* {verb}\b", examples, re.M)
    ]


def check_keys(page, keys):
    explained = find_items(get_section(page, "SECTIONS"), "Cm")
    return differ(explained, keys, "key") + [
        f"section {name} is not explained" for name in CONFIG_SECTIONS if f".Ss {name}" not in page
    ]


def check_sections(page):
    return [f"no section {name}" for name in SECTIONS if not get_section(page, name)]


def check_form(root, path):
    done = subprocess.run(
        ["mandoc", "-T", "lint", f"{root}/{path}"], capture_output=True, text=True, check=False
    )
    said = (done.stdout + done.stderr).splitlines()
    return [line for line in said if not FOREIGN.search(line)]


def check_versions(root, version, rollerd, rollstat):
    said = {
        "rollerd --version": programs.say(rollerd, "--version"),
        "rollstat --version": programs.say(rollstat, "--version"),
        "debian/changelog": programs.read(root, "debian/changelog"),
    }
    expected = {
        "rollerd --version": f"rollerd {version}\n",
        "rollstat --version": f"rollstat {version}\n",
        "debian/changelog": f"rollerd ({version}) ",
    }
    return [
        f"{name} says {text.splitlines()[0]}, not {version}"
        for name, text in said.items()
        if not text.startswith(expected[name])
    ]


def check_caught(pages, helps, verbs, keys):
    """What is missing is found: each check, shown a page without one thing, tells which."""
    shown = {
        "option rebuild is not": check_options(
            pages["rollerd"].replace(".It Fl -rebuild", ".It Fl -x"), helps["rollerd"]
        ),
        "verb week is not": check_verbs(pages["rollstat"].replace(".It Cm week", ".Pp"), verbs),
        "verb month has no": check_verbs(pages["rollstat"].replace("rollstat month", ""), verbs),
        "key axis is not": check_keys(pages["rollerd.conf"].replace(".It Cm axis", ".Pp"), keys),
        "key frog is explained": check_keys(
            pages["rollerd.conf"].replace(".It Cm axis", ".It Cm frog\n.It Cm axis"), keys
        ),
    }
    return [
        f'"{words}" was not found, but {found}'
        for words, found in shown.items()
        if not any(words in fault for fault in found)
    ]


def main():
    root, version, rollerd, rollstat, list_keys = sys.argv[1:]
    pages = {name: programs.read(root, path) for name, path in PAGES.items()}
    helps = {"rollerd": programs.say(rollerd, "--help"), "rollstat": programs.say_all(rollstat)}
    verbs = programs.find_verbs(rollstat)
    keys = set(programs.say(list_keys).split())
    points = [(f"{path}: form", check_form(root, path)) for path in PAGES.values()]
    points += [
        ("rollerd.8: options", check_options(pages["rollerd"], helps["rollerd"])),
        ("rollstat.1: options", check_options(pages["rollstat"], helps["rollstat"])),
        ("rollerd.8: sections", check_sections(pages["rollerd"])),
        ("rollstat.1: sections", check_sections(pages["rollstat"])),
        ("rollstat.1: verbs", check_verbs(pages["rollstat"], verbs)),
        ("rollerd.conf.5: keys", check_keys(pages["rollerd.conf"], keys)),
        ("what is missing is found", check_caught(pages, helps, verbs, keys)),
        ("one version", check_versions(root, version, rollerd, rollstat)),
    ]
    return programs.tell(points)


sys.exit(main())
