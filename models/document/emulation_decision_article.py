from odoo import api, fields, models

CONTENT = {"decision_id", "template_id", "sequence", "content", "only_with_money"}
OF_TEMPLATE = "template"


class EmulationDecisionArticle(models.Model):
    """One article of a decision, or of a template that decisions start from. ``{placeholders}`` stay live
    until the decision is issued.

    It is written by whoever may write its decision or template: those shared by all agencies are the administrators'.
    """

    _name = "emulation.decision.article"
    _description = "Article of a decision"
    _inherit = ["emulation.guard.mixin", "emulation.shipped.mixin"]
    _shipped_fields = ("sequence", "content", "only_with_money")
    _shipped_returns = False
    _order = "sequence, id"
    _guard_parent = "decision_id"
    _writable = {"draft": {"officer": CONTENT}, OF_TEMPLATE: {"admin": CONTENT}}
    _deletable = {"draft": "officer", OF_TEMPLATE: "admin"}

    decision_id = fields.Many2one("emulation.decision", ondelete="cascade", index="btree_not_null")
    template_id = fields.Many2one("emulation.decision.template", ondelete="cascade", index="btree_not_null")
    sequence = fields.Integer(default=10, aggregator=None)
    content = fields.Text(required=True)
    only_with_money = fields.Boolean(
        string="Only with money",
        compute="_compute_only_with_money",
        store=True,
        readonly=False,
        precompute=True,
        copy=True,
        help="Left out where the decision pays nothing and takes nothing back.",
    )

    _one_owner = models.Constraint(
        "CHECK (num_nonnulls(decision_id, template_id) = 1)",
        "An article belongs to a decision or a template.",
    )

    @api.depends("content")
    def _compute_only_with_money(self):
        """A new article that names the sum is about money; of one that is there already it stays as it was said."""
        for article in self:
            is_new = not article._origin
            article.only_with_money = (
                "{total" in (article.content or "") if is_new else article.only_with_money
            )

    @api.model
    def _get_role_fields(self):
        return super()._get_role_fields() | {"template_id"}

    def _get_guard_states(self):
        # sudo: emulation.decision.article - only whether it is of a template
        of_template = self.sudo().filtered("template_id")
        return {**super()._get_guard_states(), **dict.fromkeys(of_template._ids, OF_TEMPLATE)}

    def _get_roles(self):
        # sudo: emulation.decision.template - only the user's own roles leave
        of_template = self.sudo().filtered("template_id")
        roles = of_template.template_id._get_roles()
        return {
            **super()._get_roles(),
            **{article.id: roles[article.template_id.id] for article in of_template},
        }
