"""A failure says its cause in one plain line and what to do; the next run heals."""

import http.server
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from tools import commands, console, debian, machine, packages, postgres, reasons
from tools.console import Stop
from tools.places import Places

HERE = Path(__file__).resolve().parents[2]


# ---------- What is unreachable


@contextmanager
def refusing():
    """Give an address nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    yield f"http://127.0.0.1:{port}"


@contextmanager
def silent():
    """Give an address that takes every connection and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(50)
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@contextmanager
def unknown():
    """Give an address whose name nobody knows."""
    yield "http://nowhere.invalid"


UNREACHABLE = [
    (refusing, "the server refuses the connection"),
    (silent, "the server does not answer"),
    (unknown, "the name of the server cannot be resolved"),
]


@pytest.fixture
def python(monkeypatch):
    """The virtual environment the tests run in, with a pip that knows no settings and waits a second."""
    for name in [name for name in os.environ if name.startswith("PIP_") or name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_DEFAULT_TIMEOUT", "1")
    monkeypatch.setattr(packages, "RETRIES", 1)
    return Path(sys.prefix)


@pytest.mark.parametrize(("server", "reason"), UNREACHABLE)
def test_an_index_that_cannot_be_reached(python, monkeypatch, tmp_path, server, reason):
    with server() as address:
        monkeypatch.setenv("PIP_INDEX_URL", f"{address}/simple")
        monkeypatch.setenv("PIP_TRUSTED_HOST", "127.0.0.1 nowhere.invalid")
        with pytest.raises(Stop) as caught:
            packages.pip(
                python, "download", "-d", tmp_path, "asn1crypto==1.5.1", what="installing Python packages"
            )
    lines = caught.value.message.splitlines()
    assert lines[0].startswith(f"installing Python packages: {reason}")
    assert "Check the network" in lines[-1]
    assert len(lines) <= 5


def test_an_index_without_the_package(python, monkeypatch, tmp_path):
    class Empty(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_error(404)

        def log_message(self, *arguments):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Empty)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}/simple")
        with pytest.raises(Stop, match="installing: it is not there"):
            packages.pip(python, "download", "-d", tmp_path, "asn1crypto==1.5.1", what="installing")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(("server", "reason"), UNREACHABLE)
def test_an_archive_that_cannot_be_reached(monkeypatch, tmp_path, server, reason):
    monkeypatch.setattr(debian, "TIMEOUT", 1)
    monkeypatch.setenv("APT_CONFIG", os.devnull)
    apt = debian.PrivateApt(tmp_path / "apt")
    apt.options.append("-oAcquire::Retries=0")
    keyring = next((path for path in debian.KEYRINGS if path.exists()), debian.KEYRINGS[0])
    started = time.monotonic()
    with server() as address, pytest.raises(Stop) as caught:
        apt.find_suites([f"{address}/debian"], keyring)
    lines = caught.value.message.splitlines()
    assert lines[0].startswith(f"looking for Debian sid trixie: {reason}")
    assert "ODOO_HOME" in lines[-1]
    assert len(lines) <= 5
    assert time.monotonic() - started < 60, "it tries again only what may help"


def test_an_archive_without_the_suite(monkeypatch, tmp_path):
    said = "E: The repository 'http://x/debian sid Release' does not have a Release file."
    with pytest.raises(Stop, match="None of this machine's apt sources serves it"):
        raise debian.PrivateApt.no_suites(None, "sid trixie", [said])


def test_only_an_expired_archive_is_asked_twice(monkeypatch, tmp_path):
    asked = []

    class Apt(debian.PrivateApt):
        def __call__(self, *arguments, cwd=None):
            asked.append(arguments)
            return len(asked) == 2, "E: Release file for http://x/InRelease is expired (invalid since 3d)."

    Apt(tmp_path).find_suites(["http://x/debian"], "key")
    assert "-oAcquire::Check-Valid-Until=false" in asked[1]


def test_long_work_is_never_silent(monkeypatch, capsys):
    monkeypatch.setattr(console.Quiet, "PAUSE", 0.2)
    packages.run(["sleep", "1"], what="counting sheep")
    assert capsys.readouterr().out.count("… counting sheep") >= 2


# ---------- A full disk


