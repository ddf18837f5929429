"""Criteria whose levels are letters or words: entered, chosen, marked, counted and shown by name."""

import base64

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, tagged

from ...models.campaign import set_file
from ...models.campaign.explanation import get_rows, get_way_up
from ...models.campaign.review_report import ReviewFigures
from ..helpers.campaign_common import CampaignCommon
from ..helpers.import_common import ImportCommon, build_plain_workbook
from .test_marking import MarkingCommon
from .test_scoring_periods import PeriodCommon

LETTERS = "A+; A; B; C"
STANDARDS = ("Tư tưởng", "Chuyên môn", "Chủ nhiệm", "Ngày công", "Hồ sơ", "Công tác khác", "Đoàn kết")


def new_letters(test, name="Phiếu A+/A/B/C"):
    """Return the sheet of a high school without totals: A+ from five A+ and nothing below A, A with one below A.

    Entered as an officer does, the best grade first.
    """
    sheet = (
        test.env["emulation.criterion.set"]
        .with_user(test.user_officer)
        .create(
            {
                "name": name,
                "company_id": test.company.id,
                "scale": "levels",
                "criterion_ids": [
                    Command.create({"code": f"{place}", "name": one, "levels": LETTERS, "sequence": place})
                    for place, one in enumerate(STANDARDS, 1)
                ],
            }
        )
    )
    counts = {
        "A+": [("full_lines", "A+", 5), ("weak_lines", "A", 0)],
        "A": [("weak_lines", "A", 1)],
        "B": [("weak_lines", "B", 0)],
        "C": [],
    }
    for grade, conditions in counts.items():
        rules = [
            Command.create({"kind": kind, "level": level, "count": count})
            for kind, level, count in conditions
        ]
        sheet.grade_ids = [Command.create({"name": grade, "condition_ids": rules})]
    return sheet


def choose(sheet, user, names):
    """Give the lines of a sheet levels by name, as a form sends them: by what each is worth."""
    for line, name in zip(sheet.score_ids.sorted("sequence").with_user(user), names, strict=True):
        line.self_points = dict(line.level_choices)[name]


