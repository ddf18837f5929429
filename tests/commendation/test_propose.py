"""Mass proposal with preview, and the ratios that move when a row is ticked."""

import contextlib
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ...engine.vietnamese import search_key
from ...models.mixin import emulation_job
from ...wizard import emulation_propose
from ..helpers.common import EmulationCommon


@tagged("post_install", "-at_install")
class TestRatios(EmulationCommon):
    def open_ratios(self, *employees):
        drafts = self.env["emulation.commendation"]
        for employee in employees:
            drafts |= self.new_commendation(employee)
        action = drafts.with_user(self.user_proposer).action_show_ratios()
        return self.env["emulation.propose"].with_user(self.user_proposer).browse(action["res_id"]), drafts

    def test_ticking_rows_moves_the_bars(self):
        self.employee_sub.sex, self.employee_sub_head.sex = "female", "male"
        wizard, _drafts = self.open_ratios(self.employee_sub, self.employee_sub_head)
        self.assertIn("1/2 = 50%", wizard.bars_html)
        with Form(wizard) as form:
            with form.line_ids.edit(1) as line:
                line.is_selected = False
            self.assertEqual(form.selected_count, 1)
            self.assertIn("1/1 = 100%", form.bars_html, "one woman of one, without saving")

    def test_only_ticked_drafts_are_handed_in(self):
        wizard, drafts = self.open_ratios(self.employee_sub, self.employee_sub_head)
        wizard.line_ids[1].is_selected = False
        wizard.action_propose()
        self.assertEqual(drafts.mapped("state"), ["submitted", "draft"])

    def test_a_draft_handed_in_elsewhere_keeps_the_rest_from_nothing(self):
        wizard, drafts = self.open_ratios(self.employee_sub, self.employee_sub_head)
        drafts[0].with_user(self.user_proposer).action_submit()
        wizard.action_propose()
        self.assertEqual(drafts.mapped("state"), ["submitted", "submitted"])

    def test_drafts_are_found_without_accents(self):
        wizard, drafts = self.open_ratios(self.employee_sub, self.employee_sub_head)
        for typed in ("nguyen thi anh", "Ánh", "anh NGUYEN"):
            wizard.typed = typed
            wizard.action_find()
            self.assertEqual(wizard.line_ids.commendation_id, drafts[0], typed)
        self.assertEqual(wizard.selected_count, 2)

    def test_a_quota_blocks_or_warns_by_rule(self):
        rule = self.rulebook.award_rule_ids.filtered(lambda rule: rule.award_id == self.award)
        rule.quota_percent = 15  # of four people in the sub-unit: none
        wizard, drafts = self.open_ratios(self.employee_sub)
        self.assertIn("bg-warning", wizard.bars_html)
        self.env["emulation.requirement"].create(
            {
                "award_rule_id": rule.id,
                "name": "Không quá tỷ lệ",
                "kind": "group_quota",
                "severity": "block",
                "share": 15,
                "count": 0,
                "scope": "unit",
            }
        )
        with self.assertRaises(UserError):
            wizard.action_propose()
        self.assertEqual(drafts.state, "draft")

    def new_collective_title(self, severity="block"):
        """A title of a unit where 70 per cent of the members hold the award of the individual."""
        title = self.new_award("TEST-TTLD", kind="title", subject_individual=False, subject_collective=True)
        rule = self.rulebook.award_rule_ids.filtered(lambda rule: rule.award_id == title)
        self.env["emulation.requirement"].create(
            {
                "award_rule_id": rule.id,
                "name": "Ít nhất 70% cá nhân đạt danh hiệu",
                "kind": "member_share",
                "severity": severity,
                "award_ids": self.award.ids,
                "share": 70,
            }
        )
        return title

    def grant(self, *employees):
        for employee in employees:
            self.new_commendation(employee, state="granted")

    def test_titles_held_and_ticked_fill_the_bar_of_the_unit(self):
        """Four work in the sub-unit: two hold the title, a third is ticked: 75% of the 70% needed."""
        wizard, _drafts = self.open_ratios(self.employee_sub)
        self.assertNotIn("70%", wizard.bars_html, "no title of a unit asks for this award")
        self.new_collective_title()
        wizard, _drafts = self.open_ratios(self.employee_sub)
        self.assertIn("1/4 = 25% ≥ 70%", wizard.bars_html)
        self.assertIn("bg-warning", wizard.bars_html)
        self.grant(self.employee_proposer, self.employee_portal)
        wizard.invalidate_recordset()
        self.assertIn("3/4 = 75% ≥ 70%", wizard.bars_html)
        self.assertNotIn("bg-warning", wizard.bars_html)

    def test_a_higher_title_fills_the_bar_too(self):
        """A Grassroots Emulation Fighter is among the Advanced Workers; nobody needs a share of fighters."""
        higher = self.new_award("TEST-CSTD", kind="title", sequence=1)
        self.award.sequence = 900
        requirement = self.new_collective_title().rule_ids.requirement_ids
        requirement.award_ids |= higher
        self.new_commendation(self.employee_proposer, award=higher, state="granted")
        wizard, drafts = self.open_ratios(self.employee_sub)
        self.assertIn("2/4 = 50% ≥ 70%", wizard.bars_html)
        drafts.award_id = higher
        action = drafts.with_user(self.user_proposer).action_show_ratios()
        wizard = wizard.browse(action["res_id"])
        self.assertNotIn("70%", wizard.bars_html)

    def open_collective(self, title):
        draft = self.new_commendation(self.sub_unit, award=title)
        action = draft.with_user(self.user_proposer).action_show_ratios()
        return self.env["emulation.propose"].with_user(self.user_proposer).browse(action["res_id"]), draft

    def test_a_unit_below_seventy_per_cent_is_stopped_by_rule(self):
        self.company.emulation_register_from = "2015-01-01"  # what is not on record did not happen
        self.grant(self.employee_sub, self.employee_proposer)
        title = self.new_collective_title()
        wizard, draft = self.open_collective(title)
        self.assertIn("2/4 = 50% ≥ 70%", wizard.bars_html)
        self.assertIn("bg-danger", wizard.bars_html)
        with self.assertRaises(UserError) as caught:
            wizard.action_propose()
        self.assertIn("2/4 = 50%", str(caught.exception))
        self.grant(self.employee_portal)
        wizard.invalidate_recordset()
        self.assertIn("3/4 = 75% ≥ 70%", wizard.bars_html)
        wizard.action_propose()
        self.assertEqual(draft.state, "submitted")

    def test_where_the_rule_warns_it_only_warns(self):
        self.company.emulation_register_from = "2015-01-01"
        wizard, draft = self.open_collective(self.new_collective_title(severity="warn"))
        self.assertIn("0/4 = 0% ≥ 70%", wizard.bars_html)
        self.assertIn("bg-warning", wizard.bars_html)
        wizard.action_propose()
        self.assertEqual(draft.state, "submitted")

    def test_a_quota_of_another_title_counts_its_holders(self):
        """At most 50% of those with the lower title: of two, one."""
        higher = self.new_award("TEST-CSTD", kind="title")
        rule = self.rulebook.award_rule_ids.filtered(lambda rule: rule.award_id == higher)
        self.env["emulation.requirement"].create(
            {
                "award_rule_id": rule.id,
                "name": "Không quá 50% số người đạt danh hiệu dưới",
                "kind": "group_quota",
                "severity": "block",
                "award_ids": self.award.ids,
                "share": 50,
                "count": 0,
            }
        )
        self.grant(self.employee_sub, self.employee_proposer)
        drafts = self.env["emulation.commendation"]
        for employee in (self.employee_sub, self.employee_proposer):
            drafts |= self.new_commendation(employee, award=higher)
        action = drafts.with_user(self.user_proposer).action_show_ratios()
        wizard = self.env["emulation.propose"].with_user(self.user_proposer).browse(action["res_id"])
        self.assertIn("2, at most 1", wizard.bars_html)
        with self.assertRaises(UserError) as caught:
            wizard.action_propose()
        self.assertIn("Untick 1", str(caught.exception))
        wizard.line_ids[1].is_selected = False
        self.assertIn("1, at most 1", wizard.bars_html)
        wizard.action_propose()
        self.assertEqual(drafts.mapped("state"), ["submitted", "draft"])

    def test_who_is_of_unknown_sex_counts_as_unknown(self):
        self.employee_sub.sudo().sex, self.employee_sub_head.sudo().sex = "female", False
        wizard, _drafts = self.open_ratios(self.employee_sub, self.employee_sub_head)
        self.assertIn("1/1 = 100%", wizard.bars_html)
        self.assertIn("sex not entered: 1", wizard.bars_html)
        self.employee_sub_head.sudo().sex = "male"
        wizard, _drafts = self.open_ratios(self.employee_sub, self.employee_sub_head)
        self.assertIn("1/2 = 50%", wizard.bars_html)
        self.assertNotIn("not entered", wizard.bars_html)

    def test_leaders_beside_direct_workers(self):
        wizard, _drafts = self.open_ratios(self.employee_sub, self.employee_sub_head)
        self.assertIn("1 : 1 = 50%", wizard.bars_html)
        self.assertNotIn("bg-warning", wizard.bars_html)
        self.company.emulation_leader_percent = 30
        wizard.invalidate_recordset()
        self.assertIn("1 : 1 = 50% ≤ 30%", wizard.bars_html)
        self.assertIn("bg-warning", wizard.bars_html)


