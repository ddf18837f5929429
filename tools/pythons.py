"""Another Python than the one ./dev runs with: `./dev test --python 3.13`."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from .console import Stop, step

# Where people keep Pythons beside the system's.
FOLDERS = (".pyenv/versions/{}*/bin", ".local/share/uv/python/cpython-{}*/bin", "miniconda3/envs/*/bin")


def switch(checkout, version):
    """Go on with this very command in another Python, unless this one is it."""
    if not re.fullmatch(r"3\.\d+", version):
        raise Stop(f"--python {version}: it looks like 3.13", 2)
    if version == running():
        return
    program = find(version)
    step(f"going on with {program}")
    sys.stdout.flush()
    os.execv(program, [str(program), str(checkout / "dev"), *sys.argv[1:]])  # noqa: S606 (no shell is wanted)


def running():
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def find(version, home=None):
    """Return an interpreter of a version out of what this machine has."""
    for program in candidates(version, home or Path.home()):
        if answers(program) == version:
            return program
    raise Stop(
        f"this machine has no Python {version} (with the module venv). Debian calls it python{version} and "
        f"python{version}-venv; pyenv and uv install it as well.",
        3,
    )


def candidates(version, home):
    """Return the programs that may be an interpreter of this version."""
    found = [Path(path) for path in (shutil.which(f"python{version}"),) if path]
    for folder in FOLDERS:
        found += sorted(home.glob(f"{folder.format(version)}/python{version}"), reverse=True)
    return found


def answers(program):
    """Return the version an interpreter says it is, or an empty text if it cannot make virtual environments."""
    code = "import ensurepip, sys; print(*sys.version_info[:2], sep='.')"
    return subprocess.run([program, "-c", code], capture_output=True, text=True, cwd="/").stdout.strip()
