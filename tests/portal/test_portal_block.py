"""Members of a block score one another and themselves in the portal, people of outside bodies too."""

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..helpers.portal_common import PortalCommon, force

BLOCKS = "/my/emulation/blocks"


@tagged("post_install", "-at_install")
class TestPortalBlock(PortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.block = cls.block_year.block_id
        cls.body = cls.env["res.partner"].create({"name": "Đoàn Thanh niên", "is_company": True})
        cls.block.member_ids = [Command.create({"partner_id": cls.body.id})]
        cls.own, cls.named, cls.outside = cls.block.member_ids
        cls.guest = cls._guest("guest.portal", cls.body)
        cls.stranger = cls._guest("stranger.portal", cls.env["res.partner"].create({"name": "Khách hàng"}))
        cls.page = f"{BLOCKS}/{cls.block_year.id}"

    @classmethod
    def _guest(cls, login, body):
        """Create the account of somebody of an outside body: no employee of anybody here."""
        user = new_test_user(cls.env, login, groups="base.group_portal", name=login)
        user.partner_id.parent_id = body
        return user

    def _enter(self, user):
        self.authenticate(user.login, user.login)

    def _score(self, scorer, points, **form):
        """Send a sheet: {member: what is typed}."""
        typed = {f"points-{member.id}": text for member, text in points.items()}
        return self.post(f"{self.page}/save", {"scorer": scorer.id, **typed, **form})

    def _given(self):
        self.env.invalidate_all()
        return {
            (score.scorer_id, score.member_id): score.points
            for score in self.env["emulation.block.score"].search([("year_id", "=", self.block_year.id)])
        }

    def test_a_head_scores_the_others_and_the_own_unit(self):
        self.login(self.chi)
        self.assertIn(f'href="{BLOCKS}"', self.url_open("/my/emulation").text)
        page = self.url_open(self.page).text
        for text in ("Sở Tài chính", "Đoàn Thanh niên", "Phòng Tổ chức", "Hoàn thành nhiệm vụ"):
            self.assertIn(text, page)
        answer = self._score(
            self.own,
            {self.named: "91,5", self.outside: "", self.own: "98"},
            **{f"note-{self.named.id}": "Làm tốt"},
        )
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self._given(), {(self.own, self.named): 91.5, (self.own, self.own): 98})
        scores = self.env["emulation.block.score"].search([("year_id", "=", self.block_year.id)])
        self.assertEqual(set(scores.mapped("is_own_hand")), {True})
        self.assertIn("Members still to score: 1", self.url_open(self.page).text)
        self._score(self.own, {self.named: "90", self.outside: "0", self.own: ""})
        self.assertEqual(self._given(), {(self.own, self.named): 90, (self.own, self.outside): 0})
        self.assertNotIn(f'href="{BLOCKS}"', self.url_open("/my/emulation").text, "nothing waits any more")

    def _score_by_criteria(self, way="cross"):
        """Let the year be scored by two criteria and a bonus; return them."""
        lines = [
            {"name": "Chỉ tiêu kinh tế", "kind": "rating", "max_points": 60},
            {"name": "Nền nếp", "kind": "rating", "max_points": 40},
            {"name": "Mô hình mới", "kind": "bonus", "max_points": 5},
        ]
        sheet = self.env["emulation.criterion.set"].create(
            {
                "name": "Chấm khối",
                "subject": "collective",
                "total_points": 100,
                "is_template": True,
                "company_id": self.block.company_id.id,
                "criterion_ids": [Command.create(line) for line in lines],
            }
        )
        self.block_year.write({"set_id": sheet.id, "way": way})
        return self.block_year._get_criteria()

    def _type(self, scorer, points, **form):
        """Send a sheet by criteria: {(member, criterion): what is typed}."""
        typed = {f"points-{member.id}-{line.id}": text for (member, line), text in points.items()}
        return self.post(f"{self.page}/save", {"scorer": scorer.id, **typed, **form})

    def test_by_criteria_each_member_gets_points_line_by_line(self):
        results, order, model = self._score_by_criteria()
        self.login(self.chi)
        page = self.url_open(self.page).text
        for text in ("Chỉ tiêu kinh tế", "Nền nếp", "Mô hình mới"):
            self.assertIn(text, page)
        note = {f"note-{self.named.id}": "Làm tốt"}
        points = {(self.named, results): "55,5", (self.named, order): "38", (self.named, model): "2"}
        self.assertEqual(self._type(self.own, points, **note).status_code, 303)
        self.assertEqual(self._given(), {(self.own, self.named): 95.5})
        refused = self._type(self.own, {(self.named, results): "61", (self.outside, order): "40"})
        self.assertEqual(refused.status_code, 422)
        for text in ("between 0 and 60", "Give points, or 0.", 'value="61"'):
            self.assertIn(text, refused.text)
        self.assertEqual(self._given(), {(self.own, self.named): 95.5}, "what was stored stays")
        self._type(self.own, {})
        self.assertEqual(self._given(), {}, "taken back")

    def test_where_own_scores_are_appraised_a_member_scores_itself_only(self):
        results, order, _model = self._score_by_criteria("own")
        self.login(self.chi)
        self.assertIn(f'href="{BLOCKS}"', self.url_open("/my/emulation").text)
        page = self.url_open(self.page).text
        self.assertIn("Members still to score: 1", page)
        self.assertNotIn("Sở Tài chính (itself)", page)
        own = {(self.own, results): "50", (self.own, order): "40"}
        others = {(self.named, results): "1", (self.named, order): "1"}
        self.assertEqual(self._type(self.own, {**own, **others}).status_code, 303)
        self.assertEqual(self._given(), {(self.own, self.own): 90})
        self.assertIn("Every member scored", self.url_open(self.page).text)
        self.assertNotIn(f'href="{BLOCKS}"', self.url_open("/my/emulation").text, "nothing waits any more")

    def test_somebody_of_an_outside_body_needs_no_employee(self):
        self._enter(self.guest)
        self.assertIn(BLOCKS, self.url_open("/my").text)
        count = self.make_jsonrpc_request("/my/counters", {"counters": ["emulation_block_count"]})
        self.assertEqual(count, {"emulation_block_count": 1})
        self.assertEqual(self.url_open(BLOCKS).status_code, 200)
        answer = self._score(self.outside, {self.own: "88", self.named: "87", self.outside: "100"})
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(self._given()[self.outside, self.own], 88)
        for url in ("/my/emulation", "/my/emulation/campaigns", "/my/emulation/unit", "/my/emulation/data"):
            self.assertEqual(self.url_open(url).status_code, 404, "a guest has no other page")

    def test_customers_see_nothing_of_it(self):
        self._enter(self.stranger)
        self.assertNotIn(BLOCKS, self.url_open("/my").text)
        for url in (BLOCKS, self.page):
            self.assertEqual(self.url_open(url).status_code, 404)
        self.assertEqual(self._score(self.own, {self.named: "1"}).status_code, 404)
        self.assertFalse(self._given())

    def test_nobody_scores_for_another_member(self):
        self._enter(self.guest)
        for scorer in (self.own, self.named):
            self.assertEqual(self._score(scorer, {self.outside: "100"}).status_code, 404)
        self.login(self.chi)
        for scorer in ("", "abc", self.outside.id, 10**6, 2**70):
            with self.subTest(scorer=scorer):
                answer = self.post(f"{self.page}/save", {"scorer": scorer, f"points-{self.own.id}": "100"})
                self.assertEqual(answer.status_code, 404)
        for person in (self.an, self.binh, self.dung, self.em):
            self.login(person)
            self.assertEqual(self.url_open(self.page).status_code, 404)
            self.assertEqual(self._score(self.own, {self.named: "1"}).status_code, 404)
        self.assertFalse(self._given())

    def test_one_does_not_read_what_others_gave_before_the_election(self):
        scores = self.env["emulation.block.score"]
        scores.create(
            {
                "year_id": self.block_year.id,
                "scorer_id": self.outside.id,
                "member_id": self.own.id,
                "points": 41.25,
                "note": "Nhận xét kín",
            }
        )
        self.login(self.chi)
        self.assertNotIn("41,25", self.url_open(self.page).text)
        self.assertNotIn("Nhận xét kín", self.url_open(self.page).text)
        force(self.block_year, {"state": "acclaimed", "leader_id": self.named.id})
        page = self.url_open(self.page).text
        self.assertIn("41,25", page)
        self.assertNotIn("<form method", page)

    def test_after_the_election_nothing_changes(self):
        self.login(self.chi)
        self._score(self.own, {self.named: "90"})
        force(self.block_year, {"state": "acclaimed", "leader_id": self.named.id})
        answer = self._score(self.own, {self.named: "10"})
        self.assertEqual(answer.status_code, 422)
        self.assertIn("The leader is elected", answer.text)
        self.assertEqual(self._given(), {(self.own, self.named): 90})

    def _end_yesterday(self, policy):
        yesterday = fields.Date.subtract(self.today, days=1)
        self.block_year.write({"score_deadline": yesterday, "late_policy": policy})

    def test_what_is_late_is_taken_and_marked(self):
        self._end_yesterday("mark")
        self.login(self.chi)
        self.assertEqual(self._score(self.own, {self.named: "90"}).status_code, 303)
        score = self.env["emulation.block.score"].search([("year_id", "=", self.block_year.id)])
        self.assertEqual((score.points, score.late_days), (90, 1))

    def test_where_late_points_are_refused_what_was_given_stays(self):
        self.login(self.chi)
        self._score(self.own, {self.named: "90"})
        self._end_yesterday("refuse")
        page = self.url_open(self.page).text
        self.assertIn("The organising agency can set a later day", page)
        self.assertNotIn("Save the points", page)
        for text in ("10", ""):
            with self.subTest(text=text):
                answer = self._score(self.own, {self.named: text, self.outside: "75"})
                self.assertEqual(answer.status_code, 422)
                self.assertIn('value="75"', answer.text, "what was typed survives")
                self.assertEqual(self._given(), {(self.own, self.named): 90})

    def test_the_organising_agency_enters_late_points_or_sets_a_later_day(self):
        self._end_yesterday("refuse")
        entered = {"year_id": self.block_year.id, "scorer_id": self.named.id, "member_id": self.own.id}
        officer = new_test_user(
            self.env,
            "block.officer",
            groups="hr_emulation.group_emulation_officer",
            company_id=self.agency.id,
            company_ids=[Command.set(self.agency.ids)],
        )
        score = self.env["emulation.block.score"].with_user(officer).create({**entered, "points": 80})
        self.assertEqual(score.late_days, 0, "the officer is not late")
        self.block_year.with_user(officer).score_deadline = self.today
        self.login(self.chi)
        self.assertEqual(self._score(self.own, {self.named: "90"}).status_code, 303)

    def test_one_member_may_have_longer_than_the_others(self):
        self._end_yesterday("refuse")
        until = fields.Date.add(self.today, days=3)
        line = {"member_id": self.own.id, "date": until, "reason": "Trụ sở bị ngập"}
        self.block_year.extension_ids = [Command.create(line)]
        self.login(self.chi)
        page = self.url_open(self.page).text
        self.assertIn(f"{until:%d/%m/%Y}", page)
        self.assertIn("Save the points", page)
        self.assertNotIn("Overdue", page)
        self.assertEqual(self._score(self.own, {self.named: "90"}).status_code, 303)
        score = self.env["emulation.block.score"].search([("year_id", "=", self.block_year.id)])
        self.assertEqual((score.points, score.late_days), (90, 0))
        self._enter(self.guest)
        page = self.url_open(self.page).text
        self.assertNotIn(f"{until:%d/%m/%Y}", page)
        self.assertNotIn("Save the points", page)
        self.assertEqual(self._score(self.outside, {self.own: "88"}).status_code, 422)

    def test_nonsense_stands_at_its_field(self):
        self.login(self.chi)
        for text in ("101", "-1", "nan", "inf", "1e5", "chín mươi", "9" * 30, "²"):
            with self.subTest(text=text):
                answer = self._score(self.own, {self.named: text, self.outside: "80"})
                self.assertEqual(answer.status_code, 422)
                self.assertIn("aria-invalid", answer.text)
                self.assertIn('value="80"', answer.text)
        answer = self._score(self.own, {}, **{f"note-{self.named.id}": "Không có điểm"})
        self.assertEqual(answer.status_code, 422)
        self.assertFalse(self._given(), "all of it or nothing")

    def test_who_no_longer_acts_for_it_is_out(self):
        self._enter(self.guest)
        self.assertEqual(self.url_open(self.page).status_code, 200)
        self.guest.partner_id.parent_id = False
        self.assertEqual(self.url_open(self.page).status_code, 404)
        self.guest.partner_id.parent_id = self.body
        self.outside.unlink()
        self.assertEqual(self.url_open(self.page).status_code, 404, "the body left the block")
        self.login(self.chi)
        self.assertEqual(self.url_open(self.page).status_code, 200)
        self.chi.active = False
        self.assertEqual(self.url_open(self.page).status_code, 404)

    def test_a_block_put_away_is_closed(self):
        self.block.active = False
        self.login(self.chi)
        self.assertEqual(self.url_open(self.page).status_code, 404)

    def test_one_person_for_two_members_has_two_sheets(self):
        self._make_head(self.other_unit, self.chi)
        self.block.member_ids = [Command.create({"department_id": self.other_unit.id})]
        other = self.block.member_ids - self.own - self.named - self.outside
        self.login(self.chi)
        self.assertEqual(self.url_open(self.page).text.count('name="scorer"'), 2)
        self._score(other, {self.named: "70"})
        answer = self._score(self.own, {self.named: "80", self.outside: "x"})
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(self._given(), {(other, self.named): 70})
        self.assertIn('value="70"', answer.text, "the other sheet is as it was")

    def test_an_officers_entry_is_taken_over_by_the_member(self):
        self.env["emulation.block.score"].create(
            {
                "year_id": self.block_year.id,
                "scorer_id": self.own.id,
                "member_id": self.named.id,
                "points": 50,
            }
        )
        self.login(self.chi)
        self._score(self.own, {self.named: "60"})
        score = self.env["emulation.block.score"].search([("year_id", "=", self.block_year.id)])
        self.assertEqual((score.points, score.is_own_hand), (60, True))
