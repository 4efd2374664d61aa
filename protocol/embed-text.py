#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes a text file as a NUL-ended C array: embed-text.py INPUT OUTPUT NAME."""
import sys

source, target, name = sys.argv[1:]
with open(source, "rb") as file:
    data = file.read() + b"\0"
rows = [", ".join(str(byte) for byte in data[i : i + 20]) for i in range(0, len(data), 20)]
with open(target, "w", encoding="ascii") as file:
    # The declaration before it keeps -Wmissing-variable-declarations content; char may be signed.
    file.write(f"extern const char {name}[];\nconst char {name}[] = {{\n")
    file.write(",\n".join("\t" + row for row in rows))
    file.write("};\n")
if max(data) > 127:
    sys.exit(f"{source}: only ASCII can be embedded")
