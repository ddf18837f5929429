"""The build backend of pyproject.toml: whool's, on a copy that holds only what is installed.

whool packs every file git knows, under the name of the folder; this checkout may have any name and holds the
tests, tools and pictures of its developers.
"""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from .places import MODULE, NOT_INSTALLED


def installed_files(checkout):
    """Return the names of the files that are installed: those git knows, without the developers' rooms."""
    command = ["git", "-C", checkout, "ls-files", "-z"]
    if (checkout / ".git").exists():
        names = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
    else:  # out of an archive
        names = [str(path.relative_to(checkout)) for path in checkout.rglob("*")]
    return [name for name in names if name and (checkout / name).is_file() and is_installed(Path(name))]


def is_installed(name):
    """Tell whether a file is part of what is installed; Odoo reads no .pot.

    >>> [is_installed(Path(name)) for name in ("models/x.py", "README.md", "tests/x.py", ".pylintrc", "i18n/x.pot")]
    [True, True, False, False, False]
    """
    return not (
        NOT_INSTALLED & set(name.parts) or name.parts[0].startswith(".") or name.suffix in (".pyc", ".pot")
    )


@contextmanager
def copy_of_addon():
    """Enter a copy of what is installed, in a folder named like the addon."""
    checkout = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / MODULE
        for name in installed_files(checkout):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(checkout / name, copy / name)
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
