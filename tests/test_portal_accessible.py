import json
import os
from pathlib import Path

from odoo.tests import tagged

from .portal_common import PDF, PortalCommon, force

WIDTHS = (320, 390, 1366)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# Each page in a frame of each width: one browser for all. A page wider than its frame is an error as well.
SCRIPT = """
(async () => {
    const source = await (await fetch("/web/content/%(axe)s")).text();
    const problems = [];
    for (const url of %(urls)s) {
        for (const width of %(widths)s) {
            const frame = document.createElement("iframe");
            frame.style = `width: ${width}px; height: 2400px; border: 0; background: #fff; `
                + `position: absolute; left: 0; top: 0; z-index: 9999`;
            document.body.append(frame);
            await new Promise((done) => { frame.onload = done; frame.src = url; });
            const page = frame.contentWindow;
            if (!page.document.querySelector(".o_emulation, .o_portal_my_home")) {
                problems.push(`${url}: not the page`);
            }
            await page.document.fonts.ready;
            await new Promise((done) => setTimeout(done, 150));
            page.eval(source);
            const result = await page.axe.run(page.document, { runOnly: %(tags)s });
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
            frame.remove();
        }
    }
    if (problems.length) {
        console.error(problems.join("\\n"));
    } else {
        console.log("test successful");
    }
})();
"""


@tagged("post_install", "-at_install", "is_tour")
class TestPortalAccessible(PortalCommon):
    """WCAG 2.2 AA by axe-core on every portal page, 320 px wide and up. ``HR_EMULATION_AXE`` names axe.min.js."""

    def setUp(self):
        super().setUp()
        path = os.environ.get("HR_EMULATION_AXE", "")
        self.assertTrue(os.path.isfile(path), "HR_EMULATION_AXE does not name axe-core's axe.min.js")
        values = {"name": "axe.js", "raw": Path(path).read_bytes(), "public": True, "mimetype": "text/plain"}
        self.axe = self.env["ir.attachment"].create(values)

    def _check(self, person, *urls):
        values = {
            "axe": self.axe.id,
            "urls": json.dumps(urls),
            "widths": json.dumps(WIDTHS),
            "tags": json.dumps(TAGS),
        }
        login = person and person.user_id.login
        self.browser_js(
            urls[0], SCRIPT % values, "document.readyState === 'complete'", login=login, timeout=240
        )

    def test_pages_of_an_employee(self):
        granted = self._commendation(self.an, state="granted")
        force(granted, {"granted_date": self.today, "honour_consent": True})
        self.mine.sudo()._do_return("Thiếu minh chứng")
        self.env["emulation.request"]._ask(granted, "appeal", "Xem lại")
        self._check(
            self.an,
            "/my/emulation/campaigns",
            "/my/emulation/campaigns?search=khong%20co",
            f"/my/emulation/campaigns/{self.campaign.id}",
            "/my/emulation/evaluations",
            f"/my/emulation/evaluations/{self.sheet.id}",
            "/my/emulation/achievements",
            "/my/emulation/achievements/new",
            f"/my/emulation/achievements/{self.achievement.id}",
            "/my/emulation/nominate",
            "/my/emulation/commendations",
            f"/my/emulation/commendations/{self.mine.id}",
            f"/my/emulation/commendations/{granted.id}",
            "/emulation/honour",
        )

    def test_pages_of_a_newcomer_and_a_head(self):
        self._check(
            self.binh,
            f"/my/emulation/campaigns/{self.campaign.id}",
            "/my/emulation/evaluations",
            "/my/emulation/commendations",
        )
        self.sheet._save_self_scores({line.id: {"self_points": 40} for line in self.sheet.score_ids})
        force(self.sheet.score_ids[1], {"evidence_ids": [(0, 0, {"name": "b.pdf", "raw": PDF})]})
        self.sheet._do_submit()
        self._participation(self.binh, state="submitted")
        self._check(self.chi, "/my/emulation/unit", f"/my/emulation/unit/evaluations/{self.sheet.id}")

    def test_high_contrast_and_large_text(self):
        switch = "/my/emulation/display?size=larger&contrast=1&back="
        self._check(
            self.an,
            f"{switch}/my/emulation/campaigns/{self.campaign.id}",
            f"{switch}/my/emulation/evaluations/{self.sheet.id}",
            f"{switch}/my/emulation/commendations/{self.mine.id}",
        )

    def test_public_honour_board(self):
        self.agency.emulation_honour_board = "public"
        force(self.mine, {"state": "granted", "granted_date": self.today, "honour_consent": True})
        self._check(None, "/emulation/honour")

    def test_pages_of_a_council_member(self):
        session = self._session(self.an, self._commendation(self.binh))
        self._check(self.an, "/my/emulation/ballots", f"/my/emulation/ballots/{session.id}")
        session._do_cast(self.an.user_id, {session.item_ids.id: "agree"})
        session.action_close()
        self._check(self.an, f"/my/emulation/ballots/{session.id}")
