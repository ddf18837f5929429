"""What the portal keeps for some days only."""

from datetime import timedelta

from odoo import fields
from odoo.tools.constants import GC_UNLINK_LIMIT


def drop_old(model, days):
    """Drop what was kept for so many days; return how many, and whether there are more, as Odoo's cleaning asks.

    :param model: as somebody who may, e.g. ``env["emulation.upload.part"].sudo()``
    """
    limit = fields.Datetime.now() - timedelta(days=days)
    old = model.search([("create_date", "<", limit)], limit=GC_UNLINK_LIMIT)
    old._with_seal().unlink()
    return len(old), len(old) == GC_UNLINK_LIMIT
