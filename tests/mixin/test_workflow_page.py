"""docs/workflow.md is what the tables say, and every verb has its three layers."""

from odoo.tests import TransactionCase, tagged

from ..helpers import workflow_table


@tagged("post_install", "-at_install")
class TestWorkflowPage(TransactionCase):
    def test_page_is_fresh(self):
        with open(workflow_table.get_path(), encoding="utf-8") as page:
            self.assertEqual(page.read(), workflow_table.build(self.env), "refresh docs/workflow.md")

    def test_every_verb_has_its_layers(self):
        models = workflow_table.get_models(self.env)
        self.assertGreater(len(models), 3)
        for model in models:
            states = dict(model._fields["state"]._description_selection(self.env))
            for verb, step in model._get_verbs().items():
                with self.subTest(model=model._name, verb=verb):
                    self.assertTrue(callable(getattr(model, f"_get_cannot_{verb}_reason")))
                    self.assertTrue(callable(getattr(model, f"_do_{verb}")))
                    self.assertTrue(step.document or callable(getattr(model, f"action_{verb}")))
                    self.assertLessEqual({*step.source, step.target} - {None}, states.keys())
                    for check in step.checks:
                        self.assertTrue(callable(check) or callable(getattr(model, check)))
