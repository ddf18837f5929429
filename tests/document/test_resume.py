"""Awards in the résumés of Odoo's Skills, which Odoo installs by itself beside its employees."""

from odoo.tests import tagged

from ..helpers.document_common import DocumentCommon


@tagged("post_install", "-at_install")
class TestResume(DocumentCommon):
    """Awards stand in the résumés of Skills from the decision on, and are gone once they are revoked."""

    def get_lines(self, person):
        return (
            self.env["hr.resume.line"]
            .search([("employee_id", "=", person.id)])
            .filtered(
                lambda line: (
                    line.line_type_id == self.env.ref("hr_emulation.resume_kind", raise_if_not_found=False)
                )
            )
        )

    def grant(self):
        people = (self.employee_sub, self.employee_unit)
        lines = self.env["emulation.commendation"]
        for person in people:
            lines |= self.new_commendation(person, award=self.document_award)
        lines._write_protected({"state": "appraised"})
        self.issue(self.new_decision(lines, number="12"))
        return lines

    def test_from_the_decision_to_the_revocation(self):
        lines = self.grant()
        (line,) = self.get_lines(self.employee_sub)
        self.assertEqual((line.name, line.date_start), (self.document_award.name, lines[0].granted_date))
        self.assertIn("12/", line.description)
        self.issue(self.new_revocation(lines[0]))
        self.assertFalse(self.get_lines(self.employee_sub))
        self.assertEqual(len(self.get_lines(self.employee_unit)), 1, "the other award stands")

    def test_what_is_not_shown_to_all_staff_is_not_written(self):
        self.company.emulation_show_granted = False
        self.grant()
        self.assertFalse(self.get_lines(self.employee_sub))

    def test_lines_go_when_the_agency_no_longer_shows(self):
        lines = self.grant()
        self.company.emulation_show_granted = False
        self.assertFalse(self.get_lines(self.employee_sub) | self.get_lines(self.employee_unit))
        self.company.emulation_show_granted = True
        self.assertEqual(len(self.get_lines(self.employee_sub)), 1)
        self.issue(self.new_revocation(lines[0]))
        self.assertFalse(self.get_lines(self.employee_sub))

    def test_a_line_somebody_deleted_is_no_obstacle(self):
        lines = self.grant()
        self.get_lines(self.employee_sub).unlink()
        self.issue(self.new_revocation(lines[0]))
        self.assertEqual(len(self.get_lines(self.employee_unit)), 1)
