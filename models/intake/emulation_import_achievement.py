from odoo import api, models
from odoo.fields import Domain

from ...engine.vietnamese import search_key
from ...office import values, words


class EmulationImportAchievement(models.AbstractModel):
    """Recognised initiatives, topics and achievements of past years."""

    _name = "emulation.import.achievement"
    _description = "Import of initiatives and topics"
    _inherit = ["emulation.import.rating"]
    _year_field = ""
    _target = "emulation.achievement"
    _kept = ("name", "kind", "reach", "recognition_number", "recognition_date")

    @api.model
    def _check_row(self, record, verdict):
        texts = verdict.texts
        if not texts.get("title"):
            verdict.wrong.append(self.env._("The name of the initiative is missing."))
        kind = words.find_choice("achievement_kind", texts.get("achievement_kind") or "sáng kiến")
        reach = words.find_choice("reach", texts.get("reach") or "")
        if not kind:
            verdict.wrong.append(self.env._("Unknown kind “%(value)s”.", value=texts["achievement_kind"]))
        if texts.get("reach") and not reach:
            verdict.wrong.append(self.env._("Unknown reach “%(value)s”.", value=texts["reach"]))
        elif not reach and kind != "achievement":
            verdict.unsure.append(self.env._("How far it reaches is not said: it is taken as the unit."))
            reach = "unit"
        self._read_recognition(record, verdict)
        start, end = self._read_period(record, verdict)
        day = verdict.vals.get("recognition_date")
        if not end and not day:
            verdict.wrong.append(self.env._("Neither a year nor a date of recognition is said."))
        verdict.vals |= {
            "name": texts.get("title"),
            "kind": kind,
            "reach": reach,
            "date_from": start and str(start),
            "date_to": end and str(end),
        }

    def _read_recognition(self, record, verdict):
        cited = values.read_decision(verdict.texts.get("recognition"))
        day = verdict.take(
            "recognition_date", values.read_date, self.env._("“%(value)s” is not a date.")
        ) or (cited and cited.date)
        number = verdict.texts.get("recognition_number") or (cited and cited.number) or record.default_number
        verdict.vals = {
            "recognition_number": number or False,
            "recognition_date": str(day or record.default_date or "") or False,
        }

    @api.model
    def _match_known(self, record, verdicts):
        keys = {verdict.recipient_key for verdict in verdicts} - {None}
        known = self.env["emulation.achievement"].search(Domain("recipient_key", "in", list(keys)))
        by_key = {(item.recipient_key, search_key(item.name)): item for item in known}
        for verdict in verdicts:
            verdict.existing = by_key.get((verdict.recipient_key, search_key(verdict.vals["name"] or "")))

    @api.model
    def _get_key(self, line):
        return (search_key((line.vals or {}).get("name") or ""),)

    @api.model
    def _create_records(self, record, lines):
        """What the decision of recognition says needs no second recognition."""
        quiet = self.env[self._target].with_context(tracking_disable=True, mail_create_nosubscribe=True)
        quiet.check_access("create")
        created = quiet._create_protected([self._prepare_vals(record, line) for line in lines])
        for day, items in created.grouped("date_to").items():
            items._with_seal()._take_snapshot(day or None)
        created._write_protected({"state": "recognised"})
        return created

    @api.model
    def _get_rests(self, record, lines):
        items = self.env[self._target].browse(lines.mapped("res_id")).exists()
        uses = items._get_uses()
        used = [
            f"{item.name}: {', '.join(used.mapped('display_name'))}" for item, used in uses.items() if used
        ]
        return used + super()._get_rests(record, lines)

    @api.model
    def _get_recognisers(self, record):
        return {"reach": lambda cell: isinstance(cell, str) and bool(words.find_choice("reach", cell))}

    @api.model
    def _get_template(self, record):
        head = [
            "STT",
            "Họ và tên",
            "Đơn vị",
            "Tên sáng kiến",
            "Loại",
            "Phạm vi ảnh hưởng",
            "Quyết định công nhận",
            "Năm",
        ]
        rows = [
            [
                1,
                "Nguyễn Văn A",
                "Phòng Tổng hợp",
                "Sổ tay điện tử",
                "Sáng kiến",
                "Cơ sở",
                "05/QĐ-HĐSK ngày 10/11/2025",
                2025,
            ],
            [
                2,
                "Trần Thị B",
                "Phòng Kế toán",
                "Đối chiếu tự động",
                "Đề tài",
                "Tỉnh",
                "77/QĐ-UBND ngày 01/12/2025",
                2025,
            ],
        ]
        return head, rows
