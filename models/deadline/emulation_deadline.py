from datetime import timedelta

from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date
from odoo.tools.translate import LazyTranslate

from ..mixin.list_mail import prepare_list_mail
from ..mixin.verb import Verb
from .emulation_deadline_rule import WAITING

_lt = LazyTranslate(__name__)

LISTED = 50  # deadlines named in one mail
VERBS = {
    "finish": Verb(
        ("open",),
        "done",
        {"officer": None, "stand_in": None},
        _lt("Done"),
        waited=True,
        stamp=("done_on", "doer_id"),
    ),
    "reopen": Verb(("done",), "open", {"officer": None, "stand_in": None}, _lt("Open again")),
}


class EmulationDeadline(models.Model):
    """Something the law wants done by a day. A daily job writes them down, tells the officers before, and ticks off
    what has been done meanwhile."""

    _name = "emulation.deadline"
    _description = "Deadline"
    _inherit = ["emulation.verb.mixin", "emulation.thread.mixin"]
    _order = "date, id"
    _verbs = VERBS
    _turn_action = "hr_emulation.emulation_deadline_action"
    _writable = {"open": {"officer": {"rule_id", "company_id", "date", "note"}}}

    rule_id = fields.Many2one("emulation.deadline.rule", required=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    date = fields.Date(string="Due by", required=True, tracking=True)
    year = fields.Integer(readonly=True, copy=False, aggregator=None, help="Of a deadline of every year.")
    warn_on = fields.Date(string="Warn on", compute="_compute_warn_on", store=True)
    commendation_id = fields.Many2one("emulation.commendation", ondelete="cascade", index="btree_not_null")
    decision_id = fields.Many2one("emulation.decision", ondelete="cascade", index="btree_not_null")
    article = fields.Char(related="rule_id.article")
    note = fields.Char()
    state = fields.Selection(
        [("open", "Open"), ("done", "Done")], default="open", required=True, readonly=True, copy=False
    )
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")
    done_on = fields.Date(string="Completed on", readonly=True, copy=False)
    doer_id = fields.Many2one("res.users", string="Done by", readonly=True, copy=False)
    mailed_on = fields.Date(string="Mailed on", readonly=True, copy=False)
    can_finish = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")

    _once = models.UniqueIndex(
        "(rule_id, company_id, year, COALESCE(commendation_id, 0), COALESCE(decision_id, 0))"
        " WHERE year > 0 OR commendation_id IS NOT NULL OR decision_id IS NOT NULL",
        "This deadline is on record already.",
    )

    @api.depends("rule_id", "commendation_id", "decision_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for record in self:
            # sudo: emulation.commendation, emulation.decision - what it is about, to the officers of the agency
            about = record.sudo().commendation_id.display_name or record.sudo().decision_id.display_name
            record.display_name = ": ".join(filter(None, (record.rule_id.name, about)))

    @api.depends("date", "rule_id.warn_days")
    def _compute_warn_on(self):
        for record in self:
            record.warn_on = record.date and record.date - timedelta(days=record.rule_id.warn_days)

    @api.depends("date", "state")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for record in self:
            record.is_late = record.state == "open" and record.date < today

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "=", "open") & Domain("date", "<", fields.Date.context_today(self))

    # ------------------------------------------------------------------
    # Whose turn: from the day of the warning on
    # ------------------------------------------------------------------

    @api.depends("warn_on")
    def _compute_is_my_turn(self):
        result = super()._compute_is_my_turn()
        today = fields.Date.context_today(self)
        self.filtered(lambda record: not record.warn_on or record.warn_on > today).is_my_turn = False
        return result

    @api.model
    def _get_late_domain(self, today):
        return Domain("date", "<", today)

    @api.model
    def _get_turn_domain(self, verb):
        return super()._get_turn_domain(verb) & Domain("warn_on", "<=", fields.Date.context_today(self))

    # ------------------------------------------------------------------
    # Verbs
    # ------------------------------------------------------------------

    def action_finish(self):
        """It is done."""
        return self._run_verb("finish")

    def action_reopen(self):
        """It is not done after all."""
        return self._run_verb("reopen")

    def _get_cannot_finish_reason(self):
        return self._check_verb("finish")

    def _get_cannot_reopen_reason(self):
        return self._check_verb("reopen")

    @api.private
    def _do_finish(self):
        self._start("finish")._finish("finish")

    @api.private
    def _do_reopen(self):
        self._start("reopen")._finish("reopen", done_on=False, doer_id=False)

    # ------------------------------------------------------------------
    # The daily job
    # ------------------------------------------------------------------

    @api.model
    def _cron_refresh(self):
        """Write down what runs now, tick off what is done, tell the officers what is near; a copy tells nobody."""
        self._create_missing()
        self._get_done_meanwhile()._do_finish()
        if not self.env["emulation.installation"]._is_copy():
            self._remind()

    @api.model
    def _create_missing(self):
        names = ["rule_id", "company_id", "year", "commendation_id", "decision_id"]
        companies = self._get_companies()
        known = {
            deadline._get_key()
            for deadline in self.search_fetch([("company_id", "in", companies.ids)], names)
        }
        running = self._list_running(companies)
        return self._create_protected([vals for vals in running if self._get_vals_key(vals) not in known])

    @api.model
    def _list_running(self, companies):
        """Return the values of all deadlines that run now for these agencies."""
        running, rules = [], self.env["emulation.deadline.rule"].search([("active", "=", True)])
        for company in companies:
            for rule in rules:
                if rule._concerns(company):
                    base = {"rule_id": rule.id, "company_id": company.id}
                    running += [{**base, **vals} for vals in rule._prepare_deadlines(company)]
        return running

    @api.model
    def _get_counted(self):
        """Return ``{open deadline: the day its rule gives it by the calendar of now}``."""
        open_ones = {deadline._get_key(): deadline for deadline in self.search([("state", "=", "open")])}
        companies = self.browse(deadline.id for deadline in open_ones.values()).company_id
        days = {self._get_vals_key(vals): vals["date"] for vals in self._list_running(companies)}
        return {open_ones[key]: day for key, day in days.items() if key in open_ones}

    @api.model
    def _get_companies(self):
        """Return the agencies where somebody is in charge of emulation."""
        companies = self.env["res.company"].search([("active", "=", True)])
        return companies.filtered(lambda company: company._get_emulation_officers())

    def _get_key(self):
        self.ensure_one()
        about = self.commendation_id.id, self.decision_id.id
        return self.rule_id.id, self.company_id.id, self.year, *about

    @staticmethod
    def _get_vals_key(vals):
        about = vals.get("commendation_id", False), vals.get("decision_id", False)
        return vals["rule_id"], vals["company_id"], vals.get("year", 0), *about

    @api.model
    def _get_done_meanwhile(self):
        """Return what needs nobody any more: the dossier went on, or all that was to come back came back."""
        gone_on = Domain("rule_id.trigger", "=", "received") & ~Domain("commendation_id.state", "in", WAITING)
        revoked = self.search([("state", "=", "open"), ("rule_id.trigger", "=", "revoked")])
        owed = self.env["emulation.commendation"].search(
            [
                ("revocation_decision_id", "in", revoked.decision_id.ids),
                ("prize_state", "=", "to_return"),
            ]
        )
        still = owed.revocation_decision_id
        had_money = (
            self.env["emulation.commendation"]
            .search(
                [("revocation_decision_id", "in", revoked.decision_id.ids), ("prize_state", "=", "returned")]
            )
            .revocation_decision_id
        )
        back = revoked.filtered(lambda record: record.decision_id in had_money - still)
        return self.search(Domain("state", "=", "open") & gone_on) | back

    @api.model
    def _remind(self):
        """Send each officer one mail about what is near and was not told yet."""
        today = fields.Date.context_today(self)
        near = self.search([("state", "=", "open"), ("warn_on", "<=", today), ("mailed_on", "=", False)])
        mails = [
            records._prepare_mail(user)
            for company, records in near.grouped("company_id").items()
            for user in company._get_emulation_officers()
        ]
        self.env["mail.mail"].create(mails)
        near._write_protected({"mailed_on": today})

    def _prepare_mail(self, user):
        """Return the mail that names these deadlines, in the language of its reader."""
        records, news = self.with_context(lang=user.lang), self.env["emulation.news"]
        env = records.env
        items = [
            Markup("%s: %s")
            % (
                format_date(env, record.date),
                news._get_link("/odoo/emulation-deadlines", record.display_name),
            )
            for record in records[:LISTED]
        ]
        if len(records) > LISTED:
            items.append(env._("and %(count)s more", count=len(records) - LISTED))
        subject, intro = (
            env._("Emulation: deadlines of the law"),
            env._("These deadlines of the law are near:"),
        )
        return prepare_list_mail(user.partner_id, subject, intro, items)
