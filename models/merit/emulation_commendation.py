from odoo import fields, models


class EmulationCommendation(models.Model):
    """One recipient × one award, from proposal to grant and, if need be, revocation (DESIGN §3)."""

    _name = "emulation.commendation"
    _description = "Commendation"
    _inherit = ["emulation.recipient.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    award_id = fields.Many2one("emulation.award", required=True, ondelete="restrict", index=True)
    commendation_type = fields.Selection(
        [
            ("merit", "Merit"),
            ("thematic", "Thematic"),
            ("ad_hoc", "Ad hoc"),
            ("career", "Career contribution"),
            ("seniority", "Length of service"),
            ("external", "External affairs"),
        ],
        required=True,
        default="merit",
    )
    campaign_id = fields.Many2one("emulation.campaign", index=True, check_company=True)
    evaluation_id = fields.Many2one("emulation.evaluation", index="btree_not_null", check_company=True)
    rulebook_id = fields.Many2one("emulation.rulebook")
    period_from = fields.Date()
    period_to = fields.Date()
    summary = fields.Text(string="Achievement")
    proposer_id = fields.Many2one("res.users", default=lambda self: self.env.user, readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("endorsed", "Endorsed"),
            ("appraised", "Appraised"),
            ("voted", "Voted"),
            ("forwarded", "Forwarded"),
            ("granted", "Granted"),
            ("rejected", "Rejected"),
            ("withdrawn", "Withdrawn"),
            ("revoked", "Revoked"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    reason = fields.Char(readonly=True, copy=False, help="Why it was last returned, rejected or revoked.")
    finding_snapshot = fields.Json(readonly=True, copy=False)
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.ref("base.VND"), required=True, readonly=True
    )
    decision_id = fields.Many2one(
        "emulation.decision", readonly=True, copy=False, index=True, ondelete="restrict"
    )
    revocation_decision_id = fields.Many2one(
        "emulation.decision", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    granted_date = fields.Date(readonly=True, copy=False)
    external_decision = fields.Char(
        readonly=True, copy=False, help="Number, date and issuer of a superior's decision."
    )
    prize_amount = fields.Monetary(readonly=True, copy=False)
    prize_coefficient = fields.Float(readonly=True, copy=False, digits=(8, 3))
    prize_note = fields.Char(readonly=True, copy=False)
    certificate_ids = fields.One2many("emulation.certificate", "commendation_id")
    achievement_ids = fields.Many2many("emulation.achievement", string="Achievements and initiatives")

    _period_in_order = models.Constraint(
        "CHECK (period_from IS NULL OR period_to IS NULL OR period_to >= period_from)",
        "The achievement period cannot end before it starts.",
    )
