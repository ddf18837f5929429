"""What was once allowed does nothing when somebody else sends it again, or the same person twice."""

import json

from odoo.http import Request
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.mixin.verb import ANY, get_fields
from ..helpers.common import EmulationCommon
from ..helpers.portal_cases import CASES
from ..helpers.portal_common import PDF, PortalCommon, force
from ..helpers.rpc import RpcCase

# Whatever a client may put where the code keeps an object of its own.
FORGED_SEALS = (True, 1, "x", "<object object at 0x7f0000000000>", {"seal": True}, [1], None)


@tagged("post_install", "-at_install", "security")
class TestReplayByRpc(EmulationCommon, RpcCase):
    def get_protected_models(self):
        for name in self.env.registry:
            model = self.env[name]
            if not model._abstract and hasattr(model, "_has_seal") and self.get_decided(model):
                yield name, model

    @staticmethod
    def get_decided(model):
        """Return what only verbs decide: stored fields that nobody may write in any state."""
        table = model._get_writable()
        writable = frozenset().union(*(get_fields(table, state) for state in [*table, ANY]))
        own = {"id", "create_uid", "create_date", "write_uid", "write_date", "display_name"}
        return sorted(
            name for name, field in model._fields.items() if field.store and name not in writable | own
        )

    def test_no_client_value_opens_a_protected_field(self):
        """Every model with protected fields, every such field, every kind of value as the seal."""
        found = dict(self.get_protected_models())
        self.assertGreater(len(found), 5)
        self.new_commendation(self.employee_sub, state="granted")
        for name, model in found.items():
            record = model.sudo().search([], limit=1)
            for seal in FORGED_SEALS:
                with self.subTest(model=name, seal=seal):
                    self.try_seal(name, record, self.get_decided(model), seal)

    def try_seal(self, name, record, names, seal):
        values = dict.fromkeys(names, 1)
        self.refuse(self.user_admin, name, "create", [values], context={"emulation_seal": seal})
        before = record.read(names)
        for field in names if seal is True else names[:1]:
            ids = record.ids or [2**31 - 1]
            self.refuse(self.user_admin, name, "write", ids, {field: 1}, context={"emulation_seal": seal})
        self.assertEqual(record.read(names), before)

    def test_the_seal_never_leaves_the_server(self):
        record = self.new_commendation(self.employee_sub)
        for user, verb in ((self.user_proposer, "submit"), (self.user_sub_head, "endorse")):
            self.assertNotIn("seal", json.dumps(self.ask(user, record._name, f"action_{verb}", record.ids)))
        self.assertEqual(record.state, "endorsed")
        action = self.ask(self.user_officer, record._name, "action_return", record.ids)
        self.assertNotIn("seal", json.dumps(action))

    def test_a_filled_in_dialog_is_of_no_use_to_another(self):
        record = self.new_commendation(self.employee_sub, state="submitted")
        dialog = "emulation.reason.wizard"
        values = {
            "verb": "return",
            "reason": "Thiếu minh chứng",
            "res_model": "emulation.commendation",
            "res_ids": record.ids,
        }
        wizard = self.ask(self.user_officer, dialog, "create", [values])
        for user in (self.user_proposer, self.user_other_head, self.user_admin, self.user_portal):
            with self.subTest(user=user.login):
                self.refuse(user, dialog, "action_confirm", wizard)
                self.refuse(user, dialog, "read", wizard, ["reason"])
        self.assertEqual(record.state, "submitted")
        self.ask(self.user_officer, dialog, "action_confirm", wizard)
        self.assertEqual(record.state, "draft")

    def test_a_dialog_confirmed_twice_works_once(self):
        record = self.new_commendation(self.employee_sub, state="submitted")
        dialog = "emulation.reason.wizard"
        values = {
            "verb": "reject",
            "reason": "Trùng khen",
            "res_model": "emulation.commendation",
            "res_ids": record.ids,
        }
        wizard = self.ask(self.user_officer, dialog, "create", [values])
        self.ask(self.user_officer, dialog, "action_confirm", wizard)
        notes, changed = len(record.message_ids), record.state_changed_on
        self.refuse(self.user_officer, dialog, "action_confirm", wizard)
        self.assertEqual((len(record.message_ids), record.state_changed_on), (notes, changed))

    def test_a_dialog_kept_for_later_meets_the_state_of_today(self):
        """Filled in before the return, confirmed after the proposal came back and was appraised."""
        record = self.new_commendation(self.employee_sub, state="submitted")
        dialog = "emulation.reason.wizard"
        values = {
            "verb": "return",
            "reason": "Cũ",
            "res_model": "emulation.commendation",
            "res_ids": record.ids,
        }
        wizard = self.ask(self.user_sub_head, dialog, "create", [values])
        record._do_endorse()
        self.refuse(self.user_sub_head, dialog, "action_confirm", wizard)
        self.assertEqual(record.state, "endorsed")

    def test_every_verb_sent_twice_is_done_once(self):
        states = {"submit": "draft", "endorse": "submitted", "appraise": "endorsed", "withdraw": "submitted"}
        users = {"endorse": self.user_sub_head, "appraise": self.user_officer}
        for verb, state in states.items():
            with self.subTest(verb=verb):
                record = self.new_commendation(self.employee_sub, state=state)
                user = users.get(verb, self.user_proposer)
                self.ask(user, record._name, f"action_{verb}", record.ids)
                notes, after = len(record.message_ids), record.state
                self.assertNotEqual(after, state)
                self.refuse(user, record._name, f"action_{verb}", record.ids)
                self.assertEqual((len(record.message_ids), record.state), (notes, after))

    def test_codes_of_documents_are_no_keys_to_the_rpc(self):
        """Who knows the code printed on a paper can open the public page, and nothing else."""
        decision = self.new_decision()
        code = decision.sudo().verification_token
        self.assertTrue(code)
        for user in (self.user_portal, self.user_proposer):
            for context in ({"access_token": code}, {"token": code}, {"verification_token": code}):
                self.refuse(user, "emulation.decision", "read", decision.ids, ["abstract"], context=context)
            self.refuse(user, "emulation.decision", "search_read", [("verification_token", "=", code)])


