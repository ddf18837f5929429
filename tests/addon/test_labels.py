import re

from lxml import etree
from odoo.tests import TransactionCase, tagged

CAPITAL = re.compile(r" [A-Z][a-z]")  # not the first word, no abbreviation


@tagged("post_install", "-at_install")
class TestLabels(TransactionCase):
    """Odoo makes Title Case labels out of the names of fields: beside others they would read as by two hands."""

    def test_what_is_shown_is_in_sentence_case(self):
        views = self.env["ir.ui.view"].search(
            [("model", "=like", "emulation.%"), ("type", "in", ("form", "list", "search"))]
        )
        shown = {
            field
            for view in views
            if view.model in self.env
            for field in self._find_shown(etree.fromstring(view.arch_db), self.env[view.model])
        }
        self.assertTrue(shown)
        own = [field for field in shown if "hr_emulation" in field._modules and field.name != "display_name"]
        self.assertEqual(
            sorted(f"{field}: {field.string}" for field in own if CAPITAL.search(field.string)), []
        )

    def _find_shown(self, node, model):
        """Yield the fields below a node of a view that are shown with the label of the field."""
        for child in node:
            field = model._fields.get(child.get("name")) if child.tag == "field" else None
            hidden = {child.get("invisible"), child.get("column_invisible"), child.get("nolabel")} & {
                "1",
                "True",
            }
            if field and not child.get("string") and not hidden:
                yield field
            below = field.comodel_name if field and field.relational else model._name
            yield from self._find_shown(child, self.env.get(below, model))
