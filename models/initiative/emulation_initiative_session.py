from odoo import api, fields, models
from odoo.tools.translate import LazyTranslate

from ..mixin.emulation_document_mixin import FRAME
from ..mixin.labels import get_labels
from ..mixin.verb import Verb
from .emulation_initiative_criterion import STAGES
from .papers import InitiativeMinutes

_lt = LazyTranslate(__name__)

OFFICERS = {"officer": None, "stand_in": None}
VERBS = {
    "open": Verb(
        ("draft",),
        "open",
        OFFICERS,
        _lt("Open the marking"),
        checks=("_check_agenda",),
        also="criteria and members",
    ),
    "close": Verb(
        ("open",),
        "closed",
        OFFICERS,
        _lt("Close the marking"),
        checks=("_check_marks",),
        also="enough members have marked every initiative that is not sent back",
    ),
    "store_minutes": Verb(("closed",), None, OFFICERS, _lt("Store the minutes"), also="once"),
}
MEETING = {"council_id", "company_id", "stage", "date", "pass_percent", "majority", "item_ids"}
MINUTES = FRAME | {"location", "chair_id", "secretary_id", "discussion", "conclusion"}


class EmulationInitiativeSession(models.Model):
    """A council on initiatives weighs initiatives by the criteria of a stage (Decree 152/2025/NĐ-CP, Article 33(6)).

    Opened, every member gets a sheet for every initiative that is not the member's own. Closed, an initiative is
    recognised, refused, or back with its author for a change; a decision then recognises in the name of the head.
    """

    _name = "emulation.initiative.session"
    _description = "Session on initiatives"
    _inherit = ["emulation.minutes.mixin", "emulation.verb.mixin", "emulation.thread.mixin"]
    _document_report = "initiative_minutes"
    _order = "date desc, id desc"
    _check_company_auto = True
    _verbs = VERBS
    _writable = {
        "draft": {"officer stand_in": MEETING | MINUTES},
        "open": {"officer stand_in": {"item_ids"} | MINUTES},
        "closed": {"officer stand_in": MINUTES},
    }
    _deletable = {"draft": "officer"}

    council_id = fields.Many2one(check_company=True, domain=[("kind", "=", "initiative")])
    abstract = fields.Char(default="Về việc xét, đánh giá sáng kiến")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    stage = fields.Selection(STAGES, string="Assessment stage", required=True, default="final")
    date = fields.Date(required=True, default=fields.Date.context_today, tracking=True)
    pass_percent = fields.Float(
        string="A member agrees from (%)", digits=(5, 2), default=50, help="Of the most points of the stage."
    )
    majority = fields.Float(
        string="More than (%)", digits=(5, 2), default=50, help="Of all members who may mark must agree."
    )
    quorum = fields.Float(
        string="Quorum (%)",
        digits=(5, 2),
        readonly=True,
        copy=False,
        aggregator=None,
        help="The council's, as it stood when the marking was opened.",
    )
    item_ids = fields.One2many("emulation.initiative.item", "session_id", string="Agenda", copy=False)
    mark_ids = fields.One2many("emulation.initiative.mark", "session_id", string="Marks")
    state = fields.Selection(
        [("draft", "In preparation"), ("open", "Marking"), ("closed", "Closed")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    can_open = fields.Boolean(compute="_compute_can")
    can_close = fields.Boolean(compute="_compute_can")
    to_decide_count = fields.Integer(compute="_compute_to_decide_count")

    _shares = models.Constraint(
        "CHECK (pass_percent BETWEEN 0 AND 100 AND majority BETWEEN 0 AND 100)",
        "A share lies between 0 and 100%.",
    )

    @api.depends("council_id", "date", "stage")
    @api.depends_context("lang")
    def _compute_display_name(self):
        stages = get_labels(self, "stage")
        for session in self:
            day = session.date and session.date.strftime("%d/%m/%Y")
            session.display_name = ", ".join(
                filter(None, (stages.get(session.stage), session.council_id.name, day))
            )

    @api.depends("item_ids.outcome", "item_ids.achievement_id.state", "stage")
    def _compute_to_decide_count(self):
        for session in self:
            session.to_decide_count = len(session._get_to_decide())

    def _get_to_decide(self):
        """Return the initiatives the council wants recognised and no decision has taken yet."""
        items = self.filtered(lambda session: session.stage == "final").item_ids
        return items.filtered(lambda item: item.outcome == "recognise").achievement_id.filtered(
            lambda achievement: achievement.state == "submitted" and not achievement.recognition_id
        )

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def action_open(self):
        """Give every member a sheet for every initiative."""
        return self._run_verb("open")

    def action_close(self):
        """Count the marks."""
        return self._run_verb("close")

    def _get_cannot_open_reason(self):
        return self._check_verb("open")

    def _get_cannot_close_reason(self):
        return self._check_verb("close")

    def _check_agenda(self):
        reasons = {}
        for session in self:
            # sudo: emulation.achievement - kind and state only
            lines = session.sudo().item_ids.achievement_id
            wrong = lines.filtered(lambda line: line.kind == "achievement" or line.state != "submitted")
            if not lines:
                reasons[session.id] = self.env._("There is no initiative on the agenda.")
            elif wrong:
                reasons[session.id] = self.env._(
                    "%(names)s: only an initiative or a project that was submitted comes before the council.",
                    names=", ".join(wrong.mapped("name")),
                )
            elif not session._get_criteria():
                reasons[session.id] = self.env._("There is no criterion for this stage.")
            elif not session._get_members():
                reasons[session.id] = self.env._("Nobody of the council may mark on this day.")
        return reasons

    def _check_marks(self):
        reasons = {}
        for session in self:
            waiting = session.item_ids.filtered(lambda item: item._get_result().code == "incomplete")
            if missing := waiting.filtered(lambda item: not item.needs_change):
                reasons[session.id] = self.env._(
                    "Too few members have marked everything of: %(names)s.",
                    names=", ".join(missing.mapped("display_name")),
                )
        return reasons

    def _get_criteria(self):
        self.ensure_one()
        return self.env["emulation.initiative.criterion"].search(
            [("stage", "=", self.stage), ("company_id", "in", (self.company_id.id, False))]
        )

    def _get_members(self):
        """Return the members who mark on the day of the session."""
        # sudo: emulation.council - who sits on it, for whoever runs the session
        return self.sudo().council_id._get_members_on(self.date).filtered("has_vote")

    @api.private
    def _do_open(self):
        todo = self._start("open")
        for session in todo:
            criteria, members = session._get_criteria(), session._get_members()
            # sudo: emulation.initiative.mark - the machine gives out the sheets, nobody makes one by hand
            self.env["emulation.initiative.mark"].sudo()._create_protected(
                [
                    {
                        "item_id": item.id,
                        "member_id": member.id,
                        "user_id": member.user_id.id,
                        "criterion_id": criterion.id,
                    }
                    for item in session.item_ids
                    for member in members
                    if not item._is_concerned(member)
                    for criterion in criteria
                ]
            )
            # sudo: emulation.council - its quorum, as it stands now
            session._write_protected({"quorum": session.sudo().council_id.quorum})
        todo._finish("open")
        for session in todo:
            session._notify_members()

    def _notify_members(self):
        """Tell the members who mark, each in the own language, one message each, with the way to the sheets."""
        self.ensure_one()
        # sudo: emulation.initiative.mark - only the partners to write to
        members = self.sudo().mark_ids.user_id.partner_id
        self._tell(
            members,
            f"/my/emulation/initiatives/{self.id}",
            lambda told: (
                told.env._("Your marks are awaited: %(session)s", session=told.display_name),
                told.env._("The marking of %(council)s is open.", council=told.council_id.name),
                told.env._("Mark the initiatives"),
            ),
        )

    @api.private
    def _do_close(self):
        todo = self._start("close")
        for item in todo.item_ids:
            item._write_protected(item._prepare_outcome())
        todo.item_ids._move_initiatives()
        todo._finish("close")

    def action_make_recognition(self):
        """Draft the decision that recognises what the council wants recognised."""
        self.ensure_one()
        recognition = self.env["emulation.recognition"].create({"company_id": self.company_id.id})
        recognition._do_add(self._get_to_decide())
        return {
            "type": "ir.actions.act_window",
            "res_model": "emulation.recognition",
            "res_id": recognition.id,
            "view_mode": "form",
        }

    # ------------------------------------------------------------------
    # Minutes
    # ------------------------------------------------------------------

    def _get_meeting_day(self):
        self.ensure_one()
        return self.date

    def _get_minutes_values(self):
        """Return plain values for the report ``hr_emulation.report_initiative_minutes``."""
        self.ensure_one()
        return InitiativeMinutes(self).get_values()
