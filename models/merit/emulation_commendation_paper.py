from odoo import api, fields, models


class EmulationCommendationPaper(models.Model):
    """One paper of a commendation's dossier: what the award rule asks for and what is there."""

    _name = "emulation.commendation.paper"
    _description = "Paper of a dossier"
    _order = "commendation_id, sequence, id"
    _check_company_auto = True

    commendation_id = fields.Many2one(
        "emulation.commendation", required=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(related="commendation_id.company_id", store=True, index=True)
    paper_id = fields.Many2one("emulation.dossier.paper", required=True, ondelete="restrict", index=True)
    sequence = fields.Integer(related="paper_id.sequence", store=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Files")
    on_paper = fields.Boolean(string="Handed in on paper")
    is_there = fields.Boolean(string="There", compute="_compute_is_there", store=True)

    _paper_uniq = models.Constraint(
        "UNIQUE (commendation_id, paper_id)", "This paper is already on the checklist."
    )

    @api.depends("attachment_ids", "on_paper")
    def _compute_is_there(self):
        for paper in self:
            paper.is_there = bool(paper.attachment_ids) or paper.on_paper


class EmulationCommendation(models.Model):
    _inherit = "emulation.commendation"

    paper_ids = fields.One2many("emulation.commendation.paper", "commendation_id", string="Dossier")
    missing_paper_count = fields.Integer(
        string="Papers missing", compute="_compute_missing_paper_count", store=True, aggregator="sum"
    )

    @api.depends("paper_ids.is_there")
    def _compute_missing_paper_count(self):
        for record in self:
            record.missing_paper_count = len(record.paper_ids.filtered(lambda paper: not paper.is_there))

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._update_papers()
        return records

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"award_id", "rulebook_id", "campaign_id", "period_to"}:
            self._update_papers()
        return result

    def _update_papers(self):
        """Make the checklist what the award rule asks for; a paper that holds files stays."""
        to_create, gone = [], self.env["emulation.commendation.paper"]
        for record, rule in self._get_award_rules().items():
            wanted, present = rule.paper_ids, record.paper_ids.paper_id
            gone |= record.paper_ids.filtered(
                lambda line, wanted=wanted: line.paper_id not in wanted and not line.is_there
            )
            to_create += [{"commendation_id": record.id, "paper_id": paper.id} for paper in wanted - present]
        # Sudoed: the checklist follows the rule book, whoever writes the proposal.
        gone.sudo().unlink()
        self.env["emulation.commendation.paper"].sudo().create(to_create)
