import base64
import io
from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..helpers.campaign_common import CampaignCommon


@tagged("post_install", "-at_install")
class TestCascade(CampaignCommon):
    def push(self, units, campaign=None):
        campaign = campaign or self.campaign
        action = campaign.with_user(self.user_officer).action_push()
        wizard = self.env["emulation.campaign.push"].with_user(self.user_officer)
        form = Form(wizard.with_context(**action["context"]))
        for unit in units:
            form.department_ids.add(unit)
        form.save().action_push()
        return campaign.child_ids

    def test_each_unit_gets_its_own_campaign_and_its_head_one_notice(self):
        self.campaign.theme = "Kỷ cương, sáng tạo"
        children = self.push(self.unit | self.other_unit)
        self.assertEqual(set((self.campaign | children).mapped("state")), {"launched"})
        self.assertEqual(children.owner_unit_id, self.unit | self.other_unit)
        self.assertEqual(set(children.mapped("theme")), {"Kỷ cương, sáng tạo"})
        for child in children:
            self.assertEqual(child.content_ids.mapped("name"), self.campaign.content_ids.mapped("name"))
            self.assertEqual(child.individual_set_id.template_id, self.sheet)
            self.assertNotEqual(child.individual_set_id, self.campaign.individual_set_id)
        self.assertEqual(children.activity_ids.user_id, self.user_head | self.user_other_head)
        self.assertEqual(len(children.activity_ids), 2)

    def test_a_second_push_adds_only_new_units(self):
        first = self.push(self.unit)
        both = self.push(self.unit | self.other_unit)
        self.assertEqual(len(both), 2)
        self.assertEqual(len(first.activity_ids), 1)

    def test_rounds_handed_down_are_told_apart_where_one_chooses(self):
        reviews = self.env["emulation.review"]
        dates = {"date_from": date(2025, 1, 1), "date_to": date(2025, 12, 31)}
        own = reviews.create({"name": "Tổng kết", "campaign_id": self.campaign.id, **dates})
        below = self.push(self.unit).review_ids
        self.assertEqual((own | below).mapped("display_name"), ["Tổng kết", "Tổng kết"])
        offered = reviews.with_user(self.user_officer).with_context(formatted_display_name=True)
        names = dict(offered.name_search("tong ket", [("id", "in", (own | below).ids)]))
        self.assertEqual(names[own.id], f"Tổng kết\t--{self.campaign.name}--")
        self.assertEqual(names[below.id], f"Tổng kết\t--{self.campaign.name} – {self.unit.name}--")

    def test_all_units_below_in_one_choice(self):
        """Units of units too; what has it already, the unit itself and those of other agencies are left out."""

        def take_all(campaign, user):
            wizard = self.env["emulation.campaign.push"].with_user(user).create({"campaign_id": campaign.id})
            self.assertEqual(wizard.action_take_all()["res_id"], wizard.id)
            return wizard.department_ids

        units = self.unit | self.sub_unit | self.other_unit
        self.assertEqual(take_all(self.campaign, self.user_officer), units)
        child = self.push(self.unit)
        self.assertEqual(take_all(self.campaign, self.user_officer), units - self.unit)
        self.assertEqual(take_all(child, self.user_head), self.sub_unit)
        self.push(units - self.unit)
        with self.assertRaisesRegex(UserError, "no unit below"):
            take_all(self.campaign, self.user_officer)

    def test_a_hierarchy_of_companies(self):
        """A province hands its campaign to a department of its own: another company, its own head."""
        head = self.new_user("emulation_foreign_head", "base.group_user", self.other_company)
        self.foreign_unit.manager_id = self.new_employee("Mai Đứng Đầu", self.foreign_unit, head)
        self.user_officer.company_ids += self.other_company
        shared = self.new_award("CHUNG", company_id=False)
        self.campaign.write(
            {
                "audience_kind": "departments",
                "audience_department_ids": self.unit.ids,
                "standing_unit_id": self.unit.id,
                "award_line_ids": [
                    Command.create({"award_id": award.id, "quota": 3}) for award in shared | self.award
                ],
            }
        )
        both = self.company | self.other_company
        officer = self.campaign.with_user(self.user_officer).with_context(allowed_company_ids=both.ids)

        def push():
            action = officer.action_push()
            wizard = officer.env["emulation.campaign.push"].with_context(**action["context"])
            form = Form(wizard)
            form.company_ids.add(self.other_company)
            form.save().action_push()

        push()
        child = self.campaign.child_ids
        self.assertEqual((child.company_id, child.state), (self.other_company, "launched"))
        self.assertEqual(child.activity_ids.user_id, head)
        push()
        self.assertEqual(self.campaign.child_ids, child)
        self.assertEqual(len(child.activity_ids), 1)

        # nothing of the first company hangs on the second one's campaign
        self.assertEqual((child.audience_kind, child.audience_department_ids), ("all", self.unit.browse()))
        self.assertFalse(child.standing_unit_id)
        self.assertEqual(child.award_line_ids.mapped(lambda line: (line.award_id, line.quota)), [(shared, 0)])
        self.assertEqual(child.award_line_ids.left_text, "3", "it draws on the three above")
        sheet = child.individual_set_id
        self.assertEqual(
            (sheet.company_id, sheet.locked, sheet.current_total), (self.other_company, True, 100)
        )

        # who belongs to one company sees its own campaign, and the one above it without being able to change it
        there = child.with_user(head).with_context(allowed_company_ids=self.other_company.ids)
        self.assertTrue(there.has_access("read"))
        self.assertFalse(there.has_access("write"))
        self.assertTrue(self.campaign.with_env(there.env).has_access("read"))
        self.assertFalse(self.campaign.with_env(there.env).has_access("write"))
        here = child.with_user(self.user_head).with_context(allowed_company_ids=self.company.ids)
        self.assertFalse(here.has_access("read"))
        foreign = child.with_user(self.user_foreign_officer).with_context(
            allowed_company_ids=self.other_company.ids
        )
        with self.assertRaises(UserError):
            self.campaign.with_env(foreign.env).purpose = "Khác"
        self.assertTrue(foreign.has_access("write"))

    def test_campaigns_below_may_wait_as_drafts(self):
        action = self.campaign.with_user(self.user_officer).action_push()
        wizard = self.env["emulation.campaign.push"].with_user(self.user_officer)
        form = Form(wizard.with_context(**action["context"]))
        form.department_ids.add(self.other_unit)
        form.launch_below = False
        form.save().action_push()
        child = self.campaign.child_ids
        self.assertEqual((child.state, child.activity_ids.user_id), ("draft", self.user_other_head))
        child.with_user(self.user_officer).action_launch()
        self.assertEqual(child.activity_ids.user_id, self.user_other_head)
        self.assertEqual(len(child.activity_ids), 1)

    def test_it_costs_little_more_for_many(self):
        def cost(*units):
            campaign = self.new_campaign(f"Quy mô {len(units)}")
            return self.count_queries(lambda: self.push(self.unit.union(*units), campaign))

        def new_units(count):
            units = [self.new_unit(f"Đơn vị {count}.{number}") for number in range(count)]
            for unit in units:
                unit.manager_id = self.employee_other_head
            return units

        cost(*new_units(2))
        few, many = cost(*new_units(2)), cost(*new_units(12))
        self.assertLessEqual(many - few, 10, "the rows are more, the queries hardly")

    def test_an_incomplete_campaign_is_not_pushed(self):
        self.campaign.purpose = False
        with self.assertRaisesRegex(UserError, "aim"):
            self.push(self.unit)
        self.assertFalse(self.campaign.child_ids)


