from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date
from odoo.tools.translate import LazyTranslate

from ...engine import deadlines
from ..mixin.verb import Verb
from . import grades, marking, totals
from .explanation import explain_sheet
from .named_levels import count_levels

_lt = LazyTranslate(__name__)

STAGES = {"draft": "self_points", "submitted": "verified_points", "verified": "final_points"}
# verb -> (what its deadline is called, field with the days it was late)
TIMED = {
    "submit": ("self", "self_late_days"),
    "verify": ("verify", "verify_late_days"),
    "confirm": ("confirm", "confirm_late_days"),
}
LATE_FIELDS = tuple(name for _what, name in TIMED.values())

DECIDERS = {"officer": None, "stand_in": None}
SCORERS = {
    "draft": frozenset({"owner", "officer", "stand_in"}),
    "submitted": frozenset({"head", "officer", "stand_in"}),
    "verified": frozenset({"officer", "stand_in"}),
}
VERBS = {
    "submit": Verb(
        ("draft",),
        "submitted",
        {"owner": None, **DECIDERS},
        _lt("Submit the sheet"),
        stamp=("submitted_on",),
        checks=("_get_missing",),
        waited=True,
        also="the round is open; every criterion has its points and the evidence it asks for",
    ),
    "verify": Verb(
        ("submitted",),
        "verified",
        {"head": None, **DECIDERS},
        _lt("Verify"),
        waited=True,
        also="the round is open",
    ),
    "confirm": Verb(
        ("verified",),
        "confirmed",
        DECIDERS,
        _lt("Confirm the points"),
        waited=True,
        also="the round is open; every line the head left to the officer has its points",
    ),
    "return": Verb(
        ("submitted",),
        "draft",
        {"head": None, **DECIDERS},
        _lt("Return for correction"),
        reason=True,
        also="the round is open",
    ),
    "take_back": Verb(
        ("submitted",),
        "draft",
        {"owner": None},
        _lt("Take it back to correct it"),
        also="the round is open, the sheet could be handed in again, and nobody has begun to verify it",
    ),
    "stop": Verb(
        ("draft", "submitted", "verified"),
        "stopped",
        reason=True,
        document=True,
        also="by taking its participant out of the campaign",
    ),
    "resume": Verb(("stopped",), "draft", document=True, also="by taking its participant back"),
}


