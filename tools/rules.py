"""This project's own rules for its text files, beside those of the well-known checkers."""

import ast
import re
import shutil
import subprocess
from pathlib import Path

from .debian import apt_addresses
from .places import MODULE

# Known to be of the places packages come from; the machine's own settings add theirs.
REGISTRY = re.compile(
    r"\b[\w.-]*(?:pypi|pythonhosted|npmjs|nodesource)[\w-]*\.[a-z]{2,6}\b|\b[\w.-]*\bmirrors?\.[\w-]+\.[a-z]{2,}\b",
    re.I,
)
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:root|home/\w+|Users/\w+)/")
OWN_IMPORT = re.compile(rf"^\s*(?:from|import) odoo\.addons\.{MODULE}\b")
CONFLICT = re.compile(r"^(<<<<<<<|>>>>>>>) ")
TEXT = set(
    ".cfg .csv .html .in .ini .js .json .lock .md .po .pot .py .scss .sh .svg .toml .txt .xml .yaml .yml".split()
)
TRANSLATORS = ("_", "_lt")
# Folders of tests that run without Odoo.
PLAIN = sorted(ini.parent.name for ini in Path(__file__).parents[1].glob("tests/*/pytest.ini"))


def broken(checkout, names):
    """Return the lines of these files that break a rule, as ``file:line: reason``."""
    found = []
    hosts = machine_hosts()
    for name in names:
        suffix = Path(name).suffix
        if suffix in TEXT or not suffix:
            text = (checkout / name).read_text(encoding="utf-8", errors="replace")
            for number, line in enumerate(text.splitlines(), 1):
                found += [f"{name}:{number}: {reason}" for reason in faults(line, name, hosts)]
            found += [f"{name}:1: {reason}" for reason in name_faults(name)]
            if suffix == ".py":
                found += [f"{name}:{number}: {reason}" for number, reason in code_faults(text)]
    return found


def faults(line, name, hosts=()):
    """Yield what is wrong with a line.

    >>> list(faults("from odoo.addons.hr_emulation.engine import prize", "models/x.py"))
    ['import the own addon relatively']
    >>> list(faults("see https://repo.example.vn/simple", "README.md", {"repo.example.vn"}))
    ['names a package source: repo.example.vn']
    """
    if CONFLICT.match(line):
        yield "conflict marker"
    if OWN_IMPORT.match(line) and not name.startswith("tools/"):
        yield "import the own addon relatively"
    if MACHINE_PATH.search(line):
        yield "names a path of one machine"
    if (registry := REGISTRY.search(line)) or (
        registry := next((host for host in hosts if host in line), None)
    ):
        yield f"names a package source: {registry if isinstance(registry, str) else registry[0]}"


def name_faults(name):
    """Yield what is wrong with the name of a file.

    >>> list(name_faults("tests/engine/test_prize.py"))
    ['Odoo takes it for one of its own tests that nobody imports: a test without Odoo is called *_test.py']
    >>> list(name_faults("tests/test_prize.py")), list(name_faults("tests/engine/prize_test.py"))
    ([], [])
    """
    if re.match(rf"tests/({'|'.join(PLAIN)})/test_.*\.py$", name):
        yield "Odoo takes it for one of its own tests that nobody imports: a test without Odoo is called *_test.py"


def code_faults(text):
    """Yield (line, reason) of what is wrong with Python code.

    >>> list(code_faults('name = f"{self.env._(\\'Ratings\\')} 2026"'))
    [(1, 'a term inside an f-string is not exported on Python 3.11: translate the whole text with placeholders')]
    >>> list(code_faults('name = self.env._("Ratings %s", 2026)'))
    []
    """
    try:
        tree = ast.parse(text)
    except SyntaxError:  # the other checkers say so
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and any(map(is_translation, ast.walk(node))):
            yield (
                node.lineno,
                "a term inside an f-string is not exported on Python 3.11: "
                "translate the whole text with placeholders",
            )


def is_translation(node):
    """Tell whether a node of a syntax tree calls `_`, `self.env._` or `_lt`."""
    if not isinstance(node, ast.Call):
        return False
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", None)
    return name in TRANSLATORS


def machine_hosts():
    """Return the host names this machine fetches packages from, out of the settings of apt, pip and npm."""
    settings = apt_addresses()
    for command in (["python3", "-m", "pip", "config", "list"], ["npm", "config", "get", "registry"]):
        if shutil.which(command[0]):
            settings += subprocess.run(command, capture_output=True, text=True, cwd="/").stdout
    hosts = set(re.findall(r"https?://(?:[^@/\s']*@)?([\w.-]+)", settings))
    return {host for host in hosts if "." in host and not re.fullmatch(r"[\d.]+", host)}
