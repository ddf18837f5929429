from datetime import date, timedelta

from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ...tools.inside.people import new_employees
from ..helpers.campaign_common import CampaignCommon
from ..helpers.paper_language import check_paper, read_paper


@tagged("post_install", "-at_install")
class TestReminders(CampaignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign.with_user(cls.user_officer).action_launch()
        for user in cls.user_proposer | cls.user_sub_head | cls.user_officer:
            user.email = f"{user.login}@example.com"

    def remind(self):
        before = self.env["mail.mail"].search([]).ids
        self.env["emulation.review"]._cron_remind()
        return self.env["mail.mail"].search([("id", "not in", before)])

    def test_one_digest_a_person_and_only_for_what_is_owed(self):
        today = fields.Date.context_today(self.campaign)
        self.register(self.employee_proposer, self.employee_sub, self.employee_portal)
        review = self.open_round()
        review.write({"self_deadline": today, "verify_deadline": today + timedelta(days=1)})
        sheets = review.evaluation_ids.grouped("employee_id")
        self.fill(sheets[self.employee_sub], self.user_officer)
        self.fill(sheets[self.employee_portal], self.user_officer)
        mails = self.remind()
        self.assertEqual(mails.recipient_ids, (self.user_proposer | self.user_sub_head).partner_id)
        self.assertEqual(len(mails), 2)
        digest = mails.filtered(lambda mail: mail.recipient_ids == self.user_sub_head.partner_id)
        self.assertIn("2 to verify", digest.body_html)

    def test_it_costs_the_same_for_many(self):
        today = fields.Date.context_today(self.campaign)

        def cost(count):
            campaign = self.new_campaign(f"Quy mô {count}")
            campaign.with_user(self.user_officer).action_launch()
            unit = self.new_unit(f"Đơn vị {count}")
            unit.manager_id = self.employee_sub_head
            self.register(*new_employees(self.env, unit, count), campaign=campaign)
            review = self.open_round(campaign)
            review.verify_deadline = today
            self.env.cr.execute(
                "UPDATE emulation_evaluation SET state = 'submitted' WHERE review_id = %s", [review.id]
            )
            self.env.invalidate_all()
            queries = self.count_queries(self.remind)
            review.verify_deadline = False
            return queries

        cost(1)
        self.assertEqual(cost(2), cost(1200))

    def test_jobs_go_by_the_day_in_viet_nam(self):
        crons = self.env["ir.model.data"].search([("module", "=", "hr_emulation"), ("model", "=", "ir.cron")])
        jobs = self.env["ir.cron"].browse(crons.mapped("res_id"))
        self.assertGreater(len(jobs), 5)
        self.assertFalse(jobs.filtered(lambda job: "tz='Asia/Ho_Chi_Minh'" not in job.code).mapped("name"))
        with freeze_time("2025-10-09 18:00:00"):  # one in the morning of the next day
            self.register(self.employee_proposer)
            review = self.open_round()
            review.self_deadline = date(2025, 10, 10)
            before = self.env["mail.mail"].search([]).ids
            self.env.ref("hr_emulation.emulation_review_cron_remind").ir_actions_server_id.run()
            self.assertEqual(review.reminded_on, date(2025, 10, 10))
            self.assertTrue(self.env["mail.mail"].search([("id", "not in", before)]))

    def test_nobody_is_disturbed_on_other_days(self):
        self.register(self.employee_proposer)
        review = self.open_round()
        review.self_deadline = fields.Date.context_today(review) + timedelta(days=5)
        self.assertFalse(self.remind())


@tagged("post_install", "-at_install")
class TestAutomaticSource(CampaignCommon):
    def make_source(self, user):
        field = self.env["ir.model.fields"]._get
        return (
            self.env["emulation.criterion.source"]
            .with_user(user)
            .create(
                {
                    "criterion_id": self.sheet.criterion_ids.filtered(lambda c: c.kind == "quantity").id,
                    "model_id": self.env["ir.model"]._get("emulation.achievement").id,
                    "domain": "[('kind', '=', 'initiative')]",
                    "date_field_id": field("emulation.achievement", "date_to").id,
                    "recipient_field_id": field("emulation.achievement", "employee_id").id,
                }
            )
        )

    def achieve(self, employee, day, kind="initiative"):
        self.env["emulation.achievement"].create(
            {
                "name": "Sáng kiến",
                "kind": kind,
                "employee_id": employee.id,
                "company_id": self.company.id,
                "date_to": day,
            }
        )

    def test_counts_become_points(self):
        self.make_source(self.user_admin)
        self.sheet.criterion_ids.filtered(lambda c: c.kind == "quantity").target = 4
        for day in (date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1)):
            self.achieve(self.employee_sub, day)
        self.achieve(self.employee_sub, date(2025, 2, 1), kind="achievement")
        self.campaign.with_user(self.user_officer).action_launch()
        self.register(self.employee_sub, self.employee_proposer)
        review = self.open_round()
        review.with_user(self.user_officer).action_fill_automatic()
        points = {
            sheet.employee_id: sheet.score_ids.filtered(lambda line: line.kind == "quantity").self_points
            for sheet in review.evaluation_ids
        }
        self.assertEqual(points, {self.employee_sub: 35, self.employee_proposer: 0})
        self.assertEqual(sorted(review.evaluation_ids.mapped("self_total")), [0, 35])

    def test_only_the_administrator_sets_it_up(self):
        with self.assertRaises(AccessError):
            self.make_source(self.user_officer)
        source = self.make_source(self.user_admin)
        with self.assertRaises(AccessError):
            source.write({"user_id": self.env.ref("base.user_root").id})

    def test_it_reads_no_more_than_the_administrator_may(self):
        source = self.make_source(self.user_admin)
        self.achieve(self.employee_sub, date(2025, 6, 1))
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.env["ir.model"]._get("emulation.achievement").id,
                "domain_force": f"[('employee_id', '!=', {self.employee_sub.id})]",
            }
        )
        review = self.env["emulation.review"].new(
            {"campaign_id": self.campaign.id, "date_from": date(2025, 1, 1), "date_to": date(2025, 12, 31)}
        )
        self.assertEqual(source.sudo()._read_values(review), {})

    def test_a_wrong_domain_is_refused(self):
        source = self.make_source(self.user_admin)
        for domain in ("[('no_such_field', '=', 1)]", "__import__('os')", "[("):
            with self.assertRaises(ValidationError):
                source.domain = domain


