from odoo import api, fields, models, tools

from ..rulebook.emulation_award import AGENCY_KINDS


class ResCompany(models.Model):
    _inherit = "res.company"

    emulation_honour_board = fields.Selection(
        [("public", "Everybody"), ("employees", "Employees only"), ("off", "Nobody")],
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
        string="Nominations in the portal",
        default="unit",
        required=True,
        groups="base.group_user",
    )
    emulation_agency_kind = fields.Selection(
        AGENCY_KINDS,
        string="Kind of agency",
        help="People are offered the titles and certificates of this kind only. Empty: all of them.",
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

    @api.private
    @tools.ormcache()
    def _get_honour_boards(self):
        """Return ((company id, name, who may open its honour board), …) of all active companies."""
        # sudo: res.company - ids, names and one setting, for the public page
        companies = self.sudo().search_fetch([], ["name", "emulation_honour_board"], order="id")
        return tuple((company.id, company.name, company.emulation_honour_board) for company in companies)

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if {"name", "active", "emulation_honour_board"} & vals.keys():
            self.env.registry.clear_cache()
        return super().write(vals)
