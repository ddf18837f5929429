"""Real connections on committed data: what tests of races, crashes and copies have in common."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import DummyRLock, Registry
from odoo.tests import BaseCase, get_db_name

from .common import give_rule


class RaceCase(BaseCase):
    """Works on committed data, so each test cleans up behind itself."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # Whoever runs the tests holds the lock of the registries; threads of a test would wait for ever.
        self.startPatcher(patch.object(Registry, "_lock", DummyRLock()))

    @contextmanager
    def connection(self, user_id=SUPERUSER_ID):
        """Give an environment on a connection of its own, committed at the end."""
        with self.registry.cursor() as cr:
            yield self.environment(cr, user_id)

    @staticmethod
    def environment(cr, user_id=SUPERUSER_ID):
        return api.Environment(cr, user_id, {"tracking_disable": True, "no_reset_password": True})

    @staticmethod
    def create_proposals(env, award, number):
        """Create drafts for people from outside; returns the drafts and the people."""
        partners = env["res.partner"].create([{"name": f"Ông bà {index}"} for index in range(number)])
        values = {
            "recipient_type": "partner",
            "award_id": award.id,
            "company_id": env.company.id,
            "rulebook_id": False,
            "period_from": "2025-01-01",
            "period_to": "2025-12-31",
            "summary": "Giúp đỡ cơ quan.",
        }
        records = env["emulation.commendation"].create(
            [{**values, "partner_id": partner.id} for partner in partners]
        )
        return records, partners


class DecisionRaceCase(RaceCase):
    """A committed decision, ready to be issued, about ``count`` people from outside."""

    count = 3

    def setUp(self):
        super().setUp()
        with self.connection() as env:
            self.series = {line.id: line.last for line in env["emulation.number.series"].search([])}
            self.parameters = self.get_parameters(env)
            self.key_ids = env["emulation.signing.key"].search([]).ids
            env["ir.config_parameter"].set_param("hr_emulation.public_address", "https://thidua.example.org")
            self.create_decision(env)
        self.addCleanup(self.clean_up)

    def create_decision(self, env):
        people = env["res.partner"].create([{"name": f"Ông bà {index}"} for index in range(self.count)])
        signer = env["hr.employee"].create({"name": "Vũ Ký Tên"})
        award = env["emulation.award"].create(
            {"name": "Giấy khen", "code": "TEST-RACE", "kind": "form", "level": "grassroots"}
        )
        book = give_rule(award)
        lines = env["emulation.commendation"].create(
            [
                {"recipient_type": "partner", "partner_id": person.id, "award_id": award.id}
                for person in people
            ]
        )
        versions = lines._get_employee_versions(fields.Date.today())
        for line in lines:
            line._write_protected({**line._prepare_snapshot(versions), "state": "appraised"})
        salary = env["emulation.base.salary"]
        if not salary.search([], limit=1):
            salary = salary.create({"date_from": "2024-07-01", "amount": 2_340_000})
        decision = env["emulation.decision"].create({"signer_id": signer.id, "issue_date": "2025-01-06"})
        decision._do_add(lines)
        self.decision_id, self.line_ids = decision.id, lines.ids
        self.made = [(record._name, record.ids) for record in (salary, book, award, signer, people)]

    @staticmethod
    def environment(cr, user_id=SUPERUSER_ID):
        return api.Environment(cr, user_id, {"tracking_disable": True, "force_report_rendering": True})

    @staticmethod
    def get_parameters(env):
        found = env["ir.config_parameter"].search([("key", "like", "hr_emulation.")])
        return {parameter.key: parameter.value for parameter in found}

    def decision(self, env):
        return env["emulation.decision"].browse(self.decision_id)

    def issue(self):
        with self.connection() as env:
            self.decision(env)._do_issue()

    def clean_up(self):
        with self.connection() as env:
            decision = self.decision(env)
            cards = decision.certificate_ids
            papers = {
                cards._name: cards.ids,
                decision._name: decision.ids,
                "emulation.commendation": self.line_ids,
            }
            about = [
                env[model].search([(owner, "=", name), ("res_id", "in", ids)])
                for owner, model in (("res_model", "ir.attachment"), ("model", "mail.message"))
                for name, ids in papers.items()
            ]
            env.cr.execute(
                "UPDATE emulation_decision SET document_attachment_id = NULL WHERE id = %s", [decision.id]
            )
            env.cr.execute("DELETE FROM emulation_certificate WHERE id = ANY(%s)", [cards.ids])
            env.cr.execute("DELETE FROM emulation_commendation WHERE id = ANY(%s)", [self.line_ids])
            env.cr.execute("DELETE FROM emulation_decision WHERE id = %s", [decision.id])
            env.invalidate_all()
            for records in about:
                records.unlink()
            for model, ids in self.made:
                env[model].browse(ids).unlink()
            self.turn_back(env)

    def turn_back(self, env):
        for line in env["emulation.number.series"].search([]):
            if line.id not in self.series:
                line._with_seal().unlink()
            else:
                line.last = self.series[line.id]
        keys = env["emulation.signing.key"].search([("id", "not in", self.key_ids)])
        store = env["emulation.installation"]._get_key_store()
        for name in keys.mapped("key_id"):
            store.forget(name)
        keys._with_seal().unlink()
        env.cr.execute("UPDATE emulation_signing_key SET retired_on = NULL, stolen_on = NULL")
        for key in self.get_parameters(env):
            env["ir.config_parameter"].set_param(key, self.parameters.get(key, False))
