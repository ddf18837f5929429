import base64

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.vietnamese import short_date

NOTE = Markup("<p class='alert alert-%s' role='status'>%s</p>")
LINE = Markup("<tr><td>%s</td><td>%s</td><td>%s</td></tr>")
TABLE = Markup("<table class='table table-sm'><tbody>%s</tbody></table>")
SHOWN = 50


class EmulationExchangeImport(models.TransientModel):
    """Take in a signed file of another agency: shown first, then stored as a whole."""

    _name = "emulation.exchange.import"
    _description = "Take in a signed file"

    data = fields.Binary(string="Signed file (.json)", attachment=False)
    filename = fields.Char()
    preview = fields.Html(compute="_compute_preview")
    is_refused = fields.Boolean(string="Is refused", compute="_compute_preview")

    @api.depends("data")
    def _compute_preview(self):
        for dialog in self:
            dialog.preview, dialog.is_refused = False, bool(dialog.data)
            if not dialog.data:
                continue
            try:
                dialog.preview = dialog._draw(self.env["emulation.exchange"]._open(dialog._get_data()))
                dialog.is_refused = False
            except UserError as error:
                dialog.preview = NOTE % ("danger", error.args[0])

    def _get_data(self):
        return base64.b64decode(self.with_context(bin_size=False).data or b"")

    def _draw(self, paper):
        """Return who sent the file and what it says, the first lines of it."""
        content = paper.content
        is_submission = content["kind"] == "submission"
        rows = list(_iter_proposals(content) if is_submission else self._iter_answers(content))
        title = (
            self.env._(
                "Submission %(number)s of %(agency)s", number=content["number"], agency=paper.sender.agency
            )
            if is_submission
            else self.env._("Answer of %(agency)s", agency=paper.sender.agency)
        )
        more = (
            NOTE % ("info", self.env._("and %(count)s more", count=len(rows) - SHOWN))
            if len(rows) > SHOWN
            else ""
        )
        table = TABLE % Markup("").join(LINE % row for row in rows[:SHOWN])
        return Markup("%s%s%s") % (NOTE % ("success", title), table, more)

    def _iter_answers(self, content):
        for decided in content["decisions"]:
            day = short_date(fields.Date.to_date(decided["date"]))
            for granted in decided["lines"]:
                yield granted["name"], granted["award"]["name"], f"{decided['number']}, {day}"
        lines = {refused["line"]: refused["reason"] for refused in content["refused"]}
        own = [("submission_id.verification_token", "=", content["submission"])]
        found = self.env["emulation.submission.line"].search([*own, ("id", "in", list(lines))])
        for line in found:
            yield line.commendation_id._get_recipient_name(), self.env._("Refused"), lines[line.id]

    def action_import(self):
        """Store what the file says, and open the submission it is about."""
        self.ensure_one()
        taken = self.env["emulation.exchange"].receive(self._get_data().decode("utf-8", "replace"))
        return {
            "type": "ir.actions.act_window",
            "res_model": taken["model"],
            "res_id": taken["id"],
            "view_mode": "form",
        }

    def action_note_key(self):
        """Enter the key of the file, unconfirmed, and open it: its fingerprint is to be compared."""
        self.ensure_one()
        key = self.env["emulation.exchange"]._note_key(self._get_data())
        return {
            "type": "ir.actions.act_window",
            "res_model": key._name,
            "res_id": key.id,
            "view_mode": "form",
        }


def _iter_proposals(content):
    for proposal in content["lines"]:
        yield proposal["name"], proposal.get("unit", ""), proposal["award"]["name"]
