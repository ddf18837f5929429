"""What pip-audit found is told, and what it did not look up is not taken for safe."""

import ast
import json
from pathlib import Path

import pytest

from tools import audit
from tools.console import Stop

TOP = Path(__file__).parents[2]
WEAK = {"id": "PYSEC-2099-1", "aliases": ["CVE-2099-1"], "fix_versions": ["2.0"], "description": ""}
REPORT = [
    {"name": "good", "version": "1.0", "vulns": []},
    {"name": "weak", "version": "1.5", "vulns": [WEAK]},
    {"name": "unknown", "skip_reason": "not found"},
]


def test_a_weak_package_is_named_with_its_remedy():
    assert audit.get_weak(REPORT, set()) == ["weak 1.5: PYSEC-2099-1 (CVE-2099-1); mended in 2.0"]


@pytest.mark.parametrize("name", ["PYSEC-2099-1", "CVE-2099-1"])
def test_an_allowed_one_by_any_of_its_names(name):
    assert audit.get_weak(REPORT, {name}) == []


def test_silence_is_no_good_news():
    assert audit.get_unknown(REPORT) == ["unknown"]


def test_an_exception_needs_its_reason():
    with pytest.raises(Stop, match="PYSEC-2099-1"):
        audit.read_allowed("PYSEC-2099-1\n")


def test_the_shipped_exceptions_have_reasons():
    audit.read_allowed(audit.ALLOWED.read_text(encoding="utf-8"))


def iter_calls(*names):
    """Yield (file, call) of all calls of these names in the addon and its tools."""
    for path in TOP.rglob("*.py"):
        if "tests" not in path.relative_to(TOP).parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in names:
                    yield path, node


def test_what_excuses_the_older_lxml_holds():
    """CVE-2026-41066: its iterparse() reads files of the server unless it is told to leave entities alone."""
    found = {path.name: path.read_text(encoding="utf-8") for path, _call in iter_calls("iterparse")}
    assert sorted(found) == ["read_ods.py", "read_xlsx.py"]
    for text in found.values():
        assert text.count("iterparse(") == 1
        assert "resolve_entities=False" in text or '"resolve_entities": False' in text
    assert not [*iter_calls("ETCompatXMLParser")]


def test_what_excuses_the_older_cleaner_holds():
    """CVE-2026-49825: a link passes it where all attributes are kept. What is not cleaned at all is computed here."""
    for path, call in iter_calls("Html"):
        said = {word.arg: ast.unparse(word.value) for word in call.keywords}
        assert "sanitize_attributes" not in said, path
        assert said.get("sanitize", "True") == "True" or "compute" in said, path


def test_what_excuses_the_older_click_holds():
    """CVE-2026-7246: nothing here opens an editor through it."""
    assert not [path for path, call in iter_calls("edit") if "click" in ast.unparse(call)]
    assert "--edit" not in "".join(path.read_text(encoding="utf-8") for path in (TOP / "tools").glob("*.py"))


def test_pip_audit_is_asked_once_a_lock_file(tmp_path):
    program = tmp_path / "pip-audit"
    answer = json.dumps({"dependencies": REPORT})
    program.write_text(f'#!/bin/sh\nfor last in "$@"; do :; done\necho \'{answer}\' > "$last"\nexit 1\n')
    program.chmod(0o755)
    assert audit.look_up(program, audit.packages.LOCK, "pypi") == REPORT


def test_a_service_that_cannot_be_reached(tmp_path):
    program = tmp_path / "pip-audit"
    program.write_text("#!/bin/sh\necho 'Name or service not known' >&2\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(Stop, match="cannot be resolved"):
        audit.look_up(program, audit.packages.LOCK, "osv")