@tagged("post_install", "-at_install")
class TestDrawnFromRegisters(CampaignCommon):
    """Points drawn from awards, initiatives and leave: looked at first, filled in by an officer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        lines = cls.sheet.criterion_ids.grouped("kind")
        lines["bonus"].write({"points_per_occurrence": 3, "max_points": 10, "drawn_from": "awards"})
        lines["deduction"].write({"points_per_occurrence": 1, "drawn_from": "absences"})
        lines["quantity"].write({"target": 2, "drawn_from": "achievements"})
        cls.campaign.with_user(cls.user_officer).action_launch()

    def fill_registers(self, *employees):
        kind = self.env["emulation.absence.type"].search(
            [("role", "=", "leave"), ("counts", "=", True)], limit=1
        )
        common = {"company_id": self.company.id}
        for employee in employees:
            self.env["emulation.achievement"].create(
                {
                    **common,
                    **{"name": "Sáng kiến", "kind": "initiative", "employee_id": employee.id},
                    "date_to": date(2025, 6, 1),
                }
            )._write_protected({"state": "recognised"})
            for day in (date(2025, 3, 3), date(2024, 3, 4)):
                self.env["emulation.absence"].create(
                    {
                        "employee_id": employee.id,
                        "type_id": kind.id,
                        "date_from": day,
                        "date_to": day,
                        "days": 1,
                    }
                )
            for year in (2025, 2024):
                award = self.new_commendation(employee, campaign_id=False)
                award._write_protected({"state": "granted", "granted_date": date(year, 5, 5)})

    def preview(self, review, user=None):
        action = review.with_user(user or self.user_officer).action_preview_automatic()
        dialogs = self.env[action["res_model"]].with_user(user or self.user_officer)
        return dialogs.create({"review_id": action["context"]["default_review_id"]})

    def test_what_the_registers_say_is_seen_before_it_is_filled_in(self):
        self.fill_registers(self.employee_sub)
        self.register(self.employee_sub)
        review = self.open_round()
        sheet = review.evaluation_ids
        dialog = self.preview(review)
        found = {
            line.criterion_id.kind: (line.former_value, line.value, line.points) for line in dialog.line_ids
        }
        expected = {"quantity": ("–", 1, 35), "bonus": ("–", 1, 3), "deduction": ("–", 1, 1)}
        self.assertEqual((found, dialog.line_count), (expected, 3))
        self.assertFalse(sheet.self_total, "nothing is stored by looking")
        dialog.action_fill()
        self.assertEqual(sheet.self_total, 37)
        dialog = self.preview(review)
        self.assertEqual((dialog.line_count, dialog.is_anything_drawn), (0, True), "they say the same now")
        sheet.score_ids.filtered(lambda line: line.kind == "bonus")._write_protected({"actual_value": 2})
        self.assertEqual(self.preview(review).line_ids.former_value, "2")

    @freeze_time("2025-03-08")
    def test_who_is_still_away_is_counted_to_the_day_of_the_question(self):
        """And by the agency's calendar: Saturday the 8th is worked, one day two papers name is one."""
        kind = self.env["emulation.absence.type"].search(
            [("role", "=", "leave"), ("counts", "=", True)], limit=1
        )
        day = {"date": date(2025, 3, 8), "kind": "worked", "name": "Làm bù", "company_id": self.company.id}
        self.env["emulation.calendar.day"].create(day)
        leave = {"employee_id": self.employee_sub.id, "type_id": kind.id}
        self.env["emulation.absence"].create(
            [
                {**leave, "date_from": date(2025, 3, 6)},
                {**leave, "date_from": date(2025, 3, 5), "date_to": date(2025, 3, 6)},
            ]
        )
        self.register(self.employee_sub)
        lines = self.preview(self.open_round()).line_ids
        [away] = lines.filtered(lambda line: line.criterion_id.kind == "deduction")
        self.assertEqual(away.value, 4)

    def test_only_the_awards_that_are_named(self):
        other = self.new_award("TEST-KHAC")
        lines = self.campaign.individual_set_id.criterion_ids.filtered(lambda line: line.kind == "bonus")
        lines._with_seal().write({"drawn_award_ids": other.ids})
        self.fill_registers(self.employee_sub)
        self.register(self.employee_sub)
        dialog = self.preview(self.open_round())
        values = {line.criterion_id.kind: line.value for line in dialog.line_ids}
        self.assertEqual(values["bonus"], 0)

    def test_who_may_not(self):
        self.register(self.employee_sub)
        review = self.open_round()
        with self.assertRaises(AccessError):
            self.preview(review, self.user_head)
        dialog = self.preview(review)
        with self.assertRaises(AccessError):
            dialog.with_user(self.user_foreign_officer).read(["line_count"])
        foreign = self.env["emulation.automatic.fill"].with_user(self.user_foreign_officer)
        with self.assertRaises(AccessError):
            foreign.create({"review_id": review.id}).line_count  # noqa: B018

    def test_only_what_is_measured_is_drawn(self):
        line = self.new_sheet("Bộ khác").criterion_ids.filtered(lambda one: one.kind == "rating")
        with self.assertRaises(ValidationError):
            line.drawn_from = "awards"

    def test_many_sheets_cost_what_two_do(self):
        def queries(count):
            campaign = self.new_campaign(f"Rút số {count}")
            campaign.with_user(self.user_officer).action_launch()
            people = [self.new_employee(f"Người {count}.{number}", self.sub_unit) for number in range(count)]
            self.fill_registers(*people)
            self.register(*people, campaign=campaign)
            review = self.open_round(campaign)
            self.env.flush_all()
            self.env.invalidate_all()
            return self.count_queries(review.with_user(self.user_officer).action_fill_automatic)

        queries(1)
        self.assertEqual(queries(2), queries(22))


