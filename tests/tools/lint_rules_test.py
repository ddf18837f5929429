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


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("name = user.sudo().name", 1),
        ("# sudo: the name only\nname = user.sudo().name", 2),
        (
            "# sudo: res.users - the name only\nname = user.sudo().name\n\nday = today()\nmail = user.sudo().email",
            5,
        ),
        ("# sudo: res.users - the name only\ndef get(user):\n    return user.sudo().name", 3),
    ],
)
def test_rights_taken_without_a_reason(code, line):
    assert [number for number, _reason in rules.code_faults(code, "models/x.py")] == [line]
    assert not list(rules.code_faults(code, "tests/x.py"))


@pytest.mark.parametrize(
    "code",
    [
        "# sudo: res.users - the name only\nname = user.sudo().name\nmail = user.sudo().email",
        "name = user.sudo().name  # sudo: res.users - the name only",
        "# sudo: res.users - names only,\n# no more\nfor user in users.sudo():\n    name = user.sudo().name",
        "own = records.sudo(False)",
    ],
)
def test_rights_taken_with_a_reason(code):
    assert not list(rules.code_faults(code, "models/x.py"))
