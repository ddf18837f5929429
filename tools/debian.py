"""Odoo 19 from Debian's unstable suite, with this machine's own apt and nothing of it changed.

The server's address is never written down here: it is the one this machine's apt already uses.
"""

import getpass
import os
import re
import shutil
import subprocess
from pathlib import Path

from . import reasons
from .console import Stop, step
from .places import remove
from .processes import attempt, end, listen, start

USE_ODOO_HOME = (
    "Set ODOO_HOME to an Odoo 19.0 you have: the folder of a source checkout (it holds odoo-bin), "
    "or the folder in which the package odoo is installed."
)
PACKAGES = (
    "odoo-19/sid",
    "libjs-jquery/sid",
    "libjs-jquery-form/sid",
    "libjs-underscore/sid",
    "fonts-montserrat/sid",
    "fonts-roboto-unhinted/sid",
    # In sid these three have moved their files: Odoo's links would lead nowhere and all icons be missing.
    "fonts-font-awesome/trixie",
    "fonts-inconsolata/trixie",
    "fonts-ocr-b/trixie",
)
LEFT_OUT = (
    "*/i18n/[!v]*.po",  # keep Vietnamese
    "*/addons/l10n_*",
    "./usr/share/doc",
    "./usr/lib/python3/dist-packages/addons",  # a second copy of the addons' Python files
)
TIMEOUT = 20  # seconds for an archive to answer
STRICT = "-oAPT::Update::Error-Mode=any"
EXPIRED = re.compile(r"is expired|not valid (?:yet|until)|Valid-Until", re.I)
KEYRINGS = tuple(Path(f"/usr/share/keyrings/debian-archive-keyring.{end}") for end in ("pgp", "gpg"))
# Removed by Debian for want of source, but named in an asset bundle: without it every browser test fails.
REMOVED_SCRIPT = "addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def bases(print_uris):
    """Return the addresses of the archives this machine uses, from `apt-get update --print-uris`.

    Security and debug archives carry no unstable suite and are left out.

    >>> bases("'http://mirror.example/debian/dists/bookworm/InRelease' mirror.example_debian_InRelease 0 ")
    ['http://mirror.example/debian']
    >>> bases("'http://mirror.example/debian-security/dists/bookworm-security/InRelease' x 0 ")
    []
    """
    found = re.findall(r"^'([^']+)/dists/[^']+?/InRelease' ", print_uris, re.MULTILINE)
    return sorted({base for base in found if not re.search(r"(security|-debug)/?$", base)})


class PrivateApt:
    """apt with sources and lists of its own, as any user; the machine's proxy and keys stay in force."""

    def __init__(self, folder):
        self.folder = folder
        for name in ("lists/partial", "cache/archives/partial", "empty", "debs"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / "status").touch()
        architecture = subprocess.run(
            ["dpkg", "--print-architecture"], capture_output=True, text=True
        ).stdout.strip()
        self.options = [
            f"-oDir::Etc::sourcelist={folder}/sid.sources",
            f"-oDir::Etc::sourceparts={folder}/empty",
            f"-oDir::Etc::preferences={folder}/none",
            f"-oDir::Etc::preferencesparts={folder}/empty",
            f"-oDir::State={folder}",
            f"-oDir::State::Lists={folder}/lists",
            f"-oDir::State::status={folder}/status",
            f"-oDir::Cache={folder}/cache",
            f"-oAPT::Sandbox::User={getpass.getuser()}",
            f"-oAPT::Architectures={architecture}",
            "-oAPT::Default-Release=",
            "-oAcquire::Languages=none",
            "-oAcquire::PDiffs=false",
            "-oAcquire::GzipIndexes=true",
            "-oAcquire::Retries=1",
            f"-oAcquire::http::Timeout={TIMEOUT}",
            f"-oAcquire::https::Timeout={TIMEOUT}",
        ]

    def __call__(self, *arguments, cwd=None):
        """Run apt-get; return (success, what it said)."""
        command = ["apt-get", *self.options, *arguments]
        environ = {**os.environ, "LC_ALL": "C"}
        verb = next(word for word in arguments if not word.startswith("-"))
        status, said = attempt(command, env=environ, cwd=cwd or self.folder, what=f"apt-get {verb}")
        return status == 0, said

    def find_suites(self, candidates, keyring, suites="sid trixie"):
        """Point the sources at the first archive that serves these suites and verifies."""
        tried = []
        for base in candidates:
            (self.folder / "sid.sources").write_text(
                f"Types: deb\nURIs: {base}\nSuites: {suites}\nComponents: main\nSigned-By: {keyring}\n"
            )
            well, said = self(STRICT, "-oAcquire::Check-Valid-Until=true", "update")
            if not well and EXPIRED.search(said):
                # A mirror that lags is "expired"; its signature is still checked the second time.
                well, said = self(STRICT, "-oAcquire::Check-Valid-Until=false", "update")
            if well:
                return
            tried.append(said)
        raise self.no_suites(suites, tried)

    def no_suites(self, suites, tried):
        """Return a Stop that says whether the archives cannot be reached or lack the suites."""
        what = f"looking for Debian {suites}"
        unreachable = next((said for said in tried if reasons.find(said)), None)
        if unreachable:
            return reasons.stop(what, unreachable, f"{reasons.NETWORK} Or: {USE_ODOO_HOME}")
        said = tried[-1] if tried else "this machine's apt has no source of Debian packages"
        return reasons.stop(what, said, f"None of this machine's apt sources serves it. {USE_ODOO_HOME}")


