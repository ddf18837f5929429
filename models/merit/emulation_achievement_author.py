from odoo import api, fields, models
from odoo.exceptions import ValidationError


class EmulationAchievementAuthor(models.Model):
    """A co-author (đồng tác giả) of an initiative and the share of the work; the rest is the first author's."""

    _name = "emulation.achievement.author"
    _description = "Co-author of an initiative"
    _inherit = ["emulation.guard.mixin"]
    _order = "achievement_id, share desc, id"
    _rec_name = "employee_id"
    _check_company_auto = True
    _guard_parent = "achievement_id"
    _writable = {"draft": {"declarer owner officer": {"achievement_id", "employee_id", "share"}}}
    _deletable = {"draft": "declarer owner officer"}

    achievement_id = fields.Many2one(
        "emulation.achievement", string="Initiative", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="achievement_id.company_id", store=True, index=True)
    employee_id = fields.Many2one(
        "hr.employee",
        string="Co-author",
        required=True,
        check_company=True,
        index=True,
        ondelete="restrict",
        domain="[('company_id', '=', company_id)]",
    )
    share = fields.Float(string="Share (%)", digits=(5, 2), aggregator=None)

    _share_possible = models.Constraint(
        "CHECK (share > 0 AND share < 100)", "The share of a co-author lies between 0 and 100%."
    )
    _once = models.Constraint(
        "UNIQUE (achievement_id, employee_id)", "This person is a co-author of it already."
    )

    @api.constrains("share", "employee_id", "achievement_id")
    def _check_shares(self):
        """Something is left for the first author, who is no co-author."""
        for achievement in self.achievement_id:
            if achievement.author_ids.employee_id & achievement.employee_id:
                raise ValidationError(self.env._("The first author is not a co-author as well."))
            if achievement.author_share <= 0:
                raise ValidationError(
                    self.env._("The shares of the co-authors leave nothing for the first author.")
                )
