import json

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..helpers.portal_cases import AGENCY, CASES, COMMENDATIONS, DATA, HEAD, KEPT, OPEN, PRIVATE
from ..helpers.portal_common import PDF, PortalCommon, force

SECRETS = ("Sáng kiến tiết kiệm giấy", "Bí mật của An", "Đề nghị của riêng An", "Tôi cam kết")


@tagged("post_install", "-at_install")
class TestPortalGate(PortalCommon):
    """Every route against every stranger: the public, a colleague, another agency, a former head."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A campaign for nobody of the strangers: only for a unit where just An works.
        own_unit = cls.env["hr.department"].create({"name": "Tổ riêng", "company_id": cls.agency.id})
        cls.an.department_id = own_unit
        cls._add_council_records()
        cls.figure = cls._figure(cls.target)
        cls.hidden_campaign = cls._campaign(
            "Chỉ cho tổ riêng", audience_kind="departments", audience_department_ids=own_unit.ids
        )

        cls.own_story = cls._story(cls.an)
        papers = cls.env["ir.attachment"].create(
            [{"name": name, "raw": PDF} for name in ("bang.pdf", "quyet-dinh.pdf", "phat-dong.pdf")]
        )
        cls.hidden_document = cls.env["emulation.campaign.document"]._create_protected(
            [
                {
                    "campaign_id": cls.hidden_campaign.id,
                    "state": "issued",
                    "document_attachment_id": papers[2].id,
                }
            ]
        )
        decision = cls.env["emulation.decision"].create({"company_id": cls.agency.id})
        force(decision, {"document_attachment_id": papers[1].id})
        cls.granted = cls._commendation(cls.an)
        force(cls.granted, {"state": "granted", "granted_date": cls.today, "decision_id": decision.id})
        cls.certificate = cls.new_certificate(papers[0])

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
        names = {
            name: getattr(self, name).id
            for name in ("an", "mine", "participation", "sheet", "target", "figure")
        }
        names["scorer"] = self.block_year.block_id.member_ids[0].id
        files = {"evidence": ("a.pdf", PDF)} if rule.endswith("/evidence") else None
        return self.post(url, {key: text.format(**names) for key, text in form.items()}, files=files)

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
            self.target.read(["state", "reason"]),
            self.figure.read(["state", "reason"]),
            self.achievement.read(["state", "name", "evidence_ids"]),
            self.line.read(["self_points", "evidence_ids"]),
            self.finding.read(["state", "reason"]),
            self.block_year.score_ids.read(["points"]),
            self.council_session.attendance_ids.mapped("has_voted"),
            self.marking.mark_ids.mapped("is_given"),
            self.env["emulation.request"].search_count([]),
            self.env["emulation.participation"].search_count([]),
        ]

    def test_every_route_has_a_case(self):
        self.assertEqual(set(self._routes()), set(CASES), "Write what strangers get from a new route.")

    def test_reading_routes_may_use_a_replica(self):
        # The start page is Odoo's route; a certificate that was never printed is printed and kept.
        paper = "/my/emulation/certificates/<int:certificate_id>"
        writes_when_read = {"/my", "/my/home", paper, f"{paper}/badge"}
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
                if kind in (PRIVATE, HEAD) or (kind == AGENCY and stranger == self.em):
                    self.assertTrue(self._refused(answer), f"{rule}: {answer.status_code}")
                else:
                    self.assertIn(answer.status_code, (200, 303, 422))
                # Binh's own dossiers say the first of them as well.
                is_own = stranger == self.binh and rule.startswith(DATA)
                for secret in SECRETS[is_own:]:
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
        """Somebody else's, nobody's, none and impossible: the same answer, by every route that takes a number."""
        self.login(self.binh)
        for rule, (kind, record, form) in CASES.items():
            before, _mark, rest = rule.partition("<int:")
            if kind == OPEN or not rest or "page" in rest or form == "jsonrpc":
                continue
            record_id = getattr(self, record).id
            theirs = () if kind == AGENCY else (record_id,)
            for number in (*theirs, record_id + 100_000, 0, 2**31, 2**64, "-1", "1e3", "abc"):
                with self.subTest(route=rule, number=number):
                    url = f"{before}{number}{rest.partition('>')[2]}"
                    answer = self.post(url, {}) if form is not None else self.url_open(url)
                    self.assertEqual(answer.status_code, 404)

    def test_a_borrowed_token_is_refused(self):
        """The token of one's own session does not open another's form, nor does a made-up one."""
        self.login(self.binh)
        borrowed = self._csrf()
        self.login(self.an)
        own = self._csrf()
        for token in (borrowed, own[:-1], own[::-1], "ä" * 40, ""):
            with self.subTest(token=token), mute_logger("odoo.http"):
                answer = self.url_open(
                    f"{COMMENDATIONS}/{self.mine.id}/request",
                    data={"csrf_token": token, "kind": "correction", "text": "x"},
                    allow_redirects=False,
                )
                self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.mine.request_ids)

    def test_a_made_up_session_is_nobody(self):
        self.authenticate(None, None)
        for session in ("0" * 40, "a" * 84, "../../etc/passwd", ""):
            with self.subTest(session=session):
                answer = self.url_open(COMMENDATIONS, cookies={"session_id": session}, allow_redirects=False)
                self.assertEqual(answer.status_code, 303)
                self.assertIn("/web/login", answer.headers["Location"])

    def test_files_have_no_second_door(self):
        """What the portal hands out cannot be had from Odoo's own routes for files, not even by its owner."""
        papers = self.proof + self.certificate.attachment_id + self.hidden_document.document_attachment_id
        papers += self.granted.decision_id.document_attachment_id
        for person in (None, self.binh, self.em, self.dung, self.an):
            self.login(person)
            for paper in papers:
                for door in (f"/web/content/{paper.id}", f"/web/image/{paper.id}"):
                    with self.subTest(person=person and person.name, door=door, paper=paper.name):
                        with mute_logger("odoo.http", "odoo.addons.base.models.ir_binary"):
                            answer = self.url_open(door, allow_redirects=False)
                        self.assertNotEqual(answer.content, PDF)

    def test_portal_users_have_no_rights_on_any_model(self):
        """The gate is the only way in: over RPC a portal user reads, writes, creates and deletes nothing."""
        user = self.an.user_id
        models = [name for name in self.env if name.startswith("emulation.")]
        self.assertGreater(len(models), 30)
        for name in models:
            for operation in ("read", "write", "create", "unlink"):
                with self.subTest(model=name, operation=operation):
                    self.assertFalse(self.env[name].with_user(user).has_access(operation))

    def test_who_has_left_reads_own_papers_and_does_nothing(self):
        before = self._state()
        self.an.active = False
        self.login(self.an)
        for rule, (kind, _record, _form) in CASES.items():
            with self.subTest(route=rule):
                answer = self._call(rule)
                if rule in KEPT:
                    self.assertEqual(answer.status_code, 200)
                elif rule == "/my/emulation":  # where an installed page begins: on to what is theirs
                    self.assertTrue(answer.headers["Location"].endswith(COMMENDATIONS))
                elif (
                    rule.startswith("/my/emulation")
                    and kind != OPEN
                    and rule not in ("/my/emulation/settings/save", f"{DATA}/forget")
                ):
                    self.assertTrue(self._refused(answer), answer.status_code)
        self.assertEqual(self._state(), before)
        page = self.url_open(f"{COMMENDATIONS}/{self.granted.id}").text
        self.assertNotIn('method="post"', page)
        counters = self.make_jsonrpc_request("/my/counters", {"counters": ["emulation_commendation_count"]})
        self.assertEqual(counters["emulation_commendation_count"], 4)

    def test_a_head_who_has_left_has_no_door_to_the_unit(self):
        self.chi.active = False
        self.login(self.chi)
        for url in ("/my/emulation/unit", f"{COMMENDATIONS}/{self.mine.id}"):
            self.assertEqual(self.url_open(url).status_code, 404)
        self.assertEqual(self.url_open("/my/emulation").url, self.url_open(COMMENDATIONS).url)

    def test_forms_need_their_token(self):
        self.login(self.an)
        for rule, (_kind, _record, form) in CASES.items():
            if isinstance(form, dict):
                with self.subTest(route=rule):
                    url = self._url(rule, CASES[rule][1])
                    with mute_logger("odoo.http"):
                        answer = self.url_open(url, data={"x": "1"}, allow_redirects=False)
                    self.assertEqual(answer.status_code, 400)

    def test_owner_passes_where_strangers_do_not(self):
        """Without this the tests above could pass on pages that never open."""
        self.login(self.an)
        for rule, (kind, record, form) in CASES.items():
            if kind == PRIVATE and form is None:
                with self.subTest(route=rule):
                    self.assertEqual(self.url_open(self._url(rule, record)).status_code, 200)
