from odoo import api, fields, models

from ...engine import voting

ROW = {"meeting_id", "sequence", "commendation_id", "votes_for", "votes_against", "note"}


class EmulationMeetingVote(models.Model):
    """How a unit voted on one of its proposals before it went on."""

    _name = "emulation.meeting.vote"
    _description = "Vote of a meeting on a proposal"
    _inherit = "emulation.guard.mixin"
    _guard_parent = "meeting_id"
    _writable = {"draft": {"owner head officer": ROW}}
    _deletable = {"draft": "owner head officer"}
    _order = "meeting_id, sequence, id"
    _check_company_auto = True

    meeting_id = fields.Many2one("emulation.meeting", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="meeting_id.company_id", store=True, index=True)
    meeting_state = fields.Selection(related="meeting_id.state", string="Minutes")
    sequence = fields.Integer(default=10, aggregator=None)
    commendation_id = fields.Many2one(
        "emulation.commendation",
        string="Proposal",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
        domain="[('unit_id', 'child_of', parent.department_id)]",
    )
    votes_for = fields.Integer(string="In favour", aggregator=None)
    votes_against = fields.Integer(string="Against", aggregator=None)
    note = fields.Char(string="Opinion", help="Who disagrees may have it written down.")
    is_over = fields.Boolean(string="More votes than people", compute="_compute_outcome")
    is_passed = fields.Boolean(
        string="Agreed to propose",
        compute="_compute_outcome",
        help="More of the people present agree than the share that the rule book asks for.",
    )

    _not_negative = models.Constraint(
        "CHECK (votes_for >= 0 AND votes_against >= 0)", "A number cannot be negative."
    )
    _once = models.Constraint(
        "UNIQUE (meeting_id, commendation_id)", "The meeting votes once on each proposal."
    )

    @api.depends("votes_for", "votes_against", "meeting_id.present_count", "meeting_id.majority")
    def _compute_outcome(self):
        for vote in self:
            present = vote.meeting_id.present_count
            vote.is_over = vote.votes_for + vote.votes_against > present
            vote.is_passed = voting.is_above(vote.votes_for, present, vote.meeting_id.majority)
