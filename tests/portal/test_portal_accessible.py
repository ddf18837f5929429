import json
import os
from pathlib import Path

from odoo.tests import tagged
from odoo.tests.common import ChromeBrowser

from ..helpers.portal_common import force
from ..helpers.portal_pages import PortalPages

WIDTHS = (320, 390, 640, 1366)  # 320 is 1280 at 400 %, 640 at 200 %
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

LARGE = "/my/emulation/display?size=larger&contrast=1&back="

# Each page in a frame that is given each width: one browser for all. Beside what axe-core finds, an error is: a page
# wider than its frame, no switch of text size and contrast, a menu whose current entry is out of sight, what the
# keyboard cannot reach and what does not show the focus.
SCRIPT = """
(async () => {
    const problems = [];
    const looks = (style) => [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow,
        style.borderColor, style.backgroundColor, style.textDecorationThickness].join(" ");
    const checkKeyboard = (page, url) => {
        const all = [...page.document.querySelectorAll(
            ".o_emulation :is(a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex])")];
        for (const el of all.filter((el) => el.getClientRects().length)) {
            const name = el.outerHTML.slice(0, 160);
            page.document.activeElement.blur();
            const before = looks(page.getComputedStyle(el));
            el.focus({ focusVisible: true, preventScroll: true });
            if (page.document.activeElement !== el || el.tabIndex !== 0) {
                problems.push(`${url}: the keyboard does not reach ${name}`);
            } else if (looks(page.getComputedStyle(el)) === before) {
                problems.push(`${url}: the focus is not seen on ${name}`);
            }
        }
        if (!all.length) {
            problems.push(`${url}: nothing to reach`);
        }
    };
    // Two frames later the styles are those of the new width or colour and its listeners have run; what moves is
    // brought to its end.
    const settle = async (page) => {
        for (let count = 0; count < 2; count++) {
            await new Promise((done) => page.requestAnimationFrame(done));
        }
        const moving = page.document.getAnimations();
        moving.filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime)).forEach((one) => one.finish());
        await page.document.fonts.ready;
    };
    const load = async (frame, url, width) => {
        frame.style.width = `${width}px`;
        await new Promise((done) => { frame.onload = done; frame.src = url; });
        const page = frame.contentWindow;
        while (page.document.querySelector(".o_portal_doc_spinner")) {
            await new Promise((done) => setTimeout(done, 20)); // the cards come when their numbers are there
        }
        await settle(page);
        if (!page.document.querySelector(".o_emulation .o_emulation_display")) {
            problems.push(`${url}: not the page, or without its switch`);
        }
        page.document.querySelectorAll("details").forEach((details) => { details.open = true; });
        await new Promise((done) => {
            const script = page.document.createElement("script");
            script.onload = done;
            script.src = "/web/content/%(axe)s?unique=1";
            page.document.head.append(script);
        });
        return page;
    };
    const check = async (page, url, width) => {
        await settle(page);
        if (page.innerWidth !== width) {
            problems.push(`${url}: ${page.innerWidth} px wide, not ${width}`);
        }
        // What is in order is counted, not described: half of the work.
        const result = await page.axe.run(page.document, { runOnly: %(tags)s, resultTypes: ["violations"] });
        for (const violation of result.violations) {
            for (const node of violation.nodes) {
                problems.push(`${url} ${width} ${violation.id}: ${node.target.join(" ")} | ${node.failureSummary}`);
            }
        }
        const wide = page.document.documentElement.scrollWidth;
        if (wide > width) {
            const all = [...page.document.body.querySelectorAll("*")];
            const out = all.filter((el) => el.getBoundingClientRect().right > width + 1);
            problems.push(`${url}: ${wide} px wide in ${width}: ${out.slice(-1)[0]?.outerHTML.slice(0, 200)}`);
        }
        const entry = page.document.querySelector(".o_emulation_tabs [aria-current]");
        if (entry) {
            const [own, list] = [entry, entry.closest("ul")].map((el) => el.getBoundingClientRect());
            if (own.right <= list.left || own.left >= list.right) {
                problems.push(`${url} ${width}: the current entry of the menu is out of sight`);
            }
        }
    };
    const [narrow, ...wider] = %(widths)s;
    for (const url of %(urls)s) {
        const frame = document.createElement("iframe");
        frame.style = `height: 2400px; border: 0; background: #fff; position: absolute; left: 0; top: 0; z-index: 9999`;
        document.body.append(frame);
        let page;
        for (const width of [...wider, narrow]) {
            // Our scripts listen to the width. Odoo's read it as they begin: its pages are loaded for each.
            if (!page || page.odoo) {
                page = await load(frame, url, width);
            }
            frame.style.width = `${width}px`;
            await check(page, url, width);
        }
        checkKeyboard(page, url);
        frame.remove();
    }
    if (problems.length) {
        console.error(problems.join("\\n"));
    } else {
        console.log("test successful");
    }
})();
"""


