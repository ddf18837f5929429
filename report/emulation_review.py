from markupsafe import Markup, escape
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import formatLang

from ..engine import vietnamese

NAMES = {"interim": "sơ kết", "final": "tổng kết"}
STATES = ("draft", "submitted", "verified", "confirmed")
STATE_STYLES = {
    "draft": "text-bg-secondary",
    "submitted": "text-bg-info",
    "verified": "text-bg-warning",
    "confirmed": "text-bg-success",
}
# Past proposals that came to nothing are not reported.
PROPOSED_STATES = ("submitted", "endorsed", "appraised", "voted", "forwarded", "granted")
SHOWN = 10


class EmulationReview(models.Model):
    """What the report of a round says, and the same figures at a glance on the screen.

    Words of the document are Vietnamese by law (Decree 30/2020), whatever the user's language. Every figure is
    one query, however many took part.
    """

    _inherit = "emulation.review"

    glance_html = fields.Html(string="Units at a glance", compute="_compute_glance_html", sanitize=False)

    @api.depends("evaluation_ids.state", "evaluation_ids.final_total")
    def _compute_glance_html(self):
        labels = dict(self.env["emulation.evaluation"]._fields["state"]._description_selection(self.env))
        for review in self:
            rows = [review._get_glance_row(unit, labels) for unit in review._get_units()] if review.id else []
            review.glance_html = review._get_glance_table(rows, labels) if rows else False

    def _get_glance_table(self, rows, labels):
        """Return the table, its heading explaining the colours."""
        legend = Markup(" ").join(
            Markup('<span class="badge %s">%s</span>') % (STATE_STYLES[state], labels[state])
            for state in STATES
        )
        heading = (self.env._("Unit"), legend, self.env._("Confirmed"), self.env._("Mean"))
        return Markup(
            '<div class="table-responsive"><table class="table table-sm o_emulation_glance"><thead><tr><th>%s</th>'
            '<th>%s</th><th class="text-end">%s</th><th class="text-end">%s</th></tr></thead><tbody>%s</tbody></table>'
            "</div>"
        ) % (*heading, Markup("").join(rows))

    def _get_glance_row(self, unit, labels):
        """Return a bar of one unit: what part of its sheets has come how far."""
        parts = Markup("").join(
            Markup('<div class="progress-bar %s" style="width: %s%%" title="%s">%s</div>')
            % (
                STATE_STYLES[state],
                round(100 * unit[state] / unit["count"], 2),
                f"{labels[state]}: {unit[state]}",
                unit[state],
            )
            for state in STATES
            if unit[state]
        )
        bar = Markup('<div class="progress" style="height: 1.25rem">%s</div>') % parts
        mean = formatLang(self.env, unit["mean"], digits=2) if unit["confirmed"] else "–"
        cells = (
            (unit["name"] or self.env._("Without a unit"), ""),
            (bar, "w-50"),
            (f"{unit['confirmed']}/{unit['count']}", "text-end text-nowrap"),
            (mean, "text-end"),
        )
        return Markup("<tr>%s</tr>") % Markup("").join(
            Markup('<td class="%s">%s</td>') % (style, escape(text)) for text, style in cells
        )

    # ---------- Figures ----------

    def _get_units(self):
        """Return one row a unit: name, sheets by state, mean of the final points; by name, as Vietnamese sort."""
        self.ensure_one()
        rows = self.env["emulation.evaluation"]._read_group(
            [("review_id", "=", self.id)], ["unit_id", "state"], ["__count", "final_total:sum"]
        )
        units = {}
        for unit, state, count, total in rows:
            # sudo: hr.department - the name only, printed for everybody
            name = unit.sudo().name or ""
            row = units.setdefault(unit.id, {"name": name, "mean": 0, **dict.fromkeys(STATES, 0)})
            row[state] = count
            if state == "confirmed":
                row["mean"] = round(total / count, 2)
        for row in units.values():
            row["count"] = sum(row[state] for state in STATES)
        return sorted(units.values(), key=lambda row: vietnamese.collation_key(row["name"]))

    def _get_grades(self):
        """Return [(grade, people, units)] of the confirmed sheets, the best first, then those without a grade.

        People and units are scored by different sets; grades of the same name are one.
        """
        rows = self.env["emulation.evaluation"]._read_group(
            [("review_id", "=", self.id), ("state", "=", "confirmed")],
            ["grade_id"],
            ["__count", "employee_id:count_distinct", "department_id:count_distinct"],
        )
        found = {}
        for grade, _count, people, units in sorted(rows, key=lambda row: -row[0].min_points if row[0] else 1):
            counts = found.setdefault(grade.name or "Chưa xếp loại", [0, 0])
            counts[0] += people
            counts[1] += units
        return [(name, *counts) for name, counts in found.items()]

    def _get_participation_counts(self):
        """Return {(subject, state): count} of the campaign's registrations."""
        groups = self.env["emulation.participation"]._read_group(
            [("campaign_id", "=", self.campaign_id.id)], ["subject", "state"], ["__count"]
        )
        return {(subject, state): count for subject, state, count in groups}

    def _get_proposals(self):
        """Return [(award, proposed, granted)] of the campaign, in the order of the catalogue."""
        self.check_access("write")
        # sudo: emulation.commendation - numbers by award only, of all proposers
        groups = (
            self.env["emulation.commendation"]
            .sudo()
            ._read_group(
                Domain("campaign_id", "=", self.campaign_id.id)
                & Domain("state", "in", PROPOSED_STATES)
                & (Domain("period_to", "=", False) | Domain("period_to", "<=", self.date_to)),
                ["award_id", "state"],
                ["__count"],
            )
        )
        found = {}
        for award, state, count in groups:
            row = found.setdefault(award, [0, 0])
            row[0] += count
            row[1] += count if state == "granted" else 0
        awards = self.env["emulation.award"].union(*found).sorted(lambda award: (award.sequence, award.id))
        names = awards._get_printed_names(self.company_id, self.campaign_id.rulebook_id)
        return [(name, *found[award]) for award, name in zip(awards, names, strict=True)]

    def _get_exemplars(self):
        """Return the exemplary models of the campaign whose consent holds today."""
        exemplars = self.env["emulation.exemplar"]
        domain = exemplars._get_shown_domain() & Domain("campaign_id", "=", self.campaign_id.id)
        return exemplars.search(domain, order="id")

    def _get_sheets(self, subject=None, limit=None):
        """Return the confirmed sheets by unit and rank as dictionaries: one query, names as they were taken.

        :raises AccessError: who may not manage the round sees no list of all
        """
        self.check_access("write")
        condition = SQL("AND p.subject = %s", subject) if subject else SQL("")
        order = SQL("e.rank, p.recipient_name") if limit else SQL("e.rank, e.id")
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT p.recipient_name AS name, p.unit_name AS unit, p.subject, e.self_total, e.verified_total,
                       e.final_total, g.name AS grade, e.rank
                  FROM emulation_evaluation e
                  JOIN emulation_participation p ON p.id = e.participation_id
             LEFT JOIN emulation_grade g ON g.id = e.grade_id
                 WHERE e.review_id = %s AND e.state = 'confirmed' %s
              ORDER BY %s %s
                """,
                self.id,
                condition,
                order,
                SQL("LIMIT %s", limit) if limit else SQL(""),
            )
        )
        if not limit:
            rows.sort(
                key=lambda row: (row["subject"] != "collective", vietnamese.collation_key(row["unit"] or ""))
            )
        return rows

    # ---------- The document ----------

    def _get_report_title(self):
        """Return the abstract of the report, in the words of the officer if there are any."""
        return self.abstract or f"{NAMES[self.kind].capitalize()} {self.campaign_id._get_launch_name()}"

    def _get_report_opening(self):
        start, end = map(vietnamese.administrative_date, (self.date_from, self.date_to))
        theme = f" với chủ đề “{self.campaign_id.theme.strip()}”" if self.campaign_id.theme else ""
        return (
            f"{self.company_id.name} báo cáo {NAMES[self.kind]} {self.campaign_id._get_launch_name()}{theme}, "
            f"giai đoạn từ {start} đến {end}, như sau:"
        )

    def _get_report_participation(self):
        """Return the sentences on who took part."""
        counts = self._get_participation_counts()

        def number(subject, *states):
            return sum(counts.get((subject, state), 0) for state in states)

        entered = ("submitted", "approved", "refused")
        sheets = sum(unit["count"] for unit in self._get_units())
        confirmed = sum(unit["confirmed"] for unit in self._get_units())
        return [
            f"Có {number('individual', *entered):02} cá nhân và {number('collective', *entered):02} tập thể"
            f" đăng ký thi đua; đã duyệt {number('individual', 'approved'):02} cá nhân và"
            f" {number('collective', 'approved'):02} tập thể.",
            f"Đã kết luận {confirmed:02}/{sheets:02} phiếu chấm điểm.",
        ]

    def _get_report_leaders(self):
        """Return [(heading, rows)] of those ranked first, collectives before people."""
        parts = (("collective", "Tập thể dẫn đầu"), ("individual", "Cá nhân dẫn đầu"))
        found = [(heading, self._get_sheets(subject, SHOWN)) for subject, heading in parts]
        return [(heading, rows) for heading, rows in found if rows]

    def _get_report_lessons(self):
        """Return the paragraphs of lessons and conclusions."""
        return [line.strip() for line in (self.lessons or "").splitlines() if line.strip()]

    @staticmethod
    def _get_points(value):
        """Return points as printed: half of 97 is ``48,5``."""
        return vietnamese.format_decimal(float(value or 0), 2)
