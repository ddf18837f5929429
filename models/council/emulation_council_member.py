from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

from ..mixin.verb import ANY

ROLES = [
    ("chair", "Chair"),
    ("standing", "Standing vice-chair"),
    ("vice_chair", "Vice-chair"),
    ("member", "Member"),
    ("secretary", "Secretary"),
]


class EmulationCouncilMember(models.Model):
    """A seat on a council, from one day to another."""

    _name = "emulation.council.member"
    _description = "Member of a council"
    _inherit = ["emulation.guard.mixin"]
    _order = "council_id, sequence, id"
    _rec_name = "name"
    _check_company_auto = True
    _guard_parent = "council_id"
    _writable = {
        ANY: {
            "officer": {"council_id", "sequence", "employee_id", "role", "has_vote", "date_from", "date_to"}
        }
    }
    _deletable = {ANY: "officer"}

    council_id = fields.Many2one("emulation.council", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10, aggregator=None)
    employee_id = fields.Many2one("hr.employee", required=True, check_company=True, index=True)
    # Stored, so that a member who may not read employees sees who sits there too.
    name = fields.Char(related="employee_id.name", store=True, string="Member")
    user_id = fields.Many2one(related="employee_id.user_id", store=True, index="btree_not_null")
    role = fields.Selection(ROLES, required=True, default="member")
    has_vote = fields.Boolean(
        string="Votes", default=True, help="A secretary who only takes the minutes does not vote."
    )
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="Until")

    def _get_fixed(self):
        """Who has marked initiatives from a seat stays on it; another member gets another seat."""
        # sudo: emulation.initiative.mark - whether there is one
        marks = self.env["emulation.initiative.mark"].sudo()
        used = marks._read_group([("member_id", "in", self.ids)], ["member_id"])
        return {member.id: frozenset({"council_id", "employee_id"}) for (member,) in used}

    _dates_in_order = models.Constraint(
        "CHECK (date_from IS NULL OR date_to IS NULL OR date_to >= date_from)",
        "A membership cannot end before it starts.",
    )

    @api.constrains("council_id", "employee_id", "date_from", "date_to")
    def _check_overlap(self):
        """Nobody sits on one council twice on the same day."""
        for council in self.council_id:
            for employee, seats in council.member_ids.grouped("employee_id").items():
                ends = sorted(
                    ((seat.date_from or fields.Date.to_date("1900-01-01"), seat) for seat in seats),
                    key=lambda pair: pair[0],
                )
                for (_start, seat), (later, _seat) in pairwise(ends):
                    if not seat.date_to or seat.date_to >= later:
                        # sudo: hr.employee - the name only
                        raise ValidationError(
                            self.env._("%(member)s is on the council already.", member=employee.sudo().name)
                        )

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members._give_access()
        return members

    def write(self, vals):
        result = super().write(vals)
        if "employee_id" in vals:
            self._give_access()
        return result

    def _give_access(self):
        """Let members with a desk read what comes before the council; portal users vote in the portal."""
        group = self.env.ref("hr_emulation.group_emulation_council")
        # sudo: res.users - the seat is the officer's to give; only this one group is added, to internal
        # users only
        users = self.sudo().user_id.filtered(
            lambda user: user._is_internal() and group not in user.all_group_ids
        )
        if users:
            users.write({"group_ids": [Command.link(group.id)]})
