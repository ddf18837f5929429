from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class EmulationBlockBallot(models.TransientModel):
    """The sheet on which one member of a block scores the others and itself, or itself alone where that is appraised;
    without a scorer, the sheet of the appraisal.
    """

    _name = "emulation.block.ballot"
    _description = "Score the members"
    _inherit = ["emulation.wizard.mixin"]

    year_id = fields.Many2one("emulation.block.year", required=True, readonly=True)
    block_id = fields.Many2one(related="year_id.block_id", related_sudo=False)
    way = fields.Selection(related="year_id.way", related_sudo=False)
    set_id = fields.Many2one(related="year_id.set_id", related_sudo=False)
    criteria = fields.Text(related="block_id.criteria", related_sudo=False)
    scorer_id = fields.Many2one(
        "emulation.block.member",
        string="Scores for",
        compute="_compute_scorer_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('block_id', '=', block_id)]",
    )
    line_ids = fields.One2many(
        "emulation.block.ballot.line",
        "ballot_id",
        string="Points by member",
        compute="_compute_line_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
    )

    @api.depends("year_id")
    def _compute_scorer_id(self):
        for ballot in self:
            ballot.scorer_id = ballot.year_id.block_id.member_ids.filtered("is_mine")[:1]

    @api.depends("scorer_id")
    def _compute_line_ids(self):
        for ballot in self:
            given = ballot._find_scores()
            ballot.line_ids = [
                Command.clear(),
                *(
                    Command.create(vals)
                    for member in ballot.year_id._get_scored(ballot.scorer_id._origin)
                    for vals in ballot._prepare_lines(member, given.get(member))
                ),
            ]

    def _find_scores(self):
        """Return {member: what this scorer gave it}."""
        scores = self.env["emulation.block.score"].search(
            [("year_id", "=", self.year_id._origin.id), ("scorer_id", "=", self.scorer_id._origin.id)]
        )
        return {score.member_id: score for score in scores}

    def _prepare_lines(self, member, score):
        """Return the values of the lines of one member: one, or one for each criterion."""
        common = {"member_id": member.id, "is_own": member == self.scorer_id._origin}
        criteria = self.year_id._get_criteria()
        if not criteria:
            given = {"points": score.points, "note": score.note} if score else {"points": 0, "note": False}
            return [{**common, **given, "is_given": bool(score)}]
        points = {line.criterion_id.id: line.points for line in score.line_ids} if score else {}
        return [
            {
                **common,
                "criterion_id": line.id,
                "points": points.get(line.id, 0),
                "is_given": line.id in points,
            }
            for line in criteria
        ]

    def action_save(self):
        """Store the points of the lines ticked; those ticked off are taken back.

        :raises UserError: the year is over, a criterion is left out, or the user does not score for this member
        """
        self.ensure_one()
        if self.year_id.state != "open":
            raise UserError(self.env._("The leader is elected: scores are closed."))
        if not self.scorer_id and self.way != "own":
            raise UserError(self.env._("Choose the member the points come from."))
        known, fresh = self._find_scores(), []
        for member, lines in self.line_ids.grouped("member_id").items():
            given = lines.filtered("is_given")
            if member in known and not given:
                known[member].unlink()
            elif given and member in known:
                known[member].write(lines._prepare_score())
            elif given:
                scorer = {"scorer_id": self.scorer_id.id, "member_id": member.id}
                fresh.append({"year_id": self.year_id.id, **scorer, **lines._prepare_score()})
        self.env["emulation.block.score"].create(fresh)
        return {"type": "ir.actions.act_window_close"}


class EmulationBlockBallotLine(models.TransientModel):
    _name = "emulation.block.ballot.line"
    _description = "Points for one member"
    _inherit = ["emulation.wizard.mixin"]

    ballot_id = fields.Many2one("emulation.block.ballot", required=True, ondelete="cascade")
    member_id = fields.Many2one("emulation.block.member", required=True, readonly=True)
    criterion_id = fields.Many2one("emulation.criterion", readonly=True)
    rule_text = fields.Char(related="criterion_id.rule_text", related_sudo=False)
    max_points = fields.Float(string="Maximum", related="criterion_id.max_points", related_sudo=False)
    level_choices = fields.Json(string="Levels by name", compute="_compute_level_choices")
    is_own = fields.Boolean(string="Itself", readonly=True)
    points = fields.Float(digits=(8, 2))
    is_given = fields.Boolean(
        string="Scored",
        compute="_compute_is_given",
        compute_sudo=False,
        store=True,
        readonly=False,
        help="0 points count when ticked.",
    )
    note = fields.Char()

    @api.depends("criterion_id")
    def _compute_level_choices(self):
        for line in self:
            # sudo: emulation.criterion - which levels there are
            line.level_choices = line.criterion_id.sudo()._get_level_choices()

    @api.depends("points")
    def _compute_is_given(self):
        for line in self:
            line.is_given = line.is_given or line.points > 0

    def _prepare_score(self):
        """Return the values of the score of one member.

        :raises UserError: a criterion is left out; bonus and deductions may be
        """
        if not self.criterion_id:
            return {"points": self.points, "note": self.note}
        given = self.filtered("is_given")
        missing = (self - given).criterion_id.filtered(lambda line: line.kind not in ("bonus", "deduction"))
        if missing:
            names = ", ".join(missing.mapped("name"))
            raise UserError(
                self.env._(
                    "%(member)s: no points for %(criteria)s.", member=self.member_id.name, criteria=names
                )
            )
        scores = self.env["emulation.block.score"]
        return scores._prepare_points({line.criterion_id: line.points for line in given})
