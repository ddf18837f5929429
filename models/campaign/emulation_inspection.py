from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.translate import LazyTranslate

from ...engine import points, vietnamese, wording
from ...engine.deadlines import is_reminder_day
from ..mixin.emulation_document_mixin import FRAME
from ..mixin.list_mail import prepare_list_mail
from ..mixin.verb import Verb

_lt = LazyTranslate(__name__)

DECIDERS = {"officer": None, "stand_in": None}
VERBS = {
    "issue": Verb(
        ("draft",),
        "issued",
        DECIDERS,
        _lt("Issue the record of the visit"),
        checks=("_check_visit",),
        also="the visit took place and its conclusion is written",
    ),
    "cancel": Verb(("draft",), "cancelled", DECIDERS, _lt("Cancel the visit"), reason=True),
}
CONTENT = {
    *("campaign_id", "department_id", "planned_date", "visit_date", "lead_id", "team", "subject"),
    *("attendants", "conclusion", "item_ids", "finding_ids"),
}
FOUND = {"inspection_id", "name", "deadline"}
FINDING_VERBS = {
    "mend": Verb(
        ("open",), "mended", {"owner": None, "officer": None}, _lt("Say how it was resolved"), reason=True
    ),
    "settle": Verb(("open", "mended"), "settled", DECIDERS, _lt("Settled"), waited=True),
    "reopen": Verb(("mended", "settled"), "open", DECIDERS, _lt("Not resolved yet"), reason=True),
}


class EmulationInspection(models.Model):
    """A visit to see how a unit carries a campaign out (kiểm tra, đôn đốc): planned, made, recorded, followed up.

    Law 06/2022/QH15, Article 17. Its record (biên bản) is this document.
    """

    _name = "emulation.inspection"
    _description = "Inspection"
    _inherit = "emulation.issued.document.mixin"
    _search_key_fields = ("department_id.name", "campaign_id.name", "subject", "number", "symbol")
    _order = "planned_date desc, id desc"
    _rec_name = "subject"
    _symbol_kind = "BB"
    _number_series = "minutes"
    _document_report = "inspection"
    _verbs = VERBS
    _begun_in = "campaign_id"
    _writable = {"draft": {"officer": CONTENT | FRAME}}

    state = fields.Selection(
        [("draft", "Planned"), ("issued", "Record made"), ("cancelled", "Cancelled")],
    )
    campaign_id = fields.Many2one(
        "emulation.campaign", required=True, ondelete="restrict", index=True, check_company=True
    )
    department_id = fields.Many2one(
        "hr.department",
        string="Unit visited",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
    )
    subject = fields.Char(string="What is inspected", required=True)
    planned_date = fields.Date(string="Planned for", required=True)
    visit_date = fields.Date(string="Visited on")
    lead_id = fields.Many2one("hr.employee", string="Head of the team", check_company=True)
    # Names, not links: officers without HR rights may not link employees, and guests come along.
    team = fields.Text(help="The other members, one a line.")
    attendants = fields.Text(string="Present for the unit", help="Names and posts.")
    item_ids = fields.One2many("emulation.inspection.item", "inspection_id", string="Points looked at")
    finding_ids = fields.One2many("emulation.inspection.finding", "inspection_id", string="Findings")
    conclusion = fields.Text(help="What the team concludes.")
    recipient_lines = fields.Text(default="Đơn vị được kiểm tra\nLưu: VT, TĐKT")
    open_count = fields.Integer(string="Open findings", compute="_compute_counts")
    overdue_count = fields.Integer(string="Findings overdue", compute="_compute_counts")
    can_issue = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")

    @api.depends("finding_ids.state", "finding_ids.deadline")
    def _compute_counts(self):
        today = fields.Date.context_today(self)
        for inspection in self:
            findings = inspection.finding_ids
            inspection.open_count = len(findings.filtered(lambda finding: finding.state != "settled"))
            inspection.overdue_count = len(findings.filtered_domain(findings._get_late_domain(today)))

    def action_issue(self):
        """Number and store the record of the visit."""
        return self._run_verb("issue")

    def action_cancel(self):
        return self._ask_reason("cancel")

    def _get_cannot_issue_reason(self):
        return self._check_verb("issue")

    def _get_cannot_cancel_reason(self):
        return self._check_verb("cancel")

    def _check_visit(self):
        text = self.env._("Say when the visit was made, by whom, and what the team concludes.")
        early, today = self.env._("The visit has not been made yet."), fields.Date.context_today(self)
        reasons = {record.id: early for record in self if record.visit_date and record.visit_date > today}
        missing = [r.id for r in self if not (r.visit_date and r.lead_id and r.conclusion)]
        return {**reasons, **dict.fromkeys(missing, text)}

    @api.private
    def _do_issue(self):
        for record in self._start("issue"):
            record._write_protected({"issue_date": record.issue_date or record.visit_date})
            record._with_seal()._take_number()
            record._finish("issue")
            record._write_protected(record._store_document_pdf())

    @api.private
    def _do_cancel(self, reason):
        self._start("cancel", reason)._finish("cancel", reason)

    def _write_day(self, day):
        """Return a day as it begins a sentence."""
        text = vietnamese.administrative_date(day) if day else "ngày … tháng … năm …"
        return text[:1].upper() + text[1:]

    def _get_campaign_text(self):
        return wording.campaign_text(self.campaign_id.name)

    def _get_attendant_names(self):
        """Return who was present for the unit, on one line."""
        lines = [line.strip(" -;.") for line in (self.attendants or "").splitlines()]
        return "; ".join(filter(None, lines))

    def _get_signatures(self):
        """Return who signs: both sides. Who signs for the unit writes the own name."""
        # sudo: hr.employee - the name only, for the signature
        signer = (self.signer_id or self.lead_id).sudo()
        return [
            ("Đại diện đơn vị được kiểm tra", ""),
            (self.signer_title or "Trưởng đoàn kiểm tra", signer.name or ""),
        ]

    def _lower_subject(self):
        """Return the subject as it follows "kiểm tra"; an abbreviation keeps its capitals."""
        text = self.subject or ""
        return text if text[1:2].isupper() else text[:1].lower() + text[1:]

    def _get_team_names(self):
        """Return the team, its head first with the post, for the record."""
        # sudo: hr.employee - name and post only
        lead = self.lead_id.sudo()
        others = [line.strip() for line in (self.team or "").splitlines()]
        head = ", ".join(filter(None, (lead.name, lead.job_title)))
        return [f"{head} (Trưởng đoàn)" if head else "…", *filter(None, others)]


