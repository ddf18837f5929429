"""A campaign and those below it: names, sums, rules of the tree, the next period, quotas handed down."""

from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..helpers.campaign_common import CampaignCommon


@tagged("post_install", "-at_install")
class TestTree(CampaignCommon):
    def push(self, units, campaign=None, **vals):
        campaign = campaign or self.campaign
        wizard = self.env["emulation.campaign.push"].with_user(self.user_officer)
        wizard.create({"campaign_id": campaign.id, "department_ids": units.ids, **vals}).action_push()
        return campaign.child_ids

    def offer(self, quota, campaign=None):
        return (campaign or self.campaign).write(
            {"award_line_ids": [Command.create({"award_id": self.award.id, "quota": quota})]}
        )

    def test_each_is_told_apart_by_its_unit_and_its_state(self):
        children = self.push(self.unit | self.other_unit).with_user(self.user_officer)
        names = sorted(children.mapped("display_name"))
        self.assertEqual(
            names, sorted(f"Phong trào thử – {unit.name}" for unit in (self.unit, self.other_unit))
        )
        choice = children[0].with_context(formatted_display_name=True)
        self.assertRegex(choice.display_name, r"^Phong trào thử – .+\t--Launched--$")
        found = children.name_search(f"phong trao thu {self.other_unit.name}")
        self.assertEqual(len(found), 1, "found by its unit")

    def test_sums_run_over_all_levels(self):
        child = self.push(self.unit)
        grandchild = self.push(self.sub_unit, child)
        self.register(self.employee_proposer)
        self.register(self.employee_sub, campaign=grandchild)
        self.register(self.employee_unit, campaign=child, state="submitted")
        top = self.campaign.with_user(self.user_officer)
        top.invalidate_recordset()
        self.assertEqual((top.registration_count, top.approved_count), (1, 1), "its own")
        self.assertEqual((top.below_count, top.running_below_count), (2, 2))
        self.assertEqual((top.tree_registration_count, top.tree_approved_count), (3, 2))
        self.assertEqual((child.tree_registration_count, child.tree_approved_count), (2, 1))

    def test_sums_cost_one_query_for_many(self):
        def cost(count):
            top = self.new_campaign(f"Cây {count}")
            top.with_user(self.user_officer).action_launch()
            below = top.union(*(self.new_campaign(f"Nhánh {n}", parent_id=top.id) for n in range(count)))
            self.env.flush_all()
            self.env.invalidate_all()
            return self.count_queries(lambda: below.mapped("tree_registration_count"))

        cost(2)
        self.assertEqual(cost(2), cost(22))

    def test_the_report_sums_what_comes_from_below(self):
        child = self.push(self.unit)
        self.register(self.employee_sub, campaign=child)
        review = self.open_round().with_user(self.user_officer)
        (row,) = review._get_report()["below"]
        self.assertEqual(row["name"], f"Phong trào thử – {self.unit.name}")
        self.assertEqual((row["tree_registration_count"], row["tree_approved_count"]), (1, 1))
        self.assertIn(
            "Tính cả 01 phong trào thành phần: có 01 lượt đăng ký", review._get_report()["participation"][-1]
        )

    def test_a_tree_closes_from_below(self):
        child = self.push(self.unit)
        top = self.campaign.with_user(self.user_officer)
        with self.assertRaisesRegex(UserError, "campaigns below it still run"):
            top.action_close()
        self.assertIn("still run", top._get_refused("cancel")[top.id])
        child.with_user(self.user_officer).action_close()
        top.action_close()
        self.assertEqual((top.state, child.state), ("closed", "closed"))
        self.assertIn("is over", child.with_user(self.user_officer)._get_refused("reopen")[child.id])
        late = self.new_campaign("Muộn", parent_id=top.id).with_user(self.user_officer)
        with self.assertRaisesRegex(UserError, "is over"):
            late.action_launch()

    def test_repeating_forgets_nothing(self):
        self.campaign.write(
            {
                "name": "Phong trào thi đua năm 2025",
                "date_end": date(2025, 12, 31),
                "milestone_ids": [Command.create({"name": "Sơ kết 6 tháng năm 2025", "date": "2025-06-30"})],
                "occasion_ids": [Command.create({"name": "Quốc khánh năm 2025", "date": "2025-09-02"})],
                "review_ids": [
                    Command.create(
                        {
                            "name": "Tổng kết năm 2025",
                            "date_from": "2025-01-01",
                            "date_to": "2025-12-31",
                            "self_deadline": "2025-12-10",
                        }
                    )
                ],
            }
        )
        self.offer(3)
        child = self.push(self.unit)
        again = self.env["emulation.campaign"].browse(
            self.campaign.with_user(self.user_officer).action_clone()["res_id"]
        )
        self.assertEqual((again.name, again.state), ("Phong trào thi đua năm 2026", "draft"))
        self.assertEqual(again.previous_id, self.campaign)
        self.assertEqual(
            again.milestone_ids.mapped(lambda line: (line.name, line.date)),
            [("Sơ kết 6 tháng năm 2026", date(2026, 6, 30))],
        )
        self.assertEqual(
            again.occasion_ids.mapped(lambda day: (day.name, day.date)),
            [("Quốc khánh năm 2026", date(2026, 9, 2))],
        )
        review = again.review_ids
        self.assertEqual((review.name, review.date_to), ("Tổng kết năm 2026", date(2026, 12, 31)))
        self.assertEqual((review.self_deadline, review.state), (date(2026, 12, 10), "draft"))
        self.assertEqual(again.award_line_ids.quota, 3)
        below = again.child_ids
        self.assertEqual((below.owner_unit_id, below.is_handed_down), (self.unit, True))
        self.assertEqual(below.previous_id, child)
        self.assertEqual((again.individual_set_id, below.individual_set_id), (self.sheet, self.sheet))

    def test_terms_targets_and_reports_are_repeated_too(self):
        """Rounds made of parts, the figures set and the reports asked for, of the campaign and of those below."""
        self.campaign.date_end = date(2025, 12, 31)
        self.campaign.review_ids = [
            Command.create(
                {"name": name, "date_from": start, "date_to": end, "grace_days": 3, "late_policy": "refuse"}
            )
            for name, start, end in (
                ("Cả năm 2025", "2025-01-01", "2025-12-31"),
                ("Học kỳ I", "2025-01-01", "2025-06-30"),
                ("Học kỳ II", "2025-07-01", "2025-12-31"),
            )
        ]
        whole = self.campaign.review_ids.filtered(lambda review: review.name == "Cả năm 2025")
        whole.way = "sum"
        (self.campaign.review_ids - whole).part_of_id = whole
        child = self.push(self.unit)
        self.assertEqual(len(child.review_ids.part_ids), 2, "handed down as they are")
        above, below = self.env["emulation.target"].create(
            [
                {
                    "name": f"Hồ sơ đúng hạn năm 2025 {campaign.id}",
                    "campaign_id": campaign.id,
                    "department_id": unit.id,
                    "figure": 95,
                    "unit_of_measure": "%",
                }
                for campaign, unit in ((self.campaign, self.unit.browse()), (child, self.unit))
            ]
        )
        below.parent_id = above
        (above | below).with_user(self.user_officer).action_approve()
        self.env["emulation.report.round"].create(
            {
                "name": "Báo cáo quý I năm 2025",
                "campaign_id": self.campaign.id,
                "company_id": self.company.id,
                "date_from": "2025-01-01",
                "date_to": "2025-03-31",
                "due_date": "2025-04-05",
                "unit_ids": self.unit.ids,
            }
        )
        again = self.campaign.browse(self.campaign.with_user(self.user_officer).action_clone()["res_id"])
        for campaign in (again, again.child_ids):
            new = campaign.review_ids.filtered("part_ids")
            self.assertEqual((new.name, new.way, new.late_policy), ("Cả năm 2026", "sum", "refuse"))
            self.assertEqual(
                set(new.part_ids.mapped(lambda part: (part.name, part.date_to))),
                {("Học kỳ I", date(2026, 6, 30)), ("Học kỳ II", date(2026, 12, 31))},
            )
        targets = self.env["emulation.target"].search([("campaign_id", "in", (again | again.child_ids).ids)])
        upper = targets.filtered(lambda target: not target.parent_id)
        self.assertEqual(upper.child_ids.department_id, self.unit)
        self.assertEqual(
            targets.mapped(lambda target: (target.figure, target.deadline, target.state)),
            [(95, date(2026, 12, 31), "draft")] * 2,
        )
        asked = self.env["emulation.report.round"].search([("campaign_id", "=", again.id)])
        self.assertEqual(
            (asked.name, asked.due_date, asked.unit_ids, asked.state),
            ("Báo cáo quý I năm 2026", date(2026, 4, 5), self.unit, "draft"),
        )

    def test_a_unit_repeated_alone_finds_its_place(self):
        self.campaign.date_end = date(2025, 12, 31)
        child = self.push(self.unit)
        officer = child.with_user(self.user_officer)
        alone = officer.browse(officer.action_clone()["res_id"])
        self.assertFalse(alone.parent_id, "the campaign above ends before")
        self.assertEqual(alone.owner_unit_id, self.unit)
        top = officer.browse(self.campaign.with_user(self.user_officer).action_clone()["res_id"])
        second = officer.browse(officer.action_clone()["res_id"])
        self.assertEqual(second.parent_id, top)

    def test_five_years_are_repeated_as_five_years(self):
        self.campaign.write(
            {"name": "Phong trào 2021-2025", "date_start": date(2021, 1, 1), "date_end": date(2025, 12, 31)}
        )
        again = self.campaign.browse(self.campaign.with_user(self.user_officer).action_clone()["res_id"])
        self.assertEqual(
            (again.name, again.date_start, again.date_end),
            ("Phong trào 2026-2030", date(2026, 1, 1), date(2030, 12, 31)),
        )

    def test_rounds_go_down_with_the_campaign(self):
        self.env["emulation.review"].create(
            {
                "name": "Sơ kết",
                "campaign_id": self.campaign.id,
                "kind": "interim",
                "date_from": "2025-01-01",
                "date_to": "2025-06-30",
                "self_deadline": "2025-06-20",
            }
        )
        review = self.push(self.unit).review_ids
        self.assertEqual((review.name, review.kind, review.state), ("Sơ kết", "interim", "draft"))
        self.assertEqual(review.self_deadline, date(2025, 6, 20))

    def test_quotas_below_are_never_more_than_above(self):
        self.offer(5)
        first, second = self.push(self.unit | self.other_unit, launch_below=False)
        self.assertEqual(
            (first | second).award_line_ids.mapped("quota"), [0, 0], "they draw on the five above"
        )
        first.award_line_ids.with_user(self.user_officer).quota = 3
        with self.assertRaisesRegex(ValidationError, "has 5 on offer, those below it 6"):
            second.award_line_ids.with_user(self.user_officer).quota = 3
        second.award_line_ids.with_user(self.user_officer).quota = 2

    def test_an_amendment_does_not_cut_below_what_was_handed_down(self):
        self.offer(5)
        self.push(self.unit, launch_below=False).award_line_ids.quota = 4
        with self.assertRaisesRegex(ValidationError, "has 3 on offer, those below it 4"):
            self.campaign.award_line_ids._write_protected({"quota": 3})

    def test_quotas_are_shared_out(self):
        self.offer(5)
        children = self.push(self.unit | self.other_unit, share="even")
        self.assertEqual(sorted(children.award_line_ids.mapped("quota")), [2, 3])
        with self.assertRaisesRegex(UserError, "0 left are too few"):
            self.push(self.new_unit("Đơn vị mới"), share="even")

    def offer_for(self, campaign, quota, **vals):
        campaign._write_protected(
            {"award_line_ids": [Command.create({"award_id": self.award.id, "quota": quota, **vals})]}
        )
        return campaign.award_line_ids[-1:]

    def test_each_number_is_shared_out_by_itself(self):
        days = self.env["emulation.occasion"].create([{"name": "Quốc khánh"}, {"name": "8/3"}])
        self.campaign.occasion_ids = days
        self.offer_for(self.campaign, 2, occasion_id=days[0].id)
        self.offer_for(self.campaign, 8, occasion_id=days[1].id)
        children = self.push(self.unit | self.other_unit, share="even")
        for child in children:
            quotas = {line.occasion_id: line.quota for line in child.award_line_ids}
            self.assertEqual(quotas, {days[0]: 1, days[1]: 4})

    def test_a_part_of_a_number_is_not_counted_twice(self):
        self.offer_for(self.campaign, 4)
        child = self.new_campaign("Nhánh", parent_id=self.campaign.id)
        self.offer_for(child, 4)
        self.offer_for(child, 2, subject="individual")
        with self.assertRaisesRegex(ValidationError, "has 4 on offer, those below it 5"):
            child.award_line_ids[0]._write_protected({"quota": 5})

    def test_a_number_for_all_does_not_pass_those_for_some(self):
        self.offer_for(self.campaign, 2, subject="individual")
        self.offer_for(self.campaign, 3, subject="collective")
        child = self.new_campaign("Nhánh", parent_id=self.campaign.id)
        offer = self.offer_for(child, 5)
        with self.assertRaisesRegex(ValidationError, "has 5 on offer, those below it 6"):
            offer._write_protected({"quota": 6})

    def test_numbers_are_held_over_levels(self):
        self.offer_for(self.campaign, 2)
        middle = self.new_campaign("Giữa", parent_id=self.campaign.id)
        lowest = self.new_campaign("Dưới", parent_id=middle.id)
        with self.assertRaisesRegex(ValidationError, "has 2 on offer, those below it 3"):
            self.offer_for(lowest, 3)

    def test_numbers_are_held_when_a_campaign_gets_its_place(self):
        self.offer_for(self.campaign, 2)
        other = self.new_campaign("Chưa có cấp trên")
        self.offer_for(other, 3)
        with self.assertRaisesRegex(ValidationError, "has 2 on offer, those below it 3"):
            other.with_user(self.user_officer).parent_id = self.campaign

    def test_what_a_unit_has_on_offer_is_of_the_number_for_the_unit(self):
        self.offer_for(self.campaign, 2, department_id=self.unit.id)
        self.offer_for(self.campaign, 9, department_id=self.other_unit.id)
        child = self.push(self.unit, launch_below=False)
        with self.assertRaisesRegex(ValidationError, "has 2 on offer, those below it 3"):
            child.award_line_ids._write_protected({"quota": 3, "department_id": False})

    def test_repeated_an_offer_is_on_the_anniversary_of_the_new_year(self):
        campaign = self.new_campaign("Thi đua 2025", date_end=date(2025, 12, 31))
        campaign.occasion_ids = self.env["emulation.occasion"].create(
            {"name": "Quốc khánh 2025", "date": date(2025, 9, 2)}
        )
        self.offer_for(campaign, 2, occasion_id=campaign.occasion_ids.id)
        campaign.with_user(self.user_officer).action_clone()
        again = self.env["emulation.campaign"].search([("previous_id", "=", campaign.id)])
        self.assertEqual(again.occasion_ids.mapped("name"), ["Quốc khánh 2026"])
        self.assertEqual(again.award_line_ids.occasion_id, again.occasion_ids)

    def test_a_unit_that_gave_its_part_up_gets_it_again(self):
        given = self.push(self.other_unit)
        given.with_user(self.user_officer)._do_cancel("Sai đơn vị")
        own = self.new_campaign("Của riêng phòng", parent_id=self.campaign.id)
        own._write_protected({"owner_unit_id": self.unit.id})
        children = self.push(self.other_unit | self.unit) - given - own
        self.assertEqual(children.owner_unit_id, self.other_unit | self.unit)
        self.assertEqual(self.push(self.other_unit | self.unit) - given - own, children, "each once")

    def test_a_milestone_reached_above_is_not_reached_below(self):
        self.campaign.write(
            {
                "milestone_ids": [
                    Command.create({"name": "Phát động", "date": date(2025, 2, 1), "is_reached": True})
                ]
            }
        )
        self.assertEqual(self.push(self.unit).milestone_ids.mapped("is_reached"), [False])

    def test_a_unit_hands_down_to_its_own_units_only(self):
        child = self.push(self.unit)
        with self.assertRaisesRegex(UserError, "not below the one that hands it down"):
            self.push(self.other_unit, child)
        self.assertFalse(child.child_ids)
        self.assertEqual(self.push(self.sub_unit, child).owner_unit_id, self.sub_unit)

    def test_the_form_names_the_unit(self):
        child = self.push(self.unit)
        with Form(child.with_user(self.user_officer)) as form:
            self.assertEqual(form.owner_unit_id, self.unit)
