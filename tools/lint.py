"""`./dev lint`: what can be found without running anything."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from . import packages, processes
from .console import complain, step
from .debian import apt_addresses
from .machine import require_packages
from .places import MODULE, Places

# Known to be of the places packages come from; the machine's own settings add theirs.
REGISTRY = re.compile(
    r"\b[\w.-]*(?:pypi|pythonhosted|npmjs|nodesource)[\w-]*\.[a-z]{2,6}\b|\b[\w.-]*\bmirrors?\.[\w-]+\.[a-z]{2,}\b",
    re.I,
)
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:root|home/\w+|Users/\w+)/")
OWN_IMPORT = re.compile(rf"^\s*(?:from|import) odoo\.addons\.{MODULE}\b")
CONFLICT = re.compile(r"^(<<<<<<<|>>>>>>>) ")
TEXT = {
    ".cfg",
    ".csv",
    ".html",
    ".in",
    ".js",
    ".json",
    ".lock",
    ".md",
    ".po",
    ".pot",
    ".py",
    ".scss",
    ".svg",
    ".toml",
}
TEXT |= {".txt", ".xml", ".yml", ".yaml", ".ini", ".sh", ""}
PRETTIER = {".js", ".scss", ".xml"}


class Check:
    """One checker: a command, and what to run first with --fix."""

    def __init__(self, name, command, fix=None, env=None):
        self.name = name
        self.command = command
        self.fix = fix
        self.env = env


def lint(checkout, options):
    """Run every checker side by side; return 1 if one complains."""
    places = Places.of(checkout)
    places.make()
    require_packages(browser=False)
    checks = commands(places, files(checkout))
    if options.fix:
        for check in checks:
            if check.fix:
                subprocess.run(
                    list(map(str, check.fix)), cwd=checkout, env=check.env, stdout=subprocess.DEVNULL
                )
    started = [(check, start(check, checkout, places)) for check in checks]
    bad = report("own rules", own_rules(checkout))
    for check, (process, output) in started:
        status = process.wait(timeout=300)
        processes.end(process)
        said = output.read_text(errors="replace").strip()
        bad += report(check.name, said.splitlines() or [f"exit status {status}"] if status else [])
    step(f"{bad} checkers complain" if bad else "no complaint")
    return 1 if bad else 0


def start(check, checkout, places):
    """Start a checker; return the process and the file its output goes to."""
    output = places.logs / f"lint-{check.name.replace(' ', '-')}.log"
    output.unlink(missing_ok=True)
    output.touch()
    return processes.start(check.command, log=output, cwd=checkout, env=check.env), output


def report(name, lines):
    """Print what a checker says; return 1 if it says anything."""
    if not lines:
        return 0
    complain(f"\n{name}:")
    for line in lines:
        complain(f"  {line}")
    return 1


def commands(places, names):
    """Return the checkers for the files of the checkout."""
    venv = packages.lint_environment(places)
    node, folder = packages.prettier(places)
    environment = {
        **os.environ,
        "RUFF_CACHE_DIR": str(places.cache / "ruff"),
        "PYLINTHOME": str(places.cache / "pylint"),
    }
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    bin, addon = venv / "bin", places.addons / MODULE
    prettier = [node, folder / "node_modules/prettier/bin/prettier.cjs", "--config", ".prettierrc.json"]
    prettier += [
        "--plugin",
        folder / "node_modules/@prettier/plugin-xml/src/plugin.js",
        "--log-level",
        "warn",
    ]
    formatted = [
        name for name in names if Path(name).suffix in PRETTIER and not name.startswith("static/lib/")
    ]
    catalogues = [name for name in names if name.endswith((".po", ".pot"))]
    pylint = [bin / "pylint", "--rcfile", ".pylintrc", "--jobs", "1", "--score", "n", addon]
    found = [
        Check(
            "ruff",
            [bin / "ruff", "check", "-q", "--output-format=concise", "."],
            [bin / "ruff", "check", "-q", "--fix", "."],
            environment,
        ),
        Check(
            "ruff format",
            [bin / "ruff", "format", "--check", "."],
            [bin / "ruff", "format", "-q", "."],
            environment,
        ),
        Check("pylint odoo", pylint, None, environment),
        Check(
            "odoo module",
            [bin / "oca-checks-odoo-module", "--config", ".oca_hooks.cfg", addon],
            None,
            environment,
        ),
    ]
    if catalogues:
        found.append(
            Check("po", [bin / "oca-checks-po", "--config", ".oca_hooks.cfg", *catalogues], None, environment)
        )
    if formatted:
        write = [*prettier, "--write", *formatted]
        found.append(Check("prettier", [*prettier, "--check", *formatted], write, environment))
    return found


def files(checkout):
    """Return the names of the checkout's files: those git knows or would add."""
    if shutil.which("git") and (checkout / ".git").exists():
        command = ["git", "-C", checkout, "ls-files", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(command, capture_output=True, text=True).stdout.splitlines()
        return sorted({name for name in names if (checkout / name).is_file()})
    every = (path.relative_to(checkout) for path in checkout.rglob("*") if path.is_file())
    return sorted(str(path) for path in every if "__pycache__" not in path.parts)


def own_rules(checkout):
    """Return the lines that break this project's own rules."""
    found = []
    hosts = machine_hosts()
    for name in files(checkout):
        path = checkout / name
        if path.suffix in TEXT:
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                found += [f"{name}:{number}: {reason}" for reason in faults(line, name, hosts)]
    return found


def faults(line, name, hosts=()):
    """Return what is wrong with a line.

    >>> list(faults("from odoo.addons.hr_emulation.engine import prize", "models/x.py"))
    ['import the own addon relatively']
    >>> list(faults("see https://repo.example.vn/simple", "README.md", {"repo.example.vn"}))
    ['names a package source: repo.example.vn']
    """
    if CONFLICT.match(line):
        yield "conflict marker"
    if OWN_IMPORT.match(line) and not name.startswith(("tools/", "benchmarks/")):
        yield "import the own addon relatively"
    if MACHINE_PATH.search(line):
        yield "names a path of one machine"
    if (registry := REGISTRY.search(line)) or (
        registry := next((host for host in hosts if host in line), None)
    ):
        yield f"names a package source: {registry if isinstance(registry, str) else registry[0]}"


def machine_hosts():
    """Return the host names this machine fetches packages from, out of the settings of apt, pip and npm."""
    settings = apt_addresses()
    for command in (["python3", "-m", "pip", "config", "list"], ["npm", "config", "get", "registry"]):
        if shutil.which(command[0]):
            settings += subprocess.run(command, capture_output=True, text=True, cwd="/").stdout
    hosts = set(re.findall(r"https?://(?:[^@/\s']*@)?([\w.-]+)", settings))
    return {host for host in hosts if "." in host and not re.fullmatch(r"[\d.]+", host)}
