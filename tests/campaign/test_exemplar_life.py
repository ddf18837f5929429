"""Models: nominated by staff and heads, fostered, honoured, spread; inspections; propaganda; all in the report."""

from datetime import date, timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ..helpers.paper_language import check_paper
from ..helpers.picture import png
from .test_target import TargetCommon


@tagged("post_install", "-at_install")
class TestExemplarLife(TargetCommon):
    def nominate(self, user, **vals):
        story = (
            self.env["emulation.exemplar"]
            .with_user(user)
            .create(
                {
                    "name": "Không để hồ sơ qua đêm",
                    "story": "Xử lý ngay trong ngày.",
                    "recipient_type": "employee",
                    "employee_id": self.employee_sub.id,
                    "company_id": self.company.id,
                    "campaign_id": self.campaign.id,
                    **vals,
                }
            )
        )
        story.action_nominate()
        return story

    def test_an_employee_nominates_and_the_officer_takes_it_up(self):
        story = self.nominate(self.user_proposer)
        self.assertEqual(story.state, "nominated")
        with self.assertRaises(UserError):
            story.with_user(self.user_proposer).action_foster()
        with self.assertRaises(UserError):
            story.with_user(self.user_proposer).story = "Sửa sau khi nộp"
        officer = story.with_user(self.user_officer)
        self.assertTrue(officer.is_my_turn)
        officer.action_foster()
        self.assertEqual(story.state, "fostered")

    def test_a_nomination_comes_back_with_a_reason(self):
        story = self.nominate(self.user_head)
        with self.assertRaises(UserError):
            story.with_user(self.user_officer)._do_decline("")
        story.with_user(self.user_officer)._do_decline("Nêu rõ kết quả bằng số")
        self.assertEqual((story.state, story.reason), ("draft", "Nêu rõ kết quả bằng số"))
        story.with_user(self.user_head).story = "Giảm 30 % thời gian xử lý."

    def test_others_do_not_see_a_nomination(self):
        story = self.nominate(self.user_proposer)
        found = self.env["emulation.exemplar"].with_user(self.user_other_head).search([])
        self.assertNotIn(story, found)
        self.assertIn(story, self.env["emulation.exemplar"].with_user(self.user_proposer).search([]))

    def test_fostered_honoured_spread(self):
        story = self.nominate(self.user_head)
        officer = story.with_user(self.user_officer)
        officer.action_foster()
        officer.step_ids = [
            Command.create(
                {"name": "Hướng dẫn viết quy trình", "date": self.today, "helper_id": self.employee_head.id}
            )
        ]
        officer.spread_ids = [
            Command.create({"department_id": self.other_unit.id, "name": "Áp dụng quy trình trong ngày"})
        ]
        self.assertEqual(officer.spread_count, 1)
        with self.assertRaises(UserError):
            officer.action_publish()  # no consent
        officer.consent_date = self.today
        officer.action_publish()
        officer.action_honour()
        self.assertEqual((story.state, story.honoured_on), ("published", self.today))
        with self.assertRaises(UserError):
            officer.action_honour()
        for user in (self.user_head, self.user_proposer):
            with self.assertRaises(UserError):
                story.with_user(user).spread_ids = [Command.clear()]

    def foster_with(self, *steps):
        """Return a model that is fostered by these steps, as the officer writes them."""
        story = self.nominate(self.user_head)
        officer = story.with_user(self.user_officer)
        officer.action_foster()
        self.env["emulation.news"].search([])._with_seal().unlink()
        officer.step_ids = [
            Command.create({"name": "Hướng dẫn viết quy trình", "date": self.today, **step}) for step in steps
        ]
        return officer

    def find_helpers(self):
        found = self.env["emulation.news"].search([("kind", "=", "helper_named")])
        return sorted(found.mapped("user_id.login"))

    def test_who_is_to_help_hears_of_it(self):
        """Whoever is named, once; not who named oneself, not for what is done already, nobody again for a new day."""
        head, other = self.user_head, self.user_other_head
        officer = self.foster_with(
            {"helper_id": self.employee_head.id},
            {"helper_id": self.employee_officer.id},
            {"helper_id": self.employee_other_head.id, "is_done": True},
            {},
        )
        self.assertEqual(self.find_helpers(), [head.login])
        step = officer.step_ids.filtered(lambda one: one.helper_id == self.employee_head)
        line = self.env["emulation.news"].search([("kind", "=", "helper_named")])._get_lines()[0]
        for part in ("Không để hồ sơ qua đêm – Hướng dẫn viết quy trình", f"{self.today:%d/%m/%Y}"):
            self.assertIn(part, line["text"])
        step.write({"helper_id": self.employee_head.id, "note": "Mỗi tuần một buổi"})
        self.assertEqual(self.find_helpers(), [head.login])
        step.helper_id = self.employee_other_head
        self.assertEqual(self.find_helpers(), sorted([head.login, other.login]))
        told = self.env["emulation.news"].search([("kind", "=", "helper_named")])
        self.assertEqual(
            [
                bool(told.filtered(lambda one, user=user: one.user_id == user)._get_lines())
                for user in (head, other)
            ],
            [False, True],
            "who was let off is told no more",
        )
        step.is_done = True
        self.assertFalse(told._get_lines())

    def test_a_copy_tells_no_helper(self):
        self.user_head.write({"email": "truong@example.vn", "emulation_news": "at_once"})
        self.foster_with({"helper_id": self.employee_head.id})
        self.patch(type(self.env["ir.cron"]), "_commit_progress", lambda self, *args, **kwargs: 0)
        for is_copy in (True, False):
            with self.subTest(is_copy=is_copy):
                self.patch(
                    type(self.env["emulation.installation"]), "_is_copy", lambda self, copy=is_copy: copy
                )
                before = self.env["mail.mail"].search([])
                self.env["emulation.news"]._cron_send()
                told = (self.env["mail.mail"].search([]) - before).recipient_ids
                self.assertEqual(told, self.user_head.partner_id if not is_copy else told.browse())

    def test_naming_many_helpers_costs_the_same(self):
        helpers = [
            self.new_employee(f"Người giúp {n}", self.unit, self.new_user(f"helper_{n}", "base.group_user"))
            for n in range(22)
        ]

        def cost(count):
            officer = self.foster_with(*({"name": f"Bước {n}"} for n in range(count)))
            steps = officer.step_ids.browse(officer.step_ids.ids)  # read together, as those just made
            for step, helper in zip(steps, helpers, strict=False):
                step.sudo()._write_protected({"helper_id": helper.id})
            self.env["emulation.news"].search([])._with_seal().unlink()
            self.env.flush_all()
            self.env.invalidate_all()
            queries = self.count_queries(steps._tell_helpers)
            self.assertEqual(len(self.find_helpers()), count)
            return queries

        cost(2)
        self.assertEqual(cost(2), cost(22))

    def test_a_film_has_a_safe_address_and_a_picture_is_one(self):
        story = self.nominate(self.user_officer, picture=png())
        self.assertTrue(story.picture)
        for address in ("javascript:alert(1)", "http://x.vn/film", "//x.vn"):
            with self.subTest(address=address), self.assertRaises(ValidationError):
                story.with_user(self.user_officer).video_url = address


