"""Findings stop the appraisal, waivers are reasoned, restrictions stay secret, nothing is praised twice."""

from datetime import date

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.commendation import books, checks
from ..helpers.common import EmulationCommon


@tagged("post_install", "-at_install")
class TestCommendationFindings(EmulationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.emulation_register_from = date(2015, 1, 1)
        cls.title = cls.new_award("TEST-LDTT", kind="title")
        rule = cls.rulebook.award_rule_ids.filtered(lambda rule: rule.award_id == cls.title)
        cls.rating_rule, cls.secret_rule = cls.env["emulation.requirement"].create(
            [
                {
                    "award_rule_id": rule.id,
                    "name": "Hoàn thành tốt nhiệm vụ trở lên",
                    "kind": "rating",
                    "rating": "good",
                    "years": 1,
                },
                {"award_rule_id": rule.id, "name": "Không bị kỷ luật", "kind": "no_open_restriction"},
            ]
        )

    def rate(self, employee, rating):
        self.env["emulation.rating"].create(
            {"employee_id": employee.id, "company_id": self.company.id, "year": 2025, "rating": rating}
        )

    def restrict(self, employee):
        self.env["emulation.restriction"].create(
            {
                "employee_id": employee.id,
                "company_id": self.company.id,
                "kind": "pending",
                "date_from": date(2025, 6, 1),
                "reason": "Đang xác minh đơn tố cáo",
            }
        )

    def propose(self, employee, **vals):
        return self.new_commendation(employee, state="endorsed", award=self.title, **vals)

    def appraise(self, record):
        record.with_user(self.user_officer).action_appraise()

    def test_a_met_requirement_lets_it_pass(self):
        self.rate(self.employee_sub, "excellent")
        record = self.propose(self.employee_sub)
        self.assertEqual(record.finding_state, "met")
        self.appraise(record)
        self.assertEqual(record.state, "appraised")

    def test_a_blocking_finding_stops_until_it_is_waived_with_a_reason(self):
        self.rate(self.employee_sub, "completed")
        record = self.propose(self.employee_sub)
        self.assertEqual(record.finding_state, "not_met")
        with self.assertRaises(UserError) as caught:
            self.appraise(record)
        self.assertIn(self.rating_rule.name, str(caught.exception))
        vals = {
            "commendation_id": record.id,
            "requirement_id": self.rating_rule.id,
            "reason": "Nghỉ thai sản",
        }
        waivers = self.env["emulation.waiver"].with_user(self.user_officer)
        with self.assertRaises(UserError):
            waivers.create({**vals, "reason": "  "})
        waivers.create(vals)
        self.appraise(record)
        self.assertEqual(record.state, "appraised")
        self.assertEqual(record.waiver_ids.officer_id, self.user_officer)
        self.assertIn("Nghỉ thai sản", record.officer_log)

    def test_only_officers_waive_and_never_for_themselves(self):
        record = self.propose(self.employee_sub)
        own = self.propose(self.employee_officer)
        vals = {"requirement_id": self.rating_rule.id, "reason": "x"}
        for user in (self.user_proposer, self.user_sub_head, self.user_council):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["emulation.waiver"].with_user(user).create({**vals, "commendation_id": record.id})
        with self.assertRaises(UserError):
            self.env["emulation.waiver"].with_user(self.user_officer).create(
                {**vals, "commendation_id": own.id}
            )

    def test_waivers_are_neither_changed_nor_deleted(self):
        record = self.propose(self.employee_sub)
        waiver = (
            self.env["emulation.waiver"]
            .with_user(self.user_officer)
            .create(
                {
                    "commendation_id": record.id,
                    "requirement_id": self.rating_rule.id,
                    "reason": "Nghỉ thai sản",
                }
            )
        )
        for user in (self.user_officer, self.user_admin):
            with self.assertRaises(AccessError):
                waiver.with_user(user).write({"reason": "Khác"})
            with self.assertRaises(AccessError):
                waiver.with_user(user).unlink()

    def test_facts_are_read_again_when_the_officer_appraises(self):
        self.rate(self.employee_sub, "completed")
        record = self.propose(self.employee_sub)
        self.env["emulation.rating"].search([("employee_id", "=", self.employee_sub.id)]).rating = "good"
        self.appraise(record)
        self.assertEqual((record.state, record.finding_state), ("appraised", "met"))

    def grant(self, records):
        """Put appraised proposals on a decision and issue it."""
        decision = self.new_decision()
        records._do_grant(decision)
        return decision

    def test_a_case_opened_after_the_appraisal_stops_the_decision(self):
        """Decree 152/2025/NĐ-CP, Article 4(4): nothing is awarded while a case is open."""
        self.rate(self.employee_sub, "excellent")
        record = self.propose(self.employee_sub)
        self.appraise(record)
        self.restrict(self.employee_sub)
        with self.assertRaisesRegex(UserError, f"Not met today, and not waived: {self.secret_rule.name}"):
            self.grant(record)
        with self.assertRaisesRegex(UserError, "Not met today"):
            record._do_forward()
        self.env["emulation.waiver"].with_user(self.user_officer).create(
            {
                "commendation_id": record.id,
                "requirement_id": self.secret_rule.id,
                "reason": "Đơn nặc danh, không xem xét",
            }
        )
        self.grant(record)
        self.assertEqual(record.state, "granted")

    def test_a_case_that_was_closed_meanwhile_stops_nothing(self):
        self.rate(self.employee_sub, "excellent")
        record = self.propose(self.employee_sub)
        self.appraise(record)
        self.restrict(self.employee_sub)
        restriction = self.env["emulation.restriction"].search([("employee_id", "=", self.employee_sub.id)])
        restriction.date_to = date(2025, 7, 1)
        self.grant(record)
        self.assertEqual(record.state, "granted")

    def test_what_the_superior_granted_is_recorded_whatever_happened_since(self):
        self.rate(self.employee_sub, "excellent")
        record = self.propose(self.employee_sub)
        self.appraise(record)
        record._do_forward()
        self.restrict(self.employee_sub)
        self.grant(record)
        self.assertEqual(record.state, "granted")

    def test_a_waiver_does_not_cover_what_is_entered_later(self):
        self.rate(self.employee_sub, "excellent")
        record = self.propose(self.employee_sub)
        self.appraise(record)
        vals = {
            "commendation_id": record.id,
            "requirement_id": self.secret_rule.id,
            "reason": "Phòng khi cần",
        }
        waiver = self.env["emulation.waiver"].with_user(self.user_officer).create(vals)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE emulation_waiver SET create_date = create_date - INTERVAL '1 day' WHERE id = %s",
            [waiver.id],
        )
        self.env.invalidate_all()
        self.restrict(self.employee_sub)
        with self.assertRaisesRegex(UserError, f"Not met today, and not waived: {self.secret_rule.name}"):
            self.grant(record)
        self.env["emulation.waiver"].with_user(self.user_officer).create({**vals, "reason": "Đã xem xét"})
        self.grant(record)
        self.assertEqual(record.state, "granted")

    def test_what_was_sent_up_and_is_decided_here_is_asked_like_any_other(self):
        self.rate(self.employee_sub, "excellent")
        record = self.propose(self.employee_sub)
        self.appraise(record)
        record._do_forward()
        self.restrict(self.employee_sub)
        decision = self.new_decision()
        record._write_protected({"decision_id": decision.id})
        with self.assertRaisesRegex(UserError, "Not met today"):
            record._do_grant(decision)

    def test_a_decision_bears_no_day_on_which_a_case_was_open(self):
        self.rate(self.employee_sub, "excellent")
        record = self.propose(self.employee_sub)
        self.appraise(record)
        self.restrict(self.employee_sub)
        restriction = self.env["emulation.restriction"].search([("employee_id", "=", self.employee_sub.id)])
        restriction.date_to = date(2026, 1, 31)
        decision = self.new_decision()
        decision._write_protected({"issue_date": date(2026, 1, 30)})
        record._write_protected({"decision_id": decision.id})
        with self.assertRaisesRegex(UserError, "Not met on 01/30/2026, the day of the decision"):
            record._do_grant(decision)
        decision._write_protected({"issue_date": date(2026, 1, 31)})
        record._do_grant(decision)
        self.assertEqual(record.state, "granted")

    def test_another_book_after_the_appraisal_must_be_met_too(self):
        self.rate(self.employee_sub, "good")
        record = self.propose(self.employee_sub)
        self.appraise(record)
        book = self.rulebook.copy({"code": "MOI", "award_rule_ids": False})
        rule = self.rating_rule.award_rule_id.copy({"rulebook_id": book.id})
        rule.requirement_ids.filtered(lambda line: line.kind == "rating").rating = "excellent"
        books.change(record.with_user(self.user_officer), book, date(2026, 1, 5), "Nhận sau ngày đổi luật")
        self.assertEqual(record.finding_state, "not_met")
        for go in (lambda: self.grant(record), record._do_forward):
            with self.assertRaisesRegex(UserError, self.rating_rule.name):
                go()

    def test_nothing_is_submitted_after_six_months(self):
        """Decree 152/2025/NĐ-CP, Article 33(9): the day of the submission counts, not that of the appraisal."""
        self.env["emulation.requirement"].create(
            {
                "award_rule_id": self.rating_rule.award_rule_id.id,
                "name": "Thành tích không quá 06 tháng",
                "kind": "period_age",
                "months": 6,
            }
        )
        self.rate(self.employee_sub, "excellent")
        with freeze_time("2026-06-30"):
            record = self.propose(self.employee_sub)
            self.appraise(record)
        with freeze_time("2026-07-01"), self.assertRaisesRegex(UserError, "Thành tích không quá 06 tháng"):
            record._do_forward()
        with freeze_time("2026-06-30"):
            record._do_forward()
        self.assertEqual(record.state, "forwarded")

    def test_asking_once_more_costs_the_same_for_many(self):
        people = [self.new_employee(f"Người {index}", self.sub_unit) for index in range(23)]
        for person in people:
            self.rate(person, "excellent")
        records = self.env["emulation.commendation"].union(*map(self.propose, people))
        records.with_user(self.user_officer).action_appraise()

        def cost(lines):
            self.env.flush_all()
            self.env.invalidate_all()
            return self.count_queries(lambda: checks.became_unlawful(lines, "grant"))

        cost(records[:1])
        self.assertEqual(cost(records[:2]), cost(records[1:]))

    def test_a_restriction_is_revealed_to_nobody_but_officers(self):
        """The proposer and the head read the same words for a clean candidate and a restricted one."""
        self.rate(self.employee_sub, "good")
        self.rate(self.employee_unit, "good")
        self.restrict(self.employee_unit)
        clean, restricted = self.propose(self.employee_sub), self.propose(self.employee_unit)
        for user in (self.user_proposer, self.user_head):
            with self.subTest(user=user.login):
                texts = {record.with_user(user).finding_html for record in (clean, restricted)}
                self.assertEqual(len(texts), 1, "the same text for both")
                self.assertIn("needs the officer", texts.pop())
                self.assertFalse(self.env["emulation.restriction"].with_user(user).has_access("read"))
                messages = restricted.with_user(user).message_ids.mapped("body")
                self.assertFalse([body for body in messages if "tố cáo" in body or "kỷ luật" in body.lower()])
        self.assertNotEqual(
            clean.with_user(self.user_officer).finding_html,
            restricted.with_user(self.user_officer).finding_html,
        )
        with self.assertRaises(UserError):
            self.appraise(restricted)

    def test_the_same_achievement_is_praised_once(self):
        old = self.new_commendation(
            self.employee_sub, state="granted", summary="Số hóa hồ sơ lưu trữ của phòng"
        )
        new = self.new_commendation(
            self.employee_sub, award=self.new_award("TEST-BK"), summary="số hóa hồ sơ lưu trữ của phòng, sở"
        )
        self.walk(new, "endorsed")
        self.assertEqual(new.finding_snapshot["duplicates"][0]["commendation"], old.id)
        self.assertEqual(new.finding_state, "review")
        self.company.emulation_duplicate_guard = "block"
        with self.assertRaises(UserError):
            self.appraise(new)
        self.env["emulation.waiver"].with_user(self.user_officer).create(
            {"commendation_id": new.id, "is_duplicate": True, "reason": "Hai giai đoạn khác nhau"}
        )
        self.appraise(new)
        self.assertEqual(new.state, "appraised")

    def test_a_near_namesake_of_a_former_unit_is_shown(self):
        stranger = self.env["res.partner"].create({"name": "Nguyen Thi Anh"})
        vals = {
            "recipient_type": "partner",
            "employee_id": False,
            "partner_id": stranger.id,
            "summary": "Cứu người trong bão số 3",
        }
        self.new_commendation(self.employee_sub, state="submitted", **vals)
        record = self.new_commendation(
            self.employee_sub, state="submitted", summary="cứu người trong bão số 3"
        )
        entry = record.finding_snapshot["duplicates"][0]
        self.assertFalse(entry["certain"], "a person must look: it may be a namesake")
        self.assertIn("Nguyen Thi Anh", entry["label"])

    def test_the_same_person_of_a_former_unit_is_recognised(self):
        """Moved since, and once more under a new record: the earlier decision is named with the old unit."""
        summary = "Số hóa hồ sơ lưu trữ của phòng"
        old = self.new_commendation(self.employee_sub, state="granted", summary=summary)
        old.decision_id.write({"number": "15", "symbol": "QĐ-STN"})
        self.employee_sub.department_id = self.other_unit
        again = self.new_commendation(self.employee_sub, state="submitted", summary=summary)
        entry = again.finding_snapshot["duplicates"][0]
        self.assertEqual((entry["commendation"], entry["certain"]), (old.id, True))
        self.assertIn("Tổ Thi đua", entry["label"])
        self.assertIn("15/QĐ-STN", entry["label"])
        self.assertIn("15/QĐ-STN", again.with_user(self.user_officer).finding_html)
        rehired = self.new_employee("NGUYỄN THỊ ÁNH", self.other_unit)
        record = self.new_commendation(rehired, state="submitted", summary=summary)
        found = {entry["commendation"]: entry["certain"] for entry in record.finding_snapshot["duplicates"]}
        self.assertEqual(found, {old.id: False, again.id: False}, "a person must look: it may be a namesake")

    def search_overlapping(self, *names, party=False):
        """Return the names among ``names``, each granted before, that a proposal is compared with."""
        stranger = self.env["res.partner"].create({"name": "Nguyễn Thị Ánh"})
        vals = {"recipient_type": "partner", "employee_id": False, "partner_id": stranger.id} if party else {}
        record = self.new_commendation(self.employee_sub, **vals)
        found = self.env["emulation.appraisal"]._search_overlapping(record) - record
        return sorted(set(found.mapped("recipient_name")) & set(names))

    def test_a_proposal_is_compared_with_the_history_of_the_same_people_only(self):
        """An agency's history is long: what is read of it does not grow with it."""
        staff = ["Trần Văn Bình", "NGUYEN THI ANH", "Ánh Nguyễn Thị", "Nguyễn Thị Ành", "Nguyễn Thị Anhh"]
        for name in staff:
            self.new_commendation(self.new_employee(name, self.unit), state="granted")
        parties = ["Nguyên Thị Anj", "Nguyễn Thj Ánh", "Nguyễn Thị Ná", "Lê Thị Ánh", "Ngiuễn Thị Ánh"]
        for partner in self.env["res.partner"].create([{"name": name} for name in parties]):
            vals = {"recipient_type": "partner", "employee_id": False, "partner_id": partner.id}
            self.new_commendation(self.employee_sub, state="granted", **vals)
        same = ["NGUYEN THI ANH", "Nguyễn Thị Ành", "Ánh Nguyễn Thị"]
        near = ["Nguyên Thị Anj", "Nguyễn Thj Ánh", "Nguyễn Thị Ná", "Ngiuễn Thị Ánh"]
        self.assertEqual(self.search_overlapping(*staff, *parties), sorted([*same, *near]))
        self.assertEqual(
            self.search_overlapping(*staff, *parties, party=True),
            sorted([*same, *near, "Nguyễn Thị Anhh"]),
            "of an outside party somebody typed the name: a letter may differ from anybody's",
        )

    def test_another_period_or_achievement_is_no_duplicate(self):
        self.new_commendation(self.employee_sub, state="granted", summary="Số hóa hồ sơ lưu trữ")
        other = {"period_from": "2024-01-01", "period_to": "2024-12-31"}
        for vals in ({"summary": "Cứu người trong bão số 3"}, {"summary": "Số hóa hồ sơ lưu trữ", **other}):
            award = self.new_award(f"TEST-K{len(vals)}")
            record = self.new_commendation(self.employee_sub, state="submitted", award=award, **vals)
            self.assertFalse(record.finding_snapshot["duplicates"])

    def new_initiative(self):
        return (
            self.env["emulation.achievement"]
            .with_user(self.user_proposer)
            .create(
                {
                    "name": "Số hóa hồ sơ",
                    "kind": "initiative",
                    "reach": "unit",
                    "employee_id": self.employee_sub.id,
                    "company_id": self.company.id,
                }
            )
        )

    def test_an_initiative_is_spent_once_in_a_list_too(self):
        link = {"achievement_ids": self.new_initiative().ids}
        years = ((2024, 2024), (2025, 2025))
        drafts = self.env["emulation.commendation"]
        for first, last in years:
            drafts |= self.new_commendation(
                self.employee_sub,
                award=self.title,
                period_from=f"{first}-01-01",
                period_to=f"{last}-12-31",
                **link,
            )
        drafts.with_user(self.user_proposer).action_submit()
        self.assertEqual(drafts.mapped("state"), ["submitted", "draft"])
        drafts[1].sudo()._do_submit()  # as if both had been handed in at the same moment
        drafts._do_endorse()
        drafts.with_user(self.user_officer).action_appraise()
        self.assertEqual(drafts.mapped("state"), ["appraised", "endorsed"], "the first has it")

    def test_an_initiative_is_spent_once_per_title(self):
        initiative = self.new_initiative()
        link = {"achievement_ids": initiative.ids}
        self.propose(self.employee_sub, **link)
        again = self.new_commendation(
            self.employee_sub, award=self.title, period_from="2026-01-01", period_to="2026-12-31", **link
        )
        with self.assertRaises(UserError) as caught:
            again.with_user(self.user_proposer).action_submit()
        self.assertIn(initiative.name, str(caught.exception))
        other = self.new_commendation(
            self.employee_sub, award=self.new_award("TEST-KHAC2", kind="title"), **link
        )
        other.with_user(self.user_proposer).action_submit()
        self.assertEqual(other.state, "submitted", "another title may use it")


