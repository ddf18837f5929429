"""The secret vote of a session: blank ballots, casting, and forgetting who voted when (DESIGN §5)."""

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...engine import voting


class EmulationSession(models.Model):
    _inherit = "emulation.session"

    can_vote = fields.Boolean(compute="_compute_can_vote")

    @api.depends_context("uid")
    @api.depends("state", "attendance_ids.has_voted")
    def _compute_can_vote(self):
        for session in self:
            session.can_vote = bool(session._get_open_seat(self.env.user))

    def action_vote(self):
        """Open the ballot of the current user."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/my/emulation/ballots/{self.id}",
            "target": "self",
        }

    def _notify_voters(self):
        """Tell the members who vote electronically that the vote is open, each in his language, one message each."""
        for session in self:
            # Sudoed: only the partners to write to.
            rows = session.attendance_ids.filtered(lambda row: row._is_voter and not row.uses_paper).sudo()
            for lang, partners in rows.member_id.user_id.partner_id.grouped("lang").items():
                told = session.with_context(lang=lang)
                told.message_notify(
                    partner_ids=partners.ids,
                    subject=told.env._("Your vote is awaited: %(session)s", session=session.abstract),
                    body=Markup('<p>%s</p><p><a href="/my/emulation/ballots/%s">%s</a></p>')
                    % (
                        told.env._("The vote of %(council)s is open.", council=session.council_id.name),
                        session.id,
                        told.env._("Vote"),
                    ),
                )

    @api.model
    def _get_open_ballot_count(self, user):
        """Return how many open sessions wait for the user's vote."""
        return self.env["emulation.session.attendance"].search_count(self._open_seat_domain(user))

    def _open_seat_domain(self, user):
        return [
            ("session_id.state", "=", "open"),
            ("member_id.user_id", "=", user.id),
            ("has_vote", "=", True),
            ("presence", "!=", "absent"),
            ("uses_paper", "=", False),
            ("has_voted", "=", False),
        ]

    def _get_open_seat(self, user):
        """Return the row of the roll by which the user may still vote, or an empty one."""
        self.ensure_one()
        # Sudoed: whether I may vote is asked of the roll itself.
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
    def _do_cast(self, user, choices):
        """Cast the ballots of one member, all at once; what is not answered is a blank vote.

        :param user: the member's user
        :param dict choices: {item id: "agree", "disagree" or "blank"}
        :raises AccessError: the user has no vote here, or has voted
        :raises UserError: an item or a choice does not exist
        """
        self.ensure_one()
        seat = self._get_open_seat(user)
        if not seat:
            raise AccessError(self.env._("You have no vote to cast here, or you have voted."))
        seat.lock_for_update()
        # Sudoed: the vote is the member's own; nothing is read back.
        items = self.sudo()._get_ballot_items(seat)
        if choices.keys() - set(items.ids) or set(choices.values()) - set(voting.CHOICES):
            raise UserError(self.env._("This is not a choice of this ballot."))
        ballots = {item.id: choices.get(item.id, "blank") for item in items}
        seat._write_protected({"has_voted": True})
        self.env.flush_all()
        if ballots and self.env["emulation.ballot"].sudo()._fill(ballots) != len(ballots):
            raise UserError(self.env._("The vote could not be stored. Try again."))

    @api.private
    def _sync_ballots(self):
        """Have one blank ballot for each member who votes electronically and has not yet, and each item."""
        self.flush_recordset()
        for session in self.filtered("item_ids"):
            voters = session.item_ids._get_voters(session)
            wanted = {
                item: len(rows.filtered(lambda row: not row.uses_paper and not row.has_voted))
                for item, rows in voters.items()
            }
            self.env.flush_all()
            # Sudoed: nobody has rights on ballots.
            self.env["emulation.ballot"].sudo()._lay_out(wanted)

    def _forget_order(self):
        """Remove what could still tell who voted when."""
        self.env.flush_all()
        # Sudoed: nobody has rights on ballots.
        self.env["emulation.ballot"].sudo()._shuffle(self.item_ids.ids)
        self.attendance_ids._forget_times()
