# SPDX-License-Identifier: MIT
"""Every verb of rollstat has its text in a golden file, and its JSON and CSV where it takes --json and --csv; and a test compares each.

For a verb: golden/VERB.txt, VERB-json.txt, VERB-csv.txt (or VERB-csv-TABLE.txt, several), in any folder golden of tests/.
usage: check-golden.py ROOT ROLLSTAT
"""

import csv
import glob
import json
import os
import sys

import programs

# What rollstat does not list: asked by shells alone.
HIDDEN = {"complete": set()}


def find_goldens(root):
    """{name: text} of all golden files."""
    paths = glob.glob(f"{root}/tests/**/golden/*.txt", recursive=True)
    return {os.path.basename(path).removesuffix(".txt"): programs.read(path) for path in paths}


def find_sources(root):
    """The text of all tests in C: those name the golden files that they compare."""
    return "".join(programs.read(path) for path in glob.glob(f"{root}/tests/**/*.c", recursive=True))


def check_json(name, text):
    """One document, or one a line."""
    if not text.strip():
        return [f"{name} is empty"]
    try:
        json.loads(text)
    except ValueError:
        try:
            for line in text.splitlines():
                json.loads(line)
        except ValueError as error:
            return [f"{name} is no JSON: {error}"]
    return []


def check_csv(name, text):
    rows = list(csv.reader(text.splitlines()))
    widths = {len(row) for row in rows}
    if len(rows) < 2:
        return [f"{name} has no row beside its names"]
    return [] if len(widths) == 1 else [f"{name} has rows of {sorted(widths)} fields"]


def check_compared(name, sources):
    """A table of a folder of several is named by its pattern."""
    head, mark, _ = name.partition("-csv-")
    named = {f'"{name}"', f'"{head}-csv-%s"'} if mark else {f'"{name}"'}
    return [] if any(one in sources for one in named) else [f"{name} is compared by no test"]


def check_verb(verb, options, goldens, sources):
    wanted = {verb: lambda name, text: [] if text.strip() else [f"{name} is empty"]}
    if "json" in options:
        wanted[f"{verb}-json"] = check_json
    tables = [name for name in goldens if name.startswith(f"{verb}-csv-")] or [f"{verb}-csv"]
    if "csv" in options:
        wanted.update({name: check_csv for name in tables})
    faults = []
    for name, check in wanted.items():
        if name not in goldens:
            faults.append(f"there is no golden file {name}.txt")
            continue
        faults += check(name, goldens[name]) + check_compared(name, sources)
    return faults


def check_left_over(goldens, sources):
    """One that no test compares is true of nothing."""
    return [fault for name in sorted(goldens) for fault in check_compared(name, sources)]


def check_caught(goldens, sources):
    """What is missing, or not as it should be, is found."""
    options = {"json", "csv"}
    shown = {
        "there is no golden file frog.txt": check_verb("frog", set(), goldens, sources),
        "there is no golden file frog-json.txt": check_verb("frog", options, {**goldens, "frog": "x"}, sources),
        "there is no golden file frog-csv.txt": check_verb("frog", options, {**goldens, "frog": "x"}, sources),
        "frog-verb is compared by no test": check_verb("frog-verb", set(), {"frog-verb": "x"}, sources),
        "today is empty": check_verb("today", set(), {"today": "\n"}, sources),
        "today-json is no JSON": check_verb("today", options, {**goldens, "today-json": "{"}, sources),
        "today-json is empty": check_verb("today", options, {**goldens, "today-json": ""}, sources),
        "today-csv has rows of": check_verb("today", options, {**goldens, "today-csv": "a,b\n1\n"}, sources),
        "today-csv has no row": check_verb("today", options, {**goldens, "today-csv": "a,b\n"}, sources),
        "frog-1 is compared by no": check_left_over({"frog-1": "x"}, sources),
    }
    return [
        f'"{words}" was not found, but {found}'
        for words, found in shown.items()
        if not any(words in fault for fault in found)
    ]


def main():
    root, rollstat = sys.argv[1:]
    goldens, sources = find_goldens(root), find_sources(root)
    verbs = {
        verb: programs.find_options(programs.say(rollstat, "help", verb)) for verb in programs.find_verbs(rollstat)
    }
    points = [
        (verb, check_verb(verb, options, goldens, sources)) for verb, options in sorted({**verbs, **HIDDEN}.items())
    ]
    points += [
        ("verbs were found", [] if len(verbs) > 30 else [f"only {sorted(verbs)}"]),
        ("none is left over", check_left_over(goldens, sources)),
        ("what is missing is found", check_caught(goldens, sources)),
    ]
    return programs.tell(points)


sys.exit(main())
