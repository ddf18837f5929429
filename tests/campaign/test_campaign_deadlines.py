"""Deadlines: what is late is marked or refused, extended for a unit with a reason; campaigns end by themselves."""

from datetime import date

from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..helpers.campaign_common import CampaignCommon


@tagged("post_install", "-at_install")
class TestScoringDeadlines(CampaignCommon):
    def setUp(self):
        super().setUp()
        self.campaign.with_user(self.user_officer).action_launch()
        self.register(self.employee_proposer)
        self.review = self.open_round().with_user(self.user_officer)
        self.review.write(
            {"self_deadline": "2025-10-10", "verify_deadline": "2025-10-20", "confirm_deadline": "2025-10-30"}
        )
        self.sheet = self.review.evaluation_ids

    def extend(self, what="self", day="2025-11-30", unit=None, **vals):
        return (
            self.env["emulation.extension"]
            .with_user(self.user_officer)
            .create(
                {
                    "campaign_id": self.campaign.id,
                    "review_id": self.review.id,
                    "what": what,
                    "department_id": (unit or self.unit).id,
                    "date": day,
                    "reason": "Đơn vị tập trung phòng chống bão",
                    **vals,
                }
            )
        )

    def is_late(self, day):
        sheets = self.env["emulation.evaluation"]
        return self.sheet <= sheets.search(sheets._get_late_domain(fields.Date.to_date(day)))

    def test_a_day_granted_to_the_unit_is_not_late(self):
        """On the desk as in the figures, and for all units below the one that was granted it."""
        self.assertFalse(self.is_late("2025-10-10"))
        self.assertTrue(self.is_late("2025-10-11"))
        self.extend(unit=self.other_unit)
        self.extend(what="verify")
        self.assertTrue(self.is_late("2025-10-11"))
        self.extend(day="2025-10-15")
        self.assertEqual([self.is_late(f"2025-10-{day}") for day in (11, 15, 16)], [False, False, True])

    def test_what_is_late_is_marked_at_every_step(self):
        with freeze_time("2025-10-12"):
            self.fill(self.sheet, self.user_proposer)
        with freeze_time("2025-10-20"):
            self.sheet.with_user(self.user_sub_head).action_verify()
        with freeze_time("2025-11-28"):
            self.sheet.with_user(self.user_officer).action_confirm()
        self.assertEqual(self.sheet.state, "confirmed")
        self.assertEqual(
            (self.sheet.self_late_days, self.sheet.verify_late_days, self.sheet.confirm_late_days), (2, 0, 29)
        )
        self.assertEqual(self.sheet.late_text, "submitted 2 days late, confirmed 29 days late")
        self.assertEqual(self.review.late_count, 1)

    def test_figures_know_what_was_granted_and_what_is_over(self):
        """A sheet with a later day of its own is not late, and nobody misses a sheet of a campaign called off."""

        def read():
            self.env.flush_all()
            self.env.invalidate_all()
            row = self.env["emulation.report.evaluation"].with_user(self.user_officer).browse(self.sheet.id)
            return row.deadline, row.is_overdue, row.is_missing

        with freeze_time("2025-11-01"):
            self.assertEqual(read(), (date(2025, 10, 10), True, True))
            self.extend(what="verify", day="2025-12-30")
            self.extend(unit=self.other_unit)
            self.assertEqual(read(), (date(2025, 10, 10), True, True))
            self.extend()
            self.assertEqual(read(), (date(2025, 11, 30), False, True))
        with freeze_time("2025-12-01"):
            self.assertEqual(read(), (date(2025, 11, 30), True, True))
            self.campaign._do_cancel("Không tổ chức nữa")
            self.assertEqual(read(), (date(2025, 11, 30), False, False))

    def test_it_is_refused_where_the_round_says_so(self):
        self.review.write({"late_policy": "refuse", "grace_days": 2})
        with freeze_time("2025-10-13"), self.assertRaisesRegex(UserError, "The deadline was"):
            self.fill(self.sheet, self.user_proposer)
        with freeze_time("2025-10-12"):
            self.fill(self.sheet, self.user_proposer)
        self.assertEqual(
            (self.sheet.state, self.sheet.self_late_days), ("submitted", 2), "taken in the grace"
        )
        with freeze_time("2025-10-23"):
            self.assertFalse(self.sheet.with_user(self.user_sub_head).can_verify)

    def test_one_unit_gets_longer_with_a_reason(self):
        self.review.late_policy = "refuse"
        self.extend(unit=self.other_unit)
        with freeze_time("2025-11-01"), self.assertRaisesRegex(UserError, "The deadline was"):
            self.fill(self.sheet, self.user_proposer)
        self.extend(unit=self.unit)  # the unit above the employee's
        with freeze_time("2025-11-01"):
            self.fill(self.sheet, self.user_proposer)
        self.assertEqual((self.sheet.state, self.sheet.self_late_days), ("submitted", 0))

    def test_blanks_are_no_reason(self):
        with self.assertRaisesRegex(ValidationError, "Give a reason"):
            self.env["emulation.extension"].with_user(self.user_officer).create(
                {
                    "campaign_id": self.campaign.id,
                    "department_id": self.unit.id,
                    "date": "2099-01-01",
                    "reason": "  ",
                }
            )

    def test_an_extension_stays_on_record(self):
        extension = self.extend()
        with self.assertRaises(AccessError):
            extension.date = "2026-01-01"
        with self.assertRaises(UserError):
            extension.unlink()
        with self.assertRaises(AccessError):
            self.env["emulation.extension"].with_user(self.user_head).create(
                {
                    "review_id": self.review.id,
                    "department_id": self.unit.id,
                    "date": "2026-01-01",
                    "reason": "x",
                }
            )
        with self.assertRaises(ValidationError):
            self.extend(day="2025-10-01")
        with self.assertRaisesRegex(ValidationError, "review round"):
            self.extend(review_id=False)

    def test_late_marks_cost_the_same_for_many(self):
        def cost(count):
            sheets = self.env["emulation.evaluation"]
            campaign = self.new_campaign(f"Quy mô {count}")
            campaign.with_user(self.user_officer).action_launch()
            self.register(
                *(self.new_employee(f"Người {count}.{n}", self.sub_unit) for n in range(count)),
                campaign=campaign,
            )
            review = self.open_round(campaign)
            review.self_deadline = "2025-10-10"
            sheets = review.evaluation_ids
            self.env.flush_all()
            self.env.invalidate_all()
            return self.count_queries(lambda: sheets._mark_late("submit"))

        cost(2)
        self.assertEqual(cost(2), cost(22))

    def test_one_reminder_a_day(self):
        self.user_proposer.email = "nguoi@example.com"
        mails = self.env["mail.mail"]
        with freeze_time("2025-10-07"):
            before = mails.search_count([])
            self.env["emulation.review"]._cron_remind()
            self.env["emulation.review"]._cron_remind()
        sent = mails.search([], order="id desc", limit=mails.search_count([]) - before)
        self.assertEqual(len(sent), 1)
        self.assertIn("Phong trào thử – Tổng kết", sent.body_html)
        self.assertIn("10/10/2025", sent.body_html)
        with freeze_time("2025-10-09"):
            self.env["emulation.review"]._cron_remind()
        self.assertEqual(mails.search_count([]) - before, 2)

    def test_each_is_reminded_of_its_own_day(self):
        """A unit that was granted a later day is left alone on the common ones, and reminded on its own."""
        self.user_proposer.email = "nguoi@example.com"

        def remind(day):
            mails = self.env["mail.mail"]
            known = mails.search([])
            with freeze_time(day):
                self.env["emulation.review"]._cron_remind()
            return " ".join((mails.search([]) - known).mapped("body_html"))

        self.assertIn("10/10/2025", remind("2025-10-07"))
        self.extend(unit=self.other_unit)
        self.assertIn("10/10/2025", remind("2025-10-09"))
        self.extend(unit=self.unit)  # the unit above, until 30/11/2025
        self.assertEqual(remind("2025-10-10"), "")
        self.assertEqual(remind("2025-11-22"), "")
        self.assertIn("30/11/2025", remind("2025-11-23"))


