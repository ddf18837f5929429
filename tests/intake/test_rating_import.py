"""Yearly ratings come in from the list officers fill in, who left in the year included."""

import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..helpers.import_common import ImportCommon

HEAD = ["Loại", "Họ và tên", "Đơn vị", "Email", "Năm", "Mức độ hoàn thành nhiệm vụ", "Căn cứ"]


@tagged("post_install", "-at_install")
class TestRatingImport(ImportCommon):
    def new_ratings(self, *rows, **vals):
        return self.new_import(
            HEAD, *rows, kind="rating", default_year=2025, filename="xep-loai.xlsx", **vals
        )

    def get_ratings(self):
        return self.env["emulation.rating"].search([("company_id", "=", self.company.id)], order="id")

    def rate(self, employee, rating):
        vals = {"employee_id": employee.id, "company_id": self.company.id, "year": 2025, "rating": rating}
        return self.env["emulation.rating"].create(vals)

    def test_people_and_units_are_found_by_what_officers_write(self):
        self.employee_other.work_email = "cuong@example.com"
        namesake = self.new_employee("Nguyễn Thị Ánh", self.other_unit)
        record = self.new_ratings(
            ("cá nhân", "Trần Đề Xuất", "", "", 2025, "Hoàn thành xuất sắc nhiệm vụ", "QĐ 15"),
            ("", "nguyen thi anh", "Phòng Kế toán", "", "", "Hoàn thành tốt", ""),
            ("person", "hoang cuong", "", "CUONG@example.com", "2024", "HTNV", ""),
            ("Tập thể", "Phòng Tổng hợp", "", "", 2025, "không hoàn thành nhiệm vụ", ""),
        )
        self.assertEqual(self.get_verdicts(record), ["new"] * 4, record.line_ids.mapped("message"))
        record.action_run()
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

    def test_every_row_has_a_verdict(self):
        self.new_employee("Nguyễn Thị Ánh", self.other_unit)
        self.rate(self.employee_unit, "good")
        record = self.new_ratings(
            ("", "Trần Đề Xuất", "", "", 2025, "good", ""),
            ("", "Không Ai Cả", "", "", 2025, "good", ""),
            ("", "Nguyễn Thị Ánh", "", "", 2025, "good", ""),
            ("", "Hoàng Cường", "", "", "hai nghìn", "tuyệt vời", ""),
            ("con mèo", "Hoàng Cường", "", "", 2025, "good", ""),
            ("", "Đặng Văn Bình", "", "", 2025, "excellent", ""),
            ("", "TRẦN ĐỀ XUẤT", "", "", 2025, "completed", ""),
            ("", "Lý Người Ngoài", "", "", 2025, "good", ""),
        )
        expected = ["new", "unsure", "unsure", "wrong", "wrong", "unsure", "wrong", "unsure"]
        self.assertEqual(self.get_verdicts(record), expected)
        for line, text in zip(
            record.line_ids,
            ("", "Nobody is called", "name of several", "Unknown rating “tuyệt vời”", "Unknown kind “con mèo”",
             "Already rated for 2025", "same as row 2", "Nobody is called"),
            strict=True,
        ):  # fmt: skip
            self.assertIn(text, line.message or "")

    def test_known_ratings_are_replaced_only_when_asked_and_given_back(self):
        rating = self.rate(self.employee_unit, "good")
        record = self.new_ratings(
            ("", "Đặng Văn Bình", "", "", 2025, "excellent", "QĐ 20"), replace_known=True
        )
        self.assertEqual(self.get_verdicts(record), ["change"])
        record.action_run()
        self.assertEqual(self.get_ratings(), rating)
        self.assertEqual((rating.rating, rating.source), ("excellent", "QĐ 20"))
        record.action_undo()
        self.assertEqual((rating.rating, rating.source), ("good", False))

    def test_the_list_to_fill_in_comes_back(self):
        left = self.new_employee("Lê Đã Nghỉ", self.sub_unit)
        gone = self.new_employee("Lê Nghỉ Lâu", self.sub_unit)
        left.write({"active": False, "departure_date": "2025-11-15"})
        gone.write({"active": False, "departure_date": "2019-01-01"})
        self.rate(self.employee_unit, "good")
        record = self.new_ratings(read=False)
        url = record.action_download_template()["url"]
        content = self.env["ir.attachment"].browse(int(url.split("/")[-1].split("?")[0])).raw
        record.data = base64.b64encode(content)
        record.action_read()
        names = record.line_ids.mapped("cell_name")
        self.assertIn("Lê Đã Nghỉ", names)
        self.assertNotIn("Lê Nghỉ Lâu", names)
        self.assertNotIn("Lý Người Ngoài", names, "another company")
        record.line_ids.filtered(lambda line: not line.cell_rating).write(
            {"cell_rating": "Hoàn thành tốt nhiệm vụ"}
        )
        own = record.line_ids.filtered(lambda line: line.cell_name == self.employee_officer.name)
        self.assertEqual(own.mapped("verdict"), ["wrong"], "nobody rates oneself")
        verdicts = (record.line_ids - own).mapped("verdict")
        self.assertEqual(set(verdicts), {"new", "same"}, record.line_ids.mapped("message"))
        record.action_run()
        self.assertIn(f"employee:{left.id}", self.get_ratings().mapped("recipient_key"))

    def test_a_row_that_is_stored_stays(self):
        record = self.new_ratings(("", "Đặng Văn Bình", "", "", 2025, "good", ""))
        record.action_run()
        with self.assertRaises(UserError):
            record.action_read()
        with self.assertRaises(UserError):
            record.unlink()

    def test_a_long_file_costs_no_query_a_row(self):
        def deed(count):
            names = [f"Người số {number} của {count}" for number in range(count)]
            for name in names:
                self.new_employee(name, self.sub_unit)
            record = self.new_ratings(*[("", name, "", "", 2025, "good", "") for name in names], read=False)

            def work():
                record.action_read()
                record.action_run()

            return self.count_queries(work)

        few, more = deed(2), deed(22)
        self.assertLessEqual(more, few + 4, f"2: {few} queries, 22: {more}")
