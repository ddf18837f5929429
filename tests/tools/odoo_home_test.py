"""ODOO_HOME is understood in every shape, and refused with a clear word."""

import pytest

from tools import odoo_home
from tools.console import Stop


def make(folder, version="19, 0, 0", web="odoo/addons"):
    (folder / "odoo").mkdir(parents=True)
    (folder / "odoo/release.py").write_text(f"version_info = ({version}, FINAL, 0, '')\n")
    if web:
        (folder / web / "web").mkdir(parents=True)
        (folder / web / "web/__manifest__.py").touch()
    return folder


def test_source_checkout(tmp_path):
    found = odoo_home.recognise(make(tmp_path, web="addons"))
    assert (found.path, found.addons, found.version) == (tmp_path, (tmp_path / "addons",), "19.0.0")


def test_installed_package(tmp_path):
    found = odoo_home.recognise(make(tmp_path))
    assert (found.path, found.addons) == (tmp_path, ())


def test_the_package_folder_itself(tmp_path):
    make(tmp_path)
    assert odoo_home.recognise(tmp_path / "odoo").path == tmp_path


def test_unpacked_debian_package(tmp_path):
    inside = make(tmp_path / "usr/lib/python3/dist-packages")
    assert odoo_home.recognise(tmp_path).path == inside


@pytest.mark.parametrize("version", ["18, 0, 0", "'saas~19', 1, 0"])
def test_another_version_is_refused(tmp_path, version):
    with pytest.raises(Stop, match=r"needs Odoo 19\.0"):
        odoo_home.recognise(make(tmp_path, version))


def test_a_folder_without_odoo_is_refused(tmp_path):
    with pytest.raises(Stop, match="there is no Odoo in it"):
        odoo_home.recognise(tmp_path / "nowhere")


def test_odoo_without_addons_is_refused(tmp_path):
    with pytest.raises(Stop, match="web is missing"):
        odoo_home.recognise(make(tmp_path, web=None))


def test_odoo_home_wins_over_the_download(tmp_path):
    assert odoo_home.find(None, {"ODOO_HOME": str(make(tmp_path))}).path == tmp_path