@tagged("post_install", "-at_install")
class TestMassProposal(EmulationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set = cls.env["emulation.criterion.set"].create(
            {"name": "Bộ tiêu chí thử", "company_id": cls.company.id}
        )
        cls.grade = cls.env["emulation.grade"].create(
            {"set_id": cls.set.id, "name": "Xuất sắc", "min_points": 90, "rating": "excellent"}
        )
        campaign = cls.env["emulation.campaign"].create(
            {"name": "Phong trào thử", "company_id": cls.company.id}
        )
        cls.review = cls.env["emulation.review"].create(
            {
                "campaign_id": campaign.id,
                "name": "Tổng kết",
                "date_from": cls.PERIOD[0],
                "date_to": cls.PERIOD[1],
            }
        )
        cls.evaluations = cls.env["emulation.evaluation"]
        for employee in (cls.employee_sub, cls.employee_unit, cls.employee_other):
            cls.evaluations |= cls.add_sheet(employee)

    @classmethod
    def add_sheet(cls, employee):
        """Return a sheet as if scored and confirmed, ranked last: the ways there have their own tests."""
        rank = cls.env["emulation.evaluation"].search_count([("review_id", "=", cls.review.id)]) + 1
        participation = cls.env["emulation.participation"].create(
            {
                "campaign_id": cls.review.campaign_id.id,
                "employee_id": employee.id,
                "company_id": cls.company.id,
            }
        )
        sheet = cls.env["emulation.evaluation"]._create_protected(
            [{"participation_id": participation.id, "review_id": cls.review.id, "set_id": cls.set.id}]
        )
        sheet._write_protected({"state": "confirmed", "grade_id": cls.grade.id, "rank": rank})
        cls.env.flush_all()
        cls.env.invalidate_all()
        return sheet

    def new_wizard(self, **vals):
        return (
            self.env["emulation.propose"]
            .with_user(self.user_officer)
            .create(
                {
                    "company_id": self.company.id,
                    "review_id": self.review.id,
                    "award_id": self.award.id,
                    "period_from": self.PERIOD[0],
                    "period_to": self.PERIOD[1],
                    **vals,
                }
            )
        )

    def test_preview_then_propose_the_best(self):
        wizard = self.new_wizard(quota=2)
        wizard.action_preview()
        self.assertEqual(wizard.line_ids.mapped("is_selected"), [True, True, False])
        records = self.env["emulation.commendation"].search(wizard.action_propose()["domain"])
        self.assertEqual(records.employee_id, self.employee_sub | self.employee_unit)
        self.assertEqual(set(records.mapped("state")), {"draft"})
        self.assertEqual(records.proposer_id, self.user_officer)

    def test_the_same_preview_confirmed_twice_proposes_once(self):
        wizard = self.new_wizard(quota=2)
        wizard.action_preview()
        wizard.action_propose()
        with self.assertRaises(UserError):
            wizard.action_propose()
        self.assertEqual(
            self.env["emulation.commendation"].search_count([("award_id", "=", self.award.id)]), 2
        )

    def test_by_grade(self):
        lower = self.env["emulation.grade"].create(
            {"set_id": self.set.id, "name": "Khá", "min_points": 70, "rating": "good"}
        )
        self.env.cr.execute(
            "UPDATE emulation_evaluation SET grade_id = %s WHERE id = %s", [lower.id, self.evaluations[1].id]
        )
        self.env.invalidate_all()
        wizard = self.new_wizard(grade_ids=self.grade.ids)
        wizard.action_preview()
        self.assertEqual(wizard.line_ids.evaluation_id, self.evaluations[0] | self.evaluations[2])
        wizard.grade_ids = lower
        wizard.action_preview()
        self.assertEqual(wizard.line_ids.evaluation_id, self.evaluations[1])

    def test_nothing_to_preview_says_so(self):
        with self.assertRaises(UserError):
            self.new_wizard(award_id=self.collective_award.id).action_preview()

    def test_by_rank_and_nobody_twice(self):
        self.new_commendation(self.employee_sub)
        wizard = self.new_wizard(max_rank=2)
        wizard.action_preview()
        self.assertEqual(len(wizard.line_ids), 2)
        self.assertEqual(wizard.line_ids.mapped("is_selected"), [False, True])
        self.assertTrue(wizard.line_ids[0].problem)

    # ---------- Many: pages, and what is ticked behind them ----------

    def open_pages(self):
        """Return a dialog of three sheets, two a page."""
        self.startPatcher(patch.object(emulation_propose, "PAGE", 2))
        wizard = self.new_wizard()
        wizard.action_preview()
        return wizard

    def propose(self, wizard):
        found = self.env["emulation.commendation"].search(wizard.action_propose()["domain"])
        return found.employee_id

    def test_a_page_shows_its_own_rows_and_keeps_the_ticks_of_all(self):
        wizard = self.open_pages()
        self.assertEqual(wizard.line_ids.evaluation_id, self.evaluations[:2])
        self.assertEqual((wizard.page_text, wizard.selected_count), ("1–2 of 3", 3))
        wizard.line_ids[0].is_selected = False
        wizard.action_next_page()
        self.assertEqual(wizard.line_ids.evaluation_id, self.evaluations[2])
        self.assertEqual((wizard.page_text, wizard.selected_count), ("3–3 of 3", 2))
        self.assertTrue(wizard.line_ids.is_selected)
        wizard.line_ids.is_selected = False
        wizard.action_previous_page()
        self.assertEqual(wizard.line_ids.mapped("is_selected"), [False, True])
        self.assertEqual(self.propose(wizard), self.employee_unit)

    def test_a_tick_not_saved_yet_moves_the_count_of_all_pages(self):
        wizard = self.open_pages()
        with Form(wizard) as form:
            with form.line_ids.edit(0) as line:
                line.is_selected = False
            self.assertEqual(form.selected_count, 2)
        self.assertEqual(wizard.selected_count, 2)

    def test_a_name_shows_only_those_and_unticks_nobody(self):
        wizard = self.open_pages()
        wizard.typed = search_key(self.employee_other.name)
        wizard.action_find()
        self.assertEqual(wizard.line_ids.evaluation_id, self.evaluations[2])
        self.assertEqual(wizard.selected_count, 3)

    def test_another_list_asks_for_another_preview(self):
        wizard = self.open_pages()
        wizard.max_rank = 1
        for press in (wizard.action_next_page, wizard.action_find, wizard.action_propose):
            with self.assertRaisesRegex(UserError, "Preview again"):
                press()
        self.assertEqual(len(wizard.line_ids), 2, "what was ticked is still there")
        wizard.action_preview()
        self.assertEqual(self.propose(wizard), self.employee_sub)

    def test_what_is_not_on_the_list_is_not_proposed(self):
        """Ticked by a program: a sheet that is not confirmed, and one that is proposed already."""
        open_sheet = self.add_sheet(self.employee_sub_head)
        open_sheet._write_protected({"state": "verified"})
        self.new_commendation(self.employee_unit)
        wizard = self.new_wizard(quota=1)
        wizard.action_preview()
        wizard.ticked_sheet_ids = [Command.link(open_sheet.id), Command.link(self.evaluations[1].id)]
        self.assertEqual(self.propose(wizard), self.employee_sub)

    # ---------- What others did meanwhile ----------

    def test_who_was_proposed_elsewhere_takes_no_second_place(self):
        """Two dialogs of one round: what the other one proposed is left out and counted once."""
        self.review.campaign_id._write_protected(
            {"award_line_ids": [Command.create({"award_id": self.award.id, "quota": 3})]}
        )
        wizard, other = self.new_wizard(), self.new_wizard(quota=1)
        wizard.action_preview()
        other.action_preview()
        self.assertEqual(self.propose(other), self.employee_sub)
        self.assertEqual(self.propose(wizard), self.employee_sub | self.employee_unit | self.employee_other)
        mine = [("award_id", "=", self.award.id), ("evaluation_id", "in", self.evaluations.ids)]
        self.assertEqual(self.env["emulation.commendation"].search_count(mine), 3, "nobody twice")
        with self.assertRaisesRegex(UserError, "proposed already"):
            wizard.action_propose()

    def test_what_is_over_the_offer_is_refused_still(self):
        self.review.campaign_id._write_protected(
            {"award_line_ids": [Command.create({"award_id": self.award.id, "quota": 2})]}
        )
        wizard, other = self.new_wizard(quota=2), self.new_wizard(quota=1)
        wizard.action_preview()
        other.action_preview()
        self.propose(other)
        wizard.ticked_sheet_ids = self.evaluations
        wizard.line_ids[2].is_selected = True
        with self.assertRaisesRegex(UserError, "Untick 1"):
            wizard.action_propose()

    def test_a_sheet_that_is_gone_or_open_again_is_left_out(self):
        wizard = self.new_wizard()
        wizard.action_preview()
        self.evaluations[0]._write_protected({"state": "verified"})
        self.evaluations[1]._with_seal().unlink()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(wizard.selected_count, 1)
        wizard.action_find()
        self.assertEqual(wizard.line_ids.evaluation_id, self.evaluations[2])
        self.assertEqual(self.propose(wizard), self.employee_other)

    # ---------- What is none of one's business ----------

    def assert_all_refused(self, *deeds):
        """Do each from a cold cache: what another user read would be there."""
        for deed in deeds:
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                deed()

    def open_as(self, user):
        """Return the model of the dialog as a user has it in the own agency."""
        dialog = self.env["emulation.propose"].with_user(user)
        return dialog.with_context(allowed_company_ids=user.company_ids.ids)

    def test_nobody_reads_a_sheet_through_a_row(self):
        """A row of another's sheet is refused; of one that is there, what is shown is read as whoever reads it."""
        award = self.new_award("TEST-KHAC", company_id=self.other_company.id)
        wizard = self.open_as(self.user_foreign_officer).create({"award_id": award.id})
        values = {"propose_id": wizard.id, "evaluation_id": self.evaluations[0].id, "is_selected": True}
        self.assert_all_refused(lambda: wizard.line_ids.create(values))
        row = wizard.line_ids.sudo().create(values).sudo(False)
        self.env.flush_all()
        for name in ("rank", "grade_id", "final_total", "name", "unit_id"):
            with self.subTest(field=name):
                self.assert_all_refused(lambda name=name: row.read([name]))

    def test_nothing_of_a_round_of_another_agency_is_read_through_the_dialog(self):
        dialog = self.open_as(self.user_foreign_officer)
        award = self.new_award("TEST-KHAC", company_id=self.other_company.id)
        values = {"award_id": award.id, "review_id": self.review.id}
        given = {**values, "period_from": "2019-01-01", "period_to": "2019-12-31"}
        self.assert_all_refused(
            lambda: dialog.create({"award_id": self.award.id}),
            lambda: dialog.create(values).read(["period_from"]),
            lambda: dialog.create(given),
        )
        wizard = dialog.sudo().create(given).sudo(False)
        self.assert_all_refused(lambda: wizard.read(["campaign_occasion_ids"]))

    def test_the_dialog_of_somebody_else_is_closed(self):
        wizard = self.new_wizard(quota=1)
        wizard.action_preview()
        self.env.invalidate_all()
        ticked = wizard.ticked_sheet_ids
        self.assertEqual(ticked, self.evaluations[0])
        mine = (
            self.env["emulation.propose"].with_user(self.user_other_head).create({"award_id": self.award.id})
        )
        theirs, rows = wizard.with_user(self.user_other_head), wizard.line_ids
        values = {"line_ids": [Command.update(rows[1].id, {"is_selected": True})]}
        spec = Form(wizard)._view["fields_spec"]
        new_row = {"propose_id": wizard.id, "evaluation_id": self.evaluations[1].id}
        self.assert_all_refused(
            lambda: theirs.read(["made_by"]),
            lambda: theirs.onchange(values, ["line_ids"], spec),
            theirs.action_next_page,
            theirs.action_preview,
            theirs.action_propose,
            lambda: rows[1].with_user(self.user_other_head).write({"is_selected": True}),
            lambda: mine.line_ids.create(new_row),
            lambda: mine.line_ids.create({**new_row, "is_selected": True}),
            lambda: mine.write({"line_ids": [Command.link(rows[1].id)]}),
        )
        self.env.invalidate_all()
        self.assertEqual((wizard.ticked_sheet_ids, wizard.line_ids), (ticked, rows))

    def test_drafts_of_others_are_not_listed(self):
        """Named by number they are refused; ticked past the form they are not on the list."""
        draft = self.new_commendation(self.employee_sub)
        dialog = self.open_as(self.user_other_head)
        values = {"source": "draft", "award_id": self.award.id}
        self.assert_all_refused(lambda: dialog.create({**values, "draft_ids": draft.ids}))
        wizard = dialog.create(values)
        wizard.sudo().write({"draft_ids": draft.ids, "ticked_draft_ids": draft.ids})
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "Tick at least one"):
            wizard.action_propose()
        self.assertEqual(draft.state, "draft")

    def test_a_head_proposes_only_what_a_head_may_see(self):
        self.review.campaign_id._write_protected({"state": "launched"})
        wizard = self.new_wizard().with_user(self.user_head)
        wizard = wizard.create({"review_id": self.review.id, "award_id": self.award.id})
        visible = self.env["emulation.evaluation"].with_user(self.user_head).search([])
        wizard.action_preview()
        self.assertEqual(wizard.line_ids.evaluation_id, self.evaluations & visible)
        self.assertTrue(visible & self.evaluations)
        self.assertLess(len(visible & self.evaluations), 3)

    def test_a_tick_costs_the_same_with_many(self):
        def cost():
            wizard = self.new_wizard()
            wizard.action_preview()
            spec = Form(wizard)._view["fields_spec"]
            values = {"line_ids": [Command.update(wizard.line_ids[0].id, {"is_selected": False})]}
            self.env.flush_all()
            self.env.invalidate_all()
            answer = wizard.onchange(values, ["line_ids"], spec)["value"]
            self.env.invalidate_all()
            queries = self.count_queries(lambda: wizard.onchange(values, ["line_ids"], spec))
            return queries, answer["selected_count"], len(wizard.line_ids)

        self.startPatcher(patch.object(emulation_propose, "PAGE", 2))
        few = cost()
        for number in range(20):
            self.add_sheet(self.new_employee(f"Người {number}", self.sub_unit))
        many = cost()
        self.assertEqual((few[1:], many[1:]), ((2, 2), (22, 2)))
        self.assertEqual(few[0], many[0])

    def test_thousands_are_proposed_in_pieces(self):
        self.startPatcher(patch.object(emulation_job, "AT_ONCE", 1))
        self.startPatcher(patch.object(emulation_job, "PIECE", 2))
        wizard = self.new_wizard()
        wizard.action_preview()
        self.assertEqual(wizard.action_propose()["res_model"], "emulation.job")
        job = self.review.job_id.sudo()
        proposals = self.env["emulation.commendation"]
        mine = [("award_id", "=", self.award.id)]
        self.assertFalse(proposals.search(mine))
        self.assertTrue(job._do_piece())
        self.assertEqual(proposals.search(mine).mapped("proposer_id"), self.user_officer)
        self.review._work_propose(job.record_ids[:2], **job.arguments)
        self.assertEqual(len(proposals.search(mine)), 2, "a piece done twice proposes nobody twice")
        self.assertFalse(job._do_piece())
        self.assertEqual(len(proposals.search(mine)), 3)
        self.assertEqual(job.state, "done")

    def test_thousands_of_drafts_are_handed_in_in_pieces(self):
        wizard = self.new_wizard()
        wizard.action_preview()
        wizard.action_propose()
        drafts = self.env["emulation.commendation"].search([("award_id", "=", self.award.id)])
        self.assertEqual(drafts.mapped("state"), ["draft"] * 3)
        action = drafts.with_user(self.user_officer).action_show_ratios()
        dialog = self.env[action["res_model"]].browse(action["res_id"]).with_user(self.user_officer)
        self.startPatcher(patch.object(emulation_job, "AT_ONCE", 1))
        self.startPatcher(patch.object(emulation_job, "PIECE", 2))
        action = dialog.action_propose()
        job = self.env["emulation.job"].browse(action["res_id"]).sudo()
        self.assertEqual((job._name, job.total), (action["res_model"], 3))
        self.assertTrue(job._do_piece())
        self.assertEqual(sorted(drafts.mapped("state")), ["draft", "submitted", "submitted"])
        self.assertFalse(job._do_piece())
        self.assertEqual(drafts.mapped("state"), ["submitted"] * 3)

    def test_a_sheet_taken_back_before_its_piece_is_left_out(self):
        self.startPatcher(patch.object(emulation_job, "AT_ONCE", 1))
        self.startPatcher(patch.object(emulation_job, "PIECE", 2))
        wizard = self.new_wizard()
        wizard.action_preview()
        wizard.action_propose()
        job = self.review.job_id.sudo()
        self.assertEqual(job.record_ids, self.evaluations.ids, "the best first")
        self.evaluations[1]._write_protected({"state": "verified"})
        self.evaluations[2]._with_seal().unlink()
        self.env.flush_all()
        self.env.invalidate_all()
        while job._do_piece():
            self.env.flush_all()
        made = self.env["emulation.commendation"].search([("award_id", "=", self.award.id)])
        self.assertEqual(made.employee_id, self.employee_sub)
        self.assertEqual((job.state, job.skipped_count), ("done", 2))

    def test_ratings_are_drawn_once(self):
        draw = self.env["emulation.rating.draw"].with_user(self.user_officer)
        for _time in range(2):
            draw.create({"review_id": self.review.id}).action_draw()
        ratings = self.env["emulation.rating"].search([("evaluation_id", "in", self.evaluations.ids)])
        self.assertEqual(ratings.mapped("rating"), ["excellent"] * 3)
        self.assertEqual(set(ratings.mapped("year")), {self.review.date_to.year})

    def test_drawing_ratings_writes_no_history(self):
        """Not of another year, and not over what was rated otherwise."""
        own = self.evaluations[0].participation_id
        year = self.review.date_to.year
        otherwise = self.env["emulation.rating"].create(
            {
                "employee_id": own.employee_id.id,
                "company_id": own.company_id.id,
                "year": year,
                "rating": "completed",
            }
        )
        draw = self.env["emulation.rating.draw"].with_user(self.user_officer)
        with contextlib.suppress(ValidationError, AccessError):
            draw.create({"review_id": self.review.id, "year": "2019"}).action_draw()
        draw.create({"review_id": self.review.id}).action_draw()
        self.assertEqual(otherwise.rating, "completed")
        ratings = self.env["emulation.rating"].search([("evaluation_id", "in", self.evaluations.ids)])
        self.assertEqual(set(ratings.mapped("year")), {year})
        with self.assertRaises(AccessError):
            draw.with_user(self.user_foreign_officer).create({"review_id": self.review.id}).action_draw()
