from datetime import date, datetime, time

import pytz
from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...engine import working_days
from ..mixin import once
from ..mixin.emulation_role_mixin import ADMIN_GROUP
from . import resume

# Register of the engine -> the year from which it is complete.
REGISTERS = {
    "awards": "emulation_awards_since",
    "ratings": "emulation_ratings_since",
    "achievements": "emulation_initiatives_since",
}


class ResCompany(models.Model):
    """An agency: how its documents look, how strict its checks are, who acts for it, what its portal shows."""

    _inherit = "res.company"

    # The agency on paper, and who heads it
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
    emulation_sector = fields.Selection(
        "_get_emulation_sectors",
        string="Field of work",
        help="Awards and sample sets of other fields are not offered first. Empty: all of them.",
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
    emulation_keep_as_archive = fields.Boolean(
        string="Keep documents as PDF/A",
        help="Issued documents and certificates are kept as PDF/A-2b (ISO 19005-2), as archives ask for. What was"
        " issued before stays as it is.",
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

    # How strict the checks are
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
        help="Where the award rule does not say. Ministries and provinces set their own rules for"
        " dossiers (Decree 152/2025/NĐ-CP, Article 6).",
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

    # Days
    emulation_public_holidays = fields.Boolean(
        string="Public holidays of Vietnam",
        default=True,
        help="Deadlines leave out Tết, the Hùng Kings' day and the other public holidays (Labour Code 2019,"
        " Article 112), and count the Saturdays worked for them. Days that the Government exchanges later are entered"
        " by hand.",
        groups="base.group_user",
    )

    # Rule book and registers
    emulation_rulebook_id = fields.Many2one(
        "emulation.rulebook",
        string="Preferred rule book",
        domain="[('state', '=', 'active'), ('company_id', 'in', [id, False])]",
        help="Used on every day it covers. Empty: the company's own book, else the shared one in force.",
        groups="base.group_user",
    )
    emulation_register_from = fields.Date(
        string="Registers complete from",
        help="Awards, ratings and initiatives from this day on are all recorded. What is not on record since"
        " then did not happen; before, it may be missing, and a person must look.",
        groups="base.group_user",
    )
    emulation_awards_since = fields.Integer(
        string="Awards complete since",
        help="A year, once the lists of that year and later are imported. 0: as for all registers.",
        groups="base.group_user",
    )
    emulation_ratings_since = fields.Integer(
        string="Ratings complete since",
        help="A year, once the lists of that year and later are imported. 0: as for all registers.",
        groups="base.group_user",
    )
    emulation_initiatives_since = fields.Integer(
        string="Initiatives complete since",
        help="A year, once the lists of that year and later are imported. 0: as for all registers.",
        groups="base.group_user",
    )
    emulation_prize_rounding = fields.Integer(
        string="Round prizes up to (đồng)",
        default=10_000,
        help="Decree 152/2025/NĐ-CP: ten thousand đồng.",
        groups="base.group_user",
    )
    emulation_round_individual_first = fields.Boolean(
        string="Round before multiplying",
        help="Decree 152/2025/NĐ-CP, Article 54(2), gives a collective twice “the money of the individual”: on, the"
        " rounded amount is doubled; off, the multiples are multiplied and the result is rounded once.",
        groups="base.group_user",
    )

    # Portal
    emulation_honour_board = fields.Selection(
        [
            ("public", "Everybody, also outside the agency"),
            ("employees", "Employees only"),
            ("off", "Nobody"),
        ],
        string="Honour board",
        default="employees",
        required=True,
        help="Who may open the honour board. People appear only with their consent.",
        groups="base.group_user",
    )
    emulation_nomination = fields.Selection(
        [
            ("off", "Not allowed"),
            ("unit", "Colleagues of the same unit"),
            ("agency", "Colleagues of the agency"),
        ],
        string="Proposals in the portal",
        default="unit",
        required=True,
        groups="base.group_user",
    )
    emulation_coauthor_share = fields.Integer(
        string="An initiative counts for a co-author from (%)",
        default=30,
        help="The share of the work from which a recognised initiative counts for a co-author as well. The law does"
        " not say: a rule of each agency.",
        groups="base.group_user",
    )
    emulation_evidence_size = fields.Integer(
        string="Largest evidence file",
        default=10,
        help="In MB, for files sent from the portal.",
        groups="base.group_user",
    )
    emulation_evidence_quota = fields.Integer(
        string="Evidence space of a person",
        default=100,
        help="In MB, all files sent from the portal together.",
        groups="base.group_user",
    )
    emulation_appeal_days = fields.Integer(
        string="Days to appeal",
        default=30,
        help="After the answer to a dossier; 0 closes the door for appeals.",
        groups="base.group_user",
    )
    emulation_endorse_days = fields.Integer(
        string="Days to endorse",
        default=10,
        help="Within which the head of the unit answers a proposal; 0 tells people no date.",
        groups="base.group_user",
    )
    emulation_appraise_days = fields.Integer(
        string="Days to appraise",
        default=20,
        help="Within which the officers check a dossier; 0 tells people no date.",
        groups="base.group_user",
    )
    emulation_decide_days = fields.Integer(
        string="Days to decide",
        default=30,
        help="Within which a checked dossier is decided or sent to the superior; 0 tells people no date.",
        groups="base.group_user",
    )
    emulation_registration_days = fields.Integer(
        string="Days to answer a registration",
        default=10,
        help="Within which a registration is approved or refused; 0 tells people no date.",
        groups="base.group_user",
    )
    emulation_answer_days = fields.Integer(
        string="Days to answer a request",
        default=15,
        help="Within which a correction or an appeal is answered; 0 tells people no date.",
        groups="base.group_user",
    )

    def _get_emulation_sectors(self):
        return self.env["emulation.award"]._fields["sector"]._description_selection(self.env)

    # ------------------------------------------------------------------
    # ORM overrides and constraints
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if {"name", "active", "emulation_honour_board"} & vals.keys():
            self.env.registry.clear_cache()
        if "emulation_show_granted" not in vals:
            return super().write(vals)
        changed = self.filtered(lambda one: one.emulation_show_granted != vals["emulation_show_granted"])
        result = super().write(vals)
        resume.follow(changed)
        return result

    @api.constrains("emulation_awards_since", "emulation_ratings_since", "emulation_initiatives_since")
    def _check_emulation_since(self):
        for company in self:
            for name in REGISTERS.values():
                if company[name] and not 1945 <= company[name] <= 2200:
                    raise ValidationError(self.env._("Write the year in full."))

    @api.constrains("emulation_prize_rounding")
    def _check_emulation_prize_rounding(self):
        for company in self:
            if company.emulation_prize_rounding <= 0:
                raise ValidationError(
                    self.env._(
                        "%(company)s: prizes must be rounded to one đồng or more.", company=company.name
                    )
                )

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
    def _get_emulation_admins(self):
        """Return the officers of the company who are administrators of emulation."""
        return self._get_emulation_officers().filtered(lambda user: user.has_group(ADMIN_GROUP))

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
    def _get_emulation_ranks(self):
        """Return [users, …] who decide one after the other: officers, head of the agency, officers of the one above.

        The next rank decides where everybody before it is concerned.
        """
        # by user and time zone: deputies change with the day
        key = ("ranks", self.id, self.env.uid, self.env.context.get("tz"))
        ranks = once.ask(self.env, key, self._find_emulation_ranks)
        # sudo: res.users - to name who has to act, as those below are found
        return [self.env["res.users"].sudo().browse(ids) for ids in ranks]

    def _find_emulation_ranks(self):
        """Return the ranks as lists of ids."""
        # sudo: res.company - the company above may be out of sight; only its officers are looked up.
        above = self.sudo().parent_id
        higher = above._get_emulation_officers() if above else self.env["res.users"]
        # Who works in the portal only, or never sees the agency, cannot decide for its officers.
        head = self._get_emulation_head().filtered(
            lambda user: user._is_internal() and self in user.company_ids
        )
        return [users.ids for users in (self._get_emulation_officers(), head, higher)]

    @api.private
    def _get_emulation_stand_ins(self):
        """Return everybody who may have to decide where all officers are concerned."""
        return self.env["res.users"].union(*self._get_emulation_ranks()[1:])

    @api.private
    def _get_emulation_asked_before(self, user):
        """Return the users who all have to be concerned before this one decides; None: the user never does."""
        before = self.env["res.users"]
        for rank, users in enumerate(self._get_emulation_ranks()):
            if rank and user in users - before:
                return before
            before |= users
        return None

    # ------------------------------------------------------------------
    # What others ask
    # ------------------------------------------------------------------

    @api.private
    def _get_emulation_letterhead(self):
        """Return the lines under the name of a body that is none of the state: address and contact."""
        self.ensure_one()
        contact = " · ".join(part for part in (self.phone, self.email, self.website) if part)
        address = ", ".join(part for part in (self.street, self.street2, self.city) if part)
        return [line for line in (address, contact) if line]

    def _get_emulation_known(self):
        """Return {register: first day from which it is complete}, for the registers with a day of their own."""
        self.ensure_one()
        return {register: date(self[name], 1, 1) for register, name in REGISTERS.items() if self[name]}

    @api.private
    @tools.ormcache()
    def _get_honour_boards(self):
        """Return ((company id, name, who may open its honour board), …) of all active companies."""
        # sudo: res.company - ids, names and one setting, for the public page
        companies = self.sudo().search_fetch([], ["name", "emulation_honour_board"], order="id")
        return tuple((company.id, company.name, company.emulation_honour_board) for company in companies)

    # ------------------------------------------------------------------
    # Working days: those of its own calendar, less the public holidays of Vietnam, and the days it entered itself
    # ------------------------------------------------------------------

    @api.private
    def _get_emulation_is_working(self):
        """Return a function that tells of a day whether the agency works.

        :rtype: Callable[[datetime.date], bool]
        """
        self.ensure_one()
        # sudo: res.company - the hours of the agency are no secret, its calendar may be closed to the reader
        company, years = self.sudo(), {}
        entered = self.env["emulation.calendar.day"]._get_days(self.id)

        def is_working(day):
            if day in entered:
                return entered[day]
            if company.emulation_public_holidays and working_days.is_exchanged(day):
                return True
            if day.year not in years:
                years[day.year] = company._get_emulation_calendar_days(day.year)
            if company.emulation_public_holidays and working_days.holiday_name(day):
                return False
            return day in years[day.year] if years[day.year] else day.weekday() < 5

        return is_working

    def _get_emulation_calendar_days(self, year):
        """Return the days of a year on which the calendar has hours; empty without a calendar."""
        calendar = self.resource_calendar_id
        if not calendar:
            return set()
        zone = pytz.timezone(calendar.tz or "Asia/Ho_Chi_Minh")
        start = zone.localize(datetime.combine(date(year, 1, 1), time.min))
        end = zone.localize(datetime.combine(date(year, 12, 31), time.max))
        return {begins.date() for begins, _ends, _line in calendar._work_intervals_batch(start, end)[False]}
