from datetime import date

from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..helpers.common import EmulationCommon

BOOK = "hr_emulation.rulebook_%s"


@tagged("post_install", "-at_install")
class TestCommendationRulebook(EmulationCommon):
    """The day the dossier is received decides by which rule book it is judged (Decree 152/2025/NĐ-CP, Article 60(3);
    Law 06/2026/QH16, transitional clause)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker, cls.fighter = (cls.env.ref(f"hr_emulation.award_{code}") for code in ("ldtt", "cstdcs"))

    def propose(self, award=None, year=2026, **vals):
        period = {"period_from": date(year, 1, 1), "period_to": date(year, 12, 31)}
        return self.new_commendation(self.employee_sub, award=award or self.worker, **{**period, **vals})

    def rate(self, rating, year=2026):
        self.env["emulation.rating"].create(
            {
                "employee_id": self.employee_sub.id,
                "company_id": self.company.id,
                "year": year,
                "rating": rating,
            }
        )

    def book(self, year):
        return self.env.ref(BOOK % year)

    def submit(self, record):
        return record.with_user(self.user_proposer).action_submit()

    def change(self, record, user=None, **vals):
        wizard = self.env["emulation.rulebook.change"].with_user(user or self.user_officer)
        return wizard.create(
            {"commendation_id": record.id, "reason": "Hồ sơ nhận tháng 9", **vals}
        ).action_confirm()

    def test_not_the_year_of_the_achievement(self):
        """Titles of 2023 and 2024, a year and a school year, received in November 2026: the book of that day."""
        with freeze_time("2026-11-28"):
            old, older = self.propose(year=2024), self.propose(self.fighter, year=2023)
            school = self.propose(period_from=date(2026, 9, 1), period_to=date(2027, 5, 31))
            for record in (old, older, school):
                self.submit(record)
                self.assertEqual(record.rulebook_id, self.book(2026))
                self.assertEqual(record.received_on, date(2026, 11, 28))
                self.assertIn("day of receipt", record.with_context(lang="en_US").rulebook_basis)

    def test_a_draft_goes_by_the_day_it_is_handed_in(self):
        with freeze_time("2026-09-30"):
            record = self.propose()
            self.assertEqual(record.rulebook_id, self.book(2025))
        with freeze_time("2026-10-05"):
            self.submit(record)
        self.assertEqual(record.rulebook_id, self.book(2026))

    def test_received_before_the_amendment_it_goes_on_under_the_old_book(self):
        with freeze_time("2026-09-30"):
            record = self.propose()
            self.submit(record)
        with freeze_time("2026-11-28"):
            self.env.invalidate_all()
            self.assertEqual(record.rulebook_id, self.book(2025))
            self.assertIn("more favourable", record.with_context(lang="en_US").rulebook_basis)
            record.with_user(self.user_officer)._ask_reason("return")
            record.sudo()._do_return("Bổ sung minh chứng")
            self.submit(record)
        self.assertEqual(record.rulebook_id, self.book(2025), "handed in again, it keeps its first day")

    def test_no_book_but_one_that_may_be_chosen(self):
        """What the form does not offer, a client may still send."""
        with freeze_time("2026-11-28"):
            record = self.propose()
            self.submit(record)
            book = self.book(2026)
            foreign = book.copy({"name": "Của nơi khác", "code": "KHAC", "company_id": self.other_company.id})
            draft = book.copy({"name": "Dự thảo", "code": "DT", "company_id": self.company.id})
            foreign._write_protected({"state": "active"})
            for vals in (
                {"rulebook_id": foreign.id},
                {"rulebook_id": draft.id},
                {"received_on": "2026-11-29"},
            ):
                with self.subTest(vals=vals), self.assertRaises(UserError):
                    self.change(record, **vals)
            self.assertEqual(record.rulebook_id, book)

    def test_without_a_book_it_stops_with_words(self):
        with freeze_time("2027-03-02"):
            self.rulebook.date_to = date(2026, 12, 31)
            record = self.propose(year=2026)
            self.assertFalse(record.rulebook_id)
            with self.assertRaisesRegex(UserError, "RS-2026"):
                self.submit(record)
            record._write_protected({"state": "appraised"})
            reasons = record._get_cannot_grant_reason()
            self.assertIn("RS-2026", reasons[record.id], "no book is no reason to leave out the council")

    def test_without_a_rule_for_the_award_it_stops_with_words(self):
        own = self.env["emulation.award"].create(
            {"code": "NVXS", "name": "Nhân viên xuất sắc tháng", "company_id": self.company.id}
        )
        record = self.propose(own)
        with self.assertRaisesRegex(UserError, "Nhân viên xuất sắc tháng"):
            self.submit(record)
        self.assertEqual(record.state, "draft")

    def test_the_amended_law_leaves_doubt_to_a_person_until_the_agency_confirms(self):
        self.rate("excellent")
        with freeze_time("2026-11-28"):
            record = self.propose(self.fighter)
            self.submit(record)
            self.assertEqual(record.sudo().finding_state, "review")
            warning = record.with_context(lang="en_US").rulebook_warning
            self.assertIn("RS-2026", warning)
            self.assertIn("asks for both", warning)
            rule = self.fighter._rule(self.book(2026)).with_company(self.company)
            rule.with_user(self.user_admin).action_confirm()
            self.env["emulation.appraisal"]._judge(record)
            self.env.invalidate_all()
            self.assertEqual(record.sudo().finding_state, "met")
            self.assertFalse(record.rulebook_warning)

    def test_an_open_case_binds_every_award(self):
        """Decree 152/2025/NĐ-CP, Article 4(4): also the Order of Bravery, which no other line of ours describes."""
        self.env["emulation.restriction"].create(
            {
                "employee_id": self.employee_sub.id,
                "company_id": self.company.id,
                "kind": "pending",
                "date_from": date(2026, 11, 1),
            }
        )
        with freeze_time("2026-11-28"):
            record = self.propose(self.env.ref("hr_emulation.award_hcdc"))
            self.submit(record)
        self.assertEqual(record.sudo().finding_state, "not_met")

    def test_an_officer_corrects_the_day_of_receipt(self):
        with freeze_time("2026-11-28"):
            record = self.propose()
            self.submit(record)
            self.change(record, received_on=date(2026, 9, 15))
        self.assertEqual((record.rulebook_id, record.received_on), (self.book(2025), date(2026, 9, 15)))
        self.assertFalse(record.rulebook_reason, "the book follows from the day, nothing was chosen")
        self.assertIn("Hồ sơ nhận tháng 9", record.message_ids[0].body)

    def test_an_officer_chooses_another_book_with_a_reason(self):
        with freeze_time("2026-11-28"):
            record = self.propose()
            self.submit(record)
            self.change(record, rulebook_id=self.book(2025).id)
            self.assertEqual(record.rulebook_id, self.book(2025))
            self.assertIn("Hồ sơ nhận tháng 9", record.rulebook_basis)
            record.sudo()._write_protected({"received_on": date(2026, 11, 20)})
            self.assertEqual(record.rulebook_id, self.book(2025), "what was chosen stays")

    def test_nobody_else_chooses(self):
        record = self.propose()
        with self.assertRaises(AccessError):
            self.change(record, user=self.user_proposer, rulebook_id=self.book(2025).id)
        with self.assertRaises(AccessError):
            record.with_user(self.user_officer).rulebook_id = self.book(2025)
        own = self.new_commendation(self.employee_officer, award=self.worker)
        with self.assertRaises(UserError):
            self.change(own, rulebook_id=self.book(2025).id)

    def test_voted_says_which_way(self):
        record = self.propose(self.award)
        self.walk(record, "appraised")
        record.sudo()._do_vote({record: (False, "5/9 = 55,56% < 2/3")})
        self.assertEqual((record.state, record.stage), ("voted", "refused"))
        self.assertEqual(record.with_context(lang="en_US")._get_state_label(), "Refused by the council")
        record.sudo()._write_protected({"vote_passed": True})
        self.assertEqual(record.stage, "passed")

    def test_choosing_books_is_flat(self):
        days = [date(2024, 5, 1), date(2025, 8, 1), date(2026, 11, 1)]
        awards = self.env["emulation.award"].search([("is_official", "=", True)], limit=22)
        books = self.env["emulation.rulebook"]
        costs = []
        for number in (1, 22):
            wanted = [(self.company, day, award) for day in days for award in awards[:number]]
            self.env.invalidate_all()
            costs.append(self.count_queries(lambda wanted=wanted: books._choose_many(wanted)))
        self.assertLessEqual(costs[1], costs[0] + 1)