@tagged("post_install", "-at_install")
class TestAchievement(EmulationCommon):
    def declare(self, user=None, **vals):
        return (
            self.env["emulation.achievement"]
            .with_user(user or self.user_proposer)
            .create(
                {
                    "name": "Cải tiến quy trình",
                    "kind": "initiative",
                    "employee_id": self.employee_proposer.id,
                    "company_id": self.company.id,
                    **vals,
                }
            )
        )

    def test_declared_submitted_recognised(self):
        record = self.declare()
        record.action_submit()
        self.assertEqual((record.state, record.recipient_name), ("submitted", "Trần Đề Xuất"))
        officer = record.with_user(self.user_officer)
        with self.assertRaises(UserError, msg="the reach is missing"):
            officer.action_recognise()
        officer.write({"reach": "unit", "recognition_number": "15/QĐ-STN"})
        officer.action_recognise()
        self.assertEqual(record.state, "recognised")
        with self.assertRaises(UserError):
            officer.write({"reach": "nation"})

    def test_nobody_recognises_his_own_or_forges_it(self):
        record = self.declare()
        with self.assertRaises(AccessError):
            record.write({"state": "recognised"})
        record.action_submit()
        for user in (self.user_proposer, self.user_head):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                record.with_user(user).action_recognise()
        own = self.declare(user=self.user_officer, employee_id=self.employee_officer.id, reach="unit")
        own.action_submit()
        with self.assertRaises(UserError):
            own.action_recognise()

    def test_reading_by_role(self):
        record = self.declare()
        readers = {
            self.user_proposer: True,
            self.user_head: False,
            self.user_other_head: False,
            self.user_officer: True,
            self.user_foreign_officer: False,
        }
        for user, expected in readers.items():
            allowed = record.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
            self.assertEqual(allowed.has_access("read"), expected, user.login)
        record.action_submit()
        self.assertTrue(record.with_user(self.user_head).has_access("read"))
