"""What no table allows is refused: model × stored field × role × state × door, in Python and over JSON-RPC."""

import contextlib
import json
import logging
import os
import random
from collections import Counter

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.modules.module import get_module_path
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ...models.mixin import once
from ...models.mixin.verb import get_fields
from ...tools.inside import translation
from ..helpers import guard_common as guard
from ..helpers.common import EmulationCommon

_logger = logging.getLogger(__name__)

ROLES = ("proposer", "head", "council", "officer", "admin", "portal", "foreign_officer")
REFUSALS = UserError  # AccessError is one
SAMPLE = 60  # one case in so many goes over the wire
WRITTEN = 6  # one in so many goes through the real ``write``, the rest is asked of the guard
BORN = 2  # so many fields a model and role are given at birth over the wire
LOADED = 40  # one in so many is loaded like a spreadsheet


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
        cls.builder, cls.records = guard.build_records(cls)
        cls.setter = guard.StateSetter(cls.env)
        cls.allowed = {}  # {(name, state): {role: fields}}: by the first test that asks, the records are the same
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

    @contextlib.contextmanager
    def refused(self):
        """Insist on a refusal, as ``assertRaises``: what was done till then is undone, and read anew if it is ours."""
        self.env.flush_all()
        refused = False
        try:
            with self.env.cr.savepoint(flush=False):
                yield
        except REFUSALS:
            refused = True
        self.setter.drop_pending()
        self.setter.forget()
        self.assertTrue(refused, "it was not refused")

    def report(self, what, done, least=200):
        _logger.info("guard: %s cases of %s over %s models", sum(done.values()), what, len(done))
        self.assertGreater(sum(done.values()), least)

    def iter_closed(self):
        """Yield (name, record as the user, state, role, fields the tables refuse) for every combination."""
        for name, record in self.records.items():
            model = self.env[name]
            stored = {field.name for field in model._fields.values() if field.store} - guard.OWN
            for state in guard.get_states(model):
                self.setter.put(record, state)
                allowed = self.get_allowed(record, state)
                for role in ROLES:
                    closed = stored if model._write_once else stored - allowed[role]
                    yield name, self.as_role(record, role), state, role, closed

    def get_allowed(self, record, state):
        """Return {role: fields the tables let its user write in a record that is in that state}."""
        key = record._name, state
        if key not in self.allowed:
            table = record._get_writable()
            with once.kept(self.env):
                roles = {role: self.as_role(record, role)._get_roles()[record.id] for role in ROLES}
            self.allowed[key] = {role: get_fields(table, state, roles[role]) for role in ROLES}
        return self.allowed[key]