@tagged("post_install", "-at_install", "is_tour")
class TestPortalAccessible(PortalPages):
    """WCAG 2.2 AA on every portal page, 320 px wide and up, light and dark.

    ``HR_EMULATION_AXE`` names axe-core's axe.min.js."""

    def setUp(self):
        super().setUp()
        path = os.environ.get("HR_EMULATION_AXE", "")
        self.assertTrue(os.path.isfile(path), "HR_EMULATION_AXE does not name axe-core's axe.min.js")
        values = {
            "name": "axe.js",
            "raw": Path(path).read_bytes(),
            "public": True,
            "mimetype": "text/javascript",
        }
        self.axe = self.env["ir.attachment"].create(values)

    def _check(self, person, *urls, widths=WIDTHS):
        values = {
            "axe": self.axe.id,
            "urls": json.dumps(urls),
            "widths": json.dumps(widths),
            "tags": json.dumps(TAGS),
        }
        login = person and person.user_id.login
        self.browser_js(
            "/my/emulation/worker.js",
            SCRIPT % values,
            "document.readyState === 'complete'",
            login=login,
            timeout=400,
        )

    def _check_pages(self, person, prefix="", **options):
        self._add(1)
        self._check(
            person, *(prefix + url for url, whose in self._pages().values() if whose == person), **options
        )

    def test_pages_of_an_employee(self):
        self._check_pages(self.an)

    def test_pages_of_a_head(self):
        self._check_pages(self.chi)

    def test_pages_of_an_employee_large_with_contrast(self):
        self._check_pages(self.an, LARGE, widths=(320, 1366))

    def _go_dark(self):
        navigate = ChromeBrowser.navigate_to
        dark = {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}

        def go(browser, *arguments, **options):
            browser._websocket_request("Emulation.setEmulatedMedia", params=dark)
            return navigate(browser, *arguments, **options)

        self.patch(ChromeBrowser, "navigate_to", go)

    def test_pages_of_an_employee_in_the_dark(self):
        self._go_dark()
        self._check_pages(self.an, widths=(320, 1366))

    def test_pages_of_a_head_in_the_dark(self):
        self._go_dark()
        self._check_pages(self.chi, widths=(320, 1366))

    def test_pages_of_a_head_large_with_contrast(self):
        self._check_pages(self.chi, LARGE, widths=(320, 1366))

    def test_home_with_its_cards(self):
        self._check(self.chi, "/my/home")
        self._check(self.chi, f"{LARGE}/my/home")

    def test_pages_in_other_states(self):
        granted = self._commendation(self.an, state="granted")
        self.env["emulation.request"]._ask(granted, "appeal", "Xem lại")
        force(self.participation, {"state": "refused", "refusal_reason": "Chưa đủ thời gian"})
        force(self.achievement, {"state": "refused", "refusal_reason": "Chưa có minh chứng"})
        force(self.proposal, {"state": "submitted"})
        force(self.sheet, {"state": "confirmed"})
        session = self.records["session_id"]
        session._do_cast(self.an.user_id, {session.item_ids.id: "agree"})
        session.action_close()
        rejected = self._commendation(self.an, state="rejected")
        self._check(
            self.an,
            "/my/emulation/campaigns?search=khong%20co",
            f"/my/emulation/campaigns/{self.campaign.id}",
            f"/my/emulation/commendations/{granted.id}",
            f"/my/emulation/commendations/{rejected.id}",
            f"/my/emulation/achievements/{self.achievement.id}",
            f"/my/emulation/proposals/{self.proposal.id}",
            f"/my/emulation/evaluations/{self.sheet.id}",
            f"/my/emulation/ballots/{session.id}",
            "/my/emulation/nominate?search=tran%20van%20binh",
        )
        self._check(
            self.binh,
            "/my/emulation",
            f"/my/emulation/campaigns/{self.campaign.id}",
            "/my/emulation/evaluations",
            "/my/emulation/commendations",
        )

    def test_public_honour_board(self):
        self.agency.emulation_honour_board = "public"
        self._check(None, "/emulation/honour", "/emulation/honour/stories")

    def test_pages_of_a_published_list(self):
        publication = self._publication(self._commendation(self.binh))
        publication._do_comment(self.an.user_id, "Nhất trí")
        self._check(self.an, "/my/emulation/publications", f"/my/emulation/publications/{publication.id}")
