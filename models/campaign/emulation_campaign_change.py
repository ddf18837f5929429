from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools import format_date
from odoo.tools.translate import LazyTranslate

from ...engine import vietnamese
from ..mixin.labels import get_labels

_lt = LazyTranslate(__name__)

# what is changed -> (field of this model with the new value, name printed in the document)
SIMPLE = {
    "theme": ("new_text", "chủ đề"),
    "purpose": ("new_text", "mục tiêu"),
    "scope": ("new_text", "phạm vi"),
    "audience": ("new_text", "đối tượng"),
    "audience_department_ids": ("new_unit_ids", "đơn vị tham gia"),
    "date_start": ("new_date", "thời gian bắt đầu"),
    "date_end": ("new_date", "thời gian kết thúc"),
    "registration_from": ("new_date", "ngày bắt đầu đăng ký"),
    "registration_deadline": ("new_date", "hạn đăng ký"),
    "registration_grace_days": ("new_number", "số ngày nhận đăng ký muộn"),
    "registration_required": ("new_required", "hình thức đăng ký"),
    "budget": ("new_number", "kinh phí"),
    "standing_unit_id": ("new_unit_id", "bộ phận thường trực"),
    "occasion_ids": ("new_occasion_ids", "dịp thi đua"),
    "block_ids": ("new_block_ids", "cụm, khối thi đua"),
    "parent_id": ("new_parent_id", "phong trào cấp trên"),
}
# What is a matter of each campaign itself: those below do not follow.
OWN = ("audience_department_ids", "block_ids", "parent_id")
# A campaign cannot be without these.
KEPT = ("purpose", "scope", "date_start", "date_end", "registration_required")
REQUIRED = {True: "bắt buộc", False: "tự nguyện"}
# what is changed -> (the line it is, model of the line, name printed in the document)
LINES = {
    "content": ("content_id", "emulation.campaign.content", "nội dung"),
    "award": ("award_line_id", "emulation.campaign.award", "số lượng"),
    "milestone": ("milestone_id", "emulation.campaign.milestone", "mốc thời gian"),
    "body": ("body_id", "emulation.campaign.body", "cơ quan, tổ chức phối hợp"),
}
NOTHING = "–"
# what is changed -> the lines of the campaigns below that follow; offers are shared out, bodies are each one's own
PASSED_ON = {"content": "content_ids", "milestone": "milestone_ids"}