@tagged("post_install", "-at_install", "security", "access_rights")
class TestGuard(GuardCase):
    def test_every_stored_field_has_its_entry(self):
        """A field added tomorrow is closed; whoever adds it says so in tests/helpers/guard_table.json, or lists it."""
        path = os.path.join(get_module_path(translation.MODULE), "tests", "helpers", "guard_table.json")
        with open(path, encoding="utf-8") as file:
            table = json.load(file)
        found = {name: sorted(guard.get_closed(model)) for name, model in guard.get_guarded(self.env)}
        self.assertGreater(len(found), 20)
        self.assertEqual(found, table)

    def test_nothing_is_called_by_its_table(self):
        """What a refusal names is what people call it: a record without a name is called what it is."""
        for name, record in self.records.items():
            with self.subTest(model=name):
                self.assertNotEqual(record.display_name, f"{name},{record.id}")

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

    def test_every_stored_model_is_on_the_list(self):
        """A model added tomorrow keeps a list too: what it does not name, nobody writes."""
        open_models = {
            name
            for name in self.env.registry
            if name.startswith("emulation.")
            and not self.env[name]._abstract
            and not self.env[name]._transient
            and self.env[name]._auto
            and not hasattr(self.env[name], "_get_writable")
        }
        self.assertEqual(open_models, set())

    def test_writing(self):
        """Every door that ends in ``write``: the form, the list, the import of a known record."""
        asked, done, chance = Counter(), Counter(), random.Random(20261128)
        for name, record, state, role, closed in self.iter_closed():
            fields = [field for field in sorted(closed) if not chance.randrange(WRITTEN)]
            with once.kept(self.env):  # who is who is the same for all fields
                refused = set().union(*record._get_unwritable(record._fields).values())
                self.assertFalse(closed - refused, f"{name} of {state} is open to {role}")
                asked[name] += len(closed)
                for field in fields:
                    case = self.subTest(model=name, field=field, state=state, role=role)
                    with case, self.refused():
                        record.write({field: get_value(record._fields[field], self.env)})
                    done[name] += 1
        self.report("what may be written", asked, 15_000)
        self.report("write", done, 2_000)

    def test_the_superuser_is_bound_by_the_list(self):
        done = Counter()
        for name, record in self.records.items():
            for field in sorted(guard.get_closed(self.env[name])):
                with self.subTest(model=name, field=field), self.refused():
                    record.sudo().write({field: get_value(record._fields[field], self.env)})
                done[name] += 1
        self.report("write as superuser", done)

    def test_birth(self):
        """Given a value, or a default of the context, no record is born with what only a verb decides."""
        done = Counter()
        for name in self.records:
            closed = sorted(guard.get_closed(self.env[name]))
            for role in ROLES:
                model = self.env[name].sudo(False).with_user(self.get_user(role))
                for field in map(model._fields.get, closed):
                    value = get_value(field, self.env)
                    with self.subTest(model=name, field=field.name, role=role):
                        with self.refused():
                            model.create([{field.name: value}])
                        context = {f"default_{field.name}": value}
                        kept = model.with_context(**context)._drop_foreign_defaults()
                        self.assertNotIn(f"default_{field.name}", kept.env.context)
                        done[name] += 2
        self.report("create, default", done, 4_000)

    def test_birth_with_every_default_at_once(self):
        """A record made for good, whatever the context suggests, has none of it."""
        done = Counter()
        for name in self.records:
            closed = sorted(guard.get_closed(self.env[name]))
            forged = {field: get_value(self.env[name]._fields[field], self.env) for field in closed}
            context = {f"default_{field}": value for field, value in forged.items()}
            values = self.builder.get_values(self.env[name])
            for role in ROLES:
                model = self.env[name].sudo(False).with_user(self.get_user(role)).with_context(**context)
                done[name] += len(closed)
                born = self.try_create(model, values)
                for field in [field for field in closed if born and not isinstance(forged[field], list)]:
                    with self.subTest(model=name, field=field, role=role):
                        kept = born.sudo()[field]
                        kept = kept.id if isinstance(kept, models.BaseModel) else kept
                        plain = born._fields[field].type not in ("boolean", "many2one", "json")
                        self.assertFalse(plain and kept == forged[field])
        self.report("create with all defaults", done, 2_000)

    def try_create(self, model, values):
        """Return the record, as it would have been; None where it is refused."""
        born = None
        with (
            contextlib.suppress(REFUSALS, IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            made = model.create([values])
            self.env.flush_all()  # the database may refuse it only here
            born = made
        return born

    def test_copies(self):
        """A copy takes what could have been typed: not what the original became."""
        done = Counter()
        for name, record in self.records.items():
            closed = guard.get_closed(self.env[name])
            for state in guard.get_states(record):
                self.setter.put(record, state)
                for role in ROLES:
                    forged = {field: get_value(record._fields[field], self.env) for field in closed}
                    for given in ({}, forged):
                        copied = self.as_role(record, role).sudo().copy_data(given)[0]
                        with self.subTest(model=name, state=state, role=role):
                            self.assertFalse(closed & copied.keys())
                        done[name] += len(closed)
        self.report("copy", done, 4_000)

    def test_import_of_a_known_record(self):
        """``load``, the door of every spreadsheet."""
        done, chance = Counter(), random.Random(20261128)
        for name, record, state, role, closed in self.iter_closed():
            for field in sorted(closed):
                if chance.randrange(LOADED):
                    continue
                kind = record._fields[field].type
                column = f"{field}/.id" if kind.endswith("2many") or kind == "many2one" else field
                text = "1" if column != field or kind == "boolean" else None
                text = text or str(get_value(record._fields[field], self.env))
                with self.subTest(model=name, field=field, role=role, state=state):
                    self.assertFalse(self.try_load(record, [".id", column], [[str(record.id), text]]))
                done[name] += 1
        self.report("load", done, 300)

    def try_load(self, record, columns, rows):
        with (
            contextlib.suppress(REFUSALS),
            mute_logger("odoo.sql_db", "odoo.orm.models"),
            self.env.cr.savepoint(),
        ):
            return record.load(columns, rows)["ids"]
        return False

    def test_links_from_the_other_side(self):
        """A line is not hung on a record by writing the record it should hang on."""
        done = Counter()
        for name, record, state, role, closed in self.iter_closed():
            for field in map(record._fields.get, closed):
                if field.type != "many2one" or not field.comodel_name.startswith("emulation."):
                    continue
                other = self.records.get(field.comodel_name)
                if not other or record.sudo()[field.name] == other:
                    continue
                for inverse in self.env.registry.field_inverses[field]:
                    self.try_link(self.as_role(other, role), inverse.name, record)
                    done[name] += 1
                    with self.subTest(model=name, field=field.name, role=role, state=state):
                        self.assertNotEqual(record.sudo()[field.name], other)
        self.report("inverse relation", done)

    def try_link(self, other, name, record):
        with (
            contextlib.suppress(REFUSALS, IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            other.write({name: [Command.link(record.id)]})
            self.env.flush_all()

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
        draft = self.new_commendation(self.employee_proposer).with_user(self.user_proposer)
        draft.write({"achievement_ids": [Command.link(own.id)]})
        self.assertEqual(draft.achievement_ids, own, "a draft is still written")


class RpcGuardCase(GuardCase, HttpCase):
    """The same cases as a client sends them."""

    def ask(self, model, method, *args, **kwargs):
        """Return the answer; None where it was refused."""
        params = {"model": model, "method": method, "args": list(args), "kwargs": kwargs}
        with (
            mute_logger("odoo.http", "odoo.sql_db", "odoo.models", "odoo.addons.base.models.ir_model"),
            contextlib.suppress(JsonRpcException),
        ):
            return self.make_jsonrpc_request("/web/dataset/call_kw", params)
        return None

    def is_refused(self, *args, **kwargs):
        params = {"model": args[0], "method": args[1], "args": list(args[2:]), "kwargs": kwargs}
        with mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_model"):
            try:
                self.make_jsonrpc_request("/web/dataset/call_kw", params)
            except JsonRpcException:
                return True
        return False


@tagged("post_install", "-at_install", "security", "access_rights")
class TestGuardOverJsonRpc(RpcGuardCase):
    """A seeded sample."""

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
                ids = self.records[name].ids
                method, *args = chance.choice(
                    (
                        ("write", ids, {field.name: value}),
                        ("web_save", ids, {field.name: value}, {}),
                        ("web_save_multi", ids, [{field.name: value}], {}),
                    )
                )
                self.assertTrue(self.is_refused(name, method, *args))
        _logger.info("guard: %s cases over JSON-RPC", len(cases))

    def test_a_sample_of_births(self):
        """Made, copied or loaded by a client with what only a verb decides: refused, or born without it."""
        chance, done = random.Random(20261128), Counter()
        for role in ROLES:
            user = self.get_user(role)
            self.authenticate(user.login, user.login)
            for name, record in self.records.items():
                closed = [self.env[name]._fields[field] for field in sorted(guard.get_closed(self.env[name]))]
                for field in chance.sample(closed, min(BORN, len(closed))):
                    door = chance.choice(("create", "default", "copy", "load"))
                    with self.subTest(model=name, field=field.name, role=role, door=door):
                        self.check_birth(record, field, door)
                    done[door] += 1
        _logger.info("guard: births over JSON-RPC: %s", dict(done))
        self.assertGreater(sum(done.values()), 500)

    def check_birth(self, record, field, door):
        value, values = get_value(field, self.env), self.get_plain(record._name)
        if door == "create":
            self.assertTrue(self.is_refused(record._name, "create", [{**values, field.name: value}]))
            return
        if door == "load":
            columns, row = [field.name], [str(value if not isinstance(value, list | dict) else 1)]
            answer = self.ask(record._name, "load", columns, [row]) or {}
            self.assertFalse(answer.get("ids"))
            return
        if door == "copy":
            born = self.ask(record._name, "copy", record.ids, {field.name: value})
        else:
            context = {f"default_{field.name}": value}
            born = self.ask(record._name, "create", [values], context=context)
        self.env.invalidate_all()
        kept = self.env[record._name].browse(born or [])[:1][field.name]
        kept = kept.ids if isinstance(kept, models.BaseModel) else kept
        if born and field.type in ("char", "text", "float", "monetary", "integer", "date", "datetime"):
            self.assertNotIn(str(value), str(kept))

    def get_plain(self, name):
        """Return what a new record needs, as a client sends it."""
        return json.loads(json.dumps(self.builder.get_values(self.env[name]), default=str))
