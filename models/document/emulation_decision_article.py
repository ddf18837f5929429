from odoo import fields, models


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

    def write(self, vals):
        self.decision_id._check_editable()
        return super().write(vals)
