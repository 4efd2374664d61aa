#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The head of each file, and the headers as the manual. usage: check-headers.py ROOT"""

import re
import sys

import lint

LICENCE = "SPDX-License-Identifier: MIT"
LICENSED = (".c", ".h", ".py", ".sh", ".sql", ".xml", ".build", ".options", ".service", ".conf", ".in")
PROSE = (".md", ".clang-format", ".gitignore")
# In parts, so that this file does not find itself.
OPEN_END = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK")) + r")\b")
MACHINE = re.compile(r"(?<![\w.}*-])/(?:work|root|farm)/[\w.]|/tmp/(?:wt|b|studio)[-/]")


def texts(tree, suffixes):
    for path in tree.paths:
        if path.endswith(suffixes) or ("." not in path.split("/")[-1] and tree.is_script(path)):
            yield path, tree.text(path)


def check_licence(tree):
    findings = []
    for path, text in texts(tree, LICENSED):
        # Lines that the format itself wants first stand before it.
        head = re.sub(r"\A(#![^\n]*\n|<\?xml[^>]*>\s*|<!DOCTYPE[^>]*>\s*)*", "", text)
        if LICENCE not in head.split("\n")[0]:
            findings.append(f"{path}: its first line is not {LICENCE}")
    return findings


def check_once(tree):
    return [
        f"{path}: no #pragma once"
        for path in tree.with_suffix(".h")
        if not re.search(r"^#pragma once$", tree.text(path), re.M)
    ]


def is_documented(lines, line):
    """Whether a comment stands above lines[line - 1], with no empty line between."""
    for i in range(line - 2, -1, -1):
        if not lines[i].strip():
            return False
        if lines[i].rstrip().endswith("*/") or lines[i].lstrip().startswith("//"):
            return True
    return False


def check_manual(tree):
    findings = []
    for path in tree.with_suffix(".h"):
        lines = tree.text(path).split("\n")
        for prototype in lint.prototypes(tree.code(path)):
            if not prototype.name.endswith("_quark") and not is_documented(lines, prototype.line):
                findings.append(f"{path}:{prototype.line}: {prototype.name} has no comment above it")
    return findings


def search(tree, pattern, what):
    findings = []
    for path, text in texts(tree, LICENSED + PROSE):
        for number, line in enumerate(text.split("\n"), 1):
            if pattern.search(line):
                findings.append(f"{path}:{number}: {what}: {line.strip()}")
    return findings


def check_open_ends(tree):
    return search(tree, OPEN_END, "left open")


def check_machine(tree):
    return search(tree, MACHINE, "a path of one machine")


HEAD = f"/* {LICENCE} */\n#pragma once\n"
RULES = [
    lint.Rule(
        "each file names its licence first",
        check_licence,
        [
            ("a source without", {"cli/a.c": "int x;\n"}, "cli/a.c"),
            ("a script without", {"tests/a": "#!/bin/sh\ntrue\n"}, "tests/a"),
            ("a schema with it too late", {"protocol/a.sql": f"\n\n-- {LICENCE}\n"}, "a.sql"),
        ],
    ),
    lint.Rule(
        "each header can be included twice",
        check_once,
        [("a guard instead", {"cli/a.h": "#ifndef A_H\n#define A_H\n#endif\n"}, "cli/a.h")],
    ),
    lint.Rule(
        "each prototype is explained",
        check_manual,
        [
            ("a bare prototype", {"cli/a.h": HEAD + "\nint roll_a(int x);\n"}, "cli/a.h:4"),
            ("one apart from its comment", {"cli/a.h": HEAD + "/* Says. */\n\nint f(void);\n"}, "f has"),
            ("one over two lines", {"cli/a.h": HEAD + "\nROLL_MUST_USE int\nf(int x,\n int y);\n"},
             "cli/a.h:4: f"),
            ("one after a struct", {"cli/a.h": HEAD + "\n/* S. */\ntypedef struct {\n\tint x;\n} S;\n"
                                    "\nvoid f(S *s);\n"}, "f has"),
            ("one after a function", {"cli/a.h": HEAD + "\nstatic inline int\ng(void)\n{\n\treturn 1;\n}\n"
                                      "\nvoid f(void (*done)(int));\n"}, "f has"),
        ],  # fmt: skip
    ),
    lint.Rule(
        "nothing is left open",
        check_open_ends,
        [("a note to oneself", {"cli/a.c": "/* TO" + "DO: later */\n"}, "cli/a.c:1")],
    ),
    lint.Rule(
        "no path of one machine",
        check_machine,
        [
            ("a home", {"README.md": "see /ro" + "ot/rollerd\n"}, "README.md:1"),
            ("a build folder", {"tests/a.py": "x = '/tmp/b" + "-x'\n"}, "tests/a.py:1"),
        ],
    ),
]

if __name__ == "__main__":
    sys.exit(lint.run(RULES, sys.argv[1]))
