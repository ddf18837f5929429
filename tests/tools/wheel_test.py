"""What is installed, and what only developers need."""

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

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


def packed_size(names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.write(HERE / name, f"odoo/addons/hr_emulation/{name}")
    return len(buffer.getvalue())


def test_the_wheel_is_small():
    names = wheel.installed_files(HERE)
    assert packed_size(name for name in names if name.startswith("static/")) < 250_000, (
        "pictures, fonts and scripts; the grid of markers is 7 kB of them, the schema of exchange files 2 kB, "
        "the year at a glance 3 kB"
    )
    # Code, mostly: 890 kB of Python. Beside it 235 kB of Vietnamese, 20 kB of sample sets and 110 kB of the
    # archive's own directory.
    assert packed_size(names) < 1_800_000


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
