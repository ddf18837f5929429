from odoo import api, fields, models
from odoo.exceptions import ValidationError

ROW = {"meeting_id", "sequence", "name", "position", "part", "presence", "reason"}


class EmulationMeetingAttendance(models.Model):
    """Somebody who belongs to a meeting, present or absent. Names, not links: guests and other bodies come along."""

    _name = "emulation.meeting.attendance"
    _description = "Attendance of a meeting"
    _inherit = "emulation.guard.mixin"
    _guard_parent = "meeting_id"
    _writable = {"draft": {"owner head officer": ROW}}
    _deletable = {"draft": "owner head officer"}
    _order = "meeting_id, sequence, id"

    meeting_id = fields.Many2one("emulation.meeting", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="meeting_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10, aggregator=None)
    name = fields.Char(string="Full name", required=True)
    position = fields.Char(string="Post")
    part = fields.Selection(
        [
            ("chair", "Chairs the meeting"),
            ("secretary", "Writes the minutes"),
            ("member", "Has a vote"),
            ("guest", "Guest, no vote"),
        ],
        string="Role",
        required=True,
        default="member",
    )
    presence = fields.Selection(
        [("present", "Present"), ("absent", "Absent")], required=True, default="present"
    )
    reason = fields.Char(string="Reason of absence")

    @api.constrains("meeting_id", "part")
    def _check_part(self):
        for meeting in self.meeting_id:
            parts = meeting.attendance_ids.mapped("part")
            if parts.count("chair") > 1 or parts.count("secretary") > 1:
                raise ValidationError(self.env._("A meeting has one chair and one secretary."))