@tagged("post_install", "-at_install")
class TestBlock(CampaignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.block = cls.env["emulation.block"].create({"name": "Khối các sở", "company_id": cls.company.id})
        cls.members = cls.env["emulation.block.member"].create(
            [{"block_id": cls.block.id, "name": name} for name in ("Sở A", "Sở B", "Sở C")]
        )

    def start_year(self):
        self.block.with_user(self.user_officer).action_start_year()
        return self.block.year_ids.sorted("year")[-1]

    def score(self, year, scorer, member, points):
        return self.env["emulation.block.score"].create(
            {
                "year_id": year.id,
                "scorer_id": self.members[scorer].id,
                "member_id": self.members[member].id,
                "points": points,
            }
        )

    def test_the_head_rotates_every_year(self):
        heads = [self.start_year().head_id.name for _year in range(4)]
        self.assertEqual(heads, ["Sở A", "Sở B", "Sở C", "Sở A"])

    def test_cross_scores_rank_and_the_first_is_acclaimed(self):
        year = self.start_year()
        for scorer, member, points in (
            (0, 1, 95),
            (2, 1, 97),
            (0, 2, 90),
            (1, 2, 92),
            (1, 0, 80),
            (2, 0, 85),
        ):
            self.score(year, scorer, member, points)
        self.assertEqual(year.ranking_text, "1. Sở B: 96.00\n2. Sở C: 91.00\n3. Sở A: 82.50")
        year.with_user(self.user_officer).action_acclaim()
        self.assertEqual((year.leader_id.name, year.state), ("Sở B", "acclaimed"))
        with self.assertRaises(UserError):
            year.score_ids[0].points = 1
        with self.assertRaises(AccessError):
            year.with_user(self.user_officer).leader_id = self.members[0]

    def test_who_scores_itself_alone_has_done_its_part(self):
        self.members[0].department_id = self.unit
        year = self.start_year()
        year.way = "own"
        waiting = self.env["emulation.block.year"].with_user(self.user_head)
        self.assertEqual(year.browse().sudo().search(waiting._get_to_score_domain()), year)
        self.score(year, 0, 0, 90)
        self.assertFalse(year.browse().sudo().search(waiting._get_to_score_domain()))

    def test_only_what_is_missing_is_settled(self):
        year = self.start_year().with_user(self.user_officer)
        with self.assertRaisesRegex(UserError, "has no scores yet"):
            year.action_settle()
        for scorer in range(3):
            for member in {0, 1, 2} - {scorer}:
                self.score(year, scorer, member, 90 + member)
        with self.assertRaisesRegex(UserError, "no scores are missing"):
            year.action_settle()
        year.action_acclaim()
        self.env["emulation.block.member"].create({"block_id": self.block.id, "name": "Sở D"})
        self.assertFalse(year.missing_text, "who joins later was not there to score")

    def test_a_block_in_which_members_scored_is_not_deleted(self):
        year = self.start_year()
        self.score(year, 0, 1, 90)
        with self.assertRaisesRegex(UserError, "Members have scored in it already"):
            self.block.with_user(self.user_officer).unlink()

    def lead(self, unit):
        """Acclaim a unit leader of the block for 2025."""
        self.members[2].unlink()
        self.members[0].write({"department_id": unit.id, "name": unit.name})
        self.members[1].department_id = self.sub_unit
        with Form(self.block.with_user(self.user_officer)) as form:
            form.award_id = self.flag
        year = self.env["emulation.block.year"].create({"block_id": self.block.id, "year": 2025})
        self.score(year, 1, 0, 97)
        self.score(year, 0, 1, 95)
        return year.with_user(self.user_officer)

    def judge(self, unit):
        commendation = self.new_commendation(unit, award=self.flag)
        rules = self.env["emulation.award.rule"]
        rule = self.rulebook.award_rule_ids.filtered(lambda rule: rule.award_id == self.flag)
        (found,) = rule._check_eligibility(rules._prepare_candidates(commendation)).values()
        return found[0].status, found[0].reason.code

    def new_flag(self):
        self.flag = self.new_award("TEST-CO", subject_individual=False, subject_collective=True)
        rule = self.rulebook.award_rule_ids.filtered(lambda rule: rule.award_id == self.flag)
        self.env["emulation.requirement"].create(
            {"award_rule_id": rule.id, "name": "Dẫn đầu cụm, khối thi đua", "kind": "block_leader"}
        )

    def test_the_register_of_blocks_answers_for_a_flag(self):
        self.new_flag()
        year = self.lead(self.unit)
        self.assertEqual(self.judge(self.unit), ("needs_review", "leader_open"))
        year.action_acclaim()
        self.assertEqual(self.judge(self.unit), ("met", "leads_block"))
        self.assertEqual(self.judge(self.sub_unit), ("not_met", "not_leader"))
        self.assertEqual(self.judge(self.other_unit), ("needs_review", "no_block"))

    def test_the_leader_is_proposed_once(self):
        self.new_flag()
        year = self.lead(self.unit)
        with self.assertRaisesRegex(UserError, "no leader has been chosen"):
            year.action_propose_leader()
        year.action_acclaim()
        action = year.action_propose_leader()
        proposal = self.env["emulation.commendation"].browse(action["res_id"])
        self.assertEqual((proposal.department_id, proposal.award_id), (self.unit, self.flag))
        self.assertEqual((proposal.period_from, proposal.period_to), self.PERIOD)
        self.assertIn("97", proposal.summary)
        self.assertEqual(year.action_propose_leader()["res_id"], proposal.id)
        with self.assertRaises(AccessError):
            year.commendation_id = False

    def test_a_leader_known_by_name_only_is_not_proposed(self):
        self.new_flag()
        year = self.lead(self.unit)
        self.members[0]._write_protected({"department_id": False})
        year.action_acclaim()
        with self.assertRaisesRegex(UserError, "by its name only"):
            year.action_propose_leader()
        self.members[0].with_user(self.user_officer).department_id = self.unit
        year.action_propose_leader()
        self.assertEqual(year.commendation_id.department_id, self.unit)

    def test_a_leader_the_members_gave_no_points_is_proposed_with_the_reason_of_the_meeting(self):
        self.new_flag()
        year = self.lead(self.unit)
        year.score_ids.filtered(lambda score: score.member_id == self.members[0]).unlink()
        year._do_settle("Thành viên mới")
        year.write(
            {
                "chosen_id": self.members[0].id,
                "votes_for": 2,
                "votes_cast": 2,
                "choice_reason": "Hội nghị bầu",
            }
        )
        year.action_acclaim()
        year.action_propose_leader()
        self.assertEqual(year.commendation_id.summary, "Hội nghị bầu")

    def test_a_tie_is_not_decided_by_the_software(self):
        year = self.start_year().with_user(self.user_officer)
        for scorer, member, points in ((0, 1, 90), (0, 2, 90), (1, 2, 80), (2, 1, 80), (1, 0, 1), (2, 0, 1)):
            self.score(year, scorer, member, points)
        with self.assertRaisesRegex(UserError, "shared"):
            year.with_user(self.user_officer).action_acclaim()
        officer = year.with_user(self.user_officer)
        first, second = self.members[1:3]
        officer.chosen_id = second
        with self.assertRaisesRegex(UserError, "more than 50%"):
            officer.action_acclaim()
        officer.write({"votes_for": 1, "votes_cast": 2})
        with self.assertRaisesRegex(UserError, "more than 50%"):
            officer.action_acclaim()
        with self.assertRaises(ValidationError):
            officer.votes_for = 3
        officer.votes_for = 2
        officer.action_acclaim()
        self.assertEqual((year.leader_id, year.vote_text), (second, "2/2"))
        with self.assertRaises(UserError):
            officer.chosen_id = first

    def test_the_meeting_may_choose_another_than_the_first_with_its_reason(self):
        year = self.start_year()
        self.score(year, 0, 1, 90)
        self.score(year, 0, 2, 80)
        officer = year.with_user(self.user_officer)
        officer._do_settle("Hai thành viên không dự họp")
        officer.write({"chosen_id": self.members[2].id, "votes_for": 2, "votes_cast": 2})
        with self.assertRaisesRegex(UserError, "is not first"):
            officer.action_acclaim()
        officer.choice_reason = "Đơn vị đứng đầu có vụ việc đang được xác minh"
        officer.action_acclaim()
        self.assertEqual(year.leader_id, self.members[2])

    def test_a_missing_score_stops_the_acclaim_until_it_is_settled(self):
        year = self.start_year().with_user(self.user_officer)
        for scorer, member, points in ((0, 1, 90), (0, 2, 80), (1, 0, 91), (1, 2, 85), (2, 0, 100)):
            self.score(year, scorer, member, points)
        self.assertEqual(year.missing_text, "Sở C → Sở B")
        with self.assertRaisesRegex(UserError, "Sở C → Sở B"):
            year.action_acclaim()
        self.assertIn("1. Sở A: 95.50", year.ranking_text, "the one who left B out lifts A")
        year._do_settle("Sở C không dự họp bình xét")
        year.action_acclaim()
        self.assertEqual(year.leader_id.name, "Sở A")
        self.assertEqual(year.ranking_text, "1. Sở A: 91.00\n2. Sở B: 90.00\n3. Sở C: 82.50")

    def test_acclaiming_is_told_and_can_be_taken_back(self):
        self.new_flag()
        year = self.lead(self.unit)
        year.action_acclaim()
        self.assertIn("Elected", year.message_ids[0].body + year.message_ids[0].preview)
        action = year.action_reopen()
        wizard = self.env["emulation.reason.wizard"].with_user(self.user_officer)
        wizard.with_context(**action["context"]).create({"reason": "Nhập nhầm điểm"}).action_confirm()
        self.assertEqual((year.state, year.leader_id.id), ("open", False))

    def test_members_score_through_their_own_people(self):
        """A unit by its head, an agency by its officers; each sees its own sheet until the leader is acclaimed."""
        self.members[0].department_id = self.unit
        self.members[1].agency_id = self.other_company
        year = self.start_year()
        head, foreign = self.user_head, self.user_foreign_officer
        for user, scorer, member, points in ((head, 0, 1, 90), (foreign, 1, 0, 80)):
            theirs = year.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
            self.assertIn(theirs, theirs.search([("is_mine", "=", True)]))
            ballot = theirs.env["emulation.block.ballot"].create({"year_id": year.id})
            self.assertEqual(ballot.scorer_id, self.members[scorer])
            line = ballot.line_ids.filtered(
                lambda line, member=member: line.member_id == self.members[member]
            )
            line.points = points
            own = ballot.line_ids.filtered("is_own")
            own.points = 99
            ballot.action_save()
            self.env.invalidate_all()  # what the ranking read with all rights is not what the user sees
            self.assertEqual(len(theirs.score_ids), 2, "its own sheet only")
            with self.assertRaises(UserError):
                theirs.env["emulation.block.score"].create(
                    {
                        "year_id": year.id,
                        "scorer_id": self.members[2].id,
                        "member_id": self.members[scorer].id,
                        "points": 100,
                    }
                )
            with self.assertRaises(UserError):
                theirs.action_acclaim()
        agency, unit = self.other_company.name, self.unit.name  # members are called by the name of their body
        self.assertEqual(
            year.ranking_text,
            f"1. {agency}: 90.00\n2. {unit}: 80.00",
            "what one gives oneself is not counted",
        )

    def test_nobody_opens_the_sheet_of_another_member(self):
        """What a member gave is its own until the leader is acclaimed: the form of another one comes empty."""
        self.members[0].department_id = self.unit
        year = self.start_year()
        self.score(year, 0, 1, 77)
        for user, is_own in (
            (self.user_head, True),
            (self.user_other_head, False),
            (self.user_proposer, False),
        ):
            with self.subTest(user=user.login):
                ballots = self.env(user=user, context={})["emulation.block.ballot"]
                values = {"year_id": year.id, "scorer_id": self.members[0].id}
                self.assertEqual(77 in ballots.create(values).line_ids.mapped("points"), is_own)
                spec = {"line_ids": {"fields": {"points": {}, "is_given": {}}}}
                self.assertEqual("77" in str(ballots.onchange(values, [], spec)), is_own)

    def test_flags_by_size_and_places_after(self):
        self.new_flag()
        second = self.new_award("TEST-NHI", subject_individual=False, subject_collective=True)
        for member, unit in zip(self.members, (self.unit, self.sub_unit, self.other_unit), strict=True):
            member.write({"department_id": unit.id, "name": unit.name})
        self.block.write(
            {"award_id": self.flag.id, "members_per_flag": 3, "second_award_id": second.id, "second_count": 1}
        )
        self.assertEqual(self.block.flag_count, 1)
        year = self.start_year().with_user(self.user_officer)
        for scorer, member, points in (
            (0, 1, 90),
            (0, 2, 80),
            (1, 0, 70),
            (1, 2, 80),
            (2, 0, 70),
            (2, 1, 90),
        ):
            self.score(year, scorer, member, points)
        year.action_acclaim()
        year.action_propose_leader()
        self.assertEqual(
            year.commendation_ids.sorted("id").mapped(lambda one: (one.department_id, one.award_id)),
            [(self.sub_unit, self.flag), (self.other_unit, second)],
        )
        self.block.members_per_flag = 1
        self.assertEqual(self.block.flag_count, 3)

    def fill_ballot(self, year, scorer, given):
        """Fill in one sheet: {place of the member: points by criterion, in their order}."""
        member = self.members[scorer] if scorer is not None else self.members.browse()
        ballot = self.env["emulation.block.ballot"].with_user(self.user_officer)
        ballot = ballot.create({"year_id": year.id, "scorer_id": member.id})
        for place, points in given.items():
            lines = ballot.line_ids.grouped("member_id")[self.members[place]]
            for line, figure in zip(lines, points, strict=True):
                line.write({"points": figure, "is_given": True})
        ballot.action_save()

    def score_by_criteria(self, way):
        sheet = self.new_sheet("Bộ tiêu chí khối", most_points=100, deduction_cap=6)
        self.block.write({"set_id": sheet.id, "way": way})
        return self.start_year().with_user(self.user_officer)

    def test_members_score_one_another_by_criteria(self):
        year = self.score_by_criteria("cross")
        self.assertEqual((year.set_id.locked, year.set_id.template_id), (True, self.block.set_id))
        with self.assertRaisesRegex(UserError, "Sở B: no points for Kỷ luật"):
            ballot = self.env["emulation.block.ballot"].with_user(self.user_officer)
            ballot = ballot.create({"year_id": year.id, "scorer_id": self.members[0].id})
            ballot.line_ids.filtered(lambda line: line.member_id == self.members[1])[0].points = 60
            ballot.action_save()
        self.fill_ballot(year, 0, {1: (60, 20, 10, 3), 2: (70, 30, 10, 0)})
        self.assertEqual(
            {score.member_id.name: score.points for score in year.score_ids},
            {"Sở B": 82, "Sở C": 100},
            "60 + 20 + 5 of 10 − 3; 105, but a sheet counts 100 at most",
        )
        self.fill_ballot(year, 0, {1: (60, 20, 10, 9)})
        self.assertEqual(
            year.score_ids.filtered(lambda one: one.member_id == self.members[1]).points, 79, "85 − 6 of 9"
        )
        self.fill_ballot(year, 0, {1: (61, 20, 10, 3)})
        self.assertEqual(year.score_ids.filtered(lambda one: one.member_id == self.members[1]).points, 83)
        score = year.score_ids[0]
        for change in ({"points": 100}, {"line_ids": [Command.update(score.line_ids[0].id, {"points": 59})]}):
            score.write(change)
            self.assertEqual(score.points, sum((score.line_ids[0].points, 20, 5, -3)), "the sum of the lines")
        score.line_ids[0].points = 60
        self.assertEqual(score.points, 82)
        with self.assertRaises(ValidationError):
            score.line_ids[0].points = 71
        with self.assertRaisesRegex(UserError, "line by line"):
            self.score(year, 1, 0, 90)
        with self.assertRaisesRegex(UserError, "scored in it already"):
            year.way = "own"
        self.fill_ballot(year, 1, {0: (70, 25, 0, 0), 2: (60, 30, 0, 0)})
        self.fill_ballot(year, 2, {0: (65, 20, 0, 0), 1: (70, 30, 0, 0)})
        self.assertFalse(year.missing_text)
        year.action_acclaim()
        self.assertEqual(year.leader_id.name, "Sở C")

    def test_an_own_score_counts_as_it_was_appraised(self):
        self.new_flag()
        self.block.award_id = self.flag
        units = (self.unit, self.other_unit, self.new_unit("Thanh tra"))
        for member, unit in zip(self.members, units, strict=True):
            member.write({"department_id": unit.id, "name": unit.name})
        year = self.score_by_criteria("own")
        for place in range(3):
            self.fill_ballot(year, place, {place: (70, 30, 0, 0)})
        self.assertFalse(year.ranking_text)
        with self.assertRaisesRegex(UserError, "scores are missing"):
            year.action_acclaim()
        for member in self.members:  # no head appraises, neither the own unit nor another
            scores = self.env["emulation.block.score"].with_user(self.user_head)
            with self.assertRaises(UserError), self.env.cr.savepoint():
                scores.create({"year_id": year.id, "member_id": member.id})
        self.fill_ballot(year, None, {0: (65, 28, 0, 0), 1: (70, 28, 0, 4), 2: (60, 25, 0, 0)})
        a, b, c = self.members.mapped("name")
        self.assertEqual(year.ranking_text, f"1. {b}: 94.00\n2. {a}: 93.00\n3. {c}: 85.00")
        self.env.invalidate_all()  # what the ranking read with all rights is not what the user sees
        head = year.with_user(self.unit.manager_id.user_id)
        self.assertEqual(len(head.score_ids), 2, "its own score and what it was appraised at")
        with self.assertRaises(ValidationError):
            self.score(year, 0, 1, 90)
        year.flags = 2
        year.write({"chosen_id": self.members[1].id, "votes_for": 3, "votes_cast": 3})
        year.action_acclaim()
        self.block.members_per_flag = 9
        year.action_propose_leader()
        self.assertEqual(
            year.commendation_ids.department_id, self.unit | self.other_unit, "two flags of the year"
        )
        self.assertIn("94", year.commendation_id.summary)
        check_paper(
            self,
            "block_ranking",
            year,
            *("Bảng tổng hợp", "Điểm thẩm định", "Khối các sở", b, "94", "Dẫn đầu", "3/3 phiếu suy tôn"),
        )
        read_paper(self, "block_ranking", year)
        self.check_minutes_of_block(year, b)

    def check_minutes_of_block(self, year, leader):
        """The minutes say what the year of the block says: places, vote, what is proposed."""
        meeting = (
            self.env["emulation.meeting"]
            .with_user(self.user_officer)
            .create({"year_id": year.id, "date_start": "2026-12-20 01:00:00", "conclusion": "Hoàn thành"})
        )
        meeting.action_list_people()
        self.assertEqual(meeting.attendance_ids.mapped("part"), ["chair", "member", "member"])
        meeting.attendance_ids[1].write({"name": "Lò Thị Ghi", "part": "secretary"})
        meeting.attendance_ids[2].write({"presence": "absent", "reason": "đi công tác"})
        self.assertEqual(meeting.symbol, "BB-KTĐ")
        text = "\n".join(read_paper(self, "meeting", meeting))
        for part in ("Khối các sở", leader, "94", "3/3 phiếu suy tôn", "(đi công tác)", "Lò Thị Ghi"):
            self.assertIn(part, text)
        self.assertIn(f"đề nghị tặng {self.flag.with_context(lang='vi_VN').name} cho {leader}", text)
        check_paper(self, "meeting", meeting, "Họp Khối các sở năm", leader)

    def test_the_plan_of_a_block_says_what_its_year_says(self):
        self.new_flag()
        self.block.write({"award_id": self.flag.id, "criteria": "Kinh tế\nKỷ luật"})
        year = self.start_year()
        year.write(
            {
                "theme": "Kỷ cương, sáng tạo.",
                "plan": "Tháng 3: ký giao ước;\n\n- Tháng 7: sơ kết",
                "score_deadline": f"{year.year}-12-05",
            }
        )
        text = "\n".join(read_paper(self, "block_plan", year))
        for line in ("- Tháng 3: ký giao ước;", "- Tháng 7: sơ kết.", "Tiêu chí: Kinh tế; Kỷ luật."):
            self.assertIn(line, text)
        for part in (
            "“Kỷ cương, sáng tạo”",
            "05 tháng 12",
            "/KH-KTĐ",
            "suy tôn 01 tập thể",
            "Sở B (khối phó)",
        ):
            self.assertIn(part, text)
        check_paper(self, "block_plan", year, "TM. khối thi đua", "Khối trưởng", "Sở C")

    def test_nobody_appraises_the_unit_one_leads(self):
        self.members[0].write({"department_id": self.unit.id, "name": self.unit.name})
        year = self.score_by_criteria("own")
        self.unit.manager_id = self.user_officer.employee_id
        with self.assertRaises(UserError):
            self.fill_ballot(year, None, {0: (70, 30, 0, 0)})

    def extend_for(self, year, member, days=5, user=None, **vals):
        """Let one member score longer, as the officer does on the form of the year."""
        day = fields.Date.add(fields.Date.context_today(year), days=days)
        line = {"member_id": member.id, "date": day, "reason": "Trụ sở bị ngập", **vals}
        year.with_user(user or self.user_officer).write({"extension_ids": [Command.create(line)]})
        return year.extension_ids[0]

    def start_late_year(self):
        """Return a year whose last day was yesterday, scored by a unit and an agency, which takes nothing late."""
        self.members[0].department_id = self.unit
        self.members[1].agency_id = self.other_company
        year = self.start_year()
        yesterday = fields.Date.subtract(fields.Date.context_today(year), days=1)
        year.write({"score_deadline": yesterday, "late_policy": "refuse"})
        return year

    def score_as(self, user, year, scorer, member, points):
        scores = self.env["emulation.block.score"].with_user(user)
        return scores.with_context(allowed_company_ids=user.company_ids.ids).create(
            {
                "year_id": year.id,
                "scorer_id": self.members[scorer].id,
                "member_id": self.members[member].id,
                "points": points,
            }
        )

    def test_one_member_scores_longer_with_a_reason(self):
        year = self.start_late_year()
        with self.assertRaisesRegex(UserError, "could score until"), self.env.cr.savepoint():
            self.score_as(self.user_head, year, 0, 1, 90)
        extension = self.extend_for(year, self.members[0])
        self.assertEqual(extension.create_uid, self.user_officer, "who gave it stays on record")
        score = self.score_as(self.user_head, year, 0, 1, 90)
        self.assertEqual((score.points, score.late_days), (90, 0))
        with self.assertRaisesRegex(UserError, "could score until"), self.env.cr.savepoint():
            self.score_as(self.user_foreign_officer, year, 1, 2, 80)
        with freeze_time(extension.date + timedelta(days=1)):
            expected = f"{extension.date:%m/%d/%Y}"
            with self.assertRaisesRegex(UserError, expected), self.env.cr.savepoint():
                score.with_user(self.user_head).points = 95
            year.late_policy = "mark"
            score.with_user(self.user_head).points = 95
        self.assertEqual((score.points, score.late_days), (95, 1), "late by its own day, not by that of all")

    def test_an_extension_for_a_member_stays_on_record(self):
        year = self.start_late_year()
        stranger = self.env["emulation.block"].create({"name": "Khối khác", "company_id": self.company.id})
        stranger = self.env["emulation.block.member"].create({"block_id": stranger.id, "name": "Sở lạ"})
        for member, vals, text in (
            (self.members[1], {"reason": "  "}, "Give a reason"),
            (self.members[1], {"days": -1}, "after the deadline of all others"),
            (stranger, {}, "Only a member of the block"),
        ):
            with (
                self.subTest(text=text),
                self.assertRaisesRegex(ValidationError, text),
                self.env.cr.savepoint(),
            ):
                self.extend_for(year, member, **vals)
        extension = self.extend_for(year, self.members[1]).with_user(self.user_officer)
        with self.assertRaises(AccessError):
            extension.date = "2099-01-01"
        with self.assertRaises(AccessError):
            extension.unlink()
        for user in (self.user_head, self.user_foreign_officer):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                self.extend_for(year, self.members[1], user=user)
        self.unit.manager_id = self.user_officer.employee_id
        with self.assertRaises(UserError, msg="nobody gives the unit one heads longer"):
            self.extend_for(year, self.members[0])
        year.score_deadline = False
        with self.assertRaisesRegex(ValidationError, "no last day"):
            self.extend_for(year, self.members[2])

    def test_last_days_cost_the_same_for_many(self):
        def cost(count):
            block = self.env["emulation.block"].create(
                {
                    "name": f"Khối {count}",
                    "company_id": self.company.id,
                    "member_ids": [Command.create({"name": f"Đơn vị {count}.{n}"}) for n in range(count)],
                }
            )
            block.action_start_year()
            block.year_ids.score_deadline = "2020-01-01"
            for member in block.member_ids:
                self.extend_for(block.year_ids, member)
            self.env.flush_all()
            self.env.invalidate_all()
            return self.count_queries(block.year_ids._get_last_days)

        cost(2)
        self.assertEqual(cost(2), cost(22))

    def test_the_campaign_names_its_blocks(self):
        year = self.start_year()
        self.campaign.block_ids = self.block
        document = self.new_document(self.campaign)
        texts = " ".join(point.text for point in document._get_draft().get_points())
        self.assertIn(
            f"Khối các sở bình xét, chấm điểm chéo giữa 3 thành viên; {year.head_id.name} làm", texts
        )

    def test_the_theme_and_the_deputy_go_on(self):
        self.block.theme = "Đoàn kết, sáng tạo"
        first, second = self.start_year(), self.start_year()
        self.assertEqual((first.theme, second.theme), ("Đoàn kết, sáng tạo",) * 2)
        self.assertEqual(second.head_id, first.deputy_id)

    def test_points_above_the_maximum_are_refused(self):
        with self.assertRaises(ValidationError):
            self.score(self.start_year(), 0, 1, 101)


@tagged("post_install", "-at_install")
class TestExemplar(CampaignCommon):
    def test_a_story_is_shown_only_while_consent_holds(self):
        today = fields.Date.context_today(self.campaign)
        exemplar = self.env["emulation.exemplar"].create(
            {
                "name": "Người giữ lửa",
                "story": "Mười năm không một hồ sơ trễ hạn.",
                "employee_id": self.employee_sub.id,
                "company_id": self.company.id,
            }
        )
        officer, reader = exemplar.with_user(self.user_officer), exemplar.with_user(self.user_council)
        with self.assertRaisesRegex(UserError, "consent"):
            officer.action_publish()
        self.assertFalse(reader.has_access("read"))
        exemplar.write({"consent_date": today, "consent_until": today + timedelta(days=30)})
        officer.action_publish()
        shown = self.env["emulation.exemplar"]._get_shown_domain
        self.assertTrue(reader.has_access("read"))
        self.assertIn(exemplar, exemplar.search(shown()))
        # Ten days later.
        exemplar._write_protected(
            {"consent_date": today - timedelta(days=9), "consent_until": today - timedelta(days=1)}
        )
        self.assertNotIn(exemplar, exemplar.search(shown()))
        self.assertFalse(reader.has_access("read"))
        exemplar._write_protected({"consent_until": False})
        officer.action_withdraw_consent()
        self.assertNotIn(exemplar, exemplar.search(shown()))