@tagged("post_install", "-at_install")
class TestRegistrationDeadlines(CampaignCommon):
    def setUp(self):
        super().setUp()
        self.campaign.write({"registration_deadline": "2025-03-31", "registration_grace_days": 2})
        self.campaign.with_user(self.user_officer).action_launch()

    def test_late_ones_are_marked(self):
        with freeze_time("2025-04-02"):
            late = self.register(self.employee_sub, state="submitted")
        self.assertEqual(late.late_days, 2)

    def test_a_unit_may_register_later(self):
        with freeze_time("2025-05-01"):
            registration = self.register(self.employee_sub, state="draft").with_user(self.user_officer)
            with self.assertRaisesRegex(UserError, "Registration ended"):
                registration.action_submit()
            self.env["emulation.extension"].with_user(self.user_officer).create(
                {
                    "campaign_id": self.campaign.id,
                    "what": "registration",
                    "department_id": self.unit.id,
                    "date": "2025-05-15",
                    "reason": "Mới thành lập",
                }
            )
            registration.action_submit()
            other = self.register(self.employee_other, state="draft").with_user(self.user_officer)
            with self.assertRaisesRegex(UserError, "Registration ended on 03/31/2025"):
                other.action_submit()
        self.assertEqual((registration.state, registration.late_days), ("submitted", 0))
        with freeze_time("2025-05-18"):  # its own two days of grace are over too
            later = self.register(self.employee_unit, state="draft").with_user(self.user_officer)
            with self.assertRaisesRegex(UserError, "Registration ended on 05/15/2025"):
                later.action_submit()

    def test_a_withdrawn_registration_comes_back(self):
        with freeze_time("2025-03-01"):
            registration = self.register(self.employee_sub, state="submitted").with_user(self.user_officer)
            registration.action_withdraw()
            with Form(registration) as form:
                form.pledge = "Phấn đấu hoàn thành tốt nhiệm vụ"
            registration.action_submit()
        self.assertEqual(registration.state, "submitted")

    def test_mass_registration_takes_the_withdrawn_in_again(self):
        with freeze_time("2025-03-01"):
            registration = self.register(self.employee_sub, state="submitted")
            registration.with_user(self.user_officer).action_withdraw()
            wizard = self.env["emulation.mass.registration"].with_user(self.user_officer)
            wizard.create(
                {"campaign_id": self.campaign.id, "department_ids": self.sub_unit.ids, "is_approved": True}
            ).action_register()
        self.assertEqual(registration.state, "approved")


