from odoo import api, models
from odoo.fields import Command, Domain

from ...office.awards import split_awards


class EmulationImportRegistration(models.AbstractModel):
    """Registrations in a campaign that were handed in on paper: each is handed in here, for an officer to approve."""

    _name = "emulation.import.registration"
    _description = "Import of registrations"
    _inherit = ["emulation.import.award"]
    _year_field = ""
    _target = "emulation.participation"

    @api.model
    def _split_row(self, record, texts):
        return [{}]  # one registration may aim at several titles

    def _find_award(self, verdict):
        return self._find_awards(verdict)[:1]

    def _find_awards(self, verdict):
        """Return the awards a row aims at; what is not known is named in the verdict."""
        text = verdict.texts.get("award")
        awards = self.env["emulation.award"]
        for part in split_awards(text, verdict.shared.words) if text else ():
            awards |= verdict.shared.find(part) or awards
        return awards

    @api.model
    def _check_row(self, record, verdict):
        if not record.campaign_id:
            verdict.wrong.append(self.env._("Choose the campaign first."))
        awards = self._find_awards(verdict)
        text = verdict.texts.get("award")
        if text and len(awards) < len(split_awards(text, verdict.shared.words)):
            verdict.unsure.append(self.env._("“%(award)s” is no known award: choose it once.", award=text))
        verdict.award = awards[:1] or None
        verdict.vals = {"award_ids": awards.ids, "pledge": verdict.texts.get("pledge") or False}

    @api.model
    def _match_known(self, record, verdicts):
        keys = {verdict.recipient_key for verdict in verdicts} - {None}
        known = self.env["emulation.participation"].search(
            Domain("recipient_key", "in", list(keys)) & Domain("campaign_id", "=", record.campaign_id.id)
        )
        by_key = {item.recipient_key: item for item in known}
        for verdict in verdicts:
            verdict.existing = by_key.get(verdict.recipient_key)

    @api.model
    def _get_key(self, line):
        return ()

    @api.model
    def _create_records(self, record, lines):
        created = (
            self.env[self._target]
            .with_context(tracking_disable=True, mail_create_nosubscribe=True)
            .create([self._prepare_registration(record, line) for line in lines])
        )
        created._do_submit()
        return created

    def _prepare_registration(self, record, line):
        vals = self._prepare_vals(record, line)
        return {**vals, "campaign_id": record.campaign_id.id, "award_ids": [Command.set(vals["award_ids"])]}

    @api.model
    def _get_rests(self, record, lines):
        items = self.env[self._target].browse(lines.mapped("res_id")).exists()
        scored = items.filtered("evaluation_ids")
        return [
            self.env._("%(name)s: has a scoring sheet.", name=name) for name in scored.mapped("display_name")
        ]

    def _delete_records(self, records):
        records._delete_imported()

    @api.model
    def _clean_up(self, record):
        """Nothing but the registrations themselves was made."""

    @api.model
    def _get_template(self, record):
        head = ["STT", "Họ và tên", "Đơn vị", "Danh hiệu đăng ký", "Nội dung đăng ký"]
        rows = [
            ["I", "Tập thể"],
            [1, "Phòng Tổng hợp", "", "Tập thể lao động tiên tiến", "Hoàn thành 100% nhiệm vụ đúng hạn"],
            ["II", "Cá nhân"],
            [1, "Nguyễn Văn A", "Phòng Tổng hợp", "LĐTT, CSTĐCS", "Có ít nhất một sáng kiến"],
        ]
        return head, rows
