from odoo import fields, models


class EmulationCommendation(models.Model):
    _inherit = "emulation.commendation"

    honour_consent = fields.Boolean(
        string="On the honour board",
        copy=False,
        readonly=True,
        help="The person agreed to be shown. Given and taken back by the person in the portal; units need none.",
    )
    honour_consent_date = fields.Datetime(copy=False, readonly=True)
    honour_story = fields.Text(string="Story", copy=False, help="Shown on the honour board with the name.")
    request_ids = fields.One2many("emulation.request", "commendation_id", string="Requests of the recipient")

    _honour_idx = models.Index("(company_id, granted_date) WHERE state = 'granted'")
