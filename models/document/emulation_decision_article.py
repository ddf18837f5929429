from odoo import api, fields, models


class EmulationDecisionArticle(models.Model):
    """One article of a decision, or of a template that decisions start from. ``{placeholders}`` stay live
    until the decision is issued."""

    _name = "emulation.decision.article"
    _description = "Article of a decision"
    _order = "sequence, id"

    decision_id = fields.Many2one("emulation.decision", ondelete="cascade", index="btree_not_null")
    template_id = fields.Many2one("emulation.decision.template", ondelete="cascade", index="btree_not_null")
    sequence = fields.Integer(default=10, aggregator=None)
    content = fields.Text(required=True)

    _one_owner = models.Constraint(
        "CHECK (num_nonnulls(decision_id, template_id) = 1)",
        "An article belongs to a decision or a template.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        articles = super().create(vals_list)
        articles.decision_id._check_editable()
        return articles

    def write(self, vals):
        self.decision_id._check_editable()
        result = super().write(vals)
        self.decision_id._check_editable()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_issued(self):
        self.decision_id._check_editable()
