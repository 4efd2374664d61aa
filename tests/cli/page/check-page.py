# SPDX-License-Identifier: MIT
"""The page of rollstat report, as a browser shows it: on a phone and a desk, in light and dark, and printed.

usage: check-page.py ROLLSTAT MAKE-SCENES CATALOGUES FOLDER     screenshots and the printed page stay in FOLDER
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as tree

import devtools

HERE = os.path.dirname(os.path.abspath(__file__))
HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
RANGES = {
    "usual": ["2026-02-15", "2026-03-14"],
    "odd": ["2026-03-14"],
    "plain": ["2026-03-14"],
    "empty": ["2026-03-14"],
    "years": ["2016-03-14", "2026-03-14"],
}
PAGES = [*RANGES, "german"]
WIDTHS = {"phone": 360, "desk": 1280}
LOOKS = [("phone", "light"), ("desk", "dark")]
ALL_LOOKS = LOOKS + [("phone", "dark"), ("desk", "light")]
A4_PX = 1032  # of its height, less the margins
AXE_PATH = os.path.join(os.path.dirname(__file__), "../../npm/node_modules/axe-core/axe.min.js")
AXE = """axe.run(document, {resultTypes: ["violations"]}).then((found) => found.violations.map(
    (violation) => violation.id + ": " + violation.help + " " + violation.nodes.map((node) => node.html.slice(0, 120)).join(" | ")))"""


def ask(rollstat, database, *words):
    command = [rollstat, "--db", database, *words]
    environment = {**os.environ, "TZ": "Europe/Berlin", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, capture_output=True, env=environment, check=False, timeout=60)
    if done.returncode != 0 or done.stderr:
        raise RuntimeError(f"{words}: {done.stderr.decode()}")
    return done.stdout.decode()


class Scenes:
    def __init__(self, rollstat, folder, kept):
        self.rollstat, self.folder, self.kept = rollstat, folder, kept
        self.took_s = {}
        os.replace(os.path.join(folder, "german.html"), self.path("german"))
        for name, words in RANGES.items():
            begin = time.monotonic()
            text = ask(rollstat, self.database(name), "report", *words, "--html", self.path(name))
            self.took_s[name] = time.monotonic() - begin
            assert text.startswith(self.path(name)), text

    def database(self, name):
        return os.path.join(self.folder, f"{name}.db")

    def path(self, name):
        return os.path.join(self.kept, f"{name}.html")

    def text(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def json(self, name, verb):
        return json.loads(ask(self.rollstat, self.database(name), verb, *RANGES[name], "--json"))


def check_form(scenes):
    """XML without a script, an event, a style of its own, or an address."""
    complaints = []
    for name in PAGES:
        text = scenes.text(name)
        root = tree.fromstring(text)
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        if len(ids) != len(set(ids)):
            complaints.append(f"{name}: an id is there twice")
        for element in root.iter():
            wrong = [key for key in element.keys() if key.startswith("on") or key == "style"]
            wrong += [key for key in ("src", "href") if not element.get(key, "data:").startswith("data:")]
            if wrong or element.tag in (HTML + "script", HTML + "iframe", HTML + "a"):
                complaints.append(f"{name}: {element.tag} {wrong}")
        if re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]|&#x1?[0-9a-f];", text):
            complaints.append(f"{name}: a control character came through")
        if "default-src 'none'" not in text:
            complaints.append(f"{name}: no policy")
    if 'lang="de"' not in scenes.text("german") or "In Worten" not in scenes.text("german"):
        complaints.append("german: it is not German")
    if "&lt;script&gt;alert(1)" not in scenes.text("odd"):
        complaints.append("odd: the name of the person is not told")
    return complaints


def check_numbers(scenes):
    """What the page tells is what --json tells."""
    complaints = []
    for name in ("usual", "plain", "years"):
        root = tree.fromstring(scenes.text(name))
        told = [data.get("value") for data in root.iter(HTML + "data")]
        asked = scenes.json(name, "range")
        own = scenes.json(name, "report")
        wanted = [f"{zone['seconds']:.3f}" for zone in asked["zones"]]
        if told != wanted or not wanted:
            complaints.append(f"{name}: {told} in the page, {wanted} in range --json")
        if [f"{zone['seconds']:.3f}" for zone in own["zones"]] != wanted:
            complaints.append(f"{name}: report --json has other zones")
        if [zone["enough_days"] for zone in own["zones"]] != [zone["enough_days"] for zone in asked["zones"]]:
            complaints.append(f"{name}: report --json has other days")
        placed = sum(level["seconds"] for level in own["levels"])
        if abs(placed - sum(zone["seconds"] for zone in asked["zones"])) > 0.01:
            complaints.append(f"{name}: {placed} s on the levels")
        if sum(own["speeds"]["passes_by_cmps"]) != asked["passes"]:
            complaints.append(f"{name}: {own['speeds']} for {asked['passes']} passes")
        whole = root.find(f".//{HTML}dl").itertext()
        if not {str(asked["sessions"]), str(asked["passes"])} <= set(whole):
            complaints.append(f"{name}: the sums are not told")
    spots = {spot["level"] for spot in scenes.json("usual", "range")["spots"]}
    if not spots or not all(f">{level}</text>" in scenes.text("usual") for level in spots):
        complaints.append(f"usual: spots {spots} are not labelled")
    if "Not in the picture: 0:" not in scenes.text("odd"):
        complaints.append("odd: what lies beyond the picture is not told")
    if "Nothing was recorded" not in scenes.text("empty"):
        complaints.append("empty: it does not say so")
    return complaints


def check_years(scenes):
    """Ten years: no more than a browser likes, and soon."""
    size = os.path.getsize(scenes.path("years"))
    print(f"# ten years: {scenes.took_s['years']:.2f} s, {size / 1000:.0f} kB; usual: {scenes.took_s['usual']:.2f} s")
    complaints = [] if size < 300_000 else [f"{size} bytes"]
    return complaints + ([] if scenes.took_s["years"] < 20 else [f"{scenes.took_s['years']} s"])


def probe(browser):
    with open(os.path.join(HERE, "probe-page.js"), encoding="utf-8") as file:
        return browser.run(file.read())


def run_axe(browser):
    with open(AXE_PATH, encoding="utf-8") as file:
        browser.run(file.read() + "; null")
    return browser.run(AXE)


def check_caught(browser, scenes):
    """The same, on a page that was spoilt in each of the ways that are looked for."""
    faults = {
        "wide in": "document.querySelector('main').style.width = '2000px'",
        "is clipped": "Object.assign(document.querySelector('figcaption').style, {width: '40px', overflow: 'hidden', whiteSpace: 'nowrap'})",
        "beyond the picture": "document.querySelector('#doses text').setAttribute('x', '330')",
        "lies over": "document.querySelectorAll('#doses text')[1].setAttribute('x', '90')",
        "spine: text \"T1\" has a contrast": "[...document.querySelectorAll('#spine .level')][1].style.fill = '#999'",
        "doses: text": "document.querySelector('#doses').insertAdjacentHTML('afterbegin', '<rect width=\"340\" height=\"90\" fill=\"#555\"/>')",
        "P \"Facts": "document.querySelector('#cautions p').style.color = '#999'",
        "skips a level": "document.querySelector('h2').outerHTML = '<h4>x</h4>'",
        "1 scripts": "document.body.append(document.createElement('script'))",
        "image-alt": "document.querySelector('main').append(document.createElement('img'))",
    }
    complaints = []
    for words, spoil in faults.items():
        browser.look(WIDTHS["desk"], 4000, "light")
        browser.open(scenes.path("usual"))
        browser.run(f"{spoil}; null")
        found = run_axe(browser) if words == "image-alt" else probe(browser)
        if not any(words in complaint for complaint in found):
            complaints.append(f'"{words}" was not found, but {found}')
    return complaints


def check_look(browser, scenes, name, width, scheme):
    browser.look(WIDTHS[width], 900, scheme)
    browser.open(scenes.path(name))
    browser.run("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    height = browser.run("document.documentElement.scrollHeight")
    # All of it in view, so that the points of all texts can be looked through.
    browser.look(WIDTHS[width], height, scheme)
    complaints = probe(browser) + run_axe(browser)
    browser.look(WIDTHS[width], 900, scheme)
    browser.open(scenes.path(name))
    browser.look(WIDTHS[width], browser.run("document.documentElement.scrollHeight"), scheme)
    browser.keep("Page.captureScreenshot", os.path.join(scenes.kept, f"{name}-{width}-{scheme}.png"))
    for event in browser.events:
        url = event.get("params", {}).get("request", {}).get("url", "file:")
        if event["method"] == "Network.requestWillBeSent" and not url.startswith(("file:", "data:")):
            complaints.append(f"it asks for {url}")
        if event["method"] in ("Log.entryAdded", "Runtime.exceptionThrown"):
            complaints.append(f"the browser says {event['params']}")
    return complaints


def check_print(browser, scenes, name):
    """No picture is longer than a sheet of A4, none leaves it; the colours are the light ones."""
    browser.look(688, 1000, "dark", "print")
    browser.open(scenes.path(name))
    complaints = browser.run(
        f"""[...document.querySelectorAll("figure, svg")].filter((figure) => {{
            const box = figure.getBoundingClientRect();
            return box.height > {A4_PX} || box.right > 689;
        }}).map((figure) => figure.innerHTML.slice(0, 60))"""
    )
    ground = browser.run("getComputedStyle(document.body).backgroundColor")
    if ground != "rgb(255, 255, 255)":
        complaints.append(f"paper is {ground}")
    path = os.path.join(scenes.kept, f"{name}.pdf")
    browser.keep("Page.printToPDF", path, preferCSSPageSize=True, printBackground=False)
    with open(path, "rb") as file:
        data = file.read()
    if not data.startswith(b"%PDF") or b"/MediaBox [0 0 594." not in data.replace(b"595", b"594."):
        complaints.append("it is not printed on A4")
    return complaints


def list_checks(browser, scenes):
    yield "the pages are XML, and load and run nothing", lambda: check_form(scenes)
    yield "the pages tell what --json tells", lambda: check_numbers(scenes)
    yield "ten years are no burden", lambda: check_years(scenes)
    yield "what is wrong is found", lambda: check_caught(browser, scenes)
    for name in PAGES:
        for width, scheme in ALL_LOOKS if name == "usual" else LOOKS:
            yield (
                f"{name}, {width}, {scheme}",
                lambda *look: check_look(browser, scenes, *look),
                name,
                width,
                scheme,
            )
        yield f"{name}, printed", lambda look: check_print(browser, scenes, look), name


def main():
    rollstat, make_scenes, catalogues, kept = sys.argv[1:]
    os.makedirs(kept, exist_ok=True)
    if not os.path.exists(AXE_PATH):
        print("Bail out! There is no axe-core: tests/packages test fetches it.")
        sys.exit(1)
    with tempfile.TemporaryDirectory() as folder, devtools.Browser() as browser:
        subprocess.run([make_scenes, folder, catalogues], check=True)
        checks = list(list_checks(browser, Scenes(rollstat, folder, kept)))
        print(f"1..{len(checks)}")
        for number, (title, check, *arguments) in enumerate(checks, 1):
            complaints = check(*arguments)
            print(f"{'not ' if complaints else ''}ok {number} {title}", flush=True)
            for complaint in complaints:
                print(f"# {complaint}")


if __name__ == "__main__":
    main()
