from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date
from odoo.tools.translate import LazyTranslate

from ...engine import vietnamese

_lt = LazyTranslate(__name__)

# what is changed -> (field of this model with the new value, name printed in the document)
SIMPLE = {
    "theme": ("new_text", "chủ đề"),
    "purpose": ("new_text", "mục tiêu"),
    "scope": ("new_text", "phạm vi"),
    "audience": ("new_text", "đối tượng"),
    "date_end": ("new_date", "thời gian kết thúc"),
    "registration_from": ("new_date", "ngày bắt đầu đăng ký"),
    "registration_deadline": ("new_date", "hạn đăng ký"),
    "registration_grace_days": ("new_number", "số ngày nhận đăng ký muộn"),
    "budget": ("new_number", "kinh phí"),
    "standing_unit_id": ("new_unit_id", "bộ phận thường trực"),
}
# what is changed -> (the line it is, model of the line, name printed in the document)
LINES = {
    "content": ("content_id", "emulation.campaign.content", "nội dung"),
    "award": ("award_line_id", "emulation.campaign.award", "số lượng"),
    "milestone": ("milestone_id", "emulation.campaign.milestone", "mốc thời gian"),
}
NOTHING = "–"


class EmulationCampaignChange(models.Model):
    """One thing an amendment changes in a launched campaign: what it was, what it becomes."""

    _name = "emulation.campaign.change"
    _description = "Change of a launched campaign"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "document_id"
    _writable = {
        "draft": {
            "officer": {
                *(
                    "document_id",
                    "sequence",
                    "what",
                    "content_id",
                    "award_line_id",
                    "award_id",
                    "milestone_id",
                ),
                *("is_removal", "new_name", "new_text", "new_date", "new_number", "new_unit_id"),
            }
        }
    }
    _deletable = {"draft": "officer"}
    _order = "document_id, sequence, id"
    _rec_name = "what"

    document_id = fields.Many2one(
        "emulation.campaign.document", required=True, ondelete="cascade", index=True
    )
    campaign_id = fields.Many2one(related="document_id.campaign_id")
    company_id = fields.Many2one(related="document_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10, aggregator=None)
    what = fields.Selection(
        [
            ("theme", "Theme"),
            ("purpose", "Aim"),
            ("scope", "Scope"),
            ("audience", "Audience"),
            ("date_end", "End"),
            ("registration_from", "Registration from"),
            ("registration_deadline", "Registration until"),
            ("registration_grace_days", "Days of grace"),
            ("budget", "Budget"),
            ("standing_unit_id", "Standing unit"),
            ("content", "Content"),
            ("award", "Award on offer"),
            ("milestone", "Milestone"),
        ],
        required=True,
        default="date_end",
    )
    content_id = fields.Many2one(
        "emulation.campaign.content", ondelete="set null", help="Empty: a new one is added."
    )
    award_line_id = fields.Many2one(
        "emulation.campaign.award", string="Offer", ondelete="set null", help="Empty: a new one is added."
    )
    milestone_id = fields.Many2one(
        "emulation.campaign.milestone", ondelete="set null", help="Empty: a new one is added."
    )
    award_id = fields.Many2one("emulation.award", string="New award", ondelete="restrict")
    is_removal = fields.Boolean(string="Drop it")
    new_name = fields.Char(string="New heading")
    new_text = fields.Text(string="New wording")
    new_date = fields.Date(string="New date")
    new_number = fields.Float(string="New figure", digits=(16, 0))
    new_unit_id = fields.Many2one("hr.department", string="New unit")
    old_value = fields.Text(string="Was", readonly=True, copy=False)
    new_value = fields.Text(string="Becomes", compute="_compute_new_value")
    current_value = fields.Text(string="Is today", compute="_compute_new_value")

    @api.depends(lambda self: [name for name in self._get_own_fields() if name not in ("old_value",)])
    def _compute_new_value(self):
        for change in self:
            change.new_value = change._get_new_text()
            change.current_value = change.old_value or change._get_old_text()

    @api.model
    def _get_own_fields(self):
        return [
            *("what", "document_id", "content_id", "award_line_id", "award_id", "milestone_id", "is_removal"),
            *("new_name", "new_text", "new_date", "new_number", "new_unit_id", "old_value"),
        ]

    @api.constrains("document_id", "content_id", "award_line_id", "milestone_id")
    def _check_line(self):
        for change in self:
            lines = (change.content_id, change.award_line_id, change.milestone_id)
            if any(line and line.campaign_id != change.campaign_id for line in lines):
                raise ValidationError(self.env._("The line changed belongs to another campaign."))

    # ---------- In words: the document is Vietnamese whoever prints it ----------

    def _get_line(self):
        """Return the line of the campaign that is changed; empty if one is added."""
        return self[LINES[self.what][0]] if self.what in LINES else None

    def _get_printed_name(self, is_new=False):
        """Return what is changed, as the document says it.

        :param bool is_new: added; what it is called stands in the new text
        """
        if self.what in SIMPLE:
            return SIMPLE[self.what][1]
        name, line = LINES[self.what][2], self._get_line()
        if self.what == "award":
            award = line.award_id or self.award_id
            return f"{name} {award.with_context(lang='vi_VN').name or ''}"
        return f"{name} “{line.name}”" if line and not is_new else name

    def _get_old_text(self):
        """Return what the campaign says today."""
        if self.what in SIMPLE:
            return self._format(self.campaign_id[self.what])
        return self._describe_line(self._get_line())

    def _get_new_text(self):
        """Return what the campaign will say."""
        if self.is_removal:
            return NOTHING
        if self.what in SIMPLE:
            return self._format(self[SIMPLE[self.what][0]])
        line = self._get_line()
        if self.what == "content":
            texts = (self.new_name or line.name, self.new_text or line.description)
            return ": ".join(filter(None, texts)) or NOTHING
        if self.what == "award":
            return vietnamese.format_decimal(self.new_number)
        texts = (self.new_name or line.name, self._format(self.new_date or line.date))
        return ": ".join(filter(None, texts))

    def _describe_line(self, line):
        if not line:
            return NOTHING
        if self.what == "content":
            return ": ".join(filter(None, (line.name, line.description)))
        if self.what == "award":
            return vietnamese.format_decimal(line.quota)
        return ": ".join(filter(None, (line.name, self._format(line.date))))

    def _format(self, value):
        if isinstance(value, models.BaseModel):
            return value.sudo().name or NOTHING  # sudo: hr.department - the name only, printed for everybody
        if isinstance(value, float | int) and not isinstance(value, bool):
            return vietnamese.format_decimal(value)
        if not value:
            return NOTHING
        return vietnamese.administrative_date(value) if hasattr(value, "year") else value

    # ---------- What may be changed ----------

    def _get_problem(self):
        """Return why the change cannot be made, else False."""
        name = dict(self._fields["what"]._description_selection(self.env))[self.what]
        campaign = self.campaign_id
        if self.what in LINES and self.is_removal and not self._get_line():
            return self.env._("%(what)s: choose what is dropped.", what=name)
        if self.what in LINES and not self._get_line() and not (self.new_name or self.award_id):
            return self.env._("%(what)s: nothing is written.", what=name)
        if self.what in SIMPLE and not self.is_removal and not self[SIMPLE[self.what][0]]:
            return self.env._("%(what)s: nothing is written.", what=name)
        if self.what in ("purpose", "scope", "date_end") and self.is_removal:
            return self.env._("%(what)s: a campaign cannot be without it.", what=name)
        if self.what == "date_end" and campaign.date_start and self.new_date < campaign.date_start:
            return self.env._(
                "The campaign cannot end before it starts on %(date)s.",
                date=format_date(self.env, campaign.date_start),
            )
        return False

    # ---------- The deed ----------

    @api.private
    def _do_apply(self):
        """Write the changes into their campaigns and keep what was there before; only an issued document does it."""
        for change in self:
            change._write_protected({"old_value": change._get_old_text()})
            if change.what in SIMPLE:
                change.campaign_id._write_protected({change.what: change._get_simple_value()})
            else:
                change._apply_to_line()

    def _get_simple_value(self):
        if self.is_removal:
            return False
        value = self[SIMPLE[self.what][0]]
        return value.id if isinstance(value, models.BaseModel) else value

    def _apply_to_line(self):
        field, model, _name = LINES[self.what]
        line = self._get_line()
        if self.is_removal:
            line._with_seal().unlink()
        elif line:
            line._write_protected(self._prepare_line())
        else:
            vals = {**self._prepare_line(), "campaign_id": self.campaign_id.id}
            self._write_protected({field: self.env[model]._create_protected([vals]).id})

    def _prepare_line(self):
        vals = {
            "content": {"name": self.new_name, "description": self.new_text},
            "award": {"award_id": self.award_id.id, "quota": int(self.new_number)},
            "milestone": {"name": self.new_name, "date": self.new_date},
        }[self.what]
        return {name: value for name, value in vals.items() if value or name == "quota"}

    @api.private
    def _apply_below(self, campaigns):
        """Change the campaigns below alike, where they say what the campaign above said before.

        :param campaigns: campaigns handed down
        """
        for change in self.filtered(lambda change: change.what in SIMPLE):
            same = campaigns.filtered(
                lambda below, change=change: change._format(below[change.what]) == change.old_value
            )
            same._write_protected({change.what: change._get_simple_value()})
