"""Debian's wkhtmltopdf (unpatched Qt): the other one that agencies print with, so the tests print with both.

Debian 13 and later have none. There Debian 12's is unpacked with every library it needs, its C library and
loader included, into the cache: it runs beside the machine's own and nothing is installed.
"""

import os
from pathlib import Path

from . import reasons
from .console import Stop, complain, step
from .debian import KEYRINGS, PrivateApt, apt_addresses, bases, unpack
from .packages import built
from .places import remove
from .processes import run

INSTALLED = Path("/usr/bin/wkhtmltopdf")
EDITION = 1
# Drawing on a graphics card, documents and other languages: nothing of it is used to print.
LEFT_OUT = (
    "./usr/share/doc",
    "./usr/share/man",
    "./usr/share/locale",
    "./usr/share/perl*",
    "./var",
    "*/libLLVM*",
    "*/dri/*",
)
WRAPPER = """#!/bin/sh
# Debian 12's wkhtmltopdf with the libraries it was built for.
root=$(dirname "$(readlink -f "$0")")
export QT_PLUGIN_PATH="$root/usr/lib/{triplet}/qt5/plugins"
exec "$root/lib/{triplet}/{loader}" --library-path "$root/lib/{triplet}:$root/usr/lib/{triplet}" \\
    "$root/usr/bin/wkhtmltopdf" "$@"
"""


def wkhtmltopdf(places):
    """Return a wkhtmltopdf with unpatched Qt; None, said aloud, where there is no way to one."""
    if INSTALLED.exists() and is_unpatched(INSTALLED):
        return INSTALLED
    try:
        folder = built(places, f"wkhtmltopdf-unpatched-{EDITION}", fetch, "the other wkhtmltopdf")
    except Stop as error:
        complain(
            f"WARNING: no wkhtmltopdf with unpatched Qt could be fetched ({error.message.splitlines()[0]}).\n"
            "WARNING: the tests that compare both kinds in millimetres will be SKIPPED."
        )
        return None
    return folder / "wkhtmltopdf"


def is_unpatched(program):
    return "patched qt" not in run([program, "--version"], timeout=60)


def fetch(folder):
    """Download and unpack it into `folder`, with this machine's own apt sources and keys."""
    keyring = next((path for path in KEYRINGS if os.access(path, os.R_OK)), None)
    if not keyring:
        raise Stop("the package debian-archive-keyring is missing")
    step("fetching the other wkhtmltopdf (unpatched Qt, about 110 MB) with this machine's apt")
    apt = PrivateApt(folder / "apt")
    apt.find_suites(bases(apt_addresses()), keyring, "bookworm")
    well, said = apt(
        "-q", "-y", "-oDebug::NoLocking=true", "--no-install-recommends", "--download-only", "install", "wkhtmltopdf"
    )  # fmt: skip
    if not well:
        raise reasons.stop("fetching wkhtmltopdf", said)
    for package in sorted((apt.folder / "cache/archives").glob("*.deb")):
        unpack(package, folder, LEFT_OUT)
        package.unlink()
    remove(apt.folder)
    write_wrapper(folder)
    run([folder / "wkhtmltopdf", "--version"], timeout=60, what="the fetched wkhtmltopdf")


def write_wrapper(folder):
    """Write the script that starts the unpacked program with its own loader."""
    loader = next(folder.glob("lib/*-linux-gnu*/ld-linux*.so.*"))
    wrapper = folder / "wkhtmltopdf"
    wrapper.write_text(WRAPPER.format(triplet=loader.parent.name, loader=loader.name))
    wrapper.chmod(0o755)
