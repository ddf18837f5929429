"""Two real connections on committed data: what tests of races have in common."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import DummyRLock, Registry
from odoo.tests import BaseCase, get_db_name


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
