from odoo import fields, models

MARKED_BY = frozenset({"name", "stage", "kind", "most", "company_id"})
STAGES = [("first", "Preliminary review"), ("final", "Council")]


class EmulationInitiativeCriterion(models.Model):
    """What initiatives are weighed by at a stage: in points, or passed and failed."""

    _name = "emulation.initiative.criterion"
    _description = "Criterion for initiatives"
    _inherit = ["emulation.search.mixin", "emulation.guard.mixin"]
    # Those shared by all agencies are the administrators'; an officer adds the agency's own.
    _writable = {
        "*": {"officer admin": MARKED_BY | {"sequence", "active"}},
    }
    _deletable = {"*": "officer admin"}
    _search_key_fields = ("name",)
    _order = "stage desc, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, aggregator=None)
    stage = fields.Selection(STAGES, string="Assessment stage", required=True, default="final")
    kind = fields.Selection(
        [("points", "Points"), ("pass", "Passed or failed")], required=True, default="points"
    )
    most = fields.Float(string="Points, at most", digits=(6, 2), default=25, aggregator=None)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self._get_default_company(),
        help="Empty: shared by all companies.",
    )
    active = fields.Boolean(default=True)

    def _get_fixed(self):
        """What members marked by it stays what it was: archive it and make another."""
        # sudo: emulation.initiative.mark - whether there is one
        marks = self.env["emulation.initiative.mark"].sudo()
        used = marks._read_group([("criterion_id", "in", self.ids)], ["criterion_id"])
        return {criterion.id: MARKED_BY for (criterion,) in used}

    _most_positive = models.Constraint(
        "CHECK (kind != 'points' OR most > 0)", "A criterion counted in points gives more than zero."
    )
