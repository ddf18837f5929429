"""What pip-audit found is told, and what it did not look up is not taken for safe."""

import json

import pytest

from tools import audit
from tools.console import Stop

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
