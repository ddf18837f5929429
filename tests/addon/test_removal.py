from odoo.tests import tagged

from ...hooks import uninstall_hook
from ..helpers.document_common import DocumentCommon


@tagged("post_install", "-at_install")
class TestRemoval(DocumentCommon):
    """What Odoo would leave behind goes with the addon; what is lost is said before."""

    def test_nothing_is_left(self):
        env = self.env
        kind = env.ref("hr_emulation.activity_type_endorse")
        kept = env["ir.sequence"].create({"name": "Của người khác", "code": "other.code"})
        filters = env["ir.filters"].create({"name": "Của tôi", "model_id": "emulation.campaign"})
        left = {
            "mail.activity": env["mail.activity"].create({"activity_type_id": kind.id, "user_id": env.uid}),
            "ir.sequence": env["ir.sequence"].create({"name": "Cũ", "code": "emulation.decision"}),
            "ir.filters": filters,
            "ir.exports": env["ir.exports"].create({"name": "Cột", "resource": "emulation.campaign"}),
        }
        env["ir.config_parameter"].set_param("hr_emulation.public_address", "https://thidua.example.org")
        key = env["emulation.signing.key"]._get_current(self.company)
        uninstall_hook(env)
        for model, record in left.items():
            self.assertFalse(record.exists(), model)
        self.assertFalse(env["ir.config_parameter"].search([("key", "=like", "hr_emulation.%")]))
        self.assertTrue(kept.exists())
        self.assertTrue(key.is_here, "private keys outside the database stay")

    def test_what_is_lost_is_said_before(self):
        self.new_decision(self.new_lines(1))
        modules = self.env["ir.module.module"].search([("name", "in", ("hr_emulation", "resource"))])
        ours = modules.filtered(lambda module: module.name == "hr_emulation")
        other = self.env["ir.module.module"].search([("state", "=", "uninstalled")], limit=1)
        for module, is_said in ((ours, True), (modules - ours, True), (other, False)):
            with self.subTest(module=module.name):
                wizard = self.env["base.module.uninstall"].create({"module_ids": module.ids})
                self.assertEqual("decision: " in (wizard.emulation_loss_text or ""), is_said)
