import re
from datetime import date

from odoo import api, fields, models
from odoo.fields import Domain

from ...engine import report_forms, vietnamese, wording
from ...engine.initiative import REACH_NAMES
from ...engine.report_forms import SECTIONS
from ..mixin.labels import get_labels

MOST = 100


class EmulationAchievementReport(models.Model):
    """The achievement report of a dossier (báo cáo thành tích, Law 06/2022/QH15, Article 84), section by section.

    Which sections it has goes by the kind of commendation (``engine/report_forms.py``). Begun with what the registers
    hold of the recipient; written by the proposer while the dossier is a draft and closed with it, so that whatever is
    printed later is what was handed in.
    """

    _name = "emulation.achievement.report"
    _description = "Achievement report"
    _inherit = ["emulation.guard.mixin"]
    _guard_parent = "commendation_id"
    _writable = {"draft": {"proposer officer": {"commendation_id", *SECTIONS}}}
    _deletable = {"draft": "proposer officer"}
    _rec_name = "commendation_id"
    _check_company_auto = True

    commendation_id = fields.Many2one(
        "emulation.commendation", required=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(related="commendation_id.company_id", store=True, index=True)
    report_form = fields.Selection(
        [
            ("merit", "Merit"),
            ("thematic", "Thematic"),
            ("ad_hoc", "Ad hoc"),
            ("career", "Career contribution"),
            ("foreigner", "External affairs"),
            ("hero", "Hero"),
        ],
        string="Form of the report",
        compute="_compute_report_form",
        help="By the kind of commendation and the award.",
    )
    sections = fields.Char(compute="_compute_report_form", help="What the report has to speak of.")
    kept_sections = fields.Char(
        string="Kept, not printed",
        compute="_compute_kept_sections",
        help="Sections that were written for another kind of report.",
    )
    background = fields.Text(
        string="Outline of the person or unit", help="Who the person is, or what the unit is."
    )
    duties = fields.Text(help="What the person or unit has to do.")
    career = fields.Text(string="Posts held", help="From when to when, with the decisions.")
    results = fields.Text(help="What was achieved, with figures.")
    initiatives = fields.Text(string="Initiatives and projects")
    influence = fields.Text(string="Example to others", help="Whom it helped or moved, how far it was known.")
    ratings = fields.Text(string="Yearly ratings")
    awards = fields.Text(string="Earlier awards", help="With number and date of each decision.")
    discipline = fields.Text(help="Disciplines in the time that counts, or none.")
    is_written = fields.Boolean(
        string="Written", compute="_compute_is_written", store=True, help="The results are described."
    )

    _commendation_uniq = models.Constraint(
        "UNIQUE (commendation_id)", "This dossier has an achievement report already."
    )

    @api.depends("results")
    def _compute_is_written(self):
        for report in self:
            report.is_written = bool((report.results or "").strip())

    @api.depends("commendation_id.commendation_type", "commendation_id.award_id")
    def _compute_report_form(self):
        for report in self:
            report.report_form = self._choose_form(report.commendation_id)
            report.sections = " ".join(report._get_headings())

    @api.depends("sections", *SECTIONS)
    def _compute_kept_sections(self):
        for report in self:
            report.kept_sections = " ".join(report._get_kept())

    @api.private
    def _get_kept(self):
        """Return {section: text} of what was written in sections that this kind of report does not have.

        What the registers hold is written again whenever it is needed, so it is left out.
        """
        self.ensure_one()
        headings = self._get_headings()
        kept = {name: self[name] for name in SECTIONS if name not in headings and (self[name] or "").strip()}
        record = self.commendation_id._origin
        begun = self._get_beginnings(record, with_ratings=True) if kept and record else {}
        return {name: text for name, text in kept.items() if text.strip() != (begun.get(name) or "").strip()}

    @api.model
    def _choose_form(self, commendation):
        # sudo: the dossier - its award and the country of its recipient, to choose the form
        record = commendation.sudo()
        is_foreign = self.env["emulation.award.rule"]._is_foreign(record._get_recipient())
        return report_forms.choose_form(record.commendation_type, record.award_id.code, is_foreign)

    # ------------------------------------------------------------------
    # Begun from the registers
    # ------------------------------------------------------------------

    @api.model
    @api.private
    def _begin(self, commendation, with_ratings=True):
        """Return the report of a draft, made with what the registers say if there is none yet.

        :param bool with_ratings: ratings are between a person and those who lead it; a colleague does not see them
        """
        found = commendation.report_ids[:1]
        return found or self.create(
            {"commendation_id": commendation.id, **self._get_beginnings(commendation, with_ratings)}
        )

    @api.model
    def _get_beginnings(self, commendation, with_ratings):
        """Return {section: text} from posts, initiatives, ratings and awards on record."""
        # sudo: the registers named - what they hold of the recipient of this proposal
        record = commendation.sudo().with_context(lang="vi_VN")
        posts = self._list_posts(record)
        told_apart = self._choose_form(record) == "career"
        return {
            "background": "\n".join(filter(None, (self._get_background(record), not told_apart and posts))),
            "career": posts,
            "initiatives": self._list_initiatives(record),
            "ratings": self._list_ratings(record) if with_ratings else False,
            "awards": self._list_awards(record),
        }

    @api.model
    def _get_background(self, record):
        lines = [record._get_recipient_name()]
        if record.employee_id:
            values = record._prepare_snapshot(
                record._get_employee_versions(record.period_to or fields.Date.context_today(record))
            )
            lines.append(", ".join(filter(None, (values.get("position_name"), values.get("unit_name")))))
        return "\n".join(filter(None, lines))

    @api.model
    def _list_posts(self, record):
        if not record.employee_id:
            return False
        posts = record.env["emulation.post"].search(
            [("employee_id", "=", record.employee_id.id)], order="date_from, id", limit=MOST
        )
        return "\n".join(map(self._get_post_line, posts)) or False

    @api.model
    def _get_post_line(self, post):
        until = f"đến {_day(post.date_to)}" if post.date_to else "đến nay"
        decision = f" ({post.label})" if post.label else ""
        return f"- Từ {_day(post.date_from)} {until}: {post.name}{decision}"

    @api.model
    def _list_initiatives(self, record):
        domain = Domain("recipient_key", "=", record.recipient_key) & Domain("state", "=", "recognised")
        domain &= Domain("kind", "!=", "achievement")
        found = record.env["emulation.achievement"].search(domain, limit=MOST)
        return _list_lines(
            (
                item.name,
                f"phạm vi ảnh hưởng: {REACH_NAMES[item.reach]}" if item.reach else "",
                item.recognition_number
                and f"{item.recognition_number}"
                + (f" ngày {_day(item.recognition_date)}" if item.recognition_date else ""),
            )
            for item in found
        )

    @api.model
    def _list_ratings(self, record):
        found = record.env["emulation.rating"].search(
            [("recipient_key", "=", record.recipient_key)], order="year desc", limit=MOST
        )
        levels = get_labels(found, "rating")
        return _list_lines(
            (f"Năm {item.year}: {levels[item.rating]}", _drop_file_name(item.source)) for item in found
        )

    @api.model
    def _list_awards(self, record):
        """Return the awards granted before, with number, date and issuer of each decision."""
        domain = Domain("recipient_key", "=", record.recipient_key) & Domain("state", "=", "granted")
        domain &= Domain("id", "!=", record.id)
        found = record.env["emulation.commendation"].search(domain, order="granted_date, id", limit=MOST)
        return _list_lines(
            (
                f"{item.granted_date.year}: {item.award_id.official_name}"
                if item.granted_date
                else item.award_id.official_name,
                self._get_decision_words(item),
            )
            for item in found
        )

    @api.model
    def _get_decision_words(self, item):
        decision = item.decision_id
        if not decision:
            return item.external_decision or ""
        number = decision._get_document_number()
        if not number:
            return ""
        return f"Quyết định số {number} ngày {_day(decision.issue_date)} của {decision._get_issuer_name()}"

    # ------------------------------------------------------------------
    # Printed
    # ------------------------------------------------------------------

    @api.private
    def _get_sections(self):
        """Return [{heading, lines}] as printed; what is empty reads "Không"."""
        self.ensure_one()
        return [
            {"heading": heading, "lines": self._get_section_lines(name) or ["Không."]}
            for name, heading in self._get_headings().items()
        ]

    def _get_section_lines(self, name):
        lines = _get_lines(self[name])
        # The background is begun with the name, which stands above all sections already.
        is_named = (
            name == "background" and lines and _is_same(lines[0], self.commendation_id._get_recipient_name())
        )
        return lines[1:] if is_named else lines

    def _get_summary_lines(self):
        """Return the summary, unless a section says the same: who writes both often copies one into the other."""
        summary = self.commendation_id.summary
        is_said = any(_is_same(summary, self[name]) for name in self._get_headings())
        return [] if is_said else _get_lines(summary)

    @api.private
    def _get_headings(self):
        """Return {section: heading as printed} of the sections this report has."""
        self.ensure_one()
        return report_forms.get_headings(self.report_form, self.commendation_id.subject == "individual")

    @api.private
    def _get_printed_values(self):
        """Return what the printed form says around the sections."""
        self.ensure_one()
        record = self.commendation_id
        company = self.company_id
        signed = (
            fields.Datetime.context_timestamp(record, record.submitted_on) if record.submitted_on else None
        )
        day = vietnamese.administrative_date(signed.date()) if signed else "ngày … tháng … năm …"
        return {
            "style": self.env["ir.actions.report"]._get_lean_style("document"),
            "is_state_body": company.emulation_is_state_body,
            "parent_agency": wording.keep_place(company.name),
            "agency": wording.keep_place(record.unit_name or record.unit_id.name or company.name),
            "award": record._get_printed_awards()[record],
            "recipient": record._get_recipient_name(),
            "period": record._get_period_text(),
            "summary": self._get_summary_lines(),
            "place_date": ", ".join(filter(None, (company.city, day))),
            "is_draft": record.state == "draft",
            "is_person": record.subject == "individual",
        }

    @api.private
    def _get_pdf(self):
        """Return the printed form as PDF."""
        report = self.env["ir.actions.report"].with_context(lang="vi_VN")
        return report._render_qweb_pdf("hr_emulation.action_report_achievement_report", self.ids)[0]

    @api.private
    def _get_word(self):
        """Return the printed form as a Word file."""
        self.ensure_one()
        reports = self.env["ir.actions.report"].with_context(lang="vi_VN")
        return reports._build_word("achievement_report", self.id)[1]

    def action_print(self):
        """Print the report."""
        self.ensure_one()
        self.check_access("read")
        report = self.env.ref("hr_emulation.action_report_achievement_report")
        return report.report_action(self, config=False)

    def action_download_word(self):
        """Download the report as a Word file."""
        self.check_access("read")
        return self.env["ir.actions.report"]._get_word_action("achievement_report", self)


def _day(value):
    return vietnamese.short_date(value) if isinstance(value, date) else ""


def _get_lines(text):
    return [line for line in (text or "").splitlines() if line.strip()]


def _is_same(text, other):
    """Return whether two texts say the same; spaces, capitals and a full stop at the end make no other text."""
    first, second = (" ".join((one or "").split()).rstrip(".").casefold() for one in (text, other))
    return first == second


def _drop_file_name(source):
    """Return where a rating comes from, if it is more than the name of the list it was read from."""
    return "" if re.search(r"\.[a-z]{3,4}$", source or "", re.I) else source or ""


def _list_lines(rows):
    """Return rows of parts as lines of a list, a dash before each; False for none."""
    return "\n".join(f"- {', '.join(filter(None, row))}" for row in rows) or False
