"""Which Odoo is used."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from . import debian
from .console import Stop
from .locks import exclusive
from .places import digest

SERIES = (19, 0)


@dataclass(frozen=True)
class Odoo:
    """An Odoo to run: `path` goes on Python's path, `addons` are further folders of addons."""

    path: Path
    addons: tuple
    version: str

    @property
    def stamp(self):
        return digest(self.path, self.version, (self.path / "odoo/release.py").stat().st_mtime_ns)


def find(places, environ=os.environ):
    """Return the Odoo to use: ODOO_HOME, else Debian's in the cache, fetched if need be."""
    if environ.get("ODOO_HOME"):
        return recognise(Path(environ["ODOO_HOME"]).expanduser())
    folder = places.cache / f"odoo-{digest(debian.PACKAGES, debian.LEFT_OUT)}"
    if not folder.is_dir():
        with exclusive(places.cache / "odoo.lock", "another command is fetching Odoo: waiting"):
            if not folder.is_dir():
                debian.fetch(folder, places.cache / "odoo.part")
    return recognise(folder)


def recognise(home):
    """Return the Odoo in a folder: a source checkout, an installed package or an unpacked one."""
    candidates = (home, home.parent, home / "usr/lib/python3/dist-packages")
    path = next((place.resolve() for place in candidates if (place / "odoo/release.py").is_file()), None)
    if path is None:
        raise Stop(
            f"ODOO_HOME={home}: there is no Odoo in it (no odoo/release.py). {debian.USE_ODOO_HOME}", 3
        )
    version = release((path / "odoo/release.py").read_text())
    if version[:2] != SERIES:
        raise Stop(f"{path} is Odoo {'.'.join(map(str, version))}; this addon needs Odoo 19.0.", 3)
    own = path / "addons"
    addons = (own,) if (own / "web/__manifest__.py").is_file() else ()
    if not addons and not (path / "odoo/addons/web/__manifest__.py").is_file():
        raise Stop(f"{path} has Odoo's core but not its addons (web is missing). {debian.USE_ODOO_HOME}", 3)
    return Odoo(path, addons, ".".join(map(str, version)))


def release(text):
    """Return the version numbers in Odoo's release.py.

    >>> release("version_info = (19, 0, 0, FINAL, 0, '')")
    (19, 0, 0)
    >>> release("version_info = ('saas~18', 4, 0, FINAL, 0, '')")
    ('saas~18', 4, 0)
    """
    found = re.search(r"^version_info\s*=\s*\(([^,]+),\s*(\d+),\s*(\d+)", text, re.MULTILINE)
    if not found:
        raise Stop("Odoo's release.py names no version")
    first = found[1].strip()
    return (int(first) if first.isdigit() else first.strip("'\""), int(found[2]), int(found[3]))
