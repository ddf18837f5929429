from odoo import api, fields, models
from odoo.fields import Domain

from ..mixin import once
from ..mixin.emulation_role_mixin import OFFICER_GROUP

NAMED = frozenset({"block_id", "name"})
BODY = NAMED | {"department_id", "agency_id", "partner_id"}


class EmulationBlockMember(models.Model):
    """One body in a block: a unit, an agency of this database, or an outside one.

    Who scores for it: the head of the unit and deputies, the emulation officers of the agency, or the account of
    the outside body.
    """

    _name = "emulation.block.member"
    _description = "Member of a cluster or block"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "block_id"
    _writable = {"*": {"officer": BODY | {"sequence"}}}
    _deletable = {"*": "officer"}
    _order = "block_id, sequence, id"

    block_id = fields.Many2one("emulation.block", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10, aggregator=None, help="Order in which members head the block.")
    name = fields.Char(compute="_compute_name", store=True, readonly=False, required=True, precompute=True)
    department_id = fields.Many2one("hr.department", index="btree_not_null", ondelete="restrict")
    agency_id = fields.Many2one(
        "res.company", string="Agency of this database", index="btree_not_null", ondelete="restrict"
    )
    partner_id = fields.Many2one("res.partner", string="Agency", index="btree_not_null", ondelete="restrict")
    company_id = fields.Many2one(related="block_id.company_id", store=True, index=True)
    recipient_key = fields.Char(
        compute="_compute_recipient_key",
        store=True,
        index="btree_not_null",
        help="As commendations store it.",
    )
    is_mine = fields.Boolean(
        string="I score for it", compute="_compute_is_mine", search="_search_is_mine", compute_sudo=True
    )

    _name_uniq = models.Constraint("UNIQUE (block_id, name)", "This member is already in the block.")

    def _get_fixed(self):
        """Once it has scored, was scored or leads, the body stays whom the points are about.

        One known by its name only may still be told which body it is.
        """
        # sudo: emulation.block.score - whether there is one
        scores = self.env["emulation.block.score"].sudo()
        pairs = scores.search(Domain("scorer_id", "in", self.ids) | Domain("member_id", "in", self.ids))
        # sudo: emulation.block.year - whether there is one
        years = self.env["emulation.block.year"].sudo().search([("leader_id", "in", self.ids)])
        used = self & (pairs.scorer_id | pairs.member_id | years.leader_id)
        linked = used.filtered("recipient_key")
        return {**dict.fromkeys(used._ids, NAMED), **dict.fromkeys(linked._ids, BODY)}

    @api.depends("department_id", "agency_id", "partner_id")
    def _compute_name(self):
        for member in self:
            body = member.department_id or member.agency_id or member.partner_id
            member.name = body.sudo().name or member.name  # sudo: res.company, hr.department - the name only

    @api.depends("department_id", "agency_id.partner_id", "partner_id")
    def _compute_recipient_key(self):
        for member in self:
            recipient = member.department_id or member._get_partner()
            kind = "department" if member.department_id else "partner"
            member.recipient_key = f"{kind}:{recipient.id}" if recipient else False

    def _get_partner(self):
        """Return the contact of the body: an agency of this database has one too."""
        return self.agency_id.sudo().partner_id or self.partner_id  # sudo: res.company - its contact only

    @api.depends("department_id", "agency_id", "partner_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        mine = self.search([("id", "in", self.ids), ("is_mine", "=", True)])
        for member in self:
            member.is_mine = member._origin in mine

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._get_mine_domain()

    @api.model
    @api.private
    def _find_mine(self):
        """Return the members the current user scores for; none for almost everybody."""
        # sudo: emulation.block.member - people of units and outside bodies have no rights on blocks; only their own
        members = self.sudo()

        def search():
            return members.search(self._get_mine_domain() & Domain("block_id.active", "=", True)).ids

        return members.browse(once.ask(self.env, ("block members", self.env.uid), search))

    @api.model
    def _get_mine_domain(self):
        """Return the domain of the members the current user scores for."""
        user = self.env.user
        led, _headed = self.env["hr.department"]._get_emulation_acting_ids()
        # sudo: res.partner - whose contact the user's own is; only the id is used, in the same query
        own = self.env["res.partner"].sudo()._search([("id", "=", user.partner_id.id)], active_test=False)
        domain = Domain("department_id", "in", list(led))
        domain |= Domain("partner_id", "in", own.subselect("commercial_partner_id"))
        if user.has_group(OFFICER_GROUP):
            domain |= Domain("agency_id", "in", list(user._get_company_ids()))
        return domain