@tagged("post_install", "-at_install")
class TestInspection(TargetCommon):
    def new_visit(self, **vals):
        return (
            self.env["emulation.inspection"]
            .with_user(self.user_officer)
            .create(
                {
                    "subject": "Việc thực hiện phong trào quý II",
                    "campaign_id": self.campaign.id,
                    "company_id": self.company.id,
                    "department_id": self.unit.id,
                    "planned_date": self.today,
                    "item_ids": [Command.create({"name": "Kế hoạch của đơn vị", "answer": "good"})],
                    "finding_ids": [
                        Command.create(
                            {"name": "Chưa có sổ theo dõi", "deadline": self.today - timedelta(days=1)}
                        )
                    ],
                    **vals,
                }
            )
        )

    def record(self, visit):
        visit.write(
            {
                "visit_date": self.today,
                "lead_id": self.employee_officer.id,
                "conclusion": "Đơn vị thực hiện nghiêm túc.",
                "signer_id": self.employee_officer.id,
            }
        )
        visit.action_issue()

    def test_nothing_is_recorded_or_settled_before_the_visit(self):
        visit = self.new_visit()
        for verb in (visit.finding_ids.action_settle, visit.finding_ids.action_mend):
            with self.assertRaisesRegex(UserError, "The record of the visit is not made yet"):
                verb()
        visit.write(
            {
                "visit_date": self.today + timedelta(days=1),
                "lead_id": self.employee_officer.id,
                "conclusion": "Tốt",
                "signer_id": self.employee_officer.id,
            }
        )
        with self.assertRaisesRegex(UserError, "The visit has not been made yet"):
            visit.action_issue()
        visit.visit_date = self.today
        visit.action_issue()
        visit.finding_ids.action_settle()
        self.assertEqual(visit.finding_ids.state, "settled")

    def test_the_record_is_a_sealed_document(self):
        visit = self.new_visit()
        with self.assertRaises(UserError):
            visit.action_issue()
        self.record(visit)
        self.assertEqual((visit.state, visit.document_check, bool(visit.number)), ("issued", "intact", True))
        html = self.env["ir.actions.report"]._render_qweb_html("hr_emulation.report_inspection", visit.ids)[0]
        for text in (
            "Biên bản",
            "Kế hoạch của đơn vị",
            "Đạt",
            "Chưa có sổ theo dõi (khắc phục chậm nhất ngày",
        ):
            self.assertIn(text, html.decode())
        said = (
            "Kiểm tra việc thực hiện phong trào quý II",
            "kiểm tra việc thực hiện phong trào thử.",
            "Đại diện đơn vị được kiểm tra",
            "Trưởng đoàn kiểm tra",
            "(Trưởng đoàn)",
        )
        check_paper(self, "inspection", visit, *said, without=["“Phong trào", "Thủ trưởng cơ quan"])
        for vals in ({"conclusion": "Khác"}, {"finding_ids": [Command.clear()]}):
            with self.assertRaises(UserError):
                visit.write(vals)

    def test_the_unit_mends_and_the_officer_settles(self):
        visit = self.new_visit()
        self.assertFalse(self.env["emulation.inspection"].with_user(self.user_head).search([]))
        self.record(visit)
        self.assertEqual((visit.open_count, visit.overdue_count), (1, 1))
        self.assertEqual(self.env["emulation.inspection"].with_user(self.user_head).search([]).ids, visit.ids)
        self.assertFalse(self.env["emulation.inspection"].with_user(self.user_other_head).search([]))
        finding = visit.finding_ids
        with self.assertRaises(UserError):
            finding.with_user(self.user_other_head)._run_verb("mend", reason="x")
        finding.with_user(self.user_head)._run_verb("mend", reason="Đã lập sổ theo dõi")
        self.assertEqual((finding.state, finding.reason), ("mended", "Đã lập sổ theo dõi"))
        with self.assertRaises(UserError):
            finding.with_user(self.user_head).action_settle()
        finding.with_user(self.user_officer).action_settle()
        visit.invalidate_recordset()
        self.assertEqual((finding.state, visit.open_count), ("settled", 0))

    def remind(self):
        before = self.env["mail.mail"].search([])
        self.env["emulation.inspection.finding"]._cron_remind()
        return {mail.recipient_ids: mail for mail in self.env["mail.mail"].search([]) - before}

    def found(self, **days):
        return [
            Command.create({"name": name, "deadline": self.today + timedelta(days=number)})
            for name, number in days.items()
        ]

    def test_reminders_before_and_after_the_day(self):
        """The unit's head and the standing unit hear of it, the officer where nobody follows it up."""
        self.env["emulation.installation"]._do_open_for_demonstration()
        self.amend(self.campaign, standing_unit_id=self.other_unit.id)
        visit = self.new_visit(finding_ids=self.found(soon=3, later=5, overdue=-7))
        self.new_visit(finding_ids=self.found(unrecorded=3))
        self.assertFalse(self.remind(), "a visit that is not recorded yet has found nothing")
        self.record(visit)
        told = self.remind()
        self.assertEqual(
            set(told), {user.partner_id for user in (self.user_head, self.user_other_head)}, "one mail each"
        )
        for mail in told.values():
            self.assertIn("soon", mail.body_html)
            self.assertIn("overdue", mail.body_html)
            self.assertNotIn("later", mail.body_html)
            self.assertIn(f"/odoo/emulation-findings/{visit.finding_ids[:1].id}", mail.body_html)
        visit.finding_ids.with_user(self.user_head)._run_verb("mend", reason="Đã làm")
        self.assertFalse(self.remind(), "what the unit says it resolved is not asked for again")
        self.amend(self.campaign, standing_unit_id=False)
        visit.finding_ids.with_user(self.user_officer)._run_verb("reopen", reason="Chưa đủ")
        officers = self.company._get_emulation_officers()
        self.assertIn(self.user_officer, officers)
        self.assertEqual(set(self.remind()), {user.partner_id for user in self.user_head | officers})
        self.patch(type(self.env["emulation.installation"]), "_is_copy", lambda self: True)
        self.assertFalse(self.remind())

    def test_it_waits_on_the_desk_of_the_head(self):
        visit = self.new_visit(finding_ids=self.found(late=-1, soon=20))
        finding = visit.finding_ids
        self.assertFalse(finding.with_user(self.user_head).search([("is_my_turn", "=", True)]))
        self.record(visit)
        desk = self.env["emulation.desk"]
        cards = {card["model"]: card for card in desk.with_user(self.user_head).get_desk()["waiting"]}
        mine = cards["emulation.inspection.finding"]
        self.assertEqual((mine["count"], mine["late"]), (2, 1))
        others = desk.with_user(self.user_other_head).get_desk()["waiting"]
        self.assertNotIn("emulation.inspection.finding", [card["model"] for card in others])
        finding.with_user(self.user_head)._run_verb("mend", reason="Đã làm")
        self.assertFalse(finding.with_user(self.user_head).search([("is_my_turn", "=", True)]))
        cards = {card["model"]: card for card in desk.with_user(self.user_officer).get_desk()["waiting"]}
        mine = cards["emulation.inspection.finding"]
        self.assertEqual((mine["count"], mine["late"]), (2, 0), "the unit is not late with what it resolved")

    def test_the_standing_unit_reads_visits_and_reports(self):
        visit, other = self.new_visit(), self.user_other_head
        self.record(visit)
        round_ = self.env["emulation.report.round"].with_user(self.user_officer)
        asked = round_.create(
            {
                "name": "Quý I",
                "campaign_id": self.campaign.id,
                "company_id": self.company.id,
                "date_from": self.today,
                "date_to": self.today,
                "due_date": self.today,
                "unit_ids": self.unit.ids,
            }
        )
        asked.action_open()
        seen = (visit, visit.finding_ids, visit.item_ids, asked.report_ids)
        self.assertFalse(any(records.with_user(other).search([]) for records in seen))
        self.amend(self.campaign, standing_unit_id=self.other_unit.id)
        for records in seen:
            self.assertEqual(records.with_user(other).search([]).ids, records.ids)
        for deed in (
            lambda: visit.finding_ids.with_user(other)._run_verb("mend", reason="x"),
            lambda: visit.finding_ids.with_user(other).action_settle(),
            lambda: asked.report_ids.with_user(other).action_submit(),
        ):
            with self.assertRaises(UserError):
                deed()

    def test_reminders_cost_the_same_for_many(self):
        self.patch(type(self.env["emulation.installation"]), "_is_copy", lambda self: False)

        def make(number):
            self.env["emulation.inspection.finding"].search([])._write_protected({"state": "settled"})
            for index in range(number):
                unit = self.new_unit(f"Đơn vị {number}-{index}")
                unit.manager_id = self.employee_head
                visit = self.new_visit(department_id=unit.id, finding_ids=self.found(soon=3, overdue=-7))
                visit._write_protected({"state": "issued"})
            return self.count_queries(self.env["emulation.inspection.finding"]._cron_remind)

        make(2)
        few = make(2)
        self.assertLessEqual(make(22), few)

    def test_a_planned_visit_is_called_off_with_a_reason(self):
        visit = self.new_visit()
        with self.assertRaises(UserError):
            visit._do_cancel(" ")
        visit._do_cancel("Trùng lịch họp")
        self.assertEqual(visit.state, "cancelled")


