from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from ..mixin.verb import Verb
from .pictures import check_picture

_lt = LazyTranslate(__name__)

DECIDERS = {"officer": None, "stand_in": None}
VERBS = {
    "publish": Verb(("draft",), "published", DECIDERS, _lt("Publish as news")),
    "take_back": Verb(("published",), "draft", DECIDERS, _lt("Take the news back")),
}
CONTENT = {
    *("name", "kind", "date", "campaign_id", "company_id", "department_id", "url", "audience_count", "text"),
    "picture",
}


class EmulationPropaganda(models.Model):
    """One activity or article that makes a campaign known (tuyên truyền), counted in its reports.

    Published, it is news of the campaign, in the portal and on the page everybody may open.
    """

    _name = "emulation.propaganda"
    _description = "Propaganda activity"
    _inherit = ["emulation.verb.mixin", "emulation.search.mixin"]
    _search_key_fields = ("name", "campaign_id.name", "department_id.name")
    _order = "date desc, id desc"
    _check_company_auto = True
    _verbs = VERBS
    _begun_in = "campaign_id"
    _writable = {"draft": {"declarer owner officer": CONTENT}}
    _deletable = {"draft": "declarer owner officer"}

    name = fields.Char(string="Activity or article", required=True)
    kind = fields.Selection(
        [
            ("article", "News article"),
            ("broadcast", "Broadcast"),
            ("meeting", "Meeting"),
            ("visual", "Poster, slogan"),
            ("contest", "Contest"),
            ("other", "Other activity"),
        ],
        default="article",
        required=True,
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    campaign_id = fields.Many2one(
        "emulation.campaign", required=True, ondelete="restrict", index=True, check_company=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    department_id = fields.Many2one(
        "hr.department", string="By unit", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    url = fields.Char(string="Link")
    audience_count = fields.Integer(string="People reached", aggregator="sum")
    text = fields.Text(string="Text of the news")
    # Made anew from what was uploaded: what is shown is a picture and nothing else.
    picture = fields.Image(max_width=1280, max_height=1280, help="Shown with the news.")
    state = fields.Selection(
        [("draft", "Recorded"), ("published", "Published")],
        default="draft",
        required=True,
        copy=False,
    )
    can_publish = fields.Boolean(compute="_compute_can")
    can_take_back = fields.Boolean(compute="_compute_can")

    _audience_is_positive = models.Constraint(
        "CHECK (audience_count >= 0)", "The number of people is not below zero."
    )

    @api.constrains("picture")
    def _check_picture(self):
        check_picture(self)

    @api.constrains("url")
    def _check_url(self):
        for record in self.filtered("url"):
            if not record.url.startswith(("https://", "http://")):
                raise ValidationError(self.env._("A link begins with https:// or http://."))

    def action_publish(self):
        """Show it as news of the campaign."""
        return self._run_verb("publish")

    def action_take_back(self):
        return self._run_verb("take_back")

    def _get_cannot_publish_reason(self):
        return self._check_verb("publish")

    def _get_cannot_take_back_reason(self):
        return self._check_verb("take_back")

    @api.private
    def _do_publish(self):
        self._start("publish")._finish("publish")

    @api.private
    def _do_take_back(self):
        self._start("take_back")._finish("take_back")

    @api.model
    def _get_shown_domain(self):
        """Return the domain of the news that may be shown."""
        return Domain("state", "=", "published") & Domain("campaign_id.state", "in", ("launched", "closed"))
