"""The project's own rules find what they are for."""

import pytest

from tools import lint


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
    assert list(lint.faults(line, "README.md"))


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
    assert not list(lint.faults(line, "README.md"))


def test_the_tools_may_import_the_addon_by_its_name():
    line = "from odoo.addons.hr_emulation.tests import x"
    assert not list(lint.faults(line, "tools/inside/x.py"))
    assert list(lint.faults(line, "models/x.py"))
