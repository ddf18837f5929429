"""Whoever changes data or rights raises the version: Odoo offers an update to installed databases by it alone."""

from pathlib import Path

from tools import released

CHECKOUT = Path(__file__).resolve().parents[2]


def test_the_version_rises_with_data_and_rights():
    assert released.check(CHECKOUT) == ""


def test_a_changed_file_is_noticed(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "tools").mkdir()
    (tmp_path / "__manifest__.py").write_text('{"version": "19.0.1.0.0"}')
    (tmp_path / "data/awards.csv").write_text("id,name")
    released.note(tmp_path)
    assert released.check(tmp_path) == ""
    (tmp_path / "data/awards.csv").write_text("id,name,code")
    assert "raise the version" in released.check(tmp_path)
    (tmp_path / "__manifest__.py").write_text('{"version": "19.0.1.1.0"}')
    assert released.check(tmp_path) == ""
