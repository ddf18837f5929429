from odoo import api, models
from odoo.fields import Domain

from ...office import values, words


class EmulationImportRestriction(models.AbstractModel):
    """Disciplines, open cases and fines; officers only, as the register itself."""

    _name = "emulation.import.restriction"
    _description = "Import of disciplines and open cases"
    _inherit = ["emulation.import.rating"]
    _year_field = ""
    _target = "emulation.restriction"
    _kept = ("kind", "discipline_level", "date_from", "date_to")

    @api.model
    def _check_row(self, record, verdict):
        texts = verdict.texts
        told = texts.get("restriction") or ""
        fine = words.find_in_text("fine", told)  # a warning by an authority is no discipline
        level = None if fine else words.find_in_text("discipline", told)
        pending = None if fine else words.find_in_text("pending", told)
        if not fine and not level and not pending:
            verdict.wrong.append(
                self.env._(
                    "“%(value)s” is no known discipline or case.", value=texts.get("restriction") or ""
                )
            )
        complaint = self.env._("“%(value)s” is not a date.")
        start = verdict.take("date_from", values.read_date, complaint) or record.default_date
        end = verdict.take("date_to", values.read_date, complaint)
        if not start:
            verdict.wrong.append(self.env._("The first day is missing."))
        if start and end and end < start:
            verdict.wrong.append(self.env._("It ends before it begins."))
        if fine:
            end = end or start
        verdict.vals = {
            "kind": fine or ("discipline" if level else "pending"),
            "discipline_level": level or False,
            "date_from": start and str(start),
            "date_to": end and str(end),
            "reason": texts.get("reason") or texts.get("restriction"),
            "release_reference": texts.get("reference") or False,
        }

    @api.model
    def _match_known(self, record, verdicts):
        keys = {verdict.recipient_key for verdict in verdicts} - {None}
        known = self.env["emulation.restriction"].search(Domain("recipient_key", "in", list(keys)))
        by_key = {(item.recipient_key, item.kind, str(item.date_from)): item for item in known}
        for verdict in verdicts:
            item = by_key.get((verdict.recipient_key, verdict.vals["kind"], verdict.vals["date_from"]))
            if item:
                verdict.existing = item
                named = ("discipline_level", "date_to")
                verdict.changes = self._format_changes(item, {name: verdict.vals[name] for name in named})

    @api.model
    def _get_key(self, line):
        vals = line.vals or {}
        return vals.get("kind"), vals.get("date_from")

    @api.model
    def _get_recognisers(self, record):
        return {}

    @api.model
    def _get_template(self, record):
        head = [
            "STT",
            "Họ và tên",
            "Đơn vị",
            "Hình thức kỷ luật",
            "Từ ngày",
            "Đến ngày",
            "Lý do",
            "Số quyết định",
        ]
        return head, [
            [1, "Nguyễn Văn A", "Phòng Tổng hợp", "Khiển trách", "01/03/2025", "01/03/2026", "", "03/QĐ-SNV"]
        ]
