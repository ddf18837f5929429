from odoo import api, fields, models

from .field_text import compare

SHEET = (
    "name",
    "subject",
    "scale",
    "total_points",
    "bonus_cap",
    "deduction_cap",
    "most_points",
    "is_head_not_above",
    "tie_ids",
)
CRITERION = (
    *("name", "kind", "parent_id", "max_points", "weight", "minimum_points", "target", "unit_of_measure"),
    *("lower_is_better", "least_value", "points_per_occurrence", "evidence_required", "evidence_each"),
    *("is_marked_only", "is_whole_only"),
    *("levels", "drawn_from", "drawn_award_ids"),
    *("step_ids", "minimum_ids", "marker_ids", "department_ids", "job_ids", "category_ids", "guidance"),
)
GRADE = ("min_points", "rating", "max_share", "share_of", "condition_ids", "share_ids")


class EmulationSetCompare(models.TransientModel):
    """Two sets of criteria, or two versions of one, side by side."""

    _name = "emulation.set.compare"
    _description = "Comparison of two sets of criteria"
    _inherit = ["emulation.wizard.mixin"]

    old_id = fields.Many2one("emulation.criterion.set", string="Earlier set", required=True)
    new_id = fields.Many2one("emulation.criterion.set", string="Later set", required=True)
    line_ids = fields.One2many(
        "emulation.set.compare.line", "compare_id", compute="_compute_line_ids", string="Rows"
    )
    line_count = fields.Integer(string="Changes", compute="_compute_line_ids")

    @api.depends("old_id", "new_id")
    def _compute_display_name(self):
        for comparison in self:
            names = (comparison.old_id.name or "…", comparison.new_id.name or "…")
            comparison.display_name = " → ".join(names)

    @api.depends("old_id", "new_id")
    def _compute_line_ids(self):
        for comparison in self:
            lines = [*comparison._iter_changes()] if comparison.old_id and comparison.new_id else []
            comparison.line_ids = [fields.Command.clear(), *map(fields.Command.create, lines)]
            comparison.line_count = len(lines)

    def _iter_changes(self):
        """Yield the values of rows: the set itself, its criteria, its grades."""
        old, new = self.old_id._origin, self.new_id._origin
        for point, before, after in compare(old, new, SHEET):
            yield self._row(self.env._("Criterion set"), point, before, after)
        # a code stands for one line; a line without one is known by its name
        lines = (
            {line.code or line.name: line for line in one._get_lines_from_the_root()} for one in (old, new)
        )
        yield from self._compare_lists(*lines, CRITERION)
        grades = ({grade.name: grade for grade in one.grade_ids} for one in (old, new))
        yield from self._compare_lists(*grades, GRADE)

    def _compare_lists(self, old, new, names):
        """Yield the rows of what was added, dropped or changed between two {key: record}."""
        for key in [*old, *(key for key in new if key not in old)]:
            before, after = old.get(key), new.get(key)
            label = self._get_label(before or after)
            if before and after:
                for difference in compare(before, after, names):
                    yield self._row(label, *difference)
            else:
                there = [
                    self.env._("is in the set") if one else self.env._("is not") for one in (before, after)
                ]
                yield self._row(label, "", *there)

    @staticmethod
    def _get_label(record):
        code = "code" in record._fields and record.code
        return f"{code}. {record.name}" if code else record.name

    @staticmethod
    def _row(where, point, before, after):
        return {"where": where, "point": point, "old_value": before, "new_value": after}


class EmulationSetCompareLine(models.TransientModel):
    _name = "emulation.set.compare.line"
    _description = "Difference between two sets of criteria"
    _inherit = ["emulation.wizard.mixin"]

    compare_id = fields.Many2one("emulation.set.compare", required=True, ondelete="cascade", index=True)
    where = fields.Char()
    point = fields.Char()
    old_value = fields.Text(string="Before")
    new_value = fields.Text(string="After")