class EmulationCampaignChange(models.Model):
    """One thing an amendment changes in a launched campaign: what it was, what it becomes."""

    _name = "emulation.campaign.change"
    _description = "Change of a launched campaign"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "document_id"
    _writable = {
        "draft": {
            "officer": {
                *("document_id", "sequence", "what", "content_id", "award_line_id", "award_id"),
                *("milestone_id", "body_id"),
                *("is_removal", "new_name", "new_text", "new_date", "new_number", "new_rank", "new_unit_id"),
                *("new_unit_ids", "new_required", "new_subject", "new_occasion_ids", "new_block_ids"),
                "new_parent_id",
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
            ("audience_department_ids", "Units that take part"),
            ("date_start", "Start"),
            ("date_end", "End"),
            ("registration_from", "Registration from"),
            ("registration_deadline", "Registration until"),
            ("registration_grace_days", "Days of grace"),
            ("registration_required", "Registration compulsory or voluntary"),
            ("budget", "Budget"),
            ("standing_unit_id", "Standing unit"),
            ("occasion_ids", "Occasions"),
            ("block_ids", "Clusters and blocks"),
            ("parent_id", "Campaign above"),
            ("content", "Content"),
            ("award", "Award on offer"),
            ("milestone", "Milestone"),
            ("body", "Co-ordinating body"),
        ],
        string="What is changed",
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
    body_id = fields.Many2one(
        "emulation.campaign.body", ondelete="set null", help="Empty: a new one is added."
    )
    award_id = fields.Many2one("emulation.award", string="New award", ondelete="restrict")
    is_removal = fields.Boolean(string="Drop it")
    new_name = fields.Char(string="New heading")
    new_text = fields.Text(string="New wording")
    new_date = fields.Date(string="New date")
    new_number = fields.Float(string="New figure", digits=(16, 0))
    new_rank = fields.Integer(
        string="Ranked at least",
        aggregator=None,
        help="The last rank that may be proposed; 0: as before, of a new offer any.",
    )
    new_unit_id = fields.Many2one("hr.department", string="New unit")
    new_unit_ids = fields.Many2many(
        "hr.department", "emulation_campaign_change_unit_rel", string="Units from now on"
    )
    new_required = fields.Boolean(string="Compulsory from now on")
    new_subject = fields.Selection(
        [("individual", "People"), ("collective", "Collectives")], string="For whom it is"
    )
    new_occasion_ids = fields.Many2many(
        "emulation.occasion", "emulation_campaign_change_occasion_rel", string="Occasions from now on"
    )
    new_block_ids = fields.Many2many(
        "emulation.block", "emulation_campaign_change_block_rel", string="Blocks from now on"
    )
    new_parent_id = fields.Many2one(
        "emulation.campaign", string="New campaign above", ondelete="restrict", index="btree_not_null"
    )
    old_value = fields.Text(string="Value before", readonly=True, copy=False)
    new_value = fields.Text(string="Becomes", compute="_compute_new_value")
    current_value = fields.Text(string="Current value", compute="_compute_new_value")

    @api.depends(lambda self: [name for name in self._get_own_fields() if name not in ("old_value",)])
    def _compute_new_value(self):
        for change in self:
            change.new_value = change._get_new_text()
            change.current_value = change.old_value or change._get_old_text()

    @api.model
    def _get_own_fields(self):
        return [
            *("what", "document_id", "content_id", "award_line_id", "award_id", "milestone_id", "body_id"),
            *("is_removal", "new_name", "new_text", "new_date", "new_number", "new_rank", "new_unit_id"),
            "old_value",
            *("new_unit_ids", "new_required", "new_subject", "new_occasion_ids", "new_block_ids"),
            "new_parent_id",
        ]

    @api.constrains("document_id", *(field for field, _model, _name in LINES.values()))
    def _check_line(self):
        for change in self:
            lines = [change[field] for field, _model, _name in LINES.values()]
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
            offer = self.with_context(lang="vi_VN")
            award = offer._get_line().award_id or offer.award_id
            whom = offer._get_line()._get_limits_text() if line else offer._get_new_limits_text()
            return f"{name} {award.name or ''}{whom}"
        return f"{name} “{line.name}”" if line and not is_new else name

    def _get_new_limits_text(self):
        """Return for whom a new offer is, as the end of a phrase; empty if for all."""
        labels = get_labels(self, "new_subject")
        unit = self.new_unit_id.sudo()  # sudo: hr.department - the name only, printed for everybody
        parts = (labels.get(self.new_subject), unit.name, self.new_occasion_ids[:1].name)
        return f" ({', '.join(filter(None, parts))})" if any(parts) else ""

    def _get_old_text(self):
        """Return what the campaign says today."""
        if self.what in SIMPLE:
            # sudo: emulation.campaign - the name of the campaign above, which may belong to another agency
            return self._format(self.campaign_id.sudo()[self.what])
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
            return self._format_quota(self.new_number, self.new_rank or line.max_rank)
        if self.what == "body":
            name = self.new_name or self._format(self.new_unit_id or line.name)
            return ": ".join(filter(None, (name, self.new_text or line.part)))
        texts = (self.new_name or line.name, self._format(self.new_date or line.date))
        return ": ".join(filter(None, texts))

    def _describe_line(self, line):
        if not line:
            return NOTHING
        if self.what == "content":
            return ": ".join(filter(None, (line.name, line.description)))
        if self.what == "award":
            return self._format_quota(line.quota, line.max_rank)
        if self.what == "body":
            return ": ".join(filter(None, (line.name, line.part)))
        return ": ".join(filter(None, (line.name, self._format(line.date))))

    @staticmethod
    def _format_quota(number, rank):
        text = vietnamese.format_decimal(number) if number else "không hạn chế"
        return f"{text}, xếp hạng từ {rank} trở lên" if rank else text

    def _format(self, value):
        if self.what == "registration_required":
            return REQUIRED[bool(value)]
        if self.what == "budget":
            return f"{vietnamese.format_decimal(value)} đồng" if value else NOTHING
        if isinstance(value, models.BaseModel):
            # sudo: hr.department, emulation.campaign - the names only, printed for everybody
            return "; ".join(value.sudo().mapped("name")) or NOTHING
        if isinstance(value, float | int) and not isinstance(value, bool):
            return vietnamese.format_decimal(value)
        if not value:
            return NOTHING
        return vietnamese.administrative_date(value) if hasattr(value, "year") else value

    # ---------- What may be changed ----------

    def _get_problem(self):
        """Return why the change cannot be made, else False."""
        name = get_labels(self, "what")[self.what]
        campaign = self.campaign_id
        if self.what in LINES and self.is_removal and not self._get_line():
            return self.env._("%(what)s: choose what is dropped.", what=name)
        if not self._is_written():
            return self.env._("%(what)s: nothing is written.", what=name)
        if self.what in KEPT and self.is_removal:
            return self.env._("%(what)s: a campaign cannot be without it.", what=name)
        if self.what == "date_start" and campaign.date_start <= fields.Date.context_today(self):
            return self.env._("The campaign has begun: its first day stays.")
        if self.what == "parent_id":
            return self._get_problem_above()
        return False

    def _is_written(self):
        """Return whether the change says what becomes of it."""
        if self.is_removal:
            return True
        if self.what == "registration_required":
            return self.new_required != self.campaign_id.registration_required
        if self.what in SIMPLE:
            return bool(self[SIMPLE[self.what][0]])
        new = self.award_id if self.what == "award" else self.new_name
        new = new or (self.what == "body" and self.new_unit_id)
        return bool(self._get_line() or new) and (
            self.what != "milestone" or bool(self.new_date or self._get_line())
        )

    def _get_problem_above(self):
        """Return why the campaign cannot stand below another one, else False."""
        # sudo: emulation.campaign - the one above may belong to another agency; its state and place only
        campaign, above = self.campaign_id.sudo(), self.new_parent_id.sudo()
        if campaign.is_handed_down:
            return self.env._("A campaign that was handed down stays below the one it came from.")
        if above.state in ("closed", "cancelled"):
            return self.env._("The campaign above it is over: %(name)s.", name=above.display_name)
        if f"/{campaign.id}/" in f"/{above.parent_path or ''}":
            return self.env._("A campaign cannot be above itself.")
        return False

    @api.private
    def _find_dates_problem(self):
        """Return why the days of the campaign would not fit together after all these changes, else False."""
        campaign = self.campaign_id
        days = {
            name: campaign[name]
            for name in ("date_start", "date_end", "registration_from", "registration_deadline")
        }
        days.update({change.what: change._get_simple_value() for change in self if change.what in days})
        if days["date_start"] and days["date_end"] and days["date_end"] < days["date_start"]:
            return self.env._(
                "The campaign cannot end before it starts on %(date)s.",
                date=format_date(self.env, days["date_start"]),
            )
        start, end = days["registration_from"], days["registration_deadline"]
        if start and end and end < start:
            return self.env._("Registration cannot end before it starts.")
        return False

    # ---------- When the document is issued ----------

    @api.private
    def _do_apply(self):
        """Write the changes into their campaigns and keep what was there before; only an issued document does it."""
        for change in self:
            change._write_protected({"old_value": change._get_old_text()})
        for campaign, changes in self.grouped("campaign_id").items():
            # All at once: two days that fit together may not fit one after the other.
            vals = {}
            for change in changes.filtered(lambda change: change.what in SIMPLE):
                vals.update(change._prepare_simple())
            campaign._write_protected(vals)
        for change in self.filtered(lambda change: change.what in LINES):
            change._apply_to_line()

    def _prepare_simple(self):
        """Return what is written into the campaign."""
        vals = {self.what: self._get_simple_value()}
        if self.what == "audience_department_ids":
            vals["audience_kind"] = "all" if self.is_removal else "departments"
        return vals

    def _get_simple_value(self):
        field = SIMPLE[self.what][0]
        if self._fields[field].type == "many2many":
            return [Command.set([] if self.is_removal else self[field].ids)]
        if self.is_removal:
            return False
        value = self[field]
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
            "award": self._prepare_offer(),
            "milestone": {"name": self.new_name, "date": self.new_date},
            "body": {
                "name": self.new_name,
                "department_id": self.new_unit_id.id,
                "part": self.new_text,
            },
        }[self.what]
        return {name: value for name, value in vals.items() if value or name == "quota"}

    def _prepare_offer(self):
        """Return an offer; for whom it is is said of a new one only."""
        quota = {"quota": int(self.new_number), "max_rank": self.new_rank or self.award_line_id.max_rank}
        if self._get_line():
            return quota
        return {
            **quota,
            "award_id": self.award_id.id,
            "subject": self.new_subject,
            "department_id": self.new_unit_id.id,
            "occasion_id": self.new_occasion_ids[:1].id,
        }

    @api.private
    def _apply_below(self, campaigns):
        """Change the campaigns below alike, where they say what the campaign above said before.

        :param campaigns: campaigns handed down
        """
        for change in self.filtered(lambda change: change.what in SIMPLE and change.what not in OWN):
            same = campaigns.filtered(
                lambda below, change=change: change._format(below[change.what]) == change.old_value
            )
            same._write_protected(change._prepare_simple())
        for change in self.filtered(lambda change: change.what in PASSED_ON):
            change._apply_lines_below(campaigns)

    def _apply_lines_below(self, campaigns):
        """Change, drop or add the same line below: where it stands as it stood above, or nobody has it yet."""
        lines = campaigns[PASSED_ON[self.what]]
        if self.old_value == NOTHING:
            known = lines.filtered(lambda line: self._describe_line(line) == self.new_value).campaign_id
            vals = self._prepare_line()
            lines._create_protected([{**vals, "campaign_id": below.id} for below in campaigns - known])
            return
        same = lines.filtered(lambda line: self._describe_line(line) == self.old_value)
        if self.is_removal:
            same._with_seal().unlink()
        else:
            same._write_protected(self._prepare_line())
