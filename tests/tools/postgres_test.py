"""Which PostgreSQL is used."""

import pytest

from tools import postgres
from tools.console import Stop


def programs(folder):
    folder.mkdir(parents=True)
    for name in ("initdb", "postgres"):
        (folder / name).touch()
    return folder


def test_the_newest_server_of_the_machine(tmp_path):
    for version in ("9.6", "12", "13", "17"):
        programs(tmp_path / version / "bin")
    assert postgres.machine_binaries({}, tmp_path) == tmp_path / "17/bin"


def test_a_client_without_server_does_not_count(tmp_path):
    (tmp_path / "17/bin").mkdir(parents=True)
    assert postgres.machine_binaries({}, tmp_path) is None


def test_pgbin_decides(tmp_path):
    programs(tmp_path / "17/bin")
    own = programs(tmp_path / "own")
    assert postgres.machine_binaries({"PGBIN": str(own)}, tmp_path) == own
    with pytest.raises(Stop, match="no initdb"):
        postgres.machine_binaries({"PGBIN": str(tmp_path)}, tmp_path)


def test_no_variable_no_external_server():
    assert postgres.external({"PGDATABASE": "x", "PGBIN": "/opt"}) is None


def test_a_password_does_not_show_in_messages():
    with pytest.raises(Stop) as caught:
        postgres.external({"DATABASE_URL": "mysql://an:secret@db/x"})
    assert "secret" not in caught.value.message
