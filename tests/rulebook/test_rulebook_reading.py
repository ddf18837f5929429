"""An agency's own reading of the amended law comes in as a list: kept, changed, dropped, added; all or nothing."""

import base64
import io

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from openpyxl import load_workbook

from ...office.write_xlsx import build_plain_workbook
from ..helpers.common import EmulationCommon


@tagged("post_install", "-at_install")
class TestRulebookReading(EmulationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rulebook.date_to = "2030-12-31"
        cls.book = cls.env["emulation.rulebook"].create(
            {"name": "Luật sửa đổi", "code": "RS-TEST", "date_from": "2031-01-01", "state": "active"}
        )
        cls.rule, cls.other = cls.env["emulation.award.rule"].create(
            [
                {
                    "rulebook_id": cls.book.id,
                    "award_id": award.id,
                    "requirement_ids": [
                        Command.create({**vals, "confidence": "uncompared", "doubt": "Chưa đối chiếu"})
                        for vals in (
                            {"name": "Hoàn thành tốt", "kind": "rating", "rating": "good", "sequence": 1},
                            {"name": "Có sáng kiến", "kind": "initiative", "reach": "unit", "sequence": 2},
                            {"name": "Chấp hành tốt", "kind": "judgement", "sequence": 3},
                        )
                    ],
                }
                for award in (cls.award, cls.collective_award)
            ]
        )
        cls.rating, cls.initiative, cls.conduct = cls.rule.requirement_ids

    def dialog(self, user=None):
        wizards = self.env["emulation.reading.import"].with_user(user or self.user_admin)
        return wizards.create({"rulebook_id": self.book.id})

    def export(self):
        dialog = self.dialog()
        dialog.action_export()
        return [
            list(row)
            for row in load_workbook(io.BytesIO(base64.b64decode(dialog.data))).active.iter_rows(
                values_only=True
            )
        ]

    def bring_back(self, verdicts, user=None, extra=()):
        """Write verdicts into the exported list: {line: (verdict, {heading: value})}."""
        head, *rows = self.export()
        for row in rows:
            verdict, values = verdicts.get(row[0], ("", {}))
            row[head.index("Kết quả đối chiếu")] = verdict
            for heading, value in values.items():
                row[head.index(heading)] = value
        for values in extra:
            rows.append([values.get(heading) for heading in head])
        dialog = self.dialog(user)
        dialog.data = base64.b64encode(build_plain_workbook(head, rows))
        return dialog.action_import()

    def local(self, rule):
        book = self.env["emulation.rulebook"].search(
            [("parent_id", "=", self.book.id), ("company_id", "=", self.company.id)]
        )
        return book.award_rule_ids.filtered(lambda own: own.award_id == rule.award_id)

    def test_the_list_holds_every_line_in_vietnamese(self):
        head, *rows = self.export()
        self.assertEqual(head[:2], ["Mã dòng", "Mã danh hiệu"])
        self.assertEqual([row[0] for row in rows], (self.rule | self.other).requirement_ids.ids)
        self.assertIn("Có sáng kiến", [row[3] for row in rows])

    def test_what_is_kept_is_confirmed_for_this_agency_alone(self):
        self.bring_back({self.rating.id: ("Giữ nguyên", {})})
        own = self.rating.with_company(self.company)
        self.assertFalse(own.needs_confirmation)
        self.assertTrue(self.rating.with_company(self.other_company).needs_confirmation)
        self.assertTrue(self.initiative.needs_confirmation, "no verdict: left for later")
        self.assertFalse(self.local(self.rule), "the shared book holds")

    def test_what_differs_goes_into_the_agency_s_own_book(self):
        self.bring_back(
            {
                self.rating.id: ("sửa", {"Xếp loại từ": "Hoàn thành xuất sắc", "Căn cứ mới": "Điều 23"}),
                self.initiative.id: ("GIỮ NGUYÊN", {}),
                self.conduct.id: ("Bỏ", {}),
            },
            extra=[
                {
                    "Mã danh hiệu": self.award.code,
                    "Kết quả đối chiếu": "Thêm",
                    "Điều kiện mới": "Được tập thể suy tôn",
                }
            ],
        )
        own = self.local(self.rule).with_company(self.company)
        self.assertEqual(
            own.requirement_ids.mapped(lambda line: (line.kind, line.rating, line.name)),
            [
                ("rating", "excellent", "Hoàn thành tốt"),
                ("initiative", False, "Có sáng kiến"),
                ("judgement", False, "Được tập thể suy tôn"),
            ],
        )
        self.assertFalse(any(own.requirement_ids.mapped("needs_confirmation")))
        self.assertEqual(own.requirement_ids[0].article, "Điều 23")
        self.assertFalse(own.requirement_ids[0].doubt)
        self.assertEqual(len(self.rule.requirement_ids), 3, "what all agencies share stays as it is")
        self.assertEqual(self.rating.rating, "good")
        self.assertFalse(self.local(self.other))

    def test_again_changes_nothing(self):
        verdicts = {self.rating.id: ("Sửa", {"Xếp loại từ": "Hoàn thành xuất sắc"})}
        self.bring_back(verdicts)
        before = self.local(self.rule).requirement_ids.ids
        self.bring_back(verdicts)
        self.assertEqual(self.local(self.rule).requirement_ids.ids, before)

    def test_one_bad_row_stores_nothing(self):
        for values, words in (
            (("vừa vừa", {}), "unknown verdict “vừa vừa”"),
            (("Sửa", {}), "nothing says what changes"),
            (("Sửa", {"Số năm": -3}), "“-3.0” is not a number|“-3” is not a number"),
            (("Sửa", {"Số năm": "inf"}), "“inf” is not a number"),
            (("Sửa", {"Số năm": 2.5}), "“2.5” is not a number"),
            (("Sửa", {"Tỷ lệ (%)": 70}), "this condition has no “Tỷ lệ"),
            (("Sửa", {"Xếp loại từ": "vàng"}), "unknown rating “vàng”"),
            (("Giữ nguyên", {"Mã danh hiệu": "KHONG-CO"}), "the book has no line"),
        ):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, words):
                self.bring_back({self.initiative.id: ("Giữ nguyên", {}), self.rating.id: values})
            self.assertTrue(self.initiative.needs_confirmation)
        with self.assertRaisesRegex(UserError, "No row has a verdict"):
            self.bring_back({})
        self.assertFalse(self.local(self.rule))

    def test_a_line_of_another_book_is_not_taken(self):
        stranger = self.env["emulation.requirement"].search([("rulebook_id", "!=", self.book.id)], limit=1)
        with self.assertRaisesRegex(UserError, "the book has no line"):
            self.bring_back(
                {},
                extra=[
                    {
                        "Mã dòng": stranger.id,
                        "Mã danh hiệu": stranger.award_id.code,
                        "Kết quả đối chiếu": "Giữ nguyên",
                    }
                ],
            )

    def test_officers_do_not_decide_what_the_law_says(self):
        with self.assertRaises(AccessError):
            self.bring_back({self.rating.id: ("Giữ nguyên", {})}, user=self.user_officer)
