"""A whole dossier without a mouse: every step by Tab, Space, Enter and what is typed, as the browser gets it."""

import json
from contextlib import suppress

from odoo.tests import tagged
from odoo.tests.common import ChromeBrowser, ChromeBrowserException

from ..helpers.portal_common import PortalCommon, force

KEYS = {"Tab": 9, "Enter": 13, " ": 32}
MOST_TABS = 120
TRIES = 5
# Answers when what is looked for is on a page that is there; asked again if the page goes away meanwhile.
WAIT = """new Promise((done, fail) => {
    let left = 200;
    const look = () => {
        if (document.readyState === "complete" && document.querySelector(%s)) {
            done(location.pathname);
        } else if (left-- > 0) {
            setTimeout(look, 50);
        } else {
            fail(new Error("not there"));
        }
    };
    look();
})"""


class Hands:
    """Two hands on a keyboard."""

    def __init__(self, browser):
        self.browser = browser

    def press(self, key):
        values = {"key": key, "code": "Space" if key == " " else key, "windowsVirtualKeyCode": KEYS[key]}
        text = {"text": {"Enter": "\r", " ": " "}[key]} if key != "Tab" else {}
        for kind in ("keyDown", "keyUp"):
            params = {"type": kind, **values, **(text if kind == "keyDown" else {})}
            self.browser._websocket_request("Input.dispatchKeyEvent", params=params)

    def type(self, text):
        self.browser._websocket_request("Input.insertText", params={"text": text})

    def ask(self, script):
        params = {"expression": script, "returnByValue": True, "awaitPromise": True}
        return self.browser._websocket_request("Runtime.evaluate", params=params, timeout=20)["result"].get(
            "value"
        )

    def go_to(self, selector):
        """Press Tab until the focus is on what is looked for."""
        seen = []
        for _press in range(MOST_TABS):
            self.press("Tab")
            if self.ask(f"!!document.activeElement.matches({json.dumps(selector)})"):
                return
            seen.append(self.ask("document.activeElement.outerHTML.slice(0, 80)"))
        raise AssertionError(f"the keyboard does not reach {selector}: {seen}")

    def wait(self, selector):
        for _try in range(TRIES):
            with suppress(ChromeBrowserException):  # the page went away while it was asked
                if self.ask(WAIT % json.dumps(selector)):
                    return
        text = self.ask("document.body.innerText.slice(0, 800)")
        raise AssertionError(f"{selector} never came: {text}")


@tagged("post_install", "-at_install", "is_tour")
class TestPortalKeyboard(PortalCommon):
    def _play(self, url, person, story):
        def play(browser, _code, _timeout, error_checker=None):
            story(Hands(browser))

        self.patch(ChromeBrowser, "_wait_code_ok", play)
        login = person.user_id.login
        self.browser_js(url, "", "document.readyState === 'complete'", login=login)

    def test_a_whole_dossier(self):
        force(self.mine, {"state": "withdrawn"})

        def story(hands):
            hands.go_to("a[href='/my/emulation/nominate']")
            hands.press("Enter")
            hands.wait("#nominate_summary")
            hands.go_to("#nominate_summary")
            hands.type("Cắt giảm 30 % thời gian giải quyết hồ sơ")
            hands.go_to("button[name=keep]")
            hands.press("Enter")
            hands.wait("#report_results")
            hands.go_to("#report_results")
            hands.type("Giảm 200 giờ, tiết kiệm 40 triệu đồng")
            hands.go_to("button[name=hand_in]")
            hands.press(" ")
            hands.wait(".o_emulation_facts .o_emulation_state_submitted")
            hands.go_to("button[name=take_back]")
            hands.press("Enter")
            hands.wait(".o_emulation_facts .o_emulation_state_draft")

        self._play("/my/emulation/achievements", self.an, story)
        found = self.env["emulation.commendation"].search([("proposer_id", "=", self.an.user_id.id)])
        self.assertRecordValues(found, [{"state": "draft", "employee_id": self.an.id}])
        self.assertEqual(found.report_ids.results, "Giảm 200 giờ, tiết kiệm 40 triệu đồng")

    def test_a_head_reads_and_passes(self):
        def story(hands):
            hands.go_to(f"a[href='/my/emulation/dossiers/{self.mine.id}']")
            hands.press("Enter")
            hands.wait("main h2")
            self.assertEqual(hands.ask("location.pathname"), f"/my/emulation/dossiers/{self.mine.id}")
            hands.go_to(".o_emulation_tabs a[href='/my/emulation/unit']")
            hands.press("Enter")
            hands.wait("form[action$='/proposals'] li input")
            hands.go_to("form[action$='/proposals'] li input")
            hands.press(" ")
            hands.go_to("button[value=endorse]")
            hands.press("Enter")
            hands.wait(".o_emulation_note_success")

        self._play("/my/emulation/unit", self.chi, story)
        self.assertEqual(self.mine.state, "endorsed")
