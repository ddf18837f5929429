"""A paper can be asked for at any time: it is printed, or words say why not."""

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..helpers import guard_common as guard
from ..helpers.common import EmulationCommon


@tagged("post_install", "-at_install")
class TestPapersInEveryState(EmulationCommon):
    def test_no_paper_breaks(self):
        _builder, records = guard.build_records(self)
        # What no verb ever leaves: a certificate without its decision, a vote closed at no time.
        del records["emulation.certificate"]
        records["emulation.session"]._write_protected({"closed_on": fields.Datetime.now()})
        setter, done = guard.StateSetter(self.env), set()
        reports = self.env["ir.actions.report"].search([("report_name", "=like", "hr_emulation.%")])
        self.assertGreater(len(reports), 25)
        for report in reports.with_context(lang="vi_VN"):
            record = records.get(report.model)
            for state in guard.get_states(record) if record else ():
                setter.put(record, state)
                with self.subTest(report=report.report_name, state=state):
                    try:
                        content = report._render_qweb_html(report.report_name, record.ids)[0]
                        self.assertGreater(len(content), 500)
                    except UserError as refused:
                        self.assertGreater(len(str(refused)), 10)
                    done.add(report.report_name)
        self.assertGreater(len(done), 25, "what has no record is not looked at")

    def test_what_was_not_handed_in_has_no_receipt(self):
        draft = self.new_commendation(self.employee_unit, state="draft").with_user(self.user_officer)
        report = self.env["ir.actions.report"].with_user(self.user_officer)
        # Papers speak Vietnamese where it is installed, and so does what is said in their place.
        with self.assertRaisesRegex(UserError, "not handed in|chưa được gửi"):
            report._render_qweb_html("hr_emulation.action_report_receipt", draft.ids)
