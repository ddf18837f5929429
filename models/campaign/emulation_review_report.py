from odoo import api, fields, models
from odoo.exceptions import UserError

REPORT = "hr_emulation.action_report_review"


class EmulationReview(models.Model):
    """The report of a round (báo cáo sơ kết, tổng kết), L22 Art 17: this record is the document."""

    _name = "emulation.review"
    _inherit = ["emulation.review", "emulation.document.mixin"]
    _issued_states = ("closed",)
    _number_series = "report"
    _protected_fields = frozenset(
        ("state", "report_issued_date", "document_attachment_id", "document_sha256")
    )

    addressee = fields.Char(help="Who the report is for, printed after “Kính gửi”.")
    report_issued_date = fields.Date(string="Report issued on", readonly=True, copy=False, tracking=True)

    def write(self, vals):
        fixed = vals.keys() & {*self._get_document_fields(), "lessons", "addressee"}
        if fixed and not self._has_seal() and any(review.report_issued_date for review in self):
            raise UserError(self.env._("The report is issued: it no longer changes."))
        return super().write(vals)

    @api.model
    def _get_document_fields(self):
        """Return the names of the fields that are printed around the body."""
        return (
            self.env["emulation.document.mixin"]._fields.keys() & self._fields.keys() - models.MAGIC_COLUMNS
        )

    def action_issue_report(self):
        """Number, date and store the report of a closed round, once."""
        reasons = self._get_cannot_issue_report_reason()
        ready = self.filtered(lambda review: review.id not in reasons)
        for review in ready:
            review._do_issue_report()
        return self.env["emulation.reason.wizard"]._report(self, ready, reasons)

    def _get_cannot_issue_report_reason(self):
        """Return {id: reason}: only a closed round has a final report, and only one."""
        reasons = {}
        for review in self:
            if review.state != "closed":
                reasons[review.id] = self.env._(
                    "%(name)s is not closed: its report is a draft.", name=review.name
                )
            elif review.report_issued_date:
                reasons[review.id] = self.env._("The report of %(name)s is issued.", name=review.name)
        return reasons

    @api.private
    def _do_issue_report(self):
        self.ensure_one()
        self.lock_for_update()
        if not self.issue_date:
            self.issue_date = fields.Date.context_today(self)
        self._take_number()
        stored = self._store_document_pdf(REPORT)
        self._write_protected({**stored, "report_issued_date": fields.Date.context_today(self)})

    def action_print_report(self):
        """Download the report: the issued PDF, or a draft of what it would say today."""
        self.ensure_one()
        if not self.document_attachment_id:
            return self.env.ref(REPORT).report_action(self, config=False)
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.document_attachment_id.id}?download=true",
            "target": "self",
        }

    def _is_document_draft(self):
        return self.state != "closed"
