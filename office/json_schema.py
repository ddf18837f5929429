"""Check a value against a JSON Schema: those words of draft 2020-12 that the schemas of this addon use, no others.

Like any reader of the standard, but for two things it leaves open: ``format`` is checked, and numbers are whole.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

Schema = Mapping[str, Any] | bool

DEFINITIONS = "#/$defs/"
TYPES = {"string": str, "integer": int, "boolean": bool, "object": dict, "array": list}
# What describes, and what says how the parts of a value are checked.
NOT_CHECKED = {"$schema", "$defs", "title", "description", "properties", "additionalProperties", "items"}


def _is_type(value: object, name: str) -> bool:
    """Python takes True for 1, JSON does not."""
    return isinstance(value, TYPES[name]) and isinstance(value, bool) == (name == "boolean")


def _is_match(value: str, pattern: str) -> bool:
    """Patterns begin with ^ and end with $, which in JSON Schema is the very end."""
    return bool(re.fullmatch(pattern[1:-1], value))


def _is_format(value: str, name: str) -> bool:
    try:
        return name == "date" and bool(date.fromisoformat(value))
    except ValueError:
        return False


CHECKS: dict[str, Callable[[Any, Any], bool]] = {
    "type": _is_type,
    "const": lambda value, only: value == only,
    "enum": lambda value, choices: value in choices,
    "pattern": _is_match,
    "format": _is_format,
    "minLength": lambda value, least: len(value) >= least,
    "maxLength": lambda value, most: len(value) <= most,
    "minItems": lambda value, least: len(value) >= least,
    "maxItems": lambda value, most: len(value) <= most,
    "minimum": lambda value, least: value >= least,
    "maximum": lambda value, most: value <= most,
    "required": lambda value, names: value.keys() >= set(names),
}


def find_fault(value: object, schema: Schema, root: Mapping[str, Any], where: str = "") -> str | None:
    """Return the place of the first fault, as ``/lines/3/name``; None where all is as the schema says.

    :param schema: each says its ``type`` first, or refers to one in ``$defs`` of the root
    :raises KeyError: the schema uses a word that is not known here

    >>> schema = {"type": "object", "additionalProperties": False, "properties": {"year": {"type": "integer"}}}
    >>> find_fault({"year": 2026}, schema, schema), find_fault({"year": "2026"}, schema, schema)
    (None, '/year')
    >>> find_fault({"years": 2026}, schema, schema), find_fault([], schema, schema)
    ('/years', '/')
    """
    if isinstance(schema, bool):
        return None if schema else where
    if "$ref" in schema:
        return find_fault(value, root["$defs"][schema["$ref"].removeprefix(DEFINITIONS)], root, where)
    if not all(CHECKS[word](value, schema[word]) for word in schema if word not in NOT_CHECKED):
        return where or "/"
    parts = (
        find_fault(part, below, root, f"{where}/{name}") for name, part, below in _iter_parts(value, schema)
    )
    return next(filter(None, parts), None)


def _iter_parts(value: object, schema: Mapping[str, Any]) -> Iterator[tuple[object, object, Schema]]:
    """Yield (name, value, schema) of what a value is made of."""
    if isinstance(value, dict):
        other = schema.get("additionalProperties", True)
        for name, part in value.items():
            yield name, part, schema.get("properties", {}).get(name, other)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield place, part, schema.get("items", True)
