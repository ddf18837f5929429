"""People and units come in from the list of the staff office."""

import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..helpers.import_common import ImportCommon

HEAD = [
    "STT",
    "Họ và tên",
    "Giới tính",
    "Ngày sinh",
    "Số CCCD",
    "Chức vụ",
    "Đơn vị",
    "Email",
    "Ngày vào cơ quan",
]
LAN = [
    1,
    "LÊ THỊ LAN",
    "Nữ",
    "15/03/1985",
    1085000123,
    "Chuyên viên",
    "P. Tổng hợp",
    "lan@example.vn",
    "01/09/2010",
]


@tagged("post_install", "-at_install")
class TestImportStaff(ImportCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "hr_emulation.group_emulation_officer,hr.group_hr_manager"
        cls.user_staff = cls.new_user("emulation_staff", groups)

    def new_staff(self, *rows, head=HEAD, user=None, **vals):
        return self.new_import(head, *rows, kind="staff", user=user or self.user_staff, **vals)

    def get_person(self, name):
        people = self.env["hr.employee"].sudo().with_context(active_test=False)
        return people.search([("name", "=", name), ("company_id", "=", self.company.id)])

    def test_somebody_new(self):
        record = self.new_staff(LAN)
        self.assertEqual(self.get_verdicts(record), ["new"], record.line_ids.mapped("message"))
        record.action_run()
        self.assertRecordValues(
            self.get_person("Lê Thị Lan"),
            [
                {
                    "sex": "female",
                    "identification_id": "001085000123",
                    "job_title": "Chuyên viên",
                    "work_email": "lan@example.vn",
                    "department_id": self.unit.id,
                }
            ],
        )
        person = self.get_person("Lê Thị Lan")
        self.assertEqual(
            (str(person.birthday), str(person.contract_date_start)), ("1985-03-15", "2010-09-01")
        )
        again = self.new_staff(LAN)
        self.assertEqual(self.get_verdicts(again), ["same"], again.line_ids.mapped("message"))
        record.action_undo()
        self.assertFalse(person.exists())

    def test_what_is_empty_is_filled_in_and_what_differs_is_asked(self):
        self.employee_sub.write({"birthday": "1990-01-01", "job_title": False})
        record = self.new_staff(
            [1, "Nguyễn Thị Ánh", "Nữ", 1990, "001090000001", "", "Tổ Thi đua", "", ""],
            [2, "Đặng Văn Bình", "Nam", "02/02/1980", "", "", "Phòng Kế toán", "", ""],
        )
        self.assertEqual(self.get_verdicts(record), ["change", "unsure"], record.line_ids.mapped("message"))
        self.assertIn("year of birth", record.line_ids[0].message)
        self.assertIn("Phòng Kế toán", record.line_ids[1].message)
        record.action_run()
        self.assertEqual(self.employee_sub.identification_id, "001090000001")
        self.assertEqual(
            (str(self.employee_sub.birthday), self.employee_unit.department_id), ("1990-01-01", self.unit)
        )
        self.employee_sub.identification_id = "001090000002"
        with self.assertRaisesRegex(UserError, "changed since"):
            record.action_undo()
        self.employee_sub.identification_id = "001090000001"
        record.action_undo()
        self.assertFalse(self.employee_sub.identification_id)

    def test_units_are_made_once_and_only_when_somebody_says_so(self):
        rows = [
            ["I", "Tập thể"],
            [1, "Phòng Công nghệ", *[""] * 7],
            ["II", "Cá nhân"],
            [1, "Trần Mới Một", "", "", "", "", "Phòng Công nghệ", "", ""],
            [2, "Trần Mới Hai", "", "", "", "", "P. Công nghệ", "", ""],
        ]
        record = self.new_staff(*rows)
        self.assertEqual(self.get_verdicts(record), ["unsure"] * 3, record.line_ids.mapped("message"))
        record.line_ids.action_confirm()
        record.action_run()
        unit = self.env["hr.department"].search(
            [("name", "ilike", "Công nghệ"), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(len(unit), 1)
        self.assertEqual(len(unit.sudo().member_ids), 2)
        self.assertEqual(self.get_verdicts(self.new_staff(*rows)), ["same"] * 3)
        record.action_undo()
        self.assertFalse(unit.exists())

    def test_a_unit_is_no_person(self):
        record = self.new_staff([1, "Phòng Pháp chế", *[""] * 7], [2, "Phòng Tổng hợp", *[""] * 7])
        self.assertEqual(self.get_verdicts(record), ["unsure", "same"], record.line_ids.mapped("message"))
        self.assertEqual(set(record.line_ids.mapped("recipient_type")), {"department"})

    def test_a_namesake_is_entered_only_when_somebody_says_so(self):
        record = self.new_staff([1, "Nguyễn Thị Ảnh", "Nữ", "", "", "", "Tổ Thi đua", "", ""])
        self.assertEqual(self.get_verdicts(record), ["unsure"])
        record.line_ids.action_take_outsider()
        self.assertEqual(self.get_verdicts(record), ["new"], record.line_ids.message)
        record.action_run()
        self.assertEqual(len(self.get_person("Nguyễn Thị Ảnh")), 1)
        self.assertFalse(record.line_ids.partner_id)

    def test_who_is_used_since_is_not_taken_back(self):
        record = self.new_staff(LAN)
        record.action_run()
        self.new_import(
            ["Họ và tên", "Xếp loại", "Năm"], ["Lê Thị Lan", "HTTNV", 2024], kind="rating"
        ).action_run()
        with self.assertRaisesRegex(UserError, "Lê Thị Lan"):
            record.action_undo()

    def test_wrong_cells_are_said(self):
        record = self.new_staff(
            [1, "Lê Một", "x", *[""] * 6],
            [2, "Lê Hai", "", "31/02/1985", *[""] * 5],
            [3, "Lê Ba", "", "15/03/2085", *[""] * 5],
            [4, "Lê Bốn", "", "", "12", *[""] * 4],
        )
        self.assertEqual(self.get_verdicts(record), ["wrong"] * 4, record.line_ids.mapped("message"))

    def test_only_who_manages_employees(self):
        record = self.new_staff(LAN, user=self.user_officer)
        self.assertEqual(self.get_verdicts(record), ["wrong"])
        self.assertIn("manage employees", record.line_ids.message)

    def test_cost_does_not_grow(self):
        def deed(count):
            rows = [[number, f"Người Mới {number} của {count}", "", "", "", "", "Phòng Tổng hợp", "", ""]
                    for number in range(count)]  # fmt: skip
            record = self.new_staff(*rows, read=False)
            return self.count_queries(record.action_read)

        few, more = deed(2), deed(22)
        self.assertLessEqual(more, few + 12, f"2: {few} queries, 22: {more}")

    def test_template_is_understood(self):
        imports = self.env["emulation.import"].with_user(self.user_staff)
        record = imports.create({"kind": "staff", "company_id": self.company.id})
        url = record.action_download_template()["url"]
        content = self.env["ir.attachment"].browse(int(url.split("/")[-1].split("?")[0])).raw
        record.data = base64.b64encode(content)
        record.action_read()
        self.assertTrue(all(record.column_ids.mapped("field_name")), record.column_ids.mapped("heading"))
        self.assertEqual(self.get_verdicts(record), ["unsure", "new"], record.line_ids.mapped("message"))
