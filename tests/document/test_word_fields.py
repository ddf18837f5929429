import re

from lxml import etree
from odoo.tests import TransactionCase, tagged

from ...models.document.word_fields import COLUMNS, PAPERS, VALUES
from ..helpers import word_fields_page

# Given by the record: its page does not mark them.
BY_RECORD = {
    "decision": {
        "total",
        "total_words",
        "count",
        *(f"line.{name}" for name in ("index", "name", "position", "award")),
    },
    "submission": {"count", *(f"line.{name}" for name in ("index", "name", "position", "award"))},
}
for given in BY_RECORD.values():
    given |= {"line.sum", "line.note"}


@tagged("post_install", "-at_install")
class TestWordFields(TransactionCase):
    """The list of fields, the marks on the pages and the documentation say the same."""

    def test_page_is_fresh(self):
        with open(word_fields_page.get_path(), encoding="utf-8") as page:
            self.assertEqual(page.read(), word_fields_page.build(self.env), "refresh docs/word-templates.md")

    def test_every_field_of_the_list_is_marked(self):
        for paper, fields in PAPERS.items():
            with self.subTest(paper=paper):
                marks = self.find_marks(f"hr_emulation.report_{paper}", set()) | BY_RECORD.get(paper, set())
                self.assertLessEqual(set(fields.list_names()) - set(fields.blocks), marks)

    def test_what_differs_among_copies_is_told_apart(self):
        """Whatever a page says of the one who gets the copy; lines of its tables stand in no header anyway."""
        for paper, fields in PAPERS.items():
            own = set()
            for sheet in etree.fromstring(self.env.ref(f"hr_emulation.report_{paper}").arch).iter("section"):
                if sheet.get("t-attf-data-copy"):
                    one = sheet.get("t-attf-data-copy").strip("{}").removesuffix("_index")
                    own |= {
                        element.get("data-field")
                        for element in sheet.xpath(".//*[@data-field][not(ancestor::table[@class='lines'])]")
                        if f"{one}[" in "".join(element.values())
                    }
            self.assertEqual(set(fields.own), own, paper)

    def test_every_paper_is_a_report_and_every_meaning_is_used(self):
        names = self.env["ir.actions.report"]._get_paper_names(PAPERS)
        self.assertNotIn(True, [name == paper for paper, name in names.items()])
        used = {name for fields in PAPERS.values() for name in fields.values}
        self.assertEqual(used, set(VALUES))
        used = {name for fields in PAPERS.values() for columns in fields.lists.values() for name in columns}
        self.assertEqual(used, set(COLUMNS))

    def find_marks(self, name, seen):
        """Return the marks of a template and of those it calls, lines with the name of their list."""
        if name in seen:
            return set()
        seen.add(name)
        root = etree.fromstring(self.env.ref(name).arch)
        marks = set()
        for element in root.iter(tag=etree.Element):
            if called := element.get("t-call"):
                marks |= self.find_marks(called, seen)
            if element.get("data-group"):
                marks.add("line.group")
            mark = element.get("data-field") or element.get("t-attf-data-field")
            if mark:
                table = next(element.iterancestors("table"), None)
                is_line = table is not None and "lines" in (table.get("class") or "").split()
                prefix = f"{table.get('data-lines') or 'line'}." if is_line else ""
                for number in "12":
                    marks.add(re.sub(r"\{\{.*\}\}", number, prefix + mark))
                    marks.add(mark)  # a sum below the lines
        return marks
