"""What the operating system must bring, and how to get it."""

import ctypes
import importlib.util
import os
import shlex
import shutil
import sys
from pathlib import Path

from . import postgres, reasons
from .console import Stop, step
from .processes import attempt

# Megabytes of the parts of the cache, the downloads they are made from included.
CACHED = {"odoo": 520, "python": 450, "postgres": 200, "pycache": 200, "wkhtmltopdf": 40}
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
    _status, update = attempt(["apt-get", "update", "-q"], env=environment, what="apt-get update")
    status, said = attempt(command, env=environment, what="apt-get install")
    if status:
        raise reasons.stop(shlex.join(command), said if reasons.find(said) else f"{update}\n{said}")


def space_needed(places, browser, environ=os.environ):
    """Return the megabytes still to be written into (cache, data folder), rather too many than too few."""
    there = {path.name.split("-")[0] for path in places.cache.glob("*") if path.is_dir()}
    there |= {"odoo"} if environ.get("ODOO_HOME") else set()
    there |= {"postgres"} if postgres.external(environ) or postgres.machine_binaries(environ) else set()
    cache = sum(size for part, size in CACHED.items() if part not in there)
    if browser and not (places.cache / "wkhtmltopdf-unpatched-1").exists():
        cache += 350
    cluster = any(places.data.glob("postgres-*")) or any(places.elsewhere.glob("postgres-*"))
    return cache, 150 if cluster else 500


def require_space(places, *, browser):
    """Say what will be written where it is much; stop if there is no room for it."""
    needed = dict(zip((places.cache, places.data), space_needed(places, browser), strict=True))
    if needed[places.cache] > 300:
        told = [f"{megabytes} MB to {folder}" for folder, megabytes in needed.items()]
        step(f"about {' and '.join(told)} will be written")
    by_disk = {}
    for folder, megabytes in needed.items():
        by_disk.setdefault(folder.stat().st_dev, []).append((folder, megabytes))
    for parts in by_disk.values():
        folder, wanted = parts[0][0], sum(megabytes for _folder, megabytes in parts)
        free = shutil.disk_usage(folder).free // 2**20
        if free < wanted:
            raise Stop(f"{folder}: {free} MB are free, about {wanted} MB are needed.\n{reasons.ROOM}", 3)


def cores():
    """Return the number of processors this process may use."""
    return max(1, len(os.sched_getaffinity(0)))
