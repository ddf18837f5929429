"""Private keys lie outside the database, each database's own, for the server's own eyes."""

import stat

from printing.keystore import KeyStore


def test_a_key_is_kept_for_its_own_database(tmp_path):
    store = KeyStore(str(tmp_path), "production")
    assert store.keep("abc", "secret")
    assert not store.keep("abc", "another"), "a kept key is never written over"
    assert store.find("abc") == "secret"
    assert KeyStore(str(tmp_path), "production_copy").find("abc") is None
    store.forget("abc")
    assert store.find("abc") is None


def test_nobody_else_reads_the_file(tmp_path):
    store = KeyStore(str(tmp_path), "production")
    store.keep("abc", "secret")
    (path,) = store.folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700


def test_the_environment_goes_first(tmp_path, monkeypatch):
    store = KeyStore(str(tmp_path), "production")
    store.keep("abc", "in the file")
    monkeypatch.setenv("HR_EMULATION_KEY_ABC", "given\n")
    assert store.find("abc") == "given"


def test_another_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HR_EMULATION_KEYS", str(tmp_path / "secrets"))
    KeyStore("/nonexistent", "production").keep("abc", "secret")
    assert (tmp_path / "secrets/production/abc.key").read_text() == "secret"


def test_where_no_folder_can_be_written_the_caller_is_told(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert not KeyStore(str(blocked), "production").keep("abc", "secret")


def test_a_name_leads_out_of_no_folder(tmp_path):
    store = KeyStore(str(tmp_path / "inner"), "../outside")
    store.keep("../../abc", "secret")
    assert {path.parent for path in tmp_path.rglob("*.key")} == {tmp_path / "inner/emulation_keys/.._outside"}
