from pathlib import Path

from odoo.tests import TransactionCase, tagged

from ..models.merit import transitions


@tagged("post_install", "-at_install")
class TestWorkflowPage(TransactionCase):
    def test_the_page_is_fresh(self):
        page = Path(__file__).resolve().parents[1] / "docs" / "workflow.md"
        self.assertEqual(page.read_text(encoding="utf-8"), transitions.render_page())

    def test_the_table_covers_the_model(self):
        model = self.env["emulation.commendation"]
        self.assertEqual(dict(model._fields["state"].selection), transitions.STATES)
        for verb in transitions.TRANSITIONS:
            self.assertTrue(hasattr(model, f"_do_{verb}"))
            self.assertTrue(hasattr(model, f"_get_cannot_{verb}_reason"))
        for verb in transitions.HUMAN_VERBS:
            self.assertTrue(hasattr(model, f"action_{verb}"))
