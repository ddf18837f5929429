from odoo import api, fields, models
from odoo.fields import Domain

from ..models.mixin.labels import get_labels
from .field_text import compare

# Fields of an award rule that a change of law may touch.
COMPARED = (
    "coefficient_individual",
    "coefficient_collective",
    "coefficient_household",
    "is_multiplied",
    "amount_individual",
    "amount_collective",
    "amount_household",
    "coefficient_is_maximum",
    "prize_article",
    "needs_council",
    "vote_threshold",
    "quorum",
    "vote_base",
    "secret_ballot",
    "vote_article",
    "publication_days",
    "quota_percent",
    "paper_ids",
)


class EmulationRulebookCompare(models.TransientModel):
    """Two rule books side by side, award by award."""

    _name = "emulation.rulebook.compare"
    _description = "Comparison of two rule books"
    _inherit = ["emulation.wizard.mixin"]

    old_id = fields.Many2one("emulation.rulebook", string="Earlier book", required=True)
    new_id = fields.Many2one("emulation.rulebook", string="Later book", required=True)
    award_ids = fields.Many2many("emulation.award", string="Only these awards")
    line_ids = fields.One2many(
        "emulation.rulebook.compare.line", "compare_id", compute="_compute_line_ids", string="Rows"
    )
    line_count = fields.Integer(string="Changes", compute="_compute_line_ids")

    @api.depends("old_id", "new_id")
    def _compute_display_name(self):
        for comparison in self:
            comparison.display_name = f"{comparison.old_id.code or '…'} → {comparison.new_id.code or '…'}"

    @api.depends("old_id", "new_id", "award_ids")
    def _compute_line_ids(self):
        for comparison in self:
            lines = comparison._get_changes() if comparison.old_id and comparison.new_id else []
            comparison.line_ids = [fields.Command.clear(), *map(fields.Command.create, lines)]
            comparison.line_count = len(lines)

    def _get_changes(self):
        """Return values of lines: what differs between the rules that hold under each book."""
        self.ensure_one()
        awards = self.award_ids._origin or self.env["emulation.award"].search(Domain.TRUE)
        old, new = (book._origin._get_rules(awards) for book in (self.old_id, self.new_id))
        return [
            {"award_id": award.id, "point": point, "old_value": before, "new_value": after}
            for award in awards
            for point, before, after in self._compare_rules(old.get(award), new.get(award))
        ]

    def _compare_rules(self, old, new):
        """Yield ``(point, old text, new text)`` for what differs between two rules of one award."""
        if not old and not new:
            return
        if not old or not new:
            yield self.env._("Rule"), self._describe_presence(old), self._describe_presence(new)
            return
        yield from compare(old, new, COMPARED)
        yield from self._compare_requirements(old, new)

    def _describe_presence(self, rule):
        return self.env._("has a rule") if rule else self.env._("has none")

    def _compare_requirements(self, old, new):
        """Pair requirements by their wording; yield those added, dropped or changed."""
        before, after = (
            {(line.name, line.subject, line.basis): line for line in rule.requirement_ids}
            for rule in (old, new)
        )
        for key in [*before, *(key for key in after if key not in before)]:
            pair = [lines.get(key) for lines in (before, after)]
            # That a copied line was not compared yet is said of the whole book, not line by line.
            known = not any(line and line.confidence == "uncompared" for line in pair)
            texts = [self._describe_requirement(line, known) for line in pair]
            if texts[0] != texts[1]:
                yield key[0], *texts

    def _describe_requirement(self, requirement, with_confidence):
        if not requirement:
            return self.env._("not asked for")
        severity, confidence = (
            get_labels(requirement, name)[requirement[name]] for name in ("severity", "confidence")
        )
        parts = [severity, requirement.parameter_text, requirement.article, requirement.doubt]
        return " · ".join(filter(None, [*parts, with_confidence and confidence]))


class EmulationRulebookCompareLine(models.TransientModel):
    _name = "emulation.rulebook.compare.line"
    _description = "Difference between two rule books"
    _inherit = ["emulation.wizard.mixin"]

    compare_id = fields.Many2one("emulation.rulebook.compare", required=True, ondelete="cascade", index=True)
    award_id = fields.Many2one("emulation.award")
    point = fields.Text()
    old_value = fields.Text(string="Before")
    new_value = fields.Text(string="After")
