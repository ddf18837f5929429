"""Which data and rights the last version brought: an installed database learns of a change by a higher version only."""

import ast
import hashlib
import json

FILE = "tools/released.json"
FOLDERS = ("data", "security")


def get_version(checkout):
    """Return the version the manifest names."""
    return ast.literal_eval((checkout / "__manifest__.py").read_text(encoding="utf-8"))["version"]


def get_digest(checkout):
    """Return a digest of everything an update writes into databases: data, rights."""
    seen = hashlib.sha256()
    for folder in FOLDERS:
        for path in sorted((checkout / folder).rglob("*")):
            if path.is_file():
                seen.update(f"{path.relative_to(checkout)}\0".encode() + path.read_bytes() + b"\0")
    return seen.hexdigest()


def find_fault(released, version, digest):
    """Return why an installed database would miss something, or an empty text.

    :param dict released: ``version`` and ``digest`` of the last version

    >>> last = {"version": "19.0.1.9.0", "digest": "a"}
    >>> find_fault(last, "19.0.1.9.0", "a"), find_fault(last, "19.0.1.10.0", "b")
    ('', '')
    >>> find_fault(last, "19.0.1.9.0", "b")
    'data or rights differ from version 19.0.1.9.0: raise the version of the manifest'
    >>> find_fault(last, "19.0.1.8.0", "a")
    'version 19.0.1.8.0 is lower than 19.0.1.9.0'
    """
    before, now = ([int(part) for part in text.split(".")] for text in (released["version"], version))
    if now < before:
        return f"version {version} is lower than {released['version']}"
    if now == before and digest != released["digest"]:
        return f"data or rights differ from version {version}: raise the version of the manifest"
    return ""


def check(checkout):
    """Return why an installed database would miss something of this checkout, or an empty text."""
    released = json.loads((checkout / FILE).read_text(encoding="utf-8"))
    return find_fault(released, get_version(checkout), get_digest(checkout))


def note(checkout):
    """Write down the data and rights of the version that is released now."""
    state = {"version": get_version(checkout), "digest": get_digest(checkout)}
    (checkout / FILE).write_text(json.dumps(state, indent=1) + "\n", encoding="utf-8")
