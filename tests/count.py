#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Counts what "meson test" noted in a build folder. usage: count.py BUILD [SUITE ...]

The suites named were left out on purpose, and count for nothing.

A line a suite, the output of what failed, and last the total: each TAP point counts as one test, and so
does each program that does not speak TAP. A program that ended badly, or was not run at all, has
failed, whatever its points say. Exit status 0: all passed.
"""

import json
import os
import re
import sys
from collections import Counter

POINT = re.compile(r"^(not )?ok\b([^\n]*)", re.M)
SHOWN_LINES = 80


def read_tests(build):
    with open(os.path.join(build, "meson-info", "intro-tests.json"), encoding="utf-8") as file:
        return json.load(file)


def read_results(build):
    """{command: result} of the last run."""
    path = os.path.join(build, "meson-logs", "testlog.json")
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        results = [json.loads(line) for line in file]
    return {tuple(result["command"]): result for result in results}


def count_points(text):
    counts = Counter()
    for is_bad, rest in POINT.findall(text):
        if re.search(r"#\s*skip", rest, re.I):
            counts["skipped"] += 1
        else:
            counts["failed" if is_bad else "passed"] += 1
    return counts


def count(test, result):
    if result is None:
        return Counter(failed=1)
    counts = Counter()
    if test["protocol"] == "tap":
        counts = count_points(result.get("stdout", ""))
    if result["result"] == "SKIP":
        counts["skipped"] = max(counts["skipped"], 1)
    elif result["result"] != "OK":
        counts["failed"] = max(counts["failed"], 1)
    elif not counts:
        counts["passed"] = 1
    return counts


def show(test, result):
    if result is None:
        print(f"--- {test['name']}: was not run")
        return
    print(f"--- {test['name']}: {result['result']}, exit status {result['returncode']}")
    points, errors = result.get("stdout", "").split("\n"), result.get("stderr", "").split("\n")
    # The points that passed tell nothing, but for the last one before a crash.
    last = max((i for i, line in enumerate(points) if line.startswith("ok ")), default=0)
    lines = [line for i, line in enumerate(points) if i == last or not line.startswith("ok ")]
    lines = [line for line in lines + errors if line.strip()]
    if len(lines) > SHOWN_LINES:
        lines = ["..."] + lines[-SHOWN_LINES:]
    print("\n".join(lines))


def total_line(counts):
    return ", ".join(f"{counts[what]} {what}" for what in ("passed", "failed", "skipped"))


def main(build, *left_out):
    results = read_results(build)
    suites, total = {}, Counter()
    for test in read_tests(build):
        suite = test["suite"][0].split(":")[-1]
        if suite in left_out:
            continue
        result = results.get(tuple(test["cmd"]))
        counts = count(test, result)
        total += counts
        suites.setdefault(suite, Counter()).update(counts)
        if counts["failed"] or counts["skipped"]:
            show(test, result)
    for suite in sorted(suites):
        print(f"{suite:8} {total_line(suites[suite])}")
    if not total:
        total["failed"] = 1
        print("no test was found")
    print(total_line(total))
    return 1 if total["failed"] or total["skipped"] else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
