# SPDX-License-Identifier: MIT
"""What the checkers share: the tree of files, C without its comments, and TAP.

A checker is a list of Rules. Each rule is first given small trees that break it, which it must
catch, and then the repository, in which it must find nothing: so it is a test that can fail.
"""

import os
import re
import sys
from collections import namedtuple

CODE = (".c", ".h")
_NOISE = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.S)
_DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", re.M)
_FUNCTION = re.compile(r"^(?:\w[\w *]*[ *])?(\w+)\(([^{};]*)\)[^\n;{}]*\n\{\n(.*?)^\}", re.M | re.S)
_DECORATION = re.compile(r"^G_[A-Z_]+\(.*?\);?$|__attribute__\(\(.*?\)\)", re.M | re.S)

# check(tree) -> findings, each "path:line: text" or the like.
# faults: (name, {path: text}, words that the finding must hold).
Rule = namedtuple("Rule", "name check faults")
Function = namedtuple("Function", "name line parameters n_lines")
Prototype = namedtuple("Prototype", "name line parameters")


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


class Tree:
    """The files of a folder, or those given as {path: text}, by their path from the root."""

    def __init__(self, root=None, files=None):
        self.root = root
        self._texts = dict(files or {})
        self.paths = sorted(self._texts if root is None else self._walk(root))

    @staticmethod
    def _walk(root):
        for folder, names, files in os.walk(root):
            names[:] = [
                name
                for name in names
                if name not in (".git", ".debhelper", "__pycache__", "node_modules")
                and not os.path.exists(os.path.join(folder, name, "meson-private"))
                and not os.path.exists(os.path.join(folder, name, "DEBIAN"))
            ]
            for name in files:
                if name != ".git":
                    yield os.path.relpath(os.path.join(folder, name), root)

    def with_suffix(self, *suffixes):
        return [path for path in self.paths if path.endswith(suffixes)]

    def text(self, path):
        if path not in self._texts:
            with open(os.path.join(self.root, path), encoding="utf-8", errors="replace") as file:
                self._texts[path] = file.read()
        return self._texts[path]

    def is_script(self, path):
        if self.root is None:
            return self.text(path).startswith("#!")
        with open(os.path.join(self.root, path), "rb") as file:
            return file.read(2) == b"#!"

    def code(self, path):
        """The C of a file: comments, directives and the insides of strings are blanks."""

        def hide(match):
            found = match.group()
            return _blank(found) if found[0] == "/" else found[0] + _blank(found[1:-1]) + found[0]

        text = _NOISE.sub(hide, self.text(path))
        return _DIRECTIVE.sub(lambda match: _blank(match.group()), text)

    def includes(self, path):
        """(line, name, is_system) of each #include."""
        pattern = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)', re.M)
        text = re.sub(r"/\*.*?\*/", lambda match: _blank(match.group()), self.text(path), flags=re.S)
        for match in pattern.finditer(text):
            yield line_of(text, match.start()), match.group(2), match.group(1) == "<"


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def split_parameters(text):
    """The parameters between the parentheses of a declaration."""
    parts, depth = [""], 0
    for char in text:
        depth += (char in "([") - (char in ")]")
        if char == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    parts = [" ".join(part.split()) for part in parts]
    return [] if parts in ([""], ["void"]) else parts


def functions(code):
    """Each function defined in code, as clang-format leaves it: name and braces at column 0."""
    for match in _FUNCTION.finditer(code):
        yield Function(
            match.group(1),
            line_of(code, match.start()),
            split_parameters(match.group(2)),
            match.group().count("\n") + 1,
        )


def _without_bodies(code):
    """Code with all that stands in braces blanked, and a ; after the body of a function."""
    out, depth = [], 0
    for i, char in enumerate(code):
        depth -= char == "}"
        is_end = char == "}" and depth == 0 and code[i - 1 : i] == "\n" and code[i + 1 : i + 2] == "\n"
        out.append(";" if is_end else char if depth == 0 or char == "\n" else " ")
        depth += char == "{"
    return "".join(out)


def prototypes(code):
    """Each function declared at file scope of code."""
    code = _DECORATION.sub(lambda match: _blank(match.group()), _without_bodies(code))
    offset = 0
    for statement in code.split(";"):
        match = re.match(r"\s*(?!typedef\b)(?:[\w\s*]*[\s*])(\w+)\((.*)\)\s*$", statement, re.S)
        if match and "=" not in statement and "{" not in statement:
            yield Prototype(
                match.group(1),
                line_of(code, offset + len(statement) - len(statement.lstrip())),
                split_parameters(match.group(2)),
            )
        offset += len(statement) + 1


def _report(number, is_ok, what, findings):
    print(f"{'ok' if is_ok else 'not ok'} {number} {what}")
    for finding in findings:
        print(f"# {finding}")
    return is_ok


def run(rules, root, check_fault=None):
    """Runs rules as TAP; returns the exit status. check_fault(rule, fault) -> findings where the
    faults are not trees."""
    points = []
    for rule in rules:
        for fault in rule.faults:
            name, given, words = fault
            found = check_fault(rule, given) if check_fault else rule.check(Tree(files=given))
            caught = any(words in finding for finding in found)
            points.append((caught, f"{rule.name}: catches {name}", [] if caught else found))
        findings = rule.check(Tree(root))
        points.append((not findings, f"{rule.name}: holds", findings))
    print(f"1..{len(points)}")
    results = [_report(i, *point) for i, point in enumerate(points, 1)]
    sys.stdout.flush()
    return 0 if all(results) else 1
