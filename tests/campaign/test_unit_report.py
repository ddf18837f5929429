"""Unit reports: asked for in one batch, owed by a day, handed in with figures, late, returned, summed up."""

from datetime import date, timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..helpers.paper_language import check_paper
from .test_target import TargetCommon


class UnitReportCommon(TargetCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        questions = [
            {"name": "Kết quả nổi bật", "answer": "text", "is_required": True},
            {"name": "Số buổi tuyên truyền", "answer": "number", "unit_of_measure": "buổi"},
        ]
        cls.template = cls.env["emulation.report.template"].create(
            {
                "name": "Báo cáo quý",
                "company_id": cls.company.id,
                "question_ids": [Command.create(values) for values in questions],
            }
        )

    def new_round(self, units=None, due=0, **vals):
        """Ask units for a report due ``due`` days from today."""
        record = (
            self.env["emulation.report.round"]
            .with_user(self.user_officer)
            .create(
                {
                    "name": "Báo cáo quý I",
                    "campaign_id": self.campaign.id,
                    "company_id": self.company.id,
                    "date_from": self.today - timedelta(days=90),
                    "date_to": self.today - timedelta(days=1),
                    "due_date": self.today + timedelta(days=due),
                    "template_id": self.template.id,
                    "unit_ids": (units or self.unit | self.other_unit).ids,
                    **vals,
                }
            )
        )
        record.action_open()
        return record

    def answer(self, report, user, text="Hoàn thành tốt", figure=3):
        mine = report.with_user(user)
        for line in mine.line_ids.filtered(lambda line: not line.target_id):
            line.write({"text": text} if line.answer == "text" else {"figure": figure})
        return mine


@tagged("post_install", "-at_install")
class TestUnitReport(UnitReportCommon):
    def test_a_year_of_quarters_is_asked_for_at_once(self):
        schedule = (
            self.env["emulation.report.schedule"]
            .with_user(self.user_officer)
            .create(
                {
                    "campaign_id": self.campaign.id,
                    "kind": "quarter",
                    "date_from": date(2026, 1, 1),
                    "date_to": date(2026, 12, 31),
                    "due_days": 5,
                    "template_id": self.template.id,
                    "unit_ids": (self.unit | self.other_unit).ids,
                }
            )
        )
        action = schedule.action_create()
        rounds = self.env["emulation.report.round"].search(action["domain"], order="due_date")
        self.assertEqual(
            rounds.mapped("name"), [f"Báo cáo quý {number}/2026" for number in ("I", "II", "III", "IV")]
        )
        # The fifth day is a Sunday: Civil Code 2015, Article 148(5).
        self.assertEqual(rounds.mapped("due_date")[0], date(2026, 4, 6))
        self.assertEqual(rounds.mapped("report_count"), [2] * 4)
        self.assertEqual(set(rounds.mapped("state")), {"open"})

    def test_units_added_since_are_asked_by_a_button_that_is_there_for_them_only(self):
        record = self.new_round(units=self.unit)
        self.assertFalse(record.can_ask_more, "all who are named were asked")
        record.unit_ids |= self.other_unit
        self.assertTrue(record.can_ask_more)
        self.assertFalse(record.with_user(self.user_head).can_ask_more)
        record.action_open()
        self.assertFalse(record.can_ask_more)
        self.assertEqual(record.report_ids.department_id, self.unit | self.other_unit)

    def test_a_plan_is_due_at_the_beginning(self):
        schedule = self.env["emulation.report.schedule"].create(
            {
                "campaign_id": self.campaign.id,
                "kind": "plan",
                "date_from": date(2026, 1, 1),
                "date_to": date(2026, 12, 31),
                "due_days": 15,
                "unit_ids": self.unit.ids,
            }
        )
        found = self.env["emulation.report.round"].search(schedule.action_create()["domain"])
        self.assertEqual(found.due_date, date(2026, 1, 16))
        self.assertTrue(found.name.startswith("Kế hoạch"))

    def test_figures_of_targets_are_there_already(self):
        target = self.new_target(department_id=self.unit.id)
        self.report(target, 120, day=self.today - timedelta(days=2))
        self.report(target, 150)  # after the period
        report = self.new_round().report_ids.filtered(lambda r: r.department_id == self.unit)
        line = report.line_ids.filtered("target_id")
        self.assertEqual((line.name, line.planned, line.figure), ("Hồ sơ đúng hạn", 200, 120))

    def test_the_head_hands_in_and_the_officer_accepts(self):
        record = self.new_round()
        report = record.report_ids.filtered(lambda r: r.department_id == self.unit)
        mine = report.with_user(self.user_head)
        with self.assertRaisesRegex(UserError, "Kết quả nổi bật"):
            mine.action_submit()
        self.answer(report, self.user_head).action_submit()
        self.assertEqual(
            (report.state, report.is_late, report.submitter_id), ("submitted", False, self.user_head)
        )
        self.assertEqual((record.received_count, record.overdue_count), (1, 0))
        with self.assertRaises(UserError):
            mine.action_accept()
        report.with_user(self.user_officer).action_accept()
        self.assertEqual(report.state, "accepted")
        with self.assertRaises(UserError):
            report.line_ids[0].with_user(self.user_head).text = "Sửa sau"

    def test_other_heads_neither_read_nor_write(self):
        report = self.new_round().report_ids.filtered(lambda r: r.department_id == self.unit)
        self.assertNotIn(report, self.env["emulation.unit.report"].with_user(self.user_other_head).search([]))
        for user in (self.user_other_head, self.user_proposer):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                report.with_user(user).action_submit()
            with self.subTest(user=user.login), self.assertRaises(UserError):
                report.line_ids[0].with_user(user).text = "x"

    def test_late_is_marked(self):
        record = self.new_round(due=-3)
        self.assertEqual(record.overdue_count, 2)
        report = record.report_ids[0]
        self.assertEqual(report.days_late, 3)
        head = report.department_id.manager_id.user_id
        self.answer(report, head).action_submit()
        self.assertTrue(report.is_late)
        record.invalidate_recordset()
        self.assertEqual((record.late_count, record.overdue_count), (1, 1))

    def test_one_unit_has_longer(self):
        report = self.new_round(due=-3).report_ids[0]
        officer = report.with_user(self.user_officer)
        officer.write({"due_date": self.today, "extension_reason": "Trụ sở bị ngập"})
        with self.assertRaises(UserError):
            report.with_user(report.department_id.manager_id.user_id).due_date = self.today
        self.answer(report, report.department_id.manager_id.user_id).action_submit()
        self.assertFalse(report.is_late)

    def test_longer_needs_a_reason(self):
        report = self.new_round(due=-3).report_ids[0].with_user(self.user_officer)
        with self.assertRaisesRegex(ValidationError, "give the reason of the extension"):
            report.due_date = self.today

    def test_a_due_day_that_is_moved_holds_for_all_who_owe(self):
        record = self.new_round(due=-3)
        longer, other = record.report_ids.with_user(self.user_officer)
        longer.write({"due_date": self.today + timedelta(days=9), "extension_reason": "Trụ sở bị ngập"})
        record.due_date = self.today + timedelta(days=2)
        self.assertEqual(other.due_date, self.today + timedelta(days=2))
        self.assertEqual(longer.due_date, self.today + timedelta(days=9))
        self.assertEqual(record.overdue_count, 0)

    def test_what_is_late_is_refused_where_the_round_says_so(self):
        record = self.new_round(due=-3, late_policy="refuse", grace_days=2)
        report = record.report_ids[0]
        head = report.department_id.manager_id.user_id
        self.answer(report, head)
        with self.assertRaisesRegex(UserError, "The deadline was"):
            report.with_user(head).action_submit()
        record.grace_days = 3
        report.with_user(head).action_submit()
        self.assertEqual((report.state, report.is_late), ("submitted", True))
        # What was handed in comes back mended, whatever the day.
        report.with_user(self.user_officer)._do_return("Thiếu số liệu")
        record.grace_days = 0
        report.with_user(head).action_submit()
        self.assertEqual(report.state, "submitted")

    def test_a_campaign_called_off_waits_for_nobody(self):
        self.env["emulation.installation"]._do_open_for_demonstration()
        self.register(self.employee_proposer)
        review = self.open_round()
        review.self_deadline = self.today
        sheet = review.evaluation_ids.with_user(self.user_proposer)
        report = self.new_round(due=0).report_ids[0]
        head = report.department_id.manager_id.user_id
        self.answer(report, head)
        self.assertTrue(report.with_user(head).is_my_turn)
        self.campaign.with_user(self.user_officer)._run_verb("cancel", reason="Không tổ chức nữa")
        report.invalidate_recordset()
        self.assertFalse(report.with_user(head).is_my_turn or sheet.is_my_turn)
        for verb in (report.with_user(head).action_submit, sheet.action_submit):
            with self.assertRaisesRegex(UserError, "The campaign has ended"):
                verb()
        before = self.env["mail.mail"].search([])
        self.env["emulation.report.round"]._cron_remind()
        self.env["emulation.review"]._cron_remind()
        self.assertEqual(self.env["mail.mail"].search([]), before)

    def test_a_campaign_that_is_over_asks_for_no_report(self):
        record = self.new_round(due=3)
        waiting = record.copy({"name": "Báo cáo quý II"})
        self.campaign._do_close()
        with self.assertRaisesRegex(UserError, "The campaign has ended"):
            waiting.action_open()
        with self.assertRaisesRegex(UserError, "The campaign is over"):
            record.copy({"name": "Báo cáo quý III"})
        # What was asked for before is brought to its end.
        report = record.report_ids[0]
        self.answer(report, report.department_id.manager_id.user_id).action_submit()
        report.with_user(self.user_officer).action_accept()
        self.assertEqual(report.state, "accepted")

    def test_returned_it_is_owed_again_and_not_late_for_it(self):
        report = self.new_round().report_ids[0]
        head = report.department_id.manager_id.user_id
        self.answer(report, head).action_submit()
        with self.assertRaises(UserError):
            report.with_user(self.user_officer)._do_return("")
        report.with_user(self.user_officer)._do_return("Thiếu số liệu tiết kiệm")
        self.assertEqual((report.state, report.reason), ("owed", "Thiếu số liệu tiết kiệm"))
        report._write_protected({"due_date": self.today - timedelta(days=1)})
        report.with_user(head).action_submit()
        self.assertEqual((report.is_late, report.days_late), (False, 0))

    def test_a_new_figure_is_reported_on_the_target(self):
        target = self.new_target(department_id=self.unit.id)
        self.report(target, 120, day=self.today - timedelta(days=20))
        report = self.new_round().report_ids.filtered(lambda r: r.department_id == self.unit)
        mine = self.answer(report, self.user_head)
        mine.line_ids.filtered("target_id").figure = 140
        mine.action_submit()
        self.assertEqual(target.reached, 140)
        self.assertEqual(target.reached_on, self.today - timedelta(days=1))

    # ---------- The summary ----------

    def test_the_summary_is_drafted_and_sealed(self):
        record = self.new_round(due=-1)
        self.assertIn("chưa nhận được báo cáo nào. Chưa nộp: ", record._get_state_sentence())
        report = record.report_ids.filtered(lambda r: r.department_id == self.unit)
        self.answer(report, self.user_head, "Giải quyết 100 % hồ sơ đúng hạn", 4).action_submit()
        officer = record.with_user(self.user_officer)
        with self.assertRaises(UserError):
            officer.action_issue()
        officer.action_draft_summary()
        for text in ("Kết quả nổi bật", "- Phòng Tổng hợp: Giải quyết 100 %", "Tổng cộng: 4 buổi"):
            self.assertIn(text, officer.summary)
        with self.assertRaises(UserError):
            officer.action_draft_summary()
        officer.signer_id = self.employee_officer
        officer.addressee = "Ủy ban nhân dân tỉnh"
        officer.action_issue()
        self.assertEqual(
            (record.state, record.document_check, bool(record.number)), ("issued", "intact", True)
        )
        html = self.env["ir.actions.report"]._render_qweb_html("hr_emulation.report_round", record.ids)[0]
        for text in (
            "đã nhận 01 báo cáo, trong đó 01 báo cáo nộp muộn",
            "Chưa nộp: Phòng Kế toán",
            "Ủy ban nhân dân tỉnh",
            "Giải quyết 100 % hồ sơ đúng hạn",
        ):
            self.assertIn(text, html.decode())
        check_paper(self, "round", record)
        with self.assertRaises(UserError):
            officer.summary = "Sửa sau khi ban hành"
        other = record.report_ids - report
        with self.assertRaises(UserError):
            self.answer(other, self.user_other_head).action_submit()

    def test_the_standing_unit_drafts_the_summary(self):
        """It sums up what units report, as the campaign says of it; issuing and all else is the officer's."""
        record = self.new_round(self.unit)
        self.answer(record.report_ids, self.user_head, "Không còn hồ sơ quá hạn").action_submit()
        standing = record.with_user(self.user_other_head)
        for deed in (standing.action_draft_summary, lambda: standing.write({"summary": "x"})):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                deed()
        self.amend(self.campaign, standing_unit_id=self.other_unit.id)
        self.env.invalidate_all()
        self.assertTrue(standing.can_summarise)
        self.assertFalse(record.with_user(self.user_head).can_summarise)
        standing.action_draft_summary()
        self.assertIn("Không còn hồ sơ quá hạn", standing.summary)
        standing.write(
            {"summary": f"{standing.summary}\nKiến nghị: khen thưởng đột xuất.", "addressee": "UBND tỉnh"}
        )
        for vals in (
            {"name": "Khác"},
            {"due_date": self.today},
            {"unit_ids": [Command.clear()]},
            {"number": "9"},
            {"signer_id": self.employee_officer.id},
            {"asks_below": True},
            {"state": "issued"},
            {"campaign_id": self.campaign.id},
        ):
            with (
                self.subTest(vals=vals),
                self.assertRaises(UserError),
                self.env.cr.savepoint(),
            ):
                standing.write(vals)
        for verb in ("action_issue", "action_open", "unlink"):
            with (
                self.subTest(verb=verb),
                self.assertRaises(UserError),
                self.env.cr.savepoint(),
            ):
                getattr(standing, verb)()
        officer = record.with_user(self.user_officer)
        officer.signer_id = self.employee_officer
        officer.action_issue()
        with self.assertRaises(UserError):
            standing.write({"summary": "Sửa sau khi ban hành"})

    # ---------- Agencies below ----------

    def hand_down(self, company=None, **vals):
        """Hand the campaign down to an agency; it runs there."""
        company = company or self.other_company
        below = self.env["emulation.campaign"]._create_protected(
            [
                {
                    "name": self.campaign.name,
                    "parent_id": self.campaign.id,
                    "company_id": company.id,
                    "is_handed_down": True,
                    **vals,
                }
            ]
        )
        below._write_protected({"state": "launched"})
        return below

    def ask_below(self, due=0, **vals):
        """Ask agencies below, and one unit, for a report; return what the agency below finds."""
        record = self.new_round(self.unit, due=due, asks_below=True, **vals)
        return record, record.sudo().below_ids

    def see(self, records, user):
        """Return the records as the user sees them in the agencies of its own."""
        return records.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    def test_the_outline_goes_down_with_the_request(self):
        """The agency below asks its units the same, by a copy of its own; asked again, the copy is used again."""
        self.hand_down()
        _record, below = self.ask_below()
        copy = below.template_id
        self.assertEqual((copy.company_id, copy.origin_id), (self.other_company, self.template))
        self.assertEqual(copy.question_ids.mapped("name"), self.template.question_ids.mapped("name"))
        theirs = self.see(copy, self.user_foreign_officer)
        theirs.name = "Đề cương của chúng tôi"
        _record, again = self.ask_below()
        self.assertEqual(again.template_id, copy)
        theirs.question_ids[0].name = "Câu hỏi khác"
        _record, third = self.ask_below()
        self.assertNotEqual(third.template_id, copy, "what was changed asks something else")
        with self.assertRaises(UserError):
            theirs.origin_id = False

    def test_an_agency_above_asks_and_sees_who_owes(self):
        with self.assertRaisesRegex(UserError, "Hand the campaign down"):
            self.new_round(self.unit, asks_below=True)
        self.hand_down()
        record, below = self.ask_below(due=-2)
        self.assertEqual((below.company_id, below.state), (self.other_company, "draft"))
        above = self.see(record, self.user_officer)
        self.assertEqual((above.below_text, above.below_ids.days_late), (self.other_company.name, 2))
        self.assertIn(f"Chưa gửi: {self.other_company.name}.", record._get_state_sentence())
        theirs = self.see(below, self.user_foreign_officer)
        self.assertEqual(theirs.asking_name, self.company.name)
        activity = self.env["mail.activity"].search(
            [("res_model", "=", below._name), ("res_id", "=", below.id)]
        )
        self.assertIn(self.user_foreign_officer, activity.user_id)
        theirs.unit_ids = self.foreign_unit
        theirs.action_open()
        theirs.write({"summary": "Các phòng hoàn thành nhiệm vụ.", "signer_id": self.foreign_employee().id})
        theirs.action_issue()
        self.env.invalidate_all()
        self.assertFalse(above.below_text)
        self.assertIn("trong đó 01 báo cáo gửi muộn", record._get_state_sentence())
        above.action_draft_summary()
        self.assertIn(f"{self.other_company.name} (Báo cáo số", above.summary)
        self.assertIn("Các phòng hoàn thành nhiệm vụ.", above.summary)
        self.assertIn("/web/content/", self.see(above.below_ids, self.user_officer).action_print()["url"])

    def foreign_employee(self):
        return self.new_employee("Giám đốc sở khác", self.foreign_unit)

    def test_asked_again_it_asks_who_came_since(self):
        self.hand_down()
        record, below = self.ask_below()
        record.action_open()
        self.assertEqual(record.sudo().below_ids, below, "nobody is asked twice")
        third = self.env["res.company"].create({"name": "Sở Thứ ba"})
        self.hand_down(third)
        self.hand_down(self.env["res.company"].create({"name": "Sở Chưa phát động"}))._write_protected(
            {"state": "draft"}
        )
        self.hand_down(self.company, owner_unit_id=self.unit.id)
        record.action_open()
        self.assertEqual(record.sudo().below_ids.company_id, self.other_company | third)

    def test_each_agency_writes_its_own_and_reads_what_is_its(self):
        self.hand_down()
        record, below = self.ask_below()
        theirs, above = self.see(below, self.user_foreign_officer), self.see(below, self.user_officer)
        deeds = [
            lambda vals=vals: theirs.write(vals)
            for vals in (
                {"campaign_id": self.campaign.id},
                {"date_from": self.today},
                {"asked_until": self.today},
                {"parent_id": False},
                {"kind": "month"},
            )
        ]
        deeds += [theirs.unlink, lambda: above.write({"summary": "x"}), lambda: above.write({"name": "x"})]
        deeds += [above.action_open, above.action_issue, above.unlink, above.action_draft_summary]
        deeds.append(lambda: self.see(record, self.user_foreign_officer).name)
        for number, deed in enumerate(deeds):
            with self.subTest(number), self.assertRaises(UserError), self.env.cr.savepoint():
                deed()
        theirs.due_date = self.today - timedelta(days=1)
        self.assertEqual(below.asked_until, record.due_date, "the day above is not theirs to move")
        for user in (self.user_head, self.user_proposer, self.user_other_head):
            self.assertFalse(self.see(below, user).search([("id", "=", below.id)]))

    def test_agencies_are_reminded(self):
        self.env["emulation.installation"]._do_open_for_demonstration()
        self.user_foreign_officer.email = "khac@example.vn"
        self.hand_down()
        self.ask_below(due=-7)
        mails = self.get_mails().filtered("body_html")
        told = mails.filtered(lambda mail: "These agencies" in mail.body_html)
        officers = self.company._get_emulation_officers()
        self.assertEqual(told.recipient_ids, officers.partner_id, "who waits is told who owes")
        self.assertIn("Sở Khác", told[:1].body_html)
        owing = mails.filtered(lambda mail: "The agency above waits" in mail.body_html)
        self.assertEqual(owing.recipient_ids, self.other_company._get_emulation_officers().partner_id)
        self.assertIn(self.user_foreign_officer.partner_id, owing.recipient_ids)

    # ---------- Reminders ----------

    def get_mails(self):
        before = self.env["mail.mail"].search([])
        self.env["emulation.report.round"]._cron_remind()
        return self.env["mail.mail"].search([]) - before

    def test_reminders_before_and_after(self):
        self.env["emulation.installation"]._do_open_for_demonstration()
        self.new_round(self.unit, due=3)
        self.new_round(self.other_unit, due=-7, name="Báo cáo tháng 1")
        self.new_round(self.unit, due=5, name="Chưa đến ngày")
        mails = self.get_mails()
        told = {mail.recipient_ids: mail.body_html for mail in mails}
        self.assertIn("Báo cáo quý I", told[self.user_head.partner_id])
        self.assertNotIn("Chưa đến ngày", "".join(map(str, told.values())))
        self.assertIn("Báo cáo tháng 1", told[self.user_other_head.partner_id])
        self.assertIn("Phòng Kế toán", told[self.user_officer.partner_id])
        self.assertIn("/my/emulation/unit/reports/", told[self.user_head.partner_id])

    def test_a_copy_reminds_nobody(self):
        self.patch(type(self.env["emulation.installation"]), "_is_copy", lambda self: True)
        self.new_round(self.unit, due=3)
        self.assertFalse(self.get_mails())

    # ---------- Cost ----------

    def test_cost_does_not_grow(self):
        self.patch(type(self.env["emulation.installation"]), "_is_copy", lambda self: False)

        def make(number):
            units = self.env["hr.department"]
            for index in range(number):
                unit = self.new_unit(f"Đơn vị {index}")
                unit.manager_id = self.employee_head
                units |= unit
                self.new_target(department_id=unit.id)
            self.env.flush_all()
            draft = self.env["emulation.report.round"].create(
                {
                    "name": f"Đợt {number}",
                    "campaign_id": self.campaign.id,
                    "company_id": self.company.id,
                    "date_from": self.today - timedelta(days=90),
                    "date_to": self.today - timedelta(days=1),
                    "due_date": self.today,
                    "template_id": self.template.id,
                    "unit_ids": units.ids,
                }
            )
            return self.count_queries(draft.with_user(self.user_officer).action_open), draft

        def accept(record):
            reports = record.report_ids
            reports._write_protected({"state": "submitted"})
            return self.count_queries(reports.with_user(self.user_officer).action_accept)

        def remind():
            return self.count_queries(self.env["emulation.report.round"]._cron_remind)

        make(2)
        few, small = make(2)
        few_reminded, few_accepted = remind(), accept(small)
        many, large = make(22)
        many_reminded = remind()
        self.assertLessEqual(many, few)
        self.assertLessEqual(many_reminded, few_reminded)
        self.assertLessEqual(accept(large), few_accepted)