@tagged("post_install", "-at_install")
class TestPropaganda(TargetCommon):
    def new_line(self, user=None, **vals):
        return (
            self.env["emulation.propaganda"]
            .with_user(user or self.user_officer)
            .create(
                {
                    "name": "Bài trên trang thông tin",
                    "campaign_id": self.campaign.id,
                    "company_id": self.company.id,
                    "date": date(2025, 5, 5),
                    **vals,
                }
            )
        )

    def test_staff_record_and_officers_publish(self):
        line = self.new_line(self.user_proposer, url="https://example.org/bai-viet", text="Tin vui")
        with self.assertRaises(UserError):
            line.with_user(self.user_proposer).action_publish()
        line.with_user(self.user_officer).action_publish()
        self.assertEqual(line.state, "published")
        with self.assertRaises(UserError):
            line.with_user(self.user_proposer).text = "Sửa"
        shown = self.env["emulation.propaganda"].search(line._get_shown_domain())
        self.assertIn(line, shown)

    def test_a_link_is_a_link(self):
        with self.assertRaises(ValidationError):
            self.new_line(url="javascript:alert(1)")

    def test_all_of_it_stands_in_the_report(self):
        self.new_line(audience_count=120)
        self.new_line(kind="meeting", audience_count=30)
        visit = self.env["emulation.inspection"].create(
            {
                "subject": "Phong trào",
                "campaign_id": self.campaign.id,
                "company_id": self.company.id,
                "department_id": self.unit.id,
                "planned_date": date(2025, 6, 1),
                "visit_date": date(2025, 6, 1),
                "lead_id": self.employee_officer.id,
                "conclusion": "Tốt",
                "finding_ids": [Command.create({"name": "Thiếu sổ"})],
            }
        )
        visit.with_user(self.user_officer).action_issue()
        review = self.env["emulation.review"].create(
            {
                "name": "Tổng kết",
                "campaign_id": self.campaign.id,
                "date_from": date(2025, 1, 1),
                "date_to": date(2025, 12, 31),
            }
        )
        html = self.env["ir.actions.report"].with_user(self.user_officer)
        html = html._render_qweb_html("hr_emulation.report_review", review.ids)[0].decode()
        for text in (
            "Tuyên truyền, kiểm tra, đôn đốc",
            "2 hoạt động tuyên truyền",
            "150 lượt người",
            "Đã kiểm tra 1 lượt",
            "1 tồn tại, đã khắc phục 0",
        ):
            self.assertIn(text, html)
