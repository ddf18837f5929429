from odoo import api, fields, models
from odoo.fields import Domain


class ResCompany(models.Model):
    _inherit = "res.company"

    emulation_parent_agency = fields.Char(
        string="Agency above",
        help="Printed above the company's name on administrative documents.",
        groups="base.group_user",
    )
    emulation_is_state_body = fields.Boolean(
        string="State body",
        default=True,
        help="Documents follow Decree 30/2020; otherwise the letterhead is used.",
        groups="base.group_user",
    )
    emulation_agency_kind_id = fields.Many2one(
        "emulation.agency.kind",
        string="Kind of agency",
        help="Which awards its head may give (Law 06/2022/QH15, Articles 77–80).",
        groups="base.group_user",
    )
    emulation_head_title = fields.Char(
        string="Title of its head",
        help="Printed with the name of the agency on certificates, for example: Giám đốc, Chánh Văn phòng, Hiệu"
        " trưởng.",
        groups="base.group_user",
    )
    emulation_document_symbol = fields.Char(
        string="Symbol of the agency",
        help="Used in document numbers, for example SCT in 05/QĐ-SCT.",
        groups="base.group_user",
    )
    emulation_ad_hoc_days = fields.Integer(
        string="Days for an ad hoc commendation",
        default=10,
        help="Target: days from the sudden achievement to the decision.",
        groups="base.group_user",
    )
    emulation_show_granted = fields.Boolean(
        string="Show commendations to all staff",
        default=True,
        help="Every employee of the company sees who was commended for what; never proposals or reasons.",
        groups="base.group_user",
    )
    emulation_is_headed = fields.Boolean(
        string="I head the agency",
        compute="_compute_emulation_is_headed",
        search="_search_emulation_is_headed",
        compute_sudo=True,
        help="Record rules rely on it.",
        groups="base.group_user",
    )
    emulation_head_id = fields.Many2one(
        "hr.employee",
        string="Head of the agency",
        help="Decides where every officer is concerned. Empty: the head of the unit above all others.",
        groups="base.group_user",
    )

    @api.private
    def _get_emulation_letterhead(self):
        """Return the lines under the name of a body that is none of the state: address and contact."""
        self.ensure_one()
        contact = " · ".join(part for part in (self.phone, self.email, self.website) if part)
        address = ", ".join(part for part in (self.street, self.street2, self.city) if part)
        return [line for line in (address, contact) if line]

    # ------------------------------------------------------------------
    # Who acts for the agency
    # ------------------------------------------------------------------

    # By user: without it one user would see what was computed for another.
    @api.depends_context("uid")
    @api.depends("emulation_head_id")
    def _compute_emulation_is_headed(self):
        headed = self._get_emulation_headed_by(self.env.user)
        for company in self:
            company.emulation_is_headed = company in headed

    def _search_emulation_is_headed(self, operator, value):
        # A search method, not a list of ids in the rule: rules are cached by user and would miss a new head.
        if operator != "in":
            return NotImplemented
        return Domain("id", "in", self.env.user.company_ids._get_emulation_headed_by(self.env.user).ids)

    @api.private
    def _get_emulation_officers(self):
        """Return the active officers of the company, without the technical users."""
        # sudo: res.groups - who is an officer is not readable by everybody; used to ask the right person.
        officers = self.env.ref("hr_emulation.group_emulation_officer").sudo().all_user_ids
        technical = self.env.ref("base.user_root") | self.env.ref("base.user_admin")
        return officers.filtered(lambda user: user.active and self in user.company_ids) - technical

    @api.private
    def _get_emulation_head(self):
        """Return the user who heads the agency: the one chosen, else the head of its only unit at the top."""
        # sudo: res.company and units - to name who has to act.
        company = self.sudo()
        if company.emulation_head_id:
            head = company.emulation_head_id
            return head.user_id.filtered("active") if head.active else self.env["res.users"]
        # sudo: hr.department - who heads the agency; only that user leaves
        top = (
            self.env["hr.department"]
            .sudo()
            .search([("company_id", "=", self.id), ("parent_id", "=", False)], limit=2)
        )
        return top._get_emulation_led_by() if len(top) == 1 else self.env["res.users"]

    @api.private
    def _get_emulation_headed_by(self, user):
        """Return those of the companies that a user heads."""
        return self.filtered(lambda company: user in company._get_emulation_head())

    @api.private
    def _get_emulation_stand_ins(self):
        """Return who decides where all officers are concerned: the head of the agency, else officers above it."""
        head = self._get_emulation_head()
        # sudo: res.company - the company above may be out of sight; only its officers are looked up.
        above = self.sudo().parent_id
        return head or (above._get_emulation_officers() if above else self.env["res.users"])

    emulation_leader_percent = fields.Float(
        string="Leaders on a list, at most (%)",
        digits=(5, 2),
        help="0: no ceiling. Direct workers go before leaders, Law 06/2022/QH15, Article 5; agencies set figures.",
        groups="base.group_user",
    )
    emulation_dossier_guard = fields.Selection(
        [("warn", "Warns"), ("block", "Stops the step")],
        string="A paper of the dossier is missing",
        default="warn",
        required=True,
        help="Where the award rule does not say. Ministries and provinces rule on their own dossiers,"
        " Decree 152/2025/NĐ-CP, Article 6.",
        groups="base.group_user",
    )
    emulation_offer_guard = fields.Selection(
        [("warn", "Warns"), ("block", "Stops the proposal")],
        string="More proposed than a campaign offers",
        default="block",
        required=True,
        help="How many of an award a campaign has on offer stands on the campaign.",
        groups="base.group_user",
    )
    emulation_duplicate_guard = fields.Selection(
        [("warn", "Warns"), ("block", "Stops the appraisal")],
        string="Same achievement commended twice",
        default="warn",
        required=True,
        help="One achievement is commended once, Law 06/2022/QH15, Article 5(2)c.",
        groups="base.group_user",
    )
