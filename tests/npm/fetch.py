#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Fetches what tests take from npm, each package by its version and checksum, without npm and without what it
depends on. Tests themselves need no network: tests/packages calls this where it installs Debian's packages.

usage: fetch.py                          into node_modules beside this file, by npm-packages.txt
       fetch.py --missing                says which are missing, one a line; fetches nothing
       fetch.py LIST FOLDER REGISTRY     by another list, into another folder, from another registry
"""

import base64
import hashlib
import io
import os
import shutil
import sys
import tarfile
import tempfile
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
LIST = os.path.join(HERE, "npm-packages.txt")
FOLDER = os.path.join(HERE, "node_modules")
REGISTRY = "file:///srv/npm"
# Written last into each package: what is there is whole, and of that version.
STAMP = ".fetched"


def read_list(path):
    """(name, version, integrity) of each line."""
    with open(path, encoding="utf-8") as file:
        lines = [line.split() for line in file if line.strip() and not line.startswith("#")]
    return [tuple(line) for line in lines]


def is_there(folder, package):
    try:
        with open(os.path.join(folder, package[0], STAMP), encoding="utf-8") as file:
            return file.read() == " ".join(package)
    except FileNotFoundError:
        return False


def download(registry, name, version):
    url = f"{registry}/{name}/-/{name.split('/')[-1]}-{version}.tgz"
    with urllib.request.urlopen(url, timeout=60) as answer:
        return answer.read()


def check(data, integrity):
    kind, _, wanted = integrity.partition("-")
    found = base64.b64encode(hashlib.new(kind, data).digest()).decode()
    if kind != "sha512" or found != wanted:
        raise ValueError(f"its checksum is {kind}-{found}, and should be {integrity}")


def unpack(data, folder):
    """The files of the tarball's one folder, whatever that is called; nothing outside of it."""
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for member in archive:
            parts = member.name.split("/")[1:]
            if not member.isfile() or not parts or ".." in parts:
                continue
            path = os.path.join(folder, *parts)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(archive.extractfile(member).read())


def fetch(registry, folder, package):
    name, version, integrity = package
    data = download(registry, name, version)
    check(data, integrity)
    os.makedirs(folder, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as fresh:
        unpack(data, fresh)
        with open(os.path.join(fresh, STAMP), "w", encoding="utf-8") as file:
            file.write(" ".join(package))
        target = os.path.join(folder, name)
        shutil.rmtree(target, ignore_errors=True)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copytree(fresh, target)


def main(arguments):
    if arguments not in ([], ["--missing"]) and len(arguments) != 3:
        sys.exit(__doc__)
    path, folder, registry = arguments if len(arguments) == 3 else (LIST, FOLDER, REGISTRY)
    missing = [package for package in read_list(path) if not is_there(folder, package)]
    for package in missing:
        if arguments == ["--missing"]:
            print(package[0])
            continue
        try:
            fetch(registry, folder, package)
        except (OSError, ValueError, tarfile.TarError) as error:
            sys.exit(f"fetch.py: {package[0]} {package[1]} from {registry}: {error}")


if __name__ == "__main__":
    main(sys.argv[1:])
