# SPDX-License-Identifier: MIT
"""A headless Chromium, driven over its DevTools pipe: no port, no library."""

import base64
import fcntl
import json
import os
import shutil
import subprocess
import tempfile


class Browser:
    """with Browser() as browser: browser.open(path); browser.run("document.title")"""

    def __init__(self):
        program = shutil.which("chromium")
        if program is None:
            raise FileNotFoundError("there is no chromium: tests/packages test installs it")
        self.home = tempfile.TemporaryDirectory(prefix="rollstat-page-", ignore_cleanup_errors=True)
        theirs_in, self.to = os.pipe()
        self.of, theirs_out = os.pipe()
        # High numbers, so that putting them to 3 and 4 overwrites neither.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 20) for end in (theirs_in, theirs_out)]
        os.close(theirs_in)
        os.close(theirs_out)
        self.process = subprocess.Popen(
            # The sandbox needs rights that root in a container does not have; the page is our own.
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
            + ["--no-first-run", "--disable-background-networking", "--disable-component-update"]
            + ["--hide-scrollbars", "--remote-debugging-pipe", f"--user-data-dir={self.home.name}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(3, 4),
            preexec_fn=lambda: (os.dup2(ends[0], 3), os.dup2(ends[1], 4)),
        )
        for end in ends:
            os.close(end)
        self.buffer = b""
        self.count = 0
        self.session = None
        self.events = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.call(f"{domain}.enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.session = None
        try:
            self.call("Browser.close")
        except EOFError:
            pass
        os.close(self.to)
        try:
            self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.of)
        # Helpers of the browser may write there a moment longer than it lives itself.
        self.home.cleanup()

    def hear(self):
        while b"\0" not in self.buffer:
            more = os.read(self.of, 1 << 20)
            if not more:
                raise EOFError("chromium went away")
            self.buffer += more
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, **params):
        self.count += 1
        request = {"id": self.count, "method": method, "params": params}
        if self.session:
            request["sessionId"] = self.session
        data = json.dumps(request).encode() + b"\0"
        while data:
            data = data[os.write(self.to, data) :]
        while True:
            answer = self.hear()
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, method):
        """Until an event came, also one that came before."""
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.hear())

    def open(self, path):
        self.events.clear()
        self.call("Page.navigate", url=f"file://{path}")
        self.wait("Page.loadEventFired")

    def look(self, width, height, scheme, medium="screen"):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", media=medium, features=features)

    def run(self, script):
        """What a script tells of the page: waited for, as a value."""
        answer = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description", "a script failed"))
        return answer["result"].get("value")

    def keep(self, method, path, **params):
        """Page.captureScreenshot or Page.printToPDF, into a file."""
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call(method, **params)["data"]))
