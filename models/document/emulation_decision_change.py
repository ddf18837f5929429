from odoo import api, fields, models

CHANGED = ("recipient_name", "position_name", "unit_name")  # in the order of printing


class EmulationDecisionChange(models.Model):
    """One correction of an amending decision: what the earlier decision said of a recipient, and what is right."""

    _name = "emulation.decision.change"
    _description = "Correction by an amending decision"
    _inherit = "emulation.guard.mixin"
    _check_company_auto = True
    _guard_parent = "decision_id"
    _writable = {"draft": {"officer": {"decision_id", "commendation_id", *CHANGED}}}
    _deletable = {"draft": "officer"}

    decision_id = fields.Many2one("emulation.decision", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="decision_id.company_id", store=True)
    commendation_id = fields.Many2one(
        "emulation.commendation", required=True, ondelete="restrict", index=True, check_company=True
    )
    recipient_name = fields.Char(
        string="Recipient name", compute="_compute_printed", store=True, readonly=False, precompute=True
    )
    unit_name = fields.Char(
        string="Unit name", compute="_compute_printed", store=True, readonly=False, precompute=True
    )
    position_name = fields.Char(
        string="Position name", compute="_compute_printed", store=True, readonly=False, precompute=True
    )
    # At once, and not when it is first read: by then the decision may have been issued.
    old_text = fields.Char(string="Old text", compute="_compute_old_text", store=True, precompute=True)

    @api.depends("commendation_id")
    def _compute_printed(self):
        for change in self:
            for name in CHANGED:
                change[name] = change.commendation_id[name]

    # Not on the names: it keeps what stood there before.
    @api.depends("commendation_id")
    def _compute_old_text(self):
        for change in self:
            change.old_text = self._join(change.commendation_id[name] for name in CHANGED)

    def _get_new_text(self):
        """Return what is right, as it is printed."""
        self.ensure_one()
        return self._join(self[name] for name in CHANGED)

    @staticmethod
    def _join(texts):
        return ", ".join(filter(None, texts))

    @api.private
    def _do_apply(self):
        for change in self:
            # sudo: emulation.commendation - closed to plain writes once granted; the issued decision is the
            # authority
            change.commendation_id.sudo()._write_protected({name: change[name] for name in CHANGED})

    @api.private
    def _do_replace_certificates(self):
        certificates = self.commendation_id.certificate_ids.filtered(lambda card: card.state == "issued")
        certificates._do_replace(
            self.env._("Corrected by %(number)s", number=self.decision_id._get_document_number())
        )
