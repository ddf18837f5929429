"""What is installed, and what only developers need."""

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import polib

from tools import wheel
from tools.workshop import manifest

HERE = Path(__file__).resolve().parents[2]


def test_the_wheel_holds_what_odoo_loads():
    names = set(wheel.installed_files(HERE))
    content = manifest(HERE)
    assert set(content["data"] + content["demo"]) <= names
    assert {"__init__.py", "__manifest__.py", "LICENSE", "README.md", "i18n/vi.po"} <= names


def test_the_wheel_holds_no_room_of_the_developers():
    tops = {name.split("/")[0] for name in wheel.installed_files(HERE)}
    assert not tops & {"tests", "tools", "docs", "changes", "dev", ".ci"}
    assert not [name for name in tops if name.startswith(".")]


def test_the_pictures_of_the_store_page_stay_in_the_repository():
    pictures = manifest(HERE)["images"]
    assert pictures
    assert all((HERE / name).is_file() for name in pictures)
    assert not set(pictures) & set(wheel.installed_files(HERE))
    page = (HERE / wheel.STORE_PAGE).read_text(encoding="utf-8")
    assert {Path(name).name for name in pictures} == set(re.findall(r'<img[^>]* src="([^"]+)"', page))
    shown = wheel.without_pictures(page)
    assert "img" not in shown
    assert re.sub(r"<[^>]+>|\s", "", shown) == re.sub(r"<[^>]+>|\s", "", page)


def read_by_odoo(path):
    """Return what Odoo reads of a catalogue: the words of each record, and of code for Python and for browsers."""
    read = set()
    for entry in polib.pofile(str(path)):
        places = {place for place, _line in entry.occurrences if not place.startswith("code:")}
        code = {entry.comment} if len(places) < len(entry.occurrences) else set()
        read |= {(place, entry.msgid, entry.msgstr) for place in places | code}
    return read


def test_odoo_reads_the_same_words_out_of_the_wheel(monkeypatch):
    monkeypatch.chdir(HERE)
    whole = read_by_odoo(HERE / wheel.CATALOGUE)
    with wheel.copy_of_addon():
        packed = read_by_odoo(wheel.CATALOGUE)
    assert len(packed) > 10_000
    assert packed == whole


def packed_size(folder):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in Path(folder).rglob("*"):
            if path.is_file():
                archive.write(path, f"odoo/addons/hr_emulation/{path}")
    return len(buffer.getvalue())


def test_the_wheel_is_small(monkeypatch):
    monkeypatch.chdir(HERE)
    with wheel.copy_of_addon():
        assert packed_size("static") < 252_000, (
            "pictures, fonts and scripts; the grid of markers is 7 kB of them, the schema of exchange files 2 kB, "
            "the year at a glance 3 kB, the guides of the roles 2 kB"
        )
        # Code, mostly: 955 kB of Python in 440 files, 230 kB of views and data. Beside it 211 kB of Vietnamese, 7 kB by
        # which an update knows what earlier versions said in it, 124 kB of fonts and 126 kB of the archive's own
        # directory; pip's list of files and digests comes on top with 37 kB. Less than this means less product, or code
        # that its users cannot read.
        assert packed_size(".") < 1_890_000


def test_the_commands_work_from_an_archive(tmp_path):
    packed = tmp_path / "archive.tar"
    subprocess.run(["git", "-C", HERE, "archive", "--output", packed, "HEAD"], check=True)
    subprocess.run(["tar", "-x", "-f", packed, "-C", tmp_path], check=True)
    assert not (tmp_path / "docs/images").exists()
    done = subprocess.run(
        [sys.executable, "-B", tmp_path / "dev", "--help"], capture_output=True, text=True, check=False
    )
    assert "serve a database with the demo data" in done.stdout, done.stderr
    code = "from tools.commands import action; action('test')"
    subprocess.run([sys.executable, "-B", "-c", code], cwd=tmp_path, check=True)
