from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools.translate import LazyTranslate

from ...engine import voting
from ..mixin.emulation_document_mixin import FRAME
from ..mixin.refusals import BUSY
from ..mixin.verb import Verb
from . import readiness
from .box import Box
from .emulation_council import KEY_HOLDERS
from .papers import BallotPapers, CountingMinutes, Minutes, OpinionForms

_lt = LazyTranslate(__name__)

DECIDERS = {"officer": None, "stand_in": None}
VERBS = {
    "open": Verb(
        ("draft",),
        "open",
        DECIDERS,
        _lt("Open the vote"),
        stamp=("opened_on",),
        checks=("_check_ready",),
        also="agenda, chair, secretary, quorum, way of voting, publications and codes are as they should be; all "
        "that is missing is told at once",
    ),
    "close": Verb(
        ("open",),
        "closed",
        DECIDERS,
        _lt("Close and count"),
        stamp=("closed_on",),
        checks=("_check_countable", "_check_key_is_here"),
        also="there is a quorum and the votes on paper are entered; a box of the counting board opens with its codes",
    ),
    "restart": Verb(
        ("open",), "draft", DECIDERS, _lt("Vote again"), reason=True, also="all ballots are destroyed unread"
    ),
    "cancel": Verb(
        ("draft", "open"),
        "cancelled",
        DECIDERS,
        _lt("Cancel session"),
        reason=True,
        also="ballots are destroyed unread",
    ),
    "store_minutes": Verb(("closed",), None, DECIDERS, _lt("Store the minutes"), also="once"),
}
# Who writes what: what decides the vote only before it is opened; the minutes until they are stored.
MEETING = {"council_id", "date_start", "form", "ballot_way", "key_holder", "teller_ids"}
COURSE = {"location", "chair_id", "secretary_id", "date_end", "item_ids", "attendance_ids", "review_ids"}
MINUTES = FRAME | {"discussion", "conclusion"}


