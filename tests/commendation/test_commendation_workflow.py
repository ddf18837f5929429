"""A commendation goes from proposal to grant and nobody can jump the queue."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.commendation.transitions import VERBS
from ..helpers.common import EmulationCommon


@tagged("post_install", "-at_install")
class TestCommendationWorkflow(EmulationCommon):
    def test_from_proposal_to_grant_and_revocation(self):
        record = self.new_commendation(self.employee_sub)
        record.with_user(self.user_proposer).action_submit()
        self.assertEqual(record.state, "submitted")
        self.assertTrue(record.needs_endorsement)
        record.with_user(self.user_sub_head).action_endorse()
        self.assertEqual((record.state, record.endorser_id), ("endorsed", self.user_sub_head))
        record.with_user(self.user_officer).action_appraise()
        self.assertEqual((record.state, record.appraiser_id), ("appraised", self.user_officer))
        decision = self.new_decision()
        record._do_grant(decision, {record.id: {"prize_amount": 702000, "prize_coefficient": 0.3}})
        self.assertEqual((record.state, record.decision_id), ("granted", decision))
        self.assertEqual((record.granted_date, record.prize_amount), (date(2026, 1, 15), 702000))
        record._do_revoke(self.new_decision(kind="revocation"), "Khai sai thành tích")
        self.assertEqual((record.state, record.reason), ("revoked", "Khai sai thành tích"))

    def test_snapshot_is_of_the_period_and_stays(self):
        self.employee_sub.create_version(
            {
                "date_version": date(2026, 3, 1),
                "department_id": self.other_unit.id,
                "job_title": "Trưởng phòng",
            }
        )
        record = self.new_commendation(self.employee_sub, state="submitted")
        self.employee_sub.name = "Tên Mới"
        self.assertRecordValues(
            record,
            [{"recipient_name": "Nguyễn Thị Ánh", "unit_name": "Tổ Thi đua", "position_name": "Chuyên viên"}],
        )

    def test_verbs_are_idempotent(self):
        record = self.new_commendation(self.employee_sub, state="submitted").with_user(self.user_sub_head)
        record._do_endorse()
        messages = len(record.message_ids)
        record._do_endorse()
        self.assertEqual(record.state, "endorsed")
        self.assertEqual(len(record.message_ids), messages, "doing it again leaves no second note")

    def test_a_deed_refuses_a_wrong_state(self):
        record = self.new_commendation(self.employee_sub)
        for verb, step in VERBS.items():
            if "draft" in step.source or step.target == "draft":
                continue
            args = {
                "grant": (self.new_decision(),),
                "revoke": (self.new_decision(), "x"),
                "reject": ("x",),
                "vote": ({record: (True, "")},),
            }
            with self.subTest(verb=verb), self.assertRaises(UserError):
                getattr(record, f"_do_{verb}")(*args.get(verb, ()))

    def test_return_and_reject_need_a_reason_the_proposer_reads(self):
        record = self.new_commendation(self.employee_sub, state="submitted")
        with self.assertRaises(UserError):
            record.with_user(self.user_officer)._do_return("  ")
        wizard = self.env["emulation.reason.wizard"].with_user(self.user_officer)
        action = record.with_user(self.user_officer).action_return()
        wizard.with_context(**action["context"]).create({"reason": "Thiếu minh chứng"}).action_confirm()
        self.assertEqual(record.state, "draft")
        self.assertEqual(record.with_user(self.user_proposer).reason, "Thiếu minh chứng")
        self.assertTrue(record.with_user(self.user_proposer).is_my_turn)

    def test_a_head_returns_what_waits_for_the_endorsement(self):
        record = self.new_commendation(self.employee_sub, state="submitted")
        higher = self.new_commendation(self.employee_unit, state="endorsed")
        records = (record | higher).with_user(self.user_head)
        action = records.action_return()
        wizard = self.env["emulation.reason.wizard"].with_user(self.user_head)
        wizard.with_context(**action["context"]).create({"reason": "Chưa rõ số liệu"}).action_confirm()
        self.assertEqual((record.state, higher.state), ("draft", "endorsed"))
        self.assertEqual(record.with_user(self.user_proposer).reason, "Chưa rõ số liệu")
        self.assertTrue(record.with_user(self.user_head).has_access("read"), "who returned it still sees it")
        self.assertFalse(record.with_user(self.user_head).has_access("write"))
        self.assertFalse(record.with_user(self.user_other_head).has_access("read"))

    def test_bulk_skips_and_explains(self):
        good = self.new_commendation(self.employee_sub, state="submitted")
        gone = self.new_commendation(self.employee_unit, state="endorsed")
        own = self.new_commendation(self.employee_head, state="submitted")
        action = (good | gone | own).with_user(self.user_head).action_endorse()
        self.assertEqual((good.state, gone.state, own.state), ("endorsed", "endorsed", "submitted"))
        result = self.env["emulation.bulk.result"].browse(action["res_id"])
        self.assertEqual((result.done_count, result.skipped_count), (1, 2))
        self.assertEqual(sorted(result.line_ids.mapped("count")), [1, 1])
        listed = self.env["emulation.commendation"].search(result.action_show_skipped()["domain"])
        self.assertEqual(listed, gone | own)

    def test_the_top_head_goes_straight_to_the_officer(self):
        record = self.new_commendation(self.employee_head, state="submitted")
        self.assertFalse(record.needs_endorsement, "no head other than the recipient")
        record.with_user(self.user_officer).action_appraise()
        self.assertEqual(record.state, "appraised")

    def test_content_is_fixed_after_submission(self):
        record = self.new_commendation(self.employee_sub, state="submitted")
        for user in (self.user_officer, self.user_admin):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                record.with_user(user).write({"award_id": self.new_award(f"X-{user.id}").id})

    def test_only_a_never_submitted_draft_is_deleted(self):
        record = self.new_commendation(self.employee_sub, state="submitted")
        record._do_return("Sửa lại")
        with self.assertRaises(UserError):
            record.with_user(self.user_proposer).unlink()
        fresh = self.new_commendation(self.employee_sub)
        fresh.with_user(self.user_proposer).unlink()
        self.assertFalse(fresh.exists())

    def test_protected_fields_cannot_be_forged_by_anybody(self):
        record = self.new_commendation(self.employee_sub)
        forged = {
            "state": "granted",
            "decision_id": self.new_decision().id,
            "prize_amount": 9000000,
            "finding_snapshot": {"all": "met"},
            "finding_state": "met",
            "needs_endorsement": False,
            "proposer_id": self.user_officer.id,
            "reason": "x",
            "vote_passed": True,
            "recipient_name": "Người Khác",
        }
        for user in (self.user_proposer, self.user_officer, self.user_admin, self.env.user):
            for field, value in forged.items():
                with self.subTest(user=user.login, field=field), self.assertRaises(AccessError):
                    record.with_user(user).write({field: value})

    def test_ad_hoc_needs_no_council_and_has_a_deadline(self):
        award = self.new_award("TEST-DX", rule={"needs_council": True})
        vals = {"award": award, "commendation_type": "ad_hoc", "achieved_on": date(2025, 6, 1)}
        prompt = self.new_commendation(self.employee_sub, state="appraised", **vals)
        self.assertEqual(prompt.deadline, date(2025, 6, 11))
        self.assertNotIn(prompt.id, prompt._get_cannot_grant_reason())
        slow = self.new_commendation(self.employee_unit, award=award, state="appraised")
        self.assertTrue(slow._get_cannot_grant_reason()[slow.id])
        with self.assertRaises(UserError):
            slow._do_grant(self.new_decision())

    def test_a_vote_that_failed_is_not_granted(self):
        record = self.new_commendation(self.employee_sub, state="appraised")
        record._do_vote({record: (False, "5/10 = 50% < 80%")})
        with self.assertRaises(UserError):
            record._do_grant(self.new_decision())

    def test_my_turn_search_and_flag_agree(self):
        records = self.env["emulation.commendation"]
        for state in ("draft", "submitted", "endorsed", "appraised"):
            for employee in (
                self.employee_sub,
                self.employee_head,
                self.employee_officer,
                self.employee_other,
            ):
                records |= self.new_commendation(employee, state=state)
        for user in (
            self.user_proposer,
            self.user_sub_head,
            self.user_head,
            self.user_other_head,
            self.user_officer,
        ):
            mine = records.with_user(user)._filtered_access("read")
            found = mine.search([("is_my_turn", "=", True), ("id", "in", records.ids)])
            self.assertEqual(set(found.ids), set(mine.filtered("is_my_turn").ids), user.login)
