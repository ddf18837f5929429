from odoo import api, models
from odoo.fields import Domain

from ...engine.vietnamese import name_key, search_key
from ...office import values, words
from ..mixin.emulation_recipient_mixin import RECIPIENT_FIELDS

ANSWER = ("answer", "external_number", "external_date", "external_issuer", "refusal_reason")


class EmulationImportResult(models.AbstractModel):
    """What a superior agency answered to submissions: each row fills in the answer to one proposal.

    The officer reads the answers on the submission and records them there; until then the import can be undone.
    """

    _name = "emulation.import.result"
    _description = "Import of a superior's answers"
    _inherit = ["emulation.import.award"]
    _year_field = ""
    _target = "emulation.submission.line"

    @api.model
    def _split_row(self, record, texts):
        return [{}]  # who asked for two awards at once has two rows in the answer

    @api.model
    def _check_row(self, record, verdict):
        text = verdict.texts.get("result")
        answer = words.find_choice("answer", text or "")
        if text and not answer:
            verdict.wrong.append(self.env._("“%(value)s” is neither granted nor refused.", value=text))
        verdict.award = self._find_award(verdict) or None
        award = verdict.texts.get("award")
        self._read_decision(record, verdict)
        decided = {name: verdict.vals[name] for name in ("number", "date", "signer")}
        if answer == "refused":
            verdict.unsure = []
            decided = dict.fromkeys(decided, False)
        elif not (decided["number"] and decided["date"]):
            verdict.wrong.append(self.env._("Number and date of the superior's decision are missing."))
        if award and not verdict.award:
            verdict.is_open = True
            verdict.unsure.append(self.env._("“%(award)s” is no known award: choose it once.", award=award))
        reason = values.read_text(verdict.texts.get("reason")) if answer == "refused" else None
        verdict.vals = {
            "answer": answer or "granted",
            **dict(zip(ANSWER[1:4], decided.values(), strict=True)),
            "refusal_reason": reason or False,
        }

    @api.model
    def _match_known(self, record, verdicts):
        lines = self.env["emulation.submission.line"].search(
            Domain("company_id", "=", record.company_id.id) & Domain("submission_id.state", "=", "issued")
        )
        by_key = lines.grouped(lambda line: line.commendation_id.recipient_key)
        by_name = lines.grouped(lambda line: search_key(line.commendation_id.recipient_name or ""))
        for verdict in verdicts:
            found = by_key.get(verdict.recipient_key)
            if not found:
                found = by_name.get(search_key(verdict.texts.get("name") or ""), lines.browse())
            self._take_line(verdict, self._narrow(verdict, found))

    @staticmethod
    def _narrow(verdict, lines):
        """Return the lines of the award the row names; of all, those that wait, if any does."""
        if verdict.award:
            lines = lines.filtered(lambda line: line.commendation_id.award_id == verdict.award)
        return lines.filtered(lambda line: not line.is_recorded) or lines

    def _take_line(self, verdict, lines):
        if verdict.texts.get("award") and not verdict.award:
            return  # a person says first which award is meant
        if len(lines) == 1:
            verdict.existing = lines
            proposal = lines.commendation_id
            kind = proposal.recipient_type
            self._set_recipient(verdict, kind, proposal[RECIPIENT_FIELDS[kind]].id)
            verdict.award = proposal.award_id
            verdict.changes = self._format_changes(lines, verdict.vals)
            verdict.unsure = self._doubt_name(verdict, proposal) if verdict.changes else []
            verdict.is_open = False
            if lines.is_recorded and verdict.changes:
                verdict.wrong.append(self.env._("Another answer to this proposal is recorded already."))
        elif lines:
            verdict.is_open = True
            verdict.unsure.append(self.env._("Several proposals of this name wait: say the award."))
        else:
            verdict.wrong.append(self.env._("No submission that was sent asks for this."))

    def _doubt_name(self, verdict, proposal):
        """Return that the list spells the name otherwise, as another may be called; without accents it says nothing."""
        text, name = verdict.texts.get("name") or "", proposal.recipient_name or ""
        is_plain = name_key(text) == search_key(text)
        if is_plain or search_key(text) != search_key(name) or name_key(text) == name_key(name):
            return []
        return [self.env._("The list says “%(text)s”, the proposal “%(name)s”.", text=text, name=name)]

    @api.model
    def _get_key(self, line):
        return (line.res_id,)

    @api.model
    def _get_rests(self, record, lines):
        targets = self.env[self._target].browse(lines.mapped("res_id")).exists()
        recorded = targets.filtered("is_recorded").commendation_id
        return [
            self.env._("%(name)s: the answer is recorded.", name=name)
            for name in recorded.mapped("display_name")
        ]

    @api.model
    def _clean_up(self, record):
        """Nothing was made beside the answers."""

    @api.model
    def _get_template(self, record):
        head = ["STT", "Họ và tên", "Đơn vị", "Danh hiệu", "Kết quả", "Số quyết định", "Ngày quyết định"]
        head += ["Cơ quan quyết định", "Lý do không xét"]
        lines = self.env["emulation.submission.line"].search(
            Domain("company_id", "=", record.company_id.id)
            & Domain("submission_id.state", "=", "issued")
            & Domain("answer", "=", "pending")
        )
        rows = [
            [
                number,
                item.recipient_name,
                item.unit_name or "",
                item.award_id.official_name or item.award_id.name,
            ]
            for number, item in enumerate(lines.with_context(lang="vi_VN").commendation_id, 1)
        ]
        example = [1, "Nguyễn Văn A", "Phòng Tổng hợp", "Bằng khen của UBND tỉnh", "Đạt", "123/QĐ-UBND"]
        return head, rows or [[*example, "05/03/2026", "UBND tỉnh", ""]]
