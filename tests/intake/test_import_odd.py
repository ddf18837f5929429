"""Odd lists: nobody's award becomes another's, and what is not stored is said."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ...office.write_xlsx import Page, build_workbook
from ..helpers.import_common import ImportCommon
from ..helpers.race_common import RaceCase

SHORT = ["STT", "Họ và tên", "Đơn vị", "Danh hiệu", "Năm"]


@tagged("post_install", "-at_install")
class TestImportOdd(ImportCommon):
    def new_pages(self, *pages, **vals):
        content = build_workbook(Page(name, rows[0], rows[1:]) for name, rows in pages)
        return self.new_import([], data=base64.b64encode(content), **vals)

    def read_file(self, action):
        number = int(action["url"].split("/")[-1].split("?")[0])
        return self.env["ir.attachment"].browse(number).raw

    def get_years(self, record):
        return [(line.vals or {}).get("period_to") for line in record.line_ids]

    def test_people_under_a_unit_are_people(self):
        record = self.new_awards(
            ["I", "Phòng Tổng hợp"],
            [1, "Đặng Văn Bình", "", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020],
            ["1. Tổ Thi đua"],
            [2, "Nguyễn Thị Ánh", "", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020],
        )
        self.assertEqual(self.get_verdicts(record), ["new", "new"], record.line_ids.mapped("message"))
        self.assertEqual(record.line_ids.employee_id, self.employee_unit | self.employee_sub)

    def test_post_and_unit_of_the_agency_itself(self):
        record = self.new_awards(
            [1, "Đặng Văn Bình", "Chuyên viên, Phòng Tổng hợp, Sở Thử nghiệm", "LĐTT", 2020],
            [2, "Nguyễn Thị Ánh", "Chuyên viên, Sở Thử nghiệm", "LĐTT", 2020],
            head=["STT", "Họ và tên", "Chức vụ, đơn vị", "Danh hiệu", "Năm"],
        )
        self.assertEqual(record.line_ids.employee_id, self.employee_unit | self.employee_sub)
        self.assertEqual([line.vals["position_name"] for line in record.line_ids], ["Chuyên viên"] * 2)

    def test_the_year_of_the_decision_is_not_the_year_of_the_award(self):
        head = ["DANH SÁCH LAO ĐỘNG TIÊN TIẾN"]
        lines = [
            ["(Kèm theo Quyết định số 15/QĐ-SNV ngày 08 tháng 01 năm 2020)"],
            ["STT", "Họ và tên", "Đơn vị", "Ghi chú"],
            [1, "Nguyễn Thị Ánh", "Tổ Thi đua", "x"],
        ]
        record = self.new_awards(*lines, head=head)
        self.assertEqual((record.default_year, record.default_number), (0, "15/QĐ-SNV"))
        self.assertEqual(record.line_ids.verdict, "unsure", "2019 is a guess")
        record = self.new_awards(*lines, head=["DANH SÁCH LAO ĐỘNG TIÊN TIẾN NĂM 2019"])
        self.assertEqual(record.default_year, 2019)
        self.assertEqual(record.line_ids.verdict, "new", record.line_ids.message)

    def test_titles_hold_for_their_own_table(self):
        row = [1, "Nguyễn Thị Ánh", "Tổ Thi đua", "LĐTT"]
        head = ["STT", "Họ và tên", "Đơn vị", "Danh hiệu"]
        decision = "Quyết định số %s/QĐ-SNV ngày 08/01/%s"
        record = self.new_pages(
            ("A", [["Danh sách năm 2019"], [decision % (15, 2020)], head, row]),
            ("B", [["Danh sách năm 2020"], [decision % (16, 2021)], head, row]),
        )
        self.assertFalse(record.default_year or record.default_number)
        self.assertEqual(self.get_years(record), ["2019-12-31", "2020-12-31"])
        self.assertEqual([line.vals["number"] for line in record.line_ids], ["15/QĐ-SNV", "16/QĐ-SNV"])
        named = self.new_pages(("2019", [head, row]), ("Năm 2020", [head, row]))
        self.assertEqual(self.get_years(named), ["2019-12-31", "2020-12-31"])

    def test_what_the_file_does_not_say_clearly_waits(self):
        page = (
            "<table><tr><td>STT<td>Họ và tên<td>Đơn vị<td>Danh hiệu<td>Năm"
            "<tr><td>1<td>Nguyễn Thị Ánh<td><s>Phòng Kế toán</s> <td>LĐTT<td>2020"
            "<tr><td>2<td>Đặng Văn Bình<td><td>LĐTT<td>2020<tr><td><td>Hoàng Cường<td>Kế toán<td>LĐTT<td>2020"
            "<tr><td>4<td><s>Phạm Trưởng Phòng</s><td><td><s>LĐTT</s></table>"
        )
        record = self.new_import(
            [], data=False, pasted=page, default_number="12/QĐ-SNV", default_date="2021-01-05"
        )
        self.assertEqual(len(record.line_ids), 4, record.line_ids.mapped("message"))
        self.assertEqual(self.get_verdicts(record)[:3], ["unsure", "new", "unsure"])
        for line, text in zip(record.line_ids, ("struck through", "", "no running number"), strict=False):
            self.assertIn(text, line.message or "")

    def test_each_award_of_a_cell_has_its_own_decision(self):
        head = ["STT", "Họ và tên", "Danh hiệu", "Số, ngày quyết định", "Năm"]
        awards = "LĐTT\nBằng khen của UBND tỉnh"
        own = "12/QĐ-SNV ngày 05/01/2021\n345/QĐ-UBND ngày 10/3/2021 của Chủ tịch UBND tỉnh"
        record = self.new_awards(
            [1, "Nguyễn Thị Ánh", awards, own, 2020],
            [2, "Đặng Văn Bình", "LĐTT", own, 2020],
            [3, "Hoàng Cường", "LĐTT, BK UBND tỉnh, GK Sở", own, 2020],
            head=head,
        )
        self.assertEqual(
            self.get_verdicts(record), ["new", "new", *["wrong"] * 4], record.line_ids.mapped("message")
        )
        first, second = record.line_ids[:2]
        self.assertEqual((first.award_id, first.vals["number"]), (self.ldtt, "12/QĐ-SNV"))
        self.assertEqual((second.award_id, second.vals["number"]), (self.bkt, "345/QĐ-UBND"))
        self.assertEqual((second.vals["date"], second.vals["signer"]), ("2021-03-10", "Chủ tịch UBND tỉnh"))
        self.assertIn("several decisions", record.line_ids[2].message)

    def test_two_columns_of_awards(self):
        head = ["STT", "Họ và tên", "Danh hiệu thi đua", "Hình thức khen thưởng", "Năm"]
        rows = [[1, "Nguyễn Thị Ánh", "LĐTT", "BK UBND tỉnh", 2020], [2, "Hoàng Cường", "", "GK Sở", 2020]]
        record = self.new_awards(*rows, head=head, default_number="12/QĐ-SNV", default_date="2021-01-05")
        found = [(line.employee_id, line.award_id.code, line.vals["period_to"]) for line in record.line_ids]
        person, other = self.employee_sub, self.employee_other
        self.assertEqual(
            found,
            [
                (person, "LDTT", "2020-12-31"),
                (person, "BKT", "2020-12-31"),
                (other, record.line_ids[2].award_id.code, "2020-12-31"),
            ],
        )

    def test_a_decision_beside_each_of_two_awards(self):
        head = [
            "STT",
            "Họ và tên",
            "Danh hiệu thi đua",
            "Số QĐ",
            "Hình thức khen thưởng",
            "Số QĐ",
            "Năm",
            "Ngày ký",
        ]
        row = [1, "Nguyễn Thị Ánh", "LĐTT", "12/QĐ-SNV", "BK UBND tỉnh", "345/QĐ-UBND", 2020, "05/01/2021"]
        record = self.new_awards(row, head=head)
        self.assertEqual(self.get_verdicts(record), ["unsure"] * 2, record.line_ids.mapped("message"))
        self.assertIn("several decisions", record.line_ids[1].message)

    def test_years_side_by_side_with_their_decisions(self):
        head = [
            "STT",
            "Họ và tên",
            "Năm 2018 Danh hiệu",
            "Năm 2018 Số QĐ",
            "Năm 2019 Danh hiệu",
            "Năm 2019 Số QĐ",
        ]
        record = self.new_awards([1, "Nguyễn Thị Ánh", "LĐTT", "12/QĐ-A", "CSTĐCS", "13/QĐ-A"], head=head)
        self.assertEqual(len(record.line_ids), 2)
        self.assertEqual(record.line_ids.mapped("award_id"), self.ldtt | self.cstdcs)
        self.assertEqual(set(self.get_verdicts(record)), {"unsure"}, "whose decision is not guessed")

    def test_the_law_in_a_title_is_no_decision(self):
        record = self.new_awards(
            ["Căn cứ Quyết định số 7/QĐ-UBND ngày 01/02/2019 ban hành quy chế"],
            ["(Kèm theo Tờ trình số 45/TTr-SNV ngày 02/12/2020)"],
            SHORT,
            [1, "Nguyễn Thị Ánh", "Tổ Thi đua", "LĐTT", 2020],
            head=["DANH SÁCH"],
        )
        self.assertFalse(record.default_number)
        self.assertEqual(record.line_ids.verdict, "unsure")

    def test_dates_as_offices_write_them(self):
        texts = [
            "05.03.2024",
            "ngày 5 tháng 3 năm 2024",
            "45356",
            "12/2024",
            "05/03/2024 và 06/03/2024",
            "05/03/20244",
        ]
        people = self.employee_sub | self.employee_unit | self.employee_other
        people |= self.employee_head | self.employee_council | self.employee_portal
        rows = [
            [number, person.name, "", "LĐTT", "12/QĐ-SNV", text, 2023]
            for number, (person, text) in enumerate(zip(people, texts, strict=True))
        ]
        record = self.new_awards(*rows)
        self.assertEqual(
            self.get_verdicts(record), ["new"] * 3 + ["wrong"] * 3, record.line_ids.mapped("message")
        )
        self.assertEqual({line.vals["date"] for line in record.line_ids[:3]}, {"2024-03-05"})

    def test_a_row_mended_into_another_is_stored_once(self):
        row = ["", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020]
        record = self.new_awards(
            [1, "Nguyễn Thị Ánh", *row], [2, "Nguyễn Thị Ánhh", *row], [3, "Đặng Văn Bình", *row]
        )
        first, second, _third = record.line_ids
        second.cell_name = "Nguyễn Thị Ánh"
        self.assertEqual(second.verdict, "wrong")
        self.assertIn(f"row {first.number}", second.message)
        second._write_protected({"verdict": "new"})
        record.action_run()
        self.assertEqual(len(self.get_granted(self.employee_sub)), 1)

    def test_a_row_taken_as_it_is_asks_again_about_something_new(self):
        record = self.new_awards([1, "Nguyễn Thị Ánh", "", "LĐTT", "12/QĐ-SNV", "05/01/2021", ""])
        line = record.line_ids
        line.action_confirm()
        self.assertEqual(line.verdict, "new", line.message)
        other = self.new_awards([1, "Nguyễn Thị Ánh", "", "LĐTT", "99/QĐ-SNV", "05/01/2021", 2020])
        other.action_run()
        record.action_run()
        self.assertEqual(line.verdict, "unsure", "another officer brought in another decision meanwhile")
        self.assertEqual(len(self.get_granted(self.employee_sub)), 1)
        line.action_confirm()
        self.assertEqual(line.verdict, "new", line.message)

    def test_rows_sent_back_say_all_for_themselves(self):
        record = self.new_pages(
            (
                "DS",
                [
                    ["Danh sách khen thưởng năm 2020"],
                    ["(Quyết định số 12/QĐ-SNV ngày 05/01/2021)"],
                    ["STT", "Họ và tên", "Danh hiệu", "Ghi chú"],
                    ["I", "Tập thể"],
                    [1, "Phòng Tổng hợpp", "TTLĐTT", "x"],
                    ["II", "Cá nhân"],
                    ["1. Tổ Thi đua"],
                    [1, "Nguyễn Thị Ánhh", "LĐTT", "x"],
                    [2, "Trần Đề Xuất", "LĐTT", "x"],
                ],
            )
        )
        self.assertEqual(
            self.get_verdicts(record), ["unsure", "unsure", "new"], record.line_ids.mapped("message")
        )
        content = self.read_file(record.action_download_wrong())
        again = self.new_import([], data=base64.b64encode(content), read=False)
        again.action_read()
        unit, person = again.line_ids
        self.assertEqual((unit.recipient_type, unit.vals["period_to"]), ("department", "2020-12-31"))
        self.assertEqual((person.vals["number"], person.vals["date"]), ("12/QĐ-SNV", "2021-01-05"))
        self.assertEqual(person.cell_unit, "Tổ Thi đua")
        unit.cell_name, person.cell_name = "Phòng Tổng hợp", "Nguyễn Thị Ánh"
        self.assertEqual(self.get_verdicts(again), ["new", "new"], again.line_ids.mapped("message"))
        again.action_run()
        self.assertEqual(self.get_granted(self.employee_sub).award_id, self.ldtt)
        self.assertEqual(self.get_granted(self.unit).award_id, self.ttldtt)

    def test_what_was_changed_since_is_not_undone(self):
        head = ["Họ và tên", "Xếp loại", "Năm"]
        record = self.new_import(
            head, ["Nguyễn Thị Ánh", "HTTNV", 2024], ["Hoàng Cường", "HTTNV", 2024], kind="rating"
        )
        record.action_run()
        rating = self.env["emulation.rating"].search([("employee_id", "=", self.employee_sub.id)])
        rating.with_user(self.user_officer).rating = "excellent"
        with self.assertRaisesRegex(UserError, "changed since"):
            record.action_undo()
        self.assertEqual(rating.rating, "excellent")
        rating.with_user(self.user_officer).rating = "good"
        record.action_undo()
        self.assertFalse(rating.exists())

    def test_what_was_left_out_is_said(self):
        record = self.new_awards(
            ["Tổng cộng: 1 người"],
            ["I", "Cá nhân"],
            [1, "Nguyễn Thị Ánh", "", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020],
            ["", "Người lập biểu", "", "", "Giám đốc"],
            ["", "Trần Ký", "", "", "Lê Duyệt"],
        )
        for text in ("totals: 1", "headings between the rows: 1", "rows from the signatures on: 2"):
            self.assertIn(text, record.left_out)

    def test_of_one_agency_only(self):
        row = [1, "Nguyễn Thị Ánh", "", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020]
        record = self.new_awards(row)
        there = {"allowed_company_ids": self.other_company.ids}
        foreign = record.with_user(self.user_foreign_officer).with_context(**there)
        for deed in (foreign.action_run, foreign.action_read, lambda: foreign.line_ids.mapped("raw")):
            with self.assertRaises(AccessError):
                deed()
        self.assertNotIn(record, foreign.search([]))
        with self.assertRaises(AccessError):
            self.new_awards(row, company_id=self.other_company.id, read=False)
        stranger = self.new_employee("Người Sở Khác", self.foreign_unit)
        with self.assertRaises(UserError):
            record.line_ids.employee_id = stranger
            record.flush_recordset()
        unknown = self.new_awards([1, "Người Sở Khác", "", *row[3:]])
        self.assertEqual(unknown.line_ids.verdict, "unsure")
        self.assertFalse(unknown.line_ids.employee_id)

    def test_nobody_else_reads_what_came_in(self):
        record = self.new_awards([1, "Nguyễn Thị Ánh", "", "LĐTT", "12/QĐ-SNV", "05/01/2021", 2020])
        for user in (self.user_head, self.user_proposer, self.user_council, self.user_portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                record.with_user(user).line_ids.mapped("message")


@tagged("post_install", "-at_install")
class TestImportRace(RaceCase):
    """Two officers bring in the same list at the same moment."""

    def setUp(self):
        super().setUp()
        with self.connection() as env:
            people = env["hr.employee"].create([{"name": f"Người Đua {number}"} for number in range(3)])
            rows = [f"{person.name}\tLĐTT\t12/QĐ-ĐUA\t05/01/2021\t2020" for person in people]
            text = "\n".join(["Họ và tên\tDanh hiệu\tSố quyết định\tNgày quyết định\tNăm", *rows])
            groups = env.ref("hr_emulation.group_emulation_officer").ids
            users = env["res.users"].create(
                [
                    {"name": login, "login": login, "group_ids": [Command.set(groups)]}
                    for login in ("dua-1", "dua-2")
                ]
            )
            imports = [env["emulation.import"].with_user(user).create({"pasted": text}) for user in users]
            for record in imports:
                record.action_read()
            self.people, self.users = people.ids, users.ids
            self.imports = [record.id for record in imports]
        self.addCleanup(self.clean_up)

    def clean_up(self):
        with self.connection() as env:
            found = env["emulation.commendation"].search([("employee_id", "in", self.people)])
            decisions = found.decision_id
            found._with_seal().unlink()
            decisions._drop_unused_external()
            records = env["emulation.import"].browse(self.imports)
            records.line_ids._write_protected({"is_done": False})
            records._write_protected({"state": "undone"})
            records.unlink()
            env["hr.employee"].browse(self.people).unlink()
            env["res.users"].browse(self.users).unlink()

    def test_each_award_is_stored_once(self):
        first, second = self.imports
        with self.registry.cursor() as slow:
            late = self.environment(slow, self.users[1])
            self.assertEqual(late["emulation.import"].browse(second).ready_count, 3)  # it has begun
            with self.connection(self.users[0]) as env:
                env["emulation.import"].browse(first).action_run()
            with self.assertRaisesRegex(Exception, "could not serialize"):
                late["emulation.import"].browse(second).action_run()
            slow.rollback()
        with self.connection(self.users[1]) as env:  # as the server does it again
            again = env["emulation.import"].browse(second)
            again.action_run()
            self.assertEqual(set(again.line_ids.mapped("verdict")), {"same"})
        with self.connection() as env:
            found = env["emulation.commendation"].search([("employee_id", "in", self.people)])
            self.assertEqual(len(found), 3)
