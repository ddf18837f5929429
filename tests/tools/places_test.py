"""Checkouts do not share what is theirs."""

import os

import pytest

from tools import places
from tools.console import Stop


def at(folder, home):
    return places.Places.of(folder, {"HOME": str(home)})


def test_two_checkouts_of_one_name_share_only_the_cache(tmp_path):
    one, two = (at(tmp_path / parent / "hr_emulation", tmp_path / "home") for parent in ("a", "b"))
    assert one.cache == two.cache
    assert one.data != two.data
    assert one.short != two.short
    assert one.key != two.key


def test_a_checkout_keeps_its_places(tmp_path):
    assert at(tmp_path / "x", tmp_path) == at(tmp_path / "x", tmp_path)


def test_xdg_variables_decide(tmp_path):
    variables = {"HOME": "/nowhere", "XDG_CACHE_HOME": f"{tmp_path}/c", "XDG_DATA_HOME": f"{tmp_path}/d"}
    found = places.Places.of(tmp_path / "x", variables)
    assert found.cache == tmp_path / "c/hr_emulation"
    assert found.data.parent == tmp_path / "d/hr_emulation"


def test_nothing_may_lie_inside_the_checkout(tmp_path):
    with pytest.raises(Stop, match="lies inside the checkout"):
        places.Places.of(tmp_path, {"HOME": str(tmp_path / "home")})


def test_socket_path_is_short_enough(tmp_path):
    found = at(tmp_path / ("long" * 40), tmp_path)
    assert len(str(found.short / "pg/.s.PGSQL.5432")) < 107


def test_private_folder_refuses_a_link(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(Stop, match="belongs to somebody else"):
        places.private_folder(tmp_path / "link")


def test_private_folder_is_private(tmp_path):
    places.private_folder(tmp_path / "new")
    places.private_folder(tmp_path / "new")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_digest_of_the_addon_changes_with_its_files_only(tmp_path):
    for folder in ("models", "tests"):
        (tmp_path / folder).mkdir()
    (tmp_path / "models/a.py").write_text("1")
    before = places.addon_digest(tmp_path)
    (tmp_path / "tests/test_a.py").write_text("2")
    (tmp_path / "README.md").write_text("3")
    assert places.addon_digest(tmp_path) == before
    (tmp_path / "models/a.py").write_text("4")
    assert places.addon_digest(tmp_path) != before


def test_digest_of_the_addon_changes_with_a_name(tmp_path):
    (tmp_path / "views").mkdir()
    (tmp_path / "views/a.xml").write_text("<odoo/>")
    before = places.addon_digest(tmp_path)
    os.rename(tmp_path / "views/a.xml", tmp_path / "views/b.xml")
    assert places.addon_digest(tmp_path) != before