@contextmanager
def small_disk(folder, size="6m"):
    """Mount a small file system in memory on a folder, in a process of its own that others can enter."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def grow(folder, size):
    subprocess.run(["mount", "-o", f"remount,size={size}", folder], check=True)


def may_mount():
    command = ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


needs_mount = pytest.mark.skipif(not may_mount(), reason="this user may not mount a small disk")


def package(folder, megabytes):
    """Return a Debian package with random bytes in it."""
    tree = folder / "tree"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN").chmod(0o755)  # whatever the umask: dpkg insists
    (tree / "DEBIAN/control").write_text(
        "Package: big\nVersion: 1\nArchitecture: all\nMaintainer: x\nDescription: x\n"
    )
    for number in range(megabytes):
        (tree / f"part{number}").write_bytes(os.urandom(2**20))
    subprocess.run(
        ["dpkg-deb", "-Znone", "--build", tree, folder / "big.deb"], check=True, stdout=subprocess.DEVNULL
    )
    return folder / "big.deb"


@needs_mount
def test_a_disk_full_while_unpacking(tmp_path, capfd):
    big = package(tmp_path, 12)
    with small_disk(tmp_path / "disk") as disk:
        with pytest.raises(Stop) as caught:
            debian.unpack(big, disk)
        lines = caught.value.message.splitlines()
        assert lines[0] == "unpacking big.deb: the disk is full"
        assert "Make room" in lines[-1]
        assert len(lines) <= 3
        assert len(capfd.readouterr().err.splitlines()) <= 3, "tar's own complaints are not all printed"
        grow(disk, "40m")
        debian.unpack(big, disk)
        assert len(list(disk.glob("part*"))) == 12


@needs_mount
def test_a_disk_full_in_pip(tmp_path, python, monkeypatch):
    wheel = tmp_path / "wheels/big-1-py3-none-any.whl"
    wheel.parent.mkdir()
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("big/data", os.urandom(12 * 2**20))
        archive.writestr("big-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: big\nVersion: 1\n")
        archive.writestr(
            "big-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr("big-1.dist-info/RECORD", "")
    with small_disk(tmp_path / "disk") as disk:
        monkeypatch.setenv("TMPDIR", str(disk))
        arguments = ["install", "--no-index", "--no-deps", "--target", disk / "x", wheel]
        with pytest.raises(Stop) as caught:
            packages.pip(python, *arguments, what="installing")
        assert caught.value.message.splitlines()[0] == "installing: the disk is full"
        assert "Traceback" not in caught.value.message
        grow(disk, "60m")
        packages.pip(python, *arguments, what="installing")


@needs_mount
def test_too_small_a_disk_is_refused_before_any_work(tmp_path):
    with small_disk(tmp_path / "cache") as disk:
        places = Places.of(HERE, {"XDG_CACHE_HOME": str(disk), "XDG_DATA_HOME": str(tmp_path / "data")})
        places.cache.mkdir()
        places.data.mkdir(parents=True)
        with pytest.raises(Stop, match=r"MB are free, about \d+ MB are needed"):
            machine.require_space(places, browser=False)


def test_what_will_be_written_is_said_beforehand(tmp_path, capsys):
    places = Places.of(HERE, {"XDG_CACHE_HOME": str(tmp_path / "c"), "XDG_DATA_HOME": str(tmp_path / "d")})
    places.cache.mkdir(parents=True)
    places.data.mkdir(parents=True)
    machine.require_space(places, browser=True)
    assert f"MB to {places.cache}" in capsys.readouterr().out


# ---------- PostgreSQL


@pytest.fixture
def places(tmp_path):
    home = (
        Path("/var/tmp") / f"hre-test-{os.getpid()}"
    )  # below a root's temporary folder nobody else may enter
    found = Places.of(tmp_path / "checkout", {"HOME": str(home)})
    (tmp_path / "checkout").mkdir()
    yield found
    shutil.rmtree(home, ignore_errors=True)
    shutil.rmtree(found.short, ignore_errors=True)
    shutil.rmtree(found.elsewhere, ignore_errors=True)


def server(places):
    places.make()
    return postgres.PrivateServer(places, Path(sys.prefix))


@pytest.fixture(autouse=True)
def driver(monkeypatch):
    """Binaries of the machine, or those the command that runs the tests has fetched already."""
    cache = Places.of(HERE)
    monkeypatch.setattr(
        packages, "postgres", lambda _places, venv, fetch=packages.postgres: fetch(cache, venv)
    )


def kill(running):
    """Kill PostgreSQL as a power cut would."""
    number = (running.place.data / "postmaster.pid").read_text().splitlines()[0]
    children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
    for process in (number, *children):
        os.kill(int(process), 9)
    while Path(f"/proc/{number}").exists() and "Z" not in Path(f"/proc/{number}/stat").read_text().split()[2]:
        time.sleep(0.05)


# Root's server runs in a namespace, else as another account; an ordinary user's as that user.
WAYS = [postgres.NAMESPACE, ("false",)] if os.geteuid() == 0 else [postgres.NAMESPACE]


@pytest.mark.parametrize("way", WAYS)
def test_a_killed_postgresql_is_noticed_and_heals(places, monkeypatch, way):
    monkeypatch.setattr(postgres, "NAMESPACE", way)
    with server(places) as first:
        assert not first.ended_badly
        first.sql("create database kept")
        kill(first)
    with server(places) as second:
        assert second.ended_badly
        assert second.sql("select 1 from pg_database where datname = 'kept'")
    with server(places) as third:
        assert not third.ended_badly


@needs_mount
def test_a_disk_full_in_postgresql_keeps_its_cause_and_heals(places):
    with small_disk(server(places).place.data.parent, "110m") as disk:
        with pytest.raises(Stop) as caught, server(places) as first:
            first.sql("create table t as select repeat(md5(n::text), 40) from generate_series(1, 200000) n")
        assert reasons.find(commands.first(caught.value).message) == reasons.FULL
        grow(disk, "400m")
        with server(places) as second:
            assert second.sql("select 1") == [(1,)]


# ---------- The first error


def test_the_clean_up_does_not_hide_the_first_error(capsys):
    def broken(checkout, options):
        try:
            raise Stop("the disk is full", 3)
        finally:
            raise Stop("the server does not shut down")

    try:
        broken(None, None)
    except Stop as error:
        assert commands.conclude(commands.first(error)) == 3
    assert "the disk is full" in capsys.readouterr().err


def test_an_interruption_is_one_whatever_was_being_handled():
    try:
        try:
            raise BlockingIOError
        except BlockingIOError:
            raise KeyboardInterrupt  # noqa: B904 (as Ctrl-C does while a command waits for a lock)
    except KeyboardInterrupt as error:
        assert commands.conclude(commands.first(error)) == 130


def test_a_better_word_for_an_error_replaces_it():
    try:
        try:
            raise Stop("exit status 7")
        except Stop:
            raise Stop("no network") from None
    except Stop as error:
        assert commands.first(error).message == "no network"


def test_a_disk_full_under_our_own_hands(capsys):
    assert commands.conclude(OSError(28, "No space left on device", "/x/y")) == 3
    said = capsys.readouterr().err
    assert "/x/y: the disk is full" in said
    assert "Make room" in said
