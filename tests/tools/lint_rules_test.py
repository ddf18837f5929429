"""The project's own rules find what they are for."""

import pytest

from tools import rules


@pytest.mark.parametrize(
    "line",
    [
        "index-url = https://files.python" + "hosted.org/simple",
        "npm config set registry https://registry.np" + "mjs.org",
        "deb http://ftp.vn.mirrors." + "example.com/debian sid main",
        "cp -r /ro" + "ot/.cache/x .",
        "see /ho" + "me/somebody/notes",
        "<" * 7 + " HEAD",
    ],
)
def test_found(line):
    assert list(rules.faults(line, "README.md"))


@pytest.mark.parametrize(
    "line",
    [
        "pip install odoo",
        "https://www.odoo.com",
        "from ..engine import prize",
        "/web/static",
        "a/root/b",
        "=====",
    ],
)
def test_not_found(line):
    assert not list(rules.faults(line, "README.md"))


def test_the_tools_may_import_the_addon_by_its_name():
    line = "from odoo.addons.hr_emulation.tests import x"
    assert not list(rules.faults(line, "tools/inside/x.py"))
    assert list(rules.faults(line, "models/x.py"))


@pytest.mark.parametrize(
    "code",
    [
        "name = f\"{_('Ratings')}\"",
        "name = f\"a {self.env._('Ratings', x=1)!r:>{width}}\"",
        "name = f\"{', '.join(env._('%s', x) for x in y)}\"",
    ],
)
def test_a_term_inside_an_f_string(code):
    assert [line for line, _reason in rules.code_faults(f"\n{code}\n")] == [2]


@pytest.mark.parametrize("code", ["_(f'{x}')", "f'{x}' + env._('Ratings')", "f'{_}'", "f'{_x(1)}'"])
def test_a_term_outside(code):
    assert not list(rules.code_faults(code))
