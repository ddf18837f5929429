"""Every model of the addon has its access lines and its rule; heirs of a company field are walled in."""

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install", "security")
class TestModelSecurity(TransactionCase):
    def get_models(self):
        for name in self.env.registry:
            model = self.env[name]
            if name.startswith("emulation.") and not model._abstract:
                yield name, model

    def test_every_model_has_access_lines_with_a_group(self):
        for name, _model in self.get_models():
            lines = self.env["ir.model.access"].search([("model_id.model", "=", name)])
            with self.subTest(model=name):
                self.assertTrue(lines)
                self.assertTrue(all(line.group_id for line in lines), "no access without a group")

    def test_every_model_with_a_company_has_a_global_rule(self):
        for name, model in self.get_models():
            if model._transient or "company_id" not in model._fields:
                continue
            rules = self.env["ir.rule"].search([("model_id.model", "=", name), ("groups", "=", False)])
            with self.subTest(model=name):
                self.assertTrue(any("company_ids" in (rule.domain_force or "") for rule in rules))

    def test_public_has_no_access_line(self):
        public = self.env.ref("base.group_public") | self.env.ref("base.group_portal")
        lines = self.env["ir.model.access"].search(
            [("model_id.model", "=like", "emulation.%"), ("group_id", "in", public.ids)]
        )
        self.assertFalse(lines)
