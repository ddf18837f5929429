from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from ..helpers.document_common import DocumentCommon


@tagged("post_install", "-at_install", "security")
class TestDocumentAttacks(HttpCase, DocumentCommon):
    """What was once possible with decisions, submissions and certificates, as a client sends it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.decision = cls.new_decision(cls.new_lines(2), issue_date="2026-01-05")
        cls.decision._do_issue()
        cls.card = cls.decision.certificate_ids[0]

    def call(self, user, model, method, *args, **kwargs):
        self.authenticate(user.login, user.login)
        params = {"model": model, "method": method, "args": list(args), "kwargs": kwargs}
        return self.make_jsonrpc_request("/web/dataset/call_kw", params)

    def assert_refused(self, user, *args, **kwargs):
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException) as error:
            self.call(user, *args, **kwargs)
        self.assertIn("odoo.exceptions.", error.exception.args[0])

    def test_no_document_is_born_issued(self):
        forged = {
            "default_state": "issued",
            "default_prize_total": 5e9,
            "default_issuer_id": 2,
            "default_external_issuer": "Chủ tịch nước",
            "default_document_sha256": "x",
        }
        for model in ("emulation.decision", "emulation.submission"):
            made = self.call(
                self.user_officer,
                model,
                "create",
                [{"abstract": "Thử", "company_id": self.company.id}],
                context={**forged, "allowed_company_ids": self.company.ids},
            )
            document = self.env[model].browse(made)
            self.assertEqual(document.state, "draft")
            self.assertFalse(document.document_sha256)
        decisions = self.env["emulation.decision"].search([("abstract", "=", "Thử")])
        self.assertFalse(
            decisions.filtered(lambda one: one.prize_total or one.external_issuer or one.issuer_id)
        )

    def test_the_award_on_a_certificate_is_nobody_s_to_write(self):
        order = self.env.ref("hr_emulation.award_hcsv")
        for values in (
            {"award_id": order.id},
            {"award_name": order.name},
            {"recipient_name": "Kẻ Giả Mạo"},
            {"state": "issued"},
            {"payload": "1"},
            {"signing_key_id": 1},
            {"replaced_by_id": self.card.id},
        ):
            for user in (self.user_officer, self.user_admin):
                self.assert_refused(user, "emulation.certificate", "write", self.card.ids, values)
        self.assertEqual(self.card.award_id, self.document_award)

    def test_lines_do_not_move_between_documents(self):
        draft = self.new_decision(self.new_lines(1))
        article = draft.article_ids[0]
        for values in (
            {"article_ids": [Command.link(article.id)]},
            {"article_ids": [Command.create({"content": "Điều thêm"})]},
            {"commendation_ids": [Command.clear()]},
            {"commendation_ids": [Command.link(draft.commendation_ids.id)]},
            {"change_ids": [Command.create({"commendation_id": draft.commendation_ids.id})]},
        ):
            self.assert_refused(self.user_officer, "emulation.decision", "write", self.decision.ids, values)
        self.assert_refused(
            self.user_officer,
            "emulation.decision.article",
            "write",
            article.ids,
            {"decision_id": self.decision.id},
        )
        self.assertEqual(len(self.decision.commendation_ids), 2)

    def test_articles_of_shared_templates_are_the_administrators(self):
        """Any officer of any agency once rewrote what every agency's decisions start from."""
        template = self.env.ref("hr_emulation.decision_template_grant")
        article, text = template.article_ids[0], template.article_ids[0].content
        model = "emulation.decision.article"
        for user in (self.user_officer, self.user_foreign_officer):
            self.assert_refused(user, model, "write", article.ids, {"content": "Giả mạo"})
            self.assert_refused(user, model, "unlink", article.ids)
            self.assert_refused(user, model, "create", [{"template_id": template.id, "content": "Thêm"}])
            self.assert_refused(user, model, "copy", article.ids)
        self.assertEqual(article.content, text)
        count = len(template.article_ids)
        self.call(
            self.user_admin,
            "emulation.decision.template",
            "write",
            template.ids,
            {"article_ids": [Command.create({"content": "Điều của quản trị"})]},
        )
        self.assertEqual(len(template.article_ids), count + 1)

    def test_an_officer_of_another_agency_touches_nothing(self):
        draft = self.new_decision(self.new_lines(1))
        for record, method, args in (
            (draft, "write", [{"abstract": "Khác"}]),
            (draft, "action_issue", []),
            (draft, "action_cancel", []),
            (draft.article_ids, "write", [{"content": "Khác"}]),
            (self.card, "action_suspend", []),
        ):
            self.assert_refused(self.user_foreign_officer, record._name, method, record.ids, *args)

    def test_nobody_decides_on_the_certificate_of_their_own_award(self):
        line = self.env["emulation.commendation"].create(
            {
                "recipient_type": "employee",
                "employee_id": self.employee_officer.id,
                "award_id": self.document_award.id,
                "company_id": self.company.id,
            }
        )
        line._write_protected({"state": "appraised", "rulebook_id": self.document_book.id})
        decision = self.new_decision(line)
        decision._do_issue()
        card = decision.certificate_ids.with_user(self.user_officer)
        with self.assertRaisesRegex(UserError, "own matter"):
            card.action_replace()
        with self.assertRaises(UserError):
            card.action_suspend()
        self.assertEqual(card.state, "issued")

    def test_a_recorded_answer_stays(self):
        submission = self.env["emulation.submission"].with_user(self.user_officer)
        submission = submission.create(
            {
                "abstract": "Về việc đề nghị khen thưởng",
                "addressee": "UBND tỉnh",
                "signer_id": self.signer.id,
                "line_ids": [Command.create({"commendation_id": line.id}) for line in self.new_lines(2)],
            }
        )
        one, two = submission.line_ids
        with self.assertRaises(UserError):
            one.answer = "granted"  # not sent yet
        submission.action_send()
        with self.assertRaises(UserError):
            one.commendation_id = two.commendation_id
        one.write({"answer": "refused", "refusal_reason": "Chưa đủ điều kiện"})
        submission.action_record_answers()
        self.assertTrue(one.is_recorded)
        for values in ({"answer": "granted"}, {"refusal_reason": "Khác"}, {"is_recorded": False}):
            with self.assertRaises(UserError):
                one.write(values)
        with self.assertRaises(AccessError):
            two.is_recorded = True
        with self.assertRaises(UserError):
            two.unlink()

    def test_a_second_click_is_told_in_words(self):
        draft = self.new_decision(self.new_lines(1))
        draft._do_issue()
        with self.assertRaisesRegex(UserError, "another step"):
            draft.with_user(self.user_officer).action_issue()
        self.assertEqual(len(draft.certificate_ids), 1)
