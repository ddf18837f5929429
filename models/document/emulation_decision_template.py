from odoo import api, fields, models

from ..mixin.verb import ANY

CONTENT = {
    *("name", "sequence", "kind", "company_id", "abstract", "authority", "proposal_line"),
    *("legal_basis_ids", "article_ids", "recipient_lines", "active"),
}
KINDS = [("grant", "Commends"), ("amendment", "Amends"), ("revocation", "Revokes")]


class EmulationDecisionTemplate(models.Model):
    """What a new decision starts from: abstract, authority, legal bases, articles, recipients."""

    _name = "emulation.decision.template"
    _description = "Decision template"
    _inherit = ["emulation.guard.mixin", "emulation.search.mixin", "emulation.shipped.mixin"]
    _shipped_fields = ("name", "abstract", "proposal_line", "recipient_lines")
    _search_key_fields = ("name",)
    _writable = {ANY: {"admin": CONTENT}}
    _deletable = {ANY: "admin"}
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10, aggregator=None)
    kind = fields.Selection(KINDS, required=True, default="grant")
    company_id = fields.Many2one("res.company", help="Empty: shared by all companies.")
    abstract = fields.Char(required=True)
    authority = fields.Char(help="Printed in capitals above the legal bases, for example: GIÁM ĐỐC SỞ …")
    proposal_line = fields.Char(
        string="Proposal line", help="The last line of the legal bases, for example: Theo đề nghị của …"
    )
    legal_basis_ids = fields.Many2many("emulation.legal.document", string="Legal bases")
    article_ids = fields.One2many("emulation.decision.article", "template_id", string="Articles", copy=True)
    recipient_lines = fields.Text(string="Sent to", help="One recipient a line.")
    active = fields.Boolean(default=True)

    @api.model
    def _get_for(self, kind, company):
        """Return the company's own template of this kind, else the shared one."""
        templates = self.search([("kind", "=", kind), ("company_id", "in", [company.id, False])])
        return (templates.filtered("company_id") or templates)[:1]
