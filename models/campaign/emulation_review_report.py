from odoo import api, fields, models
from odoo.exceptions import UserError

REPORT = "hr_emulation.action_report_review"


class EmulationReview(models.Model):
    """The report of a round (báo cáo sơ kết, tổng kết): this record is the document. Law 06/2022/QH15, Article 17."""

    _name = "emulation.review"
    _inherit = ["emulation.review", "emulation.document.mixin"]
    _issued_states = ("closed",)
    _number_series = "report"

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
        return self._run_verb("issue_report")

    def _get_cannot_issue_report_reason(self):
        """Return {id: reason}: only a closed round has a final report, and only one."""
        reasons = self._check_verb("issue_report")
        for review in self.filtered("report_issued_date"):
            reasons[review.id] = self.env._("The report of %(name)s is issued.", name=review.name)
        return reasons

    @api.private
    def _do_issue_report(self):
        for review in self._start("issue_report").filtered(lambda review: not review.report_issued_date):
            review._store_report()
            review._finish("issue_report")

    def _store_report(self):
        self.ensure_one()
        self._write_protected({"issue_date": self.issue_date or fields.Date.context_today(self)})
        self._with_seal()._take_number()
        self._write_protected(self._store_document_pdf(REPORT))

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