@tagged("post_install", "-at_install")
class TestLevels(CampaignCommon, ImportCommon):
    def new_round_of(self, sheet, *recipients):
        self.campaign = self.new_campaign("Phong trào chữ", individual_set_id=sheet.id)
        self.campaign.with_user(self.user_officer).action_launch()
        self.register(*recipients, campaign=self.campaign)
        return self.open_round(self.campaign)

    def test_grades_count_letters_and_no_total_is_shown(self):
        review = self.new_round_of(
            new_letters(self), self.employee_sub, self.employee_portal, self.employee_council
        )
        expected = {}
        for sheet, names, grade, told in zip(
            review.evaluation_ids,
            (["A+"] * 5 + ["A"] * 2, ["A+"] * 6 + ["B"], ["A+"] * 5 + ["B"] * 2),
            ("A+", "A", "B"),
            ("5 A+, 2 A", "6 A+, 1 B", "5 A+, 2 B"),
            strict=True,
        ):
            choose(sheet, self.user_officer, names)
            expected[sheet] = (grade, told)
        officer = review.evaluation_ids.with_user(self.user_officer).with_context(lang="vi_VN")
        officer.action_submit()
        self.assertIn("1 tiêu chí dưới mức “A”", " ".join(get_way_up(officer[1])[1]))
        officer.action_verify()
        officer.action_confirm()
        for sheet in officer:
            self.assertEqual((sheet.grade_id.name, sheet.levels_text), expected[sheet._origin])
        rows = get_rows(officer[0])
        self.assertEqual([row.text for row in rows], ["A+"] * 5 + ["A"] * 2, "no total of letters")
        self.assertIn("<td class='text-end text-nowrap'>A+</td>", officer[0].explanation)

    def test_a_level_that_is_not_there_is_refused_by_name(self):
        review = self.new_round_of(new_letters(self), self.employee_sub)
        line = review.evaluation_ids.score_ids[0].with_user(self.user_officer)
        for points in (2.5, 4, -1):
            with self.assertRaises(ValidationError):
                line.self_points = points
        with self.assertRaisesRegex(ValidationError, "A\\+, A, B, C"):
            line.self_points = 2.5
        self.assertFalse(line.is_self_scored)

    def test_the_worst_level_is_a_choice_and_nothing_is_chosen_beforehand(self):
        sheet = self.new_round_of(new_letters(self), self.employee_sub).evaluation_ids
        first = sheet.score_ids.sorted("sequence")[0].with_user(self.user_officer)
        self.assertEqual((first.level_choices[-1], first.points_given["self_points"]), (["C", 0], False))
        first.self_points = 0
        self.assertEqual((first.is_self_scored, first.points_given["self_points"]), (True, True))
        self.assertEqual(sheet.levels_text, "1 C")
        first.write({"self_points": False})
        self.assertEqual((first.is_self_scored, sheet.levels_text), (False, False))

    def test_words_that_are_worth_points(self):
        line = self.sheet.criterion_ids.filtered(lambda line: line.name == "Kỷ luật")
        line = line.with_user(self.user_officer).with_context(lang="vi_VN")
        line.write({"levels": "Trung bình: 15; Tốt: 30; Khá: 22,5"})
        self.assertEqual(line.rule_text, "Các mức: Tốt 30, Khá 22,5, Trung bình 15")
        sheet = self.new_round_of(self.sheet, self.employee_sub).evaluation_ids
        self.fill(sheet, self.user_officer, discipline=22.5)
        with self.assertRaisesRegex(ValidationError, "Tốt, Khá, Trung bình"):
            sheet.score_ids.sorted("sequence")[1].with_user(self.user_sub_head).verified_points = 0
        rows = get_rows(sheet.with_user(self.user_officer))
        self.assertEqual((rows[1].label, rows[1].how, rows[1].text), ("Kỷ luật", "Khá", "22,5"))
        self.assertEqual((rows[-1].text, sheet.levels_text), ("92,5", "1 Khá"))

    def test_what_is_typed_wrongly_is_said(self):
        line = self.sheet.criterion_ids.filtered(lambda line: line.name == "Kỷ luật")
        for text, reason in (
            ("Tốt: 30; Khá: 30", "worth the same"),
            ("Tốt: 30; tốt: 20", "twice"),
            ("Tốt: 30; Khá", "has no points"),
            ("Tốt: 30", "nothing to choose"),
        ):
            with self.assertRaisesRegex(ValidationError, reason):
                line.levels = text
        with self.assertRaisesRegex(ValidationError, "but the maximum is 30"):
            line.write({"levels": "Tốt: 25; Khá: 20", "max_points": 30})
        with self.assertRaisesRegex(ValidationError, "by level"):
            self.sheet.criterion_ids.filtered(lambda one: one.kind == "quantity").levels = LETTERS
        with self.assertRaisesRegex(ValidationError, "no criterion has a level “D”"):
            new_letters(self).grade_ids[0].condition_ids[0].level = "D"
        sheet = new_letters(self)
        sheet.criterion_ids.levels = "A+; A; B"
        self.assertFalse(sheet._get_cannot_use_reason())
        sheet.criterion_ids.levels = "Tốt; Khá"
        self.assertIn("“A+”", sheet._get_cannot_use_reason()[sheet.id])
        sheet.grade_ids.condition_ids.unlink()
        sheet.criterion_ids[0].levels = False
        self.assertIn("Tư tưởng", sheet._get_cannot_use_reason()[sheet.id])

    def test_the_best_level_is_the_maximum(self):
        line = self.sheet.criterion_ids.filtered(lambda line: line.name == "Kỷ luật")
        with Form(line.with_user(self.user_officer)) as form:
            form.levels = "Tốt: 40; Khá: 20"
            self.assertEqual(form.max_points, 40)
        self.assertEqual(line.max_points, 40)

    def test_it_goes_out_and_in_whole(self):
        sheet = new_letters(self)
        before = set_file.describe(sheet)
        self.assertEqual(before["criteria"][0]["levels"], LETTERS)
        self.assertEqual(before["grades"][0]["conditions"][0]["level"], "A+")
        told = sheet.grade_ids[0].condition_ids.with_context(lang="vi_VN").mapped("display_name")
        self.assertEqual(told, ["Ít nhất 5 tiêu chí đạt A+", "Không tiêu chí nào dưới A"])
        copy = set_file.create(sheet.env, before)
        self.assertEqual(set_file.describe(copy), before, "as JSON")
        self.assertEqual(set_file.describe(sheet.copy({"name": sheet.name})), before, "as a copy")
        wizard = self.env["emulation.set.import"].with_user(self.user_officer).create({"set_id": copy.id})
        exported = wizard._export()
        copy.criterion_ids.levels = "Đạt; Không đạt"
        comparison = self.env["emulation.set.compare"].with_user(self.user_officer)
        rows = comparison.new({"old_id": sheet.id, "new_id": copy.id}).line_ids
        self.assertIn((LETTERS, "Đạt; Không đạt"), [(row.old_value, row.new_value) for row in rows])
        wizard.data = base64.b64encode(exported)
        wizard.action_import()
        self.assertEqual(set_file.describe(copy), before, "as a workbook")

    def test_a_list_of_criteria_without_maximum(self):
        head = ["Mã", "Tiêu chí", "Loại", "Điểm tối đa", "Các mức"]
        wizard = (
            self.env["emulation.set.import"].with_user(self.user_officer).create({"set_id": self.sheet.id})
        )
        wizard.data = self.workbook(head, ["1", "Nền nếp", "Định tính", "", "Tốt: 100; Khá: 70"])
        wizard.action_import()
        line = self.sheet.criterion_ids
        self.assertEqual((line.levels, line.max_points), ("Tốt: 100; Khá: 70", 100))
        wizard.data = self.workbook(head, ["1", "Nền nếp", "Định tính", 90, "Tốt: 100; Khá: 70"])
        with self.assertRaisesRegex(UserError, "Row 2: “Tốt”, the best level"):
            wizard.action_import()

    @staticmethod
    def workbook(head, *rows):
        return base64.b64encode(build_plain_workbook(head, rows))

    def test_letters_come_in_from_a_list(self):
        review = self.new_round_of(new_letters(self), self.employee_sub)
        head = ["STT", "Họ và tên", *STANDARDS[:3]]
        rows = [[1, "Nguyễn Thị Ánh", "A+", "b", "D"]]
        record = self.new_import(head, *rows, kind="score", review_id=review.id)
        self.assertEqual(self.get_verdicts(record), ["change", "change", "wrong"])
        self.assertIn("“D”", record.line_ids[2].message)
        self.assertIn(": A+", record.line_ids[0].message)
        record.action_run()
        lines = review.evaluation_ids.score_ids.sorted("sequence")
        self.assertEqual(lines.mapped("self_points")[:3], [3, 1, 0])
        self.assertEqual(review.evaluation_ids.levels_text, "1 A+, 1 B")

    def test_counting_levels_costs_the_same_for_many(self):
        people = self.env["hr.employee"].create(
            [{"name": f"Người {number}", "company_id": self.company.id} for number in range(22)]
        )
        sheets = self.new_round_of(new_letters(self), *people).evaluation_ids

        def queries(count):
            return self.count_queries(lambda: sheets[:count].mapped("levels_text"))

        queries(2)
        self.assertEqual(queries(2), queries(22))

    def test_letters_are_no_points_anywhere(self):
        review = self.new_round_of(
            new_letters(self), self.employee_sub, self.employee_portal, self.employee_council
        )
        for sheet, names in zip(
            review.evaluation_ids,
            (["A+"] * 5 + ["B"] * 2, ["A+"] * 7, ["A+"] * 5 + ["A"] * 2),
            strict=True,
        ):
            choose(sheet, self.user_officer, names)
        officer = review.evaluation_ids.with_user(self.user_officer)
        for verb in ("submit", "verify", "confirm"):
            getattr(officer, f"action_{verb}")()
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT self_total, verified_total, final_total FROM emulation_evaluation WHERE id IN %s",
            [tuple(officer.ids)],
        )
        self.assertEqual(self.env.cr.fetchall(), [(None, None, None)] * 3, "nothing to average")
        review._update_ranks()
        self.assertEqual(officer.mapped("grade_id.name"), ["B", "A+"])
        self.assertEqual(officer.mapped("rank"), [3, 1, 1], "ranked by grade, not by a hidden sum")
        figures = ReviewFigures(review)
        self.assertEqual({unit["mean"] for unit in figures.list_units()}, {None})
        self.assertEqual(figures.list_criteria(), [])
        row = officer[1]._get_export_row()
        self.assertEqual(row[-6:], (None, None, None, "7 A+", "A+", 1))

    def test_a_block_does_not_compare_letters_by_points(self):
        block = self.env["emulation.block"].create({"name": "Cụm chữ", "company_id": self.company.id})
        block.member_ids = [Command.create({"name": name}) for name in ("Sở A", "Sở B")]
        block.set_id = new_letters(self).copy({"is_template": True, "subject": "collective"})
        with self.assertRaisesRegex(UserError, "a block compares points"):
            block.with_user(self.user_officer).action_start_year()


