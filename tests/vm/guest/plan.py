# SPDX-License-Identifier: MIT
"""For tests/vm/run, outside the machine: which case runs in which machine, and what came of it.

    plan.py list                          the cases
    plan.py plan some|all [CASE...]       a line a machine: NAME LIMIT_SECONDS CASE...
    plan.py follow RESULTS MACHINE...     prints a line a case as they end, and the total
    plan.py table RESULTS MACHINE...      what came of a run, as the table of tests/vm/README.md
"""

import json
import pathlib
import sys
import time

here = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(here), str(here.parents[1] / "replay")]

import cases  # pylint: disable=wrong-import-position

BOOT_S = 90


def plan(mode, names):
    for name in names:
        if name not in cases.CASES:
            print(f"no case {name}; there are: {' '.join(cases.CASES)}", file=sys.stderr)
            return 1
    chosen = [c for c in cases.CASES.values() if c.name in names or (not names and (mode == "all" or c.is_usual))]
    machines = {}
    for case in chosen:
        machines.setdefault(case.machine, []).append(case)
    for machine, its_cases in machines.items():
        limit_s = BOOT_S + sum(case.limit_s for case in its_cases)
        print(machine, limit_s, *(case.name for case in its_cases))
    return 0


def describe(result):
    figures = result["figures"]
    words = []
    if "again_s" in figures:
        words.append(f"samples again after {figures['again_s']:.1f} s")
    if "lost" in figures:
        words.append(f"{figures['lost']} samples lost")
    words += [f"{key} {value}" for key, value in figures.items() if key not in ("again_s", "lost")]
    return ", ".join(words)


class Follower:
    def __init__(self, folder, machines):
        self.folders = [pathlib.Path(folder) / machine for machine in machines]
        self.counts = {"passed": 0, "failed": 0}
        self.told = {}

    def tell(self, name, verdict, text):
        self.counts[verdict] += 1
        title = cases.CASES[name].title if name in cases.CASES else name
        print(f"{verdict:6}  {name:22} {title}" + (f": {text}" if text else ""), flush=True)

    def look(self, folder):
        path = folder / "results"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        for line in lines[self.told.get(folder, 0) :]:
            result = json.loads(line)
            self.tell(result["case"], result["verdict"], result["text"] or describe(result))
        self.told[folder] = len(lines)

    def close(self, folder):
        """What has no result has failed."""
        self.look(folder)
        planned = (folder / "plan").read_text(encoding="utf-8").split()
        path = folder / "results"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        done = {json.loads(line)["case"] for line in lines}
        for name in planned:
            if name not in done:
                console = (folder / "console.txt").read_text(encoding="utf-8", errors="replace").splitlines()[-3:]
                qemu = (folder / "qemu.txt").read_text(encoding="utf-8", errors="replace").strip()[-300:]
                self.tell(name, "failed", f"the machine ended before it: {qemu} {' / '.join(console)}")

    def run(self):
        while not all((folder / "over").exists() for folder in self.folders):
            for folder in self.folders:
                self.look(folder)
            time.sleep(1)
        for folder in self.folders:
            self.close(folder)
        print(f"{self.counts['passed']} passed, {self.counts['failed']} failed, 0 skipped")
        return 1 if self.counts["failed"] or not self.counts["passed"] else 0


def table(folder, machines):
    """A row a case that measured something, in the order of the cases."""
    results = {}
    for machine in machines:
        for line in (pathlib.Path(folder) / machine / "results").read_text(encoding="utf-8").splitlines():
            result = json.loads(line)
            results[result["case"]] = result
    print("| case | what happens | samples again after | samples lost | besides |")
    print("| --- | --- | --- | --- | --- |")
    for case in cases.CASES.values():
        if case.name not in results:
            continue
        result = results[case.name]
        figures = result["figures"]
        again = f"{figures['again_s']:.1f} s" if "again_s" in figures else ""
        more = [f"{key} {value}" for key, value in figures.items() if key not in ("again_s", "lost")]
        if result["verdict"] != "passed":
            more = [f"**{result['verdict']}**: {result['text']}"]
        print(f"| {case.name} | {case.title} | {again} | {figures.get('lost', '')} | {', '.join(more)} |")
    return 0


def main():
    verb, *words = sys.argv[1:]
    if verb == "list":
        for case in cases.CASES.values():
            print(f"{case.name:22} {'usual' if case.is_usual else '     '}  {case.title}")
        return 0
    if verb == "plan":
        return plan(words[0], words[1:])
    if verb == "table":
        return table(words[0], words[1:])
    return Follower(words[0], words[1:]).run()


sys.exit(main())
