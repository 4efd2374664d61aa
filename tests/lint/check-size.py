#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How large things may get, and the calls that nobody makes. usage: check-size.py ROOT"""

import re
import sys

import lint

FUNCTION_LINES = 60
PARAMETERS = 5
NESTING = 3
FILE_LINES = 400
TEST_LINES = 500
HEADER_LINES = 150

FORBIDDEN = {
    r"\bgoto\b": "g_autoptr and small functions",
    r"\bv?sprintf\s*\(": "g_strdup_printf or snprintf",
    r"\bstrn?cpy\s*\(": "g_strlcpy or memcpy with a known length",
    r"\bstrn?cat\s*\(": "GString",
    r"\bstrtok\s*\(": "g_strsplit",
    r"\bato[ifl]l?\s*\(": "g_ascii_string_to_signed, which tells failure",
    r"\bf?gets\s*\(": "g_data_input_stream_read_line or getline",
    r"(?<![\w.>])system\s*\(": "GSubprocess",
    r"(?<![\w.>])alloca\s*\(": "g_malloc",
    r"\b(g_u?|u|nano)?sleep\s*\(": "wait for the event itself",
    r"\bg_test_skip\s*\(": "make the test run everywhere",
}


def check_functions(tree):
    return [
        f"{path}:{function.line}: {function.name} has {function.n_lines} lines (most {FUNCTION_LINES})"
        for path in tree.with_suffix(*lint.CODE)
        for function in lint.functions(tree.code(path))
        if function.n_lines > FUNCTION_LINES
    ]


def is_set_by_library(parameters):
    """A callback's signature is the library's: from its object first to our pointer last."""
    return bool(
        re.match(r"(const )?(G[A-Z]|sqlite3)\w* \*", parameters[0])
        and re.match(r"(gpointer|void \*)", parameters[-1])
    )


def check_parameters(tree):
    findings = []
    for path in tree.with_suffix(*lint.CODE):
        code = tree.code(path)
        for function in list(lint.functions(code)) + list(lint.prototypes(code)):
            # Where a function can fail, its error has a way out beside the parameters.
            counted = [text for text in function.parameters if text != "GError **error"]
            if len(counted) > PARAMETERS and not is_set_by_library(function.parameters):
                findings.append(
                    f"{path}:{function.line}: {function.name} has {len(counted)} parameters "
                    f"(most {PARAMETERS}, else a struct)"
                )
    return findings


def check_nesting(tree):
    """A statement in NESTING blocks of a function stands NESTING + 1 tabs in; with or without braces,
    a further block would begin there."""
    begins = re.compile(r"^\t{%d,}(if|for|while|do|switch)\b" % (NESTING + 1))
    return [
        f"{path}:{number}: more than {NESTING} blocks deep"
        for path in tree.with_suffix(".c", ".h")
        for number, line in enumerate(tree.code(path).split("\n"), 1)
        if begins.match(line)
    ]


def most_lines(path):
    if path.startswith("tests/"):
        return TEST_LINES
    return HEADER_LINES if path.endswith(".h") else FILE_LINES


def check_files(tree):
    findings = []
    for path in tree.with_suffix(".c", ".h", ".py", ".sql", ".build"):
        n_lines = tree.text(path).count("\n")
        if n_lines > most_lines(path):
            findings.append(f"{path}: {n_lines} lines (most {most_lines(path)})")
    return findings


def check_calls(tree):
    findings = []
    for path in tree.with_suffix(*lint.CODE):
        for number, line in enumerate(tree.code(path).split("\n"), 1):
            for pattern, better in FORBIDDEN.items():
                match = re.search(pattern, line)
                if match:
                    findings.append(f"{path}:{number}: {match.group()}: instead: {better}")
    return findings


def check_globals(tree):
    """No variable outlives its function, unless it is constant."""
    declaration = re.compile(r"^\s*static\s+(?!inline\b)([^;(){}=]+?)(?:\[[^\]]*\])*\s*(?:=|;)")
    findings = []
    for path in tree.with_suffix(*lint.CODE):
        if path.startswith("tests/"):
            continue
        for number, line in enumerate(tree.code(path).split("\n"), 1):
            match = declaration.match(line)
            # What matters is what the last * points from: "const char *name" may change.
            if match and not re.search(r"\bconst\b", match.group(1).split("*")[-1]):
                findings.append(f"{path}:{number}: state that outlives its function: {line.strip()}")
    return findings


def _function(body, parameters="void"):
    return f"static void\nlong_one({parameters})\n{{\n{body}}}\n"


RULES = [
    lint.Rule(
        f"a function has at most {FUNCTION_LINES} lines",
        check_functions,
        [("a long one", {"cli/a.c": _function("\tf();\n" * FUNCTION_LINES)}, "cli/a.c:2: long_one")],
    ),
    lint.Rule(
        f"a function has at most {PARAMETERS} parameters",
        check_parameters,
        [
            ("a definition with six", {"cli/a.c": _function("", "int a, int b, int c, int d, int e, int f")},
             "6 parameters"),
            ("a prototype with six", {"cli/a.h": "int f(int a, int b, void (*c)(int, int), int d, int e,\n"
                                      "      int g);\n"}, "6 parameters"),
        ],  # fmt: skip
    ),
    lint.Rule(
        f"blocks stand at most {NESTING} deep",
        check_nesting,
        [("a fourth", {"cli/a.c": _function("\tif (a)\n\t\tif (b)\n\t\t\tif (c)\n\t\t\t\tif (d)\n"
                                            "\t\t\t\t\tf();\n")}, "cli/a.c:7")],
    ),
    lint.Rule(
        "files stay small",
        check_files,
        [
            ("a long source", {"cli/a.c": "int x;\n" * (FILE_LINES + 1)}, "cli/a.c"),
            ("a long header", {"cli/a.h": "int x;\n" * (HEADER_LINES + 1)}, "cli/a.h"),
            ("a long test", {"tests/cli/a.c": "int x;\n" * (TEST_LINES + 1)}, "tests/cli/a.c"),
        ],
    ),
    lint.Rule(
        "some calls are not made",
        check_calls,
        [
            ("goto", {"cli/a.c": "\tgoto out;\n"}, "goto"),
            ("sprintf", {"cli/a.c": '\tsprintf(text, "%d", 1);\n'}, "sprintf"),
            ("atoi", {"daemon/a.c": "\tx = atoi(text);\n"}, "atoi"),
            ("waiting by the clock", {"tests/a.c": "\tg_usleep(1000);\n"}, "g_usleep"),
            ("a test that skips itself", {"tests/a.c": '\tg_test_skip("x");\n'}, "g_test_skip"),
        ],
    ),
    lint.Rule(
        "no state outlives its function",
        check_globals,
        [
            ("a counter", {"daemon/a.c": "static int n_seen;\n"}, "daemon/a.c:1"),
            ("one in a function", {"daemon/a.c": "void\nf(void)\n{\n\tstatic int n = 0;\n}\n"}, "a.c:4"),
            ("a pointer that may change", {"cli/a.c": "static const char *name;\n"}, "cli/a.c:1"),
        ],
    ),
]

if __name__ == "__main__":
    sys.exit(lint.run(RULES, sys.argv[1]))
