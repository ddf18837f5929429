from odoo import api, fields, models


class EmulationBlockMember(models.Model):
    """One body in a block: a unit, a company of this database, or an outside agency."""

    _name = "emulation.block.member"
    _description = "Member of a cluster or block"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "block_id"
    _writable = {"*": {"officer": {"block_id", "sequence", "name", "department_id", "partner_id"}}}
    _deletable = {"*": "officer"}
    _order = "block_id, sequence, id"

    block_id = fields.Many2one("emulation.block", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10, aggregator=None, help="Order in which members head the block.")
    name = fields.Char(compute="_compute_name", store=True, readonly=False, required=True, precompute=True)
    department_id = fields.Many2one("hr.department", index="btree_not_null", ondelete="restrict")
    partner_id = fields.Many2one("res.partner", string="Agency", index="btree_not_null", ondelete="restrict")
    company_id = fields.Many2one(related="block_id.company_id", store=True, index=True)
    recipient_key = fields.Char(
        compute="_compute_recipient_key",
        store=True,
        index="btree_not_null",
        help="As commendations store it.",
    )

    _name_uniq = models.Constraint("UNIQUE (block_id, name)", "This member is already in the block.")

    @api.depends("department_id", "partner_id")
    def _compute_name(self):
        for member in self:
            member.name = member.department_id.name or member.partner_id.name or member.name

    @api.depends("department_id", "partner_id")
    def _compute_recipient_key(self):
        for member in self:
            recipient = member.department_id or member.partner_id
            kind = "department" if member.department_id else "partner"
            member.recipient_key = f"{kind}:{recipient.id}" if recipient else False
