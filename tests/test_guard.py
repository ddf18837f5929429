"""What no table allows is refused: model × stored field × role × state × door, in Python and over JSON-RPC."""

import json
import logging
import os
import random
from collections import Counter

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.modules.module import get_module_path
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from ..models.mixin.verb import get_fields
from ..tools.inside import translation
from . import guard_common as guard
from .common import EmulationCommon

_logger = logging.getLogger(__name__)

ROLES = ("proposer", "head", "council", "officer", "admin", "portal", "foreign_officer")
REFUSALS = UserError  # AccessError is one
SAMPLE = 40  # one case in so many goes over the wire


def get_value(field, env):
    """Return a value that is not what the record has and that only the guard could refuse."""
    return {
        "boolean": True,
        "integer": 987654,
        "float": 98.76,
        "monetary": 99_999_999.0,
        "date": "1999-12-31",
        "datetime": "1999-12-31 12:00:00",
        "json": {"verdict": "met"},
        "many2one": 1,
        "one2many": [Command.create({})],
        "many2many": [Command.set([1])],
        "selection": field.type == "selection" and field.get_values(env)[-1],
        "binary": "eA==",
    }.get(field.type, "Giả mạo")


class GuardCase(EmulationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.records = guard.build_records(cls)
        cls.setter = guard.StateSetter(cls.env)
        cls.env.flush_all()

    def get_user(self, role):
        return getattr(self, f"user_{role}")

    def as_role(self, record, role):
        user = self.get_user(role)
        return (
            record.sudo(False)
            .with_user(user)
            .with_context(allowed_company_ids=user.company_ids.ids, tracking_disable=False)
        )

    def iter_closed(self):
        """Yield (name, record as the user, state, role, fields the tables refuse) for every combination."""
        for name, record in self.records.items():
            model = self.env[name]
            stored = {field.name for field in model._fields.values() if field.store} - guard.OWN
            for state in guard.get_states(model):
                self.setter.put(record, state)
                for role in ROLES:
                    mine = self.as_role(record, role)
                    allowed = get_fields(model._get_writable(), state, mine._get_roles()[record.id])
                    yield name, mine, state, role, stored if model._write_once else stored - allowed


@tagged("post_install", "-at_install", "security", "access_rights")
class TestGuard(GuardCase):
    def test_every_stored_field_has_its_entry(self):
        """A field added tomorrow is closed; whoever adds it says so in tests/guard_table.json, or lists it."""
        path = os.path.join(get_module_path(translation.MODULE), "tests", "guard_table.json")
        with open(path, encoding="utf-8") as file:
            table = json.load(file)
        found = {name: sorted(guard.get_closed(model)) for name, model in guard.get_guarded(self.env)}
        self.assertGreater(len(found), 20)
        self.assertEqual(found, table)

    def test_a_planted_field_is_closed_and_found(self):
        """What nobody thought of: no entry, so no way in, and the test above would name it."""
        model = self.env["emulation.commendation"]
        field = self.env["ir.model.fields"].create(
            {
                "name": "x_planted",
                "model_id": self.env["ir.model"]._get_id(model._name),
                "field_description": "Planted",
                "ttype": "boolean",
            }
        )
        self.assertIn("x_planted", guard.get_closed(model))
        record = self.as_role(self.records[model._name], "officer")
        with self.assertRaises(AccessError):
            record.write({"x_planted": True})
        field.unlink()

    def test_writing(self):
        """Every door that ends in ``write``: the form, the list, the import of a known record."""
        done = Counter()
        for name, record, state, role, closed in self.iter_closed():
            with self.subTest(model=name, role=role, state=state):
                refused = set().union(*record._get_unwritable(record._fields).values())
                self.assertFalse(closed - refused)
                done[name] += len(closed)
        self.report("write", done)

    def test_the_guard_stands_in_every_write(self):
        """One closed field of each model through the real ``write`` as the most powerful user who must not."""
        for name, record in self.records.items():
            closed = sorted(guard.get_closed(self.env[name]))
            officer = self.as_role(record, "officer")
            for field in closed[:3]:
                with self.subTest(model=name, field=field), self.assertRaises(REFUSALS):
                    officer.write({field: get_value(officer._fields[field], self.env)})
                with self.subTest(model=name, field=field, su=True), self.assertRaises(REFUSALS):
                    record.sudo().write({field: get_value(officer._fields[field], self.env)})

    def test_birth(self):
        """Given a value, or a default of the context, no record is born with what only a verb decides."""
        done = Counter()
        for name, record in self.records.items():
            model = self.env[name].with_user(self.user_officer)
            for field in map(model._fields.get, sorted(guard.get_closed(model))):
                value = get_value(field, self.env)
                with self.subTest(model=name, field=field.name):
                    with self.assertRaises(REFUSALS):
                        model._keep_allowed({field.name: value}, model._get_creatable())
                    kept = model.with_context(**{f"default_{field.name}": value})._drop_foreign_defaults()
                    self.assertNotIn(f"default_{field.name}", kept.env.context)
                    done[name] += 2
            copied = record.sudo(False).with_user(self.user_officer).sudo().copy_data()[0]
            self.assertFalse(guard.get_closed(model) & copied.keys(), name)
        self.report("create, default, copy", done)

    def test_the_other_side_of_a_relation(self):
        """A link is made where its record allows it, from whichever side."""
        own = (
            self.env["emulation.achievement"]
            .with_user(self.user_proposer)
            .create(
                {"recipient_type": "employee", "employee_id": self.employee_proposer.id, "name": "Của tôi"}
            )
        )
        granted = self.new_commendation(self.employee_proposer, state="submitted")
        with self.assertRaises(REFUSALS):
            own.write({"commendation_ids": [Command.link(granted.id)]})
        with self.assertRaises(REFUSALS):
            granted.with_user(self.user_proposer).write({"achievement_ids": [Command.link(own.id)]})
        self.assertFalse(granted.achievement_ids)

    def report(self, what, done):
        _logger.info("guard: %s cases of %s over %s models", sum(done.values()), what, len(done))
        self.assertGreater(sum(done.values()), 300)


@tagged("post_install", "-at_install", "security", "access_rights")
class TestGuardOverJsonRpc(GuardCase, HttpCase):
    """A seeded sample of the same cases as a client sends them."""

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

    def test_a_sample_of_writes(self):
        chance = random.Random(20261128)
        cases = [
            (name, state, role, self.env[name]._fields[field])
            for name, _record, state, role, closed in self.iter_closed()
            for field in sorted(closed)
            if not chance.randrange(SAMPLE)
        ]
        self.assertGreater(len(cases), 100)
        cases.sort(key=lambda case: (case[2], case[0], str(case[1])))
        signed_in = None
        for name, state, role, field in cases:
            if role != signed_in:
                user = self.get_user(role)
                self.authenticate(user.login, user.login)
                signed_in = role
            self.setter.put(self.records[name], state)
            value = get_value(field, self.env)
            with self.subTest(model=name, field=field.name, role=role, state=state):
                method = chance.choice(("write", "web_save"))
                extra = [{}] if method == "web_save" else []
                ids = self.records[name].ids
                self.assertTrue(self.is_refused(name, method, ids, {field.name: value}, *extra))
        _logger.info("guard: %s cases over JSON-RPC", len(cases))
