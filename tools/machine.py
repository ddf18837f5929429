"""What the operating system must bring, and how to get it."""

import ctypes
import importlib.util
import os
import shlex
import shutil
import sys
from pathlib import Path

from .console import Stop, step
from .processes import attempt

BROWSERS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")  # Odoo's own order


def find_browser():
    """Return the path of a browser Odoo's tests can drive, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def has_library(name):
    """Tell whether a shared library can be loaded here."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def missing_packages(*, browser):
    """Return the Debian packages this machine lacks, in the order they are announced."""
    wanted = {
        "ca-certificates": Path("/etc/ssl/certs/ca-certificates.crt").exists(),
        "python3-venv": importlib.util.find_spec("ensurepip") is not None,
        "libxrender1": has_library("libXrender.so.1"),
        "libxext6": has_library("libXext.so.6"),
        "libfontconfig1": has_library("libfontconfig.so.1"),
        "libcairo2": has_library("libcairo.so.2") or sys.version_info < (3, 13),
        "chromium": not browser or find_browser() is not None,
    }
    return [package for package, there in wanted.items() if not there]


def require_packages(*, browser):
    """Install what is missing (as root), or say exactly what to type (as anybody else)."""
    packages = missing_packages(browser=browser)
    if not packages:
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if not shutil.which("apt-get"):
        raise Stop(
            f"this machine lacks what Debian calls: {' '.join(packages)}. Install it and start again.", 3
        )
    if os.geteuid() != 0:
        raise Stop(
            f"missing system packages. Once, as root:\n\n    apt-get update && {shlex.join(command)}\n", 3
        )
    step(f"installing system packages: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    attempt(["apt-get", "update", "-q"], env=environment)
    status, said = attempt(command, env=environment)
    if status:
        raise Stop(f"{shlex.join(command)} failed:\n{said[-2000:]}", 3)


def cores():
    """Return the number of processors this process may use."""
    return max(1, len(os.sched_getaffinity(0)))
