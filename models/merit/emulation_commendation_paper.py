from odoo import api, fields, models

# A paper needed for one step is also needed for those after it.
STEPS = ("submit", "appraise", "grant")


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
    due_at = fields.Selection(related="paper_id.due_at")
    is_waived = fields.Boolean(
        string="Waived", compute="_compute_is_waived", compute_sudo=True, help="By an officer, with a reason."
    )

    _paper_uniq = models.Constraint(
        "UNIQUE (commendation_id, paper_id)", "This paper is already on the checklist."
    )

    @api.depends("attachment_ids", "on_paper")
    def _compute_is_there(self):
        for paper in self:
            paper.is_there = bool(paper.attachment_ids) or paper.on_paper

    @api.depends("paper_id", "commendation_id.waiver_ids.paper_id")
    def _compute_is_waived(self):
        for paper in self:
            paper.is_waived = paper.paper_id in paper.commendation_id.waiver_ids.paper_id

    def action_waive(self):
        """Open the dialog where an officer says why this paper is not needed."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Waive a missing paper"),
            "res_model": "emulation.waiver",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_commendation_id": self.commendation_id.id,
                "default_paper_id": self.paper_id.id,
            },
        }


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

    # ------------------------------------------------------------------
    # A missing paper warns or stops, as the award rule or else the company says
    # ------------------------------------------------------------------

    def _get_missing_papers(self, verb):
        """Return {id: papers needed for ``verb`` that are neither there nor waived}; only where some are."""
        due = STEPS[: STEPS.index(verb) + 1]
        # Sudoed: waivers are officers' business; names of papers of the rule are everybody's.
        missing = {
            record.id: record.paper_ids.filtered(
                lambda line: line.due_at in due and not line.is_there and not line.is_waived
            ).paper_id
            for record in self.sudo()
        }
        return {key: papers for key, papers in missing.items() if papers}

    def _get_dossier_reason(self, verb):
        """Return {id: text} of those whose missing papers stop ``verb``."""
        rules = self._get_award_rules()
        reasons = {}
        for key, papers in self._get_missing_papers(verb).items():
            record = self.browse(key)
            check = rules[record].dossier_check or record.company_id.sudo().emulation_dossier_guard
            if check == "block":
                reasons[key] = self.env._(
                    "The dossier is not complete: %(papers)s.", papers=", ".join(papers.mapped("name"))
                )
        return reasons

    def _get_cannot_submit_more(self):
        return {**self._get_dossier_reason("submit"), **super()._get_cannot_submit_more()}

    def _get_cannot_appraise_more(self):
        return {**self._get_dossier_reason("appraise"), **super()._get_cannot_appraise_more()}

    def _get_cannot_by_document_reason(self, verb):
        reasons = super()._get_cannot_by_document_reason(verb)
        if verb == "grant":
            able = self.filtered(lambda record: not reasons[record.id])
            reasons.update(able._get_dossier_reason("grant"))
        return reasons

    def _describe_for(self, findings, officer):
        """Add what is missing in the dossier so far to the findings, for the proposer as well."""
        lines = super()._describe_for(findings, officer)
        step = "submit" if self.state == "draft" else "appraise"
        papers = self._get_missing_papers(step).get(self.id)
        if papers:
            names = ", ".join(papers.mapped("name"))
            label = self.env._("missing")
            lines.append(self._get_finding_line(self.env._("Dossier"), "needs_review", label, names, ""))
        return lines
