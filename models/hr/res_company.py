from odoo import fields, models


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
