from odoo import api, fields, models
from odoo.fields import Domain


class EmulationMassRegistration(models.TransientModel):
    """Register everybody a filter finds; whoever is in already is skipped and named."""

    _name = "emulation.mass.registration"
    _description = "Mass registration"
    _inherit = ["emulation.wizard.mixin", "hr.mixin"]

    campaign_id = fields.Many2one("emulation.campaign", required=True, readonly=True)
    subject = fields.Selection(
        [("individual", "People"), ("collective", "Units"), ("both", "People and units")],
        required=True,
        default="individual",
    )
    department_ids = fields.Many2many("hr.department", string="Only in these units")
    job_ids = fields.Many2many("hr.job", string="Only these positions")
    category_ids = fields.Many2many("hr.employee.category", string="Only with these tags")
    award_ids = fields.Many2many("emulation.award", string="Titles aimed at")
    pledge = fields.Text()
    is_approved = fields.Boolean(string="Approve at once")
    found_count = fields.Integer(string="Found", compute="_compute_found_count")

    @api.depends("campaign_id", "subject", "department_ids", "job_ids", "category_ids")
    def _compute_found_count(self):
        for wizard in self:
            wizard.found_count = sum(len(found) for found in wizard._find())

    def _find(self):
        """Return (employees, departments) the filter finds."""
        # sudo: hr.employee, hr.department - officers need not be HR officers; the company is part of the
        # domain
        employees = self.env["hr.employee"].sudo().search(self._get_employee_domain())
        units = self.env["hr.department"].sudo().search(self._get_unit_domain())
        return (
            employees if self.subject != "collective" else employees.browse(),
            units if self.subject != "individual" else units.browse(),
        )

    def _get_employee_domain(self):
        domain = self.campaign_id._get_audience_domain()
        for name, field in (("department_id", self.department_ids), ("job_id", self.job_ids)):
            if field:
                domain &= Domain(name, "child_of" if name == "department_id" else "in", field.ids)
        if self.category_ids:
            domain &= Domain("category_ids", "in", self.category_ids.ids)
        return domain

    def _get_unit_domain(self):
        domain = Domain("company_id", "=", self.campaign_id.company_id.id)
        return domain & Domain("id", "child_of", self.department_ids.ids) if self.department_ids else domain

    def action_register(self):
        """Register all that is found and report who was skipped and why; thousands are done in the background."""
        self.ensure_one()
        self.campaign_id.check_access("write")
        arguments = {"award_ids": self.award_ids.ids, "pledge": self.pledge, "is_approved": self.is_approved}
        jobs, count, skipped = self.env["emulation.job"], 0, []
        for recipients in self._find():
            job, left_out = self.campaign_id._do_in_pieces(
                "register", recipients.ids, model=recipients._name, **arguments
            )
            jobs |= job
            count += 0 if job else len(recipients) - len(left_out)
            skipped += recipients.browse(left_out).mapped("name")
        return jobs[:1]._open() if jobs else self._report(count, skipped)

    def _report(self, count, skipped):
        message = self.env._("%(count)s registered.", count=count)
        if skipped:
            names = ", ".join(skipped[:20]) + (" …" if len(skipped) > 20 else "")
            message += " " + self.env._(
                "%(count)s skipped, registered already: %(names)s", count=len(skipped), names=names
            )
        close = {"type": "ir.actions.act_window_close"}
        params = {"type": "success", "message": message, "sticky": bool(skipped), "next": close}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}
