"""What a field can hold and a person can mean: no infinity, no number beyond all measure, no list for a text."""

import base64
import math
import re
from decimal import Decimal

from odoo import fields

from ...engine.typed import FIRST_YEAR, LARGEST_ID, LAST_YEAR

MOST = 1e15  # beyond it no figure of this addon means anything, and a float is no longer exact
NUMBERS = ("integer", "float", "monetary")
TEXTS = ("char", "text", "html")
LINKS = ("many2one", "many2one_reference")
# A number as code and files write it; how people write theirs is read at their own door (engine.typed).
WRITTEN = re.compile(r"-?[0-9]{1,16}(?:\.[0-9]{1,16})?", re.ASCII)


def find_fault(env, field, value):
    """Return in words what is wrong with a value for a field, None if nothing is.

    :param field: of a model; what is no number, day, id or text is not looked at
    """
    if field.type in NUMBERS and not _is_number(value, LARGEST_ID if field.type == "integer" else MOST):
        return env._("this is no usable number.")
    if field.type in LINKS and isinstance(value, int) and not 0 <= value <= LARGEST_ID:
        return env._("there is no such record.")
    if field.type in ("date", "datetime") and not _is_day(value):
        return env._("this is no day.")
    if field.type in TEXTS and isinstance(value, list | tuple | set | bytes):
        return env._("this is no text.")
    if field.type == "binary" and not _is_file(value):
        return env._("this is no file.")
    return None


def _is_number(value, most):
    """Return whether a field of numbers can hold a value; an empty text stands for nothing.

    >>> [_is_number(value, 100) for value in (5, 5.5, Decimal("5"), "5", "-5.5", "")]
    [True, True, True, True, True, True]
    >>> [_is_number(value, 100) for value in (101, 10**400, math.nan, -math.inf, "inf", "1e2", "²", "5" * 5000, [5])]
    [False, False, False, False, False, False, False, False, False]
    """
    if isinstance(value, str):
        return not value or (bool(WRITTEN.fullmatch(value)) and abs(float(value)) <= most)
    if isinstance(value, int):
        return abs(value) <= most
    return isinstance(value, float | Decimal) and math.isfinite(value) and abs(value) <= most


def _is_day(value):
    """Return whether a value is a day or moment of these centuries; an empty text stands for nothing."""
    try:
        moment = fields.Datetime.to_datetime(value)
    except (TypeError, ValueError):
        return False
    return not moment or FIRST_YEAR <= moment.year <= LAST_YEAR


def _is_file(value):
    """Return whether a value is a file as a client sends it: base64, as text or bytes.

    >>> _is_file("eA=="), _is_file(b"eA=="), _is_file("eA="), _is_file(["eA=="]), _is_file("\u1ea1")
    (True, True, False, False, False)
    """
    if not isinstance(value, str | bytes):
        return False
    try:
        base64.b64decode(value)
    except ValueError:
        return False
    return True
