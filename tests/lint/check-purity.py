#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The pure parts cannot do I/O, keep state or use the heap: their archives need no symbol for it.

usage: check-purity.py ROOT COMPILER... -- ARCHIVE...
"""

import os
import re
import subprocess
import sys
import tempfile

import lint

LIBM = """acos asin atan atan2 cbrt ceil copysign cos erf erfc exp exp2 expm1 fabs floor fma fmax fmin fmod
frexp hypot ldexp llrint llround log log10 log1p log2 lrint lround modf nan nearbyint pow remainder rint
round sin sincos sinh cosh sqrt tan tanh trunc""".split()
MEMORY = """memchr memcmp memcpy memmove memset strchr strcmp strlen strncmp strnlen
__memcpy_chk __memmove_chk __memset_chk""".split()
ALLOWED = set(LIBM) | {name + "f" for name in LIBM} | set(MEMORY) | {"__assert_fail"}
# What compilers add by themselves when asked for sanitizers, coverage or a guarded stack.
ADDED = re.compile(
    r"_GLOBAL_OFFSET_TABLE_$|__stack_chk_|__(odr_)?asan[_.]|__ubsan_|__sanitizer_|__lsan_|___asan_"
    r"|__gcov|__llvm_|__prof|_sub_[ID]_|\.L|\.?L?__unnamed|anon\.|asan\.module_|__covrec_|__const\."
)
SYMBOL = re.compile(r"^[0-9a-f]+ (.{7}) (\S+)\t[0-9a-f]+ (?:\.hidden )?(\S+)$", re.M)
WRITABLE = re.compile(r"(\.data|\.bss|\.tdata|\.tbss|\.ldata|\.lbss|\*COM\*)(?!\.rel\.ro)")


def symbols(archives):
    """(archive, section, name) of each symbol."""
    for archive in archives:
        command = ["objdump", "-t", archive]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        for flags, section, name in SYMBOL.findall(text):
            if "d" not in flags or "O" in flags:  # a debugging symbol: sections, files
                yield os.path.basename(archive), section, name


def check_archives(archives):
    found = [entry for entry in symbols(archives) if not ADDED.match(entry[2])]
    own = {name for _, section, name in found if section != "*UND*"}
    findings = set() if own else {"no symbol at all in " + " ".join(archives)}
    for archive, section, name in found:
        if section == "*UND*" and name not in own and name not in ALLOWED:
            findings.add(f"{archive} needs {name}")
        if WRITABLE.match(section):
            findings.add(f"{archive} keeps state: {name}")
    return sorted(findings)


def check_fault(compiler, source):
    """Compiles source as the pure parts are, and checks the result."""
    with tempfile.TemporaryDirectory() as folder:
        result = os.path.join(folder, "fault.o")
        command = [*compiler, "-O2", "-fPIC", "-x", "c", "-c", "-", "-o", result]
        subprocess.run(command, input=source, text=True, check=True)
        return check_archives([result])


FAULTS = [
    ("the heap", "#include <stdlib.h>\nvoid *f(void) { return malloc(4); }", "needs malloc"),
    ("the clock", "#include <time.h>\nlong f(void) { return time(0); }", "needs time"),
    ("printing", "#include <stdio.h>\nvoid f(int x) { printf(\"%d\", x); }", "needs printf"),
    ("a counter", "int f(void) { static int n; return ++n; }", "keeps state"),
    ("a shared variable", "int roll_last = 1;", "keeps state: roll_last"),
]

# Tables of constants, also of addresses, and libm are no fault.
FINE = """#include <math.h>
static const char *const names[] = { "a", "b" };
const char *f(double x) { return names[sin(x) > 0]; }"""


def main():
    split = sys.argv.index("--")
    root, compiler, archives = sys.argv[1], sys.argv[2:split], sys.argv[split + 1 :]
    rules = [
        lint.Rule("the pure archives need nothing", lambda _: check_archives(archives), FAULTS),
        lint.Rule("tables and libm are no fault", lambda _: check_fault(compiler, FINE), []),
    ]
    return lint.run(rules, root, lambda _, source: check_fault(compiler, source))


if __name__ == "__main__":
    sys.exit(main())
