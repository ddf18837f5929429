from odoo import api, fields, models
from odoo.exceptions import UserError

from ..mixin.refusals import GIVE_REASON

# What a council has voted on may be waived too: a case opened since the appraisal stops the decision.
FINDING_STATES = ("submitted", "endorsed", "appraised", "voted")
PAPER_STATES = ("draft", *FINDING_STATES, "forwarded")


class EmulationWaiver(models.Model):
    """An officer's word that one finding or missing paper does not stop one commendation. Never changed."""

    _name = "emulation.waiver"
    _description = "Waiver of a requirement"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "commendation_id"
    _write_once = True
    _writable = {
        " ".join(PAPER_STATES): {
            "officer stand_in": {"commendation_id", "requirement_id", "paper_id", "is_duplicate", "reason"}
        }
    }
    _order = "id desc"
    _check_company_auto = True

    commendation_id = fields.Many2one(
        "emulation.commendation", required=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(related="commendation_id.company_id", store=True, index=True)
    requirement_id = fields.Many2one("emulation.requirement", ondelete="set null", index="btree_not_null")
    requirement_name = fields.Char(
        compute="_compute_requirement_name",
        store=True,
        precompute=True,
        help="Kept when the rule book changes.",
    )
    paper_id = fields.Many2one(
        "emulation.dossier.paper", string="Missing paper", ondelete="restrict", index="btree_not_null"
    )
    is_duplicate = fields.Boolean(string="Not a duplicate", help="Skips the duplicate check.")
    reason = fields.Char(required=True)
    officer_id = fields.Many2one(
        "res.users", default=lambda self: self.env.user, required=True, readonly=True, ondelete="restrict"
    )
    date = fields.Datetime(default=fields.Datetime.now, required=True, readonly=True)

    _what_for = models.Constraint(
        "CHECK (is_duplicate OR requirement_name IS NOT NULL OR paper_id IS NOT NULL)",
        "Choose the requirement or the paper that is waived.",
    )

    @api.depends("requirement_id")
    def _compute_requirement_name(self):
        for waiver in self:
            waiver.requirement_name = waiver.requirement_id.name or waiver.requirement_name

    @api.model_create_multi
    def create(self, vals_list):
        waivers = super().create(vals_list)
        waivers._check_allowed()
        notes = {
            waiver.commendation_id: self.env._(
                "Waived: %(finding)s. %(reason)s", finding=waiver._get_finding_name(), reason=waiver.reason
            )
            for waiver in waivers
        }
        appraisal = self.env["emulation.appraisal"]
        appraisal._log_for_officers(notes)
        appraisal._judge(waivers.commendation_id.filtered(lambda record: record.state != "draft"))
        return waivers

    def _get_finding_name(self):
        self.ensure_one()
        return self.requirement_name or self.paper_id.name or self.env._("possible duplicate")

    def _check_allowed(self):
        """Waive before the decision, with a reason, and never for oneself; a paper also on a draft."""
        for waiver in self:
            if waiver.commendation_id.state not in (PAPER_STATES if waiver.paper_id else FINDING_STATES):
                raise UserError(self.env._("A finding is waived between submission and decision."))
            if not (waiver.reason or "").strip():
                raise UserError(self.env._(GIVE_REASON))
