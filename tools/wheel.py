"""The build backend of pyproject.toml: whool's, on a copy that holds only what is installed.

whool packs every file git knows, under the name of the folder; this checkout may have any name and holds the
tests, tools and pictures of its developers. The pictures of the store page are for the store, which takes them from
the repository: they are a twelfth of what everybody would download. The catalogue names no file of the code and
stands in the order that packs best: Odoo reads the same out of it, and translators work in the repository.
"""

import ast
import os
import re
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from .places import MODULE, NOT_INSTALLED

CATALOGUE = Path("i18n/vi.po")
STORE_PAGE = Path("static/description/index.html")
PLACES_IN_CODE = re.compile(r"(?:^#: code:.*\n)+", re.MULTILINE)
PICTURE = re.compile(r"\s*<img\b[^>]*>")


def installed_files(checkout):
    """Return the names of the files that are installed: those git knows, without the developers' rooms."""
    command = ["git", "-C", checkout, "ls-files", "-z"]
    if (checkout / ".git").exists():
        names = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
    else:  # out of an archive
        names = [str(path.relative_to(checkout)) for path in checkout.rglob("*")]
    pictures = store_pictures((checkout / "__manifest__.py").read_text(encoding="utf-8"))
    return [
        name
        for name in names
        if name and name not in pictures and (checkout / name).is_file() and is_installed(Path(name))
    ]


def store_pictures(manifest):
    """Return the names of the pictures that only the store shows.

    >>> store_pictures("{'name': 'X', 'images': ['static/description/a.png']}")
    ['static/description/a.png']
    """
    return ast.literal_eval(manifest).get("images", [])


def without_pictures(page):
    """Return the store page as Odoo shows it of an installed addon.

    >>> without_pictures('<h2>A</h2>\\n    <img src="a.png" alt="A" />\\n<p>B</p>')
    '<h2>A</h2>\\n<p>B</p>'
    """
    return PICTURE.sub("", page)


def is_installed(name):
    """Tell whether a file is part of what is installed; Odoo reads no .pot, and who extends the addon has its sources.

    >>> names = "models/x.py", "README.md", "ARCHITECTURE.md", "tests/x.py", ".pylintrc", "i18n/x.pot"
    >>> [is_installed(Path(name)) for name in names]
    [True, True, False, False, False, False]
    """
    return not (
        NOT_INSTALLED & set(name.parts)
        or name.parts[0].startswith(".")
        or name.suffix in (".pyc", ".pot")
        or name == Path("ARCHITECTURE.md")
    )


def packed_closely(catalogue):
    """Return a catalogue as Odoo reads it: of code it asks only whether, and of the order nothing.

    >>> entry = '\\n\\n#. module: a\\n#: {}\\nmsgid "{}"'
    >>> model, code = "model:ir.model,name:a.b", "code:addons/a/x.py:0\\n#: code:addons/a/y.py:0"
    >>> print(packed_closely('msgid ""' + entry.format(model, "B") + entry.format(code, "A")), end="")
    msgid ""
    <BLANKLINE>
    #. module: a
    #: code:a:0
    msgid "A"
    <BLANKLINE>
    #. module: a
    #: model:ir.model,name:a.b
    msgid "B"
    """
    head, *entries = catalogue.rstrip("\n").split("\n\n")
    entries = [PLACES_IN_CODE.sub("#: code:a:0\n", entry) for entry in entries]
    return "\n\n".join([head, *sorted(entries, key=lambda entry: entry.partition("\n#: ")[2])]) + "\n"


CHANGED = {STORE_PAGE: without_pictures, CATALOGUE: packed_closely}


@contextmanager
def copy_of_addon():
    """Enter a copy of what is installed, in a folder named like the addon."""
    checkout = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / MODULE
        for name in installed_files(checkout):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(checkout / name, copy / name)
        for name, change in CHANGED.items():
            (copy / name).write_text(change((copy / name).read_text(encoding="utf-8")), encoding="utf-8")
        os.chdir(copy)
        try:
            yield
        finally:
            os.chdir(checkout)


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    from whool import buildapi

    target = os.path.abspath(wheel_directory)
    with copy_of_addon():
        return buildapi.build_wheel(target, config_settings)


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    from whool import buildapi

    target = os.path.abspath(metadata_directory)
    with copy_of_addon():
        return buildapi.prepare_metadata_for_build_wheel(target, config_settings)


def build_sdist(sdist_directory, config_settings=None):
    from whool import buildapi

    target = Path(sdist_directory).absolute()
    with copy_of_addon():
        return buildapi.build_sdist(target, config_settings)
