import json

from odoo.tests import tagged
from odoo.tools import mute_logger

from .portal_common import PDF, PortalCommon

# The pages of others: 404. Lists and forms: open to every employee, but nothing of An's on them.
PRIVATE, LIST, HEAD, OPEN = "private", "list", "head", "open"
SECRETS = ("Sáng kiến tiết kiệm giấy", "Bí mật của An", "Đề nghị của riêng An", "Tôi cam kết")
CAMPAIGNS, ACHIEVEMENTS = "/my/emulation/campaigns", "/my/emulation/achievements"
BALLOTS = "/my/emulation/ballots"
EVALUATIONS, COMMENDATIONS = "/my/emulation/evaluations", "/my/emulation/commendations"

# route: (kind, the record it is about, form of a POST or None for a GET)
CASES = {
    "/my": (LIST, None, None),
    "/my/home": (LIST, None, None),
    "/my/emulation": (LIST, None, None),
    "/my/emulation/display": (OPEN, None, None),
    CAMPAIGNS: (LIST, None, None),
    f"{CAMPAIGNS}/page/<int:page>": (LIST, None, None),
    f"{CAMPAIGNS}/<int:campaign_id>": (PRIVATE, "hidden_campaign", None),
    f"{CAMPAIGNS}/<int:campaign_id>/document": (PRIVATE, "hidden_campaign", None),
    f"{CAMPAIGNS}/<int:campaign_id>/register": (PRIVATE, "hidden_campaign", {"recipient": "employee:{an}"}),
    "/my/emulation/registrations/<int:participation_id>/withdraw": (PRIVATE, "participation", {}),
    EVALUATIONS: (LIST, None, None),
    f"{EVALUATIONS}/<int:evaluation_id>": (PRIVATE, "sheet", None),
    f"{EVALUATIONS}/<int:evaluation_id>/save": (PRIVATE, "sheet", "jsonrpc"),
    f"{EVALUATIONS}/<int:evaluation_id>/submit": (PRIVATE, "sheet", {"hand_in": "1"}),
    "/my/emulation/scores/<int:score_id>/evidence": (PRIVATE, "line", {}),
    "/my/emulation/evidence/<int:attachment_id>": (PRIVATE, "proof", None),
    "/my/emulation/evidence/<int:attachment_id>/remove": (PRIVATE, "proof", {}),
    ACHIEVEMENTS: (LIST, None, None),
    f"{ACHIEVEMENTS}/new": (LIST, None, None),
    f"{ACHIEVEMENTS}/save": (LIST, None, {"name": ""}),
    f"{ACHIEVEMENTS}/<int:achievement_id>": (PRIVATE, "achievement", None),
    f"{ACHIEVEMENTS}/<int:achievement_id>/save": (PRIVATE, "achievement", {"name": "Đổi", "hand_in": "1"}),
    f"{ACHIEVEMENTS}/<int:achievement_id>/evidence": (PRIVATE, "achievement", {}),
    "/my/emulation/nominate": (LIST, None, None),
    "/my/emulation/nominate/send": (LIST, None, {"employee": "{an}", "award": "1", "summary": ""}),
    "/my/emulation/proposals/<int:proposal_id>": (PRIVATE, "proposal", None),
    "/my/emulation/proposals/<int:proposal_id>/save": (PRIVATE, "proposal", {"withdraw": "1"}),
    COMMENDATIONS: (LIST, None, None),
    f"{COMMENDATIONS}/<int:commendation_id>": (PRIVATE, "mine", None),
    f"{COMMENDATIONS}/<int:commendation_id>/decision": (PRIVATE, "mine", None),
    f"{COMMENDATIONS}/<int:commendation_id>/request": (PRIVATE, "mine", {"kind": "correction", "text": "x"}),
    f"{COMMENDATIONS}/<int:commendation_id>/consent": (PRIVATE, "mine", {"consent": "1"}),
    "/my/emulation/certificates/<int:certificate_id>": (PRIVATE, "certificate", None),
    BALLOTS: (LIST, None, None),
    f"{BALLOTS}/<int:session_id>": (PRIVATE, "council_session", None),
    f"{BALLOTS}/<int:session_id>/cast": (PRIVATE, "council_session", {}),
    "/emulation/honour": (OPEN, None, None),
    "/emulation/honour/page/<int:page>": (OPEN, None, None),
    "/emulation/honour/stories": (OPEN, None, None),
    "/emulation/honour/stories/page/<int:page>": (OPEN, None, None),
    "/my/emulation/unit": (HEAD, None, None),
    "/my/emulation/unit/proposals": (HEAD, None, {"verb": "endorse", "record": "{mine}"}),
    "/my/emulation/unit/registrations": (HEAD, None, {"verb": "approve", "record": "{participation}"}),
    "/my/emulation/unit/evaluations": (HEAD, None, {"verb": "verify", "record": "{sheet}"}),
    "/my/emulation/unit/evaluations/<int:evaluation_id>": (HEAD, "sheet", None),
    "/my/emulation/unit/evaluations/<int:evaluation_id>/verify": (HEAD, "sheet", {}),
}


