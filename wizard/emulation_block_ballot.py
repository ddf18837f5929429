from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class EmulationBlockBallot(models.TransientModel):
    """The sheet on which one member of a block scores the others and itself."""

    _name = "emulation.block.ballot"
    _description = "Score the members"

    year_id = fields.Many2one("emulation.block.year", required=True, readonly=True)
    block_id = fields.Many2one(related="year_id.block_id")
    criteria = fields.Text(related="block_id.criteria")
    scorer_id = fields.Many2one(
        "emulation.block.member",
        string="Scores for",
        compute="_compute_scorer_id",
        store=True,
        readonly=False,
        domain="[('block_id', '=', block_id)]",
    )
    line_ids = fields.One2many(
        "emulation.block.ballot.line",
        "ballot_id",
        string="Points by member",
        compute="_compute_line_ids",
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
            given = {
                score.member_id: score
                for score in ballot.year_id.score_ids
                if score.scorer_id == ballot.scorer_id
            }
            ballot.line_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "member_id": member.id,
                            "is_own": member == ballot.scorer_id,
                            "points": given[member].points if member in given else 0,
                            "is_given": member in given,
                            "note": given[member].note if member in given else False,
                        }
                    )
                    for member in ballot.block_id.member_ids
                ),
            ]

    def action_save(self):
        """Store the points of the lines ticked; those ticked off are taken back.

        :raises UserError: the year is over, or the user does not score for this member
        """
        self.ensure_one()
        year, scores = self.year_id, self.env["emulation.block.score"]
        if not self.scorer_id:
            raise UserError(self.env._("Choose the member the points come from."))
        if year.state != "open":
            raise UserError(self.env._("The leader is elected: scores are closed."))
        known = {
            score.member_id: score
            for score in scores.search([("year_id", "=", year.id), ("scorer_id", "=", self.scorer_id.id)])
        }
        for line in self.line_ids:
            vals = {"points": line.points, "note": line.note}
            if line.member_id in known and line.is_given:
                known[line.member_id].write(vals)
            elif line.member_id in known:
                known[line.member_id].unlink()
        scores.create(
            [
                {
                    "year_id": year.id,
                    "scorer_id": self.scorer_id.id,
                    "member_id": line.member_id.id,
                    "points": line.points,
                    "note": line.note,
                }
                for line in self.line_ids
                if line.is_given and line.member_id not in known
            ]
        )
        return {"type": "ir.actions.act_window_close"}


class EmulationBlockBallotLine(models.TransientModel):
    _name = "emulation.block.ballot.line"
    _description = "Points for one member"

    ballot_id = fields.Many2one("emulation.block.ballot", required=True, ondelete="cascade")
    member_id = fields.Many2one("emulation.block.member", required=True, readonly=True)
    is_own = fields.Boolean(string="Itself", readonly=True)
    points = fields.Float(digits=(8, 2))
    is_given = fields.Boolean(
        string="Scored",
        compute="_compute_is_given",
        store=True,
        readonly=False,
        help="0 points count when ticked.",
    )
    note = fields.Char()

    @api.depends("points")
    def _compute_is_given(self):
        for line in self:
            line.is_given = line.is_given or line.points > 0
