from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine import grading


class EmulationGrade(models.Model):
    """A grade of a criterion set: from a total on, under conditions, for a share of the people at most."""

    _name = "emulation.grade"
    _description = "Grade"
    _inherit = ["emulation.set.line.mixin", "emulation.guard.mixin"]
    _guard_parent = "set_id"
    _writable = {
        "*": {
            "officer": {
                *("set_id", "sequence", "name", "min_points", "rating", "condition_ids"),
                *("max_share", "share_of", "share_ids"),
            }
        }
    }
    _deletable = {"*": "officer"}
    _order = "set_id, min_points desc, sequence, id"

    set_id = fields.Many2one("emulation.criterion.set", required=True, ondelete="cascade", index=True)
    name = fields.Char(required=True)
    sequence = fields.Integer(
        default=10, aggregator=None, help="The best first, where grades are not told apart by points."
    )
    min_points = fields.Float(string="Min points", required=True, default=0, help="From this total on.")
    rating = fields.Selection(
        [
            ("excellent", "Excellent"),
            ("good", "Good"),
            ("completed", "Completed"),
            ("not_completed", "Not completed"),
        ],
        help="The yearly rating this grade stands for.",
    )
    condition_ids = fields.One2many("emulation.grade.condition", "grade_id", string="Conditions", copy=True)
    max_share = fields.Float(
        string="Share at most (%)",
        help="Of the people of a unit, those of units below it that are not graded themselves too; in a set for "
        "collectives only, of all units of the round. 0: everybody may have it.",
    )
    share_of = fields.Selection(
        [
            ("people", "All people of the unit"),
            ("next", "Those one grade below"),
            ("next_up", "Those of this grade and one below"),
        ],
        string="Share of",
        default="people",
        required=True,
        help="Excellent are often at most 20% of those rated good, not of all.",
    )
    share_ids = fields.One2many(
        "emulation.grade.share",
        "grade_id",
        string="Share by the unit's own grade",
        copy=True,
        help="Where the unit itself is graded in the same round: another share than above.",
    )
    company_id = fields.Many2one(related="set_id.company_id", store=True, index=True)

    @api.constrains("max_share")
    def _check_share(self):
        if any(not 0 <= grade.max_share <= 100 for grade in self):
            raise ValidationError(self.env._("A share lies between 0 and 100%."))

    def _to_engine(self):
        """Return the grades as ``engine.grading.Grade``, in the order of these records (the best first).

        Where a set has no points, no grade asks for a total.
        """
        return [
            grading.Grade(
                grade.id,
                grade.min_points if grade.set_id.scale != "levels" else 0,
                tuple(line._to_engine() for line in grade.condition_ids),
            )
            for grade in self
        ]

    def _get_share(self, unit_grade_name):
        """Return the share in % of a unit whose own grade has this name; None: no limit."""
        self.ensure_one()
        own = self.share_ids.filtered(lambda line: line.unit_grade == unit_grade_name)[:1]
        return own.share if own else self.max_share or None

    def _count_shared(self, counts):
        """Return how many people the share of this grade is reckoned on.

        :param dict counts: {grade: how many people of the unit have it}
        """
        self.ensure_one()
        if self.share_of == "people":
            return sum(counts.values())
        order = list(self.set_id.grade_ids)
        below = order[order.index(self) + 1 :][:1]
        counted = below if self.share_of == "next" else [self, *below]
        return sum(counts.get(grade, 0) for grade in counted)
