"""What a campaign has on offer holds at every step, from the proposal to the decision."""

from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..helpers.campaign_common import CampaignCommon


@tagged("post_install", "-at_install")
class TestQuota(CampaignCommon):
    """One of the award is on offer; three are proposed in the form, past the wizard."""

    def setUp(self):
        super().setUp()
        self.offer(quota=1)
        self.campaign.with_user(self.user_officer).action_launch()

    def offer(self, campaign=None, **vals):
        (campaign or self.campaign)._write_protected(
            {"award_line_ids": [Command.create({"award_id": self.award.id, **vals})]}
        )
        return (campaign or self.campaign).award_line_ids[-1:]

    def propose(self, *recipients, campaign=None, **vals):
        campaign = campaign or self.campaign
        return self.env["emulation.commendation"].union(
            *(self.new_commendation(one, campaign_id=campaign.id, **vals) for one in recipients)
        )

    def hand_in(self, records):
        return records.with_user(self.user_proposer).action_submit()

    def test_only_as_many_are_handed_in_as_are_on_offer(self):
        records = self.propose(self.employee_sub, self.employee_unit, self.employee_other)
        result = self.hand_in(records)
        self.assertEqual(sorted(records.mapped("state")), ["draft", "draft", "submitted"])
        report = self.env["emulation.bulk.result"].browse(result["res_id"])
        self.assertEqual((report.done_count, report.skipped_count), (1, 2))
        with self.assertRaisesRegex(UserError, "has 1 of .* on offer; all are taken"):
            self.hand_in(records.filtered(lambda record: record.state == "draft")[:1])

    def test_a_place_given_back_is_free_again(self):
        first, second = self.propose(self.employee_sub, self.employee_unit)
        self.hand_in(first)
        self.assertIn("0 of 1 left", second.offer_text)
        first.with_user(self.user_proposer).action_withdraw()
        second.invalidate_recordset()
        self.assertIn("1 of 1 left", second.offer_text)
        self.hand_in(second)
        self.assertEqual(second.state, "submitted")

    def test_more_handed_in_are_not_appraised(self):
        """The number was cut, or the agency only warned then: whoever comes first has the place."""
        records = self.propose(self.employee_sub, self.employee_unit)
        records._do_submit()
        records._do_endorse()
        records.with_user(self.user_officer).action_appraise()
        self.assertEqual(sorted(records.mapped("state")), ["appraised", "endorsed"])

    def test_more_appraised_are_not_tabled(self):
        first, second = self.propose(self.employee_sub, self.employee_unit)
        self.walk(first | second, "appraised")
        self.walk_on(first, "voted")
        session = self.env["emulation.commendation"].with_user(self.user_officer)
        reasons = session.env["emulation.campaign.award"]._find_problems(second, "vote")
        self.assertIn("all are taken", reasons[second.id])

    def walk_on(self, records, state):
        records = records.sudo()
        records._do_vote(dict.fromkeys(records, (True, "9/10")))
        self.assertEqual(set(records.mapped("state")), {state})

    def test_one_too_many_stops_the_decision(self):
        records = self.propose(self.employee_sub, self.employee_unit)
        self.walk(records, "appraised")
        with self.assertRaisesRegex(UserError, "all are taken"):
            records._do_grant(self.new_decision())
        self.assertEqual(set(records.mapped("state")), {"appraised"})
        records[0]._do_grant(self.new_decision())
        self.assertEqual(records[0].state, "granted")
        line = self.campaign.award_line_ids
        self.assertEqual((line.used_count, line.left_text), (2, "-1"))

    def test_the_agency_may_only_warn(self):
        self.company.emulation_offer_guard = "warn"
        records = self.propose(self.employee_sub, self.employee_unit)
        self.hand_in(records)
        self.assertEqual(set(records.mapped("state")), {"submitted"})

    def test_what_is_below_counts_above(self):
        child = self.new_campaign("Nhánh", parent_id=self.campaign.id)
        self.offer(child)
        child.with_user(self.user_officer).action_launch()
        first = self.propose(self.employee_sub, campaign=child)
        second = self.propose(self.employee_unit)
        self.hand_in(first)
        with self.assertRaisesRegex(UserError, "Phong trào thử has 1"):
            self.hand_in(second)

    def test_by_subject_unit_and_occasion(self):
        campaign = self.new_campaign("Bốn đợt")
        days = self.env["emulation.occasion"].create([{"name": "Quốc khánh"}, {"name": "Ngày truyền thống"}])
        campaign.occasion_ids = days
        self.offer(campaign, quota=1, occasion_id=days[0].id)
        self.offer(campaign, occasion_id=days[1].id)
        self.offer(campaign, quota=1, department_id=self.other_unit.id)
        self.offer(campaign, quota=9, subject="collective")
        campaign.with_user(self.user_officer).action_launch()
        first, second = self.propose(
            self.employee_sub, self.employee_unit, campaign=campaign, occasion_id=days[0].id
        )
        third = self.propose(self.employee_proposer, campaign=campaign, occasion_id=days[1].id)
        other = self.propose(self.employee_other, campaign=campaign)
        self.hand_in(first)
        with self.assertRaisesRegex(UserError, r"on offer \(Quốc khánh\); all are taken"):
            self.hand_in(second)
        self.hand_in(third)
        self.hand_in(other)
        late = self.propose(self.employee_council, campaign=campaign)
        with self.assertRaisesRegex(UserError, r"\(Phòng Kế toán\); all are taken"):
            self.hand_in(late)
        self.assertEqual(campaign.award_line_ids.mapped("used_count"), [1, 1, 1, 0])

    def test_what_is_on_offer_for_some_is_not_for_others(self):
        """Nobody gets past a number by leaving the occasion out, or from another unit or of another kind."""
        campaign = self.new_campaign("Theo dịp")
        campaign.occasion_ids = self.env["emulation.occasion"].create(
            [{"name": "Quốc khánh"}, {"name": "8/3"}]
        )
        first, second = campaign.occasion_ids
        self.offer(campaign, quota=1, occasion_id=first.id)
        self.offer(campaign, quota=1, occasion_id=first.id, subject="individual")
        campaign.with_user(self.user_officer).action_launch()
        for vals in ({}, {"occasion_id": second.id}):
            record = self.propose(self.employee_sub, campaign=campaign, **vals)
            self.assertIn("for these only: Quốc khánh", record.offer_text)
            with self.assertRaisesRegex(UserError, "Theo dịp offers .* for these only: Quốc khánh; "):
                self.hand_in(record)
        self.hand_in(self.propose(self.employee_sub, campaign=campaign, occasion_id=first.id))

    def test_what_is_for_units_or_for_another_unit_is_not_for_a_person(self):
        for vals in ({"subject": "collective"}, {"department_id": self.other_unit.id}):
            campaign = self.new_campaign(f"Chỉ {vals}")
            self.offer(campaign, quota=5, **vals)
            campaign.with_user(self.user_officer).action_launch()
            with self.assertRaisesRegex(UserError, "for these only"):
                self.hand_in(self.propose(self.employee_sub, campaign=campaign))

    def test_the_nearest_above_says_for_whom(self):
        child = self.new_campaign("Nhánh", parent_id=self.campaign.id)
        self.campaign.award_line_ids._write_protected({"subject": "collective"})
        child.with_user(self.user_officer).action_launch()
        with self.assertRaisesRegex(UserError, "for these only"):
            self.hand_in(self.propose(self.employee_sub, campaign=child))
        self.offer(child, subject="individual")
        self.hand_in(self.propose(self.employee_sub, campaign=child))

    def test_what_is_left_is_what_is_left_of_all(self):
        self.campaign.award_line_ids._write_protected({"quota": 3})
        people = self.offer(quota=5, subject="individual")
        self.assertEqual(people.left_text, "3")

    def test_down_to_a_rank(self):
        self.campaign.award_line_ids._write_protected({"quota": 0, "max_rank": 1})
        self.register(self.employee_sub, self.employee_unit)
        sheets = self.open_round().evaluation_ids
        for sheet, done in zip(sheets, (100, 50), strict=True):
            self.fill(sheet, self.user_officer, done=done)
        sheets.with_user(self.user_officer).action_verify()
        sheets.with_user(self.user_officer).action_confirm()
        best, next_ = sheets.sorted("rank")
        records = self.env["emulation.commendation"]
        for sheet in (best, next_):
            records |= self.propose(sheet.employee_id, evaluation_id=sheet.id)
        self.hand_in(records[0])
        with self.assertRaisesRegex(UserError, "down to rank 1 only"):
            self.hand_in(records[1])

    def test_a_rank_is_asked_of_who_is_proposed_without_a_sheet(self):
        self.campaign.award_line_ids._write_protected({"quota": 0, "max_rank": 1})
        self.register(self.employee_sub, self.employee_unit)
        sheets = self.open_round().evaluation_ids
        for sheet, done in zip(sheets, (100, 50), strict=True):
            self.fill(sheet, self.user_officer, done=done)
        early = self.propose(sheets[0].employee_id)
        with self.assertRaisesRegex(UserError, "down to rank 1 only"):
            self.hand_in(early)
        sheets.with_user(self.user_officer).action_verify()
        sheets.with_user(self.user_officer).action_confirm()
        best, next_ = sheets.sorted("rank")
        with self.assertRaisesRegex(UserError, "down to rank 1 only"):
            self.hand_in(self.propose(next_.employee_id))
        with self.assertRaisesRegex(UserError, "down to rank 1 only"):
            self.hand_in(self.propose(self.employee_other))
        record = self.propose(best.employee_id)
        self.hand_in(record)
        self.assertEqual(record.state, "submitted")

    def test_many_proposed_at_once_are_on_an_occasion(self):
        days = self.env["emulation.occasion"].create([{"name": "Quốc khánh"}, {"name": "8/3"}])
        self.campaign._write_protected({"occasion_ids": days.ids})
        self.campaign.award_line_ids._write_protected({"occasion_id": days[0].id, "max_rank": 1})
        self.register(self.employee_sub, self.employee_unit)
        review = self.open_round()
        for sheet, done in zip(review.evaluation_ids, (100, 50), strict=True):
            self.fill(sheet, self.user_officer, done=done)
        review.evaluation_ids.with_user(self.user_officer).action_verify()
        review.evaluation_ids.with_user(self.user_officer).action_confirm()
        wizard = (
            self.env["emulation.propose"]
            .with_user(self.user_officer)
            .create({"company_id": self.company.id, "review_id": review.id, "award_id": self.award.id})
        )
        wizard.action_preview()
        self.assertFalse(any(wizard.line_ids.mapped("is_selected")))
        self.assertIn("for these only: Quốc khánh", wizard.line_ids[0].problem)
        wizard.occasion_id = days[0]
        wizard.action_preview()
        self.assertEqual(wizard.line_ids.mapped("is_selected"), [True, False])
        self.assertIn("down to rank 1 only", wizard.line_ids[1].problem)
        made = self.env["emulation.commendation"].search(wizard.action_propose()["domain"])
        self.assertEqual(made.occasion_id, days[0])
        made.with_user(self.user_officer).action_submit()
        self.assertEqual(self.campaign.award_line_ids.used_count, 1)

    def test_it_costs_the_same_for_many(self):
        def cost(count):
            campaign = self.new_campaign(f"Quy mô {count}")
            self.offer(campaign, quota=count)
            people = [self.new_employee(f"Người {count}.{n}", self.sub_unit) for n in range(count)]
            records = self.propose(*people, campaign=campaign)
            self.env.flush_all()
            self.env.invalidate_all()
            return self.count_queries(
                lambda: self.env["emulation.campaign.award"]._find_problems(records, "submit")
            )

        cost(2)
        self.assertEqual(cost(2), cost(22))


@tagged("post_install", "-at_install")
class TestPeriodOfCampaign(CampaignCommon):
    def test_the_achievement_meets_the_campaign_or_says_why_not(self):
        self.campaign.with_user(self.user_officer).action_launch()
        record = self.new_commendation(
            self.employee_sub,
            campaign_id=self.campaign.id,
            period_from=date(2020, 1, 1),
            period_to=date(2020, 12, 31),
        ).with_user(self.user_proposer)
        with self.assertRaisesRegex(UserError, "does not meet the time of the campaign"):
            record.action_submit()
        record.period_reason = "Thành tích được công nhận trong thời gian phong trào"
        record.action_submit()
        self.assertEqual(record.state, "submitted")
