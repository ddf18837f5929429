"""`./dev lint`: what can be found without running anything."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from . import architecture, layers, packages, processes, rules
from .console import complain, step
from .locks import exclusive
from .machine import require_packages
from .places import MODULE, Places, remove
from .runner.odoo_log import patterns

PRETTIER = {".js", ".scss", ".xml"}
ALLOWED = Path(__file__).with_name("allowed_lint.txt")
DECORATION = re.compile(r"^(\*{5,} Module |\[warn\] Code style issues)")
TYPED = ("-p", "engine", "-p", "printing", "-p", "office")  # what needs no Odoo
CONTINUED = re.compile(r"^([🔴🔵]|\S+:\d+$)")


@dataclass
class Check:
    """One checker: a command, where it runs, and what to run first with --fix."""

    name: str
    command: list
    cwd: Path
    env: dict
    fix: list | None = None


def lint(checkout, options):
    """Run every checker side by side; return 1 if one complains."""
    places = Places.of(checkout)
    places.make()
    require_packages(browser=False)
    names = files(checkout)
    with exclusive(places.data / "lint.lock", "another ./dev lint runs in this checkout: waiting"):
        checks = commands(places, names)
        if options.fix:
            mend(checks)
        found = run(checks, places, names)
    found |= {"tools/allowed_lint.txt": leave_out_allowed(found, ALLOWED.read_text(encoding="utf-8"))}
    bad = sum(report(name, lines) for name, lines in found.items())
    step(f"{bad} checkers complain" if bad else "no complaint")
    return 1 if bad else 0


def mend(checks):
    """Let the checkers that can mend do so."""
    for check in checks:
        if check.fix:
            subprocess.run(list(map(str, check.fix)), cwd=check.cwd, env=check.env, stdout=subprocess.DEVNULL)


def run(checks, places, names):
    """Run checkers side by side, and our own rules; return {name: what it complains of}."""
    export(places, names)
    started = [(check, *start(check, places)) for check in checks]
    found = {
        "own rules": rules.broken(places.checkout, names),
        "layers": layers.broken(places.checkout, names),
        "architecture": architecture.broken(places.checkout, names),
    }
    for check, process, output in started:
        status = process.wait(timeout=300)
        processes.end(process)
        said = messages(output.read_text(errors="replace"))
        found[check.name] = (said or [f"exit status {status}"]) if status else []
    return found


def start(check, places):
    """Start a checker; return the process and the file its output goes to."""
    output = places.logs / f"lint-{check.name.replace(' ', '-')}.log"
    output.unlink(missing_ok=True)
    output.touch()
    return processes.start(check.command, log=output, cwd=check.cwd, env=check.env), output


def messages(text):
    """Return the single complaints in a checker's output, the lines that explain one joined to it.

    >>> messages("***** Module x\\na.py:1: bad\\n\\n🔴 because\\n\\nb.py:2: worse")
    ['a.py:1: bad 🔴 because', 'b.py:2: worse']
    """
    found = []
    for line in map(str.strip, text.splitlines()):
        if not line or DECORATION.match(line):
            continue
        if CONTINUED.match(line) and found:
            found[-1] += f" {line}"
        else:
            found.append(line.removeprefix(f"addons/{MODULE}/"))
    return found


def leave_out_allowed(found, text):
    """Take what the list allows out of {checker: complaints}; return the entries that allow nothing any more.

    >>> found = {"pylint": ["a.py: merge classes", "b.py: unused"]}
    >>> leave_out_allowed(found, "# why\\nmerge classes\\nsomething mended")
    ['nothing needs to be allowed any more, take it out: something mended']
    >>> found
    {'pylint': ['b.py: unused']}
    """
    unused = []
    for pattern in patterns(text):
        left = {name: [line for line in lines if not pattern.search(line)] for name, lines in found.items()}
        if left == found:
            unused.append(f"nothing needs to be allowed any more, take it out: {pattern.pattern}")
        found.update(left)
    return unused


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
    bin = packages.lint_environment(places) / "bin"
    environment = {
        **os.environ,
        "RUFF_CACHE_DIR": str(places.cache / "ruff"),
        "PYLINTHOME": str(places.cache / "pylint"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
    }
    here = {"cwd": places.checkout, "env": environment}
    ruff = [bin / "ruff", "check", "-q", "--output-format=concise"]
    found = [
        Check("ruff", [*ruff, "."], **here, fix=[*ruff, "--fix", "."]),
        Check(
            "ruff format",
            [bin / "ruff", "format", "--check", "."],
            **here,
            fix=[bin / "ruff", "format", "-q", "."],
        ),
        Check(
            "mypy",
            [bin / "mypy", "--cache-dir", places.cache / "mypy", *TYPED],
            **here,
        ),
        *addon_checks(bin, places, environment),
    ]
    catalogues = [name for name in names if name.endswith((".po", ".pot"))]
    if catalogues:
        command = [bin / "oca-checks-po", "--config", ".oca_hooks.cfg", *catalogues]
        found.append(Check("po", command, **here))
    formatted = [
        name for name in names if Path(name).suffix in PRETTIER and not name.startswith("static/lib/")
    ]
    if formatted:
        prettier = prettier_command(places)
        check, fix = [*prettier, "--check", *formatted], [*prettier, "--write", *formatted]
        found.append(Check("prettier", check, **here, fix=fix))
    return found


def addon_checks(bin, places, environment):
    """Return the checkers that know Odoo.

    They look for a manifest below the top of a git repository, but this repository is the addon: they see
    nothing there, and say nothing. So they are given a copy that lies in a folder of addons, as Odoo has it.
    """
    copy = exported(places)
    pylint = [bin / "pylint", "--rcfile", ".pylintrc", "--jobs", "1", "--score", "n", copy]
    return [
        Check("pylint odoo", pylint, copy, environment),
        Check(
            "odoo module",
            [bin / "oca-checks-odoo-module", "--config", ".oca_hooks.cfg", copy],
            copy,
            environment,
        ),
    ]


def exported(places):
    """Return the folder of the copy the Odoo checkers look at."""
    return places.data / "lint/addons" / MODULE


def export(places, names):
    """Copy the files anew; the folder above the addons is made to look like a repository's top."""
    copy = exported(places)
    remove(copy)
    (places.data / "lint/.git").mkdir(parents=True, exist_ok=True)
    for folder in {(copy / name).parent for name in names}:
        folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copyfile(places.checkout / name, copy / name)


def prettier_command(places):
    """Return the beginning of a command line of prettier with its XML plugin."""
    node, folder = packages.prettier(places)
    modules = folder / "node_modules"
    return [
        node, modules / "prettier/bin/prettier.cjs", "--config", ".prettierrc.json",
        "--plugin", modules / "@prettier/plugin-xml/src/plugin.js", "--log-level", "warn",
    ]  # fmt: skip


def files(checkout):
    """Return the names of the checkout's files: those git knows or would add."""
    if shutil.which("git") and (checkout / ".git").exists():
        command = ["git", "-C", checkout, "ls-files", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(command, capture_output=True, text=True).stdout.splitlines()
        return sorted({name for name in names if (checkout / name).is_file()})
    every = (path.relative_to(checkout) for path in checkout.rglob("*") if path.is_file())
    return sorted(str(path) for path in every if "__pycache__" not in path.parts)
