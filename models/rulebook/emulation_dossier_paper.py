from odoo import api, fields, models


class EmulationDossierPaper(models.Model):
    """A paper a dossier must hold (Law 06/2022/QH15, Article 84)."""

    _name = "emulation.dossier.paper"
    _description = "Dossier paper"
    _inherit = ["emulation.search.mixin", "emulation.guard.mixin", "emulation.shipped.mixin"]
    _writable = {"*": {"admin": {"name", "sequence", "article", "due_at", "active"}}}
    _deletable = {"*": "admin"}
    _shipped_fields = ("name", "sequence", "article", "due_at")
    _search_key_fields = ("name",)
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, aggregator=None)
    article = fields.Char(help="Where the law asks for it.")
    due_at = fields.Selection(
        [("submit", "To submit"), ("appraise", "To appraise"), ("grant", "When it is decided")],
        string="Required at",
        default="appraise",
        required=True,
        help="The step that wants the paper; the award rule says whether a missing one stops it.",
    )
    active = fields.Boolean(default=True)

    @api.model
    @api.private
    def _get_report_paper(self):
        """Return the paper that the achievement report written in the system is."""
        return self.browse(self.env["ir.model.data"]._xmlid_to_res_id("hr_emulation.paper_report"))
