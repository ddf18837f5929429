"""`./dev audit`: known weaknesses of every pinned Python package, looked up by pip-audit."""

import json
import subprocess
import tempfile
from pathlib import Path

from . import packages, reasons
from .console import Stop, complain, step
from .places import Places

LOCKS = (packages.LOCK, packages.LINT_LOCK, packages.AUDIT_LOCK)
ALLOWED = Path(__file__).with_name("allowed_advisories.txt")


def audit(checkout, options):
    """Ask the advisory service about the pins of all lock files; return 1 if one is weak or was not looked up."""
    places = Places.of(checkout)
    places.make()
    program = packages.audit_environment(places) / "bin/pip-audit"
    allowed = read_allowed(ALLOWED.read_text(encoding="utf-8"))
    found = [look_up(program, lock, options.service) for lock in LOCKS]
    weak = sorted({line for report in found for line in get_weak(report, allowed)})
    unknown = sorted({name for report in found for name in get_unknown(report)})
    if len(unknown) == len({package["name"] for report in found for package in report}):
        raise Stop(
            f"{options.service} knows none of the packages: pip may ask a mirror without advisories", 3
        )
    for line in weak:
        complain(line)
    if unknown:
        complain(f"the service knows nothing of {len(unknown)} packages: {', '.join(unknown)}")
    step(f"{sum(len(report) for report in found)} pins, {len(weak)} weak, {len(unknown)} not looked up")
    return 1 if weak or unknown else 0


def look_up(program, lock, service):
    """Return what pip-audit says of the pins of one lock file: [{"name", "version", "vulns"} or a skip reason]."""
    step(f"looking up {lock.name}")
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        command = [program, "-r", lock, "--no-deps", "--disable-pip", "--progress-spinner", "off"]
        command += ["--vulnerability-service", service, "--format", "json", "--output", file.name]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, cwd="/")
        written = Path(file.name).read_text(encoding="utf-8")
    if not written:
        reason = reasons.find(done.stderr) or done.stderr.strip()[-300:]
        raise Stop(f"pip-audit could not ask the service “{service}”: {reason}", 3)
    return json.loads(written)["dependencies"]


def read_allowed(text):
    """Return the ids of advisories that stay; each needs its reason.

    >>> sorted(read_allowed("# why\\n\\nPYSEC-2024-1 only on Windows\\n"))
    ['PYSEC-2024-1']
    """
    lines = [line.partition(" ") for line in text.splitlines() if line.strip() and not line.startswith("#")]
    bare = [name for name, _blank, reason in lines if not reason.strip()]
    if bare:
        raise Stop(f"{ALLOWED.name} gives no reason for {', '.join(bare)}", 2)
    return {name for name, _blank, _reason in lines}


def get_weak(report, allowed):
    """Return a line for each weakness that is not allowed."""
    return [
        f"{package['name']} {package['version']}: {found['id']} ({', '.join(found['aliases']) or 'no other name'}); "
        f"mended in {', '.join(found['fix_versions']) or 'no version yet'}"
        for package in report
        for found in package.get("vulns", ())
        if not allowed & {found["id"], *found["aliases"]}
    ]


def get_unknown(report):
    """Return the names of packages that were not looked up: silence is no good news."""
    return [package["name"] for package in report if "vulns" not in package]
