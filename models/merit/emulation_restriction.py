from odoo import fields, models


class EmulationRestriction(models.Model):
    """A discipline or a pending case (ND152 Art 4(4)). Officers only: its existence is confidential."""

    _name = "emulation.restriction"
    _description = "Restriction"
    _inherit = ["emulation.recipient.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _writable = {
        "*": {
            "officer stand_in": {
                *("recipient_type", "employee_id", "department_id", "partner_id", "subject", "unit_id"),
                *("company_id", "kind", "discipline_level", "date_from", "date_to", "reason"),
                "release_reference",
            }
        }
    }
    _deletable = {"*": "officer stand_in"}

    kind = fields.Selection(
        [("discipline", "Discipline"), ("pending", "Pending case")], required=True, default="discipline"
    )
    discipline_level = fields.Selection(
        [
            ("reprimand", "Reprimand"),
            ("warning", "Warning"),
            ("demotion", "Demotion or more"),
        ]
    )
    date_from = fields.Date(required=True)
    date_to = fields.Date(help="Empty: still open.")
    reason = fields.Text()
    release_reference = fields.Char(help="Document that ended the case.")

    _dates_in_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)", "The case cannot end before it starts."
    )
