from odoo import api, fields, models
from odoo.tools.translate import LazyTranslate

from ...engine import vietnamese
from ..mixin.emulation_recipient_mixin import RECIPIENT_NAMES
from ..mixin.verb import Verb

_lt = LazyTranslate(__name__)

DECIDERS = {"officer": None, "stand_in": None}
VERBS = {
    "submit": Verb(
        ("draft",),
        "submitted",
        {"declarer": None, "owner": None, "officer": None},
        _lt("Submit for recognition"),
    ),
    "recognise": Verb(
        ("submitted",),
        "recognised",
        DECIDERS,
        _lt("Recognise"),
        checks=("_check_reach",),
        waited=True,
        also="an initiative or a project says how far it reaches",
    ),
    "refuse": Verb(("submitted",), "refused", DECIDERS, _lt("Do not recognise"), reason=True),
    "return": Verb(("submitted",), "draft", DECIDERS, _lt("Send back for a change"), reason=True),
    "take_back": Verb(
        ("submitted",),
        "draft",
        {"declarer": None, "owner": None},
        _lt("Take it back to correct it"),
        also="until somebody acted: no council or decision has it before it, no proposal that was handed in rests "
        "on it",
    ),
}
REACHES = [("unit", "Unit"), ("province", "Province"), ("ministry", "Ministry"), ("nation", "Nation")]
RECOGNITION = {"reach", "recognition_number", "recognition_date"}
CONTENT = {
    *("recipient_type", "employee_id", "department_id", "partner_id", "subject", "unit_id", "company_id"),
    *("name", "kind", "description", "date_from", "date_to", "evidence_ids", "author_ids"),
    *RECOGNITION,
}


