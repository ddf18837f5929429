from decimal import Decimal

from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain

from ..engine import points, targets, vietnamese
from ..models.campaign.emulation_review import REMARKS
from ..models.campaign.review_report import NAMES, ReviewFigures
from ..printing.chart import Chart, Series, build_workbook, draw
from ..printing.workbook import sheet_name

MOST = 20  # labels of a chart: more fit on no page
ENDS = MOST // 2
NAMED = 3  # criteria and units named as best and weakest
LISTED = 60  # targets: a longer table is no longer read; all of them are counted


class EmulationReview(models.Model):
    """What the report of a round says: charts drawn from the figures of its tables, the sentences that compare them,
    the targets reached by its last day beside the round before, and what else was done in its period.

    Words are Vietnamese, as in all documents.
    """

    _inherit = "emulation.review"

    charts_html = fields.Html(string="Charts", compute="_compute_charts_html", sanitize=False)

    # By user: without it one user would see what was computed for another.
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_charts_html(self):
        for review in self:
            may = review.id and review.has_access("write")
            charts = review._get_charts(review._get_report(), review._get_target_rows()) if may else {}
            review.charts_html = Markup("").join(
                Markup("<p class='fw-bold mt-3 mb-1'>%s</p>%s") % (chart["caption"], chart["drawing"])
                for chart in charts.values()
            )

    def _get_charts(self, paper, targets):
        """Return ``{part of the report: {caption, chart, data, drawing}}``, numbered as they are printed.

        :param paper: what ``_get_report`` returned
        :param targets: what ``_get_target_rows`` returned
        """
        found = {
            "targets": self._chart_targets(targets),
            "units": self._chart_units(paper["units"], self._list_units_before()),
            "grades": self._chart_grades(paper["grades"]),
            "awards": self._chart_awards(paper["proposals"]),
        }
        shown = [(part, chart) for part, chart in found.items() if chart and len(chart.labels) <= MOST]
        return {
            part: {
                "caption": f"Biểu đồ {number}. {chart.title}",
                "chart": chart,
                "data": chart.to_text(),
                "drawing": draw(chart),
            }
            for number, (part, chart) in enumerate(shown, 1)
        }

    def _list_units_before(self):
        earlier = self._get_round_before()
        return ReviewFigures(earlier).list_units() if earlier else []

    def _chart_targets(self, rows):
        """Compare what was reached with what was asked; many targets are counted by how far they came."""
        known = [row for row in rows if row["share"] is not None]
        if not known:
            return None
        if len(known) <= MOST:
            labels = [f"{row['name']} ({row['holder']})" if row["holder"] else row["name"] for row in known]
            shares = [row["share"] for row in known]
            return Chart("Tỷ lệ thực hiện chỉ tiêu (%)", labels, [_series("Tỷ lệ (%)", shares)], limit=100)
        surpassed = sum(row["is_surpassed"] for row in rows)
        reached = sum(row["is_reached"] for row in rows) - surpassed
        missed = len(known) - surpassed - reached
        counts = [surpassed, reached, missed, len(rows) - len(known)]
        labels = ["Vượt chỉ tiêu", "Đạt chỉ tiêu", "Chưa đạt", "Chưa có số liệu"]
        return Chart("Kết quả thực hiện chỉ tiêu (số chỉ tiêu)", labels, [_series("Số chỉ tiêu", counts)])

    def _chart_units(self, units, before):
        """Compare the means of units, the best first, with those of the round before."""
        scored = _sort_scored(units)
        if len(scored) < 2:
            return None
        title = "Điểm trung bình theo đơn vị"
        if len(scored) > MOST:
            title += f": {ENDS} đơn vị cao nhất và {ENDS} đơn vị thấp nhất"
            scored = scored[:ENDS] + scored[-ENDS:]
        past = {unit["id"]: unit["mean"] for unit in before if unit["scored"]}
        series = [_series("Kỳ này", [unit["mean"] for unit in scored])]
        if past:
            series.append(_series("Kỳ trước", [past.get(unit["id"]) for unit in scored]))
        return Chart(title, [unit["name"] or "Chưa thuộc đơn vị nào" for unit in scored], series)

    def _chart_grades(self, grades):
        if not grades:
            return None
        names, *counts = zip(*grades, strict=True)
        of_whom = zip(("Cá nhân", "Tập thể", "Hộ gia đình"), counts, strict=True)
        parts = [_series(name, found) for name, found in of_whom if any(found)]
        return Chart("Kết quả xếp loại", names, parts) if parts else None

    def _chart_awards(self, proposals):
        if not proposals:
            return None
        names, proposed, granted = zip(*proposals, strict=True)
        return Chart(
            "Kết quả khen thưởng", names, [_series("Đề nghị", proposed), _series("Đã tặng", granted)]
        )

    # ---------- Sentences ----------

    def _get_unit_sentences(self, units):
        """Return which units stand first and last, and how the mean of all sheets moved since the round before."""
        scored, sentences = _sort_scored(units), []
        if len(scored) > 1:
            named = min(NAMED, len(scored) // 2)
            first, last = (_name_units(part) for part in (scored[:named], scored[: -named - 1 : -1]))
            sentences.append(f"Cao nhất: {first}. Thấp nhất: {last}.")
        return [*sentences, *self._get_change_sentences(units)]

    def _get_change_sentences(self, units):
        now, before = _get_mean(units), _get_mean(self._list_units_before())
        if now is None or before is None:
            return []
        change = round(now - before, 2)
        moved = (
            f"{'tăng' if change > 0 else 'giảm'} {_write(abs(change))} điểm" if change else "không thay đổi"
        )
        return [
            f"Điểm trung bình của các phiếu đã kết luận là {_write(now)}; {self._get_round_before().name}:"
            f" {_write(before)}; {moved}."
        ]

    def _get_criteria_sentences(self):
        """Return the criteria of which most and least of the full mark was reached."""
        found = ReviewFigures(self).list_criteria()
        named = min(NAMED, len(found) // 2)
        if not named:
            return []
        best, weakest = (
            "; ".join(f"{name} ({_write(share, 1)}%)" for name, share in part)
            for part in (found[:named], found[: -named - 1 : -1])
        )
        return [
            f"Tiêu chí đạt cao nhất (so với điểm tối đa): {best}.",
            f"Tiêu chí đạt thấp nhất: {weakest}.",
        ]

    def _get_remark_lines(self, part):
        """Return what the officer wrote to a figure, line by line: counting again never changes it."""
        return [line.strip() for line in (self[REMARKS[part]] or "").splitlines() if line.strip()]

    # ---------- The workbook ----------

    def action_export_charts(self):
        """Download the figures of the report as .xlsx: a sheet each, with a chart drawn from its cells.

        :raises UserError: there is nothing to draw yet
        """
        self.ensure_one()
        return self.env["emulation.export.mixin"]._get_download(*self._build_charts())

    def _build_charts(self):
        """Return ``(file name, bytes)`` of the workbook with the charts."""
        self.check_access("write")
        charts = [
            found["chart"] for found in self._get_charts(self._get_report(), self._get_target_rows()).values()
        ]
        names = [sheet_name(chart.title.partition(":")[0].partition("(")[0]) for chart in charts]
        frame = self.env["emulation.export.mixin"]._frame_list(self.company_id, self._get_charts_period())
        book = build_workbook(charts, names, frame=frame) if charts else b""
        return f"{self._get_document_file_name()}.xlsx", book

    def _get_charts_period(self):
        title = points.inside_sentence(self.campaign_id.name or "")
        start, end = map(vietnamese.administrative_date, (self.date_from, self.date_to))
        return f"({NAMES[self.kind].capitalize()} {title}, từ {start} đến {end})"

    # ------------------------------------------------------------------
    # Targets
    # ------------------------------------------------------------------

    def _get_target_rows(self):
        """Return one row a target of the campaign and of those below: whose, figure, reached, the round before.

        Words and figures are Vietnamese, as in all documents.
        """
        self.check_access("write")
        # sudo: emulation.target - those of the campaigns below, maybe another agency's, are summed up here
        found = (
            self.env["emulation.target"]
            .sudo()
            .search(
                Domain("campaign_id", "child_of", self.campaign_id.id)
                & Domain("state", "in", ("active", "stopped"))
                & Domain("employee_id", "=", False),
                order="campaign_id, department_id, sequence, id",
            )
        )
        now, before = found._get_reached_on(self.date_to), {}
        earlier = self._get_round_before()
        if earlier:
            before = found._get_reached_on(earlier.date_to)
        return [self._get_target_row(target, now[target.id], before.get(target.id)) for target in found]

    def _get_round_before(self):
        """Return the round of the campaign that ended last before this one."""
        rounds = self.campaign_id.review_ids.filtered(lambda review: review.date_to < self.date_to)
        return rounds.sorted("date_to")[-1:]

    def _get_target_row(self, target, reached, before):
        def write(figure):
            return "" if figure is None else vietnamese.format_decimal(figure)

        percent = None if reached is None else targets.get_percent(target._as_rule(), reached)
        sign = "≤ " if target.direction == "less" else ""
        figure = write(Decimal(str(target.figure)).normalize() + 0)
        return {
            "name": target.name,
            "holder": target.holder_name or "",
            "figure": vietnamese.with_measure(f"{sign}{figure}", target.unit_of_measure),
            "reached": write(reached),
            "before": write(before),
            "percent": write(percent),
            "share": None if percent is None else float(percent),
            "is_reached": percent is not None and percent >= targets.GOOD,
            "is_surpassed": percent is not None and percent > targets.GOOD,
        }

    def _get_target_sentence(self, rows):
        reached = sum(row["is_reached"] for row in rows)
        surpassed = sum(row["is_surpassed"] for row in rows)
        silent = sum(not row["reached"] for row in rows)
        parts = [
            f"Có {_write(len(rows))} chỉ tiêu, đã đạt {_write(reached)}, trong đó vượt {_write(surpassed)}"
        ]
        if silent:
            parts.append(f"{_write(silent)} chỉ tiêu chưa có số liệu")
        if len(rows) > LISTED:
            parts.append(f"bảng dưới đây nêu {LISTED} chỉ tiêu đầu")
        return "; ".join(parts) + "."

    def _get_listed_targets(self, rows):
        """Return those of the targets that the table has room for."""
        return rows[:LISTED]

    # ------------------------------------------------------------------
    # Propaganda, inspections, unit reports, models
    # ------------------------------------------------------------------

    def _get_activity_sentences(self):
        """Return sentences with the counts of the period, of this campaign and those below; Vietnamese, as printed."""
        self.check_access("write")
        counted = (
            self._count_propaganda(),
            self._count_inspections(),
            self._count_unit_reports(),
            self._count_exemplars(),
        )
        return [text for text in counted if text]

    def _get_period_domain(self, field):
        below = Domain("campaign_id", "child_of", self.campaign_id.id)
        return below & Domain(field, ">=", self.date_from) & Domain(field, "<=", self.date_to)

    def _count_propaganda(self):
        # sudo: emulation.propaganda - numbers only, also of agencies below
        records = self.env["emulation.propaganda"].sudo()
        count, people = records._read_group(
            self._get_period_domain("date"), [], ["__count", "audience_count:sum"]
        )[0]
        articles = records.search_count(self._get_period_domain("date") & Domain("kind", "=", "article"))
        if not count:
            return ""
        text = f"Đã tổ chức {_write(count)} hoạt động tuyên truyền, trong đó {_write(articles)} tin, bài"
        return f"{text}, tiếp cận {_write(people)} lượt người." if people else f"{text}."

    def _count_inspections(self):
        # sudo: emulation.inspection - as above
        visits = self.env["emulation.inspection"].sudo()
        found = visits.search(self._get_period_domain("visit_date") & Domain("state", "=", "issued"))
        if not found:
            return ""
        findings = found.finding_ids
        settled = len(findings.filtered(lambda finding: finding.state == "settled"))
        units = len(found.department_id)
        text = f"Đã kiểm tra {_write(len(found))} lượt tại {_write(units)} đơn vị"
        return f"{text}; phát hiện {_write(len(findings))} tồn tại, đã khắc phục {_write(settled)}."

    def _count_unit_reports(self):
        # sudo: emulation.unit.report - as above
        reports = self.env["emulation.unit.report"].sudo()
        asked = Domain("round_id.state", "!=", "draft") & Domain("state", "!=", "stopped")
        found = reports.search(self._get_period_domain("due_date") & asked)
        if not found:
            return ""
        received = found.filtered(lambda report: report.state != "owed")
        late = len(received.filtered("is_late"))
        handed_in, asked_for, too_late = map(_write, (len(received), len(found), late))
        return f"Các đơn vị đã nộp {handed_in}/{asked_for} báo cáo, trong đó {too_late} báo cáo muộn."

    def _count_exemplars(self):
        # sudo: emulation.exemplar - as above
        stories = self.env["emulation.exemplar"].sudo()
        found = stories.search(
            Domain("campaign_id", "child_of", self.campaign_id.id) & Domain("state", "!=", "draft")
        )
        if not found:
            return ""
        honoured = len(found.filtered("honoured_on"))
        spread = len(found.spread_ids.department_id)
        text = f"Phát hiện, bồi dưỡng {_write(len(found))} điển hình tiên tiến"
        return f"{text}; tôn vinh {_write(honoured)}; nhân rộng tới {_write(spread)} đơn vị."


def _series(name, values):
    return Series(name, list(values), ["–" if value is None else _write(value) for value in values])


def _write(value, digits=2):
    return vietnamese.format_decimal(value, digits)


def _sort_scored(units):
    """Return the units that have a mean, the best first; equal ones in the order of the table."""
    return sorted((unit for unit in units if unit["scored"]), key=lambda unit: -unit["mean"])


def _name_units(units):
    return "; ".join(
        f"{unit['name'] or 'chưa thuộc đơn vị nào'} ({_write(unit['mean'])} điểm)" for unit in units
    )


def _get_mean(units):
    """Return the mean of all confirmed sheets with points; None without any."""
    count = sum(unit["scored"] for unit in units)
    return sum(unit["total"] for unit in units) / count if count else None
