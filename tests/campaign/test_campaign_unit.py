"""The unit acts: its head completes, launches and hands on what is the unit's; the standing unit follows up."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..helpers.campaign_common import CampaignCommon


@tagged("post_install", "-at_install")
class TestUnitActor(CampaignCommon):
    def push(self, units, campaign=None, user=None, **vals):
        campaign = campaign or self.campaign
        wizard = self.env["emulation.campaign.push"].with_user(user or self.user_officer)
        wizard.create({"campaign_id": campaign.id, "department_ids": units.ids, **vals}).action_push()
        return campaign.child_ids

    def test_the_head_sees_completes_and_launches_the_draft(self):
        child = self.push(self.unit, launch_below=False)
        mine = child.with_user(self.user_head)
        self.assertEqual(mine.activity_ids.user_id, self.user_head, "told at once, not after the launch")
        self.assertFalse(child.with_user(self.user_other_head).has_access("read"))
        self.assertFalse(child.with_user(self.user_other_head).has_access("write"))
        self.assertIn(mine, mine.search([("is_mine", "=", True)]))
        with Form(mine) as form:
            form.purpose = "Mỗi người một sáng kiến"
            with form.milestone_ids.new() as line:
                line.name, line.date = "Gửi kế hoạch của phòng", "2025-03-01"
        mine.write({"content_ids": [Command.create({"name": "Số hóa hồ sơ của phòng"})]})
        with self.assertRaises(AccessError):
            mine.company_id = self.other_company
        with self.assertRaises(UserError):
            mine.owner_unit_id = self.other_unit
        mine.action_launch()
        self.assertEqual((child.state, child.purpose), ("launched", "Mỗi người một sáng kiến"))
        self.assertTrue(child.individual_set_id.locked)
        self.assertEqual(len(child.activity_ids), 1)

    def test_launched_it_is_followed_by_its_head_alone(self):
        self.campaign.milestone_ids = [Command.create({"name": "Sơ kết", "date": "2025-06-30"})]
        child = self.push(self.unit)
        mine = child.with_user(self.user_head)
        mine.milestone_ids.is_reached = True
        with self.assertRaises(UserError):
            mine.purpose = "Khác"
        with self.assertRaises(AccessError):
            self.campaign.with_user(self.user_head).milestone_ids.is_reached = True
        mine.message_post(body="Phòng đã triển khai tới từng người.")
        with self.assertRaises(UserError):
            self.campaign.with_user(self.user_head).action_close()
        mine.action_close()
        self.assertEqual(child.state, "closed")

    def test_the_head_hands_on_to_the_units_below(self):
        child = self.push(self.unit)
        grandchild = self.push(self.sub_unit, child, self.user_head)
        self.assertEqual(
            (grandchild.owner_unit_id, grandchild.state, grandchild.parent_id),
            (self.sub_unit, "launched", child),
        )
        with self.assertRaisesRegex(UserError, "not below"):
            self.push(self.other_unit, child, self.user_head)
        with self.assertRaises(AccessError):
            self.push(self.unit, self.campaign, self.user_head)
        with self.assertRaises(AccessError):
            self.push(self.sub_unit, child, self.user_other_head)

    def test_a_unit_launches_its_own_below(self):
        self.campaign.with_user(self.user_officer).action_launch()
        top = self.campaign.with_user(self.user_head)
        below = top.browse(top.action_new_below()["res_id"])
        self.assertEqual((below.parent_id, below.owner_unit_id), (self.campaign, self.unit))
        below.write(
            {
                "name": "Phòng không giấy tờ",
                "purpose": "Giảm giấy in",
                "scope": "Trong phòng",
                "content_ids": [Command.create({"name": "Xử lý hồ sơ trên máy"})],
            }
        )
        below.action_launch()
        self.assertEqual(below.state, "launched")
        with self.assertRaises(UserError):
            self.campaign.with_user(self.user_proposer).action_new_below()

    def test_a_unit_without_a_head_in_office_is_told_through_the_one_above(self):
        self.sub_unit.manager_id = False
        child = self.push(self.sub_unit, launch_below=False)
        self.assertEqual(child.activity_ids.user_id, self.user_head)

    def test_a_deputy_does_what_the_head_does(self):
        self.env["emulation.deputy"].create(
            {
                "department_id": self.unit.id,
                "employee_id": self.employee_proposer.id,
                "date_from": "2000-01-01",
                "date_to": "2099-12-31",
            }
        )
        child = self.push(self.unit, launch_below=False)
        self.assertEqual(child.activity_ids.user_id, self.user_head | self.user_proposer, "both are told")
        child.with_user(self.user_proposer).action_launch()
        self.assertEqual(child.state, "launched")

    def test_a_co_ordinating_body_is_printed_and_follows_up(self):
        """A Party cell, a union or another unit: named in the letter with its part; its head follows the campaign."""
        bodies = self.env["emulation.campaign.body"].create(
            [
                {"campaign_id": self.campaign.id, "sequence": place, **vals}
                for place, vals in enumerate(
                    (
                        {"name": "Chi bộ cơ quan", "part": "lãnh đạo, kiểm tra việc thực hiện;"},
                        {"name": "Công đoàn cơ sở"},
                        {"department_id": self.other_unit.id, "part": "Tuyên truyền, vận động đoàn viên"},
                    )
                )
            ]
        )
        self.assertEqual(bodies[2].name, self.other_unit.name)
        head = self.campaign.with_user(self.user_other_head)
        self.assertFalse(head.has_access("read"), "a draft is its agency's")
        self.campaign.with_user(self.user_officer).action_launch()
        texts = self.new_document(self.campaign)._get_draft().get_points()
        text = "\n".join(point.text for point in texts)
        for line in (
            "Chi bộ cơ quan phối hợp: lãnh đạo, kiểm tra việc thực hiện.",
            "Công đoàn cơ sở phối hợp thực hiện.",
            f"{self.other_unit.name} phối hợp: Tuyên truyền, vận động đoàn viên.",
        ):
            self.assertIn(line, text)
        self.assertTrue(head.is_mine)
        self.assertIn(head, head.search([("is_mine", "=", True)]))
        self.assertEqual(head.action_remind_units()["tag"], "display_notification")
        self.assertFalse(self.campaign.with_user(self.user_sub_head).is_mine)
        with self.assertRaises(UserError):
            bodies[0].with_user(self.user_officer).part = "Khác"
        again = head.browse(self.campaign.with_user(self.user_officer).action_clone()["res_id"]).sudo()
        self.assertEqual(again.body_ids.mapped("name"), bodies.mapped("name"), "repeated with it")

    def test_the_standing_unit_reminds_who_is_silent(self):
        self.campaign.write(
            {
                "standing_unit_id": self.other_unit.id,
                "audience_kind": "departments",
                "audience_department_ids": [Command.set((self.unit | self.other_unit).ids)],
            }
        )
        self.campaign.with_user(self.user_officer).action_launch()
        self.register(self.employee_other, state="submitted")
        standing = self.campaign.with_user(self.user_other_head)
        self.assertTrue(standing.is_mine)
        standing.action_remind_units()
        standing.action_remind_units()
        asked = self.campaign.activity_ids.filtered(lambda one: "registered yet" in one.summary)
        self.assertEqual((asked.user_id, len(asked)), (self.user_head, 1))
        with self.assertRaises(AccessError):
            self.campaign.with_user(self.user_proposer).action_remind_units()

    def test_an_agency_proposes_for_the_campaign_of_its_superior(self):
        """It takes a place of the superior's quota and counts in the superior's report; the book stays its own."""
        agency = self.env["res.company"].create({"name": "Chi cục trực thuộc", "parent_id": self.company.id})
        user = self.new_user("emulation_below", "hr_emulation.group_emulation_officer", agency)
        person = self.new_employee("Đỗ Thị Dưới", self.new_unit("Phòng dưới", company=agency))
        self.campaign.award_line_ids = [Command.create({"award_id": self.award.id, "quota": 5})]
        draft = self.new_campaign("Chưa phát động")
        foreign = self.new_campaign(
            "Của sở khác",
            company_id=self.other_company.id,
            individual_set_id=False,
            collective_set_id=False,
        )
        foreign._write_protected({"state": "launched"})
        self.campaign.with_user(self.user_officer).action_launch()
        for campaign in (draft, foreign):
            with self.assertRaisesRegex(UserError, "not above this one"):
                self.new_commendation(person, user=user, campaign_id=campaign.id)
        proposal = self.new_commendation(person, user=user, campaign_id=self.campaign.id, state="submitted")
        mine = proposal.with_user(user).with_context(allowed_company_ids=agency.ids)
        self.assertEqual(mine.campaign_id.display_name, self.campaign.display_name)
        self.assertIn("4", mine.offer_text, "one of the superior's five places is taken")
        review = self.open_round().with_user(self.user_officer)
        self.assertIn((1, 0), [row[1:] for row in review._get_report()["proposals"]])
        self.assertFalse(proposal.with_user(self.user_officer).has_access("read"), "numbers only")

    def test_the_campaign_of_the_superior_is_named_as_parent(self):
        """An agency below finds what the one above it launched; what it has not launched stays its own."""
        below_company = self.env["res.company"].create(
            {"name": "Chi cục trực thuộc", "parent_id": self.company.id}
        )
        user = self.new_user("emulation_below", "hr_emulation.group_emulation_officer", below_company)
        officer = self.env["emulation.campaign"].with_user(user)
        officer = officer.with_context(allowed_company_ids=below_company.ids)
        self.assertFalse(officer.search([("id", "=", self.campaign.id)]))
        self.campaign.with_user(self.user_officer).action_launch()
        self.assertEqual(officer.search([("id", "=", self.campaign.id)]), self.campaign)
        below = officer.create({"name": "Hưởng ứng", "company_id": below_company.id})
        with Form(below) as form:
            form.parent_id = self.campaign
        self.assertEqual(below.parent_id, self.campaign)
        with self.assertRaises(UserError):
            officer.browse(self.campaign.id).write({"purpose": "Khác"})
