"""Nothing typed is lost, whatever happens between a form and the server; nothing is done twice.

The forms are those of the map of routes: a new one fails until it stands on a page of ``PortalPages``.
"""

import json
import re

from lxml import html
from odoo.tests import tagged
from werkzeug.exceptions import TooManyRequests

from ...controllers.portal import throttle
from ..helpers.portal_common import PDF, SCRIPTS, force
from ..helpers.portal_pages import PortalPages

# Sent line by line as it is typed, or a secret vote: what is kept on the device is not the form.
NOT_DRAFTS = ("/submit", "/cast")
# Their text is the reason of the second button.
WITH_REASON = (
    "/my/emulation/unit/proposals",
    "/my/emulation/unit/registrations",
    "/my/emulation/unit/targets",
    "/my/emulation/unit/figures",
    "/my/emulation/unit/evaluations",
)
KEYS = ("csrf_token", "form_key")


class PortalForms(PortalPages):
    """A page for every form of the portal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.speak_vietnamese()
        cls.open_campaign = cls._campaign("Phong trào mới")
        pending = cls._campaign("Phong trào chờ duyệt")
        cls.pending = cls._participation(cls.an, state="submitted", campaign=pending)
        cls.pending_campaign = pending
        cls._participation(cls.binh, state="submitted", campaign=pending)
        cls._commendation(cls.binh)
        cls._target(cls.campaign, state="submitted", employee_id=cls.binh.id)
        cls._figure(cls._target(cls.campaign, employee_id=cls.binh.id))
        cls.draft_target = cls._target(cls.campaign, state="draft", employee_id=cls.an.id)
        cls.waiting_figure = cls._target(cls.campaign, employee_id=cls.an.id)
        cls._figure(cls.waiting_figure, person=cls.an)
        cls._story(cls.an)
        force(cls.achievement, {"evidence_ids": [(4, cls.proof.copy().id)]})
        cls.forms = []

    def _get_pages(self):
        """Return {address: person} of all pages on which a form may stand."""
        pages = {url: person for url, person in self._pages().values() if url.startswith("/my/emulation")}
        pages[f"/my/emulation/campaigns/{self.open_campaign.id}"] = self.an
        pages[f"/my/emulation/campaigns/{self.pending_campaign.id}"] = self.an
        for target in (self.draft_target, self.waiting_figure):
            pages[f"/my/emulation/targets/{target.id}"] = self.an
        return pages

    def _get_forms(self):
        """Return [(person, page, action, hidden words)] of every form on every page; read once, as each test begins
        with the same records."""
        if not self.forms:
            self.forms.extend(self._read_forms())
        return self.forms

    def _read_forms(self):
        forms, signed_in = [], None
        for url, person in self._get_pages().items():
            if person != signed_in:
                self.login(person)
                signed_in = person
            page = html.document_fromstring(self.url_open(url).text)
            for form in page.xpath("//form[@method = 'post']"):
                hidden = {
                    field.get("name"): field.get("value", "")
                    for field in form.xpath(".//input[@type = 'hidden']")
                    if field.get("name") not in KEYS
                }
                forms.append((person, url, form.get("action"), hidden))
        return forms

    def _get_rules(self):
        """Return {rule: pattern of its addresses} of the routes that take a form."""
        rules = {}
        for rule in self.env["ir.http"].routing_map().iter_rules():
            if rule.rule.startswith("/my/emulation") and {"GET", "POST"} <= (rule.methods or set()):
                rules[rule.rule] = re.compile(re.sub(r"<int:\w+>", r"\\d+", rule.rule) + "$")
        return rules


@tagged("post_install", "-at_install", "is_tour")
class TestPortalNothingLost(PortalForms):
    def test_every_form_stands_on_a_page(self):
        actions = {form[2] for form in self._get_forms()}
        rules = self._get_rules()
        self.assertGreater(len(rules), 15)
        for rule, pattern in rules.items():
            self.assertTrue(
                any(pattern.match(action) for action in actions), f"no page shows a form of {rule}"
            )

    def _check(self, *mishaps):
        # One form of each kind is enough: a list has many of the same.
        kinds = {}
        rules = self._get_rules()
        for person, page, action, hidden in self._get_forms():
            rule = next(rule for rule, pattern in rules.items() if pattern.match(action))
            entry = {
                "page": page,
                "action": action,
                "hidden": hidden,
                "keep": not rule.endswith(NOT_DRAFTS),
                "button": 1 if rule in WITH_REASON else 0,
            }
            kinds.setdefault((rule, str(hidden)), (person, entry))
        script = (SCRIPTS / "lost.js").read_text(encoding="utf-8")
        for person in (self.an, self.chi):
            own = [form for owner, form in kinds.values() if owner == person]
            login = person.user_id.login
            code = f"{script}\ncheckForms({json.dumps(own)}, {json.dumps(mishaps)}, '{login}');"
            self.browser_js(
                "/my/emulation/worker.js",
                code,
                "document.readyState === 'complete'",
                login=login,
                timeout=400,
            )

    def test_refused_values(self):
        self._check("refused")

    def test_a_lost_line_and_a_page_opened_again(self):
        self._check("offline")

    def test_two_tabs_and_a_double_click(self):
        self._check("tabs", "twice")

    def test_an_expired_session(self):
        self._check("expired")

    def test_too_fast(self):
        def stop(*_args, **_options):
            raise TooManyRequests(retry_after=60)

        self.patch(throttle, "check", stop)
        self.forms = []  # anew: not all pages are shown that fast
        self._check("fast")


@tagged("post_install", "-at_install")
class TestPortalOnce(PortalForms):
    """The same form sent again, by whomever's impatience, is answered as before and not done again."""

    def test_an_expired_session_leads_back_by_get(self):
        """Without script: log in, and the page of the form opens, never an error."""
        for person, _page, action, hidden in self._get_forms():
            with self.subTest(action=action):
                self.authenticate(None, None)
                answer = self.url_open(action, data={**hidden, "csrf_token": "x"}, allow_redirects=False)
                self.assertEqual(answer.status_code, 303)
                self.assertIn("/web/login?redirect=", answer.headers["Location"])
                self.login(person)
                self.assertEqual(self.url_open(action).status_code, 200)

    def test_sent_twice_is_done_once(self):
        self.login(self.an)
        form = {"form_key": "k", "name": "Gửi nhiều lần", "kind": "initiative", "description": "Một lần"}
        url = "/my/emulation/achievements/save"
        answers = [self.post(url, form).headers["Location"] for _time in range(3)]
        self.assertEqual(len(set(answers)), 1)
        found = self.env["emulation.achievement"].search([("name", "=", "Gửi nhiều lần")])
        self.assertEqual(len(found), 1)
        self.post(url, {**form, "name": "Gửi nhiều lần, bản hai"})
        again = self.env["emulation.achievement"].search([("name", "like", "Gửi nhiều lần")])
        self.assertEqual(len(again), 2, "what was changed since is another form")

    def test_a_refused_form_may_be_sent_again(self):
        self.login(self.an)
        form = {"form_key": "k2", "name": "", "description": "Hai lần"}
        for _time in range(2):
            self.assertEqual(self.post("/my/emulation/achievements/save", form).status_code, 422)

    def test_keys_of_one_are_not_those_of_another(self):
        url, form = "/my/emulation/achievements/save", {"form_key": "k3", "name": "Cùng khóa"}
        for person in (self.an, self.binh):
            self.login(person)
            self.assertEqual(self.post(url, form).status_code, 303)
        found = self.env["emulation.achievement"].search([("name", "=", "Cùng khóa")])
        self.assertEqual(found.employee_id, self.an + self.binh)

    def test_a_vote_leaves_no_fingerprint(self):
        session = self.records["session_id"]
        self.login(self.an)
        answers = self.env["emulation.form.answer"]
        before = answers.search_count([])
        form = {"form_key": "k4", f"item-{session.item_ids.id}": "agree"}
        self.assertEqual(self.post(f"/my/emulation/ballots/{session.id}/cast", form).status_code, 303)
        self.assertEqual(answers.search_count([]), before)

    def test_old_answers_are_forgotten(self):
        self.login(self.an)
        self.post("/my/emulation/achievements/save", {"form_key": "k5", "name": "Cũ"})
        answers = self.env["emulation.form.answer"]
        self.assertTrue(answers.search([]))
        self.env.cr.execute("UPDATE emulation_form_answer SET create_date = create_date - interval '4 days'")
        answers.invalidate_model()
        answers._gc_answers()
        self.assertFalse(answers.search([]))

    def test_files_sent_twice_are_kept_once(self):
        self.login(self.an)
        url = f"/my/emulation/achievements/{self.achievement.id}/evidence"
        before = len(self.achievement.evidence_ids)
        for _time in range(2):
            self.post(url, {"form_key": "k6"}, files={"evidence": ("a.pdf", PDF)})
        self.achievement.invalidate_recordset()
        self.assertEqual(len(self.achievement.evidence_ids), before + 1)

    def test_the_script_gets_plain_answers(self):
        self.login(self.an)
        headers = {"X-Emulation-Form": "1"}
        url = "/my/emulation/achievements/save"
        refused = self.post(url, {"name": "", "date_from": "nan"}, headers=headers)
        self.assertEqual(refused.status_code, 422)
        self.assertEqual(set(refused.json()["errors"]), {"name", "date_from"})
        stored = self.post(url, {"name": "Kịch bản"}, headers=headers).json()
        self.assertEqual(stored["status"], "stored")
        self.assertIn("/my/emulation/achievements/", stored["url"])

    def test_errors_speak_vietnamese(self):
        self.login(self.an)
        page = self.url_open("/my/emulation/evaluations/999999")
        self.assertEqual(page.status_code, 404)
        self.assertIn("Không tìm thấy trang này", page.text)
        self.env["ir.config_parameter"].set_param("hr_emulation.portal_limit_factor", "0.000001")
        throttle.forget()
        url = "/my/emulation/achievements/save"
        self.post(url, {"name": "Một"})
        page = self.post(url, {"name": "Hai"})
        self.assertEqual(page.status_code, 429)
        self.assertIn("Thao tác quá nhanh", page.text)
        self.assertGreater(int(page.headers["Retry-After"]), 0)
