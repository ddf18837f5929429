from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ...engine import voting

FIXED_FIELDS = frozenset({"council_id", "date_start", "form", "ballot_way", "item_ids", "company_id"})
ROLL_FIELDS = frozenset({"attendance_ids", "item_ids", "date_end", "chair_id", "secretary_id", "location"})


class EmulationSession(models.Model):
    """A meeting of a council, or a consultation in writing, and its minutes (biên bản).

    The law wants result *and* rate of votes in the minutes: "Biên bản bình xét thi đua" for titles, "Biên bản
    xét khen thưởng" for forms of commendation (ND152 Art 33(5), 44(2)). While the vote is open nobody sees a
    count; who voted how is never known (DESIGN §5).
    """

    _name = "emulation.session"
    _description = "Session of a council"
    _inherit = [
        "emulation.search.mixin",
        "emulation.protected.mixin",
        "emulation.document.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _search_key_fields = ("abstract", "number", "council_id.name")
    _number_series = "minutes"
    _order = "date_start desc, id desc"
    _rec_name = "abstract"
    _check_company_auto = True
    _issued_states = ("closed",)
    _protected_fields = frozenset(
        {"state", "opened_on", "closed_on", "document_attachment_id", "document_sha256", "verification_token"}
    )

    council_id = fields.Many2one(
        "emulation.council", required=True, ondelete="restrict", index=True, tracking=True
    )
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    state = fields.Selection(
        [("draft", "Draft"), ("open", "Voting"), ("closed", "Closed"), ("cancelled", "Cancelled")],
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
        required=True,
        default="electronic",
        help="Electronic ballots are always secret. A member without a device may vote on paper all the same.",
    )
    date_start = fields.Datetime(required=True, default=lambda self: fields.Datetime.now(), tracking=True)
    date_end = fields.Datetime(string="Ended at", copy=False)
    location = fields.Char()
    chair_id = fields.Many2one(
        "emulation.council.member", string="Chaired by", domain="[('council_id', '=', council_id)]"
    )
    secretary_id = fields.Many2one(
        "emulation.council.member", string="Minutes by", domain="[('council_id', '=', council_id)]"
    )
    item_ids = fields.One2many("emulation.session.item", "session_id", string="Agenda")
    attendance_ids = fields.One2many("emulation.session.attendance", "session_id", string="Roll")
    discussion = fields.Text(help="What was said, for the minutes; opinions that differ are reported.")
    conclusion = fields.Text(help="What the chair concluded.")
    opened_on = fields.Datetime(readonly=True, copy=False)
    closed_on = fields.Datetime(readonly=True, copy=False)
    item_count = fields.Integer(compute="_compute_counts")
    member_count = fields.Integer(string="Voting members", compute="_compute_counts")
    participant_count = fields.Integer(string="Taking part", compute="_compute_counts")
    voted_count = fields.Integer(string="Voted", compute="_compute_counts")
    has_paper = fields.Boolean(compute="_compute_counts")
    quorum_text = fields.Char(string="Quorum", compute="_compute_counts")
    voting_text = fields.Char(compute="_compute_counts")

    # ------------------------------------------------------------------
    # Compute methods
    # ------------------------------------------------------------------

    @api.depends(
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
            session.voting_text = self.env._(
                "%(voted)s of %(members)s have voted. Counts stay hidden until the vote is closed.",
                voted=session.voted_count,
                members=participants,
            )
            session.quorum_text = self.env._(
                "%(present)s of %(members)s take part; %(needed)s are needed.",
                present=participants,
                members=members,
                needed=needed,
            )

    @api.depends("council_id.name", "abstract", "date_start")
    def _compute_display_name(self):
        for session in self:
            day = session.date_start and session._get_local(session.date_start)
            parts = (session.abstract or session.council_id.name, day and f"{day:%d/%m/%Y}")
            session.display_name = " – ".join(filter(None, parts))

    def _get_vote_numbers(self):
        """Return (voting members on the roll, those of them who take part)."""
        self.ensure_one()
        rows = self.attendance_ids.filtered("has_vote")
        return len(rows), len(rows.filtered(lambda row: row._is_voter))

    def _get_quorum(self):
        """Return the strictest quorum of the council and of the awards on the agenda, in %."""
        self.ensure_one()
        if self.state != "draft":
            return max([*self.item_ids.mapped("quorum"), self.council_id.quorum])
        rules = self.item_ids.commendation_id._get_award_rules().values()
        return max([*(rule.quorum for rule in rules), self.council_id.quorum])

    # ------------------------------------------------------------------
    # Constraints and ORM overrides
    # ------------------------------------------------------------------

    @api.constrains("chair_id", "secretary_id", "council_id")
    def _check_officers(self):
        for session in self:
            if (session.chair_id | session.secretary_id).council_id - session.council_id:
                raise ValidationError(self.env._("Chair and secretary are members of the council."))

    @api.model_create_multi
    def create(self, vals_list):
        sessions = super().create(vals_list)
        sessions._call_roll()
        return sessions

    def write(self, vals):
        if not self._has_seal():
            self._check_open_fields(vals.keys())
        result = super().write(vals)
        if "ballot_way" in vals:
            self.attendance_ids.write({"uses_paper": vals["ballot_way"] != "electronic"})
        if {"council_id", "date_start"} & vals.keys():
            self.filtered(lambda session: session.state == "draft")._call_roll()
        return result

    def _check_open_fields(self, names):
        for session in self:
            if session.state == "open" and names & (FIXED_FIELDS - {"item_ids"}):
                raise UserError(self.env._("The vote is open: agenda, day and way of voting are fixed."))
            sealed = session.state == "cancelled" or session.document_attachment_id
            over = session.state == "closed" and names & (FIXED_FIELDS | ROLL_FIELDS)
            if over or (sealed and names - {"message_follower_ids", "activity_ids"}):
                raise UserError(self.env._("The session is over: it is not edited any more."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_opened(self):
        if any(session.state != "draft" for session in self):
            raise UserError(self.env._("A session that was opened is kept."))

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

    def _call_roll(self):
        """Put the members of the day on the roll; name chair and secretary."""
        for session in self:
            members = session.council_id._get_members_on(session._get_local(session.date_start).date())
            known = session.attendance_ids.member_id
            session.attendance_ids.filtered(lambda row, on=members: row.member_id not in on).unlink()
            paper = session.ballot_way != "electronic"
            session.attendance_ids.create(
                [
                    {"session_id": session.id, "member_id": member.id, "uses_paper": paper}
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
        self._refuse(self._get_cannot_open_reason())
        self._do_open()

    def _refuse(self, reasons):
        self.check_access("write")
        if reasons:
            raise UserError("\n".join(reasons.values()))

    def _get_cannot_open_reason(self):
        """Return {session id: every reason why the vote cannot be opened}."""
        reasons = {}
        for session in self:
            texts = session._list_missing()
            if texts:
                reasons[session.id] = "\n".join(texts)
        return reasons

    def _list_missing(self):
        self.ensure_one()
        if self.state != "draft":
            return [self.env._("%(session)s: the vote was opened before.", session=self.display_name)]
        texts = []
        if not self.item_ids:
            texts.append(self.env._("The agenda is empty."))
        if not self.chair_id or not self.secretary_id:
            texts.append(self.env._("Name the chair and the secretary."))
        if not self._has_quorum():
            texts.append(self.env._("No quorum: %(numbers)s", numbers=self.quorum_text))
        bad = self.item_ids.commendation_id._get_cannot_vote_reason()
        texts += [
            f"{item.commendation_id.display_name}: {bad[item.commendation_id.id]}"
            for item in self.item_ids
            if bad[item.commendation_id.id]
        ]
        return texts + self._list_wrong_way() + self._list_unpublished()

    def _list_unpublished(self):
        """An award that asks for it is published for comments before the vote (ND152 Art 44(2))."""
        proposals, day = self.item_ids.commendation_id, self._get_local(self.date_start).date()
        reasons = self.env["emulation.publication"]._get_not_ready_reasons(proposals, day)
        return [
            f"{proposal.display_name}: {reasons[proposal.id]}"
            for proposal in proposals
            if proposal.id in reasons
        ]

    def _list_wrong_way(self):
        """Where the award asks for a secret ballot, no show of hands."""
        if self.ballot_way != "hands":
            return []
        rules = self.item_ids.commendation_id._get_award_rules()
        return [
            self.env._("%(item)s: the award asks for a secret ballot.", item=commendation.display_name)
            for commendation, rule in rules.items()
            if rule.secret_ballot
        ]

    def _has_quorum(self):
        self.ensure_one()
        return voting.has_quorum(*self._get_vote_numbers(), voting.as_share(self._get_quorum()))

    @api.private
    def _do_open(self):
        self.lock_for_update()
        for session in self.filtered(lambda session: session.state == "draft"):
            session.item_ids._pin_rules()
            session._write_protected({"state": "open", "opened_on": fields.Datetime.now()})
            session._sync_ballots()
            session._notify_voters()

    # ------------------------------------------------------------------
    # Close
    # ------------------------------------------------------------------

    def action_close(self):
        """Close the vote, count, and hand the results to the commendations."""
        self._refuse(self._get_cannot_close_reason())
        self._do_close()

    def _get_cannot_close_reason(self):
        """Return {session id: reason}."""
        reasons = {}
        for session in self:
            if session.state != "open":
                reasons[session.id] = self.env._(
                    "%(session)s: no vote is open.", session=session.display_name
                )
            elif not session._has_quorum():
                reasons[session.id] = self.env._("No quorum: %(numbers)s", numbers=session.quorum_text)
            elif uncounted := session._get_uncounted_items():
                reasons[session.id] = self.env._(
                    "Enter the votes on paper of: %(items)s.",
                    items=", ".join(uncounted.mapped("display_name")),
                )
        return reasons

    def _get_uncounted_items(self):
        """Return the items with voters on paper and no vote entered."""
        voters = self.item_ids._get_voters(self)
        return self.item_ids.filtered(
            lambda item: voters[item.id].filtered("uses_paper") and not item._get_paper_total()
        )

    @api.private
    def _do_close(self):
        self.lock_for_update()
        for session in self.filtered(lambda session: session.state == "open"):
            self._refuse(session._get_cannot_close_reason())
            self.env.flush_all()
            outcomes = session.item_ids._count_votes()
            now = fields.Datetime.now()
            session._write_protected(
                {"state": "closed", "closed_on": now, "date_end": session.date_end or now}
            )
            session._forget_order()
            session.item_ids.commendation_id._do_vote_each(
                {
                    item.commendation_id: (item.is_passed, outcomes[item].explain())
                    for item in session.item_ids
                }
            )

    def action_cancel(self):
        """Call the session off; its commendations wait for another one."""
        self.check_access("write")
        wrong = self.filtered(lambda session: session.state not in ("draft", "open"))
        if wrong:
            raise UserError(self.env._("A closed session is not called off."))
        self._do_cancel()

    @api.private
    def _do_cancel(self):
        self.lock_for_update()
        for session in self.filtered(lambda session: session.state in ("draft", "open")):
            session._write_protected({"state": "cancelled"})
            session._forget_order()

    # ------------------------------------------------------------------
    # Minutes
    # ------------------------------------------------------------------

    def _is_document_draft(self):
        return not self.document_attachment_id

    def action_print(self):
        """Print the minutes: a draft until they are stored."""
        self.ensure_one()
        if self.document_attachment_id:
            url = f"/web/content/{self.document_attachment_id.id}?download=true"
            return {"type": "ir.actions.act_url", "url": url, "target": "self"}
        return self.env.ref("hr_emulation.action_report_minutes").report_action(self, config=False)

    def action_store_minutes(self):
        """Keep the minutes as they are; the session is not edited after this."""
        self.check_access("write")
        if any(session.state != "closed" for session in self):
            raise UserError(self.env._("Minutes are stored when the vote is closed."))
        self._do_store_minutes()

    @api.private
    def _do_store_minutes(self):
        self.lock_for_update()
        for session in self.filtered(lambda session: not session.document_attachment_id):
            day = session.issue_date or session._get_local(session.date_start).date()
            session._with_seal().issue_date = day
            session._write_protected(session._store_document_pdf("hr_emulation.action_report_minutes"))
