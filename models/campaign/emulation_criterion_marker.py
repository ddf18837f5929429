from odoo import api, fields, models
from odoo.fields import Domain

# The identity of this object is the key: no RPC call can carry it.
_TAKING_OVER = object()


class EmulationCriterionMarker(models.Model):
    """Who marks a criterion, or all criteria of a group, besides the recipient: an office or a person, stage by stage.

    Within a stage one mark is enough; the next stage marks after it and may change it with a reason. The head of the
    unit and the officers, who verify and confirm the whole sheet, are no stage of a line.
    """

    _name = "emulation.criterion.marker"
    _description = "Marker of a criterion"
    _inherit = ["emulation.set.line.mixin", "emulation.guard.mixin"]
    _set_path = "criterion_id.set_id"
    _guard_parent = "criterion_id"
    _writable = {
        "*": {"officer": {"criterion_id", "stage", "department_id", "user_id", "is_after_head"}},
    }
    _deletable = {"*": "officer"}
    _order = "criterion_id, stage, id"

    criterion_id = fields.Many2one("emulation.criterion", required=True, ondelete="cascade", index=True)
    stage = fields.Integer(
        string="Marking stage", default=1, required=True, aggregator=None, help="Lower stages mark first."
    )
    department_id = fields.Many2one(
        "hr.department", string="Office", ondelete="restrict", help="Any of its people, or its head."
    )
    user_id = fields.Many2one("res.users", string="Person", ondelete="restrict")
    is_after_head = fields.Boolean(
        string="After the head", help="Marks only once the head of the unit has verified the sheet."
    )
    # Not stored: it would be looked up for each copy of a set.
    company_id = fields.Many2one(related="criterion_id.company_id")

    _stage_positive = models.Constraint("CHECK (stage > 0)", "Stages are counted from 1.")
    _one_marker = models.Constraint(
        "CHECK ((department_id IS NULL) <> (user_id IS NULL))", "Name an office or a person, one of them."
    )

    @api.depends("department_id", "user_id")
    def _compute_display_name(self):
        for marker in self:
            # sudo: hr.department and res.users - the name of who marks is no secret
            marker.display_name = (marker.sudo().department_id or marker.sudo().user_id).name

    def _check_set_unlocked(self):
        """In a set in use an office or a person may still take over from another; that is told on the set."""
        if self.env.context.get("emulation_taking_over") is _TAKING_OVER:
            return None
        return super()._check_set_unlocked()

    def write(self, vals):
        if vals.keys() - {"department_id", "user_id"}:
            return super().write(vals)
        before = {marker.id: marker.display_name for marker in self}
        taken_over = self.with_context(emulation_taking_over=_TAKING_OVER)
        result = super(EmulationCriterionMarker, taken_over).write(vals)
        for sheet, markers in self.grouped(lambda marker: marker.criterion_id.set_id).items():
            if sheet.locked:
                changes = [
                    f"{marker.criterion_id.name}: {before[marker.id]} → {marker.display_name}"
                    for marker in markers
                ]
                sheet._message_log(body="; ".join(changes))
        return result

    @api.model
    def _get_own_units(self):
        """Return the ids of the offices for which the current user marks: where one works, and which one heads."""
        user = self.env.user._get_emulation_identity()
        # sudo: hr.employee - where the user works
        employees = self.env["hr.employee"].sudo().browse(user.employees)
        return frozenset(employees.filtered("active").department_id.ids) | user.led

    @api.model
    def _search_own(self):
        """Return the markers through which the current user marks."""
        own = Domain("user_id", "=", self.env.uid) | Domain(
            "department_id", "in", list(self._get_own_units())
        )
        # sudo: emulation.criterion.marker - the user's own
        return self.sudo().search(own & Domain("company_id", "in", self.env.user.company_ids.ids))