@tagged("post_install", "-at_install")
class TestCampaignEnds(CampaignCommon):
    def follow(self, day):
        with freeze_time(day):
            self.env["emulation.campaign"]._cron_follow()

    def launch_year_with_movement(self):
        """Launch a year; return a movement that outlasts it and a part that ends with it, launched below it."""
        self.campaign.date_end = "2025-12-31"
        self.campaign.with_user(self.user_officer).action_launch()
        longer, within = (
            self.new_campaign(name, parent_id=self.campaign.id, date_start=date(2019, 1, 1), date_end=end)
            for name, end in (("Văn hóa công sở", date(2026, 6, 30)), ("Theo đợt", date(2025, 12, 31)))
        )
        (longer | within).with_user(self.user_officer).action_launch()
        return longer, within

    def test_it_ends_by_itself_from_below(self):
        self.campaign.date_end = "2025-12-31"
        self.campaign.with_user(self.user_officer).action_launch()
        below = self.new_campaign("Nhánh", parent_id=self.campaign.id, date_end=date(2025, 12, 31))
        below.with_user(self.user_officer).action_launch()
        self.follow("2025-12-31")
        self.assertEqual((self.campaign.state, below.state), ("launched", "launched"))
        self.follow("2026-01-01")
        self.assertEqual((self.campaign.state, below.state), ("closed", "closed"))

    def test_a_movement_of_several_years_goes_on_after_the_year(self):
        longer, within = self.launch_year_with_movement()
        review = self.open_round(within)
        self.follow("2026-01-01")
        self.assertEqual(
            (within.state, self.campaign.state), ("launched", "launched"), "its own part holds it"
        )
        review.with_user(self.user_officer).action_close()
        self.follow("2026-01-02")
        self.assertEqual((within.state, self.campaign.state, longer.state), ("closed", "closed", "launched"))
        self.follow("2026-07-01")
        self.assertEqual(longer.state, "closed")

    def test_a_movement_of_several_years_is_opened_again_after_the_year(self):
        longer, within = self.launch_year_with_movement()
        self.follow("2026-01-01")
        self.follow("2026-07-01")
        self.assertEqual((within.state, self.campaign.state, longer.state), ("closed", "closed", "closed"))
        with freeze_time("2026-07-10"):
            officer = (longer | within).with_user(self.user_officer)
            self.assertEqual(officer._get_refused("reopen").keys(), {within.id}, "it ended with the year")
            longer.with_user(self.user_officer)._run_verb("reopen", reason="Bổ sung hồ sơ")
        self.assertEqual((longer.state, longer.reopened_until), ("launched", date(2026, 8, 9)))
        self.follow("2026-08-10")
        self.assertEqual(longer.state, "closed")

    def test_a_movement_is_not_opened_again_below_what_was_called_off(self):
        self.campaign.date_end = "2025-12-31"
        self.campaign.with_user(self.user_officer).action_launch()
        longer = self.new_campaign(
            "Văn hóa công sở", parent_id=self.campaign.id, date_end=date(2026, 6, 30)
        ).with_user(self.user_officer)
        longer.action_launch()
        longer._do_close()
        self.campaign._do_cancel("Không tổ chức nữa")
        with self.assertRaisesRegex(UserError, "The campaign above it is over"):
            longer._run_verb("reopen", reason="Bổ sung hồ sơ")

    def test_what_stands_against_it_is_said_once(self):
        self.campaign.date_end = "2025-12-31"
        self.campaign.with_user(self.user_officer).action_launch()
        self.open_round()
        with freeze_time("2026-01-05"):
            self.assertTrue(self.campaign.is_over)
            self.assertIn(self.campaign, self.campaign.search([("is_over", "=", True)]))
        self.follow("2026-01-05")
        self.follow("2026-01-06")
        activity = self.campaign.activity_ids.filtered(lambda one: one.user_id == self.user_officer)
        self.assertEqual((len(activity), self.campaign.state), (1, "launched"))
        self.assertIn("open review round", activity.note)

    def test_ending_many_costs_the_same(self):
        def cost(count):
            campaigns = self.env["emulation.campaign"].union(
                *(
                    self.new_campaign(f"Quy mô {count}.{index}", date_end=date(2025, 12, 31))
                    for index in range(count)
                )
            )
            campaigns.with_user(self.user_officer).action_launch()
            with freeze_time("2026-01-01"):
                queries = self.count_queries(self.env["emulation.campaign"]._cron_follow)
            self.assertEqual(set(campaigns.mapped("state")), {"closed"})
            return queries

        cost(2)
        self.assertEqual(cost(2), cost(22))

    def reopen(self, day, campaign=None):
        """Return the campaign, ended on its last day and reopened on a later one."""
        campaign = campaign or self.campaign
        campaign.date_end = "2025-12-31"
        campaign.with_user(self.user_officer).action_launch()
        campaign._do_close()
        with freeze_time(day):
            campaign.with_user(self.user_officer)._do_reopen("Bổ sung hồ sơ")
        return campaign

    def test_a_reopened_one_ends_by_itself_after_a_month(self):
        campaign = self.reopen("2026-01-10")
        self.assertEqual(campaign.reopened_until, date(2026, 2, 9))
        self.follow("2026-02-09")
        self.assertEqual(campaign.state, "launched")
        self.assertFalse(campaign.activity_ids, "nobody is asked before its day")
        self.follow("2026-02-10")
        self.assertEqual((campaign.state, campaign.reopened_until), ("closed", False))

    def test_a_reopened_one_is_kept_open_with_a_reason(self):
        campaign = self.reopen("2026-01-10")
        officer = campaign.with_user(self.user_officer)
        with freeze_time("2026-02-05"):
            for reason in ("", "  "):
                with self.assertRaisesRegex(UserError, "Give a reason"):
                    officer._do_keep_open(reason)
            self.assertEqual(officer.action_keep_open()["res_model"], "emulation.reason.wizard")
            officer._run_verb("keep_open", reason="Chờ kết luận thanh tra")
            with self.assertRaises(UserError):
                campaign.with_user(self.user_head)._run_verb("keep_open", reason="x")
        self.assertEqual(campaign.reopened_until, date(2026, 3, 7))
        self.assertIn("Chờ kết luận thanh tra", campaign.message_ids[0].body)
        self.follow("2026-02-10")
        self.assertEqual(campaign.state, "launched")
        self.follow("2026-03-08")
        self.assertEqual(campaign.state, "closed")

    def test_only_what_was_reopened_after_its_end_is_kept_open(self):
        running = self.new_campaign("Đang chạy", date_end=date(2026, 6, 30))
        running.with_user(self.user_officer).action_launch()
        with freeze_time("2026-03-01"):
            running._do_close()
            running._do_reopen("Kết thúc nhầm")
            self.assertFalse(running.reopened_until, "it has its own last day still")
            self.assertEqual(running._get_refused("keep_open").keys(), {running.id})
        over = self.new_campaign("Đã hết hạn", date_end=date(2026, 2, 1))
        over.with_user(self.user_officer).action_launch()
        with freeze_time("2026-03-01"), self.assertRaisesRegex(UserError, "extend it by a document"):
            over.with_user(self.user_officer).action_keep_open()
        with self.assertRaises(AccessError):
            over.with_user(self.user_officer).reopened_until = "2099-01-01"
        self.follow("2026-07-01")
        self.assertEqual((running.state, over.state), ("closed", "closed"))

    def test_a_reopened_one_with_an_open_round_is_asked_about_after_its_day(self):
        campaign = self.reopen("2026-01-10")
        self.open_round(campaign)
        self.follow("2026-02-10")
        activity = campaign.activity_ids.filtered(lambda one: one.user_id == self.user_officer)
        self.assertEqual((len(activity), campaign.state), (1, "launched"))

    def test_an_ended_campaign_takes_nobody_in(self):
        self.campaign.date_end = "2025-12-31"
        self.campaign.with_user(self.user_officer).action_launch()
        registration = self.register(self.employee_sub, state="draft").with_user(self.user_officer)
        with freeze_time("2026-11-28"), self.assertRaisesRegex(UserError, "The campaign ended"):
            registration.action_submit()

    def test_milestones_remind(self):
        self.campaign.milestone_ids = [(0, 0, {"name": "Gửi báo cáo quý", "date": "2025-04-05"})]
        self.campaign.with_user(self.user_officer).action_launch()
        self.follow("2025-04-01")
        self.assertFalse(self.campaign.activity_ids)
        self.follow("2025-04-03")
        self.follow("2025-04-04")
        activity = self.campaign.activity_ids.filtered(lambda one: one.user_id == self.user_officer)
        self.assertEqual(len(activity), 1)
        self.assertIn("Gửi báo cáo quý", activity.note)
        with freeze_time("2025-04-06"):
            self.campaign.milestone_ids.invalidate_recordset()
            self.assertTrue(self.campaign.milestone_ids.is_missed)