@tagged("post_install", "-at_install", "security")
class TestReplayOfForms(PortalCommon):
    """The token of a portal form belongs to one session; a form sent twice is done once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._add_council_records()
        cls.own_story, cls.figure = cls._story(cls.an), cls._figure(cls.target)

    def send(self, rule, token):
        _kind, record, form = CASES[rule]
        head, _mark, rest = rule.partition("<")
        url = f"{head}{getattr(self, record).id}{rest.partition('>')[2]}" if rest and record else rule
        names = {
            name: getattr(self, name).id
            for name in ("an", "mine", "participation", "sheet", "target", "figure")
        }
        names["scorer"] = self.block_year.block_id.member_ids[0].id
        data = {key: text.format(**names) for key, text in form.items()}
        with mute_logger("odoo.http"):
            return self.url_open(url, data={"csrf_token": token, **data}, allow_redirects=False)

    def get_forms(self):
        for rule, (_kind, record, form) in CASES.items():
            if isinstance(form, dict) and record not in ("hidden_campaign", "certificate"):
                yield rule

    def test_another_person_s_token_opens_no_form(self):
        self.login(self.chi)
        token = Request.csrf_token(self)
        for person in (self.an, self.binh, self.dung, self.em):
            self.login(person)
            for rule in self.get_forms():
                with self.subTest(person=person.name, route=rule):
                    self.assertEqual(self.send(rule, token).status_code, 400)
        self.assertEqual(self.mine.state, "submitted")

    def test_a_token_dies_with_its_session(self):
        self.login(self.chi)
        token = Request.csrf_token(self)
        self.login(self.chi)
        for rule in self.get_forms():
            with self.subTest(route=rule):
                self.assertEqual(self.send(rule, token).status_code, 400)
        self.assertEqual(self.mine.state, "submitted")

    def test_the_same_form_twice_is_done_once(self):
        self.login(self.chi)
        token = Request.csrf_token(self)
        form = {"csrf_token": token, "verb": "endorse", "record": self.mine.id}
        self.url_open("/my/emulation/unit/proposals", data=form, allow_redirects=False)
        self.assertEqual(self.mine.state, "endorsed")
        notes, endorsed_on = len(self.mine.message_ids), self.mine.endorsed_on
        for verb in ("endorse", "return"):
            again = {**form, "verb": verb, "reason": "Đổi ý"}
            self.url_open("/my/emulation/unit/proposals", data=again, allow_redirects=False)
        self.env.invalidate_all()
        self.assertEqual(self.mine.state, "endorsed", "what is past the head is not his to return")
        self.assertEqual((len(self.mine.message_ids), self.mine.endorsed_on), (notes, endorsed_on))

    def test_the_code_of_a_certificate_only_opens_its_public_page(self):
        attachment = self.env["ir.attachment"].create({"name": "bang.pdf", "raw": PDF})
        card = self.new_certificate(attachment)
        code = "ma-in-tren-bang-cua-an"
        values = {"company_id": self.agency.id, "issue_date": self.today, "abstract": "Khen thưởng"}
        decision = self.env["emulation.decision"].create(values)
        force(card, {"token": code, "decision_id": decision.id})
        page = f"/emulation/verify/{code}"
        self.authenticate(None, None)
        before = card.read()
        for _time in range(3):
            self.assertEqual(self.url_open(page).status_code, 200)
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(page, data={"x": "1"}).status_code, 405, "read only")
        self.env.invalidate_all()
        self.assertEqual(card.read(), before, "looking leaves no trace and changes nothing")
        self.login(self.binh)
        download = f"/my/emulation/certificates/{card.id}?access_token={code}&token={code}"
        self.assertEqual(self.url_open(download).status_code, 404)
