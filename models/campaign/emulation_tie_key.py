import json

from odoo import api, fields, models
from odoo.tools import SQL

from ...engine.scoring import BASIC_KINDS
from ..mixin.labels import get_labels
from . import whole_points


class EmulationTieKey(models.Model):
    """What decides between equal totals, one key after the other."""

    _name = "emulation.tie.key"
    _description = "Order of equal totals"
    _inherit = ["emulation.set.line.mixin", "emulation.guard.mixin"]
    _guard_parent = "set_id"
    _writable = {"*": {"officer": {"set_id", "sequence", "kind", "criterion_id"}}}
    _deletable = {"*": "officer"}
    _order = "set_id, sequence, id"

    set_id = fields.Many2one("emulation.criterion.set", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10, aggregator=None)
    kind = fields.Selection(
        [
            ("criterion", "More points in a criterion or group"),
            ("full_parts", "More periods at full marks"),
            ("woman", "Women first"),
            ("seniority", "Longer service first"),
            ("handed_in", "Sheet submitted earlier"),
        ],
        required=True,
        default="seniority",
    )
    criterion_id = fields.Many2one(
        "emulation.criterion", ondelete="cascade", index="btree_not_null", domain="[('set_id', '=', set_id)]"
    )
    company_id = fields.Many2one(related="set_id.company_id", store=True, index=True)

    _criterion_named = models.Constraint(
        "CHECK (kind <> 'criterion' OR criterion_id IS NOT NULL)", "Name the criterion that decides."
    )

    @api.depends("kind", "criterion_id")
    def _compute_display_name(self):
        kinds = get_labels(self, "kind")
        for key in self:
            named = f" ({key.criterion_id.name})" if key.criterion_id else ""
            key.display_name = f"{kinds.get(key.kind, '')}{named}"

    def _get_sql(self, versions, review):
        """Return the SQL order of sheets ``e``, the better first; what is not on record comes last.

        :param versions: the sets of these sheets; a criterion is the same in each by its code, else by its name
        :param review: their round
        """
        self.ensure_one()
        if self.kind == "criterion":
            return self._get_points_sql(self._find_in(versions)._get_leaves(), review)
        if self.kind == "full_parts":
            return self._get_full_sql(review)
        if self.kind == "woman":
            return SQL(
                "(SELECT p.sex = 'female' FROM hr_employee m JOIN hr_version p ON p.id = m.current_version_id"
                " WHERE m.id = e.employee_id) DESC NULLS LAST"
            )
        if self.kind == "seniority":
            return SQL(
                "(SELECT MIN(v.contract_date_start) FROM hr_version v WHERE v.employee_id = e.employee_id)"
                " ASC NULLS LAST"
            )
        return SQL("e.submitted_on ASC NULLS LAST")

    @staticmethod
    def _get_points_sql(criteria, review):
        """Return the order by what is earned in some criteria, deductions taken off; of a year, in its parts too."""
        own = SQL(
            "(SELECT SUM(CASE c.kind WHEN 'deduction' THEN -s.final_points ELSE s.final_points END)"
            " FROM emulation_score s JOIN emulation_criterion c ON c.id = s.criterion_id"
            " WHERE s.evaluation_id = e.id AND c.id IN %s)",
            tuple(criteria.ids) or (0,),
        )
        if not review.part_ids:
            return SQL("%s DESC NULLS LAST", own)
        minus = {line.id for line in criteria if line.kind == "deduction"}
        brought = {
            sheet: round(sum(-earned if line in minus else earned for line, earned in lines.items()), 2)
            for sheet, lines in whole_points.read(review.evaluation_ids, criteria).items()
        }
        figures = json.dumps({sheet: float(earned) for sheet, earned in brought.items()})
        return SQL("COALESCE(%s, 0) + COALESCE((%s::jsonb ->> e.id::text)::numeric, 0) DESC", own, figures)

    @staticmethod
    def _get_full_sql(review):
        """Return the order by how many of the shortest periods have all marks there are; bonus and deductions aside."""
        periods = review.part_ids
        while longer := periods.filtered("part_ids"):
            periods += longer.part_ids - longer
            periods -= longer
        return SQL(
            "(SELECT COUNT(*) FROM emulation_evaluation d"
            " WHERE d.participation_id = e.participation_id AND d.review_id IN %s AND d.state = 'confirmed'"
            " AND NOT EXISTS (SELECT FROM emulation_score s JOIN emulation_criterion c ON c.id = s.criterion_id"
            " WHERE s.evaluation_id = d.id AND c.kind IN %s AND COALESCE(s.final_points, 0) < c.max_points)) DESC",
            tuple(periods.ids) or (0,),
            BASIC_KINDS,
        )

    def _find_in(self, versions):
        wanted = self.criterion_id
        return wanted | versions.criterion_ids.filtered(
            lambda line: line.code == wanted.code if wanted.code else line.name == wanted.name
        )
