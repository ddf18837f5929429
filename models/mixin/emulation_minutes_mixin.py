from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Nơi nhận of the minutes, as usual.
RECIPIENTS = "Thủ trưởng cơ quan (để báo cáo)\nCác thành viên Hội đồng\nLưu: VT, hồ sơ"


class EmulationMinutesMixin(models.AbstractModel):
    """A session of a council that ends in minutes (biên bản): headed by the council, numbered and stored once.

    An heir says the day of the meeting in ``_get_meeting_day`` and has a verb ``store_minutes``.
    """

    _name = "emulation.minutes.mixin"
    _description = "Session with minutes"
    _inherit = "emulation.document.mixin"

    _number_series = "minutes"
    _issued_states = ("closed",)

    council_id = fields.Many2one("emulation.council", required=True, index=True)
    symbol = fields.Char(compute="_compute_symbol", store=True, readonly=False, precompute=True)
    recipient_lines = fields.Text(default=RECIPIENTS)
    location = fields.Char()
    chair_id = fields.Many2one(
        "emulation.council.member", string="Chaired by", domain="[('council_id', '=', council_id)]"
    )
    secretary_id = fields.Many2one(
        "emulation.council.member", string="Minutes by", domain="[('council_id', '=', council_id)]"
    )
    discussion = fields.Text(help="What was said, for the minutes; opinions that differ are reported.")
    conclusion = fields.Text(help="What the chair concluded.")

    @api.depends("council_id")
    def _compute_symbol(self):
        for session in self:
            session.symbol = session.council_id.minutes_symbol

    @api.constrains("chair_id", "secretary_id", "council_id")
    def _check_officers(self):
        for session in self:
            if (session.chair_id | session.secretary_id).council_id - session.council_id:
                raise ValidationError(self.env._("Chair and secretary are members of the council."))

    def _get_guard_states(self):
        """A session whose minutes are stored is written no more."""
        states = super()._get_guard_states()
        for session in self:
            if session._has_minutes():
                states[session.id] = "minuted"
        return states

    def _has_minutes(self):
        """Return whether the minutes are stored, or are final and wait for a server that can print."""
        # sudo: the session - only whether the minutes are stored
        session = self.sudo()
        return bool(session.document_attachment_id or session.waiting_report)

    def _is_document_draft(self):
        """The minutes are a draft until they are being stored: their hash is the first that is written of them."""
        return not self.document_sha256

    def _get_document_values(self):
        """Print the council in the heading, below its agency."""
        values, heading = super()._get_document_values(), self.council_id._get_printed_heading()
        if values["is_state_body"]:
            return {**values, "parent_agency": values["agency"], "agency": heading}
        return {**values, "letterhead": [heading, *values["letterhead"]]}

    def action_store_minutes(self):
        """Keep the minutes as they are; the session is not edited after this."""
        return self._run_verb("store_minutes")

    def _get_cannot_store_minutes_reason(self):
        """Return {id: reason}; also once they are stored."""
        reasons = self._check_verb("store_minutes")
        for session in self:
            if session._has_minutes():
                reasons.setdefault(session.id, self.env._("The minutes are stored already."))
        return reasons

    @api.private
    def _do_store_minutes(self):
        for session in self._start("store_minutes").filtered(lambda session: not session._has_minutes()):
            session._with_seal().issue_date = session.issue_date or session._get_meeting_day()
            session._with_seal()._take_number()
            # What is printed from here on is the final text, so no draft; the right hash follows with the file.
            session._write_protected({"document_sha256": "0" * 64})
            session._write_protected(session._store_document_pdf())
