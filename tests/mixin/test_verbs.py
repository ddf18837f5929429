"""The one machine: an addon's extra guard is heard everywhere, and the log cannot be silenced."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..helpers.common import EmulationCommon
from ..helpers.rpc import RpcCase


@tagged("post_install", "-at_install")
class TestVerbMachine(EmulationCommon):
    def test_an_addon_that_extends_the_reason_is_heard(self):
        """What README promises: extend ``_get_cannot_<verb>_reason``; button, list, bulk and document refuse."""
        record = self.new_commendation(self.employee_sub, state="submitted")
        free = self.new_commendation(self.employee_unit, state="submitted")
        model = type(self.env["emulation.commendation"])
        known = model._get_cannot_endorse_reason

        def extended(records):
            return {**known(records), **dict.fromkeys(set(records.ids) & {record.id}, "Chờ ý kiến cấp ủy")}

        with patch.object(model, "_get_cannot_endorse_reason", extended):
            mine = (record | free).with_user(self.user_head)
            self.assertEqual(mine.mapped("can_endorse"), [False, True])
            self.assertEqual(mine.mapped("is_my_turn"), [False, True])
            with self.assertRaisesRegex(UserError, "cấp ủy"):
                mine[:1].action_endorse()
            action = mine.action_endorse()
            result = self.env["emulation.bulk.result"].browse(action["res_id"])
            self.assertEqual((result.done_count, result.line_ids.reason), (1, "Chờ ý kiến cấp ủy"))
        self.assertEqual((record.state, free.state), ("submitted", "endorsed"))

    def test_a_document_asks_the_same_question(self):
        record = self.new_commendation(self.employee_sub, state="appraised")
        model = type(self.env["emulation.commendation"])
        text = "Chờ ý kiến cấp ủy"
        with (
            patch.object(model, "_get_cannot_grant_reason", lambda records: dict.fromkeys(records.ids, text)),
            self.assertRaisesRegex(UserError, text),
        ):
            record._do_grant(self.new_decision())

    def test_every_person_s_verb_of_every_model_asks_its_reason(self):
        """No model has a verb that goes past ``_get_cannot_<verb>_reason``."""
        count = 0
        for name in self.env.registry:
            model = self.env[name]
            if model._abstract or not hasattr(model, "_get_verbs"):
                continue
            for verb in model._get_verbs():
                count += 1
                with self.subTest(model=name, verb=verb):
                    asked = []
                    cls, hook = type(model), f"_get_cannot_{verb}_reason"
                    with patch.object(cls, hook, lambda records, asked=asked: asked.append(1) or {}):
                        model.browse()._get_refused(verb)
                        if f"can_{verb}" in model._fields:
                            model.browse()._compute_can()
                    self.assertTrue(asked)
        self.assertGreater(count, 20)

    def test_a_reason_is_kept_in_the_log_whatever_the_client_asks(self):
        record = self.new_commendation(self.employee_sub, state="submitted")
        quiet = record.with_user(self.user_officer).with_context(
            tracking_disable=True, mail_notrack=True, mail_create_nolog=True
        )
        quiet._run_verb("return", reason="Thiếu minh chứng")
        last = record.message_ids[:1]
        self.assertIn("Thiếu minh chứng", last.body)
        self.assertEqual(last.author_id, self.user_officer.partner_id)

    def test_no_figure_is_infinite(self):
        record = self.new_commendation(self.employee_sub)
        campaign = self.env["emulation.campaign"].with_user(self.user_officer).create({"name": "Thử"})
        for value in (float("inf"), float("-inf"), float("nan"), 1e308):
            with self.subTest(value=value), self.assertRaises(ValidationError):
                campaign.write({"budget": value})
        self.assertFalse(record.prize_amount)

    def test_points_are_no_infinity(self):
        score = self.env["emulation.score"]
        for value in (float("inf"), float("nan")):
            with self.subTest(value=value), self.assertRaises(ValidationError):
                score._check_values({"actual_value": value})


@tagged("post_install", "-at_install", "security")
class TestVerbMachineOverRpc(EmulationCommon, RpcCase):
    def test_a_quick_create_in_a_column_starts_as_a_draft(self):
        """The “+” of a kanban column sends its state as a default."""
        for model, state in (("emulation.campaign", "launched"), ("emulation.exemplar", "published")):
            context = {
                "default_state": state,
                "default_story": "x",
                "default_employee_id": self.employee_sub.id,
            }
            born = self.ask(self.user_officer, model, "name_create", "Thử", context=context)[0]
            self.assertEqual(self.env[model].browse(born).state, "draft", model)

    def test_an_approved_registration_is_closed(self):
        campaign = self.env["emulation.campaign"].create(
            {"name": "Phong trào", "company_id": self.company.id}
        )
        campaign._write_protected({"state": "launched"})
        record = self.env["emulation.participation"].create(
            {
                "campaign_id": campaign.id,
                "recipient_type": "employee",
                "employee_id": self.employee_proposer.id,
            }
        )
        record._do_submit()
        record._do_approve()
        for vals in (
            {"pledge": "Khác"},
            {"award_ids": [[6, 0, self.award.ids]]},
            {"campaign_id": campaign.id},
            {"recipient_type": "department", "employee_id": False, "department_id": self.other_unit.id},
        ):
            for user in (self.user_proposer, self.user_sub_head, self.user_officer, self.user_admin):
                with self.subTest(user=user.login, **vals):
                    self.refuse(user, record._name, "write", record.ids, vals)

    def test_a_head_registers_the_own_people_only(self):
        campaign = self.env["emulation.campaign"].create(
            {"name": "Phong trào", "company_id": self.company.id}
        )
        campaign._write_protected({"state": "launched"})
        vals = {"campaign_id": campaign.id, "recipient_type": "employee", "unit_id": self.sub_unit.id}
        self.refuse(
            self.user_sub_head,
            "emulation.participation",
            "create",
            [{**vals, "employee_id": self.employee_other.id}],
        )
        own = {"campaign_id": campaign.id, "recipient_type": "employee", "employee_id": self.employee_sub.id}
        self.assertTrue(self.ask(self.user_sub_head, "emulation.participation", "create", [own]))

    def test_nobody_speaks_as_another(self):
        record = self.new_commendation(self.employee_sub, state="submitted")
        forged = {"author_id": self.user_admin.partner_id.id, "email_from": "boss@example.vn"}
        self.ask(self.user_proposer, record._name, "message_post", record.ids, body="Tôi đồng ý", **forged)
        message = record.message_ids[:1]
        self.assertEqual(message.author_id, self.user_proposer.partner_id)
        self.assertNotIn("boss@example.vn", message.email_from or "")

    def test_consent_is_the_person_s_own(self):
        record = self.new_commendation(self.employee_proposer, state="granted")
        for user in (self.user_officer, self.user_admin, self.user_proposer):
            for vals in ({"honour_consent": True}, {"honour_story": "Chuyện bịa"}):
                with self.subTest(user=user.login, **vals):
                    self.refuse(user, record._name, "write", record.ids, vals)
        with self.assertRaises(AccessError):
            self.consent(record.with_user(self.user_officer), True, "Chuyện bịa")
        self.consent(record.with_user(self.user_proposer), True, "Chuyện thật")
        self.assertEqual((record.honour_consent, record.honour_story), (True, "Chuyện thật"))
        self.consent(record.with_user(self.user_proposer), False)
        said = self.env["emulation.consent"].search([("commendation_id", "=", record.id)])
        self.assertEqual(said.mapped("is_given"), [False, True], "each word is kept")
        self.assertFalse(record.honour_consent or record.honour_story)
        for user in (self.user_officer, self.user_admin):
            self.refuse(user, "emulation.consent", "write", said.ids, {"is_given": True})
            self.refuse(user, "emulation.consent", "unlink", said.ids)

    def test_the_company_and_the_currency_stay(self):
        granted = self.new_commendation(self.employee_sub, state="granted")
        for user in (self.user_officer, self.user_admin):
            for vals in ({"currency_id": self.env.ref("base.USD").id}, {"company_id": self.other_company.id}):
                self.refuse(user, granted._name, "write", granted.ids, vals)
            self.refuse(user, granted._name, "write", granted.ids, {"recipient_key": False})

    def test_automatic_points_are_the_officers(self):
        review = self.env["emulation.review"]
        campaign = self.env["emulation.campaign"].create(
            {"name": "Phong trào", "company_id": self.company.id}
        )
        campaign._write_protected({"state": "launched"})
        review = review.create(
            {"name": "Đợt 1", "campaign_id": campaign.id, "date_from": "2026-01-01", "date_to": "2026-06-30"}
        )
        for method in ("action_fill_automatic", "action_draw_ratings", "action_open", "action_close"):
            with self.subTest(method=method):
                self.refuse(self.user_proposer, review._name, method, review.ids)
