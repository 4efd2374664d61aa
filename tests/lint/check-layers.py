#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Who may include whom. usage: check-layers.py ROOT

  protocol/                  itself; GLib and SQLite only in the parts that open database and configuration
  the pure parts (PURE)      pure headers, C11 and libm
  daemon/                    protocol, daemon; GLib, GIO, SQLite, systemd
  cli/                       protocol, cli; GLib, GIO, SQLite, json-c, the terminal
  tests/                     all
"""

import os
import re
import sys

import lint

PURE = re.compile(r"protocol/sensor/|protocol/(sample|capture|bytes|fit)\.|daemon/track/|daemon/sim/sim-")
LAYERS = {"protocol": ("protocol",), "daemon": ("protocol", "daemon"), "cli": ("protocol", "cli")}
C11 = {
    "assert.h", "float.h", "inttypes.h", "limits.h", "math.h", "stdalign.h", "stdbool.h",
    "stddef.h", "stdint.h", "stdnoreturn.h", "string.h",
}  # fmt: skip
LIBRARIES = {
    "glib": re.compile(r"(glib|gio|gobject|gmodule)\b"),
    "sqlite": re.compile(r"sqlite3"),
    "systemd": re.compile(r"systemd/"),
    "json-c": re.compile(r"json(-c/|\.h|_)"),
    "dbus": re.compile(r"dbus/"),
    "bluetooth": re.compile(r"bluetooth/"),
}
MAY_USE = {"protocol": (), "daemon": ("glib", "sqlite", "systemd"), "cli": ("glib", "sqlite", "json-c")}
OPENING = re.compile(r"protocol/(database[\w-]*|config-file)\.[ch]$")
# Made at build time, so not in the tree.
GENERATED = re.compile(r"protocol/org\.rollerd1\.h$|tests/[\w/-]*org\.bluez\.h$|[\w/-]*/version\.h$")
# Names that tools or readers look for in each folder.
REPEATED = {"control", "meson.build", "README.md", "run"}


def own_includes(tree):
    for path in tree.with_suffix(*lint.CODE):
        for line, name, is_system in tree.includes(path):
            if not is_system:
                yield path, line, name


def system_includes(tree):
    for path in tree.with_suffix(*lint.CODE):
        for line, name, is_system in tree.includes(path):
            if is_system:
                yield path, line, name


def check_rooted(tree):
    known = set(tree.paths)
    return [
        f'{path}:{line}: "{name}" is no path from the root'
        for path, line, name in own_includes(tree)
        if name not in known and not GENERATED.match(name)
    ]


def check_layers(tree):
    findings = []
    for path, line, name in own_includes(tree):
        layer = path.split("/")[0]
        if layer in LAYERS and name.split("/")[0] not in LAYERS[layer]:
            findings.append(f'{path}:{line}: {layer}/ may not include "{name}"')
    return findings


def check_pure(tree):
    findings = [
        f'{path}:{line}: a pure part may not include "{name}"'
        for path, line, name in own_includes(tree)
        if PURE.match(path) and not PURE.match(name)
    ]
    findings += [
        f"{path}:{line}: a pure part may not include <{name}>: C11 and libm only"
        for path, line, name in system_includes(tree)
        if PURE.match(path) and name not in C11
    ]
    return findings


def check_libraries(tree):
    findings = []
    for path, line, name in system_includes(tree):
        layer = path.split("/")[0]
        if layer not in MAY_USE or OPENING.match(path):
            continue
        for library, pattern in LIBRARIES.items():
            if pattern.match(name) and library not in MAY_USE[layer]:
                findings.append(f"{path}:{line}: {layer}/ may not use {library} (<{name}>)")
    return findings


def check_names(tree):
    seen, findings = {}, []
    for path in tree.paths:
        name = os.path.basename(path)
        if name in seen and name not in REPEATED:
            findings.append(f"{path}: there is a {name} already: {seen[name]}")
        seen.setdefault(name, path)
    return findings


def find_ring(edges, start):
    """The shortest way from start back to itself, or None."""
    ways, known = [[start]], set()
    for way in ways:
        for module in sorted(edges.get(way[-1], ())):
            if module == start:
                return way + [start]
            if module not in known:
                known.add(module)
                ways.append(way + [module])
    return None


def check_rings(tree):
    edges = {}
    for path, _, name in own_includes(tree):
        module, other = os.path.splitext(path)[0], os.path.splitext(name)[0]
        if module != other:
            edges.setdefault(module, set()).add(other)
    findings, told = [], set()
    for module in sorted(edges):
        ring = None if module in told else find_ring(edges, module)
        if ring:
            told.update(ring)
            findings.append("ring: " + " -> ".join(ring))
    return findings


RULES = [
    lint.Rule(
        "includes are written from the root",
        check_rooted,
        [
            ("a neighbour's bare name", {"cli/a.c": '#include "b.h"\n', "cli/b.h": ""}, "b.h"),
            ("a way upward", {"cli/a.c": '#include "../cli/b.h"\n', "cli/b.h": ""}, "cli/a.c:1"),
        ],
    ),
    lint.Rule(
        "layers",
        check_layers,
        [
            ("the cli including the daemon", {"cli/a.c": '#include "daemon/b.h"\n'}, "cli/a.c:1"),
            ("the daemon including the cli", {"daemon/a.c": '\n#include "cli/b.h"\n'}, "a.c:2"),
            ("the protocol including the daemon", {"protocol/a.h": '#include "daemon/b.h"'}, "a.h"),
            ("the daemon including a test", {"daemon/a.c": '#include "tests/b.h"\n'}, "tests/b.h"),
        ],
    ),
    lint.Rule(
        "the pure parts include pure headers and C11 only",
        check_pure,
        [
            ("GLib in the core", {"daemon/track/a.c": "#include <glib.h>\n"}, "<glib.h>"),
            ("stdio in a codec", {"protocol/sensor/a.h": "#include <stdio.h>\n"}, "<stdio.h>"),
            ("the clock in the core", {"daemon/track/a.c": "#include <time.h>\n"}, "<time.h>"),
            ("the store in the core", {"daemon/track/a.c": '#include "daemon/store/store.h"'}, "store.h"),
            ("the heap in the person", {"daemon/sim/sim-person.c": "#include <stdlib.h>"}, "stdlib"),
            ("the database in a capture", {"protocol/capture.c": '#include "protocol/database.h"'},
             "database.h"),
        ],  # fmt: skip
    ),
    lint.Rule(
        "libraries by layer",
        check_libraries,
        [
            ("GLib in the protocol", {"protocol/other.c": "#include <gio/gio.h>\n"}, "glib"),
            ("systemd in the cli", {"cli/a.c": "#include <systemd/sd-bus.h>\n"}, "systemd"),
            ("a radio library in the daemon", {"daemon/a.c": "#include <bluetooth/hci.h>"}, "hci"),
        ],
    ),
    lint.Rule(
        "each file name is there once",
        check_names,
        [("a name twice", {"cli/device.c": "", "daemon/device.c": ""}, "cli/device.c")],
    ),
    lint.Rule(
        "no modules include each other in a ring",
        check_rings,
        [
            (
                "a ring of three",
                {
                    "cli/a.h": '#include "cli/b.h"\n',
                    "cli/b.c": '#include "cli/b.h"\n#include "cli/c.h"\n',
                    "cli/c.c": '#include "cli/a.h"\n',
                },
                "cli/a -> cli/b -> cli/c -> cli/a",
            )
        ],
    ),
]

if __name__ == "__main__":
    sys.exit(lint.run(RULES, sys.argv[1]))
