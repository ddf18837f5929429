from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ..mixin.actions import open_dialog
from ..mixin.dossier_states import LIVE_STATES
from ..mixin.emulation_document_mixin import FRAME
from ..mixin.emulation_recipient_mixin import SUBJECTS
from ..mixin.verb import Verb
from . import automatic, grades, opening, reminders, totals
from .mass_proposal import prepare_proposal
from .review_glance import draw_glance
from .review_report import ReviewFigures, ReviewReport

_lt = LazyTranslate(__name__)

DECIDERS = {"officer": None, "stand_in": None}
VERBS = {
    "open": Verb(
        ("draft", "open"),
        "open",
        DECIDERS,
        _lt("Open the round"),
        checks=("_check_campaign", "_check_parts"),
        also="the campaign is launched, the parts of the period are closed; opened again, it takes in the "
        "registrations approved since",
    ),
    "close": Verb(
        ("open",),
        "closed",
        DECIDERS,
        _lt("Close the round"),
        checks=("_check_job", "_check_sheets", "_check_shares", "_check_heads"),
        also="every sheet is confirmed; no grade goes to more people of a unit than its share, no head stands "
        "above the own unit where the set says so",
    ),
    "issue_report": Verb(
        ("closed",),
        None,
        DECIDERS,
        _lt("Issue the report"),
        stamp=("report_issued_date",),
        checks=("_check_report",),
        also="once; signer and recipients are there",
    ),
}
CONTENT = {
    *("name", "campaign_id", "kind", "date_from", "date_to"),
    *("part_of_id", "part_weight", "way", "best_count", "missing_parts"),
    *("self_deadline", "verify_deadline", "confirm_deadline", "late_policy", "grace_days"),
    "extension_ids",
}
MADE_OF_PARTS = {"way", "best_count", "missing_parts"}
# part of the report -> what the officer says to its figures
REMARKS = {part: f"{part}_remark" for part in ("targets", "units", "grades", "awards")}
REPORT_CONTENT = FRAME | set(REMARKS.values()) | {"lessons", "addressee"}
ISSUED = "issued"
# what is owed -> the deadline it is owed by