@tagged("post_install", "-at_install")
class TestLevelsOfMonths(PeriodCommon):
    def test_a_year_of_letters_shows_the_grade_of_each_month(self):
        self.campaign = self.new_campaign("Năm học", individual_set_id=new_letters(self).id)
        own = self.campaign.individual_set_id
        own.grade_ids[0].condition_ids = [Command.create({"kind": "parts", "count": 1})]
        self.campaign.with_user(self.user_officer).action_launch()
        own = self.campaign.individual_set_id
        own.criterion_ids._with_seal().write({"is_whole_only": False})
        year, first, second = self.new_terms(way="mean")
        self.register(self.employee_sub, campaign=self.campaign)
        for term, names in ((first, ["A+"] * 7), (second, ["A+"] * 6 + ["B"])):
            officer = term.with_user(self.user_officer)
            officer.action_open()
            sheet = term.evaluation_ids.with_user(self.user_officer)
            choose(sheet, self.user_officer, names)
            for verb in ("submit", "verify", "confirm"):
                getattr(sheet, f"action_{verb}")()
            officer.action_close()
        year.action_open()
        sheet = year.evaluation_ids.with_user(self.user_officer).with_context(lang="vi_VN")
        rows = [(row.label, row.how, row.text) for row in get_rows(sheet)]
        self.assertEqual(
            rows,
            [
                ("Từ các kỳ: Học kỳ I", "7 A+", "A+"),
                ("Từ các kỳ: Học kỳ II", "6 A+, 1 B", "A"),
            ],
        )


