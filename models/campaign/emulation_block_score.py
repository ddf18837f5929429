from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools.misc import format_date

from ...engine import deadlines, scoring
from . import totals


class EmulationBlockScore(models.Model):
    """Points one member gives another, or itself (chấm chéo, tự chấm), or at which officers of the organising agency
    appraise it (thẩm định): without a scorer.

    Those of others make the ranking, or the appraisals: the year says which. With criteria the points are the sum of
    the lines.
    """

    _name = "emulation.block.score"
    _description = "Cross score in a cluster or block"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "year_id"
    _writable = {
        "open": {"officer owner": {"year_id", "scorer_id", "member_id", "points", "note", "line_ids"}}
    }
    _deletable = {"open": "officer owner"}
    _order = "year_id, member_id, scorer_id"

    year_id = fields.Many2one("emulation.block.year", required=True, ondelete="cascade", index=True)
    block_id = fields.Many2one(related="year_id.block_id")
    company_id = fields.Many2one(related="year_id.company_id", store=True, index=True)
    scorer_id = fields.Many2one(
        "emulation.block.member", string="Scored by", ondelete="restrict", help="Empty: the appraisal."
    )
    member_id = fields.Many2one("emulation.block.member", required=True, ondelete="restrict")
    points = fields.Float(digits=(8, 2), required=True, default=0)
    line_ids = fields.One2many("emulation.block.score.line", "score_id", string="Points by criterion")
    note = fields.Char()
    is_own_hand = fields.Boolean(
        string="Given by the member itself", readonly=True, copy=False, help="Else an officer entered it."
    )

    late_days = fields.Integer(
        string="Scored late by (days)", readonly=True, copy=False, help="When the member last changed it."
    )

    _pair_uniq = models.Constraint(
        "UNIQUE (year_id, scorer_id, member_id)", "This member has scored that one already."
    )

    _appraised_once = models.UniqueIndex(
        "(year_id, member_id) WHERE scorer_id IS NULL", "This member is appraised already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        scores = super().create(vals_list)
        scores._check_lines()
        scores._add_up()
        scores._note_hand()
        scores._note_late()
        return scores

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"points", "line_ids"}:
            self._check_lines()
            self._sum_lines()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_late(self):
        self._check_deadline()

    def _check_lines(self):
        """Refuse one figure where the year asks for points by criterion."""
        # sudo: emulation.block.year - whether there are criteria
        if any(score.points and not score.line_ids and score.sudo().year_id.set_id for score in self):
            raise UserError(self.env._("The members score by criteria: give the points line by line."))

    @api.model
    @api.private
    def _prepare_points(self, given):
        """Return the values that give points by criterion, in place of those there were.

        :param dict given: {criterion: points}
        """
        lines = [{"criterion_id": criterion.id, "points": points} for criterion, points in given.items()]
        return {"line_ids": [Command.clear(), *map(Command.create, lines)]}

    def _sum_lines(self):
        """What was typed into a sheet or one of its lines counts as its lines do, and is of whose hand it is."""
        if not self._has_seal():
            self._add_up()
            self._note_hand()
            self._note_late()

    def _add_up(self):
        """Where there are criteria, the points are what the lines come to, whatever was typed."""
        # sudo: emulation.criterion.set - how the sheet is added up
        rules = totals.read_rules(self.sudo().year_id.set_id)
        for score in self.filtered(lambda score: score.sudo().year_id.set_id):
            rule = rules[score.sudo().year_id.set_id.id]
            given = {line.criterion_id.id: line.points for line in score.line_ids}
            caps = {"most": rule.most, "deduction_cap": rule.deduction_cap}
            total = scoring.add_up(rule.criteria, given, rule.bonus_cap, **caps).total
            score._write_protected({"points": float(total)})

    def _note_hand(self):
        """Keep whether the member itself gave the points: then nobody else changes them."""
        if not self._has_seal():
            roles = self._get_roles()
            self.filtered(lambda score: "owner" in roles[score.id])._write_protected({"is_own_hand": True})

    def _note_late(self):
        """Keep by how many days a member is late; an officer who enters its points is not.

        :raises UserError: the year takes nothing from members after its day
        """
        self._check_deadline()
        late = self._get_days_late()
        for score in self.filtered(lambda score: score.id in late and score.late_days != late[score.id]):
            score._write_protected({"late_days": late[score.id]})

    def _check_deadline(self):
        """Refuse what a member gives, changes or takes back after the day, where the year refuses what is late."""
        days, late = self._get_last_days(), self._get_days_late()
        for score in self.filtered(lambda score: late.get(score.id)):
            # sudo: emulation.block.year - what it does with what is late is no secret
            if score.sudo().year_id.late_policy == "refuse":
                raise UserError(
                    self.env._(
                        "Members could score until %(date)s. The organising agency can set a later day.",
                        date=format_date(self.env, days[score.id]),
                    )
                )

    def _get_days_late(self):
        """Return {id: days after the last day for scores} of those a member itself touches now."""
        today = fields.Date.context_today(self)
        return {id_: deadlines.days_late(day, today) for id_, day in self._get_last_days().items()}

    def _get_last_days(self):
        """Return {id: the last day for its scores} of those a member itself touches now, extensions counted."""
        if self._has_seal():
            return {}
        roles = self._get_roles()
        members = self.filtered(lambda score: "owner" in roles[score.id] and "officer" not in roles[score.id])
        members = members.sudo()  # sudo: emulation.block.year - until when a member scores is no secret
        days = members.year_id._get_last_days()
        return {score.id: days.get((score.year_id.id, score.scorer_id.id)) for score in members}

    def _get_roles(self):
        """Whoever acts for the member that scores is "owner"; an officer enters what no member gave itself."""
        roles = super()._get_roles()
        # sudo: emulation.block.member - for whom the user scores; only the own role leaves
        mine = set(self.sudo().scorer_id.with_user(self.env.user).sudo().filtered("is_mine").ids)
        led, found = self.env.user._get_emulation_identity().led, {}
        # sudo: emulation.block.score - for whom it scores, and who entered it
        for score in self.sudo():
            if score.scorer_id.id in mine:
                found[score.id] = roles[score.id] | {"owner"}
            elif not score.scorer_id and score.member_id.department_id.id in led:
                found[score.id] = roles[score.id] - {"officer"}  # nobody appraises the unit one heads
            else:
                found[score.id] = roles[score.id] - ({"officer"} if score.is_own_hand else frozenset())
        return found

    @api.model
    def _get_role_fields(self):
        return super()._get_role_fields() | {"scorer_id"}

    @api.constrains("points", "scorer_id", "member_id", "year_id")
    def _check_score(self):
        for score in self.sudo():  # sudo: emulation.block.year - its members and maximum
            if score.year_id.state == "acclaimed":
                raise ValidationError(self.env._("The leader is elected: scores are closed."))
            if (score.scorer_id | score.member_id) - score.year_id.block_id.member_ids:
                raise ValidationError(self.env._("Only members of the block score one another."))
            if not score._is_of_the_way():
                raise ValidationError(
                    self.env._("In this year each member scores itself and is appraised.")
                    if score.year_id.way == "own"
                    else self.env._("In this year the members score one another: nothing is appraised.")
                )
            if not score.year_id.set_id and not 0 <= score.points <= score.year_id.maximum:
                raise ValidationError(
                    self.env._("Points lie between 0 and %(maximum)s.", maximum=score.year_id.maximum)
                )

    def _is_of_the_way(self):
        """Return whether the year takes points of this scorer: of members, or of a member itself and its appraisal."""
        if self.year_id.way == "own":
            return self.scorer_id in (self.member_id, self.scorer_id.browse())
        return bool(self.scorer_id)
