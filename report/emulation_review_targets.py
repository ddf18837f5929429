from decimal import Decimal

from odoo import models
from odoo.fields import Domain

from ..engine import targets, vietnamese

NAMED = 60  # a longer table is no longer read


class EmulationReview(models.Model):
    """What the report of a round says of targets: reached by its last day, beside the round before."""

    _name = "emulation.review"
    _inherit = ["emulation.review"]

    def _get_target_rows(self):
        """Return one row a target of the campaign and of those below: whose, figure, reached, the round before.

        Words and figures are Vietnamese, as in all documents.
        """
        self.check_access("write")
        # sudo: emulation.target - those of the campaigns below, maybe another agency's, are summed up here
        found = (
            self.env["emulation.target"]
            .sudo()
            .search(
                Domain("campaign_id", "child_of", self.campaign_id.id)
                & Domain("state", "in", ("active", "stopped"))
                & Domain("employee_id", "=", False),
                order="campaign_id, department_id, sequence, id",
                limit=NAMED,
            )
        )
        now, before = found._get_reached_on(self.date_to), {}
        earlier = self._get_round_before()
        if earlier:
            before = found._get_reached_on(earlier.date_to)
        return [self._get_target_row(target, now[target.id], before.get(target.id)) for target in found]

    def _get_round_before(self):
        """Return the round of the campaign that ended last before this one."""
        rounds = self.campaign_id.review_ids.filtered(lambda review: review.date_to < self.date_to)
        return rounds.sorted("date_to")[-1:]

    def _get_target_row(self, target, reached, before):
        def write(figure):
            return "" if figure is None else vietnamese.format_decimal(figure)

        percent = None if reached is None else targets.get_percent(target._as_rule(), reached)
        sign = "≤ " if target.direction == "less" else ""
        figure = write(Decimal(str(target.figure)).normalize() + 0)
        return {
            "name": target.name,
            "holder": target.holder_name or "",
            "figure": vietnamese.with_measure(f"{sign}{figure}", target.unit_of_measure),
            "reached": write(reached),
            "before": write(before),
            "percent": write(percent),
            "share": None if percent is None else float(percent),
            "is_reached": percent is not None and percent >= targets.GOOD,
            "is_surpassed": percent is not None and percent > targets.GOOD,
        }

    def _get_target_sentence(self, rows):
        reached = sum(row["is_reached"] for row in rows)
        surpassed = sum(row["is_surpassed"] for row in rows)
        silent = sum(not row["reached"] for row in rows)
        parts = [f"Có {len(rows)} chỉ tiêu, đã đạt {reached}, trong đó vượt {surpassed}"]
        if silent:
            parts.append(f"{silent} chỉ tiêu chưa có số liệu")
        return "; ".join(parts) + "."
