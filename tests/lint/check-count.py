#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The totals that tests/count.py tells are true, also of runs that end badly. usage: check-count.py ROOT"""

import json
import os
import subprocess
import sys
import tempfile

# name: (tests as (protocol, stdout, meson's result), the last line, the exit status[, suites left out]). Result None: not run.
# A test is of suite unit, or of the one that stands behind its result.
CASES = {
    "points are counted": (
        [("tap", "1..2\nok 1 /a\nok 2 /b\n", "OK"), ("exitcode", "", "OK")],
        "3 passed, 0 failed, 0 skipped",
        0,
    ),
    "a failed point": ([("tap", "1..2\nok 1\nnot ok 2 - x\n", "FAIL")], "1 passed, 1 failed, 0 skipped", 1),
    "a skipped point": ([("tap", "1..2\nok 1\nok 2 # SKIP why\n", "OK")], "1 passed, 0 failed, 1 skipped", 1),
    "a crash after good points": ([("tap", "1..3\nok 1\n", "ERROR")], "1 passed, 1 failed, 0 skipped", 1),
    "a program that fails": ([("exitcode", "ok 1\n", "FAIL")], "0 passed, 1 failed, 0 skipped", 1),
    "a program out of time": ([("exitcode", "", "TIMEOUT")], "0 passed, 1 failed, 0 skipped", 1),
    "a program that skips itself": ([("exitcode", "", "SKIP")], "0 passed, 0 failed, 1 skipped", 1),
    "a program that was not run": (
        [("tap", "1..1\nok 1\n", "OK"), ("tap", "", None)],
        "1 passed, 1 failed, 0 skipped",
        1,
    ),
    "no test at all": ([], "0 passed, 1 failed, 0 skipped", 1),
    "a suite left out that was not run": (
        [("tap", "1..1\nok 1\n", "OK"), ("tap", "", None, "npm")],
        "1 passed, 0 failed, 0 skipped",
        0,
        ["npm"],
    ),
    "a suite left out counts neither passed nor failed nor skipped": (
        [
            ("tap", "1..1\nok 1\n", "OK"),
            ("tap", "1..3\nok 1\nok 2\nnot ok 3\n", "FAIL", "npm"),
            ("exitcode", "", "SKIP", "bench"),
        ],
        "1 passed, 0 failed, 0 skipped",
        0,
        ["bench", "npm"],
    ),
    "a suite that was not run, but another is left out": (
        [("tap", "1..1\nok 1\n", "OK"), ("tap", "", None, "npm")],
        "1 passed, 1 failed, 0 skipped",
        1,
        ["bench"],
    ),
    "a failure beside a suite left out": (
        [("tap", "1..1\nnot ok 1\n", "FAIL"), ("tap", "1..1\nok 1\n", "OK", "npm")],
        "0 passed, 1 failed, 0 skipped",
        1,
        ["npm"],
    ),
    "a suite whose name begins as that of one left out": (
        [("tap", "1..1\nok 1\n", "OK"), ("exitcode", "", None, "npm-more")],
        "1 passed, 1 failed, 0 skipped",
        1,
        ["npm"],
    ),
    "all left out is no test at all": (
        [("tap", "1..1\nok 1\n", "OK")],
        "0 passed, 1 failed, 0 skipped",
        1,
        ["unit"],
    ),
}


def write_run(build, tests):
    """Lays what meson would note in the folder build."""
    introduced, results = [], []
    for i, (protocol, stdout, result, *suite) in enumerate(tests):
        known = {
            "name": f"test-{i}",
            "cmd": [f"./test-{i}"],
            "suite": [f"p:{suite[0] if suite else 'unit'}"],
            "protocol": protocol,
        }
        introduced.append(known)
        if result:
            results.append({"command": known["cmd"], "stdout": stdout, "result": result, "returncode": 0})
    os.mkdir(os.path.join(build, "meson-info"))
    os.mkdir(os.path.join(build, "meson-logs"))
    with open(os.path.join(build, "meson-info", "intro-tests.json"), "w", encoding="utf-8") as file:
        json.dump(introduced, file)
    with open(os.path.join(build, "meson-logs", "testlog.json"), "w", encoding="utf-8") as file:
        file.writelines(json.dumps(result) + "\n" for result in results)


def main(root):
    n_bad = 0
    print(f"1..{len(CASES)}")
    for number, (name, (tests, last, status, *left_out)) in enumerate(CASES.items(), 1):
        with tempfile.TemporaryDirectory() as build:
            write_run(build, tests)
            command = [sys.executable, os.path.join(root, "tests", "count.py"), build, *sum(left_out, [])]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        is_ok = done.stdout.rstrip().split("\n")[-1] == last and done.returncode == status
        print(f"{'ok' if is_ok else 'not ok'} {number} {name}")
        if not is_ok:
            n_bad += 1
            print("".join(f"# {line}\n" for line in (done.stdout + done.stderr).split("\n")), end="")
    return 1 if n_bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