@tagged("post_install", "-at_install")
class TestMassRegistration(CampaignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign.with_user(cls.user_officer).action_launch()

    def open_wizard(self):
        wizard = self.env["emulation.mass.registration"].with_user(self.user_officer)
        return Form(wizard.with_context(default_campaign_id=self.campaign.id))

    def test_who_is_in_is_skipped_and_named(self):
        self.register(self.employee_sub)
        form = self.open_wizard()
        form.department_ids.add(self.sub_unit)
        form.is_approved = True
        self.assertEqual(form.found_count, 4)
        message = form.save().action_register()["params"]["message"]
        self.assertIn("3 registered", message)
        self.assertIn("Nguyễn Thị Ánh", message)
        registrations = self.campaign.participation_ids
        self.assertEqual(registrations.employee_id.department_id, self.sub_unit)
        self.assertEqual((len(registrations), set(registrations.mapped("state"))), (4, {"approved"}))
        self.assertTrue(all(registrations.mapped("recipient_name")))

    def test_units_and_audience(self):
        form = self.open_wizard()
        form.subject = "both"
        form.save().action_register()
        registrations = self.campaign.participation_ids
        self.assertEqual(registrations.department_id, self.unit | self.sub_unit | self.other_unit)
        self.assertNotIn(self.employee_foreign, registrations.employee_id)


@tagged("post_install", "-at_install")
class TestSetImport(CampaignCommon):
    def workbook(self, *rows):
        import xlsxwriter

        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        book.close()
        return base64.b64encode(buffer.getvalue())

    def wizard(self, data):
        wizard = self.env["emulation.set.import"].with_user(self.user_officer)
        return wizard.create({"set_id": self.sheet.id, "data": data})

    def test_a_set_survives_the_way_out_and_in(self):
        group = self.env["emulation.criterion"].create(
            {"set_id": self.sheet.id, "name": "Nhóm", "code": "I", "kind": "group", "sequence": -1}
        )
        self.sheet.criterion_ids.filtered(lambda line: line.kind == "rating").parent_id = group
        columns = ("name", "kind", "max_points", "target", "points_per_occurrence", "code")
        before = sorted(line[name] for line in self.sheet.criterion_ids for name in columns[:1])
        wizard = self.wizard(False)
        self.wizard(base64.b64encode(wizard._export())).action_import()
        self.assertEqual(sorted(self.sheet.criterion_ids.mapped("name")), before)
        self.assertEqual(self.sheet.current_total, 100)
        child = self.sheet.criterion_ids.filtered(lambda line: line.kind == "rating")
        self.assertEqual(child.parent_id.code, "I")

    def test_a_group_without_a_code_keeps_what_is_in_it(self):
        """Its limit would be lost in silence."""
        criteria = self.env["emulation.criterion"]
        group = criteria.create(
            {"set_id": self.sheet.id, "name": "Điểm cộng", "kind": "group", "max_points": 4, "sequence": 9}
        )
        bonus = self.sheet.criterion_ids.filtered(lambda line: line.kind == "bonus")
        bonus.parent_id = group
        self.wizard(base64.b64encode(self.wizard(False)._export())).action_import()
        self.assertEqual(bonus.parent_id, group)

    def test_a_group_that_goes_takes_nothing_with_it_that_stays(self):
        head = ("name", "kind", "maximum", "code", "group")
        child = ("Kỷ luật", "rating", 100, "1.1")
        self.wizard(self.workbook(head, ("Nhóm", "group", 0, "1", ""), (*child, "1"))).action_import()
        line = self.sheet.criterion_ids.filtered(lambda one: one.kind == "rating")
        line.guidance = "Theo quy chế"
        self.wizard(self.workbook(head, ("Nhóm", "group", 0, "I", ""), (*child, "I"))).action_import()
        self.assertEqual(line.exists(), line)
        self.assertEqual((line.parent_id.code, len(self.sheet.criterion_ids)), ("I", 2))
        self.wizard(self.workbook(head, (*child, ""))).action_import()
        self.assertEqual((self.sheet.criterion_ids, line.parent_id.id), (line, False))

    def test_lines_of_one_name_become_the_one_of_the_file(self):
        self.env["emulation.criterion"].create(
            [{"set_id": self.sheet.id, "name": "Kỷ luật", "max_points": 30} for _time in range(2)]
        )
        self.wizard(self.workbook(("name", "kind", "maximum"), ("Kỷ luật", "rating", 100))).action_import()
        self.assertEqual(self.sheet.criterion_ids.mapped("max_points"), [100])

    def test_it_keeps_what_the_file_does_not_say(self):
        line = self.sheet.criterion_ids[0]
        line.write(
            {
                "department_ids": self.unit.ids,
                "step_ids": [
                    Command.create({"start": 0, "end": 80, "points": 12.5}),
                    Command.create({"start": 80, "is_open": True, "points": 70}),
                ],
                "minimum_ids": [Command.create({"award_id": self.award.id, "points": 5})],
            }
        )
        exported = self.wizard(False)._export()
        line.step_ids.unlink()
        self.wizard(base64.b64encode(exported)).action_import()
        self.assertEqual(self.sheet.criterion_ids[0], line)
        self.assertEqual(line.department_ids, self.unit)
        self.assertEqual(line.minimum_ids.points, 5)
        steps = [(step.start, step.end, step.is_open, step.points) for step in line.step_ids.sorted("start")]
        self.assertEqual(steps, [(0, 80, False, 12.5), (80, 0, True, 70)])
        fresh = self.new_sheet("Bộ khác")
        fresh.criterion_ids.unlink()
        wizard = self.wizard(base64.b64encode(exported))
        wizard.set_id = fresh
        wizard.action_import()
        self.assertEqual(len(fresh.criterion_ids[0].step_ids), 2)
        self.assertEqual(fresh.current_total, 100)

    def test_who_marks_goes_out_and_in(self):
        line = self.sheet.criterion_ids.filtered(lambda line: line.name == "Kỷ luật")
        marker = {"criterion_id": line.id}
        self.env["emulation.criterion.marker"].create(
            [
                {**marker, "department_id": self.other_unit.id},
                {**marker, "stage": 2, "user_id": self.user_head.id, "is_after_head": True},
            ]
        )
        line.is_marked_only = True
        exported = self.wizard(False)._export()
        line.marker_ids.unlink()
        for _time in range(3):
            self.wizard(base64.b64encode(exported)).action_import()
            self.assertEqual(line.marker_ids.department_id, self.other_unit)
            self.assertEqual(line.marker_ids.mapped("stage"), [1, 2])
            self.assertEqual(line.marker_ids.mapped("is_after_head"), [False, True])
            self.assertTrue(line.is_marked_only)

    def test_an_unknown_marker_is_a_bad_row(self):
        head = ("Tiêu chí", "Loại", "Điểm tối đa", "Nơi chấm điểm")
        rows = [("A", "Mức độ", 60, "Phòng Kế toán; Phòng Không Có"), ("B", "Mức độ", 40, "1: phòng kế toán")]
        with self.assertRaisesRegex(UserError, "Row 2: “Phòng Không Có”"):
            self.wizard(self.workbook(head, *rows)).action_import()

    def test_a_marker_is_found_by_the_whole_name(self):
        """As in every list that is read: whatever the accents; a sign of a pattern is a sign."""
        head = ("Tiêu chí", "Loại", "Điểm tối đa", "Nơi chấm điểm")
        for name in ("%", "Phòng %", "_hòng Kế toán"):
            with self.subTest(name=name), self.assertRaisesRegex(UserError, "Row 2"):
                self.wizard(self.workbook(head, ("A", "Mức độ", 100, name))).action_import()
        self.other_unit.name = "Phòng Kế toán"
        self.wizard(self.workbook(head, ("A", "Mức độ", 100, "phong ke toan"))).action_import()
        self.assertEqual(self.sheet.criterion_ids.marker_ids.department_id, self.other_unit)

    def test_a_bad_step_table_is_a_bad_row(self):
        data = self.workbook(
            ("name", "kind", "maximum", "steps"),
            ("A", "quantity", 60, "0-80:2; 80-:60"),
            ("B", "quantity", 40, "từ 80 trở lên"),
            ("C", "quantity", 40, "0-80:2; 70-:40"),
            ("D", "quantity", 40, "0-80:2; 80-:41"),
        )
        with self.assertRaises(UserError) as caught:
            self.wizard(data).action_import()
        for text in ("Row 3: “từ 80 trở lên”", "Row 4: C, at 70.0: Two steps overlap", "Row 5: D"):
            self.assertIn(text, str(caught.exception))
        self.assertNotIn("Row 2", str(caught.exception))
        self.assertEqual(len(self.sheet.criterion_ids), 4)

    def test_every_bad_row_is_listed_and_nothing_is_imported(self):
        data = self.workbook(
            ("name", "kind", "maximum", "group"),
            ("Tốt", "rating", 10, ""),
            ("", "rating", 10, ""),
            ("Sai loại", "magic", 10, ""),
            ("Sai điểm", "rating", "mười", "X"),
        )
        before = self.sheet.criterion_ids
        with self.assertRaises(UserError) as caught:
            self.wizard(data).action_import()
        for text in ("Row 3", "Row 4", "magic", "Row 5", "mười", "“X”"):
            self.assertIn(text, str(caught.exception))
        self.assertNotIn("Row 2", str(caught.exception))
        self.assertEqual(self.sheet.criterion_ids, before)

    # Without libmagic Odoo tells the log that a damaged file is damaged.
    @mute_logger("odoo.tools.mimetypes.guess_mimetype")
    def test_wrong_columns_and_files_are_refused(self):
        with self.assertRaisesRegex(UserError, "Điểm tối đa"):
            self.wizard(self.workbook(("tên", "kind"))).action_import()
        with self.assertRaisesRegex(UserError, "damaged"):
            self.wizard(base64.b64encode(b"PK\x03\x04")).action_import()

    def test_codes_that_look_like_numbers(self):
        rows = [
            ("name", "kind", "maximum", "code"),
            ("Một", "rating", 50, "1.1"),
            ("Mười", "rating", 50, "1.10"),
        ]
        for _time in range(3):
            self.wizard(self.workbook(*rows)).action_import()
            self.assertEqual(self.sheet.criterion_ids.mapped("code"), ["1.1", "1.10"])
            self.assertEqual(self.sheet.current_total, 100)

    def test_codes_and_names_that_repeat_are_refused(self):
        head = ("name", "kind", "maximum", "code")
        for rows in (
            [("Một", "rating", 50, 1.1), ("Mười", "rating", 50, 1.1)],
            [("Một", "rating", 50, ""), ("Một", "rating", 50, "")],
        ):
            before = self.sheet.criterion_ids
            with self.assertRaisesRegex(UserError, "Row 3: .*row 2"):
                self.wizard(self.workbook(head, *rows)).action_import()
            self.assertEqual(self.sheet.criterion_ids, before)

    def test_a_date_is_no_code(self):
        """A sheet program makes a day of 1.10 in a Vietnamese list."""
        rows = [("name", "kind", "maximum", "code"), ("Một", "rating", 100, date(2026, 10, 1))]
        with self.assertRaisesRegex(UserError, "Row 2: the code “01/10/2026” is a date"):
            self.wizard(self.workbook(*rows)).action_import()

    def test_a_word_that_is_neither_yes_nor_no_is_a_bad_row(self):
        rows = [("name", "kind", "maximum", "evidence"), ("Một", "rating", 100, "nếu có")]
        with self.assertRaisesRegex(UserError, "Row 2: “nếu có” is neither yes"):
            self.wizard(self.workbook(*rows)).action_import()

    def test_steps_of_any_size_go_out_and_in(self):
        line = self.sheet.criterion_ids[0]
        bounds = [(-5, -2.5), (-2.5, 0), (0, 1234567.5), (1234567.5, None)]
        line.step_ids = [
            Command.create({"start": start, "end": end or 0, "is_open": end is None, "points": points})
            for points, (start, end) in enumerate(bounds)
        ]
        exported = base64.b64encode(self.wizard(False)._export())
        for _time in range(3):
            self.wizard(exported).action_import()
            found = [
                (step.start, None if step.is_open else step.end) for step in line.step_ids.sorted("start")
            ]
            self.assertEqual(found, bounds)

    def test_limits_and_minimums_are_columns_too(self):
        job = self.env["hr.job"].create({"name": "Kế toán trưởng", "company_id": self.company.id})
        tag = self.env["hr.employee.category"].create({"name": "Đảng viên"})
        line = self.sheet.criterion_ids[0]
        said = {
            "department_ids": self.other_unit.ids,
            "job_ids": job.ids,
            "category_ids": tag.ids,
            "least_value": 50,
            "is_whole_only": True,
            "minimum_ids": [Command.create({"award_id": self.award.id, "points": 12.5})],
        }
        line.write(said)
        exported = base64.b64encode(self.wizard(False)._export())
        line.write({name: [Command.clear()] for name in said if name.endswith("_ids")})
        line.write({"least_value": 0, "is_whole_only": False})
        for _time in range(3):
            self.wizard(exported).action_import()
            self.assertEqual(
                (line.department_ids, line.job_ids, line.category_ids), (self.other_unit, job, tag)
            )
            self.assertEqual((line.least_value, line.is_whole_only), (50, True))
            self.assertEqual((line.minimum_ids.award_id, line.minimum_ids.points), (self.award, 12.5))
        head = ("Tiêu chí", "Loại", "Điểm tối đa", "Áp dụng cho vị trí", "Điểm tối thiểu theo danh hiệu")
        with self.assertRaises(UserError) as caught:
            self.wizard(self.workbook(head, ("A", "Mức độ", 100, "Không có", "XYZ: 5; 60"))).action_import()
        for text in ("Áp dụng cho vị trí: “Không có”", "danh hiệu: “XYZ: 5”", "danh hiệu: “60”"):
            self.assertIn(text, str(caught.exception))

    def test_headings_of_offices(self):
        data = self.workbook(
            ("STT", "Mã", "Tiêu chí", "Loại", "Điểm tối đa", "Minh chứng"), (1, "A", "Chuyên cần", "Mức độ", "60", "x"),
            (2, "B", "Vi phạm", "Điểm trừ", "10,5", ""),
        )  # fmt: skip
        self.wizard(data).action_import()
        self.assertRecordValues(
            self.sheet.criterion_ids,
            [
                {"code": "A", "kind": "rating", "max_points": 60, "evidence_required": True},
                {"code": "B", "kind": "deduction", "max_points": 10.5, "evidence_required": False},
            ],
        )

    def test_a_locked_set_takes_no_import(self):
        self.campaign.with_user(self.user_officer).action_launch()
        wizard = self.wizard(self.workbook(("name", "kind", "maximum"), ("A", "rating", 100)))
        wizard.set_id = self.campaign.individual_set_id
        with self.assertRaises(UserError):
            wizard.action_import()

    def test_formulas_leave_as_text(self):
        self.env["emulation.criterion"].create({"set_id": self.sheet.id, "name": "=1+1", "kind": "bonus"})
        from openpyxl import load_workbook

        book = load_workbook(io.BytesIO(self.wizard(False)._export()))
        types = {cell.value: cell.data_type for row in book.active.iter_rows() for cell in row}
        self.assertNotEqual(types["=1+1"], "f")
