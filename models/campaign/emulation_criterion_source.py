import ast

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class EmulationCriterionSource(models.Model):
    """Where a quantity comes from: count or sum the records of a model per employee or department.

    It is read with the rights of the administrator who set it up, never with more.
    """

    _name = "emulation.criterion.source"
    _description = "Automatic source of a criterion"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "criterion_id"
    _rec_name = "criterion_id"
    _writable = {
        "*": {
            "admin": {
                *("criterion_id", "model_id", "domain", "date_field_id", "recipient_field_id"),
                "value_field_id",
            }
        }
    }
    _deletable = {"*": "admin"}

    criterion_id = fields.Many2one("emulation.criterion", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="criterion_id.company_id", store=True, index=True)
    model_id = fields.Many2one(
        "ir.model", required=True, ondelete="cascade", domain=[("transient", "=", False)]
    )
    model_name = fields.Char(string="Technical name", related="model_id.model")
    domain = fields.Char(default="[]", required=True)
    date_field_id = fields.Many2one("ir.model.fields", string="Date field", required=True, ondelete="cascade")
    recipient_field_id = fields.Many2one(
        "ir.model.fields", string="Recipient field", required=True, ondelete="cascade"
    )
    value_field_id = fields.Many2one(
        "ir.model.fields", string="Field to sum", ondelete="cascade", help="Empty: records are counted."
    )
    user_id = fields.Many2one(
        "res.users", string="Run as user", required=True, readonly=True, default=lambda self: self.env.user
    )

    _criterion_uniq = models.Constraint("UNIQUE (criterion_id)", "This criterion already has a source.")

    @api.constrains(
        "domain", "model_id", "date_field_id", "recipient_field_id", "value_field_id", "criterion_id"
    )
    def _check_source(self):
        for source in self:
            own = source.date_field_id | source.recipient_field_id | source.value_field_id
            if own.model_id != source.model_id:
                raise ValidationError(self.env._("The fields belong to another model."))
            if source.date_field_id.ttype not in ("date", "datetime"):
                raise ValidationError(self.env._("The date field is not a date."))
            if source.recipient_field_id.relation not in ("hr.employee", "hr.department"):
                raise ValidationError(self.env._("The recipient field leads to no employee or department."))
            if source.value_field_id and source.value_field_id.ttype not in ("integer", "float", "monetary"):
                raise ValidationError(self.env._("Only numbers can be summed."))
            if not source.criterion_id._is_measured():
                raise ValidationError(
                    self.env._(
                        "Only quantities, and bonus or deductions counted by occurrence, have a source."
                    )
                )
            source._check_domain()

    def _check_domain(self):
        try:
            Domain(ast.literal_eval(self.domain)).validate(self.env[self.model_name])
        except Exception as error:  # whatever is wrong with it, the administrator reads why
            raise ValidationError(self.env._("The domain is wrong: %(error)s", error=error)) from error

    def write(self, vals):
        result = super().write(vals)
        if vals and not self._has_seal():  # from now on it reads with the rights of who changed it
            self._write_protected({"user_id": self.env.uid})
        return result

    @api.private
    def _copy_to(self, pairs):
        """Copy each source to the copies of its criterion, [(old id, new id)]; who it reads as stays the same."""
        prepared = {
            source.criterion_id.id: {**vals, "user_id": source.user_id.id}
            for source, vals in zip(self, self.copy_data(), strict=True)
        }
        vals_list = [{**prepared[old], "criterion_id": new} for old, new in pairs if old in prepared]
        self._create_protected(vals_list)

    def _read_values(self, review):
        """Return {employee or department id: count or sum} within the review's period, in one query."""
        self.ensure_one()
        model = self.env[self.model_name].with_user(self.user_id).with_company(review.company_id)
        date = self.date_field_id.name
        domain = Domain(ast.literal_eval(self.domain))
        domain &= Domain(date, ">=", review.date_from)
        domain &= Domain(date, "<", fields.Date.add(review.date_to, days=1))
        what = f"{self.value_field_id.name}:sum" if self.value_field_id else "__count"
        groups = model._read_group(domain, [self.recipient_field_id.name], [what])
        return {recipient.id: value for recipient, value in groups if recipient}
