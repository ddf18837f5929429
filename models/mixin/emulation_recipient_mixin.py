from odoo import api, fields, models
from odoo.exceptions import ValidationError

RECIPIENT_TYPES = [
    ("employee", "Employee"),
    ("department", "Department"),
    ("partner", "Other person or body"),
]
SUBJECTS = [("individual", "Individual"), ("collective", "Collective"), ("household", "Household")]
# What a recipient is found by: the name as it was printed and as it is today, and the unit.
RECIPIENT_NAMES = (
    "recipient_name",
    "unit_name",
    "employee_id.name",
    "department_id.name",
    "partner_id.name",
    "unit_id.name",
)
RECIPIENT_FIELDS = {"employee": "employee_id", "department": "department_id", "partner": "partner_id"}


class EmulationRecipientMixin(models.AbstractModel):
    """Who takes part, is scored or is commended: one employee, one department or one outside party.

    ``recipient_name``, ``unit_name`` and ``position_name`` are the as-of snapshot: taken by
    ``_take_snapshot`` when the record is submitted and never rewritten when the employee moves.
    """

    _name = "emulation.recipient.mixin"
    _description = "Recipient of an emulation or commendation record"
    _inherit = ["emulation.search.mixin", "emulation.guard.mixin", "emulation.own.mixin"]
    _search_key_fields = RECIPIENT_NAMES

    recipient_type = fields.Selection(
        RECIPIENT_TYPES, string="Recipient type", required=True, default="employee"
    )
    employee_id = fields.Many2one("hr.employee", index=True, check_company=True, ondelete="restrict")
    department_id = fields.Many2one(
        "hr.department", string="Collective", index=True, check_company=True, ondelete="restrict"
    )
    partner_id = fields.Many2one("res.partner", string="Outside party", index=True, ondelete="restrict")
    subject = fields.Selection(
        SUBJECTS, compute="_compute_subject", store=True, readonly=False, precompute=True, required=True
    )
    unit_id = fields.Many2one(
        "hr.department",
        compute="_compute_unit_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        help="The unit whose head acts on this record. It does not follow a later move of the employee.",
    )
    recipient_key = fields.Char(compute="_compute_recipient_key", store=True, precompute=True, index=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )

    # Computed beforehand: a campaign is launched with thousands of them.
    search_key = fields.Char(compute="_compute_search_key", store=True, precompute=True)

    # as-of snapshot
    recipient_name = fields.Char(string="Recipient name", copy=False, readonly=True)
    unit_name = fields.Char(string="Unit name", copy=False, readonly=True)
    position_name = fields.Char(string="Position name", copy=False, readonly=True)

    _one_recipient = models.Constraint(
        "CHECK (num_nonnulls(employee_id, department_id, partner_id) = 1)",
        "Choose exactly one recipient: an employee, a department or an outside party.",
    )

    @api.depends("recipient_type")
    def _compute_subject(self):
        for record in self:
            if record.recipient_type == "employee":
                record.subject = "individual"
            elif record.recipient_type == "department":
                record.subject = "collective"
            else:
                record.subject = record.subject or "individual"

    # Not on employee_id.department_id: a later move must not rewrite the unit of this record.
    @api.depends("recipient_type", "employee_id", "department_id")
    def _compute_unit_id(self):
        for record in self:
            if record.recipient_type == "employee":
                # sudo: hr.employee - a plain user may not read the department of an employee (hr.version)
                record.unit_id = record.employee_id.sudo().department_id
            elif record.recipient_type == "department":
                record.unit_id = record.department_id

    @api.depends("recipient_type", "employee_id", "department_id", "partner_id")
    def _compute_recipient_key(self):
        for record in self:
            recipient = record[RECIPIENT_FIELDS[record.recipient_type]] if record.recipient_type else None
            record.recipient_key = f"{record.recipient_type}:{recipient.id}" if recipient else False

    @api.constrains("recipient_type", "employee_id", "department_id", "partner_id")
    def _check_recipient(self):
        for record in self:
            if not record[RECIPIENT_FIELDS[record.recipient_type]]:
                raise ValidationError(self.env._("The recipient does not match the recipient type."))

    @api.constrains("unit_id", "employee_id", "department_id")
    def _check_unit_id(self):
        """The unit, whose head acts, is the recipient's own; only for outside parties it is chosen."""
        if self._has_seal():
            return
        for record in self:
            # sudo: hr.version - the unit of an employee is compared, nothing leaves
            own = record.employee_id.sudo().department_id or record.department_id
            if record.recipient_type != "partner" and record.unit_id != own:
                raise ValidationError(self.env._("The unit is the one the recipient works in."))

    def _get_recipient(self):
        """Return the employee, department or partner this record is about."""
        self.ensure_one()
        return self[RECIPIENT_FIELDS[self.recipient_type]]

    def _get_recipient_name(self):
        """Return the snapshot name if taken, else the recipient's name today."""
        self.ensure_one()
        # sudo: the recipient - the name only
        return self.recipient_name or self._get_recipient().sudo().name or ""

    def _take_snapshot(self, as_of=None):
        """Copy name, unit and post as they were on ``as_of`` (a date; default today).

        Later changes of the person or the organisation do not touch what was signed.
        """
        as_of = as_of or fields.Date.context_today(self)
        versions = self._get_employee_versions(as_of)
        for record in self:
            record.write(record._prepare_snapshot(versions))

    def _get_employee_versions(self, as_of):
        """Return {employee id: hr.version in force on ``as_of``} in one query."""
        # sudo: hr.version - readable by HR only; just name, unit and post leave this method
        versions = (
            self.env["hr.version"]
            .sudo()
            .search_fetch(
                [("employee_id", "in", self.employee_id.ids), ("date_version", "<=", as_of)],
                ["employee_id", "department_id", "job_title", "job_id"],
                order="date_version, id",
            )
        )
        return {version.employee_id.id: version for version in versions}  # the last one wins

    def _prepare_snapshot(self, versions):
        self.ensure_one()
        # sudo: the recipient - names only, for the printed document
        recipient = self._get_recipient().sudo()
        if self.recipient_type == "employee":
            version = versions.get(recipient.id) or recipient.current_version_id
            # sudo: hr.department - the name only, for the printed document
            return {
                "recipient_name": recipient.name,
                "unit_name": version.department_id.name or self.unit_id.sudo().name,
                "position_name": version.job_title or version.job_id.name,
            }
        unit = recipient.parent_id.name if self.recipient_type == "department" else False
        return {"recipient_name": recipient.name, "unit_name": unit, "position_name": False}
