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
# As Odoo's own code writes it: which model, and why it does no harm.
SUDO_REASON = re.compile(r"# sudo: [\w., -]*?\w - \S")
# Code that runs for a user; tests and tools act as they please.
PRODUCT = {"controllers", "demo", "models", "report", "wizard"}
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
                found += [f"{name}:{number}: {reason}" for number, reason in code_faults(text, name)]
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
    if OWN_IMPORT.match(line) and name.endswith(".py") and not name.startswith("tools/"):
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


def code_faults(text, name=""):
    """Yield (line, reason) of what is wrong with the Python code of the file of this name.

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
        if isinstance(node, ast.ClassDef):
            yield from written_twice(node)
    if Path(name).parts[:1] and Path(name).parts[0] in PRODUCT:
        reason = "say above it which model is read with all rights, and why: # sudo: <model> - <why>"
        yield from ((line, reason) for line in unexplained_sudo(tree, text.splitlines()))


def written_twice(node):
    """Yield (line, reason) of each method that takes the place of one before it in the same class.

    Decorated ones too, which the other checkers let pass; the setter of a property is no second one.

    >>> list(written_twice(ast.parse("class A:\\n @x\\n def a(self): 1\\n @x\\n def a(self): 2").body[0]))
    [(5, 'a is written twice in this class: the first is never called')]
    >>> text = "class A:\\n @property\\n def a(self): 1\\n @a.setter\\n def a(self, b): 2"
    >>> list(written_twice(ast.parse(text).body[0]))
    []
    """
    seen = set()
    for method in node.body:
        if not isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        own = {ast.unparse(decorator).partition(".")[0] for decorator in method.decorator_list}
        if method.name in seen and method.name not in own and "overload" not in own:
            yield method.lineno, f"{method.name} is written twice in this class: the first is never called"
        seen.add(method.name)


def unexplained_sudo(node, lines, explained=False):
    """Yield the line of each ``sudo()`` that no comment explains.

    A comment explains the statement it stands in or above, with all that is nested in it; also those that follow
    at once and need ``sudo()`` too.

    >>> text = "# sudo: res.users - the name only\\nname = user.sudo().name\\nday = today()\\nmail = user.sudo().email"
    >>> list(unexplained_sudo(ast.parse(text), text.splitlines()))
    [4]
    """
    for _field, value in ast.iter_fields(node):
        before = False
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST):
                continue
            inner = explained
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                inner = False
            elif isinstance(child, ast.stmt):
                needs = any(map(is_sudo, ast.walk(child)))
                inner = explained or (needs and (before or has_reason(child, lines)))
                before = needs and inner
            if is_sudo(child) and not inner:
                yield child.func.end_lineno
            yield from unexplained_sudo(child, lines, inner)


def is_sudo(node):
    """Tell whether a node calls ``sudo()``; ``sudo(False)`` gives rights back."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "sudo"
        and not node.args
    )


def has_reason(statement, lines):
    """Tell whether a comment in the statement, in its head, or directly above it gives the reason."""
    body = getattr(statement, "body", None)
    last = body[0].lineno - 1 if isinstance(body, list) and body else statement.end_lineno
    first = statement.lineno - 1
    while first and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    return any(map(SUDO_REASON.search, lines[first : max(last, statement.lineno)]))


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