class EmulationReview(models.Model):
    """A review round: interim (sơ kết) or final (tổng kết), Law 06/2022/QH15, Article 17; its report is this document.

    ``review_report.py`` has its figures and the words of the report, ``review_glance.py`` the table of the screen.
    """

    _name = "emulation.review"
    _description = "Review round"
    _inherit = [
        "emulation.search.mixin",
        "emulation.verb.mixin",
        "emulation.pieces.mixin",
        "emulation.document.mixin",
        "emulation.thread.mixin",
        "mail.activity.mixin",
    ]
    _search_key_fields = ("name", "campaign_id.name")
    _order = "campaign_id, date_from, id"
    _check_company_auto = True
    _document_report = "review"
    _verbs = VERBS
    _begun_in = "campaign_id"
    _writable = {
        "draft": {"officer": CONTENT | REPORT_CONTENT},
        "open": {"officer": CONTENT - {"campaign_id", "part_of_id"} | REPORT_CONTENT},
        "closed": {"officer": REPORT_CONTENT},
    }
    _deletable = {"draft": "officer"}
    _issued_states = ("closed",)
    _number_series = "report"

    name = fields.Char(required=True)
    campaign_id = fields.Many2one("emulation.campaign", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, precompute=True, index=True)
    symbol = fields.Char(compute="_compute_symbol", store=True, readonly=False)
    kind = fields.Selection([("interim", "Interim"), ("final", "Final")], required=True, default="final")
    date_from = fields.Date(string="From date", required=True)
    date_to = fields.Date(string="To date", required=True)
    self_deadline = fields.Date(string="Self score until")
    verify_deadline = fields.Date(string="Verified until")
    confirm_deadline = fields.Date(string="Confirmed until")
    late_policy = fields.Selection(
        [("mark", "Taken and marked as late"), ("refuse", "Not taken any more")],
        string="After a deadline",
        default="mark",
        required=True,
    )
    grace_days = fields.Integer(
        string="Days late sheets are taken",
        help="Days after a deadline on which sheets are still taken, marked as late.",
    )
    extension_ids = fields.One2many("emulation.extension", "review_id", string="Extensions")
    late_count = fields.Integer(string="Late sheets", compute="_compute_counts")
    reminded_on = fields.Date(
        readonly=True, copy=False, help="One reminder a day, however often the job runs."
    )
    state = fields.Selection(
        [("draft", "In preparation"), ("open", "Open"), ("closed", "Closed")],
        default="draft",
        required=True,
        copy=False,
    )
    part_of_id = fields.Many2one(
        "emulation.review",
        string="Part of",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('campaign_id', '=', campaign_id), ('id', '!=', id), ('state', '=', 'draft')]",
        help="The round of the quarter, term or year that is made of this one.",
    )
    part_ids = fields.One2many("emulation.review", "part_of_id", string="Parts")
    part_weight = fields.Float(
        string="Times counted", default=1, help="How often it counts where parts are weighed."
    )
    way = fields.Selection(
        [
            ("mean", "Mean of the parts"),
            ("weighted", "Mean by what each part counts"),
            ("sum", "Sum of the parts"),
            ("best", "Mean of the best parts"),
            ("latest", "The latest part"),
        ],
        string="Made of its parts",
        default="mean",
        required=True,
    )
    best_count = fields.Integer(string="Best parts counted", aggregator=None, help="0: all.")
    missing_parts = fields.Selection(
        [("skip", "Are left out"), ("zero", "Count 0 points")],
        string="Parts without a sheet",
        default="skip",
        required=True,
        help="Of those who joined late or were away. Who has no part at all gets no sheet where they are left out.",
    )
    session_ids = fields.Many2many(
        "emulation.session",
        string="Council sessions",
        compute="_compute_session_ids",
        help="In which the council heard and evaluated it.",
    )
    evaluation_ids = fields.One2many("emulation.evaluation", "review_id", string="Evaluations")
    evaluation_count = fields.Integer(compute="_compute_counts")
    to_do_count = fields.Integer(string="Not confirmed yet", compute="_compute_counts")
    progress = fields.Float(
        compute="_compute_counts", help="Confirmed, in % of all evaluations that are waited for."
    )
    lessons = fields.Text(string="Lessons and conclusions")
    # What the officer says to a figure: kept apart from what is counted, so that counting again changes none of it.
    targets_remark = fields.Text(string="On the targets")
    units_remark = fields.Text(string="On the units")
    grades_remark = fields.Text(string="On the grades")
    awards_remark = fields.Text(string="On the commendations")
    addressee = fields.Char(help="Who the report is for, printed after “Kính gửi”.")
    report_issued_date = fields.Date(string="Report issued on", readonly=True, copy=False, tracking=True)
    glance_html = fields.Html(string="Units at a glance", compute="_compute_glance_html", sanitize=False)

    _dates_in_order = models.Constraint(
        "CHECK (date_to >= date_from)", "The review period cannot end before it starts."
    )
    _part_figures = models.Constraint(
        "CHECK (part_weight >= 0 AND best_count >= 0)", "What a part counts cannot be negative."
    )
    _deadlines_in_order = models.Constraint(
        "CHECK (verify_deadline IS NULL OR self_deadline IS NULL OR verify_deadline >= self_deadline)",
        "Verification cannot end before self scoring does.",
    )

    @api.depends("name", "campaign_id.name")
    @api.depends_context("lang", "formatted_display_name")
    def _compute_display_name(self):
        """Where one chooses, name the campaign too: rounds that were handed down are called alike."""
        is_choice = self.env.context.get("formatted_display_name")
        for review in self:
            # sudo: emulation.campaign - what the campaign of a round is called
            campaign = review.campaign_id.sudo().with_context(formatted_display_name=False).display_name
            review.display_name = f"{review.name}\t--{campaign}--" if is_choice and campaign else review.name

    @api.constrains("part_of_id", "campaign_id")
    def _check_part_of(self):
        if self._has_cycle("part_of_id"):
            raise ValidationError(self.env._("A round cannot be a part of itself."))
        if any(part.part_of_id and part.part_of_id.campaign_id != part.campaign_id for part in self):
            raise ValidationError(self.env._("Both rounds belong to the same campaign."))

    def _compute_session_ids(self):
        sessions = self.env["emulation.session"].search([("review_ids", "in", self.ids)])
        for review in self:
            review.session_ids = sessions.filtered(lambda one, review=review: review in one.review_ids)

    @api.depends("company_id")
    def _compute_symbol(self):
        for review in self:
            agency = review.company_id.emulation_document_symbol
            review.symbol = f"BC-{agency}" if agency else review.symbol or "BC"

    @api.depends("evaluation_ids.state")
    def _compute_counts(self):
        groups = self.env["emulation.evaluation"]._read_group(
            [("review_id", "in", self.ids)], ["review_id", "state"], ["__count"]
        )
        late_ones = [("review_id", "in", self.ids), ("is_late", "=", True), ("state", "!=", "stopped")]
        late = dict(self.env["emulation.evaluation"]._read_group(late_ones, ["review_id"], ["__count"]))
        for review in self:
            counts = {state: count for found, state, count in groups if found == review}
            review.evaluation_count = total = sum(counts.values()) - counts.get("stopped", 0)
            review.to_do_count = total - counts.get("confirmed", 0)
            review.progress = 100 * counts.get("confirmed", 0) / total if total else 0
            review.late_count = late.get(review, 0)

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends("evaluation_ids.state", "evaluation_ids.final_total")
    def _compute_glance_html(self):
        for review in self:
            units = ReviewFigures(review).list_units() if review.id else []
            review.glance_html = draw_glance(self.env, units)

    def write(self, vals):
        """Take the parts anew when how they make the whole changes: nobody is added up in another way than the rest."""
        counts = vals.keys() & MADE_OF_PARTS and self.filtered(lambda review: review.state == "open")
        if counts and any(sheet.state == "confirmed" for sheet in counts.evaluation_ids):
            raise UserError(
                self.env._("Sheets are confirmed already: how the parts are counted stays as it is.")
            )
        result = super().write(vals)
        if counts:
            # sudo: emulation.evaluation - totals are protected, whoever changes the round
            sheets = counts.sudo().evaluation_ids.filtered(lambda sheet: sheet.state != "stopped")
            totals.take_parts(sheets)
            totals.update(sheets)
        return result

    def _get_guard_states(self):
        """A report that was issued is closed to everybody, as if it were a state of its own."""
        # sudo: emulation.review - whether its report is issued
        issued = self.sudo().filtered("report_issued_date")
        return {**super()._get_guard_states(), **dict.fromkeys(issued._ids, ISSUED)}

    def action_open(self):
        """Give every approved registration its scoring sheet."""
        return self._run_verb("open")

    def action_draw_ratings(self):
        """Take the yearly ratings of recipients from the grades of a final review."""
        self.check_access("write")
        self.env["emulation.rating"].check_access("create")
        for review in self.filtered(lambda review: review.kind == "final"):
            review._do_draw_ratings()

    @api.private
    def _do_draw_ratings(self):
        """Create the ratings still missing and refresh those drawn before; ratings decided otherwise stay.

        :return: the ratings of those who were graded
        """
        self.lock_for_update()
        year, ratings = self.date_to.year, self.env["emulation.rating"]
        graded = self.evaluation_ids.filtered(
            lambda evaluation: evaluation.state == "confirmed" and evaluation.grade_id.rating
        )
        keys = graded.participation_id.mapped("recipient_key")
        known = {
            rating.recipient_key: rating
            for rating in ratings.search([("year", "=", year), ("recipient_key", "in", keys)])
        }
        for evaluation in graded:
            rating = known.get(evaluation.participation_id.recipient_key)
            if rating and rating.evaluation_id == evaluation and rating.rating != evaluation.grade_id.rating:
                rating._write_protected({"rating": evaluation.grade_id.rating})
        fresh = graded.filtered(lambda evaluation: evaluation.participation_id.recipient_key not in known)
        made = ratings._create_protected([evaluation._prepare_rating(year) for evaluation in fresh])
        return ratings.union(*known.values(), made)

    def action_fill_automatic(self):
        """Fill in the criteria that have an automatic source."""
        self.check_access("write")
        for review in self.filtered(lambda review: review.state == "open"):
            review._do_fill_automatic()

    @api.private
    def _do_fill_automatic(self):
        automatic.store(self, automatic.find(self))

    def action_preview_automatic(self):
        """Show what the registers say before it is filled in."""
        self.ensure_one()
        return open_dialog(
            "emulation.automatic.fill",
            {"default_review_id": self.id, "dialog_size": "extra-large"},
            self.env._("Figures from the registers"),
        )

    # ---------- Reminders ----------

    @api.model
    def _cron_remind(self):
        """Tell those who still owe something, one mail a person, on the days that count; a copy tells nobody."""
        if not self.env["emulation.installation"]._is_copy():
            reminders.remind(self.search([("state", "=", "open"), ("campaign_id.state", "!=", "cancelled")]))

    def action_close(self):
        """End the round; sheets stay as they are."""
        return self._run_verb("close")

    def action_view_evaluations(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hr_emulation.emulation_evaluation_action")
        return {**action, "domain": [("review_id", "=", self.id)], "context": {"search_default_unit": 1}}

    def _get_cannot_open_reason(self):
        return self._check_verb("open")

    def _get_cannot_close_reason(self):
        return self._check_verb("close")

    def _check_campaign(self):
        """Only a launched campaign is reviewed."""
        text = self.env._("The campaign is not launched.")
        return {review.id: text for review in self if review.campaign_id.state != "launched"}

    def _check_parts(self):
        """What a period is made of has to be settled first."""
        reasons = {}
        for review in self:
            waiting = review.part_ids.filtered(lambda part: part.state != "closed")
            if waiting:
                names = ", ".join(waiting.mapped("name"))
                reasons[review.id] = self.env._("Close its parts first: %(parts)s.", parts=names)
        return reasons

    def _check_shares(self):
        """No grade goes to more people of a unit than its share allows."""
        reasons = {}
        for review in self:
            too_many = grades.describe_over_share(review)
            if too_many:
                reasons[review.id] = "\n".join(too_many)
        return reasons

    def _check_heads(self):
        """Where the set says so, nobody is graded better than the unit one leads."""
        reasons = {}
        for review in self:
            above = grades.get_heads_above(review)
            if above:
                reasons[review.id] = self.env._(
                    "Graded better than the unit they lead: %(names)s.", names=", ".join(above)
                )
        return reasons

    def _check_job(self):
        """Every sheet has to be there first."""
        return {
            review.id: self.env._("Sheets are still being made: %(done)s %%.", done=review.job_progress)
            for review in self
            if review.job_id
        }

    def _check_sheets(self):
        """Every sheet has to be confirmed first."""
        return {
            review.id: self.env._("%(count)s evaluations are not confirmed yet.", count=review.to_do_count)
            for review in self
            if review.to_do_count
        }

    @api.private
    def _do_open(self):
        """Open; called again, it adds the registrations approved since."""
        if self:
            self._start("open")._finish("open")
            for review in self.filtered(lambda review: review.job_state != "waiting"):
                review._drop_stopped("open")
                review._do_in_pieces("open", opening.find_without_sheet(review))

    @api.private
    def _do_close(self):
        self._start("close")._finish("close")

    # ---------- The report ----------

    def action_issue_report(self):
        """Number, date and store the report of a closed round, once."""
        return self._run_verb("issue_report")

    def _get_cannot_issue_report_reason(self):
        """Return {id: reason}: only a closed round has a final report, and only one."""
        reasons = self._check_verb("issue_report")
        for review in self.filtered("report_issued_date"):
            reasons[review.id] = self.env._("The report of %(name)s is issued.", name=review.name)
        return reasons

    def _check_report(self):
        """A report leaves the house signed, and to somebody."""
        return {
            review.id: self.env._(
                "%(name)s: the report needs a signer and recipients before it is issued.", name=review.name
            )
            for review in self
            if not (review.signer_id and review.recipient_lines)
        }

    @api.private
    def _do_issue_report(self):
        for review in self._start("issue_report").filtered(lambda review: not review.report_issued_date):
            if not review.issue_date:
                review._write_protected({"issue_date": fields.Date.context_today(review)})
            review._with_seal()._take_number()
            review._finish("issue_report")
            review._write_protected(review._store_document_pdf())

    def _is_document_draft(self):
        """A report is a draft until it is issued: numbered, dated, signed."""
        return not self.report_issued_date

    def _get_report(self):
        """Return what the report prints."""
        return ReviewReport(self.with_context(lang="vi_VN")).get_values()

    @api.private
    def _work_propose(self, ids, *, values):
        """Make drafts from these sheets, with the rights of who asks for them.

        :param dict values: award, period and text of all of them
        :return: the ids of those who are proposed for the award and the period already, or whose sheet was taken back
        """
        domain = [("id", "in", ids), ("review_id", "=", self.id), ("state", "=", "confirmed")]
        sheets = self.env["emulation.evaluation"].sudo(False).search(domain, order="rank, id")
        taken = self._get_taken(sheets, values)
        fresh = sheets.filtered(lambda sheet: sheet.participation_id.recipient_key not in taken)
        fresh.env["emulation.commendation"].create([prepare_proposal(sheet, values) for sheet in fresh])
        done = set(fresh.ids)
        return [sheet_id for sheet_id in ids if sheet_id not in done]

    def _get_taken(self, sheets, values):
        """Return the recipients already proposed for the award in the period."""
        # sudo: emulation.commendation - which of these recipients, whoever proposed them; nothing of it is shown
        found = (
            self.env["emulation.commendation"]
            .sudo()
            .search(
                Domain("recipient_key", "in", sheets.participation_id.mapped("recipient_key"))
                & Domain("award_id", "=", values["award_id"])
                & Domain("state", "in", ("draft", *LIVE_STATES))
                & Domain("period_to", "=", values["period_to"])
            )
        )
        return set(found.mapped("recipient_key"))

    @api.private
    def _work_open(self, ids):
        """Give these registrations their sheets.

        :return: the ids of those that got none
        """
        if not ids:
            return []
        opened = opening.give_sheets(self, ids)
        self.env["emulation.news"]._tell(opened, "open")
        return list(set(ids) - set(opened.participation_id.ids))

    @api.private
    def _update_ranks(self):
        """Rank confirmed sheets: people among people, units among units, households among households, whatever version
        of the set each has; equal totals, or equal grades where there are no points, share a rank unless the newest set
        says what decides.
        """
        self.env["emulation.evaluation"].flush_model()
        for review in self:
            for subject, _name in SUBJECTS:
                review._rank_confirmed(subject)
        self.env["emulation.evaluation"].invalidate_model(["rank"])

    def _rank_confirmed(self, subject):
        confirmed = SQL("e.review_id = %s AND e.state = 'confirmed' AND p.subject = %s", self.id, subject)
        joined = SQL("emulation_evaluation e JOIN emulation_participation p ON p.id = e.participation_id")
        # sudo: emulation.criterion.set - the order of ranks
        sets = self.env["emulation.criterion.set"].sudo()
        used = self.env.execute_query(SQL("SELECT DISTINCT e.set_id FROM %s WHERE %s", joined, confirmed))
        versions = sets.browse(found for (found,) in used).sorted(lambda one: (one.version, one.id))
        newest = versions[-1:]
        order = [newest._get_rank_sql(), *(key._get_sql(versions, self) for key in newest.tie_ids)]
        self.env.cr.execute(
            SQL(
                """
                UPDATE emulation_evaluation e SET rank = r.rank
                  FROM (SELECT e.id, RANK() OVER (ORDER BY %s) AS rank FROM %s WHERE %s) r
                 WHERE e.id = r.id AND e.rank IS DISTINCT FROM r.rank
                """,
                SQL(", ").join(order),
                joined,
                confirmed,
            )
        )
