"""Ways in that once were open, tried as the most powerful user who must not; each as a client sends it."""

import json

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from ..helpers.campaign_common import CampaignCommon
from ..helpers.rpc import RpcCase


@tagged("post_install", "-at_install", "security")
class TestSecurityFaults(CampaignCommon, RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.campaign._write_protected({"state": "launched"})

    def refuse(self, user, record, method, *args, **kwargs):
        """Insist on a sentence: neither done nor a raw error."""
        with mute_logger("odoo.http", "odoo.sql_db"), self.assertRaises(JsonRpcException) as error:
            self.ask(user, record._name, method, record.ids, *args, **kwargs)
        self.assertIn("odoo.exceptions.", error.exception.args[0])
        self.env.invalidate_all()

    # ------------------------------------------------------------------
    # Defaults of the context
    # ------------------------------------------------------------------

    def born(self, user, model, values, **forged):
        context = {f"default_{name}": value for name, value in forged.items()}
        record = self.env[model].browse(self.ask(user, model, "create", [values], context=context))
        for name, suggested in forged.items():
            with self.subTest(model=model, field=name, user=user.login):
                value = record[name].id if record._fields[name].type == "many2one" else record[name]
                self.assertNotEqual(value, suggested)
        return record

    def test_an_employee_s_registration_is_born_a_draft_in_the_own_name(self):
        values = {
            "campaign_id": self.campaign.id,
            "recipient_type": "employee",
            "employee_id": self.employee_proposer.id,
        }
        forged = {"recipient_name": "Giả Mạo", "unit_name": "Ban giám đốc", "position_name": "Vua"}
        self.born(self.user_proposer, "emulation.participation", values, state="approved", **forged)

    def test_a_proposal_is_born_a_draft_of_who_makes_it(self):
        values = self.prepare_commendation(self.employee_sub)
        forged = {
            "state": "voted",
            "vote_passed": True,
            "vote_note": "14/14",
            "proposer_id": self.user_head.id,
            "recipient_name": "Giả Mạo",
            "prize_amount": 99_999_999,
        }
        for user in (self.user_officer, self.user_admin):
            self.born(user, "emulation.commendation", {**values, "summary": user.login}, **forged)

    def test_other_papers_are_born_drafts(self):
        own = {"recipient_type": "employee", "employee_id": self.employee_proposer.id, "name": "Sáng kiến"}
        self.born(
            self.user_proposer, "emulation.achievement", own, state="recognised", unit_name="Ban giám đốc"
        )
        self.born(self.user_officer, "emulation.campaign", {"name": "Phong trào"}, state="launched")
        self.born(
            self.user_officer,
            "emulation.publication",
            {"company_id": self.company.id, "name": "Danh sách"},
            state="published",
        )

    def test_a_default_of_one_s_own_is_no_way_in(self):
        """Everybody may “set as default” any field of any model for oneself."""
        own = {"recipient_type": "employee", "employee_id": self.employee_proposer.id}
        for user, model, values, forged in (
            (
                self.user_officer,
                "emulation.commendation",
                self.prepare_commendation(self.employee_sub),
                {"state": "granted", "granted_date": "2025-06-30", "prize_amount": 99_999_999.0},
            ),
            (
                self.user_proposer,
                "emulation.participation",
                {**own, "campaign_id": self.campaign.id},
                {"state": "approved", "unit_name": "Ban giám đốc"},
            ),
            (
                self.user_proposer,
                "emulation.achievement",
                {**own, "name": "Sổ tay"},
                {"state": "recognised", "unit_name": "Ban giám đốc"},
            ),
        ):
            for name, value in forged.items():
                self.ask(user, "ir.default", "set", model, name, value, True)
            record = self.env[model].browse(self.ask(user, model, "create", [values]))
            for name, value in forged.items():
                with self.subTest(model=model, field=name):
                    kept = record[name]
                    self.assertNotEqual(kept if isinstance(value, str | float) else kept.id, value)
                    self.assertNotEqual(str(kept), str(value))

    def test_a_default_for_what_others_may_give_is_refused(self):
        """An employee's draft of a model has no date of consent, whatever the employee calls the default."""
        self.ask(
            self.user_proposer, "ir.default", "set", "emulation.exemplar", "consent_date", "2020-01-01", True
        )
        values = {"recipient_type": "employee", "employee_id": self.employee_proposer.id, "name": "Gương"}
        values["story"] = "Chuyện về một người"
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self.ask(self.user_proposer, "emulation.exemplar", "create", [values])

    def test_a_verb_takes_no_defaults_from_a_client(self):
        """A record that a verb makes is what the verb says."""
        context = {"default_state": "launched", "default_name": "Thử"}
        campaign = self.env["emulation.campaign"].with_context(**context)
        made = campaign._create_protected([{"name": "Phong trào", "company_id": self.company.id}])
        self.assertEqual((made.name, made.state), ("Phong trào", "draft"))

    # ------------------------------------------------------------------
    # Stored copies of what another record says
    # ------------------------------------------------------------------

    def test_a_sheet_does_not_change_hands(self):
        """A head once gave the own sheet to another for the moment of verifying it."""
        self.register(self.employee_sub_head, self.employee_proposer)
        sheets = self.open_round().evaluation_ids
        for sheet in sheets:
            for values in (
                {"employee_id": self.employee_other.id},
                {"unit_id": self.other_unit.id},
                {"department_id": self.other_unit.id},
                {"company_id": self.other_company.id},
                {"participation_id": sheets[0].participation_id.id},
                {"state": "confirmed"},
                {"final_total": 100.0},
            ):
                for user in (
                    self.user_proposer,
                    self.user_sub_head,
                    self.user_council,
                    self.user_officer,
                    self.user_admin,
                ):
                    with self.subTest(user=user.login, **values):
                        self.refuse(user, sheet, "write", values)

    def test_keys_of_search_and_duplicates_are_computed(self):
        granted = self.new_commendation(self.employee_sub, state="granted")
        for values in (
            {"recipient_key": False},
            {"missing_paper_count": 0},
            {"honour_key": "x"},
            {"search_key": "x"},
            {"recipient_name": "Giả Mạo"},
            {"decision_id": False},
        ):
            for user in (self.user_officer, self.user_admin):
                with self.subTest(user=user.login, **values):
                    self.refuse(user, granted, "write", values)

    def test_a_signing_key_is_not_swapped(self):
        key = self.env["emulation.signing.key"]._get_current(self.company)
        for values in ({"public_key": "x"}, {"retired_on": False}, {"key_id": "x"}, {"company_id": 1}):
            self.refuse(self.user_admin, key, "write", values)

    # ------------------------------------------------------------------
    # Nobody acts on oneself
    # ------------------------------------------------------------------

    def test_an_officer_neither_approves_nor_verifies_nor_confirms_the_own(self):
        registration = self.register(self.employee_officer, state="submitted")
        for method in ("action_approve", "action_refuse"):
            self.refuse(self.user_officer, registration, method)
        registration.with_user(self.user_other_head).action_approve()
        sheet = self.open_round().evaluation_ids
        self.fill(sheet, self.user_officer)
        for method in ("action_verify", "action_confirm", "action_return"):
            self.refuse(self.user_officer, sheet, method)
        line = sheet.score_ids[0]
        self.refuse(self.user_officer, line, "write", {"verified_points": line.max_points})
        self.assertEqual(sheet.next_actors, self.user_other_head.name, "the head verifies")
        sheet.with_user(self.user_other_head).action_verify()
        self.refuse(self.user_officer, sheet, "action_confirm")
        self.assertEqual(sheet.state, "verified")

    def test_the_next_able_person_is_named_and_it_waits_there(self):
        """The only officer of an agency: the head of the agency stands in, on every kind of paper."""
        self.user_admin.group_ids -= self.env.ref("hr_emulation.group_emulation_admin")
        self.company.emulation_head_id = self.employee_other_head
        registration = self.register(self.employee_officer, state="submitted")
        registration.with_user(self.user_other_head).action_approve()
        sheet = self.open_round().evaluation_ids
        self.fill(sheet, self.user_officer)
        sheet.with_user(self.user_other_head).action_verify()
        achievement = self.env["emulation.achievement"].create(
            {"recipient_type": "employee", "employee_id": self.employee_officer.id, "name": "Của tôi"}
        )
        achievement._do_submit()
        for record in (sheet, achievement):
            with self.subTest(model=record._name):
                record.invalidate_recordset()
                self.assertEqual(record.next_actors, self.user_other_head.name)
                able = self.env[record._name].with_user(self.user_other_head)
                waiting = able.search([("is_my_turn", "=", True)])
                self.assertIn(record, waiting)
                own = self.env[record._name].with_user(self.user_officer).search([("is_my_turn", "=", True)])
                self.assertNotIn(record, own)

    def test_a_head_of_the_agency_neither(self):
        self.company.emulation_head_id = self.employee_other_head
        registration = self.register(self.employee_other_head, state="submitted")
        self.refuse(self.user_other_head, registration, "action_approve")
        own = self.new_commendation(self.employee_other_head, state="endorsed")
        for method in ("action_appraise", "action_return", "action_reject"):
            self.refuse(self.user_other_head, own, method)

    def test_an_officer_enters_neither_the_own_absence_nor_the_own_post(self):
        kind = self.env["emulation.absence.type"].search([], limit=1)
        group = self.env["emulation.post.group"].create({"name": "Nhóm thử", "rank": 5})
        days = {"employee_id": self.employee_officer.id, "date_from": "2025-01-01", "date_to": "2025-01-31"}
        for model, values in (
            ("emulation.absence", {**days, "type_id": kind.id}),
            ("emulation.post", {**days, "name": "Trưởng phòng", "group_id": group.id}),
        ):
            with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                self.ask(self.user_officer, model, "create", [values])
            of_another = {**values, "employee_id": self.employee_sub.id}
            made = self.env[model].browse(self.ask(self.user_officer, model, "create", [of_another]))
            self.refuse(self.user_officer, made, "write", {"employee_id": self.employee_officer.id})

    # ------------------------------------------------------------------
    # From the other side
    # ------------------------------------------------------------------

    def test_an_achievement_is_not_hung_on_what_is_granted(self):
        own = self.env["emulation.achievement"].create(
            {
                "recipient_type": "employee",
                "employee_id": self.employee_proposer.id,
                "name": "Của tôi",
                "company_id": self.company.id,
            }
        )
        granted = self.new_commendation(self.employee_proposer, state="granted")
        submitted = self.new_commendation(self.employee_proposer, state="submitted", summary="Việc khác")
        for user in (self.user_proposer, self.user_officer, self.user_admin):
            for record in (granted, submitted):
                with self.subTest(user=user.login, state=record.state):
                    self.refuse(user, own, "write", {"commendation_ids": [Command.link(record.id)]})
        self.assertFalse((granted | submitted).achievement_ids)

    def test_what_all_agencies_share_is_the_administrators(self):
        """An officer of one agency once rewrote what the decisions of every agency start from."""
        law = self.env.ref("hr_emulation.legal_law_2022")
        template = self.env.ref("hr_emulation.decision_template_grant")
        for user in (self.user_officer, self.user_foreign_officer):
            self.refuse(user, law, "write", {"number": "0/2022"})
            self.refuse(user, law, "unlink")
            self.refuse(user, template.article_ids[0], "write", {"content": "Giả mạo"})
        own = self.ask(self.user_officer, law._name, "name_create", "Quy chế của Sở")[0]
        own = self.env[law._name].browse(own)
        self.assertEqual(own.company_id, self.company)
        self.ask(self.user_officer, law._name, "write", own.ids, {"number": "1/QC"})
        self.refuse(self.user_foreign_officer, own, "write", {"number": "2/QC"})
        self.refuse(self.user_officer, own, "write", {"company_id": False})

    def test_nothing_is_made_official(self):
        for model in ("emulation.award", "emulation.rulebook"):
            own = self.award if model == "emulation.award" else self.rulebook
            for values in ({"is_official": True},):
                self.refuse(self.user_admin, own, "write", values)
            for context in ({}, {"default_is_official": True}):
                given = {} if context else {"is_official": True}
                vals = {"code": "X", "name": "X", "date_from": "2190-01-01", **given}
                vals = {name: value for name, value in vals.items() if name in own._fields}
                with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                    self.ask(self.user_admin, model, "create", [vals], context=context)

    def test_a_rule_is_confirmed_by_its_button_alone(self):
        rule = self.rulebook.award_rule_ids[:1]
        rule.confidence = "recalled"
        self.refuse(self.user_admin, rule, "write", {"confirmed_on": "1999-12-31"})
        self.ask(self.user_admin, rule._name, "action_confirm", rule.ids)
        self.assertTrue(rule.confirmed_on)

    # ------------------------------------------------------------------
    # Numbers
    # ------------------------------------------------------------------

    def test_no_infinite_points(self):
        self.register(self.employee_proposer)
        line = self.open_round().evaluation_ids.score_ids.sorted("sequence")[0]
        self.refuse(self.user_proposer, line, "write", {"actual_value": 1e308})
        for value in (float("inf"), float("nan")):
            params = {
                "model": line._name,
                "method": "write",
                "args": [line.ids, {"actual_value": value}],
                "kwargs": {},
            }
            body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
            headers = {"Content-Type": "application/json"}
            with self.subTest(value=value), mute_logger("odoo.http"):
                answer = self.url_open("/web/dataset/call_kw", data=body, headers=headers).json()
                self.assertIn("odoo.exceptions.", answer["error"]["data"]["name"])
        self.assertFalse(line.actual_value)

    # ------------------------------------------------------------------
    # What is said inside
    # ------------------------------------------------------------------

    def test_reasons_and_notes_stay_inside(self):
        """Whoever may see that somebody was commended sees neither the dossier nor what was said about it."""
        self.company.emulation_show_granted = True
        record = self.new_commendation(self.employee_sub, state="submitted")
        record.with_user(self.user_officer)._run_verb("return", reason="Thiếu minh chứng")
        record.message_post(body="Ghi chú nội bộ", subtype_xmlid="mail.mt_note")
        record._write_protected({"state": "granted", "granted_date": "2025-06-30"})
        messages = record.message_ids.ids
        self.refuse(self.user_council_less(), record, "read", ["summary", "reason", "message_ids"])
        seen = self.ask(
            self.user_council_less(),
            "mail.message",
            "search_read",
            [("model", "=", record._name), ("res_id", "=", record.id)],
            ["body"],
        )
        self.assertEqual(seen, [])
        granted = self.env["emulation.granted"].browse(record.id)
        known = self.ask(self.user_council_less(), granted._name, "read", granted.ids, [])[0]
        self.assertFalse({"reason", "summary", "proposer_id", "message_ids", "prize_amount"} & known.keys())
        self.assertTrue(messages)

    def user_council_less(self):
        """Return an employee of another unit, without a part in the dossier."""
        return self.user_other_head

    def test_a_message_bears_the_name_of_who_writes_it(self):
        """On everything people talk about, not only on dossiers."""
        forged = {"author_id": self.user_admin.partner_id.id, "email_from": "boss@example.vn"}
        campaign = self.campaign
        registration = self.register(self.employee_proposer, state="submitted")
        for user, record in ((self.user_proposer, registration), (self.user_officer, campaign)):
            self.ask(user, record._name, "message_post", record.ids, body="Tôi đồng ý", **forged)
            message = record.message_ids[:1]
            self.assertEqual(message.author_id, user.partner_id)
            self.assertNotIn("boss@example.vn", message.email_from or "")

    def test_a_notification_bears_it_too(self):
        registration = self.register(self.employee_proposer, state="submitted")
        forged = {"author_id": self.user_admin.partner_id.id, "email_from": "boss@example.vn"}
        told = {
            "partner_ids": self.user_head.partner_id.ids,
            "subject": "Lệnh",
            "body": "Duyệt ngay",
            **forged,
        }
        self.ask(self.user_proposer, registration._name, "message_notify", registration.ids, **told)
        message = self.env["mail.message"].search([("subject", "=", "Lệnh")])
        self.assertEqual(message.author_id, self.user_proposer.partner_id)
        self.assertNotIn("boss@example.vn", message.email_from or "")

    def test_a_mail_speaks_for_nobody(self):
        """The address a mail comes from is easily forged: it is quoted, and makes no record."""
        boss = self.user_admin.partner_id
        boss.email = "boss@example.vn"
        raw = "From: boss@example.vn\r\nTo: x@example.vn\r\nMessage-Id: <%s@x>\r\nSubject: Duyệt\r\n\r\nTôi đồng ý"
        model = self.env["emulation.campaign"]
        campaign = self.campaign
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            model.message_process(model._name, raw % "1", thread_id=campaign.id)
            with self.assertRaises(AccessError):
                model.message_process(model._name, raw % "2", custom_values={"name": "Bằng thư"})
        message = campaign.message_ids[:1]
        self.assertNotEqual(message.author_id, boss)
        self.assertIn("boss@example.vn", message.body)
        self.assertFalse(model.search([("name", "=", "Bằng thư")]))
