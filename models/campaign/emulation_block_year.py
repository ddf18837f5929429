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
        _lt("Acclaim the leader"),
        checks=("_check_chosen",),
        also="there are scores; where the first place is shared, the meeting chose, by more than half of its votes",
    ),
}
# What the meeting of the block decided, entered before the leader is acclaimed.
MEETING = {"chosen_id", "votes_for", "votes_cast", "choice_reason"}


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
        "open": {"officer": {"block_id", "year", "head_id", "deputy_id", "maximum", "score_ids", *MEETING}},
    }
    _deletable = {"open": "officer"}

    block_id = fields.Many2one("emulation.block", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="block_id.company_id", store=True, index=True)
    year = fields.Integer(required=True, aggregator=None)
    head_id = fields.Many2one("emulation.block.member", ondelete="restrict")
    deputy_id = fields.Many2one("emulation.block.member", string="Deputy head", ondelete="restrict")
    maximum = fields.Float(string="Points at most", default=100, required=True)
    state = fields.Selection(
        [("open", "Open"), ("acclaimed", "Leader acclaimed")], default="open", required=True, copy=False
    )
    leader_id = fields.Many2one("emulation.block.member", readonly=True, copy=False, ondelete="restrict")
    # the meeting's vote of acclaim
    chosen_id = fields.Many2one(
        "emulation.block.member",
        string="Chosen by the meeting",
        copy=False,
        ondelete="restrict",
        help="Needed where the first place is shared. Empty: who is first by the scores.",
    )
    votes_for = fields.Integer(copy=False, aggregator=None)
    votes_cast = fields.Integer(copy=False, aggregator=None)
    choice_reason = fields.Char(
        string="Reason of the meeting", copy=False, help="Needed where it chose another than the first."
    )
    vote_text = fields.Char(string="Vote of acclaim", compute="_compute_vote_text")
    score_ids = fields.One2many("emulation.block.score", "year_id")
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

    @api.depends("votes_for", "votes_cast")
    def _compute_vote_text(self):
        for record in self:
            record.vote_text = f"{record.votes_for}/{record.votes_cast}" if record.votes_cast else False

    @api.constrains("head_id", "deputy_id", "chosen_id")
    def _check_members(self):
        for record in self:
            if (record.head_id | record.deputy_id) - record.block_id.member_ids:
                raise ValidationError(self.env._("Head and deputy are members of the block."))
            if record.chosen_id - record.block_id.member_ids:
                raise ValidationError(self.env._("The meeting chooses a member of the block."))

    @api.constrains("votes_for", "votes_cast")
    def _check_votes(self):
        for record in self:
            if not 0 <= record.votes_for <= record.votes_cast:
                raise ValidationError(self.env._("Votes for a leader are never more than votes cast."))

    def action_acclaim(self):
        """Acclaim who is first; the meeting decides a tie, or chooses another, by its vote."""
        return self._run_verb("acclaim")

    def _get_cannot_acclaim_reason(self):
        return self._check_verb("acclaim")

    def _get_first(self):
        self.ensure_one()
        return [member for place, member, _mean in self.ranking if place == 1]

    def _get_chosen(self):
        """Return whom the meeting chose, else who is first alone; empty where the meeting has to choose."""
        self.ensure_one()
        first = self._get_first()
        return self.chosen_id or self.env["emulation.block.member"].browse(first if len(first) == 1 else [])

    def _check_chosen(self):
        """Return {id: why nobody can be acclaimed} (Decree 152/2025/NĐ-CP, Article 7: compared, voted, acclaimed)."""
        return {record.id: reason for record in self if (reason := record._explain_no_leader())}

    def _explain_no_leader(self):
        first, chosen, values = self._get_first(), self._get_chosen(), {"year": self.display_name}
        if not first:
            return self.env._("%(year)s has no scores yet.", **values)
        if not chosen:
            return self.env._(
                "%(year)s: the first place is shared. Enter whom the meeting chose, and its vote.", **values
            )
        if chosen.id not in first and not (self.choice_reason or "").strip():
            return self.env._(
                "%(year)s: %(member)s is not first. Give the reason of the meeting.",
                **values,
                member=chosen.name,
            )
        if (self.chosen_id or self.votes_cast) and 2 * self.votes_for <= self.votes_cast:
            return self.env._("%(year)s: more than half of the votes are needed.", **values)
        return False

    @api.private
    def _do_acclaim(self):
        for record in self._start("acclaim"):
            record._finish("acclaim", leader_id=record._get_chosen().id)

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
            return self.env._("%(year)s: the leader is not acclaimed yet.", year=self.display_name)
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
