"""Where things lie. Nothing is ever written into the checkout."""

import hashlib
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .console import Stop

MODULE = "hr_emulation"


@dataclass(frozen=True)
class Places:
    """The folders of one checkout.

    checkout: the repository, which is the addon
    cache:    downloads shared by all checkouts of this user (Odoo, Python packages, tools)
    data:     what belongs to this checkout: PostgreSQL, file store, logs
    short:    a short private folder for sockets (their path is limited to 107 bytes) and temporary files
    key:      8 hexadecimal digits that stand for the checkout's path
    """

    checkout: Path
    cache: Path
    data: Path
    short: Path
    key: str

    @classmethod
    def of(cls, checkout, environ=os.environ):
        """Return the folders of a checkout, from the XDG variables or their defaults."""
        checkout = Path(checkout).resolve()
        key = hashlib.sha256(str(checkout).encode()).hexdigest()[:8]
        label = re.sub(r"[^A-Za-z0-9_.-]", "_", checkout.name)
        home = Path(environ.get("HOME") or Path.home())
        cache = Path(environ.get("XDG_CACHE_HOME") or home / ".cache") / MODULE
        data = Path(environ.get("XDG_DATA_HOME") or home / ".local/share") / MODULE / f"{label}-{key}"
        short = Path(tempfile.gettempdir()) / f"hre-{os.getuid()}-{key}"
        for place in (cache, data):
            if checkout == place or checkout in place.parents:
                raise Stop(
                    f"{place} lies inside the checkout: set XDG_CACHE_HOME and XDG_DATA_HOME to elsewhere"
                )
        return cls(checkout, cache, data, short, key)

    @property
    def logs(self):
        return self.data / "logs"

    @property
    def addons(self):
        """The folder given to Odoo, in which the checkout is linked under its technical name."""
        return self.data / "addons"

    @property
    def elsewhere(self):
        """Where the data of a PostgreSQL lie that must run as another account than root."""
        return Path("/var/tmp") / f"hre-pg-{self.key}"  # noqa: S108 (made private by private_folder)

    def make(self):
        """Create the folders and the link Odoo finds the addon by."""
        for folder in (self.cache, self.data, self.logs, self.addons):
            folder.mkdir(parents=True, exist_ok=True)
        private_folder(self.short)
        link = self.addons / MODULE
        if not link.is_symlink() or os.readlink(link) != str(self.checkout):
            fresh = self.addons / f".{MODULE}-{os.getpid()}"
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(self.checkout)
            fresh.rename(link)


def private_folder(folder):
    """Create a folder only this user can enter; refuse one that somebody else made first."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        if (
            folder.is_symlink()
            or not folder.is_dir()
            or not (os.getuid() == 0 or found.st_uid == os.getuid())
        ):
            raise Stop(
                f"{folder} belongs to somebody else: remove it or set TMPDIR to another folder"
            ) from None
        folder.chmod(0o700)


def remove(path):
    """Delete a file, link or folder tree if it is there."""
    if path.is_symlink() or path.is_file():
        path.unlink(missing_ok=True)
    elif path.exists():
        shutil.rmtree(path)


def digest(*parts):
    """Return 12 hexadecimal digits that change when one of the texts changes."""
    return hashlib.sha256("\0".join(str(part) for part in parts).encode()).hexdigest()[:12]


# What has no part in what is installed into a database.
NOT_INSTALLED = set(
    ".ci .git .github __pycache__ changes dev docs mypy.ini pyproject.toml ruff.toml tests tools".split()
)


def addon_digest(checkout):
    """Return a digest of every file an installed database depends on (not tests, tools or documents)."""
    seen = hashlib.sha256()
    for path in sorted(checkout.iterdir()):
        if path.name in NOT_INSTALLED or path.suffix == ".md" or path.name.startswith("."):
            continue
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                seen.update(str(file.relative_to(checkout)).encode() + b"\0")
                seen.update(hashlib.sha256(file.read_bytes()).digest())
    return seen.hexdigest()[:12]
