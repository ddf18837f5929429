"""Every method a client can call by name: a visitor of the portal and a colleague get nothing done by any of them."""

import inspect
import logging

from odoo import models
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from ..tools.inside import translation
from .test_guard import GuardCase

_logger = logging.getLogger(__name__)

# What a colleague may call on records of others, and why. Nothing is open to a visitor of the portal.
OPEN = {
    ("emulation.campaign", "get_list_head"): "counts what the user may read",
    ("emulation.commendation", "get_list_head"): "counts what the user may read",
    ("emulation.score", "get_marking"): "holds the lines the user marks",
}


def get_public_methods(env):
    """Yield (model, method) of all that this addon lets a client call; the ORM's own doors are tested elsewhere."""
    ours = f"odoo.addons.{translation.MODULE}."
    known = {
        *dir(models.BaseModel),
        *dir(env.registry["mail.thread"]),
        *dir(env.registry["mail.activity.mixin"]),
    }
    for name in sorted(env.registry):
        if env.registry[name]._abstract:
            continue
        found = {
            method
            for cls in env.registry[name].mro()
            if cls.__module__.startswith(ours)
            for method, function in vars(cls).items()
            if inspect.isfunction(function) and not method.startswith("_") and method not in known
        }
        for method in sorted(found):
            if not any(
                getattr(getattr(cls, method, None), "_api_private", False) for cls in env.registry[name].mro()
            ):
                yield name, method


@tagged("post_install", "-at_install", "security", "access_rights")
class TestPublicMethods(GuardCase, HttpCase):
    maxDiff = None

    def ask(self, model, method, ids):
        """Return what became of a call: "refused" with a sentence, "led on" to a view, which has rights of its own,
        "done", or the name of a raw error.
        """
        of_model = getattr(getattr(self.env.registry[model], method), "_api_model", False)
        params = {"model": model, "method": method, "args": [] if of_model else [ids], "kwargs": {}}
        with mute_logger("odoo.http", "odoo.sql_db", "odoo.addons.base.models.ir_model"):
            try:
                answer = self.make_jsonrpc_request("/web/dataset/call_kw", params)
            except JsonRpcException as error:
                name = error.args[0]
                return "refused" if name.startswith("odoo.exceptions.") else name
        is_action = isinstance(answer, dict) and str(answer.get("type")).startswith("ir.actions.")
        return "led on" if is_action else "done"

    def call_all(self, role):
        """Return {(model, method): what became of it} where it was not refused."""
        user = self.get_user(role)
        self.authenticate(user.login, user.login)
        found, count = {}, 0
        for name, method in get_public_methods(self.env):
            record = self.get_record(name)
            answer = self.ask(name, method, record.ids)
            count += 1
            if answer not in ("refused", "led on"):
                found[name, method] = answer
        _logger.info("public methods: %s called as %s", count, role)
        self.assertGreater(count, 100)
        return found

    def get_record(self, name):
        """Return a record of others; of people, units and companies those of the test."""
        own = {
            "hr.employee": self.employee_unit,
            "hr.department": self.other_unit,
            "res.company": self.company,
            "res.users": self.user_officer,
        }
        return self.records.get(name) or own.get(name) or self.env[name].browse(1)

    def test_a_visitor_of_the_portal(self):
        self.assertEqual(self.call_all("portal"), {})

    def test_a_colleague(self):
        self.assertEqual(self.call_all("proposer"), dict.fromkeys(OPEN, "done"))

    def test_an_officer_of_another_agency(self):
        """The same rights, but not here."""
        self.assertEqual(self.call_all("foreign_officer"), dict.fromkeys(OPEN, "done"))
