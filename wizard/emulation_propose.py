from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.campaign import totals
from ..models.mixin.actions import open_list
from .propose_bars import ProposeBars
from .proposed_list import ProposedList

PAGE = 80
# What the list is made by: where one of them is changed, it is another list.
MADE_BY = ("company_id", "review_id", "award_id", "occasion_id", "period_to", "grade_ids", "max_rank")


class EmulationPropose(models.TransientModel):
    """Proposes many at once, from confirmed evaluations, or hands in drafts; ticking rows moves the bars.

    Only the rows of the page that is shown are records; what is ticked is kept as ids, and what is said of the whole
    list is counted from one query of plain values.
    """

    _name = "emulation.propose"
    _description = "Propose from evaluations"
    _inherit = ["emulation.wizard.mixin"]

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    source = fields.Selection(
        [("evaluation", "Confirmed evaluations"), ("draft", "Drafts")], required=True, default="evaluation"
    )
    review_id = fields.Many2one("emulation.review", string="Review round")
    award_id = fields.Many2one("emulation.award", required=True)
    campaign_occasion_ids = fields.Many2many(related="review_id.campaign_id.occasion_ids", related_sudo=False)
    occasion_id = fields.Many2one(
        "emulation.occasion",
        string="On the occasion",
        domain="[('id', 'in', campaign_occasion_ids)]",
        help="Takes a place of what is on offer on that occasion.",
    )
    # Whoever fills in the dialog may give any round: its dates are read as this person.
    period_from = fields.Date(
        string="Period from", compute="_compute_period", compute_sudo=False, store=True, readonly=False
    )
    period_to = fields.Date(
        string="Period to", compute="_compute_period", compute_sudo=False, store=True, readonly=False
    )
    grade_ids = fields.Many2many("emulation.grade", string="Grades", help="Empty: every grade.")
    max_rank = fields.Integer(string="Ranks up to", help="Only ranks up to this one; 0: all.")
    quota = fields.Integer(string="At most", help="How many to tick; 0: all that fit.")
    summary = fields.Text(
        string="Achievement", help="For all of them; empty: outstanding achievements in the campaign."
    )
    draft_ids = fields.Many2many(
        "emulation.commendation", "emulation_propose_draft_rel", "propose_id", "draft_id", string="Drafts"
    )
    ticked_sheet_ids = fields.Many2many(
        "emulation.evaluation",
        "emulation_propose_sheet_rel",
        "propose_id",
        "sheet_id",
        string="Ticked sheets",
        readonly=True,
    )
    ticked_draft_ids = fields.Many2many(
        "emulation.commendation",
        "emulation_propose_ticked_rel",
        "propose_id",
        "draft_id",
        string="Ticked drafts",
        readonly=True,
    )
    made_by = fields.Char(readonly=True)
    typed = fields.Char(
        string="Name", help="Shows only those of this name; the others stay ticked as they are."
    )
    offset = fields.Integer(readonly=True)
    found_count = fields.Integer(string="Rows found", readonly=True)
    page_text = fields.Char(string="Rows shown", compute="_compute_page")
    has_pages = fields.Boolean(compute="_compute_page")
    line_ids = fields.One2many("emulation.propose.line", "propose_id", string="Rows")
    selected_count = fields.Integer(string="Selected count", compute="_compute_bars")
    bars_html = fields.Html(string="Ratios", compute="_compute_bars", sanitize=False)

    def onchange(self, values, field_names, fields_spec):
        """Answer a tick with what it moves, counted once: the usual way counts the list before and after it."""
        if field_names != ["line_ids"] or not self:
            return super().onchange(values, field_names, fields_spec)
        edited = self.new(values, origin=self)
        return {
            "value": {name: edited[name] for name in ("selected_count", "bars_html") if name in fields_spec}
        }

    @api.depends("review_id")
    def _compute_period(self):
        """The achievement period is what was reviewed, until somebody says otherwise."""
        for wizard in self.filtered("review_id"):
            wizard.period_from = wizard.review_id.date_from
            wizard.period_to = wizard.review_id.date_to

    @api.depends("offset", "found_count")
    @api.depends_context("lang")
    def _compute_page(self):
        for wizard in self:
            wizard.has_pages = wizard.found_count > PAGE or bool(wizard.typed)
            wizard.page_text = self.env._(
                "%(first)s–%(last)s of %(count)s",
                first=min(wizard.offset + 1, wizard.found_count),
                last=min(wizard.offset + PAGE, wizard.found_count),
                count=wizard.found_count,
            )

    @api.depends("line_ids.is_selected", "award_id", "occasion_id")
    @api.depends_context("lang")
    def _compute_bars(self):
        for wizard in self:
            bars = ProposeBars(wizard)
            wizard.selected_count = bars.count
            wizard.bars_html = bars.get_html()

    # ------------------------------------------------------------------
    # The list and its pages
    # ------------------------------------------------------------------

    def action_preview(self):
        """Fill the list: who qualifies by grade and rank, best first, ticked up to the quota."""
        self.ensure_one()
        rows = ProposedList(self)
        self.typed = False
        if not rows.count(rows.find()):
            raise UserError(self.env._("No confirmed evaluation of this round fits."))
        rows.tick_best(self._get_places(rows))
        return self._list()

    def action_next_page(self):
        """Show the rows after these."""
        return self._turn_to(self.offset + PAGE)

    def action_previous_page(self):
        """Show the rows before these."""
        return self._turn_to(self.offset - PAGE)

    def action_find(self):
        """Show the rows of a name."""
        return self._turn_to(0)

    @api.private
    def _list(self):
        """Begin with the first page of what the fields say."""
        self.made_by = self._get_made_by()
        return self._turn_to(0)

    def _turn_to(self, offset):
        self.ensure_one()
        self._check_made_by()
        rows = ProposedList(self)
        self.found_count = rows.count(rows.find(self.typed))
        self.offset = max(0, min(offset, (self.found_count - 1) // PAGE * PAGE))
        # What is ticked on this page is kept already; its rows give way to those of the next.
        found = rows.find(self.typed)
        found.limit, found.offset = PAGE, self.offset
        records = rows.model.browse(found)
        ticked = rows.get_ticked(records)
        problems = {} if rows.is_drafts else self._get_problems(records)
        self.line_ids = [
            Command.clear(),
            *(
                Command.create(
                    {
                        rows.field: record.id,
                        "problem": problems.get(record.id),
                        "is_selected": record.id in ticked,
                    }
                )
                for record in records
            ),
        ]
        return self._reopen()

    def _get_made_by(self):
        return repr([self[name].ids if name.endswith("_ids") else str(self[name]) for name in MADE_BY])

    def _check_made_by(self):
        if self.made_by != self._get_made_by():
            raise UserError(self.env._("What the list is made by was changed. Press Preview again."))

    def _get_problems(self, sheets):
        """Return {id: why it cannot be ticked} of the sheets of a page."""
        problems = totals.find_too_low(sheets, self.award_id) | self._find_not_offered(sheets)
        keys = {sheet.id: sheet.participation_id.recipient_key for sheet in sheets}
        query = ProposedList(self).find_taken(list(keys.values()))
        taken = set(self.env["emulation.commendation"].browse(query).mapped("recipient_key"))
        text = self.env._("Already proposed for this award and period.")
        return problems | {sheet: text for sheet, key in keys.items() if key in taken}

    def _find_not_offered(self, sheets):
        """Return {id: why the campaign does not offer the award to who has this sheet}."""
        lines = self.env["emulation.campaign.award"]._find_for(sheets.campaign_id, self.award_id)
        found = {}
        for sheet in sheets if lines else ():
            text = lines._explain_not_offered(sheet, self.award_id, self.occasion_id)
            ranked = lines.filtered(
                lambda line, sheet=sheet: line.max_rank and line._matches(sheet, self.occasion_id)
            )
            text = text or next(filter(None, (line._explain_rank(sheet.rank) for line in ranked)), None)
            if text:
                found[sheet.id] = text
        return found

    def _get_places(self, rows):
        """Return how many rows the preview ticks: what the user asks for, within what the campaigns still offer.

        A number for one unit, subject or occasion alone does not limit the others: the bars show it.
        """
        bars = ProposeBars(self)
        listed = rows.rows
        offers = bars.find_offers(listed)
        used = bars.count_used(offers)
        left = [
            offer.quota - used.get(offer.id, 0)
            for offer in offers
            if bars.count_for(offer, listed) == len(listed)
        ]
        return max(min([self.quota or len(listed), *left]), 0)

    # ------------------------------------------------------------------
    # Proposing
    # ------------------------------------------------------------------

    def action_propose(self):
        """Create drafts for what is ticked, or hand the ticked drafts in; thousands are made in the background."""
        self.ensure_one()
        bars = ProposeBars(self)
        asked = bars.rows.get_ticked_ids()
        if not asked:
            raise UserError(self.env._("Tick at least one row."))
        self._check_made_by()
        ids = bars.rows.leave_out_unfit()
        if not ids:
            raise UserError(self.env._("All of them were proposed already."))
        bars.check()
        if bars.rows.is_drafts:
            return bars.rows.model.browse(ids).action_submit()
        return self._propose(ids, asked)

    def _propose(self, ids, asked):
        """Propose these sheets; show what became of all that was asked, also where somebody else proposed it."""
        self.env["emulation.commendation"].check_access("create")
        values = {
            "award_id": self.award_id.id,
            "occasion_id": self.occasion_id.id,
            "period_from": fields.Date.to_string(self.period_from),
            "period_to": fields.Date.to_string(self.period_to),
            "summary": self.summary,
        }
        job, _left_out = self.review_id._do_in_pieces("propose", ids, values=values)
        if job:
            return job._open()
        return open_list(
            "emulation.commendation",
            [("evaluation_id", "in", asked), ("award_id", "=", self.award_id.id)],
            self.env._("Proposed"),
        )

    def _get_today(self):
        return fields.Date.context_today(self)

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Propose from evaluations"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }


class EmulationProposeLine(models.TransientModel):
    """One row of the page that is shown."""

    _name = "emulation.propose.line"
    _description = "Row of a mass proposal"
    _inherit = ["emulation.wizard.mixin"]

    propose_id = fields.Many2one(
        "emulation.propose", string="Proposal", required=True, ondelete="cascade", index=True
    )
    is_selected = fields.Boolean(string="Propose", inverse="_inverse_is_selected")
    evaluation_id = fields.Many2one("emulation.evaluation", readonly=True)
    commendation_id = fields.Many2one("emulation.commendation", readonly=True)
    unit_id = fields.Many2one("hr.department", compute="_compute_recipient")
    name = fields.Char(string="Recipient", compute="_compute_recipient")
    # Of a sheet that somebody else wrote into the row nothing is read.
    grade_id = fields.Many2one(related="evaluation_id.grade_id", related_sudo=False)
    rank = fields.Integer(related="evaluation_id.rank", related_sudo=False)
    scale = fields.Selection(related="evaluation_id.scale", related_sudo=False)
    final_total = fields.Float(related="evaluation_id.final_total", string="Points", related_sudo=False)
    problem = fields.Char(readonly=True)

    @api.depends("evaluation_id", "commendation_id")
    def _compute_recipient(self):
        for line in self:
            holder = line.commendation_id or line.evaluation_id.participation_id
            line.unit_id = holder.unit_id
            line.name = holder._get_recipient_name() if holder else False

    def _inverse_is_selected(self):
        """Keep what is ticked apart from the rows of the page."""
        for wizard, lines in self.grouped("propose_id").items():
            rows = ProposedList(wizard)
            ticked = lines.filtered("is_selected")
            rows.change(ticked[rows.field], (lines - ticked)[rows.field])
