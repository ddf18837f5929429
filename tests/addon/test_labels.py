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


@tagged("post_install", "-at_install")
class TestHeadings(TransactionCase):
    """What a document is about is a sentence: in a heading of one line its end would be cut while it is written."""

    def test_a_sentence_in_a_heading_is_shown_whole(self):
        views = self.env["ir.ui.view"].search([("model", "=like", "emulation.%"), ("type", "=", "form")])
        headings = {
            view.model: node
            for view in views
            for node in etree.fromstring(view.arch_db).xpath(
                "//*[self::h1 or self::h2]/field[@name='abstract']"
            )
        }
        self.assertIn("emulation.submission", headings)
        self.assertEqual([model for model, node in headings.items() if node.get("widget") != "text"], [])


@tagged("post_install", "-at_install")
class TestLongNames(TransactionCase):
    """Awards of the law are called alike in their first twenty letters: cut there, nobody can tell them apart."""

    AWARDS = ("emulation.award", "emulation.commendation")  # the second is shown with its award

    def test_a_list_shows_the_name_of_an_award_whole(self):
        views = self.env["ir.ui.view"].search(
            [("model", "=like", "emulation.%"), ("type", "in", ("form", "list"))]
        )
        columns = [
            (f"{view.xml_id}: {column.get('name')}", column)
            for view in views
            if view.model in self.env
            for column in self._find_columns(etree.fromstring(view.arch_db), self.env[view.model])
        ]
        self.assertGreater(len(columns), 20)
        self.assertEqual([name for name, column in columns if not self._is_whole(column)], [])

    def _find_columns(self, node, model):
        """Yield the columns of lists below a node of a view that show an award."""
        for child in node:
            field = model._fields.get(child.get("name")) if child.tag == "field" else None
            hidden = child.get("column_invisible") in ("1", "True")
            if field and node.tag == "list" and not hidden and self._shows_award(field):
                yield child
            below = field.comodel_name if field and field.relational else model._name
            yield from self._find_columns(child, self.env.get(below, model))

    def _shows_award(self, field):
        if field.name == "display_name":
            return field.model_name == "emulation.commendation"
        return field.type in ("many2one", "many2many") and field.comodel_name in self.AWARDS

    def _is_whole(self, column):
        """Tell whether a cell takes a second line, or its list shows tags whole (whole_names.scss)."""
        classes = " ".join(node.get("class", "") for node in (column, column.getparent())).split()
        return "o_emulation_whole_names" in classes if column.get("widget") else "text-wrap" in classes
