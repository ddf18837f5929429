from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...engine import voting

RULE_FIELDS = ("threshold", "quorum", "vote_base", "majority")


class EmulationSessionItem(models.Model):
    """One commendation on the agenda of a session, how it is voted on, and the result once the vote is closed."""

    _name = "emulation.session.item"
    _description = "Item of a session"
    _inherit = ["emulation.guard.mixin"]
    _order = "session_id, sequence, id"
    _rec_name = "commendation_id"
    _check_company_auto = True
    _guard_parent = "session_id"
    _writable = {
        "draft": {"officer": {"session_id", "sequence", "commendation_id"}},
        "open": {"officer": {"paper_agree", "paper_disagree", "paper_blank"}},
    }
    _deletable = {"draft": "officer"}

    session_id = fields.Many2one("emulation.session", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="session_id.company_id", store=True, index=True)
    session_state = fields.Selection(related="session_id.state")
    sequence = fields.Integer(default=10, aggregator=None)
    commendation_id = fields.Many2one(
        "emulation.commendation", required=True, ondelete="restrict", index=True, check_company=True
    )
    award_id = fields.Many2one(related="commendation_id.award_id", store=True)
    # The rule of the award as it stood when the vote was opened.
    threshold = fields.Float(string="Threshold (%)", digits=(5, 2), readonly=True, copy=False)
    quorum = fields.Float(string="Quorum (%)", digits=(5, 2), readonly=True, copy=False)
    vote_base = fields.Selection(
        [("all_members", "All members"), ("present", "Members present")],
        string="Counted on",
        readonly=True,
        copy=False,
    )
    majority = fields.Float(string="Majority (%)", digits=(5, 2), readonly=True, copy=False, default=50)
    is_secret = fields.Boolean(string="Secret", readonly=True, copy=False)
    # What the secretary counted on paper or by show of hands.
    paper_agree = fields.Integer(string="Agree (paper)", copy=False, aggregator=None)
    paper_disagree = fields.Integer(string="Disagree (paper)", copy=False, aggregator=None)
    paper_blank = fields.Integer(string="Blank or invalid (paper)", copy=False, aggregator=None)
    # The result, written when the vote is closed and never before.
    entitled_count = fields.Integer(string="May vote", readonly=True, copy=False, aggregator=None)
    agree_count = fields.Integer(string="Agree", readonly=True, copy=False, aggregator=None)
    disagree_count = fields.Integer(string="Disagree", readonly=True, copy=False, aggregator=None)
    blank_count = fields.Integer(string="Blank or invalid", readonly=True, copy=False, aggregator=None)
    is_passed = fields.Boolean(string="Vote reached", readonly=True, copy=False)
    explanation = fields.Char(string="Result", readonly=True, copy=False)
    # Ids of the lines of the attendance list without a vote on the item, as it stood when the vote was opened.
    conflict_row_ids = fields.Json(string="Lines without a vote", readonly=True, copy=False)
    left_out_count = fields.Integer(string="Not counted", readonly=True, copy=False, aggregator=None)
    conflict_names = fields.Char(string="No vote", compute="_compute_conflict_names")

    _commendation_uniq = models.Constraint(
        "UNIQUE (session_id, commendation_id)", "This commendation is on the agenda already."
    )
    _paper_not_negative = models.Constraint(
        "CHECK (paper_agree >= 0 AND paper_disagree >= 0 AND paper_blank >= 0)",
        "A number of votes is never below zero.",
    )

    def _get_roles(self):
        """Votes on paper about oneself are for another officer to enter, if there is one."""
        roles = super()._get_roles()
        user = self.env.user._get_emulation_identity()
        # sudo: emulation.commendation - whom it is about
        own = self.sudo().filtered(
            lambda item: (
                item.session_id.state != "draft"
                and item.commendation_id._is_emulation_owner(user)
                and item.company_id._get_emulation_officers()
                - item.commendation_id._get_emulation_owner_users()
            )
        )
        return {**roles, **dict.fromkeys(own._ids, frozenset())}

    @api.depends("commendation_id", "conflict_row_ids", "session_id.attendance_ids.presence")
    def _compute_conflict_names(self):
        for session, items in self.grouped("session_id").items():
            conflicts = items._get_conflicts(session.attendance_ids)
            for item in items:
                item.conflict_names = ", ".join(conflicts[item.id].mapped("name"))

    @api.constrains("paper_agree", "paper_disagree", "paper_blank")
    def _check_paper(self):
        for text in self._list_too_many_papers():
            raise ValidationError(text)

    def _list_too_many_papers(self):
        """Return in words where votes on paper outnumber those who vote on paper."""
        texts = []
        for session, items in self.grouped("session_id").items():
            voters = items._get_voters(session)
            for item in items:
                most = len(voters[item.id].filtered("uses_paper"))
                if item._get_paper_total() > most:
                    texts.append(
                        self.env._(
                            "%(item)s: %(votes)s votes on paper, but only %(most)s members vote on paper.",
                            item=item.display_name,
                            votes=item._get_paper_total(),
                            most=most,
                        )
                    )
        return texts

    def _get_paper_total(self):
        self.ensure_one()
        return self.paper_agree + self.paper_disagree + self.paper_blank

    # ------------------------------------------------------------------
    # Who may vote
    # ------------------------------------------------------------------

    def _get_conflicts(self, rows):
        """Return {item id: those of these lines of the attendance list that have no vote on it}.

        Unless the council says otherwise, nobody votes on oneself or on the own unit. As it stood when
        the vote was opened: a transfer during the vote changes nothing.
        """
        # sudo: hr.employee - a member's own unit decides; only lines of the list leave
        seats = [(row, row.sudo().member_id.employee_id) for row in rows]
        conflicts = {}
        for item in self:
            if item.session_id.state not in (False, "draft"):
                conflicts[item.id] = rows.browse(item.conflict_row_ids) & rows
                continue
            # sudo: emulation.commendation - who it is about, to find who is concerned
            commendation = item.commendation_id.sudo()
            found = [row.id for row, employee in seats if item._is_conflicted(commendation, employee)]
            conflicts[item.id] = rows.browse(found)
        return conflicts

    def _is_conflicted(self, commendation, employee):
        if self.session_id.council_id.conflict_rule == "votes":
            return False
        unit = commendation.department_id
        # Where a member works is read only when a unit is voted on: it is not stored with the employee.
        path = employee.department_id.parent_path if unit else ""
        return voting.has_conflict(
            employee.id,
            candidate=commendation.employee_id.id,
            unit=unit.id,
            own_units=[int(part) for part in (path or "").split("/") if part],
            own_unit_conflict=self.session_id.council_id.own_unit_conflict,
        )

    def _get_voters(self, session):
        """Return {item id: lines of the attendance list of those who take part and may vote on it}."""
        rows = session.attendance_ids.filtered(lambda row: row._takes_part)
        conflicts = self._get_conflicts(rows)
        return {item.id: rows - conflicts[item.id] for item in self}

    # ------------------------------------------------------------------
    # Deeds of the session
    # ------------------------------------------------------------------

    @api.private
    def _pin_rules(self):
        """Remember the award rules and who may not vote as they stand when the vote is opened."""
        rules = self.env["emulation.award.rule"]._get_of(self.commendation_id)
        conflicts = self._get_conflicts(self.session_id.attendance_ids)
        for item in self:
            item._write_protected(
                {
                    **item._prepare_rule(rules[item.commendation_id]),
                    "conflict_row_ids": conflicts[item.id].ids,
                    "left_out_count": item._get_left_out_count(conflicts[item.id]),
                }
            )

    @api.private
    def _unpin(self):
        """Go back to preparing: what was counted on paper is void as well."""
        self._write_protected(
            {
                **dict.fromkeys((*(f"paper_{choice}" for choice in voting.CHOICES), "left_out_count"), 0),
                **dict.fromkeys(("conflict_row_ids", "threshold", "quorum", "vote_base", "is_secret"), False),
            }
        )

    @api.private
    def _count_votes(self):
        """Store and return the outcome of each item: {item: engine.voting.Outcome}."""
        # sudo: emulation.ballot - nobody may read ballots; only sums leave
        cast = self.env["emulation.ballot"].sudo()._count(self.ids)
        session = self.session_id
        voters = self._get_voters(session)
        members, participants = session._get_vote_numbers()
        rules, outcomes = self._get_rules(), {}
        for item in self:
            votes = {
                choice: cast[item.id].get(choice, 0) + item[f"paper_{choice}"] for choice in voting.CHOICES
            }
            tally = item._make_tally(members, participants, len(voters[item.id]), votes)
            outcomes[item] = outcome = voting.decide(tally, rules[item.id])
            item._write_protected(
                {
                    "entitled_count": tally.entitled,
                    **{f"{choice}_count": number for choice, number in votes.items()},
                    "is_passed": outcome.passed,
                    "explanation": outcome.explain(),
                }
            )
        return outcomes

    def _get_rules(self):
        """Return {item id: engine.voting.Rule}: as it was when the vote was opened, else as it is now."""
        now = self.filtered(lambda item: item.session_id.state == "draft")
        rules = self.env["emulation.award.rule"]._get_of(now.commendation_id)
        return {
            item.id: voting.Rule.from_percent(*(figures[name] for name in RULE_FIELDS))
            for item in self
            for figures in [item._prepare_rule(rules[item.commendation_id]) if item in now else item]
        }

    def _prepare_rule(self, rule):
        """Return the figures of the award rule and of the council as they are now."""
        return {
            "threshold": rule.vote_threshold,
            "quorum": max(rule.quorum, self.session_id.council_id.quorum),
            "vote_base": rule.vote_base or "all_members",
            "majority": rule.rulebook_id.majority_percent if rule else 50,
            "is_secret": rule.secret_ballot,
        }

    def _get_left_out_count(self, conflicted):
        """Return how many members leave the count, of those without a vote on the item."""
        if self.session_id.council_id.conflict_rule != "left_out":
            return 0
        return len(conflicted.filtered("has_vote"))

    def _list_out_of_reach(self):
        """Return in words which items cannot pass even if all who may vote agree."""
        rules, texts = self._get_rules(), []
        for session, items in self.grouped("session_id").items():
            members, expected = session.attendance_ids.filtered("has_vote"), session._get_expected()
            conflicts = items._get_conflicts(members)
            for item in items:
                left_out = item._get_left_out_count(conflicts[item.id])
                able = len(expected - conflicts[item.id])
                tally = voting.Tally(len(members), len(expected), able, left_out=left_out)
                best = voting.find_best(tally, rules[item.id])
                if best.has_quorum and not best.passed:
                    texts.append(
                        self.env._(
                            "%(item)s: cannot pass even if all who may vote agree (%(sum)s).",
                            item=item.display_name,
                            sum=best.explain(),
                        )
                    )
        return texts

    def _make_tally(self, members, participants, entitled, votes):
        try:
            return voting.Tally(members, participants, entitled, left_out=self.left_out_count, **votes)
        except ValueError as error:
            raise UserError(
                self.env._(
                    "%(item)s: %(votes)s votes, but only %(entitled)s members may vote.",
                    item=self.display_name,
                    votes=sum(votes.values()),
                    entitled=entitled,
                )
            ) from error
