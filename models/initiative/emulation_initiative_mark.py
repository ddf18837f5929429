from fractions import Fraction

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...engine import initiative
from ...engine.typed import is_given


class EmulationInitiativeMark(models.Model):
    """What a member of the council says of an initiative by one criterion; only the member writes it."""

    _name = "emulation.initiative.mark"
    _description = "Mark for an initiative"
    _inherit = ["emulation.guard.mixin"]
    _order = "item_id, member_id, id"
    _rec_name = "criterion_id"
    _writable = {"open": {"owner": {"points", "verdict", "comment"}}}

    item_id = fields.Many2one("emulation.initiative.item", required=True, ondelete="cascade", index=True)
    session_id = fields.Many2one(related="item_id.session_id", store=True, index=True)
    company_id = fields.Many2one(related="item_id.company_id", store=True, index=True)
    state = fields.Selection(related="item_id.session_id.state", store=True)
    member_id = fields.Many2one("emulation.council.member", required=True, ondelete="restrict", index=True)
    # Not related: the account that marks stays the one of the day the marking was opened.
    user_id = fields.Many2one("res.users", string="Account", readonly=True, index=True, ondelete="restrict")
    criterion_id = fields.Many2one("emulation.initiative.criterion", required=True, ondelete="restrict")
    kind = fields.Selection(related="criterion_id.kind")
    most = fields.Float(related="criterion_id.most")
    points = fields.Float(digits=(6, 2), aggregator=None)
    verdict = fields.Selection([("pass", "Passed"), ("fail", "Failed")], string="Passed or failed")
    comment = fields.Char()
    is_given = fields.Boolean(string="Is given", readonly=True, copy=False)

    _once = models.Constraint(
        "UNIQUE (item_id, member_id, criterion_id)", "This member marks this criterion already."
    )

    def _is_emulation_owner(self, user):
        """A mark is its member's, and nobody else's."""
        return self.user_id.id == user.uid

    @api.constrains("points")
    def _check_points(self):
        for mark in self:
            if not 0 <= mark.points <= max(mark.most, 0):
                raise ValidationError(
                    self.env._(
                        "%(criterion)s: between 0 and %(most)s points.",
                        criterion=mark.criterion_id.name,
                        most=f"{mark.most:g}",
                    )
                )

    def write(self, vals):
        """Store a mark; False, None or an empty text takes it back: 0 points are points, nothing is none."""
        result = super().write(vals)
        if said := [vals[name] for name in ("points", "verdict") if name in vals]:
            self._write_protected({"is_given": any(map(is_given, said))})
        return result

    def _prepare_mark(self):
        """Return the mark as ``engine.initiative.Mark``."""
        self.ensure_one()
        if self.kind == "points":
            points = Fraction(str(self.points)) if self.is_given else None
            return initiative.Mark(most=Fraction(str(self.most)), points=points)
        return initiative.Mark(passed=self.verdict == "pass" if self.verdict else None)
