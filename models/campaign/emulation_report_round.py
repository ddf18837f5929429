from markupsafe import Markup, escape
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.translate import LazyTranslate

from ...engine import periods, points, vietnamese, wording
from ...engine.deadlines import is_reminder_day
from ..mixin.emulation_document_mixin import FRAME
from ..mixin.list_mail import prepare_list_mail
from ..mixin.verb import Verb
from . import asking, leaving

_lt = LazyTranslate(__name__)

RECEIVED = ("submitted", "accepted")  # of the reports
DECIDERS = {"officer": None, "stand_in": None}
VERBS = {
    "open": Verb(
        ("draft", "open"),
        "open",
        DECIDERS,
        _lt("Ask for the reports"),
        checks=("_check_running", "_check_units"),
        also="the campaign has not ended; units are named, or agencies below are asked; opened again, it asks those "
        "added since",
    ),
    "issue": Verb(
        ("open",),
        "issued",
        DECIDERS,
        _lt("Issue the summary"),
        checks=("_check_summary",),
        also="the summary is written and signed for",
    ),
}
CONTENT = {
    *("name", "campaign_id", "kind", "date_from", "date_to", "due_date", "template_id", "unit_ids"),
    *("asks_below", "late_policy", "grace_days"),
}
# What the agency above asked for stays as it asked.
ASKED = frozenset({"campaign_id", "kind", "date_from", "date_to"})
SUMMARY = {"summary", "addressee"}
KINDS = [
    ("month", "Month"),
    ("quarter", "Quarter"),
    ("half_year", "Half-year"),
    ("year", "Year"),
    ("ad_hoc", "One-off"),
    ("plan", "Plan of the unit"),
]


