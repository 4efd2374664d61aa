# SPDX-License-Identifier: MIT
"""Each translation is whole: every text of the sources, none that is not there, nothing doubtful, formats that fit.

usage: check-translation.py ROOT
"""

import os
import re
import subprocess
import sys
import tempfile

import programs

KEYWORDS = ["-k", "-k_", "-kN_", "-kngettext:1,2"]


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})
    return done.stdout, [line for line in done.stderr.splitlines() if line] if done.returncode else []


def list_sources(root):
    """The files of rollstat that have texts."""
    found = []
    for folder, _, names in os.walk(os.path.join(root, "cli")):
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), root)
            if name.endswith(".c") and re.search(r'\b(?:_|N_|ngettext)\(\s*"', programs.read(root, path)):
                found.append(path)
    return set(found)


def read_messages(path, *options):
    """The texts of a catalogue, whole lines of it that tell them apart."""
    out, faults = run("msgattrib", "--no-wrap", "--no-location", *options, path)
    assert not faults, faults
    blocks = [block for block in out.split("\n\n")[1:] if re.search(r"^msgid ", block, re.M)]
    return {re.search(r'^msgid (.*(?:\n".*")*)', block, re.M)[1] for block in blocks}


def check_language(catalogue, texts):
    done = read_messages(catalogue, "--translated", "--no-fuzzy", "--no-obsolete")
    there = read_messages(catalogue, "--no-obsolete")
    obsolete, _ = run("msgattrib", "--only-obsolete", catalogue)
    return (
        [f"not translated: {text}" for text in sorted(texts - done)]
        + [f"in no source: {text}" for text in sorted(there - texts)]
        + (["it holds obsolete texts"] if "msgid" in obsolete else [])
    )


def main():
    root = os.path.abspath(sys.argv[1])
    folder = os.path.join(root, "cli/po")
    listed = set(programs.read(folder, "POTFILES").split())
    languages = programs.read(folder, "LINGUAS").split()
    sources = list_sources(root)
    with tempfile.TemporaryDirectory() as temporary:
        template = f"{temporary}/rollerd.pot"
        _, faults = run(
            "xgettext", "--from-code=UTF-8", "--no-wrap", *KEYWORDS, "-D", root, "-f", f"{folder}/POTFILES", "-o", template
        )
        texts = read_messages(template)
        points = [
            ("all sources are listed", [f"{path}" for path in sorted(sources ^ listed)]),
            ("the texts can be read", faults + ([] if len(texts) > 100 else ["hardly any text"])),
        ]
        for language in languages:
            catalogue = f"{folder}/{language}.po"
            _, ill = run("msgfmt", "--check", "--check-accelerators", "-o", f"{temporary}/x.mo", catalogue)
            points.append((f"{language}: form", ill))
            points.append((f"{language}: whole", check_language(catalogue, texts)))
            less = check_language(catalogue, texts | {'"a text of tomorrow"'})
            points.append((f"{language}: what lacks is found", [] if any("tomorrow" in text for text in less) else ["it is not"]))
    return programs.tell(points)


sys.exit(main())
