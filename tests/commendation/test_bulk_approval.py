"""Approving from a list costs the same for 2, 22 and 220 proposals, and floods nobody."""

from odoo.tests import tagged

from ..helpers.common import EmulationCommon


@tagged("post_install", "-at_install")
class TestBulkApproval(EmulationCommon):
    def new_proposals(self, count, state="submitted"):
        employees = self.env["hr.employee"].create(
            [
                {
                    "name": f"Người thứ {number}",
                    "department_id": self.sub_unit.id,
                    "company_id": self.company.id,
                }
                for number in range(count)
            ]
        )
        records = (
            self.env["emulation.commendation"]
            .with_user(self.user_proposer)
            .create([self.prepare_commendation(employee) for employee in employees])
        )
        self.walk(records, state)
        return records.with_env(self.env)

    def count_verb(self, count, verb, state, user):
        records = self.new_proposals(count, state).with_user(user)
        queries = self.count_queries(getattr(records, f"action_{verb}"))
        self.assertEqual(len(records.grouped("state")), 1, "all went")
        return queries

    def test_endorse_is_flat(self):
        mails = self.env["mail.mail"].search_count([])
        few, more, many = (
            self.count_verb(count, "endorse", "submitted", self.user_head) for count in (2, 22, 220)
        )
        self.assertLessEqual(more, few + 2, f"2: {few} queries, 22: {more}")
        # Where the ORM works by the hundred, it would be three times as many.
        self.assertLessEqual(many, few + 2, f"2: {few} queries, 220: {many}")
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_appraise_is_flat(self):
        few, more = (self.count_verb(count, "appraise", "endorsed", self.user_officer) for count in (2, 22))
        self.assertLessEqual(more, few + 2, f"2: {few} queries, 22: {more}")

    def count_dialog(self, count, verb, user):
        """Count the queries of a verb that asks for a reason, dialog included."""
        records = self.new_proposals(count, "submitted").with_user(user)
        dialog = self.env["emulation.reason.wizard"].with_user(user)

        def deed():
            action = getattr(records, f"action_{verb}")()
            dialog.with_context(**action["context"]).create({"reason": "Thiếu minh chứng"}).action_confirm()

        queries = self.count_queries(deed)
        self.assertEqual(len(records.grouped("state")), 1, "all went")
        return queries

    def test_return_and_reject_are_flat(self):
        for verb, user in (
            ("return", self.user_head),
            ("return", self.user_officer),
            ("reject", self.user_officer),
        ):
            with self.subTest(verb=verb, user=user.login):
                few, more = (self.count_dialog(count, verb, user) for count in (2, 22))
                self.assertLessEqual(more, few + 2, f"2: {few} queries, 22: {more}")

    def test_withdraw_is_flat(self):
        few, more = (self.count_verb(count, "withdraw", "submitted", self.user_proposer) for count in (2, 22))
        self.assertLessEqual(more, few + 2, f"2: {few} queries, 22: {more}")

    def test_submit_is_flat(self):
        few, more = (self.count_verb(count, "submit", "draft", self.user_proposer) for count in (2, 22))
        self.assertLessEqual(more, few + 2, f"2: {few} queries, 22: {more}")

    def test_the_list_is_flat(self):
        fields = ["can_endorse", "can_appraise", "can_return", "is_my_turn", "state", "display_name"]
        counts = []
        for count in (2, 22):
            records = self.new_proposals(count).with_user(self.user_head)
            counts.append(self.count_queries(lambda records=records: records.read(fields)))
        self.assertLessEqual(counts[1], counts[0] + 2, counts)