class EmulationInspectionItem(models.Model):
    _name = "emulation.inspection.item"
    _description = "Point of a checklist"
    _inherit = "emulation.guard.mixin"
    _guard_parent = "inspection_id"
    _writable = {"draft": {"officer": {"inspection_id", "sequence", "name", "answer", "note"}}}
    _deletable = {"draft": "officer"}
    _order = "inspection_id, sequence, id"

    inspection_id = fields.Many2one("emulation.inspection", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="inspection_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Point", required=True)
    answer = fields.Selection(
        [("good", "In order"), ("partly", "Partly"), ("bad", "Not in order")], string="Result"
    )
    note = fields.Char(string="Remark")


RECORDED = Domain(
    "inspection_id", "any!", [("state", "=", "issued")]
)  # what a visit found counts once it is written


class EmulationInspectionFinding(models.Model):
    """What a visit found wanting: to be mended by a day, by the unit; followed until it is settled."""

    _name = "emulation.inspection.finding"
    _description = "Finding of an inspection"
    _inherit = ["emulation.verb.mixin", "emulation.search.mixin"]
    _search_key_fields = ("name", "department_id.name")
    _order = "deadline, id"
    _check_company_auto = True
    _verbs = FINDING_VERBS
    _turn_action = "hr_emulation.emulation_inspection_finding_action"
    _writable = {"open": {"officer": FOUND}}
    _deletable = {"open": "officer"}

    inspection_id = fields.Many2one("emulation.inspection", required=True, ondelete="cascade", index=True)
    campaign_id = fields.Many2one(
        related="inspection_id.campaign_id", store=True, precompute=True, index=True
    )
    company_id = fields.Many2one(related="inspection_id.company_id", store=True, precompute=True, index=True)
    department_id = fields.Many2one(
        related="inspection_id.department_id", store=True, precompute=True, index=True
    )
    inspection_state = fields.Selection(related="inspection_id.state", string="Visit")
    name = fields.Text(string="Finding", required=True)
    deadline = fields.Date(string="To be resolved by")
    state = fields.Selection(
        [("open", "To be resolved"), ("mended", "Resolved, to be looked at"), ("settled", "Settled")],
        default="open",
        required=True,
        copy=False,
        index=True,
    )
    reason = fields.Char(string="How it was resolved", copy=False, readonly=True)
    settled_on = fields.Date(string="Conclusion date", copy=False, readonly=True)
    days_overdue = fields.Integer(string="Overdue by (days)", compute="_compute_days_overdue")
    can_mend = fields.Boolean(compute="_compute_can")
    can_settle = fields.Boolean(compute="_compute_can")
    can_reopen = fields.Boolean(compute="_compute_can")

    def _get_fixed(self):
        """What the record of the visit says was found stays as it was signed; only its verbs go on."""
        # sudo: emulation.inspection - its state only
        recorded = self.sudo().filtered(lambda finding: finding.inspection_id.state != "draft")
        return dict.fromkeys(recorded._ids, frozenset(FOUND))

    @api.model
    def _get_late_domain(self, today):
        """What the unit says it has resolved waits for the officer: the unit is not late with it."""
        return Domain("state", "=", "open") & Domain("deadline", "<", today)

    @api.model
    def _get_other_turn_domain(self):
        """What a recorded visit found waits for the head of the unit until it says how it was resolved."""
        return Domain("state", "=", "open") & RECORDED & self._get_role_domain("owner")

    @api.model
    def _get_turn_domain(self, verb):
        return super()._get_turn_domain(verb) & RECORDED

    @api.depends("deadline", "state")
    def _compute_days_overdue(self):
        today = fields.Date.context_today(self)
        for finding in self:
            is_late = finding.state == "open" and finding.deadline and finding.deadline < today
            finding.days_overdue = (today - finding.deadline).days if is_late else 0

    def _get_printed_text(self):
        """Return what was found and the last day to mend it, as the record of the visit prints them."""
        text = points.end_sentence(self.name or "", "")
        if not self.deadline:
            return text
        return f"{text} (khắc phục chậm nhất ngày {vietnamese.short_date(self.deadline)})"

    def action_mend(self):
        """Say how it was mended."""
        return self._ask_reason("mend")

    def action_settle(self):
        return self._run_verb("settle")

    def action_reopen(self):
        return self._ask_reason("reopen")

    def _check_recorded(self, verb):
        """Return {id: reason}; what a visit found is followed up once its record is made."""
        text = self.env._("The record of the visit is not made yet.")
        # sudo: emulation.inspection - its state only
        early = self.sudo().filtered(lambda finding: finding.inspection_id.state != "issued")
        return {**dict.fromkeys(early._ids, text), **self._check_verb(verb)}

    def _get_cannot_mend_reason(self):
        return self._check_recorded("mend")

    def _get_cannot_settle_reason(self):
        return self._check_recorded("settle")

    def _get_cannot_reopen_reason(self):
        return self._check_verb("reopen")

    @api.private
    def _do_mend(self, reason):
        self._start("mend", reason)._finish("mend", reason, reason=reason)

    @api.private
    def _do_settle(self):
        self._start("settle")._finish("settle", settled_on=fields.Date.context_today(self))

    @api.private
    def _do_reopen(self, reason):
        self._start("reopen", reason)._finish("reopen", reason, reason=reason, settled_on=False)

    # ---------- Reminders ----------

    @api.model
    def _cron_remind(self):
        """Remind before and after the day of what visits found and nobody has resolved: the heads of the unit, and
        of the unit that follows the campaign up; without one, the officers.

        One mail a person, whatever the number of findings; a copy of the database tells nobody.
        """
        if self.env["emulation.installation"]._is_copy():
            return
        today = fields.Date.context_today(self)
        last = fields.Date.add(today, days=7)
        found = self.search(
            [("state", "=", "open"), ("inspection_id.state", "=", "issued"), ("deadline", "<=", last)]
        ).filtered(lambda finding: is_reminder_day(finding.deadline, today))
        mails = {}
        for finding, users in found._get_reminded().items():
            for partner in users.partner_id:
                mails.setdefault(partner, []).append(finding)
        self.env["mail.mail"].create([self._prepare_mail(partner, mine) for partner, mine in mails.items()])

    def _get_reminded(self):
        """Return {finding: users who see to it that it is resolved}; as many queries for many as for one."""
        standing = self.campaign_id.standing_unit_id
        heads = (self.department_id | standing)._get_emulation_led_by_unit()
        officers = {company: company._get_emulation_officers() for company in self.company_id}
        nobody = self.env["res.users"]
        return {
            finding: heads[finding.department_id.id]
            | (
                heads.get(finding.campaign_id.standing_unit_id.id, nobody)
                or officers.get(finding.company_id, nobody)
            )
            for finding in self
        }

    def _get_page(self, partner):
        """Return the address at which a person reads the finding: the portal's for an account without a desk."""
        if partner.partner_share:
            return f"/my/emulation/unit/inspections/{self.inspection_id.id}"
        return f"/odoo/emulation-findings/{self.id}"

    def _prepare_mail(self, partner, findings):
        env = self.with_context(lang=partner.lang).env
        today, news = fields.Date.context_today(self), self.env["emulation.news"]
        items = [
            Markup("%s (%s)%s")
            % (
                news._get_link(
                    finding._get_page(partner),
                    f"{finding.department_id.name}: {finding.name} – {finding.campaign_id.name}",
                ),
                f"{finding.deadline:%d/%m/%Y}",
                Markup(" <b>%s</b>") % env._("overdue") if finding.deadline < today else "",
            )
            for finding in findings
        ]
        subject = env._("Emulation: findings of inspections to be resolved")
        intro = env._("These findings of inspections are not resolved yet:")
        return prepare_list_mail(partner, subject, intro, items)