class EmulationSession(models.Model):
    """A meeting of a council, or a consultation in writing, and its minutes (biên bản).

    The law wants result *and* rate of votes in the minutes: "Biên bản bình xét thi đua" for titles, "Biên bản
    xét khen thưởng" for forms of commendation (Decree 152/2025/NĐ-CP, Articles 33(5) and 44(2)).

    Opening the vote fixes what decides it: the agenda with its rules, the attendance list with the right to
    vote and the account of each member, and who may not vote on what. While it is open there is no count, and
    a choice exists only sealed (``emulation.ballot.envelope``); who voted how is never known.

    What belongs to a session but is not its own lies beside it: the agenda (``emulation.session.item``), the
    attendance list, the counting board (``emulation.session.teller``), the ballot box and its keys (``box``), what
    must hold before the vote (``readiness``), the words of its papers (``papers``).
    """

    _name = "emulation.session"
    _description = "Session of a council"
    _inherit = [
        "emulation.search.mixin",
        "emulation.minutes.mixin",
        "emulation.verb.mixin",
        "emulation.thread.mixin",
        "mail.activity.mixin",
    ]
    _search_key_fields = ("abstract", "number", "council_id.name")
    _document_report = "minutes"
    _order = "date_start desc, id desc"
    _rec_name = "abstract"
    _check_company_auto = True
    _verbs = VERBS
    _writable = {
        "draft": {"officer": MEETING | COURSE | MINUTES},
        "open": {"officer": COURSE | MINUTES},
        "closed": {"officer": MINUTES},
    }
    _deletable = {"draft": "officer"}

    council_id = fields.Many2one(
        "emulation.council", required=True, ondelete="restrict", index=True, tracking=True
    )
    company_id = fields.Many2one(related="council_id.company_id", store=True, precompute=True, index=True)
    state = fields.Selection(
        [("draft", "In preparation"), ("open", "Voting"), ("closed", "Closed"), ("cancelled", "Cancelled")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    form = fields.Selection(
        [("meeting", "Meeting"), ("written", "Consultation in writing")], required=True, default="meeting"
    )
    ballot_way = fields.Selection(
        [("electronic", "Electronic ballots"), ("paper", "Ballots on paper"), ("hands", "Show of hands")],
        string="Ballot way",
        required=True,
        default="electronic",
        help="Electronic ballots are always secret. A member without a device may vote on paper all the same.",
    )
    key_holder = fields.Selection(
        KEY_HOLDERS,
        string="Key of the ballot box",
        compute="_compute_key_holder",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="A lost key or code opens nothing: the vote is then held again.",
    )
    # Which key file belongs to the box; the key itself is never in the database.
    key_name = fields.Char(string="Key file", readonly=True, copy=False)
    date_start = fields.Datetime(
        string="Start date", required=True, default=lambda self: fields.Datetime.now(), tracking=True
    )
    date_end = fields.Datetime(string="Ended at", copy=False)
    item_ids = fields.One2many("emulation.session.item", "session_id", string="Agenda")
    review_ids = fields.Many2many(
        "emulation.review",
        "emulation_session_review_rel",
        "session_id",
        "review_id",
        string="Campaigns reviewed",
        check_company=True,
        domain="[('company_id', '=', company_id), ('state', 'in', ('open', 'closed'))]",
        help="What the council hears and evaluates of campaigns (sơ kết, tổng kết); said in the minutes.",
    )
    attendance_ids = fields.One2many("emulation.session.attendance", "session_id", string="Attendance list")
    teller_ids = fields.One2many("emulation.session.teller", "session_id", string="Counting board")
    opened_on = fields.Datetime(readonly=True, copy=False)
    closed_on = fields.Datetime(string="Closed at", readonly=True, copy=False)
    item_count = fields.Integer(compute="_compute_counts")
    member_count = fields.Integer(string="Voting members", compute="_compute_counts")
    participant_count = fields.Integer(string="Taking part", compute="_compute_counts")
    voted_count = fields.Integer(string="Number who voted", compute="_compute_counts")
    has_paper = fields.Boolean(compute="_compute_counts")
    quorum_text = fields.Char(string="Quorum", compute="_compute_counts")
    voting_text = fields.Char(compute="_compute_counts")
    warning_text = fields.Text(compute="_compute_warning_text")
    can_vote = fields.Boolean(compute="_compute_can_vote")

    # ------------------------------------------------------------------
    # Compute methods
    # ------------------------------------------------------------------

    @api.depends("council_id")
    def _compute_key_holder(self):
        """As the council usually does it."""
        for session in self:
            session.key_holder = session.council_id.key_holder or "server"

    @api.depends(
        "state",
        "item_ids",
        "attendance_ids.presence",
        "attendance_ids.has_vote",
        "attendance_ids.has_voted",
        "attendance_ids.uses_paper",
    )
    def _compute_counts(self):
        for session in self:
            members, participants = session._get_vote_numbers()
            needed = voting.needed_for_quorum(members, voting.as_share(session._get_quorum()))
            session.has_paper = any(row.uses_paper for row in session.attendance_ids)
            session.item_count = len(session.item_ids)
            session.member_count, session.participant_count = members, participants
            session.voted_count = len(session.attendance_ids.filtered("has_voted"))
            session.voting_text = session._get_voting_text()
            session.quorum_text = self.env._(
                "%(present)s of %(members)s take part; %(needed)s are needed.",
                present=participants,
                members=members,
                needed=needed,
            )

    def _get_voting_text(self):
        if not self.item_ids:
            return self.env._("The council meets. Nothing is voted on: reports are heard and evaluated.")
        return self.env._(
            "%(voted)s of %(members)s have voted. Counts stay hidden until the vote is closed.",
            voted=self.voted_count,
            members=len(self.attendance_ids.filtered(lambda row: row._is_voter)),
        )

    @api.depends("council_id.name", "abstract", "date_start")
    def _compute_display_name(self):
        for session in self:
            day = session.date_start and session._get_local(session.date_start)
            parts = (session.abstract or session.council_id.name, day and f"{day:%d/%m/%Y}")
            session.display_name = " – ".join(filter(None, parts))

    @api.depends_context("uid")
    @api.depends("state", "attendance_ids.has_voted")
    def _compute_can_vote(self):
        for session in self:
            session.can_vote = bool(session._get_open_seat(self.env.user))

    @api.depends(
        "state", "item_ids", "attendance_ids.presence", "attendance_ids.has_vote", "council_id.conflict_rule"
    )
    def _compute_warning_text(self):
        """Name what cannot pass, before the council sits down in vain."""
        live = self.filtered(lambda session: session.state in ("draft", "open"))
        (self - live).warning_text = False
        for session in live:
            session.warning_text = "\n".join(session.item_ids._list_out_of_reach())

    def _get_expected(self):
        """Return those of whom a vote is expected: who takes part, or every member before the list is called."""
        self.ensure_one()
        members = self.attendance_ids.filtered("has_vote")
        return members.filtered(lambda row: row._is_voter) or members

    def _get_vote_numbers(self):
        """Return (voting members on the list, those of them who take part)."""
        self.ensure_one()
        rows = self.attendance_ids.filtered("has_vote")
        return len(rows), len(rows.filtered(lambda row: row._takes_part))

    def _get_quorum(self):
        """Return the strictest quorum of the council and of the awards on the agenda, in %."""
        self.ensure_one()
        if self.state != "draft":
            return max(self.item_ids.mapped("quorum"), default=self.council_id.quorum)
        rules = self.env["emulation.award.rule"]._get_of(self.item_ids.commendation_id).values()
        return max([*(rule.quorum for rule in rules), self.council_id.quorum])

    def _has_quorum(self):
        self.ensure_one()
        return voting.has_quorum(*self._get_vote_numbers(), voting.as_share(self._get_quorum()))

    def _is_board_box(self):
        """Return whether the counting board holds the keys of the box."""
        return self.ballot_way == "electronic" and self.key_holder == "board"

    # ------------------------------------------------------------------
    # Constraints and ORM overrides
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        sessions = super().create(vals_list)
        sessions._fill_attendance()
        return sessions

    def write(self, vals):
        result = super().write(vals)
        if "ballot_way" in vals:
            for row in self.attendance_ids:
                row.uses_paper = vals["ballot_way"] != "electronic" or not row.user_id
        if {"council_id", "date_start"} & vals.keys():
            self.filtered(lambda session: session.state == "draft")._fill_attendance()
        return result

    # ------------------------------------------------------------------
    # Preparing
    # ------------------------------------------------------------------

    @api.model
    def _create_for(self, council, commendations):
        """Create a draft session of ``council`` with these commendations on the agenda, in the order of the law."""
        rank = self.env["emulation.decision"]._line_rank
        return self.create(
            {
                "council_id": council.id,
                "abstract": self._get_usual_abstract(commendations.award_id),
                "item_ids": [
                    Command.create({"commendation_id": record.id, "sequence": index})
                    for index, record in enumerate(commendations.sorted(rank), start=1)
                ],
            }
        )

    def _get_usual_abstract(self, awards):
        """Return the title of the minutes by the law: titles are *bình xét*, forms are *xét khen thưởng*."""
        kinds = set(awards.mapped("kind"))
        texts = {"title": "Bình xét thi đua", "form": "Xét khen thưởng"}
        return (
            texts[kinds.pop()]
            if len(kinds) == 1 and kinds <= texts.keys()
            else "Bình xét thi đua, khen thưởng"
        )

    def _fill_attendance(self):
        """Put the members of the day on the attendance list; name chair and secretary."""
        for session in self:
            members = session.council_id._get_members_on(session._get_local(session.date_start).date())
            known = session.attendance_ids.member_id
            session.attendance_ids.filtered(lambda row, on=members: row.member_id not in on).unlink()
            paper = session.ballot_way != "electronic"
            session.attendance_ids.create(
                [
                    {
                        "session_id": session.id,
                        "member_id": member.id,
                        "uses_paper": paper or not member.user_id,
                    }
                    for member in members - known
                ]
            )
            session.chair_id = session.chair_id & members or members.filtered(lambda m: m.role == "chair")[:1]
            secretaries = members.filtered(lambda member: member.role == "secretary")
            session.secretary_id = session.secretary_id & members or secretaries[:1]

    def action_all_present(self):
        """Tick everybody as present; then mark who is not."""
        self.check_access("write")
        rows = self.attendance_ids.filtered(lambda row: row.presence == "absent")
        rows.write({"presence": "written" if len(self) == 1 and self.form == "written" else "present"})

    # ------------------------------------------------------------------
    # Open
    # ------------------------------------------------------------------

    def action_open(self):
        """Open the vote of the sessions that are ready."""
        return self._run_verb("open")

    def _get_cannot_open_reason(self):
        return self._check_verb("open")

    def _check_ready(self):
        """Return {session id: every reason why the vote cannot be opened}."""
        reasons = {}
        for session in self:
            if texts := readiness.list_faults(session):
                reasons[session.id] = "\n".join(texts)
        return reasons

    def action_ask_codes(self):
        """Ask the members of the counting board who hold a code to make it."""
        self.check_access("write")
        for session in self.filtered(lambda session: session.state == "draft" and session._is_board_box()):
            session.teller_ids._ask_for_codes()

    @api.private
    def _do_open(self):
        for session in self._start("open"):
            session.attendance_ids._pin()
            session.teller_ids._pin()
            session.item_ids._pin_rules()
            session._finish("open", key_name=Box(session).make_key() if session.item_ids else False)
            if session.item_ids:
                session._notify_voters(session.attendance_ids)

    def _notify_voters(self, rows):
        """Tell members who vote electronically that the vote is open, each in the own language, one message each."""
        self.ensure_one()
        # sudo: emulation.session.attendance - only the partners to write to
        voters = rows.filtered(lambda row: row._is_voter and not row.uses_paper).sudo()
        self._tell(
            voters.user_id.partner_id,
            f"/my/emulation/ballots/{self.id}",
            lambda told: (
                told.env._("Your vote is awaited: %(session)s", session=told.abstract),
                told.env._("The vote of %(council)s is open.", council=told.council_id.name),
                told.env._("Vote"),
            ),
        )

    # ------------------------------------------------------------------
    # Vote
    # ------------------------------------------------------------------

    def action_vote(self):
        """Open the ballot of the current user."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/my/emulation/ballots/{self.id}",
            "target": "self",
        }

    def _open_seat_domain(self, user):
        return [
            ("session_id.state", "=", "open"),
            ("session_id.item_ids", "!=", False),
            ("user_id", "=", user.id),
            ("has_vote", "=", True),
            ("presence", "!=", "absent"),
            ("uses_paper", "=", False),
            ("has_voted", "=", False),
        ]

    def _get_open_seat(self, user):
        """Return the line of the attendance list by which the user may still vote, or an empty one."""
        self.ensure_one()
        # sudo: emulation.session.attendance - whether I may vote is asked of the list itself
        rows = self.env["emulation.session.attendance"].sudo()
        if self.state != "open":
            return rows
        return rows.search([("session_id", "=", self.id), *self._open_seat_domain(user)], limit=1)

    def _get_ballot_items(self, seat):
        """Return the items the member of this seat votes on."""
        self.ensure_one()
        if not seat._is_voter:
            return self.item_ids.browse()
        conflicts = self.item_ids._get_conflicts(seat)
        return self.item_ids.filtered(lambda item: not conflicts[item.id])

    @api.private
    def _do_cast(self, user, choices, rest="blank"):
        """Cast the ballot of one member, once, for all items at once.

        :param user: the member's user
        :param dict choices: {item id: "agree", "disagree" or "blank"}
        :param str rest: choice for what is not in ``choices``, for "agree to all, except"
        :raises AccessError: the user has no vote here, or has voted
        :raises UserError: an item or a choice does not exist
        """
        self.ensure_one()
        seat = self._get_open_seat(user)
        if not seat:
            raise AccessError(self._get_no_vote_text(user))
        # Waits for another window of the same member, and for the closing; then the request is played again.
        seat._wait_for_lock()
        # sudo: emulation.session - the vote is the member's own; nothing is read back
        items = self.sudo()._get_ballot_items(seat)
        if choices.keys() - set(items.ids) or {*choices.values(), rest} - set(voting.CHOICES):
            raise UserError(self.env._("This is not a choice of this ballot."))
        seat._write_protected({"has_voted": True})
        self.env.flush_all()
        Box(seat.session_id).put(seat, {item.id: choices.get(item.id, rest) for item in items})

    def _get_no_vote_text(self, user):
        """Say why a user has no vote to cast."""
        # sudo: emulation.session.attendance - the user's own line
        own = self.env["emulation.session.attendance"].sudo()
        if own.search_count(
            [("session_id", "=", self.id), ("user_id", "=", user.id), ("has_voted", "=", True)]
        ):
            return self.env._("You have voted already. Your vote is in the ballot box.")
        # sudo: emulation.session - only its state, for the text
        if self.sudo().state in ("closed", "cancelled"):
            return self.env._("The vote is closed.")
        return self.env._("You have no vote to cast here.")

    # ------------------------------------------------------------------
    # Close
    # ------------------------------------------------------------------

    def action_close(self):
        """Close the vote, count, and hand the results to the commendations.

        A box of the counting board opens on a page of its own, with two codes.
        """
        if len(self) == 1 and self._is_board_box() and self.item_ids:
            self._refuse_to_close()
            return {"type": "ir.actions.act_url", "url": f"/emulation/counting/{self.id}", "target": "self"}
        return self._run_verb("close")

    @api.private
    def _close_with_codes(self, codes):
        """Close the vote with the codes of two members of the counting board.

        :raises UserError: it cannot be closed, somebody else works on it, or a code is wrong
        """
        self.ensure_one()
        self._refuse_to_close()
        if not self.try_lock_for_update():
            raise UserError(self.env._(BUSY))
        self._do_close(codes)

    def _refuse_to_close(self):
        for reason in (self._get_blocked("close") or self._check_countable()).values():
            raise UserError(reason)

    def _get_cannot_close_reason(self):
        return self._check_verb("close")

    def _check_countable(self):
        """Return {session id: reason} of what lacks a quorum or its votes on paper."""
        reasons = {}
        for session in self:
            if not session._has_quorum():
                reasons[session.id] = self.env._("No quorum: %(numbers)s", numbers=session.quorum_text)
            elif uncounted := session._get_uncounted_items():
                reasons[session.id] = self.env._(
                    "Enter the votes on paper of: %(items)s.",
                    items=", ".join(uncounted.mapped("display_name")),
                )
            elif texts := session.item_ids._list_too_many_papers():
                reasons[session.id] = "\n".join(texts)
        return reasons

    def _check_key_is_here(self):
        text = self.env._(
            "This ballot box opens with the codes of the counting board: close the session by itself."
        )
        return {session.id: text for session in self if session._is_board_box() and session.item_ids}

    def _get_uncounted_items(self):
        """Return the items with voters on paper and no vote entered."""
        voters = self.item_ids._get_voters(self)
        return self.item_ids.filtered(
            lambda item: voters[item.id].filtered("uses_paper") and not item._get_paper_total()
        )

    @api.private
    def _do_close(self, codes=()):
        """Close the vote and count.

        :param codes: the codes of two members of the counting board, where they hold the keys
        :raises UserError: it cannot be closed, or the box does not open
        """
        for session in self._start("close"):
            # Votes on their way are waited for; then the request is played again and counts them too.
            session.attendance_ids._wait_for_lock()
            for reason in session._check_countable().values():
                raise UserError(reason)
            session._count(codes)

    def _count(self, codes):
        """Open the box and store the results; all in this transaction, or nothing."""
        Box(self).open(codes)
        outcomes = self.item_ids._count_votes() if self.item_ids else {}
        self._finish("close", date_end=self.date_end or fields.Datetime.now())
        Box(self).destroy()
        results = {item.commendation_id: (item.is_passed, outcomes[item].explain()) for item in self.item_ids}
        if results:
            self.item_ids.commendation_id._do_vote(results)

    # ------------------------------------------------------------------
    # Vote again, call off
    # ------------------------------------------------------------------

    def action_restart(self):
        """Throw the ballots away and go back to preparing: a key is lost, or the attendance list was wrong."""
        return self._ask_reason("restart")

    def action_cancel(self):
        """Call sessions off, with a reason; their commendations wait for another one."""
        return self._ask_reason("cancel")

    def _get_cannot_restart_reason(self):
        return self._check_verb("restart")

    def _get_cannot_cancel_reason(self):
        return self._check_verb("cancel")

    @api.private
    def _do_restart(self, reason):
        todo = self._start("restart", reason)
        for session in todo:
            session.attendance_ids._wait_for_lock()
            Box(session).destroy()
            session.attendance_ids._write_protected({"has_voted": False})
            session.item_ids._unpin()
        text = self.env._(
            "The vote is held again; the ballots were destroyed unread. %(reason)s", reason=reason
        )
        todo._finish("restart", text, opened_on=False)

    @api.private
    def _do_cancel(self, reason):
        todo = self._start("cancel", reason)
        for session in todo:
            session.attendance_ids._wait_for_lock()
            Box(session).destroy()
        todo._finish("cancel", reason)

    # ------------------------------------------------------------------
    # Minutes
    # ------------------------------------------------------------------

    def _get_meeting_day(self):
        self.ensure_one()
        return self._get_local(self.date_start).date()

    def _get_minutes_values(self):
        """Return plain values for the report ``hr_emulation.report_minutes``."""
        self.ensure_one()
        return Minutes(self).get_values()

    def _get_counting_values(self):
        """Return plain values for the report ``hr_emulation.report_counting_minutes``."""
        self.ensure_one()
        return CountingMinutes(self).get_values()

    def _list_ballot_sheets(self):
        """Return the sheets of the report ``hr_emulation.report_ballot_papers``."""
        self.ensure_one()
        return BallotPapers(self).list_sheets()

    def _list_opinion_forms(self):
        """Return the forms of the report ``hr_emulation.report_opinion_forms``."""
        self.ensure_one()
        return OpinionForms(self).list_forms()

    def _get_secret_items(self):
        """Return the items whose award asks for a secret ballot."""
        self.ensure_one()
        if self.state != "draft":
            return self.item_ids.filtered("is_secret")
        rules = self.env["emulation.award.rule"]._get_of(self.item_ids.commendation_id)
        return self.item_ids.filtered(lambda item: rules[item.commendation_id].secret_ballot)
