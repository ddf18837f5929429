"""Reasons of the engine as sentences in the user's language."""

from decimal import Decimal

from odoo.tools.translate import get_translation

from ...engine import vietnamese

MODULE = "hr_emulation"


def tell(env, reason):
    """Return a reason as a sentence in the language of the environment, its values filled in.

    :param engine.reason.Reason reason: what the engine gave
    :rtype: str
    """
    values = {name: _write(value) for name, value in reason.values.items()}
    text = reason.text
    own = isinstance(text, str)  # else of another addon, whose catalogue has it
    return (get_translation(MODULE, env.lang or "en_US", text, ()) if own else env._(text)) % values


def _write(value):
    """Write figures as decisions do, with a point between thousands and a comma before the fraction."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return value
    return vietnamese.format_decimal(value)
