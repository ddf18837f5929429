from odoo import sql_db
from odoo.tests import tagged

from ..helpers.portal_pages import PortalPages


@tagged("post_install", "-at_install")
class TestPortalCost(PortalPages):
    """Every page asks the database as often for much as for little."""

    def _count(self, url):
        self.url_open(url)  # what is read once only: templates, translations, settings
        before = sql_db.sql_counter
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200, url)
        return sql_db.sql_counter - before

    def test_cost_of_a_page_does_not_grow(self):
        self._add(2)
        few, many = self._measure(), None
        self._add(12)
        many = self._measure()
        for rule, queries in few.items():
            with self.subTest(page=rule):
                self.assertGreater(queries, 1, "the counter does not count")
                self.assertLessEqual(many[rule], queries)

    def _measure(self):
        counts = {}
        for rule, (url, person) in self._pages().items():
            self.login(person)
            counts[rule] = self._count(url)
        return counts