class EmulationEvaluation(models.Model):
    """Scores of one registration in one review round: self, verified by the unit head, confirmed by
    the officer.
    """

    _name = "emulation.evaluation"
    _description = "Evaluation"
    _inherit = [
        "emulation.search.mixin",
        "emulation.verb.mixin",
        "emulation.own.mixin",
        "emulation.thread.mixin",
    ]
    _search_key_fields = ("participation_id.search_key", "review_id.name")
    _order = "review_id, id"
    _check_company_auto = True
    _verbs = VERBS
    _turn_action = "hr_emulation.emulation_evaluation_action"
    _writable = {state: {" ".join(roles): {"score_ids"}} for state, roles in SCORERS.items()}

    participation_id = fields.Many2one(
        "emulation.participation", required=True, ondelete="cascade", index=True
    )
    review_id = fields.Many2one("emulation.review", required=True, ondelete="cascade", index=True)
    campaign_id = fields.Many2one(related="participation_id.campaign_id", store=True, index=True)
    company_id = fields.Many2one(related="participation_id.company_id", store=True, index=True)
    employee_id = fields.Many2one(related="participation_id.employee_id", store=True, index=True)
    department_id = fields.Many2one(related="participation_id.department_id", store=True, index=True)
    unit_id = fields.Many2one(related="participation_id.unit_id", store=True, index=True)
    set_id = fields.Many2one("emulation.criterion.set", required=True, ondelete="restrict", index=True)
    state = fields.Selection(
        [
            ("draft", "To fill in"),
            ("submitted", "Submitted"),
            ("verified", "Verified"),
            ("confirmed", "Confirmed"),
            ("stopped", "Stopped"),
        ],
        default="draft",
        required=True,
        copy=False,
        tracking=True,
        index=True,
    )
    score_ids = fields.One2many("emulation.score", "evaluation_id", string="Scores")
    self_total = fields.Float(string="Self total", readonly=True, digits=(8, 2), aggregator="avg")
    verified_total = fields.Float(string="Verified total", readonly=True, digits=(8, 2), aggregator="avg")
    final_total = fields.Float(string="Final total", readonly=True, digits=(8, 2), aggregator="avg")
    parts_total = fields.Float(
        string="From the parts",
        readonly=True,
        digits=(8, 2),
        aggregator="avg",
        help="What months or terms brought.",
    )
    has_yes_no = fields.Boolean(
        string="Asks yes or no", compute="_compute_columns", help="The column of answers is shown."
    )
    measured = fields.Selection(
        [("result", "Result reached"), ("times", "Number of times"), ("both", "Result, number of times")],
        string="What is measured",
        compute="_compute_columns",
        help="What the column of results is called; empty: it is not shown.",
    )
    has_markers = fields.Boolean(
        string="Marked by others", compute="_compute_columns", help="The column of markers is shown."
    )
    scale = fields.Selection(related="set_id.scale")
    levels_text = fields.Char(
        string="Levels given",
        compute="_compute_levels_text",
        help="How often each level by name was given, at the step the sheet has reached.",
    )
    part_sheet_ids = fields.Many2many(
        "emulation.evaluation", string="Sheets of the parts", compute="_compute_parts"
    )
    explanation = fields.Html(
        string="How the points came about", compute="_compute_explanation", sanitize=False
    )
    submitted_on = fields.Datetime(string="Submitted on", readonly=True, copy=False)
    grade_id = fields.Many2one("emulation.grade", readonly=True, ondelete="restrict")
    rank = fields.Integer(readonly=True, aggregator=None)
    self_late_days = fields.Integer(string="Submitted late by (days)", readonly=True, copy=False)
    verify_late_days = fields.Integer(string="Verified late by (days)", readonly=True, copy=False)
    confirm_late_days = fields.Integer(string="Confirmed late by (days)", readonly=True, copy=False)
    is_late = fields.Boolean(string="Late", readonly=True, copy=False, help="At one step or another.")
    late_text = fields.Char(string="Timeliness", compute="_compute_late_text")
    progress = fields.Char(
        compute="_compute_progress", help="Verified so far in this round, of all you may see."
    )
    can_self_score = fields.Boolean(compute="_compute_can_self_score")
    can_take_back = fields.Boolean(compute="_compute_can")
    can_verify = fields.Boolean(compute="_compute_can")

    # The first page of the list: the latest first, without sorting the rest.
    _latest_idx = models.Index("(company_id, id)")
    _one_per_round = models.Constraint(
        "UNIQUE (participation_id, review_id)", "There is already an evaluation for this review round."
    )

    @api.depends("participation_id")
    def _compute_display_name(self):
        for evaluation in self:
            registration = evaluation.participation_id
            evaluation.display_name = registration._get_recipient_name() if registration else False

    @api.depends("participation_id", "review_id")
    def _compute_parts(self):
        wholes = self.filtered("review_id.part_ids")
        parts = self.browse()
        if wholes:
            domain = Domain("participation_id", "in", wholes.participation_id.ids)
            parts = self.search(domain & Domain("review_id.part_of_id", "in", wholes.review_id.ids))
        parts = parts.grouped(lambda part: (part.participation_id, part.review_id.part_of_id))
        for evaluation in self:
            found = parts.get((evaluation.participation_id, evaluation.review_id), self.browse())
            evaluation.part_sheet_ids = found.sorted(lambda part: part.review_id.date_from)

    @api.depends("score_ids.kind", "score_ids.is_measured")
    def _compute_columns(self):
        for evaluation in self:
            evaluation.has_yes_no = "yes_no" in evaluation.score_ids.mapped("kind")
            kinds = evaluation.score_ids.filtered("is_measured").mapped("kind")
            what = {"result" if kind == "quantity" else "times" for kind in kinds}
            evaluation.measured = "both" if len(what) > 1 else next(iter(what), False)
            evaluation.has_markers = any(evaluation.score_ids.mapped("marker_names"))

    @api.depends("state", "score_ids.self_points", "score_ids.verified_points", "score_ids.final_points")
    def _compute_levels_text(self):
        texts = count_levels(self)
        for evaluation in self:
            evaluation.levels_text = texts.get(evaluation.id, False)

    def _compute_explanation(self):
        for evaluation in self:
            evaluation.explanation = explain_sheet(evaluation)

    @api.depends("state", "review_id")
    def _compute_progress(self):
        domain = [("review_id", "in", self.review_id.ids)]
        counts = {
            (review, state): count
            for review, state, count in self._read_group(domain, ["review_id", "state"], ["__count"])
        }
        for evaluation in self:
            total = sum(
                count
                for (review, state), count in counts.items()
                if review == evaluation.review_id and state != "stopped"
            )
            done = sum(counts.get((evaluation.review_id, state), 0) for state in ("verified", "confirmed"))
            evaluation.progress = self.env._("%(done)s of %(total)s verified", done=done, total=total)

    @api.depends(*LATE_FIELDS)
    @api.depends_context("lang")
    def _compute_late_text(self):
        texts = {
            "self_late_days": lambda days: self.env._("submitted %(days)s days late", days=days),
            "verify_late_days": lambda days: self.env._("verified %(days)s days late", days=days),
            "confirm_late_days": lambda days: self.env._("confirmed %(days)s days late", days=days),
        }
        for evaluation in self:
            late = [texts[name](evaluation[name]) for name in LATE_FIELDS if evaluation[name]]
            evaluation.late_text = ", ".join(late) or False

    @api.depends("state", "score_ids")
    @api.depends_context("uid")
    def _compute_can_self_score(self):
        reasons = self._get_cannot_self_score_reason()
        for evaluation in self:
            evaluation.can_self_score = evaluation.id not in reasons

    # ---------- Who may ----------

    @api.model
    def _get_turn_domain(self, verb):
        """In an open round only; whoever stands in may not read the round itself."""
        is_running = Domain("campaign_id", "any!", [("state", "!=", "cancelled")])
        is_open = Domain("review_id", "any!", Domain("state", "=", "open") & is_running)
        return super()._get_turn_domain(verb) & is_open

    @api.model
    def _get_late_domain(self, today):
        """Each step has its day in the round; a later one may be granted to a unit and all below it."""
        late = Domain.FALSE
        for state, what in (("draft", "self"), ("submitted", "verify"), ("verified", "confirm")):
            passed = Domain("state", "=", state) & Domain(f"review_id.{what}_deadline", "<", today)
            late |= passed & ~self._get_put_off_domain(what, today)
        return late

    def _get_put_off_domain(self, what, today):
        # sudo: emulation.extension - whose day was put off; nothing of it is shown
        granted = self.env["emulation.extension"].sudo().search([("what", "=", what), ("date", ">=", today)])
        found = Domain.FALSE
        for review, extensions in granted.grouped("review_id").items():
            units = extensions.department_id.ids
            own = Domain("department_id", "child_of", units)
            own |= Domain("department_id", "=", False) & Domain("unit_id", "child_of", units)
            found |= Domain("review_id", "=", review.id) & own
        return found

    def _fetch_all(self):
        """Read what the verbs look at in one query a model; left alone the ORM reads slices of a thousand."""
        recipient = ("participation_id", "company_id", "employee_id", "department_id", "unit_id")
        # sudo: emulation.evaluation - the verb has asked who sees them; the ORM would ask again, slice by slice
        sheets = self.sudo()
        sheets.fetch(["state", "review_id", "set_id", *recipient])
        sheets.employee_id.fetch(["user_id"])
        (sheets.unit_id | sheets.department_id).fetch(["parent_id", "parent_path"])

    def _check_round(self, verb):
        """Return {id: reason}: step and role as for any verb, and the round is open."""
        reasons = self._check_verb(verb)
        for evaluation in self.sudo():  # sudo: emulation.review - whether it is open is no secret
            if evaluation.review_id.state != "open":
                reasons.setdefault(evaluation.id, self.env._("The review round is not open."))
            elif evaluation.campaign_id.state == "cancelled":
                reasons.setdefault(evaluation.id, self.env._("The campaign has ended."))
        return {**self._check_deadline(verb), **reasons}

    def _check_deadline(self, verb):
        """Return {id: reason} where the round refuses what is late, its days of grace and extensions counted."""
        # sudo: emulation.review - what it does with what is late is no secret
        strict = self.sudo().filtered(lambda evaluation: evaluation.review_id.late_policy == "refuse")
        if verb not in TIMED or not strict:
            return {}
        today = fields.Date.context_today(self)
        days = self.env["emulation.extension"]._get_deadlines(strict, TIMED[verb][0])
        return {
            evaluation.id: self.env._(
                "The deadline was %(date)s. An officer can extend it for the unit, with a reason.",
                date=format_date(self.env, days[evaluation.id]),
            )
            for evaluation in strict
            if deadlines.is_refused(days[evaluation.id], evaluation.review_id.grace_days, today)
        }

    def _mark_late(self, verb):
        """Store by how many days each is late at this step; 0 where it is on time."""
        what, name = TIMED[verb]
        today = fields.Date.context_today(self)
        # sudo: emulation.evaluation - stored by the verb, whoever it is
        sheets = self.sudo()
        sheets.fetch(LATE_FIELDS)  # in one query; left alone the ORM reads slices of a thousand
        days = self.env["emulation.extension"]._get_deadlines(sheets, what)
        others = [other for other in LATE_FIELDS if other != name]
        rows = []
        for sheet in sheets:
            late = deadlines.days_late(days[sheet.id], today)
            rows.append((sheet.id, late, bool(late or any(sheet[other] for other in others))))
        if any(late for _id, late, _any in rows) or any(sheets.mapped(name)):
            sheets._store_rows([name, "is_late"], rows)

    def _get_cannot_self_score_reason(self):
        """Return {id: reason} why the current user may not fill in the self score."""
        return self._check_round("submit")

    def _get_cannot_submit_reason(self):
        return self._check_round("submit")

    def _get_cannot_verify_reason(self):
        """Return {id: reason}; the head of the unit or of a unit above verifies, never the recipient."""
        return self._check_round("verify")

    def _get_cannot_return_reason(self):
        return self._check_round("return")

    def _get_cannot_take_back_reason(self):
        """Return {id: reason}; what could not be handed in again, or is being verified, stays where it is."""
        reasons = {**self._check_deadline("submit"), **self._check_round("take_back")}
        judged = Domain("is_verified", "=", True) | Domain("is_abstained", "=", True)
        judged = Domain("evaluation_id", "in", self.ids) & (judged | Domain("verifier_note", "!=", False))
        # sudo: emulation.score - whether a line was judged, not how
        for (evaluation,) in self.env["emulation.score"].sudo()._read_group(judged, ["evaluation_id"]):
            reasons.setdefault(evaluation.id, self.env._("The head has begun to verify it."))
        return reasons

    def _get_cannot_confirm_reason(self):
        """Return {id: reason}; every line the head left to the officer has to be decided first."""
        reasons = self._check_round("confirm")
        undecided = [("evaluation_id", "in", self.ids), ("is_abstained", "=", True), ("is_final", "=", False)]
        for (evaluation,) in self.env["emulation.score"]._read_group(undecided, ["evaluation_id"]):
            reasons.setdefault(
                evaluation.id, self.env._("A line the head left to the officer has no points.")
            )
        for evaluation in marking.find_unmarked(self.filtered(lambda sheet: sheet.id not in reasons)):
            reasons[evaluation.id] = self.env._(
                "Those who mark single lines have not marked all of them yet."
            )
        return reasons

    def _get_cannot_stop_reason(self):
        return self._check_verb("stop")

    def _get_cannot_resume_reason(self):
        return self._check_verb("resume")

    def _get_missing(self):
        """Return {id: text} naming what a sheet still lacks before it can be submitted: one query for all."""
        if not self.ids:
            return {}
        missing = {}
        for evaluation, name in self.env["emulation.score"]._find_missing(self.ids):
            missing.setdefault(evaluation, []).append(name)
        return {
            evaluation: self.env._("Still missing: %(criteria)s", criteria=", ".join(names))
            for evaluation, names in missing.items()
        }

    def _prepare_rating(self, year):
        registration = self.participation_id
        return {
            "recipient_type": registration.recipient_type,
            "employee_id": registration.employee_id.id,
            "department_id": registration.department_id.id,
            "partner_id": registration.partner_id.id,
            "company_id": self.company_id.id,
            "year": year,
            "rating": self.grade_id.rating,
            "source": self.review_id.name,
            "evaluation_id": self.id,
        }

    def _get_debtors(self, state):
        """Return [(evaluation, partner)] of those whose turn it is; each has a user to answer with."""
        debtors = []
        evaluations = self.sudo()  # sudo: users and units - to write to those who owe something
        evaluations._fetch_all()
        deciders = evaluations._get_emulation_deciders() if state == "verified" else {}
        verifiers = evaluations._get_acting_heads() if state == "submitted" else {}
        evaluations._read_emulation_owners()
        for evaluation in evaluations:
            if state == "draft":
                users = evaluation._get_emulation_owner_users()
            elif state == "submitted":
                users = verifiers[evaluation.id]
            else:
                users = deciders[evaluation.id]
            debtors += [(evaluation, partner) for partner in users.partner_id if partner.email]
        return debtors

    # ---------- Verbs ----------

    def action_submit(self):
        """Hand the self score in."""
        return self._run_verb("submit")

    def action_verify(self):
        """Agree with the self points of every line not verified yet, and pass on to the officer."""
        return self._run_verb("verify")

    def action_confirm(self):
        """Make the points final, grade and rank."""
        return self._run_verb("confirm")

    def action_verify_next(self):
        """Verify this sheet and open the next one waiting for the same head."""
        self.ensure_one()
        self.action_verify()
        waiting = self.search([("review_id", "=", self.review_id.id), ("state", "=", "submitted")])
        following = waiting.filtered("can_verify")[:1]
        action = self.env["ir.actions.act_window"]._for_xml_id("hr_emulation.emulation_evaluation_action")
        if following:
            action.update(res_id=following.id, views=[(False, "form")])
        return action

    def action_return(self):
        return self._ask_reason("return")

    def action_take_back(self):
        """Make the own sheet a draft again."""
        return self._run_verb("take_back")

    @api.private
    def _do_submit(self):
        """Hand in: points stay, later changes need a reason."""
        todo = self._begin("submit")
        todo._mark_late("submit")
        todo._finish("submit")

    @api.private
    def _do_verify(self):
        """Lines the head has not touched take the self points."""
        evaluations = self._begin("verify")
        evaluations._agree()
        totals.update(evaluations)
        evaluations._mark_late("verify")
        evaluations._finish("verify")

    @api.private
    def _do_confirm(self):
        evaluations = self._begin("confirm")
        totals.update(evaluations)
        grades.store(evaluations)
        evaluations._mark_late("confirm")
        evaluations._finish("confirm")
        evaluations.review_id._update_ranks()

    @api.private
    def _do_return(self, reason):
        """Give sheets back for correction, with the reason in the chatter."""
        todo = self._begin("return", reason)
        todo._unmark()
        todo._finish("return", reason)

    def _unmark(self):
        # sudo: emulation.score - what was marked is marked anew; the trail stays
        lines = self.sudo().score_ids.filtered(
            lambda line: line.marked_stage and not line.criterion_id.is_marked_only
        )
        lines._write_protected({"marked_stage": 0, "is_verified": False})

    @api.private
    def _do_take_back(self):
        """Give sheets back to whom they belong; their points stay."""
        self._begin("take_back")._finish("take_back", submitted_on=False)

    @api.private
    def _do_stop(self, reason):
        """Nobody waits for these sheets any more; their points stay readable and count nowhere."""
        self._start("stop", reason)._finish("stop", reason)

    @api.private
    def _do_resume(self):
        """Give stopped sheets back to be filled in; their points stay."""
        todo = self._begin("resume")
        todo._unmark()
        todo._finish("resume", submitted_on=False)

    def _begin(self, verb, reason=None):
        todo = self._start(verb, reason)
        todo._fetch_all()
        return todo

    # ---------- Points in bulk ----------

    def _agree(self):
        """Take the self points for verified where the head gave none and left none to the officer; verified
        points are final until the officer says otherwise. One statement: the lines are many.
        """
        if not self:
            return
        scores = self.env["emulation.score"]
        scores.flush_model()
        agreed = SQL(
            "CASE WHEN is_verified IS TRUE OR is_abstained IS TRUE THEN verified_points ELSE self_points END"
        )
        self.env.cr.execute(
            SQL(
                "UPDATE emulation_score SET verified_points = %s, final_points = %s"
                " FROM unnest(%s) AS sheet(id) WHERE evaluation_id = sheet.id",
                agreed,
                agreed,
                self.ids,
            )
        )
        scores.invalidate_model(["verified_points", "final_points"])

    # ---------- For the portal and for unit heads ----------

    @api.private
    def _save_self_scores(self, values):
        """Store the recipient's own points; the caller has checked whose sheet this is.

        :param dict values: {score id: {"self_points" | "actual_value" | "note": value}}
        :return: {"total": points so far, "missing": names of criteria still to fill in}
        :raise UserError: wrong step, a line of another sheet, points above the maximum
        """
        return self._save_scores(values, ("self_points", "actual_value", "note"), "self_total")

    @api.private
    def _save_verified_scores(self, values):
        """Store the unit head's points: {score id: {"verified_points" | "is_abstained" |
        "verifier_note"}}.
        """
        return self._save_scores(
            values, ("verified_points", "is_abstained", "verifier_note"), "verified_total"
        )

    def _save_scores(self, values, allowed, total):
        self.ensure_one()
        scores = self.score_ids
        if set(map(int, values)) - set(scores.ids):
            raise UserError(self.env._("This line belongs to another sheet."))
        for score_id, line in values.items():
            score = scores.browse(int(score_id))
            if total != "verified_total" or not score.marker_names:
                score.write({name: line[name] for name in allowed if name in line})
        missing = [line.criterion_id.name for line in scores if line._is_missing()]
        return {"total": self[total], "missing": missing}
