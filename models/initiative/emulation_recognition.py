from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.translate import LazyTranslate

from ...engine import vietnamese
from ...engine.initiative import REACH_NAMES
from ..mixin.verb import Verb

_lt = LazyTranslate(__name__)

VERBS = {
    "issue": Verb(
        ("draft",),
        "issued",
        {"officer": None},
        _lt("Issue"),
        also="initiatives and signer are there, and every one says how far it reaches",
    ),
    "cancel": Verb(("draft",), "cancelled", {"officer": None}, _lt("Discard draft")),
}


class EmulationRecognition(models.Model):
    """The decision by which the head recognises initiatives (quyết định công nhận sáng kiến) and how far they reach;
    each gets a certificate of recognition (Decree 152/2025/NĐ-CP, Article 33(6))."""

    _name = "emulation.recognition"
    _description = "Decision on initiatives"
    _inherit = "emulation.issued.document.mixin"
    _symbol_kind = "QĐ"
    _number_series = "decision"
    _document_report = "recognition"
    _verbs = VERBS
    _writable = {"draft": {"officer": {"authority"}}}

    abstract = fields.Char(default="Về việc công nhận sáng kiến")
    recipient_lines = fields.Text(default="Như Điều 3\nLưu: VT, TĐKT")
    legal_basis_ids = fields.Many2many(default=lambda self: self._default_legal_basis_ids())
    authority = fields.Char(help="Printed in capitals above the legal bases, for example: GIÁM ĐỐC SỞ …")
    achievement_ids = fields.One2many("emulation.achievement", "recognition_id", string="Initiatives")
    line_count = fields.Integer(compute="_compute_line_count")
    can_issue = fields.Boolean(compute="_compute_can")

    def _default_legal_basis_ids(self):
        return self.env["emulation.submission"]._default_legal_basis_ids()

    @api.depends("achievement_ids")
    def _compute_line_count(self):
        for record in self:
            record.line_count = len(record.achievement_ids)

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def action_issue(self):
        """Recognise, number and store."""
        return self._run_verb("issue")

    def action_cancel(self):
        return self._run_verb("cancel")

    def _get_cannot_cancel_reason(self):
        return self._check_verb("cancel")

    def _get_cannot_issue_reason(self):
        reasons = self._check_verb("issue")
        for record in self.filtered(lambda record: record.id not in reasons):
            # sudo: emulation.achievement - every line has to be named, whoever declared it
            lines = record.sudo().achievement_ids
            blocked = lines.filtered(lambda line: line.state != "submitted" or not line.reach)
            if not lines or not record.signer_id:
                reasons[record.id] = self.env._(
                    "%(name)s: initiatives and signer are needed.", name=record.abstract or "?"
                )
            elif blocked:
                reasons[record.id] = self.env._(
                    "Say first how far these reach: %(names)s.", names=", ".join(blocked.mapped("name"))
                )
        return reasons

    @api.private
    def _do_add(self, achievements):
        """Put initiatives on this draft.

        :raises UserError: one is on another decision, or is not handed in
        """
        self.ensure_one()
        self._check_writable(["authority"])
        # sudo: emulation.achievement - the officer of the decision moves what others declared
        for achievement in achievements.sudo():
            if achievement.state != "submitted" or achievement.recognition_id:
                raise UserError(self.env._("%(name)s: not to be recognised now.", name=achievement.name))
            item = achievement._get_council_item()
            achievement._write_protected(
                {"recognition_id": self.id, "reach": item.reach or achievement.reach}
            )

    @api.private
    def _do_issue(self):
        for record in self._start("issue"):
            record._issue()

    def _issue(self):
        if reasons := self._get_cannot_issue_reason():
            raise UserError("\n".join(reasons.values()))
        if not self.issue_date:
            self._write_protected({"issue_date": fields.Date.context_today(self)})
        self._take_number()
        # sudo: emulation.achievement - recognised in the name of the head, whoever declared them
        lines = self.sudo().achievement_ids
        number = self._get_document_number()
        lines._write_protected({"recognition_number": number, "recognition_date": self.issue_date})
        lines._do_recognise()
        self._finish("issue", self.env._("Issued as %(number)s.", number=number))
        self._write_protected(self._store_document_pdf())

    @api.private
    def _do_cancel(self):
        todo = self._start("cancel")
        # sudo: emulation.achievement - free for another decision
        todo.sudo().achievement_ids._write_protected({"recognition_id": False})
        todo._finish("cancel")

    def action_print_certificates(self):
        """Print a certificate of recognition for each initiative."""
        self.ensure_one()
        return self.env.ref("hr_emulation.action_report_recognition_certificates").report_action(
            self, config=False
        )

    # ------------------------------------------------------------------
    # What is printed
    # ------------------------------------------------------------------

    def _get_printed_lines(self):
        """Return what the annex and the certificates print of each initiative."""
        self.ensure_one()
        # sudo: emulation.achievement - what the decision names is public to whoever reads it
        lines = self.sudo().achievement_ids.sorted(
            lambda line: vietnamese.sort_key(line._get_recipient_name())
        )
        return [
            {
                "name": line.name,
                "author": line._get_author_names(),
                "unit": ", ".join(filter(None, (line.position_name, line.unit_name))),
                "reach": REACH_NAMES.get(line.reach, ""),
            }
            for line in lines
        ]

    def _get_word_facts(self):
        facts = [line[part] for line in self._get_printed_lines() for part in ("name", "author")]
        return [*super()._get_word_facts(), *facts]

    def _get_certificate_date(self):
        return vietnamese.administrative_date(self.issue_date) if self.issue_date else "ngày … tháng … năm …"
