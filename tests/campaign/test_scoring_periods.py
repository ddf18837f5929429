"""A year made of terms, grades under conditions, shares of a grade, and what decides between equal totals."""

from datetime import date
from decimal import Decimal

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ...models.campaign import leaving, totals
from ...models.campaign.explanation import get_rows
from ..helpers.campaign_common import CampaignCommon


class PeriodCommon(CampaignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign.with_user(cls.user_officer).action_launch()
        cls.people = cls.employee_sub | cls.employee_portal

    def new_round(self, name, first, last, **values):
        rounds = self.env["emulation.review"].with_user(self.user_officer)
        return rounds.create(
            {
                "name": name,
                "campaign_id": self.campaign.id,
                "kind": "interim",
                "date_from": date(2025, *first),
                "date_to": date(2025, *last),
                **values,
            }
        )

    def new_terms(self, **values):
        year = self.new_round("Cả năm", (1, 1), (12, 31), **values)
        first = self.new_round("Học kỳ I", (1, 1), (6, 30), part_of_id=year.id)
        second = self.new_round("Học kỳ II", (7, 1), (12, 31), part_of_id=year.id, part_weight=2)
        return year, first, second

    def score(self, review, points):
        """Open the round, give each person the points for discipline beside 70 for the work, and close it."""
        officer = review.with_user(self.user_officer)
        officer.action_open()
        for sheet in review.evaluation_ids.with_user(self.user_officer):
            earned = points.get(sheet.employee_id)
            lines = sheet.score_ids.sorted("sequence")
            lines[0].actual_value, lines[1].self_points = 100, earned
        sheets = review.evaluation_ids.with_user(self.user_officer)
        sheets.action_submit()
        sheets.action_verify()
        sheets.action_confirm()
        officer.action_close()


@tagged("post_install", "-at_install")
class TestPeriods(PeriodCommon):
    def test_the_year_is_the_first_term_and_twice_the_second(self):
        year, first, second = self.new_terms(way="weighted")
        self.sheet_of_the_year_only("Sáng kiến")
        self.register(self.employee_sub)
        self.score(first, {self.employee_sub: 11})
        late = self.register(self.employee_portal)
        self.score(second, {self.employee_sub: 20, self.employee_portal: 25})
        year.action_open()
        old, new = year.evaluation_ids.sorted("id")
        self.assertEqual((old.parts_total, new.parts_total), (87, 95), "(81 + 2 × 90) / 3, and 95 alone")
        self.assertEqual(new.participation_id, late)
        self.assertEqual(old.score_ids.criterion_id.mapped("name"), ["Sáng kiến"])
        self.assertEqual(old.part_sheet_ids.review_id, first | second)
        old.score_ids.with_user(self.user_officer).self_points = 8
        self.assertEqual(old.self_total, 92, "of 8 bonus points 5 count")
        self.assertIn("Từ các kỳ", old.with_context(lang="vi_VN").explanation)
        self.assertIn("92", old.explanation)

    def sheet_of_the_year_only(self, name):
        line = self.campaign.individual_set_id.criterion_ids.filtered(lambda line: line.name == name)
        line._with_seal().write({"is_whole_only": True})

    def test_whoever_joined_late_may_count_zero(self):
        year, first, second = self.new_terms(missing_parts="zero")
        self.register(self.employee_sub)
        self.score(first, {self.employee_sub: 30})
        self.register(self.employee_portal)
        self.score(second, {self.employee_sub: 30, self.employee_portal: 30})
        year.action_open()
        self.assertEqual(year.evaluation_ids.sorted("id").mapped("parts_total"), [100, 50])

    def test_a_month_of_ninety_stays_one_of_ninety(self):
        """10 points are given for the year alone: a month's full marks are 90, the year's 90 + 10."""
        own = self.campaign.individual_set_id
        work, order = own.criterion_ids.sorted("sequence")[:2]
        work._with_seal().write({"max_points": 60})
        line = self.env["emulation.criterion"]._with_seal()
        line = line.create({"set_id": own.id, "name": "Sáng kiến cả năm", "max_points": 10, "sequence": 9})
        line._with_seal().write({"is_whole_only": True})
        year, first, second = self.new_terms()
        self.register(self.employee_sub)
        for term in (first, second):
            self.score(term, {self.employee_sub: order.max_points})
        self.assertEqual((first | second).evaluation_ids.mapped("final_total"), [90, 90])
        year.action_open()
        year.evaluation_ids.score_ids.with_user(self.user_officer).self_points = 10
        self.assertEqual(year.evaluation_ids.self_total, 100)

    def test_nobody_gets_a_sheet_for_a_year_without_a_part(self):
        year, first, second = self.new_terms()
        self.register(self.employee_sub)
        for term in (first, second):
            self.score(term, {self.employee_sub: 30})
        self.register(self.employee_portal)
        year.action_open()
        self.assertEqual(year.evaluation_ids.employee_id, self.employee_sub, "0 points would be graded")

    def test_parts_counted_in_another_way_are_counted_anew_for_all(self):
        year, first, second = self.new_terms(way="mean")
        self.register(self.employee_sub)
        self.score(first, {self.employee_sub: 11})
        self.score(second, {self.employee_sub: 20})
        year.action_open()
        sheet = year.evaluation_ids.with_user(self.user_officer)
        self.assertEqual(sheet.self_total, 85.5)
        year.way = "weighted"
        self.assertEqual((sheet.parts_total, sheet.self_total), (87, 87), "(81 + 2 × 90) / 3")
        sheet.score_ids.self_points = 0
        for verb in ("submit", "verify", "confirm"):
            getattr(sheet, f"action_{verb}")()
        with self.assertRaisesRegex(UserError, "confirmed already"):
            year.way = "latest"

    def test_each_part_says_what_it_brings(self):
        year, first, second = self.new_terms(way="weighted")
        self.register(self.employee_sub)
        self.score(first, {self.employee_sub: 11})
        self.register(self.employee_portal)
        self.score(second, {self.employee_sub: 20, self.employee_portal: 25})
        year.action_open()
        old, new = year.evaluation_ids.sorted("id").with_context(lang="vi_VN")
        rows = [row[:3] for row in get_rows(old)]
        self.assertEqual(
            rows[:2],
            [
                ("Từ các kỳ: Học kỳ I", "81 điểm, tính 1 lần", Decimal("27.00")),
                ("Từ các kỳ: Học kỳ II", "90 điểm, tính 2 lần", Decimal("60.00")),
            ],
        )
        self.assertEqual(rows[-1][-1], 87)
        self.assertEqual(get_rows(new)[0][:2], ("Từ các kỳ: Học kỳ I", "không có phiếu"))

    def test_class_a_every_month(self):
        """The title asks for A in every month: B in one of them rules it out, and so does a month without a sheet."""
        for missing, expected in (("skip", ["B", "A"]), ("zero", ["B", None])):
            campaign = self.new_campaign(f"Phong trào {missing}")
            campaign.with_user(self.user_officer).action_launch()
            best = campaign.individual_set_id.grade_ids[0]
            self.env["emulation.grade.condition"]._with_seal().create({"grade_id": best.id, "kind": "parts"})
            worse = campaign.individual_set_id.grade_ids - best
            best._with_seal().write({"min_points": 60})
            worse._with_seal().write({"min_points": 55})
            self.campaign = campaign
            year, first, second = self.new_terms(missing_parts=missing)
            self.register(self.employee_sub, campaign=campaign)
            self.score(first, {self.employee_sub: 30})
            first.evaluation_ids._write_protected({"grade_id": worse.id})
            self.register(self.employee_portal, campaign=campaign)
            self.score(second, {self.employee_sub: 30, self.employee_portal: 30})
            year.action_open()
            sheets = year.evaluation_ids.sorted("id").with_user(self.user_officer)
            for verb in ("submit", "verify", "confirm"):
                getattr(sheets, f"action_{verb}")()
            self.assertEqual([sheet.grade_id.name or None for sheet in sheets], expected, missing)

    def test_a_year_waits_for_its_terms(self):
        year, first, _second = self.new_terms()
        with self.assertRaisesRegex(UserError, "Học kỳ I"):
            year.action_open()
        with self.assertRaises(ValidationError):
            year.part_of_id = first
        other = self.new_campaign("Phong trào khác")
        with self.assertRaises(ValidationError):
            first.campaign_id = other

    def test_taking_the_parts_costs_the_same_for_many(self):
        def queries(count):
            year, first, second = self.new_terms()
            people = [self.new_employee(f"Người {count}.{number}", self.sub_unit) for number in range(count)]
            self.register(*people)
            for term in (first, second):
                self.score(term, dict.fromkeys(self.env["hr.employee"].union(*people), 20))
            year.action_open()
            sheets = self.env["emulation.evaluation"].browse(year.evaluation_ids.ids)
            return self.count_queries(lambda: (totals.take_parts(sheets), totals.update(sheets)))

        self.assertEqual(queries(2), queries(22))


@tagged("post_install", "-at_install")
class TestGradeConditions(PeriodCommon):
    def give(self, grade, **values):
        found = self.campaign.individual_set_id.grade_ids.filtered(lambda one: one.name == grade)
        lines = values.pop("lines", ())
        criteria = self.campaign.individual_set_id.criterion_ids.filtered(lambda line: line.name in lines)
        self.env["emulation.grade.condition"]._with_seal().create(
            {"grade_id": found.id, "criterion_ids": [Command.set(criteria.ids)], **values}
        )
        return found

    def grade_of(self, points):
        self.register(*self.people.filtered(lambda one: one in points))
        review = self.new_round("Cả năm", (1, 1), (12, 31))
        self.score(review, points)
        return review.evaluation_ids.sorted("id")

    def test_a_limit_on_one_criterion(self):
        self.give("A", kind="least", value=25, lines=("Kỷ luật",))
        sheets = self.grade_of({self.employee_sub: 24, self.employee_portal: 25})
        self.assertEqual(sheets.grade_id.mapped("name"), ["B", "A"])
        told = sheets[0].with_context(lang="vi_VN").explanation
        self.assertIn("Kỷ luật: 24 điểm, cần ít nhất 25.", told)

    def test_a_sheet_not_yet_handed_in_says_what_the_next_grade_asks_for(self):
        self.register(self.employee_sub)
        review = self.new_round("Cả năm", (1, 1), (12, 31))
        review.action_open()
        sheet = review.evaluation_ids.with_context(lang="vi_VN")
        sheet.score_ids.sorted("sequence").with_user(self.user_officer)[0].actual_value = 60
        self.env.invalidate_all()
        self.assertIn("Để đạt mức “B” còn thiếu:", sheet.explanation)
        self.assertIn("42", sheet.explanation)

    def test_a_bonus_counted_by_occurrence(self):
        line = self.campaign.individual_set_id.criterion_ids.filtered(lambda line: line.name == "Sáng kiến")
        line._with_seal().write({"points_per_occurrence": 3})
        self.register(self.employee_sub)
        review = self.new_round("Cả năm", (1, 1), (12, 31))
        review.action_open()
        score = review.evaluation_ids.score_ids.filtered(lambda score: score.criterion_id == line)
        score = score.with_user(self.user_officer)
        score.actual_value = 2
        self.assertEqual(score.self_points, 6)
        score.actual_value = 7
        self.assertEqual(score.self_points, 10, "the ceiling of the line; the sheet counts 5 of them")
        self.assertEqual(score.evaluation_id.self_total, 5)

    def test_a_violation_rules_better_grades_out(self):
        self.give("B", kind="knock_most", value=0, lines=("Nộp muộn",))
        self.register(self.employee_sub)
        review = self.new_round("Cả năm", (1, 1), (12, 31))
        review.action_open()
        lines = review.evaluation_ids.score_ids.sorted("sequence").with_user(self.user_officer)
        lines[0].actual_value, lines[1].self_points, lines[3].actual_value = 100, 30, 1
        sheet = review.evaluation_ids.with_user(self.user_officer)
        for verb in ("submit", "verify", "confirm"):
            getattr(sheet, f"action_{verb}")()
        self.assertEqual((sheet.final_total, sheet.grade_id.name), (98, "B"))

    def test_a_locked_copy_looks_at_its_own_criteria(self):
        template = self.new_sheet("Bộ có điều kiện")
        line = template.criterion_ids.filtered(lambda line: line.name == "Kỷ luật")
        officer = template.with_user(self.user_officer)
        officer.grade_ids[0].condition_ids = [
            Command.create({"kind": "least", "value": 25, "criterion_ids": [Command.set(line.ids)]})
        ]
        officer.tie_ids = [Command.create({"criterion_id": line.id})]
        campaign = self.new_campaign("Phong trào có điều kiện", individual_set_id=template.id)
        campaign.with_user(self.user_officer).action_launch()
        own = campaign.individual_set_id
        self.assertNotEqual(own, template)
        self.assertEqual(own.grade_ids.condition_ids.criterion_ids.set_id, own)
        self.assertEqual(own.tie_ids.criterion_id.set_id, own)
        for record in (own.grade_ids.condition_ids, own.tie_ids):
            with self.assertRaises(UserError):
                record.with_user(self.user_officer).unlink()

    def test_a_share_of_a_unit_holds_until_the_round_closes(self):
        best = self.campaign.individual_set_id.grade_ids[0]
        best._with_seal().write({"max_share": 50})
        with self.assertRaisesRegex(UserError, "at most 1 of 2"):
            self.grade_of({self.employee_sub: 30, self.employee_portal: 30})

    def assert_head_stands_above(self):
        """Score a head higher than the unit: the round is not closed."""
        head, unit = self.sub_unit.manager_id, self.sub_unit
        self.register(head, unit)
        review = self.new_round("Cả năm", (1, 1), (12, 31))
        review.action_open()
        for sheet in review.evaluation_ids.with_user(self.user_officer):
            lines = sheet.score_ids.sorted("sequence")
            lines[0].actual_value, lines[1].self_points = 100, 30 if sheet.employee_id else 10
        sheets = review.evaluation_ids.with_user(self.user_officer)
        for verb in ("submit", "verify", "confirm"):
            getattr(sheets, f"action_{verb}")()
        with self.assertRaisesRegex(UserError, head.name):
            review.action_close()

    def test_the_head_stands_not_above_the_unit(self):
        self.campaign.individual_set_id._with_seal().write({"is_head_not_above": True})
        self.assert_head_stands_above()

    def test_the_head_is_compared_by_the_yearly_rating_where_grades_have_other_names(self):
        units, people = self.campaign.collective_set_id, self.campaign.individual_set_id
        people._with_seal().write({"is_head_not_above": True})
        for grade, name in zip(units.grade_ids, ("Xuất sắc", "Khá"), strict=True):
            grade._with_seal().write({"name": name})
        self.assert_head_stands_above()

    def test_who_left_is_nobodys_share(self):
        best = self.campaign.individual_set_id.grade_ids[0]
        best._with_seal().write({"max_share": 50})
        leaver = self.new_employee("Người đã chuyển đi", self.employee_sub.department_id)
        self.employee_portal.sudo().department_id = self.employee_sub.department_id
        gone = self.register(leaver)
        self.register(self.employee_sub)
        review = self.new_round("Cả năm", (1, 1), (12, 31)).with_user(self.user_officer)
        review.action_open()
        sheet = review.evaluation_ids.filtered(lambda one: one.employee_id == self.employee_sub)
        lines = sheet.score_ids.sorted("sequence")
        lines[0].actual_value, lines[1].self_points = 100, 30
        for verb in ("submit", "verify", "confirm"):
            getattr(sheet, f"action_{verb}")()
        leaving.stop(gone, "Chuyển công tác")
        with self.assertRaisesRegex(UserError, "at most 0 of 1"):
            review.action_close()

    def test_a_line_that_is_not_on_the_sheet_asks_nothing_of_a_grade(self):
        """10 points for party work from those it applies to: who is none of them is not graded down for it."""
        line = self.campaign.individual_set_id.criterion_ids.filtered(lambda line: line.name == "Kỷ luật")
        line._with_seal().write({"employee_ids": self.employee_sub.ids})
        self.give("A", kind="least", value=25, lines=("Kỷ luật",))
        self.register(self.employee_portal)
        review = self.new_round("Cả năm", (1, 1), (12, 31))
        review.action_open()
        sheet = review.evaluation_ids.with_user(self.user_officer)
        sheet.score_ids.sorted("sequence")[0].actual_value = 95
        for verb in ("submit", "verify", "confirm"):
            getattr(sheet, f"action_{verb}")()
        self.assertEqual((sheet.final_total, sheet.grade_id.name), (95, "A"))

    def test_everybody_of_a_round_is_ranked_together_whatever_the_version(self):
        self.register(self.employee_sub)
        review = self.new_round("Cả năm", (1, 1), (12, 31)).with_user(self.user_officer)
        review.action_open()
        old = self.campaign.individual_set_id
        line = old.criterion_ids.filtered(lambda line: line.name == "Kỷ luật")
        self.env["emulation.tie.key"]._with_seal().create(
            {"set_id": old.id, "criterion_id": line.id, "kind": "criterion"}
        )
        new = old.with_user(self.user_officer)._do_new_version("Sửa hướng dẫn")
        new.action_lock()
        late = self.new_employee("Người đến sau", self.sub_unit)
        self.register(self.employee_portal, late)
        review.action_open()
        self.assertEqual(review.evaluation_ids.set_id, old | new)
        given = {self.employee_sub: (90, 27), self.employee_portal: (100, 20), late: (90, 30)}
        for sheet in review.evaluation_ids:
            lines = sheet.score_ids.sorted("sequence")
            lines[0].actual_value, lines[1].self_points = given[sheet.employee_id]
        for verb in ("submit", "verify", "confirm"):
            getattr(review.evaluation_ids, f"action_{verb}")()
        ranks = {sheet.employee_id: (sheet.final_total, sheet.rank) for sheet in review.evaluation_ids}
        self.assertEqual(
            ranks,
            {late: (93, 1), self.employee_sub: (90, 2), self.employee_portal: (90, 3)},
            "more for discipline",
        )

    def test_a_sheet_counts_its_limit_at_most(self):
        self.campaign.individual_set_id._with_seal().write({"most_points": 100})
        self.register(self.employee_sub)
        review = self.new_round("Cả năm", (1, 1), (12, 31)).with_user(self.user_officer)
        review.action_open()
        lines = review.evaluation_ids.score_ids.sorted("sequence")
        lines[0].actual_value, lines[1].self_points, lines[2].self_points = 100, 30, 4
        sheet = review.evaluation_ids.with_context(lang="vi_VN")
        self.assertEqual(sheet.self_total, 100)
        row = get_rows(sheet)[-2]
        self.assertEqual(row[:3], ("Vượt mức tối đa của một phiếu: 100", "", Decimal("-4.00")))

    def test_a_sheet_loses_its_limit_at_most(self):
        self.campaign.individual_set_id._with_seal().write({"deduction_cap": 5})
        self.register(self.employee_sub)
        review = self.new_round("Cả năm", (1, 1), (12, 31)).with_user(self.user_officer)
        review.action_open()
        lines = review.evaluation_ids.score_ids.sorted("sequence")
        lines[0].actual_value, lines[1].self_points, lines[3].actual_value = 100, 30, 4
        sheet = review.evaluation_ids.with_context(lang="vi_VN")
        self.assertEqual(sheet.self_total, 95, "2 points each of four times, 5 at most")
        row = get_rows(sheet)[-2]
        self.assertEqual(row[:3], ("Điểm trừ vượt mức tối đa 5", "", Decimal("3.00")))
        with self.assertRaises(ValidationError):
            self.sheet.deduction_cap = -1

    def test_equal_totals_are_decided_in_order(self):
        self.env["emulation.tie.key"]._with_seal().create(
            {"set_id": self.campaign.individual_set_id.id, "kind": "woman"}
        )
        self.employee_portal.sudo().sex, self.employee_sub.sudo().sex = "female", "male"
        sheets = self.grade_of({self.employee_sub: 28, self.employee_portal: 28})
        self.assertEqual(
            {sheet.employee_id.sudo().sex: sheet.rank for sheet in sheets}, {"female": 1, "male": 2}
        )


@tagged("post_install", "-at_install")
class TestYearTour(PeriodCommon, HttpCase):
    def test_a_year_made_of_months(self):
        year = self.new_round("Cả năm", (1, 1), (12, 31), way="mean")
        months = [
            self.new_round(f"Tháng {month}", (month, 1), (month, 28), part_of_id=year.id)
            for month in (1, 2, 3)
        ]
        self.register(self.employee_sub)
        for month, points in zip(months, (20, 25, 30), strict=True):
            self.score(month, {self.employee_sub: points})
        year.with_user(self.user_officer).action_open()
        sheet = year.evaluation_ids
        self.assertEqual(sheet.parts_total, 95)
        self.user_officer.lang = "vi_VN"
        login = self.user_officer.login
        self.start_tour(f"/odoo/emulation-evaluations/{sheet.id}", "hr_emulation_months", login=login)
