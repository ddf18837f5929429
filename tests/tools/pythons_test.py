"""The tests can run with another Python."""

import pytest

from tools import pythons
from tools.console import Stop


def program(folder, says):
    folder.mkdir(parents=True)
    path = folder / "python3.99"
    path.write_text(f"#!/bin/sh\necho {says}\n")
    path.chmod(0o755)
    return path


def test_the_newest_that_answers(tmp_path):
    program(tmp_path / ".pyenv/versions/3.99.2/bin", "broken")
    good = program(tmp_path / ".pyenv/versions/3.99.1/bin", "3.99")
    assert pythons.find("3.99", tmp_path) == good


def test_none(tmp_path):
    with pytest.raises(Stop, match=r"no Python 3\.99"):
        pythons.find("3.99", tmp_path)


@pytest.mark.parametrize("version", ["3", "2.7", "3.13.1", "new"])
def test_what_is_no_version(version):
    with pytest.raises(Stop, match=r"looks like 3\.13"):
        pythons.switch("/no/such/checkout", version)


def test_this_one_needs_no_switch():
    assert pythons.switch("/no/such/checkout", pythons.running()) is None
