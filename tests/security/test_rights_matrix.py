"""The rights matrix, generated: every role × verb × state × scope, in Python and over JSON-RPC."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from ..helpers import guard_common as guard
from ..helpers import rights_matrix as matrix
from ..helpers.common import EmulationCommon


class RightsMatrixCase(EmulationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign_award = cls.new_award("TEST-KHAC", company_id=cls.other_company.id)
        cls.foreign_unit.manager_id = False
        cls.made = cls.make_records()
        cls.setter = guard.StateSetter(cls.env)

    @classmethod
    def make_records(cls):
        """Return {(role, or None where it is the same for all, state, scope): commendation}, made a state at a time:
        one by one for each test they took longer than all that is asked of them."""
        made = {}
        for state in matrix.STATES:
            wanted = {
                (role if scope == "own" else None, scope): cls.get_employee(role, scope)
                for role, _verb, _state, scope in matrix.cases()
                if _state == state
            }
            for foreign in (True, False):
                people = {key: who for key, who in wanted.items() if (key[1] == "other_company") == foreign}
                if people:
                    records = cls.make_commendations(state, list(people.values()), foreign)
                    made |= {
                        (role, state, scope): record
                        for (role, scope), record in zip(people, records, strict=True)
                    }
        return made

    @classmethod
    def make_commendations(cls, state, people, foreign=False):
        """Return a commendation in that state of each of them."""
        user = cls.user_foreign_officer if foreign else cls.user_proposer
        more = {"award": cls.foreign_award, "rulebook_id": False} if foreign else {}
        values = [cls.prepare_commendation(employee, **more) for employee in people]
        proposals = cls.env["emulation.commendation"].with_user(user)
        proposals = proposals.with_context(allowed_company_ids=user.company_ids.ids)
        records = proposals.create(values)
        cls.walk(records, state)
        return records.with_env(cls.env)

    @classmethod
    def get_employee(cls, role, scope):
        name = {"own": role, "sub_unit": "sub", "unit": "unit", "other_unit": "other"}.get(scope, "foreign")
        return getattr(cls, f"employee_{name}")

    def get_user(self, role):
        return getattr(self, f"user_{role}")

    def get_record(self, role, state, scope):
        """Return a commendation in that state, seen from that role; shared between cases."""
        key = (role if scope == "own" else None, state, scope)
        if key not in self.records:
            employee = self.get_employee(role, scope)
            self.records[key] = self.make_commendations(state, [employee], scope == "other_company")
        return self.records[key]

    def setUp(self):
        super().setUp()
        self.records = dict(self.made)  # each test method starts from a rolled back database


@tagged("post_install", "-at_install", "access_rights")
class TestRightsMatrix(RightsMatrixCase):
    def use_verb(self, record, verb):
        """Use the verb as the interface does; reasons are asked for in the dialog."""
        action = getattr(record, f"action_{verb}")()
        if verb in ("return", "reject"):
            wizard = record.env["emulation.reason.wizard"].with_context(**action["context"])
            wizard.create({"reason": "Thiếu minh chứng"}).action_confirm()

    def forget(self, done):
        """Let be read anew what was written: after a refusal what is ours, after a deed everything."""
        self.env.cr.precommit.clear()
        if done:
            self.env.cr.clear()
        else:
            self.setter.drop_pending()
            self.setter.forget()

    def check(self, role, verb, state, scope):
        record = self.get_record(role, state, scope).with_user(self.get_user(role))
        record = record.with_context(allowed_company_ids=self.get_user(role).company_ids.ids)
        allowed = matrix.is_allowed(role, verb, state, scope)
        self.assertEqual(record.sudo().state, state)
        self.env.flush_all()
        with self.env.cr.savepoint(flush=False) as savepoint:
            try:
                self.use_verb(record, verb)
                done = True
            except (AccessError, UserError):
                done = False
            after = record.sudo().state
            savepoint.rollback()
        self.forget(done)
        self.assertEqual(done, allowed, "allowed" if allowed else "refused")
        self.assertEqual(after != state, allowed, "the state moves only when allowed")

    def check_role(self, role):
        count = 0
        for case in matrix.cases():
            if case[0] == role:
                count += 1
                with self.subTest(role=role, verb=case[1], state=case[2], scope=case[3]):
                    self.check(*case)
        self.assertGreater(count, 200)

    def test_proposer(self):
        self.check_role("proposer")

    def test_head_of_the_sub_unit(self):
        self.check_role("sub_head")

    def test_head_of_the_unit_above(self):
        self.check_role("head")

    def test_head_of_another_unit(self):
        self.check_role("other_head")

    def test_council_member(self):
        self.check_role("council")

    def test_officer(self):
        self.check_role("officer")

    def test_administrator(self):
        self.check_role("admin")

    def test_portal_employee(self):
        self.check_role("portal")

    def test_officer_of_another_company(self):
        self.check_role("foreign_officer")

    def test_reading(self):
        for role in matrix.ROLES:
            user = self.get_user(role)
            for scope in matrix.SCOPES:
                if scope == "own" and role == "foreign_officer":
                    continue
                for state in matrix.STATES:
                    if state == "endorsed" and not matrix.needs_endorsement(role, scope):
                        continue
                    with self.subTest(role=role, state=state, scope=scope):
                        record = self.get_record(role, state, scope).with_user(user)
                        record = record.with_context(allowed_company_ids=user.company_ids.ids)
                        self.assertEqual(record.has_access("read"), matrix.can_read(role, state, scope))

    def test_buttons_show_only_what_works(self):
        for role, verb, state, scope in matrix.cases():
            if not matrix.can_read(role, state, scope):
                continue
            with self.subTest(role=role, verb=verb, state=state, scope=scope):
                record = self.get_record(role, state, scope).with_user(self.get_user(role))
                record = record.with_context(allowed_company_ids=self.get_user(role).company_ids.ids)
                self.assertEqual(record[f"can_{verb}"], matrix.is_allowed(role, verb, state, scope))


@tagged("post_install", "-at_install", "access_rights")
class TestRightsOverJsonRpc(RightsMatrixCase, HttpCase):
    """The same matrix as a client sees it: every role, verb, state and scope, dialogs filled in and confirmed."""

    def call(self, model, method, *args):
        params = {"model": model, "method": method, "args": list(args), "kwargs": {}}
        return self.make_jsonrpc_request("/web/dataset/call_kw", params)

    def use_verb(self, record, verb):
        """Use the verb; a hostile client does not wait for the dialog to be offered."""
        if verb not in ("return", "reject"):
            return self.call(record._name, f"action_{verb}", record.ids)
        dialog = "emulation.reason.wizard"
        values = {
            "verb": verb,
            "reason": "Thiếu minh chứng",
            "res_model": "emulation.commendation",
            "res_ids": record.ids,
        }
        return self.call(dialog, "action_confirm", self.call(dialog, "create", [values]))

    def is_done(self, record, verb):
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule"):
            try:
                self.use_verb(record, verb)
                return True
            except JsonRpcException:
                return False

    def check_role(self, role):
        user = self.get_user(role)
        self.authenticate(user.login, user.login)
        for _role, verb, state, scope in matrix.cases():
            if _role != role:
                continue
            with self.subTest(role=role, verb=verb, state=state, scope=scope):
                record = self.get_record(role, state, scope)
                done = self.is_done(record, verb)
                self.env.invalidate_all()
                if record.state != state:
                    self.records = {key: other for key, other in self.records.items() if other != record}
                self.assertEqual(done, matrix.is_allowed(role, verb, state, scope))
                self.assertEqual(record.state != state, done)

    def test_proposer(self):
        self.check_role("proposer")

    def test_head_of_the_sub_unit(self):
        self.check_role("sub_head")

    def test_head(self):
        self.check_role("head")

    def test_head_of_another_unit(self):
        self.check_role("other_head")

    def test_council_member(self):
        self.check_role("council")

    def test_officer(self):
        self.check_role("officer")

    def test_administrator(self):
        self.check_role("admin")

    def test_portal_employee(self):
        self.check_role("portal")

    def test_officer_of_another_company(self):
        self.check_role("foreign_officer")