class EmulationAchievement(models.Model):
    """What a recipient achieved: an achievement or an initiative (sáng kiến, Law 06/2022/QH15, Article 3(4)).

    Who declares it edits the draft and submits it; an officer recognises or refuses. An initiative comes before
    the council, may be sent back for a change, and is recognised by a decision; it is spent once per title (the
    commendation checks it).
    """

    _name = "emulation.achievement"
    _description = "Achievement"
    _inherit = [
        "emulation.verb.mixin",
        "emulation.recipient.mixin",
        "emulation.evidence.mixin",
        "emulation.thread.mixin",
    ]
    _search_key_fields = ("name", *RECIPIENT_NAMES, "recognition_number")
    _order = "date_to desc, id desc"
    _check_company_auto = True
    _verbs = VERBS
    _turn_action = "hr_emulation.emulation_achievement_action"
    _writable = {
        "draft": {"declarer owner officer": CONTENT},
        # What the competent head recognised is entered before it is recorded as recognised.
        "submitted": {"officer stand_in": RECOGNITION},
        # A dossier that is still written may rest on it: who may link it, the dossier's own table says.
        "draft submitted recognised": {"employee": {"commendation_ids"}},
    }
    _deletable = {"draft": "declarer officer"}

    name = fields.Char(required=True)
    kind = fields.Selection(
        [("achievement", "Achievement"), ("initiative", "Initiative"), ("project", "Science project")],
        required=True,
        default="achievement",
    )
    description = fields.Text()
    author_ids = fields.One2many("emulation.achievement.author", "achievement_id", string="Co-authors")
    author_share = fields.Float(
        string="Share of the first author (%)",
        digits=(5, 2),
        compute="_compute_author_share",
        aggregator=None,
        help="What the co-authors leave.",
    )
    date_from = fields.Date(string="From date")
    date_to = fields.Date(string="To date")
    reach = fields.Selection(
        REACHES,
        help="How far the effect reaches, as recognised by the competent head (Decree 152/2025/NĐ-CP, Article"
        " 33(6)).",
    )
    recognition_number = fields.Char(string="Recognised by decision")
    recognition_date = fields.Date(string="Recognition date")
    state = fields.Selection(
        [
            ("draft", "In preparation"),
            ("submitted", "Submitted"),
            ("recognised", "Recognised"),
            ("refused", "Not recognised"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    recognition_id = fields.Many2one(
        "emulation.recognition",
        string="Decision on initiatives",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    initiative_item_ids = fields.One2many(
        "emulation.initiative.item", "achievement_id", string="Before the council"
    )
    return_reason = fields.Char(string="To be changed", readonly=True, copy=False)
    refusal_reason = fields.Char(string="Refusal reason", readonly=True, copy=False)
    commendation_ids = fields.Many2many("emulation.commendation", string="Used in", readonly=True)
    is_officer = fields.Boolean(compute="_compute_is_officer")
    can_return = fields.Boolean(compute="_compute_can")
    can_take_back = fields.Boolean(compute="_compute_can")

    _dates_in_order = models.Constraint(
        "CHECK (date_from IS NULL OR date_to IS NULL OR date_to >= date_from)",
        "The achievement cannot end before it starts.",
    )

    @api.depends("author_ids.share")
    def _compute_author_share(self):
        for achievement in self:
            achievement.author_share = round(100 - sum(achievement.author_ids.mapped("share")), 2)

    def _get_author_names(self):
        """Return the authors as papers name them: ``Đặng Văn Bình (70%), Trần Thị Chi (30%)``."""
        self.ensure_one()
        first = self._get_recipient_name()
        if not self.author_ids:
            return first
        # sudo: hr.employee - names only, for papers that name the authors
        names = [author.sudo().employee_id.name for author in self.author_ids]
        pairs = [(first, self.author_share), *zip(names, self.author_ids.mapped("share"), strict=True)]
        return ", ".join(f"{name} ({vietnamese.format_decimal(share, 2)}%)" for name, share in pairs)

    @api.depends_context("uid")
    def _compute_is_officer(self):
        self.is_officer = self.env.user.has_group("hr_emulation.group_emulation_officer")

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def action_submit(self):
        return self._run_verb("submit")

    def action_recognise(self):
        return self._run_verb("recognise")

    def action_refuse(self):
        return self._ask_reason("refuse")

    def action_return(self):
        """Give it back to its author with a reason."""
        return self._ask_reason("return")

    def action_take_back(self):
        """Make it a draft again, to correct it and hand it in anew."""
        return self._run_verb("take_back")

    def _get_cannot_submit_reason(self):
        return self._check_verb("submit")

    def _get_cannot_recognise_reason(self):
        return self._check_verb("recognise")

    def _get_cannot_refuse_reason(self):
        return self._check_verb("refuse")

    def _get_cannot_return_reason(self):
        return self._check_verb("return")

    def _get_cannot_take_back_reason(self):
        """Return {id: reason}; what a proposal, a council or a decision has before it stays as it was handed in."""
        reasons = self._check_verb("take_back")
        able = self.filtered(lambda record: record.id not in reasons)
        return {**able._check_council(), **able._check_uses(), **reasons}

    def _check_uses(self):
        """Return {id: reason} of what a proposal that was submitted rests on."""
        text = self.env._("A proposal that was submitted rests on it.")
        return {
            achievement.id: text
            for achievement, uses in self._get_uses().items()
            if any(record.state != "draft" for record in uses)
        }

    def _check_council(self):
        """Return {id: reason} of what a council or a decision has before it."""
        text = self.env._("The council has it before it.")
        # sudo: emulation.initiative.item - whether it is before a council, not what was said there
        return {
            achievement.id: text
            for achievement in self.sudo()
            if achievement.recognition_id
            or any(
                item.session_id.state != "closed" or item.outcome == "recognise"
                for item in achievement.initiative_item_ids
            )
        }

    def _check_reach(self):
        """An initiative counts as far as it reaches: that has to be said."""
        missing = self.filtered(lambda record: record.kind != "achievement" and not record.reach)
        return {record.id: self.env._("Say how far it reaches.") for record in missing}

    @api.private
    def _do_submit(self):
        todo = self._start("submit")
        # sudo: emulation.achievement - who declares it writes no snapshot
        todo.sudo()._with_seal()._take_snapshot()
        todo._finish("submit")

    @api.private
    def _do_recognise(self):
        self._start("recognise")._finish("recognise")

    @api.private
    def _do_refuse(self, reason):
        self._start("refuse", reason)._finish("refuse", reason, refusal_reason=reason)

    @api.private
    def _do_return(self, reason):
        self._start("return", reason)._finish("return", reason, return_reason=reason)

    @api.private
    def _do_take_back(self):
        self._start("take_back")._finish("take_back")

    def _get_council_item(self):
        """Return the last item by which a council wanted it recognised; may be empty."""
        self.ensure_one()
        wanted = self.initiative_item_ids.filtered(lambda item: item.outcome == "recognise")
        return wanted.sorted("id")[-1:]

    def _get_uses(self):
        """Return {achievement: commendations on their way or granted that rest on it}."""
        if not self:
            return {}
        # sudo: emulation.commendation - where it was used counts, whoever may read the other proposal
        records = (
            self.env["emulation.commendation"]
            .sudo()
            .search([("achievement_ids", "in", self.ids), ("state", "not in", ("rejected", "withdrawn"))])
        )
        return {
            item: records.filtered(lambda record, item=item: item in record.achievement_ids) for item in self
        }
