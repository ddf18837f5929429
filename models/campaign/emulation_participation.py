from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from ...engine import deadlines
from ..mixin.emulation_recipient_mixin import RECIPIENT_NAMES
from ..mixin.verb import Verb
from . import leaving, registration_paper

_lt = LazyTranslate(__name__)

DECIDERS = {"head": None, "officer": None, "stand_in": None}
OFFICERS = {"officer": None, "stand_in": None}
OPEN = ("draft", "refused", "withdrawn")
VERBS = {
    "submit": Verb(
        OPEN,
        "submitted",
        {"owner": None, **DECIDERS},
        _lt("Submit the registration"),
        stamp=("submitted_on",),
        also="registration is open, days of grace included",
    ),
    "approve": Verb(("submitted",), "approved", DECIDERS, _lt("Approve"), waited=True),
    "refuse": Verb(("submitted",), "refused", DECIDERS, _lt("Refuse"), reason=True),
    "withdraw": Verb(("draft", "submitted"), "withdrawn", {"owner": None, "officer": None}, _lt("Withdraw")),
    "leave": Verb(
        ("approved",),
        "left",
        OFFICERS,
        _lt("Take out of the campaign"),
        reason=True,
        stamp=("left_on",),
        also="the campaign runs; from that day on nothing is asked of it, what was before counts",
    ),
    "come_back": Verb(
        ("left",),
        "approved",
        OFFICERS,
        _lt("Take back into the campaign"),
        also="the campaign runs; what is still open is asked for again",
    ),
}
CONTENT = {
    *("campaign_id", "recipient_type", "employee_id", "department_id", "partner_id", "subject", "unit_id"),
    *("company_id", "award_ids", "pledge"),
}


