"""What a phone in the mountains waits for: our pages beside /my/home in bytes and seconds, by the browser itself.

A slow 3G line (400 ms, 50 kB a second) and a processor four times slower, nothing cached, one server process without
compression. "Painted" is the first thing seen, "ready" when the sheet can be typed into and its script listens, "saved"
when a first number typed into it is stored.
"""

import json
import re
import shutil
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager

import websocket
from bench_portal import PASSWORD, log_in
from measure import Result, serving
from odoo.fields import Command

SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50 * 1024, "uploadThroughput": 50 * 1024}
SLOWER = 4
PATIENCE = 120
# A page that is loaded need not be painted yet: without this time there is no result.
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
# Goals: first paint, typed and saved, weight.
PAINT, SAVED, WEIGHT = 3.0, 5.0, 150.0
LOGIN = "bench.weight"  # beside the one of bench_portal, where both are run
BROWSERS = ("chromium", "google-chrome", "chrome")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--remote-debugging-port=0",
)


def prepare(env):
    """Make a portal user with a sheet of 20 criteria and a certificate; return the addresses."""
    user = env["res.users"].create(
        {
            "name": "Nguyễn Thị Đo",
            "login": LOGIN,
            "password": PASSWORD,
            "lang": "vi_VN",
            "group_ids": [(6, 0, env.ref("base.group_portal").ids)],
        }
    )
    unit = env["hr.department"].create({"name": "Phòng Đo lường"})
    me = env["hr.employee"].create({"name": "Nguyễn Thị Đo", "user_id": user.id, "department_id": unit.id})
    criteria = [
        Command.create(
            {
                "name": f"Tiêu chí thứ {number}",
                "kind": "rating",
                "max_points": 5,
                "guidance": "Đúng hạn. " * 8,
            }
        )
        for number in range(20)
    ]
    sheet_set = env["emulation.criterion.set"].create(
        {"name": "Bộ tiêu chí", "total_points": 100, "criterion_ids": criteria}
    )
    campaign = env["emulation.campaign"].create(
        {"name": "Phong trào thi đua", "date_start": "2026-01-01", "individual_set_id": sheet_set.id}
    )
    campaign._write_protected({"state": "launched", "date_end": "2030-12-31"})
    participation = env["emulation.participation"]._find_or_register(
        campaign, {"recipient_type": "employee", "employee_id": me.id}
    )
    participation._do_submit()
    participation._do_approve()
    review = env["emulation.review"].create(
        {"name": "Tổng kết", "campaign_id": campaign.id, "date_from": "2026-01-01", "date_to": "2030-12-31"}
    )
    review._do_open()
    env.cr.commit()
    return {
        "/my/home": "/my/home",
        "for me to do": "/my/emulation",
        "one sheet, 20 criteria": f"/my/emulation/evaluations/{review.evaluation_ids.id}",
        "campaign": f"/my/emulation/campaigns/{campaign.id}",
        "declare an achievement": "/my/emulation/achievements/new",
        "my commendations": "/my/emulation/commendations",
        "honour board": "/emulation/honour",
        "check a certificate": "/emulation/verify",
    }


class Browser:
    """A headless browser, spoken to by its debugging protocol."""

    def __init__(self, address):
        self.line = websocket.create_connection(address, timeout=PATIENCE)
        self.number, self.events = 0, []

    def ask(self, method, **parameters):
        self.number += 1
        self.line.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.line.recv())
            if answer.get("id") == self.number:
                return answer.get("result", {})
            self.events.append(answer)

    def run(self, code):
        answer = self.ask("Runtime.evaluate", expression=code, returnByValue=True, awaitPromise=True)
        return answer.get("result", {}).get("value")

    def wait(self, code):
        """Wait until an expression is true; return the seconds since the page was asked for."""
        until = time.monotonic() + PATIENCE
        while not self.run(code):
            if time.monotonic() > until:
                raise RuntimeError(f"waited in vain for {code}")
            time.sleep(0.05)
        return time.monotonic() - self.started

    def open(self, address):
        """Open a page with an empty cache; return (KB over the line, requests, first paint, loaded)."""
        self.ask("Network.clearBrowserCache")
        self.events.clear()
        self.started = time.monotonic()
        self.ask("Page.navigate", url=address)
        self.wait("document.readyState === 'complete' && performance.timing.loadEventEnd > 0")
        loaded = self.run("performance.timing.loadEventEnd - performance.timing.navigationStart") / 1000
        self.wait(f"!!{PAINTED}")
        painted = self.run(PAINTED) / 1000
        self.run("new Promise((done) => setTimeout(done, 500))")
        ended = [event for event in self.events if event.get("method") == "Network.loadingFinished"]
        weight = sum(event["params"]["encodedDataLength"] for event in ended) / 1024
        return weight, len(ended), painted, loaded


