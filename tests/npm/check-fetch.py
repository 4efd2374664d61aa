# SPDX-License-Identifier: MIT
"""fetch.py takes what is as it should be, refuses what is not, and leaves nothing of that. TAP; no network.

usage: check-fetch.py FETCH
"""

import base64
import hashlib
import io
import os
import subprocess
import sys
import tarfile
import tempfile


def make_tarball(names):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for name in names:
            member = tarfile.TarInfo(name)
            member.size = 3
            archive.addfile(member, io.BytesIO(b"one"))
    return data.getvalue()


class Registry:
    """A folder with a package @our/thing 1.0.0, and the list that asks for it."""

    def __init__(self, root, tarball):
        self.folder = os.path.join(root, "node_modules")
        self.list = os.path.join(root, "list")
        self.url = f"file://{root}"
        os.makedirs(os.path.join(root, "@our/thing/-"))
        with open(os.path.join(root, "@our/thing/-/thing-1.0.0.tgz"), "wb") as file:
            file.write(tarball)

    def fetch(self, fetch, version, checksum_of):
        digest = base64.b64encode(hashlib.sha512(checksum_of).digest()).decode()
        with open(self.list, "w", encoding="utf-8") as file:
            file.write(f"# a comment\n@our/thing {version} sha512-{digest}\n")
        command = [sys.executable, fetch, self.list, self.folder, self.url]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def files(self):
        found = [os.path.join(folder, name) for folder, _, names in os.walk(self.folder) for name in names]
        return sorted(os.path.relpath(path, self.folder) for path in found)


def try_all(fetch):
    """(name, whether it holds) of each."""
    good = make_tarball(["package/src/one.js", "package/../../outside.js"])
    with tempfile.TemporaryDirectory() as root:
        registry = Registry(root, good)
        done = registry.fetch(fetch, "1.0.0", b"another")
        yield "another checksum is refused", done.returncode != 0 and "checksum" in done.stderr
        yield "nothing of it is left", registry.files() == []
        done = registry.fetch(fetch, "2.0.0", good)
        yield "a version that is not there is told", done.returncode != 0 and "2.0.0" in done.stderr
        done = registry.fetch(fetch, "1.0.0", good)
        yield "the right one is taken", done.returncode == 0 and done.stderr == ""
        yield "with its files, and none outside", registry.files() == ["@our/thing/.fetched", "@our/thing/src/one.js"]
        os.remove(os.path.join(root, "@our/thing/-/thing-1.0.0.tgz"))
        yield "what is there is not asked for again", registry.fetch(fetch, "1.0.0", good).returncode == 0
    with tempfile.TemporaryDirectory() as root:
        registry = Registry(root, b"no tarball")
        done = registry.fetch(fetch, "1.0.0", b"no tarball")
        yield "what is no tarball is refused", done.returncode != 0 and registry.files() == []


def main():
    results = list(try_all(sys.argv[1]))
    print(f"1..{len(results)}")
    for number, (name, is_held) in enumerate(results, 1):
        print("ok" if is_held else "not ok", number, "-", name)


if __name__ == "__main__":
    main()
