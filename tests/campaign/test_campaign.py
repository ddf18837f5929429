from datetime import date, timedelta
from functools import partial

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ...tools.inside.people import new_employees
from ..helpers.campaign_common import CampaignCommon


@tagged("post_install", "-at_install")
class TestCampaignLaunch(CampaignCommon):
    def test_launch_names_what_is_missing(self):
        form = Form(self.env["emulation.campaign"].with_user(self.user_officer))
        form.name = "Trống"
        bare = form.save()
        with self.assertRaises(UserError) as caught:
            bare.action_launch()
        for word in ("aim", "scope", "audience", "contents", "criteria", "period", "Article 17"):
            self.assertIn(word, str(caught.exception))
        self.assertEqual(bare.state, "draft")

    def test_launch_owns_a_locked_copy_of_the_criteria(self):
        self.campaign.with_user(self.user_officer).action_launch()
        own = self.campaign.individual_set_id
        self.assertEqual(self.campaign.state, "launched")
        self.assertEqual((own.template_id, own.locked, own.current_total), (self.sheet, True, 100))
        self.assertEqual(own.criterion_ids.mapped("name"), self.sheet.criterion_ids.mapped("name"))
        with self.assertRaises(UserError):
            own.criterion_ids[0].with_user(self.user_officer).max_points = 1
        with self.assertRaises(UserError):
            own.with_user(self.user_officer).name = "Khác"
        self.sheet.criterion_ids[0].with_user(self.user_officer).guidance = "Mẫu vẫn sửa được"

    def test_a_set_that_does_not_total_is_refused(self):
        self.campaign.individual_set_id = self.new_sheet("Thiếu điểm", maximum=20)
        with self.assertRaisesRegex(UserError, "90"):
            self.campaign.with_user(self.user_officer).action_launch()

    def test_a_copied_tree_keeps_its_groups(self):
        group = self.env["emulation.criterion"].create(
            {"set_id": self.sheet.id, "name": "Nhóm", "kind": "group", "sequence": -1}
        )
        self.sheet.criterion_ids[1:3].parent_id = group
        copy = self.sheet.copy()
        twin = copy.criterion_ids.filtered(lambda line: line.kind == "group")
        self.assertEqual(len(twin), 1)
        self.assertEqual(len(twin.child_ids), len(group.child_ids))
        self.assertEqual(len(copy.criterion_ids), 5)

    def test_a_locked_set_changes_by_a_new_version_with_a_reason(self):
        self.campaign.with_user(self.user_officer).action_launch()
        old = self.campaign.individual_set_id
        action = old.with_user(self.user_officer).action_new_version()
        wizard = self.env["emulation.reason.wizard"].with_user(self.user_officer)
        wizard.with_context(**action["context"]).create(
            {"reason": "Tỉnh giao thêm chỉ tiêu"}
        ).action_confirm()
        new = self.campaign.individual_set_id
        self.assertNotEqual(new, old)
        self.assertEqual((new.version, new.locked, old.locked), (2, False, True))
        self.assertIn("Tỉnh giao thêm chỉ tiêu", "".join(new.message_ids.mapped("body")))

    def test_period_inside_out_is_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.campaign.write({"date_start": date(2025, 5, 1), "date_end": date(2025, 4, 1)})
            self.env.flush_all()

    def test_a_child_outlasting_its_parent_is_warned_about(self):
        parent = self.new_campaign("Cấp trên", date_end=date(2026, 1, 1))
        form = Form(self.campaign.with_user(self.user_officer))
        form.parent_id = parent
        self.assertIn("outlasts", form.save().warning)

    def test_overlapping_steps_are_refused(self):
        line = self.sheet.criterion_ids[0]
        with self.assertRaisesRegex(ValidationError, "overlap"):
            line.step_ids = [
                (0, 0, {"start": 0, "end": 80, "points": 10}),
                (0, 0, {"start": 70, "is_open": True, "points": 70}),
            ]

    def test_state_cannot_be_forged(self):
        for record in (self.campaign, self.register(self.employee_sub, state="draft")):
            with self.assertRaises(AccessError):
                record.with_user(self.user_officer).write({"state": "closed"})

    def test_employees_see_launched_campaigns_of_their_company_only(self):
        self.assertFalse(self.campaign.with_user(self.user_proposer).has_access("read"))
        self.campaign.with_user(self.user_officer).action_launch()
        self.assertTrue(self.campaign.with_user(self.user_proposer).has_access("read"))
        foreign = self.campaign.with_user(self.user_foreign_officer)
        foreign = foreign.with_context(allowed_company_ids=self.other_company.ids)
        self.assertFalse(foreign.has_access("read"))

    def test_repeat_next_year(self):
        self.campaign.write({"date_end": date(2025, 12, 31), "registration_deadline": date(2025, 3, 1)})
        self.campaign.audience_employee_ids = self.employee_sub
        self.campaign.with_user(self.user_officer).action_launch()
        action = self.campaign.with_user(self.user_officer).action_clone()
        clone = self.env["emulation.campaign"].browse(action["res_id"])
        self.assertEqual((clone.state, clone.date_start), ("draft", date(2026, 1, 1)))
        self.assertEqual(clone.registration_deadline, date(2026, 3, 1))
        self.assertEqual(clone.individual_set_id, self.sheet)
        self.assertEqual(clone.audience_employee_ids, self.employee_sub)
        self.assertEqual(clone.content_ids.mapped("name"), self.campaign.content_ids.mapped("name"))


