import io

from freezegun import freeze_time
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from openpyxl import load_workbook
from psycopg2 import IntegrityError

from ..helpers.document_common import DocumentCommon

DAY = "2026-01-05"


class MoneyCommon(DocumentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.title = cls.new_document_award(
            "Lao động tiên tiến thử", "DHT1", 0.3, kind="title", period_kind="year"
        )
        cls.higher = cls.new_document_award(
            "Chiến sĩ thi đua cơ sở thử", "DHT2", 1, kind="title", period_kind="year", sequence=90
        )

    def new_pair(self, first, second, **values):
        """Return lines of two awards for one person."""
        one, other = self.new_lines(1, first), self.new_lines(1, second)
        other._write_protected({"partner_id": one.partner_id.id, **values})
        return one, other

    def answer(self, user, line, choice):
        lines = line.with_user(user)
        lines.env["emulation.decision"]._answer_prize(lines, choice)


@tagged("post_install", "-at_install")
class TestDecisionPrize(MoneyCommon):
    """What a decision pays beside others of its day, and what it asks first."""

    def test_titles_of_one_year_in_two_decisions_of_one_day_are_paid_once(self):
        lower, higher = self.new_pair(self.title, self.higher)
        first = self.new_decision(lower, issue_date=DAY)
        first._do_issue()
        self.assertEqual((lower.prize_amount, lower.prize_state), (710_000, "to_pay"))
        second = self.new_decision(higher, issue_date=DAY)
        second._do_issue()
        self.assertEqual((higher.prize_amount, higher.prize_state), (2_340_000, "to_pay"))
        self.assertEqual(lower.prize_state, "none")
        self.assertIn(second._get_document_number(), lower.prize_note)

    def test_what_gave_way_is_money_nowhere(self):
        """Whichever of two awards of a day is decided first, figures and lists have the higher prize, once."""
        for first in ("lower", "higher"):
            with self.subTest(first=first):
                lower, higher = lines = self.new_pair(self.title, self.higher)
                for line in (lower, higher) if first == "lower" else (higher, lower):
                    self.new_decision(line, issue_date=DAY)._do_issue()
                both = lower | higher
                self.assertEqual(sum(line._get_due_prize() for line in lines), 2_340_000)
                self.env.flush_all()
                figures = self.env["emulation.report.commendation"].with_user(self.user_officer)
                ((counted,),) = figures._read_group([("id", "in", both.ids)], [], ["prize_amount:sum"])
                self.assertEqual(counted, 2_340_000)
                paid = figures.search([("id", "in", both.ids), ("prize_amount", ">", 0)])
                self.assertEqual(paid.ids, higher.ids, "the list of prizes")
                rows = list(
                    load_workbook(io.BytesIO(both._build_export()[1])).active.iter_rows(values_only=True)
                )
                (head,) = (row for row in rows if row[0] == "STT")
                money = [row[head.index("Tiền thưởng (đồng)")] for row in rows if isinstance(row[0], int)]
                self.assertEqual(sum(filter(None, money)), 2_340_000)

    def test_what_is_paid_out_already_is_taken_off_the_higher_prize(self):
        lower, higher = self.new_pair(self.title, self.higher)
        self.new_decision(lower, issue_date=DAY)._do_issue()
        self.pay_out(lower.with_user(self.user_officer))
        self.new_decision(higher, issue_date=DAY)._do_issue()
        self.assertEqual((lower.prize_amount, higher.prize_amount), (710_000, 2_340_000 - 710_000))

    def test_the_higher_first_leaves_nothing_for_the_lower(self):
        lower, higher = self.new_pair(self.title, self.higher)
        self.new_decision(higher, issue_date=DAY)._do_issue()
        self.new_decision(lower, issue_date=DAY)._do_issue()
        self.assertEqual((higher.prize_amount, lower.prize_amount), (2_340_000, 0))

    def revoke(self, line):
        values = {"revocation_ground": "unlawful", "revocation_reason": "Xét không đúng quy định"}
        self.new_revocation(line, **values)._do_issue()

    def test_what_gave_way_is_due_again_when_the_higher_is_revoked(self):
        for first in ("lower", "higher"):
            with self.subTest(first=first):
                lower, higher = self.new_pair(self.title, self.higher)
                for line in (lower, higher) if first == "lower" else (higher, lower):
                    self.new_decision(line, issue_date=DAY)._do_issue()
                self.assertEqual(lower.prize_state, "none")
                self.revoke(higher)
                self.assertEqual((lower.prize_amount, lower.prize_state), (710_000, "to_pay"))

    def test_what_gave_way_on_the_same_decision_is_due_again_too(self):
        lower, higher = self.new_pair(self.title, self.higher)
        self.new_decision(lower | higher, issue_date=DAY)._do_issue()
        self.assertEqual((lower.prize_amount, higher.prize_amount), (0, 2_340_000))
        self.revoke(higher)
        self.assertEqual((lower.prize_amount, lower.prize_state), (710_000, "to_pay"))

    def test_what_a_person_decided_not_to_pay_stays_unpaid(self):
        lower, higher = self.new_pair(self.title, self.higher)
        lower._write_protected({"prize_choice": "none"})
        for line in (higher, lower):
            self.new_decision(line, issue_date=DAY)._do_issue()
        self.revoke(higher)
        self.assertEqual((lower.prize_amount, lower.prize_state), (0, "none"))

    def test_what_was_paid_stays_paid_when_the_higher_is_revoked(self):
        lower, higher = self.new_pair(self.title, self.higher)
        self.new_decision(lower, issue_date=DAY)._do_issue()
        self.pay_out(lower.with_user(self.user_officer))
        self.new_decision(higher, issue_date=DAY)._do_issue()
        self.pay_out(higher.with_user(self.user_officer))
        self.revoke(higher)
        self.assertEqual((lower.prize_state, higher.prize_state), ("paid", "to_return"))
        self.assertEqual((lower.prize_amount, higher.prize_amount), (710_000, 1_630_000))

    def test_another_day_is_another_moment(self):
        lower, higher = self.new_pair(self.title, self.higher)
        self.new_decision(lower, issue_date=DAY)._do_issue()
        self.new_decision(higher, issue_date="2026-01-06")._do_issue()
        self.assertEqual((lower.prize_amount, higher.prize_amount), (710_000, 2_340_000))

    def test_a_doubt_stops_the_decision_until_it_is_answered(self):
        one, other = self.new_pair(self.title, self.higher, period_from=False, period_to=False)
        decision = self.new_decision(one | other, issue_date=DAY)
        wizard = self.env["emulation.decision.issue"].browse(decision.action_preview()["res_id"])
        question = wizard.doubt_ids
        self.assertEqual(len(question), 1)
        self.assertTrue(question.question)
        with self.assertRaisesRegex(UserError, "whether these prizes are paid"):
            decision._do_issue()
        action = question.with_user(self.user_officer).action_leave()
        wizard = self.env["emulation.decision.issue"].browse(action["res_id"])
        self.assertEqual(wizard.doubt_ids.choice, "none", "an answer is still there to be changed")
        decision._do_issue()
        self.assertEqual(sorted((one | other).mapped("prize_amount")), [0, 2_340_000])

    def test_only_who_prepares_decisions_answers(self):
        one, other = self.new_pair(self.title, self.higher, period_from=False, period_to=False)
        decision = self.new_decision(one | other, issue_date=DAY)
        [line] = decision._get_prize_doubts()
        with self.assertRaises(UserError):
            self.answer(self.user_proposer, line, "pay")
        decision._answer_prize(line, "pay")
        decision._do_issue()
        self.assertEqual(decision.prize_total, 3_050_000)
        with self.assertRaises(UserError):
            self.answer(self.user_officer, line, "none")

    def test_two_forms_for_one_achievement_are_asked_about(self):
        other_form = self.new_document_award("Bằng khen thử", "BKTHU2", 1.5)
        one, other = self.new_pair(self.document_award, other_form)
        achievement = self.env["emulation.achievement"].create(
            {"recipient_type": "partner", "partner_id": one.partner_id.id, "name": "Cứu người"}
        )
        (one | other)._write_protected({"achievement_ids": [(4, achievement.id)]})
        [(line, doubt)] = self.new_decision(one | other, issue_date=DAY)._get_prize_doubts().items()
        self.assertEqual((line, doubt.code), (one, "one_achievement"))

    def test_weighing_costs_the_same_for_2_and_22(self):
        def cost(count):
            decision = self.new_decision(self.new_lines(count, self.title), issue_date=DAY)
            self.env.flush_all()
            self.env.invalidate_all()
            # Twice: what a full cache dropped meanwhile is read once more.
            return min(self.count_queries(decision._get_prize_lines) for _time in range(2))

        cost(2)  # what is asked once for all
        self.assertEqual(cost(2), cost(22))


@tagged("post_install", "-at_install")
class TestWhoMaySign(MoneyCommon):
    """Law 06/2022/QH15, Articles 77–80: each award has its body."""

    def test_an_award_of_another_body_is_refused_with_its_article(self):
        self.document_book.award_rule_ids.filtered(lambda rule: rule.award_id == self.document_award).write(
            {
                "agency_kind_ids": self.env.ref("hr_emulation.agency_province").ids,
                "decide_article": "khoản 4 Điều 79 Luật Thi đua, khen thưởng",
            }
        )
        self.company.emulation_agency_kind_id = self.env.ref("hr_emulation.agency_department")
        decision = self.new_decision(self.new_lines(1), issue_date=DAY)
        with self.assertRaisesRegex(UserError, "Điều 79"):
            decision._do_issue()
        decision.authority_waiver = "Quyết định 10/QĐ-UBND ủy quyền"
        decision._do_issue()
        self.assertEqual(decision.state, "issued")

    def test_where_the_kind_is_not_entered_the_dialog_says_so(self):
        self.company.emulation_agency_kind_id = False
        decision = self.new_decision(self.new_lines(1), issue_date=DAY)
        wizard = self.env["emulation.decision.issue"].browse(decision.action_preview()["res_id"])
        self.assertIn("kind of agency", wizard.warnings)
        decision._do_issue()

    def test_an_award_of_a_body_is_refused_to_whom_nobody_called_one(self):
        """Else it would bear the name and the head of an agency that may not give it."""
        rule = self.document_book.award_rule_ids.filtered(lambda rule: rule.award_id == self.document_award)
        rule.write(
            {
                "agency_kind_ids": self.env.ref("hr_emulation.agency_province").ids,
                "printed_name": "Bằng khen của {head} {agency}",
            }
        )
        self.company.emulation_head_title = "Giám đốc"
        self.company.emulation_agency_kind_id = False
        line = self.new_lines(1)
        decision = self.new_decision(line, issue_date=DAY)
        self.assertEqual(line._get_printed_awards()[line], "Giấy khen thử")
        wizard = self.env["emulation.decision.issue"].browse(decision.action_preview()["res_id"])
        self.assertIn("do not say which kind of agency", wizard.problems)
        with self.assertRaisesRegex(UserError, "do not say which kind of agency"):
            decision._do_issue()
        self.company.emulation_agency_kind_id = self.env.ref("hr_emulation.agency_province")
        self.assertEqual(line._get_printed_awards()[line], f"Bằng khen của Giám đốc {self.company.name}")
        decision._do_issue()

    def test_the_shipped_books_say_who_gives_what(self):
        base = {"unit", "department", "ministry", "enterprise"}
        kinds = {
            **{
                code: {"central"}
                for code in ("HCSV", "HCLD3", "AHLD", "NGUT", "GTNN", "CSTDTQ", "CTDCP", "BKTTG")
            },
            **{code: {"province"} for code in ("BKT", "CSTDT", "CTDT", "XPTB")},
            **{code: {"ministry"} for code in ("BKB", "CSTDB", "CTDB")},
            **{code: {"ministry", "province"} for code in ("TTLDXS", "KNC")},
            # Of a commune the law names this title only; what it took over from the district, a person says.
            **{"LDTT": base | {"commune"}, "CSTDCS": base, "TTLDTT": base},
            **{"GKTT": {"unit"}, "GKDN": {"enterprise"}, "GKSO": {"department"}, "GKXA": {"commune"}},
            "GDVH": {"commune"},
        }
        for year in (2025, 2026):
            rules = self.env.ref(f"hr_emulation.rulebook_{year}").award_rule_ids
            found = {rule.award_id.code: rule for rule in rules}
            for code, expected in kinds.items():
                with self.subTest(year=year, award=code):
                    self.assertEqual(set(found[code].agency_kind_ids.mapped("code")), expected)
                    self.assertTrue(found[code].decide_article)

    def test_the_heading_is_shown_while_it_is_typed(self):
        self.company.write(
            {"emulation_parent_agency": "UBND tỉnh Lai Châu", "emulation_head_title": "Giám đốc"}
        )
        settings = self.env["res.config.settings"].create({"company_id": self.company.id})
        for words in (
            "UBND tỉnh Lai Châu",
            "Sở Thử nghiệm",
            "05/QĐ-STN",
            "Giấy khen của Giám đốc Sở Thử nghiệm",
        ):
            self.assertIn(words, settings.emulation_heading)


@tagged("post_install", "-at_install")
class TestFund(MoneyCommon):
    """The fund of a year: put in, planned, spent, left (Decree 152/2025/NĐ-CP, Articles 46 and 48)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.emulation_agency_kind_id = cls.env.ref("hr_emulation.agency_department")
        cls.fund = (
            cls.env["emulation.fund"]
            .with_user(cls.user_officer)
            .create({"company_id": cls.company.id, "year": 2026, "basis_amount": 100_000_000})
        )

    def add(self, kind, amount, **values):
        vals = {"fund_id": self.fund.id, "kind": kind, "name": "Khoản thử", "amount": amount, **values}
        return self.env["emulation.fund.line"].with_user(self.user_officer).create(vals)

    def test_the_kind_of_agency_sets_the_ceiling(self):
        self.assertEqual((self.fund.basis, self.fund.ceiling), ("salary", 20_000_000))
        self.add("income", 20_000_000)
        self.assertFalse(self.fund.warnings)
        self.add("income", 1_000)
        self.assertIn("20.001.000 đồng were put in, the ceiling is 20.000.000 đồng", self.fund.warnings)

    def test_own_rules_have_no_ceiling(self):
        self.fund.basis = "own"
        self.add("income", 900_000_000)
        self.assertEqual((self.fund.ceiling, self.fund.warnings), (0, False))

    def test_a_fifth_may_pay_for_organising(self):
        self.add("income", 10_000_000)
        self.add("organising", 2_000_000, is_planned=True)
        self.assertFalse(self.fund.warnings)
        self.add("organising", 1)
        self.assertIn("at most 2.000.000 đ", self.fund.warnings)

    @freeze_time("2026-11-28")
    def test_prizes_are_counted_from_decisions(self):
        self.add("income", 10_000_000)
        lines = self.new_lines(2)
        self.new_decision(lines, issue_date=DAY)._do_issue()
        draft = self.new_decision(self.new_lines(1), issue_date="2026-03-01")
        self.assertEqual((self.fund.prizes_spent, self.fund.prizes_planned), (0, 2_130_000))
        self.fund.invalidate_recordset()
        self.pay_out(lines[0].with_user(self.user_officer))
        self.fund.invalidate_recordset()
        self.assertEqual((self.fund.prizes_spent, self.fund.prizes_planned), (710_000, 1_420_000))
        self.assertEqual(self.fund.left, 10_000_000 - 2_130_000)
        draft.issue_date = "2027-01-02"
        self.fund.invalidate_recordset()
        self.assertEqual(self.fund.prizes_planned, 710_000)

    @freeze_time("2026-11-28")
    def test_the_dialog_of_a_decision_warns_of_its_fund(self):
        self.add("income", 500_000)
        decision = self.new_decision(self.new_lines(1), issue_date=DAY)
        wizard = self.env["emulation.decision.issue"].browse(decision.action_preview()["res_id"])
        self.assertIn("210.000 đồng more", wizard.warnings)

    def test_amounts_are_whole(self):
        for amount in (0, -5):
            with self.assertRaises(ValidationError):
                self.add("gifts", amount)

    # ------------------------------------------------------------------
    # Attacks
    # ------------------------------------------------------------------

    def read(self, *names, fund=None):
        fund = fund or self.fund
        fund.invalidate_recordset()
        return tuple(fund[name] for name in names)

    def new_fund(self, year, **values):
        return self.env["emulation.fund"].create({"company_id": self.company.id, "year": year, **values})

    def pay(self, lines, day):
        with freeze_time(day):
            self.pay_out(lines.with_user(self.user_officer))

    def test_figures_out_of_measure_are_refused(self):
        for values in (
            {"basis_amount": -1},
            {"ceiling_percent": 101},
            {"organising_percent": -1},
            {"year": 26},
            {"year": 20260},
        ):
            with (
                self.subTest(**values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.fund.write(values)
                self.env.flush_all()
        for amount in (0.4, 1e16, float("nan")):  # less than half a đồng is none
            with self.subTest(amount=amount), self.assertRaises(ValidationError):
                self.add("gifts", amount)

    def test_a_share_is_exact_to_the_dong(self):
        self.fund.ceiling_percent = 1.15
        self.assertEqual(self.fund.ceiling, 1_150_000)
        self.fund.write({"ceiling_percent": 100, "organising_percent": 1.15})
        self.add("income", 100_000_000)
        self.add("organising", 1_150_000)
        self.assertFalse(self.fund.warnings)

    def test_a_ceiling_nobody_can_measure_says_so(self):
        self.fund.basis_amount = 0
        self.add("income", 900_000_000)
        self.assertIn("nobody can tell whether it is kept", self.fund.warnings)

    def test_what_is_to_be_put_in_is_not_there_yet(self):
        self.add("income", 5_000_000, is_planned=True)
        self.add("gifts", 1_000_000)
        self.assertEqual(self.read("income", "income_planned", "left"), (0, 5_000_000, -1_000_000))
        self.assertIn("1.000.000 đồng more are spent", self.fund.warnings)

    def test_an_entry_of_another_year_is_named(self):
        self.add("gifts", 1_000, date="2025-12-31", name="Quà năm trước")
        self.assertIn("Quà năm trước", self.read("warnings")[0])

    @freeze_time("2026-11-28")
    def test_paying_twice_pays_once(self):
        line = self.new_lines(1)
        self.new_decision(line, issue_date=DAY)._do_issue()
        self.pay(line, "2026-02-01")
        self.pay(line, "2026-03-01")
        self.assertEqual(str(line.prize_paid_on), "2026-02-01")
        self.assertEqual(self.read("prizes_spent", "prizes_planned"), (710_000, 0))

    def test_a_prize_that_comes_back_counts_in_the_year_it_comes_back(self):
        """Decree 152/2025/NĐ-CP, Article 58: to the budget or the fund; the year it was paid in stays as it was."""
        next_year = self.new_fund(2027)
        line = self.new_lines(1)
        self.new_decision(line, issue_date=DAY)._do_issue()
        self.pay(line, "2026-02-01")
        with freeze_time("2027-03-01"):
            self.new_revocation(line, issue_date="2027-03-01")._do_issue()
        self.assertEqual((line.state, line.prize_state), ("revoked", "to_return"))
        self.assertEqual(self.read("prizes_spent", "prizes_returned"), (710_000, 0))
        self.pay(line, "2027-03-15")
        self.pay(line, "2027-04-15")
        self.assertEqual((line.prize_state, str(line.prize_returned_on)), ("returned", "2027-03-15"))
        self.assertEqual(self.read("prizes_spent", "prizes_returned", "left"), (710_000, 0, -710_000))
        self.assertEqual(
            self.read("prizes_spent", "prizes_returned", "left", fund=next_year), (0, 710_000, 710_000)
        )

    @freeze_time("2026-11-28")
    def test_a_prize_revoked_before_it_was_paid_costs_nothing(self):
        line = self.new_lines(1)
        self.new_decision(line, issue_date=DAY)._do_issue()
        self.new_revocation(line)._do_issue()
        self.pay(line, "2026-03-01")
        self.assertEqual(line.prize_state, "none")
        self.assertEqual(self.read("prizes_spent", "prizes_planned", "prizes_returned"), (0, 0, 0))

    def test_what_an_old_year_did_not_pay_the_running_year_will(self):
        next_year = self.new_fund(2027)
        line = self.new_lines(1)
        self.new_decision(line, issue_date="2026-12-31")._do_issue()
        with freeze_time("2026-12-31"):
            self.assertEqual(self.read("prizes_planned"), (760_000,))
            self.assertEqual(self.read("prizes_planned", fund=next_year), (0,))
        with freeze_time("2027-01-05"):
            self.assertEqual(self.read("prizes_planned"), (0,))
            self.assertEqual(self.read("prizes_planned", fund=next_year), (760_000,))
        self.pay(line, "2027-01-06")
        self.assertEqual(self.read("prizes_spent"), (0,))
        self.assertEqual(self.read("prizes_spent", fund=next_year), (760_000,))

    @freeze_time("2026-11-28")
    def test_an_amended_decision_stays_paid(self):
        line = self.new_lines(1)
        self.new_decision(line, issue_date=DAY)._do_issue()
        self.pay(line, "2026-02-01")
        amendment = self.new_correction(line, "Nguyễn Thị Đúng Tên")
        self.assertEqual(self.read("prizes_spent", "prizes_planned"), (710_000, 0))
        amendment._do_issue()
        self.assertEqual((line.recipient_name, line.prize_state), ("Nguyễn Thị Đúng Tên", "paid"))
        self.assertEqual(self.read("prizes_spent", "prizes_planned"), (710_000, 0))

    @freeze_time("2026-11-28")
    def test_a_draft_of_a_day_without_base_salary_is_named_and_breaks_nothing(self):
        draft = self.new_decision(self.new_lines(1), issue_date="1990-01-05", abstract="Khen thưởng năm 1990")
        planned, warnings = self.read("prizes_planned", "warnings")
        self.assertEqual(planned, 0)
        self.assertIn("Khen thưởng năm 1990", warnings)
        draft.issue_date = DAY
        self.assertEqual(self.read("prizes_planned"), (710_000,))

    def test_an_officer_of_another_agency_touches_nothing(self):
        own = self.add("gifts", 1_000)
        foreign = self.env["emulation.fund"].create({"company_id": self.other_company.id, "year": 2026})
        officer = self.user_foreign_officer
        for deed in (
            lambda: self.fund.with_user(officer).read(["left"]),
            lambda: own.with_user(officer).write({"amount": 5}),
            lambda: own.with_user(officer).unlink(),
            lambda: own.with_user(self.user_officer).write({"fund_id": foreign.id}),
            lambda: self.fund.with_user(self.user_officer).write({"company_id": self.other_company.id}),
            lambda: (
                self.env["emulation.fund.line"]
                .with_user(self.user_officer)
                .create({"fund_id": foreign.id, "name": "Khoản thử", "amount": 1_000})
            ),
            lambda: self.fund.with_user(self.user_head).read(["left"]),
            lambda: self.fund.with_user(self.user_proposer).read(["left"]),
        ):
            with self.assertRaises(UserError):
                deed()
                self.env.flush_all()

    def test_nobody_types_a_payment(self):
        line = self.new_lines(1)
        self.new_decision(line, issue_date=DAY)._do_issue()
        for values in (
            {"prize_state": "paid"},
            {"prize_paid_on": "2026-01-01"},
            {"prize_returned_on": "2026-01-01"},
            {"prize_amount": 1},
        ):
            with self.subTest(**values), self.assertRaises(UserError):
                line.with_user(self.user_officer).write(values)
        for user in (self.user_head, self.user_proposer, self.user_foreign_officer):
            with self.assertRaises(UserError):
                self.pay_out(line.with_user(user))
        self.assertEqual(line.prize_state, "to_pay")

    def test_money_that_moved_stays_on_record(self):
        line = self.add("gifts", 1_000, name="Khung bằng khen")
        line.amount = 2_000
        line.unlink()
        log = " ".join(self.fund.message_ids.mapped("body"))
        for part in ("Entered", "Changed", "Deleted", "Khung bằng khen", "1.000 đồng", "2.000 đồng"):
            self.assertIn(part, log)
        self.add("gifts", 1_000)
        with self.assertRaisesRegex(UserError, "stays on record"):
            self.fund.with_user(self.user_officer).unlink()
        empty = self.env["emulation.fund"].with_user(self.user_officer)
        empty.create({"company_id": self.company.id, "year": 2030}).unlink()

    def test_the_log_of_deleted_entries_does_not_go_with_the_fund(self):
        for number, hide in enumerate(
            (lambda line: line.unlink(), lambda line: line.write({"is_planned": True}))
        ):
            fund = self.fund.create({"company_id": self.company.id, "year": 2040 + number})
            line = self.add("gifts", 5_000_000, fund_id=fund.id)
            hide(line)
            with self.assertRaisesRegex(UserError, "stays on record"):
                fund.unlink()

    @freeze_time("2026-11-28")
    def test_many_drafts_cost_the_same(self):
        def cost():
            return self.count_queries(lambda: self.fund.left)

        for line in self.new_lines(2):
            self.new_decision(line, issue_date=DAY)
        cost()
        few = cost()
        for line in self.new_lines(20):
            self.new_decision(line, issue_date=DAY)
        self.assertEqual(cost(), few)

    def test_many_years_cost_the_same(self):
        funds = self.env["emulation.fund"].create(
            [{"company_id": self.company.id, "year": year} for year in range(2000, 2022)]
        )

        def cost(records):
            self.env.flush_all()
            self.env.invalidate_all()
            return self.count_queries(lambda: records.mapped("left"))

        cost(funds[:1])
        self.assertEqual(cost(funds[:2]), cost(funds))
