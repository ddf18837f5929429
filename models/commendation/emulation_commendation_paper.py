from odoo import api, fields, models

from ..mixin.actions import open_dialog

# A paper needed for one step is also needed for those after it.
STEPS = ("submit", "appraise", "grant")
FILES = {"commendation_id", "paper_id", "attachment_ids", "on_paper"}


class EmulationCommendationPaper(models.Model):
    """One paper of a commendation's dossier: what the award rule asks for and what is there."""

    _name = "emulation.commendation.paper"
    _description = "Paper of a dossier"
    _inherit = ["emulation.upload.mixin", "emulation.guard.mixin"]
    _upload_field = "attachment_ids"
    _guard_parent = "commendation_id"
    _writable = {
        "draft": {"proposer officer": FILES},
        "submitted endorsed appraised voted forwarded": {"officer": FILES},
    }
    _deletable = {"draft submitted endorsed appraised voted forwarded": "officer"}
    _order = "commendation_id, sequence, id"
    _check_company_auto = True

    commendation_id = fields.Many2one(
        "emulation.commendation", required=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(related="commendation_id.company_id", store=True, index=True)
    paper_id = fields.Many2one("emulation.dossier.paper", required=True, ondelete="restrict", index=True)
    sequence = fields.Integer(related="paper_id.sequence", store=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    on_paper = fields.Boolean(string="Submitted on paper")
    is_there = fields.Boolean(string="Received", compute="_compute_is_there", store=True)
    due_at = fields.Selection(related="paper_id.due_at")
    is_waived = fields.Boolean(
        string="Waived", compute="_compute_is_waived", compute_sudo=True, help="By an officer, with a reason."
    )

    _paper_uniq = models.Constraint(
        "UNIQUE (commendation_id, paper_id)", "This paper is already on the checklist."
    )

    @api.depends("attachment_ids", "on_paper", "paper_id", "commendation_id.report_ids.is_written")
    def _compute_is_there(self):
        """In files, on paper, or, the achievement report, written here."""
        report = self.env["emulation.dossier.paper"]._get_report_paper()
        for paper in self:
            written = paper.paper_id == report and any(paper.commendation_id.report_ids.mapped("is_written"))
            paper.is_there = bool(paper.attachment_ids) or paper.on_paper or written

    @api.depends("paper_id", "commendation_id.waiver_ids.paper_id")
    def _compute_is_waived(self):
        for paper in self:
            paper.is_waived = paper.paper_id in paper.commendation_id.waiver_ids.paper_id

    def action_waive(self):
        """Open the dialog where an officer says why this paper is not needed."""
        self.ensure_one()
        return open_dialog(
            "emulation.waiver",
            {
                "default_commendation_id": self.commendation_id.id,
                "default_paper_id": self.paper_id.id,
            },
            self.env._("Waive a missing paper"),
        )

    # ------------------------------------------------------------------
    # The checklist follows the rule; a missing paper warns or stops, as the rule or else the company says
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _follow_rules(self, commendations):
        """Make the checklists what the award rules ask for; a paper that holds files stays."""
        to_create, gone = [], self.browse()
        for record, rule in self.env["emulation.award.rule"]._get_of(commendations).items():
            wanted, present = rule.paper_ids, record.paper_ids.paper_id
            gone |= record.paper_ids.filtered(
                lambda line, wanted=wanted: line.paper_id not in wanted and not line.is_there
            )
            to_create += [{"commendation_id": record.id, "paper_id": paper.id} for paper in wanted - present]
        # sudo: emulation.commendation.paper - the checklist follows the rule book, whoever writes the proposal.
        gone.sudo()._with_seal().unlink()
        # sudo: emulation.commendation.paper - as above
        self.sudo()._create_protected(to_create)

    @api.model
    @api.private
    def _get_missing(self, commendations, verb):
        """Return {id: papers needed for ``verb`` that are neither there nor waived}; only where some are."""
        due = STEPS[: STEPS.index(verb) + 1]
        # sudo: emulation.waiver - officers' business; names of papers of the rule are everybody's.
        missing = {
            record.id: record.paper_ids.filtered(
                lambda line: line.due_at in due and not line.is_there and not line.is_waived
            ).paper_id
            for record in commendations.sudo()
        }
        return {key: papers for key, papers in missing.items() if papers}