@tagged("post_install", "-at_install")
class TestPortalGate(PortalCommon):
    """Every route against every stranger: the public, a colleague, another agency, a former head."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A campaign for nobody of the strangers: only for a unit where just An works.
        own_unit = cls.env["hr.department"].create({"name": "Tổ riêng", "company_id": cls.agency.id})
        cls.an.department_id = own_unit
        cls.proposal = cls._commendation(
            cls.an, proposer=cls.an, state="draft", summary="Đề nghị của riêng An", reason="Thiếu số liệu"
        )
        cls.council_session = cls._session(
            cls.an, cls._commendation(cls.binh, summary="Sáng kiến tiết kiệm giấy")
        )
        cls.hidden_campaign = cls._campaign(
            "Chỉ cho tổ riêng", audience_kind="departments", audience_department_ids=own_unit.ids
        )

    def setUp(self):
        super().setUp()
        attachment = self.env["ir.attachment"].create({"name": "bang.pdf", "raw": PDF})
        self.certificate = self.new_certificate(attachment)

    def _routes(self):
        rules = self.env["ir.http"].routing_map().iter_rules()
        prefix = "odoo.addons.hr_emulation.controllers.portal"
        found = {}
        for rule in rules:
            endpoint = getattr(rule.endpoint, "func", rule.endpoint)
            if getattr(endpoint, "__module__", "").startswith(prefix) or rule.rule.startswith(
                ("/my/emulation", "/emulation/honour")
            ):
                found[rule.rule] = rule
        return found

    def _url(self, rule, record):
        before, _mark, rest = rule.partition("<")
        return (
            f"{before}{getattr(self, record).id if record else 1}{rest.partition('>')[2]}" if rest else rule
        )

    def _call(self, rule):
        _kind, record, form = CASES[rule]
        url = self._url(rule, record)
        if form is None:
            return self.url_open(url, allow_redirects=False)
        if form == "jsonrpc":
            line = {"id": self.line.id, "base": {}, "values": {"self_points": "1"}}
            body = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": {"lines": [line]}}
            return self.url_open(url, data=json.dumps(body), headers={"Content-Type": "application/json"})
        names = {name: getattr(self, name).id for name in ("an", "mine", "participation", "sheet")}
        return self.post(url, {key: text.format(**names) for key, text in form.items()})

    def _refused(self, answer):
        if answer.headers.get("Content-Type", "").startswith("application/json"):
            return answer.json().get("error", {}).get("code") in (404, 100)
        return answer.status_code == 404

    def _state(self):
        """Return everything a stranger might have changed."""
        self.env.invalidate_all()
        return [
            self.mine.read(["state", "honour_consent"]),
            self.proposal.read(["state", "summary"]),
            self.participation.read(["state"]),
            self.sheet.read(["state", "self_total"]),
            self.achievement.read(["state", "name", "evidence_ids"]),
            self.line.read(["self_points", "evidence_ids"]),
            self.council_session.attendance_ids.mapped("has_voted"),
            self.env["emulation.request"].search_count([]),
            self.env["emulation.participation"].search_count([]),
        ]

    def test_every_route_has_a_case(self):
        self.assertEqual(set(self._routes()), set(CASES), "Write what strangers get from a new route.")

    def test_reading_routes_may_use_a_replica(self):
        # The start page is Odoo's route; a certificate that was never printed is printed and kept.
        writes_when_read = {"/my", "/my/home", "/my/emulation/certificates/<int:certificate_id>"}
        for rule, entry in self._routes().items():
            is_read = CASES[rule][2] is None and rule not in writes_when_read
            readonly = entry.endpoint.routing.get("readonly")
            with self.subTest(route=rule):
                self.assertEqual(bool(readonly), is_read)

    def test_public_is_sent_to_log_in(self):
        before = self._state()
        self.authenticate(None, None)
        for rule, (kind, _record, form) in CASES.items():
            with self.subTest(route=rule):
                answer = self._call(rule)
                if form == "jsonrpc":
                    self.assertIn("error", answer.json())
                elif kind == OPEN:
                    self.assertIn(answer.status_code, (200, 303, 404))
                else:
                    self.assertIn(answer.status_code, (303, 400, 404))
                    if answer.status_code == 303:
                        self.assertIn("/web/login", answer.headers["Location"])
                for secret in SECRETS:
                    self.assertNotIn(secret, answer.text)
        self.assertEqual(self._state(), before)

    def _check_stranger(self, stranger):
        before = self._state()
        self.login(stranger)
        for rule, (kind, _record, _form) in CASES.items():
            with self.subTest(route=rule, stranger=stranger.name):
                answer = self._call(rule)
                if kind in (PRIVATE, HEAD):
                    self.assertTrue(self._refused(answer), f"{rule}: {answer.status_code}")
                else:
                    self.assertIn(answer.status_code, (200, 303))
                for secret in SECRETS:
                    self.assertNotIn(secret, answer.text)
        self.assertEqual(self._state(), before)

    def test_colleague(self):
        self._check_stranger(self.binh)

    def test_other_agency(self):
        self._check_stranger(self.em)

    def test_former_head(self):
        self._check_stranger(self.dung)

    def test_head_does_not_write_for_the_unit(self):
        """A head reads to endorse and verify, but does not fill in, consent or ask in the name of others."""
        before = self._state()
        self.login(self.chi)
        for rule, (kind, record, form) in CASES.items():
            if kind == PRIVATE and form is not None and record != "hidden_campaign":
                with self.subTest(route=rule):
                    self.assertTrue(self._refused(self._call(rule)))
        self.assertEqual(self._state(), before)

    def test_guessed_numbers_all_look_the_same(self):
        self.login(self.binh)
        for number in (self.mine.id, self.mine.id + 100000, 0, 2**31):
            with self.subTest(number=number):
                answer = self.url_open(f"{COMMENDATIONS}/{number}")
                self.assertIn(answer.status_code, (404,))

    def test_forms_need_their_token(self):
        self.login(self.an)
        for rule, (_kind, _record, form) in CASES.items():
            if isinstance(form, dict):
                with self.subTest(route=rule):
                    url = self._url(rule, CASES[rule][1])
                    with mute_logger("odoo.http"):
                        answer = self.url_open(url, data={"x": "1"}, allow_redirects=False)
                    self.assertEqual(answer.status_code, 400)

    def test_flood_is_stopped(self):
        self.login(self.an)
        url = f"{COMMENDATIONS}/{self.mine.id}/request"
        codes = [self.post(url, {"kind": "correction", "text": ""}).status_code for _time in range(12)]
        self.assertEqual(codes[:10], [303] * 10)
        self.assertEqual(codes[10:], [429] * 2)

    def test_owner_passes_where_strangers_do_not(self):
        """Without this the tests above could pass on pages that never open."""
        self.login(self.an)
        for rule, (kind, record, form) in CASES.items():
            if kind == PRIVATE and form is None and not rule.endswith(("/document", "/decision")):
                with self.subTest(route=rule):
                    self.assertEqual(self.url_open(self._url(rule, record)).status_code, 200)
