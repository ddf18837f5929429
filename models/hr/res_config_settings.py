from odoo import api, fields, models

from ...engine import vietnamese, wording
from ..document.emulation_installation import PUBLIC_ADDRESS


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    # the agency and its letterhead
    emulation_agency_name = fields.Char(
        related="company_id.name", string="Name of the agency", readonly=False
    )
    emulation_agency_kind_id = fields.Many2one(related="company_id.emulation_agency_kind_id", readonly=False)
    emulation_sector = fields.Selection(related="company_id.emulation_sector", readonly=False)
    emulation_head_title = fields.Char(related="company_id.emulation_head_title", readonly=False)
    emulation_head_id = fields.Many2one(
        related="company_id.emulation_head_id", readonly=False, domain="[('company_id', '=', company_id)]"
    )
    emulation_is_state_body = fields.Boolean(related="company_id.emulation_is_state_body", readonly=False)
    emulation_parent_agency = fields.Char(related="company_id.emulation_parent_agency", readonly=False)
    emulation_document_symbol = fields.Char(related="company_id.emulation_document_symbol", readonly=False)
    emulation_place = fields.Char(related="company_id.city", string="Place of issue", readonly=False)
    emulation_keep_as_archive = fields.Boolean(related="company_id.emulation_keep_as_archive", readonly=False)
    emulation_heading = fields.Html(compute="_compute_emulation_heading", sanitize=False)

    # rule book
    emulation_rulebook_id = fields.Many2one(related="company_id.emulation_rulebook_id", readonly=False)
    emulation_register_from = fields.Date(related="company_id.emulation_register_from", readonly=False)
    emulation_awards_since = fields.Integer(related="company_id.emulation_awards_since", readonly=False)
    emulation_ratings_since = fields.Integer(related="company_id.emulation_ratings_since", readonly=False)
    emulation_initiatives_since = fields.Integer(
        related="company_id.emulation_initiatives_since", readonly=False
    )
    emulation_prize_rounding = fields.Integer(related="company_id.emulation_prize_rounding", readonly=False)
    emulation_round_individual_first = fields.Boolean(
        related="company_id.emulation_round_individual_first", readonly=False
    )
    emulation_public_holidays = fields.Boolean(related="company_id.emulation_public_holidays", readonly=False)

    # portal
    emulation_honour_board = fields.Selection(related="company_id.emulation_honour_board", readonly=False)
    emulation_nomination = fields.Selection(related="company_id.emulation_nomination", readonly=False)
    emulation_coauthor_share = fields.Integer(related="company_id.emulation_coauthor_share", readonly=False)
    emulation_evidence_size = fields.Integer(related="company_id.emulation_evidence_size", readonly=False)
    emulation_evidence_quota = fields.Integer(related="company_id.emulation_evidence_quota", readonly=False)
    emulation_appeal_days = fields.Integer(related="company_id.emulation_appeal_days", readonly=False)
    emulation_endorse_days = fields.Integer(related="company_id.emulation_endorse_days", readonly=False)
    emulation_appraise_days = fields.Integer(related="company_id.emulation_appraise_days", readonly=False)
    emulation_decide_days = fields.Integer(related="company_id.emulation_decide_days", readonly=False)
    emulation_registration_days = fields.Integer(
        related="company_id.emulation_registration_days", readonly=False
    )
    emulation_answer_days = fields.Integer(related="company_id.emulation_answer_days", readonly=False)

    # verification
    emulation_public_address = fields.Char(
        string="Public address",
        config_parameter=PUBLIC_ADDRESS,
        help="Printed codes begin with it for ever. Empty: Odoo's own address; it is kept at the first print.",
    )
    emulation_code_address = fields.Char(string="Codes lead to", compute="_compute_emulation_address")
    emulation_address_doubts = fields.Text(compute="_compute_emulation_address")
    emulation_is_moved = fields.Boolean(compute="_compute_emulation_address")

    @api.depends(
        "emulation_agency_name",
        "emulation_is_state_body",
        "emulation_parent_agency",
        "emulation_document_symbol",
        "emulation_place",
        "emulation_agency_kind_id",
        "emulation_head_title",
    )
    def _compute_emulation_heading(self):
        """Show what a decision begins with, and how a certificate names who gives it."""
        today = vietnamese.administrative_date(fields.Date.context_today(self))
        for settings in self:
            company, agency = settings.company_id, settings.emulation_agency_name or ""
            settings.emulation_heading = self.env["ir.qweb"]._render(
                "hr_emulation.settings_heading",
                {
                    "is_state_body": settings.emulation_is_state_body,
                    "parent_agency": settings.emulation_parent_agency,
                    "agency": agency,
                    "letterhead": company._get_emulation_letterhead(),
                    "number": f"05/QĐ-{settings.emulation_document_symbol or '…'}",
                    "place_date": f"{settings.emulation_place or '…'}, {today}",
                    "award": wording.printed_name(
                        "Giấy khen của {head} {agency}", settings.emulation_head_title or "", agency
                    ),
                },
            )

    @api.depends("emulation_public_address")
    def _compute_emulation_address(self):
        installation = self.env["emulation.installation"]
        for settings in self:
            address = (settings.emulation_public_address or "").strip().rstrip("/")
            address = address or installation._get_public_address()
            doubts = installation._get_address_doubts(address)
            if not installation._is_name_known(address):
                doubts.append(self.env._("The name in %(address)s is not known here.", address=address))
            confirmed = installation._is_address_confirmed(address)
            settings.emulation_code_address = f"{address}/kt/…"
            settings.emulation_address_doubts = False if confirmed else "\n".join(doubts)
            settings.emulation_is_moved = installation._is_moved() and not installation._is_neutralized()

    def action_emulation_confirm_address(self):
        """Print codes with this address all the same."""
        self.check_access("write")
        self.execute()
        self.env["emulation.installation"]._do_confirm_address()
        return {"type": "ir.actions.client", "tag": "reload"}

    def action_emulation_adopt_database(self):
        """Take this database for the real one, under its new name."""
        self.check_access("write")
        self.env["emulation.installation"]._do_adopt()
        return {"type": "ir.actions.client", "tag": "reload"}
