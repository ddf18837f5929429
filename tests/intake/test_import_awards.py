"""Past awards come in from the lists offices keep."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from ...models.intake import emulation_import
from ..helpers.import_common import HEAD, ImportCommon


@tagged("post_install", "-at_install")
class TestImportAwards(ImportCommon):
    def test_from_the_file_to_granted_awards(self):
        record = self.new_awards(
            ["DANH SÁCH KHEN THƯỞNG"],
            HEAD,
            ["I", "Tập thể"],
            [1, "Phòng Tổng hợp", "", "TTLĐTT", "13/QĐ-SNV", "06/01/2021", 2020],
            ["II", "Cá nhân"],
            [1, "Nguyễn Thị Ánh", "Tổ Thi đua", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020],
            [2, "đặng văn bình", "P. Tổng hợp", "CSTĐ cơ sở", "12/QĐ-SNV", "05/01/2021", 2020],
            [3, "Hoàng Cường", "", "Bằng khen của UBND tỉnh", "345/QĐ-UBND", "10/3/2021", 2020],
            head=["SỞ THỬ NGHIỆM"],
        )
        self.assertEqual(record.state, "checked")
        self.assertEqual(self.get_verdicts(record), ["new"] * 4, record.line_ids.mapped("message"))
        self.assertFalse(self.get_granted(), "nothing is stored before the officer says so")
        record.action_run()
        self.assertEqual((record.state, record.done_count), ("done", 4))
        self.assertRecordValues(
            self.get_granted(),
            [
                {
                    "recipient_key": f"department:{self.unit.id}",
                    "award_id": self.ttldtt.id,
                    "recipient_name": "Phòng Tổng hợp",
                },
                {
                    "recipient_key": f"employee:{self.employee_sub.id}",
                    "award_id": self.ldtt.id,
                    "recipient_name": "Nguyễn Thị Ánh",
                },
                {
                    "recipient_key": f"employee:{self.employee_unit.id}",
                    "award_id": self.cstdcs.id,
                    "recipient_name": "đặng văn bình",
                },
                {
                    "recipient_key": f"employee:{self.employee_other.id}",
                    "award_id": self.bkt.id,
                    "recipient_name": "Hoàng Cường",
                },
            ],
        )
        granted = self.get_granted(self.employee_sub)
        self.assertEqual(str(granted.granted_date), "2021-01-05")
        self.assertEqual((str(granted.period_from), str(granted.period_to)), ("2020-01-01", "2020-12-31"))
        self.assertEqual(granted.external_decision, "12/QĐ-SNV, 05/01/2021")
        self.assertEqual(granted.import_id, record)
        self.assertFalse(granted.proposer_id)
        self.assertEqual(record.imported_by, self.user_officer)
        self.assertEqual(len(record.sha256), 64)

    def test_a_decision_is_made_once(self):
        rows = [
            [1, "Nguyễn Thị Ánh", "", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020],
            [2, "Đặng Văn Bình", "", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020],
        ]
        self.new_awards(*rows).action_run()
        self.new_awards([1, "Hoàng Cường", "", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020]).action_run()
        decision = self.get_granted().decision_id
        self.assertEqual(len(decision), 1)
        self.assertRecordValues(decision, [{"number": "12", "symbol": "QĐ-SNV", "state": "issued"}])

    def test_the_same_file_twice_changes_nothing(self):
        rows = [[1, "Nguyễn Thị Ánh", "", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020]]
        self.new_awards(*rows).action_run()
        before = self.get_granted()
        again = self.new_awards(*rows)
        self.assertEqual(self.get_verdicts(again), ["same"])
        with self.assertRaises(UserError):
            again.action_run()
        self.assertEqual(self.get_granted(), before)

    def test_a_long_list_is_done_for_who_asked_and_told(self):
        self.patch(emulation_import, "DIRECT", 0)
        record = self.new_awards([1, "Nguyễn Thị Ánh", "", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020])
        self.assertEqual(record.state, "checking")
        self.work(record)
        self.assertEqual((record.state, self.get_told(record)), ("checked", ["Every row was looked at."]))
        record.action_run()
        self.work(record)
        self.assertEqual((record.state, self.get_told(record)[0]), ("done", "Stored: 1 rows."))

    def test_the_job_does_nothing_its_asker_may_not(self):
        self.patch(emulation_import, "DIRECT", 0)
        record = self.new_awards([1, "Nguyễn Thị Ánh", "", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020])
        self.work(record)
        record.action_run()
        self.user_officer.group_ids -= self.env.ref("hr_emulation.group_emulation_officer")
        self.work(record)
        self.assertEqual((record.sudo().state, record.sudo().done_count), ("checked", 0))
        self.assertIn(record.sudo().problem.splitlines()[0], self.get_told(record)[0])

    def work(self, record):
        """Do all pieces as the scheduled job does."""
        while record.sudo()._do_piece():
            self.env.flush_all()
        self.env.invalidate_all()

    def get_told(self, record):
        """Return what who asked was told, the last first."""
        messages = self.env["mail.message"].search(
            [
                ("model", "=", record._name),
                ("res_id", "=", record.id),
                ("message_type", "=", "user_notification"),
            ]
        )
        self.assertEqual(messages.notified_partner_ids, self.user_officer.partner_id)
        return [html2plaintext(message.body).strip() for message in messages]

    def test_numbers_begin_anew_every_year(self):
        rows = [
            [1, "Nguyễn Thị Ánh", "", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020],
            [2, "Nguyễn Thị Ánh", "", "LĐTT", "12/QĐ-SNV", "06/01/2022", 2021],
        ]
        for row in rows:
            record = self.new_awards(row)
            self.assertEqual(self.get_verdicts(record), ["new"], record.line_ids.mapped("message"))
            record.action_run()
        self.assertEqual(len(self.get_granted(self.employee_sub).decision_id), 2)
        self.assertEqual(self.get_verdicts(self.new_awards(*rows)), ["same", "same"])

    def test_title_says_what_columns_do_not(self):
        record = self.new_awards(
            ["Danh hiệu “Lao động tiên tiến” năm 2019"],
            ["(Kèm theo Quyết định số 15/QĐ-SNV ngày 08/01/2020 của Giám đốc Sở Nội vụ)"],
            ["STT", "Họ và tên", "Đơn vị"],
            [1, "Nguyễn Thị Ánh", "Tổ Thi đua"],
            head=["DANH SÁCH"],
        )
        self.assertEqual(record.default_award_id, self.ldtt)
        self.assertEqual((record.default_year, record.default_number), (2019, "15/QĐ-SNV"))
        record.action_run()
        granted = self.get_granted(self.employee_sub)
        self.assertEqual(granted.external_decision, "15/QĐ-SNV, 08/01/2020, Giám đốc Sở Nội vụ")
        self.assertEqual(granted.period_to.year, 2019)

    def test_years_side_by_side(self):
        record = self.new_awards(
            [1, "Nguyễn Thị Ánh", "LĐTT", "LĐTT, CSTĐCS", ""],
            head=["STT", "Họ và tên", "Năm 2018", "Năm 2019", "Năm 2020"],
        )
        record.line_ids.action_confirm()
        record.action_run()
        found = [(item.award_id.code, item.period_to.year) for item in self.get_granted(self.employee_sub)]
        self.assertEqual(found, [("LDTT", 2018), ("LDTT", 2019), ("CSTDCS", 2019)])

    def test_what_is_wrong_is_said_row_by_row(self):
        record = self.new_awards(
            [1, "", "Tổ Thi đua", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020],
            [2, "Nguyễn Thị Ánh", "", "", "12/QĐ-SNV", "05/01/2021", 2020],
            [3, "Nguyễn Thị Ánh", "", "TTLĐTT", "12/QĐ-SNV", "05/01/2021", 2020],
            [4, "Đặng Văn Bình", "", "LĐTT", "12/QĐ-SNV", "31/02/2021", 2020],
            [5, "Đặng Văn Bình", "", "LĐTT", "12/QĐ-SNV", "05/01/2199", 2020],
            [6, "Đặng Văn Bình", "", "LĐTT", "12/QĐ-SNV", "", ""],
            [7, "Hoàng Cường", "", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020],
            [8, "HOÀNG CƯỜNG", "", "Lao động tiên tiến", "12/QĐ-SNV", "05/01/2021", 2020],
        )
        self.assertEqual(
            self.get_verdicts(record),
            ["wrong", "wrong", "unsure", "wrong", "wrong", "wrong", "new", "wrong"],
            record.line_ids.mapped("message"),
        )
        for line, text in zip(
            record.line_ids,
            ("name is missing", "award is missing", "Nobody is called", "“31/02/2021” is not a date", "future",
             "Neither a year", "", "same as row 8"),
            strict=True,
        ):  # fmt: skip
            self.assertIn(text, line.message or "")

    def test_unsure_rows_wait_for_a_person(self):
        self.new_employee("Nguyễn Thị Ánh", self.other_unit)
        record = self.new_awards(
            [1, "Nguyễn Thị Ánh", "", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020],
            [2, "Nguyễn Thị Anh", "Tổ Thi đua", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020],
            [3, "Trần Lạ Lùng", "", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020],
            [4, "Hoàng Cường", "Sở Y tế", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020],
            [5, "Đặng Văn Bình", "", "Lao động giỏi", "12/QĐ-SNV", "05/01/2021", 2020],
            [6, "Đặng Văn Bình", "", "LĐTT", "", "05/01/2021", ""],
        )
        self.assertEqual(self.get_verdicts(record), ["unsure"] * 6, record.line_ids.mapped("message"))
        for line, text in zip(
            record.line_ids,
            (
                "name of several",
                "other accents",
                "Nobody is called",
                "another unit",
                "no known award",
                "year is not said",
            ),
            strict=True,
        ):
            self.assertIn(text, line.message)
        first, second, third, fourth, fifth, sixth = record.line_ids
        first.employee_id = self.employee_sub
        self.assertEqual(first.verdict, "new")
        third.action_take_outsider()
        fourth.action_confirm()
        fifth.award_id = self.cstdcs
        sixth.action_confirm()
        second.action_leave_out()
        record.action_run()
        self.assertEqual(record.done_count, 5)
        self.assertEqual(self.get_granted(self.employee_sub).award_id, self.ldtt)
        outsider = self.get_granted().filtered("partner_id")
        self.assertEqual(outsider.recipient_name, "Trần Lạ Lùng")
        self.assertEqual(len(self.get_granted(self.employee_other)), 1, "the only one it can be")
        self.assertEqual(len(self.get_granted(self.employee_unit)), 2)

    def test_words_are_learnt(self):
        row = [1, "Đặng Văn Bình", "", "Lao động giỏi", "12/QĐ-SNV", "05/01/2021", 2020]
        self.new_awards(row).line_ids.award_id = self.cstdcs
        again = self.new_awards(row)
        self.assertEqual(again.line_ids.award_id, self.cstdcs)
        self.assertEqual(again.line_ids.verdict, "new")

    def test_headings_are_learnt(self):
        head = ["Người", "Bộ phận gì đó", "Kết quả gì đó", "Năm"]
        record = self.new_awards(["Nguyễn Thị Ánh", "x", "LĐTT", 2020], head=head)
        record.column_ids[1].field_name = False
        record.column_ids[0].field_name = "name"
        record.action_read()
        again = self.new_awards(["Nguyễn Thị Ánh", "x", "LĐTT", 2020], head=head)
        self.assertEqual(again.column_ids[0].field_name, "name")
        self.assertEqual(again.line_ids.employee_id, self.employee_sub)

    def test_who_left_and_closed_units(self):
        self.employee_sub.active = False
        self.other_unit.active = False
        record = self.new_awards(
            [1, "Nguyễn Thị Ánh", "Tổ Thi đua", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020],
            [2, "Phòng Kế toán", "", "TTLĐTT", "12/QĐ-SNV", "05/01/2021", 2020],
        )
        self.assertEqual(self.get_verdicts(record), ["new", "new"], record.line_ids.mapped("message"))
        self.assertEqual(record.line_ids[1].department_id, self.other_unit)

    def test_identity_number_decides(self):
        self.employee_sub.identification_id = "001085000123"
        self.new_employee("Nguyễn Thị Ánh", self.other_unit)
        record = self.new_awards(
            ["Nguyễn Thị Ánh", 1085000123, "LĐTT", 2020], head=["Họ và tên", "CCCD", "Danh hiệu", "Năm"]
        )
        self.assertEqual(record.line_ids.employee_id, self.employee_sub)

    def test_months_first(self):
        record = self.new_awards(
            [1, "Nguyễn Thị Ánh", "", "LĐTT", "12/QĐ-SNV", "1/5/2021", 2020],
            [2, "Đặng Văn Bình", "", "LĐTT", "14/QĐ-SNV", "1/25/2021", 2020],
        )
        self.assertEqual([line.vals["date"] for line in record.line_ids], ["2021-01-05", "2021-01-25"])

    def test_mended_in_the_grid(self):
        record = self.new_awards([1, "Nguyễn Thị Ánhh", "", "LĐTTT", "12/QĐ-SNV", "05/13/2021", 2020])
        line = record.line_ids
        line.write({"cell_name": "Nguyễn Thị Ánh", "cell_award": "LĐTT", "cell_decision_date": "05/01/2021"})
        self.assertEqual((line.verdict, line.employee_id), ("new", self.employee_sub), line.message)

    def test_wrong_rows_as_a_file(self):
        record = self.new_awards([1, "Không Ai", "", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020])
        action = record.action_download_wrong()
        content = self.env["ir.attachment"].browse(int(action["url"].split("/")[-1].split("?")[0])).raw
        again = (
            self.env["emulation.import"]
            .with_user(self.user_officer)
            .create({"data": base64.b64encode(content), "filename": "x.xlsx"})
        )
        again.action_read()
        self.assertEqual(again.line_ids.cell_name, "Không Ai")

    def test_undo(self):
        record = self.new_awards(
            [1, "Nguyễn Thị Ánh", "", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020],
            [2, "Đặng Văn Bình", "", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020],
        )
        record.action_run()
        decision = self.get_granted().decision_id
        record.action_undo()
        self.assertFalse(self.get_granted())
        self.assertFalse(decision.exists())
        self.assertEqual((record.state, record.undone_by), ("undone", self.user_officer))
        record.action_read()
        record.action_run()
        self.assertEqual(len(self.get_granted()), 2)

    def test_undo_says_what_rests_on_it(self):
        record = self.new_awards([1, "Nguyễn Thị Ánh", "", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020])
        record.action_run()
        self.new_commendation(self.employee_sub, state="submitted")
        with self.assertRaisesRegex(UserError, "Nguyễn Thị Ánh"):
            record.action_undo()
        self.assertEqual(len(self.get_granted(self.employee_sub)), 1)

    def test_template_is_understood(self):
        for kind in ("award", "rating", "achievement", "restriction"):
            with self.subTest(kind=kind):
                record = self.env["emulation.import"].with_user(self.user_officer).create({"kind": kind})
                url = record.action_download_template()["url"]
                content = self.env["ir.attachment"].browse(int(url.split("/")[-1].split("?")[0])).raw
                record.data = base64.b64encode(content)
                record.action_read()
                self.assertTrue(
                    all(record.column_ids.mapped("field_name")), record.column_ids.mapped("heading")
                )
                self.assertNotIn("wrong", self.get_verdicts(record), record.line_ids.mapped("message"))

    def test_pasted(self):
        text = "Họ và tên\tDanh hiệu\tNăm\tSố QĐ\tNgày ký\nNguyễn Thị Ánh\tLĐTT\t2020\t1/QĐ-A\t05/01/2021"
        record = self.env["emulation.import"].with_user(self.user_officer).create({"pasted": text})
        record.action_read()
        self.assertEqual(record.line_ids.verdict, "new", record.line_ids.message)

    def test_refused_files_change_nothing(self):
        record = self.new_awards(read=False)
        for content, text in ((b"%PDF-1.7 x", "damaged"), (b"abc", "No table")):
            record.data = base64.b64encode(content)
            with self.assertRaisesRegex(UserError, text):
                record.action_read()
        record.data = False
        with self.assertRaisesRegex(UserError, "Choose a file"):
            record.action_read()
        self.assertEqual(record.state, "draft")

    def test_only_officers(self):
        for user in (self.user_proposer, self.user_head, self.user_council):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.new_awards(user=user)

    def test_no_line_is_forged(self):
        record = self.new_awards([1, "Không Ai", "", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020])
        for vals in (
            {"verdict": "new"},
            {"is_done": True},
            {"res_id": 1},
            {"vals": {}},
            {"raw": {}},
            {"import_id": 1},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                record.line_ids.write(vals)
        with self.assertRaises(AccessError):
            record.write({"state": "done"})
        record.line_ids._write_protected({"is_done": True})
        with self.assertRaises(UserError):
            record.line_ids.write({"cell_name": "x"})

    def test_cost_does_not_grow(self):
        def deed(count):
            rows = []
            for number in range(count):
                employee = self.new_employee(f"Người số {number} của {count}", self.sub_unit)
                rows.append([number, employee.name, "", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020])
            record = self.new_awards(*rows, read=False)

            def work():
                record.action_read()
                record.action_run()

            return self.count_queries(work)

        few, more = deed(2), deed(22)
        self.assertLessEqual(more, few + 12, f"2: {few} queries, 22: {more}")
