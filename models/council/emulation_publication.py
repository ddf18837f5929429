from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools.translate import LazyTranslate

from ...engine import publication as engine
from ...engine import working_days
from ..mixin import notices
from ..mixin.reason import tell
from ..mixin.verb import Verb

_lt = LazyTranslate(__name__)

USUAL_DAYS = 10
DECIDERS = {"officer": None, "stand_in": None}
VERBS = {
    "publish": Verb(
        ("draft",),
        "published",
        DECIDERS,
        _lt("Publish the list"),
        checks=("_check_publishable",),
        also="there is a proposal on it and it does not start in the past",
    ),
    "withdraw": Verb(
        ("published",),
        "withdrawn",
        DECIDERS,
        _lt("Withdraw the list"),
        reason=True,
        also="what was published so far does not count",
    ),
}
CONTENT = {"name", "company_id", "commendation_ids", "date_from", "days"}


class EmulationPublication(models.Model):
    """A list shown to employees for comments before a council votes (Decree 152/2025/NĐ-CP, Article 44(2)).

    The list shows name, unit and award and nothing else. Comments are signed and go to the officers only.
    """

    _name = "emulation.publication"
    _description = "Publication for comments"
    _inherit = ["emulation.search.mixin", "emulation.verb.mixin", "emulation.thread.mixin"]
    _search_key_fields = ("name",)
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _verbs = VERBS
    _writable = {"draft": {"officer": CONTENT}, "published withdrawn": {"officer": {"comment_ids"}}}
    _deletable = {"draft": "officer"}

    name = fields.Char(required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    state = fields.Selection(
        [("draft", "In preparation"), ("published", "Open for comments"), ("withdrawn", "Withdrawn")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    commendation_ids = fields.Many2many("emulation.commendation", string="Proposals", check_company=True)
    date_from = fields.Date(string="From", required=True, default=fields.Date.context_today, tracking=True)
    days = fields.Integer(
        string="Working days", compute="_compute_days", store=True, readonly=False, aggregator=None
    )
    date_to = fields.Date(
        string="Until", compute="_compute_date_to", store=True, help="Last day on which a comment is taken."
    )
    is_open = fields.Boolean(compute="_compute_is_open", search="_search_is_open")
    comment_ids = fields.One2many("emulation.publication.comment", "publication_id", string="Comments")
    unanswered_count = fields.Integer(string="To handle", compute="_compute_unanswered_count")

    _days_positive = models.Constraint("CHECK (days > 0)", "A list is published for one working day or more.")

    # ------------------------------------------------------------------
    # Compute methods
    # ------------------------------------------------------------------

    @api.depends("commendation_ids")
    def _compute_days(self):
        """The longest window the awards on the list ask for."""
        for record in self:
            if record.state != "draft":
                record.days = record.days
                continue
            rules = self.env["emulation.award.rule"]._get_of(record.commendation_ids).values()
            asked = max((rule.publication_days for rule in rules), default=0)
            record.days = max(asked, record.days or 0) or USUAL_DAYS

    @api.depends(
        "date_from", "days", "company_id.resource_calendar_id", "company_id.emulation_public_holidays"
    )
    def _compute_date_to(self):
        """Count working days by the calendar of the company, public holidays left out."""
        for record in self:
            if record.state != "draft":
                record.date_to = record.date_to  # as it was published, whatever becomes of the calendar
            elif record.date_from and record.days > 0:
                record.date_to = record._count_working_days()
            else:
                record.date_to = False

    def _count_working_days(self):
        is_working = self.company_id._get_emulation_is_working()
        return working_days.last_of(self.date_from, self.days, is_working)

    @api.depends("state", "date_from", "date_to")
    def _compute_is_open(self):
        today = fields.Date.context_today(self)
        for record in self:
            record.is_open = record.state == "published" and record.date_from <= today <= record.date_to

    def _search_is_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        return (
            Domain("state", "=", "published")
            & Domain("date_from", "<=", today)
            & Domain("date_to", ">=", today)
        )

    @api.depends("comment_ids.state")
    def _compute_unanswered_count(self):
        for record in self:
            record.unanswered_count = len(record.comment_ids.filtered(lambda comment: not comment.is_handled))

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def action_publish(self):
        """Publish the lists that can be."""
        return self._run_verb("publish")

    def action_withdraw(self):
        """Take lists back, with a reason: what was published so far does not count."""
        return self._ask_reason("withdraw")

    def _get_cannot_publish_reason(self):
        return self._check_verb("publish")

    def _get_cannot_withdraw_reason(self):
        return self._check_verb("withdraw")

    def _check_publishable(self):
        reasons, today = {}, fields.Date.context_today(self)
        for record in self:
            if not record.commendation_ids:
                reasons[record.id] = self.env._("%(list)s: there is no proposal on it.", list=record.name)
            elif record.date_from < today:
                reasons[record.id] = self.env._("%(list)s: it cannot start in the past.", list=record.name)
        return reasons

    def _get_notice_values(self):
        """Return plain values for the report ``hr_emulation.report_publication_notice``."""
        self.ensure_one()
        return notices.get_publication(self)

    @api.private
    def _do_publish(self):
        self.flush_recordset()  # from here on days and dates stay as they are
        self._start("publish")._finish("publish")

    @api.private
    def _do_withdraw(self, reason):
        self._start("withdraw", reason)._finish("withdraw", reason)

    @api.private
    def _do_comment(self, author, text, about=None):
        """Take a signed comment; the page has checked that the author may see the list.

        :param author: the user who signs
        :param about: the proposal it is about; None: the list
        """
        self.ensure_one()
        # sudo: emulation.publication.comment - whoever comments has no rights on it
        comments = self.env["emulation.publication.comment"].sudo()
        values = {
            "publication_id": self.id,
            "commendation_id": about.id if about else False,
            "author_id": author.id,
            "text": text,
        }
        return comments._create_protected([values])

    # ------------------------------------------------------------------
    # For sessions
    # ------------------------------------------------------------------

    @api.model
    def _get_not_ready_reasons(self, commendations, day):
        """Return {commendation id: why the council cannot vote on it on ``day``}; what is ready is missing.

        :param date day: day of the session
        """
        windows = self._get_windows(commendations)
        reasons = {}
        for commendation, rule in self.env["emulation.award.rule"]._get_of(commendations).items():
            # The simple procedure needs no publication (Art 44(2)).
            needed = 0 if commendation.commendation_type == "ad_hoc" else rule.publication_days
            why = engine.why_not_ready(needed, windows.get(commendation.id, []), day)
            if why:
                reasons[commendation.id] = tell(self.env, why)
        return reasons

    @api.model
    def _get_published(self, commendations):
        """Return the published lists with any of these proposals."""
        return self.search([("state", "=", "published"), ("commendation_ids", "in", commendations.ids)])

    def _get_windows(self, commendations):
        """Return {commendation id: [engine.Window]} of published lists."""
        windows = {}
        for record in self._get_published(commendations):
            for commendation in record.commendation_ids & commendations:
                open_comments = record.comment_ids.filtered(
                    lambda comment, about=commendation: (
                        not comment.is_handled and comment.commendation_id in (about, about.browse())
                    )
                )
                window = engine.Window(record.date_from, record.date_to, record.days, len(open_comments))
                windows.setdefault(commendation.id, []).append(window)
        return windows

    @api.model
    def _create_for(self, commendations):
        """Create a draft list of these proposals; its name is read by everybody and stands on its papers."""
        today, named = fields.Date.context_today(self), self.with_context(lang="vi_VN").env
        return self.create(
            {
                "name": named._("List for comments, %(date)s", date=today.strftime("%d/%m/%Y")),
                "company_id": commendations.company_id.id,
                "commendation_ids": [Command.set(commendations.ids)],
            }
        )