@tagged("post_install", "-at_install")
class TestDossierDeadlines(CampaignCommon):
    def test_every_dossier_is_to_be_decided_by_a_day(self):
        self.company.write(
            {"emulation_endorse_days": 5, "emulation_appraise_days": 10, "emulation_decide_days": 15}
        )
        with freeze_time("2026-03-01"):
            record = self.new_commendation(self.employee_sub, state="endorsed")
        self.assertEqual(record.deadline, date(2026, 3, 31))
        with freeze_time("2026-03-30"):
            record.invalidate_recordset()
            self.assertFalse(record.overdue_text, "nothing is said where nothing is late")
        with freeze_time("2026-04-08"):
            record.invalidate_recordset()
            self.assertIn("8 days late", record.overdue_text)

    def test_timeliness_is_a_figure(self):
        with freeze_time("2026-01-05"):
            record = self.new_commendation(self.employee_sub, state="granted")
        self.assertEqual((record.granted_date, record.days_taken), (date(2026, 1, 15), 10))
        self.assertTrue(record.is_in_time)

    def test_the_decision_says_what_is_late(self):
        with freeze_time("2025-01-05"):
            record = self.new_commendation(self.employee_sub, state="appraised")
        decision = self.env["emulation.decision"].create({"company_id": self.company.id})
        decision.with_user(self.user_officer)._do_add(record.with_user(self.user_officer))
        wizard = self.env["emulation.decision.issue"].create({"decision_id": decision.id})
        self.assertIn("Decided late", wizard.warnings)
