from odoo import fields, models


class EmulationCampaign(models.Model):
    """An emulation campaign (phong trào thi đua), L22 Arts 16–18; its launch letter is this document."""

    _name = "emulation.campaign"
    _description = "Emulation campaign"
    _inherit = ["emulation.document.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date_start desc, id desc"
    _parent_store = True
    _check_company_auto = True
    _issued_states = ("launched", "closed")

    name = fields.Char(required=True, tracking=True)
    theme = fields.Text()
    kind = fields.Selection(
        [
            ("regular", "Regular"),
            ("thematic", "Thematic"),
            ("phase", "In phases"),
            ("special", "Special"),
            ("ad_hoc", "Ad hoc"),
        ],
        required=True,
        default="regular",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("launched", "Launched"), ("closed", "Closed"), ("cancelled", "Cancelled")],
        default="draft",
        required=True,
        copy=False,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    parent_id = fields.Many2one(
        "emulation.campaign", string="Campaign above", index=True, ondelete="restrict"
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("emulation.campaign", "parent_id", string="Campaigns below")
    launch_document_kind = fields.Selection(
        [("letter", "Launch letter"), ("plan", "Plan"), ("directive", "Directive")],
        default="letter",
        required=True,
    )
    purpose = fields.Text(string="Aim")
    scope = fields.Text()
    audience = fields.Text(help="Who may take part, in words.")
    audience_kind = fields.Selection(
        [("all", "Everybody"), ("departments", "Departments"), ("employees", "Named employees")],
        default="all",
        required=True,
    )
    audience_department_ids = fields.Many2many("hr.department")
    content_ids = fields.One2many("emulation.campaign.content", "campaign_id", copy=True)
    date_start = fields.Date(tracking=True)
    date_end = fields.Date(tracking=True)
    registration_deadline = fields.Date()
    registration_required = fields.Boolean()
    standing_unit_id = fields.Many2one("hr.department", check_company=True)
    occasion_ids = fields.Many2many("emulation.occasion")
    rulebook_id = fields.Many2one("emulation.rulebook")
    individual_set_id = fields.Many2one(
        "emulation.criterion.set", string="Criteria for people", check_company=True
    )
    collective_set_id = fields.Many2one(
        "emulation.criterion.set", string="Criteria for units", check_company=True
    )
    award_line_ids = fields.One2many(
        "emulation.campaign.award", "campaign_id", string="Awards on offer", copy=True
    )
    participation_ids = fields.One2many("emulation.participation", "campaign_id")
    review_ids = fields.One2many("emulation.review", "campaign_id")
    active = fields.Boolean(default=True)

    _dates_in_order = models.Constraint(
        "CHECK (date_start IS NULL OR date_end IS NULL OR date_end >= date_start)",
        "The campaign cannot end before it starts.",
    )
