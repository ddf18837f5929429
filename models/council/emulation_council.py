from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine.wording import NO_BREAK
from ..mixin.verb import ANY

# Who can open the ballot box of an electronic vote.
KEY_HOLDERS = [
    ("server", "A file of the server"),
    ("board", "Two members of the counting board, by their codes"),
]

# By Decree 30/2020: the name in the heading of the papers, and the symbol of the minutes.
HEADINGS = {"emulation": "Hội đồng Thi đua - Khen thưởng", "initiative": "Hội đồng sáng kiến"}
ONE_LINE = 26  # letters of a heading beside the national motto
SYMBOLS = {"emulation": "BB-HĐTĐKT", "initiative": "BB-HĐSK"}


class EmulationCouncil(models.Model):
    """A council (hội đồng) that advises the head on awards or judges initiatives.

    Law 06/2022/QH15, Article 90(4); Decree 152/2025/NĐ-CP, Article 33(6).
    """

    _name = "emulation.council"
    _description = "Council"
    _inherit = ["emulation.search.mixin", "emulation.guard.mixin", "emulation.thread.mixin"]
    _search_key_fields = ("name",)
    _order = "name"
    _check_company_auto = True
    _writable = {
        ANY: {
            "officer": {
                *("name", "kind", "heading", "minutes_symbol", "company_id", "established_by", "quorum"),
                *("own_unit_conflict", "conflict_rule", "key_holder", "member_ids", "active"),
            }
        }
    }
    _deletable = {ANY: "officer"}

    name = fields.Char(required=True, tracking=True)
    kind = fields.Selection(
        [("emulation", "Emulation and commendation"), ("initiative", "Initiatives")],
        required=True,
        default="emulation",
    )
    heading = fields.Char(
        string="Name in the heading",
        compute="_compute_heading",
        store=True,
        readonly=False,
        precompute=True,
        help="Printed below the name of the agency on the papers of the council.",
    )
    minutes_symbol = fields.Char(
        string="Symbol of the minutes",
        compute="_compute_heading",
        store=True,
        readonly=False,
        precompute=True,
        help="Printed after the number, for example 05/BB-HĐTĐKT.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    established_by = fields.Char(
        string="Established by", tracking=True, help="Number, date and issuer of the decision that set it up."
    )
    quorum = fields.Float(
        string="Quorum (%)",
        digits=(5, 2),
        default=66.67,
        tracking=True,
        help="At least this share of the voting members takes part; an award may ask for more. 66.67: two thirds.",
    )
    own_unit_conflict = fields.Boolean(
        string="Concerned by one's own unit too",
        default=True,
        tracking=True,
        help="A member is concerned by a title for the unit they work in as well, not only by their own.",
    )
    conflict_rule = fields.Selection(
        [
            ("counted", "No vote, but counted among all members"),
            ("left_out", "No vote, and not counted"),
            ("votes", "Votes like everybody"),
        ],
        string="A member concerned",
        required=True,
        default="counted",
        tracking=True,
        help="The law is silent on members who are concerned by a proposal themselves. A small council that counts "
        "them without a vote cannot reach a high threshold; the session warns of it.",
    )
    key_holder = fields.Selection(
        KEY_HOLDERS,
        string="Key of the ballot box",
        required=True,
        default="server",
        tracking=True,
        help="Who opens the box when an electronic vote is closed. A lost key or code opens nothing: the vote is "
        "then held again.",
    )
    member_ids = fields.One2many("emulation.council.member", "council_id", copy=True, string="Members")
    session_ids = fields.One2many("emulation.session", "council_id", string="Sessions")
    session_count = fields.Integer(compute="_compute_session_count")
    active = fields.Boolean(string="In office", default=True)

    _quorum_range = models.Constraint(
        "CHECK (quorum >= 0 AND quorum <= 100)", "The quorum lies between 0 and 100%."
    )

    @api.depends("kind")
    def _compute_heading(self):
        for council in self:
            council.heading = HEADINGS.get(council.kind)
            council.minutes_symbol = SYMBOLS.get(council.kind)

    def write(self, vals):
        """Refuse to move a council that has a session to another agency: its minutes name it."""
        if "company_id" in vals and any(
            council.company_id.id != vals["company_id"] and council._has_sat() for council in self
        ):
            raise UserError(self.env._("A council that has sat stays with its agency."))
        return super().write(vals)

    def _has_sat(self):
        """Return whether there is a session of it, on awards or on initiatives."""
        # sudo: emulation.initiative.session - whether there is one
        initiatives = self.env["emulation.initiative.session"].sudo()
        return bool(self.session_ids or initiatives.search_count([("council_id", "=", self.id)], limit=1))

    def _compute_session_count(self):
        groups = self.env["emulation.session"]._read_group(
            [("council_id", "in", self.ids)], ["council_id"], ["__count"]
        )
        counts = {council.id: count for council, count in groups}
        for council in self:
            council.session_count = counts.get(council.id, 0)

    def action_view_sessions(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hr_emulation.emulation_session_action")
        context = {"default_council_id": self.id}
        return {**action, "domain": [("council_id", "=", self.id)], "context": context}

    def _get_members_on(self, day):
        """Return those who are members on ``day``, in the order of the list."""
        return self.member_ids.filtered(
            lambda member: (member.date_from or day) <= day <= (member.date_to or day)
        )

    def _get_printed_heading(self):
        """Return the name for the heading: what comes after *Hội đồng* is not broken if it fits on a line."""
        first, _space, rest = (self.heading or "").partition("ội đồng ")
        if not rest or len(rest) > ONE_LINE:
            return self.heading or ""
        return f"{first}ội đồng {rest.replace(' ', NO_BREAK)}"
