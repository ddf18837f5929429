from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ...engine import prize
from ..mixin.actions import open_dialog

# Figures of the whole book, which an agency's own book takes over.
BOOK_FIGURES = (
    "multiplier_collective",
    "multiplier_household",
    "multiplier_article",
    "majority_percent",
    "unit_vote_percent",
    "unit_vote_article",
    "organising_percent",
    "organising_article",
    "counts_ad_hoc",
    "counts_thematic",
    "counts_article",
    "lookback_years",
    "moves_limits",
    "limits_article",
    "opinion_days",
    "opinion_article",
)


class EmulationRulebook(models.Model):
    """What the law says between two dates. A company's own book is an overlay: where it has no rule for an
    award, the rule of the book it is based on holds."""

    _name = "emulation.rulebook"
    _description = "Rule book"
    _inherit = ["emulation.search.mixin", "emulation.guard.mixin"]
    _writable = {
        "*": {
            "admin": {
                *("name", "code", "state", "date_from", "date_to", "company_id", "parent_id", "note"),
                "active",
                *("legal_document_ids", "award_rule_ids", *BOOK_FIGURES),
            },
            "program": {"is_official"},
        }
    }
    _deletable = {"*": "admin"}
    _search_key_fields = ("code", "name")
    _order = "date_from desc, id desc"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    state = fields.Selection(
        [("draft", "Not in use"), ("active", "Applied")],
        default="active",
        required=True,
        help="A book not in use is never applied, whatever its dates.",
    )
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="Until")
    company_id = fields.Many2one("res.company", index=True, help="Empty: shared by all companies.")
    parent_id = fields.Many2one(
        "emulation.rulebook",
        string="Based on",
        index=True,
        ondelete="restrict",
        help="Awards without a rule in this book follow the rule of that one.",
    )
    child_ids = fields.One2many("emulation.rulebook", "parent_id", string="Local books")
    is_official = fields.Boolean(readonly=True, copy=False, help="Defined by law: adapt it in a local book.")
    legal_document_ids = fields.Many2many("emulation.legal.document", string="Legal references")
    award_rule_ids = fields.One2many("emulation.award.rule", "rulebook_id", string="Award rules", copy=True)
    award_rule_count = fields.Integer(compute="_compute_award_rule_count")
    to_confirm_count = fields.Integer(string="Defaults to confirm", compute="_compute_to_confirm_count")
    # What the whole book says about money, votes and grounds.
    multiplier_collective = fields.Float(
        string="Collective, times", digits=(8, 3), default=2, help="Of the individual's amount."
    )
    multiplier_household = fields.Float(
        string="Household, times", digits=(8, 3), default=1.5, help="Of the individual's amount."
    )
    multiplier_article = fields.Char(string="Article on the multiples")
    majority_percent = fields.Float(
        string="Majority (%)",
        digits=(5, 2),
        default=50,
        help="An award without a vote threshold of its own needs more than this share.",
    )
    unit_vote_percent = fields.Float(
        string="Meeting of a unit or block (%)",
        digits=(5, 2),
        default=50,
        help="More than this share of the people present must be for a proposal. The law asks that the rate of votes"
        " stands in the minutes and sets no share: a default that your agency must confirm or change in its own"
        " book.",
    )
    unit_vote_article = fields.Char(string="Article on the vote of a unit")
    organising_percent = fields.Float(
        string="Of the fund for organising (%)",
        digits=(5, 2),
        default=20,
        help="What part of the commendation fund may pay for movements, meetings and publicity.",
    )
    organising_article = fields.Char(string="Article on the fund")
    counts_ad_hoc = fields.Boolean(
        string="Sudden achievements count",
        help="Awards for sudden achievements are a ground for a higher award.",
    )
    counts_thematic = fields.Boolean(
        string="Thematic campaigns count",
        help="Awards of thematic campaigns are a ground for a higher award.",
    )
    counts_article = fields.Char(string="Article on what counts")
    lookback_years = fields.Integer(
        string="Look back (years)",
        default=20,
        aggregator=None,
        help="Where the law sets no time, registers that are complete for so many years answer “not met” instead of"
        " “may be missing”.",
    )
    moves_limits = fields.Boolean(
        string="Limits on a day off move on",
        default=True,
        help="A time limit of the law that ends on a day off ends with the next working day. The article is quoted"
        " by others, its text was not compared: a default that your agency must confirm or change in its own book.",
    )
    limits_article = fields.Char(string="Article on time limits")
    opinion_days = fields.Integer(
        string="Opinion within (days)",
        default=10,
        aggregator=None,
        help="Working days in which a body that is asked for its opinion answers; the letter says so.",
    )
    opinion_article = fields.Char(string="Article on opinions")
    uncompared_count = fields.Integer(
        string="Not compared",
        compute="_compute_uncompared_count",
        help="Lines not yet compared with the amended law.",
    )
    gap_note = fields.Char(string="Gap", compute="_compute_gap_note")
    note = fields.Text(translate=True)
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "There is already a rule book with this code."
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_from IS NULL OR date_to IS NULL OR date_to >= date_from)",
        "A rule book cannot end before it starts.",
    )
    _in_use_is_dated = models.Constraint(
        "CHECK (state = 'draft' OR date_from IS NOT NULL)", "A rule book in use needs a date it starts on."
    )

    _opinion_takes_time = models.Constraint("CHECK (opinion_days > 0)", "An opinion takes a day at least.")

    @api.depends("award_rule_ids")
    def _compute_award_rule_count(self):
        counts = self.env["emulation.award.rule"]._read_group(
            [("rulebook_id", "in", self.ids)], ["rulebook_id"], ["__count"]
        )
        counts = dict(counts)
        for rulebook in self:
            rulebook.award_rule_count = counts.get(rulebook, 0)

    @api.depends("award_rule_ids.needs_confirmation")
    @api.depends_context("company")
    def _compute_to_confirm_count(self):
        for rulebook in self:
            rulebook.to_confirm_count = len(rulebook.award_rule_ids.filtered("needs_confirmation"))

    @api.depends("award_rule_ids.requirement_ids.needs_confirmation")
    @api.depends_context("company")
    def _compute_uncompared_count(self):
        for rulebook in self:
            rulebook.uncompared_count = len(rulebook._get_uncompared())

    def _get_uncompared(self, awards=None):
        """Return the requirements that nobody of the company has compared with the amended law yet.

        :param awards: only of these awards; default all
        """
        rules = self.award_rule_ids
        if awards is not None:
            rules = rules.filtered(lambda rule: rule.award_id in awards)
        return rules.requirement_ids.filtered(
            lambda line: line.confidence == "uncompared" and line.needs_confirmation
        )

    @api.depends("date_from", "date_to", "state", "company_id")
    def _compute_gap_note(self):
        gaps = self._get_gaps()
        for rulebook in self:
            gap = gaps.get(rulebook)
            rulebook.gap_note = gap and self.env._(
                "No rule book is in use from %(start)s to %(end)s, before this one.",
                start=format_date(self.env, gap[0]),
                end=format_date(self.env, gap[1]),
            )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for rulebook in self:
            rulebook.display_name = f"{rulebook.code} · {rulebook.name}" if rulebook.code else rulebook.name

    @api.constrains("date_from", "date_to", "state", "company_id", "active")
    def _check_overlap(self):
        """Two books in use of one company may not both rule one award on one day."""
        for rulebook in self.filtered(lambda book: book.state == "active" and book.active):
            for other in self.search(rulebook._get_overlap_domain()):
                awards = rulebook.award_rule_ids.award_id & other.award_rule_ids.award_id
                if awards:
                    raise ValidationError(
                        self.env._(
                            "%(book)s and %(other)s are in use on the same days and both rule %(awards)s.",
                            book=rulebook.code,
                            other=other.code,
                            awards=", ".join(awards[:5].mapped("code")) + (" …" if len(awards) > 5 else ""),
                        )
                    )

    def _get_overlap_domain(self):
        self.ensure_one()
        return (
            Domain("id", "!=", self.id)
            & Domain("state", "=", "active")
            & Domain("company_id", "=", self.company_id.id)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", self.date_from))
            & (Domain("date_from", "<=", self.date_to) if self.date_to else Domain.TRUE)
        )

    @api.constrains("multiplier_collective", "multiplier_household", "majority_percent", "unit_vote_percent")
    def _check_figures(self):
        for book in self:
            if min(book.multiplier_collective, book.multiplier_household) <= 0:
                raise ValidationError(
                    self.env._("%(book)s: a multiple must be above zero.", book=book.display_name)
                )
            if not (0 <= book.majority_percent < 100 and 0 <= book.unit_vote_percent < 100):
                raise ValidationError(
                    self.env._(
                        "%(book)s: the majority lies between 0 and 100 per cent.", book=book.display_name
                    )
                )

    @api.constrains("parent_id")
    def _check_parent(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._(
                    "A rule book cannot be based on itself: %(books)s.", books=", ".join(self.mapped("code"))
                )
            )

    def write(self, vals):
        # Archiving and taking in and out of use are the agency's business; the text is not.
        if not self.env.su and vals.keys() - {"state", "active", "note"}:
            self._check_not_official()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_official(self):
        if official := self.filtered("is_official"):
            raise UserError(
                self.env._(
                    "Official rule books cannot be deleted, only archived: %(books)s.",
                    books=", ".join(official.mapped("code")),
                )
            )

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for rulebook, vals in zip(self, vals_list, strict=True):
            if "code" not in (default or {}):
                vals["code"] = self.env._("%(code)s copy", code=rulebook.code)
            vals["state"] = "draft"  # else it would overlap the original
        return vals_list

    def _check_not_official(self):
        """Refuse to change what the law says; a local book is the place for that.

        :raises AccessError: a record is official and the caller is not the system
        """
        if not self.env.su and (official := self.filtered("is_official")):
            raise AccessError(
                self.env._(
                    "%(books)s is official. Use “Adapt for our agency” and change the local book.",
                    books=", ".join(official.mapped("code")),
                )
            )

    def action_use(self):
        """Take the books into use; the constraint refuses overlaps."""
        self.write({"state": "active"})

    def action_stop_using(self):
        self.write({"state": "draft"})

    def action_adapt(self):
        """Open the company's local book based on this one, creating it on first use."""
        self.ensure_one()
        local = self._get_local_book(self.env.company)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": local.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_compare(self):
        """Open the comparison with the book this one is based on, else with the one before it."""
        self.ensure_one()
        return open_dialog(
            "emulation.rulebook.compare",
            {
                "default_new_id": self.id,
                "default_old_id": (self.parent_id or self._get_previous()).id,
                "dialog_size": "extra-large",
            },
            self.env._("What changed"),
        )

    def action_import_reading(self):
        """Open the dialog that takes in the agency's own reading of the lines."""
        self.ensure_one()
        return open_dialog(
            "emulation.reading.import", {"default_rulebook_id": self.id}, self.env._("Own reading of the law")
        )

    def action_view_rules(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hr_emulation.emulation_award_rule_action")
        return {
            **action,
            "domain": [("rulebook_id", "=", self.id)],
            "context": {"default_rulebook_id": self.id, "hide_rulebook": True},
        }

    def _get_local_book(self, company):
        """Return the company's book based on this one, created if there is none yet."""
        self.ensure_one()
        if self.company_id:
            return self
        local = self.search([("parent_id", "=", self.id), ("company_id", "=", company.id)], limit=1)
        return local or self.create(
            {
                "name": self.env._("%(book)s, adapted by %(company)s", book=self.name, company=company.name),
                "code": self.env._("%(code)s local", code=self.code),
                "company_id": company.id,
                "parent_id": self.id,
                "date_from": self.date_from,
                "date_to": self.date_to,
                "state": self.state,
                "legal_document_ids": [fields.Command.set(self.legal_document_ids.ids)],
                **{name: self[name] for name in BOOK_FIGURES},
            }
        )

    def _get_previous(self):
        """Return the book in use that ended last before this one starts."""
        self.ensure_one()
        if not self.date_from:
            return self.search([("state", "=", "active"), ("company_id", "=", self.company_id.id)], limit=1)
        return self.search(
            [
                ("date_from", "<", self.date_from),
                ("state", "=", "active"),
                ("company_id", "=", self.company_id.id),
                ("id", "!=", self.id),
            ],
            limit=1,
        )

    def _get_gaps(self):
        """Return ``{book: (first day, last day)}`` of the days without a book in use before that book."""
        gaps, books = {}, self.search([("state", "=", "active"), ("date_from", "!=", False)])
        for company in self.company_id | self.env["res.company"]:
            own = books.filtered(
                lambda book, company=company: book.company_id == company and not book.parent_id
            )
            covered = None
            for book in own.sorted("date_from"):
                if covered and book.date_from > covered + timedelta(days=1):
                    gaps[book] = (covered + timedelta(days=1), book.date_from - timedelta(days=1))
                covered = max(covered or book.date_from, book.date_to or fields.Date.to_date("9999-12-30"))
        return gaps

    @api.model
    def _for_date(self, company, date, award=None, raise_if_none=True):
        """Return the rule book in force for a company on a day.

        The book the company chose in its settings comes first if it covers the day, then the company's own
        book, then the shared one.

        :param company: ``res.company`` record
        :param datetime.date date: the day the dossier was received
        :param award: only books that rule this ``emulation.award``, directly or through the book they are
            based on
        :param bool raise_if_none: False returns an empty record instead of raising
        :return: one ``emulation.rulebook`` record
        :raises UserError: no book covers the day; the message names the nearest ones
        """
        chosen = self._choose_many([(company, date, award)], strict=True)[company, date, award]
        if not chosen and raise_if_none:
            raise UserError(self._get_missing_message(company, date))
        return chosen

    @api.model
    def _choose_many(self, wanted, strict=False):
        """Return ``{(company, day, award): the book in force}``, in a number of queries that does not grow.

        A book that rules the award goes before one that does not.

        :param wanted: triples; an award of None is any
        :param bool strict: a book that does not rule the award is not taken at all
        """
        # sudo: emulation.rulebook - which book applies does not depend on who asks
        books = self.sudo().search_fetch([("state", "=", "active"), ("date_from", "!=", False)])
        ruled, wanted = books._get_ruled_awards(), set(wanted)
        periods = {(company, day) for company, day, _award in wanted}
        covering = {period: books._filter_covering(*period) for period in periods}
        return {
            (company, day, award): self.browse(
                covering[company, day]._choose(company, day, award, ruled, strict)._ids
            )
            for company, day, award in wanted
        }

    def _filter_covering(self, company, day):
        """Return those of these books that a company may go by on a day."""
        return self.filtered(
            lambda book: book.company_id in (company, company.browse()) and book._covers(day)
        )

    def _choose(self, company, day, award, ruled, strict):
        """Return the one of these books, all covering the day, that a company goes by."""
        ruling = self.filtered(lambda book: not award or award.id in ruled[book.id])
        books = ruling or (self.browse() if strict else self)
        # An adaptation of a law that has ended does not hide the one that follows.
        books = books.filtered(lambda book: not book.parent_id or book.parent_id._covers(day)) or books
        preferred = company.sudo().emulation_rulebook_id  # sudo: res.company - a setting
        return (preferred & books or books.filtered("company_id") or books)[:1]

    def _covers(self, day):
        return bool(self.date_from) and self.date_from <= day <= (self.date_to or day)

    def _get_ruled_awards(self):
        """Return ``{book id: ids of the awards}`` it rules itself or through the book it is based on."""
        chain = self
        while parents := chain.parent_id - chain:
            chain |= parents
        own = {
            book.id: set(awards.ids)
            for book, awards in self.env["emulation.award.rule"]._read_group(
                [("rulebook_id", "in", chain.ids)], ["rulebook_id"], ["award_id:recordset"]
            )
        }
        ruled = {}
        for book in self:
            ruled[book.id], step = set(), book
            while step:
                ruled[book.id] |= own.get(step.id, set())
                step = step.parent_id
        return ruled

    def _get_missing_message(self, company, date):
        # sudo: emulation.rulebook - names and periods only, for the text
        books = self.sudo().search(
            [("state", "=", "active"), ("company_id", "in", [company.id, False])], order="date_from"
        )
        known = ", ".join(f"{book.code} ({book._get_period_text()})" for book in books)
        return self.env._(
            "No rule book of %(company)s is in use on %(date)s. Known: %(books)s.",
            company=company.name,
            date=format_date(self.env, date),
            books=known or self.env._("none"),
        )

    def _get_period_text(self):
        self.ensure_one()
        start, end = (format_date(self.env, day) or "…" for day in (self.date_from, self.date_to))
        return f"{start} – {end}"

    def _get_rules(self, awards):
        """Return ``{award: its rule}`` in this book, from the book it is based on where it has none.

        :param awards: ``emulation.award`` records
        :rtype: dict
        """
        rules = {}
        rulebook = self[:1]
        while rulebook:
            found = self.env["emulation.award.rule"].search(
                [("rulebook_id", "=", rulebook.id), ("award_id", "in", awards.ids)]
            )
            for rule in found:
                rules.setdefault(rule.award_id, rule)
            # sudo: emulation.rulebook - which book this one builds on may be another company's
            rulebook = rulebook.sudo().parent_id.sudo(self.env.su)
        return rules

    def _get_multipliers(self):
        """Return ``{subject: what the individual's coefficient is multiplied by}``, exact.

        :rtype: dict[str, Decimal]
        """
        return {
            "collective": prize.exact(self.multiplier_collective),
            "household": prize.exact(self.multiplier_household),
        }

    def _get_not_counted(self):
        """Return the kinds of commendation whose awards are no ground for a higher one."""
        counts = {"ad_hoc": self.counts_ad_hoc, "thematic": self.counts_thematic}
        return frozenset(kind for kind, counted in counts.items() if not counted)
