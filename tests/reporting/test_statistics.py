"""Statistical forms: figures against queries of their own, a year that is closed, agencies below."""

import io

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from openpyxl import load_workbook

from ..helpers.common import EmulationCommon

YEAR = 2025


@tagged("post_install", "-at_install")
class TestStatistics(EmulationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.form = cls.env.ref("hr_emulation.statistic_form_grassroots")
        cls.ldtt = cls.env.ref("hr_emulation.award_ldtt")
        cls.ttldtt = cls.env.ref("hr_emulation.award_ttldtt")
        cls.own = cls.new_award("TEST-RIENG", level="internal")
        for recipient, award, day in (
            (cls.employee_sub, cls.ldtt, "2025-02-01"),
            (cls.employee_unit, cls.ldtt, "2025-12-31"),
            (cls.employee_other, cls.ldtt, "2026-01-01"),
            (cls.other_unit, cls.ttldtt, "2025-02-01"),
            (cls.employee_sub, cls.own, "2025-03-01"),
        ):
            cls.grant(recipient, award, day)
        cls.statistic = cls.new_statistic()

    @classmethod
    def grant(cls, recipient, award, day, prize=1_000_000):
        item = cls.new_commendation(recipient).sudo()
        item._write_protected(
            {
                **{"state": "granted", "award_id": award.id, "granted_date": day},
                **{"prize_amount": prize, "prize_state": "to_pay"},
            }
        )
        cls.env.flush_all()
        return item

    @classmethod
    def new_statistic(cls, form=None, company=None, user=None, **vals):
        company = company or cls.company
        statistics = cls.env["emulation.statistic"].with_user(user or cls.user_officer)
        return statistics.with_company(company).create(
            {"form_id": (form or cls.form).id, "year": YEAR, "company_id": company.id, **vals}
        )

    def get_figure(self, statistic, row, column):
        return self.get_cell(statistic, row, column).value

    def get_cell(self, statistic, row, column):
        cells = statistic.cell_ids.filtered(
            lambda cell: (cell.row_id.name, cell.column_id.name) == (row, column)
        )
        self.assertEqual(len(cells), 1)
        return cells

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def test_figures_are_those_of_a_query_of_their_own(self):
        self.statistic.action_count()
        self.env.cr.execute(
            "SELECT CASE WHEN employee_id IS NOT NULL THEN 'Cá nhân' ELSE 'Tập thể' END, COUNT(*)"
            " FROM emulation_commendation c JOIN emulation_award a ON a.id = c.award_id"
            " WHERE c.company_id = %s AND c.state = 'granted' AND a.level IN ('grassroots', 'internal')"
            " AND EXTRACT(YEAR FROM granted_date) = %s GROUP BY 1",
            (self.company.id, YEAR),
        )
        expected = dict(self.env.cr.fetchall())
        self.assertEqual(expected, {"Cá nhân": 3, "Tập thể": 1})
        for column, count in expected.items():
            self.assertEqual(self.get_figure(self.statistic, "Tổng số", column), count)
        self.assertEqual(self.get_figure(self.statistic, "Lao động tiên tiến", "Tổng số"), 2)
        self.assertEqual(self.get_figure(self.statistic, "Tổng số", "Tiền thưởng (đồng)"), 4_000_000)

    def test_parts_add_up_to_the_total(self):
        self.statistic.action_count()
        for column in self.form.column_ids.mapped("name"):
            kinds = ("Danh hiệu thi đua", "Hình thức khen thưởng", "Hình thức của cơ quan")
            parts = sum(self.get_figure(self.statistic, kind, column) for kind in kinds)
            with self.subTest(column=column):
                self.assertEqual(parts, self.get_figure(self.statistic, "Tổng số", column))
        leaders, workers = (
            self.get_figure(self.statistic, "Tổng số", f"Cá nhân: {kind}")
            for kind in ("lãnh đạo", "người lao động trực tiếp")
        )
        self.assertEqual(leaders + workers, self.get_figure(self.statistic, "Tổng số", "Cá nhân"))

    def test_each_figure_opens_what_it_counts(self):
        self.statistic.action_count()
        filled = self.statistic.cell_ids.filtered(
            lambda cell: cell.value and cell.column_id.measure == "count"
        )
        self.assertTrue(filled)
        for cell in filled:
            action = cell.action_open_records()
            found = self.env[action["res_model"]].with_user(self.user_officer).search_count(action["domain"])
            self.assertEqual(found, cell.value, (cell.row_id.name, cell.column_id.name))

    def test_every_form_of_the_law_counts(self):
        for form in self.env["emulation.statistic.form"].search([]) - self.form:
            statistic = self.new_statistic(form)
            statistic.action_count()
            with self.subTest(form=form.code):
                self.assertEqual(len(statistic.cell_ids), len(form.row_ids) * len(form.column_ids))
                self.assertIn("table", statistic.table_html)

    def test_councils_in_office_are_counted(self):
        form = self.env.ref("hr_emulation.statistic_form_0604")
        for name, kind, active in (
            ("A", "emulation", True),
            ("B", "initiative", True),
            ("C", "emulation", False),
        ):
            self.env["emulation.council"].create(
                {"name": name, "kind": kind, "active": active, "company_id": self.company.id}
            )
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT kind, COUNT(*) FROM emulation_council WHERE active AND company_id = %s GROUP BY kind",
            (self.company.id,),
        )
        expected = dict(self.env.cr.fetchall())
        self.assertEqual(expected["initiative"], 1)
        statistic = self.new_statistic(form)
        statistic.action_count()
        figures = {cell.row_id.name: cell.value for cell in statistic.cell_ids}
        self.assertEqual(
            figures,
            {
                "Tổng số hội đồng": sum(expected.values()),
                "Hội đồng thi đua, khen thưởng": expected["emulation"],
                "Hội đồng sáng kiến": expected["initiative"],
            },
        )

    def test_staff_is_counted_by_sex_and_education(self):
        """Two officers, of whom one also sits on the council; a member; whoever left the council; an employee."""
        company = self.env["res.company"].create({"name": "Chi cục Đếm Người"})
        unit = self.new_unit("Văn phòng", company=company)
        group = "hr_emulation.group_emulation_officer"
        people = [
            self.new_employee(name, unit, self.new_user(login, group, company) if login else None)
            for name, login in (
                ("Lò Thị Ánh", "count_a"),
                ("Vàng A Dơ", "count_b"),
                ("Tẩn Mẩy Chi", None),
                ("Giàng A Cũ", None),
                ("Lý Thị Không", None),
            )
        ]
        for person, sex, certificate in zip(
            people,
            ("female", "male", "female", "male", "female"),
            ("master", False, "bachelor", "doctor", "doctor"),
            strict=True,
        ):
            person.write({"sex": sex, "certificate": certificate})
        council = self.env["emulation.council"].create({"name": "Hội đồng", "company_id": company.id})
        seats = [{"council_id": council.id, "employee_id": person.id} for person in people[1:4]]
        self.env["emulation.council.member"].create([*seats[:2], {**seats[2], "date_to": "2020-12-31"}])
        self.env.flush_all()
        statistics = self.env["emulation.statistic"].with_user(people[0].user_id)
        form = self.env.ref("hr_emulation.statistic_form_0605")
        statistic = statistics.with_context(allowed_company_ids=company.ids).create(
            {"form_id": form.id, "year": YEAR, "company_id": company.id}
        )
        statistic.action_count()
        for row, expected in {
            "Tổng số": {"Tổng số": 3, "Nữ": 2, "Trình độ: thạc sĩ": 1, "Trình độ: đại học": 1},
            "Làm công tác thi đua, khen thưởng": {"Tổng số": 2, "Nữ": 1, "Trình độ: thạc sĩ": 1},
            "Thành viên hội đồng, không kiêm làm công tác thi đua, khen thưởng": {"Tổng số": 1, "Nữ": 1},
        }.items():
            for column, figure in expected.items():
                with self.subTest(row=row, column=column):
                    self.assertEqual(self.get_figure(statistic, row, column), figure)
        self.assertEqual(self.get_figure(statistic, "Tổng số", "Trình độ: tiến sĩ"), 0)
        self.assertEqual(self.get_figure(statistic, "Tổng số", "Trình độ khác hoặc chưa ghi"), 1)

    def test_cost_does_not_grow(self):
        few = self.count_queries(self.statistic._do_count)
        for _number in range(20):
            self.grant(self.employee_unit, self.ldtt, "2025-06-01", prize=0)
        self.assertLessEqual(self.count_queries(self.statistic._do_count), few + 5)

    # ------------------------------------------------------------------
    # The year is closed
    # ------------------------------------------------------------------

    def test_a_closed_year_stays(self):
        with self.assertRaisesRegex(UserError, "Count"):
            self.statistic.action_close()
        self.statistic.action_count()
        self.statistic.action_close()
        self.grant(self.employee_unit, self.ldtt, "2025-06-01")
        for change in (self.statistic.action_count, lambda: self.statistic.write({"year": 2024})):
            with self.assertRaises(UserError):
                change()
        with self.assertRaises(UserError):
            self.statistic.unlink()
        with self.assertRaises(AccessError):
            self.statistic.cell_ids[0].write({"value": 7})
        self.assertEqual(self.get_figure(self.statistic, "Tổng số", "Cá nhân"), 3)
        with self.assertRaises(UserError):
            self.statistic.action_reopen()
        self.statistic.with_user(self.user_admin)._do_reopen("Bổ sung một quyết định")
        self.statistic.action_count()
        self.assertEqual(self.get_figure(self.statistic, "Tổng số", "Cá nhân"), 4)
        changed = self.statistic.cell_ids.filtered(lambda cell: cell.row_id.name == "Lao động tiên tiến")[0]
        self.assertEqual((changed.value, changed.before), (3, 2))

    def test_agencies_below_are_added_once_they_close(self):
        below = self.env["res.company"].create({"name": "Chi cục Thử", "parent_id": self.company.id})
        self.user_officer.company_ids |= below
        self.statistic.with_below = True
        self.assertEqual(self.statistic.missing_names, "Chi cục Thử")
        theirs = self.new_statistic(company=below)
        theirs.action_count()
        cell = theirs.cell_ids.filtered(
            lambda cell: (cell.row_id.name, cell.column_id.name) == ("Tổng số", "Cá nhân")
        )
        cell._write_protected({"value": 10})
        self.statistic.action_count()
        self.assertEqual(
            self.get_figure(self.statistic, "Tổng số", "Cá nhân"), 3, "open figures are not delivered"
        )
        self.deliver(theirs, 10)
        self.statistic.invalidate_recordset()
        self.statistic.action_count()
        self.assertEqual(self.get_figure(self.statistic, "Tổng số", "Cá nhân"), 13)
        self.assertFalse(self.statistic.missing_names)

    def deliver(self, statistic, people):
        """Close the year of an agency below with so many people in its figures."""
        statistic.action_count()
        statistic.action_close()
        self.get_cell(statistic, "Tổng số", "Cá nhân")._write_protected({"value": people})
        self.env.flush_all()
        self.env.invalidate_all()

    def new_chain(self):
        """Return the statistics of an agency below and of one below that."""
        below = self.env["res.company"].create({"name": "Chi cục Thử", "parent_id": self.company.id})
        deep = self.env["res.company"].create({"name": "Trạm Thử", "parent_id": below.id})
        for user in (self.user_officer, self.user_admin):
            user.company_ids |= below | deep
        self.statistic.with_below = True
        return self.new_statistic(company=below), self.new_statistic(company=deep)

    def test_who_is_further_below_is_added_or_named(self):
        theirs, deep = self.new_chain()
        self.deliver(theirs, 10)
        self.statistic.action_count()
        self.assertEqual(self.get_figure(self.statistic, "Tổng số", "Cá nhân"), 13)
        self.assertEqual(self.statistic.missing_names, "Trạm Thử")
        self.deliver(deep, 5)
        with self.assertRaisesRegex(UserError, "Tổng số – Cá nhân: 13 → 18"):
            self.statistic.action_close()
        self.statistic.action_count()
        self.assertEqual(self.get_figure(self.statistic, "Tổng số", "Cá nhân"), 18)
        self.assertFalse(self.statistic.missing_names)
        self.statistic.action_close()
        everywhere = {"allowed_company_ids": self.user_admin.company_ids.ids}
        with self.assertRaisesRegex(UserError, "opens its own first"):
            deep.with_user(self.user_admin).with_context(**everywhere).action_reopen()

    def test_nobody_below_is_counted_twice(self):
        theirs, deep = self.new_chain()
        self.deliver(deep, 5)
        theirs.with_below = True
        theirs.action_count()
        self.assertEqual(self.get_figure(theirs, "Tổng số", "Cá nhân"), 5)
        self.statistic.action_count()
        self.assertEqual(self.get_figure(self.statistic, "Tổng số", "Cá nhân"), 8, "theirs is open yet")
        self.deliver(theirs, 12)
        self.statistic.action_count()
        self.assertEqual(self.get_figure(self.statistic, "Tổng số", "Cá nhân"), 15, "7 are their own")

    def test_figures_that_are_others_by_now_are_not_locked(self):
        self.statistic.action_count()
        self.grant(self.employee_unit, self.ldtt, "2025-06-01")
        with self.assertRaisesRegex(UserError, r"count again.*Tổng số – Tổng số: 4 → 5; .*and \d+ more"):
            self.statistic.action_close()
        self.assertEqual(self.statistic.state, "draft")
        self.assertEqual(self.get_figure(self.statistic, "Tổng số", "Cá nhân"), 3, "nothing changes unseen")
        self.statistic.action_count()
        self.statistic.action_close()
        self.assertEqual(self.get_figure(self.statistic, "Tổng số", "Cá nhân"), 4)

    def test_figures_of_another_condition_are_not_locked(self):
        self.statistic.action_count()
        row = self.form.with_user(self.user_admin).row_ids.filtered(
            lambda line: line.name == "Lao động tiên tiến"
        )
        condition, row.domain = row.domain, "[('award_id.code', '=', 'KHONG-CO')]"
        with self.assertRaisesRegex(UserError, "Lao động tiên tiến – Tổng số: 2 → 0"):
            self.statistic.action_close()
        row.domain = condition
        self.statistic.action_close()
        self.assertEqual(self.statistic.state, "closed")

    def test_the_figure_before_is_that_of_the_last_count(self):
        def get_before():
            cell = self.get_cell(self.statistic, "Hình thức của cơ quan", "Tập thể")
            return cell.is_changed, cell.before, self.statistic.table_html.count('title="0"')

        self.statistic.action_count()
        self.assertEqual(get_before(), (False, 0, 0))
        both = self.new_award(
            "TEST-CHUNG", level="internal", subject_individual=True, subject_collective=True
        )
        self.grant(self.other_unit, both, "2025-02-01")
        self.statistic.action_count()
        self.assertEqual(get_before()[:2], (True, 0))
        self.assertGreater(get_before()[2], 0, "from nothing to one is a change too")
        self.statistic.action_count()
        self.assertEqual(get_before(), (False, 0, 0), "the last count changed nothing")
        self.assertEqual(self.get_figure(self.statistic, "Tổng số", "Tập thể"), 2)

    def test_what_has_no_name_is_called_what_it_is(self):
        self.statistic.action_count()
        with self.assertRaisesRegex(UserError, "^Figure of a statistical form: this cannot be deleted"):
            self.statistic.cell_ids[:2].unlink()

    def test_figures_of_something_else_are_not_locked(self):
        """Ticked after the count, another year typed after it: what stands there is not what the paper says."""
        for change in ({"with_below": True}, {"year": YEAR - 1}):
            self.statistic.action_count()
            self.statistic.write(change)
            with self.subTest(change=change):
                self.assertFalse(self.statistic.cell_ids)
                self.assertFalse(self.statistic.counted_on)
                with self.assertRaisesRegex(UserError, "Count the figures first"):
                    self.statistic.action_close()

    def new_below(self):
        """Return the counted form of an agency below whose figures are wanted above."""
        below = self.env["res.company"].create({"name": "Chi cục Thử", "parent_id": self.company.id})
        self.user_officer.company_ids |= below
        self.user_admin.company_ids |= below
        self.statistic.with_below = True
        theirs = self.new_statistic(company=below)
        theirs.action_count()
        return theirs

    def test_a_sum_is_locked_with_the_figures_that_are_delivered(self):
        theirs = self.new_below()
        self.statistic.action_count()
        theirs.action_close()
        with self.assertRaisesRegex(UserError, "count again"):
            self.statistic.action_close()
        self.statistic.action_count()
        theirs.with_user(self.user_admin)._do_reopen("Bổ sung một quyết định")
        with self.assertRaisesRegex(UserError, "count again"):
            self.statistic.action_close()
        self.statistic.action_count()
        self.statistic.action_close()
        self.assertEqual(self.get_figure(self.statistic, "Tổng số", "Cá nhân"), 3)

    def test_what_is_locked_above_is_not_opened_below(self):
        theirs = self.new_below()
        theirs.action_close()
        self.statistic.action_count()
        self.statistic.action_close()
        admin = theirs.with_user(self.user_admin).with_context(
            allowed_company_ids=self.user_admin.company_ids.ids
        )
        with self.assertRaisesRegex(UserError, "opens its own first"):
            admin.action_reopen()
        self.statistic.with_user(self.user_admin)._do_reopen("Chi cục Thử bổ sung một quyết định")
        self.assertEqual(admin.action_reopen()["res_model"], "emulation.reason.wizard")

    def test_a_locked_year_shows_what_it_was_counted_by(self):
        """Rows come and go with circulars; a year that was handed in stays as it was handed in."""

        def show():
            self.env.invalidate_all()
            sheet = load_workbook(io.BytesIO(self.statistic._build_form())).active
            return self.statistic.table_html, list(sheet.iter_rows(values_only=True))

        self.statistic.action_count()
        self.statistic.action_close()
        before, form = show(), self.form.with_user(self.user_admin)
        gone, kept = (form.row_ids[-1], form.column_ids[-1]), form.row_ids[1]
        for line in gone:
            line.unlink()
        form.row_ids = [Command.create({"name": "Dòng mới"})]
        self.assertEqual(show(), before)
        with self.assertRaises(AccessError):
            form.row_ids[0].with_user(self.user_officer).unlink()
        for line, values in ((kept, {"domain": "[]"}), (form, {"domain": "[('id', '>', 0)]"})):
            with self.assertRaisesRegex(UserError, "rests on it"):
                line.write(values)
        later = self.new_statistic(year=YEAR + 1)
        later.action_count()
        self.assertIn("Dòng mới", later.cell_ids.row_id.mapped("name"))
        self.assertFalse((gone[0] | gone[1]) & (later.cell_ids.row_id | later.cell_ids.column_id))

    def test_the_form_as_a_workbook(self):
        self.statistic.action_count()
        sheet = load_workbook(io.BytesIO(self.statistic._build_form())).active
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        self.assertIn("KHEN THƯỞNG CẤP CƠ SỞ VÀ CỦA CƠ QUAN NĂM 2025", rows[3])
        self.assertEqual(rows[6][:4], ["STT", "Nội dung", "Tổng số", "Tập thể"])
        self.assertEqual(rows[7][1:4], ["Tổng số", 4, 1])
        self.assertIn("THỦ TRƯỞNG CƠ QUAN", rows[-2])
        self.assertEqual(self.statistic.action_export_xlsx()["type"], "ir.actions.act_url")

    # ------------------------------------------------------------------
    # The form is data
    # ------------------------------------------------------------------

    def test_an_administrator_changes_the_form(self):
        form = self.form.with_user(self.user_admin)
        form.row_ids[0].name = "Cộng"
        with self.assertRaises(AccessError):
            self.form.row_ids[0].with_user(self.user_officer).write({"name": "Tổng"})
        for text in ("__import__('os').system('true')", "[('no_such_field', '=', 1)]", "[(", "uid"):
            with self.subTest(text=text), self.assertRaises(ValidationError):
                form.row_ids[0].domain = text
        self.statistic.action_count()
        self.assertEqual(self.get_figure(self.statistic, "Cộng", "Tổng số"), 4)

    def test_a_row_that_goes_takes_its_figures(self):
        self.statistic.action_count()
        before = len(self.statistic.cell_ids)
        self.form.with_user(self.user_admin).row_ids[-1].unlink()
        self.statistic.invalidate_recordset()
        self.statistic.action_count()
        self.assertEqual(len(self.statistic.cell_ids), before - len(self.form.column_ids))
