from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.translate import LazyTranslate

from ...engine import scoring
from ..mixin.verb import Verb

_lt = LazyTranslate(__name__)

DECIDERS = {"officer": None, "stand_in": None}
VERBS = {
    "acclaim": Verb(
        ("open",),
        "acclaimed",
        DECIDERS,
        _lt("Elect the leader"),
        checks=("_check_first",),
        also="there are scores, and one member is first",
    ),
}


class EmulationBlockYear(models.Model):
    """A year of a block: its rotating head, who scored whom, the ranking and the leader acclaimed (suy tôn).

    Only the collective compared, voted and acclaimed as leader may be proposed for a flag (Decree 152/2025/NĐ-CP,
    Article 7).
    """

    _name = "emulation.block.year"
    _description = "Year of a cluster or block"
    _inherit = ["emulation.verb.mixin", "emulation.thread.mixin"]
    _order = "year desc, block_id"
    _verbs = VERBS
    _writable = {
        "open": {"officer": {"block_id", "year", "head_id", "deputy_id", "maximum", "score_ids"}},
    }
    _deletable = {"open": "officer"}

    block_id = fields.Many2one("emulation.block", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="block_id.company_id", store=True, index=True)
    year = fields.Integer(required=True, aggregator=None)
    head_id = fields.Many2one("emulation.block.member", ondelete="restrict")
    deputy_id = fields.Many2one("emulation.block.member", string="Deputy head", ondelete="restrict")
    maximum = fields.Float(string="Points at most", default=100, required=True)
    state = fields.Selection(
        [("open", "Open"), ("acclaimed", "Leader elected")], default="open", required=True, copy=False
    )
    leader_id = fields.Many2one("emulation.block.member", readonly=True, copy=False, ondelete="restrict")
    score_ids = fields.One2many("emulation.block.score", "year_id", string="Scores")
    ranking = fields.Json(string="Ranking data", compute="_compute_ranking")
    ranking_text = fields.Text(string="Ranking", compute="_compute_ranking")

    commendation_id = fields.Many2one(
        "emulation.commendation",
        string="Proposal of the leader",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )

    _year_uniq = models.Constraint("UNIQUE (block_id, year)", "This block already has that year.")

    @api.depends("block_id", "year")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.block_id.name} {record.year or ''}"

    @api.depends("score_ids.points", "score_ids.member_id")
    def _compute_ranking(self):
        for record in self:
            means = record._get_means()
            ranks = scoring.rank(means)
            record.ranking = [[ranks[member], member.id, float(means[member])] for member in ranks]
            record.ranking_text = "\n".join(
                f"{ranks[member]}. {member.name}: {means[member]}" for member in ranks
            )

    @api.constrains("head_id", "deputy_id")
    def _check_members(self):
        for record in self:
            if (record.head_id | record.deputy_id) - record.block_id.member_ids:
                raise ValidationError(self.env._("Head and deputy are members of the block."))

    def action_acclaim(self):
        """Acclaim the member ranked first; a tie is decided by the meeting, not by the software."""
        return self._run_verb("acclaim")

    def _get_cannot_acclaim_reason(self):
        return self._check_verb("acclaim")

    def _get_first(self):
        self.ensure_one()
        return [member for place, member, _mean in self.ranking if place == 1]

    def _check_first(self):
        reasons = {}
        for record in self:
            first = record._get_first()
            if not first:
                reasons[record.id] = self.env._("%(year)s has no scores yet.", year=record.display_name)
            elif len(first) > 1:
                reasons[record.id] = self.env._(
                    "%(year)s: the first place is shared.", year=record.display_name
                )
        return reasons

    @api.private
    def _do_acclaim(self):
        for record in self._start("acclaim"):
            record._finish("acclaim", leader_id=record._get_first()[0])

    def action_propose_leader(self):
        """Draft the proposal of the acclaimed leader for the block's flag, once, and open it."""
        self.ensure_one()
        self.lock_for_update()
        reason = self._get_cannot_propose_reason()
        if reason:
            raise UserError(reason)
        if not self.commendation_id:
            proposal = self.env["emulation.commendation"].create(self._prepare_proposal())
            self._write_protected({"commendation_id": proposal.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Proposal of the leader"),
            "res_model": "emulation.commendation",
            "view_mode": "form",
            "res_id": self.commendation_id.id,
        }

    def _get_cannot_propose_reason(self):
        """Return why the leader cannot be proposed, else False."""
        leader = self.leader_id
        if self.state != "acclaimed":
            return self.env._("%(year)s: no leader has been chosen yet.", year=self.display_name)
        if not self.block_id.award_id:
            return self.env._("%(block)s: choose the flag for the leader first.", block=self.block_id.name)
        if not (leader.department_id or leader.partner_id):
            return self.env._(
                "%(member)s is known by its name only: choose its unit or agency.", member=leader.name
            )
        return False

    def _prepare_proposal(self):
        leader = self.leader_id
        points = self._get_means()[leader]
        return {
            "recipient_type": "department" if leader.department_id else "partner",
            "department_id": leader.department_id.id,
            "partner_id": leader.partner_id.id,
            "subject": "collective",
            "company_id": (leader.department_id.company_id or self.company_id).id,
            "award_id": self.block_id.award_id.id,
            "period_from": date(self.year, 1, 1),
            "period_to": date(self.year, 12, 31),
            "summary": self.env._(
                "Leader of %(block)s in %(year)s, with %(points)s points from the other members.",
                block=self.block_id.name,
                year=self.year,
                points=points,
            ),
        }

    def _get_means(self):
        """Return {member: mean of the points the others gave}."""
        given = {}
        for score in self.score_ids:
            given.setdefault(score.member_id, []).append(scoring.points(score.points))
        return {member: scoring.points(sum(points) / len(points)) for member, points in given.items()}