class EmulationReportRound(models.Model):
    """One period for which units report on a campaign, or hand in their plan; its summary is this document.

    Law 06/2022/QH15, Article 17; each unit owes one report (``emulation.unit.report``).
    """

    _name = "emulation.report.round"
    _description = "Round of unit reports"
    _inherit = "emulation.issued.document.mixin"
    _search_key_fields = ("name", "campaign_id.name", "number", "symbol", "abstract")
    _order = "due_date desc, id desc"
    _rec_name = "name"
    _symbol_kind = "BC"
    _number_series = "report"
    _document_report = "round"
    _verbs = VERBS
    _begun_in = "campaign_id"
    _writable = {
        "draft": {"officer": CONTENT | SUMMARY},
        "open": {
            "officer": FRAME
            | SUMMARY
            | {"unit_ids", "asks_below", "due_date", "late_policy", "grace_days"}
            | {"word_copy", "word_copy_name", "signed_copy", "signed_copy_name"},
            "head": SUMMARY,
        },
    }

    state = fields.Selection(
        selection_add=[("draft",), ("open", "Reports asked for"), ("issued", "Summary issued")],
        ondelete={"open": "set default"},
    )
    name = fields.Char(required=True)
    campaign_id = fields.Many2one(
        "emulation.campaign", required=True, ondelete="restrict", index=True, check_company=True
    )
    kind = fields.Selection(KINDS, default="quarter", required=True)
    date_from = fields.Date(string="From date", required=True)
    date_to = fields.Date(string="To date", required=True)
    due_date = fields.Date(string="Due date", required=True, tracking=True)
    late_policy = fields.Selection(
        [("mark", "Taken and marked as late"), ("refuse", "Not taken any more")],
        string="After a deadline",
        default="mark",
        required=True,
        help="Not taken: an officer may give one unit longer, with a reason.",
    )
    grace_days = fields.Integer(
        string="Days late reports are taken",
        help="Days after the due day on which a report is still taken, marked as late.",
    )
    template_id = fields.Many2one(
        "emulation.report.template", string="Outline", check_company=True, ondelete="restrict"
    )
    unit_ids = fields.Many2many("hr.department", string="Units asked", check_company=True)
    report_ids = fields.One2many("emulation.unit.report", "round_id", string="Reports of the units")
    report_count = fields.Integer(string="Asked", compute="_compute_counts")
    received_count = fields.Integer(string="Received", compute="_compute_counts")
    late_count = fields.Integer(string="Handed in late", compute="_compute_counts")
    overdue_count = fields.Integer(string="Still owed", compute="_compute_counts")
    received_share = fields.Float(string="Received (%)", compute="_compute_counts")
    summary = fields.Text(help="Drafted from what the units wrote; yours to finish.")
    recipient_lines = fields.Text(default="Các đơn vị báo cáo\nLưu: VT, TĐKT")
    addressee = fields.Char(string="Report to", help="Printed after “Kính gửi”.")
    # Agencies below: each has a round of its own, and the summary of it is its report here.
    asks_below = fields.Boolean(
        string="Ask the agencies below",
        help="Those to which the campaign was handed down; each sums up its own units and reports by the due day.",
    )
    parent_id = fields.Many2one(
        "emulation.report.round",
        string="Asked for by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    below_ids = fields.One2many(
        "emulation.report.round", "parent_id", string="Reports of the agencies below", readonly=True
    )
    agency_name = fields.Char(
        string="Agency", compute="_compute_agency_name", compute_sudo=True, help="Whose report it is."
    )
    asking_name = fields.Char(
        string="Asked for by the agency", compute="_compute_agency_name", compute_sudo=True
    )
    asked_until = fields.Date(string="To be sent up by", readonly=True, copy=False)
    days_late = fields.Integer(
        string="Days late", compute="_compute_days_late", help="Until it was sent up, or until today."
    )
    below_text = fields.Char(string="Agencies that owe", compute="_compute_below_text")
    can_open = fields.Boolean(compute="_compute_can")
    can_ask_more = fields.Boolean(compute="_compute_can_ask_more")
    can_issue = fields.Boolean(compute="_compute_can")
    can_summarise = fields.Boolean(compute="_compute_can_summarise")

    _grace_not_negative = models.Constraint("CHECK (grace_days >= 0)", "A number cannot be negative.")
    _period_in_order = models.Constraint("CHECK (date_to >= date_from)", "It cannot end before it starts.")

    @api.depends("can_open", "state", "asks_below", "unit_ids", "report_ids.department_id")
    @api.depends_context("uid")
    def _compute_can_ask_more(self):
        """Opened again, a round asks the units named since; which agencies below are new is found when it asks."""
        for record in self:
            is_open = record.can_open and record.state == "open"
            has_new = is_open and (record.asks_below or record.unit_ids - record.report_ids.department_id)
            record.can_ask_more = bool(has_new)

    @api.depends("report_ids.state", "report_ids.is_late", "report_ids.due_date")
    def _compute_counts(self):
        today = fields.Date.context_today(self)
        rows = self.env["emulation.unit.report"]._read_group(
            [("round_id", "in", self.ids)], ["round_id", "state", "is_late", "due_date:day"], ["__count"]
        )
        for record in self:
            mine = [row[1:] for row in rows if row[0] == record]
            record.report_count = total = sum(count for state, *_rest, count in mine if state != "stopped")
            record.received_count = sum(count for state, _late, _due, count in mine if state in RECEIVED)
            record.late_count = sum(count for state, late, _due, count in mine if late and state in RECEIVED)
            record.overdue_count = sum(
                count for state, _late, due, count in mine if state == "owed" and due < today
            )
            record.received_share = 100 * record.received_count / total if total else 0

    @api.depends("company_id.name", "parent_id.company_id.name")
    def _compute_agency_name(self):
        for record in self:
            record.agency_name = record.company_id.name
            record.asking_name = record.parent_id.company_id.name

    @api.depends("asked_until", "state", "issue_date")
    def _compute_days_late(self):
        today = fields.Date.context_today(self)
        for record in self:
            day = record.issue_date if record.state == "issued" else today
            record.days_late = (
                periods.get_days_late(record.asked_until, day) if record.asked_until and day else 0
            )

    @api.depends("below_ids.state")
    def _compute_below_text(self):
        for record in self:
            owing = record.below_ids.filtered(lambda below: below.state != "issued")
            record.below_text = ", ".join(owing.mapped("agency_name"))

    def write(self, vals):
        """A due day that is moved holds for all who still owe and were not given longer, for agencies below too."""
        before = {record: record.due_date for record in self} if "due_date" in vals else {}
        result = super().write(vals)
        for record, day in before.items():
            # sudo: emulation.unit.report, emulation.report.round - what is asked moves with who asks for it
            asked = record.sudo()
            owed = asked.report_ids.filtered(
                lambda report, day=day: report.state == "owed" and report.due_date == day
            )
            owed._write_protected({"due_date": record.due_date})
            below = asked.below_ids.filtered(lambda below: below.state != "issued")
            below._write_protected({"asked_until": record.due_date})
        return result

    # ---------- Whose it is ----------

    @api.model
    def _get_role_fields(self):
        return super()._get_role_fields() | {"campaign_id"}

    def _get_acting_unit_id(self):
        """The head of the standing unit of the campaign sums up what units report, as the campaign says."""
        return self.campaign_id.standing_unit_id.id

    @api.depends("state", "campaign_id.standing_unit_id")
    @api.depends_context("uid")
    def _compute_can_summarise(self):
        roles = self._get_roles()
        for record in self:
            able = roles.get(record.id, frozenset()) & {"officer", "head"}
            record.can_summarise = bool(record.state == "open" and able)

    def _get_fixed(self):
        """What the agency above asked for is neither changed nor thrown away by the one that owes it."""
        # sudo: emulation.report.round - whether somebody asked for it
        asked = self.sudo().filtered("parent_id")
        return dict.fromkeys(asked._ids, ASKED)

    # ---------- Verbs ----------

    def action_open(self):
        """Ask every unit named for its report."""
        return self._run_verb("open")

    def action_issue(self):
        """Number, date and store the summary."""
        return self._run_verb("issue")

    def _get_cannot_open_reason(self):
        return self._check_verb("open")

    def _get_cannot_issue_reason(self):
        return self._check_verb("issue")

    def _check_running(self):
        """Return {id: reason} where the campaign is over: nobody is asked any more."""
        text = self.env._("The campaign has ended.")
        return dict.fromkeys(self._get_over("campaign_id")._ids, text)

    def _check_units(self):
        """Return {id: reason} where nobody would be asked."""
        reasons = {}
        for record in self:
            if record.asks_below and not record._find_campaigns_below():
                reasons[record.id] = self.env._("Hand the campaign down to the agencies below first.")
            elif not record.unit_ids and not record.asks_below:
                reasons[record.id] = self.env._("Name the units that are to report.")
        return reasons

    def _find_campaigns_below(self):
        """Return the campaigns of other agencies to which this one was handed down, running or ended."""
        # sudo: emulation.campaign - of agencies below; only whether and to whom it was handed down
        return self.campaign_id.sudo().child_ids.filtered(
            lambda child: (
                child.company_id != self.company_id
                and not child.owner_unit_id
                and child.is_handed_down
                and child.state in ("launched", "closed")
            )
        )

    def _check_summary(self):
        text = self.env._("Write the summary, its subject and who signs it first.")
        return {
            record.id: text
            for record in self
            if not (record.summary and record.signer_id and (record.abstract or record.name))
        }

    @api.private
    def _do_open(self):
        """Create what units owe, all at once; called again, it asks the units added since."""
        if not self:
            return
        self._start("open")._finish("open")
        # sudo: units of the agency - named on the round
        rounds = self.sudo()
        left = leaving.find_left(rounds)
        asked = [
            (record, unit)
            for record in rounds
            for unit in record.unit_ids - record.report_ids.department_id
            if (record.campaign_id, unit) not in left
        ]
        reports = self.env["emulation.unit.report"]._create_protected(
            [
                {
                    "round_id": record.id,
                    "department_id": unit.id,
                    "due_date": record.due_date,
                    "line_ids": [Command.create(values) for values in record.template_id._get_asked()],
                }
                for record, unit in asked
            ]
        )
        today = fields.Date.context_today(self)
        reports.filtered(lambda report: report.round_id.date_to <= today)._prefill()
        rounds._ask_below()

    def _ask_below(self):
        """Give every agency the campaign was handed down to a round of its own, in draft: its officers name the units
        they ask; they are told.
        """
        known = {(below.parent_id, below.campaign_id) for below in self.below_ids}
        outline = self.env["emulation.report.template"]
        asked = [
            (record, campaign)
            for record in self.filtered("asks_below")
            for campaign in record._find_campaigns_below()
            if (record, campaign) not in known
        ]
        outlines = self.template_id._hand_down(
            {(record.template_id, campaign.company_id) for record, campaign in asked if record.template_id}
        )
        created = self._create_protected(
            [
                {
                    "name": record.name,
                    "template_id": outlines.get((record.template_id, campaign.company_id), outline).id,
                    "parent_id": record.id,
                    "campaign_id": campaign.id,
                    "company_id": campaign.company_id.id,
                    "place": campaign.company_id.city,
                    "addressee": record.company_id.name,
                    "asked_until": record.due_date,
                    **{name: record[name] for name in ("kind", "date_from", "date_to", "due_date")},
                }
                for record, campaign in asked
            ]
        )
        asking.ask_officers(
            self.env._("The agency above asks for a report"),
            {below: escape(f"{below.name} – {below.asking_name}") for below in created},
        )

    @api.private
    def _do_issue(self):
        for record in self._start("issue"):
            record._write_protected(
                {
                    "issue_date": record.issue_date or fields.Date.context_today(self),
                    "abstract": record.abstract or record._get_title(),
                }
            )
            record._with_seal()._take_number()
            record._finish("issue")
            record._write_protected(record._store_document_pdf())

    # ---------- The summary ----------

    def action_draft_summary(self):
        """Write the summary from what units and agencies below handed in; a text that is there is not thrown away.

        Officers do, and the head of the unit that follows the campaign up.
        """
        self._check_writable(["summary"])
        for record in self:
            if record.summary:
                raise UserError(self.env._("There is a summary already. Empty it first to draft it anew."))
            record.summary = record._get_draft()

    def _get_draft(self):
        """Return what the units wrote, question by question, in Vietnamese as all documents."""
        lines = self.env["emulation.unit.report.line"].search(
            [
                ("report_id.round_id", "=", self.id),
                ("report_id.state", "in", RECEIVED),
                ("target_id", "=", False),
            ],
            order="sequence, id",
        )
        parts = self._get_parts_below()
        for name, found in lines.grouped("name").items():
            texts = [
                f"- {line.report_id.unit_name}: {line._get_answer()}" for line in found if line._get_answer()
            ]
            if given := found.filtered("is_given"):
                total = given[:1]._write_figure(sum(given.mapped("figure")))
                texts.insert(0, f"Tổng cộng: {total}")
            if texts:
                parts.append("\n".join([f"{name}", *texts]))
        return "\n\n".join(parts)

    def _get_parts_below(self):
        """Return what the agencies below reported, each under its name and the number of its report."""
        # sudo: emulation.report.round - reports sent up to this agency
        sent = self.sudo().below_ids.filtered(lambda below: below.state == "issued")
        return [
            f"{below.agency_name} (Báo cáo số {below._get_document_number()})\n{below.summary}"
            for below in sent.sorted("agency_name")
        ]

    def _get_title(self):
        return f"Tổng hợp {points.inside_sentence(self.name)}"

    def _get_campaign_text(self):
        return wording.campaign_text(self.campaign_id.name)

    def _write_day(self, day):
        return vietnamese.administrative_date(day)

    def _get_state_sentence(self):
        """Return who handed in and who did not, as the summary says it."""
        reports = self.report_ids.filtered(lambda report: report.state != "stopped").sorted("unit_name")
        received = reports.filtered(lambda report: report.state in RECEIVED)
        late = received.filtered("is_late")
        if below := self._get_below_sentence():
            return below if not reports else f"{self._get_units_sentence(reports, received, late)} {below}"
        return self._get_units_sentence(reports, received, late)

    def _get_below_sentence(self):
        """Return which agencies below sent their report; empty where none was asked."""
        # sudo: emulation.report.round - reports sent up to this agency
        asked = self.sudo().below_ids.sorted("agency_name")
        if not asked:
            return ""
        owing = asked.filtered(lambda below: below.state != "issued")
        late = (asked - owing).filtered("days_late")
        text = f"Có {len(asked):02d} cơ quan cấp dưới được yêu cầu báo cáo; đã nhận {len(asked - owing):02d} báo cáo"
        text += f", trong đó {len(late):02d} báo cáo gửi muộn." if late else "."
        return f"{text} Chưa gửi: {', '.join(owing.mapped('agency_name'))}." if owing else text

    def _get_units_sentence(self, reports, received, late):
        missing = reports - received
        text = f"Có {len(reports):02d} đơn vị được yêu cầu báo cáo; "
        text += f"đã nhận {len(received):02d} báo cáo" if received else "chưa nhận được báo cáo nào"
        in_time = ", đúng thời hạn." if received else "."
        text += f", trong đó {len(late):02d} báo cáo nộp muộn." if late else in_time
        if missing:
            text += f" Chưa nộp: {', '.join(missing.mapped('unit_name'))}."
        return text

    def _get_target_lines(self):
        """Return the figures of targets that the units reported, by target and unit."""
        lines = self.report_ids.filtered(lambda report: report.state in RECEIVED).line_ids
        return lines.filtered("target_id").sorted(lambda line: (line.name, line.report_id.unit_name or ""))

    def action_view_reports(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("hr_emulation.emulation_unit_report_action")
        return {**action, "domain": [("round_id", "=", self.id)], "context": {}}

    # ---------- Reminders ----------

    @api.model
    def _cron_remind(self):
        """Fill in figures of periods that ended; remind units before and after the day, tell officers who owes.

        One mail a person, whatever the number of reports; a copy of the database tells nobody.
        """
        reports = self.env["emulation.unit.report"]
        reports._prefill_ended()
        if self.env["emulation.installation"]._is_copy():
            return
        today = fields.Date.context_today(self)
        last = fields.Date.add(today, days=7)
        owed = reports.search(
            [
                *(("state", "=", "owed"), ("round_id.state", "=", "open"), ("due_date", "<=", last)),
                ("campaign_id.state", "!=", "cancelled"),
            ]
        ).filtered(lambda report: is_reminder_day(report.due_date, today))
        mails = {}
        heads = owed.department_id._get_emulation_led_by_unit()
        officers = {company: company._get_emulation_officers().partner_id for company in owed.company_id}
        for report in owed:
            for partner in heads[report.department_id.id].partner_id:
                mails.setdefault((partner, False), []).append(report)
            if report.due_date < today:
                for partner in officers[report.company_id]:
                    mails.setdefault((partner, True), []).append(report)
        self.env["mail.mail"].create(
            [self._prepare_mail(partner, found, is_officer) for (partner, is_officer), found in mails.items()]
            + self._prepare_mails_below(today, last)
        )

    @api.model
    def _prepare_mails_below(self, today, last):
        """Return the mails on reports asked for by an agency above: to who owes, and to who waits once it is late."""
        owed = self.search(
            [
                ("parent_id", "!=", False),
                ("state", "in", ("draft", "open")),
                ("asked_until", "<=", last),
                ("campaign_id.state", "!=", "cancelled"),
            ]
        ).filtered(lambda record: is_reminder_day(record.asked_until, today))
        agencies = owed.company_id | owed.parent_id.company_id
        officers = {company: company._get_emulation_officers().partner_id for company in agencies}
        mails = {}
        for record in owed:
            for partner in officers[record.company_id]:
                mails.setdefault((partner, False), []).append(record)
            if record.asked_until < today:
                for partner in officers[record.parent_id.company_id]:
                    mails.setdefault((partner, True), []).append(record.parent_id)
        return [
            self._prepare_mail_below(partner, dict.fromkeys(found), is_above)
            for (partner, is_above), found in mails.items()
        ]

    def _prepare_mail_below(self, partner, records, is_above):
        env = self.with_context(lang=partner.lang).env
        intro = (
            env._("These agencies have not sent their report:")
            if is_above
            else env._("The agency above waits for these reports:")
        )
        items = [
            Markup("%s (%s)")
            % (
                self.env["emulation.news"]._get_link(
                    f"/odoo/emulation.report.round/{record.id}",
                    f"{record.below_text}: {record.name}"
                    if is_above
                    else f"{record.asking_name}: {record.name}",
                ),
                f"{(record.due_date if is_above else record.asked_until):%d/%m/%Y}",
            )
            for record in records
        ]
        return prepare_list_mail(partner, env._("Emulation: reports of agencies due"), intro, items)

    def _prepare_mail(self, partner, reports, is_officer):
        env = self.with_context(lang=partner.lang).env
        news = self.env["emulation.news"]
        intro = (
            env._("These units have not handed in their report:")
            if is_officer
            else env._("These reports of your unit are due:")
        )
        items = [
            Markup("%s (%s)")
            % (
                news._get_link(
                    f"/odoo/emulation.unit.report/{report.id}"
                    if is_officer
                    else f"/my/emulation/unit/reports/{report.id}",
                    f"{report.unit_name}: {report.round_id.name} – {report.round_id.campaign_id.name}",
                ),
                f"{report.due_date:%d/%m/%Y}",
            )
            for report in reports
        ]
        return prepare_list_mail(partner, env._("Emulation: unit reports due"), intro, items)
