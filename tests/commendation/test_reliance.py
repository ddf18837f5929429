"""What rests on a revoked award is listed, and somebody decides on each."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..helpers.document_common import DocumentCommon


@tagged("post_install", "-at_install")
class TestReliance(DocumentCommon):
    def setUp(self):
        super().setUp()
        self.first = self.new_lines(1)
        self.issue(self.new_decision(self.first, issue_date="2026-01-05"))
        self.higher = self.new_document_award("Bằng khen thử", "BKTHU", 1.5)

    def follow(self, state, award=None):
        """Return a later proposal for the same recipient."""
        later = self.first.copy({"award_id": (award or self.higher).id})
        later._write_protected({"state": state, "recipient_name": self.first.recipient_name})
        if state == "granted":
            later._write_protected({"granted_date": "2026-03-05"})
        return later

    def revoke(self):
        action = self.put_on("revocation", self.first.with_user(self.user_officer))
        revocation = self.env["emulation.decision"].with_user(self.user_officer).browse(action["res_id"])
        revocation.write({"signer_id": self.signer.id, "revocation_ground": "forgery"})
        self.issue(revocation)
        rows = self.env["emulation.reliance"].with_user(self.user_officer)
        return rows.search([("revoked_id", "=", self.first.id)])

    def test_later_and_pending_ones_are_listed(self):
        granted, pending, gone = self.follow("granted"), self.follow("submitted"), self.follow("withdrawn")
        rows = self.revoke()
        self.assertEqual(rows.commendation_id, granted | pending)
        self.assertNotIn(gone, rows.commendation_id)
        self.assertEqual(set(rows.mapped("state")), {"open"})
        self.assertTrue(granted.revoked_reliance)
        open_ones = self.env["emulation.commendation"].with_user(self.user_officer)
        found = open_ones.search([("reliance_ids.state", "in", ("open", "review"))])
        self.assertLessEqual(granted | pending, found)

    def test_whether_its_rule_asks_for_it_is_said(self):
        rule = self.env["emulation.award.rule"].search([("award_id", "=", self.higher.id)], limit=1)
        self.env["emulation.requirement"].create(
            {
                "award_rule_id": rule.id,
                "name": "Đã được tặng Giấy khen",
                "kind": "prior_award",
                "award_ids": self.first.award_id.ids,
            }
        )
        resting = self.follow("granted")
        other = self.follow("granted", self.new_document_award("Giấy khen khác", "GKKHAC", 0.3))
        rows = self.revoke()
        by_record = {row.commendation_id: row.is_required for row in rows}
        self.assertEqual(by_record, {resting: True, other: False})

    def test_each_is_decided_with_a_reason(self):
        kept, falling = self.follow("granted"), self.follow("granted", self.new_document_award("X", "X", 1))
        rows = self.revoke()
        keep = rows.filtered(lambda row: row.commendation_id == kept)
        fall = rows - keep
        with self.assertRaises(UserError):
            keep._do_keep("")
        keep._do_review("Chờ xác minh hồ sơ gốc")
        keep._do_keep("Không căn cứ vào giấy khen đã bị hủy bỏ")
        fall._do_revoke("Tiêu chuẩn không còn")
        self.assertEqual((keep.state, keep.decider_id), ("kept", self.user_officer))
        self.assertEqual(keep.reason, "Không căn cứ vào giấy khen đã bị hủy bỏ")
        action = rows.action_add_to_revocation()
        revocation = self.env["emulation.decision"].browse(action["res_id"])
        self.assertEqual(revocation.revoked_commendation_ids, falling)
        with self.assertRaises(UserError):
            keep.state = "open"

    def test_a_decision_is_taken_back_with_a_reason(self):
        self.follow("granted")
        row = self.revoke()
        with self.assertRaisesRegex(UserError, "another step"):
            row.action_reopen()
        for verb in ("keep", "review", "revoke"):
            with self.subTest(verb=verb):
                row._run_verb(verb, reason="Nhầm hồ sơ")
                with self.assertRaisesRegex(UserError, "Give a reason"):
                    row._do_reopen(" ")
                self.assertEqual(row.action_reopen()["res_model"], "emulation.reason.wizard")
                row._run_verb("reopen", reason="Có tài liệu mới")
                self.assertEqual((row.state, row.reason), ("open", "Có tài liệu mới"))
                self.assertFalse(row.decider_id or row.decided_on, "nobody has decided it now")
        self.assertIn(
            "Nhầm hồ sơ", "".join(row.message_ids.mapped("body")), "what was decided stays readable"
        )
        with self.assertRaises(UserError):
            row.with_user(self.user_head)._run_verb("reopen", reason="x")

    def test_what_was_carried_out_is_not_taken_back(self):
        falling, pending = self.follow("granted"), self.follow("submitted")
        rows = self.revoke()
        rows._do_revoke("Tiêu chuẩn không còn")
        fall = rows.filtered(lambda row: row.commendation_id == falling)
        action = fall.action_add_to_revocation()
        with self.assertRaisesRegex(UserError, "take it off there first"):
            fall._run_verb("reopen", reason="Có tài liệu mới")
        decision = self.env["emulation.decision"].browse(action["res_id"])
        decision._do_cancel()
        fall._run_verb("reopen", reason="Có tài liệu mới")
        self.assertEqual(fall.state, "open")
        pending._write_protected({"state": "rejected"})
        with self.assertRaisesRegex(UserError, "It is over already: Rejected"):
            (rows - fall)._run_verb("reopen", reason="Có tài liệu mới")

    def test_only_officers_see_the_list(self):
        self.follow("granted")
        rows = self.revoke()
        self.assertFalse(rows.with_user(self.user_head).has_access("read"))


@tagged("post_install", "-at_install")
class TestOutsider(DocumentCommon):
    """Officers enter whom they commend; they keep no address book."""

    def enter(self, **vals):
        wizard = self.env["emulation.outsider"].with_user(self.user_officer)
        return wizard.create({"name": "Giàng A Páo", "street": "Bản Tả Lèng", **vals}).action_create()

    def test_a_household_is_entered_where_it_is_proposed(self):
        with self.assertRaises(AccessError):
            self.env["res.partner"].with_user(self.user_officer).create({"name": "Ai đó"})
        award = self.new_award("TEST-HO", subject_household=True)
        context = self.enter()["context"]
        partner = self.env["res.partner"].browse(context["default_partner_id"])
        self.assertEqual((partner.name, partner.street), ("Giàng A Páo", "Bản Tả Lèng"))
        proposal = (
            self.env["emulation.commendation"]
            .with_user(self.user_officer)
            .with_context(**context)
            .create({"award_id": award.id, "company_id": self.company.id})
        )
        self.assertEqual((proposal.partner_id, proposal.subject), (partner, "household"))

    def test_nobody_is_there_twice(self):
        first = self.enter(kind="enterprise", vat="6200000001")["context"]["default_partner_id"]
        again = self.enter(kind="enterprise", vat="6200000001", name="Tên khác")["context"]
        self.assertEqual(again["default_partner_id"], first)
        self.assertEqual(again["default_subject"], "collective")

    def test_a_foreigner_has_a_nationality(self):
        with self.assertRaisesRegex(UserError, "nationality"):
            self.enter(kind="foreigner")

    def test_nobody_else_has_this_door(self):
        with self.assertRaises(AccessError):
            self.env["emulation.outsider"].with_user(self.user_head).create({"name": "Ai đó"})
