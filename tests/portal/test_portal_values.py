from odoo.models import BaseModel
from odoo.tests import tagged

from ...controllers.portal.gate import Gate
from ..helpers.portal_pages import PortalPages

PLAIN = (str, int, float, bool, type(None))


@tagged("post_install", "-at_install")
class TestPortalValues(PortalPages):
    """Templates get plain values: what is not handed over cannot leak, whatever a template is changed to."""

    def test_no_record_reaches_a_template(self):
        seen, render = [], Gate.render

        def watch(gate, template, title, values=None, crumbs=(), tab=""):
            seen.append((template, {"title": title, "crumbs": list(crumbs), **(values or {})}))
            return render(gate, template, title, values, crumbs, tab)

        self.patch(Gate, "render", watch)
        self._add(1)
        for url, person in self._pages().values():
            seen.clear()
            self.login(person)
            self.assertEqual(self.url_open(url).status_code, 200, url)
            self.assertTrue(seen or url in ("/my", "/my/home"), f"{url} does not come through the gate")
            for template, values in seen:
                with self.subTest(page=url):
                    self.assertEqual(list(self._find_odd(values, template)), [])

    def _find_odd(self, value, path):
        """Yield where something else than text, numbers, lists and dictionaries is."""
        if isinstance(value, dict):
            for key, part in value.items():
                yield from self._find_odd(part, f"{path}.{key}")
        elif isinstance(value, (list, tuple)) and not isinstance(value, BaseModel):
            for number, part in enumerate(value):
                yield from self._find_odd(part, f"{path}[{number}]")
        elif not isinstance(value, PLAIN):
            yield f"{path}: {type(value).__name__}"
