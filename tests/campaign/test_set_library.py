import base64
import io

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ...engine import scoring
from ...models.campaign import set_file
from ...office import criteria_file
from ..helpers.campaign_common import CampaignCommon


def leave_out_empty(part):
    """Return a part of a file without what says no or 0."""
    if isinstance(part, list):
        return [leave_out_empty(one) for one in part]
    if isinstance(part, dict):
        return {key: leave_out_empty(value) for key, value in part.items() if value}
    return part


def line(code, name, kind, group=None, **vals):
    return {"code": code, "name": name, "kind": kind, "parent_id": group.id if group else False, **vals}


@tagged("post_install", "-at_install")
class TestSetFile(CampaignCommon):
    """A set goes to another agency and comes back whole; two versions are compared; samples begin a set."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rich = cls.new_rich_sheet()

    @classmethod
    def new_rich_sheet(cls):
        criteria, sheet = cls.env["emulation.criterion"], cls.new_sheet("Bộ tiêu chí phòng")
        sheet.criterion_ids.unlink()
        sheet.write(
            {"bonus_cap": 10, "deduction_cap": 15, "is_head_not_above": True, "note": "Điều chỉnh chỉ tiêu."}
        )
        work, bonus = criteria.create(
            [
                line("1", "Công việc", "group", set_id=sheet.id, sequence=1),
                line("2", "Điểm cộng", "group", set_id=sheet.id, sequence=5, max_points=6),
            ]
        )
        criteria.create([{"set_id": sheet.id, **one} for one in cls.list_lines(work, bonus)])
        sheet.grade_ids.unlink()
        cls.new_rules(sheet)
        return sheet

    @classmethod
    def list_lines(cls, work, bonus):
        """Return what a line of a sheet can say, each of it once at least."""
        on_time = {
            "sequence": 2,
            "max_points": 70,
            "target": 98,
            "unit_of_measure": "%",
            "guidance": "Tính theo hệ thống một cửa.\nLấy số cuối kỳ.",
            "step_ids": [
                Command.create({"start": 0, "end": 80, "points": 20}),
                Command.create({"start": 80, "is_open": True, "points": 70}),
            ],
            "minimum_ids": [Command.create({"award_id": cls.award.id, "points": 50})],
        }
        each_time = {"sequence": 9, "points_per_occurrence": 0.5}
        each_time |= {"evidence_required": True, "evidence_each": True}
        return [
            line("1.1", "Hồ sơ đúng hạn", "quantity", work, **on_time),
            line("1.2", "Kỷ luật", "yes_no", work, sequence=3, max_points=30, evidence_required=True),
            line("2.1", "Sáng kiến", "bonus", bonus, sequence=6, max_points=5),
            line("2.2", "Được khen", "bonus", bonus, sequence=7, max_points=5),
            line("3", "Đi muộn", "deduction", **each_time),
        ]

    @classmethod
    def new_rules(cls, sheet):
        by_code = {line.code: line.id for line in sheet.criterion_ids}
        cls.env["emulation.grade"].create(
            [
                {
                    **{"set_id": sheet.id, "name": "Xuất sắc", "min_points": 90, "rating": "excellent"},
                    **{"max_share": 20, "share_of": "next_up"},
                    "share_ids": [Command.create({"unit_grade": "Xuất sắc", "share": 25})],
                    "condition_ids": [
                        Command.create(
                            {"kind": "least", "value": 60, "criterion_ids": [Command.set([by_code["1"]])]}
                        ),
                        Command.create({"kind": "full_lines", "value": 80, "count": 2}),
                    ],
                },
                {"set_id": sheet.id, "name": "Hoàn thành", "min_points": 50, "rating": "completed"},
            ]
        )
        cls.env["emulation.tie.key"].create(
            [
                {"set_id": sheet.id, "sequence": 1, "kind": "criterion", "criterion_id": by_code["1.1"]},
                {"set_id": sheet.id, "sequence": 2, "kind": "seniority"},
            ]
        )

    def library(self, **vals):
        return self.env["emulation.set.library"].with_user(self.user_officer).create(vals)

    def share(self, sheet):
        wizard = self.env["emulation.set.import"].with_user(self.user_officer).create({"set_id": sheet.id})
        url = wizard.action_share()["url"]
        self.assertIn("download=true", url)
        self.assertEqual(wizard.filename, f"{sheet.name}.json")
        return wizard.data

    def begin(self, **vals):
        action = self.library(**vals).action_create()
        return self.env["emulation.criterion.set"].browse(action["res_id"])

    def test_a_shared_set_comes_back_whole(self):
        copied = self.begin(data=self.share(self.rich))
        self.assertEqual(set_file.describe(copied), set_file.describe(self.rich))
        self.assertEqual(copied.company_id, self.company)
        self.assertEqual(copied.current_total, 100)
        order = copied.criterion_ids.sorted(lambda line: (line.sequence, line.id)).mapped("code")
        self.assertEqual(order, ["1", "1.1", "1.2", "2", "2.1", "2.2", "3"])
        self.assertTrue(copied.grade_ids.condition_ids.criterion_ids <= copied.criterion_ids)
        self.assertFalse(copied.locked)

    def test_a_rule_needs_a_code_to_be_shared(self):
        self.rich.criterion_ids.filtered(lambda line: line.code == "1.1").code = False
        with self.assertRaisesRegex(UserError, "Hồ sơ đúng hạn"):
            self.share(self.rich)

    def test_what_a_file_may_not_say(self):
        content = set_file.describe(self.rich)
        for change, where in (
            ({"locked": True}, "locked"),
            ({"company_id": 1}, "company_id"),
            ({"criteria": [{"name": "A", "kind": "rating", "set_id": 1}]}, "set_id"),
            ({"criteria": [{"name": "A", "kind": "rating", "max_points": -1}]}, "max_points"),
            ({"criteria": [{"name": "A", "kind": "rating", "minimums": {"NONE": 1}}], "grades": [], "ties": []},
             "NONE"),
            ({"grades": [{"name": "A", "min_points": 1, "conditions": [{"kind": "most", "criteria": ["9"]}]}]}, "9"),
        ):  # fmt: skip
            with self.subTest(change), self.assertRaisesRegex(UserError, where):
                self.begin(data=base64.b64encode(criteria_file.write(content | change)))
        for data in (b"{", b"[]", b'{"name": "x"}', b"\xff\xfe", b'{"a":' * 100_000):
            with self.subTest(data[:5]), self.assertRaises(UserError):
                self.begin(data=base64.b64encode(data))
        with self.assertRaises(UserError):
            self.library().action_create()

    def test_only_officers_begin_a_set(self):
        with self.assertRaises(AccessError):
            self.env["emulation.set.library"].with_user(self.user_head).create({})

    def test_every_sample_makes_a_set_that_can_be_used(self):
        self.assertGreaterEqual(len(set_file.read_samples()), 6)
        for key, content in set_file.read_samples().items():
            with self.subTest(key):
                dialog = self.library(sample=key)
                for text in (content["note"][:30], content["criteria"][0]["name"]):
                    self.assertIn(text, dialog.preview)
                sheet = self.begin(sample=key)
                self.assertEqual(sheet._get_cannot_use_reason(), {})
                self.assertEqual(
                    leave_out_empty(set_file.describe(sheet)), leave_out_empty({**content, "fits": None})
                )

    def test_a_set_of_many_lines_costs_no_more(self):
        def measure(count):
            line = {"kind": "rating", "max_points": 1, "steps": []}
            lines = [{**line, "name": f"Tiêu chí {number}", "code": str(number)} for number in range(count)]
            content = {
                "name": f"Bộ {count}",
                "criteria": [{"name": "Nhóm", "kind": "group", "children": lines}],
            }
            return self.count_queries(lambda: set_file.create(self.env(user=self.user_officer), content))

        measure(2)
        self.assertEqual(measure(2), measure(22))

    def test_two_versions_are_compared(self):
        new = self.rich.copy({"name": self.rich.name})
        new._write_protected({"template_id": self.rich.id})
        action = new.with_user(self.user_officer).action_compare()["context"]
        comparison = self.env["emulation.set.compare"].with_user(self.user_officer).with_context(action)
        dialog = comparison.new({"old_id": self.rich.id, "new_id": new.id})
        self.assertFalse(dialog.line_count)
        new.criterion_ids.filtered(lambda line: line.code == "1.1").max_points = 72.5
        new.criterion_ids.filtered(lambda line: line.code == "2.2").unlink()
        new.grade_ids[0].condition_ids[0].value = 65
        new.deduction_cap = 20
        dialog = comparison.with_context(lang="vi_VN").new({"old_id": self.rich.id, "new_id": new.id})
        rows = [(line.where, line.point, line.old_value, line.new_value) for line in dialog.line_ids]
        self.assertEqual(rows.pop(0)[1:], ("Giới hạn điểm trừ", "15", "20"))
        self.assertEqual(rows[0], ("1.1. Hồ sơ đúng hạn", "Điểm tối đa", "70", "72,5"))
        self.assertEqual(rows[1][0], "2.2. Được khen")
        self.assertEqual((rows[2][0], rows[2][1]), ("Xuất sắc", "Điều kiện"))
        self.assertIn("65", rows[2][3])
        self.assertEqual(len(rows), 3)

    def test_grades_go_out_and_in_by_a_sheet_program(self):
        before = set_file.describe(self.rich)
        wizard = (
            self.env["emulation.set.import"].with_user(self.user_officer).create({"set_id": self.rich.id})
        )
        exported = wizard._export()
        self.rich.grade_ids.unlink()
        wizard.data = base64.b64encode(exported)
        wizard.action_import()
        self.assertEqual(set_file.describe(self.rich)["grades"], before["grades"])
        self.assertEqual(set_file.describe(self.rich)["criteria"], before["criteria"])
        wizard.data = base64.b64encode(self.change_cell(exported, "Xếp loại", "B3", "nhiều"))
        with self.assertRaisesRegex(UserError, "nhiều"):
            wizard.action_import()
        self.assertEqual(set_file.describe(self.rich)["grades"], before["grades"], "all or nothing")

    def test_limits_of_the_sheet_go_out_and_in_by_a_sheet_program(self):
        limits = ("total_points", "bonus_cap", "deduction_cap", "most_points")
        self.rich.most_points = 105.5
        wizard = (
            self.env["emulation.set.import"].with_user(self.user_officer).create({"set_id": self.rich.id})
        )
        exported = wizard._export()
        self.rich.write({"bonus_cap": 1, "deduction_cap": 0, "most_points": 0})
        self.rich.criterion_ids.filtered(lambda line: line.code == "3").evidence_each = False
        wizard.data = base64.b64encode(exported)
        for _time in range(3):
            wizard.action_import()
            self.assertEqual([self.rich[name] for name in limits], [100, 10, 15, 105.5])
        self.assertTrue(self.rich.criterion_ids.filtered(lambda line: line.code == "3").evidence_each)
        for cell, value in (("A3", "Mây trời"), ("B4", "nhiều")):
            wizard.data = base64.b64encode(self.change_cell(exported, "Giới hạn", cell, value))
            with self.assertRaisesRegex(UserError, value):
                wizard.action_import()
        self.assertEqual(self.rich.deduction_cap, 15, "all or nothing")

    def test_a_list_without_limits_leaves_them(self):
        from openpyxl import load_workbook

        wizard = (
            self.env["emulation.set.import"].with_user(self.user_officer).create({"set_id": self.rich.id})
        )
        book, buffer = load_workbook(io.BytesIO(wizard._export())), io.BytesIO()
        del book["Giới hạn"]
        book.save(buffer)
        wizard.data = base64.b64encode(buffer.getvalue())
        wizard.action_import()
        self.assertEqual((self.rich.bonus_cap, self.rich.deduction_cap), (10, 15))

    @staticmethod
    def change_cell(data, page, cell, value):
        from openpyxl import load_workbook

        book, buffer = load_workbook(io.BytesIO(data)), io.BytesIO()
        book[page][cell] = value
        book.save(buffer)
        return buffer.getvalue()

    def test_a_group_limits_what_its_bonus_counts(self):
        lines = self.rich._get_engine_criteria()
        given = {line.key: line.max_points for line in lines}
        self.assertEqual(
            scoring.add_up(lines, given, self.rich.bonus_cap or None).total,
            106,
            "5 + 5 points, at most 6 of the group",
        )
