"""Yearly ratings from an .xlsx file: all rows or none, and every bad row is named."""

import base64
import io

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import EmulationCommon

HEADER = ("kind", "name", "unit", "email", "year", "rating", "source")


@tagged("post_install", "-at_install")
class TestRatingImport(EmulationCommon):
    def workbook(self, *rows, header=HEADER):
        import xlsxwriter

        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True})
        sheet = book.add_worksheet()
        for number, row in enumerate((header, *rows)):
            sheet.write_row(number, 0, row)
        book.close()
        return base64.b64encode(buffer.getvalue())

    def new_import(self, *rows, user=None, **vals):
        wizard = self.env["emulation.rating.import"].with_user(user or self.user_officer)
        vals = {"company_id": self.company.id, "year": 2025, "filename": "xep-loai.xlsx", **vals}
        return wizard.create({"data": self.workbook(*rows), **vals})

    def get_ratings(self):
        return self.env["emulation.rating"].search([("company_id", "=", self.company.id)], order="id")

    def test_people_and_units_are_found_by_what_officers_write(self):
        self.employee_other.work_email = "cuong@example.com"
        namesake = self.new_employee("Nguyễn Thị Ánh", self.other_unit)
        self.new_import(
            ("cá nhân", "Trần Đề Xuất", "", "", 2025, "Hoàn thành xuất sắc nhiệm vụ", "QĐ 15"),
            ("", "nguyen thi anh", "Phòng Kế toán", "", "", "Hoàn thành tốt", ""),
            ("person", "Tên khác", "", "CUONG@example.com", "2024", "completed", ""),
            ("Tập thể", "Phòng Tổng hợp", "", "", 2025, "không hoàn thành nhiệm vụ", ""),
        ).action_import()
        self.assertRecordValues(
            self.get_ratings(),
            [
                {
                    "recipient_key": f"employee:{self.employee_proposer.id}",
                    "year": 2025,
                    "rating": "excellent",
                },
                {"recipient_key": f"employee:{namesake.id}", "year": 2025, "rating": "good"},
                {"recipient_key": f"employee:{self.employee_other.id}", "year": 2024, "rating": "completed"},
                {"recipient_key": f"department:{self.unit.id}", "year": 2025, "rating": "not_completed"},
            ],
        )
        self.assertEqual(self.get_ratings().mapped("source"), ["QĐ 15"] + ["xep-loai.xlsx"] * 3)

    def test_every_bad_row_is_listed_and_nothing_is_imported(self):
        self.new_employee("Nguyễn Thị Ánh", self.other_unit)
        self.env["emulation.rating"].create(
            {
                "employee_id": self.employee_unit.id,
                "company_id": self.company.id,
                "year": 2025,
                "rating": "good",
            }
        )
        before = self.get_ratings()
        wizard = self.new_import(
            ("", "Trần Đề Xuất", "", "", 2025, "good", ""),
            ("", "Không Ai Cả", "", "", 2025, "good", ""),
            ("", "Nguyễn Thị Ánh", "", "", 2025, "good", ""),
            ("", "Hoàng Cường", "", "", "hai nghìn", "tuyệt vời", ""),
            ("con mèo", "Hoàng Cường", "", "", 2025, "good", ""),
            ("", "Đặng Văn Bình", "", "", 2025, "excellent", ""),
            ("", "TRẦN ĐỀ XUẤT", "", "", 2025, "completed", ""),
            ("", "Lý Người Ngoài", "", "", 2025, "good", ""),
        )
        with self.assertRaises(UserError) as caught:
            wizard.action_import()
        text = str(caught.exception)
        for part in (
            "Row 3: nobody is called “Không Ai Cả”",
            "Row 4: “Nguyễn Thị Ánh” is the name of 2",
            "Row 5: unknown rating “tuyệt vời”, “hai nghìn” is not a year",
            "Row 6: unknown kind “con mèo”",
            "Row 7: already rated for 2025",
            "Row 8: the same as row 2",
            "Row 9: nobody is called “Lý Người Ngoài”",
        ):
            self.assertIn(part, text)
        self.assertNotIn("Row 2:", text)
        self.assertEqual(self.get_ratings(), before)

    def test_known_ratings_are_replaced_only_when_asked(self):
        rating = self.env["emulation.rating"].create(
            {
                "employee_id": self.employee_unit.id,
                "company_id": self.company.id,
                "year": 2025,
                "rating": "good",
            }
        )
        row = ("", "Đặng Văn Bình", "", "", 2025, "excellent", "QĐ 20")
        self.new_import(row, replace_known=True).action_import()
        self.assertEqual(self.get_ratings(), rating)
        self.assertEqual((rating.rating, rating.source), ("excellent", "QĐ 20"))

    def test_the_sheet_to_fill_in_comes_back_unchanged(self):
        wizard = self.new_import()
        self.assertIn("/web/content/emulation.rating.import/", wizard.action_export()["url"])
        rows = wizard._read_rows()
        names = {row["name"] for _number, row in rows}
        self.assertLessEqual({"Nguyễn Thị Ánh", "Phòng Tổng hợp"}, names)
        self.assertNotIn("Lý Người Ngoài", names, "another company")
        filled = [tuple({**row, "rating": "good"}[name] or "" for name in HEADER) for _number, row in rows]
        self.new_import(*filled).action_import()
        self.assertEqual(len(self.get_ratings()), len(rows))

    def test_the_sheet_has_a_name_in_the_language_of_the_officer(self):
        wizard = self.new_import().with_context(lang="vi_VN")
        wizard.action_export()
        self.assertEqual(wizard.filename, "Mức độ hoàn thành năm 2025.xlsx")

    def test_wrong_files_and_hands_are_refused(self):
        wizard = self.new_import()
        with self.assertRaisesRegex(UserError, "not an .xlsx"):
            wizard.data = base64.b64encode(b"name,rating")
            wizard.action_import()
        wizard.data = self.workbook(header=("tên", "rating"))
        with self.assertRaisesRegex(UserError, "Unknown: tên. Missing: name"):
            wizard.action_import()
        for user in (self.user_proposer, self.user_head, self.user_council):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.new_import(user=user)

    def test_a_long_file_costs_no_query_a_row(self):
        def deed(count):
            employees = self.env["hr.employee"].create(
                [
                    {"name": f"Người số {number} của {count}", "company_id": self.company.id}
                    for number in range(count)
                ]
            )
            rows = [("", employee.name, "", "", 2025, "good", "") for employee in employees]
            return self.count_queries(self.new_import(*rows).action_import)

        few, more = deed(2), deed(22)
        self.assertLessEqual(more, few + 2, f"2: {few} queries, 22: {more}")
