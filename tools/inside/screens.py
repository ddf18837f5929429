"""Photograph the main screens of a served demo database: `python screens.py PORT FOLDER [NAME …]`.

It only looks: nothing is clicked.
"""

import base64
import contextlib
import http.cookiejar
import io
import itertools
import json
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import NamedTuple

import websocket
from PIL import Image

DESK, PHONE = (1366, 860), (390, 844)
COLOURS = 48  # screens are flat: more colours are seen by nobody and double the file
PATIENCE = 90
STORY, STORY_WIDTH = ("campaign", "sheet", "proposals", "session", "decision", "certificate"), 900
OFFICER, COUNCIL, HEAD, EMPLOYEE = "sct.chuyenvien", "vplc.chuyenvien", "sct.truong2", "sct.cong2"
IS_READY = """
    document.readyState === "complete" && !!document.querySelector(%s)
    && !document.querySelector(".o_blockUI, .o_view_sample_data, .o_portal_doc_spinner")
"""


class Screen(NamedTuple):
    """A picture: its name, who looks, the page, what is on it once it is there, the sizes; of a form the record."""

    name: str
    login: str
    page: str
    sign: str
    sizes: tuple = (DESK,)
    model: str = ""
    domain: tuple = ()


def form(name, model, *domain, login=OFFICER):
    page = f"/odoo/action-hr_emulation.{model.replace('.', '_')}_action/%d"
    return Screen(name, login, page, ".o_form_view .o_field_widget", (DESK,), model, domain)


SCREENS = (
    Screen("first-steps", OFFICER, "/odoo/emulation-first-steps", ".o_emulation_first_steps li"),
    Screen("desk", OFFICER, "/odoo/emulation-desk", ".o_emulation_desk_card", (DESK, PHONE)),
    form("campaign", "emulation.campaign", ("state", "=", "launched")),
    form("sheet", "emulation.evaluation", ("state", "=", "confirmed")),
    Screen(
        "proposals",
        OFFICER,
        "/odoo/action-hr_emulation.emulation_commendation_action",
        ".o_list_view .o_data_row",
    ),
    form("session", "emulation.session", ("state", "!=", "cancelled"), login=COUNCIL),
    form("decision", "emulation.decision", ("state", "=", "issued"), ("kind", "=", "grant")),
    form("certificate", "emulation.certificate", ("state", "=", "issued")),
    Screen("portal-home", EMPLOYEE, "/my", ".o_emulation_card", (PHONE,)),
    Screen("portal-waiting", EMPLOYEE, "/my/emulation", "main", (PHONE,)),
    Screen("portal-sheet", EMPLOYEE, "/my/emulation/evaluations", "main", (PHONE,)),
    Screen("portal-unit", HEAD, "/my/emulation/unit", "main", (PHONE,)),
)


class Visitor:
    """Somebody logged in at the server."""

    def __init__(self, port, login):
        self.port = port
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.read("/web/login"))[1]
        self.read("/web/login", {"login": login, "password": "demo", "csrf_token": token})

    def read(self, page, fields=None):
        data = urllib.parse.urlencode(fields).encode() if fields else None
        with self.opener.open(f"http://127.0.0.1:{self.port}{page}", data, timeout=PATIENCE) as answer:
            return answer.read().decode()

    def find(self, model, domain):
        """Return the id of the last record made of those that may be shown."""
        call = {"model": model, "method": "search", "args": [domain]}
        content = json.dumps({"params": {**call, "kwargs": {"order": "id desc", "limit": 1}}}).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/web/dataset/call_kw",
            content,
            {"Content-Type": "application/json"},
        )
        with self.opener.open(request, timeout=PATIENCE) as answer:
            found = json.load(answer)["result"]
        if not found:
            raise SystemExit(f"no {model} for a picture")
        return found[0]

    def session(self):
        return next(cookie.value for cookie in self.jar if cookie.name == "session_id")


class Browser:
    """A page of Chromium without a window."""

    def __init__(self, tab):
        self.socket = websocket.create_connection(tab, max_size=None, timeout=PATIENCE)
        self.numbers = itertools.count(1)

    def call(self, method, **parameters):
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while (answer := json.loads(self.socket.recv())).get("id") != number:
            pass
        return answer.get("result", {})

    def ask(self, expression):
        return self.call("Runtime.evaluate", expression=expression)["result"].get("value")

    def show(self, address, sign, size):
        width, height = size
        self.call(
            "Emulation.setDeviceMetricsOverride",
            **{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": size == PHONE},
        )
        self.call("Page.navigate", url=address)
        limit = time.monotonic() + PATIENCE
        while not self.ask(IS_READY % json.dumps(sign)):
            if time.monotonic() > limit:
                raise SystemExit(f"{sign} does not appear on {address}")
            time.sleep(0.5)
        time.sleep(2)  # pictures of people and charts come after the page

    def photograph(self):
        shot = self.call("Page.captureScreenshot", format="png")["data"]
        return Image.open(io.BytesIO(base64.b64decode(shot))).convert("RGB")


@contextlib.contextmanager
def browser():
    with tempfile.TemporaryDirectory() as folder:
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        command += [
            "--disable-background-networking",
            "--remote-debugging-port=0",
            "--remote-allow-origins=*",
        ]
        process = subprocess.Popen(
            [*command, f"--user-data-dir={folder}", "about:blank"], stderr=subprocess.DEVNULL
        )
        try:
            yield Browser(find_tab(Path(folder) / "DevToolsActivePort"))
        finally:
            process.terminate()
            process.wait(30)


def find_tab(note):
    """Return the address of the first page, once Chromium has written down its port."""
    limit = time.monotonic() + PATIENCE
    while not note.exists() or "\n" not in note.read_text():
        if time.monotonic() > limit:
            raise SystemExit("Chromium does not start")
        time.sleep(0.2)
    port = note.read_text().splitlines()[0]
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as answer:
        return next(tab["webSocketDebuggerUrl"] for tab in json.load(answer) if tab["type"] == "page")


def animate(folder, target):
    """Show the path from a campaign to a certificate as pictures one after another, for the store page."""
    frames = [Image.open(Path(folder) / f"{name}-{DESK[0]}.png").convert("RGB") for name in STORY]
    small = [frame.resize((STORY_WIDTH, STORY_WIDTH * frame.height // frame.width)) for frame in frames]
    first, *others = (frame.quantize(COLOURS) for frame in small)
    first.save(target, save_all=True, append_images=others, duration=2500, loop=0, optimize=True)


def main(port, folder, *names):
    address = f"http://127.0.0.1:{port}"
    Path(folder).mkdir(exist_ok=True)
    visitors = {}
    with browser() as page:
        page.call("Network.enable")
        for screen in (screen for screen in SCREENS if not names or screen.name in names):
            visitor = visitors.get(screen.login) or Visitor(port, screen.login)
            visitors[screen.login] = visitor
            page.call("Network.setCookie", name="session_id", value=visitor.session(), url=address)
            path = screen.page % visitor.find(screen.model, screen.domain) if screen.model else screen.page
            for size in screen.sizes:
                page.show(address + path, screen.sign, size)
                name = f"{screen.name}-{size[0]}.png"
                page.photograph().quantize(COLOURS).save(Path(folder) / name, optimize=True)
                print(name)
    if not names:
        animate(folder, Path(folder).parents[2] / "static/description/story.gif")


if __name__ == "__main__":
    main(*sys.argv[1:])
