"""Debian's wkhtmltopdf: taken from the machine, or unpacked with its own loader, or its absence said aloud."""

import pytest

from tools import unpatched
from tools.console import Stop


@pytest.fixture
def nothing_installed(monkeypatch, tmp_path):
    monkeypatch.setattr(unpatched, "INSTALLED", tmp_path / "none")


def test_the_installed_one_is_taken(monkeypatch, tmp_path):
    program = tmp_path / "wkhtmltopdf"
    program.write_text("#!/bin/sh\necho wkhtmltopdf 0.12.6\n")
    program.chmod(0o755)
    monkeypatch.setattr(unpatched, "INSTALLED", program)
    assert unpatched.wkhtmltopdf(None) == program


def test_the_unpacked_one_starts_with_its_own_loader(tmp_path):
    loader = tmp_path / "lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"
    loader.parent.mkdir(parents=True)
    loader.write_text("#!/bin/sh\necho loader: $*; echo plugins: $QT_PLUGIN_PATH\n")
    loader.chmod(0o755)
    unpatched.write_wrapper(tmp_path)
    said = unpatched.run([tmp_path / "wkhtmltopdf", "a.html", "a.pdf"])
    assert f"{tmp_path}/usr/bin/wkhtmltopdf a.html a.pdf" in said
    assert f"plugins: {tmp_path}/usr/lib/x86_64-linux-gnu/qt5/plugins" in said


def test_its_absence_is_said_aloud(monkeypatch, nothing_installed, capsys):
    def fail(*_arguments):
        raise Stop("no network")

    monkeypatch.setattr(unpatched, "built", fail)
    assert unpatched.wkhtmltopdf(None) is None
    assert "WARNING" in capsys.readouterr().err
