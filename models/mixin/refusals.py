"""Sentences by which many doors refuse alike: each is written once."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

OFFICERS_ONLY = _lt("Only an emulation officer of the agency can do this.")
HEADS_ONLY = _lt("Only the head of the unit, or of a unit above, can do this.")
NOT_ON_ONESELF = _lt("Nobody decides on their own matter.")
BUSY = _lt("Somebody else is working on it right now. Try again in a moment.")
GIVE_REASON = _lt("Give a reason.")