class EmulationParticipation(models.Model):
    """Registration (đăng ký thi đua) of one person or unit in one campaign."""

    _name = "emulation.participation"
    _description = "Registration"
    _inherit = [
        "emulation.verb.mixin",
        "emulation.recipient.mixin",
        "emulation.thread.mixin",
    ]
    _search_key_fields = (*RECIPIENT_NAMES, "campaign_id.name")
    _order = "campaign_id, id"
    _check_company_auto = True
    _verbs = VERBS
    _turn_action = "hr_emulation.emulation_participation_action"
    _writable = {" ".join(OPEN): {"owner head officer": CONTENT}}
    _deletable = {"draft": "owner head officer"}
    _over_with = "campaign_id"

    campaign_id = fields.Many2one(
        "emulation.campaign", required=True, ondelete="restrict", index=True, check_company=True
    )
    registration_text = fields.Char(string="Rules of registration", compute="_compute_registration_text")
    award_ids = fields.Many2many("emulation.award", string="Titles aimed at")
    pledge = fields.Text()
    state = fields.Selection(
        [
            ("draft", "In preparation"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
            ("left", "Left the campaign"),
        ],
        default="draft",
        required=True,
        copy=False,
        tracking=True,
        index=True,
    )
    submitted_on = fields.Datetime(string="Submitted on", readonly=True, copy=False)
    answer_by = fields.Date(
        string="To be answered by",
        compute="_compute_answer_by",
        help="The days the agency gives itself, from the day it was submitted.",
    )
    late_days = fields.Integer(
        string="Late by (days)",
        readonly=True,
        copy=False,
        help="Submitted after the deadline of registration.",
    )
    refusal_reason = fields.Char(string="Reason", copy=False, readonly=True)
    left_on = fields.Date(
        string="Left on", readonly=True, copy=False, help="From this day on nothing is asked of it."
    )
    leaving_reason = fields.Char(string="Why it left", copy=False, readonly=True)
    evaluation_ids = fields.One2many("emulation.evaluation", "participation_id", string="Evaluations")
    is_gone = fields.Boolean(
        string="No longer in the agency",
        compute="_compute_is_gone",
        search="_search_is_gone",
        help="The person or the unit is archived, and still takes part.",
    )
    can_approve = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")
    can_leave = fields.Boolean(compute="_compute_can")
    can_come_back = fields.Boolean(compute="_compute_can")

    _recipient_uniq = models.UniqueIndex(
        "(campaign_id, recipient_key)", "Already registered in this campaign."
    )

    # The first page of the list: the latest first, without sorting the rest.
    _latest_idx = models.Index("(company_id, id)")

    @api.depends("recipient_name", "employee_id", "department_id", "partner_id")
    def _compute_display_name(self):
        for participation in self:
            participation.display_name = participation._get_recipient_name()

    @api.depends("state", "submitted_on", "company_id.emulation_registration_days")
    @api.depends_context("tz")
    def _compute_answer_by(self):
        for participation in self:
            # sudo: res.company - the days the agency gives itself, for the person who waits
            days = participation.company_id.sudo().emulation_registration_days
            moment = participation.submitted_on if participation.state == "submitted" and days else None
            day = fields.Datetime.context_timestamp(self, moment).date() if moment else None
            participation.answer_by = day + timedelta(days=days) if day else False

    @api.depends("campaign_id")
    @api.depends_context("lang")
    def _compute_registration_text(self):
        for participation in self:
            # sudo: emulation.campaign - its rules are for everybody it asks to register
            participation.registration_text = participation.campaign_id.sudo().registration_text

    @api.depends("state", "employee_id", "department_id")
    def _compute_is_gone(self):
        # sudo: hr.employee, hr.department - whether they are still there
        for participation, known in zip(self, self.sudo(), strict=True):
            recipient = known.employee_id or known.department_id
            is_there = not recipient or recipient.active
            participation.is_gone = known.state == "approved" and not is_there

    def _search_is_gone(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: hr.employee, hr.department - ids only, part of a domain that obeys the rules of the caller
        archived = [
            self.env[model].sudo()._search([("active", "=", False)])
            for model in ("hr.employee", "hr.department")
        ]
        gone = Domain("employee_id", "in", archived[0]) | Domain("department_id", "in", archived[1])
        return Domain("state", "=", "approved") & gone

    # ---------- Guards ----------

    def _fetch_all(self):
        """Read what the verbs look at in one query a model; left alone the ORM reads slices of a thousand."""
        recipient = ("recipient_type", "employee_id", "department_id", "partner_id", "unit_id")
        self.fetch(["state", "campaign_id", "company_id", *recipient])
        self.employee_id.fetch(["user_id"])
        (self.unit_id | self.department_id).fetch(["parent_id", "parent_path"])

    def _get_cannot_submit_reason(self):
        """Return {id: reason}; also when registration is not open (deadline, days of grace, extensions of a unit)."""
        return {**self._get_closed_reasons(), **self._check_verb("submit")}

    def _get_closed_reasons(self):
        """Return {id: reason} of those to whom registration is closed; a day granted to their unit counts."""
        # sudo: emulation.campaign - a draft one is not readable by everybody
        registrations = self.sudo()
        closed = {
            campaign: campaign._get_registration_closed_reason() for campaign in registrations.campaign_id
        }
        late = registrations.filtered(lambda registration: closed.get(registration.campaign_id))
        days = self.env["emulation.extension"]._get_deadlines(late, "registration") if late else {}
        reasons = {
            registration.id: registration.campaign_id._get_registration_closed_reason(days[registration.id])
            for registration in late
        }
        return {registration: reason for registration, reason in reasons.items() if reason}

    @api.model
    def _get_turn_domain(self, verb):
        """In a running campaign only; whoever stands in may not read the campaign itself."""
        is_running = Domain("campaign_id", "any!", [("state", "=", "launched")])
        return super()._get_turn_domain(verb) & is_running

    def _get_cannot_approve_reason(self):
        """Return {id: reason}; a campaign that is over takes nobody in."""
        return self._check_running("approve")

    def _check_running(self, verb):
        reasons = self._check_verb(verb)
        text = self.env._("The campaign is not launched.")
        # sudo: emulation.campaign - as above
        over = self.sudo().filtered(lambda registration: registration.campaign_id.state != "launched")
        return {**dict.fromkeys(over._ids, text), **reasons}

    def _get_cannot_refuse_reason(self):
        return self._check_verb("refuse")

    def _get_cannot_withdraw_reason(self):
        """Return {id: reason}; possible while nobody has acted on it."""
        return self._check_verb("withdraw")

    def _get_cannot_leave_reason(self):
        """Return {id: reason}; nobody leaves a campaign that does not run."""
        return self._check_running("leave")

    def _get_cannot_come_back_reason(self):
        return self._check_running("come_back")

    # ---------- Verbs ----------

    def action_submit(self):
        """Hand the registration in and freeze name, unit and post."""
        return self._run_verb("submit")

    def action_approve(self):
        """Approve as unit head or officer."""
        return self._run_verb("approve")

    def action_refuse(self):
        return self._ask_reason("refuse")

    def action_withdraw(self):
        return self._run_verb("withdraw")

    def action_leave(self):
        """Take participants out who are no longer part of it: moved, retired, a unit dissolved."""
        return self._ask_reason("leave")

    def action_come_back(self):
        return self._run_verb("come_back")

    @api.private
    def _do_submit(self):
        todo = self._start("submit")
        if todo:
            todo._take_snapshot()
            todo._mark_late()
            todo._finish("submit", refusal_reason=False)

    def _mark_late(self):
        """Store how late each is, an extension of its unit counted; 0 on time."""
        days = self.env["emulation.extension"]._get_deadlines(self, "registration")
        today = fields.Date.context_today(self)
        rows = [(one.id, deadlines.days_late(days[one.id], today)) for one in self]
        registrations = self.sudo()  # sudo: emulation.participation - stored by the verb, not typed
        if any(late for _id, late in rows) or any(registrations.mapped("late_days")):
            registrations._store_rows(["late_days"], rows)

    def _take_snapshot(self, as_of=None):
        as_of = as_of or fields.Date.context_today(self)
        # sudo: emulation.participation - read at once what the snapshot is made of
        self.sudo()._fetch_all()
        # sudo: hr.employee, hr.department, res.partner - names, units and posts only; read for all at once
        self.employee_id.sudo().fetch(["name", "current_version_id"])
        units = self.department_id.sudo()
        (units | units.parent_id).fetch(["name", "parent_id"])
        # sudo: res.partner - as above
        self.partner_id.sudo().fetch(["name"])
        versions = self._get_employee_versions(as_of)
        names = ("recipient_name", "unit_name", "position_name")
        snapshots = ((record.id, record._prepare_snapshot(versions)) for record in self)
        self._store_rows(names, [(id_, *(values[name] for name in names)) for id_, values in snapshots])
        # sudo: emulation.participation - at once, for the key they are found by
        self.sudo().fetch(names)

    @api.private
    def _do_approve(self):
        self._start("approve")._finish("approve")

    @api.private
    def _do_refuse(self, reason):
        """Refuse with a reason the recipient can read."""
        self._start("refuse", reason)._finish("refuse", reason, refusal_reason=reason)

    @api.private
    def _do_withdraw(self):
        self._start("withdraw")._finish("withdraw")

    @api.private
    def _do_leave(self, reason):
        """From today on nothing is asked of them; what they did until now stays."""
        todo = self._start("leave", reason)
        todo._finish("leave", reason, leaving_reason=reason)
        leaving.stop(todo, reason)

    @api.private
    def _do_come_back(self):
        todo = self._start("come_back")
        todo._finish("come_back", left_on=False, leaving_reason=False)
        leaving.resume(todo)

    @api.private
    def _delete_imported(self):
        """Delete what an import brought in, as long as nobody was scored: the import is being undone."""
        if self.evaluation_ids:
            raise UserError(self.env._("Registrations that are scored are not deleted."))
        self._with_seal().unlink()

    @api.private
    def _insert_registrations(self, campaign, recipients, award_ids=(), pledge=False):
        """Create draft registrations for many employees or departments in two statements.

        :param recipients: employees or departments of the campaign's company; who is in is skipped
        :return: the registrations created
        """
        self.env.flush_all()
        kind = "employee" if recipients._name == "hr.employee" else "department"
        inserted = self.env.execute_query(
            SQL(
                """
                INSERT INTO emulation_participation
                    (campaign_id, company_id, recipient_type, subject, %(column)s, unit_id, recipient_key,
                     pledge, state, create_uid, write_uid, create_date, write_date)
                SELECT %(campaign)s, %(company)s, %(kind)s, %(subject)s, r.id, %(unit)s, %(kind)s || ':' || r.id,
                       %(pledge)s, 'draft', %(uid)s, %(uid)s, %(now)s, %(now)s
                  FROM %(source)s
                 WHERE r.id IN %(ids)s
              ORDER BY r.id
                ON CONFLICT DO NOTHING
             RETURNING id
                """,
                column=SQL.identifier(f"{kind}_id"),
                campaign=campaign.id,
                company=campaign.company_id.id,
                kind=kind,
                subject="individual" if kind == "employee" else "collective",
                unit=SQL("v.department_id" if kind == "employee" else "r.id"),
                source=SQL(
                    "hr_employee r LEFT JOIN hr_version v ON v.id = r.current_version_id"
                    if kind == "employee"
                    else "hr_department r"
                ),
                pledge=pledge or None,
                uid=self.env.uid,
                now=self.env.cr.now(),
                ids=tuple(recipients.ids) or (0,),
            )
        )
        registrations = self.browse(row[0] for row in inserted)
        registrations._insert_awards(award_ids)
        self.env.invalidate_all(flush=False)
        # sudo: emulation.participation - names of the recipients, for the key they are found by
        known = registrations.sudo()
        known.fetch()
        known.employee_id.fetch(["name"])
        keys = [(record.id, record._get_search_key()) for record in known]
        registrations._store_rows(["search_key"], keys)
        return registrations

    def _insert_awards(self, award_ids):
        link = self._fields["award_ids"]
        if self and award_ids:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO %s (%s, %s) SELECT p, a FROM unnest(%s) p, unnest(%s) a",
                    SQL.identifier(link.relation),
                    SQL.identifier(link.column1),
                    SQL.identifier(link.column2),
                    self.ids,
                    list(award_ids),
                )
            )

    @api.private
    def _find_or_register(self, campaign, recipient, award_ids=(), pledge=False):
        """Create a draft registration, or return the one there is.

        :param dict recipient: ``{"recipient_type": "employee", "employee_id": 5}`` and the like
        :param award_ids: ids of titles aimed at, of those the campaign offers
        """
        vals = {
            **recipient,
            "campaign_id": campaign.id,
            "company_id": campaign.company_id.id,
            "pledge": pledge,
        }
        new = self.new(vals)
        known = self.search([("campaign_id", "=", campaign.id), ("recipient_key", "=", new.recipient_key)])
        if known:
            return known
        offered = campaign.award_line_ids.award_id.ids
        return self.create({**vals, "award_ids": [id_ for id_ in award_ids if id_ in offered]})

    @api.private
    def _get_paper_values(self):
        """Return what the printed registration says."""
        self.ensure_one()
        return registration_paper.get_values(self)

    def action_download_word(self):
        """Download the registration as a Word file."""
        self.check_access("read")
        return self.env["ir.actions.report"]._get_word_action("registration", self)
