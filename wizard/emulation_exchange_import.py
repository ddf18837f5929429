import base64

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.vietnamese import name_key, short_date
from ..models.document.exchange_answer import AnswerReader
from ..models.mixin.actions import open_form

NOTE = Markup("<p class='alert alert-%s' role='status'>%s</p>")
LINE = Markup("<tr><td>%s</td><td>%s</td><td>%s</td></tr>")
TABLE = Markup("<table class='table table-sm'><tbody>%s</tbody></table>")
SHOWN = 50


class EmulationExchangeImport(models.TransientModel):
    """Take in a signed file of another agency: shown first, then stored as a whole."""

    _name = "emulation.exchange.import"
    _description = "Take in a signed file"
    _inherit = ["emulation.wizard.mixin"]

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
        """Return who sent the file and what would be recorded, the first lines of it.

        :raises UserError: taking it in would be refused
        """
        draw = self._draw_submission if paper.content["kind"] == "submission" else self._draw_answer
        title, rows, warnings = draw(paper)
        more = (
            NOTE % ("info", self.env._("and %(count)s more", count=len(rows) - SHOWN))
            if len(rows) > SHOWN
            else ""
        )
        table = TABLE % Markup("").join(LINE % row for row in rows[:SHOWN])
        notes = Markup("").join(NOTE % ("warning", warning) for warning in warnings)
        return Markup("%s%s%s%s") % (NOTE % ("success", title), notes, table, more)

    def _draw_submission(self, paper):
        """Return (title, rows, warnings) of a submission: each proposal by the award it would become."""
        content = paper.content
        received = self.env["emulation.received.submission"].with_company(paper.company)
        received._find_known(paper)
        awards = received._find_awards(paper.company, content["lines"])
        rows = [
            (proposal["name"], proposal.get("unit", ""), self._name_award(name, proposal["award"]["name"]))
            for proposal, (_award, name) in zip(content["lines"], awards, strict=True)
        ]
        title = self.env._(
            "Submission %(number)s of %(agency)s", number=content["number"], agency=paper.sender.agency
        )
        return title, rows, received._get_warnings(paper)

    def _draw_answer(self, paper):
        """Return (title, rows, warnings) of an answer: what would be recorded, and what would not."""
        submission = self.env["emulation.submission"].with_company(paper.company)._find_answered(paper)
        reader = AnswerReader(submission, paper.content)
        said, problems = reader.compare()
        rows = [self._describe_answer(line, values, reader) for line, values in said.items()]
        return self.env._("Answer of %(agency)s", agency=paper.sender.agency), rows, problems

    def _describe_answer(self, line, values, reader):
        name = line.commendation_id._get_recipient_name()
        if values["answer"] == "refused":
            return name, self.env._("Refused"), values["refusal_reason"]
        if revoked := reader.revoked.get(line):
            return name, self.env._("Revoked"), self._describe_decision(revoked["number"], revoked["date"])
        award = reader.printed[line.commendation_id]
        return (
            name,
            self._name_award(award, reader.wordings.get(line, award)),
            self._describe_decision(values["external_number"], values["external_date"]),
        )

    @staticmethod
    def _describe_decision(number, date):
        return f"{number}, {short_date(fields.Date.to_date(date))}"

    def _name_award(self, name, said):
        """Return what an award is called here, and in the file where that is another wording."""
        if name_key(name) == name_key(said):
            return name
        return self.env._("%(award)s (in the file: %(name)s)", award=name, name=said)

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
        return open_form(key)
