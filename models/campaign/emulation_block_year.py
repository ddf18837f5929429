from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.misc import formatLang
from odoo.tools.translate import LazyTranslate

from ...engine import blocks, deadlines, scoring, voting
from ..mixin.actions import open_dialog
from ..mixin.verb import Verb
from .block_plan import BlockPlan
from .block_ranking import BlockRanking

_lt = LazyTranslate(__name__)

DECIDERS = {"officer": None, "stand_in": None}
SHOWN = 5  # missing scores named in a message
VERBS = {
    "settle": Verb(
        ("open",),
        None,
        DECIDERS,
        _lt("Settle missing scores"),
        reason=True,
        checks=("_check_missing",),
        also="some are missing, and some were given; who has not scored everybody is left out of the count",
    ),
    "acclaim": Verb(
        ("open",),
        "acclaimed",
        DECIDERS,
        _lt("Elect the leader"),
        checks=("_check_complete", "_check_chosen"),
        also="every member has scored every other one (or is appraised), or that was settled; where the last "
        "flag is shared, the meeting chose, by more of its votes than the rule book asks for",
    ),
    "reopen": Verb(
        ("acclaimed",),
        "open",
        DECIDERS,
        _lt("Take the election back"),
        reason=True,
        checks=("_check_not_proposed",),
        also="nobody is proposed on it yet",
    ),
}
# What the meeting of the block decided, entered before the leader is elected.
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
        "open": {
            "officer": {
                *("block_id", "year", "head_id", "deputy_id", "maximum", "score_ids", "theme", "plan"),
                *("score_deadline", "late_policy", "set_id", "way", "flags", *MEETING),
                "extension_ids",
            }
        },
    }
    _deletable = {"open": "officer"}

    block_id = fields.Many2one("emulation.block", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="block_id.company_id", store=True, index=True)
    year = fields.Integer(required=True, aggregator=None)
    theme = fields.Text(string="Theme of the year")
    plan = fields.Text(string="Plan of the year", help="What the block does and when, one a line.")
    head_id = fields.Many2one("emulation.block.member", ondelete="restrict")
    deputy_id = fields.Many2one("emulation.block.member", string="Deputy head", ondelete="restrict")
    maximum = fields.Float(string="Points at most", default=100, required=True)
    set_id = fields.Many2one(
        "emulation.criterion.set",
        string="Criteria with points",
        ondelete="restrict",
        domain="[('scale', '!=', 'levels')]",
        help="The year's own copy; points are given criterion by criterion.",
    )
    way = fields.Selection(
        [("cross", "Members score one another"), ("own", "Own score, appraised")],
        string="Way of scoring",
        default="cross",
        required=True,
        help="Own score: each member scores itself, officers of the organising agency appraise it; that counts.",
    )
    flags = fields.Integer(
        string="Flags of the year", help="As the province allots them; 0: by the size of the block."
    )
    score_deadline = fields.Date(string="Scored until")
    late_policy = fields.Selection(
        [("mark", "Taken and marked as late"), ("refuse", "Not taken any more")],
        string="After a deadline",
        default="mark",
        required=True,
        help="Officers of the organising agency may enter points after it, or set a later day.",
    )
    extension_ids = fields.One2many("emulation.block.extension", "year_id", string="Extensions")
    state = fields.Selection(
        [("open", "Open"), ("acclaimed", "Leader elected")], default="open", required=True, copy=False
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
    votes_for = fields.Integer(string="Votes for", copy=False, aggregator=None)
    votes_cast = fields.Integer(string="Votes cast", copy=False, aggregator=None)
    choice_reason = fields.Char(
        string="Reason of the meeting", copy=False, help="Needed where it chose another than the first."
    )
    vote_text = fields.Char(string="Vote for the leader", compute="_compute_vote_text")
    # What was acclaimed, as it was then: the members by place, and how many flags the block had.
    outcome = fields.Json(readonly=True, copy=False)
    score_ids = fields.One2many("emulation.block.score", "year_id", string="Scores")
    meeting_ids = fields.One2many("emulation.meeting", "year_id", string="Meetings")
    missing_text = fields.Char(string="Missing scores", compute="_compute_ranking", compute_sudo=True)
    settled_reason = fields.Char(
        string="Why missing scores are settled",
        readonly=True,
        copy=False,
        help="Members that have not scored everybody are left out of the count.",
    )
    # sudo: a member sees its own scores only, the ranking is for all
    ranking = fields.Json(string="Ranking data", compute="_compute_ranking", compute_sudo=True)
    ranking_text = fields.Text(string="Ranking", compute="_compute_ranking", compute_sudo=True)
    is_mine = fields.Boolean(
        string="I score in it", compute="_compute_is_mine", search="_search_is_mine", compute_sudo=True
    )
    commendation_id = fields.Many2one(
        "emulation.commendation",
        string="Proposal of the leader",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )
    commendation_ids = fields.Many2many(
        "emulation.commendation",
        "emulation_block_year_commendation_rel",
        string="Proposals",
        readonly=True,
        copy=False,
    )

    _flags_not_negative = models.Constraint("CHECK (flags >= 0)", "A number cannot be negative.")
    _year_uniq = models.Constraint("UNIQUE (block_id, year)", "This block already has that year.")

    @api.depends("block_id", "year")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.block_id.name} {record.year or ''}"

    @api.depends(
        *(
            "score_ids.points",
            "score_ids.member_id",
            "block_id.member_ids",
            "settled_reason",
            "chosen_id",
            "way",
            "state",
        )
    )
    @api.depends_context("lang")
    def _compute_ranking(self):
        for record in self:
            means, ranks = record._get_means(), record._get_ranks()
            placed = record._get_placed()
            record.ranking = [[ranks[member], member.id, float(means[member])] for member in placed]
            record.ranking_text = "\n".join(
                f"{ranks[member]}. {member.name}: {formatLang(self.env, float(means[member]), digits=2)}"
                for member in placed
            )
            record.missing_text = record._get_missing_text() if record.state == "open" else False

    @api.depends("block_id.member_ids")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for record in self:
            record.is_mine = any(record.block_id.member_ids.mapped("is_mine"))

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("block_id.member_ids", "any", self.env["emulation.block.member"]._get_mine_domain())]

    @api.depends("votes_for", "votes_cast")
    def _compute_vote_text(self):
        for record in self:
            record.vote_text = f"{record.votes_for}/{record.votes_cast}" if record.votes_cast else False

    @api.model_create_multi
    def create(self, vals_list):
        years = super().create(vals_list)
        years._own_criteria()
        return years

    def write(self, vals):
        if vals.keys() & {"set_id", "way"}:
            self._check_unscored()
        result = super().write(vals)
        if vals.get("set_id") and not self._has_seal():
            self._own_criteria()
        return result

    def _own_criteria(self):
        """Give each year its own locked copy of the criteria it is to be scored by.

        :raises UserError: the criteria do not total what they say, or have no points: members are compared by points
        """
        loose = self.filtered(lambda year: year.set_id and not year.set_id.locked)
        reasons = loose.set_id._get_cannot_use_reason() | {
            sheet.id: self.env._(
                "%(set)s has levels by name without points, and a block compares points: let each level be worth "
                "points, for example Good: 10; Fair: 7.",
                set=sheet.name,
            )
            for sheet in self.set_id
            if sheet.scale == "levels"
        }
        if reasons:
            raise UserError("\n".join(reasons.values()))
        wanted = [(year.set_id, f"{year.set_id.name} – {year.display_name}") for year in loose]
        copies = self.env["emulation.criterion.set"]._take_locked_copies(wanted)
        for year, copy in zip(loose, copies, strict=True):
            year._write_protected({"set_id": copy.id})

    def _check_unscored(self):
        """Once somebody has scored, nobody scores by other criteria or in another way."""
        # sudo: emulation.block.score - whether there is one
        if not self._has_seal() and self.sudo().score_ids:
            raise UserError(self.env._("Members have scored in it already."))

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

    @api.ondelete(at_uninstall=False)
    def _unlink_except_scored(self):
        """What members gave themselves is not taken from them with the year."""
        # sudo: emulation.block.score - whether there is one
        if self.sudo().score_ids.filtered("is_own_hand") and not self._has_seal():
            raise UserError(self.env._("Members have scored in it already."))

    # ---------- The count ----------

    def _get_given(self):
        """Return {(scorer, scored): points} of this year, whoever asks: each member reads its own sheet only.

        What is being typed into the form counts as it stands there; a line just added has no points yet.
        """
        scores = self.score_ids.filtered(lambda score: score._origin or score.points)
        if isinstance(self.id, int):
            # sudo: emulation.block.score - the ranking is for all, the sheets are not; what the user may read of them
            # must not be taken for all
            scores = scores.sudo().search([("year_id", "=", self.id)])
        return {(score.scorer_id or None, score.member_id): scoring.points(score.points) for score in scores}

    def _get_means(self):
        """Return {member: its points}: the mean of what the others gave, or what it was appraised at."""
        return blocks.get_points(
            self.block_id.member_ids, self._get_given(), self.way, bool(self.settled_reason)
        )

    def _get_scored(self, scorer):
        """Return the members a scorer gives points to; without a scorer, those who are appraised."""
        self.ensure_one()
        return scorer if self.way == "own" and scorer else self.block_id.member_ids

    @api.private
    def _get_last_days(self):
        """Return {(year id, member id): the day until which it scores}, extensions counted, in one query."""
        given = self.env["emulation.block.extension"]._get_days(self)
        return {
            key: deadlines.latest(year.score_deadline, given.get(key, []))
            for year in self.sudo()  # sudo: emulation.block.year - until when a member scores is no secret
            for key in ((year.id, member.id) for member in year.block_id.member_ids)
        }

    def _get_criteria(self):
        """Return the criteria members are scored by, in their order; none: they are given points as a whole."""
        # sudo: emulation.criterion - by which the members of the block score, whoever keeps the set
        return self.sudo().set_id.criterion_ids.filtered(lambda line: line.kind != "group")

    def _get_flag_count(self):
        return self.flags or self.block_id.flag_count

    def _get_ranks(self):
        return scoring.rank(self._get_means())

    def _get_placed(self):
        """Return the members by place, the one the meeting put first before its equals."""
        return blocks.place(self._get_ranks(), self.chosen_id or None)

    def _get_missing_text(self):
        """Return who has not scored whom, the first few."""
        missing = blocks.find_missing(self.block_id.member_ids, self._get_given(), self.way)
        appraisal = self.env._("Appraised points")
        names = "; ".join(
            f"{scorer.name if scorer else appraisal} → {scored.name}" for scorer, scored in missing[:SHOWN]
        )
        return f"{names} … ({len(missing)})" if len(missing) > SHOWN else names

    @api.model
    @api.private
    def _get_to_score_domain(self):
        """Return the domain of the open years in which a member the user scores for has not given all its points."""
        mine = self.env["emulation.block.member"]._find_mine()
        if not mine:
            return Domain.FALSE
        # sudo: emulation.block.year - the own ones, for people without access rights
        years = self.sudo().search([("state", "=", "open"), ("block_id", "in", mine.block_id.ids)])
        # sudo: emulation.block.score - the own sheets
        scores = self.env["emulation.block.score"].sudo()
        given = scores.search_fetch(
            [("year_id", "in", years.ids), ("scorer_id", "in", mine.ids)],
            ["year_id", "scorer_id", "member_id"],
        )
        pairs = {(score.year_id, score.scorer_id, score.member_id) for score in given}
        waiting = {
            year.id
            for year in years
            for scorer in mine & year.block_id.member_ids
            for member in year._get_scored(scorer) - (scorer if year.way == "cross" else scorer.browse())
            if (year, scorer, member) not in pairs
        }
        return Domain("id", "in", list(waiting))

    # ---------- Verbs ----------

    def action_score(self):
        """Open the sheet on which one member scores the others and itself."""
        self.ensure_one()
        return open_dialog(
            "emulation.block.ballot", {"default_year_id": self.id}, self.env._("Score the members")
        )

    def action_settle(self):
        """Leave those out of the count who have not scored everybody; the reason stays on record."""
        return self._ask_reason("settle")

    def action_acclaim(self):
        """Acclaim who is first; the meeting decides a tie, or chooses another, by its vote."""
        return self._run_verb("acclaim")

    def action_reopen(self):
        return self._ask_reason("reopen")

    def _get_cannot_settle_reason(self):
        return self._check_verb("settle")

    def _get_cannot_acclaim_reason(self):
        return self._check_verb("acclaim")

    def _get_cannot_reopen_reason(self):
        return self._check_verb("reopen")

    def _get_first(self):
        self.ensure_one()
        return [member for place, member, _mean in self.ranking if place == 1]

    def _check_complete(self):
        """Every member has scored every other one, or that was settled."""
        return {
            record.id: self.env._(
                "%(year)s: scores are missing (%(missing)s). Wait for them, or settle it with a reason.",
                year=record.display_name,
                missing=record.missing_text,
            )
            for record in self
            if record.missing_text and not record.settled_reason and record._get_given()
        }

    def _check_missing(self):
        """There is something to settle."""
        return {
            record.id: self.env._("%(year)s: no scores are missing.", year=record.display_name)
            if record._get_given()
            else self.env._("%(year)s has no scores yet.", year=record.display_name)
            for record in self
            if not (record.missing_text and record._get_given())
        }

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
        if blocks.is_shared(
            self._get_ranks(), self._get_placed(), self._get_flag_count(), self.chosen_id or None
        ):
            return self.env._(
                "%(year)s: the last place with a flag is shared. Enter whom the meeting chose, and its vote.",
                **values,
            )
        share = self._get_vote_share()
        if (self.chosen_id or self.votes_cast) and not voting.is_above(
            self.votes_for, self.votes_cast, share
        ):
            return self.env._(
                "%(year)s: more than %(share)s%% of the votes are needed.", **values, share=f"{share:g}"
            )
        return False

    def _get_vote_share(self):
        """Return the share of votes, in %, that the rule book of today asks a meeting for."""
        # sudo: emulation.rulebook - the figure of the book in force
        books = self.env["emulation.rulebook"].sudo()
        book = books._for_date(self.company_id, fields.Date.context_today(self), raise_if_none=False)
        return book.unit_vote_percent if book else 50

    def _check_not_proposed(self):
        text = self.env._("The leader is proposed already: withdraw the proposal first.")
        return {
            record.id: text
            for record in self
            if record.commendation_ids.filtered(lambda one: one.state not in ("withdrawn", "rejected"))
        }

    @api.private
    def _do_settle(self, reason):
        self._start("settle", reason)._finish("settle", reason, settled_reason=reason)

    @api.private
    def _do_acclaim(self):
        for record in self._start("acclaim"):
            note = self.env._("Elected:\n%(ranking)s", ranking=record.ranking_text)
            placed = [member.id for member in record._get_placed()]
            outcome = {"placed": placed, "flags": record._get_flag_count()}
            record._finish("acclaim", note, leader_id=record._get_chosen().id)
            record._write_protected({"outcome": outcome})

    @api.private
    def _do_reopen(self, reason):
        self._start("reopen", reason)._finish("reopen", reason, leader_id=False, outcome=False)

    # ---------- What it leads to ----------

    def action_propose_leader(self):
        """Draft the proposals of those acclaimed, once: the leaders for the flag, the next for what the block set."""
        self.ensure_one()
        self.lock_for_update()
        reason = self._get_cannot_propose_reason()
        if reason:
            raise UserError(reason)
        if not self.commendation_ids:
            proposals = self.env["emulation.commendation"].create(self._prepare_proposals())
            self._write_protected({"commendation_id": proposals[0].id, "commendation_ids": proposals.ids})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Proposal of the leader"),
            "res_model": "emulation.commendation",
            "view_mode": "form" if len(self.commendation_ids) == 1 else "list,form",
            "domain": [("id", "in", self.commendation_ids.ids)],
            "res_id": self.commendation_id.id,
        }

    def _get_laureates(self):
        """Return [(member, award)]: as many leaders as the block has flags, then the places after."""
        block, leader, outcome = self.block_id, self.leader_id, self.outcome or {}
        places = self.env["emulation.block.member"].browse(outcome.get("placed", ())) or self._get_placed()
        placed = [leader, *(member for member in places if member != leader)]
        flags = outcome.get("flags", self._get_flag_count())
        seconds = placed[flags : flags + block.second_count] if block.second_award_id else []
        return [(member, block.award_id) for member in placed[:flags]] + [
            (member, block.second_award_id) for member in seconds
        ]

    def _get_cannot_propose_reason(self):
        """Return why the leader cannot be proposed, else False."""
        if self.state != "acclaimed":
            return self.env._("%(year)s: no leader has been chosen yet.", year=self.display_name)
        if not self.block_id.award_id:
            return self.env._("%(block)s: choose the flag for the leader first.", block=self.block_id.name)
        for member, _award in self._get_laureates():
            if not member.recipient_key:
                return self.env._(
                    "%(member)s is known by its name only: choose its unit or agency.", member=member.name
                )
        return False

    def _prepare_proposals(self):
        means, ranks = self._get_means(), self._get_ranks()
        return [
            {
                "recipient_type": "department" if member.department_id else "partner",
                "department_id": member.department_id.id,
                "partner_id": False if member.department_id else member._get_partner().id,
                "subject": "collective",
                "company_id": (member.department_id.company_id or self.company_id).id,
                "award_id": award.id,
                "period_from": date(self.year, 1, 1),
                "period_to": date(self.year, 12, 31),
                "summary": self._describe_place(
                    ranks[member], formatLang(self.env, float(means[member]), digits=2)
                )
                if member in means
                else self.choice_reason,
            }
            for member, award in self._get_laureates()
        ]

    def _describe_place(self, place, points):
        values = {"place": place, "block": self.block_id.name, "year": str(self.year), "points": points}
        if self.way == "own":
            return self.env._(
                "Place %(place)s of %(block)s in %(year)s, with %(points)s points after appraisal.", **values
            )
        return self.env._(
            "Place %(place)s of %(block)s in %(year)s, with %(points)s points from the other members.",
            **values,
        )

    # ---------- On paper ----------

    def action_print_ranking(self):
        """Download the table of points and places; whose leader is not elected yet is a draft by its heading."""
        return self.env.ref("hr_emulation.action_report_block_ranking").report_action(self, config=False)

    def action_print_plan(self):
        """Download the plan of the year, which the head of the block signs."""
        return self.env.ref("hr_emulation.action_report_block_plan").report_action(self, config=False)

    def _get_ranking_paper(self):
        """Return what the table of points and places says, in Vietnamese."""
        self.ensure_one()
        return BlockRanking(self).get_values()

    def _get_plan_paper(self):
        """Return what the plan of the year says, in Vietnamese."""
        self.ensure_one()
        return BlockPlan(self).get_values()