def fetch(folder, work):
    """Download Odoo's packages and unpack them into `folder`, complete or not at all."""
    for program in ("apt-get", "dpkg-deb", "tar"):
        if not shutil.which(program):
            raise Stop(f"this is no Debian-like machine ({program} is missing). {USE_ODOO_HOME}", 3)
    keyring = next((path for path in KEYRINGS if os.access(path, os.R_OK)), None)
    if not keyring:
        raise Stop(f"the package debian-archive-keyring is missing. {USE_ODOO_HOME}", 3)
    apt = PrivateApt(work / "apt")  # what an interrupted attempt has downloaded is still there
    step("fetching Odoo 19 (about 150 MB) with this machine's apt")
    apt.find_suites(bases(apt_addresses()), keyring)
    debs = apt.folder / "debs"
    well, said = apt("-q", "download", *PACKAGES, cwd=debs)
    if len(list(debs.glob("*.deb"))) != len(PACKAGES):  # other versions, of an interrupted attempt
        remove(debs)
        debs.mkdir()
        well, said = apt("-q", "download", *PACKAGES, cwd=debs)
    if not well:
        advice = (
            reasons.NETWORK if reasons.find(said) else f"Debian sid no longer has odoo-19. {USE_ODOO_HOME}"
        )
        raise reasons.stop("fetching Odoo", said, advice)
    step("unpacking Odoo")
    tree = work / "tree"
    remove(tree)
    tree.mkdir()
    for package in sorted(debs.glob("*.deb")):
        unpack(package, tree, LEFT_OUT)
    mend(tree / "usr/lib/python3/dist-packages")
    report_broken_links(tree)
    folder.parent.mkdir(parents=True, exist_ok=True)
    tree.rename(folder)
    remove(work)


def apt_addresses():
    """Return what apt would fetch in an update: needs no network, no root and no package lists."""
    done = subprocess.run(
        ["apt-get", "update", "--print-uris"],
        env={**os.environ, "LC_ALL": "C"},
        capture_output=True,
        text=True,
    )
    return done.stdout


def unpack(package, folder, left_out=()):
    """Unpack one Debian package into a folder, without its scripts."""
    excludes = [f"--exclude={pattern}" for pattern in left_out]
    data = start(["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE)
    command = ["tar", "-x", "-C", folder, "--no-same-owner", *excludes]
    tar = start(command, stdin=data.stdout, stderr=subprocess.PIPE)
    data.stdout.close()
    try:
        _out, said = listen(tar, f"unpacking {package.name}", 600)
        failed = [process.wait() for process in (tar, data)]
    finally:
        for process in (tar, data):
            end(process)
    if any(failed):
        raise reasons.stop(f"unpacking {package.name}", said.decode(errors="replace"), reasons.AGAIN)


def mend(packages):
    """Put back what the Debian package lacks compared with Odoo's own."""
    script = packages / "odoo" / REMOVED_SCRIPT
    if not script.exists():
        script.parent.mkdir(parents=True, exist_ok=True)
        script.write_text("/* not in the Debian package */\n")


def report_broken_links(tree):
    """Say so if a link leads nowhere: icons, fonts or libraries would be missing in the browser."""
    broken = [path for path in tree.rglob("*") if path.is_symlink() and not path.exists()]
    if broken:
        step(f"warning: {len(broken)} broken links in the unpacked Odoo, as {broken[0].relative_to(tree)}")
