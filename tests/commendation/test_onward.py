"""Many put on a decision, an agenda, a list or a submission at once: what cannot go stays behind, and is named."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..helpers.council_common import CouncilCommon
from ..helpers.document_common import DocumentCommon


@tagged("post_install", "-at_install")
class TestOnward(DocumentCommon, CouncilCommon):
    def put(self, lines, document):
        return self.put_on(document, lines.with_user(self.user_officer))

    def check(self, document, able, blocked, field):
        """Put all on a new document; return the dialog that says who stayed behind."""
        action = self.put(able | blocked, document)
        self.assertEqual(action["res_model"], "emulation.bulk.result")
        result = self.env["emulation.bulk.result"].browse(action["res_id"])
        self.assertEqual((result.done_count, result.skipped_count), (len(able), len(blocked)))
        self.assertEqual(set(result.action_show_skipped()["domain"][0][2]), set(blocked.ids))
        self.assertTrue(all(result.line_ids.mapped("reason")))
        opened = result.action_open_document()
        made = self.env[opened["res_model"]].browse(opened["res_id"])
        self.assertEqual(made.mapped(field), able)
        return result

    def check_nothing_is_made(self, document, blocked):
        model = self.env[f"emulation.{document}"]
        before = model.search_count([])
        with self.assertRaises(UserError) as caught:
            self.put(blocked, document)
        for line in blocked:
            self.assertIn(line.display_name, str(caught.exception))
        self.assertEqual(model.search_count([]), before)

    def test_a_decision(self):
        able, early = self.new_lines(2), self.new_lines(1, state="submitted")
        elsewhere = self.new_lines(1)
        self.put(elsewhere, "decision")
        result = self.check("decision", able, early | elsewhere, "commendation_ids")
        self.assertIn("It is on another decision.", result.line_ids.mapped("reason"))
        self.check_nothing_is_made("decision", early | elsewhere)

    def test_a_submission(self):
        able, early = self.new_lines(2), self.new_lines(2, state="submitted")
        self.check("submission", able, early, "line_ids.commendation_id")
        self.check_nothing_is_made("submission", early)

    def test_a_list_for_comments(self):
        able, late = self.new_lines(2), self.new_lines(1, state="voted")
        self.check("publication", able, late, "commendation_ids")
        self.check_nothing_is_made("publication", late)

    def test_an_agenda(self):
        able = self.new_candidates(2)
        early = self.new_lines(1, state="submitted")
        self.check("session", able, early, "item_ids.commendation_id")
        self.check_nothing_is_made("session", early)

    def test_where_all_can_go_the_document_opens(self):
        action = self.put(self.new_lines(2), "decision")
        self.assertEqual(action["res_model"], "emulation.decision")

    def test_it_costs_the_same_for_many(self):
        def count(able, blocked):
            lines = self.new_lines(able) | self.new_lines(blocked, state="submitted")
            self.env.flush_all()
            self.env.invalidate_all()
            return self.count_queries(lambda: self.put(lines, "decision"))

        count(2, 2)
        self.assertEqual(count(22, 22), count(2, 2))
