from collections import Counter

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..engine import vietnamese
from ..models.mixin.reason import tell

SHOWN = 5  # lines named in a warning


class EmulationDecisionIssue(models.TransientModel):
    """What issuing would do, and the typed confirmation."""

    _name = "emulation.decision.issue"
    _description = "Issue a decision"
    _inherit = ["emulation.wizard.mixin"]

    decision_id = fields.Many2one("emulation.decision", required=True, ondelete="cascade")
    issue_date = fields.Date(related="decision_id.issue_date", related_sudo=False, readonly=False)
    number = fields.Char(related="decision_id.number", related_sudo=False, readonly=False)
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    problems = fields.Text(compute="_compute_preview")
    warnings = fields.Text(compute="_compute_preview")
    expected_text = fields.Char(compute="_compute_expected_text")
    confirmation = fields.Char(string="Type to confirm")
    doubt_ids = fields.One2many(
        "emulation.decision.issue.doubt", "wizard_id", string="Prizes to decide", readonly=True
    )

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        for wizard in wizards:
            wizard.doubt_ids = [Command.create(vals) for vals in self._prepare_doubts(wizard.decision_id)]
        return wizards

    def _prepare_doubts(self, decision):
        """Return the questions about prizes, those answered already too: an answer may be changed."""
        answered = decision.commendation_ids.filtered("prize_choice")
        reasons = decision._get_prize_doubts() | dict.fromkeys(answered)
        return [
            {"commendation_id": line.id, "question": tell(self.env, reason) if reason else False}
            for line, reason in reasons.items()
        ]

    @api.depends("decision_id")
    def _compute_expected_text(self):
        for wizard in self:
            wizard.expected_text = self.env._("ISSUE %(count)s", count=wizard.decision_id.line_count)

    @api.depends("decision_id", "issue_date", "number")
    def _compute_preview(self):
        for wizard in self:
            decision = wizard.decision_id
            reasons = decision._get_cannot_issue_reason()
            wizard.problems = "\n".join(reasons.values())
            wizard.warnings = "\n".join(wizard._get_warnings())
            wizard.preview = wizard._get_preview()

    def _get_warnings(self):
        decision = self.decision_id
        warnings = [
            self.env._("Codes of certificates would lead to a doubtful address: %(doubt)s", doubt=doubt)
            for doubt in self.env["emulation.installation"]._get_open_doubts()
        ]
        lines = decision.commendation_ids
        for text, concerned in (
            (
                self.env._("The same award for the same period twice"),
                decision._get_duplicates(),
            ),
            (
                self.env._("Look at the eligibility findings"),
                lines.filtered(lambda line: line.finding_state in ("review", "not_met")),
            ),
            (self.env._("Decided late"), lines.filtered("overdue_text")),
            (self.env._("Papers are missing"), lines.filtered("missing_paper_count")),
            (
                self.env._("No name was taken on submission"),
                lines.filtered(lambda line: not line.recipient_name),
            ),
        ):
            if concerned:
                warnings.append(self._name_lines(text, concerned))
        warnings += [
            self.env._("The edited Word file differs. %(difference)s", difference=difference)
            for difference in decision._get_word_differences()
        ]
        return warnings + self._get_money_warnings()

    def _get_money_warnings(self):
        decision, warnings = self.decision_id, []
        day = decision.issue_date or fields.Date.context_today(self)
        rivals = decision._get_same_day_lines(day, ("voted", "forwarded", "appraised"))
        if rivals:
            text = self.env._("Another decision of this day will weigh these prizes again")
            warnings.append(self._name_lines(text, rivals))
        if decision.kind == "grant" and not decision.company_id.emulation_agency_kind_id:
            warnings.append(
                self.env._(
                    "The settings do not say which kind of agency this is: who may sign is not checked."
                )
            )
        if decision.kind == "grant":
            fund = self.env["emulation.fund"]._get_for_decision(decision)
            warnings += [f"{fund.display_name}: {fund.warnings}"] if fund.warnings else []
        if not decision.legal_basis_ids:
            warnings.append(self.env._("The decision cites no legal basis."))
        return warnings

    def _name_lines(self, text, lines):
        """Return a warning with the first lines it is about, and how many more there are."""
        names = "; ".join(lines[:SHOWN].mapped("display_name"))
        if len(lines) <= SHOWN:
            return self.env._("%(warning)s: %(lines)s.", warning=text, lines=names)
        return self.env._(
            "%(warning)s: %(lines)s and %(count)s more.", warning=text, lines=names, count=len(lines) - SHOWN
        )

    def _get_preview(self):
        decision = self.decision_id
        try:
            amounts = decision._get_amounts()
        except UserError as error:
            return Markup("<p>%s</p>") % error.args[0]
        lines, total = decision._get_lines(), decision._get_expected_total()
        counts = Counter(line.award_id for line in lines)
        rows = Markup().join(
            Markup("<tr><td>%s</td><td class='text-end'>%s</td><td class='text-end'>%s đồng</td></tr>")
            % (
                award.name,
                count,
                vietnamese.format_amount(
                    sum(
                        amounts[line]
                        for line in lines.filtered(lambda line, award=award: line.award_id == award)
                    )
                ),
            )
            for award, count in counts.items()
        )
        money = Markup("<p>%s: <b>%s đồng</b><br/><i>%s</i></p>") % (
            self.env._("Prize money to take back")
            if decision.kind == "revocation"
            else self.env._("Prize money"),
            vietnamese.format_amount(total),
            vietnamese.amount_in_words(total),
        )
        return Markup("<table class='table table-sm w-auto'>%s</table>%s") % (rows, money)

    def action_confirm(self):
        """Issue the decision if the confirmation was typed."""
        self.ensure_one()
        if (self.confirmation or "").strip().upper() != self.expected_text.upper():
            raise UserError(self.env._("Type “%(text)s” to confirm.", text=self.expected_text))
        return self.decision_id.action_issue()
