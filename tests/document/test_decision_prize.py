from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

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

    def test_what_is_paid_out_already_is_taken_off_the_higher_prize(self):
        lower, higher = self.new_pair(self.title, self.higher)
        self.new_decision(lower, issue_date=DAY)._do_issue()
        lower.with_user(self.user_officer).action_prize_paid()
        self.new_decision(higher, issue_date=DAY)._do_issue()
        self.assertEqual((lower.prize_amount, higher.prize_amount), (710_000, 2_340_000 - 710_000))

    def test_the_higher_first_leaves_nothing_for_the_lower(self):
        lower, higher = self.new_pair(self.title, self.higher)
        self.new_decision(higher, issue_date=DAY)._do_issue()
        self.new_decision(lower, issue_date=DAY)._do_issue()
        self.assertEqual((higher.prize_amount, lower.prize_amount), (2_340_000, 0))

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
            line.with_user(self.user_proposer)._do_answer_prize("pay")
        line._do_answer_prize("pay")
        decision._do_issue()
        self.assertEqual(decision.prize_total, 3_050_000)
        with self.assertRaises(UserError):
            line.with_user(self.user_officer)._do_answer_prize("none")

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
            return self.count_queries(decision._get_prize_lines)

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

    def test_prizes_are_counted_from_decisions(self):
        self.add("income", 10_000_000)
        lines = self.new_lines(2)
        self.new_decision(lines, issue_date=DAY)._do_issue()
        draft = self.new_decision(self.new_lines(1), issue_date="2026-03-01")
        self.assertEqual((self.fund.prizes_spent, self.fund.prizes_planned), (0, 2_130_000))
        self.fund.invalidate_recordset()
        lines[0].with_user(self.user_officer).action_prize_paid()
        lines[0]._write_protected({"prize_paid_on": "2026-02-01"})
        self.fund.invalidate_recordset()
        self.assertEqual((self.fund.prizes_spent, self.fund.prizes_planned), (710_000, 1_420_000))
        self.assertEqual(self.fund.left, 10_000_000 - 2_130_000)
        draft.issue_date = "2027-01-02"
        self.fund.invalidate_recordset()
        self.assertEqual(self.fund.prizes_planned, 710_000)

    def test_the_dialog_of_a_decision_warns_of_its_fund(self):
        self.add("income", 500_000)
        decision = self.new_decision(self.new_lines(1), issue_date=DAY)
        wizard = self.env["emulation.decision.issue"].browse(decision.action_preview()["res_id"])
        self.assertIn("210.000 đồng more", wizard.warnings)

    def test_amounts_are_whole(self):
        for amount in (0, -5):
            with self.assertRaises(ValidationError):
                self.add("gifts", amount)

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