@tagged("post_install", "-at_install")
class TestLevelsInTheGrid(MarkingCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line.levels = "Tốt: 30; Khá: 22,5; Trung bình: 15"
        work = cls.sheet.criterion_ids.filtered(lambda line: line.name == "Hoàn thành nhiệm vụ")
        cls.give_markers(work, {"department_id": cls.other_unit.id})

    def test_letters_are_typed_and_pasted_by_name(self):
        self.user_council.lang = "vi_VN"
        review = self.open_marking(self.sub_unit, self.unit)
        grid = self.env["emulation.score"].with_user(self.user_council).get_marking(review.id)
        self.assertEqual(grid["columns"][1]["levels"], [["Tốt", 30], ["Khá", 22.5], ["Trung bình", 15]])
        first, _second = self.get_lines(review)
        answer = self.mark(self.user_council, review, [(first, 20)], "Sai mức")
        self.assertIn("Tốt, Khá, Trung bình", answer["errors"][first.id])
        login = self.user_council.login
        self.start_tour("/odoo/emulation-marking", "hr_emulation_marking_levels", login=login)
        given = {
            line.evaluation_id.department_id.name: line.verified_points for line in self.get_lines(review)
        }
        self.assertEqual(given, {"Phòng Tổng hợp": 22.5, "Tổ Thi đua": 15})
