from odoo import api, fields, models


class EmulationCampaignBody(models.Model):
    """A body that co-ordinates a campaign (cơ quan, tổ chức phối hợp): the trade union, the youth union, a Party cell,
    another unit or agency; with its part in it.

    Whoever heads a co-ordinating unit follows the campaign as the standing unit does.
    """

    _name = "emulation.campaign.body"
    _description = "Co-ordinating body of a campaign"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "campaign_id"
    _writable = {
        "draft": {
            "officer head": {"campaign_id", "sequence", "name", "department_id", "partner_id", "part"},
        },
    }
    _deletable = {"draft": "officer head"}
    _order = "campaign_id, sequence, id"
    _check_company_auto = True

    campaign_id = fields.Many2one("emulation.campaign", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10, aggregator=None)
    name = fields.Char(
        string="Body",
        compute="_compute_name",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="As printed, for example: Công đoàn cơ sở, Đoàn Thanh niên, Chi bộ.",
    )
    department_id = fields.Many2one(
        "hr.department",
        string="Unit of the agency",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        help="Its head follows the campaign as the standing unit does.",
    )
    partner_id = fields.Many2one(
        "res.partner", string="Contact", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    part = fields.Text(string="Its part", help="What it does in the campaign; printed in the letter.")

    @api.depends("department_id", "partner_id")
    def _compute_name(self):
        for body in self:
            # sudo: hr.department - the name only
            known = body.department_id.sudo() or body.partner_id
            body.name = known.name or body.name
