#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every C file is as clang-format 14 leaves it. usage: check-format.py ROOT"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

import lint

VERSION = 14  # others differ in small things


def find_formatter():
    for name in (f"clang-format-{VERSION}", "clang-format"):
        if shutil.which(name):
            said = subprocess.run([name, "--version"], capture_output=True, text=True, check=True).stdout
            if re.search(rf"version {VERSION}\.", said):
                return name
    sys.exit(f"check-format: clang-format {VERSION} is not here; Debian: clang-format-{VERSION}")


def check(tree):
    paths = tree.with_suffix(*lint.CODE)
    if not paths:
        return []
    command = [find_formatter(), "--style=file", "--dry-run", "-Werror", *paths]
    done = subprocess.run(command, cwd=tree.root, capture_output=True, text=True, check=False)
    found = [line for line in done.stderr.split("\n") if ": error:" in line]
    return found or ([done.stderr] if done.returncode else [])


def check_fault(root, files):
    """Lays files in a folder of their own, under the repository's style."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(os.path.join(root, ".clang-format"), folder)
        for name, text in files.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        return check(lint.Tree(folder))


RULE = lint.Rule(
    "the format is clang-format's",
    check,
    [
        ("spaces for tabs", {"a.c": "int\nf(void)\n{\n        return 1;\n}\n"}, "a.c:3"),
        ("a brace on its own line", {"a.c": "int\nf(void)\n{\n\tif (1)\n\t{\n\t\tf();\n\t}\n}\n"}, "a.c"),
    ],
)

if __name__ == "__main__":
    ROOT = sys.argv[1]
    sys.exit(lint.run([RULE], ROOT, lambda _, files: check_fault(ROOT, files)))
