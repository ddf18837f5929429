"""Every model of the addon against every role over real JSON-RPC: what is not in the table fails."""

from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from ..helpers import model_access
from ..helpers.common import EmulationCommon
from ..helpers.record_builder import RecordBuilder

OPERATIONS = {"read": "r", "write": "w", "create": "c", "unlink": "u"}


class ModelAccessCase(EmulationCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user_employee = cls.user_proposer
        commendation = cls.new_commendation(cls.employee_unit, state="submitted")
        known = {
            "emulation.rulebook": cls.rulebook,
            "emulation.award": cls.award,
            "emulation.award.rule": cls.rulebook.award_rule_ids[:1],
            "emulation.commendation": commendation.sudo(),
        }
        cls.builder = RecordBuilder(cls.env, cls.company, cls.employee_unit, known)
        cls.builder.build_special(cls.other_unit)
        cls.builder.add_granted(cls.new_commendation(cls.employee_other, summary="Việc khác"))
        cls.builder.add_reports()
        cls.records = {name: cls.builder.get(name) for name in model_access.RECORDS}
        cls.env.flush_all()

    def get_models(self, transient):
        for name in sorted(self.env.registry):
            model = self.env[name]
            if name.startswith("emulation.") and not model._abstract and model._transient == transient:
                yield name, model

    def ask(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": list(args), "kwargs": kwargs}
        return self.make_jsonrpc_request("/web/dataset/call_kw", params)

    def is_refused(self, *args, **kwargs):
        with mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_model"):
            try:
                self.ask(*args, **kwargs)
            except JsonRpcException:
                return True
        return False

    def reads(self, name, record):
        """Return whether the session's user can read the record; reading and searching must agree.

        A record that is gone is read as an empty name by whoever asks: the record has to be there.
        """
        domain, names = [("id", "in", record.ids)], ["display_name"]
        read = not self.is_refused(name, "read", record.ids, names) and bool(
            self.ask(name, "read", record.ids, names)
        )
        found = not self.is_refused(name, "search", domain) and bool(self.ask(name, "search", domain))
        self.assertEqual(read, found, f"{name}: reading and searching disagree")
        return read


@tagged("post_install", "-at_install", "security", "access_rights")
class TestModelAccess(ModelAccessCase):
    def test_every_model_is_in_the_table(self):
        message = "Say in tests/helpers/model_access.py who may do what with it, and give it rules and access lines."
        self.assertEqual(
            {name for name, _model in self.get_models(False)}, set(model_access.RECORDS), message
        )
        self.assertEqual({name for name, _model in self.get_models(True)}, set(model_access.DIALOGS), message)

    def test_every_model_has_a_record_rule(self):
        rules = self.env["ir.rule"].search([("model_id.model", "=like", "emulation.%")])
        with_rule = {rule.model_id.model for rule in rules if not rule.groups}
        for name, _model in [*self.get_models(False), *self.get_models(True)]:
            with self.subTest(model=name):
                self.assertEqual(name in with_rule, name not in model_access.SHARED)

    def check_role(self, role):
        user = getattr(self, f"user_{role}")
        self.authenticate(user.login, user.login)
        column = model_access.ROLES.index(role)
        tables = {name: rights for name, (rights, _seen) in model_access.RECORDS.items()}
        for name, rights in {**tables, **model_access.DIALOGS}.items():
            allowed = rights.split()[column]
            for operation, letter in OPERATIONS.items():
                with self.subTest(model=name, role=role, operation=operation):
                    self.assertEqual(self.ask(name, "has_access", [], operation), letter in allowed)

    def test_employee(self):
        self.check_role("employee")

    def test_council(self):
        self.check_role("council")

    def test_officer(self):
        self.check_role("officer")

    def test_admin(self):
        self.check_role("admin")

    def test_a_colleague_reads_only_what_is_for_all(self):
        self.authenticate(self.user_other_head.login, self.user_other_head.login)
        for name, (_rights, seen) in model_access.RECORDS.items():
            with self.subTest(model=name):
                self.assertEqual(self.reads(name, self.records[name]), seen)

    def test_officers_of_another_company_do_nothing(self):
        self.authenticate(self.user_foreign_officer.login, self.user_foreign_officer.login)
        for name, record in self.records.items():
            if name in model_access.SHARED:
                continue
            with self.subTest(model=name):
                self.assertFalse(self.reads(name, record))
                self.assertTrue(self.is_refused(name, "write", record.ids, {"sequence": 1}))
                self.assertTrue(self.is_refused(name, "unlink", record.ids))
                self.env.invalidate_all()
                self.assertTrue(record.exists())

    def test_dialogs_are_the_own(self):
        for name, rights in model_access.DIALOGS.items():
            owner = self.user_officer
            builder = RecordBuilder(self.env, self.company, self.employee_unit, dict(self.builder.known))
            record = builder.build(name)
            self.env.flush_all()
            self.assertTrue(record.exists(), name)
            # A row is of who has its dialog open, too.
            for dialog in (
                record,
                *(builder.known[one] for one in model_access.DIALOGS if one in builder.known),
            ):
                query = f'UPDATE "{dialog._table}" SET create_uid = %s WHERE id = %s'
                self.env.cr.execute(query, [owner.id, dialog.id])
            self.env.invalidate_all()
            for user, expected in ((owner, True), (self.user_admin, False), (self.user_head, False)):
                with self.subTest(model=name, user=user.login):
                    self.authenticate(user.login, user.login)
                    allowed = expected and "r" in rights.split()[2]
                    self.assertEqual(self.reads(name, record), allowed)


@tagged("post_install", "-at_install", "security", "access_rights")
class TestOutsidersByRpc(ModelAccessCase):
    """Portal pages read through their own gate: by RPC there is nothing, of no model, by no method."""

    def get_calls(self, name, record):
        domain = [("id", "in", record.ids)]
        yield "read", record.ids, ["display_name"]
        yield "search_read", domain, ["id"]
        yield "search_count", domain
        yield "search", []
        yield "name_search", "a"
        yield "web_read", record.ids, {"display_name": {}}
        yield "web_search_read", domain, {"id": {}}
        yield "formatted_read_group", [], [], ["__count"]
        yield "export_data", record.ids, ["id"]
        yield "get_views", [[False, "list"]]
        yield "write", record.ids, {"sequence": 1}
        yield "unlink", record.ids
        yield "create", [{}]
        yield "copy", record.ids

    def check_outsider(self, login):
        self.authenticate(login, login)
        for name, record in self.records.items():
            for method, *args in self.get_calls(name, record):
                with self.subTest(model=name, method=method):
                    self.assertTrue(self.is_refused(name, method, *args))
        self.env.invalidate_all()
        for name, record in self.records.items():
            self.assertTrue(record.exists(), name)

    def test_portal(self):
        self.check_outsider(self.user_portal.login)

    def test_public(self):
        self.check_outsider(None)

    def test_portal_reads_no_dialog(self):
        self.authenticate(self.user_portal.login, self.user_portal.login)
        for name in model_access.DIALOGS:
            for operation in OPERATIONS:
                with self.subTest(model=name, operation=operation):
                    self.assertFalse(self.ask(name, "has_access", [], operation))

    def test_portal_finds_no_way_round(self):
        """Files, messages, activities and fields of the addon on other models."""
        record = self.records["emulation.commendation"]
        proof = self.env["ir.attachment"].create(
            {"name": "minh-chung.pdf", "raw": b"x", "res_model": record._name, "res_id": record.id}
        )
        record.message_post(body="Nội bộ")
        self.authenticate(self.user_portal.login, self.user_portal.login)
        for model, field in (
            ("ir.attachment", "res_model"),
            ("mail.message", "model"),
            ("mail.activity", "res_model"),
        ):
            domain = [(field, "=like", "emulation.%")]
            with self.subTest(model=model):
                self.assertTrue(
                    self.is_refused(model, "search_read", domain, ["id"])
                    or not self.ask(model, "search_read", domain, ["id"])
                )
        self.assertTrue(self.is_refused("ir.attachment", "read", proof.ids, ["name"]))
        self.assertEqual(self.url_open(f"/web/content/{proof.id}").status_code, 404)
        for model in ("hr.employee", "hr.employee.public", "hr.department"):
            with self.subTest(model=model):
                self.assertTrue(self.is_refused(model, "search_read", [], ["emulation_granted_count"]))

    def test_portal_reads_no_setting(self):
        names = [name for name in self.env["res.company"]._fields if name.startswith("emulation_")]
        self.assertGreater(len(names), 5)
        self.authenticate(self.user_portal.login, self.user_portal.login)
        for name in names:
            with self.subTest(field=name):
                self.assertTrue(self.is_refused("res.company", "read", self.company.ids, [name]))