@contextmanager
def browsing(url, cookie):
    """Start a browser of a slow phone, logged in."""
    program = next(filter(None, map(shutil.which, BROWSERS)))
    with tempfile.TemporaryDirectory() as folder:
        command = [program, *OPTIONS, "--remote-allow-origins=*", f"--user-data-dir={folder}", "about:blank"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            found = next(filter(None, (re.search(r"ws://([\d.:]+)/", line) for line in process.stderr)))
            with urllib.request.urlopen(f"http://{found.group(1)}/json") as answer:
                pages = [page for page in json.load(answer) if page["type"] == "page"]
            browser = Browser(pages[0]["webSocketDebuggerUrl"])
            for part in ("Page", "Network", "Runtime"):
                browser.ask(f"{part}.enable")
            name, _is, value = cookie.partition("=")
            browser.ask("Network.setCookie", name=name, value=value, url=url)
            browser.ask("Network.setBypassServiceWorker", bypass=True)
            browser.ask("Network.emulateNetworkConditions", **SLOW_3G)
            browser.ask("Emulation.setCPUThrottlingRate", rate=SLOWER)
            browser.ask(
                "Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=2, mobile=True
            )
            yield browser
        finally:
            process.terminate()
            process.wait(15)


def type_and_save(browser):
    """Type into the first field of the sheet that is open; return seconds until it listens and until it is saved."""
    ready = browser.wait("!!globalThis.emulation && document.readyState === 'complete'")
    browser.run(
        "(() => { const field = document.querySelector('.o_emulation_line input'); field.focus(); field.value = '4';"
        " field.dispatchEvent(new Event('input', { bubbles: true })); })()"
    )
    saved = browser.wait("document.querySelector('.o_emulation_total_points').textContent.trim() === '4'")
    return ready, saved


def run(env):
    """Weight and seconds of our pages on a slow phone, beside /my/home."""
    pages = prepare(env)
    rows = []
    with serving(env, workers=1) as url:
        cookie = log_in(url.removeprefix("http://"), LOGIN)
        for path in pages.values():
            urllib.request.urlopen(urllib.request.Request(f"{url}{path}", headers={"Cookie": cookie})).close()
        with browsing(url, cookie) as browser:
            floor = None
            for name, path in pages.items():
                weight, requests, painted, loaded = browser.open(f"{url}{path}")
                ready = saved = None
                if "/evaluations/" in path:
                    ready, saved = type_and_save(browser)
                rows.append((name, requests, weight, painted, loaded, ready, saved))
                if floor is None:
                    floor = weight, painted
                    continue
                yield Result(f"{name}: weight", weight, floor[0], WEIGHT / floor[0], "kB")
                yield Result(f"{name}: first paint", painted, floor[1], PAINT / floor[1])
                if saved:
                    yield Result(f"{name}: typed and saved", saved, floor[1], SAVED / floor[1])
    print(f"{'page':<28}{'requests':>9}{'kB':>8}{'painted':>9}{'loaded':>8}{'ready':>8}{'saved':>8}")
    for name, requests, weight, *times in rows:
        seconds = "".join(f"{value:>8.1f}" if value else f"{'':>8}" for value in times)
        print(f"{name:<28}{requests:>9}{weight:>8.0f} {seconds}")
