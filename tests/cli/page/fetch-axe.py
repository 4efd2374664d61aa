#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Fetches axe-core, which the test of the page needs and no Debian package has: this version, with this hash, or nothing.

usage: fetch-axe.py            into the folder of caches; tests/packages does it
"""

import base64
import hashlib
import io
import os
import sys
import tarfile
import urllib.request

VERSION = "4.10.3"
ADDRESS = f"file:///srv/npm/axe-core/-/axe-core-{VERSION}.tgz"
SHA512 = (
    "Xm7bpRXnDSX2YE2YFfBk2FnF0ep6tmG7xPh8iHee8MIcrgq762Nkce856dYtJYLkuIoYZvGfTs/PbZhideTcEg=="
)


def find_path():
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(caches, "rollerd-tests", f"axe-{VERSION}.min.js")


def main():
    path = find_path()
    if os.path.exists(path):
        return
    print(f"fetching {ADDRESS} ...", flush=True)
    try:
        with urllib.request.urlopen(ADDRESS, timeout=60) as answer:
            data = answer.read()
    except OSError as error:
        sys.exit(f"{ADDRESS} could not be fetched: {error}")
    found = base64.b64encode(hashlib.sha512(data).digest()).decode()
    if found != SHA512:
        sys.exit(f"{ADDRESS} has another hash than it should have: {found}")
    with tarfile.open(fileobj=io.BytesIO(data)) as package:
        script = package.extractfile("package/axe.min.js").read()
    os.makedirs(os.path.dirname(path), exist_ok=True)
    part = f"{path}.{os.getpid()}"
    with open(part, "wb") as file:
        file.write(script)
    os.rename(part, path)


if __name__ == "__main__":
    main()