@tagged("post_install", "-at_install")
class TestRegistration(CampaignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign.with_user(cls.user_officer).action_launch()

    def test_an_employee_registers_and_the_head_approves(self):
        form = Form(self.env["emulation.participation"].with_user(self.user_proposer))
        form.campaign_id = self.campaign
        form.employee_id = self.employee_proposer
        registration = form.save()
        registration.action_submit()
        self.assertEqual(registration.recipient_name, "Trần Đề Xuất")
        with self.assertRaises(UserError):
            registration.action_approve()
        registration.with_user(self.user_sub_head).action_approve()
        self.assertEqual(registration.state, "approved")
        with self.assertRaises(UserError):
            registration.action_withdraw()

    def test_a_head_of_another_unit_sees_and_approves_nothing(self):
        registration = self.register(self.employee_sub, state="submitted")
        self.assertFalse(registration.with_user(self.user_other_head).has_access("read"))
        with self.assertRaises(UserError):
            registration.with_user(self.user_other_head).sudo().action_approve()

    def test_an_officer_of_another_company_moves_nothing(self):
        """The statements that move thousands ask for the same rights as the ORM does."""
        registration = self.register(self.employee_sub, state="submitted")
        foreign = registration.with_user(self.user_foreign_officer)
        foreign = foreign.with_context(allowed_company_ids=self.other_company.ids)
        for deed in (foreign.action_approve, foreign._do_approve, partial(foreign._do_refuse, "Không")):
            with self.assertRaises(AccessError):
                deed()
        for deed in (foreign.action_refuse, foreign.action_withdraw):
            with self.assertRaises(UserError):
                deed()
        registration.with_user(self.user_officer).action_approve()
        evaluation = self.open_round().evaluation_ids
        evaluation._fetch_all()  # what is in memory needs no right to be read
        other = evaluation.with_env(foreign.env)
        for deed in (
            *(other.action_submit, other.action_return),
            *(other._do_submit, partial(other._do_return, "Không")),
        ):
            with self.assertRaises(UserError):
                deed()
        self.assertEqual((registration.state, evaluation.state), ("approved", "draft"))

    def test_a_refusal_keeps_its_reason(self):
        registration = self.register(self.employee_sub, state="submitted").with_user(self.user_sub_head)
        action = registration.action_refuse()
        wizard = self.env["emulation.reason.wizard"].with_user(self.user_sub_head)
        wizard.with_context(**action["context"]).create({"reason": "Chưa đủ hồ sơ"}).action_confirm()
        self.assertEqual((registration.state, registration.refusal_reason), ("refused", "Chưa đủ hồ sơ"))

    def test_the_deadline_closes_by_itself_after_the_grace_period(self):
        today = self.env["emulation.campaign"]._fields["date_start"].context_today(self.campaign)
        yesterday = today.replace(year=today.year - 1)
        self.amend(self.campaign, registration_deadline=yesterday)
        registration = self.register(self.employee_sub, state="draft").with_user(self.user_officer)
        with self.assertRaisesRegex(UserError, "Registration ended"):
            registration.action_submit()
        domain = self.campaign._get_open_for_registration_domain(self.sub_unit)
        self.assertNotIn(self.campaign, self.campaign.search(domain))
        self.amend(self.campaign, registration_grace_days=400)
        self.assertIn(
            self.campaign,
            self.campaign.search(self.campaign._get_open_for_registration_domain(self.sub_unit)),
        )
        registration.action_submit()
        self.assertEqual(registration.state, "submitted")

    def test_registration_opens_by_itself_and_says_its_rules(self):
        today = self.env["emulation.campaign"]._fields["date_start"].context_today(self.campaign)
        self.amend(
            self.campaign,
            registration_from=today + timedelta(days=1),
            registration_deadline=today + timedelta(days=10),
            registration_grace_days=5,
            registration_required=True,
        )
        find = partial(self.campaign._get_open_for_registration_domain, self.sub_unit)
        self.assertNotIn(self.campaign, self.campaign.search(find()))
        form = Form(self.env["emulation.participation"].with_user(self.user_proposer))
        form.campaign_id = self.campaign
        for part in ("compulsory", "It starts on", "It ends on", "Late ones are taken until"):
            self.assertIn(part, form.registration_text)
        form.employee_id = self.employee_proposer
        registration = form.save()
        with self.assertRaisesRegex(UserError, "Registration starts"):
            registration.action_submit()
        self.amend(self.campaign, registration_from=today)
        self.assertIn(self.campaign, self.campaign.search(find()))
        registration.action_submit()
        self.assertEqual(registration.state, "submitted")
        self.amend(self.campaign, registration_required=False)
        self.assertIn("voluntary", registration.registration_text)

    def test_registration_inside_out_is_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.amend(
                self.campaign, registration_from=date(2025, 5, 1), registration_deadline=date(2025, 4, 1)
            )
            self.env.flush_all()

    def test_approval_of_many_skips_and_reports(self):
        mine = self.register(self.employee_sub, self.employee_portal, state="submitted")
        done = self.register(self.employee_proposer)
        action = (mine | done).with_user(self.user_sub_head).action_approve()
        self.assertEqual(set((mine | done).mapped("state")), {"approved"})
        result = self.env["emulation.bulk.result"].browse(action["res_id"])
        self.assertEqual((result.done_count, result.skipped_count), (2, 1))

    def test_approval_costs_the_same_for_many(self):
        def queries(count):
            people = [self.new_employee(f"Người {count}.{number}", self.sub_unit) for number in range(count)]
            registrations = self.register(*people, state="submitted").with_user(self.user_sub_head)
            return self.count_queries(registrations.action_approve)

        queries(2)
        self.assertLessEqual(queries(22), queries(2) + 3)


@tagged("post_install", "-at_install")
class TestEvaluation(CampaignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign.with_user(cls.user_officer).action_launch()

    def open_sheets(self, *recipients):
        self.register(*recipients)
        return self.open_round().evaluation_ids

    def test_self_verified_final_and_grade(self):
        evaluation = self.open_sheets(self.employee_proposer)
        self.assertEqual(len(evaluation.score_ids), 4)
        self.fill(evaluation, self.user_proposer, done=90, discipline=25, bonus=8, late=1)
        self.assertEqual((evaluation.state, evaluation.self_total), ("submitted", 91))  # 63 + 25 + 5 − 2
        head = evaluation.with_user(self.user_sub_head)
        head.score_ids.sorted("sequence")[1].verified_points = 28
        head.action_verify()
        self.assertEqual((evaluation.state, evaluation.verified_total), ("verified", 94))
        evaluation.with_user(self.user_officer).action_confirm()
        self.assertEqual((evaluation.state, evaluation.final_total), ("confirmed", 94))
        self.assertEqual((evaluation.grade_id.name, evaluation.rank), ("A", 1))

    def test_points_above_the_maximum_are_refused_and_nothing_is_lost(self):
        evaluation = self.open_sheets(self.employee_proposer)
        line = evaluation.score_ids.sorted("sequence")[1]
        with self.assertRaisesRegex(ValidationError, r"Kỷ luật.*31.*30"), self.env.cr.savepoint():
            evaluation.with_user(self.user_proposer)._save_self_scores({line.id: {"self_points": 31}})
        self.assertEqual(line.self_points, 0)

    def test_nobody_outside_the_unit_scores(self):
        evaluation = self.open_sheets(self.employee_proposer)
        self.fill(evaluation, self.user_proposer)
        line = evaluation.score_ids[1]
        for user in (self.user_other_head, self.user_council, self.user_proposer):
            with self.assertRaises(AccessError):
                line.with_user(user).verified_points = 10
            with self.assertRaises(UserError):
                evaluation.with_user(user).action_verify()
        self.assertEqual((line.verified_points, evaluation.state), (0, "submitted"))

    def test_a_head_does_not_verify_the_own_sheet(self):
        evaluation = self.open_sheets(self.employee_sub_head)
        self.fill(evaluation, self.user_sub_head)
        with self.assertRaises(UserError):
            evaluation.with_user(self.user_sub_head).action_verify()
        evaluation.with_user(self.user_head).action_verify()
        self.assertEqual(evaluation.state, "verified")

    def test_a_unit_is_scored_by_its_head_and_verified_above(self):
        evaluation = self.open_sheets(self.sub_unit)
        self.fill(evaluation, self.user_sub_head)
        with self.assertRaises(UserError):
            evaluation.with_user(self.user_sub_head).action_verify()
        evaluation.with_user(self.user_head).action_verify()
        self.assertEqual(evaluation.state, "verified")

    def test_an_unfinished_sheet_says_what_is_missing(self):
        evaluation = self.open_sheets(self.employee_proposer).with_user(self.user_proposer)
        with self.assertRaisesRegex(UserError, "Hoàn thành nhiệm vụ, Kỷ luật"):
            evaluation.action_submit()

    def test_evidence_is_asked_for(self):
        self.sheet.criterion_ids[1].evidence_required = True
        campaign = self.new_campaign("Có minh chứng")
        campaign.with_user(self.user_officer).action_launch()
        self.register(self.employee_proposer, campaign=campaign)
        evaluation = self.open_round(campaign).evaluation_ids
        with self.assertRaisesRegex(UserError, "Kỷ luật"):
            self.fill(evaluation, self.user_proposer)

    def test_evidence_is_asked_for_each_time(self):
        """Three prizes need three papers, two of them are said to be missing; a line that brings nothing needs none."""
        bonus = self.sheet.criterion_ids[2]
        bonus.write({"points_per_occurrence": 2, "evidence_required": True, "evidence_each": True})
        self.assertIn("phải có minh chứng từng lần", bonus.with_context(lang="vi_VN").rule_text)
        campaign = self.new_campaign("Minh chứng từng lần")
        campaign.with_user(self.user_officer).action_launch()
        self.register(self.employee_proposer, campaign=campaign)
        evaluation = self.open_round(campaign).evaluation_ids.with_user(self.user_proposer)
        lines = evaluation.score_ids.sorted("sequence")
        lines[0].actual_value, lines[1].self_points, lines[2].actual_value = 100, 30, 3
        self.assertEqual(evaluation.self_total, 105, "6 of bonus, 5 at most")
        text = lines[2].with_context(lang="vi_VN")
        for found in range(3):
            self.assertEqual(text.missing_text, f"Thiếu minh chứng: có {found} trên 3")
            with self.assertRaisesRegex(UserError, "Still missing: Sáng kiến"):
                evaluation.action_submit()
            paper = {"name": f"giay-khen-{found}.pdf", "raw": b"%PDF-1.4\n", "res_model": "emulation.score"}
            files = self.env["ir.attachment"].create({**paper, "res_id": lines[2].id})
            lines[2].evidence_ids = [Command.link(files.id)]
        self.assertFalse(text.missing_text)
        evaluation.action_submit()
        self.assertEqual(evaluation.state, "submitted")

    def test_a_line_left_to_the_officer_has_to_be_decided(self):
        evaluation = self.open_sheets(self.employee_proposer)
        self.fill(evaluation, self.user_proposer)
        line = evaluation.score_ids.sorted("sequence")[1]
        evaluation.with_user(self.user_sub_head)._save_verified_scores({line.id: {"is_abstained": True}})
        evaluation.with_user(self.user_sub_head).action_verify()
        self.assertEqual(evaluation.verified_total, 70)
        officer = evaluation.with_user(self.user_officer)
        with self.assertRaises(UserError):
            officer.action_confirm()
        line.with_user(self.user_officer).final_points = 20
        officer.action_confirm()
        self.assertEqual(evaluation.final_total, 90)

    def test_a_later_change_needs_a_reason_and_keeps_old_and_new(self):
        evaluation = self.open_sheets(self.employee_proposer)
        self.fill(evaluation, self.user_proposer)
        line = evaluation.score_ids.sorted("sequence")[1]
        with self.assertRaises(UserError):
            line.with_user(self.user_proposer).self_points = 1
        evaluation.with_user(self.user_sub_head).action_verify()
        evaluation.with_user(self.user_officer).action_confirm()
        with self.assertRaises(UserError):
            line.with_user(self.user_officer).final_points = 1
        wizard = self.env["emulation.score.change.wizard"].with_user(self.user_officer)
        vals = {"score_id": line.id, "new_points": 15, "reason": "Xác minh lại"}
        wizard.create(vals).action_change()
        change = line.change_ids
        self.assertEqual((change.old_points, change.new_points, change.reason), (30, 15, "Xác minh lại"))
        self.assertEqual(change.create_uid, self.user_officer)
        self.assertEqual((evaluation.final_total, evaluation.grade_id.name), (85, "B"))
        with self.assertRaises(AccessError):
            change.with_user(self.user_officer).reason = "Khác"

    def test_a_returned_sheet_is_open_again(self):
        evaluation = self.open_sheets(self.employee_proposer)
        self.fill(evaluation, self.user_proposer)
        action = evaluation.with_user(self.user_sub_head).action_return()
        wizard = self.env["emulation.reason.wizard"].with_user(self.user_sub_head)
        wizard.with_context(**action["context"]).create({"reason": "Thiếu số liệu"}).action_confirm()
        self.assertEqual(evaluation.state, "draft")
        self.fill(evaluation, self.user_proposer, discipline=20)
        self.assertEqual(evaluation.self_total, 90)

    def test_ties_share_a_rank(self):
        people = (self.employee_sub, self.employee_proposer, self.employee_portal, self.employee_unit)
        evaluations = self.open_sheets(*people, self.sub_unit)
        for evaluation, discipline in zip(evaluations, (20, 30, 20, 10, 5), strict=True):
            self.fill(evaluation, self.user_officer, discipline=discipline)
        evaluations.with_user(self.user_officer).action_verify()
        evaluations.with_user(self.user_officer).action_confirm()
        self.assertEqual(evaluations.mapped("rank"), [2, 1, 2, 4, 1])  # the unit is alone among units

    def test_yearly_ratings_are_drawn_once_and_follow_corrections(self):
        first, second = self.open_sheets(self.employee_proposer, self.employee_sub)
        rating = self.env["emulation.rating"]
        decided = rating.create(
            {
                "employee_id": self.employee_sub.id,
                "company_id": self.company.id,
                "year": 2025,
                "rating": "good",
            }
        )
        for evaluation in (first, second):
            self.fill(evaluation, self.user_officer)
        (first | second).with_user(self.user_officer).action_verify()
        (first | second).with_user(self.user_officer).action_confirm()
        review = first.review_id.with_user(self.user_officer)
        review.action_draw_ratings()
        drawn = rating.search([("employee_id", "=", self.employee_proposer.id)])
        self.assertEqual((drawn.rating, drawn.year, drawn.evaluation_id), ("excellent", 2025, first))
        self.assertEqual(decided.rating, "good")
        line = first.score_ids.sorted("sequence")[1]
        vals = {"score_id": line.id, "new_points": 10, "reason": "Xác minh lại"}
        self.env["emulation.score.change.wizard"].with_user(self.user_officer).create(vals).action_change()
        review.action_draw_ratings()
        self.assertEqual(drawn.rating, "good")

    def test_totals_cannot_be_forged(self):
        evaluation = self.open_sheets(self.employee_proposer)
        for vals in ({"final_total": 100}, {"state": "confirmed"}, {"rank": 1}):
            with self.assertRaises(AccessError):
                evaluation.with_user(self.user_officer).write(vals)
        for vals in ({"is_verified": True}, {"criterion_id": evaluation.set_id.criterion_ids[0].id}):
            with self.assertRaises(AccessError):
                evaluation.score_ids[1].with_user(self.user_officer).write(vals)

    def test_a_round_opened_again_adds_the_newcomers_only(self):
        review = self.open_sheets(self.employee_sub).review_id
        self.register(self.employee_proposer)
        review.with_user(self.user_officer).action_open()
        self.assertEqual(len(review.evaluation_ids), 2)
        self.assertEqual(len(review.evaluation_ids.score_ids), 8)

    def test_verify_and_next_walks_through_the_waiting_sheets(self):
        evaluations = self.open_sheets(self.employee_sub, self.employee_portal, self.employee_proposer)
        for evaluation in evaluations:
            self.fill(evaluation, self.user_officer)
        current = evaluations[0].with_user(self.user_sub_head)
        for done in (1, 2, 3):
            action = current.action_verify_next()
            self.assertEqual(current.progress, f"{done} of 3 verified")
            current = current.browse(action.get("res_id"))
        self.assertFalse(current)

    def test_scoring_costs_the_same_for_many(self):
        def score(campaign):
            evaluations = self.open_round(campaign).evaluation_ids.with_user(self.user_officer)
            evaluations._do_submit()
            evaluations.action_verify()
            evaluations.action_confirm()

        def queries(count):
            people = [self.new_employee(f"Người {count}.{number}", self.sub_unit) for number in range(count)]
            campaign = self.new_campaign(f"Quy mô {count}")
            campaign.with_user(self.user_officer).action_launch()
            self.register(*people, campaign=campaign)
            return self.count_queries(lambda: score(campaign))

        queries(2)
        self.assertLessEqual(queries(22), queries(2) + 3)


@tagged("post_install", "-at_install")
class TestFlatCost(CampaignCommon):
    """2, 22 and 1,200 cost the same queries: beyond the ORM's slices of a hundred and of a thousand."""

    COUNTS = (2, 22, 1200)

    def take_through(self, count):
        """Return the queries of each stage, from registration to the rank, for so many people."""
        unit = self.new_unit(f"Đơn vị {count}")
        unit.manager_id = self.employee_head
        people = new_employees(self.env, unit, count)
        campaign = self.new_campaign(f"Quy mô {count}")
        officer = campaign.with_user(self.user_officer).with_context(tracking_disable=False)
        review = officer.env["emulation.review"].create(
            {
                "name": "Tổng kết",
                "campaign_id": campaign.id,
                "date_from": date(2025, 1, 1),
                "date_to": date(2025, 12, 31),
            }
        )
        wizard = officer.env["emulation.mass.registration"].create(
            {"campaign_id": campaign.id, "department_ids": unit.ids, "award_ids": self.award.ids}
        )
        registrations = officer.env["emulation.participation"]
        head = review.with_user(self.user_head)
        stages = {
            "launch": officer.action_launch,
            "register": wizard.action_register,
            "submit": lambda: registrations.search([("campaign_id", "=", campaign.id)]).action_submit(),
            "approve": lambda: registrations.search([("campaign_id", "=", campaign.id)]).action_approve(),
            "open": review.action_open,
            "hand in": partial(self.hand_in, review),
            "verify": partial(self.verify, head),
            "confirm": partial(self.confirm, review),
        }
        queries = {name: self.count_queries(deed) for name, deed in stages.items()}
        self.assertEqual(set(review.evaluation_ids.mapped("state")), {"confirmed"})
        self.assertEqual(len(review.evaluation_ids), len(people))
        self.assertEqual(set(review.evaluation_ids.mapped("rank")), {1})
        self.assertEqual(
            review.evaluation_ids[0].sudo().message_ids[0].tracking_value_ids.new_value_char, "Confirmed"
        )
        return queries

    def take_through_twice(self, count, expected=None):
        """Return the fewer queries of two times: what a full cache of the process has dropped is read once more.

        :param expected: of the first time, where that is enough
        """
        first = self.take_through(count)
        if first == expected:
            return first
        second = self.take_through(count)
        return {name: min(queries, second[name]) for name, queries in first.items()}

    def hand_in(self, review):
        """Fill in all sheets as a day of the portal would, and hand them in together."""
        self.env.cr.execute(
            "UPDATE emulation_score SET self_points = 10, is_self_scored = TRUE WHERE evaluation_id IN"
            " (SELECT id FROM emulation_evaluation WHERE review_id = %s)",
            [review.id],
        )
        review.evaluation_ids.action_submit()

    def verify(self, review):
        """Verify all as the list does: searched for, not read through the round, where the ORM asks in slices."""
        sheets = review.env["emulation.evaluation"].search([("review_id", "=", review.id)])
        sheets.action_verify()

    def confirm(self, review):
        review.evaluation_ids.action_confirm()

    def test_each_stage_costs_the_same_for_many(self):
        self.take_through(1)  # what is read once a process
        few = self.take_through_twice(self.COUNTS[0])
        for count in self.COUNTS[1:]:
            self.assertEqual(few, self.take_through_twice(count, few), count)
