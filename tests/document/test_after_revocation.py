"""What papers say once an award was revoked, or where another body decided."""

from datetime import date, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..helpers.document_common import DocumentCommon
from ..helpers.paper_language import read_paper


@tagged("post_install", "-at_install")
class TestAfterRevocation(DocumentCommon):
    def setUp(self):
        super().setUp()
        self.lines = self.new_lines(3)
        self.decision = self.new_decision(self.lines, issue_date="2026-01-05", seats_per_row=3)
        self.decision._do_issue()

    def revoke(self, line):
        revocation = self.new_revocation(line)
        revocation._do_issue()
        return revocation

    def test_who_was_revoked_is_neither_called_nor_paid(self):
        gone, first, second = self.lines
        self.revoke(gone)
        for paper in ("ceremony", "roll_call", "seating", "payments"):
            with self.subTest(paper=paper):
                text = "\n".join(read_paper(self, paper, self.decision))
                self.assertNotIn(gone.recipient_name, text)
                self.assertIn(first.recipient_name, text)
                self.assertIn(second.recipient_name, text)
        text = "\n".join(read_paper(self, "payments", self.decision))
        self.assertIn("1.420.000", text)
        self.assertNotIn("2.130.000", text)
        self.assertIn(
            gone.recipient_name, "\n".join(read_paper(self, "decision", self.decision)), "as issued"
        )

    def test_who_was_paid_before_stays_on_the_list_that_was_signed(self):
        self.pay_out(self.lines[0].with_user(self.user_officer))
        self.revoke(self.lines[0])
        self.assertIn("2.130.000", "\n".join(read_paper(self, "payments", self.decision)))

    def test_nobody_is_invited_to_receive_what_was_revoked(self):
        self.revoke(self.lines[0])
        with patch.object(self.env.registry["emulation.news"], "_tell") as tell:
            self.decision.ceremony_on = fields.Datetime.now() + timedelta(days=3)
        self.assertEqual([call.args[0] for call in tell.call_args_list], [self.lines[1:]])

    def test_a_revocation_without_money_speaks_of_none(self):
        text = "\n".join(read_paper(self, "decision", self.revoke(self.lines[0])))
        self.assertIn("Thu hồi hiện vật khen thưởng", text)
        self.assertNotIn("Không đồng", text)
        self.assertNotIn("tiền thưởng", text.lower())
        self.assertIn("Về việc hủy bỏ quyết định khen thưởng", text)
        self.assertIn("Như Điều 3", text)

    def test_which_articles_are_about_money_is_said_beside_them(self):
        paid = "Thu hồi hiện vật và số tiền thưởng đã nhận là {total} đồng."
        revocation = self.new_revocation(self.lines[0])
        article = revocation.article_ids.filtered(lambda one: "{total}" in one.content)
        self.assertTrue(article.only_with_money, "as the template says")
        article.write({"only_with_money": False, "content": paid})
        self.assertIn(
            "Thu hồi hiện vật và số tiền thưởng đã nhận là 0 đồng.", revocation._get_article_texts()
        )
        self.assertFalse(article.only_with_money, "writing it anew leaves it as it was said")
        article.only_with_money = True
        self.assertFalse([text for text in revocation._get_article_texts() if "tiền thưởng" in text])
        named, plain = self.env["emulation.decision.article"].create(
            [{"decision_id": revocation.id, "content": text} for text in (paid, "Thu hồi hiện vật.")]
        )
        self.assertEqual(
            (named.only_with_money, plain.only_with_money), (True, False), "until somebody says so"
        )

    def test_a_revocation_of_what_was_paid_names_the_sum(self):
        self.pay_out(self.lines[0].with_user(self.user_officer))
        text = "\n".join(read_paper(self, "decision", self.revoke(self.lines[0])))
        self.assertIn("Thu hồi số tiền thưởng đã nhận là 710.000 đồng", text)
        self.assertIn("Như Điều 4", text)

    def test_who_decides_is_printed_though_nobody_typed_it(self):
        self.company.emulation_head_title = "Giám đốc"
        draft = self.new_decision(self.new_lines(1))
        self.assertFalse(draft.authority)
        lines = read_paper(self, "decision", draft)
        self.assertIn(f"Giám đốc {self.company.name}", lines)
        draft.authority = "Chủ tịch Hội đồng"
        self.assertIn("Chủ tịch Hội đồng", read_paper(self, "decision", draft))


@tagged("post_install", "-at_install")
class TestDecidedAbove(DocumentCommon):
    """A superior's decision is recorded here, and neither drawn up nor signed here."""

    def setUp(self):
        super().setUp()
        self.line = self.new_lines(1)
        self.decision = self.env["emulation.decision"]._get_external(
            self.company, "1234/QĐ-UBND", date(2026, 5, 4), "Chủ tịch UBND tỉnh Thử"
        )
        self.line._do_grant(self.decision, {self.line.id: {}})

    def test_its_paper_is_not_drawn_up(self):
        reports = self.env["ir.actions.report"].with_user(self.user_officer)
        with self.assertRaisesRegex(UserError, "Chủ tịch UBND tỉnh Thử"):
            reports._build_word("decision", self.decision.id)
        with self.assertRaisesRegex(UserError, "Chủ tịch UBND tỉnh Thử"):
            reports._render_qweb_html("hr_emulation.action_report_decision", self.decision.ids)

    def test_the_script_of_the_ceremony_says_whose_it_is(self):
        for paper in ("ceremony", "roll_call", "payments"):
            with self.subTest(paper=paper):
                text = " ".join("\n".join(read_paper(self, paper, self.decision)).split())
                self.assertIn("của Chủ tịch UBND tỉnh Thử", text)
                self.assertNotIn(f"của {self.company.name}", text)

    def test_the_list_of_earlier_awards_says_who_gave_them(self):
        report = self.env["emulation.achievement.report"]
        self.assertIn("của Chủ tịch UBND tỉnh Thử", report._get_decision_words(self.line))
