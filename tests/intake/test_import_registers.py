"""Initiatives, disciplines and registrations come in from lists."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..helpers.campaign_common import CampaignCommon
from ..helpers.import_common import ImportCommon


@tagged("post_install", "-at_install")
class TestImportAchievements(ImportCommon):
    HEAD = ["STT", "Tác giả", "Đơn vị", "Tên sáng kiến", "Phạm vi ảnh hưởng", "Quyết định công nhận", "Năm"]

    def test_initiatives(self):
        rows = [
            [1, "Nguyễn Thị Ánh", "", "Sổ tay điện tử", "Cấp tỉnh", "05/QĐ-HĐSK ngày 10/11/2024", 2024],
            [2, "Đặng Văn Bình", "", "Kho dữ liệu", "", "", 2024],
            [3, "Hoàng Cường", "", "Bể lọc", "Toàn vũ trụ", "", 2024],
            [4, "Hoàng Cường", "", "", "Cơ sở", "", 2024],
        ]
        record = self.new_import(self.HEAD, *rows, kind="achievement")
        self.assertEqual(self.get_verdicts(record), ["new", "unsure", "wrong", "wrong"])
        record.action_run()
        item = self.env["emulation.achievement"].search([("employee_id", "=", self.employee_sub.id)])
        self.assertRecordValues(
            item,
            [
                {
                    "name": "Sổ tay điện tử",
                    "kind": "initiative",
                    "reach": "province",
                    "state": "recognised",
                    "recognition_number": "05/QĐ-HĐSK",
                    "recipient_name": "Nguyễn Thị Ánh",
                }
            ],
        )
        self.assertEqual((str(item.recognition_date), item.date_to.year), ("2024-11-10", 2024))
        again = self.new_import(self.HEAD, *rows[:1], kind="achievement")
        self.assertEqual(self.get_verdicts(again), ["same"])
        record.action_undo()
        self.assertFalse(item.exists())

    def test_one_that_is_used_stays(self):
        row = [1, "Nguyễn Thị Ánh", "", "Sổ tay điện tử", "Cơ sở", "05/QĐ-HĐSK ngày 10/11/2024", 2024]
        record = self.new_import(self.HEAD, row, kind="achievement")
        record.action_run()
        item = self.env["emulation.achievement"].search([("employee_id", "=", self.employee_sub.id)])
        self.new_commendation(self.employee_sub, self.user_officer, achievement_ids=item.ids)
        with self.assertRaisesRegex(UserError, "Sổ tay điện tử"):
            record.action_undo()

    def test_disciplines(self):
        head = ["Họ và tên", "Hình thức kỷ luật", "Từ ngày", "Đến ngày"]
        rows = [
            ["Nguyễn Thị Ánh", "Kỷ luật khiển trách", "01/03/2025", "01/03/2026"],
            ["Đặng Văn Bình", "Đang xem xét kỷ luật", "01/05/2025", ""],
            ["Hoàng Cường", "Phê bình nhẹ", "01/05/2025", ""],
            ["Hoàng Cường", "Cảnh cáo", "01/05/2025", "01/04/2025"],
        ]
        record = self.new_import(head, *rows, kind="restriction")
        self.assertEqual(self.get_verdicts(record), ["new", "new", "wrong", "wrong"])
        record.action_run()
        found = self.env["emulation.restriction"].search([("company_id", "=", self.company.id)], order="id")
        self.assertRecordValues(
            found,
            [
                {"employee_id": self.employee_sub.id, "kind": "discipline", "discipline_level": "reprimand"},
                {"employee_id": self.employee_unit.id, "kind": "pending", "discipline_level": False},
            ],
        )
        fined = self.new_import(
            head, ["Đặng Văn Bình", "Xử phạt hành chính: phạt cảnh cáo", "02/06/2025", ""], kind="restriction"
        )
        fined.action_run()
        fine = self.env["emulation.restriction"].search([("kind", "=", "fine")])
        self.assertRecordValues(
            fine,
            [
                {
                    **{"employee_id": self.employee_unit.id, "discipline_level": False},
                    **{"date_from": date(2025, 6, 2), "date_to": date(2025, 6, 2)},
                }
            ],
        )
        again = self.new_import(
            head, ["Đặng Văn Bình", "Đang xem xét kỷ luật", "01/05/2025", "01/09/2025"], kind="restriction"
        )
        self.assertEqual(self.get_verdicts(again), ["change"])
        again.action_run()
        self.assertEqual(str(found[1].date_to), "2025-09-01")
        again.action_undo()
        self.assertFalse(found[1].date_to)


@tagged("post_install", "-at_install")
class TestImportRegistrations(CampaignCommon, ImportCommon):
    def test_registrations(self):
        self.campaign.with_user(self.user_officer).action_launch()
        head = ["STT", "Họ và tên", "Danh hiệu đăng ký", "Nội dung đăng ký"]
        rows = [
            ["I", "Tập thể"],
            [1, "Phòng Kế toán", "TTLĐTT", ""],
            ["II", "Cá nhân"],
            [1, "Nguyễn Thị Ánh", "LĐTT, CSTĐCS", "Một sáng kiến"],
            [2, "Đặng Văn Bình", "Danh hiệu lạ", ""],
        ]
        record = self.new_import(head, *rows, kind="registration", campaign_id=self.campaign.id)
        self.assertEqual(
            self.get_verdicts(record), ["new", "new", "unsure"], record.line_ids.mapped("message")
        )
        record.action_run()
        made = self.env["emulation.participation"].search(
            [("campaign_id", "=", self.campaign.id)], order="id"
        )
        self.assertRecordValues(
            made,
            [
                {"recipient_key": f"department:{self.other_unit.id}", "state": "submitted", "pledge": False},
                {
                    "recipient_key": f"employee:{self.employee_sub.id}",
                    "state": "submitted",
                    "pledge": "Một sáng kiến",
                },
            ],
        )
        self.assertEqual(made[1].award_ids, self.ldtt | self.cstdcs)
        again = self.new_import(head, *rows[:4], kind="registration", campaign_id=self.campaign.id)
        self.assertEqual(self.get_verdicts(again), ["same", "same"])
        record.action_undo()
        self.assertFalse(made.exists())

    def test_without_a_campaign(self):
        record = self.new_import(
            ["Họ và tên", "Danh hiệu đăng ký"], ["Nguyễn Thị Ánh", "LĐTT"], kind="registration"
        )
        self.assertIn("campaign", record.line_ids.message)


@tagged("post_install", "-at_install", "security")
class TestImportOfOneself(ImportCommon):
    """A list is no way round: what an officer may not decide on oneself does not come in with a file either."""

    OWN = {
        "achievement": (
            ["Tác giả", "Tên sáng kiến", "Phạm vi ảnh hưởng", "Quyết định công nhận", "Năm"],
            ["Hồ Chuyên Viên", "Sổ tay điện tử", "Cấp tỉnh", "05/QĐ-HĐSK ngày 10/11/2024", 2024],
        ),
        "award": (
            ["Họ và tên", "Danh hiệu", "Số quyết định", "Ngày quyết định", "Năm"],
            ["Hồ Chuyên Viên", "Lao động tiên tiến", "12/QĐ-SNV", "10/01/2024", 2023],
        ),
        "rating": (
            ["Loại", "Họ và tên", "Năm", "Mức độ hoàn thành nhiệm vụ"],
            ["cá nhân", "Hồ Chuyên Viên", 2025, "Hoàn thành xuất sắc nhiệm vụ"],
        ),
    }

    def test_a_row_about_oneself_is_another_s_to_bring_in(self):
        for kind, (head, row) in self.OWN.items():
            with self.subTest(kind=kind):
                mine = self.new_import(head, row, kind=kind)
                self.assertEqual(self.get_verdicts(mine), ["wrong"])
                self.assertIn("about yourself", mine.line_ids.message)
                theirs = self.new_import(head, row, kind=kind, user=self.user_admin)
                self.assertEqual(self.get_verdicts(theirs), ["new"], theirs.line_ids.message)
                theirs.with_user(self.user_officer).action_run()
                self.assertFalse(theirs.line_ids.is_done, "looked at again by whom it is stored")

    def test_a_unit_one_heads_is_oneself(self):
        self.other_unit.manager_id = self.employee_officer
        row = ["Tập thể", "Phòng Kế toán", 2025, "Hoàn thành tốt nhiệm vụ"]
        record = self.new_import(self.OWN["rating"][0], row, kind="rating")
        self.assertEqual(self.get_verdicts(record), ["wrong"])

    def test_who_a_discipline_binds_does_not_undo_it(self):
        head = ["Họ và tên", "Hình thức kỷ luật", "Từ ngày", "Đến ngày"]
        row = ["Hồ Chuyên Viên", "Kỷ luật khiển trách", "01/03/2025", "01/03/2026"]
        record = self.new_import(head, row, kind="restriction", user=self.user_admin)
        record.action_run()
        with self.assertRaisesRegex(UserError, "about yourself"):
            record.with_user(self.user_officer).action_undo()
        self.assertEqual(record.done_count, 1)
        record.action_undo()
        self.assertFalse(self.env["emulation.restriction"].search([("company_id", "=", self.company.id)]))
